//! Boxes in which a house offers its newsletter, its app or a membership: known by the button or the form in them, or by
//! their heading, together with the words of an offer. The names in the markup need not say so.

use super::{
    dom::{Dom, Id, heading_level, is_block},
    text::key,
    vocabulary::{Role, notices, roles},
};
use scraper::node::Element;

/// More nodes, or more characters, are no box but a part of the page.
const NODES: usize = 250;
const LENGTH: usize = 1000;
/// Only so many signs of a box are looked at.
const SIGNS: usize = 200;

/// All such boxes, in document order. `is_lead` tells elements that hold the lead of the article.
pub fn find(dom: &Dom, is_box: impl Fn(Id) -> bool, is_lead: impl Fn(Id) -> bool) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    for (id, least) in (0..dom.len())
        .filter_map(|id| Some((id, sign(dom, id)?)))
        .take(SIGNS)
    {
        if found.last().is_some_and(|last| dom.contains(*last, id)) {
            continue;
        }
        let own = key(&dom.text(id)).len();
        // The smallest element that says more than the sign itself.
        let frame = dom
            .ancestors(id)
            .take(8)
            .take_while(|outer| dom.nodes[*outer].end - outer < NODES && is_box(*outer))
            .find(|outer| is_block(dom.tag(*outer)) && key(&dom.text(*outer)).len() > own + 20);
        let Some(frame) = frame else { continue };
        let text = dom.text(frame).to_lowercase();
        let is_body = dom
            .element(frame)
            .is_some_and(|element| roles(element).has(Role::Body));
        if !is_body
            && text.chars().count() < LENGTH
            && notices(&text, "offer") >= least
            && !is_lead(frame)
        {
            found.push(frame);
        }
    }
    found
}

/// How many words of an offer must stand in the box around an element for it to be one, if it is a sign of it at all.
fn sign(dom: &Dom, id: Id) -> Option<usize> {
    const SIZE: usize = 40;
    let element = dom.element(id).filter(|_| dom.nodes[id].end - id < SIZE)?;
    match element.name() {
        "a" | "button" if is_button(element) => Some(1),
        "input" if element.attr("type") == Some("email") => Some(1),
        "strong" | "b" => (notices(&dom.text(id).to_lowercase(), "offer") > 0).then_some(2),
        tag if heading_level(tag).is_some() => {
            (notices(&dom.text(id).to_lowercase(), "offer") > 0).then_some(2)
        }
        _ => None,
    }
}

/// A link that looks like a button leads to an offer; links of the text look like text.
fn is_button(element: &Element) -> bool {
    element.name() == "button"
        || element.attr("class").is_some_and(|names| {
            names
                .split(|c: char| !c.is_ascii_alphanumeric())
                .take(40)
                .any(|word| matches!(word.to_ascii_lowercase().as_str(), "button" | "btn" | "cta"))
        })
}
