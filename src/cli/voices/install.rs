//! `vorleser voices install`: getting a natural voice.

use super::{
    super::{
        args::{TalkArgs, whole},
        locales::t,
    },
    input, installable, try_out,
};
use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{IsTerminal as _, stderr},
    path::PathBuf,
    time::Duration,
};
use vorleser::synthesis::piper::store::{self, Origin, Progress};

/// Arguments of `vorleser voices install`.
#[derive(Debug, Args)]
pub struct InstallArgs {
    /// The voices
    #[arg(required = true)]
    ids: Vec<String>,
    /// Address of a mirror to get the files from
    #[arg(long, value_name = "URL")]
    mirror: Option<String>,
    /// Take the files from this directory, from where this file lies, or out of this .tar.gz archive, without network
    #[arg(long, value_name = "PATH", conflicts_with = "mirror")]
    from: Option<PathBuf>,
    /// Seconds that a server may be silent
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = whole(1, 3600))]
    timeout: u64,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Runs the command.
pub fn run(args: &InstallArgs) -> Result<()> {
    for id in &args.ids {
        let (voice, folder) = installable(id)?;
        let origin = match &args.from {
            Some(place) => Origin::Place(place),
            None => Origin::Address {
                base: (args.mirror.as_deref())
                    .or(voice.source.as_deref())
                    .unwrap_or_default(),
                idle: Duration::from_secs(args.timeout),
            },
        };
        let mut meter = Meter::new(&args.talk);
        store::install(&folder, &voice.files, &origin, &mut |progress| {
            meter.show(progress);
        })?;
        meter.end();
        try_out(&folder)?;
        input::tell(
            &args.talk,
            &t!(
                "installed-voice",
                id = &voice.id,
                name = voice.aliases.first().unwrap_or(&voice.id)
            ),
        );
    }
    Ok(())
}

/// Shows how far it is: a bar on a terminal, else a line at each quarter of a large file.
struct Meter<'a> {
    talk: &'a TalkArgs,
    bar: Option<ProgressBar>,
    name: String,
    /// Quarter that was told last.
    quarter: u64,
}

/// Files below this size are there at once.
const LARGE: u64 = 1_000_000;

impl<'a> Meter<'a> {
    fn new(talk: &'a TalkArgs) -> Self {
        let style = ProgressStyle::with_template(
            "{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
        );
        let bar = (!talk.quiet && stderr().is_terminal())
            .then(|| style.ok())
            .flatten();
        Self {
            talk,
            bar: bar.map(|style| ProgressBar::new(0).with_style(style)),
            name: String::new(),
            quarter: 0,
        }
    }

    fn show(&mut self, progress: Progress) {
        if self.name != progress.name {
            progress.name.clone_into(&mut self.name);
            self.quarter = 0;
            if let Some(bar) = &self.bar {
                bar.set_message(self.name.clone());
                bar.set_length(progress.total);
                // What was there from an earlier try is no speed.
                bar.set_position(progress.done);
                bar.reset_eta();
                bar.reset_elapsed();
            }
        }
        if let Some(bar) = &self.bar {
            bar.set_position(progress.done);
            return;
        }
        let quarter = progress.done * 4 / progress.total.max(1);
        if progress.total >= LARGE && quarter > self.quarter {
            self.quarter = quarter;
            let megabytes = |bytes: u64| bytes / 1_000_000;
            input::tell(
                self.talk,
                &t!(
                    "fetched-so-far",
                    file = &self.name,
                    done = megabytes(progress.done).to_string(),
                    total = megabytes(progress.total).to_string()
                ),
            );
        }
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
