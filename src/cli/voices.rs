//! `vorleser voices`: which voices there are; getting and removing natural ones.

mod install;
mod sample;
pub mod trial;
mod words;

use super::{args::TalkArgs, input, locales::t, report::Usage, sanitise::clean};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};
use vorleser::synthesis::{
    SynthesisError, Voice,
    piper::{
        self, RuntimeKind,
        store::{self, StoreError},
    },
    registry,
};
use words::{about, in_words};

/// Arguments of `vorleser voices`.
#[derive(Debug, Args)]
pub struct VoicesArgs {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Get a natural voice; a download that broke off is continued
    Install(install::InstallArgs),
    /// Remove a voice that was installed
    Remove {
        /// The voice
        id: String,
        #[command(flatten)]
        talk: TalkArgs,
    },
    /// Check that the files of installed voices are what they should be
    Verify {
        /// The voices; all that are installed if none is named
        ids: Vec<String>,
        #[command(flatten)]
        talk: TalkArgs,
    },
    /// Print what is known of a voice, with its model card
    Show {
        /// The voice, or the folder of one
        id: String,
    },
    /// Let a voice speak a sentence
    Test(sample::TestArgs),
    /// Try a voice in a process of its own: what the program does by itself with a new voice
    #[command(hide = true)]
    Trial(trial::TrialArgs),
}

/// Runs the command.
pub fn run(args: &VoicesArgs) -> Result<()> {
    if args.json && args.action.is_some() {
        return Err(Usage(t!("voices-json-alone")).into());
    }
    match &args.action {
        None => list(args.json),
        Some(Action::Install(args)) => install::run(args),
        Some(Action::Remove { id, talk }) => {
            let (voice, folder) = installable(id)?;
            if !store::remove(&folder)? {
                return Err(StoreError::NotInstalled(voice.id).into());
            }
            input::tell(talk, &t!("voice-removed", id = voice.id));
            Ok(())
        }
        Some(Action::Verify { ids, talk }) => verify(ids, talk),
        Some(Action::Show { id }) => show(id),
        Some(Action::Test(args)) => sample::run(args),
        Some(Action::Trial(args)) => trial::run(args),
    }
}

/// The voice of this name and its folder, if it is one with files to install.
fn installable(id: &str) -> Result<(Voice, PathBuf)> {
    let voice = registry::find(id)?;
    if voice.files.is_empty() {
        return Err(StoreError::NotOffered(voice.id).into());
    }
    let folder = store::folder(&voice.id).ok_or(StoreError::NoDirectory)?;
    Ok((voice, folder))
}

fn list(json: bool) -> Result<()> {
    if json {
        let voices: Vec<_> = registry::voices()
            .iter()
            .map(|voice| {
                serde_json::json!({
                    "id": voice.id,
                    "name": voice.name,
                    "language": voice.language,
                    "engine": voice.engine,
                    "quality": voice.quality,
                    "licence": voice.licence,
                    "installed": voice.installed(),
                })
            })
            .collect();
        return input::print_json(&voices);
    }
    let mut out = String::new();
    for voice in registry::voices() {
        let _ = writeln!(
            out,
            "{}",
            t!(
                "voice-line",
                id = &voice.id,
                name = in_words(&voice.name),
                language = in_words(&voice.language),
                engine = format!("{:?}", voice.engine),
                quality = in_words(&voice.quality),
                licence = in_words(&voice.licence),
                installed = if voice.installed() { "yes" } else { "no" }
            )
        );
    }
    input::print(&out)
}

/// Has the voice in a folder tried, whether or not it has passed before.
fn try_out(folder: &Path) -> Result<()> {
    if let Some(trial) = trial::by_this_program() {
        let tried = trial.again(folder, RuntimeKind::default());
        tried.map_err(SynthesisError::from)?;
    }
    Ok(())
}

fn verify(ids: &[String], talk: &TalkArgs) -> Result<()> {
    let ids = if ids.is_empty() {
        let offered = registry::voices();
        let installed = offered.into_iter().filter(|voice| {
            !voice.files.is_empty() && voice.folder().is_some_and(|folder| folder.is_dir())
        });
        installed.map(|voice| voice.id).collect()
    } else {
        ids.to_vec()
    };
    for id in &ids {
        let (voice, folder) = installable(id)?;
        if !folder.is_dir() {
            return Err(StoreError::NotInstalled(voice.id).into());
        }
        for file in &voice.files {
            file.verify(&folder.join(file.name()))?;
        }
        try_out(&folder)?;
        input::tell(talk, &t!("voice-files-right", id = &voice.id));
    }
    if ids.is_empty() {
        input::tell(talk, &t!("no-voice-installed"));
    }
    Ok(())
}

fn show(id: &str) -> Result<()> {
    let voice = registry::find(id)?;
    let mut out = String::new();
    let mut line = |line: String| {
        let _ = writeln!(out, "{}", clean(&line));
    };
    line(t!("voice-id", id = &voice.id));
    if !voice.aliases.is_empty() {
        line(t!("voice-aliases", names = voice.aliases.join(", ")));
    }
    line(t!("voice-name", name = in_words(&voice.name)));
    line(t!("voice-language", language = in_words(&voice.language)));
    line(t!("voice-quality", quality = in_words(&voice.quality)));
    line(t!("voice-licence", licence = in_words(&voice.licence)));
    if let Some(rate) = voice.sample_rate {
        line(t!("voice-rate", rate = rate.to_string()));
    }
    line(t!("voice-description", text = about(&voice)));
    let bytes: u64 = voice.files.iter().map(|file| file.bytes).sum();
    if bytes > 0 {
        let size = bytes.div_ceil(1_000_000).to_string();
        line(t!("voice-size", size = size));
    }
    if let Some(source) = &voice.source {
        line(t!("voice-source", source = source));
    }
    line(if voice.installed() {
        t!("voice-installed")
    } else {
        t!("voice-not-installed")
    });
    if let Some(folder) = voice.folder().filter(|folder| folder.is_dir()) {
        line(t!("voice-folder", path = folder.display().to_string()));
        let config = piper::config_in(&folder).map_err(SynthesisError::from)?;
        if !config.speakers.is_empty() {
            let speakers: Vec<_> = config.speakers.keys().map(String::as_str).collect();
            line(t!("voice-speakers", names = speakers.join(", ")));
        }
        if let Ok(card) = fs::read_to_string(folder.join("MODEL_CARD")) {
            out.push('\n');
            for line in card.lines() {
                let _ = writeln!(out, "{}", clean(line));
            }
        }
    }
    input::print(&out)
}
