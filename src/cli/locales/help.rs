//! The help in German. The English help stands in the code, where clap wants it: as doc comments on commands, arguments
//! and values. `help.de.ftl` has the German under `command-NAME`, `arg-NAME`, `value-ARG-VALUE`, `name-VALUE_NAME`
//! and `after-COMMAND`; where one argument means two things, `arg-COMMAND-NAME` goes first.

use super::{Language, german, language};
use clap::{Arg, Command, builder::PossibleValue};
use std::fmt::Write as _;

const TEMPLATE: &str =
    "{before-help}{about-with-newline}\nAufruf: {usage}\n\n{all-args}{after-help}";

/// The command with its help in the user's language.
pub fn localised(command: Command) -> Command {
    match language() {
        Language::De => in_german(command),
        Language::En => command,
    }
}

/// The command with German help. Built first: only then clap's own `--help` and `help` are there.
pub fn in_german(mut command: Command) -> Command {
    command.build();
    translated(command, "")
}

/// `path` is the way to the command, such as `lexicon-add`; empty for the program itself.
fn translated(command: Command, path: &str) -> Command {
    let name = if path.is_empty() { "vorleser" } else { path };
    let arguments = command.get_arguments().count() > 0;
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Befehle")
        .subcommand_value_name("BEFEHL")
        .mut_args(|arg| argument(arg, path))
        .mut_subcommands(|sub| {
            let path = match (path, sub.get_name()) {
                ("", name) => name.to_owned(),
                // The commands below `help` are the commands themselves.
                ("help", name) => name.to_owned(),
                (path, "help") if !path.is_empty() => "help".to_owned(),
                (path, name) => format!("{path}-{name}"),
            };
            translated(sub, &path)
        });
    if let Some(about) = german(&format!("command-{name}")) {
        command = command.about(about.clone()).long_about(None);
    }
    if let Some(after) = german(&format!("after-{name}")) {
        command = command.after_help(after);
    }
    let usage = command.render_usage().to_string();
    if arguments || usage.contains('[') {
        let usage = usage
            .trim_start_matches("Usage: ")
            .replace("[OPTIONS]", "[OPTIONEN]")
            .replace("[COMMAND]", "[BEFEHL]");
        command = command.override_usage(usage);
    }
    command
}

/// The name of a value, such as `URL|FILE`.
fn name_in_german(name: &str) -> String {
    let parts = name.split('|');
    parts
        .map(|part| german(&format!("name-{part}")).unwrap_or_else(|| part.to_owned()))
        .collect::<Vec<_>>()
        .join("|")
}

/// The argument in German. What clap would add in English (default, possible values) is written here.
fn argument(arg: Arg, path: &str) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let Some(text) = german(&format!("arg-{path}-{id}")).or_else(|| german(&format!("arg-{id}")))
    else {
        return arg;
    };
    let heading = if arg.is_positional() {
        "Argumente"
    } else {
        "Optionen"
    };
    let names: Vec<String> = arg
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(|name| name_in_german(name))
        .collect();
    let takes_values = arg.get_action().takes_values();
    let values: Vec<PossibleValue> = if takes_values && !arg.is_hide_possible_values_set() {
        arg.get_possible_values()
    } else {
        Vec::new()
    };
    let standard: Vec<_> = arg
        .get_default_values()
        .iter()
        .map(|v| v.to_string_lossy())
        .collect();
    let standard = if takes_values && !standard.is_empty() && !arg.is_hide_default_value_set() {
        format!("[Standard: {}]", standard.join(" "))
    } else {
        String::new()
    };
    let mut long = text.clone();
    let mut short = text;
    if values.iter().any(|value| value.get_help().is_some()) {
        long.push_str("\n\nMögliche Werte:");
        for value in &values {
            let _ = write!(long, "\n- {}", value.get_name());
            if let Some(help) = german(&format!("value-{id}-{}", value.get_name())) {
                let _ = write!(long, ": {help}");
            }
        }
    }
    if !standard.is_empty() {
        let _ = write!(short, " {standard}");
        let _ = write!(long, "\n\n{standard}");
    }
    if !values.is_empty() {
        let names: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        let list = format!("[mögliche Werte: {}]", names.join(", "));
        let _ = write!(short, " {list}");
        if !long.contains("Mögliche Werte:") {
            let _ = write!(long, "\n\n{list}");
        }
    }
    // Under a heading of their own arguments would be sorted by name.
    let place = arg.get_index();
    let mut arg = arg
        .help(short)
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true);
    if let Some(place) = place {
        arg = arg.display_order(place);
    }
    if arg.get_long_help().is_some() || long.contains('\n') {
        arg = arg.long_help(long);
    }
    if !names.is_empty() {
        arg = arg.value_names(names);
    }
    arg
}
