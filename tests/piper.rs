//! Natural voices, with the tiny ones in `tests/piper` (see `make_models.py` there): they say a tone for each letter.

mod common;

use common::utterance;
use std::{error::Error, fs, path::Path, sync::Arc};
use vorleser::{
    Prosody, Synthesiser,
    synthesis::{
        Warning,
        piper::{Options, PiperError, PiperVoice},
    },
};

const RATE: usize = 16_000;

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/piper")
        .join(name)
}

fn load(name: &str, options: &Options) -> Arc<PiperVoice> {
    Arc::new(PiperVoice::load(&folder(name), options).unwrap())
}

fn say(voice: &Arc<PiperVoice>, text: &str, prosody: Prosody) -> Vec<f32> {
    let speech = voice
        .engine(1)
        .synthesise(&utterance(text), prosody)
        .unwrap();
    assert!(!speech.warnings.iter().any(Warning::loses_text));
    assert_eq!(speech.audio.sample_rate as usize, RATE);
    speech.audio.samples
}

/// Crossings of zero for each second.
fn crossings(samples: &[f32]) -> f64 {
    let crossed = samples.windows(2).filter(|w| w[0] <= 0.0 && w[1] > 0.0);
    crossed.count() as f64 * RATE as f64 / samples.len() as f64
}

fn quiet() -> Options {
    Options {
        noise: Some(0.0),
        ..Options::default()
    }
}

#[test]
fn every_letter_is_said_in_its_order() {
    let voice = load("letters", &quiet());
    let sound = say(&voice, "az", Prosody::default());
    // Begin, padding, a, padding, z, padding, end: seven ids of 400 samples each, trimmed at the edges.
    assert!((2700..4200).contains(&sound.len()), "{}", sound.len());
    let longer = say(&voice, "azazazaz", Prosody::default());
    assert_eq!(longer.len() - sound.len(), 6 * 2 * 400);
    assert_ne!(sound, say(&voice, "za", Prosody::default()));
}

#[test]
fn the_same_seed_gives_the_same_sound_on_any_engine() {
    let seeded = |seed| Options {
        seed,
        ..Options::default()
    };
    let voice = load("letters", &seeded(7));
    let text = "Guten Morgen";
    let sound = say(&voice, text, Prosody::default());
    assert!(sound == say(&voice, text, Prosody::default()));
    let mut engine = voice.engine(2);
    let mut again = |text| {
        let speech = engine.synthesise(&utterance(text), Prosody::default());
        speech.unwrap().audio.samples
    };
    assert!(again("Etwas anderes") != sound);
    assert!(again(text) == sound, "it depends on what was said before");
    let other = load("letters", &seeded(8));
    assert!(sound != say(&other, text, Prosody::default()));
}

#[test]
fn rate_and_length_change_the_length_and_pitch_the_pitch() {
    let voice = load("letters", &quiet());
    let text = "nnnnnnnnnnnnnnnnnnnn";
    let plain = say(&voice, text, Prosody::default());
    let part = |prosody| {
        let sound = say(&voice, text, prosody);
        (
            sound.len() as f64 / plain.len() as f64,
            crossings(&sound) / crossings(&plain),
        )
    };
    let plain_prosody = Prosody::default();
    let (length, pitch) = part(Prosody {
        rate: 2.0,
        ..plain_prosody
    });
    assert!((length - 0.5).abs() < 0.05, "{length}");
    assert!((pitch - 1.0).abs() < 0.1, "{pitch}");
    let (length, pitch) = part(Prosody {
        pitch: 0.8,
        ..plain_prosody
    });
    assert!((length - 1.0).abs() < 0.05, "{length}");
    assert!((pitch - 0.8).abs() < 0.08, "{pitch}");
    let slow = Options {
        length: Some(2.0),
        ..quiet()
    };
    let slow = say(&load("letters", &slow), text, plain_prosody);
    assert!((slow.len() as f64 / plain.len() as f64 - 2.0).abs() < 0.1);
}

#[test]
fn speakers_are_chosen_by_name_or_number() {
    let of = |speaker: &str| {
        let options = Options {
            speaker: Some(speaker.to_owned()),
            ..quiet()
        };
        PiperVoice::load(&folder("choir"), &options)
    };
    let sound = |speaker| {
        let voice = Arc::new(of(speaker).unwrap());
        crossings(&say(&voice, "nnnnnnnn", Prosody::default()))
    };
    assert!(sound("soprano") > sound("alto") * 1.2);
    assert!((sound("1") - sound("soprano")).abs() < 1e-9);
    for wrong in ["bass", "2", "-1", ""] {
        match of(wrong) {
            Err(error @ PiperError::NoSuchSpeaker { .. }) => {
                assert!(error.to_string().contains("alto, soprano"), "{error}");
            }
            other => panic!("{wrong}: {:?}", other.err()),
        }
    }
}

#[test]
fn what_cannot_be_said_is_silence() {
    let voice = load("letters", &quiet());
    for text in ["", " ", "…", "?!", "字", "\u{0}\u{7f}", "._.$^"] {
        assert!(say(&voice, text, Prosody::default()).is_empty(), "{text:?}");
    }
}

#[test]
fn unknown_letters_are_told_once() {
    let voice = load("letters", &quiet());
    let mut engine = voice.engine(1);
    let mut say = |text| {
        let speech = engine.synthesise(&utterance(text), Prosody::default());
        let speech = speech.unwrap();
        (speech.audio.samples, speech.warnings)
    };
    let plain = say("Tag");
    let unknown = |sounds: &str| Warning::Unknown {
        sounds: sounds.to_owned(),
    };
    assert_eq!(say("Tæ字ag"), (plain.0.clone(), vec![unknown("æ字")]));
    assert_eq!(say("Tæag"), plain);
    assert_eq!(say("Tæθag"), (plain.0, vec![unknown("θ")]));
    assert!(!unknown("æ").loses_text());
}

#[test]
fn a_text_without_end_goes_through_in_pieces() {
    let voice = load("letters", &quiet());
    let text = "Haus und Hof, Wald und Flur ".repeat(400);
    let sound = say(&voice, &text, Prosody::default());
    let letters = text.chars().count();
    assert!(sound.len() > letters * 2 * 400, "{}", sound.len());
    // No joint clicks: the network's own tones never jump that far from one sample to the next.
    let jump = sound
        .windows(2)
        .map(|w| (w[1] - w[0]).abs())
        .fold(0.0, f32::max);
    assert!(jump < 0.25, "{jump}");
}

/// The error with all its causes.
fn told(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

#[test]
fn broken_voices_are_told_apart_and_never_panic() {
    let directory = tempfile::tempdir().unwrap();
    let voice = |model: &[u8], config: &[u8]| {
        fs::write(directory.path().join("v.onnx"), model).unwrap();
        fs::write(directory.path().join("v.onnx.json"), config).unwrap();
        PiperVoice::load(directory.path(), &Options::default())
    };
    let read =
        |name: &str, ending: &str| fs::read(folder(name).join(format!("{name}.{ending}"))).unwrap();
    let (model, config) = (read("letters", "onnx"), read("letters", "onnx.json"));
    assert!(voice(&model, &config).is_ok());
    let rows: [(&str, Vec<u8>, Vec<u8>, &str); 7] = [
        ("no model", vec![], config.clone(), "v.onnx cannot be used"),
        (
            "text",
            b"<html>Not found</html>".to_vec(),
            config.clone(),
            "cannot be used",
        ),
        (
            "another kind",
            read("other", "onnx"),
            config.clone(),
            "it has no input \"input\"",
        ),
        (
            "no configuration",
            model.clone(),
            vec![],
            "v.onnx.json is wrong",
        ),
        (
            "text for a configuration",
            model.clone(),
            b"<html>".to_vec(),
            "v.onnx.json is wrong",
        ),
        (
            "speakers that are not there",
            model.clone(),
            read("choir", "onnx.json"),
            "its model has one",
        ),
        (
            "more speakers",
            model.clone(),
            read("choir", "onnx.json"),
            "names 2 speakers",
        ),
    ];
    let mut wrong = Vec::new();
    for (what, model, config, wanted) in rows {
        match voice(&model, &config) {
            Ok(_) => wrong.push(format!("{what}: taken")),
            Err(error) if told(&error).contains(wanted) => {}
            Err(error) => wrong.push(format!("{what}: {}", told(&error))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Cut off anywhere: an error now or when it speaks, or a voice that speaks all the same.
    for length in 0..model.len() {
        if let Ok(voice) = voice(&model[..length], &config) {
            let _ = Arc::new(voice)
                .engine(1)
                .synthesise(&utterance("aber"), Prosody::default());
        }
    }
    // The same, and a byte that is wrong, in a network whose end is run by our own decoder.
    let singer = read("singer", "onnx");
    for at in (0..singer.len()).step_by(211) {
        let mut wrong = singer.clone();
        wrong[at] ^= 0x55;
        for model in [&wrong[..], &singer[..at]] {
            if let Ok(voice) = voice(model, &config) {
                let _ = Arc::new(voice)
                    .engine(1)
                    .synthesise(&utterance("aber"), Prosody::default());
            }
        }
    }
    // Ids that the network has no place for.
    let lying = String::from_utf8(config).unwrap().replace("[14]", "[127]");
    let voice = voice(&model, lying.as_bytes()).unwrap();
    let spoken = Arc::new(voice)
        .engine(1)
        .synthesise(&utterance("a"), Prosody::default());
    assert!(spoken.is_ok());
}
/// A voice that speaks eSpeak NG's phonemes, with the network of `letters`.
fn espeak_voice(directory: &Path) {
    let config = fs::read_to_string(folder("letters").join("letters.onnx.json")).unwrap();
    let config = config.replace("\"phoneme_type\": \"text\"", "\"phoneme_type\": \"espeak\"");
    fs::write(directory.join("v.onnx.json"), config).unwrap();
    fs::copy(
        folder("letters").join("letters.onnx"),
        directory.join("v.onnx"),
    )
    .unwrap();
}

#[test]
#[ignore = "needs libespeak-ng1; .ci/run installs it"]
fn espeaks_phonemes_are_spoken_and_the_users_win() {
    let directory = tempfile::tempdir().unwrap();
    espeak_voice(directory.path());
    let mut options = quiet();
    options
        .pronunciations
        .insert("Kyjiw".into(), "kˈɪjɪu".into());
    let voice = PiperVoice::load(directory.path(), &options).unwrap();
    for (text, phonemes) in [
        (
            "Sie wurde durch Kyjiw geführt.",
            "ziː vˌʊɐdə dʊɐç kˈɪjɪu ɡəfˈyːɾt.",
        ),
        ("Ja, das Hotel!", "jˈɑː, das hoːtˈɛl!"),
        // Neither markup nor eSpeak NG's own notation is anything but text.
        ("<audio src=x>", "ˈaʊdɪˌoː ˌɛsˌɛɾtsˈeː ɡlˈaɪç ˈɪks"),
        ("", ""),
    ] {
        assert_eq!(voice.phonemes(text).unwrap(), phonemes, "{text}");
    }
    assert!(!say(&Arc::new(voice), "Guten Tag", Prosody::default()).is_empty());
}

#[test]
fn without_espeak_the_user_is_told_what_to_install() {
    let directory = tempfile::tempdir().unwrap();
    espeak_voice(directory.path());
    let article = directory.path().join("a.txt");
    fs::write(&article, "Ein Satz.").unwrap();
    assert_cmd::cargo::cargo_bin_cmd!("vorleser")
        .env("VORLESER_ESPEAK", "/nowhere/libespeak-ng.so")
        .args(["render", "--lang", "de", "-o", "out.wav", "--voice"])
        .arg(directory.path())
        .arg(&article)
        .current_dir(directory.path())
        .assert()
        .code(5)
        .stderr(predicates::str::contains(
            "eSpeak NG, which is not installed",
        ))
        .stderr(predicates::str::contains(
            "hint: install eSpeak NG: `apt install libespeak-ng1`",
        ));
}
