//! Title, kicker and lead: what the page shows, checked against what it says about itself.

use super::{
    blocks::RawBlock,
    dom::{Dom, Id, Kind, heading_level, is_block, is_code},
    metadata::Metadata,
    text::{key, push_tidy, tidy},
    vocabulary::{Role, is_credit, roles},
};

/// The head of the article.
#[derive(Debug, Default)]
pub struct Head {
    /// Headline.
    pub title: Option<String>,
    /// The element that shows it.
    pub title_at: Option<Id>,
    /// The other heading of a page with one for search engines and one for readers.
    pub double: Option<Id>,
    /// Dachzeile.
    pub kicker: Option<String>,
}

/// The headline, and a second one that says the same in other words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline {
    /// The element that shows it.
    pub at: Id,
    /// The other heading of a page with one for search engines and one for readers.
    pub double: Option<Id>,
}

/// The headline on the page: an `h1` that agrees with what the page says about itself. One that is the last crumb of
/// a breadcrumb trail is there for search engines; readers see the heading after it, which is taken if the page calls
/// it its title anywhere.
pub fn headline(dom: &Dom, meta: &Metadata) -> Option<Headline> {
    let claims: Vec<String> = meta
        .titles
        .iter()
        .map(|(_, title)| key(title))
        .filter(|claim| claim.len() > 5)
        .collect();
    let h1 = (0..dom.len())
        .filter(|id| dom.tag(*id) == "h1")
        .take(20)
        .find(|id| {
            let shown = key(&dom.text(*id));
            !shown.is_empty()
                && claims
                    .iter()
                    .any(|claim| shown.contains(claim) || claim.contains(&shown))
        })?;
    let Some(seen) = Some(h1)
        .filter(|h1| is_crumb(dom, *h1))
        .and_then(|h1| shown_after(dom, h1))
    else {
        return Some(Headline {
            at: h1,
            double: None,
        });
    };
    // Social networks are given a title of their own; it says nothing about the page.
    let whole = key(&dom.text(seen));
    let rest = after_first_part(dom, seen).map_or_else(String::new, |(_, rest)| key(&rest));
    let claimed = meta.titles.iter().any(|(source, claim)| {
        let claim = key(claim);
        belief(source) >= 1.0 && (claim == whole || claim == rest)
    });
    let (at, other) = if claimed { (seen, h1) } else { (h1, seen) };
    Some(Headline {
        at,
        double: Some(other),
    })
}

/// Whether a headline ends a breadcrumb trail: named so, or nothing but links and separators before it in a line of
/// its own.
fn is_crumb(dom: &Dom, h1: Id) -> bool {
    const AROUND: usize = 5;
    const TRAIL: usize = 150;
    let is_named = std::iter::once(h1)
        .chain(dom.ancestors(h1).take(AROUND))
        .take_while(|id| !matches!(dom.tag(*id), "body" | "main" | "article"))
        .filter_map(|id| dom.element(id))
        .any(|element| {
            element.name() == "nav"
                || element
                    .attrs()
                    .any(|(name, value)| name.contains("breadcrumb") || names_breadcrumb(value))
        });
    is_named
        || dom
            .ancestors(h1)
            .take(AROUND)
            .take_while(|outer| dom.nodes[*outer].end - outer < TRAIL)
            .any(|outer| {
                let (mut links, mut linked_until) = (0, 0);
                for id in outer..dom.nodes[outer].end {
                    match dom.nodes[id].kind {
                        Kind::Element(element) if element.name() == "a" && id < h1 => {
                            links += 1;
                            linked_until = dom.nodes[id].end;
                        }
                        Kind::Text(text)
                            if id >= linked_until
                                && !dom.contains(h1, id)
                                && text.chars().any(char::is_alphanumeric) =>
                        {
                            return false;
                        }
                        _ => {}
                    }
                }
                links >= 2
            })
}

/// Whether a class or schema.org type is that of a breadcrumb trail.
fn names_breadcrumb(value: &str) -> bool {
    value
        .split_ascii_whitespace()
        .take(12)
        .any(|name| name.len() < 60 && name.to_ascii_lowercase().contains("breadcrumb"))
}

/// The first heading after `h1` and before running text.
fn shown_after(dom: &Dom, h1: Id) -> Option<Id> {
    const LOOK: usize = 1500;
    (dom.nodes[h1].end..dom.len())
        .take(LOOK)
        .take_while(|id| dom.tag(*id) != "p" || dom.text(*id).chars().count() < 120)
        .filter(|id| matches!(dom.tag(*id), "h1" | "h2"))
        .find(|id| (15..300).contains(&dom.text(*id).chars().count()))
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
pub fn decide(dom: &Dom, meta: &Metadata, headline: Option<Headline>, region: Id) -> Head {
    let mut head = Head::default();
    // Without agreement, the last headline before the body ends; a site's name in an h1 stands at the very top.
    let chosen = headline.map(|headline| headline.at).or_else(|| {
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
        let double = headline.and_then(|headline| headline.double);
        let (kicker, title) = split_kicker(dom, meta, id);
        head.title = Some(title);
        head.title_at = Some(id);
        head.double = double;
        head.kicker = kicker.or_else(|| kicker_near(dom, id));
    }
    if head.title.is_none() {
        head.title = claimed.filter(|claim| !claim.is_empty()).cloned();
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
fn split_kicker(dom: &Dom, meta: &Metadata, id: Id) -> (Option<String>, String) {
    let shown = heading_text(dom, id);
    let first_part = after_first_part(dom, id);
    let is_rest = |claim: &str| {
        first_part
            .as_ref()
            .is_some_and(|(_, rest)| key(claim) == key(rest))
    };
    if let Some(claim) = strongest(meta, |claim| key(claim) == key(&shown) || is_rest(claim)) {
        return match first_part {
            // The page shows kicker and headline on two lines; only the claim has a colon between them.
            Some(_) if !is_rest(claim) => (None, claim.to_owned()),
            Some((kicker, rest)) => (Some(kicker), rest),
            None => (None, shown),
        };
    }
    let named = (id + 1..dom.nodes[id].end)
        .find(|inner| {
            dom.element(*inner)
                .is_some_and(|element| roles(element).has(Role::Kicker))
        })
        .and_then(|inner| {
            let kicker = dom.text(inner);
            let rest = shown.strip_prefix(&kicker)?.trim_start_matches(GLUE);
            (rest.chars().count() > 8).then(|| (kicker, rest.to_owned()))
        });
    named.map_or((None, shown), |(kicker, title)| (Some(kicker), title))
}

/// The claim of the source that is believed most, among those that fit.
fn strongest(meta: &Metadata, fits: impl Fn(&str) -> bool) -> Option<&str> {
    meta.titles
        .iter()
        .filter(|(_, claim)| fits(claim))
        .max_by(|(a, _), (b, _)| belief(a).total_cmp(&belief(b)))
        .map(|(_, claim)| claim.as_str())
}

/// The text of a headline. Its parts are often lines of their own only by style, with no space between them.
fn heading_text(dom: &Dom, id: Id) -> String {
    let mut text = String::new();
    let mut at = id;
    while at < dom.nodes[id].end {
        match dom.nodes[at].kind {
            Kind::Element(element) if is_code(element.name()) => {
                at = dom.nodes[at].end;
                continue;
            }
            Kind::Text(raw) => {
                let begins_line = dom.nodes[at].parent != id
                    && raw.starts_with(|c: char| c.is_uppercase() || "„»«\"".contains(c))
                    && text.ends_with(|c: char| c.is_lowercase() || ".:?!".contains(c));
                if begins_line {
                    text.push(' ');
                }
                push_tidy(&mut text, raw);
            }
            Kind::Element(element) if is_block(element.name()) || element.name() == "br" => {
                push_tidy(&mut text, " ");
            }
            Kind::Element(_) => {}
        }
        at += 1;
    }
    tidy(&text)
}

/// What stands between kicker and headline.
const GLUE: [char; 6] = [':', ' ', '–', '-', '|', '+'];

/// The first child of a headline that holds text, and the text after it.
fn after_first_part(dom: &Dom, id: Id) -> Option<(String, String)> {
    let first = dom.children(id).find_map(|child| {
        let text = dom.text(child);
        (!text.is_empty()).then_some(text)
    })?;
    let whole = heading_text(dom, id);
    let rest = whole.strip_prefix(&first)?.trim_start_matches(GLUE);
    (rest.chars().count() > 8).then(|| (first, rest.to_owned()))
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
    let named: Vec<usize> = near
        .iter()
        .copied()
        .filter(|n| !is_subhead(*n))
        // The items of a summary stay together, in the body.
        .filter(|n| blocks[*n].roles.has(Role::Lead) && dom.tag(blocks[*n].owner) != "li")
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
