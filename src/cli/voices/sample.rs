//! `vorleser voices test`: a voice speaks a sentence.

use super::{
    super::{args::TalkArgs, locales::t, report::Usage},
    trial,
};
use anyhow::Result;
use clap::Args;
use std::{path::PathBuf, sync::Arc};
use vorleser::{
    Prosody,
    output::{
        format::Format,
        playback::Player,
        render::{self, Settings},
        tags::Tags,
    },
    script::{Origin, Part, Role, Script, Utterance},
    synthesis::{self, Control, OpenVoice, Reading, SynthesisError, registry},
};

/// Arguments of `vorleser voices test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// The voice, or the folder of one
    id: String,
    /// Write the sentence into this file instead
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    talk: TalkArgs,
}

/// What is said, by the first letters of the language; German where there is none.
const SENTENCES: [(&str, &str); 2] = [
    (
        "de",
        "Guten Tag! So klinge ich, wenn ich einen Artikel vorlese.",
    ),
    (
        "en",
        "Hello! This is how I sound when I read an article aloud.",
    ),
];

/// Runs the command.
pub fn run(args: &TestArgs) -> Result<()> {
    let voice = registry::find(&args.id)?;
    let (language, text) = SENTENCES
        .into_iter()
        .find(|(language, _)| voice.speaks(language))
        .unwrap_or(SENTENCES[0]);
    let script = Arc::new(script(language, text));
    let prosody = Prosody::default();
    let control = Control::new();
    match (
        registry::open(&args.id, language, &trial::options())?,
        &args.output,
    ) {
        (OpenVoice::Synthesiser(engine), Some(target)) => {
            let format = Format::of(target)
                .ok_or_else(|| Usage(t!("file-must-end", endings = Format::ENDINGS)))?;
            let settings = Settings {
                format,
                ..Settings::default()
            };
            let speech = synthesis::synthesise(&script, vec![engine], prosody)?;
            render::to_file(
                target,
                speech,
                settings,
                &control,
                |_| (),
                |_| Ok(Tags::default()),
            )?;
        }
        (OpenVoice::Synthesiser(engine), None) => {
            let mut reading = Reading::new(script, engine, prosody, &control)?;
            let mut player = Player::open(reading.sample_rate(), None)?;
            player.play(&mut reading, &control, |_| ())?;
        }
        (OpenVoice::Speaker(_), Some(_)) => {
            return Err(SynthesisError::LiveOnly { id: voice.id }.into());
        }
        (OpenVoice::Speaker(mut speaker), None) => {
            synthesis::speak_aloud(&script, speaker.as_mut(), prosody, &control, |_| ())?;
        }
    }
    super::input::tell(&args.talk, &t!("voice-said", id = voice.id, text = text));
    Ok(())
}

fn script(language: &str, text: &str) -> Script {
    Script {
        title: None,
        language: language.to_owned(),
        utterances: vec![Utterance {
            text: text.to_owned(),
            respelled: None,
            shown: text.to_owned(),
            language: language.to_owned(),
            role: Role::Body,
            pause_after_ms: 0,
            sentence: 0,
            origin: Origin {
                part: Part::Block(0),
                range: 0..text.len(),
            },
            rewrites: Vec::new(),
        }],
    }
}
