//! `vorleser voices trial`: what the program calls itself with, to try a new voice in a process that may die of it.

use super::super::{
    args::Runtime,
    input,
    locales::{self, errors},
    report::SomethingBroken,
};
use anyhow::Result;
use clap::Args;
use etcetera::BaseStrategy as _;
use std::{env, error::Error, panic, path::PathBuf};
use vorleser::{
    SynthesisError,
    synthesis::piper::{
        self, PiperError, Trial,
        runtime::RuntimeError,
        trial::{self, LIMIT},
    },
};

/// Arguments of `vorleser voices trial`.
#[derive(Debug, Args)]
pub struct TrialArgs {
    /// The folder of the voice
    folder: PathBuf,
    /// What runs natural voices
    #[arg(long, value_enum, default_value = "rten")]
    runtime: Runtime,
}

/// How this program tries voices; `None` where it does not know its own place.
pub fn by_this_program() -> Option<Trial> {
    let cache = etcetera::choose_base_strategy().ok();
    let language = locales::code(locales::language());
    Some(Trial {
        program: env::current_exe().ok()?,
        arguments: ["voices", "trial", "--ui-lang", language]
            .map(Into::into)
            .into(),
        records: cache.map(|cache| cache.cache_dir().join("vorleser").join("trials")),
        limit: LIMIT,
    })
}

/// The usual options of natural voices, with the trial of new ones.
pub fn options() -> piper::Options {
    piper::Options {
        trial: by_this_program(),
        ..piper::Options::default()
    }
}

/// Runs the command: exit code and standard output are those that [`Trial`] expects.
pub fn run(args: &TrialArgs) -> Result<()> {
    // Somebody else tells the user.
    panic::set_hook(Box::new(|_| ()));
    match trial::attempt(&args.folder, args.runtime.into()) {
        Ok(()) => Ok(()),
        Err(
            error @ PiperError::Model {
                source: RuntimeError::Missing(_),
                ..
            },
        ) => Err(SynthesisError::from(error).into()),
        Err(error) => {
            input::print(&reason(&error))?;
            Err(SomethingBroken.into())
        }
    }
}

/// The causes of an error; the error itself, which names the file, if it has none.
fn reason(error: &PiperError) -> String {
    let mut reasons = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        reasons.push(errors::words(cause));
        next = cause.source();
    }
    if reasons.is_empty() {
        reasons.push(errors::words(error));
    }
    reasons.join(": ")
}
