//! `vorleser speak`: the article out loud.

use super::{InputArgs, SayArgs, TalkArgs, VoiceArgs, config::Settings, input, report::Stopped};
use anyhow::Result;
use clap::Args;
use std::{process, sync::Arc, thread, time::Duration};
use vorleser::{
    output::playback::Player,
    synthesis::{self, Control, SpokenUtterance, Warning, registry, registry::OpenVoice},
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
    talk: TalkArgs,
}

/// Runs the command.
pub fn run(args: &SpeakArgs) -> Result<()> {
    let settings = Settings::load()?;
    let control = stop_on_signal()?;
    let voice = registry::open(settings.voice(&args.voice), "de")?;
    let article = input::article(&args.input)?;
    let script = Arc::new(input::script(&article, &args.say, &settings, false)?);
    if let Some(title) = &article.title {
        input::tell(&args.talk, &format!("Reading: {title}"));
    }
    let prosody = settings.prosody(&args.voice);
    match voice {
        OpenVoice::Synthesiser(engine) => {
            let speech = synthesis::synthesise(&script, vec![engine], prosody)?;
            let mut player = Player::open(speech.sample_rate())?;
            player.play(speech, &control, |spoken| warn(&args.talk, spoken))?;
        }
        OpenVoice::Speaker(mut speaker) => {
            for utterance in &script.utterances {
                speaker.speak(utterance, prosody, &control)?;
                if control.is_stopped() {
                    break;
                }
            }
        }
    }
    if control.is_stopped() {
        return Err(Stopped.into());
    }
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

/// A handle that Ctrl-C stops. A stage that does not look at it within a second is ended all the same.
pub fn stop_on_signal() -> Result<Control> {
    let control = Control::new();
    let handle = control.clone();
    ctrlc::set_handler(move || {
        handle.stop();
        thread::spawn(|| {
            thread::sleep(Duration::from_secs(1));
            process::exit(130);
        });
    })?;
    Ok(control)
}
