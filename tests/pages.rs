//! Articles on several pages are read as one.

mod server;

use assert_cmd::Command;

fn text(path: &str) -> String {
    let output = Command::cargo_bin("vorleser")
        .expect("the program")
        .args(["text", &format!("{}{path}", server::serve())])
        .output()
        .expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn three_pages_are_one_article() {
    let text = text("/weg");
    let places: Vec<_> = [
        "am Hafen und führt",
        "Teil 1",
        "die Kraniche",
        "Teil 2",
        "Haus des Wärters",
        "Teil 3",
    ]
    .iter()
    .map(|words| text.find(words))
    .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{text}"
    );
    for once in ["Der lange Weg", "braucht drei Stunden"] {
        assert_eq!(text.matches(once).count(), 1, "{once} in {text}");
    }
    assert!(!text.contains("weiteren Seiten"), "{text}");
}

#[test]
fn an_article_without_end_is_bounded_and_says_so() {
    let text = text("/endlos");
    assert_eq!(
        text.matches("Dies ist die Seite").count(),
        vorleser::extract::MAX_PAGES
    );
    assert!(text.contains("weiteren Seiten"), "{text}");
}
