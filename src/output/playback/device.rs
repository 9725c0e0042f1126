//! The sound devices: which there are, and how one is opened.

use std::{
    num::NonZero,
    sync::{Arc, Mutex},
};

use rodio::{
    DeviceSinkBuilder, DeviceSinkError, DeviceTrait as _, MixerDeviceSink,
    cpal::{self, BufferSize, ErrorKind, traits::HostTrait as _},
};

use super::{DeviceName, PlaybackError, hush::Hush};

/// How often a second the device asks for sound. It holds two periods, which are heard after a key was pressed: few enough to
/// obey within a tenth of a second, long enough for a busy machine.
const PERIODS: u32 = 50;

/// What ALSA lists beside devices: steps on the way to one. They can be opened by name all the same.
const CONVERTERS: [&str; 6] = [
    "lavrate",
    "samplerate",
    "speex",
    "speexrate",
    "upmix",
    "vdownmix",
];

/// From which likeness on (Jaro-Winkler, 0 to 1) a name may be the one that was meant, and how many are told.
const LIKE: f64 = 0.75;
const NEAR: usize = 3;

/// What a device reported.
#[derive(Debug, Clone)]
pub struct Trouble {
    pub reason: String,
    /// Whether it is not there any more, rather than in trouble that may pass.
    pub gone: bool,
}

/// Opens the device of this name, or the default one, at the sound's own rate, where the sound server resamples better than
/// `rodio` does (it interpolates straight lines); else however it opens.
pub fn open_device(
    name: Option<&str>,
    sample_rate: u32,
    lost: &Arc<Mutex<Option<Trouble>>>,
) -> Result<MixerDeviceSink, PlaybackError> {
    let no_device = |error: DeviceSinkError| PlaybackError::NoDevice {
        reason: error.to_string(),
    };
    let device = name.map(find).transpose()?;
    let report = || {
        let lost = Arc::clone(lost);
        move |error: cpal::Error| {
            // After these the device goes on by itself.
            if matches!(error.kind(), ErrorKind::Xrun | ErrorKind::RealtimeDenied) {
                return;
            }
            let gone = error.kind() == ErrorKind::DeviceNotAvailable;
            if let Ok(mut lost) = lost.lock()
                && (gone || lost.is_none())
            {
                *lost = Some(Trouble {
                    reason: error.to_string(),
                    gone,
                });
            }
        }
    };
    let builder = || match &device {
        Some(device) => DeviceSinkBuilder::from_device(device.clone()),
        None => DeviceSinkBuilder::from_default_device(),
    };
    if let Some(rate) = NonZero::new(sample_rate)
        && let Ok(device) = builder()
            .map_err(no_device)?
            .with_sample_rate(rate)
            .with_buffer_size(BufferSize::Fixed(sample_rate / PERIODS))
            .with_error_callback(report())
            .open_stream()
    {
        return Ok(device);
    }
    builder()
        .map_err(no_device)?
        .with_error_callback(report())
        .open_sink_or_fallback()
        .map_err(no_device)
}

/// The devices that sound can be played on.
///
/// # Errors
/// [`PlaybackError::NoDevice`] when the system cannot list them. Nothing is written to standard error.
pub fn devices() -> Result<Vec<DeviceName>, PlaybackError> {
    let _quiet = Hush::new();
    let default = cpal::default_host().default_output_device();
    let default = default.and_then(|device| device.id().ok());
    let all = outputs()?
        .filter_map(|device| {
            let id = device.id().ok()?;
            let description = device.description().ok();
            Some(DeviceName {
                default: Some(&id) == default.as_ref(),
                description: description.map_or_else(String::new, |d| d.name().to_owned()),
                name: name_of(&id),
            })
        })
        .filter(|device| !CONVERTERS.contains(&device.name.as_str()))
        .collect();
    Ok(all)
}

fn outputs() -> Result<impl Iterator<Item = cpal::Device>, PlaybackError> {
    cpal::default_host()
        .output_devices()
        .map_err(|error| PlaybackError::NoDevice {
            reason: error.to_string(),
        })
}

/// The name without the sound system in front, which is the same for all.
fn name_of(id: &cpal::DeviceId) -> String {
    let id = id.to_string();
    id.split_once(':')
        .map_or(id.clone(), |(_, name)| name.to_owned())
}

/// The device of that name; else the only one whose name or description is the same but for capitals.
fn find(name: &str) -> Result<cpal::Device, PlaybackError> {
    let mut same = Vec::new();
    let mut near = Vec::new();
    let mut all = Vec::new();
    let given = name.to_lowercase();
    for device in outputs()? {
        let Ok(id) = device.id().map(|id| name_of(&id)) else {
            continue;
        };
        if id == name {
            return Ok(device);
        }
        let description = device.description();
        let description = description.map_or_else(|_| String::new(), |d| d.name().to_lowercase());
        let lower = id.to_lowercase();
        if lower == given || description == given {
            same.push((id, device));
        } else {
            if !CONVERTERS.contains(&id.as_str()) {
                all.push(id.clone());
            }
            let like = strsim::jaro_winkler(&given, &lower)
                .max(strsim::jaro_winkler(&given, &description));
            if like >= LIKE {
                near.push((like, id));
            }
        }
    }
    let name = name.to_owned();
    if same.len() > 1 {
        let same = same.into_iter().map(|(id, _)| id).collect();
        return Err(PlaybackError::AmbiguousDevice { name, same });
    }
    same.pop().map(|(_, device)| device).ok_or_else(|| {
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let near: Vec<_> = near.into_iter().take(NEAR).map(|(_, id)| id).collect();
        // With nothing like it, everything that there is.
        let near = if near.is_empty() { all } else { near };
        PlaybackError::NoSuchDevice { name, near }
    })
}
