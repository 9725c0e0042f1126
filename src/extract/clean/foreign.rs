//! Elements inside the body that are no part of the article: other articles, lists of links, offers.

use super::{LINK_LIST, Place};
use crate::extract::{
    blocks::RawBlock,
    dom::{Dom, Id, heading_level},
    text::ends_sentence,
    vocabulary::notices,
};
use std::collections::{HashMap, HashSet};

/// All such elements, with the reason why they are not read.
pub fn elements(
    dom: &Dom,
    place: &Place,
    inside: &[(usize, &RawBlock)],
) -> HashMap<Id, &'static str> {
    let mut found: HashMap<Id, &'static str> =
        other_articles(dom, place, inside).into_iter().collect();
    found.extend(
        link_lists(dom, inside)
            .into_iter()
            .map(|list| (list, LINK_LIST)),
    );
    found
}

/// Articles inside the article: teasers and notes, unless they hold much of the text, as the entries of a ticker do.
fn other_articles(
    dom: &Dom,
    place: &Place,
    inside: &[(usize, &RawBlock)],
) -> Vec<(Id, &'static str)> {
    // How much prose each holds, and what it is.
    let mut held: HashMap<Id, (usize, &'static str)> = HashMap::new();
    let mut total = 0;
    for (_, block) in inside.iter().filter(|(_, block)| block.is_prose()) {
        let len = block.text.text.len();
        total += len;
        let nested = dom
            .ancestors(block.owner)
            .take_while(|id| *id > place.region)
            .filter(|id| {
                dom.tag(*id) == "article"
                    && place
                        .headline
                        .is_none_or(|headline| !dom.contains(*id, headline))
            })
            .last();
        if let Some(id) = nested {
            held.entry(id).or_insert((0, "another article")).0 += len;
        }
    }
    for card in cards(dom, place) {
        if !held.keys().any(|id| dom.contains(*id, card)) {
            let prose = inside
                .iter()
                .filter(|(_, block)| block.is_prose() && dom.contains(card, block.owner));
            let length = prose.map(|(_, block)| block.text.text.len()).sum();
            held.insert(card, (length, "link to other articles"));
        }
    }
    let nested: usize = held.values().map(|(length, _)| length).sum();
    if nested * 5 > total * 2 {
        return Vec::new();
    }
    held.into_iter()
        .map(|(id, (_, reason))| (id, reason))
        .collect()
}

/// Small boxes with one heading that is a link, a picture or another link, and a few words: they lead to other articles.
fn cards(dom: &Dom, place: &Place) -> Vec<Id> {
    const NODES: usize = 80;
    const LENGTH: usize = 500;
    const MOST: usize = 60;
    const HEADLINE: usize = 15;
    let end = dom.nodes[place.region].end;
    let mut found: Vec<Id> = Vec::new();
    let mut looked = 0;
    let mut at = place.region;
    while at < end && looked < MOST {
        let heading = at;
        at += 1;
        if !matches!(heading_level(dom.tag(heading)), Some(2..)) {
            continue;
        }
        let inner_link = (heading..dom.nodes[heading].end)
            .take(8)
            .find(|id| leads(dom, *id));
        let linked = inner_link.is_some_and(|link| dom.text(link) == dom.text(heading))
            || dom
                .ancestors(heading)
                .take(4)
                .any(|outer| leads(dom, outer));
        // Shorter ones are names of people and places.
        if !linked || dom.text(heading).chars().count() < HEADLINE {
            continue;
        }
        looked += 1;
        let card = dom
            .ancestors(heading)
            .take(8)
            .take_while(|outer| {
                let last = dom.nodes[*outer].end;
                *outer > place.region
                    && last - outer < NODES
                    && matches!(dom.tag(*outer), "div" | "section" | "a")
                    && !dom.contains(*outer, place.headline.unwrap_or(0))
                    && (*outer..last)
                        .filter(|id| heading_level(dom.tag(*id)).is_some())
                        .count()
                        == 1
                    && dom.text(*outer).chars().count() < LENGTH
            })
            .last()
            .filter(|card| {
                let inner = *card..dom.nodes[*card].end;
                inner
                    .clone()
                    .any(|id| matches!(dom.tag(id), "img" | "picture"))
                    || inner.clone().filter(|id| leads(dom, *id)).count() > 1
                    || dom.tag(*card) == "a"
                    || leads(dom, dom.nodes[heading].parent)
            });
        if let Some(card) = card {
            found.push(card);
            at = dom.nodes[card].end;
        }
    }
    found
}

/// Whether an element is a link to elsewhere.
fn leads(dom: &Dom, id: Id) -> bool {
    dom.tag(id) == "a"
        && dom
            .attr(id, "href")
            .is_some_and(|href| !href.starts_with('#'))
}

/// Lists whose every item is led by, or mostly is, a link to elsewhere.
fn link_lists(dom: &Dom, inside: &[(usize, &RawBlock)]) -> Vec<Id> {
    // For every item of a list: its list, and whether it leads elsewhere.
    let mut items: HashMap<Id, (Id, bool, usize, usize)> = HashMap::new();
    // Items that offer the house's own channels.
    let mut offers: HashSet<Id> = HashSet::new();
    for (_, block) in inside {
        let item = std::iter::once(block.owner)
            .chain(dom.ancestors(block.owner))
            .take(8)
            .find(|id| dom.tag(*id) == "li");
        if let Some(item) = item {
            let entry = items
                .entry(item)
                .or_insert((dom.nodes[item].parent, false, 0, 0));
            entry.1 |= block.link_density() > 0.8;
            entry.2 += block.linked;
            entry.3 += block.text.text.len();
            if block.linked > 0 && notices(&block.text.text.to_lowercase(), "offer") > 0 {
                offers.insert(item);
            }
        }
    }
    let mut offering: HashMap<Id, usize> = HashMap::new();
    for item in &offers {
        *offering.entry(dom.nodes[*item].parent).or_default() += 1;
    }
    // Lists of which most items hold a link.
    let mut linking: HashMap<Id, (usize, usize)> = HashMap::new();
    for (list, _, link_length, _) in items.values() {
        let entry = linking.entry(*list).or_default();
        entry.0 += 1;
        entry.1 += usize::from(*link_length > 0);
    }
    let mut lists: HashMap<Id, (usize, usize, usize, usize)> = HashMap::new();
    for (list, leads, link_length, len) in items.into_values() {
        let entry = lists.entry(list).or_default();
        entry.0 += 1;
        entry.1 += usize::from(leads);
        entry.2 += link_length;
        entry.3 += len;
    }
    let mut found: Vec<Id> = lists
        .into_iter()
        .filter(|(list, (count, leading, linked, len))| {
            // Items without a list around them stand among the paragraphs of the article.
            matches!(dom.tag(*list), "ul" | "ol" | "menu")
                && *count > 1
                && (leading == count && len / count < 400 || linked * 2 > *len)
        })
        .map(|(list, _)| list)
        .collect();
    found.extend(linking.iter().filter_map(|(list, (count, linked))| {
        let offering = offering.get(list).copied().unwrap_or(0);
        (linked == count && *count > 1 && offering * 2 >= *count).then_some(*list)
    }));
    // After the last running text, a list whose every item holds a link is an offer, not the article.
    let last_prose = inside.iter().rev().find(|(_, block)| {
        block.is_prose()
            && ends_sentence(&block.text.text)
            && !std::iter::once(block.owner)
                .chain(dom.ancestors(block.owner))
                .take(8)
                .any(|id| dom.tag(id) == "li")
    });
    if let Some((_, last)) = last_prose {
        found.extend(
            linking
                .into_iter()
                .filter(|(list, (count, linked))| *list > last.owner && linked * 3 >= count * 2)
                .map(|(list, _)| list),
        );
    }
    found.sort_unstable();
    found
}
