//! Emphasis and foreign words as spans of the text, and cutting a text in two with its spans.

use super::{
    dom::{Dom, Id},
    text::tidy,
};
use crate::article::{Span, SpanKind, Text};

/// The marks that are open at a place of the page.
pub struct Marks {
    /// The page's own language: to be marked with it is no mark.
    page: Option<String>,
    emphasis: Id,
    /// Open elements in another language, by where they end; the innermost last.
    languages: Vec<(Id, String)>,
}

impl Marks {
    /// Nothing is open; `page` is the BCP 47 tag of the page.
    pub fn new(page: Option<&str>) -> Self {
        Self {
            page: page.map(primary),
            emphasis: 0,
            languages: Vec::new(),
        }
    }

    /// Notes what an element opens.
    pub fn enter(&mut self, dom: &Dom, at: Id) {
        let end = dom.nodes[at].end;
        match dom.tag(at) {
            "em" | "i" | "strong" | "b" => self.emphasis = self.emphasis.max(end),
            // The language of the page is the page's claim, not a mark on some words.
            "html" | "body" | "main" | "article" => return,
            _ => {}
        }
        let language = dom.attr(at, "lang").or_else(|| dom.attr(at, "xml:lang"));
        if let Some(language) = language.filter(|tag| is_tag(tag)) {
            self.languages.push((end, language.to_owned()));
        }
    }

    /// Marks the text from `start` on, which stands at `at`.
    pub fn mark(&mut self, at: Id, text: &mut Text, start: usize) {
        while self.languages.last().is_some_and(|(end, _)| *end <= at) {
            self.languages.pop();
        }
        let added = text.text.get(start..).unwrap_or_default();
        let start = start + added.len() - added.trim_start().len();
        let range = start..start + added.trim().len();
        if range.is_empty() {
            return;
        }
        if at < self.emphasis {
            add(text, range.clone(), SpanKind::Emphasis);
        }
        if let Some((_, language)) = self.languages.last()
            && Some(primary(language)) != self.page
        {
            let kind = SpanKind::Language(language.clone());
            add(text, range, kind);
        }
    }
}

/// Adds a span, or lets the last one of its kind go on if only white space is between them.
fn add(text: &mut Text, range: std::ops::Range<usize>, kind: SpanKind) {
    let last = text.spans.iter_mut().rev().find(|span| span.kind == kind);
    if let Some(last) = last
        && text
            .text
            .get(last.range.end..range.start)
            .is_some_and(|between| between.trim().is_empty())
    {
        last.range.end = range.end;
        return;
    }
    text.spans.push(Span { range, kind });
}

/// The language without region, in lower case.
fn primary(tag: &str) -> String {
    tag.split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn is_tag(tag: &str) -> bool {
    (2..=35).contains(&tag.len())
        && tag
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && (2..=3).contains(&primary(tag).len())
}

/// Bytes of the text that are emphasised.
pub fn emphasised(text: &Text) -> usize {
    text.spans
        .iter()
        .filter(|span| span.kind == SpanKind::Emphasis)
        .map(|span| span.range.len())
        .sum()
}

/// Where the emphasis ends with which the text begins.
pub fn emphasised_start(text: &Text) -> Option<usize> {
    text.spans
        .iter()
        .find(|span| span.kind == SpanKind::Emphasis && span.range.start == 0)
        .map(|span| span.range.end)
}

/// Cuts a text in two. `at` is a byte at a character boundary.
pub fn split(text: &Text, at: usize) -> (Text, Text) {
    let part = |range: std::ops::Range<usize>| {
        let raw = text.text.get(range.clone()).unwrap_or_default();
        let start = range.start + raw.len() - raw.trim_start().len();
        let end = start + raw.trim().len();
        let spans = text.spans.iter().filter_map(|span| {
            let (from, to) = (span.range.start.max(start), span.range.end.min(end));
            (from < to).then(|| Span {
                range: from - start..to - start,
                kind: span.kind.clone(),
            })
        });
        Text {
            text: raw.trim().to_owned(),
            spans: spans.collect(),
        }
    };
    (part(0..at), part(at..text.text.len()))
}

/// Puts words in front of a text.
pub fn prepend(words: &str, text: &mut Text) {
    let words = format!("{} ", tidy(words));
    text.text.insert_str(0, &words);
    for span in &mut text.spans {
        span.range.start += words.len();
        span.range.end += words.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_spans_with_the_text() {
        let mut text = Text::plain("Warum? Darum eben.");
        add(&mut text, 0..6, SpanKind::Emphasis);
        add(&mut text, 7..12, SpanKind::Emphasis);
        assert_eq!(text.spans.len(), 1, "only white space between them");
        let (question, answer) = split(&text, 6);
        assert_eq!(
            (question.text.as_str(), emphasised(&question)),
            ("Warum?", 6)
        );
        assert_eq!(
            (answer.text.as_str(), emphasised(&answer)),
            ("Darum eben.", 5)
        );
    }
}
