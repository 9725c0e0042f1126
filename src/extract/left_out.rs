//! What is left out, and how little it looked like the text of an article.

use super::{
    dom::{Dom, Id},
    text::{ends_sentence, shorten},
};
use crate::article::Dropped;

/// Most characters of a block that are kept for the explanation.
pub const SHOWN: usize = 200;

/// Notes a block that is left out. `linked` is the share of its text that is links, 0 to 1.
pub fn left_out(text: &str, linked: f64, reason: &str, origin: String) -> Dropped {
    Dropped {
        text: shorten(text, SHOWN),
        reason: reason.to_owned(),
        score: score(text, linked),
        origin,
    }
}

/// Notes an element that is left out with all that it holds, unless that is nothing.
pub fn element(dom: &Dom, id: Id, reason: &str) -> Option<Dropped> {
    let text = dom.text(id);
    if text.is_empty() {
        return None;
    }
    let (mut linked, mut at) = (0, id);
    while at < dom.nodes[id].end {
        if dom.tag(at) == "a" {
            linked += dom.text(at).len();
            at = dom.nodes[at].end;
        } else {
            at += 1;
        }
    }
    let share = (linked as f64 / text.len() as f64).min(1.0);
    Some(left_out(&text, share, reason, dom.path(id)))
}

/// See [`Dropped::score`].
fn score(text: &str, linked: f64) -> f64 {
    let length = text.chars().take(SHOWN).count() as f64 / SHOWN as f64;
    let end = if ends_sentence(text) { 1.0 } else { 0.5 };
    let likeness = length * end * (1.0 - linked);
    ((1.0 - likeness) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_scores_low_and_links_high() {
        let prose = "Der Rat hat am Dienstag beschlossen, die alte Mühle zu kaufen. ".repeat(4);
        assert!(score(&prose, 0.0) < 0.01);
        assert!(score(&prose, 0.5) > 0.4);
        assert!(score("Teilen", 0.0) > 0.9);
        assert!(score(&prose, 1.0) > 0.99);
    }
}
