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
