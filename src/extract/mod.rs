//! Page → Article. Knows HTML and the habits of publishers, but no German grammar.

mod blocks;
mod boxes;
mod clean;
mod dom;
mod evidence;
mod footnotes;
mod frames;
mod head;
mod hidden_state;
mod lead;
mod left_out;
mod lists;
mod metadata;
mod offers;
mod pages;
mod plain_text;
mod posts;
mod refuse;
mod region;
mod silent;
mod spans;
#[doc(hidden)]
pub mod stages;
mod table;
mod text;
mod ticker;
mod turns;
mod vocabulary;

use crate::{
    article::{Article, Block, Dropped},
    source::{Media, Page},
};
use dom::{Dom, Id};
use metadata::Metadata;

pub use pages::{MAX_PAGES, join, next_page};

/// What to keep.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExtractOptions {
    /// Read image captions too.
    pub captions: bool,
    /// Read what is there even where it looks like a paywall stub or an error page.
    pub force: bool,
    /// In which order the entries of a live ticker are read.
    pub ticker: Ticker,
    /// What happens to info boxes.
    pub boxes: Boxes,
}

/// Where info boxes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Boxes {
    /// After the article, as far as the page names them boxes; what it puts into `aside` may be anything, and is left
    /// out.
    #[default]
    Auto,
    /// After the article, under their headings.
    AtEnd,
    /// Not at all.
    Skip,
    /// Where they stand on the page.
    Inline,
}

/// The order of the entries of a live ticker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ticker {
    /// As on the page.
    #[default]
    AsPage,
    /// The newest entry first.
    NewestFirst,
    /// The oldest entry first.
    OldestFirst,
}

/// Why there is no article: what the page is instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The page holds no article.
    #[error("no article was found on the page")]
    NoArticle,
    /// Only the beginning of the article is there.
    #[error(
        "only the beginning of the article is on the page ({shown} characters); the rest is for subscribers"
    )]
    Paywall {
        /// Characters of lead and body that are there.
        shown: usize,
    },
    /// A cookie wall or consent page stands in place of the article.
    #[error("the page only asks for consent to cookies")]
    ConsentWall,
    /// An error page, even if the server said that all is well.
    #[error("the page is an error page: the article has moved or is gone")]
    ErrorPage,
    /// A front page, section page or list of results.
    #[error("the page is a list of articles, not an article")]
    Index,
    /// A video with no text to read.
    #[error("the page shows a video and no text to read")]
    Video,
    /// The page is put together by JavaScript in the browser, or checks for a browser first.
    #[error("the page shows its text only with JavaScript")]
    NeedsJavaScript,
    /// Nothing to read at all.
    #[error("the page is empty")]
    Empty,
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
#[derive(Clone)]
struct Placed {
    at: Id,
    block: Block,
}

fn html(page: &Page, options: &ExtractOptions) -> Result<Article, ExtractError> {
    let tree = dom::parse(&page.text);
    let dom = Dom::new(&tree);
    let meta = metadata::read(&dom);
    let is_long = |found: &(Article, Id)| length(&found.0) >= MIN_BODY;
    // The names in the markup may mislead: once more without them.
    let found = read(&dom, &meta, page, options, false)
        .filter(is_long)
        .or_else(|| read(&dom, &meta, page, options, true))
        .filter(|found| options.force && length(&found.0) > 0 || is_long(found));
    let error = if options.force && found.is_some() {
        None
    } else {
        let seen = found.as_ref().map(|(article, region)| (article, *region));
        refuse::judge(&dom, &meta, is_front_page(page), seen)
    };
    match (found, error) {
        (Some((article, _)), None) => Ok(article),
        (
            _,
            error @ (None
            | Some(
                ExtractError::NoArticle | ExtractError::NeedsJavaScript | ExtractError::Empty,
            )),
        ) => hidden_article(&dom, &meta, page, options)
            .ok_or_else(|| error.unwrap_or(ExtractError::NoArticle)),
        (_, Some(error)) => Err(error),
    }
}

/// The address is that of a site, not of a page in it.
fn is_front_page(page: &Page) -> bool {
    page.url
        .as_ref()
        .is_some_and(|url| url.path() == "/" && url.query().is_none())
}

/// The article out of the data that the page holds for its script.
fn hidden_article(
    dom: &Dom,
    meta: &Metadata,
    page: &Page,
    options: &ExtractOptions,
) -> Option<Article> {
    let html = hidden_state::find(dom, meta)?;
    let tree = dom::parse(&html);
    read(&Dom::new(&tree), meta, page, options, false)
        .map(|(article, _)| article)
        .filter(|article| length(article) >= MIN_BODY)
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

/// What the blocks of the page are, and which of them are headline, lead and body.
struct Candidates {
    raw: Vec<blocks::RawBlock>,
    region: Id,
    head: head::Head,
    lead: Vec<usize>,
    dropped: Vec<Dropped>,
}

fn candidates(
    dom: &Dom,
    meta: &Metadata,
    options: &ExtractOptions,
    lenient: bool,
) -> Option<Candidates> {
    let mut dropped = Vec::new();
    let headline = head::headline(dom, meta);
    let title_at = headline.map(|headline| headline.at);
    let raw = blocks::collect(dom, meta, title_at, lenient, options.boxes, &mut dropped);
    let region = region::choose(dom, &raw, title_at)?;
    let head = head::decide(dom, meta, headline, region);
    let lead = lead::lead(dom, meta, &head, &raw, region);
    Some(Candidates {
        raw,
        region,
        head,
        lead,
        dropped,
    })
}

fn read(
    dom: &Dom,
    meta: &Metadata,
    page: &Page,
    options: &ExtractOptions,
    lenient: bool,
) -> Option<(Article, Id)> {
    let mut found = candidates(dom, meta, options, lenient)?;
    let base = pages::base(dom, page.url.as_ref());
    let mut article = frame(dom, meta, &found, page, base.as_ref());
    article.dropped = std::mem::take(&mut found.dropped);
    let body = clean::read_body(dom, meta, &found.raw, &found.place(), &mut article);
    order(dom, meta, body, options, &mut article);
    Some((article, found.region))
}

impl Candidates {
    fn place(&self) -> clean::Place<'_> {
        clean::Place {
            region: self.region,
            headline: self.head.title_at,
            double: self.head.double,
            lead: &self.lead,
        }
    }
}

/// The article without its body.
fn frame(
    dom: &Dom,
    meta: &Metadata,
    found: &Candidates,
    page: &Page,
    base: Option<&url::Url>,
) -> Article {
    let head = &found.head;
    // An address that cannot be completed stays as the page has it.
    let whole = |link: &String| match base.map(|base| base.join(link)) {
        Some(Ok(url)) => url.to_string(),
        _ => link.clone(),
    };
    Article {
        url: meta
            .canonical
            .as_ref()
            .map(whole)
            .or_else(|| page.url.as_ref().map(ToString::to_string)),
        kicker: head.kicker.clone(),
        title: head.title.clone(),
        lead: found
            .lead
            .iter()
            .map(|n| found.raw[*n].text.clone())
            .collect(),
        authors: if meta.authors.is_empty() {
            lead::authors(dom, meta, head)
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
        image: meta.image.as_ref().map(whole),
        image_text: meta.captions.first().cloned(),
        blocks: Vec::new(),
        dropped: Vec::new(),
        evidence: evidence::explain(dom, meta, head, &found.raw, &found.lead),
    }
}

/// Puts the body into the order in which it is spoken, and gives every block its kind.
fn order(
    dom: &Dom,
    meta: &Metadata,
    mut body: Vec<Placed>,
    options: &ExtractOptions,
    article: &mut Article,
) {
    lists::number(dom, &mut body);
    posts::find(dom, &mut body);
    let boxes = boxes::take(dom, &mut body, options.boxes, &mut article.dropped);
    // What is not free is not taken out of the page's data.
    let updates = if meta.free == Some(false) {
        &[]
    } else {
        meta.updates.as_slice()
    };
    ticker::find(dom, &mut body, updates, options.ticker);
    turns::find(dom, &mut body, article);
    body.extend(boxes);
    article.blocks = body.into_iter().map(|placed| placed.block).collect();
}
