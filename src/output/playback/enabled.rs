//! The default sound device, when the feature `playback` is on.

use std::{
    collections::VecDeque,
    num::NonZero,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TryRecvError, TrySendError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use rodio::{DeviceSinkBuilder, DeviceSinkError, MixerDeviceSink, Source};

use super::{PlaybackError, hush::Hush, stretch::Stretched};
use crate::synthesis::{Control, Place, Reading, SpokenUtterance, SynthesisError, reading::Part};

/// Utterances that wait at the device. More wait behind them, in [`Reading`].
const WAITING: usize = 2;

/// How often the player looks at what the device has done.
const POLL: Duration = Duration::from_millis(10);

/// Length of the fade when speech is held, stopped or resumed, in seconds; short enough to obey at once, long enough not to
/// click.
const FADE: f32 = 0.008;

/// How long the device may ask for no sound at all before it counts as lost.
const STALLED: Duration = Duration::from_secs(5);

/// The same after the device has reported an error.
const BROKEN: Duration = Duration::from_millis(500);

/// Sound that is in the device when the last sample has been handed over.
const DEVICE_BUFFER: Duration = Duration::from_millis(250);

/// The default sound device, open.
pub struct Player {
    // The order matters: the device is closed while standard error leads nowhere.
    device: Option<MixerDeviceSink>,
    lost: Arc<Mutex<Option<String>>>,
}

impl Player {
    /// Opens the default device for sound of `sample_rate` Hz; what the device cannot play is resampled.
    ///
    /// # Errors
    /// [`PlaybackError::NoDevice`]. Nothing is written to standard error.
    pub fn open(sample_rate: u32) -> Result<Self, PlaybackError> {
        let lost = Arc::new(Mutex::new(None));
        let _quiet = Hush::new();
        let mut device =
            open_device(sample_rate, &lost).map_err(|error| PlaybackError::NoDevice {
                reason: error.to_string(),
            })?;
        device.log_on_drop(false);
        Ok(Self {
            device: Some(device),
            lost,
        })
    }

    /// Reads from the place of `control` on, while the rest is still being made. Returns when the last sound has been heard, or
    /// within 100 ms when `control` is stopped. `each` sees every utterance at the moment it begins to be heard; an utterance
    /// that is come back to is seen again.
    ///
    /// # Errors
    /// When the device goes away or the voice fails; what was spoken before the failure is heard. The place of `control` is
    /// where to go on with another player.
    pub fn play(
        &mut self,
        reading: &mut Reading,
        control: &Control,
        mut each: impl FnMut(&SpokenUtterance),
    ) -> Result<(), PlaybackError> {
        let Some(device) = &self.device else {
            return Ok(());
        };
        let Some(sample_rate) = NonZero::new(reading.sample_rate()) else {
            return Ok(());
        };
        let (sender, receiver) = sync_channel(WAITING);
        let progress = Arc::new(Progress::default());
        device
            .mixer()
            .add(Feed::new(receiver, sample_rate, control, &progress));
        let mut listener = Listener {
            progress,
            lost: &self.lost,
            pulls: 0,
            stall: Instant::now(),
            waiting: VecDeque::new(),
            current: None,
            handed_over: 0,
            each: &mut each,
        };
        let failure = listener.read(reading, &sender, control)?;
        // The feed ends when the last sample is gone and nobody can send more.
        drop(sender);
        while !listener.ended() {
            listener.look(control)?;
            thread::sleep(POLL);
        }
        listener.look(control)?;
        if !control.is_stopped() {
            thread::sleep(DEVICE_BUFFER);
        }
        failure.map_or(Ok(()), |error| Err(error.into()))
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _quiet = Hush::new();
        self.device = None;
    }
}

/// Opens the device at the sound's own rate, where the sound server resamples better than `rodio` does (it interpolates
/// straight lines); else however it opens.
fn open_device(
    sample_rate: u32,
    lost: &Arc<Mutex<Option<String>>>,
) -> Result<MixerDeviceSink, DeviceSinkError> {
    let report = || {
        let lost = Arc::clone(lost);
        move |error: rodio::cpal::Error| {
            if let Ok(mut lost) = lost.lock() {
                lost.get_or_insert_with(|| error.to_string());
            }
        }
    };
    let builder = || DeviceSinkBuilder::from_default_device();
    if let Some(rate) = NonZero::new(sample_rate)
        && let Ok(device) = builder()?
            .with_sample_rate(rate)
            .with_error_callback(report())
            .open_stream()
    {
        return Ok(device);
    }
    builder()?
        .with_error_callback(report())
        .open_sink_or_fallback()
}

/// What the device's thread tells.
#[derive(Default)]
struct Progress {
    /// Samples asked for.
    pulls: AtomicUsize,
    /// Number of the piece that is heard, counted from 1.
    begun: AtomicUsize,
    /// Samples of it that were heard.
    heard: AtomicUsize,
    /// Number of the last piece that was heard to its end.
    done: AtomicUsize,
    /// One when the feed has ended.
    ended: AtomicUsize,
}

/// Sound on its way to the device.
struct Piece {
    /// Counted from 1.
    number: usize,
    /// The jump it belongs to.
    turn: u32,
    sound: Stretched,
}

/// The sound as the device's thread takes it: never waits, fades at every break.
struct Feed {
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
    fn new(
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

/// An utterance on its way to the device, without its sound.
struct Waiting {
    number: usize,
    turn: u32,
    /// First sample that was handed over.
    from: usize,
    aside: bool,
    spoken: SpokenUtterance,
}

/// The player's side of the device.
struct Listener<'a> {
    progress: Arc<Progress>,
    lost: &'a Mutex<Option<String>>,
    /// Samples asked for when last looked at, and since when that number stands still.
    pulls: usize,
    stall: Instant,
    /// Handed over, not yet begun.
    waiting: VecDeque<Waiting>,
    /// What is heard now.
    current: Option<Waiting>,
    /// Number of the last piece that was handed over.
    handed_over: usize,
    each: &'a mut dyn FnMut(&SpokenUtterance),
}

impl Listener<'_> {
    fn ended(&self) -> bool {
        self.progress.ended.load(Ordering::Acquire) != 0
    }

    /// Whether all that was handed over has been heard.
    fn all_heard(&self) -> bool {
        let done = self.progress.done.load(Ordering::Acquire);
        self.waiting.is_empty() && self.current.as_ref().is_none_or(|c| c.number <= done)
    }

    /// Hands over part after part, wherever the listener goes, until the end has been heard; gives the failure of the voice
    /// that ended it before.
    fn read(
        &mut self,
        reading: &mut Reading,
        sender: &SyncSender<Piece>,
        control: &Control,
    ) -> Result<Option<SynthesisError>, PlaybackError> {
        let mut jump = Some(control.first_jump());
        let mut turn = 0;
        let mut next: Option<Piece> = None;
        // Whether all of the turn has been taken from the voice.
        let mut complete = reading.count() == 0;
        let mut failure = None;
        loop {
            self.look(control)?;
            if control.is_stopped() || self.ended() {
                return Ok(failure);
            }
            if let Some(jump) = jump.take().or_else(|| control.take_jump()) {
                if failure.is_some() {
                    return Ok(failure);
                }
                (turn, next, complete) = (jump.turn, None, reading.count() == 0);
                self.waiting.clear();
                reading.go(jump);
            }
            if let Some(piece) = next.take() {
                match sender.try_send(piece) {
                    Ok(()) => continue,
                    Err(TrySendError::Disconnected(_)) => return Ok(failure),
                    Err(TrySendError::Full(piece)) => next = Some(piece),
                }
                thread::sleep(POLL);
            } else if complete {
                if self.all_heard() {
                    return Ok(failure);
                }
                thread::sleep(POLL);
            } else {
                match reading.next(POLL) {
                    Ok(Some(part)) if part.turn == turn => {
                        complete = !part.aside && part.spoken.index + 1 >= reading.count();
                        next = Some(self.piece(part));
                    }
                    Ok(_) => {}
                    Err(error) => (failure, complete) = (Some(error), true),
                }
            }
        }
    }

    /// Makes a piece for the device, and remembers what it is.
    fn piece(&mut self, part: Part) -> Piece {
        self.handed_over += 1;
        let piece = Piece {
            number: self.handed_over,
            turn: part.turn,
            sound: Stretched::new(part.spoken.audio.samples[part.from..].to_vec(), part.rate),
        };
        self.waiting.push_back(Waiting {
            number: piece.number,
            turn: part.turn,
            from: part.from,
            aside: part.aside,
            spoken: part.spoken,
        });
        piece
    }

    /// Reports what has begun, and whether the device is still there.
    fn look(&mut self, control: &Control) -> Result<(), PlaybackError> {
        let begun = self.progress.begun.load(Ordering::Acquire);
        while self.waiting.front().is_some_and(|w| w.number <= begun) {
            self.current = self.waiting.pop_front();
            if let Some(current) = self.current.as_ref().filter(|c| !c.aside) {
                (self.each)(&current.spoken);
            }
        }
        if let Some(current) = &self.current
            && current.number == begun
            && !current.aside
        {
            let heard = current.from + self.progress.heard.load(Ordering::Relaxed);
            let heard = heard as f32 / current.spoken.speech_samples.max(1) as f32;
            let index = current.spoken.index;
            control.arrive(current.turn, Place { index, heard });
        }
        let pulls = self.progress.pulls.load(Ordering::Relaxed);
        if pulls != self.pulls {
            self.pulls = pulls;
            self.stall = Instant::now();
            return Ok(());
        }
        if self.ended() {
            return Ok(());
        }
        let reason = self.lost.lock().ok().and_then(|lost| lost.clone());
        let limit = if control.is_stopped() {
            Duration::from_millis(80)
        } else if reason.is_some() {
            BROKEN
        } else {
            STALLED
        };
        if self.stall.elapsed() < limit {
            return Ok(());
        }
        if control.is_stopped() {
            // A device that hangs is silent too.
            self.progress.ended.store(1, Ordering::Release);
            return Ok(());
        }
        Err(PlaybackError::DeviceLost {
            reason: reason.unwrap_or_else(|| "it takes no more sound".to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(control: &Control) -> (SyncSender<Piece>, Feed) {
        let (sender, receiver) = sync_channel(WAITING);
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
