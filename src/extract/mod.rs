//! Page → Article. Knows HTML and the habits of publishers, but no German grammar.

mod blocks;
mod boxes;
mod clean;
mod dom;
mod head;
mod hidden_state;
mod lists;
mod metadata;
mod pages;
mod plain_text;
mod posts;
mod region;
mod spans;
mod table;
mod text;
mod ticker;
mod turns;
mod vocabulary;

use crate::{
    article::{Article, Block},
    source::{Media, Page},
};
use dom::{Dom, Id};

pub use boxes::Boxes;
pub use pages::{MAX_PAGES, join, next_page};
pub use ticker::TickerOrder;

/// What to keep.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExtractOptions {
    /// Read image captions too.
    pub captions: bool,
    /// Read what is there even where it looks like a paywall stub or an error page.
    pub force: bool,
    /// In which order the entries of a live ticker are read.
    pub ticker: TickerOrder,
    /// Where info boxes are read.
    pub boxes: Boxes,
}

/// Why there is no article.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The page holds no article.
    #[error("no article was found on the page")]
    NoArticle,
}

/// Fewer characters of running text than this are no article.
const MIN_BODY: usize = 90;

/// Finds the article in a page.
///
/// # Errors
/// See [`ExtractError`].
pub fn extract(page: &Page, options: &ExtractOptions) -> Result<Article, ExtractError> {
    match page.media {
        Media::Html => html(page, options),
        Media::Text => plain_text::extract(page, options),
    }
}

/// A block of the body and the element that it comes from.
struct Placed {
    at: Id,
    block: Block,
}

fn html(page: &Page, options: &ExtractOptions) -> Result<Article, ExtractError> {
    let tree = dom::parse(&page.text);
    let dom = Dom::new(&tree);
    let meta = metadata::read(&dom);
    let article = read(&dom, &meta, page, options, false);
    if let Some(article) = article.filter(|article| length(article) >= MIN_BODY) {
        return Ok(article);
    }
    // The names in the markup may mislead: once more without them.
    let lenient = read(&dom, &meta, page, options, true);
    if lenient.as_ref().map_or(0, length) < MIN_BODY
        && let Some(hidden) = hidden_state::find(&dom, &meta)
    {
        let tree = dom::parse(&hidden);
        let article = read(&Dom::new(&tree), &meta, page, options, false);
        if let Some(article) = article.filter(|article| length(article) >= MIN_BODY) {
            return Ok(article);
        }
    }
    match lenient {
        Some(article)
            if length(&article) >= MIN_BODY || (options.force && length(&article) > 0) =>
        {
            Ok(article)
        }
        _ => Err(ExtractError::NoArticle),
    }
}

/// Characters of lead and body.
fn length(article: &Article) -> usize {
    let body = article.blocks.iter().map(|block| &block.text);
    article
        .lead
        .iter()
        .chain(body)
        .map(|text| text.text.chars().count())
        .sum()
}

fn read(
    dom: &Dom,
    meta: &metadata::Metadata,
    page: &Page,
    options: &ExtractOptions,
    lenient: bool,
) -> Option<Article> {
    let mut dropped = Vec::new();
    let headline = head::headline(dom, meta);
    let raw = blocks::collect(dom, meta, headline, lenient, &mut dropped);
    let region = region::choose(dom, &raw)?;
    let head = head::decide(dom, meta, headline, region);
    let lead = head::lead(dom, meta, &head, &raw, region);
    let mut article = Article {
        url: meta
            .canonical
            .clone()
            .or_else(|| page.url.as_ref().map(ToString::to_string)),
        kicker: head.kicker.clone(),
        title: head.title.clone(),
        lead: lead.iter().map(|n| raw[*n].text.clone()).collect(),
        authors: if meta.authors.is_empty() {
            head::authors(dom, meta, &head)
        } else {
            meta.authors.clone()
        },
        published: meta.published,
        updated: meta
            .updated
            .filter(|updated| Some(*updated) != meta.published),
        language: meta.language.clone(),
        section: meta.section.clone(),
        publisher: meta.publisher.clone(),
        image: meta.image.clone(),
        image_text: meta.captions.first().cloned(),
        blocks: Vec::new(),
        dropped,
        evidence: head.evidence.clone(),
    };
    let place = clean::Place {
        region,
        headline: head.title_at,
        lead: &lead,
    };
    let mut body = clean::read_body(dom, meta, &raw, &place, &mut article);
    lists::number(dom, &mut body);
    posts::find(dom, &mut body);
    let boxes = boxes::take(dom, &mut body, options.boxes, &mut article.dropped);
    ticker::find(dom, &mut body, options.ticker);
    turns::find(dom, &mut body, &article);
    body.extend(boxes);
    article.blocks = body.into_iter().map(|placed| placed.block).collect();
    Some(article)
}
