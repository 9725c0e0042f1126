//! How an error becomes words, a hint and an exit code: the one place that knows.

use super::{
    Cli,
    config::ConfigError,
    locales::{
        errors::{hint, words},
        t, usage,
    },
    progress,
    sanitise::clean,
};
use clap::{CommandFactory, error::ErrorKind};
use std::{
    io::{self, Write},
    process::ExitCode,
    sync::LazyLock,
    time::Instant,
};
use vorleser::{
    ExtractError, SourceError, SynthesisError,
    normalise::lexicon::LexiconError,
    output::{OutputError, playback::PlaybackError, podcast::PodcastError},
    source::clipboard::ClipboardError,
    synthesis::piper::{PiperError, store::StoreError},
};

/// When the program was started.
pub static START: LazyLock<Instant> = LazyLock::new(Instant::now);

const WRONG_USAGE: u8 = 2;
const FAILED: u8 = 1;
const NO_ARTICLE: u8 = 3;
const NETWORK: u8 = 4;
const VOICE: u8 = 5;
/// Exit code when the user asked to stop.
pub const STOPPED: u8 = 130;

/// The user asked to stop.
#[derive(Debug, thiserror::Error)]
#[error("{}", t!("stopped"))]
pub struct Stopped;

/// The arguments ask for something that makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// There is no place to go on from.
#[derive(Debug, thiserror::Error)]
#[error("{}", t!("nothing-to-resume"))]
pub struct NothingToResume;

/// The page was read and the article found, but no voice could say a word of it.
#[derive(Debug, thiserror::Error)]
#[error("{}", t!("nothing-to-say"))]
pub struct NothingToSay;

/// Some of many articles could not be had; each of them has been named already.
#[derive(Debug, thiserror::Error)]
#[error("{}", t!("some-failed", failed = failed, all = all))]
pub struct SomeFailed {
    /// How many.
    pub failed: usize,
    /// Of how many.
    pub all: usize,
}

/// `doctor` found something broken, and has said what.
#[derive(Debug, thiserror::Error)]
#[error("something is broken")]
pub struct SomethingBroken;

/// Whether the user asked to stop.
pub fn is_stop(error: &anyhow::Error) -> bool {
    judge(error).0 == STOPPED
}

/// An error with its causes on one line.
pub fn line(error: &anyhow::Error) -> String {
    let mut line = first(error);
    for cause in causes(error) {
        line.push_str(": ");
        line.push_str(&cause);
    }
    line
}

/// Prints `error:`, `caused by:` and `hint:` to standard error and gives the exit code.
pub fn report(error: &anyhow::Error) -> ExitCode {
    super::listen::give_back();
    if let Some(error) = error.downcast_ref::<clap::Error>() {
        return complain(error);
    }
    if error.is::<SomethingBroken>() {
        return ExitCode::from(FAILED);
    }
    let (code, hint) = judge(error);
    if code == STOPPED || is_broken_pipe(error) {
        // The user knows; a reader that is gone does not care.
        return ExitCode::from(if code == STOPPED { STOPPED } else { 0 });
    }
    say(&t!("error", what = first(error)));
    for cause in causes(error) {
        say(&t!("caused-by", what = cause));
    }
    if let Some(hint) = hint {
        say(&t!("hint", what = hint));
    }
    ExitCode::from(code)
}

/// What is wrong, without the causes.
fn first(error: &anyhow::Error) -> String {
    error
        .chain()
        .next()
        .map_or_else(|| error.to_string(), words)
}

/// Help and version, which are errors to clap, too, and what it has against the command line.
fn complain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // A closed pipe is no reason to panic.
        let _ = error.print();
        return ExitCode::from(if error.use_stderr() { WRONG_USAGE } else { 0 });
    }
    let complaint = usage::complaint(error);
    say(&t!("error", what = complaint.fault));
    for hint in complaint.hints {
        say(&t!("hint", what = hint));
    }
    if let Some(usage) = complaint.usage {
        say(&usage);
    }
    say(&t!("hint", what = t!("usage-help")));
    ExitCode::from(WRONG_USAGE)
}

/// What lies behind an error, each thing once. Of the layers of the HTTP client only the innermost tells something.
fn causes(error: &anyhow::Error) -> Vec<String> {
    let mut chain = error.chain().skip(1);
    let mut causes = Vec::new();
    while let Some(cause) = chain.next() {
        let network = cause.is::<reqwest::Error>();
        let cause = if network {
            chain.by_ref().last().unwrap_or(cause)
        } else {
            cause
        };
        causes.push(words(cause));
    }
    causes.dedup();
    causes.retain(|cause| *cause != first(error));
    causes
}

/// A line to standard error; unlike `eprintln!` it does not panic when nobody reads there.
pub fn say(line: &str) {
    progress::beside(|| {
        let _ = writeln!(io::stderr(), "{}", clean(line));
    });
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || matches!(cause.downcast_ref(), Some(OutputError::BrokenPipe))
    })
}

/// Exit code and hint of an error.
fn judge(error: &anyhow::Error) -> (u8, Option<String>) {
    for cause in error.chain() {
        if cause.is::<Stopped>() {
            return (STOPPED, None);
        }
        if cause.is::<Usage>() {
            return (WRONG_USAGE, Some(t!("usage-help")));
        }
        if let Some(error) = cause.downcast_ref::<ClipboardError>() {
            let hint = if matches!(error, ClipboardError::Empty) {
                t!("hint-clipboard-empty")
            } else {
                t!("hint-clipboard")
            };
            return (FAILED, Some(hint));
        }
        if let Some(error) = cause.downcast_ref::<SourceError>() {
            return source(error);
        }
        if cause.is::<ConfigError>() {
            return (FAILED, Some(t!("hint-config")));
        }
        if let Some(error) = cause.downcast_ref::<LexiconError>() {
            return (FAILED, lexicon(error));
        }
        if cause.is::<NothingToResume>() {
            return (FAILED, Some(t!("hint-nothing-to-resume")));
        }
        if cause.is::<NothingToSay>() {
            return (NO_ARTICLE, Some(t!("hint-nothing-to-say")));
        }
        if let Some(error) = cause.downcast_ref::<ExtractError>() {
            return (NO_ARTICLE, Some(extract(error)));
        }
        if let Some(error) = cause.downcast_ref::<SynthesisError>() {
            return synthesis(error);
        }
        match cause.downcast_ref::<StoreError>() {
            Some(StoreError::Fetch { source: error, .. }) => return source(error.as_ref()),
            Some(error @ (StoreError::NoDirectory | StoreError::Write { .. })) => {
                return (FAILED, hint(error));
            }
            Some(error @ StoreError::Address(_)) => {
                return (WRONG_USAGE, hint(error));
            }
            Some(error) => return (VOICE, hint(error)),
            None => {}
        }
        match cause.downcast_ref::<OutputError>() {
            Some(OutputError::Stopped) => return (STOPPED, None),
            Some(OutputError::Synthesis(error)) => return synthesis(error),
            Some(error @ OutputError::Silent) => return (VOICE, hint(error)),
            Some(error) => return (FAILED, hint(error)),
            None => {}
        }
        if let Some(error) = cause.downcast_ref::<PodcastError>() {
            return (FAILED, hint(error));
        }
        if let Some(error) = cause.downcast_ref::<PlaybackError>() {
            return (FAILED, hint(error));
        }
    }
    (FAILED, None)
}

fn extract(error: &ExtractError) -> String {
    match error {
        ExtractError::Paywall { .. } => t!("hint-paywall"),
        ExtractError::ConsentWall => t!("hint-consent"),
        ExtractError::ErrorPage => t!("hint-error-page"),
        ExtractError::Index => t!("hint-index"),
        ExtractError::Video | ExtractError::Empty => t!("hint-right-page"),
        ExtractError::NeedsJavaScript => t!("hint-save"),
        _ => t!("hint-save-or-copy"),
    }
}

fn lexicon(error: &LexiconError) -> Option<String> {
    match error {
        LexiconError::Toml { .. }
        | LexiconError::UnknownKey { .. }
        | LexiconError::Entry { .. } => Some(t!("hint-dictionary-mend")),
        LexiconError::Xml { .. } | LexiconError::Pls { .. } => Some(t!("hint-dictionary-import")),
        _ => None,
    }
}

fn synthesis(error: &SynthesisError) -> (u8, Option<String>) {
    if matches!(error, SynthesisError::Piper(PiperError::Stopped)) {
        return (STOPPED, None);
    }
    let hint = match error {
        SynthesisError::NoSuchVoice { .. } => Some(t!("hint-voices")),
        SynthesisError::NotInstalled { id } => Some(t!("hint-install", id = id)),
        _ => hint(error),
    };
    let code = if matches!(error, SynthesisError::LiveOnly { .. }) {
        FAILED
    } else {
        VOICE
    };
    (code, hint)
}

fn source(error: &SourceError) -> (u8, Option<String>) {
    use SourceError as E;
    let (code, hint) = match error {
        E::NoSuchInput {
            suggestion: Some(url),
            ..
        } => (WRONG_USAGE, t!("hint-web-page", address = url.as_str())),
        E::NoSuchInput { given, .. } => (
            WRONG_USAGE,
            mistyped_command(given).map_or_else(
                || t!("hint-spelling"),
                |command| t!("hint-command", command = command),
            ),
        ),
        E::Scheme { .. } => (WRONG_USAGE, t!("hint-scheme")),
        E::Address { .. } => (WRONG_USAGE, t!("hint-address")),
        E::Directory { .. } => (FAILED, t!("hint-directory")),
        E::File { .. } | E::Stdin { .. } => return (FAILED, None),
        E::TooLarge { .. } => (FAILED, t!("hint-too-large")),
        E::Foreign { .. } | E::Archive | E::Empty => (NO_ARTICLE, t!("hint-accepted")),
        E::Client { .. } | E::Tls { .. } => (NETWORK, t!("hint-certificates")),
        E::Dns { .. } => (NETWORK, t!("hint-dns")),
        E::NotFound { .. } => (NETWORK, t!("hint-error-page")),
        E::Forbidden { .. } => (NETWORK, t!("hint-log-in")),
        E::RateLimited { .. } | E::Server { .. } => (NETWORK, t!("hint-later")),
        E::Disallowed { .. } => (NETWORK, t!("hint-disallowed")),
        E::Feed { .. } => (NO_ARTICLE, t!("hint-feed")),
        E::Redirects { .. } => (NETWORK, t!("hint-save")),
        _ => (NETWORK, t!("hint-network")),
    };
    (code, Some(hint))
}

/// The command that was probably meant by a word that is no input.
fn mistyped_command(given: &str) -> Option<String> {
    let command = Cli::command();
    let (likeness, name) = command
        .get_subcommands()
        .map(|command| (strsim::jaro(given, command.get_name()), command.get_name()))
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    // The same measure as clap's own.
    (likeness > 0.7).then(|| name.to_owned())
}
