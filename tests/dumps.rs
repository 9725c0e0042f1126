//! Plain-text dumps of pages: every `tests/dumps/<name>.txt` is read as `<name>.expected.txt` says.

use similar::TextDiff;
use std::{fmt::Write as _, fs, path::Path};
use vorleser::{Article, BlockKind, ExtractOptions, Page, extract, source::Media};

/// An article in the form of the expected files: the head by name, then one block a line with its mark.
fn shown(article: &Article) -> String {
    let mut out = String::new();
    let mut head = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    head("kicker", article.kicker.clone());
    head("title", article.title.clone());
    for lead in &article.lead {
        head("lead", Some(lead.text.clone()));
    }
    head(
        "authors",
        (!article.authors.is_empty()).then(|| article.authors.join(", ")),
    );
    let moment = |moment: vorleser::article::Moment| match moment.time {
        Some(time) => format!("{} {}", moment.date, time.strftime("%H:%M")),
        None => moment.date.to_string(),
    };
    head("published", article.published.map(moment));
    head("updated", article.updated.map(moment));
    out.push('\n');
    for block in &article.blocks {
        let text = &block.text.text;
        let _ = match &block.kind {
            BlockKind::Heading { level } => writeln!(out, "{} {text}", "#".repeat((*level).into())),
            BlockKind::ListItem {
                number: Some(number),
            } => writeln!(out, "{number}. {text}"),
            BlockKind::ListItem { number: None } => writeln!(out, "- {text}"),
            BlockKind::Quote => writeln!(out, "> {text}"),
            BlockKind::Question => writeln!(out, "? {text}"),
            BlockKind::Answer => writeln!(out, "! {text}"),
            BlockKind::TickerEntry => writeln!(out, "@ {text}"),
            BlockKind::TableRow => writeln!(out, "| {text}"),
            BlockKind::Paragraph => writeln!(out, "{text}"),
            other => writeln!(out, "{other:?} {text}"),
        };
    }
    out
}

fn page(text: String) -> Page {
    Page {
        url: None,
        media: Media::Text,
        text,
    }
}

#[test]
fn every_dump_is_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dumps");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder of dumps")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".txt")?.to_owned()))
        .filter(|name| !name.ends_with(".expected"))
        .collect();
    names.sort();
    assert!(names.len() >= 12, "only {} dumps", names.len());
    let mut failed = String::new();
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}.txt"))).expect("a dump");
        let expected = fs::read_to_string(folder.join(format!("{name}.expected.txt")))
            .unwrap_or_else(|_| panic!("{name}.expected.txt is missing"));
        let article = match extract(&page(text), &ExtractOptions::default()) {
            Ok(article) => article,
            Err(error) => {
                let _ = writeln!(failed, "--- {name}: {error}");
                continue;
            }
        };
        let got = shown(&article);
        if got.trim() != expected.trim() {
            let diff = TextDiff::from_lines(expected.trim(), got.trim());
            let diff = diff
                .unified_diff()
                .context_radius(1)
                .header("expected", "got")
                .to_string();
            let _ = writeln!(failed, "=== {name}\n{diff}\ndropped:");
            for dropped in &article.dropped {
                let _ = writeln!(
                    failed,
                    "  {} [{}] {}",
                    dropped.origin, dropped.reason, dropped.text
                );
            }
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

/// Letters and digits only, so that joined lines compare.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Everything of the article that is read or shown.
fn texts(article: &Article) -> Vec<&str> {
    let head = [&article.kicker, &article.title]
        .into_iter()
        .flatten()
        .map(String::as_str);
    head.chain(article.lead.iter().map(|text| text.text.as_str()))
        .chain(article.authors.iter().map(String::as_str))
        .chain(article.blocks.iter().map(|block| block.text.text.as_str()))
        .collect()
}

/// Lines of dumps, shuffled, cut and strewn with what pages hold.
fn dump() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let line = prop_oneof![
        3 => "[A-ZÄÖÜ][a-zäöüß]{2,9}( [A-Za-zäöüß]{2,12}){0,20}[.!?]?",
        1 => "[A-Z][a-z]{2,8}([A-Z][a-z]{2,8}){1,6}",
        1 => Just("Aktualisiert am 25.05.2024Lesedauer: 2 Min.".to_owned()),
        1 => Just("Von Jana Wirth".to_owned()),
        1 => Just("Kommentare".to_owned()),
        1 => Just("Mehr zum Thema".to_owned()),
        1 => Just("14.32 Uhr: Es regnet".to_owned()),
        1 => Just("# Eine Überschrift *mit* [Verweis](https://example.org)".to_owned()),
        1 => "[•*>|#\\-0-9. \\[\\]`_]{0,6}\\PC{0,30}",
        1 => Just(String::new()),
    ];
    proptest::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

/// A text without what a browser takes for tags.
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match out.rfind('<').filter(|_| c == '>') {
            Some(open) => out.truncate(open),
            None => out.push(c),
        }
    }
    out
}

#[test]
fn a_bracketed_number_within_a_word_is_part_of_it() {
    let text = "3[0]એA\n14.32 Uhr: Es regnet".to_owned();
    let article = extract(&page(text), &ExtractOptions::default()).expect("an article");
    assert_eq!(texts(&article).join("|"), "3[0]એA|14.32 Uhr: Es regnet");
}

#[test]
fn a_break_in_markdown_keeps_words_apart() {
    let text = "# Fahrplan\n\nErste Zeile<br>zweite <b>Zei</b>le.\n".to_owned();
    let article = extract(&page(text), &ExtractOptions::default()).expect("an article");
    assert_eq!(
        texts(&article).join("|"),
        "Fahrplan|Erste Zeile zweite Zeile."
    );
}

proptest::proptest! {
    #[test]
    fn nothing_is_read_that_the_dump_does_not_hold(text in dump()) {
        let Ok(article) = extract(&page(text.clone()), &ExtractOptions::default()) else { return Ok(()) };
        // In Markdown a tag within a word, such as `Wort<b>teil</b>`, is no part of it.
        let source = letters(&text) + "\n" + &letters(&without_tags(&text));
        for text in texts(&article) {
            for word in text.split(|c: char| !c.is_alphanumeric()) {
                proptest::prop_assert!(source.contains(word) || word.len() <= 4, "{word} is not in the dump");
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "(\\PC|\n|\t){0,300}") {
        let _ = extract(&page(text), &ExtractOptions::default());
    }
}

#[test]
fn a_text_without_a_trace_of_a_page_is_kept_whole() {
    let text = "Erste Zeile\nzweite Zeile\n\nDritte Zeile, die ein ganzer Satz ist.\nVierte";
    let article = extract(&page(text.to_owned()), &ExtractOptions::default()).expect("an article");
    assert_eq!(letters(&texts(&article).concat()), letters(text));
    assert_eq!(article.dropped, []);
}

#[test]
fn every_line_is_read_or_dropped_with_its_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dumps");
    for name in [
        "portal_dump",
        "swiss_regional",
        "ticker_dump",
        "tabloid_no_blanks",
        "blog_dump",
    ] {
        let text = fs::read_to_string(folder.join(format!("{name}.txt"))).expect("a dump");
        let article = extract(&page(text.clone()), &ExtractOptions::default()).expect("an article");
        let read = letters(&texts(&article).concat());
        let dropped: Vec<String> = article
            .dropped
            .iter()
            .map(|dropped| letters(&dropped.text))
            .collect();
        for line in text.lines().map(letters).filter(|line| !line.is_empty()) {
            assert!(
                read.contains(&line) || dropped.contains(&line),
                "{name}: {line} is lost"
            );
        }
        assert!(
            article
                .dropped
                .iter()
                .all(|dropped| !dropped.reason.is_empty() && dropped.origin.starts_with("line "))
        );
    }
}

/// Found by libFuzzer: the head of a mail without a text is no reason to panic.
#[test]
fn a_head_without_a_text_is_no_panic() {
    let head = "Von:\nBetreff:\ntags:";
    for force in [false, true] {
        let options = ExtractOptions {
            force,
            ..ExtractOptions::default()
        };
        if let Ok(article) = extract(&page(head.to_owned()), &options) {
            assert!(texts(&article).iter().all(|text| head.contains(text)));
        }
    }
}

#[test]
fn no_words_and_nothing_but_frame_are_no_article() {
    for text in [
        "",
        "\n \n",
        "***\n---\n",
        "Menü\nSuche\nLogin\nLoading...\n",
    ] {
        assert!(
            extract(&page(text.to_owned()), &ExtractOptions::default()).is_err(),
            "{text:?}"
        );
    }
}

#[test]
fn five_megabytes_take_time_in_proportion() {
    let block = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dumps/portal_dump.txt"),
    )
    .expect("a dump");
    let time = |text: String| {
        let start = std::time::Instant::now();
        let _ = extract(&page(text), &ExtractOptions::default());
        start.elapsed().as_secs_f64()
    };
    let shapes: [&dyn Fn(usize) -> String; 5] = [
        &|n| block.repeat(n / block.len()),
        &|n| "a".repeat(n),
        &|n| "Wort ".repeat(n / 5),
        &|n| "> ".repeat(n / 2),
        &|n| "[Titel\n".repeat(n / 7),
    ];
    for (shape, text) in shapes.iter().enumerate() {
        let (small, large) = (time(text(500_000)), time(text(5_000_000)));
        // Ten times the text; quadratic would take a hundred times as long.
        assert!(
            large < 30.0 * small.max(0.02),
            "shape {shape}: {small:.3} s for 0.5 MB, {large:.3} s for 5 MB"
        );
    }
}
