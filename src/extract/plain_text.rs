//! Plain text: pages copied from the browser or printed by a text browser, reader views, mails, pasted articles,
//! and Markdown.

mod byline;
mod credit;
mod cues;
mod dates;
mod dump;
mod frame;
mod lines;
mod markdown;

use super::{ExtractError, ExtractOptions, left_out::left_out, refuse};
use crate::{
    article::{Article, Dropped},
    source::Page,
};

/// Finds the article in a text without markup, or in Markdown.
///
/// A text that shows no trace of a web page is kept whole, down to a single line; from the dump of a page
/// only the article is kept. All that is left out is in [`Article::dropped`], with line and reason.
///
/// # Errors
/// [`ExtractError::NoArticle`] if there is not one word, or nothing but the frame of a page; another variant if the
/// text shows what the page is instead.
pub fn extract(page: &Page, options: &ExtractOptions) -> Result<Article, ExtractError> {
    let mut article = if markdown::is_markdown(&page.text) {
        markdown::extract(&page.text, options)
    } else {
        dump::extract(&page.text, options)
    };
    article.url = page.url.as_ref().map(ToString::to_string);
    let is_empty = article.title.is_none() && article.lead.is_empty() && article.blocks.is_empty();
    if !options.force || is_empty {
        let found = Some(&article).filter(|_| !is_empty);
        if let Some(error) = refuse::judge_text(&page.text, found) {
            return Err(error);
        }
    }
    if is_empty {
        return Err(ExtractError::NoArticle);
    }
    Ok(article)
}

/// Notes what is left out, shortened to what [`Dropped`] allows.
fn dropped(text: &str, reason: &str, line: usize) -> Dropped {
    left_out(text, 0.0, reason, format!("line {line}"))
}
