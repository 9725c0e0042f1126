//! `vorleser speak`: the article out loud.

use super::{
    args::{CacheArgs, InputArgs, ListenArgs, PiperArgs, SayArgs, TalkArgs, VoiceArgs},
    bookmarks::source_of,
    config, input,
    listen::{self, End, Session},
    locales::{errors, t},
    signal::Stop,
};
use anyhow::Result;
use clap::Args;
use std::sync::Arc;
use vorleser::{
    Control, Script, Synthesiser,
    source::Input,
    synthesis::{
        EngineKind, SpokenUtterance, SynthesisError, Warning,
        cache::{Cache, Cached},
        cast::{self, Cast, Manners},
        piper,
        registry::{self, DEFAULT_VOICE, OpenVoice},
        split,
    },
};

/// Arguments of `vorleser speak`.
#[derive(Debug, Args)]
pub struct SpeakArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    aloud: AloudArgs,
}

/// How an article is read out loud, whatever it came from.
#[derive(Debug, Args)]
pub struct AloudArgs {
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    piper: PiperArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    pub say: SayArgs,
    #[command(flatten)]
    listen: ListenArgs,
    #[command(flatten)]
    pub talk: TalkArgs,
}

/// Runs the command.
pub fn run(args: &SpeakArgs) -> Result<()> {
    let mut aloud = args.aloud.begin()?;
    let AloudArgs { say, talk, .. } = &args.aloud;
    let (article, script) = input::script(&args.input, say, talk, false)?;
    input::needs_words(&script)?;
    let input = input::named(&args.input.input)?;
    let source = source_of(&input, &script);
    aloud.keyboard = !matches!(input, Input::Stdin);
    aloud
        .read(article.title, article.publisher, source, script)
        .map(drop)
}

impl AloudArgs {
    /// Takes the signals over and asks for the voice: a wrong name should not cost the fetching of a page.
    pub fn begin(&self) -> Result<Aloud<'_>> {
        let control = Stop::on_signal()?.control;
        registry::find(&self.voice.voice)?;
        Ok(Aloud {
            args: self,
            piper: self.piper.options(&self.say.style)?,
            manners: config::manners()?,
            control,
            keyboard: true,
        })
    }
}

/// Reads articles to a listener.
pub struct Aloud<'a> {
    args: &'a AloudArgs,
    /// For natural voices.
    piper: piper::Options,
    /// By role.
    manners: Manners,
    control: Control,
    /// Whether the keyboard is ours.
    keyboard: bool,
}

impl Aloud<'_> {
    /// Reads one; the place in it is remembered under the name of its source.
    pub fn read(
        &self,
        title: Option<String>,
        publisher: Option<String>,
        source: String,
        mut script: Script,
    ) -> Result<End> {
        let AloudArgs {
            voice: chosen,
            listen,
            talk,
            ..
        } = self.args;
        let id = chosen.voice.as_str();
        if registry::find_for(id, &script.language)?.engine == EngineKind::Piper {
            split::first_clause_apart(&mut script);
        }
        cast::set_pauses(&mut script, &self.manners);
        let voice = open(id, &script.language, &self.piper, listen, talk)?;
        let cache = self.args.cache.open();
        let voice = with_cast(
            voice,
            id,
            &script.language,
            &self.piper,
            &self.manners,
            cache.as_ref(),
        )?;
        let session = Session {
            title,
            publisher,
            source,
            script: Arc::new(script),
            voice: id.to_owned(),
            prosody: chosen.prosody(),
            listen,
            talk,
            control: self.control.clone(),
            keyboard: self.keyboard,
        };
        listen::listen(&session, voice)
    }
}

/// Puts the sentences that are kept before a voice, and the voices of all roles beside it. What the system speaks itself stays
/// as it is: it has one voice, and no sound of it comes by here.
pub fn with_cast(
    voice: OpenVoice,
    id: &str,
    language: &str,
    piper: &piper::Options,
    manners: &Manners,
    cache: Option<&Cache>,
) -> Result<OpenVoice> {
    let OpenVoice::Synthesiser(engine) = voice else {
        return Ok(voice);
    };
    let kept = |engine, id: &str| -> Box<dyn Synthesiser> {
        Box::new(Cached::new(engine, id, cache.cloned()))
    };
    let main = kept(engine, id);
    if manners.is_empty() {
        return Ok(OpenVoice::Synthesiser(main));
    }
    let cast = Cast::new(main, manners, language, |id| {
        let mut other = registry::open_synthesisers_with(id, 1, piper)?;
        let other = other.pop().ok_or(SynthesisError::NoEngine)?;
        anyhow::Ok(kept(other, id))
    });
    Ok(OpenVoice::Synthesiser(Box::new(cast?)))
}

/// Opens the voice, or with `--fallback` the built-in one where the system's own cannot be had.
pub fn open(
    id: &str,
    language: &str,
    piper: &piper::Options,
    listen: &ListenArgs,
    talk: &TalkArgs,
) -> Result<OpenVoice> {
    match registry::open(id, language, piper) {
        Err(error @ SynthesisError::System(_)) if listen.habits.fallback => {
            registry::find_for(DEFAULT_VOICE, language)?;
            let built_in = registry::open(DEFAULT_VOICE, language, piper)?;
            input::tell(talk, &t!("fallback-reads", error = errors::words(&error)));
            Ok(built_in)
        }
        opened => {
            let opened = opened?;
            input::detail(talk, &t!("opened-voice", voice = id));
            Ok(opened)
        }
    }
}

/// Says which text the voice could not say: a lost sentence is never silent.
pub fn warn(talk: &TalkArgs, spoken: &SpokenUtterance) {
    for warning in &spoken.warnings {
        match warning {
            Warning::Skipped { text, .. } | Warning::Silent { text, .. } => {
                input::tell(talk, &cannot_say(text));
            }
            warning => input::detail(talk, &errors::words(warning)),
        }
    }
}

/// The same as a sentence.
pub fn cannot_say(text: &str) -> String {
    t!("warning", what = t!("could-not-say", text = text))
}
