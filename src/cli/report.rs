//! How an error becomes words, a hint and an exit code: the one place that knows.

use super::{config::ConfigError, progress, sanitise::clean};
use std::{
    io::{self, Write},
    process::ExitCode,
    sync::LazyLock,
    time::Instant,
};
use vorleser::{
    ExtractError, SourceError, SynthesisError,
    normalise::lexicon::LexiconError,
    output::{OutputError, playback::PlaybackError},
    synthesis::piper::store::StoreError,
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
#[error("stopped")]
pub struct Stopped;

/// The arguments ask for something that makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// The page was read and the article found, but no voice could say a word of it.
#[derive(Debug, thiserror::Error)]
#[error("the article holds nothing that could be said")]
pub struct NothingToSay;

/// Some of many articles could not be had; each of them has been named already.
#[derive(Debug, thiserror::Error)]
#[error("{failed} of {all} failed")]
pub struct SomeFailed {
    /// How many.
    pub failed: usize,
    /// Of how many.
    pub all: usize,
}

/// Whether the user asked to stop.
pub fn is_stop(error: &anyhow::Error) -> bool {
    judge(error).0 == STOPPED
}

/// An error with its causes on one line.
pub fn line(error: &anyhow::Error) -> String {
    let mut line = error.to_string();
    for cause in causes(error) {
        line.push_str(": ");
        line.push_str(&cause);
    }
    line
}

/// Prints `error:`, `caused by:` and `hint:` to standard error and gives the exit code.
pub fn report(error: &anyhow::Error) -> ExitCode {
    if let Some(error) = error.downcast_ref::<clap::Error>() {
        // Help and version are errors to clap, too. A closed pipe is no reason to panic.
        let _ = error.print();
        return ExitCode::from(if error.use_stderr() { WRONG_USAGE } else { 0 });
    }
    let (code, hint) = judge(error);
    if code == STOPPED || is_broken_pipe(error) {
        // The user knows; a reader that is gone does not care.
        return ExitCode::from(if code == STOPPED { STOPPED } else { 0 });
    }
    say(&format!("error: {error}"));
    for cause in causes(error) {
        say(&format!("caused by: {cause}"));
    }
    if let Some(hint) = hint {
        say(&format!("hint: {hint}"));
    }
    ExitCode::from(code)
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
        causes.push(cause.to_string());
    }
    causes.dedup();
    causes.retain(|cause| *cause != error.to_string());
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
            return (
                WRONG_USAGE,
                Some("`vorleser --help` shows what can be asked for".into()),
            );
        }
        if let Some(error) = cause.downcast_ref::<SourceError>() {
            return source(error);
        }
        if cause.is::<ConfigError>() {
            return (
                FAILED,
                Some("`vorleser config --help` lists the settings and their values".into()),
            );
        }
        if let Some(error) = cause.downcast_ref::<LexiconError>() {
            return (FAILED, lexicon(error).map(Into::into));
        }
        if cause.is::<NothingToSay>() {
            return (
                NO_ARTICLE,
                Some("`vorleser text` shows the article that was found".into()),
            );
        }
        if let Some(error) = cause.downcast_ref::<ExtractError>() {
            return (NO_ARTICLE, Some(extract(error).into()));
        }
        if let Some(error) = cause.downcast_ref::<SynthesisError>() {
            return synthesis(error);
        }
        match cause.downcast_ref::<StoreError>() {
            Some(StoreError::Fetch { source: error, .. }) => return source(error.as_ref()),
            Some(error @ (StoreError::NoDirectory | StoreError::Write { .. })) => {
                return (FAILED, error.hint().map(Into::into));
            }
            Some(error @ StoreError::Address(_)) => {
                return (WRONG_USAGE, error.hint().map(Into::into));
            }
            Some(error) => return (VOICE, error.hint().map(Into::into)),
            None => {}
        }
        match cause.downcast_ref::<OutputError>() {
            Some(OutputError::Stopped) => return (STOPPED, None),
            Some(OutputError::Synthesis(error)) => return synthesis(error),
            Some(error @ OutputError::Silent) => return (VOICE, error.hint().map(Into::into)),
            Some(error) => return (FAILED, error.hint().map(Into::into)),
            None => {}
        }
        if let Some(error) = cause.downcast_ref::<PlaybackError>() {
            return (FAILED, error.hint().map(Into::into));
        }
    }
    (FAILED, None)
}

fn extract(error: &ExtractError) -> &'static str {
    match error {
        ExtractError::Paywall { .. } => {
            "log in to the page in a browser, save it there, and give the file; `--force` reads the beginning"
        }
        ExtractError::ConsentWall => {
            "open the page in a browser, agree or decline, save it there, and give the file"
        }
        ExtractError::ErrorPage => "check the address; the article may have moved",
        ExtractError::Index => "give the address of one of the articles",
        ExtractError::Video | ExtractError::Empty => "check that this is the page you mean",
        ExtractError::NeedsJavaScript => {
            "open the page in a browser, save it there, and give the file"
        }
        _ => {
            "open the page in a browser, save it there, and give the file; or copy the text and pipe it in with `-`"
        }
    }
}

fn lexicon(error: &LexiconError) -> Option<&'static str> {
    match error {
        LexiconError::Toml { .. }
        | LexiconError::UnknownKey { .. }
        | LexiconError::Entry { .. } => {
            Some("mend that line; `--no-lexicon` reads without the dictionary")
        }
        LexiconError::Xml { .. } | LexiconError::Pls { .. } => Some(
            "a W3C pronunciation lexicon (PLS 1.0) or a dictionary of this program can be imported",
        ),
        _ => None,
    }
}

fn synthesis(error: &SynthesisError) -> (u8, Option<String>) {
    let hint = match error {
        SynthesisError::NoSuchVoice { .. } => {
            Some("`vorleser voices` lists the voices that are there".to_owned())
        }
        SynthesisError::NotInstalled { id } => {
            Some(format!("`vorleser voices install {id}` gets it"))
        }
        _ => error.hint().map(Into::into),
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
    let accepted =
        "a web page (HTML), a text file (.txt, .md), or text on standard input can be read";
    let (code, hint) = match error {
        E::NoSuchInput {
            suggestion: Some(url),
            ..
        } => {
            return (WRONG_USAGE, Some(format!("for the web page say {url}")));
        }
        E::NoSuchInput { .. } => (
            WRONG_USAGE,
            "check the spelling; web addresses begin with https://",
        ),
        E::Scheme { .. } => (
            WRONG_USAGE,
            "addresses have to begin with http:// or https://",
        ),
        E::Address { .. } => (
            WRONG_USAGE,
            "an address looks like https://example.org/artikel",
        ),
        E::Directory { .. } => (FAILED, "name a file in it"),
        E::File { .. } | E::Stdin { .. } => return (FAILED, None),
        E::TooLarge { .. } => (
            FAILED,
            "articles are far smaller; cut the article out and give that",
        ),
        E::Foreign { .. } | E::Archive | E::Empty => (NO_ARTICLE, accepted),
        E::Client { .. } | E::Tls { .. } => (
            NETWORK,
            "check the date of this computer and its root certificates (Debian: ca-certificates)",
        ),
        E::Dns { .. } => (
            NETWORK,
            "check the spelling of the address and the network connection",
        ),
        E::NotFound { .. } => (NETWORK, "check the address; the article may have moved"),
        E::Forbidden { .. } => (
            NETWORK,
            "open the page in a browser where you are logged in, save it, and give the file",
        ),
        E::RateLimited { .. } | E::Server { .. } => (NETWORK, "try again later"),
        E::Disallowed { .. } => (
            NETWORK,
            "lists and feeds keep to it; give the address itself as INPUT to read the page all the same",
        ),
        E::Feed { .. } => (
            NO_ARTICLE,
            "give the address of an RSS, Atom or JSON feed, or an OPML file; a page is given as INPUT",
        ),
        E::Redirects { .. } => (
            NETWORK,
            "open the page in a browser, save it, and give the file",
        ),
        _ => (NETWORK, "check the network connection and try again"),
    };
    (code, Some(hint.to_owned()))
}
