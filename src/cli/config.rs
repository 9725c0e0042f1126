//! The settings file, and `vorleser config`, which prints what is in force and from where.
//!
//! A setting is a flag: the key in the file is the flag's name, and the file's values are put in front of the flags that the
//! user gave, so that clap checks both alike and the user's own come last and win.

use super::{
    args::{CacheArgs, HabitArgs, PageArgs, RecordArgs, SayArgs, TalkArgs, VoiceArgs},
    input,
    locales::{self, Origin, t},
};
use anyhow::Result;
use clap::{
    ArgMatches, Args,
    error::{ContextKind, ContextValue},
    parser::ValueSource,
};
use etcetera::BaseStrategy;
use serde::{
    Deserialize as _,
    de::value::{Error as ValueError, StrDeserializer},
};
use std::{
    collections::BTreeMap,
    error::Error,
    ffi::OsString,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};
use toml_edit::{Document, Item, Key, Value};
use vorleser::synthesis::{
    cast::{Manner, Manners, Part},
    registry,
};

/// Arguments of `vorleser config`: every flag that is a setting.
#[derive(Debug, Args)]
pub struct ConfigArgs {
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    habits: HabitArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

/// What a setting holds.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Text or a number, checked by the flag of the same name.
    Value,
    /// On or off.
    Switch {
        /// What it is when nobody says anything.
        on: bool,
        /// Id of the flag that undoes the flag of the same name.
        opposite: &'static str,
    },
}

/// The language of the program itself, which is known before anything else is.
const UI_LANG: &str = "ui-lang";

/// All settings. A test holds that they are the flags of [`ConfigArgs`].
#[rustfmt::skip]
const SETTINGS: [(&str, Kind); 26] = [
    (UI_LANG, Kind::Value),
    ("voice", Kind::Value),
    ("rate", Kind::Value),
    ("pitch", Kind::Value),
    ("volume", Kind::Value),
    ("lang", Kind::Value),
    ("intro", Kind::Switch { on: true, opposite: "no_intro" }),
    ("byline", Kind::Switch { on: true, opposite: "no_byline" }),
    ("quotes", Kind::Value),
    ("gender", Kind::Value),
    ("emoji", Kind::Value),
    ("lexicon", Kind::Switch { on: true, opposite: "no_lexicon" }),
    ("cache", Kind::Switch { on: true, opposite: "no_cache" }),
    ("cache-limit", Kind::Value),
    ("bitrate", Kind::Value),
    ("cover", Kind::Value),
    ("earcon", Kind::Switch { on: false, opposite: "no_earcon" }),
    ("timeout", Kind::Value),
    ("ticker", Kind::Value),
    ("boxes", Kind::Value),
    ("captions", Kind::Switch { on: false, opposite: "no_captions" }),
    ("plain", Kind::Switch { on: false, opposite: "no_plain" }),
    ("device", Kind::Value),
    ("fallback", Kind::Switch { on: false, opposite: "no_fallback" }),
    ("quiet", Kind::Switch { on: false, opposite: "verbose" }),
    ("verbose", Kind::Switch { on: false, opposite: "quiet" }),
];

/// Begins the tables that say how the parts of an article are spoken.
const ROLES: &str = "roles";

/// What is wrong with the settings file.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It is there and cannot be read.
    #[error("{}", t!("config-read", path = path.display().to_string()))]
    Read { path: PathBuf, source: io::Error },
    /// It is not TOML.
    #[error("{}", t!("config-toml", path = path.display().to_string()))]
    Toml {
        path: PathBuf,
        source: Box<toml_edit::TomlError>,
    },
    /// A key that is no setting.
    #[error("{}", t!("config-unknown-key", line = line, path = path.display().to_string(), key = key))]
    UnknownKey {
        path: PathBuf,
        line: usize,
        key: String,
    },
    /// A way of speaking that cannot be.
    #[error("line {line} of the settings file {}: [{ROLES}.{role}]: {reason}", path.display())]
    Role {
        path: PathBuf,
        line: usize,
        role: String,
        reason: String,
    },
    /// A value that the setting cannot have.
    #[error("{}", t!("config-value", line = line, path = path.display().to_string(), key = *key, value = value, reason = reason))]
    Value {
        path: PathBuf,
        line: usize,
        key: &'static str,
        value: String,
        reason: String,
    },
}

/// A file of this program in the user's configuration directory, if the user has one.
pub fn path(name: &str) -> Option<PathBuf> {
    let directory = etcetera::choose_base_strategy().ok()?.config_dir();
    Some(directory.join("vorleser").join(name))
}

/// The language that the settings file chooses. What is wrong with the file is told later, in some language.
pub fn ui_language() -> Option<String> {
    let text = fs::read_to_string(path("config.toml")?).ok()?;
    let document = Document::parse(text).ok()?;
    Some(document.get(UI_LANG)?.as_str()?.to_owned())
}

/// The arguments in force, and where they come from.
pub struct InForce {
    /// From the command line, the file and the defaults.
    pub matches: ArgMatches,
    /// From the command line alone.
    given: ArgMatches,
    /// The settings that the file holds.
    in_file: Vec<&'static str>,
}

/// Adds the settings of the file to arguments that were parsed already.
///
/// # Errors
/// When the file cannot be read, is not TOML, has an unknown key, or a value that the flag would not take.
pub fn resolve(command: &clap::Command, words: &[OsString], given: ArgMatches) -> Result<InForce> {
    // The flags are those of the innermost command, as in `podcast DIR add`, and stand behind its name.
    let (mut inner, mut matches, mut place) = (command, &given, 1);
    while let Some((name, next)) = matches.subcommand() {
        let Some(command) = inner.find_subcommand(name) else {
            break;
        };
        let behind = words.iter().skip(place).position(|word| word == name);
        (inner, matches) = (command, next);
        place += behind.map_or(0, |found| found + 1);
    }
    let known: Vec<_> = inner
        .get_arguments()
        .map(|arg| arg.get_id().as_str())
        .collect();
    // Commands that know no setting work with a broken file, too.
    let file = if SETTINGS
        .iter()
        .any(|(key, _)| *key != UI_LANG && known.contains(key))
    {
        load(command)?
    } else {
        Vec::new()
    };
    let mut words = words.to_vec();
    words.splice(
        place.min(words.len())..place.min(words.len()),
        file.iter()
            .filter(|(key, _)| known.contains(key))
            .filter_map(|(_, flag)| flag.as_ref())
            .map(OsString::from),
    );
    Ok(InForce {
        matches: command.clone().try_get_matches_from(words)?,
        given,
        in_file: file.into_iter().map(|(key, _)| key).collect(),
    })
}

/// The settings file as it is written, if there is one.
fn text() -> Result<Option<(PathBuf, String)>, ConfigError> {
    let Some(path) = path("config.toml") else {
        return Ok(None);
    };
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some((path, text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ConfigError::Read { path, source }),
    }
}

fn parse(path: &Path, text: String) -> Result<Document<String>, ConfigError> {
    Document::parse(text).map_err(|source| ConfigError::Toml {
        path: path.to_owned(),
        source: Box::new(source),
    })
}

/// How the parts of an article are spoken, after the tables `[roles.…]` of the settings file.
///
/// # Errors
/// When the file cannot be read, or a table has an unknown name, an unknown key, a value out of bounds, or a voice that is not
/// there.
pub fn manners() -> Result<Manners, ConfigError> {
    let Some((path, text)) = text()? else {
        return Ok(Manners::new());
    };
    let document = parse(&path, text)?;
    let Some(roles) = document.get(ROLES) else {
        return Ok(Manners::new());
    };
    let line = |span: Option<std::ops::Range<usize>>| {
        span.map_or(1, |span| {
            1 + document.raw()[..span.start].matches('\n').count()
        })
    };
    let fault = |line, role: &str, reason: String| ConfigError::Role {
        path: path.clone(),
        line,
        role: role.to_owned(),
        reason: reason.trim().replace('\n', " "),
    };
    let Some(roles) = roles.as_table_like() else {
        let reason = "roles are tables, such as [roles.quote]".to_owned();
        return Err(fault(line(roles.span()), "…", reason));
    };
    let mut manners = Manners::new();
    for (name, item) in roles.iter() {
        let place = line(item.span().or_else(|| roles.key(name).and_then(Key::span)));
        let named = |reason: &dyn std::fmt::Display| fault(place, name, reason.to_string());
        // The name is read as a word of TOML by the same rules as its values.
        let part =
            Part::deserialize(StrDeserializer::<ValueError>::new(name)).map_err(|e| named(&e))?;
        let table = item.as_table_like().map(|table| {
            let lines = table
                .iter()
                .map(|(key, value)| format!("{key} = {}\n", value.to_string().trim()));
            lines.collect::<String>()
        });
        let table = table.ok_or_else(|| named(&"it has to be a table"))?;
        let manner: Manner = toml::from_str(&table).map_err(|e| named(&e.message()))?;
        if let Some(reason) = manner.fault() {
            return Err(named(&reason));
        }
        if let Some(voice) = &manner.voice {
            registry::find(voice).map_err(|e| named(&e))?;
        }
        manners.insert(part, manner);
    }
    Ok(manners)
}

/// Whether the settings file, if there is one, is right.
pub fn check(command: &clap::Command) -> Result<(), ConfigError> {
    load(command).map(drop)
}

/// The settings in the file, each with the flag that says the same; `None` where that is the default of a switch.
fn load(command: &clap::Command) -> Result<Vec<(&'static str, Option<String>)>, ConfigError> {
    let Some((path, text)) = text()? else {
        return Ok(Vec::new());
    };
    let document = parse(&path, text)?;
    let text = document.raw();
    let mut settings = Vec::new();
    for (name, item) in document.as_table() {
        if name == ROLES {
            continue;
        }
        let span = document.as_table().key(name).and_then(Key::span);
        let line = span.map_or(1, |span| 1 + text[..span.start].matches('\n').count());
        let Some((key, kind)) = SETTINGS.iter().find(|(key, _)| *key == name) else {
            let key = name.to_owned();
            return Err(ConfigError::UnknownKey { path, line, key });
        };
        match flag(command, key, *kind, item) {
            Ok(flag) => settings.push((*key, flag)),
            Err(reason) => {
                return Err(ConfigError::Value {
                    path,
                    line,
                    key,
                    value: item.to_string().trim().to_owned(),
                    reason,
                });
            }
        }
    }
    Ok(settings)
}

/// The flag that says what the file says, or why no flag can.
fn flag(
    command: &clap::Command,
    key: &str,
    kind: Kind,
    item: &Item,
) -> Result<Option<String>, String> {
    let value = match (kind, item.as_value()) {
        (Kind::Switch { on, .. }, Some(Value::Boolean(value))) if *value.value() == on => {
            return Ok(None);
        }
        (Kind::Switch { on: true, opposite }, Some(Value::Boolean(_))) => {
            return Ok(Some(format!("--{}", opposite.replace('_', "-"))));
        }
        (Kind::Switch { on: false, .. }, Some(Value::Boolean(_))) => {
            return Ok(Some(format!("--{key}")));
        }
        (Kind::Switch { .. }, _) => return Err(t!("config-switch")),
        (Kind::Value, Some(Value::String(value))) => value.value().clone(),
        (Kind::Value, Some(Value::Integer(value))) => value.value().to_string(),
        (Kind::Value, Some(Value::Float(value))) => value.value().to_string(),
        (Kind::Value, _) => return Err(t!("config-text-or-number")),
    };
    let flag = format!("--{key}={value}");
    match command
        .clone()
        .try_get_matches_from(["vorleser", "config", &flag])
    {
        Ok(_) => Ok(Some(flag)),
        Err(error) => Err(reason(&error)),
    }
}

/// What clap has against a value, without the rest of what it would print.
fn reason(error: &clap::Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            t!("config-one-of", values = values.join(", "))
        }
        _ => error
            .source()
            .map_or_else(|| error.kind().to_string(), ToString::to_string),
    }
}

/// Prints every setting with its origin, as a settings file would have it.
pub fn run(in_force: &InForce) -> Result<()> {
    let mut out = String::new();
    if let Some(path) = path("config.toml") {
        let state = if path.exists() {
            String::new()
        } else {
            format!(" {}", t!("config-not-there"))
        };
        let _ = writeln!(out, "# {}{state}", path.display());
    }
    let none = ArgMatches::default();
    let of = |matches| ArgMatches::subcommand(matches).map_or(&none, |(_, matches)| matches);
    let (matches, given) = (of(&in_force.matches), of(&in_force.given));
    for (key, kind) in SETTINGS {
        if key == UI_LANG {
            let (language, origin) = locales::chosen();
            let from = match origin {
                Origin::Flag => t!("config-from-flag"),
                Origin::File => t!("config-from-file"),
                Origin::Default => t!("config-from-default"),
            };
            let _ = writeln!(out, "{key} = {:?} # {from}", locales::code(language));
            continue;
        }
        let by_flag = |id: &str| given.value_source(id) == Some(ValueSource::CommandLine);
        let (value, flagged) = match kind {
            Kind::Value => {
                let raw = matches.get_raw(key).and_then(Iterator::last);
                let value = raw.map(|raw| raw.to_string_lossy()).unwrap_or_default();
                // Numbers are taken with a comma, too, but TOML knows only the point.
                let number = value.replace(',', ".");
                let value = if number.parse::<f64>().is_ok() {
                    number
                } else {
                    Value::from(value.as_ref()).to_string()
                };
                (value, by_flag(key))
            }
            Kind::Switch { on, opposite } => {
                let value = if on {
                    !matches.get_flag(opposite)
                } else {
                    matches.get_flag(key)
                };
                (value.to_string(), by_flag(key) || by_flag(opposite))
            }
        };
        let from = if flagged {
            t!("config-from-flag")
        } else if in_force.in_file.contains(&key) {
            t!("config-from-file")
        } else {
            t!("config-from-default")
        };
        let _ = writeln!(out, "{key} = {value} # {from}");
    }
    let manners = manners()?;
    if !manners.is_empty() {
        let tables = BTreeMap::from([(ROLES, manners)]);
        let _ = write!(out, "\n{}", toml::to_string(&tables)?);
    }
    input::print(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_settings_are_the_flags_of_config() {
        let command = Cli::command();
        let config = command.find_subcommand("config").expect("the command");
        let mut flags: Vec<_> = config.get_arguments().map(clap::Arg::get_id).collect();
        let mut settings = Vec::new();
        for (key, kind) in SETTINGS {
            if key == UI_LANG {
                // A flag of every command.
                continue;
            }
            settings.push(key);
            if let Kind::Switch { opposite, .. } = kind {
                settings.push(opposite);
            }
        }
        flags.sort();
        settings.sort_unstable();
        settings.dedup();
        assert_eq!(flags, settings);
    }
}
