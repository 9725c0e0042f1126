//! The default sound device, when the feature `playback` is on.

use std::{
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

use super::{PlaybackError, hush::Hush};
use crate::synthesis::{Control, SpokenUtterance, Synthesis};

/// Utterances that wait at the device. More wait behind them, in [`Synthesis`].
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

    /// Plays speech while the rest is still being made. Returns when the last sound has been heard, or within 100 ms when
    /// `control` is stopped. `each` sees every utterance at the moment it begins to be heard.
    ///
    /// # Errors
    /// When the device goes away or the voice fails; what was spoken before the failure is heard.
    pub fn play(
        &mut self,
        speech: Synthesis,
        control: &Control,
        mut each: impl FnMut(&SpokenUtterance),
    ) -> Result<(), PlaybackError> {
        let Some(device) = &self.device else {
            return Ok(());
        };
        let Some(sample_rate) = NonZero::new(speech.sample_rate()) else {
            return Ok(());
        };
        let (sender, receiver) = sync_channel(WAITING);
        let progress = Arc::new(Progress::default());
        device.mixer().add(Feed {
            receiver,
            current: Vec::new().into_iter(),
            sample_rate,
            gain: 0.0,
            control: control.clone(),
            progress: Arc::clone(&progress),
        });
        let mut listener = Listener {
            progress,
            lost: &self.lost,
            pulls: 0,
            stall: Instant::now(),
            queued: Vec::new(),
            started: 0,
            each: &mut each,
        };
        let mut failure = None;
        for spoken in speech {
            let spoken = match spoken {
                Ok(spoken) => spoken,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            };
            let samples = spoken.audio.samples.clone();
            listener.queued.push(spoken);
            if !listener.hand_over(&sender, samples, control)? {
                break;
            }
        }
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
    /// Utterances begun.
    begun: AtomicUsize,
    /// One when the feed has ended.
    ended: AtomicUsize,
}

/// The sound as the device's thread takes it: never waits, fades at every break.
struct Feed {
    receiver: Receiver<Vec<f32>>,
    current: std::vec::IntoIter<f32>,
    sample_rate: NonZero<u32>,
    /// Between 0 (held) and 1.
    gain: f32,
    control: Control,
    progress: Arc<Progress>,
}

impl Iterator for Feed {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        self.progress.pulls.fetch_add(1, Ordering::Relaxed);
        let stopped = self.control.is_stopped();
        let held = stopped || self.control.is_paused();
        let step = 1.0 / (FADE * self.sample_rate.get() as f32);
        self.gain = (self.gain + if held { -step } else { step }).clamp(0.0, 1.0);
        if held && self.gain <= 0.0 {
            return if stopped { None } else { Some(0.0) };
        }
        loop {
            if let Some(sample) = self.current.next() {
                return Some(sample * self.gain);
            }
            match self.receiver.try_recv() {
                Ok(samples) => {
                    self.current = samples.into_iter();
                    self.progress.begun.fetch_add(1, Ordering::Release);
                }
                // The voice is slower than the listener; both ends of an utterance are silent, so this does not click.
                Err(TryRecvError::Empty) => return Some(0.0),
                Err(TryRecvError::Disconnected) => return None,
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

/// The player's side of the device.
struct Listener<'a> {
    progress: Arc<Progress>,
    lost: &'a Mutex<Option<String>>,
    /// Samples asked for when last looked at, and since when that number stands still.
    pulls: usize,
    stall: Instant,
    /// Handed over, not yet begun.
    queued: Vec<SpokenUtterance>,
    started: usize,
    each: &'a mut dyn FnMut(&SpokenUtterance),
}

impl Listener<'_> {
    fn ended(&self) -> bool {
        self.progress.ended.load(Ordering::Acquire) != 0
    }

    /// Waits until the device takes the samples; false when it has ended.
    fn hand_over(
        &mut self,
        sender: &SyncSender<Vec<f32>>,
        mut samples: Vec<f32>,
        control: &Control,
    ) -> Result<bool, PlaybackError> {
        loop {
            self.look(control)?;
            match sender.try_send(samples) {
                Ok(()) => return Ok(true),
                Err(TrySendError::Disconnected(_)) => return Ok(false),
                Err(TrySendError::Full(back)) => samples = back,
            }
            if control.is_stopped() {
                return Ok(false);
            }
            thread::sleep(POLL);
        }
    }

    /// Reports what has begun, and whether the device is still there.
    fn look(&mut self, control: &Control) -> Result<(), PlaybackError> {
        let begun = self.progress.begun.load(Ordering::Acquire);
        for spoken in self
            .queued
            .drain(..(begun - self.started).min(self.queued.len()))
        {
            (self.each)(&spoken);
        }
        self.started = begun;
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

    fn feed(control: &Control) -> (SyncSender<Vec<f32>>, Feed) {
        let (sender, receiver) = sync_channel(WAITING);
        let feed = Feed {
            receiver,
            current: Vec::new().into_iter(),
            sample_rate: NonZero::new(16_000).unwrap(),
            gain: 0.0,
            control: control.clone(),
            progress: Arc::default(),
        };
        (sender, feed)
    }

    #[test]
    fn stop_fades_within_ten_milliseconds_and_ends() {
        let control = Control::new();
        let (sender, mut feed) = feed(&control);
        sender.send(vec![1.0; 16_000]).unwrap();
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
            .send((0..4000).map(|i| 0.5 + i as f32 / 10_000.0).collect())
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
        sender.send(vec![0.5; 10]).unwrap();
        drop(sender);
        assert_eq!(feed.count(), 10);
    }
}
