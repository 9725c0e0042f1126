//! `vorleser cache`: the spoken sentences that are kept for the next time.

use super::{
    args::TalkArgs,
    input,
    locales::{self, t},
    sanitise::clean,
};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use etcetera::BaseStrategy;
use serde::Serialize;
use std::path::PathBuf;
use vorleser::synthesis::cache;

/// Arguments of `vorleser cache`.
#[derive(Debug, Args)]
pub struct CacheArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print where the sentences are and how much they take up
    Info {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove all of them
    Clear {
        #[command(flatten)]
        talk: TalkArgs,
    },
}

#[derive(Serialize)]
struct Info {
    folder: PathBuf,
    sentences: u64,
    bytes: u64,
}

/// Where spoken sentences are kept, if the user has a directory for such things.
pub fn folder() -> Option<PathBuf> {
    let directory = etcetera::choose_base_strategy().ok()?.cache_dir();
    Some(directory.join("vorleser").join("sentences"))
}

/// Runs the command.
pub fn run(args: &CacheArgs) -> Result<()> {
    let folder = folder().context(t!("cache-no-place"))?;
    let name = clean(&folder.display().to_string());
    match &args.action {
        Action::Info { json } => {
            let size = cache::size(&folder)
                .with_context(|| t!("cache-unreadable", folder = name.clone()))?;
            if *json {
                return input::print_json(&Info {
                    folder,
                    sentences: size.entries,
                    bytes: size.bytes,
                });
            }
            input::print(&format!("{name}: {}\n", told(size)))
        }
        Action::Clear { talk } => {
            let size = cache::clear(&folder)
                .with_context(|| t!("cache-uncleared", folder = name.clone()))?;
            input::tell(talk, &t!("cache-cleared", size = told(size), folder = name));
            Ok(())
        }
    }
}

/// A size as a person says it.
fn told(size: cache::Size) -> String {
    let mib = size.bytes as f64 / f64::from(1 << 20);
    t!(
        "cache-size",
        sentences = t!("sentences", n = size.entries),
        mib = locales::number(mib, 1)
    )
}
