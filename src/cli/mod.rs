//! The command line: flags, subcommands, and what is printed.

mod completions;
mod config;
mod input;
mod lexicon;
mod lines;
mod render;
mod report;
mod sanitise;
mod script;
mod speak;
mod text;
mod voices;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, error::ErrorKind};
use std::{ffi::OsString, process::ExitCode};
use vorleser::{
    Boxes, Ticker,
    normalise::{EmojiStyle, GenderForm, QuoteStyle},
};

/// Reads German articles aloud: a web address, an HTML file or a text in, speech or an audio file out.
#[derive(Debug, Parser)]
#[command(name = "vorleser", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  vorleser https://example.org/artikel        read an article out loud
  vorleser render artikel.html -o artikel.wav write it as an audio file
  vorleser text artikel.html                  print the clean article
  vorleser script artikel.html                print what will be said

INPUT is a web address, a file (.html, .htm, .txt, .md), or - for standard input.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no article found, 4 network, 5 no such voice or voice broken,
130 stopped by the user.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read an article out loud; `vorleser INPUT` is short for it
    Speak(speak::SpeakArgs),
    /// Write an article as a WAV file
    Render(render::RenderArgs),
    /// Print the clean article in spoken order
    Text(text::TextArgs),
    /// Print what will be said, one utterance a line
    Script(script::ScriptArgs),
    /// Turn written German into spoken German, line by line
    Normalise(lines::NormaliseArgs),
    /// Keep your own dictionary of how words are said
    Lexicon(lexicon::LexiconArgs),
    /// List the voices
    Voices(voices::VoicesArgs),
    /// Print the settings in force and where they come from
    Config(config::ConfigArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page (roff)
    Man,
}

/// What to read and how to understand it.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Web address, file (.html, .htm, .txt, .md), or - for standard input
    pub input: String,
    /// Read the input as this, whatever its name says
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Address of a saved page
    #[arg(long, value_name = "URL")]
    pub base_url: Option<url::Url>,
    /// Most seconds that a page from the web may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
    /// Read what is there even where it does not look like a whole article
    #[arg(long)]
    pub force: bool,
    /// Read image captions too
    #[arg(long)]
    pub captions: bool,
    /// In which order the entries of a live ticker are read
    #[arg(long, value_enum, default_value_t)]
    pub ticker: TickerOrder,
    /// Where info boxes are read
    #[arg(long, value_enum, default_value_t)]
    pub boxes: BoxPlace,
}

/// Values of `--ticker`.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum TickerOrder {
    /// As on the page
    #[default]
    Page,
    /// The latest entry first
    Newest,
    /// The first entry first
    Oldest,
}

/// Values of `--boxes`.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum BoxPlace {
    /// After the article, only those that are surely part of it
    #[default]
    Auto,
    /// After the article
    End,
    /// Not at all
    Skip,
    /// Where they stand on the page
    Inline,
}

impl From<TickerOrder> for Ticker {
    fn from(given: TickerOrder) -> Self {
        match given {
            TickerOrder::Page => Self::AsPage,
            TickerOrder::Newest => Self::NewestFirst,
            TickerOrder::Oldest => Self::OldestFirst,
        }
    }
}

impl From<BoxPlace> for Boxes {
    fn from(given: BoxPlace) -> Self {
        match given {
            BoxPlace::Auto => Self::Auto,
            BoxPlace::End => Self::AtEnd,
            BoxPlace::Skip => Self::Skip,
            BoxPlace::Inline => Self::Inline,
        }
    }
}

/// Media types that `--format` names.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// A web page
    Html,
    /// Plain text or Markdown
    Text,
}

/// How to speak.
#[derive(Debug, Args)]
pub struct VoiceArgs {
    /// Voice, as `vorleser voices` lists them; `system` or `system:NAME` for the system's own
    #[arg(short, long, value_name = "ID")]
    pub voice: Option<String>,
    /// Speed, 0.5 to 3.0; 1 is the voice's own
    #[arg(short, long, value_parser = between(0.5, 3.0))]
    pub rate: Option<f32>,
    /// Pitch, 0.5 to 2.0; 1 is the voice's own
    #[arg(long, value_parser = between(0.5, 2.0))]
    pub pitch: Option<f32>,
    /// Volume, 0.0 to 2.0; 1 is the voice's own
    #[arg(long, value_parser = between(0.0, 2.0))]
    pub volume: Option<f32>,
}

/// How the article is said.
#[derive(Debug, Args)]
pub struct SayArgs {
    /// Language of the article: auto, de, en, …
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Begin with the headline: no kicker, byline and date
    #[arg(long)]
    pub no_intro: bool,
    /// Do not say who wrote the article
    #[arg(long)]
    pub no_byline: bool,
    /// How quoted speech is set off
    #[arg(long, value_enum)]
    pub quotes: Option<Quotes>,
    /// How gender forms such as `Lehrer*innen` are said
    #[arg(long, value_enum)]
    pub gender: Option<Gender>,
    /// Whether emoji are said by name
    #[arg(long, value_enum)]
    pub emoji: Option<Emoji>,
}

/// Values of `--quotes`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Quotes {
    /// A short pause (default)
    Pause,
    /// `Zitat … Zitat Ende`, as on the radio
    Announce,
    /// Another voice, where there is one
    Voice,
}

/// Values of `--gender`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Gender {
    /// A short stop, as it is spoken today (default)
    Glottal,
    /// `Lehrerinnen und Lehrer`
    Both,
    /// `Lehrerinnen`
    Plain,
}

/// Values of `--emoji`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Emoji {
    /// Leave them out (default)
    Drop,
    /// Say their German name
    Name,
}

impl From<Quotes> for QuoteStyle {
    fn from(given: Quotes) -> Self {
        match given {
            Quotes::Pause => Self::Pause,
            Quotes::Announce => Self::Announce,
            Quotes::Voice => Self::Voice,
        }
    }
}

impl From<Gender> for GenderForm {
    fn from(given: Gender) -> Self {
        match given {
            Gender::Glottal => Self::Glottal,
            Gender::Both => Self::Both,
            Gender::Plain => Self::Plain,
        }
    }
}

impl From<Emoji> for EmojiStyle {
    fn from(given: Emoji) -> Self {
        match given {
            Emoji::Drop => Self::Drop,
            Emoji::Name => Self::Name,
        }
    }
}

/// How much to say on standard error.
#[derive(Debug, Args)]
pub struct TalkArgs {
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Print what is done on the way
    #[arg(long, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// A parser for numbers between two bounds.
fn between(low: f32, high: f32) -> impl Fn(&str) -> Result<f32, String> + Clone {
    move |given| match given.replace(',', ".").parse::<f32>() {
        Ok(value) if (low..=high).contains(&value) => Ok(value),
        _ => Err(format!("not a number from {low} to {high}")),
    }
}

/// Runs the program and gives its exit code.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::try_parse_from(with_default_command(&arguments)) {
        Ok(cli) => cli,
        Err(error) => {
            let usage = !matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            );
            // A closed pipe is no reason to panic.
            let _ = error.print();
            return ExitCode::from(if usage { report::WRONG_USAGE } else { 0 });
        }
    };
    let done = match cli.command {
        Command::Speak(args) => speak::run(&args),
        Command::Render(args) => render::run(&args),
        Command::Text(args) => text::run(&args),
        Command::Script(args) => script::run(&args),
        Command::Normalise(args) => lines::run(&args),
        Command::Lexicon(args) => lexicon::run(&args),
        Command::Voices(args) => voices::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man => completions::man(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report::report(&error),
    }
}

/// `vorleser INPUT` means `vorleser speak INPUT`: the word is put in when the first argument names no command.
fn with_default_command(arguments: &[OsString]) -> Vec<OsString> {
    let mut arguments = arguments.to_vec();
    let known = |word: &str| {
        matches!(word, "help" | "-h" | "--help" | "-V" | "--version")
            || Cli::command()
                .get_subcommands()
                .any(|c| c.get_name() == word)
    };
    if let Some(first) = arguments.get(1)
        && !first.to_str().is_some_and(known)
    {
        arguments.insert(1, "speak".into());
    }
    arguments
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
        ] {
            assert_eq!(with_default_command(&words(given)), words(meant), "{given}");
        }
    }

    #[test]
    fn numbers_have_bounds() {
        let parse = between(0.5, 3.0);
        assert_eq!(parse("1,5"), Ok(1.5));
        for bad in ["0.4", "3.1", "NaN", "schnell", ""] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
