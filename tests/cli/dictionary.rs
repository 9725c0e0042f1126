//! The user's own dictionary.

use super::*;

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
        assert_eq!((code, err.as_str()), (0, "Imported 1 word.\n"));
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
