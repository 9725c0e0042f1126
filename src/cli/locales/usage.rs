//! clap's complaints about the command line in the user's language: each on a line of its own.

use super::t;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

/// What clap has against the command line: the fault, hints, and the usage.
pub struct Complaint {
    /// What is wrong.
    pub fault: String,
    /// What was probably meant.
    pub hints: Vec<String>,
    /// How the command is called.
    pub usage: Option<String>,
}

/// The complaint in an error of clap.
pub fn complaint(error: &clap::Error) -> Complaint {
    let text = |kind| error.get(kind).map(plain).unwrap_or_default();
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let fault = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            t!(
                "usage-unknown-command",
                command = text(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingSubcommand => t!("usage-missing-command"),
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            t!("usage-unknown-option", option = argument)
        }
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => {
            t!("usage-too-many", value = argument)
        }
        ErrorKind::MissingRequiredArgument => t!("usage-missing", arguments = argument),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            other if other.is_empty() || other == argument => {
                t!("usage-twice", argument = argument)
            }
            other => t!("usage-conflict", argument = argument, other = other),
        },
        ErrorKind::InvalidValue if value.is_empty() => t!("usage-no-value", argument = argument),
        ErrorKind::InvalidValue => t!("usage-bad-value", argument = argument, value = value),
        ErrorKind::ValueValidation => t!(
            "usage-bad-value-because",
            argument = argument,
            value = value,
            reason = error.source().map(ToString::to_string).unwrap_or_default()
        ),
        ErrorKind::InvalidUtf8 => t!("usage-no-text"),
        // What no argument of this program can cause.
        other => other.to_string(),
    };
    let mut hints = Vec::new();
    for kind in [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ] {
        match error.get(kind) {
            Some(ContextValue::Strings(meant)) if !meant.is_empty() => {
                hints.push(t!("usage-did-you-mean", meant = quoted(meant)));
            }
            Some(ContextValue::String(meant)) => {
                hints.push(t!("usage-did-you-mean", meant = format!("`{meant}`")));
            }
            _ => {}
        }
    }
    if let Some(ContextValue::Strings(values)) = error.get(ContextKind::ValidValue)
        && !values.is_empty()
    {
        hints.push(t!("usage-possible", values = values.join(", ")));
    }
    let usage = error.get(ContextKind::Usage).map(plain);
    let usage = usage.map(|usage| {
        let usage = usage.trim().trim_start_matches("Usage:").trim();
        t!(
            "usage-line",
            usage = usage.split_whitespace().collect::<Vec<_>>().join(" ")
        )
    });
    Complaint {
        fault,
        hints,
        usage,
    }
}

/// The text of a context, without colours.
fn plain(value: &ContextValue) -> String {
    value.to_string()
}

fn quoted(words: &[String]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
