//! Input that no program can love: each fault has its own sentence, its hint and its exit code.

use super::*;

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
    let script = path(
        "script.html",
        b"<html><div id=root></div><noscript>Bitte JavaScript aktivieren.</noscript><script>1</script></html>",
    );
    let consent = path(
        "consent.html",
        "<html><h1>Willkommen</h1><p>Wir und unsere Drittanbieter nutzen Cookies. Mit Ihrer Einwilligung verarbeiten wir \
         personenbezogene Daten, siehe Datenschutz.</p><p>Alle akzeptieren oder ablehnen, das ist jederzeit möglich.</p></html>"
            .as_bytes(),
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
            &["text", &script],
            3,
            &["error: the page shows its text only with JavaScript\nhint: open"],
        ),
        (
            &["text", &consent],
            3,
            &["error: the page only asks for consent to cookies\nhint: open"],
        ),
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
        (&["completions", "klingon"], 2, &["it can be: bash, elvish"]),
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

#[test]
fn a_voice_that_cannot_say_a_word_is_an_error_even_when_quiet() {
    let home = home();
    let old = file(&home, "old.wav", "the old file");
    let page = file(
        &home,
        "a.txt",
        "Президент сегодня заявил, что переговоры будут продолжены на следующей неделе.\n\n"
            .repeat(4),
    );
    let (page, target) = (page.display().to_string(), old.display().to_string());
    check(&[(
        &[
            "render", "-q", "--force", "--lang", "de", &page, "-o", &target,
        ],
        5,
        &["error: the voice could not say a word", "hint: "],
    )]);
    assert_eq!(fs::read(&old).unwrap(), b"the old file");
}

#[cfg(unix)]
#[test]
fn file_names_need_not_be_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let home = home();
    let page = home
        .path()
        .join(std::ffi::OsStr::from_bytes(b"f\xfcr.html"));
    fs::write(&page, server::ARTICLE).unwrap();
    let (code, out, err) = outcome(vorleser(&home).arg("text").arg(&page));
    assert!(
        code == 0 && out.starts_with("Der Fluss steigt\n"),
        "{code} {out}{err}"
    );
}
