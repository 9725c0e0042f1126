//! `vorleser podcast`: a folder that a web server can serve at any moment.

use super::{feed_rules::faults, *};
use std::{collections::BTreeSet, path::Path};

/// An article that is spoken in a few seconds.
fn page(title: &str, address: &str, text: &str) -> String {
    let canonical = match address {
        "" => String::new(),
        address => format!("<link rel=canonical href='{address}'>"),
    };
    format!(
        "<html lang=de><head><meta charset=utf-8><title>{title}</title>{canonical}</head><body><article><h1>{title}</h1>\
         <p>Am Dienstag stieg das Wasser am Pegel, und die Stadt bat alle, zu Hause zu bleiben, bis der Regen nachlässt. \
         {text}</p><h2>Was nun zu tun ist</h2><p>Wer in der Nähe des Flusses wohnt, soll sein Auto in Sicherheit bringen, \
         sagte die Bürgermeisterin am Abend vor dem Rathaus.</p></article></body></html>"
    )
}

/// The program with the podcast's folder and an action.
fn podcast(home: &TempDir, action: &str) -> Command {
    let mut command = vorleser(home);
    command
        .arg("podcast")
        .arg(home.path().join("p"))
        .arg(action);
    if action == "add" {
        command.args(["-v", "tone", "--quiet"]);
    }
    command
}

fn add(home: &TempDir, arguments: &[&str], pages: &[&Path]) {
    let (code, _, err) = outcome(podcast(home, "add").args(arguments).args(pages));
    assert_eq!(code, 0, "{err}");
}

fn list(home: &TempDir) -> Vec<serde_json::Value> {
    let (code, out, err) = outcome(podcast(home, "list").arg("--json"));
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).expect("JSON")
}

fn of<'a>(episodes: &'a [serde_json::Value], key: &str) -> Vec<&'a str> {
    episodes
        .iter()
        .map(|episode| episode[key].as_str().unwrap())
        .collect()
}

fn feed(home: &TempDir) -> String {
    fs::read_to_string(home.path().join("p/feed.xml")).expect("the feed")
}

#[test]
fn a_folder_holds_all_that_players_and_people_need() {
    let home = home();
    let first = file(
        &home,
        "a.html",
        page("Der Pegel steigt", "https://a.example/1#x", "Es regnet."),
    );
    let second = file(
        &home,
        "b.html",
        page(
            "Der Pegel fällt",
            "https://a.example/2",
            "Die Sonne scheint.",
        ),
    );
    add(&home, &[], &[&first]);
    let folder = home.path().join("p");
    // Without an address there can be no feed, but the page is there.
    assert!(folder.join("index.html").is_file() && !folder.join("feed.xml").exists());
    add(
        &home,
        &["--base-url", "https://example.org/vor"],
        &[&second],
    );
    let faults = faults(&folder, "https://example.org/vor/");
    assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), feed(&home));

    let episodes = list(&home);
    assert_eq!(
        of(&episodes, "title"),
        ["Der Pegel fällt", "Der Pegel steigt"]
    );
    assert_eq!(
        of(&episodes, "url"),
        ["https://a.example/2", "https://a.example/1#x"]
    );
    let (_, out, _) = outcome(&mut podcast(&home, "list"));
    assert!(
        out.starts_with(of(&episodes, "name")[0]) && out.contains("Der Pegel fällt"),
        "{out}"
    );

    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    let place = |text: &str| {
        index
            .find(text)
            .unwrap_or_else(|| panic!("{text} in {index}"))
    };
    assert!(place("Der Pegel fällt</a>") < place("Der Pegel steigt</a>"));
    let of_file = |ending: &str| {
        let path = folder
            .join("episodes")
            .join(format!("{}.{ending}", of(&episodes, "name")[0]));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    assert!(of_file("vtt").starts_with("WEBVTT\n"));
    assert!(of_file("srt").contains("Die Sonne scheint."));
    assert!(of_file("transcript.html").contains("Die Sonne scheint."));
    assert!(of_file("chapters.json").contains("Was nun zu tun ist"));
    let player = of_file("html");
    assert!(
        player.contains("Die Sonne scheint.</a>") && player.contains("default-src 'none'"),
        "{player}"
    );
    assert!(!player.contains("src=\"http"), "{player}");
    // The state has all but the sound.
    let name = of(&episodes, "name")[0];
    for ending in ["mp3", "opus", "html"] {
        let _ = fs::remove_file(folder.join(format!("episodes/{name}.{ending}")));
    }
    let (code, _, err) = outcome(podcast(&home, "update").args(["--title", "Fluss & Meer"]));
    assert_eq!((code, list(&home).len()), (0, 2), "{err}");
    assert_eq!(
        of_file("html").replace("Fluss &amp; Meer", "Vorgelesen"),
        player
    );
    assert!(feed(&home).contains("<title>Fluss &amp; Meer</title>"));
}

#[test]
fn the_same_article_again_is_the_same_episode() {
    let home = home();
    let old = file(
        &home,
        "a.html",
        page("Der Pegel steigt", "https://a.example/1", "Es regnet."),
    );
    add(&home, &["--base-url", "https://example.org/"], &[&old]);
    let before = list(&home);
    let other = file(
        &home,
        "other.html",
        page("Ein anderer", "https://a.example/2", "Es schneit."),
    );
    add(&home, &[], &[&other]);
    // From another file and with another headline, but with the address that it says is its own.
    let new = file(
        &home,
        "b.html",
        page(
            "Der Pegel stieg",
            "https://a.example/1",
            "Nun scheint die Sonne.",
        ),
    );
    add(&home, &[], &[&new]);
    let after = list(&home);
    assert_eq!(of(&after, "title"), ["Ein anderer", "Der Pegel stieg"]);
    for key in ["guid", "name", "added"] {
        assert_eq!(before[0][key], after[1][key], "{key}");
    }
    let folder = home.path().join("p");
    let faults = faults(&folder, "https://example.org/");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let name = of(&after, "name")[1];
    let player = fs::read_to_string(folder.join(format!("episodes/{name}.html"))).unwrap();
    assert!(
        player.contains("Nun scheint die Sonne.") && !player.contains("Es regnet."),
        "{player}"
    );

    // A page without an address: the same file with the same headline is the same, with another headline it is not.
    for (title, count) in [("Heute", 3), ("Heute", 3), ("Morgen", 4)] {
        let plain = file(
            &home,
            "plain.html",
            page(title, "", "Ein Satz für den Tag."),
        );
        add(&home, &[], &[&plain]);
        assert_eq!(list(&home).len(), count, "{title}");
    }
}

#[test]
fn episodes_go_with_their_files_and_no_others() {
    let home = home();
    let pages: Vec<_> = (1..=4)
        .map(|n| {
            let text = page(
                &format!("Tag {n}"),
                &format!("https://a.example/{n}"),
                "Es regnet.",
            );
            file(&home, &format!("{n}.html"), text)
        })
        .collect();
    let paths: Vec<&Path> = pages.iter().map(PathBuf::as_path).collect();
    add(&home, &["--base-url", "https://example.org/"], &paths[..3]);
    let folder = home.path().join("p");
    let all = names(&folder.join("episodes"));
    assert_eq!(all.len(), 3 * 7, "{all:?}");
    let own = folder.join("episodes/mein.txt");
    fs::write(&own, "mine").unwrap();

    let (code, _, err) = outcome(podcast(&home, "remove").args(["https://a.example/2", "niemand"]));
    assert!(
        code == 1 && err.contains("niemand") && err.contains("hint: "),
        "{code} {err}"
    );
    assert_eq!(list(&home).len(), 3);
    let (code, _, err) = outcome(podcast(&home, "remove").arg("https://a.example/2"));
    assert!(code == 0 && err.contains("Tag 2"), "{code} {err}");
    assert_eq!(of(&list(&home), "title"), ["Tag 3", "Tag 1"]);

    let (code, _, err) = outcome(
        vorleser(&home)
            .arg("podcast")
            .arg(&folder)
            .args(["add", "-v", "tone", "--keep", "2"])
            .arg(paths[3]),
    );
    assert!(code == 0 && err.contains("Removed tag-1"), "{code} {err}");
    let left = list(&home);
    assert_eq!(of(&left, "title"), ["Tag 4", "Tag 3"]);
    let kept = names(&folder.join("episodes"));
    assert_eq!(kept.len(), 2 * 7 + 1, "{kept:?}");
    assert!(own.exists() && !feed(&home).contains("Tag 1"));
    let faults = faults(&folder, "https://example.org/");
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let left = of(&left, "name").into_iter().map(str::to_owned);
    let (code, _, err) = outcome(podcast(&home, "remove").args(left));
    assert_eq!(code, 0, "{err}");
    assert_eq!(names(&folder.join("episodes")), ["mein.txt"]);
    assert!(
        fs::read_to_string(folder.join("index.html"))
            .unwrap()
            .contains("Noch keine Folge")
    );
}

#[test]
fn hostile_text_stays_text() {
    let home = home();
    let titles = [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "]]&gt; &lt;!-- -- &amp;amp; &quot;&#39;",
        "&lt;/title&gt;&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;",
        "../../etc/passwd",
        "\u{202e}umgedreht \u{fffe}\u{1b}[31m",
        "🎧 Hören 🎧",
    ];
    let long = "Wort ".repeat(60);
    let titles: Vec<&str> = titles.into_iter().chain([long.as_str()]).collect();
    let pages: Vec<_> = (titles.iter().enumerate())
        .map(|(n, title)| {
            let text = page(
                title,
                "javascript:alert(1)",
                "Ein <b>Satz</b> mit &lt;b&gt;Zeichen&lt;/b&gt; &amp; mehr.",
            );
            file(&home, &format!("{n}.html"), text)
        })
        .collect();
    let paths: Vec<&Path> = pages.iter().map(PathBuf::as_path).collect();
    add(
        &home,
        &[
            "--base-url",
            "https://example.org/",
            "--title",
            "<b>\"Böse\" & 'gut'</b>",
            "--force",
        ],
        &paths,
    );
    let folder = home.path().join("p");
    let faults = faults(&folder, "https://example.org/");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(list(&home).len(), titles.len());
    let parsed = feed(&home);
    let parsed = roxmltree::Document::parse(&parsed).unwrap();
    let read: Vec<_> = parsed
        .descendants()
        .filter(|n| n.has_tag_name("title"))
        .map(|n| n.text().unwrap_or(""))
        .collect();
    assert_eq!(read[0], "<b>\"Böse\" & 'gut'</b>");
    assert!(read.contains(&"<script>alert(1)</script>"), "{read:?}");
    let mut wrong = Vec::new();
    for name in names(&folder.join("episodes")) {
        let safe = name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.');
        if !safe || name.len() > 140 {
            wrong.push(format!("the name {name}"));
        }
        if Path::new(&name).extension() == Some("html".as_ref()) {
            let text = fs::read_to_string(folder.join("episodes").join(&name)).unwrap();
            let scripts = text.matches("<script").count();
            if scripts > 1
                || text.contains("<img")
                || text.contains("<b>")
                || text.contains("javascript:")
            {
                wrong.push(format!("{name}: {text}"));
            }
        }
    }
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    if index.contains("<script") || index.contains("<img src=x") || index.contains("<b>") {
        wrong.push(index);
    }
    let (_, out, _) = outcome(&mut podcast(&home, "list"));
    if out.contains('\u{1b}') || out.contains('\u{202e}') {
        wrong.push(out);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_runs_at_once_lose_nothing() {
    let home = home();
    let pages: Vec<_> = (0..6)
        .map(|n| {
            let text = page(
                &format!("Lauf {n}"),
                &format!("https://a.example/{n}"),
                "Es regnet.",
            );
            file(&home, &format!("{n}.html"), text)
        })
        .collect();
    std::thread::scope(|scope| {
        for half in pages.chunks(2) {
            let home = &home;
            scope.spawn(move || {
                let paths: Vec<&Path> = half.iter().map(PathBuf::as_path).collect();
                add(home, &["--base-url", "https://example.org/"], &paths);
            });
        }
    });
    let episodes = list(&home);
    let titles: BTreeSet<_> = of(&episodes, "title").into_iter().collect();
    assert_eq!(titles.len(), 6, "{titles:?}");
    let folder = home.path().join("p");
    let faults = faults(&folder, "https://example.org/");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let left = names(&folder.join("episodes"));
    assert_eq!(left.len(), 6 * 7, "{left:?}");
}

#[test]
fn what_cannot_be_done_is_told() {
    let home = home();
    let good = file(&home, "a.html", page("Der Pegel steigt", "", "Es regnet."));
    let (code, _, err) = outcome(&mut podcast(&home, "list"));
    assert!(
        code == 1 && err.contains("is no podcast folder") && err.contains("hint: "),
        "{code} {err}"
    );

    // One that fails does not stop the others.
    let missing = home.path().join("missing.html");
    let (code, _, err) = outcome(podcast(&home, "add").args([&missing, &good]));
    assert!(
        code == 1 && err.contains("missing.html") && err.contains("1 of 2 failed"),
        "{code} {err}"
    );
    assert_eq!(list(&home).len(), 1);
    let (code, _, _) = outcome(podcast(&home, "add").arg(&missing));
    assert_eq!(code, 2, "a single one fails as a command does");

    // A page of something else is not written over.
    let folder = home.path().join("site");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("index.html"), "mine").unwrap();
    let (code, _, err) = outcome(
        vorleser(&home)
            .arg("podcast")
            .arg(&folder)
            .args(["add", "-v", "tone"])
            .arg(&good),
    );
    assert!(
        code == 1 && err.contains("index.html") && err.contains("hint: "),
        "{code} {err}"
    );
    assert_eq!(fs::read(folder.join("index.html")).unwrap(), b"mine");

    // A state or settings that are broken are named, and nothing is dropped from the feed in silence.
    let settings = home.path().join("p/podcast.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, "titel = 1").unwrap();
    let (code, _, err) = outcome(&mut podcast(&home, "update"));
    assert!(code == 1 && err.contains("podcast.toml"), "{code} {err}");
    fs::write(&settings, text).unwrap();
    fs::write(home.path().join("p/episodes/x.json"), "{}").unwrap();
    let (code, _, err) = outcome(&mut podcast(&home, "update"));
    assert!(code == 1 && err.contains("x.json"), "{code} {err}");
    check(&[
        (&["podcast", "p", "add"], 2, &["INPUT"]),
        (
            &["podcast", "p", "update", "--base-url", "ftp://x"],
            2,
            &["https://example.org/podcast/"],
        ),
        (&["podcast", "p", "add", "a", "--keep", "0"], 2, &["--keep"]),
    ]);
}

#[test]
fn the_settings_file_counts_for_add_and_flags_win() {
    let home = home();
    let good = file(&home, "a.html", page("Der Pegel steigt", "", "Es regnet."));
    fs::create_dir_all(home.path().join("config/vorleser")).unwrap();
    fs::write(
        home.path().join("config/vorleser/config.toml"),
        "voice = \"nobody\"\n",
    )
    .unwrap();
    let run = |flags: &[&str]| {
        let folder = home.path().join("p");
        outcome(
            vorleser(&home)
                .arg("podcast")
                .arg(folder)
                .arg("add")
                .args(flags)
                .arg(&good),
        )
    };
    let (code, _, err) = run(&[]);
    assert!(code == 5 && err.contains("nobody"), "{code} {err}");
    let (code, _, err) = run(&["-v", "tone"]);
    assert_eq!(code, 0, "{err}");
}

/// A folder that nobody may write to. Root may write anywhere, so there it is one that cannot be: below a file.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told_before_anything_is_spoken() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = home();
    let good = file(&home, "a.html", page("Der Pegel steigt", "", "Es regnet."));
    let run = |folder: &Path| {
        outcome(
            vorleser(&home)
                .arg("podcast")
                .arg(folder)
                .args(["add", "-v", "tone"])
                .arg(&good),
        )
    };
    let (code, _, err) = run(&good.join("p"));
    assert!(
        code == 1 && err.contains("cannot write to") && err.contains("hint: "),
        "{code} {err}"
    );

    add(&home, &["--base-url", "https://example.org/"], &[&good]);
    let folder = home.path().join("p");
    let before = (names(&folder.join("episodes")), feed(&home));
    let lock = |mode| {
        for path in [folder.clone(), folder.join("episodes")] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    lock(0o555);
    let writable = fs::write(folder.join("probe"), "").is_ok();
    let (code, _, err) = run(&folder);
    lock(0o755);
    if !writable {
        assert!(code == 1 && err.contains("cannot write to"), "{code} {err}");
        assert_eq!(before, (names(&folder.join("episodes")), feed(&home)));
    }
}
