//! `vorleser doctor`: what works on this computer, what does not, and what mends it.

mod checks;
mod desktop;
mod packages;

use super::{input, locales::t, report::SomethingBroken, sanitise::clean};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::{fmt::Write as _, time::Duration};

/// Arguments of `vorleser doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Do not try the network
    #[arg(long)]
    offline: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// It works.
    Fine,
    /// It does not work, and nothing needs it.
    Note,
    /// It does not work.
    Broken,
}

/// What was found out about one thing.
#[derive(Debug, Serialize)]
struct Finding {
    /// What it is about, the same word in every language.
    area: &'static str,
    state: State,
    /// A sentence for people.
    text: String,
    /// A command, or what to do, where something is to be done.
    mend: Option<String>,
}

impl Finding {
    fn fine(area: &'static str, text: String) -> Self {
        Self {
            area,
            state: State::Fine,
            text,
            mend: None,
        }
    }

    fn note(area: &'static str, text: String, mend: Option<String>) -> Self {
        Self {
            area,
            state: State::Note,
            text,
            mend,
        }
    }

    fn broken(area: &'static str, text: String, mend: Option<String>) -> Self {
        Self {
            area,
            state: State::Broken,
            text,
            mend,
        }
    }
}

/// How long one check may take. A healthy computer needs a fraction of it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs the command.
pub fn run(args: &DoctorArgs) -> Result<()> {
    let mut findings = vec![checks::version(), checks::sound(), checks::built_in_voice()];
    findings.extend(checks::natural_voices());
    findings.push(checks::system_speech());
    if !args.offline {
        findings.push(checks::network());
    }
    findings.push(checks::encryption());
    findings.extend(desktop::clipboard());
    findings.extend(desktop::session_bus());
    findings.extend(checks::directories());
    findings.push(checks::settings());
    findings.extend(checks::dictionary());
    findings.extend(checks::locale());
    let count = |state| findings.iter().filter(|f| f.state == state).count();
    let (broken, notes) = (count(State::Broken), count(State::Note));
    if args.json {
        input::print_json(&findings)?;
    } else {
        let mut out = String::new();
        for finding in &findings {
            let text = &finding.text;
            let line = match finding.state {
                State::Fine => t!("doctor-fine", what = text),
                State::Note => t!("doctor-note", what = text),
                State::Broken => t!("doctor-broken", what = text),
            };
            let _ = writeln!(out, "{line}");
            if let Some(mend) = &finding.mend {
                let _ = writeln!(out, "{}", t!("doctor-mend", how = mend));
            }
        }
        let sum = match (broken, notes) {
            (0, 0) => t!("doctor-all-fine"),
            (0, notes) => t!("doctor-only-notes", n = notes),
            (broken, _) => t!("doctor-some-broken", n = broken),
        };
        let _ = writeln!(out, "{sum}");
        input::print(&clean(&out))?;
    }
    if broken > 0 {
        return Err(SomethingBroken.into());
    }
    Ok(())
}
