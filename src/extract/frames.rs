//! Small boxes that are known by what they hold, not by a name: pictures with their captions, polls, summaries by a
//! machine.

use super::{
    dom::{Dom, Id, Kind, heading_level},
    metadata::Metadata,
    offers,
    text::{ends_sentence, key},
    vocabulary::notices,
};

/// By this many bytes of its comparison key the lead is known.
const BEGINNING: usize = 40;

/// All such boxes with the reason why they are not read, in document order. Without `pictures`, what stands beside
/// pictures is read.
pub fn frames(dom: &Dom, meta: &Metadata, pictures: bool) -> Vec<(Id, &'static str)> {
    let leads: Vec<String> = meta
        .descriptions
        .iter()
        .map(|text| key(text))
        .filter(|text| text.len() > BEGINNING)
        .map(|text| text[..floor(&text, BEGINNING)].to_owned())
        .collect();
    let mut all: Vec<(Id, &'static str)> = Vec::new();
    if pictures {
        let found = picture_frames(dom, &leads).into_iter();
        all.extend(found.map(|id| (id, "caption or credit")));
    }
    all.extend(
        polls(dom)
            .into_iter()
            .map(|id| (id, "poll, quiz or rating")),
    );
    all.extend(
        machine_summaries(dom, &leads)
            .into_iter()
            .map(|id| (id, "summary by a machine")),
    );
    let offers = offers::find(dom, |id| is_box(dom, id), |id| holds_lead(dom, &leads, id));
    all.extend(offers.into_iter().map(|id| (id, "newsletter or app offer")));
    all.sort_unstable_by_key(|(id, _)| *id);
    all.dedup_by_key(|(id, _)| *id);
    all
}

/// An element that may be a box of its own: not one that holds the page or the headline.
fn is_box(dom: &Dom, id: Id) -> bool {
    !matches!(dom.tag(id), "html" | "body" | "main" | "article")
        && !(id..dom.nodes[id].end).any(|inner| dom.tag(inner) == "h1")
}

/// Whether the description of the page begins somewhere in an element.
fn holds_lead(dom: &Dom, leads: &[String], id: Id) -> bool {
    let text = key(&dom.text(id));
    leads.iter().any(|lead| text.contains(lead.as_str()))
}

/// Boxes that say of themselves that a machine has summed up the article in them.
fn machine_summaries(dom: &Dom, leads: &[String]) -> Vec<Id> {
    const SIZE: usize = 150;
    const LENGTH: usize = 1500;
    let mut found: Vec<Id> = Vec::new();
    for id in 0..dom.len() {
        let Kind::Text(text) = dom.nodes[id].kind else {
            continue;
        };
        if text.len() > 400
            || !text.contains("usammenfass")
            || notices(&text.to_lowercase(), "machine") == 0
            || is_running_text(dom, id)
        {
            continue;
        }
        let frame = dom
            .ancestors(id)
            .take(8)
            .take_while(|outer| {
                dom.nodes[*outer].end - outer < SIZE
                    && is_box(dom, *outer)
                    && dom.text(*outer).chars().count() < LENGTH
                    && !holds_lead(dom, leads, *outer)
            })
            .last();
        found.extend(frame);
        if found.len() > 20 {
            break;
        }
    }
    found
}

/// Whether a text stands in one of several paragraphs of sentences, side by side: an article may write about machines.
fn is_running_text(dom: &Dom, id: Id) -> bool {
    const LONG: usize = 80;
    const SEVERAL: usize = 3;
    let is_paragraph = |id: Id| {
        dom.tag(id) == "p" && {
            let text = dom.text(id);
            text.len() >= LONG && ends_sentence(&text)
        }
    };
    dom.ancestors(id)
        .take(4)
        .find(|outer| dom.tag(*outer) == "p")
        .is_some_and(|paragraph| {
            is_paragraph(paragraph)
                && dom
                    .children(dom.nodes[paragraph].parent)
                    .take(60)
                    .filter(|sibling| is_paragraph(*sibling))
                    .nth(SEVERAL - 1)
                    .is_some()
        })
}

/// The last character boundary up to `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Marks elements that hold a picture and nothing but a few words: the words are its caption.
fn picture_frames(dom: &Dom, leads: &[String]) -> Vec<Id> {
    const CAPTION: usize = 300;
    let mut frames: Vec<Id> = Vec::new();
    for id in 0..dom.len() {
        if !matches!(dom.tag(id), "img" | "picture" | "video") {
            continue;
        }
        let mut frame = None;
        for outer in dom.ancestors(id).take(8) {
            let end = dom.nodes[outer].end;
            // Bounded: a frame is small, whatever the page.
            let may_frame = match dom.tag(outer) {
                "div" | "span" | "a" | "section" | "picture" => true,
                "p" => is_caption_line(dom, outer),
                "td" | "th" | "tr" | "tbody" | "table" => texts_in_cells(dom, outer) < 2,
                _ => false,
            };
            if !may_frame || end - outer > 120 {
                break;
            }
            if (outer..end).any(|inner| heading_level(dom.tag(inner)).is_some())
                || dom.text(outer).chars().count() > CAPTION
            {
                break;
            }
            frame = Some(outer);
        }
        // The lead may stand under the lead image.
        frames.extend(frame.filter(|frame| !holds_lead(dom, leads, *frame)));
    }
    frames
}

/// Whether a paragraph with a picture holds its caption: a short line in italics or small print, or no sentence.
fn is_caption_line(dom: &Dom, paragraph: Id) -> bool {
    const CAPTION: usize = 200;
    let text = dom.text(paragraph);
    if text.chars().count() > CAPTION {
        return false;
    }
    // A small picture is a sign in the text.
    let is_sign = |id: Id| {
        let small = |name| {
            dom.attr(id, name)
                .and_then(|size| size.trim_end_matches("px").parse::<u32>().ok())
                .is_some_and(|size| size <= 64)
        };
        let named = |name| {
            dom.attr(id, name)
                .is_some_and(|names| names.contains("emoji") || names.contains("icon"))
        };
        small("width") || small("height") || named("class") || named("src")
    };
    let (mut lean, mut pictured) = (paragraph, false);
    let is_lean = (paragraph..dom.nodes[paragraph].end).all(|id| match dom.nodes[id].kind {
        Kind::Element(element) => {
            match element.name() {
                "em" | "i" | "small" => lean = lean.max(dom.nodes[id].end),
                "img" => pictured |= !is_sign(id),
                _ => {}
            }
            true
        }
        Kind::Text(text) => text.trim().is_empty() || id < lean,
    });
    pictured && (is_lean || !ends_sentence(&text))
}

/// How many cells of a table, or of a part of it, hold text.
fn texts_in_cells(dom: &Dom, id: Id) -> usize {
    (id..dom.nodes[id].end)
        .take(120)
        .filter(|cell| matches!(dom.tag(*cell), "td" | "th") && !dom.text(*cell).is_empty())
        .count()
}

/// Small boxes with several things to choose from: polls, quizzes, filters.
fn polls(dom: &Dom) -> Vec<Id> {
    const SIZE: usize = 250;
    let mut found: Vec<Id> = Vec::new();
    let choices: Vec<Id> = (0..dom.len())
        .filter(|id| dom.tag(*id) == "input")
        .filter(|id| matches!(dom.attr(*id, "type"), Some("radio" | "checkbox")))
        .take(100)
        .collect();
    for choice in &choices {
        if found
            .last()
            .is_some_and(|poll| dom.contains(*poll, *choice))
        {
            continue;
        }
        let frame = dom
            .ancestors(*choice)
            .take(8)
            .take_while(|id| dom.nodes[*id].end - id < SIZE)
            .take_while(|id| is_box(dom, *id))
            .filter(|id| {
                choices
                    .iter()
                    .filter(|choice| dom.contains(*id, **choice))
                    .nth(1)
                    .is_some()
            })
            .take_while(|id| dom.text(*id).chars().count() < 500)
            .last();
        found.extend(frame);
    }
    found
}
