//! `vorleser text --explain`: what is read, what is left out and why, and how the head was decided, in words.

use super::{
    locales::{number, t},
    text::start,
};
use std::fmt::Write as _;
use vorleser::{
    Article, BlockKind,
    article::{Dropped, Evidence, HeadPart},
};

/// One line for each part of the head, each block that is read, and each that is left out.
pub fn explain(article: &Article) -> String {
    let head = article.evidence.iter().map(head);
    let read = article.blocks.iter().map(|block| {
        let kind = kind(&block.kind);
        t!("explain-read", kind = kind, text = start(&block.text.text))
    });
    let mut out = String::new();
    for line in head.chain(read).chain(article.dropped.iter().map(dropped)) {
        let _ = writeln!(out, "{line}");
    }
    out
}

fn dropped(dropped: &Dropped) -> String {
    t!(
        "explain-dropped",
        reason = reason(&dropped.reason).unwrap_or_else(|| dropped.reason.clone()),
        score = number(dropped.score, 2),
        origin = &dropped.origin,
        text = start(&dropped.text)
    )
}

/// The places of a page by their technical names, but for the one that has none.
fn sources(names: &[impl AsRef<str>]) -> String {
    let names = names.iter().map(|name| match name.as_ref() {
        "title element" => t!("explain-title-element"),
        name => name.to_owned(),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn head(evidence: &Evidence) -> String {
    let part = match evidence.part {
        HeadPart::Title => t!("explain-title"),
        HeadPart::Lead => t!("explain-lead"),
    };
    let mut facts = vec![if let Some(origin) = &evidence.origin {
        t!("explain-shown", origin = origin)
    } else if evidence.agree.is_empty() {
        t!("explain-none")
    } else {
        t!("explain-not-shown")
    }];
    if evidence.named {
        facts.push(t!("explain-named"));
    }
    if !evidence.agree.is_empty() {
        facts.push(t!("explain-agree", sources = sources(&evidence.agree)));
    }
    if !evidence.begin.is_empty() {
        facts.push(t!("explain-begin", sources = sources(&evidence.begin)));
    }
    if evidence.origin.is_some() && evidence.agree.is_empty() && evidence.begin.is_empty() {
        facts.push(t!("explain-alone"));
    }
    for claim in &evidence.differ {
        facts.push(t!(
            "explain-lost",
            source = &claim.source,
            text = start(&claim.text)
        ));
    }
    t!("explain-head", part = part, facts = facts.join("; "))
}

fn kind(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Heading { level } => t!("explain-heading", level = level),
        BlockKind::Paragraph => t!("explain-paragraph"),
        BlockKind::ListItem { .. } => t!("explain-list-item"),
        BlockKind::Quote => t!("explain-quote"),
        BlockKind::Question => t!("explain-question"),
        BlockKind::Answer => t!("explain-answer"),
        BlockKind::TickerEntry => t!("explain-ticker-entry"),
        BlockKind::TableRow => t!("explain-table-row"),
        BlockKind::Post => t!("explain-post"),
        BlockKind::Caption => t!("explain-caption"),
        BlockKind::Note => t!("explain-note"),
    }
}

/// The library's phrase for a reason in the user's language. Several phrases that only tell how the extractor came to
/// it are one to the user.
fn reason(phrase: &str) -> Option<String> {
    Some(match phrase {
        "advertisement" => t!("left-out-ad"),
        "readers' comments" => t!("left-out-comments"),
        "newsletter or app offer" | "newsletter" => t!("left-out-offer"),
        "consent text" | "cookie text" => t!("left-out-consent"),
        "subscription offer" | "paywall" => t!("left-out-paywall"),
        "link to other articles" | "link to another article" | "other articles" | "related" => {
            t!("left-out-related")
        }
        "share bar or tool" | "share bar" => t!("left-out-share"),
        "caption or credit" | "caption" | "credit" | "image" => t!("left-out-caption"),
        "audio or video player" => t!("left-out-player"),
        "author line or box" | "author line" => t!("left-out-author-box"),
        "navigation" | "navigation, glued together" => t!("left-out-navigation"),
        "keywords" => t!("left-out-keywords"),
        "date or reading time"
        | "date or time"
        | "reading time"
        | "date, author or reading time" => t!("left-out-date"),
        "poll, quiz or rating" => t!("left-out-poll"),
        "footnotes" | "footnote" | "footnote mark" => t!("left-out-footnotes"),
        "widget" | "interface" | "interface, glued together" | "control of the page" => {
            t!("left-out-widget")
        }
        "not text" | "no words" | "code" => t!("left-out-no-text"),
        "embed" => t!("left-out-embed"),
        "only for browsers without JavaScript" => t!("left-out-noscript"),
        "form" => t!("left-out-form"),
        "box beside the article" => t!("left-out-beside"),
        "footer" => t!("left-out-footer"),
        "folded box" => t!("left-out-folded"),
        "hidden on the page" => t!("left-out-hidden"),
        "summary by a machine" => t!("left-out-machine"),
        "source of a pull quote" => t!("left-out-quote-source"),
        "pull quote that repeats the text" => t!("left-out-pull-quote"),
        "said before" | "stands on the page again and again" => t!("left-out-said-before"),
        "label"
        | "label above links"
        | "label above the text"
        | "label below the text"
        | "a line alone that is no sentence" => t!("left-out-label"),
        "under a label above links"
        | "list of links"
        | "only links"
        | "link or furniture of a text browser" => t!("left-out-under-label"),
        "heading or label with nothing under it" => t!("left-out-empty-heading"),
        "the title again" => t!("left-out-title"),
        "headline that was outvoted" => t!("left-out-outvoted"),
        "another article" => t!("left-out-another"),
        "info box" => t!("left-out-info-box"),
        "table too large to be followed by ear" => t!("left-out-table"),
        "between the headline and the text"
        | "before the article"
        | "after the article"
        | "heading of another part of the page"
        | "sign-off" => t!("left-out-frame"),
        "front matter" | "head of the mail" | "signature of the mail" => t!("left-out-mail"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::reason;
    use std::{collections::BTreeSet, fs, path::Path};
    use vorleser::{ExtractOptions, Page, extract, source::Media};

    #[test]
    fn every_reason_met_on_the_sample_pages_has_words() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        let mut unknown = BTreeSet::new();
        let mut known = BTreeSet::new();
        for folder in ["extract", "shapes", "refuse", "dumps"] {
            for entry in fs::read_dir(root.join(folder)).expect("a folder") {
                let path = entry.expect("an entry").path();
                let media = match path.extension().and_then(|ending| ending.to_str()) {
                    Some("html") => Media::Html,
                    _ => Media::Text,
                };
                let text = fs::read_to_string(&path).expect("a page");
                let page = Page {
                    url: None,
                    media,
                    text,
                };
                let options = ExtractOptions {
                    force: true,
                    ..ExtractOptions::default()
                };
                for dropped in extract(&page, &options).into_iter().flat_map(|a| a.dropped) {
                    match reason(&dropped.reason) {
                        Some(words) => known.insert(words),
                        None => unknown.insert(dropped.reason),
                    };
                }
            }
        }
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(known.len() > 20, "{known:?}");
    }
}
