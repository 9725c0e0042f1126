//! Numbers of the items of ordered lists.

use super::{
    Placed,
    dom::{Dom, Id},
};
use crate::article::BlockKind;
use std::collections::{HashMap, HashSet};

/// Gives the items of ordered lists their numbers, as a browser shows them (`start`, `value`, `reversed`). Only the
/// first paragraph of an item has a number.
pub fn number(dom: &Dom, body: &mut [Placed]) {
    let mut numbers: HashMap<Id, u32> = HashMap::new();
    let mut counted: HashSet<Id> = HashSet::new();
    for placed in body {
        if !matches!(placed.block.kind, BlockKind::ListItem { .. }) {
            continue;
        }
        let item = std::iter::once(placed.at)
            .chain(dom.ancestors(placed.at))
            .take(8)
            .find(|id| dom.tag(*id) == "li");
        let Some(item) = item else { continue };
        let list = dom.nodes[item].parent;
        if dom.tag(list) != "ol" {
            continue;
        }
        if counted.insert(list) {
            count(dom, list, &mut numbers);
        }
        placed.block.kind = BlockKind::ListItem {
            number: numbers.remove(&item),
        };
    }
}

fn count(dom: &Dom, list: Id, numbers: &mut HashMap<Id, u32>) {
    let items: Vec<Id> = dom
        .children(list)
        .filter(|id| dom.tag(*id) == "li")
        .collect();
    let given = |id: Id, name: &str| dom.attr(id, name).and_then(|v| v.trim().parse().ok());
    let reversed = dom.attr(list, "reversed").is_some();
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let mut next: i64 = given(list, "start").unwrap_or(if reversed { count } else { 1 });
    for item in items {
        next = given(item, "value").unwrap_or(next);
        if let Ok(number) = u32::try_from(next) {
            numbers.insert(item, number);
        }
        next = next.saturating_add(if reversed { -1 } else { 1 });
    }
}
