//! `vorleser text`: the clean article, and the batch mode that scorers use.

use super::{InputArgs, input, report::Usage, sanitise::clean};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::{
    fmt::Write as _,
    io::{self, BufRead, Write},
    path::Path,
    time::Instant,
};
use vorleser::{Article, BlockKind, ExtractOptions, Input, extract, read, source::ReadOptions};

/// Arguments of `vorleser text`.
#[derive(Debug, Args)]
pub struct TextArgs {
    #[command(flatten)]
    input: Option<InputArgs>,
    /// Print the typed article as JSON
    #[arg(long, conflicts_with_all = ["explain", "batch"])]
    json: bool,
    /// Name every block that was left out, with the reason
    #[arg(long, conflicts_with = "batch")]
    explain: bool,
    /// Read lines `path<TAB>url` from standard input and print one JSON line each
    #[arg(long, conflicts_with = "input")]
    batch: bool,
}

/// Runs the command.
pub fn run(args: &TextArgs) -> Result<()> {
    if args.batch {
        return batch();
    }
    let Some(given) = &args.input else {
        return Err(Usage("an INPUT or --batch is needed".into()).into());
    };
    let article = input::article(given)?;
    if args.json {
        return input::print(&format!("{}\n", serde_json::to_string_pretty(&article)?));
    }
    if args.explain {
        return input::print(&clean(&explain(&article)));
    }
    input::print(&clean(&format!("{}\n", plain(&article))))
}

/// Title, lead and body, a blank line between blocks.
fn plain(article: &Article) -> String {
    let head = article.title.iter().map(String::as_str);
    let lead = article.lead.iter().map(|text| text.text.as_str());
    let body = article.blocks.iter().map(|block| block.text.text.as_str());
    head.chain(lead)
        .chain(body)
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn explain(article: &Article) -> String {
    let mut out = String::new();
    for line in &article.evidence {
        let _ = writeln!(out, "head: {line}");
    }
    for block in &article.blocks {
        let kind = match &block.kind {
            BlockKind::Heading { level } => format!("heading {level}"),
            other => format!("{other:?}").to_lowercase(),
        };
        let _ = writeln!(out, "read ({kind}): {}", start(&block.text.text));
    }
    for dropped in &article.dropped {
        let _ = writeln!(
            out,
            "left out ({}) at {}: {}",
            dropped.reason,
            dropped.origin,
            start(&dropped.text)
        );
    }
    out
}

/// The first words of a text, on one line.
fn start(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(100) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}

#[derive(Serialize)]
struct BatchLine<'a> {
    path: &'a str,
    title: Option<String>,
    text: Option<String>,
    ms: f64,
}

/// One JSON line for every line `path<TAB>url`; a page that fails gives a null and does not end the batch.
fn batch() -> Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (path, url) = line.split_once('\t').unwrap_or((&line, ""));
        let start = Instant::now();
        let options = ReadOptions {
            base_url: url::Url::parse(url).ok(),
            ..ReadOptions::default()
        };
        let article = read(&Input::File(Path::new(path).to_path_buf()), &options)
            .ok()
            .and_then(|page| extract(&page, &ExtractOptions::default()).ok());
        let text = article.as_ref().map(plain).filter(|text| !text.is_empty());
        let found = BatchLine {
            path,
            title: article.and_then(|article| article.title),
            text,
            ms: start.elapsed().as_secs_f64() * 1000.0,
        };
        serde_json::to_writer(&mut out, &found)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}
