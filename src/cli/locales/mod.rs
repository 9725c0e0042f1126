//! The language in which the program talks to its user, and its words in that language.
//!
//! What the program says is in `en.ftl` and `de.ftl` (Fluent), by key: `t!("wrote", file = name)`. Where English stands in
//! the code anyway, only German is added: the help of clap in `help.de.ftl`, the library's errors in `errors.de.ftl`.
//! `checks.rs` holds that no key is missing or left over.

#[cfg(test)]
mod checks;
pub mod errors;
pub mod help;
pub mod usage;

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, memoizer::MemoizerKind,
};
use std::{
    env,
    ffi::OsString,
    sync::{LazyLock, OnceLock},
};

/// A message in the user's language: `t!("key", name = value)`.
macro_rules! t {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut, reason = "a message without arguments")]
        let mut arguments = ::fluent_bundle::FluentArgs::new();
        $( arguments.set(stringify!($name), $value); )*
        $crate::cli::locales::message($key, &arguments)
    }};
}
pub(in crate::cli) use t;

/// A language that the program speaks with its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// German
    De,
    /// English
    En,
}

/// Who chose the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `--ui-lang`.
    Flag,
    /// The settings file.
    File,
    /// The environment, or nobody.
    Default,
}

static CHOSEN: OnceLock<(Language, Origin)> = OnceLock::new();

/// Chooses the language: the flag wins over the settings file, that over the environment, and the rest is English.
/// Called once, before anything is said.
pub fn choose(words: &[OsString], in_file: Option<&str>) {
    let known = |name: &str| match name {
        "de" => Some(Language::De),
        "en" => Some(Language::En),
        _ => None,
    };
    let chosen = (flag(words).and_then(known).map(|l| (l, Origin::Flag)))
        .or_else(|| in_file.and_then(known).map(|l| (l, Origin::File)))
        .unwrap_or_else(|| (of_environment(), Origin::Default));
    let _ = CHOSEN.set(chosen);
}

/// The value of `--ui-lang`, before clap has seen the arguments: its own messages need the language, too.
fn flag(words: &[OsString]) -> Option<&str> {
    let mut found = None;
    let mut words = words.iter().skip(1).map_while(|word| word.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix("--ui-lang") {
            Some("") => found = words.next(),
            Some(value) => found = value.strip_prefix('='),
            None if word == "--" => break,
            None => {}
        }
    }
    found
}

/// The first of the three variables that is set decides, as POSIX has it.
fn of_environment() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    #[cfg(windows)]
    let locale = locale.or_else(sys_locale::get_locale);
    if locale.is_some_and(|locale| is_german(&locale)) {
        Language::De
    } else {
        Language::En
    }
}

/// `de_AT.UTF-8`, `de-CH`, `deutsch`.
fn is_german(locale: &str) -> bool {
    let language = locale.split(['_', '-', '.', '@']).next();
    matches!(language, Some("de" | "deutsch" | "german"))
}

/// The language that was chosen; English before that, and in unit tests.
pub fn language() -> Language {
    chosen().0
}

/// The language and who chose it.
pub fn chosen() -> (Language, Origin) {
    *CHOSEN.get().unwrap_or(&(Language::En, Origin::Default))
}

/// The code of the language, as `--ui-lang` takes it.
pub fn code(language: Language) -> &'static str {
    match language {
        Language::De => "de",
        Language::En => "en",
    }
}

type Bundle = FluentBundle<FluentResource>;

static GERMAN: LazyLock<Bundle> = LazyLock::new(|| {
    bundle(
        "de",
        &[
            include_str!("de.ftl"),
            include_str!("errors.de.ftl"),
            include_str!("help.de.ftl"),
        ],
    )
});

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle("en", &[include_str!("en.ftl")]));

fn bundle(language: &str, files: &[&str]) -> Bundle {
    // Chooses the rules for the plural.
    let locales = language.parse().into_iter().collect();
    let mut bundle = FluentBundle::new_concurrent(locales);
    // The marks would be heard as "unknown character" by some screen readers.
    bundle.set_use_isolating(false);
    if language == "de" {
        bundle.set_formatter(Some(decimal_comma));
    }
    for file in files {
        // A faulty message is left out; a test holds that there is none.
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new((*file).to_owned());
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// Numbers as German writes them.
fn decimal_comma<M: MemoizerKind>(value: &FluentValue, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(number.as_string().replace('.', ",")),
        _ => None,
    }
}

/// The message of a key, which `t!` is for.
pub fn message(key: &str, arguments: &FluentArgs) -> String {
    let bundle = match language() {
        Language::De => &GERMAN,
        Language::En => &ENGLISH,
    };
    // The key itself is better than nothing; a test holds that it is never needed.
    format(bundle, key, arguments).unwrap_or_else(|| key.to_owned())
}

fn format(bundle: &Bundle, key: &str, arguments: &FluentArgs) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
    Some(text.into_owned())
}

/// A text of the German files that takes no arguments.
fn german(key: &str) -> Option<String> {
    format(&GERMAN, key, &FluentArgs::new())
}

/// A number with its decimal sign.
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match language() {
        Language::De => text.replace('.', ","),
        Language::En => text,
    }
}

/// A length of time as a person reads it.
pub fn duration(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => t!("duration-seconds", s = s),
        (0, m, s) => t!("duration-minutes", m = m, s = s),
        (h, m, _) => t!("duration-hours", h = h, m = m),
    }
}
