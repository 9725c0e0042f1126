//! What stands between headline and body: authors and lead.

use super::{
    blocks::RawBlock,
    dom::{Dom, Id, heading_level},
    head::Head,
    metadata::{Metadata, clean_authors},
    text::key,
    vocabulary::{Role, is_credit, roles},
};
use std::collections::HashSet;

/// Authors as the page shows them near the headline, where its metadata name none.
pub fn authors(dom: &Dom, meta: &Metadata, head: &Head) -> Vec<String> {
    const NEAR: usize = 120;
    let Some(title) = head.title_at else {
        return Vec::new();
    };
    let shown = (title.saturating_sub(NEAR)..(title + NEAR).min(dom.len())).find_map(|id| {
        let element = dom.element(id)?;
        let named = element.attr("rel") == Some("author") || roles(element).has(Role::Author);
        let text = dom.text(id);
        (named && (4..=80).contains(&text.chars().count()) && !text.contains([':', '@']))
            .then_some(text)
    });
    shown.map_or_else(Vec::new, |text| {
        clean_authors(&[text], meta.publisher.as_deref())
    })
}

/// Numbers of the blocks that are the lead: named so, or the description of the page, between headline and body.
pub fn lead(
    dom: &Dom,
    meta: &Metadata,
    head: &Head,
    blocks: &[RawBlock],
    region: Id,
) -> Vec<usize> {
    let Some(title) = head.title_at else {
        return Vec::new();
    };
    let descriptions: Vec<String> = meta
        .descriptions
        .iter()
        .map(|text| key(text))
        .filter(|k| k.len() >= 30)
        .collect();
    let titles: Vec<String> = meta
        .titles
        .iter()
        .map(|(_, title)| key(title))
        .chain(head.title.as_deref().map(key))
        .collect();
    let near: Vec<usize> = (0..blocks.len())
        .filter(|n| {
            let block = &blocks[*n];
            block.owner > title
                && block.owner < dom.nodes[region].end
                && block.made.is_none()
                && !matches!(dom.tag(block.owner), "table" | "caption")
                && block.text.text.chars().count() >= 30
                && block.link_density() < 0.5
                && !block.text.text.ends_with(':')
                && !is_credit(&block.text.text)
                && dom.tag(block.owner) != "h1"
                && !titles.contains(&key(&block.text.text))
        })
        .take(8)
        .collect();
    // A heading may be named after its size; under running text it is a subhead.
    let first_prose = near
        .iter()
        .copied()
        .find(|n| blocks[*n].is_prose() && !blocks[*n].roles.has(Role::Lead));
    let is_subhead = |n: usize| {
        heading_level(dom.tag(blocks[n].owner)).is_some()
            && first_prose.is_some_and(|first| first < n)
    };
    let mut said = HashSet::new();
    let named: Vec<usize> = near
        .iter()
        .copied()
        .filter(|n| !is_subhead(*n))
        // The items of a summary stay together, in the body.
        .filter(|n| blocks[*n].roles.has(Role::Lead) && dom.tag(blocks[*n].owner) != "li")
        // Pages hold it twice, for small screens and for large ones.
        .filter(|n| said.insert(key(&blocks[*n].text.text)))
        .take(3)
        .collect();
    if !named.is_empty() {
        return named;
    }
    let described = near.iter().copied().find(|n| {
        let shown = key(&blocks[*n].text.text);
        descriptions.iter().any(|d| {
            shown == *d
                || shown.starts_with(d.as_str())
                || d.starts_with(&shown) && shown.len() * 2 > d.len()
        })
    });
    if let Some(found) = described {
        return vec![found];
    }
    // Prose between the headline and the body.
    near.into_iter()
        .filter(|n| blocks[*n].owner < region && blocks[*n].is_prose())
        .take(1)
        .collect()
}
