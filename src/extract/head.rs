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

/// The headline on the page: an `h1` that agrees with what the page says about itself.
pub fn headline(dom: &Dom, meta: &Metadata) -> Option<Id> {
    let claims: Vec<String> = meta
        .titles
        .iter()
        .map(|(_, title)| key(title))
        .filter(|claim| claim.len() > 5)
        .collect();
    (0..dom.len())
        .filter(|id| dom.tag(*id) == "h1")
        .take(20)
        .find(|id| {
            let shown = key(&dom.text(*id));
            !shown.is_empty()
                && claims
                    .iter()
                    .any(|claim| shown.contains(claim) || claim.contains(&shown))
        })
}

/// How much a source is believed where the page shows no headline. One that it shows beats them all: the others are
/// written for search engines and social networks.
fn belief(source: &str) -> f64 {
    match source {
        "og:title" => 1.6,
        "JSON-LD headline" => 1.4,
        "title element" => 0.8,
        _ => 0.0,
    }
}

/// Decides title and kicker: the headline on the page, or else what the sources agree on.
pub fn decide(dom: &Dom, meta: &Metadata, headline: Option<Id>, region: Id) -> Head {
    let mut head = Head::default();
    // Without agreement, the last headline before the body ends; a site's name in an h1 stands at the very top.
    let chosen = headline.or_else(|| {
        (0..dom.nodes[region].end)
            .rev()
            .filter(|id| dom.tag(*id) == "h1")
            .take(20)
            .find(|id| dom.text(*id).chars().count() >= 10)
    });
    let votes = |title: &str| {
        let title = key(title);
        meta.titles
            .iter()
            .filter(|(_, claim)| key(claim) == title)
            .map(|(source, _)| belief(source))
            .sum::<f64>()
    };
    let claimed = meta.titles.iter().map(|(_, title)| title).max_by(|a, b| {
        votes(a)
            .total_cmp(&votes(b))
            .then(std::cmp::Ordering::Greater)
    });
    if let Some(id) = chosen {
        let shown = dom.text(id);
        let (kicker, title) = split_kicker(dom, meta, id, &shown);
        head.title = Some(title);
        head.title_at = Some(id);
        head.kicker = kicker.or_else(|| kicker_near(dom, id));
    }
    match (&head.title, claimed) {
        (None, Some(claim)) if !claim.is_empty() => {
            head.evidence
                .push("title: from the metadata; no fitting h1 on the page".to_owned());
            head.title = Some(claim.clone());
        }
        (Some(shown), _) => {
            let agreeing: String = meta
                .titles
                .iter()
                .filter(|(_, claim)| key(claim) == key(shown))
                .map(|(source, _)| format!(", {source}"))
                .collect();
            head.evidence.push(format!("title: h1{agreeing}"));
        }
        _ => {}
    }
    if let Some(kicker) = &mut head.kicker {
        *kicker = kicker
            .trim_end_matches([':', ' ', '|', '-', '–'])
            .to_owned();
    }
    let title_key = head.title.as_deref().map(key).unwrap_or_default();
    head.kicker = head
        .kicker
        .take()
        .filter(|kicker| !kicker.is_empty() && !title_key.starts_with(&key(kicker)));
    head
}

/// Takes the kicker off a headline that shows both, unless the page itself counts it to the title.
fn split_kicker(dom: &Dom, meta: &Metadata, id: Id, shown: &str) -> (Option<String>, String) {
    const GLUE: [char; 6] = [':', ' ', '–', '-', '|', '+'];
    let is_claimed = |title: &str| {
        meta.titles
            .iter()
            .any(|(_, claim)| key(claim) == key(title))
    };
    if is_claimed(shown) {
        return (None, shown.to_owned());
    }
    let cut = |kicker: &str| {
        let rest = shown.strip_prefix(kicker)?.trim_start_matches(GLUE);
        (rest.chars().count() > 8).then(|| (Some(kicker.to_owned()), rest.to_owned()))
    };
    let named = (id + 1..dom.nodes[id].end)
        .find(|inner| {
            dom.element(*inner)
                .is_some_and(|element| roles(element).has(Role::Kicker))
        })
        .and_then(|inner| cut(&dom.text(inner)));
    // A first part after which the rest is what the page calls its title.
    let parts = || {
        dom.children(id)
            .filter(|child| !dom.text(*child).is_empty())
            .take(1)
            .find_map(|child| cut(&dom.text(child)))
    };
    named
        .or_else(|| parts().filter(|(_, rest)| is_claimed(rest)))
        .unwrap_or_else(|| (None, shown.to_owned()))
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
        super::metadata::clean_authors(&[text], meta.publisher.as_deref())
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
                && block.text.text.chars().count() >= 30
                && block.link_density() < 0.5
                && !block.text.text.ends_with(':')
                && dom.tag(block.owner) != "h1"
                && !titles.contains(&key(&block.text.text))
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
