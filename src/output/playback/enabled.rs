//! A sound device, when the feature `playback` is on.

use std::{
    collections::VecDeque,
    num::NonZero,
    sync::{
        Arc, Mutex,
        atomic::Ordering,
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use rodio::MixerDeviceSink;

use super::{
    Moment, PlaybackError,
    device::{Trouble, open_device},
    feed::{Feed, Piece, Progress},
    hush::Hush,
    stretch::Stretched,
};
use crate::synthesis::{Control, Place, Reading, SpokenUtterance, SynthesisError, reading::Part};

/// Utterances that wait at the device. More wait behind them, in [`Reading`].
const WAITING: usize = 2;

/// How often the player looks at what the device has done.
const POLL: Duration = Duration::from_millis(10);

/// How long the device may ask for no sound at all before it counts as lost.
const STALLED: Duration = Duration::from_secs(5);

/// The same after the device has reported an error. ALSA's plug-in for PulseAudio reports some that pass by themselves.
const BROKEN: Duration = Duration::from_secs(2);

/// The same after it has told that it is not there any more.
const GONE: Duration = Duration::from_millis(100);

/// Seconds of sound that are made before a voice that is slower than the listener begins, and each time it has fallen behind.
const STOCK: f64 = 10.0;

/// Sound that is in the device when the last sample has been handed over.
const DEVICE_BUFFER: Duration = Duration::from_millis(250);

/// A sound device, open.
pub struct Player {
    // The order matters: the device is closed while standard error leads nowhere.
    device: Option<MixerDeviceSink>,
    lost: Arc<Mutex<Option<Trouble>>>,
}

impl Player {
    /// Opens the device of this name (see [`super::devices`]), or the default one, for sound of `sample_rate` Hz; what the device
    /// cannot play is resampled.
    ///
    /// # Errors
    /// [`PlaybackError::NoDevice`], [`PlaybackError::NoSuchDevice`] and [`PlaybackError::AmbiguousDevice`]. Nothing is written to standard error.
    pub fn open(sample_rate: u32, device: Option<&str>) -> Result<Self, PlaybackError> {
        let lost = Arc::new(Mutex::new(None));
        let _quiet = Hush::new();
        let mut device = open_device(device, sample_rate, &lost)?;
        device.log_on_drop(false);
        Ok(Self {
            device: Some(device),
            lost,
        })
    }

    /// Gives the device back, so that it can be opened again.
    pub fn close(self) {
        drop(self);
    }

    /// Reads from the place of `control` on, while the rest is still being made. Returns when the last sound has been heard, or
    /// within 100 ms when `control` is stopped. `each` sees every utterance at the moment it begins to be heard; an utterance
    /// that is come back to is seen again. A voice that is slower than the listener makes a stock before it is heard.
    ///
    /// # Errors
    /// When the device goes away or the voice fails; what was spoken before the failure is heard. The place of `control` is
    /// where to go on with another player.
    pub fn play(
        &mut self,
        reading: &mut Reading,
        control: &Control,
        mut each: impl FnMut(Moment<'_>),
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
            stall: Duration::ZERO,
            looked: Instant::now(),
            waiting: VecDeque::new(),
            current: None,
            handed_over: 0,
            slow: false,
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

/// An utterance on its way to the device, without its sound.
struct Waiting {
    number: usize,
    turn: u32,
    /// First sample that was handed over.
    from: usize,
    aside: bool,
    spoken: SpokenUtterance,
}

/// Sound that was made and does not wait at the device yet.
#[derive(Default)]
struct Stock {
    pieces: VecDeque<Piece>,
    seconds: f64,
    /// Whether it is kept until there is enough of it.
    filling: bool,
}

impl Stock {
    /// What may go to the device; all of it when there is no more to come.
    fn take(&mut self, complete: bool) -> Option<Piece> {
        if self.filling && self.seconds < STOCK && !complete {
            return None;
        }
        (self.filling, self.seconds) = (false, 0.0);
        self.pieces.pop_front()
    }
}

/// The player's side of the device.
struct Listener<'a> {
    progress: Arc<Progress>,
    lost: &'a Mutex<Option<Trouble>>,
    /// Samples asked for when last looked at, and for how long that number stands still.
    pulls: usize,
    stall: Duration,
    looked: Instant,
    /// Handed over, not yet begun.
    waiting: VecDeque<Waiting>,
    /// What is heard now.
    current: Option<Waiting>,
    /// Number of the last piece that was handed over.
    handed_over: usize,
    /// Whether it was told that the voice is slow.
    slow: bool,
    each: &'a mut dyn FnMut(Moment<'_>),
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
        let mut stock = Stock::default();
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
                (turn, complete) = (jump.turn, reading.count() == 0);
                stock = Stock::default();
                self.waiting.clear();
                reading.go(jump);
            }
            if let Some(piece) = stock.take(complete) {
                match sender.try_send(piece) {
                    Ok(()) => continue,
                    Err(TrySendError::Disconnected(_)) => return Ok(failure),
                    Err(TrySendError::Full(piece)) => stock.pieces.push_front(piece),
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
                        let seconds = part.spoken.audio.seconds();
                        if !stock.filling
                            && self.waiting.is_empty()
                            && part.took.as_secs_f64() > seconds
                            && !complete
                        {
                            stock.filling = true;
                            if !self.slow {
                                self.slow = true;
                                (self.each)(Moment::Filling);
                            }
                        }
                        stock.seconds += seconds;
                        stock.pieces.push_back(self.piece(part));
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
                (self.each)(Moment::Began(&current.spoken));
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
        // Time in which this thread did not run either (the program was put to rest, the machine slept) is not the device's.
        self.stall += self.looked.elapsed().min(POLL * 5);
        self.looked = Instant::now();
        let pulls = self.progress.pulls.load(Ordering::Relaxed);
        if pulls != self.pulls {
            self.pulls = pulls;
            self.stall = Duration::ZERO;
            // What it reported before was not its end.
            if let Ok(mut lost) = self.lost.lock() {
                *lost = None;
            }
            return Ok(());
        }
        if self.ended() {
            return Ok(());
        }
        let trouble = self.lost.lock().ok().and_then(|lost| lost.clone());
        let limit = if control.is_stopped() {
            Duration::from_millis(80)
        } else {
            match &trouble {
                Some(trouble) if trouble.gone => GONE,
                Some(_) => BROKEN,
                None => STALLED,
            }
        };
        if self.stall < limit {
            return Ok(());
        }
        if control.is_stopped() {
            // A device that hangs is silent too.
            self.progress.ended.store(1, Ordering::Release);
            return Ok(());
        }
        Err(PlaybackError::DeviceLost {
            reason: trouble.map_or_else(|| "it takes no more sound".to_owned(), |t| t.reason),
        })
    }
}
