//! The program as its users meet it: what it prints where, its exit codes, and bad input of every kind. Without network
//! and sound.

mod server;

use assert_cmd::Command;
use std::{fs, path::PathBuf};
use tempfile::TempDir;
use vorleser::Synthesiser as _;

/// The program with no settings, no proxy, and nothing to play on.
fn vorleser(home: &TempDir) -> Command {
    let mut command = Command::cargo_bin("vorleser").expect("the program is built");
    for proxy in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(proxy);
    }
    command
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("XDG_RUNTIME_DIR", home.path())
        // Without a configuration ALSA has no device, whatever the machine has.
        .env("ALSA_CONFIG_PATH", home.path().join("no-alsa.conf"))
        .env("SPEECHD_ADDRESS", "unix_socket:/nonexistent/speechd.sock")
        .env("PATH", home.path());
    command
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a temporary directory")
}

fn file(home: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = home.path().join(name);
    fs::write(&path, bytes).expect("a file in a temporary directory");
    path
}

/// Runs the program and gives exit code, standard output, standard error.
fn outcome(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("the program runs");
    (
        output.status.code().expect("it ends by itself"),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// One row of bad input: arguments, exit code, and what the message has to say.
fn check(rows: &[(&[&str], i32, &[&str])]) {
    let home = home();
    let mut wrong = Vec::new();
    for (arguments, code, words) in rows {
        let (got, out, err) = outcome(vorleser(&home).args(*arguments));
        let missing: Vec<_> = words.iter().filter(|word| !err.contains(**word)).collect();
        if got != *code || !missing.is_empty() || !out.is_empty() || err.contains("panicked") {
            wrong.push(format!(
                "{arguments:?}: code {got}, expected {code}; missing {missing:?}\n{out}{err}"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn bad_files_have_a_message_and_a_code() {
    let home = home();
    let path = |name: &str, bytes: &[u8]| file(&home, name, bytes).display().to_string();
    let empty = path("empty.html", b"");
    let binary = path("binary.html", b"\x7fELF\x02\x01\x01\0\0\0\0\0");
    let pdf = path("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    let menu = path(
        "menu.html",
        b"<html><nav><a href=/>Start</a><a href=/b>Kontakt</a></nav></html>",
    );
    let big = path("big.html", b"");
    fs::File::options()
        .write(true)
        .open(&big)
        .unwrap()
        .set_len(50_000_000)
        .unwrap();
    let directory = home.path().display().to_string();
    check(&[
        (
            &["text", &empty],
            3,
            &["error: the input is empty", "hint: "],
        ),
        (
            &["text", &binary],
            3,
            &["error: the input is", "not an article", "hint: ", "HTML"],
        ),
        (
            &["text", &pdf],
            3,
            &["error: the input is a PDF document", "hint: ", "HTML"],
        ),
        (&["text", &menu], 3, &["error: no article", "hint: "]),
        (
            &["text", &big],
            1,
            &["error: the input is larger than 10 MiB", "hint: "],
        ),
        (&["text", &directory], 1, &["is a directory", "hint: "]),
    ]);
}

#[test]
fn wrong_usage_is_explained() {
    check(&[
        (
            &["example.org/x"],
            2,
            &[
                "neither a web address nor an existing file",
                "https://example.org/x",
            ],
        ),
        (&["speek"], 2, &["\"speek\" is neither", "hint: "]),
        (
            &["text", "ftp://example.org/a"],
            2,
            &["\"ftp\"", "https://"],
        ),
        (&["text", "https://"], 2, &["not a valid web address"]),
        (&["text"], 2, &["INPUT"]),
        (&["render", "a.html"], 2, &["--output"]),
        (&["speak", "-r", "9", "a.html"], 2, &["0.5 to 3"]),
        (&["speak", "--volume", "laut", "a.html"], 2, &["0 to 2"]),
        (&["normalise"], 2, &["--lines"]),
        (&["completions", "klingon"], 2, &["possible values"]),
    ]);
}

#[test]
fn the_faults_of_servers_are_told_apart() {
    let web = server::serve();
    let at = |path: &str| format!("{web}/{path}");
    let (gone, denied, often, broken, round, pdf, empty, huge) = (
        at("404"),
        at("403"),
        at("429"),
        at("500"),
        at("loop"),
        at("pdf"),
        at("empty"),
        at("bomb"),
    );
    let tls = at("article").replace("http:", "https:");
    let nobody = server::nobody();
    check(&[
        (&["text", &gone], 4, &["no such page (HTTP 404)", "hint: "]),
        (
            &["text", &denied],
            4,
            &["denies access", "hint: ", "save it"],
        ),
        (&["text", &often], 4, &["fewer requests", "hint: "]),
        (
            &["text", &broken],
            4,
            &["fault of its own (HTTP 500)", "hint: "],
        ),
        (
            &["text", &round],
            4,
            &["redirected more than 5 times", "hint: "],
        ),
        (
            &["text", &tls],
            4,
            &["secure connection", "caused by: ", "hint: "],
        ),
        (&["text", &nobody], 4, &["refused the connection", "hint: "]),
        (&["text", &pdf], 3, &["a PDF document", "hint: "]),
        (&["text", &empty], 3, &["empty", "hint: "]),
        (&["text", &huge], 1, &["larger than 10 MiB"]),
    ]);
}

#[test]
fn a_slow_server_ends_in_the_time_that_was_given() {
    let web = server::serve();
    let slow = format!("{web}/slow-body");
    check(&[(
        &["text", "--timeout", "1", &slow],
        4,
        &["within 1 seconds", "hint: "],
    )]);
}

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
fn old_charsets_and_cut_off_files_are_read_right() {
    let home = home();
    let body = "Der Preis f\u{fc}r die \u{dc}berfahrt stieg auf f\u{fc}nf Euro, sagte die Fähre. "
        .repeat(4);
    let latin: Vec<u8> = body
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    let page = [b"<h1>F\xfcr alle</h1><p>".as_slice(), &latin, b"</p>"].concat();
    let path = file(&home, "latin.html", page);
    let (code, out, err) = outcome(vorleser(&home).arg("text").arg(path));
    assert!(
        code == 0 && out.contains("für die Überfahrt"),
        "{code} {out} {err}"
    );

    let cut = [body.as_bytes(), b"Ende f\xc3"].concat();
    let path = file(&home, "cut.txt", cut);
    let (code, out, err) = outcome(vorleser(&home).args(["text", "--force"]).arg(path));
    assert!(code == 0 && !out.contains('\u{fffd}'), "{code} {out} {err}");
}

#[test]
fn deep_nesting_is_no_trouble() {
    let home = home();
    let deep = format!(
        "{}{}{}",
        "<div>".repeat(20_000),
        server::ARTICLE,
        "</div>".repeat(20_000)
    );
    let path = file(&home, "deep.html", deep);
    let (code, out, err) = outcome(vorleser(&home).arg("text").arg(path));
    assert!(
        code == 0 && out.contains("Verletzt wurde bisher niemand."),
        "{code} {out} {err}"
    );
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
fn targets_that_cannot_be_written_are_named() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE).display().to_string();
    let directory = home.path().display().to_string();
    let missing = home.path().join("no/such/a.wav").display().to_string();
    check(&[
        (
            &["render", &page, "-v", "tone", "-o", &directory],
            1,
            &["is a directory", "hint: "],
        ),
        (
            &["render", &page, "-v", "tone", "-o", &missing],
            1,
            &["cannot write to", "hint: "],
        ),
    ]);
}

#[test]
fn a_run_that_fails_leaves_the_old_file_alone() {
    let home = home();
    let old = file(&home, "old.wav", "the old file");
    let page = file(&home, "a.html", server::ARTICLE);
    let empty = file(&home, "empty.html", "");
    let (code, _, err) = outcome(
        vorleser(&home)
            .args(["render", "-v", "nobody", "-o"])
            .arg(&old)
            .arg(&page),
    );
    assert!(
        code == 5 && err.contains("\"nobody\"") && err.contains("vorleser voices"),
        "{code} {err}"
    );
    let (code, _, _) = outcome(
        vorleser(&home)
            .args(["render", "-v", "tone", "-o"])
            .arg(&old)
            .arg(&empty),
    );
    assert_eq!(code, 3);
    assert_eq!(fs::read(&old).unwrap(), b"the old file");
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
fn no_command_panics_when_nobody_reads() {
    use std::process::{Command, Stdio};
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE);
    for arguments in [vec!["text"], vec!["text", "--json"], vec!["script"]] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("vorleser"))
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

#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_sound_says_so() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE).display().to_string();
    check(&[(&["-q", "-v", "tone", &page], 1, &["error: ", "hint: "])]);
}

#[cfg(all(target_os = "linux", feature = "system-voice"))]
#[test]
fn a_machine_without_speech_dispatcher_says_so() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE).display().to_string();
    check(&[(&["-q", "-v", "system", &page], 5, &["error: ", "hint: "])]);
}

/// An article that is long enough to be stopped on the way.
fn long_article(paragraphs: usize) -> String {
    let paragraph = "<p>Am nächsten Tag stieg das Wasser am Pegel weiter, und die Stadt bat alle, zu Hause zu bleiben, bis \
         der Regen nachlässt und die Straßen wieder frei sind. Das war der Tag nach dem Tag Nummer ";
    let mut page =
        "<html lang=de><title>Tagebuch</title><article><h1>Tagebuch der Flut</h1>".to_owned();
    for n in 0..paragraphs {
        page.push_str(paragraph);
        page.push_str(&n.to_string());
        page.push_str(".</p>");
    }
    page + "</article></html>"
}

/// The names in a directory, sorted.
fn names(directory: &std::path::Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .expect("the directory")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_page_without_a_word_is_an_error_and_not_silence() {
    let home = home();
    let old = file(&home, "old.wav", "the old file");
    let page = file(&home, "a.txt", "— — —\n\n*** … ***\n");
    let page = page.display().to_string();
    let target = old.display().to_string();
    check(&[
        (
            &["render", "--force", "-v", "tone", &page, "-o", &target],
            3,
            &["error: ", "hint: "],
        ),
        (
            &["speak", "--force", "-v", "tone", &page],
            3,
            &["error: ", "hint: "],
        ),
    ]);
    assert_eq!(fs::read(&old).unwrap(), b"the old file");
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
        ("timeout = 0\n", ["line 1", "1..=600"]),
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
fn the_dictionary_is_kept_and_used() {
    let home = home();
    let lexicon = |arguments: &[&str]| outcome(vorleser(&home).arg("lexicon").args(arguments));
    assert_eq!(lexicon(&["list"]), (0, String::new(), String::new()));
    assert_eq!(lexicon(&["add", "Kyjiw", "Kijiff", "-q"]).0, 0);
    assert_eq!(lexicon(&["add", "gif", "dschiff", "--ignore-case"]).0, 0);
    let (_, _, err) = lexicon(&["add", "Kyjiw", "Kijiw"]);
    assert_eq!(err, "Kyjiw is said as Kijiw (before: Kijiff)\n");
    let (_, out, _) = lexicon(&["list"]);
    assert_eq!(out, "Kyjiw → Kijiw\ngif → dschiff (in any case)\n");

    let say = |flags: &[&str]| {
        let mut command = vorleser(&home);
        command.args(["normalise", "--lines"]).args(flags);
        outcome(command.write_stdin("Das GIF aus Kyjiw.\n")).1
    };
    assert_eq!(say(&[]), "Das dschiff aus Kijiw.\n");
    assert!(say(&["--no-lexicon"]).contains("Kyjiw"));
    assert_eq!(lexicon(&["add", "3. Oktober", "Tag der Einheit"]).0, 0);
    let mut command = vorleser(&home);
    command
        .args(["normalise", "--lines"])
        .write_stdin("Am 3. Oktober.");
    assert_eq!(outcome(&mut command).1, "Am Tag der Einheit.\n");
    assert_eq!(lexicon(&["remove", "3. Oktober"]).0, 0);
    let page = file(
        &home,
        "a.html",
        server::ARTICLE.replace("Beispielstadt", "Kyjiw"),
    );
    let (_, script, _) = outcome(vorleser(&home).arg("script").arg(&page));
    assert!(
        script.contains("Kijiw") && !script.contains("Kyjiw"),
        "{script}"
    );

    let pls = file(
        &home,
        "words.pls",
        "<lexicon version=\"1.0\"><lexeme><grapheme>W3C</grapheme><alias>We drei Ze</alias></lexeme></lexicon>",
    );
    let toml = file(&home, "words.toml", "[words]\n\"Xi\" = \"Schi\"\n");
    for words in [&pls, &toml] {
        let (code, _, err) = lexicon(&["import", &words.display().to_string()]);
        assert_eq!((code, err.as_str()), (0, "Imported 1 words.\n"));
    }
    assert_eq!(lexicon(&["remove", "gif"]).0, 0);
    let (_, out, _) = lexicon(&["list", "--json"]);
    let words: Vec<serde_json::Value> = serde_json::from_str(&out).expect("JSON");
    let words: Vec<_> = words.iter().map(|word| word["word"].as_str()).collect();
    assert_eq!(words, [Some("Kyjiw"), Some("W3C"), Some("Xi")]);
}

#[test]
fn mistakes_in_the_dictionary_are_located() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE).display().to_string();
    let (code, _, err) = outcome(vorleser(&home).args(["lexicon", "remove", "nix"]));
    assert!(code == 1 && err.contains("\"nix\" is not in"), "{err}");
    let (code, _, err) = outcome(vorleser(&home).args(["lexicon", "add", "a", "<genfile>"]));
    assert!(code == 2 && err.contains("cannot be said"), "{code} {err}");
    let broken = file(&home, "b.pls", "<lexicon>\n<lexeme>")
        .display()
        .to_string();
    let (code, _, err) = outcome(vorleser(&home).args(["lexicon", "import", &broken]));
    assert!(code == 1 && err.contains("line 2"), "{code} {err}");
    let (code, _, err) = outcome(vorleser(&home).args(["lexicon", "import", &page]));
    assert!(code == 1 && err.contains("line 1"), "{code} {err}");

    let dictionary = home.path().join("config/vorleser/lexicon.toml");
    let (code, out, _) = outcome(vorleser(&home).args(["lexicon", "path"]));
    assert_eq!((code, out), (0, format!("{}\n", dictionary.display())));
    fs::create_dir_all(dictionary.parent().unwrap()).unwrap();
    fs::write(&dictionary, "[words]\na = \"b\"\nc = 5\n").unwrap();
    for arguments in [
        &["script", &page][..],
        &["render", &page, "-v", "tone", "-o", "-"],
        &["speak", &page, "-v", "tone"],
        &["normalise", "--lines"],
        &["lexicon", "list"],
    ] {
        let (code, out, err) = outcome(vorleser(&home).args(arguments));
        assert!(
            code == 1 && out.is_empty() && err.contains("line 3") && err.contains("hint: "),
            "{arguments:?}: {code} {out}{err}"
        );
    }
    let (code, _, _) = outcome(vorleser(&home).args(["script", "--no-lexicon", &page]));
    assert_eq!(code, 0);
    // What cannot be read is not overwritten.
    assert_eq!(
        outcome(vorleser(&home).args(["lexicon", "add", "x", "y"])).0,
        1
    );
    assert_eq!(
        fs::read_to_string(&dictionary).unwrap(),
        "[words]\na = \"b\"\nc = 5\n"
    );
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

/// What only a Unix system can show: signals, file systems, terminals.
#[cfg(target_os = "linux")]
mod unix {
    use super::*;
    use std::{
        path::Path,
        process::{Child, Command as Process, Stdio},
        thread,
        time::{Duration, Instant},
    };

    /// Starts a render of a long article with the built-in voice.
    fn start(home: &TempDir, target: &Path, paragraphs: usize) -> Child {
        let page = file(home, "long.html", long_article(paragraphs));
        Process::new(assert_cmd::cargo::cargo_bin("vorleser"))
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .arg("render")
            .arg(page)
            .arg("-o")
            .arg(target)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    }

    /// Waits until the file that is being written lies beside its target, and has grown.
    fn wait_for_part(directory: &Path) {
        let start = Instant::now();
        loop {
            let growing = fs::read_dir(directory)
                .expect("the directory")
                .flatten()
                .any(|entry| {
                    entry.file_name().to_string_lossy().ends_with(".part")
                        && entry.metadata().is_ok_and(|facts| facts.len() > 0)
                });
            if growing {
                return;
            }
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "nothing is written"
            );
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn signal(child: &Child, name: &str) {
        let done = Process::new("kill")
            .args([name, &child.id().to_string()])
            .status()
            .expect("kill");
        assert!(done.success());
    }

    #[test]
    fn killed_while_writing_the_old_file_is_untouched() {
        let home = home();
        let directory = home.path().join("out");
        fs::create_dir(&directory).unwrap();
        let target = directory.join("a.wav");
        fs::write(&target, "the old file").unwrap();
        let mut child = start(&home, &target, 3000);
        wait_for_part(&directory);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"the old file");
        let names = names(&directory);
        assert!(
            names.len() == 2 && names[0].starts_with(".a.wav.") && names[0].contains(".part"),
            "{names:?}"
        );
    }

    #[test]
    fn interrupted_while_writing_nothing_is_left_behind() {
        for name in ["-INT", "-TERM"] {
            let home = home();
            let directory = home.path().join("out");
            fs::create_dir(&directory).unwrap();
            let target = directory.join("a.wav");
            fs::write(&target, "the old file").unwrap();
            let child = start(&home, &target, 3000);
            wait_for_part(&directory);
            signal(&child, name);
            let done = child.wait_with_output().unwrap();
            let err = String::from_utf8_lossy(&done.stderr);
            assert_eq!(
                (done.status.code(), err.as_ref()),
                (Some(130), ""),
                "{name}"
            );
            assert_eq!(fs::read(&target).unwrap(), b"the old file");
            assert_eq!(names(&directory), ["a.wav"]);
        }
    }

    #[test]
    fn interrupted_while_a_server_is_silent_it_ends_at_once() {
        let home = home();
        let web = server::serve();
        let child = Process::new(assert_cmd::cargo::cargo_bin("vorleser"))
            .env("XDG_CONFIG_HOME", home.path())
            .args(["render", "-v", "tone", "-o", "a.wav"])
            .arg(format!("{web}/silent"))
            .current_dir(home.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(500));
        let start = Instant::now();
        signal(&child, "-INT");
        let done = child.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(130));
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    /// A small file system in memory, for as long as this lives; `None` where that is not permitted.
    struct SmallDisk<'a>(&'a Path);

    impl<'a> SmallDisk<'a> {
        fn mount(place: &'a Path, size: &str) -> Option<Self> {
            let done = Process::new("mount")
                .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
                .arg(place)
                .stderr(Stdio::null())
                .status();
            done.is_ok_and(|status| status.success())
                .then_some(Self(place))
        }
    }

    impl Drop for SmallDisk<'_> {
        fn drop(&mut self) {
            drop(Process::new("umount").arg(self.0).status());
        }
    }

    #[test]
    fn on_a_full_disk_the_old_file_is_untouched() {
        let home = home();
        let directory = home.path().join("disk");
        fs::create_dir(&directory).unwrap();
        let Some(_disk) = SmallDisk::mount(&directory, "256k") else {
            eprintln!("skipped: only root can mount the small disk of this test");
            return;
        };
        let target = directory.join("a.wav");
        fs::write(&target, "the old file").unwrap();
        let page = file(&home, "long.html", long_article(20));
        let (code, out, err) = outcome(
            vorleser(&home)
                .args(["render", "-v", "tone"])
                .arg(&page)
                .arg("-o")
                .arg(&target),
        );
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(
            err.contains("error: the disk is full") && err.contains("hint: "),
            "{err}"
        );
        assert_eq!(fs::read(&target).unwrap(), b"the old file");
        assert_eq!(names(&directory), ["a.wav"]);
    }

    #[test]
    fn a_target_that_is_protected_stays() {
        let home = home();
        let page = file(&home, "a.html", server::ARTICLE).display().to_string();
        // Not even root can create a file there.
        check(&[(
            &["render", &page, "-v", "tone", "-o", "/proc/a.wav"],
            1,
            &["cannot write to /proc/a.wav", "hint: "],
        )]);
        let locked = home.path().join("locked");
        fs::create_dir(&locked).unwrap();
        let target = locked.join("a.wav");
        fs::write(&target, "the old file").unwrap();
        let mut rights = fs::metadata(&target).unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(&target, rights).unwrap();
        if fs::File::options().append(true).open(&target).is_ok() {
            eprintln!("skipped: root may write everywhere");
            return;
        }
        let (code, _, err) = outcome(
            vorleser(&home)
                .args(["render", "-v", "tone", &page, "-o"])
                .arg(&target),
        );
        assert!(code == 1 && err.contains("cannot write to"), "{code} {err}");
        assert_eq!(fs::read(&target).unwrap(), b"the old file");
        assert_eq!(names(&locked), ["a.wav"]);
    }

    #[test]
    fn sound_does_not_go_to_a_terminal_but_to_a_pipe() {
        let home = home();
        let page = file(&home, "a.html", server::ARTICLE);
        let (code, _, err) = outcome(
            vorleser(&home)
                .args(["render", "-v", "tone", "-o", "-"])
                .arg(&page),
        );
        assert_eq!((code, err.as_str()), (0, ""));
        let piped = vorleser(&home)
            .args(["render", "-v", "tone", "-o", "-"])
            .arg(&page)
            .output()
            .unwrap();
        let wav = hound::WavReader::new(piped.stdout.as_slice()).expect("a WAV");
        assert!(wav.duration() > wav.spec().sample_rate);

        let line = format!(
            "{} render -v tone -o - {}",
            assert_cmd::cargo::cargo_bin("vorleser").display(),
            page.display()
        );
        let Ok(done) = Process::new("script")
            .args(["-q", "-e", "-c", &line, "/dev/null"])
            .env("XDG_CONFIG_HOME", home.path())
            .stdin(Stdio::null())
            .output()
        else {
            eprintln!("skipped: `script` (util-linux) is not installed");
            return;
        };
        let seen = String::from_utf8_lossy(&done.stdout);
        assert!(
            done.status.code() == Some(2)
                && seen.contains("error: a terminal cannot show sound")
                && !seen.contains("RIFF"),
            "{:?} {seen:?}",
            done.status
        );
    }
}
