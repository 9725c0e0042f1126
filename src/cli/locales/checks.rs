//! No key is missing, none is left over, and no English is left in the German help.

use super::{german, help::in_german};
use crate::cli::Cli;
use clap::{Command, CommandFactory};
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Keys with the names of their arguments.
type Keys = BTreeMap<String, BTreeSet<String>>;

/// The keys of a file of messages.
fn keys(file: &str) -> Keys {
    let path = root().join("src/cli/locales").join(file);
    let text = fs::read_to_string(path).expect("a file of messages");
    let resource =
        parser::parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
    let mut keys = Keys::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut names = BTreeSet::new();
            arguments(message.value.as_ref().expect("a value"), &mut names);
            let old = keys.insert(message.id.name.to_owned(), names);
            assert!(old.is_none(), "{file}: {} is there twice", message.id.name);
        }
    }
    keys
}

fn arguments(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                for variant in variants {
                    arguments(&variant.value, names);
                }
                selector
            }
        };
        match inline {
            InlineExpression::VariableReference { id } => {
                names.insert(id.name.to_owned());
            }
            InlineExpression::StringLiteral { .. } => {}
            other => panic!("only arguments are used in messages: {other:?}"),
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every `t!("key", name = …)` of a source file.
fn uses(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for (place, _) in source.match_indices("t!(") {
        let before = source[..place].chars().next_back();
        let line = source[..place].rsplit('\n').next().unwrap_or_default();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '`')
            || line.contains("//")
        {
            continue;
        }
        let rest = source[place + 3..].trim_start();
        let Some(rest) = rest.strip_prefix('"') else {
            continue;
        };
        let (key, rest) = rest.split_once('"').expect("the end of the key");
        found.push((key.to_owned(), named(rest)));
    }
    found
}

/// The names before `=` at the outermost level, up to the closing bracket.
fn named(rest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let (mut depth, mut word, mut in_text) = (0, String::new(), false);
    let mut chars = rest.chars().peekable();
    let mut fresh = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_text => {
                chars.next();
            }
            '"' => in_text = !in_text,
            _ if in_text => {}
            '(' | '{' | '[' => depth += 1,
            ')' if depth == 0 => break,
            ')' | '}' | ']' => depth -= 1,
            ',' if depth == 0 => (word, fresh) = (String::new(), true),
            '=' if depth == 0 && fresh => {
                names.insert(word.trim().to_owned());
                fresh = false;
            }
            c => word.push(c),
        }
    }
    names
}

#[test]
fn every_message_is_there_in_both_languages_and_used() {
    let (english, german, errors) = (keys("en.ftl"), keys("de.ftl"), keys("errors.de.ftl"));
    let mut wrong = Vec::new();
    for (key, names) in &english {
        match german.get(key) {
            None => wrong.push(format!("de.ftl lacks {key}")),
            Some(other) if other != names => {
                wrong.push(format!(
                    "{key} has {names:?} in English, {other:?} in German"
                ));
            }
            Some(_) => {}
        }
    }
    wrong.extend(
        german
            .keys()
            .filter(|key| !english.contains_key(*key))
            .map(|key| format!("en.ftl lacks {key}")),
    );
    let (mut files, mut used) = (Vec::new(), BTreeSet::new());
    sources(&root().join("src/cli"), &mut files);
    for path in files {
        let source = fs::read_to_string(&path).expect("a source file");
        let only_german = path.ends_with("locales/errors.rs");
        if path.ends_with("locales/checks.rs") {
            continue;
        }
        for (key, names) in uses(&source) {
            let known = if only_german { &errors } else { &english };
            match known.get(&key) {
                None => wrong.push(format!("{} uses {key}, which is not there", path.display())),
                Some(expected) if *expected != names => wrong.push(format!(
                    "{} gives {key} {names:?}, it has {expected:?}",
                    path.display()
                )),
                Some(_) => {}
            }
            used.insert(key);
        }
    }
    wrong.extend(
        english
            .keys()
            .chain(errors.keys())
            .filter(|key| !used.contains(*key))
            .map(|key| format!("nothing uses {key}")),
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The variants of the library's errors, found by their `#[error]`, stand all in `errors.rs`.
#[test]
fn every_error_of_the_library_has_german_words() {
    let translated = include_str!("errors.rs");
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut wrong = Vec::new();
    for path in files {
        if path.starts_with(root().join("src/cli")) {
            continue;
        }
        let source = fs::read_to_string(&path).expect("a source file");
        let mut error = "";
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            if let Some(name) = line.strip_prefix("pub enum ") {
                error = name.trim_end_matches(" {");
            }
            if !line.starts_with("    #[error(")
                || line.contains("\"{0}\"")
                || line.contains("(transparent)")
            {
                continue;
            }
            let variant = lines
                .find(|line| {
                    line.starts_with("    ") && line.trim_start().starts_with(char::is_uppercase)
                })
                .map(|line| line.trim().split(|c: char| !c.is_alphanumeric()).next())
                .and_then(|name| name)
                .unwrap_or_default();
            // `SpeakError` only ever becomes the reason in a `Warning`.
            if !["E::", "Self::", &format!("{error}::")].iter().any(|way| {
                translated.contains(&format!("{way}{variant} "))
                    || translated.contains(&format!("{way}{variant}("))
            }) && error != "SpeakError"
            {
                wrong.push(format!("{error}::{variant} in {}", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "without German words:\n{}",
        wrong.join("\n")
    );
}

/// Calls `each` with every command below one and the way to it.
fn walk<'a>(command: &'a Command, path: &str, each: &mut impl FnMut(&'a Command, &str)) {
    each(command, path);
    for sub in command
        .get_subcommands()
        .filter(|sub| sub.get_name() != "help")
    {
        let path = if path.is_empty() {
            sub.get_name().to_owned()
        } else {
            format!("{path}-{}", sub.get_name())
        };
        walk(sub, &path, each);
    }
}

#[test]
fn every_help_text_is_there_in_german_and_none_is_left_over() {
    let mut command = Cli::command();
    command.build();
    let mut wrong = BTreeSet::new();
    let mut used: BTreeSet<String> = ["command-help", "arg-subcommand", "value-runtime-ort"]
        .map(str::to_owned)
        .into();
    let mut need = |choices: &[String]| match choices.iter().find(|key| german(key).is_some()) {
        Some(key) => {
            used.insert(key.clone());
        }
        None => {
            wrong.insert(format!("help.de.ftl lacks {}", choices.join(" or ")));
        }
    };
    walk(&command, "", &mut |command, path| {
        let name = if path.is_empty() { "vorleser" } else { path };
        need(&[format!("command-{name}")]);
        if command.get_after_help().is_some() {
            need(&[format!("after-{name}")]);
        }
        for arg in command.get_arguments() {
            let id = arg.get_id();
            need(&[format!("arg-{path}-{id}"), format!("arg-{id}")]);
            if arg.get_action().takes_values() {
                for value in arg.get_possible_values() {
                    if value.get_help().is_some() {
                        need(&[format!("value-{id}-{}", value.get_name())]);
                    }
                }
                for name in arg.get_value_names().unwrap_or_default() {
                    for part in name.split('|') {
                        need(&[format!("name-{part}")]);
                    }
                }
            }
        }
    });
    wrong.extend(
        keys("help.de.ftl")
            .into_keys()
            .filter(|key| !used.contains(key))
            .map(|key| format!("nothing uses {key}")),
    );
    let wrong: Vec<_> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The whole help of every command in German holds no line of the English one and none of clap's own words.
#[test]
fn no_english_is_left_in_the_german_help() {
    let mut wrong = Vec::new();
    let mut english = Cli::command();
    english.build();
    let mut texts = BTreeMap::new();
    walk(&english, "", &mut |command, path| {
        let mut command = command.clone();
        let short = command.render_help().to_string();
        texts.insert(
            path.to_owned(),
            short + &command.render_long_help().to_string(),
        );
    });
    walk(&in_german(Cli::command()), "", &mut |command, path| {
        let mut command = command.clone();
        let short = command.render_help().to_string();
        let text = short + &command.render_long_help().to_string();
        for word in [
            "Usage:",
            "Options:",
            "OPTIONS",
            "Arguments:",
            "Commands:",
            "COMMAND",
            "[default",
            "possible values",
            "Possible values",
            "Print help",
            "INPUT",
            "FILE",
            " the ",
            " and ",
            " or ",
        ] {
            if text.contains(word) {
                wrong.push(format!("{path}: {word}\n{text}"));
            }
        }
        let english: BTreeSet<_> = texts[path].lines().map(str::trim).collect();
        for line in text.lines().map(str::trim) {
            // Flags alone, examples of settings, and lists of values are the same in both languages.
            if line.len() > 12 && line.split(' ').count() > 3 && english.contains(line) {
                wrong.push(format!("{path}: {line}"));
            }
        }
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
