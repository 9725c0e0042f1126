//! Listening: a script is read, a person steers it, and the place is remembered.

#[cfg(all(feature = "media-keys", unix, not(target_os = "macos")))]
mod desktop;
#[cfg(not(all(feature = "media-keys", unix, not(target_os = "macos"))))]
#[path = "no_desktop.rs"]
mod desktop;
mod face;
mod keys;
mod terminal;
mod view;
mod voice;

pub use desktop::{BUILT_IN as MEDIA_KEYS, session_bus};
pub use terminal::give_back;

use super::{
    args::{ListenArgs, TalkArgs},
    bookmarks::{Bookmark, Bookmarks},
    input,
    locales::{self, t},
    report::Stopped,
    speak,
};
use anyhow::{Result, anyhow};
use crossterm::event;
use desktop::Desktop;
use face::Face;
use jiff::Timestamp;
use keys::Wish;
use std::{
    io,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread,
    time::Duration,
};
use terminal::Terminal;
use voice::{Event, Speech};
use vorleser::{
    Control, Prosody, Script,
    output::{
        OutputError,
        playback::{Answer, Command, Steering},
    },
    synthesis::{Place, Warning, registry::OpenVoice},
};

/// How often is looked for news where no key wakes us.
const POLL: Duration = Duration::from_millis(20);

/// How long the fade and the buffer of the device take, before the program may be put to rest.
const SILENCE: Duration = Duration::from_millis(120);

/// What is read, and how.
pub struct Session<'a> {
    pub script: Arc<Script>,
    pub title: Option<String>,
    /// Who published it, where that is known.
    pub publisher: Option<String>,
    /// The name under which the place is remembered.
    pub source: String,
    /// Id of the voice.
    pub voice: String,
    pub prosody: Prosody,
    pub listen: &'a ListenArgs,
    pub talk: &'a TalkArgs,
    /// Stopped by a signal.
    pub control: Control,
    /// Whether the keyboard is ours: the article did not come through standard input.
    pub keyboard: bool,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// All of it was heard.
    Heard,
    /// The listener had enough.
    Quit,
}

/// Reads the script to a listener, from where the listener left off.
///
/// # Errors
/// When the voice or the sound device fails, and [`Stopped`] after Ctrl-C or a signal.
pub fn listen(session: &Session, voice: OpenVoice) -> Result<End> {
    let mut listening = Listening::begin(session);
    let (events, news) = channel();
    let speech = Speech {
        script: Arc::clone(&session.script),
        prosody: session.prosody,
        control: session.control.clone(),
        device: session.listen.habits.device().map(str::to_owned),
        fallback: session.listen.habits.fallback,
        attended: listening.terminal.is_some(),
        events,
    };
    let speaking = thread::spawn(move || speech.run(voice));
    let ended = listening.until_end(&news);
    let quit = listening.quit;
    listening.finish(ended.as_ref().is_ok_and(|_| !session.control.is_stopped()));
    // A speech service that hangs may keep the thread; it ends with the program.
    if ended.is_ok() {
        let _ = speaking.join();
    }
    let heard = ended?;
    if quit {
        return Ok(End::Quit);
    }
    if session.control.is_stopped() {
        return Err(Stopped.into());
    }
    if !heard {
        return Err(OutputError::Silent.into());
    }
    input::detail(session.talk, &t!("said-all"));
    Ok(End::Heard)
}

/// Who published it: as the page says, else the host that it came from.
fn publisher(session: &Session) -> Option<String> {
    session.publisher.clone().or_else(|| {
        let source = url::Url::parse(&session.source).ok()?;
        let host = source.host_str()?;
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    })
}

/// The listener's side.
struct Listening<'a> {
    session: &'a Session<'a>,
    steering: Steering,
    bookmarks: Option<Bookmarks>,
    terminal: Option<Terminal>,
    desktop: Option<Desktop>,
    face: Face,
    /// The utterance and the speed (its bits) that were saved last.
    saved: Option<(usize, u32)>,
    quit: bool,
}

impl<'a> Listening<'a> {
    /// Finds the place and takes the terminal.
    fn begin(session: &'a Session<'a>) -> Self {
        let control = &session.control;
        control.set_rate(session.prosody.rate);
        let bookmarks = Bookmarks::of_user();
        let before = bookmarks.as_ref().and_then(|b| b.find(&session.source));
        let place = before.and_then(|bookmark| bookmark.place_in(&session.script));
        let place = place.filter(|_| !session.listen.from_start);
        // The control may come from another article, which was heard before.
        let index = place.unwrap_or_default();
        if index > 0 || control.place() != Place::default() {
            control.go_to(Place::start_of(index));
        }
        let kind = face::kind(session);
        let terminal = face::has_keyboard(session)
            .then(|| Terminal::take(kind == face::Kind::View).ok())
            .flatten();
        let title = session.title.clone().unwrap_or_default();
        let steering = Steering::new(Arc::clone(&session.script), control.clone());
        let mut face = Face::new(if terminal.is_some() {
            kind
        } else {
            face::plainer(kind)
        });
        face.title(&title);
        if place.is_some() {
            let (number, count) = steering.position();
            let anew = if terminal.is_some() {
                t!("anew-key")
            } else {
                t!("anew-flag")
            };
            face.say(&t!(
                "going-on-at",
                number = number,
                count = count,
                anew = anew
            ));
        }
        // After the terminal, whose care for panics it keeps.
        let desktop = Desktop::begin(&title, publisher(session), steering.length());
        Self {
            session,
            steering,
            bookmarks,
            terminal,
            desktop,
            face,
            saved: None,
            quit: false,
        }
    }

    /// Passes on what happens, in both directions, until the speech is over.
    fn until_end(&mut self, news: &Receiver<Event>) -> Result<bool> {
        loop {
            loop {
                match news.try_recv() {
                    Ok(Event::Ended(result)) => return result,
                    Ok(event) => self.happened(event),
                    Err(std::sync::mpsc::TryRecvError::Empty) => break,
                    Err(_) => return Err(anyhow!(t!("speech-gone"))),
                }
            }
            self.remember(false);
            self.ask_desktop();
            self.face
                .show(&self.session.script, &self.steering, &self.session.control);
            if self.terminal.is_some() {
                if event::poll(POLL).unwrap_or(false)
                    && let Ok(event) = event::read()
                {
                    self.key(&event);
                }
                self.rest_if_told();
            } else {
                match news.recv_timeout(POLL) {
                    Ok(Event::Ended(result)) => return result,
                    Ok(event) => self.happened(event),
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
                }
            }
        }
    }

    /// Does what the desktop asks for, and tells it whether the reading is held.
    fn ask_desktop(&mut self) {
        let control = &self.session.control;
        let Some(desktop) = &mut self.desktop else {
            return;
        };
        let index = control.place().index;
        desktop.tell(control.is_paused(), index, || self.steering.passed());
        if let Some(command) = desktop.command(control.is_paused()) {
            self.obey(command);
        }
    }

    fn obey(&mut self, command: Command) {
        let answer = self.steering.obey(command);
        self.quit |= command == Command::Quit;
        self.answer(command, &answer);
    }

    fn happened(&mut self, event: Event) {
        match event {
            Event::Began(warnings) => {
                for warning in warnings {
                    if let Warning::Skipped { text, .. } | Warning::Silent { text, .. } = &warning {
                        self.face.warn(&speak::cannot_say(text));
                    }
                }
            }
            Event::DeviceLost(reason) => self.face.say(&t!("device-gone", reason = reason.clone())),
            Event::Filling => self.face.say(&t!("filling")),
            Event::DeviceBack => self.face.say(&t!("going-on")),
            Event::Fallback(error) => {
                self.face
                    .warn(&t!("fallback-goes-on", error = error.clone()));
            }
            Event::Ended(_) => {}
        }
    }

    fn key(&mut self, event: &event::Event) {
        let event::Event::Key(key) = event else {
            if matches!(event, event::Event::Resize(..)) {
                self.face.redraw();
            }
            return;
        };
        match keys::wish(*key) {
            Some(Wish::Reading(command)) => self.obey(command),
            Some(Wish::Help) => self.face.help(),
            Some(Wish::Interrupt) => self.session.control.stop(),
            Some(Wish::Suspend) => self.rest(),
            None => {}
        }
    }

    fn answer(&mut self, command: Command, answer: &Answer) {
        let (number, count) = self.steering.position();
        let here = t!("here", number = number, count = count);
        let line = match answer {
            Answer::Held => t!("paused-at", here = here),
            Answer::Going => t!("going-on"),
            Answer::Moved => t!("now-at", here = here),
            Answer::Edge => match command {
                Command::Faster => t!("fastest"),
                Command::Slower => t!("slowest"),
                Command::Back(_) => t!("nothing-before"),
                _ => t!("nothing-after"),
            },
            Answer::Rate(rate) => t!("speed", rate = locales::number(f64::from(*rate), 1)),
            Answer::Spelling(word) => t!("spelling", word = word),
            Answer::NoWord => t!("no-word-yet"),
            Answer::Ending => return,
        };
        self.face.say(&line);
    }

    fn rest_if_told(&mut self) {
        let Some(terminal) = &self.terminal else {
            return;
        };
        if terminal.is_to_rest() {
            self.rest();
        } else if terminal.take_again().unwrap_or(false) {
            self.face.redraw();
        }
    }

    /// Ctrl-Z: silent, the terminal as it was, and asleep until the user calls the program back.
    fn rest(&mut self) {
        let Some(terminal) = &self.terminal else {
            return;
        };
        let control = &self.session.control;
        let was_paused = control.is_paused();
        control.pause();
        thread::sleep(SILENCE);
        let again = terminal.rest();
        if !was_paused {
            control.resume();
        }
        if again.is_err() {
            // Without a terminal nobody can steer any more, but it can be listened to.
            self.terminal = None;
            self.face = Face::new(face::Kind::Plain);
        }
        self.face.redraw();
    }

    /// Saves the place when another utterance has begun or the speed has changed, or at once.
    fn remember(&mut self, finished: bool) {
        let place = self.session.control.place();
        let now = (place.index, self.session.control.rate().to_bits());
        if !finished && self.saved == Some(now) {
            return;
        }
        let Some(bookmarks) = &self.bookmarks else {
            return;
        };
        let Some(utterance) = self.session.script.utterances.get(place.index) else {
            return;
        };
        let session = self.session;
        let bookmark = Bookmark {
            source: session.source.clone(),
            title: session.title.clone(),
            index: place.index,
            text: utterance.shown.clone(),
            count: session.script.utterances.len(),
            voice: session.voice.clone(),
            rate: session.control.rate(),
            pitch: session.prosody.pitch,
            volume: session.prosody.volume,
            finished,
            saved: Timestamp::now(),
        };
        let first = self.saved.is_none();
        let saved = if first {
            bookmarks.keep_script(&session.source, &session.script)
        } else {
            Ok(())
        };
        match saved.and_then(|()| bookmarks.save(&bookmark)) {
            Ok(()) => {}
            Err(error) => {
                // Told once: reading goes on without.
                self.bookmarks = None;
                self.face
                    .warn(&t!("place-not-kept", error = error.to_string()));
            }
        }
        self.saved = Some(now);
    }

    /// Gives the terminal back and says where it ended.
    fn finish(mut self, heard: bool) {
        // What never began has no place, and keeps the one it had.
        if self.saved.is_some() {
            self.remember(heard);
        }
        let (number, count) = self.steering.position();
        self.terminal = None;
        self.face.close();
        if self.quit && self.bookmarks.is_some() {
            self.face
                .say(&t!("stopped-at", number = number, count = count));
        }
        let _ = io::Write::flush(&mut io::stderr());
    }
}
