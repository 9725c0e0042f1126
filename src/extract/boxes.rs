//! Info boxes: what stands in a frame beside the text, under a heading of its own.

use super::{
    Boxes, Placed,
    dom::{Dom, Id, heading_level},
    left_out::left_out,
    text::ends_sentence,
    vocabulary::{Role, Roles, is_cue, roles},
};
use crate::article::{BlockKind, Dropped};
use std::collections::HashMap;

/// More characters than this are no box.
const MAX_BOX: usize = 3000;
/// Less running text, in bytes, is a notice of the house.
const MIN_BOX: usize = 120;

/// Whether an element that would not be read for `reason` is an info box of the article: an `aside` with a heading and
/// running text, and hardly a link.
pub fn is_read(dom: &Dom, id: Id, own: Roles, reason: &str, wish: Boxes) -> bool {
    if !matches!(wish, Boxes::AtEnd | Boxes::Inline)
        || dom.tag(id) != "aside"
        || reason != "box beside the article"
        || own.unspoken().is_some()
    {
        return false;
    }
    let end = dom.nodes[id].end;
    // Bounded: a box is small, whatever the page.
    if end - id > 400 {
        return false;
    }
    let (mut heading, mut prose, mut linked) = (None, 0, 0);
    for inner in id + 1..end {
        match dom.tag(inner) {
            "form" | "input" | "select" | "iframe" | "article" => return false,
            "a" => linked += dom.text(inner).len(),
            "p" | "li" => {
                let text = dom.text(inner);
                if text.len() >= 60 && ends_sentence(&text) {
                    prose += text.len();
                }
            }
            tag if heading_level(tag).is_some() && heading.is_none() => {
                heading = Some(dom.text(inner));
            }
            _ => {}
        }
    }
    heading.is_some_and(|heading| !heading.is_empty() && !is_cue(&heading))
        && prose >= MIN_BOX
        && linked * 4 < prose
        && dom.text(id).chars().count() <= MAX_BOX
}

/// Takes the boxes out of the body, if they are not to be read where they stand. Gives those that are to be read after
/// the article.
pub fn take(
    dom: &Dom,
    body: &mut Vec<Placed>,
    wish: Boxes,
    dropped: &mut Vec<Dropped>,
) -> Vec<Placed> {
    if wish == Boxes::Inline {
        return Vec::new();
    }
    let total: usize = body.iter().map(|placed| placed.block.text.text.len()).sum();
    let mut known = HashMap::new();
    let boxes: Vec<Option<Id>> = body
        .iter()
        .map(|placed| box_around(dom, placed.at, &mut known))
        .collect();
    let mut sizes: HashMap<Id, usize> = HashMap::new();
    let mut headed: HashMap<Id, bool> = HashMap::new();
    for (placed, around) in body.iter().zip(&boxes) {
        if let Some(id) = around {
            *sizes.entry(*id).or_default() += placed.block.text.text.len();
            headed.entry(*id).or_insert(
                dom.tag(*id) == "table" || matches!(placed.block.kind, BlockKind::Heading { .. }),
            );
        }
    }
    let mut taken = Vec::new();
    let mut at = 0;
    body.retain_mut(|placed| {
        let around = boxes[at];
        at += 1;
        // Without a heading, nobody would know later what it is about, but for the rows of a table, which name
        // themselves; and half of the text is no box.
        let Some(id) = around.filter(|id| headed[id] && sizes[id] * 2 < total) else {
            return true;
        };
        if wish == Boxes::Skip {
            let block = &placed.block;
            let origin = block.origin.clone();
            dropped.push(left_out(&block.text.text, 0.0, "info box", origin));
        } else {
            taken.push(Placed {
                at: id,
                block: placed.block.clone(),
            });
        }
        false
    });
    taken
}

/// The outermost box around an element.
fn box_around(dom: &Dom, at: Id, known: &mut HashMap<Id, bool>) -> Option<Id> {
    std::iter::once(at)
        .chain(dom.ancestors(at))
        .take(12)
        .filter(|id| {
            *known.entry(*id).or_insert_with(|| {
                let tag = dom.tag(*id);
                tag == "aside"
                    || matches!(tag, "div" | "section" | "details" | "table")
                        && dom.element(*id).is_some_and(|element| {
                            let own = roles(element);
                            own.has(Role::Box) && !own.any(&[Role::Body, Role::Lead])
                        })
            })
        })
        .last()
}
