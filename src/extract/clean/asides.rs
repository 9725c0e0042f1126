//! Links to other articles within a paragraph: `… (Lesen Sie auch: …)`, `… Mehr zum Thema: …`.

use crate::{
    article::{SpanKind, Text},
    extract::{spans::remove, vocabulary::is_cue},
};

/// Most such links in one paragraph.
const MOST: usize = 4;
/// Longest cue in front of the link, in bytes.
const CUE: usize = 60;

/// Takes links under a cue out of a paragraph: in brackets anywhere, after a colon at the end. Gives what was taken out.
pub fn cut(text: &mut Text) -> Vec<String> {
    let mut taken = Vec::new();
    while taken.len() < MOST
        && let Some(range) = find(text)
    {
        taken.push(text.text[range.clone()].trim().to_owned());
        remove(text, range);
    }
    if !taken.is_empty() {
        let end = text.text.trim_end().len();
        remove(text, end..text.text.len());
    }
    taken
}

fn find(text: &Text) -> Option<std::ops::Range<usize>> {
    let whole = text.text.as_str();
    text.spans
        .iter()
        .filter(|span| matches!(span.kind, SpanKind::Link(_)))
        .find_map(|link| {
            let before = whole.get(..link.range.start)?;
            let after = whole.get(link.range.end..)?;
            if let Some(open) = before.rfind(['(', '[']) {
                let cue = &before[open + 1..];
                let close = after.find([')', ']'])?;
                // Nothing but the link, or several, stands in the brackets.
                if cue.len() <= CUE && is_cue(cue) && after[..close].len() <= CUE {
                    let from = before[..open].trim_end().len();
                    return Some(from..link.range.end + close + 1);
                }
            }
            let at = before
                .trim_end()
                .strip_suffix(':')?
                .rfind(['.', '!', '?', '“', '«', '»'])?;
            let sign = whole[at..].chars().next()?;
            let from = at + sign.len_utf8();
            let rest = after.trim_matches(|c: char| !c.is_alphanumeric());
            (link.range.start - from <= CUE && rest.is_empty() && is_cue(&before[from..]))
                .then_some(from..whole.len())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    #[test]
    fn only_links_under_a_cue_are_cut() {
        let rows = [
            (
                "Der Rat tagt. Lesen Sie auch: <Das Bad öffnet>",
                "Der Rat tagt.",
            ),
            (
                "Der Rat (Lesen Sie auch: <Das Bad öffnet>) tagt heute.",
                "Der Rat tagt heute.",
            ),
            ("Der Rat tagt [Mehr zum Thema: <Das Bad>].", "Der Rat tagt."),
            (
                "Der Rat (mehr als <drei Leute>) tagt heute.",
                "Der Rat (mehr als drei Leute) tagt heute.",
            ),
            ("Sie sagte: <Das Bad öffnet>", "Sie sagte: Das Bad öffnet"),
            (
                "Der Rat tagt. Lesen Sie auch: <Das Bad> und mehr vom Rat",
                "Der Rat tagt. Lesen Sie auch: Das Bad und mehr vom Rat",
            ),
        ];
        let mut wrong = Vec::new();
        for (written, want) in rows {
            let (start, end) = (
                written.find('<').unwrap_or(0),
                written.find('>').unwrap_or(1) - 1,
            );
            let mut text = Text::plain(written.replace(['<', '>'], ""));
            text.spans.push(Span {
                range: start..end,
                kind: SpanKind::Link("/x".to_owned()),
            });
            cut(&mut text);
            if text.text != want {
                wrong.push((text.text, want));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
