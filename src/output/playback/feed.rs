//! The sound on its way to the device.

use std::{
    num::NonZero,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, TryRecvError},
    },
    time::Duration,
};

use rodio::Source;

use super::stretch::Stretched;
use crate::synthesis::Control;

/// Length of the fade when speech is held, stopped or resumed, in seconds; short enough to obey at once, long enough not to
/// click.
const FADE: f32 = 0.008;

/// What the device's thread tells.
#[derive(Default)]
pub struct Progress {
    /// Samples asked for.
    pub pulls: AtomicUsize,
    /// Number of the piece that is heard, counted from 1.
    pub begun: AtomicUsize,
    /// Samples of it that were heard.
    pub heard: AtomicUsize,
    /// Number of the last piece that was heard to its end.
    pub done: AtomicUsize,
    /// One when the feed has ended.
    pub ended: AtomicUsize,
}

/// Sound on its way to the device.
pub struct Piece {
    /// Counted from 1.
    pub number: usize,
    /// The jump it belongs to.
    pub turn: u32,
    pub sound: Stretched,
}

/// The sound as the device's thread takes it: never waits, fades at every break.
pub struct Feed {
    receiver: Receiver<Piece>,
    current: Stretched,
    number: usize,
    turn: u32,
    sample_rate: NonZero<u32>,
    /// Between 0 (held) and 1.
    gain: f32,
    control: Control,
    progress: Arc<Progress>,
}

impl Feed {
    /// Takes pieces from the channel, as the control wants.
    pub fn new(
        receiver: Receiver<Piece>,
        sample_rate: NonZero<u32>,
        control: &Control,
        progress: &Arc<Progress>,
    ) -> Self {
        Self {
            receiver,
            current: Stretched::new(Vec::new(), 1.0),
            number: 0,
            turn: control.turn(),
            sample_rate,
            gain: 0.0,
            control: control.clone(),
            progress: Arc::clone(progress),
        }
    }

    /// Takes the next piece up; `None` when there is none yet, and `Some(false)` when there will be none.
    fn take_up(&mut self) -> Option<bool> {
        self.progress.done.store(self.number, Ordering::Release);
        loop {
            match self.receiver.try_recv() {
                Ok(piece) => {
                    // Asked anew, as somebody may have jumped since the beginning of this sample.
                    let turn = self.control.turn();
                    if piece.turn != turn {
                        continue;
                    }
                    self.turn = turn;
                    self.number = piece.number;
                    self.current = piece.sound;
                    self.progress.heard.store(0, Ordering::Relaxed);
                    self.progress.begun.store(self.number, Ordering::Release);
                    return Some(true);
                }
                Err(TryRecvError::Empty) => return None,
                Err(TryRecvError::Disconnected) => return Some(false),
            }
        }
    }
}

impl Iterator for Feed {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        self.progress.pulls.fetch_add(1, Ordering::Relaxed);
        let stopped = self.control.is_stopped();
        let jumped = self.turn != self.control.turn();
        let held = stopped || jumped || self.control.is_paused();
        let step = 1.0 / (FADE * self.sample_rate.get() as f32);
        self.gain = (self.gain + if held { -step } else { step }).clamp(0.0, 1.0);
        if held && self.gain <= 0.0 {
            if jumped {
                // What was to be said is not wanted any more.
                self.current = Stretched::new(Vec::new(), 1.0);
                self.turn = self.control.turn();
            }
            return if stopped { None } else { Some(0.0) };
        }
        loop {
            let rate = self.control.rate();
            if let Some(sample) = self.current.next(rate, self.sample_rate) {
                let heard = self.current.heard();
                self.progress.heard.store(heard, Ordering::Relaxed);
                return Some(sample * self.gain);
            }
            match self.take_up() {
                Some(true) => {}
                // The voice is slower than the listener; both ends of an utterance are silent, so this does not click.
                None => return Some(0.0),
                Some(false) => return None,
            }
        }
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.progress.ended.store(1, Ordering::Release);
    }
}

impl Source for Feed {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> NonZero<u16> {
        NonZero::<u16>::MIN
    }

    fn sample_rate(&self) -> NonZero<u32> {
        self.sample_rate
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthesis::Place;
    use std::sync::mpsc::{SyncSender, sync_channel};

    fn feed(control: &Control) -> (SyncSender<Piece>, Feed) {
        let (sender, receiver) = sync_channel(2);
        let rate = NonZero::new(16_000).unwrap();
        (sender, Feed::new(receiver, rate, control, &Arc::default()))
    }

    fn piece(turn: u32, samples: Vec<f32>) -> Piece {
        Piece {
            number: 1,
            turn,
            sound: Stretched::new(samples, 1.0),
        }
    }

    #[test]
    fn stop_fades_within_ten_milliseconds_and_ends() {
        let control = Control::new();
        let (sender, mut feed) = feed(&control);
        sender
            .send(piece(control.turn(), vec![1.0; 16_000]))
            .unwrap();
        assert_eq!(feed.by_ref().take(1000).last(), Some(1.0));
        control.stop();
        let rest: Vec<f32> = feed.by_ref().collect();
        assert!(rest.len() <= 160, "{} samples after stop", rest.len());
        assert!(
            rest.windows(2).all(|w| w[0] >= w[1] && w[0] - w[1] < 0.01),
            "no smooth fade"
        );
    }

    #[test]
    fn pause_is_silence_and_loses_nothing() {
        let control = Control::new();
        let (sender, mut feed) = feed(&control);
        sender
            .send(piece(
                control.turn(),
                (0..4000).map(|i| 0.5 + i as f32 / 10_000.0).collect(),
            ))
            .unwrap();
        drop(sender);
        let before = feed.by_ref().take(1000).count();
        control.pause();
        let held: Vec<f32> = feed.by_ref().take(5000).collect();
        assert!(held[200..].iter().all(|s| *s == 0.0));
        let faded = held.iter().filter(|s| **s != 0.0).count();
        control.resume();
        assert!(before + faded + feed.count() >= 4000);
    }

    #[test]
    fn silence_bridges_a_slow_voice() {
        let control = Control::new();
        let (sender, mut feed) = feed(&control);
        assert_eq!(feed.next(), Some(0.0));
        sender.send(piece(control.turn(), vec![0.5; 10])).unwrap();
        drop(sender);
        assert_eq!(feed.count(), 10);
    }

    #[test]
    fn a_jump_fades_and_nothing_of_the_old_place_is_heard_after_it() {
        let control = Control::new();
        let (sender, mut feed) = feed(&control);
        sender
            .send(piece(control.turn(), vec![1.0; 16_000]))
            .unwrap();
        sender
            .send(piece(control.turn(), vec![1.0; 16_000]))
            .unwrap();
        assert_eq!(feed.by_ref().take(1000).last(), Some(1.0));
        control.go_to(Place::start_of(7));
        let faded: Vec<f32> = feed.by_ref().take(500).collect();
        assert!(faded[160..].iter().all(|s| *s == 0.0), "still heard");
        sender.send(piece(control.turn(), vec![-0.5; 500])).unwrap();
        let heard: Vec<f32> = feed.by_ref().take(500).collect();
        assert!(heard.iter().all(|s| *s <= 0.0), "the old place");
        assert_eq!(heard.last(), Some(&-0.5));
    }
}
