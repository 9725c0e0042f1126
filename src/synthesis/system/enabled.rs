//! The voices of the system, when the feature `system-voice` is on.
//!
//! Everything that calls the service runs in a thread of its own, and every answer is waited for with a limit: a
//! service that hangs costs a thread, never the program.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use tts::Tts;

use super::{SystemVoiceError, SystemVoiceName};
use crate::{
    script::Utterance,
    synthesis::{Control, Prosody, Said, Speaker, SynthesisError},
};

/// How long the service may take to start and to list its voices.
const START: Duration = Duration::from_secs(10);

/// How long it may take to accept an utterance.
const ACCEPT: Duration = Duration::from_secs(5);

/// How long a character may take to be said at rate 1; twice what espeak needs. A service that died is noticed no sooner than
/// this takes for the sentence.
const PER_CHARACTER: Duration = Duration::from_millis(130);

/// How often stopping and pausing are looked at.
const POLL: Duration = Duration::from_millis(10);

/// A connection to the service with a voice chosen.
pub struct SystemVoice {
    commands: Sender<Command>,
    events: Receiver<Event>,
}

enum Command {
    Say(String, Prosody),
    Stop,
}

enum Event {
    /// The utterance was accepted, or not.
    Accepted(Result<(), SystemVoiceError>),
    /// It has been said or cut off.
    Ended,
}

impl SystemVoice {
    /// Connects and chooses a voice: the one called `name`, or the first of the language (BCP 47).
    ///
    /// # Errors
    /// When the service is not there, does not answer in ten seconds, or has no such voice.
    pub fn open(name: Option<&str>, language: &str) -> Result<Self, SystemVoiceError> {
        let (commands, to_do) = channel();
        let (event_sender, events) = channel();
        let (ready_sender, ready) = channel();
        let name = name.map(str::to_owned);
        let language = language.to_owned();
        thread::spawn(move || {
            let connected = connect(name.as_deref(), &language, &event_sender);
            match connected {
                Ok(tts) => {
                    let _ = ready_sender.send(Ok(()));
                    serve(tts, &to_do, &event_sender);
                }
                Err(error) => {
                    let _ = ready_sender.send(Err(error));
                }
            }
        });
        answer(&ready, START, "start")??;
        Ok(Self { commands, events })
    }
}

/// All voices that the service has.
///
/// # Errors
/// When it is not there or does not answer in ten seconds.
pub fn list() -> Result<Vec<SystemVoiceName>, SystemVoiceError> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let names = start().and_then(|tts| {
            let voices = voices_of(&tts);
            std::mem::forget(tts); // See `serve`.
            voices
        });
        let _ = sender.send(names.map(|voices| {
            voices
                .iter()
                .map(|voice| SystemVoiceName {
                    name: voice.name(),
                    language: voice.language().to_string(),
                })
                .collect()
        }));
    });
    answer(&receiver, START, "list its voices")?
}

fn answer<T>(
    receiver: &Receiver<T>,
    limit: Duration,
    doing: &'static str,
) -> Result<T, SystemVoiceError> {
    receiver
        .recv_timeout(limit)
        .map_err(|_| SystemVoiceError::TimedOut { doing })
}

fn start() -> Result<Tts, SystemVoiceError> {
    Tts::default().map_err(|error| SystemVoiceError::Unavailable {
        reason: error.to_string(),
    })
}

fn voices_of(tts: &Tts) -> Result<Vec<tts::Voice>, SystemVoiceError> {
    tts.voices().map_err(failed("list its voices"))
}

fn failed(doing: &'static str) -> impl Fn(tts::Error) -> SystemVoiceError {
    move |error| SystemVoiceError::Failed {
        doing,
        reason: error.to_string(),
    }
}

fn connect(
    name: Option<&str>,
    language: &str,
    events: &Sender<Event>,
) -> Result<Tts, SystemVoiceError> {
    let mut tts = start()?;
    let voices = voices_of(&tts)?;
    let chosen = match name {
        Some(name) => voices
            .iter()
            .find(|voice| voice.name() == name)
            .or_else(|| {
                voices
                    .iter()
                    .find(|voice| voice.name().eq_ignore_ascii_case(name))
            })
            .ok_or_else(|| SystemVoiceError::NoSuchVoice {
                name: name.to_owned(),
            })?,
        None => {
            best_for(language, &voices).ok_or_else(|| SystemVoiceError::NoVoiceForLanguage {
                language: language.to_owned(),
            })?
        }
    };
    tts.set_voice(chosen).map_err(failed("take the voice"))?;
    // Said and cut off are the same to the one who waits.
    let events = events.clone();
    let callback = move |_| {
        let _ = events.send(Event::Ended);
    };
    tts.on_utterance_end(Some(Box::new(callback.clone())))
        .and_then(|()| tts.on_utterance_stop(Some(Box::new(callback))))
        .map_err(failed("report the end of speech"))?;
    Ok(tts)
}

/// The voice whose tag equals the language, else one of the same primary language (`de-AT` for `de`).
fn best_for<'a>(language: &str, voices: &'a [tts::Voice]) -> Option<&'a tts::Voice> {
    let primary = language.split('-').next().unwrap_or(language);
    let tag = |voice: &tts::Voice| voice.language().to_string();
    voices
        .iter()
        .find(|voice| tag(voice).eq_ignore_ascii_case(language))
        .or_else(|| {
            voices.iter().find(|voice| {
                tag(voice)
                    .split('-')
                    .next()
                    .is_some_and(|t| t.eq_ignore_ascii_case(primary))
            })
        })
}

/// Works off commands until the voice is dropped.
fn serve(mut tts: Tts, commands: &Receiver<Command>, events: &Sender<Event>) {
    for command in commands {
        match command {
            Command::Say(text, prosody) => {
                let accepted = say(&mut tts, &text, prosody);
                let _ = events.send(Event::Accepted(accepted));
            }
            Command::Stop => {
                let _ = tts.stop();
            }
        }
    }
    let _ = tts.stop();
    // The crate forgets its callbacks before it closes the connection; one that arrives in between panics in a
    // foreign thread and takes the program down. So the connection stays open until the program ends.
    std::mem::forget(tts);
}

fn say(tts: &mut Tts, text: &str, prosody: Prosody) -> Result<(), SystemVoiceError> {
    let scaled = |low: f32, normal: f32, high: f32, at: f32| {
        let end = if at < 0.0 {
            normal - low
        } else {
            high - normal
        };
        (normal + at * end).clamp(low, high)
    };
    // Speech services count rate and pitch in octaves or near it, from the slowest (half) to the fastest (three times).
    let octaves = |factor: f32, top: f32| {
        let log = factor.clamp(0.5, top).log2();
        if log < 0.0 { log } else { log / top.log2() }
    };
    let rate = scaled(
        tts.min_rate(),
        tts.normal_rate(),
        tts.max_rate(),
        octaves(prosody.rate, 3.0),
    );
    let pitch = scaled(
        tts.min_pitch(),
        tts.normal_pitch(),
        tts.max_pitch(),
        octaves(prosody.pitch, 2.0),
    );
    let volume = scaled(
        tts.min_volume(),
        tts.normal_volume(),
        tts.max_volume(),
        prosody.volume - 1.0,
    );
    let doing = failed("speak");
    tts.set_rate(rate).map_err(&doing)?;
    tts.set_pitch(pitch).map_err(&doing)?;
    tts.set_volume(volume).map_err(&doing)?;
    tts.speak(text, false).map_err(&doing)?;
    Ok(())
}

impl Speaker for SystemVoice {
    fn speak(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
        control: &Control,
    ) -> Result<Said, SynthesisError> {
        // A NUL would panic in the crate; none of the control characters can be heard.
        let text: String = utterance
            .engine_text()
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        if !text.contains(char::is_alphanumeric) {
            return Ok(Said::All);
        }
        while self.events.try_recv().is_ok() {}
        let gone = || SystemVoiceError::TimedOut { doing: "speak" };
        self.commands
            .send(Command::Say(text, prosody))
            .map_err(|_| gone())?;
        let characters = utterance.engine_text().chars().count() as u32;
        let limit = ACCEPT + (PER_CHARACTER * characters).div_f32(prosody.rate.max(0.5));
        let deadline = Instant::now() + limit;
        let mut accepted = false;
        let mut ended = false;
        while !(accepted && ended) {
            if control.wants_silence() || rate_changed(prosody, control) {
                let _ = self.commands.send(Command::Stop);
                return Ok(Said::Part);
            }
            match self.events.recv_timeout(POLL) {
                Ok(Event::Accepted(result)) => {
                    result?;
                    accepted = true;
                }
                Ok(Event::Ended) => ended = true,
                Err(RecvTimeoutError::Timeout) if Instant::now() < deadline => {}
                Err(_) => return Err(gone().into()),
            }
        }
        pause(utterance.pause_after_ms, prosody, control);
        Ok(Said::All)
    }
}

/// Whether the listener wants another speed than that of the utterance; the service changes none that it is saying.
fn rate_changed(prosody: Prosody, control: &Control) -> bool {
    (prosody.rate - control.rate()).abs() > 0.001
}

/// The script's pause; cut short by a stop, a jump or a pause of the listener's.
fn pause(pause_ms: u32, prosody: Prosody, control: &Control) {
    let pause = Duration::from_millis(u64::from(pause_ms)).div_f32(prosody.rate.max(0.5));
    let until = Instant::now() + pause;
    while !control.wants_silence() && Instant::now() < until {
        thread::sleep(POLL);
    }
}
