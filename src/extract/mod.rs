//! Page → Article. Knows HTML and the habits of publishers, but no German grammar.

mod blocks;
mod clean;
mod dom;
mod head;
mod metadata;
mod plain_text;
mod region;
mod text;
mod vocabulary;

use crate::{
    article::Article,
    source::{Media, Page},
};
use dom::Dom;

/// What to keep.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExtractOptions {
    /// Read image captions too.
    pub captions: bool,
    /// Read what is there even where it looks like a paywall stub or an error page.
    pub force: bool,
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

fn html(page: &Page, options: &ExtractOptions) -> Result<Article, ExtractError> {
    let tree = dom::parse(&page.text);
    let dom = Dom::new(&tree);
    let meta = metadata::read(&dom);
    let article = read(&dom, &meta, page, false);
    if let Some(article) = article.filter(|article| length(article) >= MIN_BODY) {
        return Ok(article);
    }
    // The names in the markup may mislead: once more without them.
    match read(&dom, &meta, page, true) {
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

fn read(dom: &Dom, meta: &metadata::Metadata, page: &Page, lenient: bool) -> Option<Article> {
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
    clean::read_body(dom, meta, &raw, &place, &mut article);
    Some(article)
}
