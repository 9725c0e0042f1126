//! Page → Article. Knows HTML and the habits of publishers, but no German grammar.

mod blocks;
mod dom;
mod head;
mod metadata;
mod plain_text;
mod region;
mod text;
mod vocabulary;

use crate::{
    article::{Article, Block, BlockKind, Dropped},
    source::{Media, Page},
};
use blocks::RawBlock;
use dom::{Dom, Id};
use std::collections::HashSet;
use text::{ends_sentence, key, shorten};
use vocabulary::{Role, is_cue};

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
const MIN_BODY: usize = 140;

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
    let mut dropped = Vec::new();
    let raw = blocks::collect(&dom, &mut dropped);
    let region = region::choose(&dom, &raw).ok_or(ExtractError::NoArticle)?;
    let head = head::decide(&dom, &meta, region);
    let lead = head::lead(&dom, &meta, &head, &raw, region);

    let mut article = Article {
        url: meta
            .canonical
            .clone()
            .or_else(|| page.url.as_ref().map(ToString::to_string)),
        kicker: head.kicker.clone(),
        title: head.title.clone(),
        lead: lead.iter().map(|n| raw[*n].text.clone()).collect(),
        authors: meta.authors.clone(),
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
    read_body(&dom, &raw, region, &lead, &mut article);

    let read: usize = article
        .blocks
        .iter()
        .map(|block| block.text.text.chars().count())
        .sum();
    let lead_length: usize = article
        .lead
        .iter()
        .map(|text| text.text.chars().count())
        .sum();
    if read + lead_length < MIN_BODY && !(options.force && read + lead_length > 0) {
        return Err(ExtractError::NoArticle);
    }
    Ok(article)
}

/// Turns the blocks of the region into the body, in document order.
fn read_body(dom: &Dom, raw: &[RawBlock], region: Id, lead: &[usize], article: &mut Article) {
    let title_key = article.title.as_deref().map(key).unwrap_or_default();
    let mut seen: HashSet<String> = article.lead.iter().map(|text| key(&text.text)).collect();
    // Under a cue such as `Mehr zum Thema`, links are skipped until prose begins again.
    let mut under_cue = false;
    for (n, block) in raw.iter().enumerate() {
        if lead.contains(&n) || !dom.contains(region, block.owner) {
            continue;
        }
        let text = &block.text.text;
        let this = key(text);
        let heading = blocks::heading(dom, block);
        let repeated = this.len() > 60 && seen.contains(&this);
        let reason = if this == title_key {
            Some("the title again")
        } else if repeated {
            Some("said before")
        } else if text.chars().count() < 80 && is_cue(text) {
            under_cue = true;
            Some("label above links")
        } else if block.link_density() > 0.6 && (text.chars().count() < 200 || under_cue) {
            Some("only links")
        } else if under_cue && !block.is_prose() {
            Some("under a label above links")
        } else if heading.is_none()
            && !dom_is_item(dom, block)
            && text.chars().count() < 25
            && !ends_sentence(text)
        {
            Some("label")
        } else {
            None
        };
        if let Some(reason) = reason {
            article.dropped.push(Dropped {
                text: shorten(text, 200),
                reason: reason.to_owned(),
                origin: dom.path(block.owner),
            });
            continue;
        }
        under_cue = false;
        seen.insert(this);
        article.blocks.push(Block {
            kind: kind(dom, block, heading),
            text: block.text.clone(),
            origin: dom.path(block.owner),
        });
    }
    // A heading with nothing under it, at the end, belongs to what was left out.
    while let Some(last) = article
        .blocks
        .pop_if(|block| matches!(block.kind, BlockKind::Heading { .. }))
    {
        article.dropped.push(Dropped {
            text: shorten(&last.text.text, 200),
            reason: "heading with nothing under it".to_owned(),
            origin: last.origin,
        });
    }
}

fn dom_is_item(dom: &Dom, block: &RawBlock) -> bool {
    matches!(dom.tag(block.owner), "li" | "td" | "th" | "dd" | "dt")
}

/// What kind of block it is, by the elements around it.
fn kind(dom: &Dom, block: &RawBlock, heading: Option<u8>) -> BlockKind {
    if let Some(level) = heading {
        return BlockKind::Heading {
            level: level.max(2),
        };
    }
    if block.roles.has(Role::Question) {
        return BlockKind::Question;
    }
    let around = || {
        std::iter::once(block.owner)
            .chain(dom.ancestors(block.owner))
            .take(4)
            .map(|id| dom.tag(id))
    };
    if around().any(|tag| tag == "blockquote") {
        BlockKind::Quote
    } else if around().any(|tag| tag == "li") {
        BlockKind::ListItem { number: None }
    } else {
        BlockKind::Paragraph
    }
}
