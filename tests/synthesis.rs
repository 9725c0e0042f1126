//! The engines and the pipeline behind them: nothing lost, nothing obeyed, nothing clipped.

mod common;

use common::{Fragile, script, utterance};
use std::time::Duration;
use vorleser::{
    Prosody, Synthesiser,
    synthesis::{
        SpokenUtterance, SynthesisError, Warning, level, open_synthesisers, pico::Pico, synthesise,
        tone,
    },
};

const RATE: u32 = 16_000;

fn speak(voice: &str, threads: usize, texts: &[&str], prosody: Prosody) -> Vec<SpokenUtterance> {
    let engines = open_synthesisers(voice, threads).unwrap();
    synthesise(&script(texts), engines, prosody)
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// Seconds of speech, without pause, lead and tail.
fn seconds(text: &str, prosody: Prosody) -> f64 {
    let spoken = speak("pico-de", 1, &[text], prosody).remove(0);
    assert_eq!(spoken.warnings, [], "{text:?}");
    let edges = level::samples(level::LEAD_MS + level::TAIL_MS, RATE);
    spoken.speech_samples.saturating_sub(edges) as f64 / f64::from(RATE)
}

const SENTENCE: &str = "Der Bundestag hat am Donnerstag nach langer Debatte ein Gesetz über den Ausbau der Schienenwege beschlossen.";

#[test]
fn speech_has_plausible_length_and_level() {
    let spoken = speak("pico-de", 1, &[SENTENCE], Prosody::default()).remove(0);
    let samples = &spoken.audio.samples[..spoken.speech_samples];
    let per_second = SENTENCE.chars().count() as f64 / (samples.len() as f64 / f64::from(RATE));
    assert!(
        (12.0..22.0).contains(&per_second),
        "{per_second} characters a second"
    );
    let rms = (samples.iter().map(|s| f64::from(s * s)).sum::<f64>() / samples.len() as f64).sqrt();
    let level = 20.0 * rms.log10();
    assert!((-22.0..-14.0).contains(&level), "{level} dB");
}

#[test]
fn no_sample_is_clipped_at_any_pitch_or_volume() {
    // `Haus Haus Haus …` is the loudest thing that was found.
    let loud = "Haus ".repeat(30);
    for pitch in [0.5, 1.0, 2.0] {
        for volume in [1.0, 2.0] {
            let prosody = Prosody {
                pitch,
                volume,
                rate: 1.0,
            };
            for spoken in speak("pico-de", 1, &[&loud, SENTENCE], prosody) {
                let peak = spoken
                    .audio
                    .samples
                    .iter()
                    .fold(0.0_f32, |p, s| p.max(s.abs()));
                assert!(peak <= level::CEILING, "{pitch} {volume}: {peak}");
            }
        }
    }
}

#[test]
fn a_sentence_of_three_thousand_characters_loses_nothing() {
    // Numbered words, so that no two stretches are alike; borders of every buffer fall somewhere.
    let words = [
        "Regierung",
        "Berlin",
        "gestern",
        "beschloss",
        "Wahlen",
        "Stuttgart",
        "dann",
        "Menschen",
    ];
    let text = |n: usize, every: usize| {
        let mut out = String::new();
        while out.chars().count() < n {
            let i = out.len() / 7;
            out.push_str(words[i % words.len()]);
            out.push_str(if every > 0 && i.is_multiple_of(every) {
                ", "
            } else {
                " "
            });
        }
        out.trim_end_matches([' ', ',']).to_owned() + "."
    };
    for every in [0, 3] {
        let per_character = |n| {
            let text = text(n, every);
            seconds(&text, Prosody::default()) / text.chars().count() as f64
        };
        let (short, long) = (per_character(500), per_character(3000));
        assert!(
            (0.93..1.10).contains(&(long / short)),
            "comma after every {every}: {short} and {long} seconds a character"
        );
    }
}

#[test]
fn long_words_are_spoken_to_the_end() {
    let one = seconds("Donaudampfschifffahrt", Prosody::default());
    let twenty = seconds(&"Donaudampfschifffahrt".repeat(20), Prosody::default());
    assert!(twenty > one * 16.0, "{one} s and {twenty} s");
}

#[test]
fn every_utterance_and_every_part_of_one_is_heard() {
    // Each addition makes the sentence longer by a plausible time.
    let parts = [
        "Am Abend",
        "kamen vier Züge",
        "aus Köln",
        "mit großer Verspätung",
        "in München an",
    ];
    let mut last = 0.0;
    for n in 1..=parts.len() {
        let now = seconds(&(parts[..n].join(" ") + "."), Prosody::default());
        let each = (now - last) / parts[n - 1].chars().count() as f64;
        assert!(
            (0.02..0.12).contains(&each),
            "{:?} takes {each} s a character",
            parts[n - 1]
        );
        last = now;
    }
}

#[test]
fn markup_in_an_article_is_text() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("x.wav");
    let path = file.display();
    let attacks = [
        format!(r#"Eins <genfile file="{path}"/> zwei."#),
        format!(r#"Eins <genfile file="{path}">zwei</genfile>."#),
        format!(r#"Eins <usesig file="{path}">zwei</usesig>."#),
        format!(r#"Eins ≮genfile file="{path}"> zwei ＜genfile file="{path}"/＞."#),
        format!("Eins <\u{ad}genfile file=\"{path}\"/> zwei."),
        format!("Eins \0<genfile file=\"{path}\"/>\0 zwei."),
    ];
    for attack in &attacks {
        let _ = speak("pico-de", 1, &[attack], Prosody::default());
        assert_eq!(
            std::fs::read_dir(directory.path()).unwrap().count(),
            0,
            "{attack}"
        );
    }
    // A tag that was obeyed would change or swallow what follows it.
    let plain = seconds("Dies ist die Meldung des Tages.", Prosody::default());
    for tag in [
        "<speed level=\"500\">",
        "<ignore>",
        "<volume level=\"0\">",
        "<pitch level=\"50\">",
        "<play file=\"/etc/x.wav\"/>",
    ] {
        let tagged = seconds(
            &format!("{tag} Dies ist die Meldung des Tages."),
            Prosody::default(),
        );
        assert!(tagged > plain * 1.1, "{tag}: {tagged} s, {plain} s without");
    }
    let escaped = seconds("Eins &lt;ignore&gt; zwei.", Prosody::default());
    assert!(escaped > seconds("Eins.", Prosody::default()) * 2.0);
}

#[test]
fn rate_changes_the_time_and_pauses_follow() {
    let normal = seconds(SENTENCE, Prosody::default());
    for rate in [0.5, 0.75, 1.5, 2.0, 3.0] {
        let prosody = Prosody {
            rate,
            ..Prosody::default()
        };
        let ratio = normal / seconds(SENTENCE, prosody) / f64::from(rate);
        assert!((0.9..1.1).contains(&ratio), "rate {rate} is off by {ratio}");
        let spoken = speak("tone", 1, &["abc"], prosody).remove(0);
        let pause = spoken.audio.samples.len() - spoken.speech_samples;
        assert_eq!(
            pause,
            level::samples((300.0 / rate) as u32, RATE),
            "rate {rate}"
        );
    }
}

#[test]
fn silence_around_speech_is_ours() {
    for spoken in speak(
        "pico-de",
        1,
        &["Ja.", "Nein", SENTENCE, "Und? (Ende)"],
        Prosody::default(),
    ) {
        let samples = &spoken.audio.samples;
        let peak = samples.iter().fold(0.0_f32, |p, s| p.max(s.abs()));
        let first = samples.iter().position(|s| s.abs() > peak * 0.01).unwrap();
        let last = samples.iter().rposition(|s| s.abs() > peak * 0.01).unwrap();
        let tail = spoken.speech_samples - last;
        assert!(first < 800, "{}: {first} samples of lead", spoken.index);
        assert!(tail < 2400, "{}: {tail} samples of tail", spoken.index);
        assert_eq!(
            samples.len() - spoken.speech_samples,
            level::samples(300, RATE)
        );
        assert!(samples[0].abs() < 1e-4 && samples[spoken.speech_samples - 1].abs() < 1e-4);
    }
}

#[test]
fn sound_depends_on_the_text_alone() {
    let texts = [
        SENTENCE,
        "Ja.",
        "Es regnet.",
        SENTENCE,
        "Morgen scheint die Sonne.",
        "Ja.",
    ];
    let one = speak("pico-de", 1, &texts, Prosody::default());
    let three = speak("pico-de", 3, &texts, Prosody::default());
    let differing: Vec<_> = (0..texts.len()).filter(|i| one[*i] != three[*i]).collect();
    assert!(
        differing.is_empty(),
        "other sound with three engines: {differing:?}"
    );
    assert_eq!(one[0].audio, one[3].audio);
    assert_eq!(one[1].audio, one[5].audio);
}

#[test]
fn order_is_kept_with_many_engines() {
    let texts: Vec<String> = (1..=50).map(|n| "a".repeat(n * 7 % 23 + 1)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let per_letter = level::samples(tone::MS_PER_LETTER, RATE);
    for (at, spoken) in speak("tone", 4, &texts, Prosody::default())
        .iter()
        .enumerate()
    {
        assert_eq!(spoken.index, at);
        let letters = spoken.speech_samples as f64 / per_letter as f64 - 1.3;
        assert!(
            (letters - texts[at].len() as f64).abs() < 0.5,
            "{at}: {letters} letters"
        );
    }
}

#[test]
fn letters_that_the_voice_lacks_are_spoken_as_their_nearest() {
    for (name, plain) in [
        ("Łódź", "Lódz"),
        ("Erdoğan", "Erdogan"),
        ("Dvořák", "Dvorák"),
        ("Kőszeg", "Koszeg"),
        ("Gro\u{308}ße", "Größe"),
    ] {
        let (a, b) = (
            seconds(name, Prosody::default()),
            seconds(plain, Prosody::default()),
        );
        assert!((a - b).abs() < 1e-9, "{name}: {a} s, {plain}: {b} s");
    }
}

#[test]
fn silence_is_a_warning_if_there_was_something_to_say() {
    let spoken = speak(
        "pico-de",
        1,
        &["Привет", "…", "", "Ja."],
        Prosody::default(),
    );
    assert_eq!(
        spoken[0].warnings,
        [Warning::Silent {
            text: "Привет".to_owned()
        }]
    );
    for silent in &spoken[1..3] {
        assert_eq!((silent.speech_samples, silent.warnings.len()), (0, 0));
    }
    assert!(spoken[3].speech_samples > 3000);
}

#[test]
fn garbage_is_spoken_or_named() {
    // Xorshift, for the same garbage every time.
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut engine = Pico::new().unwrap();
    for _ in 0..60 {
        let length = random() % 60;
        let text: String = (0..length)
            .filter_map(|_| {
                let range = [0x60, 0x200, 0x3000, 0x11_0000][(random() % 4) as usize];
                char::from_u32((random() % range) as u32)
            })
            .collect();
        let speech = engine
            .synthesise(&utterance(&text), Prosody::default())
            .unwrap();
        let named: usize = speech
            .warnings
            .iter()
            .map(|warning| match warning {
                Warning::Skipped { text, .. } => text.len(),
                other => panic!("{other:?}"),
            })
            .sum();
        assert!(
            named <= text.len().max(24),
            "{text:?}: {:?}",
            speech.warnings
        );
    }
    // This one made the engine fail with error −200 when it was handed over as it is.
    let bad = "amΉÑϖp9q\u{318}Ýê϶rcЌ΅ϸlËg¡ü1qQdèÇÓΜ2к²nßìüftbSgª[ê~fyÎιÔ¼æoâ¾aǡÈÀēf\u{33b}p,ŀÊ?òÆ+Ů÷ðT\u{301}zµSfñǞCDÒtØ3xćjh3ɲØ`ưtØȅgx}a1>BÊs´ы]%±irfm*w˓×ϙýÀ^PǥØfó¿2lѿ>ot\u{484}>~ÀKkelDʺ^gõÌÍË\u{360}ÇѼˎnЍz~çeÎÑ\u{33e}©ABîNÿӕ¯";
    let speech = engine
        .synthesise(&utterance(bad), Prosody::default())
        .unwrap();
    assert!(speech.audio.seconds() > 10.0, "{:?}", speech.warnings);
    let after = engine
        .synthesise(&utterance(SENTENCE), Prosody::default())
        .unwrap();
    assert!(after.audio.seconds() > 4.0);
}

#[test]
fn an_engine_that_fails_or_dies_ends_the_speech_with_an_error() {
    for (at, bad) in [(2, "fail"), (3, "die")] {
        let mut texts = vec!["gut"; 8];
        texts[at] = bad;
        let engines: Vec<Box<dyn Synthesiser>> = vec![Box::new(Fragile), Box::new(Fragile)];
        let spoken: Vec<_> = synthesise(&script(&texts), engines, Prosody::default())
            .unwrap()
            .collect();
        assert_eq!(spoken.len(), at + 1, "{bad}");
        assert!(spoken[..at].iter().all(Result::is_ok));
        match (bad, spoken[at].as_ref().unwrap_err()) {
            ("fail", SynthesisError::NoSuchVoice { .. }) => {}
            ("die", SynthesisError::WorkerDied { index }) => assert_eq!(*index, at),
            (_, other) => panic!("{bad}: {other}"),
        }
    }
    let nobody = synthesise(&script(&["a"]), Vec::new(), Prosody::default());
    assert!(matches!(nobody.err(), Some(SynthesisError::NoEngine)));
}

#[test]
fn engines_wait_for_the_listener() {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    struct Counting(Arc<AtomicUsize>);
    impl Synthesiser for Counting {
        fn sample_rate(&self) -> u32 {
            RATE
        }
        fn synthesise(
            &mut self,
            utterance: &vorleser::Utterance,
            prosody: Prosody,
        ) -> Result<vorleser::synthesis::Speech, SynthesisError> {
            self.0.fetch_add(1, Ordering::SeqCst);
            tone::Tone::default().synthesise(utterance, prosody)
        }
    }
    let count = Arc::new(AtomicUsize::new(0));
    let engines: Vec<Box<dyn Synthesiser>> = vec![Box::new(Counting(Arc::clone(&count)))];
    let mut speech = synthesise(&script(&["a"; 500]), engines, Prosody::default()).unwrap();
    speech.next().unwrap().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let made = count.load(Ordering::SeqCst);
    assert!((2..10).contains(&made), "{made} utterances ahead");
}

#[test]
fn a_speaker_says_the_script_in_order_until_it_is_stopped() {
    use vorleser::{
        Control, Speaker,
        synthesis::{Said, speak_aloud},
    };
    struct Listed(Vec<String>);
    impl Speaker for Listed {
        fn speak(
            &mut self,
            utterance: &vorleser::Utterance,
            _: Prosody,
            _: &Control,
        ) -> Result<Said, SynthesisError> {
            self.0.push(utterance.text.clone());
            Ok(Said::All)
        }
    }
    let mut speaker = Listed(Vec::new());
    let control = Control::new();
    let script = script(&["eins", "zwei", "drei"]);
    speak_aloud(
        &script,
        &mut speaker,
        Prosody::default(),
        &control,
        |index| {
            if index == 1 {
                control.stop();
            }
        },
    )
    .unwrap();
    assert_eq!(speaker.0, ["eins", "zwei"]);
}

/// `--quotes voice` is heard: the same words are lower when they are a quotation.
#[test]
fn a_quotation_is_spoken_lower() {
    let crossings = |role| {
        let mut script = (*script(&["Das ist ein langer Satz aus vielen Worten"])).clone();
        script.utterances[0].role = role;
        let engines = open_synthesisers("pico-de", 1).expect("the built-in voice");
        let spoken: Vec<_> = synthesise(&std::sync::Arc::new(script), engines, Prosody::default())
            .expect("a synthesis")
            .map(|spoken| spoken.expect("speech"))
            .collect();
        fundamental(&spoken[0].audio.samples[..spoken[0].speech_samples])
    };
    let (body, quote) = (
        crossings(vorleser::script::Role::Body),
        crossings(vorleser::script::Role::Quote),
    );
    assert!(quote < body * 0.93, "{quote} Hz against {body} Hz");
}

/// Median fundamental frequency in Hz at 16 kHz, by autocorrelation over frames of 40 ms.
fn fundamental(samples: &[f32]) -> f32 {
    let mut found: Vec<f32> = samples
        .chunks_exact(640)
        .filter(|frame| frame.iter().map(|s| s * s).sum::<f32>() > 4.0)
        .filter_map(|frame| {
            let at =
                |lag: usize| -> f32 { frame.iter().zip(&frame[lag..]).map(|(a, b)| a * b).sum() };
            (50..200)
                .max_by(|a, b| at(*a).total_cmp(&at(*b)))
                .filter(|lag| at(*lag) > 0.4 * at(0))
                .map(|lag| 16_000.0 / lag as f32)
        })
        .collect();
    found.sort_by(f32::total_cmp);
    found[found.len() / 2]
}
