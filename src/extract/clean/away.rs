//! Lines that lead away from the text, or ask readers for something.

use crate::{
    article::{SpanKind, Text},
    extract::{
        blocks::RawBlock,
        dom::{Dom, Kind},
        vocabulary::{QUOTES, is_appeal, notices},
    },
};

/// A request for consent: several of its words, in a small box with a control or a link.
pub fn is_consent(dom: &Dom, block: &RawBlock) -> bool {
    let text = block.text.text.to_lowercase();
    notices(&text, "consent") >= 2
        && std::iter::once(block.owner)
            .chain(dom.ancestors(block.owner))
            .take(4)
            .take_while(|id| dom.nodes[*id].end - id < 150)
            .any(|id| {
                (id..dom.nodes[id].end)
                    .any(|inner| matches!(dom.tag(inner), "button" | "input" | "label"))
            })
}

/// One sentence that sends readers to the link with which it ends: `Mehr dazu finden Sie hier.`
pub fn is_pointer(text: &Text) -> bool {
    let end = text.text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends_with_link = text
        .spans
        .iter()
        .any(|span| matches!(span.kind, SpanKind::Link(_)) && span.range.end >= end.len());
    ends_with_link
        && !text.text.starts_with(QUOTES)
        && !end.contains(". ")
        // A line with a label of its own says more than where to look.
        && text
            .text
            .split(':')
            .next()
            .is_some_and(|before| notices(&before.to_lowercase(), "pointer") > 0)
}

/// An appeal to readers in a small box of its own, with something to click.
pub fn is_appeal_in_box(dom: &Dom, block: &RawBlock) -> bool {
    const NODES: usize = 60;
    const LENGTH: usize = 600;
    is_appeal(&block.text.text) && {
        let frame = dom.nodes[block.owner].parent;
        matches!(dom.tag(frame), "div" | "section")
            && dom.nodes[frame].end - frame < NODES
            && dom.text(frame).chars().count() < LENGTH
            && (frame..dom.nodes[frame].end)
                .any(|inner| matches!(dom.tag(inner), "a" | "button" | "input"))
    }
}

/// An item or line that only leads to a place within the page.
pub fn is_jump(dom: &Dom, block: &RawBlock) -> bool {
    matches!(dom.tag(block.owner), "li" | "p" | "div") && {
        let mut children = dom
            .children(block.owner)
            .filter(|id| match dom.nodes[*id].kind {
                Kind::Element(_) => true,
                Kind::Text(text) => !text.trim().is_empty(),
            });
        let only = children.next().filter(|_| children.next().is_none());
        only.and_then(|only| dom.attr(only, "href"))
            .is_some_and(|href| href.starts_with('#'))
    }
}
