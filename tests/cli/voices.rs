//! `vorleser voices`: what can be said about voices without having one.

use super::{outcome, vorleser};
use std::fs;
use tempfile::TempDir;

#[test]
fn what_cannot_be_installed_is_refused_with_a_hint() {
    let home = TempDir::new().unwrap();
    let empty = TempDir::new().unwrap();
    let from = empty.path().to_str().unwrap();
    // Nobody listens on port 1.
    let dead = ["--mirror", "http://127.0.0.1:1/"];
    let thorsten = "de_DE-thorsten-medium";
    let rows: [(&[&str], i32, &str); 9] = [
        (&["install", "nobody"], 5, "vorleser voices` lists"),
        (&["install", "pico-de"], 5, "cannot be installed"),
        (
            &["install", thorsten, "--from", from],
            5,
            "there is no de_DE-thorsten-medium.onnx",
        ),
        (&["install", thorsten, dead[0], dead[1]], 4, "refused"),
        (
            &["install", thorsten, dead[0], "file:///tmp"],
            2,
            "no address",
        ),
        (
            &["install", thorsten, dead[0], dead[1], "--from", from],
            2,
            "cannot be given together",
        ),
        (&["remove", thorsten], 5, "not installed"),
        (&["verify", thorsten], 5, "not installed"),
        (
            &["test", thorsten],
            5,
            "vorleser voices install de_DE-thorsten-medium",
        ),
    ];
    let mut wrong = Vec::new();
    for (arguments, code, words) in rows {
        let (got, _, err) = outcome(vorleser(&home).arg("voices").args(arguments));
        if got != code || !err.contains(words) {
            wrong.push(format!("{arguments:?}: {got}, {err}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_voice_is_shown_with_licence_and_size() {
    let home = TempDir::new().unwrap();
    let (code, out, _) = outcome(vorleser(&home).args(["voices", "show", "thorsten"]));
    assert_eq!(code, 0);
    for words in [
        "id: de_DE-thorsten-medium",
        "licence: CC0-1.0",
        "size: 64 MB",
        "installed: no",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
}

#[test]
fn damaged_files_are_found_and_removed() {
    let home = TempDir::new().unwrap();
    let folder = home
        .path()
        .join("data/vorleser/voices/de_DE-thorsten-medium");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("de_DE-thorsten-medium.onnx"), "cut off").unwrap();
    let (code, _, err) = outcome(vorleser(&home).args(["voices", "verify"]));
    assert!(
        code == 5 && err.contains("has 7 bytes, not 63201294"),
        "{code}, {err}"
    );
    let (code, _, _) = outcome(vorleser(&home).args(["voices", "remove", "thorsten"]));
    assert_eq!(code, 0);
    assert!(!folder.exists());
    let (code, _, _) = outcome(vorleser(&home).args(["voices", "verify"]));
    assert_eq!(code, 0, "nothing installed, nothing wrong");
}

#[test]
fn a_voice_speaks_a_test_sentence_into_a_file() {
    let home = TempDir::new().unwrap();
    let wav = home.path().join("test.wav");
    let (code, _, err) = outcome(
        vorleser(&home)
            .args(["voices", "test", "pico", "-o"])
            .arg(&wav),
    );
    assert!(code == 0 && err.contains("Guten Tag"), "{code}, {err}");
    let reader = hound::WavReader::open(&wav).unwrap();
    assert!(reader.duration() > 2 * reader.spec().sample_rate);
}
