//! Media keys and the desktop's own controls (MPRIS over D-Bus), when the feature `media-keys` is on.
//!
//! They ask for the same as the keys of the terminal. Without D-Bus there are none, and nothing is said about it: the keyboard
//! is enough. Everything that speaks to D-Bus runs in a thread of its own that nobody waits for.

use souvlaki::{
    MediaControlEvent, MediaControls, MediaMetadata, MediaPlayback, MediaPosition, PlatformConfig,
    SeekDirection,
};
use std::{
    env,
    os::unix::net::UnixStream,
    panic,
    path::{Path, PathBuf},
    process,
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};
use vorleser::output::playback::{Command, Unit};

/// Whether this program knows media keys.
pub const BUILT_IN: bool = true;

/// The desktop, as long as something is read.
pub struct Desktop {
    states: Sender<MediaPlayback>,
    wishes: Receiver<MediaControlEvent>,
    /// What was told last: whether it is held, and in which utterance.
    told: Option<(bool, usize)>,
}

impl Desktop {
    /// Shows the article to the desktop; `None` where there is no session bus.
    pub fn begin(title: &str, publisher: Option<String>, length: Duration) -> Option<Self> {
        if !has_session_bus() {
            return None;
        }
        keep_quiet();
        let (states, to_show) = channel();
        let (sender, wishes) = channel();
        let title = title.to_owned();
        thread::spawn(move || show(&title, publisher.as_deref(), length, &to_show, sender));
        Some(Self {
            states,
            wishes,
            told: None,
        })
    }

    /// What somebody asked for since the last call, of a reading that is held or not.
    pub fn command(&self, paused: bool) -> Option<Command> {
        self.wishes
            .try_iter()
            .find_map(|event| command(&event, paused))
    }

    /// Tells whether it is held and how far it is, when it is held or goes on, and with each utterance.
    pub fn tell(&mut self, paused: bool, index: usize, progress: impl FnOnce() -> Duration) {
        if self.told.replace((paused, index)) != Some((paused, index)) {
            let progress = Some(MediaPosition(progress()));
            // Nobody is there any more when the bus went away.
            let _ = self.states.send(if paused {
                MediaPlayback::Paused { progress }
            } else {
                MediaPlayback::Playing { progress }
            });
        }
    }
}

/// Whether a bus may be there; whether it answers is found out by the thread that speaks to it.
fn has_session_bus() -> bool {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    set("DBUS_SESSION_BUS_ADDRESS").is_some()
        || set("XDG_RUNTIME_DIR")
            .is_some_and(|directory| Path::new(&directory).join("bus").exists())
}

/// Whether somebody takes a call on the session bus.
pub fn session_bus() -> bool {
    let given = env::var("DBUS_SESSION_BUS_ADDRESS").ok();
    let own = || Some(Path::new(&env::var_os("XDG_RUNTIME_DIR")?).join("bus"));
    let path = match given.filter(|address| !address.is_empty()) {
        Some(address) => {
            let path = address.strip_prefix("unix:path=").map(|rest| {
                let path = rest.split([',', ';']).next().unwrap_or(rest);
                PathBuf::from(path)
            });
            // Of an address of another kind only the attempt tells, and it does no harm.
            let Some(path) = path else {
                return true;
            };
            Some(path)
        }
        None => own(),
    };
    path.is_some_and(|path| UnixStream::connect(path).is_ok())
}

/// `souvlaki` panics in a thread of its own where the bus does not answer. That is nobody's concern, and must neither be
/// printed nor take the terminal back.
fn keep_quiet() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !info
                .location()
                .is_some_and(|l| l.file().contains("souvlaki"))
            {
                before(info);
            }
        }));
    });
}

/// Serves the controls until nobody has anything to tell.
fn show(
    title: &str,
    publisher: Option<&str>,
    length: Duration,
    states: &Receiver<MediaPlayback>,
    wishes: Sender<MediaControlEvent>,
) -> Option<()> {
    // Several may run, and a list has one article after another; the specification wants `instance` and a number then.
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("vorleser.instance{}_{number}", process::id());
    let mut controls = MediaControls::new(PlatformConfig {
        display_name: "vorleser",
        dbus_name: &name,
        hwnd: None,
    })
    .ok()?;
    controls
        .attach(move |event| drop(wishes.send(event)))
        .ok()?;
    controls
        .set_metadata(MediaMetadata {
            title: Some(title),
            artist: publisher,
            duration: Some(length),
            ..MediaMetadata::default()
        })
        .ok()?;
    for state in states {
        controls.set_playback(state).ok()?;
    }
    Some(())
}

/// The command that says the same. Next and back go by paragraph, as a listener without a screen has no use for a whole article
/// skipped; the applets' steps forward and back go by sentence, whatever their seconds.
fn command(event: &MediaControlEvent, paused: bool) -> Option<Command> {
    use MediaControlEvent as E;
    Some(match event {
        E::Toggle => Command::Pause,
        E::Play if paused => Command::Pause,
        E::Pause if !paused => Command::Pause,
        E::Next => Command::Forward(Unit::Paragraph),
        E::Previous => Command::Back(Unit::Paragraph),
        E::Seek(SeekDirection::Forward) | E::SeekBy(SeekDirection::Forward, _) => {
            Command::Forward(Unit::Sentence)
        }
        E::Seek(SeekDirection::Backward) | E::SeekBy(SeekDirection::Backward, _) => {
            Command::Back(Unit::Sentence)
        }
        E::Stop | E::Quit => Command::Quit,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktop_asks_for_what_the_keys_do() {
        use MediaControlEvent as E;
        let second = Duration::from_secs(1);
        let rows = [
            (E::Toggle, true, Some(Command::Pause)),
            (E::Play, false, None),
            (E::Play, true, Some(Command::Pause)),
            (E::Pause, true, None),
            (E::Pause, false, Some(Command::Pause)),
            (E::Next, false, Some(Command::Forward(Unit::Paragraph))),
            (E::Previous, true, Some(Command::Back(Unit::Paragraph))),
            (
                E::SeekBy(SeekDirection::Backward, second),
                false,
                Some(Command::Back(Unit::Sentence)),
            ),
            (E::Stop, false, Some(Command::Quit)),
            (E::OpenUri("file:///etc/passwd".to_owned()), false, None),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .map(|(event, paused, wanted)| (event, command(event, *paused), wanted))
            .filter(|(_, got, wanted)| got != *wanted)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
