//! Page → Article. Knows HTML and the habits of publishers, but no German grammar.

pub mod mhtml;
mod plain_text;

use crate::{
    article::Article,
    source::{Media, Page},
};

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

/// Finds the article in a page.
///
/// # Errors
/// See [`ExtractError`].
pub fn extract(page: &Page, options: &ExtractOptions) -> Result<Article, ExtractError> {
    match page.media {
        Media::Text => plain_text::extract(page, options),
        Media::Html => Err(ExtractError::NoArticle),
    }
}
