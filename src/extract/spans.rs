//! Texts with their spans: how much is emphasised, cutting in two, putting words in front.

use super::text::tidy;
use crate::article::{Span, SpanKind, Text};

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

/// Takes a range of bytes, which begins and ends at characters, out of a text. Spans keep their words.
pub fn remove(text: &mut Text, range: std::ops::Range<usize>) {
    let shift = |offset: usize| match offset {
        before if before <= range.start => before,
        inside if inside < range.end => range.start,
        after => after - range.len(),
    };
    text.spans.retain_mut(|span| {
        span.range = shift(span.range.start)..shift(span.range.end);
        !span.range.is_empty()
    });
    text.text.replace_range(range, "");
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
        text.spans.push(Span {
            range: 0..12,
            kind: SpanKind::Emphasis,
        });
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
