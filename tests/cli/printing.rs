//! What the commands print, and that it is fit for a terminal.

use super::*;

#[test]
fn an_article_is_printed_title_first_from_a_file_the_web_and_standard_input() {
    let home = home();
    let path = file(&home, "a.html", server::ARTICLE);
    let (code, from_file, err) = outcome(vorleser(&home).arg("text").arg(&path));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(from_file.lines().next(), Some("Der Fluss steigt"));
    assert!(
        from_file.contains("\n\nVerletzt wurde bisher niemand."),
        "{from_file}"
    );

    let address = format!("{}/article", server::serve());
    assert_eq!(
        outcome(vorleser(&home).args(["text", &address])).1,
        from_file
    );
    let piped = outcome(
        vorleser(&home)
            .args(["text", "-"])
            .write_stdin(server::ARTICLE),
    );
    assert_eq!(piped.1, from_file);

    let json = outcome(vorleser(&home).args(["text", "--json"]).arg(&path)).1;
    let article: vorleser::Article = serde_json::from_str(&json).expect("the typed article");
    assert_eq!(article.title.as_deref(), Some("Der Fluss steigt"));
}

#[test]
fn a_batch_answers_every_line() {
    let home = home();
    let good = file(&home, "a.html", server::ARTICLE);
    let empty = file(&home, "b.html", "");
    let lines = format!(
        "{}\thttps://example.org/a\n/missing\thttps://example.org/b\n{}\tnot an address\n",
        good.display(),
        empty.display()
    );
    let (code, out, err) = outcome(vorleser(&home).args(["text", "--batch"]).write_stdin(lines));
    assert_eq!((code, err.as_str()), (0, ""));
    let rows: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["title"], "Der Fluss steigt");
    assert!(
        rows[0]["text"]
            .as_str()
            .is_some_and(|text| text.starts_with("Der Fluss steigt\n"))
    );
    assert!(rows[1]["text"].is_null() && rows[2]["text"].is_null());
    assert!(
        rows.iter()
            .all(|row| row["ms"].as_f64().is_some_and(|ms| ms >= 0.0))
    );
}

#[test]
fn a_batch_survives_lines_that_are_no_text() {
    let home = home();
    let good = file(&home, "a.html", server::ARTICLE).display().to_string();
    let lines = [
        b"\xff\xfe\0\x1b\n\n".as_slice(),
        good.as_bytes(),
        b"\tno\xffurl\r\n",
        good.as_bytes(),
    ]
    .concat();
    let (code, out, err) = outcome(vorleser(&home).args(["text", "--batch"]).write_stdin(lines));
    assert_eq!((code, err.as_str()), (0, ""));
    let titles: Vec<_> = out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["title"].clone())
        .collect();
    let title = serde_json::Value::from("Der Fluss steigt");
    assert_eq!(
        titles,
        [
            serde_json::Value::Null,
            serde_json::Value::Null,
            title.clone(),
            title
        ]
    );
}

#[test]
fn lines_in_are_lines_out() {
    let home = home();
    let given = "Am 3. Mai kamen 12 Gäste.\n\nf\u{fc}r alle";
    let (code, out, _) = outcome(
        vorleser(&home)
            .args(["normalise", "--lines"])
            .write_stdin(given),
    );
    assert_eq!(code, 0);
    assert_eq!(out.lines().count(), 3, "{out:?}");
    assert!(!out.contains(|c: char| c.is_ascii_digit()), "{out:?}");
}

#[test]
fn voices_are_listed_without_the_ones_for_tests() {
    let home = home();
    let (code, out, _) = outcome(vorleser(&home).args(["voices", "--json"]));
    assert_eq!(code, 0);
    let voices: Vec<serde_json::Value> = serde_json::from_str(&out).expect("JSON");
    let ids: Vec<_> = voices
        .iter()
        .filter_map(|voice| voice["id"].as_str())
        .collect();
    assert!(
        ids.contains(&"pico-de") && !ids.contains(&"tone"),
        "{ids:?}"
    );
    assert!(
        voices
            .iter()
            .all(|voice| voice["licence"].is_string() && voice["installed"].is_boolean())
    );
}

#[test]
fn a_bare_input_is_spoken() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE).display().to_string();
    let bare = outcome(vorleser(&home).args(["-v", "tone", &page]));
    let named = outcome(vorleser(&home).args(["speak", "-v", "tone", &page]));
    assert_eq!(bare, named);
    assert!(
        named.2.starts_with("Reading: Der Fluss steigt\n"),
        "{}",
        named.2
    );
    check(&[(&["rendr", &page], 2, &["'rendr'", "render"])]);
}

#[test]
fn quiet_is_quiet_and_verbose_tells_each_stage() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE).display().to_string();
    let target = home.path().join("a.wav").display().to_string();
    let render = |flags: &[&str]| {
        let (code, out, err) = outcome(
            vorleser(&home)
                .args(["render", "-v", "tone", &page, "-o", &target])
                .args(flags),
        );
        assert_eq!((code, out.as_str()), (0, ""), "{flags:?} {err}");
        err
    };
    assert_eq!(render(&["-q"]), "");
    assert_eq!(render(&["--verbose", "--quiet"]), "");
    let said = render(&[]);
    assert!(said.starts_with("Wrote ") && said.contains(&target) && said.lines().count() == 1);
    let said = render(&["--verbose"]);
    for word in [
        " ms] ",
        "voice tone",
        "a.html: HTML",
        "3 blocks",
        "language de",
        "utterances",
    ] {
        assert!(said.contains(word), "{word} is not in\n{said}");
    }
}

#[test]
fn text_from_the_web_does_not_steer_the_terminal() {
    let home = home();
    let hostile = "\u{1b}]0;gekapert\u{7}\u{1b}[2J\u{9b}31mDer \u{202e}Fluss\u{200b} steigt";
    let page = server::ARTICLE.replace("Der Fluss steigt", hostile);
    let page = file(&home, "a.html", page).display().to_string();
    let target = home.path().join("a.wav").display().to_string();
    for arguments in [
        &["text", &page][..],
        &["text", "--explain", &page],
        &["text", "--json", &page],
        &["script", &page],
        &["script", "--explain", &page],
        &["script", "--json", &page],
        &[
            "render",
            "--verbose",
            "-v",
            "tone",
            &page,
            "-o",
            &target,
            "--base-url",
            "https://example.org/%1b",
        ],
        &["speak", "--verbose", "-v", "tone", &page],
    ] {
        let (_, out, err) = outcome(vorleser(&home).args(arguments));
        let steers = |c: char| {
            (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c)
        };
        assert!(
            !out.contains(steers) && !err.contains(steers),
            "{arguments:?}:\n{out:?}\n{err:?}"
        );
        assert!(
            (out.clone() + &err).contains("steigt") || arguments[0] == "render",
            "{out}{err}"
        );
    }
}

#[test]
fn no_command_panics_when_nobody_reads() {
    use std::process::{Command, Stdio};
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE);
    for arguments in [vec!["text"], vec!["text", "--json"], vec!["script"]] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("vorleser"))
            .env("LC_ALL", "C")
            .args(&arguments)
            .arg(&page)
            .env("XDG_CONFIG_HOME", home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let done = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&done.stderr);
        assert!(
            done.status.success() && err.is_empty(),
            "{arguments:?}: {:?} {err}",
            done.status
        );
    }
}

#[test]
fn help_completions_and_manual_are_there() {
    let home = home();
    let (code, help, _) = outcome(vorleser(&home).arg("--help"));
    assert_eq!(code, 0);
    for word in [
        "speak",
        "render",
        "text",
        "script",
        "normalise",
        "voices",
        "config",
        "Exit codes:",
        "Examples:",
    ] {
        assert!(help.contains(word), "{word} is not in\n{help}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = outcome(vorleser(&home).args(["completions", shell]));
        assert!(code == 0 && script.contains("render"), "{shell}");
    }
    let (code, page, _) = outcome(vorleser(&home).arg("man"));
    assert!(
        code == 0 && page.starts_with(".ie") && page.contains("vorleser"),
        "{page}"
    );
}

#[test]
fn there_is_a_manual_page_for_each_command() {
    let home = home();
    let directory = home.path().join("man");
    let (code, out, err) = outcome(vorleser(&home).args(["man", "--dir"]).arg(&directory));
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let pages = names(&directory);
    for page in [
        "vorleser.1",
        "vorleser-speak.1",
        "vorleser-render.1",
        "vorleser-lexicon-add.1",
        "vorleser-config.1",
    ] {
        assert!(
            pages.iter().any(|name| name == page),
            "{page} is not in {pages:?}"
        );
    }
    for page in pages {
        let text = fs::read_to_string(directory.join(&page)).unwrap();
        assert!(
            text.contains(".TH") && text.contains(".SH NAME") && text.len() > 300,
            "{page}"
        );
    }
    let blocked = file(&home, "file", "").display().to_string();
    check(&[(&["man", "--dir", &blocked], 1, &["cannot write manual"])]);
}

#[test]
fn info_boxes_go_where_they_are_wanted() {
    let home = home();
    let info = "<div class=\"infobox\"><h3>Pegel</h3><p>Der Pegel misst seit zwanzig Jahren, wie hoch das Wasser an der \
         alten Brücke der Stadt steht.</p></div>";
    let page = server::ARTICLE.replacen("</p>", &format!("</p>{info}"), 1);
    let page = file(&home, "a.html", page);
    let place = |flags: &[&str]| {
        let (_, out, _) = outcome(vorleser(&home).arg("text").args(flags).arg(&page));
        let lines: Vec<_> = out.lines().filter(|line| !line.is_empty()).collect();
        lines
            .iter()
            .position(|line| line.starts_with("Der Pegel misst"))
    };
    assert_eq!(place(&["--boxes", "skip"]), None);
    assert!(place(&["--boxes", "inline"]) < place(&["--boxes", "end"]));
    assert_eq!(place(&[]), place(&["--boxes", "end"]));
}

/// German rules and a German voice never garble another language: the run fails and says what to do.
#[test]
fn a_voice_is_not_given_a_language_it_cannot_read() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("english.txt");
    std::fs::write(
        &file,
        "The government has announced a new plan\n\nThe prime minister said on Tuesday that the new plan would cost \
         3.5 million pounds. Critics said that it was too little and too late for most of the schools.\n",
    )
    .expect("a file");
    let target = directory.path().join("english.wav");
    let run = |more: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_vorleser"))
            .env("LC_ALL", "C")
            .args(["render", "-o"])
            .arg(&target)
            .arg(&file)
            .args(more)
            .output()
            .expect("the program runs")
    };
    let refused = run(&[]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(5), "{said}");
    assert!(said.contains("error: the text is in \"en\""), "{said}");
    assert!(
        said.contains("hint: take a voice of its language"),
        "{said}"
    );
    assert!(!target.exists());
    assert_eq!(run(&["--lang", "de"]).status.code(), Some(0));
    assert!(target.exists());
}

#[test]
fn a_saved_page_with_all_that_belongs_to_it_is_read() {
    let home = home();
    let mime = [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://example.org/fluss",
        "MIME-Version: 1.0",
        "Content-Type: multipart/related; type=\"text/html\"; boundary=\"----Grenze\"",
        "",
        "------Grenze",
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Location: https://example.org/artikel/fluss",
        "",
        "<!DOCTYPE html><html lang=3D\"de\"><head><base href=3D\"/archiv/\"><link rel=3D=",
        "\"canonical\" href=3D\"fluss-2\"></head><body><h1>Der Fluss steigt</h1><p>Der Pegel=",
        " stieg am Morgen um 2 Meter, und am Ufer sch=C3=BCtten Helfer S=C3=A4cke auf.</p>",
        "<p>Verletzt wurde bisher niemand, wie die Feuerwehr am Mittag mitteilte.</p></body></html>",
        "",
        "------Grenze",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://example.org/bild.png",
        "",
        "iVBORw0KGgo=",
        "------Grenze--",
        "",
    ];
    let path = file(&home, "fluss.mhtml", mime.join("\r\n"));
    let (code, json, err) = outcome(vorleser(&home).args(["text", "--json"]).arg(&path));
    assert_eq!((code, err.as_str()), (0, ""));
    let article: vorleser::Article = serde_json::from_str(&json).expect("the typed article");
    assert_eq!(article.title.as_deref(), Some("Der Fluss steigt"));
    let text: Vec<_> = article
        .blocks
        .iter()
        .map(|b| b.text.text.as_str())
        .collect();
    assert_eq!(
        text,
        [
            "Der Pegel stieg am Morgen um 2 Meter, und am Ufer schütten Helfer Säcke auf.",
            "Verletzt wurde bisher niemand, wie die Feuerwehr am Mittag mitteilte.",
        ]
    );
    // Addresses in the page are relative to its `<base href>`.
    assert_eq!(
        article.url.as_deref(),
        Some("https://example.org/archiv/fluss-2")
    );
}

#[test]
fn what_was_left_out_is_told_in_german_too() {
    let home = home();
    let path = file(&home, "a.html", server::ARTICLE);
    let mut command = vorleser(&home);
    let told = outcome(
        command
            .args(["--ui-lang", "de", "text", "--explain"])
            .arg(&path),
    )
    .1;
    assert!(told.starts_with("Titel: auf der Seite bei "), "{told}");
    let left_out: Vec<_> = told
        .lines()
        .filter(|l| l.starts_with("ausgelassen ("))
        .collect();
    assert!(!left_out.is_empty(), "{told}");
    for line in left_out {
        assert!(line.contains(", 0,") || line.contains(", 1,00)"), "{line}");
    }
}
