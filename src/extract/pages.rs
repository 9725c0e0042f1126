//! Articles on several pages: which page comes next, and how they become one.

use super::{
    dom::{self, Dom},
    text::key,
    vocabulary::{Role, roles},
};
use crate::{
    article::{Article, Block, BlockKind},
    source::{Media, Page},
};
use std::collections::HashSet;
use url::Url;

/// Most pages that are read of one article.
pub const MAX_PAGES: usize = 10;

/// The next page of the same article: a link that calls itself so, and leads to the same address with the next number.
/// A link to the next article is none.
#[must_use]
pub fn next_page(page: &Page) -> Option<Url> {
    let here = page.url.as_ref()?;
    if page.media != Media::Html {
        return None;
    }
    let (stem, number) = numbered(here);
    let tree = dom::parse(&page.text);
    let dom = Dom::new(&tree);
    let base = base(&dom, Some(here))?;
    (0..dom.len())
        .filter(|id| matches!(dom.tag(*id), "a" | "link"))
        .filter(|id| {
            let is_next = dom.attr(*id, "rel").is_some_and(|rel| {
                rel.split_whitespace()
                    .any(|r| r.eq_ignore_ascii_case("next"))
            });
            is_next || dom.tag(*id) == "a" && is_label(&dom.text(*id), number + 1)
        })
        .filter(|id| {
            !dom.ancestors(*id)
                .filter_map(|outer| dom.element(outer))
                .take(12)
                .any(|element| element.name() != "body" && roles(element).has(Role::Comment))
        })
        .filter_map(|id| base.join(dom.attr(id, "href")?).ok())
        .find(|next| {
            next.scheme().starts_with("http")
                && next.host() == here.host()
                && next.port_or_known_default() == here.port_or_known_default()
                && numbered(next) == (stem.clone(), number + 1)
        })
        .map(|mut next| {
            next.set_fragment(None);
            next
        })
}

/// What the addresses in a page are relative to: `<base href>`, where it has one, or its own.
pub fn base(dom: &Dom, here: Option<&Url>) -> Option<Url> {
    let given = (0..dom.len())
        .filter(|id| dom.tag(*id) == "base")
        .find_map(|id| dom.attr(id, "href"))
        .and_then(|href| match here {
            Some(here) => here.join(href).ok(),
            None => Url::parse(href).ok(),
        })
        .filter(|base| matches!(base.scheme(), "http" | "https"));
    given.or_else(|| here.cloned())
}

/// `Weiter`, `Nächste Seite`, `Seite 2`, `2`.
fn is_label(text: &str, number: u32) -> bool {
    let text = text.to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text == number.to_string()
        || text == format!("seite {number}")
        || [
            "weiter",
            "nächste",
            "nächste seite",
            "zur nächsten seite",
            "weiterlesen auf seite",
        ]
        .iter()
        .any(|label| {
            text.strip_prefix(label)
                .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        })
}

/// An address without its page number, and the number; 1 where there is none.
fn numbered(url: &Url) -> (String, u32) {
    let mut number = None;
    let mut rest: Vec<String> = Vec::new();
    for (name, value) in url.query_pairs() {
        let is_page = ["page", "seite", "p", "pg", "pagenumber", "page_number"]
            .contains(&name.to_ascii_lowercase().as_str());
        match small(&value).filter(|_| is_page && number.is_none()) {
            Some(found) => number = Some(found),
            None => rest.push(format!("{name}={value}")),
        }
    }
    let mut path = url.path().trim_end_matches('/').to_owned();
    if number.is_none()
        && let Some((stem, found)) = numbered_path(&path)
    {
        path = stem;
        number = Some(found);
    }
    (format!("{path}?{}", rest.join("&")), number.unwrap_or(1))
}

/// `/bericht/seite-2`, `/bericht/2`, `/bericht-2.html`. A bare number is one of a page only after the words of a
/// headline: `/news/5` and `/serie/teil-2` are articles of their own.
fn numbered_path(path: &str) -> Option<(String, u32)> {
    let (name, extension) = match path.rfind('.') {
        Some(dot) if !path[dot..].contains('/') && path.len() - dot <= 6 => path.split_at(dot),
        _ => (path, ""),
    };
    let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (stem, number) = name.split_at(name.len() - digits);
    let number = small(number)?;
    let stem = stem.strip_suffix(['-', '_', '/', ',']).unwrap_or(stem);
    let lower = stem.to_ascii_lowercase();
    for word in ["seite", "page"] {
        if let Some(before) = lower.strip_suffix(word)
            && let Some(before) = before.strip_suffix(['/', '-', '_', ','])
        {
            return Some((format!("{}{extension}", &stem[..before.len()]), number));
        }
    }
    let slug = lower.rsplit('/').next().unwrap_or_default();
    let is_part = ["teil", "folge", "part", "episode", "kapitel", "tag"]
        .iter()
        .any(|word| slug.ends_with(word));
    let is_headline = slug.len() >= 15 && slug.contains(['-', '_']);
    (is_headline && !is_part && stem.len() < name.len() - digits)
        .then(|| (format!("{stem}{extension}"), number))
}

fn small(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| (1..=99).contains(number))
}

/// Puts the pages of one article together. Title, lead and whatever else every page repeats are kept once.
#[must_use]
pub fn join(first: Article, rest: impl IntoIterator<Item = Article>) -> Article {
    const LONG: usize = 60;
    let mut article = first;
    let mut seen: HashSet<String> = article
        .title
        .iter()
        .chain(&article.kicker)
        .map(|text| key(text))
        .chain(article.lead.iter().map(|text| key(&text.text)))
        .chain(article.blocks.iter().map(|block| key(&block.text.text)))
        .collect();
    for page in rest {
        let lead = page.lead.into_iter().map(|text| Block {
            kind: BlockKind::Paragraph,
            text,
            origin: String::new(),
        });
        // At the top of a page everything that was said is its head; later only what is too long for chance.
        let mut head = true;
        for block in lead.chain(page.blocks) {
            let this = key(&block.text.text);
            let known = seen.contains(&this);
            if known && (head || this.len() > LONG) {
                continue;
            }
            head = false;
            seen.insert(this);
            article.blocks.push(block);
        }
        article.dropped.extend(page.dropped);
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(url: &str, html: &str) -> Page {
        Page {
            url: Url::parse(url).ok(),
            media: Media::Html,
            text: html.to_owned(),
        }
    }

    #[test]
    fn next_pages() {
        let rows = [
            (
                "/der-lange-weg-ans-meer",
                "<a rel=next href=/der-lange-weg-ans-meer/2>x</a>",
                true,
            ),
            (
                "/der-lange-weg-ans-meer/2",
                "<a rel=next href=/der-lange-weg-ans-meer/3>x</a>",
                true,
            ),
            (
                "/der-lange-weg-ans-meer.html",
                "<link rel=next href=der-lange-weg-ans-meer-2.html>",
                true,
            ),
            ("/weg", "<a href='/weg/seite-2'>Nächste Seite</a>", true),
            ("/weg?id=7", "<a href='?id=7&amp;page=2'>2</a>", true),
            (
                "/weg?id=7",
                "<a rel=next href='?id=8&amp;page=2'>2</a>",
                false,
            ),
            (
                "/weg?id=7",
                "<div class=comments><a rel=next href='?id=7&amp;page=2'>2</a></div>",
                false,
            ),
            (
                "/der-lange-weg-ans-meer",
                "<a rel=next href=/der-kurze-weg-nach-hause>weiter</a>",
                false,
            ),
            ("/news/5", "<a rel=next href=/news/6>weiter</a>", false),
            (
                "/serie/die-grosse-reise-teil-2",
                "<a rel=next href=/serie/die-grosse-reise-teil-3>x</a>",
                false,
            ),
            (
                "/weg",
                "<a rel=next href=//fremd.example/weg/seite-2>x</a>",
                false,
            ),
            ("/weg", "<a href='/weg/seite-3'>3</a>", false),
            (
                "/weg",
                "<base href='/weg/'><a href='seite-2'>Nächste Seite</a>",
                true,
            ),
            ("/weg/seite-2", "<a rel=next href='/weg'>1</a>", false),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .filter(|(path, html, want)| {
                next_page(&page(&format!("https://blatt.example{path}"), html)).is_some() != *want
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
