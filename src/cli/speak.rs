//! `vorleser speak`: the article out loud.

use super::{
    args::{InputArgs, ListenArgs, SayArgs, TalkArgs, VoiceArgs},
    bookmarks::source_of,
    input,
    listen::{self, Session},
    signal::Stop,
};
use anyhow::Result;
use clap::Args;
use std::sync::Arc;
use vorleser::{
    source::Input,
    synthesis::{
        SpokenUtterance, SynthesisError, Warning,
        registry::{self, DEFAULT_VOICE, OpenVoice},
    },
};

/// Arguments of `vorleser speak`.
#[derive(Debug, Args)]
pub struct SpeakArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    listen: ListenArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Runs the command.
pub fn run(args: &SpeakArgs) -> Result<()> {
    let control = Stop::on_signal()?.control;
    let id = args.voice.voice.as_str();
    // Asked first: a wrong name should not cost the fetching of a page.
    registry::find(id)?;
    let (article, script) = input::script(&args.input, &args.say, &args.talk, false)?;
    input::needs_words(&script)?;
    registry::find_for(id, &script.language)?;
    let voice = open(id, &script.language, &args.listen, &args.talk)?;
    let input = input::named(&args.input.input)?;
    let session = Session {
        title: article.title,
        source: source_of(&input, &script),
        script: Arc::new(script),
        voice: id.to_owned(),
        prosody: args.voice.prosody(),
        listen: &args.listen,
        talk: &args.talk,
        control,
        keyboard: !matches!(input, Input::Stdin),
    };
    listen::listen(&session, voice).map(drop)
}

/// Opens the voice, or with `--fallback` the built-in one where the system's own cannot be had.
pub fn open(id: &str, language: &str, listen: &ListenArgs, talk: &TalkArgs) -> Result<OpenVoice> {
    match registry::open(id, language) {
        Err(error @ SynthesisError::System(_)) if listen.fallback => {
            registry::find_for(DEFAULT_VOICE, language)?;
            let built_in = registry::open(DEFAULT_VOICE, language)?;
            input::tell(talk, &format!("warning: {error}; the built-in voice reads"));
            Ok(built_in)
        }
        opened => {
            let opened = opened?;
            input::detail(talk, &format!("opened the voice {id}"));
            Ok(opened)
        }
    }
}

/// Says which text the voice could not say: a lost sentence is never silent.
pub fn warn(talk: &TalkArgs, spoken: &SpokenUtterance) {
    for warning in &spoken.warnings {
        if let Warning::Skipped { text, .. } | Warning::Silent { text, .. } = warning {
            input::tell(talk, &cannot_say(text));
        }
    }
}

/// The same as a sentence.
pub fn cannot_say(text: &str) -> String {
    format!("warning: the voice could not say: {text}")
}
