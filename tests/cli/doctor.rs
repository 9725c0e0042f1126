//! The doctor on healthy and on sick computers, all of them made up.

use super::*;
use serde_json::Value;

/// The findings about one thing.
fn about<'a>(findings: &'a [Value], area: &str) -> Vec<&'a Value> {
    let of_area = |finding: &&Value| finding["area"] == area;
    findings.iter().filter(of_area).collect()
}

fn findings(command: &mut Command) -> (i32, Vec<Value>) {
    let (code, out, err) = outcome(command.args(["doctor", "--offline", "--json"]));
    assert_eq!(err, "");
    (code, serde_json::from_str(&out).expect("JSON"))
}

#[test]
fn a_computer_without_sound_is_told_how_to_get_some() {
    let home = home();
    for (manager, command) in [
        ("apt-get", "sudo apt-get install pipewire-audio"),
        ("dnf", "sudo dnf install pipewire-pulseaudio"),
        ("pacman", "sudo pacman -S pipewire-pulse"),
    ] {
        let programs = home.path().join(manager);
        fs::create_dir(&programs).unwrap();
        fs::write(programs.join(manager), "").unwrap();
        let (code, found) = findings(
            vorleser(&home)
                .env("PATH", &programs)
                .env_remove("PULSE_SERVER"),
        );
        let sound = about(&found, "sound")[0];
        if !vorleser::output::playback::BUILT_IN {
            assert_eq!(sound["state"], "note");
            return;
        }
        assert_eq!((code, &sound["state"]), (1, &Value::from("broken")));
        let mend = sound["mend"].as_str().unwrap();
        assert!(mend.starts_with(command), "{mend}");
        // What nobody needs is only a note.
        let speech = about(&found, "system_speech")[0];
        assert_eq!(speech["state"], "note", "{speech}");
        let mend = speech["mend"].as_str().unwrap();
        assert!(
            mend.contains("speech-dispatcher") && mend.contains(manager),
            "{mend}"
        );
        assert_eq!(about(&found, "voices")[0]["state"], "fine");
    }
    let (_, found) = findings(vorleser(&home).env("PULSE_SERVER", "unix:/nowhere"));
    let mend = about(&found, "sound")[0]["mend"].to_string();
    assert!(mend.contains("unset PULSE_SERVER"), "{mend}");
}

#[test]
fn directories_that_cannot_be_written_are_named_with_their_cure() {
    let home = home();
    let blocked = file(&home, "it's a file", "");
    let state = blocked.join("state");
    let (code, found) = findings(
        vorleser(&home)
            .env("XDG_STATE_HOME", &state)
            .env("XDG_DATA_HOME", "/proc"),
    );
    assert_eq!(code, 1);
    let directories = about(&found, "directories");
    let broken: Vec<_> = directories
        .iter()
        .filter(|f| f["state"] == "broken")
        .collect();
    assert_eq!((directories.len(), broken.len()), (5, 2), "{directories:?}");
    let text = format!("{broken:?}");
    assert!(
        text.contains("/proc/vorleser") && text.contains("it's a file"),
        "{text}"
    );
    let cures: Vec<_> = broken.iter().filter_map(|f| f["mend"].as_str()).collect();
    assert!(
        cures
            .iter()
            .any(|cure| cure.contains(r"'\''s a file/state/vorleser'")),
        "{cures:?}"
    );
    // It only looks: nothing of its own is left behind.
    assert!(!names(home.path()).contains(&"config".to_owned()));
}

#[test]
fn faulty_files_of_the_user_are_found_and_do_not_stop_the_rest() {
    let home = home();
    let directory = home.path().join("config/vorleser");
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("config.toml"), "\nrate = 99\n").unwrap();
    fs::write(directory.join("lexicon.toml"), "[words]\n\"a\" = 1\n").unwrap();
    let (code, found) = findings(&mut vorleser(&home));
    assert_eq!(code, 1);
    for (area, word) in [("settings", "line 2"), ("dictionary", "line 2")] {
        let finding = about(&found, area)[0];
        assert_eq!(finding["state"], "broken");
        assert!(finding["text"].to_string().contains(word), "{finding}");
    }
    assert_eq!(about(&found, "version").len(), 1);
}

#[test]
fn a_network_that_is_not_there_is_told_and_can_be_left_out() {
    let home = home();
    let run = |proxy: &str, flags: &[&str]| {
        let mut command = vorleser(&home);
        command.env("https_proxy", proxy).args(["doctor", "--json"]);
        let out = outcome(command.args(flags)).1;
        let found: Vec<Value> = serde_json::from_str(&out).expect("JSON");
        about(&found, "network").first().map(|f| f["state"].clone())
    };
    // Nothing listens at port 1; a server of ours does at its own.
    assert_eq!(run("http://127.0.0.1:1", &[]), Some("broken".into()));
    assert_eq!(run(&server::serve(), &[]), Some("fine".into()));
    assert_eq!(run("http://127.0.0.1:1", &["--offline"]), None);
}

#[test]
fn every_line_stands_alone_in_both_languages() {
    let home = home();
    for (language, states, last) in [
        (
            "en",
            ["fine: ", "note: ", "broken: ", "to mend it: "],
            "broken.",
        ),
        (
            "de",
            ["gut: ", "Hinweis: ", "gestört: ", "Abhilfe: "],
            "gestört.",
        ),
    ] {
        let (_, out, err) = outcome(vorleser(&home).env("XDG_STATE_HOME", "/proc").args([
            "doctor",
            "--offline",
            "--ui-lang",
            language,
        ]));
        assert_eq!(err, "");
        let mut lines: Vec<_> = out.lines().collect();
        let sum = lines.pop().unwrap_or_default();
        assert!(sum.contains(last), "{sum}");
        for line in &lines {
            assert!(states.iter().any(|state| line.starts_with(state)), "{line}");
        }
        assert!(states.iter().all(|state| out.contains(state)), "{out}");
        assert!(lines.len() > 8, "{out}");
    }
}

#[test]
fn what_natural_voices_need_is_looked_at() {
    let home = home();
    let run = || findings(vorleser(&home).env("VORLESER_ESPEAK", "/nowhere/libespeak-ng.so"));
    // Nobody needs them: told, and no harm.
    let (_, found) = run();
    let voices = about(&found, "natural_voices")[0];
    assert_eq!(voices["state"], "note");
    let mend = voices["mend"].as_str().unwrap();
    let id = mend.strip_prefix("vorleser voices install ").unwrap();
    assert_eq!(about(&found, "espeak")[0]["state"], "note");
    // Half a download, and no library to speak it with.
    let folder = home.path().join("data/vorleser/voices").join(id);
    fs::create_dir_all(folder).unwrap();
    let (code, found) = run();
    assert_eq!(code, 1);
    for (area, cure) in [("natural_voices", mend), ("espeak", "libespeak-ng1")] {
        let finding = about(&found, area)[0];
        assert_eq!(finding["state"], "broken", "{finding}");
        assert!(finding["mend"].to_string().contains(cure), "{finding}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn missing_certificates_are_told() {
    let home = home();
    let nowhere = home.path().join("nowhere");
    let (code, found) = findings(
        vorleser(&home)
            .env("SSL_CERT_FILE", &nowhere)
            .env("SSL_CERT_DIR", &nowhere),
    );
    let finding = about(&found, "encryption")[0];
    assert_eq!((code, &finding["state"]), (1, &Value::from("broken")));
    assert!(finding["mend"].to_string().contains("ca-certificates"));
}
