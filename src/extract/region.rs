//! Which part of the page is the article's body.

use super::{
    blocks::RawBlock,
    dom::{Dom, Id},
    vocabulary::{Role, roles},
};

/// A child that holds at least this share of the prose is the place where the article is.
const DESCEND: f64 = 0.85;
/// The `article` around the headline is believed from this share of the prose on.
const WHOLE: f64 = 0.5;
/// A body that is named as such is believed from this share of the prose on.
const NAMED: f64 = 0.8;

/// The element that holds the body: down from the root as long as one child holds most of the running text.
pub fn choose(dom: &Dom, blocks: &[RawBlock], headline: Option<Id>) -> Option<Id> {
    let mut weight = vec![0usize; dom.len()];
    for block in blocks.iter().filter(|block| block.is_prose()) {
        weight[block.owner] += block.text.text.len();
        for id in dom.ancestors(block.owner) {
            weight[id] += block.text.text.len();
        }
    }
    let mut region = (0..dom.len()).find(|id| dom.tag(*id) == "html")?;
    if weight[region] == 0 {
        // Short lines only, as in lists of results or recipes: all of them, outside of links.
        for block in blocks.iter().filter(|block| block.link_density() < 0.4) {
            weight[block.owner] += block.text.text.len();
            for id in dom.ancestors(block.owner) {
                weight[id] += block.text.text.len();
            }
        }
        if weight[region] == 0 {
            return None;
        }
    }
    loop {
        let enough = weight[region] as f64 * DESCEND;
        match dom
            .children(region)
            .find(|child| weight[*child] as f64 >= enough)
        {
            // A paragraph is no region: an article of one long paragraph still has a place around it.
            Some(child)
                if !matches!(
                    dom.tag(child),
                    "p" | "ul" | "ol" | "li" | "blockquote" | "table"
                ) =>
            {
                region = child;
            }
            _ => break,
        }
    }
    // Below the article stand others: the one with the headline is it, if it holds half of the text.
    let whole = headline.and_then(|headline| {
        dom.ancestors(headline)
            .filter(|id| dom.tag(*id) == "article" && dom.contains(region, *id))
            .find(|id| weight[*id] as f64 >= weight[region] as f64 * WHOLE)
    });
    let region = whole.unwrap_or(region);
    let named = (region..dom.nodes[region].end)
        .filter(|id| weight[*id] as f64 >= weight[region] as f64 * NAMED)
        .find(|id| {
            dom.element(*id).is_some_and(|element| {
                roles(element).has(Role::Body) || element.attr("itemprop") == Some("articleBody")
            })
        });
    Some(named.unwrap_or(region))
}
