//! Long texts in pieces that an engine can say.

use crate::script::Script;

/// Cuts text into pieces of at most `limit` bytes, at the latest border of the best kind: end of a sentence,
/// clause, word; inside a word only when it alone is longer. The pieces joined are the text again, apart from
/// the white space at the cuts.
#[must_use]
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

/// Shortest clause that is worth an utterance of its own, in bytes: a second and a half.
const SHORTEST_CLAUSE: usize = 20;

/// Pause after a clause that was taken apart, in milliseconds at rate 1.
const CLAUSE_PAUSE_MS: u32 = 80;

/// Makes the first clause of a script an utterance of its own, so that a voice that takes its time is heard early. Nothing
/// is done where the first utterance has no clause.
pub fn first_clause_apart(script: &mut Script) {
    let Some(first) = script.utterances.first() else {
        return;
    };
    let Some((at, count)) = first_clause(&first.text) else {
        return;
    };
    let respelled = match first.respelled.as_deref() {
        None => None,
        // Names are respelled, marks are not.
        Some(respelled) => match nth_clause(respelled, count) {
            Some(at) => Some(respelled.split_at(at)),
            None => return,
        },
    };
    let mut head = first.clone();
    let mut rest = first.clone();
    first.text[..at].trim_end().clone_into(&mut head.text);
    first.text[at..].trim_start().clone_into(&mut rest.text);
    head.respelled = respelled.map(|(head, _)| head.trim_end().to_owned());
    rest.respelled = respelled.map(|(_, rest)| rest.trim_start().to_owned());
    head.pause_after_ms = CLAUSE_PAUSE_MS;
    rest.rewrites.clear();
    script.utterances.splice(0..1, [head, rest]);
}

/// Where clauses end: behind a mark that has a blank behind it.
fn clause_ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices([',', ';', ':', '–'])
        .map(|(at, mark)| at + mark.len())
        .filter(|end| text[*end..].starts_with(' '))
}

/// The first end that leaves enough on both sides, and how many there are before it.
fn first_clause(text: &str) -> Option<(usize, usize)> {
    let fits = |at: usize| at >= SHORTEST_CLAUSE && text.len() - at >= SHORTEST_CLAUSE;
    clause_ends(text)
        .enumerate()
        .find_map(|(count, at)| fits(at).then_some((at, count)))
}

fn nth_clause(text: &str, count: usize) -> Option<usize> {
    clause_ends(text).nth(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Origin, Part, Role, Utterance};
    use proptest::prelude::*;

    fn script(text: &str, respelled: Option<&str>) -> Script {
        Script {
            utterances: vec![Utterance {
                text: text.to_owned(),
                respelled: respelled.map(str::to_owned),
                shown: text.to_owned(),
                language: "de".to_owned(),
                role: Role::Body,
                pause_after_ms: 300,
                sentence: 0,
                origin: Origin {
                    part: Part::Block(0),
                    range: 0..text.len(),
                },
                rewrites: Vec::new(),
            }],
            ..Script::default()
        }
    }

    #[test]
    fn the_first_clause_is_taken_apart() {
        let mut long = script(
            "Ja, Macron sagte am Abend in Paris, dass er mit Scholz, dem Kanzler, gesprochen habe.",
            Some(
                "Ja, Makrong sagte am Abend in Paris, dass er mit Scholz, dem Kanzler, gesprochen habe.",
            ),
        );
        first_clause_apart(&mut long);
        let spoken: Vec<_> = long.utterances.iter().map(Utterance::engine_text).collect();
        assert_eq!(
            spoken,
            [
                "Ja, Makrong sagte am Abend in Paris,",
                "dass er mit Scholz, dem Kanzler, gesprochen habe."
            ]
        );
        let pauses: Vec<_> = long.utterances.iter().map(|u| u.pause_after_ms).collect();
        assert_eq!(pauses, [CLAUSE_PAUSE_MS, 300]);
        for whole in [
            "",
            "Kurz, und gut.",
            "Ein Satz ohne jedes Zeichen darin und mit vielen Wörtern.",
        ] {
            let mut short = script(whole, None);
            first_clause_apart(&mut short);
            assert_eq!(short, script(whole, None), "{whole}");
        }
    }

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
