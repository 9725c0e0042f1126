//! The command line: flags, subcommands, and what is printed.

mod args;
mod bookmarks;
mod cache;
mod clip;
mod completions;
mod config;
mod devices;
mod doctor;
mod explain;
mod input;
mod lexicon;
mod lines;
mod listen;
mod locales;
mod podcast;
mod private;
mod progress;
mod queue;
mod render;
mod report;
mod resume;
mod sanitise;
mod script;
mod signal;
mod speak;
mod text;
mod verify;
mod voices;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::{ffi::OsString, path::Path, process::ExitCode, sync::LazyLock};

/// Reads German articles aloud: a web address, an HTML file or a text in, speech or an audio file out.
#[derive(Debug, Parser)]
#[command(name = "vorleser", version, after_help = EXAMPLES, args_override_self = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Language of the program itself; else that of the environment (LC_ALL, LC_MESSAGES, LANG)
    #[arg(
        id = "ui-lang",
        long,
        global = true,
        value_enum,
        value_name = "LANGUAGE",
        display_order = 900
    )]
    ui_lang: Option<locales::Language>,
}

const EXAMPLES: &str = "\
Examples:
  vorleser https://example.org/artikel        read an article out loud
  vorleser render artikel.html -o artikel.wav write it as an audio file
  vorleser podcast DIR add artikel.html       put it into a podcast
  vorleser text artikel.html                  print the clean article
  vorleser script artikel.html                print what will be said

INPUT is a web address, a file (.html, .htm, .txt, .md), or - for standard input.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no article found, 4 network, 5 no such voice or voice broken,
130 stopped by the user.";

const SETTINGS: &str = "\
Each of these flags can be set in config.toml, in the directory vorleser of your configuration directory
(~/.config on Linux), for example:
  rate = 1.2
  quotes = \"announce\"
  intro = false
A flag that is given wins over the file.

Parts of an article can be spoken in a way of their own: title, heading, body, quote, question, answer and foreign. Numbers are
factors; quote needs quotes = \"voice\" for quotations within a sentence:
  [roles.quote]
  voice = \"pico-de\"
  pitch = 0.8
  [roles.heading]
  rate = 0.9
  pause = 1.5";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read an article out loud; `vorleser INPUT` is short for it
    Speak(speak::SpeakArgs),
    /// Read what is on the clipboard out loud: an address or a text
    Clip(clip::ClipArgs),
    /// Keep a reading list, and listen to it
    Queue(queue::QueueArgs),
    /// Go on with the article that was heard last, where you left off
    Resume(resume::ResumeArgs),
    /// Write an article as an audio file
    Render(render::RenderArgs),
    /// Keep a folder that serves as a podcast
    Podcast(podcast::PodcastArgs),
    /// Check that every sentence is in a recording, from its times
    Verify(verify::VerifyArgs),
    /// Print the clean article in spoken order
    Text(text::TextArgs),
    /// Print what will be said, one utterance a line
    Script(script::ScriptArgs),
    /// Turn written German into spoken German, line by line
    Normalise(lines::NormaliseArgs),
    /// List the sound devices
    Devices(devices::DevicesArgs),
    /// List the voices, install and remove natural ones
    Voices(voices::VoicesArgs),
    /// Keep your own dictionary: how words are to be said
    Lexicon(lexicon::LexiconArgs),
    /// Spoken sentences that are kept for the next time
    Cache(cache::CacheArgs),
    /// Print the settings in force and where they come from
    #[command(after_help = SETTINGS)]
    Config(config::ConfigArgs),
    /// Check sound, voices, network and directories, and say what mends what is broken
    Doctor(doctor::DoctorArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page (roff)
    Man(completions::ManArgs),
}

/// Runs the program and gives its exit code.
pub fn run() -> ExitCode {
    LazyLock::force(&report::START);
    match parse_and_run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report::report(&error),
    }
}

fn parse_and_run() -> Result<()> {
    let words: Vec<OsString> = std::env::args_os().collect();
    locales::choose(&words, config::ui_language().as_deref());
    let command = locales::help::localised(Cli::command());
    let words = with_default_command(&command, words);
    let given = command.clone().try_get_matches_from(&words)?;
    let in_force = config::resolve(&command, &words, given)?;
    match Cli::from_arg_matches(&in_force.matches)?.command {
        Command::Speak(args) => speak::run(&args),
        Command::Clip(args) => clip::run(&args),
        Command::Queue(args) => queue::run(&args),
        Command::Resume(args) => resume::run(&args),
        Command::Devices(args) => devices::run(&args),
        Command::Render(args) => render::run(&args),
        Command::Podcast(args) => podcast::run(args),
        Command::Verify(args) => verify::run(&args),
        Command::Text(args) => text::run(&args),
        Command::Script(args) => script::run(&args),
        Command::Normalise(args) => lines::run(&args),
        Command::Voices(args) => voices::run(&args),
        Command::Lexicon(args) => lexicon::run(&args),
        Command::Cache(args) => cache::run(&args),
        Command::Config(_) => config::run(&in_force),
        Command::Doctor(args) => doctor::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => completions::man(&args),
    }
}

/// Takes out a `--ui-lang` that stands before the command.
fn leading_language(words: &mut Vec<OsString>) -> Vec<OsString> {
    let count = match words.get(1).and_then(|word| word.to_str()) {
        Some("--ui-lang") => 2,
        Some(word) if word.starts_with("--ui-lang=") => 1,
        _ => 0,
    };
    words.drain(1..words.len().min(1 + count)).collect()
}

/// `vorleser INPUT` means `vorleser speak INPUT`: the word is put in when the first argument names no command.
fn with_default_command(command: &clap::Command, mut words: Vec<OsString>) -> Vec<OsString> {
    let language = leading_language(&mut words);
    let known = |word: &str| {
        matches!(word, "help" | "-h" | "--help" | "-V" | "--version")
            || command.get_subcommands().any(|c| c.get_name() == word)
    };
    // A single word with more behind it is rather a mistyped command than an input, and clap knows which one.
    let mistyped = |word: &str| {
        words.len() > 2
            && !Path::new(word).exists()
            && word.chars().all(|c| c.is_alphabetic() || c == '-')
            && !word.starts_with('-')
    };
    if let Some(first) = words.get(1)
        && !first
            .to_str()
            .is_some_and(|word| known(word) || mistyped(word))
    {
        words.insert(1, "speak".into());
    }
    // Behind the command, where all other flags stand.
    if words.len() > 1 {
        words.splice(2..2, language);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_bare_input_is_spoken() {
        let words = |line: &str| -> Vec<OsString> { line.split(' ').map(OsString::from).collect() };
        for (given, meant) in [
            ("vorleser a.html", "vorleser speak a.html"),
            ("vorleser -r 2 a.html", "vorleser speak -r 2 a.html"),
            ("vorleser text a.html", "vorleser text a.html"),
            ("vorleser --help", "vorleser --help"),
            ("vorleser", "vorleser"),
            ("vorleser rendr a.html", "vorleser rendr a.html"),
            ("vorleser rendr", "vorleser speak rendr"),
            (
                "vorleser --ui-lang de a.html",
                "vorleser speak --ui-lang de a.html",
            ),
            (
                "vorleser --ui-lang=de text a.html",
                "vorleser text --ui-lang=de a.html",
            ),
            ("vorleser --ui-lang de", "vorleser"),
        ] {
            let command = Cli::command();
            assert_eq!(
                with_default_command(&command, words(given)),
                words(meant),
                "{given}"
            );
        }
    }
}
