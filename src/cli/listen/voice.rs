//! Whoever speaks, in a thread of its own: through a sound device that may go away, or a speech service that may die.

use anyhow::Result;
use std::{
    sync::{Arc, mpsc::Sender},
    thread,
    time::{Duration, Instant},
};
use vorleser::{
    Control, Prosody, Script, SynthesisError, Synthesiser,
    output::playback::{Moment, PlaybackError, Player},
    synthesis::{
        Reading, Warning, open_synthesisers,
        registry::{DEFAULT_VOICE, OpenVoice},
        speak_aloud,
    },
};

/// How often is looked whether one may go on.
const POLL: Duration = Duration::from_millis(20);

/// A device that worked for so long is opened again without asking when it fails.
const STEADY: Duration = Duration::from_secs(2);

/// What happens while it is read.
#[derive(Debug)]
pub enum Event {
    /// An utterance begins to be heard, or is begun anew; what of it cannot be said.
    Began(Vec<Warning>),
    /// The voice is slow and makes a stock first.
    Filling,
    /// The sound device went away or cannot be had; the reading is held.
    DeviceLost(String),
    /// There is a sound device again.
    DeviceBack,
    /// The system's voice failed, and the built-in one goes on.
    Fallback(String),
    /// It is over. Says whether anything was to be heard.
    Ended(Result<bool>),
}

/// What the thread needs.
pub struct Speech {
    pub script: Arc<Script>,
    pub prosody: Prosody,
    pub control: Control,
    pub device: Option<String>,
    /// Take the built-in voice when the system's fails.
    pub fallback: bool,
    /// Somebody is there who can say that there is a sound device again.
    pub attended: bool,
    pub events: Sender<Event>,
}

impl Speech {
    /// Reads from the place of the control to the end.
    pub fn run(self, voice: OpenVoice) {
        let ended = match voice {
            OpenVoice::Synthesiser(engine) => self.play(engine, None),
            OpenVoice::Speaker(mut speaker) => {
                let told = speak_aloud(
                    &self.script,
                    speaker.as_mut(),
                    self.prosody,
                    &self.control,
                    |_| self.tell(Event::Began(Vec::new())),
                );
                match told {
                    Err(error @ SynthesisError::System(_)) if self.fallback => {
                        let instead = Event::Fallback(crate::cli::locales::errors::words(&error));
                        open_synthesisers(DEFAULT_VOICE, 1)
                            .and_then(|mut engines| engines.pop().ok_or(SynthesisError::NoEngine))
                            .map_err(Into::into)
                            .and_then(|engine| self.play(engine, Some(instead)))
                    }
                    told => told.map(|()| true).map_err(Into::into),
                }
            }
        };
        self.tell(Event::Ended(ended));
    }

    /// Plays it; `news` are told as soon as there is a device (until then standard error leads nowhere).
    fn play(&self, engine: Box<dyn Synthesiser>, news: Option<Event>) -> Result<bool> {
        let script = Arc::clone(&self.script);
        let mut reading = Reading::new(script, engine, self.prosody, &self.control)?;
        let rate = reading.sample_rate();
        let mut player = Player::open(rate, self.device.as_deref())?;
        if let Some(news) = news {
            self.tell(news);
        }
        let mut opened = Instant::now();
        let mut heard = false;
        loop {
            let result = player.play(&mut reading, &self.control, |moment| match moment {
                Moment::Began(spoken) => {
                    heard |= spoken.speech_samples > 0;
                    self.tell(Event::Began(spoken.warnings.clone()));
                }
                Moment::Filling => self.tell(Event::Filling),
            });
            let reason = match result {
                Err(PlaybackError::DeviceLost { reason }) if self.attended => reason,
                result => return result.map(|()| heard).map_err(Into::into),
            };
            player.close();
            // A device that stumbled can be had again at once.
            if opened.elapsed() > STEADY
                && let Ok(again) = Player::open(rate, self.device.as_deref())
            {
                (player, opened) = (again, Instant::now());
                continue;
            }
            match self.wait_for_device(rate, reason) {
                Some(again) => (player, opened) = (again, Instant::now()),
                None => return Ok(heard),
            }
        }
    }

    /// Holds until somebody says that it goes on and the device can be had; `None` when it is to end.
    fn wait_for_device(&self, rate: u32, reason: String) -> Option<Player> {
        let mut reason = reason;
        loop {
            self.control.pause();
            self.tell(Event::DeviceLost(reason));
            while self.control.is_paused() && !self.control.is_stopped() {
                thread::sleep(POLL);
            }
            if self.control.is_stopped() {
                return None;
            }
            match Player::open(rate, self.device.as_deref()) {
                Ok(player) => {
                    self.tell(Event::DeviceBack);
                    return Some(player);
                }
                Err(error) => reason = error.to_string(),
            }
        }
    }

    fn tell(&self, event: Event) {
        // Nobody listens any more when the program ends.
        let _ = self.events.send(event);
    }
}
