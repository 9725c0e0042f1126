//! Times, subtitles and the check that nothing is lost, as the user meets them.

use super::*;

const PAGE: &str = "<html lang=de><title>Pegel</title><article><h1>Der Pegel steigt</h1>\
    <p>Am Dienstag stieg das Wasser am Pegel um 25 Zentimeter, und die Stadt bat alle, zu Hause zu bleiben, bis der Regen \
    nachlässt. Die Feuerwehr war die ganze Nacht im Einsatz und pumpte Keller aus.</p>\
    <h2>Was nun zu tun ist</h2>\
    <p>Wer in der Nähe des Flusses wohnt, soll sein Auto in Sicherheit bringen. „Das Wasser kommt schnell“, sagte die \
    Bürgermeisterin am Abend vor dem Rathaus. Die Schulen bleiben bis Freitag geschlossen.</p></article></html>";

#[test]
fn times_and_subtitles_tell_what_is_heard_and_verify_agrees() {
    let home = home();
    let page = file(&home, "a.html", PAGE);
    let at = |name: &str| home.path().join(name);
    let (code, _, err) = outcome(
        vorleser(&home)
            .args(["render", "--subtitles", "-o"])
            .arg(at("a.wav"))
            .arg("--timing")
            .arg(at("a.json"))
            .arg("--chapters")
            .arg(at("chapters.json"))
            .arg(&page),
    );
    assert_eq!(code, 0, "{err}");
    let text = fs::read_to_string(at("a.json")).unwrap();
    let timing: serde_json::Value = serde_json::from_str(&text).unwrap();
    let sentences = timing["sentences"].as_array().unwrap();
    let shown = |i: usize| sentences[i]["text"].as_str().unwrap();
    assert_eq!(shown(0), "Der Pegel steigt");
    assert!(shown(1).contains("um 25 Zentimeter"), "{text}");
    let wav = hound::WavReader::open(at("a.wav")).unwrap();
    let length = f64::from(wav.duration()) / f64::from(wav.spec().sample_rate);
    assert!((timing["duration"].as_f64().unwrap() - length).abs() < 0.001);
    let vtt = fs::read_to_string(at("a.vtt")).unwrap();
    assert!(
        vtt.starts_with("WEBVTT\n\n00:00:00.000 --> 00:00:0"),
        "{vtt}"
    );
    assert!(vtt.contains("25 Zentimeter"), "{vtt}");
    assert!(
        fs::read_to_string(at("a.srt"))
            .unwrap()
            .starts_with("1\n00:00:00,000 --> ")
    );

    let chapters = fs::read_to_string(at("chapters.json")).unwrap();
    let chapters: serde_json::Value = serde_json::from_str(&chapters).unwrap();
    assert_eq!(chapters["version"], "1.2.0");
    let titles: Vec<_> = (chapters["chapters"].as_array().unwrap().iter())
        .map(|chapter| chapter["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["Der Pegel steigt", "Was nun zu tun ist"]);
    let heading = sentences.iter().find(|s| s["role"] == "heading").unwrap();
    assert_eq!(chapters["chapters"][1]["startTime"], heading["start"]);

    let verify = |json: &str, audio: Option<&str>| {
        let mut command = vorleser(&home);
        command.arg("verify").arg(at(json));
        if let Some(audio) = audio {
            command.arg("--audio").arg(at(audio));
        }
        outcome(&mut command)
    };
    let (code, _, err) = verify("a.json", Some("a.wav"));
    assert!(code == 0 && err.contains("All there"), "{code} {err}");

    // A sentence without time is named, and so is one that is silent in the file.
    let mut broken = timing.clone();
    broken["sentences"][2]["end"] = broken["sentences"][2]["start"].clone();
    broken["sentences"][2]["sound"] = 0.0.into();
    file(&home, "broken.json", broken.to_string());
    let (code, _, err) = verify("broken.json", None);
    assert!(
        code == 1 && err.contains("has no sound") && err.contains("Feuerwehr"),
        "{code} {err}"
    );

    let mut bytes = fs::read(at("a.wav")).unwrap();
    let place =
        |i: usize, key: &str| 80 + (sentences[i][key].as_f64().unwrap() * 16_000.0) as usize * 2;
    bytes[place(2, "start")..place(2, "end")].fill(0);
    file(&home, "cut.wav", &bytes);
    let (code, _, err) = verify("a.json", Some("cut.wav"));
    assert!(code == 1 && err.contains("Feuerwehr"), "{code} {err}");
    file(&home, "short.wav", &bytes[..bytes.len() - 64_000]);
    let (code, _, err) = verify("a.json", Some("short.wav"));
    assert!(code == 1, "{code} {err}");
    file(&home, "none.json", "{}");
    let (code, _, err) = verify("none.json", None);
    assert!(code == 1 && err.contains("--timing"), "{code} {err}");
}

#[test]
fn the_ending_or_the_flag_decides_on_the_format() {
    let home = home();
    let page = file(&home, "a.html", PAGE).display().to_string();
    let mut wrong = Vec::new();
    for (name, flags, mark) in [
        ("a.wav", &[][..], &b"RIFF"[..]),
        ("a.FLAC", &[], b"fLaC"),
        ("a.opus", &[], b"OggS"),
        ("a.ogg", &[], b"OggS"),
        #[cfg(feature = "mp3")]
        ("a.mp3", &[], b"ID3"),
        ("plain", &[], b"RIFF"),
        ("odd.xyz", &["--format-out", "flac"], b"fLaC"),
    ] {
        let path = home.path().join(name);
        let mut command = vorleser(&home);
        command
            .args(["render", "-v", "tone", &page, "-o"])
            .arg(&path)
            .args(flags);
        let (code, _, err) = outcome(&mut command);
        if code != 0 || !fs::read(&path).unwrap_or_default().starts_with(mark) {
            wrong.push(format!("{name}: {code} {err}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_cover_is_that_of_the_page_or_drawn_or_given() {
    let home = home();
    let web = server::serve();
    let own = file(&home, "own.png", server::picture());
    let picture = server::picture();
    let holds = |place: &str, flags: &[&str]| {
        let target = home.path().join("a.flac");
        let mut command = vorleser(&home);
        command
            .args(["render", "-v", "tone", place, "-o"])
            .arg(&target)
            .args(flags);
        let (code, _, err) = outcome(&mut command);
        assert_eq!(code, 0, "{err}");
        let bytes = fs::read(target).unwrap();
        let place = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        (place(&picture), place(b"image/png"))
    };
    let page = |path: &str| format!("{web}/{path}");
    let own = own.display().to_string();
    let none: &[&str] = &[];
    for (place, flags, wanted) in [
        (page("mit-bild"), none, (true, true)),
        (page("mit-bild"), &["--cover", "none"], (false, false)),
        // No picture, or one that is a bomb: a drawn one.
        (page("article"), none, (false, true)),
        (page("mit-bombe"), none, (false, true)),
        (page("article"), &["--cover", &own], (true, true)),
    ] {
        assert_eq!(holds(&place, flags), wanted, "{place} {flags:?}");
    }
    let text = file(&home, "cover.txt", "kein Bild").display().to_string();
    check(&[(
        &["render", &own, "-o", "a.flac", "--cover", &text],
        1,
        &["cannot be a cover", "JPEG or a PNG"],
    )]);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let home = home();
    let page = file(&home, "a.html", PAGE).display().to_string();
    check(&[
        (
            &["render", &page, "-o", "a.xyz"],
            2,
            &["there is no format .xyz"],
        ),
        (
            &["render", &page, "-o", "-", "--subtitles"],
            2,
            &["--subtitles"],
        ),
        (
            &["render", &page, "-o", "a.mp3", "--bitrate", "33"],
            2,
            &["--bitrate"],
        ),
        (
            &["render", &page, "-o", "a.mp3", "--bitrate", "5"],
            2,
            &["6 to 256"],
        ),
        (
            &["render", &page, "-o", "a.wav", "--loudness", "3"],
            2,
            &["-40 to -10"],
        ),
    ]);
}
