//! The settings file, and `vorleser config`, which prints what is in force and from where.

use super::{VoiceArgs, input};
use anyhow::{Context, Result};
use clap::Args;
use etcetera::BaseStrategy;
use serde::Deserialize;
use std::{fmt::Display, fmt::Write as _, fs, io, path::PathBuf};
use vorleser::synthesis::{Prosody, registry::DEFAULT_VOICE};

/// Arguments of `vorleser config`.
#[derive(Debug, Args)]
pub struct ConfigArgs {}

/// What `config.toml` may set. The keys are those of the flags.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    voice: Option<String>,
    rate: Option<f32>,
    pitch: Option<f32>,
    volume: Option<f32>,
    lang: Option<String>,
}

/// `vorleser/config.toml` in the XDG config directory.
fn path() -> Result<PathBuf> {
    Ok(etcetera::choose_base_strategy()?
        .config_dir()
        .join("vorleser/config.toml"))
}

impl Settings {
    /// Reads the settings file; without one everything is at its default.
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, has an unknown key, or a value is out of bounds.
    pub fn load() -> Result<Self> {
        let path = path()?;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("the settings file {} cannot be read", path.display())
                });
            }
        };
        let wrong = || format!("the settings file {} is wrong", path.display());
        let settings: Self = toml::from_str(&text).with_context(wrong)?;
        for (key, value, low, high) in [
            ("rate", settings.rate, 0.5, 3.0),
            ("pitch", settings.pitch, 0.5, 2.0),
            ("volume", settings.volume, 0.0, 2.0),
        ] {
            if let Some(value) = value
                && !(low..=high).contains(&value)
            {
                return Err(anyhow::anyhow!(
                    "{key} is {value}, but has to be from {low} to {high}"
                ))
                .with_context(wrong);
            }
        }
        Ok(settings)
    }

    /// The voice in force.
    pub fn voice<'a>(&'a self, args: &'a VoiceArgs) -> &'a str {
        args.voice
            .as_deref()
            .or(self.voice.as_deref())
            .unwrap_or(DEFAULT_VOICE)
    }

    /// The language in force; `None` to find out.
    pub fn language<'a>(&'a self, given: Option<&'a str>) -> Option<&'a str> {
        given.or(self.lang.as_deref()).filter(|tag| *tag != "auto")
    }

    /// Rate, pitch and volume in force.
    pub fn prosody(&self, args: &VoiceArgs) -> Prosody {
        let default = Prosody::default();
        Prosody {
            rate: args.rate.or(self.rate).unwrap_or(default.rate),
            pitch: args.pitch.or(self.pitch).unwrap_or(default.pitch),
            volume: args.volume.or(self.volume).unwrap_or(default.volume),
        }
    }
}

/// Prints every setting with its origin.
pub fn run(_args: &ConfigArgs) -> Result<()> {
    let settings = Settings::load()?;
    let default = Prosody::default();
    let mut out = String::new();
    let _ = writeln!(out, "# {}", path()?.display());
    line(
        &mut out,
        "voice",
        settings.voice.map(|voice| format!("{voice:?}")),
        format!("{DEFAULT_VOICE:?}"),
    );
    line(&mut out, "rate", settings.rate, default.rate);
    line(&mut out, "pitch", settings.pitch, default.pitch);
    line(&mut out, "volume", settings.volume, default.volume);
    line(
        &mut out,
        "lang",
        settings.lang.map(|lang| format!("{lang:?}")),
        "\"auto\"".to_owned(),
    );
    input::print(&out)
}

fn line<T: Display>(out: &mut String, key: &str, set: Option<T>, default: T) {
    let (value, from) = match set {
        Some(value) => (value, "file"),
        None => (default, "default"),
    };
    let _ = writeln!(out, "{key} = {value} # {from}");
}
