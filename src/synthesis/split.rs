//! Long texts in pieces that an engine can say.

/// Cuts text into pieces of at most `limit` bytes, at the latest border of the best kind: end of a sentence,
/// clause, word; inside a word only when it alone is longer. The pieces joined are the text again, apart from
/// the white space at the cuts.
pub fn split(text: &str, limit: usize) -> Vec<&str> {
    let limit = limit.max(4);
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while rest.len() > limit {
        let mut end = limit;
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let window = &rest[..end];
        // A piece of a few letters sounds torn off: take a better border only if it is not too early.
        let late = |at: &usize| *at > end / 3;
        let cut = window
            .rfind(['.', '!', '?'])
            .filter(late)
            .or_else(|| window.rfind([',', ';', ':']).filter(late))
            .map(|at| at + 1)
            .or_else(|| rest[end..].starts_with(' ').then_some(end))
            .or_else(|| window.rfind(' ').filter(|at| *at > 0))
            .unwrap_or(end);
        pieces.push(rest[..cut].trim_end());
        rest = rest[cut..].trim_start();
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pieces_end_at_clauses_before_words() {
        assert_eq!(
            split("Er kam, sah und siegte dann doch", 14),
            ["Er kam,", "sah und siegte", "dann doch"]
        );
        assert_eq!(split("äääää", 4), ["ää", "ää", "ä"]);
        assert!(split("  ", 10).is_empty());
    }

    proptest! {
        #[test]
        fn pieces_hold_everything(text in "[a-zä ,.]{0,400}", limit in 4_usize..80) {
            let pieces = split(&text, limit);
            prop_assert!(pieces.iter().all(|p| p.len() <= limit && !p.is_empty()));
            let dense = |s: &str| s.replace(' ', "");
            prop_assert_eq!(dense(&pieces.concat()), dense(&text));
        }
    }
}
