//! Title and kicker: what the page shows, checked against what it says about itself.

use super::{
    dom::{Dom, Id, Kind, is_block, is_code},
    metadata::Metadata,
    silent::is_hidden,
    text::{key, push_tidy, tidy},
    vocabulary::{Role, roles},
};
use std::collections::HashSet;

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

/// The headline on the page: a heading that agrees with what the page says about itself. An `h1` that is the last crumb
/// of a breadcrumb trail is there for search engines; readers see the heading after it, which is taken if the page
/// calls it its title anywhere.
pub fn headline(dom: &Dom, meta: &Metadata) -> Option<Headline> {
    let h1 = agreeing(dom, meta)?;
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

/// The heading that agrees best with the titles that the page claims: an `h1`, or, where the `h1` holds the name of the
/// site, a lesser heading that is the whole of a claim.
fn agreeing(dom: &Dom, meta: &Metadata) -> Option<Id> {
    /// Only so many headings are looked at.
    const LOOK: usize = 20;
    let claims: Vec<String> = meta
        .titles
        .iter()
        .map(|(_, title)| key(title))
        .filter(|claim| claim.len() > 5)
        .collect();
    let publisher = meta.publisher.as_deref().map(key);
    let best = |tags: &[&str], least: u8| {
        (0..dom.len())
            .filter(|id| tags.contains(&dom.tag(*id)))
            .take(LOOK)
            .map(|id| (agreement(&key(&dom.text(id)), &claims), id))
            .filter(|(agreement, _)| *agreement >= least)
            // The first of the best.
            .max_by_key(|(agreement, id)| (*agreement, std::cmp::Reverse(*id)))
    };
    let named_site = |id: Id| publisher.as_ref().is_some_and(|p| key(&dom.text(id)) == *p);
    let h1 = best(&["h1"], PART).filter(|(_, id)| !named_site(*id));
    match h1 {
        Some((PART, _)) | None => best(&["h2", "h3"], WHOLE)
            .filter(|(_, id)| {
                !named_site(*id)
                    && !dom
                        .ancestors(*id)
                        .any(|outer| matches!(dom.tag(outer), "nav" | "aside" | "footer"))
            })
            .or(h1),
        better => better,
    }
    .map(|(_, id)| id)
}

/// A heading is the whole of a claimed title.
const WHOLE: u8 = 3;
/// A heading begins a claimed title, or ends with it after a kicker.
const START: u8 = 2;
/// A heading and a claimed title hold one another.
const PART: u8 = 1;

/// How far a heading agrees with the claims, both as comparison keys; 0 is not at all.
fn agreement(shown: &str, claims: &[String]) -> u8 {
    if shown.is_empty() {
        return 0;
    }
    let one = |claim: &String| match () {
        () if claim == shown => WHOLE,
        () if claim.starts_with(shown) || shown.ends_with(claim.as_str()) => START,
        () if shown.contains(claim.as_str()) || claim.contains(shown) => PART,
        () => 0,
    };
    claims.iter().map(one).max().unwrap_or(0)
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
    if let Some(id) = chosen {
        let double = headline.and_then(|headline| headline.double);
        let (kicker, title) = split_kicker(dom, meta, id);
        head.title = Some(title);
        head.title_at = Some(id);
        head.double = double;
        head.kicker = kicker.or_else(|| kicker_near(dom, id));
        if let Some(claim) = outvoted(meta, head.title.as_deref().unwrap_or_default()) {
            head.title = Some(claim.to_owned());
        }
    }
    if head.title.is_none() {
        head.title = most_claimed(meta)
            .filter(|claim| !claim.is_empty())
            .map(str::to_owned);
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

/// The title that most sources claim, by how much they are believed.
fn most_claimed(meta: &Metadata) -> Option<&str> {
    let votes = |title: &str| {
        let title = key(title);
        meta.titles
            .iter()
            .filter(|(_, claim)| key(claim) == title)
            .map(|(source, _)| belief(source))
            .sum::<f64>()
    };
    meta.titles
        .iter()
        .map(|(_, title)| title.as_str())
        .max_by(|a, b| {
            votes(a)
                .total_cmp(&votes(b))
                .then(std::cmp::Ordering::Greater)
        })
}

/// The title that all sources claim with one voice, against a headline that none of them has. A page that shows one
/// thing and says another everywhere else shows a line of the moment, such as the newest entry of a live ticker. The
/// claim must be a headline about the same matter: the name of a section is claimed with one voice too.
fn outvoted<'a>(meta: &'a Metadata, shown: &str) -> Option<&'a str> {
    const SOURCES: usize = 3;
    /// Words that make a headline.
    const WORDS: usize = 4;
    /// Share of the words that two wordings of one title have in common.
    const ALIKE: f64 = 0.8;
    let shown_key = key(shown);
    let claim = most_claimed(meta)?;
    let claim_words = words(claim);
    let one_voice = meta.titles.iter().all(|(_, other)| {
        let other_key = key(other);
        let common = words(other).intersection(&claim_words).count() as f64;
        let all = words(other).len().max(claim_words.len()).max(1) as f64;
        !shown_key.contains(&other_key) && !other_key.contains(&shown_key) && common / all >= ALIKE
    });
    let shown_words = words(shown);
    let same_matter = claim_words
        .iter()
        .any(|word| word.chars().count() > 4 && shown_words.contains(word));
    (meta.titles.len() >= SOURCES && one_voice && same_matter && claim_words.len() >= WORDS)
        .then_some(claim)
}

/// The different words of a title, as comparison keys.
fn words(title: &str) -> HashSet<String> {
    title
        .split(|c: char| c.is_whitespace() || "-–/".contains(c))
        .map(key)
        .filter(|word| !word.is_empty())
        .collect()
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
        let believed: f64 = meta
            .titles
            .iter()
            .filter(|(_, other)| key(other) == key(&shown))
            .map(|(source, _)| belief(source))
            .sum();
        return match first_part {
            // The page shows kicker and headline on two lines; the claims have a colon between them. One alone is the
            // habit of a social network.
            Some((kicker, rest))
                if is_rest(claim) || believed < 2.0 && joins(claim, &kicker, &shown) =>
            {
                (Some(kicker), rest)
            }
            Some(_) => (None, claim.to_owned()),
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
    if let Some((kicker, title)) = named {
        return (Some(kicker), title);
    }
    // Badges and counters stand in headlines too: the claim is what most of the headline says.
    let shown_key = key(&shown);
    let is_most = |claim: &str| {
        let claim = key(claim);
        claim.len() * 5 >= shown_key.len() * 3 && shown_key.contains(&claim)
    };
    match strongest(meta, is_most) {
        Some(claim) => {
            let kicker = before(&shown, &key(claim));
            (Some(kicker).filter(|k| !k.is_empty()), claim.to_owned())
        }
        None => (None, shown),
    }
}

/// The beginning of a text up to where a comparison key begins in it.
fn before(text: &str, wanted: &str) -> String {
    let at = text
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| {
            key(&text[..*at]).len() + wanted.len() > key(text).len()
                || key(&text[*at..]).starts_with(wanted)
        })
        .unwrap_or(0);
    tidy(&text[..at])
}

/// Whether a claim puts a mark between the first part of a headline and the rest where the page shows none.
fn joins(claim: &str, first: &str, shown: &str) -> bool {
    let mark = |text: &str| {
        text.strip_prefix(first)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '|', '–', '-']))
    };
    mark(claim) && !mark(shown)
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
            Kind::Element(element)
                if is_code(element.name()) || element.name() == "button"
                    // Punctuation for screen readers is for ears; hidden words are about the page.
                    || at > id
                        && is_hidden(dom, at)
                        && dom.text(at).contains(char::is_alphanumeric) =>
            {
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
