//! What is spoken in its own way: `tests/shapes/<habit>.html` is read as `tests/shapes/<habit>.txt`. The first line of the
//! expectation is the title; then lead and body, one block a line. What is no paragraph says what it is, as in
//! `question: …`; `*…*` is emphasis, `[en: …]` another language.

use proptest::prelude::*;
use similar::TextDiff;
use std::{fs, path::Path};
use vorleser::{
    Article, Block, BlockKind, Boxes, ExtractOptions, Page, Ticker,
    article::{SpanKind, Text},
    extract,
    source::Media,
};

fn shown(text: &Text) -> String {
    let mut marks: Vec<(usize, String)> = Vec::new();
    for span in &text.spans {
        match &span.kind {
            SpanKind::Emphasis => {
                marks.push((span.range.start, "*".to_owned()));
                marks.push((span.range.end, "*".to_owned()));
            }
            SpanKind::Language(tag) => {
                marks.push((span.range.start, format!("[{tag}: ")));
                marks.push((span.range.end, "]".to_owned()));
            }
            SpanKind::Link(_) => {}
        }
    }
    marks.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut out = text.text.clone();
    for (at, mark) in marks {
        out.insert_str(at, &mark);
    }
    out
}

fn line(block: &Block) -> String {
    let text = shown(&block.text);
    match &block.kind {
        BlockKind::Paragraph => text,
        BlockKind::Heading { level } => format!("heading {level}: {}", block.text.text),
        BlockKind::ListItem {
            number: Some(number),
        } => format!("item {number}: {text}"),
        BlockKind::ListItem { number: None } => format!("item: {text}"),
        BlockKind::Quote => format!("quote: {text}"),
        // That a question is bold is known.
        BlockKind::Question if text == format!("*{}*", block.text.text) => {
            format!("question: {}", block.text.text)
        }
        BlockKind::Question => format!("question: {text}"),
        BlockKind::Answer => format!("answer: {text}"),
        BlockKind::TickerEntry => format!("entry: {text}"),
        BlockKind::TableRow => format!("row: {text}"),
        BlockKind::Post => format!("post: {text}"),
        BlockKind::Caption => format!("caption: {text}"),
        BlockKind::Note => format!("note: {text}"),
    }
}

fn lines(article: &Article) -> String {
    let parts: Vec<String> = article
        .title
        .iter()
        .cloned()
        .chain(article.lead.iter().map(shown))
        .chain(article.blocks.iter().map(line))
        .collect();
    parts.join("\n") + "\n"
}

/// Reads `<page>.html` and compares with `<expected>.txt`.
fn check(page: &str, expected: &str, options: &ExtractOptions) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let html = fs::read_to_string(folder.join(page).with_extension("html")).expect("the page");
    let want = fs::read_to_string(folder.join(expected).with_extension("txt")).expect("the lines");
    let page = Page {
        url: None,
        media: Media::Html,
        text: html,
    };
    let got = extract(&page, options)
        .map_or_else(|error| format!("{error}\n"), |article| lines(&article));
    assert!(
        got == want,
        "{expected}:\n{}",
        TextDiff::from_lines(&want, &got)
            .unified_diff()
            .header("expected", "got")
    );
}

macro_rules! habits {
    ($($name:ident),* $(,)?) => {
        $(#[test] fn $name() { check(stringify!($name), stringify!($name), &ExtractOptions::default()); })*
    };
}

habits!(
    interview_bold,
    interview_names,
    interview_line_breaks,
    interview_list,
    interview_quotes,
    interview_headings,
    ticker_paragraphs,
    table_header_only_words,
    state_html,
    state_json_ld,
    bold_is_no_interview,
    ticker_clock_apart,
    ticker_headlines,
    table_small,
    table_large,
    table_layout,
    social_post,
    state_next_data,
);

#[test]
fn every_page_has_its_test() {
    let tests = include_str!("shapes.rs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let files = fs::read_dir(folder).expect("the folder");
    let missing: Vec<String> = files
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned))
        .filter(|habit| {
            !tests.contains(&format!("    {habit},\n")) && !tests.contains(&format!("\"{habit}\""))
        })
        .collect();
    assert!(missing.is_empty(), "no test for {missing:?}");
}

#[test]
fn ticker_in_order() {
    let order = |ticker| ExtractOptions {
        ticker,
        ..ExtractOptions::default()
    };
    check(
        "ticker_clock_apart",
        "ticker_clock_apart",
        &order(Ticker::NewestFirst),
    );
    check(
        "ticker_clock_apart",
        "ticker_oldest",
        &order(Ticker::OldestFirst),
    );
    check(
        "ticker_headlines",
        "ticker_headlines_oldest",
        &order(Ticker::OldestFirst),
    );
}

#[test]
fn boxes_where_they_are_wanted() {
    let place = |boxes| ExtractOptions {
        boxes,
        ..ExtractOptions::default()
    };
    check("info_box", "info_box", &place(Boxes::AtEnd));
    check("info_box", "info_box_inline", &place(Boxes::Inline));
    check("info_box", "info_box_skip", &place(Boxes::Auto));
    check("info_box", "info_box_skip", &place(Boxes::Skip));
}

#[test]
fn hidden_text_that_is_not_free_stays_hidden() {
    let text =
        "Dieser Satz ist lang genug, um zusammen mit sich selbst ein ganzer Artikel zu sein. "
            .repeat(8);
    let state = |free: bool| {
        format!(
            "<html><head><title>Der Preis</title></head><body><div id=app></div>\
             <script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Der Preis\",\
             \"isAccessibleForFree\":{free},\"articleBody\":\"{text}\"}}</script></body></html>"
        )
    };
    let read = |free| {
        let page = Page {
            url: None,
            media: Media::Html,
            text: state(free),
        };
        extract(&page, &ExtractOptions::default())
    };
    assert!(read(true).is_ok_and(|article| lines(&article).contains("ein ganzer Artikel")));
    assert!(read(false).is_err());
}

/// One of the elements that the passes look at, around the text.
fn element(which: usize, text: &str) -> String {
    match which {
        0 => format!("<p><strong>{text}?</strong></p>"),
        1 => format!("<p><b>{text}?</b> {text}</p>"),
        2 => format!("<p>{text}</p>"),
        3 => format!("<p>Name: {text}?</p><p>Anna: {text}</p>"),
        4 => format!("<h3>12:30 Uhr {text}</h3>"),
        5 => format!("<li><time>14:05</time><p>{text}</p></li>"),
        6 => format!("<dl><dt>{text}?</dt><dd>{text}</dd></dl>"),
        7 => format!(
            "<table><tr><th rowspan=3>{text}</th><td colspan=2>{text}</td></tr><tr><td>{text}</td>"
        ),
        8 => format!("<ol start=7 reversed><li>{text}<li value=2>{text}</ol>"),
        9 => format!("<aside><h3>{text}</h3><p>{text}</p></aside>"),
        10 => {
            format!("<blockquote class=twitter-tweet><p>{text}</p>&mdash; {text} (@a)</blockquote>")
        }
        11 => format!("<div class=infobox><h4>{text}</h4>{text}</div>"),
        12 => format!("<div class=liveticker><span>09:30 Uhr</span><p>{text}</p>"),
        _ => format!("</td></tr></table></div>{text}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever is mixed with whatever: no panic, and no word that the page does not hold.
    #[test]
    fn nothing_is_invented(
        parts in prop::collection::vec((0..14usize, "[a-zäöü]{3,9}( [a-zäöü]{3,9}){0,20}\\.?"), 1..30),
        newest: bool,
        inline: bool,
    ) {
        let html: String = parts.iter().fold(String::new(), |page, (which, text)| page + &element(*which, text) + " ");
        let options = ExtractOptions {
            force: true,
            ticker: if newest { Ticker::NewestFirst } else { Ticker::OldestFirst },
            boxes: if inline { Boxes::Inline } else { Boxes::AtEnd },
            ..ExtractOptions::default()
        };
        let page = Page { url: None, media: Media::Html, text: html.clone() };
        if let Ok(article) = extract(&page, &options) {
            for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Note) {
                for word in block.text.text.split(|c: char| !c.is_alphanumeric()) {
                    // The times of a ticker are said as times: `14:05` becomes `14:05 Uhr`.
                    let of_ours = word == "Uhr" && block.kind == BlockKind::TickerEntry;
                    prop_assert!(of_ours || html.contains(word), "{word}");
                }
                for span in &block.text.spans {
                    prop_assert!(block.text.text.get(span.range.clone()).is_some(), "{block:?}");
                }
            }
        }
    }
}
