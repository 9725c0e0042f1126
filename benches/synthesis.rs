//! How fast speech is made, beside other programs where they are installed.
//!
//! `cargo bench --bench synthesis` prints the time each takes for the same German text, as a part of the length of
//! the sound it makes (real-time factor; lower is faster).

use std::{process::Command, sync::Arc, time::Instant};

use vorleser::{
    Prosody,
    script::{Origin, Part, Role, Script, Utterance},
    synthesis::{open_synthesisers, synthesise},
};

const SENTENCES: [&str; 5] = [
    "Der Bundestag hat am Donnerstag nach langer Debatte ein Gesetz über den Ausbau der Schienenwege beschlossen.",
    "Die Opposition sprach von einem Tropfen auf den heißen Stein.",
    "Bis zum Jahr zweitausenddreißig sollen achtzig Milliarden Euro in Brücken, Weichen und Bahnhöfe fließen.",
    "„Das ist ein guter Tag für alle, die pünktlich ankommen wollen“, sagte der Minister.",
    "Fachleute zweifeln, ob genügend Arbeiter für die vielen Baustellen gefunden werden.",
];

/// About ten minutes.
const REPEATS: usize = 24;

fn main() {
    let texts: Vec<&str> = SENTENCES
        .into_iter()
        .cycle()
        .take(SENTENCES.len() * REPEATS)
        .collect();
    let script = Arc::new(script(&texts));
    for threads in [1, 2] {
        let begin = Instant::now();
        let engines = open_synthesisers("pico-de", threads).expect("the built-in voice");
        let loaded = begin.elapsed();
        let mut first = None;
        let seconds: f64 = synthesise(&script, engines, Prosody::default())
            .expect("engines of one kind")
            .map(|spoken| {
                first.get_or_insert_with(|| begin.elapsed());
                spoken.expect("speech").audio.seconds()
            })
            .sum();
        let taken = begin.elapsed().as_secs_f64();
        println!(
            "vorleser, pico-de, {threads} thread(s): {seconds:.0} s of sound in {taken:.2} s, factor {:.4}; loaded in \
             {loaded:.1?}, first utterance after {:.1?}",
            taken / seconds,
            first.unwrap_or_default()
        );
    }
    let text = texts.join(" ");
    let directory = tempfile::tempdir().expect("a temporary directory");
    let wav = directory.path().join("rival.wav");
    for (name, arguments) in [
        ("pico2wave", vec!["-l", "de-DE", "-w"]),
        ("espeak-ng", vec!["-v", "de", "-w"]),
    ] {
        let begin = Instant::now();
        let run = Command::new(name)
            .args(&arguments)
            .arg(&wav)
            .arg("--")
            .arg(&text)
            .status();
        let taken = begin.elapsed().as_secs_f64();
        match (run, hound::WavReader::open(&wav)) {
            (Ok(status), Ok(reader)) if status.success() => {
                let seconds = f64::from(reader.duration()) / f64::from(reader.spec().sample_rate);
                println!(
                    "{name}: {seconds:.0} s of sound in {taken:.2} s, factor {:.4}",
                    taken / seconds
                );
            }
            _ => println!("{name}: not installed"),
        }
        let _ = std::fs::remove_file(&wav);
    }
}

fn script(texts: &[&str]) -> Script {
    Script {
        title: None,
        language: "de".to_owned(),
        utterances: texts
            .iter()
            .map(|text| Utterance {
                text: (*text).to_owned(),
                respelled: None,
                shown: (*text).to_owned(),
                language: "de".to_owned(),
                role: Role::Body,
                pause_after_ms: 350,
                sentence: 0,
                origin: Origin {
                    part: Part::Block(0),
                    range: 0..text.len(),
                },
                rewrites: Vec::new(),
            })
            .collect(),
    }
}
