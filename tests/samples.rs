//! The samples: every page in `samples/` gives the article and the speech that stand beside it.

use similar::TextDiff;
use std::{
    fs,
    path::{Path, PathBuf},
};
use vorleser::{
    Article, ExtractOptions, NormaliseOptions, Page, Script, extract, normalise, source::Media,
};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name)
}

fn article(name: &str) -> Article {
    let html = fs::read_to_string(folder(name).join("source.html"));
    let media = if html.is_ok() {
        Media::Html
    } else {
        Media::Text
    };
    let text = html
        .or_else(|_| fs::read_to_string(folder(name).join("source.txt")))
        .expect("source.html or source.txt");
    let page = Page {
        url: None,
        media,
        text,
    };
    extract(&page, &ExtractOptions::default()).expect("an article")
}

/// The article as `vorleser text` prints it: title, lead and body, a blank line between blocks.
fn printed(article: &Article) -> String {
    let head = article.title.iter().map(String::as_str);
    let lead = article.lead.iter().map(|text| text.text.as_str());
    let body = article.blocks.iter().map(|block| block.text.text.as_str());
    head.chain(lead)
        .chain(body)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// What is said, one sentence a line.
fn spoken(script: &Script) -> String {
    let mut lines: Vec<(u32, String)> = Vec::new();
    for utterance in &script.utterances {
        match lines.last_mut() {
            Some((sentence, line)) if *sentence == utterance.sentence => {
                line.push(' ');
                line.push_str(&utterance.text);
            }
            _ => lines.push((utterance.sentence, utterance.text.clone())),
        }
    }
    lines
        .into_iter()
        .map(|(_, line)| line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What the ear can tell apart: small letters without punctuation and spaces, and both ways to say 100 and 1000.
fn heard(line: &str) -> String {
    let letters: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
    letters
        .to_lowercase()
        .replace("einhundert", "hundert")
        .replace("eintausend", "tausend")
}

/// Lines of `got` that sound as the expected ones do take their spelling, so that a diff shows only what is heard.
fn as_heard(expected: &str, got: &str) -> String {
    let known: std::collections::HashMap<String, &str> =
        expected.lines().map(|line| (heard(line), line)).collect();
    got.lines()
        .map(|line| known.get(&heard(line)).copied().unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn compare(what: &str, expected: &str, got: &str) -> String {
    let (expected, got) = (expected.trim(), got.trim());
    if expected == got {
        return String::new();
    }
    let diff = TextDiff::from_lines(expected, got);
    format!(
        "{}\n",
        diff.unified_diff()
            .context_radius(0)
            .header(&format!("{what} (expected)"), "got")
    )
}

fn check(name: &str) {
    let read = |file: &str| fs::read_to_string(folder(name).join(file)).expect(file);
    let article = article(name);
    let mut failed = compare("article.txt", &read("article.txt"), &printed(&article));
    let expected = read("spoken.txt");
    let script = normalise(&article, &NormaliseOptions::default());
    failed += &compare(
        "spoken.txt",
        &expected,
        &as_heard(&expected, &spoken(&script)),
    );
    assert!(failed.is_empty(), "samples/{name}:\n{failed}");
}

#[test]
fn portal() {
    check("portal");
}

#[test]
fn regional_interview() {
    check("regional-interview");
}

#[test]
fn blog() {
    check("blog");
}

#[test]
fn ticker() {
    check("ticker");
}

#[test]
fn dump() {
    check("dump");
}

#[test]
fn science_swiss() {
    check("science-swiss");
}

#[test]
fn every_sample_has_its_test() {
    let tests = include_str!("samples.rs");
    let names = fs::read_dir(folder(""))
        .expect("the samples")
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir());
    let missing: Vec<String> = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !tests.contains(&format!("check(\"{name}\")")))
        .collect();
    assert!(missing.is_empty(), "no test for {missing:?}");
}
