//! `vorleser text`: the clean article, and the batch mode that scorers use.

use super::{
    args::{INPUT, ReadArgs, TalkArgs},
    explain::explain,
    input,
    sanitise::{clean, escape_json},
};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::{
    ffi::OsString,
    io::{self, BufRead, Write},
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    time::Instant,
};
use vorleser::{
    Article, Input, extract, read,
    source::{Fetcher, ReadOptions},
};

/// Arguments of `vorleser text`.
#[derive(Debug, Args)]
pub struct TextArgs {
    #[arg(help = INPUT, required_unless_present = "batch")]
    input: Option<OsString>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    talk: TalkArgs,
    /// Print the typed article as JSON
    #[arg(long, conflicts_with_all = ["explain", "batch"])]
    json: bool,
    /// Name every block that was left out, with the reason and how little it looked like text (0 to 1)
    #[arg(long, conflicts_with = "batch")]
    explain: bool,
    /// Read lines `path<TAB>url` from standard input and print one JSON line each
    #[arg(long, conflicts_with = "input")]
    batch: bool,
}

/// Runs the command.
pub fn run(args: &TextArgs) -> Result<()> {
    let Some(given) = &args.input else {
        return batch(args);
    };
    let article = input::article(
        &mut Fetcher::default(),
        &input::named(given)?,
        &args.read,
        &args.talk,
    )?;
    if args.json {
        return input::print_json(&article);
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

/// The first words of a text, on one line.
pub fn start(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(100) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}

#[derive(Serialize)]
struct BatchLine {
    path: String,
    title: Option<String>,
    text: Option<String>,
    ms: f64,
}

/// One JSON line for every line `path<TAB>url`; a page that fails gives a null and does not end the batch.
fn batch(args: &TextArgs) -> Result<()> {
    let mut out = io::stdout().lock();
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let found = page(args, line.trim_ascii_end());
        line.clear();
        let json = serde_json::to_string(&found)?;
        writeln!(out, "{}", escape_json(&json))?;
        out.flush()?;
    }
    Ok(())
}

/// The answer to one line of a batch.
fn page(args: &TextArgs, line: &[u8]) -> BatchLine {
    let mut parts = line.splitn(2, |byte| *byte == b'\t');
    let path = path(parts.next().unwrap_or_default());
    let url = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let options = ReadOptions {
        base_url: url::Url::parse(url.trim()).ok(),
        ..input::read_options(&args.read)
    };
    let start = Instant::now();
    let article = guarded(|| {
        let page = read(&Input::File(path.clone()), &options).ok()?;
        extract(&page, &input::extract_options(&args.read)).ok()
    });
    let text = article.as_ref().map(plain).filter(|text| !text.is_empty());
    BatchLine {
        path: path.to_string_lossy().into_owned(),
        title: article.and_then(|article| article.title),
        text,
        ms: start.elapsed().as_secs_f64() * 1000.0,
    }
}

/// The path that the bytes spell; where paths are text, what is no text is replaced.
fn path(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
    }
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Nothing where `work` panics: a fault of ours costs one page, not all that stand behind it.
fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_costs_one_page() {
        assert_eq!(guarded(|| Some(1)), Some(1));
        assert_eq!(guarded::<u8>(|| panic!("on purpose")), None);
    }
}
