//! The program in German, and how the language is chosen.

use super::*;

/// Runs the program in an environment of a language.
fn speaking(language: &[(&str, &str)], arguments: &[&str]) -> (i32, String, String) {
    let home = home();
    let mut command = vorleser(&home);
    command.env_remove("LC_ALL");
    command.env_remove("LANG");
    command.env_remove("LC_MESSAGES");
    command.envs(language.iter().copied());
    outcome(command.args(arguments))
}

/// Environment, flags, and how the error begins.
type Row = (
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
    &'static str,
);

#[test]
fn the_language_is_that_of_the_flag_then_of_the_environment() {
    let mut wrong = Vec::new();
    let rows: &[Row] = &[
        (&[], &[], "error: "),
        (&[("LANG", "de_DE.UTF-8")], &[], "Fehler: "),
        (&[("LANG", "de_AT@euro")], &[], "Fehler: "),
        (&[("LANG", "de")], &[], "Fehler: "),
        (&[("LANG", "den_CA")], &[], "error: "),
        (&[("LANG", "fr_FR.UTF-8")], &[], "error: "),
        (&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")], &[], "error: "),
        (
            &[("LANG", "C"), ("LC_MESSAGES", "de_CH.UTF-8")],
            &[],
            "Fehler: ",
        ),
        (&[("LANG", "de_DE"), ("LC_ALL", "")], &[], "Fehler: "),
        (&[("LANG", "de_DE.UTF-8")], &["--ui-lang", "en"], "error: "),
        (&[("LC_ALL", "C")], &["--ui-lang=de"], "Fehler: "),
    ];
    for (environment, flags, start) in rows {
        for behind in [false, true] {
            let words = ["text", "ftp://example.org"];
            let arguments = if behind {
                [&words, *flags].concat()
            } else {
                [*flags, &words].concat()
            };
            let (code, _, err) = speaking(environment, &arguments);
            if code != 2 || !err.starts_with(start) {
                wrong.push(format!("{environment:?} {arguments:?}: {code} {err}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_settings_file_chooses_the_language_and_the_flag_wins() {
    let home = home();
    fs::create_dir_all(home.path().join("config/vorleser")).expect("a directory");
    let file = home.path().join("config/vorleser/config.toml");
    fs::write(&file, "ui-lang = \"de\"\n").expect("a file");
    let (_, _, err) = outcome(vorleser(&home).args(["text", "ftp://example.org"]));
    assert!(err.starts_with("Fehler: Adressen"), "{err}");
    let (_, out, _) = outcome(vorleser(&home).arg("config"));
    assert!(out.contains("ui-lang = \"de\" # Datei\n"), "{out}");
    let (_, out, _) = outcome(vorleser(&home).args(["config", "--ui-lang", "en"]));
    assert!(out.contains("ui-lang = \"en\" # flag\n"), "{out}");
    fs::write(&file, "ui-lang = \"fr\"\n").expect("a file");
    let (code, _, err) = outcome(vorleser(&home).args(["text", "a"]));
    assert!(
        code == 1 && err.contains("line 1") && err.contains("one of de, en"),
        "{err}"
    );
}

#[test]
fn errors_causes_and_hints_are_german() {
    let home = home();
    let empty = file(&home, "leer.html", b"").display().to_string();
    let pdf = file(&home, "a.pdf", b"%PDF-1.7\n").display().to_string();
    let article = file(&home, "a.html", server::ARTICLE).display().to_string();
    let locked = home.path().join("nirgends/a.wav").display().to_string();
    let rows: &[(&[&str], i32, &[&str])] = &[
        (
            &["text", &empty],
            3,
            &["Fehler: Die Eingabe ist leer\n", "Hinweis: Gelesen werden"],
        ),
        (
            &["text", &pdf],
            3,
            &["Fehler: Die Eingabe ist ein PDF-Dokument, kein Artikel\n"],
        ),
        (
            &["speek"],
            2,
            &[
                "Fehler: „speek“ ist weder",
                "Hinweis: Gemeint sein könnte der Befehl `speak`\n",
            ],
        ),
        (
            &["speek", &article],
            2,
            &[
                "Fehler: Den Befehl „speek“ gibt es nicht\n",
                "Hinweis: Gemeint sein könnte `speak`\n",
                "Aufruf: vorleser",
            ],
        ),
        (
            &["text", &article, "--voise", "x"],
            2,
            &[
                "Fehler: Die Option „--voise“ gibt es hier nicht\n",
                "Aufruf: vorleser text",
            ],
        ),
        (
            &["render", &article],
            2,
            &["Fehler: Es fehlt: --output <DATEI|ORDNER>\n"],
        ),
        (
            &["speak", &article, "--quotes", "laut"],
            2,
            &[
                "Fehler: „--quotes <ART>“ kann nicht „laut“ sein\n",
                "Hinweis: Möglich sind: pause, announce, voice\n",
            ],
        ),
        (
            &["speak", &article, "--rate", "9"],
            2,
            &["Fehler: „--rate <ZAHL>“ kann nicht „9“ sein: keine Zahl von 0,5 bis 3\n"],
        ),
        (
            &["render", &article, "-o", &locked],
            1,
            &[
                "Fehler: In ",
                " lässt sich nicht schreiben\n",
                "Ursache: ",
                "Hinweis: Eine Datei in",
            ],
        ),
        (
            &["speak", &article, "-v", "gibtsnicht"],
            5,
            &[
                "Fehler: Es gibt keine Stimme namens „gibtsnicht“\n",
                "Hinweis: `vorleser voices`",
            ],
        ),
        (
            &["verify", &article],
            1,
            &[
                "Fehler: ",
                "stammt nicht von `vorleser render --timing`\n",
                "Ursache: ",
            ],
        ),
    ];
    let mut wrong = Vec::new();
    for (arguments, code, words) in rows {
        let (got, out, err) = outcome(
            vorleser(&home)
                .args(*arguments)
                .env("LC_ALL", "de_DE.UTF-8"),
        );
        let english = ["error: ", "hint: ", "caused by: ", "Usage"];
        if got != *code
            || !out.is_empty()
            || words.iter().any(|word| !err.contains(word))
            || english.iter().any(|word| err.contains(word))
        {
            wrong.push(format!("{arguments:?}: {got}\n{err}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_done_is_told_in_german_with_german_numbers() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE).display().to_string();
    let target = home.path().join("a.wav").display().to_string();
    let (code, _, err) = outcome(
        vorleser(&home)
            .args([
                "render",
                "-v",
                "tone",
                "--verbose",
                "--loudness",
                "-10",
                &page,
                "-o",
                &target,
            ])
            .env("LANG", "de_DE.UTF-8")
            .env_remove("LC_ALL"),
    );
    assert_eq!(code, 0, "{err}");
    for word in [
        "Stimme tone geöffnet",
        "Artikel gefunden: 3 Absätze, ausgelassen: ",
        "Sprache de: ",
        " Sprechabschnitte\n",
        " geschrieben: ",
    ] {
        assert!(err.contains(word), "{word} is not in\n{err}");
    }
}

/// Every command that prints of itself, read for words that are English and not German.
#[test]
fn nothing_english_is_printed_in_german() {
    const ENGLISH: [&str; 26] = [
        "the",
        "and",
        "or",
        "of",
        "is",
        "are",
        "with",
        "not",
        "yes",
        "no",
        "there",
        "it",
        "to",
        "German",
        "English",
        "element",
        "added",
        "installed",
        "system's",
        "any",
        "depends",
        "slower",
        "sentence",
        "sentences",
        "natural",
        "default",
    ];
    let home = home();
    let article = file(&home, "a.html", server::ARTICLE).display().to_string();
    let wav = home.path().join("a.wav").display().to_string();
    let rows: &[&[&str]] = &[
        &["voices"],
        &["voices", "show", "pico-de"],
        &["voices", "show", "de_DE-thorsten-high"],
        &["voices", "verify"],
        &["voices", "remove", "de_DE-thorsten-high"],
        &["voices", "show", "x"],
        &["voices", "--json", "show", "pico-de"],
        &["queue", "add", &article],
        &["queue", "list"],
        &["queue", "remove", "7"],
        &["queue", "clear"],
        &["queue", "play"],
        &["cache", "info"],
        &["cache", "clear"],
        &["config"],
        &["text", "--explain", &article],
        &["render", &article, "-o", &wav],
        &["render", &article, "-o", "a.xyz"],
        &["render", &article, "-o", &wav, "--rate", "9"],
        &["resume"],
        &["speak", &article, "--device", "x"],
        &["speak", &article, "--voice", "system"],
        &["doctor", "--offline"],
    ];
    let mut wrong = Vec::new();
    for row in rows {
        let mut command = vorleser(&home);
        let (_, out, err) = outcome(command.arg("--ui-lang=de").args(*row));
        for line in out.lines().chain(err.lines()) {
            // What is in brackets or backticks comes from the system, or is to be typed.
            let mut shown = line.to_owned();
            for (open, close) in [('(', ')'), ('`', '`')] {
                while let Some((before, rest)) = shown.split_once(open)
                    && let Some((_, after)) = rest.split_once(close)
                {
                    shown = format!("{before}{after}");
                }
            }
            let words = shown.split(|c: char| !c.is_alphanumeric() && !"'-_./=".contains(c));
            let english: Vec<_> = words.filter(|word| ENGLISH.contains(word)).collect();
            if !english.is_empty() || line.starts_with("error") {
                wrong.push(format!("{row:?}: {english:?} in {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
