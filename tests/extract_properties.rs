//! What holds for every page, however broken or hostile: nothing is invented, nothing is dropped in silence, no input
//! panics, and the time grows with the size of the page and no faster.

use proptest::{prelude::*, sample::Index};
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
    time::{Duration, Instant},
};
use vorleser::{
    Article, BlockKind, ExtractOptions, Input, Page,
    article::{Claim, Evidence, HeadPart, Text},
    extract, read,
    source::{Media, ReadOptions},
};

#[path = "oracle/visible.rs"]
mod visible;

const PROSE: &str = "Dieser Absatz steht ganz unten auf der Seite und ist lang genug, um als Fließtext zu gelten, denn er hat viele Zeichen.";

fn page(text: String, media: Media) -> Page {
    Page {
        url: None,
        media,
        text,
    }
}

fn forced(text: &str, media: Media) -> Option<Article> {
    let options = ExtractOptions {
        captions: true,
        force: true,
        ..ExtractOptions::default()
    };
    extract(&page(text.to_owned(), media), &options).ok()
}

/// All that an article says, except for our own notes and the labels of moments.
fn said(article: &Article) -> String {
    let mut out = String::new();
    let head = article.title.iter().chain(&article.kicker);
    let lead = article.lead.iter().map(|text| &text.text);
    let body = article
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Note)
        .map(|block| &block.text.text);
    for text in head.chain(lead).chain(body).chain(&article.authors) {
        out.push_str(text);
        out.push('\n');
    }
    out
}

fn pages_of_the_project() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: PathBuf| {
        fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
    };
    let samples = files(root.join("samples"))
        .filter(|path| path.is_dir())
        .map(|path| path.join("source.html"));
    let pages: Vec<_> = samples
        .chain(files(root.join("tests/extract")))
        .chain(files(root.join("tests/refuse")))
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .filter_map(|path| fs::read_to_string(&path).ok().map(|html| (path, html)))
        .collect();
    assert!(pages.len() > 50, "only {} pages", pages.len());
    pages
}

#[test]
fn no_word_of_an_article_is_absent_from_its_page() {
    let mut wrong = Vec::new();
    for (path, html) in pages_of_the_project() {
        let Some(article) = forced(&html, Media::Html) else {
            continue;
        };
        if let Some(text) = visible::not_on_page(&html, &article) {
            wrong.push(format!("{}: {text}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dropped_block_names_its_reason_and_place() {
    let mut dropped = 0;
    let mut wrong = Vec::new();
    for (path, html) in pages_of_the_project() {
        let Some(article) = forced(&html, Media::Html) else {
            continue;
        };
        dropped += article.dropped.len();
        for block in &article.dropped {
            if block.reason.is_empty()
                || !block.origin.contains('[')
                || block.text.chars().count() > 201
                || !(0.0..=1.0).contains(&block.score)
            {
                wrong.push(format!("{}: {block:?}", path.display()));
            }
        }
        if !article
            .evidence
            .iter()
            .any(|line| line.part == HeadPart::Title)
            || !article
                .evidence
                .iter()
                .any(|line| line.part == HeadPart::Lead)
        {
            wrong.push(format!("{}: {:?}", path.display(), article.evidence));
        }
    }
    assert!(dropped > 100, "{dropped}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_evidence_names_the_sources_that_agree() {
    let html = format!(
        "<html><head><title>Die Mühle am Bach</title><meta property='og:title' content='Kauf der Mühle: So geht es weiter'>\
         <meta property='og:description' content='Der Rat kauft die Mühle und richtet eine Werkstatt ein.'></head>\
         <body><main><h1>Die Mühle am Bach</h1><p class='intro'>Der Rat kauft die Mühle und richtet eine Werkstatt ein.</p>\
         <p>{PROSE}</p></main></body></html>"
    );
    let article = forced(&html, Media::Html).expect("an article");
    assert_eq!(
        article.evidence,
        [
            Evidence {
                origin: Some("html[1]>body[2]>main[1]>h1[1]".to_owned()),
                agree: vec!["title element".to_owned()],
                differ: vec![Claim {
                    source: "og:title".to_owned(),
                    text: "Kauf der Mühle: So geht es weiter".to_owned(),
                }],
                ..Evidence::default()
            },
            Evidence {
                part: HeadPart::Lead,
                origin: Some("html[1]>body[2]>main[1]>p[2]".to_owned()),
                named: true,
                agree: vec!["og:description".to_owned()],
                ..Evidence::default()
            },
        ]
    );
}

/// A piece of a page: a start tag with attributes, an end tag, text, or what breaks parsers.
fn piece() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "section",
        "article",
        "main",
        "h1",
        "h2",
        "h3",
        "li",
        "ul",
        "ol",
        "blockquote",
        "a",
        "b",
        "em",
        "span",
        "table",
        "tr",
        "td",
        "th",
        "figure",
        "figcaption",
        "aside",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "header",
        "footer",
        "form",
        "q",
        "time",
        "cite",
    ]);
    let name = prop::sample::select(vec![
        "",
        " class=lead",
        " class=teaser",
        " class='article-body'",
        " class=question",
        " class=ticker",
        " hidden",
        " class=paywall",
        " class=caption",
        " id=root",
        " href=/x",
        " class=pullquote",
        " class=infobox",
        " lang=en",
    ]);
    prop_oneof![
        3 => (tag.clone(), name).prop_map(|(tag, name)| format!("<{tag}{name}>")),
        2 => tag.prop_map(|tag| format!("</{tag}>")),
        5 => "( [a-zäöüß]{2,8}){1,30}[.!?:…,]? ",
        1 => prop::sample::select(vec![
            "<br><br>", "<hr>", "<!-- x -->", " &amp;amp; ", " &shy; ", "<script>var geheim=1;</script>", "<style>p{}</style>",
            "<template><p> nie </p></template>", "<svg><text> bild </text></svg>", "<img src=x alt=''>", " &nbsp; ", " \u{200b} ",
            "<sup> 1 </sup>", "</ >", " < ", "<p <b>", " 14:05 Uhr ",
        ]).prop_map(str::to_owned),
    ]
}

/// The pages of the project in pieces: tags, and what stands between them.
static PIECES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    pages_of_the_project()
        .iter()
        .map(|(_, html)| {
            html.split_inclusive('>')
                .flat_map(|piece| {
                    let (text, tag) = piece.split_at(piece.rfind('<').unwrap_or(piece.len()));
                    [text.to_owned(), tag.to_owned()]
                })
                .filter(|piece| !piece.is_empty())
                .collect()
        })
        .collect()
});

/// What happens to a piece of a page: it goes, stands twice, changes places with another, or loses its end.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Delete,
    Double,
    Swap,
    Truncate,
}

fn damaged(pieces: &[String], damages: &[(Damage, Index, Index)]) -> String {
    let mut pieces = pieces.to_vec();
    for (damage, at, other) in damages {
        if pieces.is_empty() {
            break;
        }
        let (at, other) = (at.index(pieces.len()), other.index(pieces.len()));
        match damage {
            Damage::Delete => drop(pieces.remove(at)),
            Damage::Double => pieces.insert(other, pieces[at].clone()),
            Damage::Swap => pieces.swap(at, other),
            Damage::Truncate => {
                let half = pieces[at].chars().count() / 2;
                pieces[at] = pieces[at].chars().take(half).collect();
            }
        }
    }
    pieces.concat()
}

#[test]
fn the_oracle_sees_what_a_page_does_not_show() {
    let html = "<h1>Die Mühle</h1><p>Der Rat<sup>1</sup> kauft <b hidden>nie</b>die Mühle.</p><script>kein Text</script>";
    let article = |text: &str| Article {
        lead: vec![Text::plain(text)],
        ..Article::default()
    };
    let seen: Vec<_> = ["Der Rat kauft die Mühle.", "Rat die Mühle"]
        .into_iter()
        .filter(|text| visible::not_on_page(html, &article(text)).is_some())
        .collect();
    let unseen: Vec<_> = [
        "Die Mühle kauft der Rat.",
        "Der Rat kauft kein Text",
        "Ein Wort",
    ]
    .into_iter()
    .filter(|text| visible::not_on_page(html, &article(text)).is_none())
    .collect();
    assert!(seen.is_empty() && unseen.is_empty(), "{seen:?} {unseen:?}");
}

proptest! {
    /// The pages of the project with broken markup: still nothing is said that the page does not show.
    #[test]
    fn nothing_is_invented_on_damaged_pages(
        page in any::<Index>(),
        damages in prop::collection::vec(
            (prop::sample::select(vec![Damage::Delete, Damage::Double, Damage::Swap, Damage::Truncate]), any::<Index>(), any::<Index>()),
            1..40,
        ),
    ) {
        let html = damaged(&PIECES[page.index(PIECES.len())], &damages);
        if let Some(article) = forced(&html, Media::Html) {
            prop_assert_eq!(visible::not_on_page(&html, &article), None, "{}", html);
        }
    }

    /// Every word of the output stands in a text of the page, and what is no text never does.
    #[test]
    fn nothing_is_invented_on_any_nesting(pieces in prop::collection::vec(piece(), 1..120)) {
        let html = pieces.concat();
        if let Some(article) = forced(&html, Media::Html) {
            prop_assert_eq!(visible::not_on_page(&html, &article), None);
            prop_assert!(!said(&article).contains("geheim"), "{html}");
        }
    }

    /// The same for a text without markup.
    #[test]
    fn nothing_is_invented_in_a_text(lines in prop::collection::vec("[ -~äöüß„“]{0,90}", 0..30)) {
        let text = lines.join("\n");
        if let Some(article) = forced(&text, Media::Text) {
            prop_assert_eq!(visible::not_in_text(&text, &article), None);
        }
    }

    /// Any bytes, read as a page from a file, extracted as whatever they are taken for.
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), html in any::<bool>()) {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), &bytes).expect("written");
        let options = ReadOptions {
            media: Some(if html { Media::Html } else { Media::Text }),
            ..ReadOptions::default()
        };
        if let Ok(page) = read(&Input::File(file.path().to_path_buf()), &options) {
            let _ = extract(&page, &ExtractOptions::default());
            let _ = forced(&page.text, page.media);
        }
    }
}

#[test]
fn text_below_twenty_thousand_elements_is_read() {
    let mut wrong = Vec::new();
    for tag in [
        "div",
        "span",
        "b",
        "blockquote",
        "ul",
        "section",
        "font",
        "article",
        "li",
        "x-y",
    ] {
        let html = format!(
            "<html><body>{}<p>{PROSE}</p>",
            format!("<{tag}>").repeat(20_000)
        );
        if !forced(&html, Media::Html).is_some_and(|article| said(&article).contains("ganz unten"))
        {
            wrong.push(tag);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_page_of_a_million_nodes_is_read() {
    let html = format!("<html><body><main><p>{PROSE}</p>{}", "<p>x".repeat(500_000));
    let article = forced(&html, Media::Html).expect("an article");
    assert!(said(&article).contains("ganz unten"));
}

/// Pages that are all of one hostile pattern.
fn hostile(pattern: usize, n: usize) -> Option<(&'static str, String)> {
    let patterns: [(&str, &str); 18] = [
        ("nested boxes", "<div>"),
        ("open formatting", "<p><b><i><a href=/x>wort</a>"),
        ("links", "<a href=/x>Ein Wort zum anderen</a> "),
        (
            "linked headlines",
            "<h3><a href=/x>Eine Überschrift, die woanders hinführt</a></h3>",
        ),
        ("headlines", "<h1>Die Mühle am Bach</h1>"),
        (
            "pictures",
            "<div><div><img src=x><span>Ein Bild</span></div></div>",
        ),
        ("items", "<li>Ein Punkt der Liste, der kein Ende hat"),
        ("tables", "<table><tr><td>Wert<td>Wert"),
        (
            "quotes",
            "<blockquote><p>Dieser Satz steht so oder so ähnlich auch im Text der Seite.</p></blockquote>",
        ),
        ("walls", "<div class=paywall>Abo "),
        ("roots", "<div id=root><noscript>x"),
        (
            "data",
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x</script>",
        ),
        ("entities", "&amp;amp;&amp;shy;&#x41;"),
        ("white space", "<p>   \n\n\t  </p>   \n"),
        (
            "boxes",
            "<aside><h2>Kasten</h2><p>Dieser Kasten steht neben dem Text und erklärt ihn.</p></aside>",
        ),
        (
            "articles",
            "<article><h2>Wort</h2><p>Dieser Beitrag ist einer von sehr vielen auf der Seite.</p>",
        ),
        (
            "entries",
            "<p><strong>14:05 Uhr:</strong> Dieser Eintrag ist einer von sehr vielen im Ticker.</p>",
        ),
        (
            "descriptions",
            "<meta name=description content='Der Rat kauft die Mühle und richtet sie ein.'><p>Ein Satz.",
        ),
    ];
    let (name, piece) = patterns.get(pattern)?;
    let mut html = format!("<html><body><h1>Titel</h1><p>{PROSE}</p>");
    for _ in 0..n / piece.len() {
        let _ = write!(html, "{piece}");
    }
    Some((name, html))
}

fn time(html: &str) -> Duration {
    let page = page(html.to_owned(), Media::Html);
    let start = Instant::now();
    let _ = extract(&page, &ExtractOptions::default());
    start.elapsed()
}

#[test]
fn time_grows_with_the_size_and_no_faster() {
    const SMALL: usize = 100_000;
    let mut wrong = Vec::new();
    let mut pattern = 0;
    while let (Some((name, small)), Some((_, large))) =
        (hostile(pattern, SMALL), hostile(pattern, 8 * SMALL))
    {
        // Eight times the page may take twenty times as long, where sixty-four would be quadratic. What is quadratic
        // fails each time; what other programs on the machine slow down does not.
        let measured: Vec<_> = (0..6)
            .map(|_| (time(&small), time(&large)))
            .take_while(|(short, long)| *long > *short * 20 + Duration::from_millis(50))
            .collect();
        if measured.len() == 6 {
            wrong.push(format!("{name}: {measured:?}"));
        }
        pattern += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
