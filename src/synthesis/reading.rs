//! A script as it is listened to: one engine that runs a little ahead and can be sent to another place at any time.

use std::{
    sync::{
        Arc,
        mpsc::{
            Receiver, RecvTimeoutError, Sender, SyncSender, TryRecvError, channel, sync_channel,
        },
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    Control, Jump, Place, Prosody, SpokenUtterance, SynthesisError, Synthesiser, pipeline,
};
use crate::script::Script;

/// Utterances that the engine may be ahead of the listener.
const AHEAD: usize = 4;

/// How far back a quiet place is looked for where an utterance is entered in its midst, in seconds: about a word.
const LOOK_BACK: f64 = 0.4;

/// Length of what counts as a quiet place, in seconds.
const QUIET: f64 = 0.02;

/// Speech on demand. The engine works in a thread of its own, which ends when this is dropped.
pub struct Reading {
    sample_rate: u32,
    count: usize,
    orders: Sender<Jump>,
    parts: Receiver<Result<Part, SynthesisError>>,
    /// Taken from `parts` before anybody asked for it.
    early: Option<Result<Part, SynthesisError>>,
}

/// One utterance for the listener.
#[derive(Debug)]
pub struct Part {
    /// The jump it belongs to.
    pub turn: u32,
    /// The speed at which it was made.
    pub rate: f32,
    /// How long that took.
    pub took: Duration,
    /// The sound.
    pub spoken: SpokenUtterance,
    /// First sample to be heard; not 0 where an utterance is gone on with.
    pub from: usize,
    /// Whether it is not in the script but said in between.
    pub aside: bool,
}

impl Reading {
    /// A script and the engine that will speak it, at the speed of `control`. Nothing is spoken before [`Reading::go`].
    ///
    /// # Errors
    /// [`SynthesisError::NoEngine`] when the engine makes no sound at all.
    pub fn new(
        script: Arc<Script>,
        engine: Box<dyn Synthesiser>,
        prosody: Prosody,
        control: &Control,
    ) -> Result<Self, SynthesisError> {
        let sample_rate = engine.sample_rate();
        if sample_rate == 0 {
            return Err(SynthesisError::NoEngine);
        }
        let (orders, to_do) = channel();
        let (sender, parts) = sync_channel(AHEAD);
        let count = script.utterances.len();
        let control = control.clone();
        let mut worker = Worker {
            engine,
            script,
            prosody,
            control,
        };
        thread::spawn(move || worker.work(&to_do, &sender));
        Ok(Self {
            sample_rate,
            count,
            orders,
            parts,
            early: None,
        })
    }

    /// Rate of all sound, in Hz.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// How many utterances the script has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Goes on elsewhere. What was made for an older turn may still come.
    pub fn go(&mut self, jump: Jump) {
        let turn = jump.turn;
        // A worker that is gone is noticed by `next`.
        let _ = self.orders.send(jump);
        self.early = None;
        // Makes room, so that a worker that waits to hand over what nobody wants any more sees the order. What comes for the
        // new turn already is kept; everything older was before it.
        while self.early.is_none() {
            match self.parts.try_recv() {
                Ok(Ok(part)) if part.turn != turn => {}
                Ok(part) => self.early = Some(part),
                Err(_) => break,
            }
        }
    }

    /// The next part, if it comes within the time.
    ///
    /// # Errors
    /// When the engine fails or its thread is gone.
    pub fn next(&mut self, wait: Duration) -> Result<Option<Part>, SynthesisError> {
        if let Some(part) = self.early.take() {
            return part.map(Some);
        }
        match self.parts.recv_timeout(wait) {
            Ok(part) => part.map(Some),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(SynthesisError::WorkerDied { index: 0 }),
        }
    }
}

/// The engine's thread.
struct Worker {
    engine: Box<dyn Synthesiser>,
    script: Arc<Script>,
    prosody: Prosody,
    control: Control,
}

impl Worker {
    /// The newest order counts; without one it waits.
    fn work(&mut self, orders: &Receiver<Jump>, parts: &SyncSender<Result<Part, SynthesisError>>) {
        let mut order: Option<Jump> = None;
        loop {
            let idle = order
                .as_ref()
                .is_none_or(|o| o.aside.is_none() && o.place.index >= self.script.utterances.len());
            if idle {
                match orders.recv() {
                    Ok(newer) => order = Some(newer),
                    Err(_) => return,
                }
            }
            loop {
                match orders.try_recv() {
                    Ok(newer) => order = Some(newer),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return,
                }
            }
            let Some(now) = &mut order else { continue };
            let part = self.part(now);
            let failed = part.is_err();
            if let Some(part) = part.transpose()
                && (parts.send(part).is_err() || failed)
            {
                return;
            }
        }
    }

    /// Speaks the next thing of an order, and takes it off the order.
    fn part(&mut self, order: &mut Jump) -> Result<Option<Part>, SynthesisError> {
        let rate = self.control.rate();
        let prosody = Prosody {
            rate,
            ..self.prosody
        };
        let index = order.place.index;
        let turn = order.turn;
        let begin = Instant::now();
        if let Some(aside) = order.aside.take() {
            let spoken = pipeline::speak(self.engine.as_mut(), index, &aside, prosody)?;
            return Ok(Some(Part {
                turn,
                rate,
                took: begin.elapsed(),
                spoken,
                from: 0,
                aside: true,
            }));
        }
        let Some(utterance) = self.script.utterances.get(index) else {
            return Ok(None);
        };
        let spoken = pipeline::speak(self.engine.as_mut(), index, utterance, prosody)?;
        let from = entry(&spoken, order.place.heard);
        order.place = Place::start_of(index + 1);
        Ok(Some(Part {
            turn,
            rate,
            took: begin.elapsed(),
            spoken,
            from,
            aside: false,
        }))
    }
}

/// Where to enter an utterance of which a share was heard already: at a quiet place shortly before, so that no word is cut.
fn entry(spoken: &SpokenUtterance, heard: f32) -> usize {
    let heard = (f64::from(heard) * spoken.speech_samples as f64) as usize;
    let heard = heard.min(spoken.speech_samples);
    let seconds = |length: f64| (length * f64::from(spoken.audio.sample_rate)) as usize;
    let window = seconds(QUIET).max(1);
    let begin = heard.saturating_sub(seconds(LOOK_BACK));
    let loudness = |at: usize| -> f32 {
        spoken.audio.samples[at..at + window]
            .iter()
            .map(|s| s * s)
            .sum()
    };
    (begin..heard.saturating_sub(window))
        .step_by(window)
        .map(|at| (at, loudness(at)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(begin, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        audio::Audio,
        script::{Origin, Part as ArticlePart, Role, Utterance},
        synthesis::tone::Tone,
    };

    const WAIT: Duration = Duration::from_secs(20);

    fn utterance(text: &str) -> Utterance {
        Utterance {
            text: text.to_owned(),
            respelled: None,
            shown: text.to_owned(),
            language: "de".to_owned(),
            role: Role::Body,
            pause_after_ms: 100,
            sentence: 0,
            origin: Origin {
                part: ArticlePart::Block(0),
                range: 0..text.len(),
            },
            rewrites: Vec::new(),
        }
    }

    fn reading(count: usize, control: &Control) -> Reading {
        let script = Script {
            title: None,
            language: "de".to_owned(),
            utterances: vec![utterance("abcdefghij"); count],
        };
        Reading::new(
            Arc::new(script),
            Box::new(Tone::default()),
            Prosody::default(),
            control,
        )
        .unwrap()
    }

    fn jump(turn: u32, index: usize) -> Jump {
        Jump {
            turn,
            place: Place::start_of(index),
            aside: None,
        }
    }

    fn next(reading: &mut Reading) -> Part {
        reading.next(WAIT).unwrap().expect("a part in time")
    }

    #[test]
    fn it_reads_to_the_end_and_back_again() {
        let mut reading = reading(12, &Control::new());
        reading.go(jump(0, 9));
        let heard: Vec<_> = (0..3).map(|_| next(&mut reading).spoken.index).collect();
        assert_eq!(heard, [9, 10, 11]);
        assert!(reading.next(Duration::from_millis(100)).unwrap().is_none());
        reading.go(jump(1, 0));
        let mut part = next(&mut reading);
        while part.turn == 0 {
            part = next(&mut reading);
        }
        assert_eq!((part.turn, part.spoken.index), (1, 0));
    }

    #[test]
    fn an_aside_comes_first_and_speed_is_that_of_the_control() {
        let control = Control::new();
        control.set_rate(2.0);
        let mut reading = reading(2, &control);
        reading.go(Jump {
            aside: Some(Box::new(utterance("ab"))),
            ..jump(4, 1)
        });
        let (aside, then) = (next(&mut reading), next(&mut reading));
        assert!(aside.aside && !then.aside);
        assert_eq!((then.spoken.index, then.rate), (1, 2.0));
        let seconds = |part: &Part| part.spoken.speech_samples as f64 / 16_000.0;
        // Ten letters of 30 ms, and lead and tail.
        assert!((seconds(&then) - 0.38).abs() < 0.03, "{}", seconds(&then));
        assert!(seconds(&aside) < 0.2, "{}", seconds(&aside));
    }

    #[test]
    fn an_utterance_is_entered_between_words() {
        let mut samples = vec![0.5; 16_000];
        samples[6000..6800].fill(0.0);
        let spoken = SpokenUtterance {
            index: 0,
            role: Role::Body,
            speech_samples: samples.len(),
            audio: Audio {
                sample_rate: 16_000,
                samples,
            },
            warnings: Vec::new(),
        };
        let at = entry(&spoken, 0.5);
        assert!((6000..6800).contains(&at), "{at}");
        assert_eq!(entry(&spoken, 0.0), 0);
        assert!(entry(&spoken, 9.0) < 16_000);
    }
}
