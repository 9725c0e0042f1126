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

#[test]
fn roles_have_voices_of_their_own_and_mistakes_are_located() {
    let home = home();
    let directory = home.path().join("config/vorleser");
    fs::create_dir_all(&directory).unwrap();
    let settings = directory.join("config.toml");
    let page = file(
        &home,
        "a.html",
        "<html lang=de><title>Pegel</title><article><h1>Der Pegel steigt</h1><p>„Das Wasser kommt schnell“, sagte die \
         Bürgermeisterin am Abend vor dem Rathaus, wo viele Leute standen.</p><h2>Was nun zu tun ist</h2><p>Wer in der Nähe \
         des Flusses wohnt, soll sein Auto in Sicherheit bringen und die Keller räumen.</p></article></html>",
    );
    let render = |text: &str, flags: &[&str]| {
        fs::write(&settings, text).unwrap();
        let target = home.path().join("a.wav");
        let timing = home.path().join("a.json");
        let mut command = vorleser(&home);
        command
            .args(["render", "--loudness", "off", "--quotes", "voice"])
            .args(flags);
        command
            .arg("-o")
            .arg(&target)
            .arg("--timing")
            .arg(&timing)
            .arg(&page);
        let (code, _, err) = outcome(&mut command);
        assert_eq!(code, 0, "{text}: {err}");
        let timing: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(timing).unwrap()).unwrap();
        let mut wav = hound::WavReader::open(target).unwrap();
        let samples: Vec<i16> = wav.samples().map(Result::unwrap).collect();
        (samples, timing["sentences"].as_array().unwrap().clone())
    };
    let (plain, times) = render("", &[]);
    let at = |second: &serde_json::Value| (second.as_f64().unwrap() * 16_000.0).round() as usize;
    let heading = times.iter().position(|s| s["role"] == "heading").unwrap();
    let end_of_body = at(&times[heading - 1]["end"]);

    // Another voice for quotations changes them and nothing before; a longer pause moves what follows.
    let (quoted, _) = render("[roles.quote]\nvoice = \"tone\"\n", &[]);
    let first = at(&times[0]["end"]);
    assert!(quoted[..first] == plain[..first] && quoted != plain);
    let (_, paused) = render("[roles.heading]\npause = 3\nrate = 0.8\n", &[]);
    let after = |times: &[serde_json::Value]| {
        times[heading + 1]["start"].as_f64().unwrap() - times[heading]["end"].as_f64().unwrap()
    };
    assert!((after(&paused) / after(&times) - 3.0).abs() < 0.01);
    assert!(paused[heading]["sound"].as_f64() > times[heading]["sound"].as_f64());

    // The sound before a heading is in no sentence.
    let (with_sound, moved) = render("", &["--earcon"]);
    assert!(with_sound[..end_of_body] == plain[..end_of_body]);
    let gap = at(&moved[heading]["start"]) - at(&times[heading]["start"]);
    assert!((8_000..16_000).contains(&gap), "{gap}");
    let (from, to) = (
        at(&times[heading]["start"]),
        at(&times[heading]["start"]) + gap,
    );
    assert!(with_sound[from..to].iter().any(|s| s.abs() > 500));

    fs::write(&settings, "rate = 1\n[roles.quote]\npitch = 0.8\n").unwrap();
    let (_, out, _) = outcome(vorleser(&home).arg("config"));
    assert!(
        out.contains("[roles.quote]") && out.contains("pitch = 0.8"),
        "{out}"
    );

    let page = page.display().to_string();
    for (text, words) in [
        (
            "rate = 1\n[roles.quot]\nrate = 1\n",
            ["line 2", "[roles.quot]", "`quote`"],
        ),
        (
            "[roles.quote]\nvoise = \"tone\"\n",
            ["line 1", "voise", "`voice`"],
        ),
        (
            "\n\n[roles.title]\nvoice = \"nobody\"\n",
            ["line 3", "[roles.title]", "\"nobody\""],
        ),
        (
            "[roles.title]\nrate = 9\n",
            ["[roles.title]", "rate", "0.5 to 2"],
        ),
        (
            "[roles.title]\nrate = \"fast\"\n",
            ["[roles.title]", "invalid type", "f32"],
        ),
        ("roles = 3\n", ["line 1", "[roles.quote]", "tables"]),
    ] {
        fs::write(&settings, text).unwrap();
        for arguments in [&["config"][..], &["render", &page, "-o", "x.wav"]] {
            let (code, _, err) = outcome(vorleser(&home).args(arguments));
            assert!(
                code == 1 && words.iter().all(|word| err.contains(word)),
                "{text}: {code} {err}"
            );
        }
    }
}

/// Through ALSA's device that swallows everything.
#[cfg(all(target_os = "linux", feature = "playback"))]
#[test]
fn live_reading_has_the_voices_of_the_roles_and_shares_the_sentences_that_are_kept() {
    let home = home();
    let directory = home.path().join("config/vorleser");
    fs::create_dir_all(&directory).unwrap();
    let settings = "[roles.heading]\nvoice = \"tone\"\n\n[roles.body]\npitch = 1.2\n";
    fs::write(directory.join("config.toml"), settings).unwrap();
    let alsa = file(&home, "alsa.conf", "pcm.!default { type null }\n");
    let text = server::ARTICLE.replace(
        "</h1>",
        "</h1><h2>Vorab gesagt</h2><p>Das Wasser steigt.</p>",
    );
    let page = file(&home, "a.html", text);
    let kept = || {
        let (_, out, _) = outcome(vorleser(&home).args(["cache", "info", "--json"]));
        let info: serde_json::Value = serde_json::from_str(&out).unwrap();
        info["sentences"].as_u64().unwrap()
    };
    let speak = |flags: &[&str]| {
        let mut command = vorleser(&home);
        command
            .env("ALSA_CONFIG_PATH", &alsa)
            .arg("speak")
            .args(flags);
        let (code, _, err) = outcome(command.arg(&page));
        assert_eq!(code, 0, "{err}");
    };
    speak(&["--no-cache"]);
    assert_eq!(kept(), 0);
    speak(&[]);
    let heard = kept();
    assert!(heard > 2, "{heard}");
    let target = home.path().join("a.wav");
    let (code, _, err) = outcome(
        vorleser(&home)
            .arg("render")
            .arg(&page)
            .arg("-o")
            .arg(target),
    );
    assert_eq!(code, 0, "{err}");
    assert_eq!(kept(), heard, "rendered, the voices are others");
}
