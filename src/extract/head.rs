//! Title, kicker and lead: what the page shows, checked against what it says about itself.

use super::{
    blocks::RawBlock,
    dom::{Dom, Id},
    metadata::Metadata,
    text::key,
    vocabulary::{Role, roles},
};

/// The head of the article.
#[derive(Debug, Default)]
pub struct Head {
    /// Headline.
    pub title: Option<String>,
    /// The element that shows it.
    pub title_at: Option<Id>,
    /// Dachzeile.
    pub kicker: Option<String>,
    /// Which sources agreed.
    pub evidence: Vec<String>,
}

/// Decides title and kicker. The headline on the page beats the one for search engines.
pub fn decide(dom: &Dom, meta: &Metadata, region: Id) -> Head {
    let mut head = Head::default();
    let h1s: Vec<Id> = (0..dom.len())
        .filter(|id| dom.tag(*id) == "h1")
        .take(20)
        .collect();
    let claims: Vec<String> = meta.titles.iter().map(|(_, title)| key(title)).collect();
    let agrees = |id: &Id| {
        let shown = key(&dom.text(*id));
        !shown.is_empty()
            && claims
                .iter()
                .any(|claim| !claim.is_empty() && (shown.contains(claim) || claim.contains(&shown)))
    };
    // Without agreement, the last headline before the body ends; a site's name in an h1 stands at the very top.
    let chosen = h1s.iter().copied().find(agrees).or_else(|| {
        h1s.iter()
            .copied()
            .rfind(|id| *id < dom.nodes[region].end && dom.text(*id).chars().count() >= 10)
    });
    if let Some(id) = chosen {
        let mut title = dom.text(id);
        let inner = (id + 1..dom.nodes[id].end).find(|inner| {
            dom.element(*inner)
                .is_some_and(|element| roles(element).has(Role::Kicker))
        });
        if let Some(inner) = inner {
            let kicker = dom.text(inner);
            if let Some(rest) = title.strip_prefix(&kicker)
                && rest.trim_start_matches([':', ' ', '–', '|']).len() > 8
            {
                title = rest.trim_start_matches([':', ' ', '–', '|']).to_owned();
                head.kicker = Some(kicker);
            }
        }
        head.evidence.push(format!(
            "title: h1{}",
            meta.titles
                .iter()
                .filter(|(_, claim)| key(claim) == key(&title))
                .map(|(source, _)| format!(", {source}"))
                .collect::<String>()
        ));
        head.title = Some(title);
        head.title_at = Some(id);
        head.kicker = head.kicker.take().or_else(|| kicker_near(dom, id));
    } else if let Some((source, title)) = meta.titles.iter().find(|(_, title)| !title.is_empty()) {
        head.evidence
            .push(format!("title: {source}; no fitting h1 on the page"));
        head.title = Some(title.clone());
    }
    if let Some(kicker) = &mut head.kicker {
        *kicker = kicker.trim_end_matches([':', ' ', '|']).to_owned();
    }
    head.kicker = head
        .kicker
        .take()
        .filter(|kicker| !kicker.is_empty() && head.title.as_ref() != Some(kicker));
    head
}

/// The element named as a kicker closest before the headline.
fn kicker_near(dom: &Dom, title: Id) -> Option<String> {
    (title.saturating_sub(40)..title)
        .rev()
        .filter(|id| dom.nodes[*id].end <= title)
        .find(|id| {
            dom.element(*id)
                .is_some_and(|element| roles(element).has(Role::Kicker))
        })
        .map(|id| dom.text(id))
        .filter(|text| (3..=80).contains(&text.chars().count()))
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
    let title_key = head.title.as_deref().map(key).unwrap_or_default();
    let near: Vec<usize> = (0..blocks.len())
        .filter(|n| {
            let block = &blocks[*n];
            block.owner > title
                && block.owner < dom.nodes[region].end
                && block.text.text.chars().count() >= 30
                && block.link_density() < 0.5
                && key(&block.text.text) != title_key
        })
        .take(8)
        .collect();
    let named: Vec<usize> = near
        .iter()
        .copied()
        .filter(|n| blocks[*n].roles.has(Role::Lead))
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
