//! What a page is when it is no article, so that the user learns it in one sentence. Nothing is circumvented.

use super::{
    ExtractError,
    blocks::{self, RawBlock},
    dom::Dom,
    metadata::Metadata,
    text::ends_sentence,
    vocabulary::notices,
};
use crate::article::Article;

/// A stub behind a paywall is shorter than this, in characters of body text.
const STUB: usize = 900;
/// A notice (error, consent) is shorter than this.
const NOTICE: usize = 700;

/// Why what was read is no article, if so.
pub fn verdict(
    dom: &Dom,
    meta: &Metadata,
    raw: &[RawBlock],
    article: Option<&Article>,
) -> Option<ExtractError> {
    let body = article.map_or(0, |article| {
        article
            .blocks
            .iter()
            .map(|b| b.text.text.chars().count())
            .sum()
    });
    let lead = article.map_or(0, |article| {
        article
            .lead
            .iter()
            .map(|t| t.text.chars().count())
            .sum::<usize>()
    });
    let shown: usize = raw.iter().map(|block| block.text.text.len()).sum();
    let found = body + lead;
    if shown == 0 {
        return Some(if says(dom, "noscript", "script") || scripts(dom) > 0 {
            ExtractError::NeedsJavaScript
        } else if dom.text(0).is_empty() {
            ExtractError::Empty
        } else {
            // There is text, but nothing of it could be an article: a page of links.
            ExtractError::NoArticle
        });
    }
    // Consent texts around an article are on every page; here they are most of what could be read.
    let consent = raw
        .iter()
        .filter(|block| notices(&block.text.text.to_lowercase(), "consent") > 0)
        .map(|block| block.text.text.len())
        .sum::<usize>();
    if found < NOTICE && !meta.is_article && is_error_title(dom, meta) {
        return Some(ExtractError::ErrorPage);
    }
    if body < STUB && article.is_some_and(|article| is_stub(meta, article, body)) {
        return Some(ExtractError::Paywall);
    }
    if found < NOTICE && consent * 2 > shown {
        return Some(ExtractError::ConsentWall);
    }
    if found < 200 && meta.is_video && !meta.is_article {
        return Some(ExtractError::Video);
    }
    if found < super::MIN_BODY {
        if says(dom, "noscript", "script") || (shown < 300 && scripts(dom) > 2) {
            return Some(ExtractError::NeedsJavaScript);
        }
        return Some(if heading_links(dom, raw) >= 8 {
            ExtractError::Index
        } else {
            ExtractError::NoArticle
        });
    }
    // Headlines that all lead elsewhere, and no text of its own.
    let own = article.map_or(0, |article| {
        article
            .blocks
            .iter()
            .filter(|block| {
                block.text.text.chars().count() > 200 && ends_sentence(&block.text.text)
            })
            .count()
    });
    let links = heading_links(dom, raw);
    if !meta.is_article && links >= 15 && own < 3 && links * 120 > found {
        return Some(ExtractError::Index);
    }
    None
}

/// A stub calls itself not free, or an offer stands where the text breaks off.
fn is_stub(meta: &Metadata, article: &Article, body: usize) -> bool {
    let offers = article
        .dropped
        .iter()
        .filter(|dropped| {
            dropped.reason == "subscription offer"
                || notices(&dropped.text.to_lowercase(), "paywall") >= 2
        })
        .count();
    let last = article
        .blocks
        .last()
        .map_or("", |block| block.text.text.as_str());
    let breaks_off = last.ends_with('…') || last.ends_with("...") || !ends_sentence(last);
    let read: String = article
        .blocks
        .iter()
        .map(|block| block.text.text.to_lowercase() + "\n")
        .collect();
    let asks = notices(&read, "paywall") >= 2;
    match meta.free {
        Some(false) => offers > 0 || asks || breaks_off || body < 300,
        Some(true) => false,
        None => (offers > 0 && breaks_off) || (asks && body < 500),
    }
}

/// Whether title or headline are those of an error page.
fn is_error_title(dom: &Dom, meta: &Metadata) -> bool {
    let headline = (0..dom.len())
        .find(|id| dom.tag(*id) == "h1")
        .map(|id| dom.text(id));
    meta.titles
        .iter()
        .map(|(_, title)| title.as_str())
        .chain(headline.as_deref())
        .any(|title| title.chars().count() < 90 && notices(&title.to_lowercase(), "error") > 0)
}

/// Whether an element of this name holds a notice of this kind.
fn says(dom: &Dom, tag: &str, kind: &str) -> bool {
    (0..dom.len())
        .filter(|id| dom.tag(*id) == tag)
        .take(20)
        .any(|id| notices(&dom.text(id).to_lowercase(), kind) > 0)
}

fn scripts(dom: &Dom) -> usize {
    (0..dom.len()).filter(|id| dom.tag(*id) == "script").count()
}

/// Headings that are links.
fn heading_links(dom: &Dom, raw: &[RawBlock]) -> usize {
    raw.iter()
        .filter(|block| block.link_density() > 0.8 && blocks::heading(dom, block).is_some())
        .count()
}
