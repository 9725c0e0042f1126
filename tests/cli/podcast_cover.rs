//! The picture of a podcast, and what its episodes have in common with recordings.

use super::{feed_rules::faults, *};
use std::path::Path;
use vorleser::output::cover::Cover;

const BASE: &str = "https://example.org/";

/// Adds an article to the podcast in `p` and gives the exit code and what was told.
fn add(home: &TempDir, page: &Path, flags: &[&str]) -> (i32, String) {
    let folder = home.path().join("p");
    let mut command = vorleser(home);
    command
        .arg("podcast")
        .arg(folder)
        .args(["add", "-v", "tone", "--base-url", BASE]);
    let (code, _, err) = outcome(command.args(flags).arg(page));
    (code, err)
}

#[test]
fn a_podcast_has_a_cover_and_one_that_directories_refuse_is_told() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE);
    let (code, err) = add(&home, &page, &[]);
    assert_eq!(code, 0, "{err}");
    let folder = home.path().join("p");
    let feed = || fs::read_to_string(folder.join("feed.xml")).unwrap();
    let drawn = || fs::read(folder.join("cover-drawn.png")).unwrap();
    let first = drawn();
    assert!(Cover::new(first.clone()).unwrap().check_for_show().is_ok());
    assert!(
        feed().contains("https://example.org/cover-drawn.png"),
        "{}",
        feed()
    );
    assert!(
        fs::read_to_string(folder.join("index.html"))
            .unwrap()
            .contains("cover-drawn.png")
    );
    assert!(faults(&folder, BASE).is_empty());
    add(&home, &page, &["--title", "Das Wasser"]);
    assert!(drawn() != first, "the title is in the picture");

    let good = Cover::draw_for_show("Mein Bild", None).unwrap().bytes;
    let small = Cover::draw("Mein Bild", None).unwrap().bytes;
    for (name, bytes, words) in [
        (
            "cover.png",
            small,
            Some("600 × 600 pixels; that of a podcast has to be square, with 1400 to 3000"),
        ),
        ("cover.png", good.clone(), None),
        (
            "cover.jpg",
            b"GIF89a".to_vec(),
            Some("has to be a JPEG or a PNG"),
        ),
        ("cover.jpg", good, None),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
        let (code, err) = add(&home, &page, &[]);
        assert_eq!(code, 0, "{err}");
        let warned = err.contains("podcast directories will not take");
        assert!(
            warned == words.is_some() && err.contains(words.unwrap_or("")),
            "{name}: {err}"
        );
        assert!(
            feed().contains(&format!("https://example.org/{name}")),
            "{}",
            feed()
        );
    }
}

#[cfg(feature = "mp3")]
#[test]
fn episodes_have_bit_rate_cover_and_sound_of_flags_and_settings() {
    let home = home();
    let text = server::ARTICLE.replace(
        "</h1>",
        "</h1><h2>Vorab gesagt</h2><p>Das Wasser steigt.</p>",
    );
    let page = file(&home, "a.html", text);
    let sound = || {
        let episodes = home.path().join("p/episodes");
        let name = names(&episodes)
            .into_iter()
            .find(|name| Path::new(name).extension() == Some("mp3".as_ref()));
        let path = episodes.join(name.unwrap());
        let pictures = id3::Tag::read_from_path(&path).unwrap().pictures().count();
        (fs::read(path).unwrap(), pictures)
    };
    add(&home, &page, &[]);
    let (plain, pictures) = sound();
    assert_eq!(pictures, 1);
    let flags = ["--bitrate", "32", "--cover", "none", "--earcon"];
    let (code, err) = add(&home, &page, &flags);
    assert_eq!(code, 0, "{err}");
    let (flagged, pictures) = sound();
    assert_eq!(pictures, 0);
    assert!(
        flagged.len() * 2 < plain.len(),
        "{} {}",
        flagged.len(),
        plain.len()
    );
    add(&home, &page, &["--bitrate", "32", "--cover", "none"]);
    assert!(
        sound().0.len() < flagged.len(),
        "the sound before headings takes time"
    );

    let directory = home.path().join("config/vorleser");
    fs::create_dir_all(&directory).unwrap();
    let settings = "bitrate = 32\ncover = \"none\"\nearcon = true\n";
    fs::write(directory.join("config.toml"), settings).unwrap();
    add(&home, &page, &[]);
    assert!(sound().0 == flagged);
    add(
        &home,
        &page,
        &["--bitrate", "auto", "--cover", "auto", "--no-earcon"],
    );
    assert!(sound().0 == plain);
    // A setting for other formats is no mistake.
    let target = home.path().join("a.wav");
    let mut command = vorleser(&home);
    command
        .args(["render", "-v", "tone"])
        .arg(&page)
        .arg("-o")
        .arg(&target);
    let (code, _, err) = outcome(&mut command);
    assert!(code == 0 && err.contains("--bitrate"), "{code} {err}");
    let (code, err) = add(&home, &page, &["--bitrate", "33"]);
    assert!(code == 2 && err.contains("--bitrate"), "{code} {err}");
}
