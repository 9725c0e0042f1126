//! What the page says about itself: JSON-LD, OpenGraph, `<meta>`, microdata.
//!
//! The sources contradict each other. This module only collects them; [`super::head`] decides by agreement with what
//! is to be seen on the page.

mod json_ld;
mod live_blog;

use super::{
    dom::{Dom, Id},
    text::{key, tidy},
};
use crate::article::Moment;
use jiff::{Timestamp, civil, tz::TimeZone};

pub use live_blog::Update;

/// Claims about the article, each from one source.
#[derive(Debug, Default)]
pub struct Metadata {
    /// Headlines with the source they are from, strongest source first.
    pub titles: Vec<(&'static str, String)>,
    /// Descriptions: `og:description`, `<meta name=description>`, JSON-LD `description`.
    pub descriptions: Vec<String>,
    /// Author names.
    pub authors: Vec<String>,
    /// First published.
    pub published: Option<Moment>,
    /// Last changed.
    pub updated: Option<Moment>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Ressort.
    pub section: Option<String>,
    /// Name of the publication.
    pub publisher: Option<String>,
    /// Canonical address.
    pub canonical: Option<String>,
    /// Lead image.
    pub image: Option<String>,
    /// Captions and alternative texts of images.
    pub captions: Vec<String>,
    /// JSON-LD `articleBody`, as a comparison key.
    pub body_key: String,
    /// JSON-LD `isAccessibleForFree`, or the same in `<meta>`.
    pub free: Option<bool>,
    /// The page calls itself an article (`og:type`, JSON-LD type).
    pub is_article: bool,
    /// The page calls itself a video (`og:type`, JSON-LD type without an article).
    pub is_video: bool,
    /// Entries of a live ticker, from JSON-LD.
    pub updates: Vec<Update>,
    /// Address of the next page of the same article.
    pub next: Option<String>,
}

/// Collects what the page says about itself.
pub fn read(dom: &Dom) -> Metadata {
    let mut meta = Metadata::default();
    let mut scripts: Vec<String> = Vec::new();
    let mut microdata_authors = Vec::new();
    let (mut og_title, mut twitter_title, mut page_title) = (None, None, None);
    let mut modified_meta = None;
    let mut in_svg = 0;
    for id in 0..dom.len() {
        let Some(element) = dom.element(id) else {
            continue;
        };
        match element.name() {
            "svg" => in_svg = dom.nodes[id].end,
            "html" => {
                meta.language = element
                    .attr("lang")
                    .or_else(|| element.attr("xml:lang"))
                    .and_then(language_tag);
            }
            "title" if page_title.is_none() && id >= in_svg => {
                page_title = some_text(&dom.text(id));
            }
            "script"
                if element
                    .attr("type")
                    .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json")) =>
            {
                scripts.push(raw_text(dom, id));
            }
            "link" => {
                let rel = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
                let href = element
                    .attr("href")
                    .map(str::trim)
                    .filter(|h| !h.is_empty());
                if rel.split_whitespace().any(|r| r == "canonical") {
                    meta.canonical = meta.canonical.take().or(href.map(str::to_owned));
                } else if rel.split_whitespace().any(|r| r == "next") {
                    meta.next = meta.next.take().or(href.map(str::to_owned));
                }
            }
            "a" if element
                .attr("rel")
                .is_some_and(|r| r.split_whitespace().any(|r| r.eq_ignore_ascii_case("next"))) =>
            {
                meta.next = meta.next.take().or(element.attr("href").map(str::to_owned));
            }
            "meta" => {
                let name = element
                    .attr("property")
                    .or_else(|| element.attr("name"))
                    .or_else(|| element.attr("itemprop"))
                    .or_else(|| element.attr("http-equiv"))
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let Some(content) = element.attr("content").and_then(some_text) else {
                    continue;
                };
                match name.as_str() {
                    "og:title" => og_title = og_title.or(Some(content)),
                    "twitter:title" => twitter_title = twitter_title.or(Some(content)),
                    "og:description"
                    | "description"
                    | "twitter:description"
                    | "dc.description"
                    | "dcterms.description" => {
                        meta.descriptions.push(content);
                    }
                    "og:image" => meta.image = meta.image.take().or(Some(content)),
                    "og:image:alt" | "twitter:image:alt" => meta.captions.push(content),
                    "og:site_name" => meta.publisher = meta.publisher.take().or(Some(content)),
                    "og:type" => {
                        meta.is_article |= content.eq_ignore_ascii_case("article");
                        meta.is_video |= content.to_ascii_lowercase().starts_with("video");
                    }
                    "author" | "article:author" | "dc.creator" | "dcterms.creator"
                    | "sailthru.author" | "parsely-author" => {
                        meta.authors.push(content);
                    }
                    "article:published_time"
                    | "datepublished"
                    | "date"
                    | "dc.date"
                    | "dc.date.issued"
                    | "dcterms.date"
                    | "publish-date"
                    | "last-published"
                    | "parsely-pub-date" => {
                        meta.published = meta.published.or_else(|| moment(&content));
                    }
                    "article:modified_time"
                    | "datemodified"
                    | "last-modified"
                    | "og:updated_time"
                    | "dcterms.modified" => {
                        modified_meta = modified_meta.or_else(|| moment(&content));
                    }
                    "article:section" => meta.section = meta.section.take().or(Some(content)),
                    "article:content_tier" | "content_tier" => {
                        meta.free = meta.free.or(Some(content.eq_ignore_ascii_case("free")));
                    }
                    "isaccessibleforfree" => {
                        meta.free = meta.free.or(Some(!content.eq_ignore_ascii_case("false")));
                    }
                    "content-language" if meta.language.is_none() => {
                        meta.language = language_tag(&content);
                    }
                    _ => {}
                }
            }
            _ => {
                if let Some(prop) = element.attr("itemprop") {
                    match prop {
                        "author" if microdata_authors.len() < 8 => {
                            microdata_authors.push(dom.text(id));
                        }
                        "datePublished" => {
                            let value =
                                element.attr("datetime").or_else(|| element.attr("content"));
                            meta.published = meta.published.or_else(|| value.and_then(moment));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    let mut from_meta = std::mem::take(&mut meta.authors);
    for script in &scripts {
        json_ld::read(script, &mut meta);
    }
    if meta.authors.is_empty() {
        meta.authors.append(&mut from_meta);
    }
    if meta.authors.is_empty() {
        meta.authors = microdata_authors;
    }
    meta.authors = clean_authors(&meta.authors, meta.publisher.as_deref());
    meta.updated = meta.updated.or(modified_meta);
    meta.titles.extend(og_title.map(|t| ("og:title", t)));
    meta.titles
        .extend(twitter_title.map(|t| ("twitter:title", t)));
    meta.titles.extend(page_title.map(|t| ("title element", t)));
    for (_, title) in &mut meta.titles {
        *title = strip_site_name(title, meta.publisher.as_deref());
    }
    meta
}

fn some_text(raw: &str) -> Option<String> {
    Some(tidy(raw)).filter(|text| !text.is_empty())
}

fn raw_text(dom: &Dom, id: Id) -> String {
    (id + 1..dom.nodes[id].end)
        .filter_map(|child| match dom.nodes[child].kind {
            super::dom::Kind::Text(text) => Some(text),
            super::dom::Kind::Element(_) => None,
        })
        .collect()
}

fn language_tag(raw: &str) -> Option<String> {
    let tag = raw.trim().split([',', ';', ' ']).next()?.replace('_', "-");
    let ok =
        (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    ok.then_some(tag)
}

/// Takes the name of the site off the end of a title: `Headline | Site`, `Headline - Section - Site`.
pub fn strip_site_name(title: &str, publisher: Option<&str>) -> String {
    let mut rest = title;
    // A bar or a guillemet never stands in a headline; what follows it is the site's.
    for bar in [" | ", " › ", " « ", " » ", " :: ", " · "] {
        if let Some(at) = rest.rfind(bar)
            && rest[..at].chars().count() >= 12
        {
            rest = &rest[..at];
        }
    }
    // A dash may: only a name after it is taken off.
    for dash in [" - ", " – ", " — "] {
        while let Some(at) = rest.rfind(dash) {
            let tail = &rest[at + dash.len()..];
            let is_publisher = publisher.is_some_and(|p| {
                let (tail, p) = (key(tail), key(p));
                !tail.is_empty() && (p.starts_with(&tail) || tail.starts_with(&p))
            });
            let is_domain = !tail.contains(' ') && tail.contains('.') && !tail.ends_with('.');
            let is_shouted = !tail.contains(' ')
                && tail.len() > 1
                && tail.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
            if (is_publisher || is_domain || is_shouted) && at >= 12 {
                rest = &rest[..at];
            } else {
                break;
            }
        }
    }
    rest.trim().to_owned()
}

/// Names only: no addresses, no `Von`, no doubles, no name of the publication.
pub fn clean_authors(raw: &[String], publisher: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in raw
        .iter()
        .flat_map(|r| r.split([',', ';', '/', '|']))
        .flat_map(|r| r.split(" und "))
        .flat_map(|r| r.split(" and "))
    {
        let part = tidy(part);
        let name = ["Von ", "von ", "By ", "by ", "Par ", "Di "]
            .iter()
            .find_map(|p| part.strip_prefix(p))
            .unwrap_or(&part)
            .trim();
        let ok = name.chars().any(char::is_alphabetic)
            && (2..=60).contains(&name.chars().count())
            && !name.contains(['@', '<', '{'])
            && !name.starts_with("http")
            && !name.starts_with("www.")
            && publisher.is_none_or(|p| key(p) != key(name));
        if ok && !names.iter().any(|n| key(n) == key(name)) && names.len() < 12 {
            names.push(name.to_owned());
        }
    }
    names
}

/// Reads an ISO 8601 date with or without time. A time in UTC (`Z`, `+00:00`) is shown as Central European time, which
/// is what the page shows its readers; any other offset is the page's own, and the time is taken as written.
pub fn moment(raw: &str) -> Option<Moment> {
    let raw = raw.trim();
    let day = || {
        let ymd: civil::Date = raw.get(..10)?.parse().ok()?;
        Some(Moment {
            date: ymd,
            time: None,
        })
    };
    let (date, time) = match raw.split_once(['T', ' ']) {
        Some((date, time))
            if date.len() == 10 && time.as_bytes().first().is_some_and(u8::is_ascii_digit) =>
        {
            (date, time)
        }
        _ => return day().or_else(|| german_date(raw)),
    };
    let digits = time
        .find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))
        .unwrap_or(time.len());
    let (clock, offset) = time.split_at(digits);
    let clock = clock.split('.').next().unwrap_or(clock);
    let local: civil::DateTime = format!("{date}T{clock}").parse().ok()?;
    let is_utc = matches!(
        offset.trim(),
        "Z" | "z" | "+00:00" | "+0000" | "UTC" | "GMT"
    );
    let local = if is_utc {
        to_central_european(local)?
    } else {
        local
    };
    Some(Moment {
        date: local.date(),
        time: Some(local.time()),
    })
}

fn to_central_european(utc: civil::DateTime) -> Option<civil::DateTime> {
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").ok()?;
    let instant: Timestamp = TimeZone::UTC.to_timestamp(utc).ok()?;
    Some(zone.to_datetime(instant))
}

/// `25.05.2024`, with or without `14:30` after it.
fn german_date(raw: &str) -> Option<Moment> {
    let mut parts = raw.splitn(3, '.');
    let day = parts.next()?.trim().parse().ok()?;
    let month = parts.next()?.trim().parse().ok()?;
    let rest = parts.next()?.trim_start();
    let year = rest.get(..4)?.parse().ok()?;
    let clock = rest[4..]
        .trim_start_matches([',', ' ', '-', '|'])
        .get(..5)
        .and_then(|t| format!("{t}:00").parse().ok());
    Some(Moment {
        date: civil::Date::new(year, month, day).ok()?,
        time: clock,
    })
}
