//! The reading list and the clipboard.

use super::*;
use serde_json::Value;

/// An article under another headline.
fn article(home: &TempDir, name: &str, title: &str) -> String {
    let text = server::ARTICLE.replace("Der Fluss steigt", title);
    file(home, name, text).display().to_string()
}

/// A device of ALSA that swallows everything.
fn with_a_null_device(home: &TempDir) -> Command {
    let config = file(
        home,
        "null.conf",
        "pcm.!default { type null }\nctl.!default { type null }\n",
    );
    let mut command = vorleser(home);
    command.env("ALSA_CONFIG_PATH", config);
    command
}

fn queue(home: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    outcome(vorleser(home).arg("queue").args(arguments))
}

/// Titles in order, and whether each was heard.
fn listed(home: &TempDir) -> Vec<(String, bool)> {
    let (code, out, err) = queue(home, &["list", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let entries: Vec<Value> = serde_json::from_str(&out).expect("JSON");
    let entry = |entry: &Value| {
        let title = entry["title"].as_str().expect("a title").to_owned();
        (title, !entry["heard"].is_null())
    };
    entries.iter().map(entry).collect()
}

#[test]
fn articles_are_kept_in_order_without_their_pages() {
    let home = home();
    assert_eq!(queue(&home, &["list"]).1, "The reading list is empty.\n");
    let one = article(&home, "1.html", "Eins steht hier");
    let two = article(&home, "2.html", "Zwei steht hier");
    let (code, out, err) = queue(&home, &["add", &one, "/no/such/file", &two]);
    assert_eq!((code, out.as_str()), (1, ""));
    for line in [
        "Added as number 1: Eins steht hier\n",
        "Added as number 2: Zwei steht hier\n",
        "error: /no/such/file: ",
        "error: 1 of 3 failed\n",
    ] {
        assert!(err.contains(line), "{line} is not in\n{err}");
    }
    // The same article again is fetched anew and stays where it is.
    article(&home, "1.html", "Eins ist neu");
    assert_eq!(
        queue(&home, &["add", &one]).2,
        "Added as number 1: Eins ist neu\n"
    );
    fs::remove_file(&one).unwrap();
    fs::remove_file(&two).unwrap();
    let (_, out, _) = queue(&home, &["list"]);
    assert_eq!(out, "1. Eins ist neu\n2. Zwei steht hier\n");
    assert_eq!(queue(&home, &["remove", "1"]).2, "Removed: Eins ist neu\n");
    let (code, _, err) = queue(&home, &["remove", "2"]);
    assert!(code == 2 && err.contains("the reading list has 1"), "{err}");
    assert_eq!(listed(&home), [("Zwei steht hier".to_owned(), false)]);
    let left = names(&home.path().join("state/vorleser/queue"));
    assert_eq!(left, ["1.article.json", "list.json", "lock"]);
    assert_eq!(queue(&home, &["clear"]).2, "Removed 1 article.\n");
    assert_eq!(listed(&home), []);
}

#[test]
fn what_was_heard_is_remembered_and_the_next_one_follows() {
    if !vorleser::output::playback::BUILT_IN {
        return;
    }
    let home = home();
    for (name, title) in [("1.html", "Eins steht hier"), ("2.html", "Zwei steht hier")] {
        queue(&home, &["add", &article(&home, name, title)]);
    }
    // Without a sound device nothing was heard.
    let (code, _, err) = queue(&home, &["play", "-v", "tone"]);
    assert!(code == 1 && err.contains("sound device"), "{err}");
    assert!(listed(&home).iter().all(|(_, heard)| !heard));
    let (code, _, err) = outcome(with_a_null_device(&home).args(["queue", "play", "-v", "tone"]));
    if err.contains("no sound device") {
        eprintln!("skipped: ALSA has no null device here");
        return;
    }
    assert_eq!(
        (code, err.as_str()),
        (0, "Reading: Eins steht hier\nReading: Zwei steht hier\n")
    );
    assert!(listed(&home).iter().all(|(_, heard)| *heard));
    assert_eq!(
        queue(&home, &["list"]).1,
        "1. Eins steht hier (heard)\n2. Zwei steht hier (heard)\n"
    );
    let again = outcome(with_a_null_device(&home).args(["queue", "play", "-v", "tone"]));
    assert!(
        again.0 == 0 && again.2.starts_with("There is nothing"),
        "{again:?}"
    );
    assert_eq!(
        queue(&home, &["clear", "--heard"]).2,
        "Removed 2 articles.\n"
    );
}

#[test]
fn two_runs_at_once_lose_nothing() {
    let home = home();
    let pages: Vec<_> = (0..8)
        .map(|n| {
            article(
                &home,
                &format!("{n}.html"),
                &format!("Artikel {n} steht hier"),
            )
        })
        .collect();
    std::thread::scope(|scope| {
        for page in &pages {
            let home = &home;
            scope.spawn(move || assert_eq!(queue(home, &["add", page]).0, 0));
        }
    });
    assert_eq!(listed(&home).len(), 8);
}

#[test]
fn a_damaged_list_is_told_and_not_overwritten() {
    let home = home();
    let page = article(&home, "1.html", "Eins steht hier");
    queue(&home, &["add", &page]);
    let list = home.path().join("state/vorleser/queue/list.json");
    fs::write(&list, "{\"next\":1,\"entr").unwrap();
    let (code, _, err) = queue(&home, &["add", &page]);
    assert!(code == 1 && err.contains("is damaged"), "{err}");
    assert_eq!(fs::read_to_string(&list).unwrap(), "{\"next\":1,\"entr");
}

#[test]
fn a_machine_without_a_clipboard_says_so() {
    check(&[(
        &["clip"],
        1,
        &["error: ", "clipboard", "hint: ", "vorleser -"],
    )]);
}

/// Needs Xvfb, xclip and a device to play on; `.ci/run` has them.
#[test]
#[ignore = "needs an X server, xclip and a sound device"]
fn the_clipboard_is_read_out() {
    use std::process::{Command as Process, Stdio};
    let home = home();
    let text = "Der Fluss steigt\n\nDer Pegel ist in der Nacht um einen Meter gestiegen, teilte die Stadt mit. Verletzt wurde bisher \
                niemand, sagte eine Sprecherin der Feuerwehr am Morgen.\n";
    let address = format!("{}/article", server::serve());
    for (copied, said) in [
        (text, "Reading: Der Fluss steigt\n"),
        (address.as_str(), "Reading the address http://"),
    ] {
        let given = file(&home, "copied", copied);
        let copied = Process::new("xclip")
            .args(["-selection", "clipboard", "-i"])
            .arg(&given)
            .stdout(Stdio::null())
            .status()
            .expect("xclip");
        assert!(copied.success());
        let display = std::env::var("DISPLAY").expect("an X server");
        let (code, _, err) = outcome(
            with_a_null_device(&home)
                .env("DISPLAY", display)
                .args(["clip", "-v", "tone"]),
        );
        assert!(code == 0 && err.contains(said), "{code} {err}");
    }
}
