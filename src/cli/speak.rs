//! `vorleser speak`: the article out loud.

use super::{
    args::{InputArgs, PiperArgs, SayArgs, TalkArgs, VoiceArgs},
    input,
    report::Stopped,
    signal::Stop,
};
use anyhow::Result;
use clap::Args;
use std::sync::Arc;
use vorleser::{
    output::{OutputError, playback::Player},
    synthesis::{self, EngineKind, SpokenUtterance, Warning, registry, registry::OpenVoice, split},
};

/// Arguments of `vorleser speak`.
#[derive(Debug, Args)]
pub struct SpeakArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    piper: PiperArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Runs the command.
pub fn run(args: &SpeakArgs) -> Result<()> {
    let control = Stop::on_signal()?.control;
    let id = args.voice.voice.as_str();
    // Asked first: a wrong name should not cost the fetching of a page.
    registry::find(id)?;
    let (article, mut script) = input::script(&args.input, &args.say, &args.talk, false)?;
    input::needs_words(&script)?;
    if registry::find_for(id, &script.language)?.engine == EngineKind::Piper {
        split::first_clause_apart(&mut script);
    }
    let voice = registry::open(id, &script.language, &args.piper.options(&args.say.style)?)?;
    input::detail(&args.talk, &format!("opened the voice {id}"));
    if let Some(title) = &article.title {
        input::tell(&args.talk, &format!("Reading: {title}"));
    }
    let prosody = args.voice.prosody();
    match voice {
        OpenVoice::Synthesiser(engine) => {
            let speech = synthesis::synthesise(&Arc::new(script), vec![engine], prosody)?;
            let mut player = Player::open(speech.sample_rate())?;
            input::detail(&args.talk, "opened the sound device");
            let mut heard = false;
            player.play(speech, &control, |spoken| {
                heard |= spoken.speech_samples > 0;
                warn(&args.talk, spoken);
            })?;
            if !heard && !control.is_stopped() {
                return Err(OutputError::Silent.into());
            }
        }
        OpenVoice::Speaker(mut speaker) => {
            synthesis::speak_aloud(&script, speaker.as_mut(), prosody, &control, |_| ())?;
        }
    }
    if control.is_stopped() {
        return Err(Stopped.into());
    }
    input::detail(&args.talk, "said all of it");
    Ok(())
}

/// Says which text the voice could not say: a lost sentence is never silent.
pub fn warn(talk: &TalkArgs, spoken: &SpokenUtterance) {
    for warning in &spoken.warnings {
        if let Warning::Skipped { text, .. } | Warning::Silent { text, .. } = warning {
            input::tell(talk, &format!("warning: the voice could not say: {text}"));
        }
    }
}
