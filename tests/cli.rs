//! The program as its users meet it: what it prints where, its exit codes, and bad input of every kind. Without network
//! and sound.

mod server;

use assert_cmd::Command;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

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
fn the_dictionary_is_kept_and_wins() {
    let home = home();
    let run = |arguments: &[&str]| outcome(vorleser(&home).arg("lexicon").args(arguments));
    assert_eq!(run(&["add", "Kyjiw", "Kijiw"]).0, 0);
    assert_eq!(run(&["add", "3. Oktober", "Tag der Einheit"]).0, 0);
    assert_eq!(
        run(&["list"]).1,
        "3. Oktober → Tag der Einheit\nKyjiw → Kijiw\n"
    );
    let (_, out, _) = outcome(
        vorleser(&home)
            .args(["normalise", "--lines"])
            .write_stdin("Am 3. Oktober in Kyjiw.\n"),
    );
    assert_eq!(out, "Am Tag der Einheit in Kijiw.\n");
    assert_eq!(run(&["remove", "Kyjiw"]).0, 0);
    let (code, _, err) = run(&["remove", "Kyjiw"]);
    assert!(code == 2 && err.contains("Kyjiw"), "{code} {err}");
    let (code, _, err) = run(&["add", "x", "<play file=\"y\"/>"]);
    assert!(code == 1 && err.contains("cannot be said"), "{code} {err}");

    let pls = file(
        &home,
        "a.pls",
        "<lexicon version=\"1.0\" alphabet=\"ipa\"><lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme></lexicon>",
    );
    let (code, out, _) = run(&["import", pls.to_str().expect("a path")]);
    assert!(
        code == 0 && out.starts_with("1 words added"),
        "{code} {out}"
    );
    let (code, _, err) = run(&[
        "import",
        file(&home, "b.pls", "<lexicon>\n<lexeme>")
            .to_str()
            .expect("a path"),
    ]);
    assert!(code == 1 && err.contains("line 2"), "{code} {err}");

    let path = PathBuf::from(run(&["path"]).1.trim());
    fs::write(path, "[words]\na = \"b\"\nc = 3\n").expect("a file");
    let (code, _, err) = run(&["list"]);
    assert!(
        code == 1 && err.contains("line 3") && err.contains("\"c\""),
        "{code} {err}"
    );
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
