//! Plain text: paragraphs between empty lines.

use super::{ExtractError, ExtractOptions, text::{ends_sentence, tidy}};
use crate::{
    article::{Article, Block, BlockKind, Text},
    source::Page,
};

/// Reads a text whose paragraphs stand between empty lines. A first paragraph that does not end as a sentence is the title;
/// later short ones are headings.
///
/// # Errors
/// [`ExtractError::NoArticle`] when there is no text.
pub fn extract(page: &Page, _options: &ExtractOptions) -> Result<Article, ExtractError> {
    let mut article = Article {
        url: page.url.as_ref().map(ToString::to_string),
        ..Article::default()
    };
    for (n, paragraph) in page.text.replace("\r\n", "\n").split("\n\n").enumerate() {
        let text = tidy(paragraph);
        if text.is_empty() {
            continue;
        }
        let short = text.chars().count() <= 120 && !ends_sentence(&text);
        if short && article.title.is_none() && article.blocks.is_empty() {
            article.title = Some(text);
            continue;
        }
        article.blocks.push(Block {
            kind: if short { BlockKind::Heading { level: 2 } } else { BlockKind::Paragraph },
            text: Text::plain(text),
            origin: format!("paragraph {}", n + 1),
        });
    }
    if article.blocks.is_empty() {
        return Err(ExtractError::NoArticle);
    }
    Ok(article)
}
