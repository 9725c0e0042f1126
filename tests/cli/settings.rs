//! The settings file: what wins over what, and mistakes in it.

use super::*;
use vorleser::Synthesiser as _;

#[test]
fn settings_come_from_the_file_and_mistakes_in_it_are_located() {
    let home = home();
    let directory = home.path().join("config/vorleser");
    fs::create_dir_all(&directory).unwrap();
    let settings = directory.join("config.toml");
    fs::write(&settings, "rate = 1.5\n").unwrap();
    let (code, out, _) = outcome(vorleser(&home).arg("config"));
    assert_eq!(code, 0);
    assert!(
        out.contains("rate = 1.5 # file") && out.contains("volume = 1 # default"),
        "{out}"
    );

    for (text, words) in [
        ("rate = 1.5\nvoise = \"x\"\n", ["line 2", "voise"]),
        ("rate = 9\n", ["rate", "0.5 to 3"]),
        ("rate = \n", ["line 1", "config.toml"]),
    ] {
        fs::write(&settings, text).unwrap();
        let (code, _, err) = outcome(vorleser(&home).arg("config"));
        assert!(
            code == 1 && words.iter().all(|word| err.contains(word)),
            "{text}: {code} {err}"
        );
    }
}

#[test]
fn flags_win_over_the_file_and_the_file_over_the_defaults() {
    let home = home();
    let directory = home.path().join("config/vorleser");
    fs::create_dir_all(&directory).unwrap();
    fs::write(
        directory.join("config.toml"),
        "voice = \"tone\"\nrate = 2\nintro = false\nquotes = \"announce\"\nquiet = true\ntimeout = 5\ncaptions = true\n",
    )
    .unwrap();
    let settings = |flags: &[&str]| outcome(vorleser(&home).arg("config").args(flags)).1;
    let rows: [(&[&str], &[&str]); 4] = [
        (
            &[],
            &[
                "voice = \"tone\" # file",
                "rate = 2 # file",
                "pitch = 1 # default",
                "intro = false # file",
                "byline = true # default",
                "quotes = \"announce\" # file",
                "quiet = true # file",
                "timeout = 5 # file",
                "captions = true # file",
            ],
        ),
        (
            &["-r", "1,5", "--intro", "--no-captions"],
            &[
                "rate = 1.5 # flag",
                "intro = true # flag",
                "captions = false # flag",
                "voice = \"tone\" # file",
            ],
        ),
        (
            &["--verbose"],
            &["quiet = false # flag", "verbose = true # flag"],
        ),
        (
            &["--intro", "--no-intro", "--rate=1", "--rate=3"],
            &["intro = false # flag", "rate = 3 # flag"],
        ),
    ];
    let mut wrong = Vec::new();
    for (flags, lines) in rows {
        let out = settings(flags);
        for line in lines.iter().filter(|line| !out.contains(**line)) {
            wrong.push(format!("{flags:?}: {line} is not in\n{out}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // The settings reach the commands.
    let page = file(
        &home,
        "a.html",
        server::ARTICLE.replace("</h1>", "</h1><p>Er sagte: „Wir schaffen das heute.“</p>"),
    );
    let (_, announced, _) = outcome(vorleser(&home).arg("script").arg(&page));
    let (_, paused, _) = outcome(
        vorleser(&home)
            .args(["script", "--quotes", "pause"])
            .arg(&page),
    );
    assert!(
        announced.contains("Zitat") && !paused.contains("Zitat"),
        "{announced}\n{paused}"
    );
    let target = home.path().join("a.wav");
    let (code, _, err) = outcome(
        vorleser(&home)
            .arg("render")
            .arg(&page)
            .arg("-o")
            .arg(&target),
    );
    assert_eq!((code, err.as_str()), (0, ""));
    // The test voice of the file, not the default one, made the sound.
    assert_eq!(
        hound::WavReader::open(&target).unwrap().spec().sample_rate,
        vorleser::synthesis::tone::Tone::default().sample_rate()
    );
}

#[test]
fn mistakes_in_the_settings_are_located_and_do_not_stop_help() {
    let home = home();
    let directory = home.path().join("config/vorleser");
    fs::create_dir_all(&directory).unwrap();
    let mut wrong = Vec::new();
    for (text, words) in [
        (
            "\nquotes = \"laut\"\n",
            ["line 2", "pause, announce, voice"],
        ),
        ("intro = \"ja\"\n", ["line 1", "true or false"]),
        ("rate = [1]\n", ["line 1", "text or a number"]),
        ("lang = \"deutsch\"\n", ["line 1", "de-AT"]),
        ("boxes = \"nie\"\n", ["line 1", "end, inline, skip"]),
        ("timeout = 0\n", ["line 1", "from 1 to 600"]),
        ("no_intro = true\n", ["line 1", "\"no_intro\""]),
        ("[voice]\nid = 1\n", ["line 1", "voice"]),
    ] {
        fs::write(directory.join("config.toml"), text).unwrap();
        for command in [&["config"][..], &["script", "a.html"]] {
            let (code, out, err) = outcome(vorleser(&home).args(command));
            if code != 1 || !out.is_empty() || words.iter().any(|word| !err.contains(word)) {
                wrong.push(format!("{text:?} {command:?}: {code} {out}{err}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    for command in [&["--help"][..], &["render", "--help"], &["voices"]] {
        assert_eq!(
            outcome(vorleser(&home).args(command)).0,
            0,
            "{command:?} fails on a broken settings file"
        );
    }
}
