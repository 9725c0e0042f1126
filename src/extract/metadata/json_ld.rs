//! JSON-LD: the article object of schema.org, in one piece, in a list, in a `@graph`, or in JSON that no parser accepts.

use super::{Metadata, language_tag, live_blog, moment, some_text, strip_site_name};
use crate::extract::text::key;
use serde_json::{Map, Value};

/// JSON-LD types that are articles, see <https://schema.org/Article>.
const ARTICLE_TYPES: [&str; 17] = [
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "TechArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "Report",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "Review",
];

/// Adds what one script says.
pub fn read(script: &str, meta: &mut Metadata) {
    match lenient_json(script) {
        Some(value) => read_json_ld(&value, meta),
        None => read_broken_json_ld(script, meta),
    }
}

/// Parses JSON; tolerates what publishers get wrong: comments around it, raw line breaks in strings, a comma too many,
/// a semicolon at the end.
fn lenient_json(raw: &str) -> Option<Value> {
    let trimmed = raw
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim_end_matches("-->")
        .trim()
        .trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(trimmed) {
        return Some(value);
    }
    let mut repaired = String::with_capacity(trimmed.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in trimmed.chars() {
        if quoted {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ if c.is_control() => {
                    repaired.push(' ');
                    continue;
                }
                _ => {}
            }
        } else if c == '"' {
            quoted = true;
        } else if matches!(c, ']' | '}') {
            let end = repaired.trim_end().len();
            if repaired[..end].ends_with(',') {
                repaired.truncate(end - 1);
            }
        }
        repaired.push(c);
    }
    serde_json::from_str(&repaired).ok()
}

fn has_type(object: &Map<String, Value>, wanted: &[&str]) -> bool {
    let is = |v: &Value| {
        v.as_str().is_some_and(|t| {
            let t = t.rsplit(['/', ':', '#']).next().unwrap_or(t);
            wanted.contains(&t)
        })
    };
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is),
        Some(value) => is(value),
        None => false,
    }
}

fn string(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => some_text(&strip_tags(text)),
        Value::Array(list) => list.iter().find_map(|v| string(Some(v))),
        Value::Object(object) => {
            string(object.get("name")).or_else(|| string(object.get("@value")))
        }
        _ => None,
    }
}

/// JSON-LD strings often hold markup.
pub fn strip_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        if let Some(close) = after.find('>').filter(|_| is_tag) {
            out.push(' ');
            rest = &after[close + 1..];
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Takes the article object out of a JSON-LD script: a single object, a list, or an `@graph`.
fn read_json_ld(value: &Value, meta: &mut Metadata) {
    let mut objects = Vec::new();
    let mut queue = vec![(value, 0)];
    while let Some((value, depth)) = queue.pop() {
        match value {
            Value::Array(list) => queue.extend(list.iter().rev().map(|v| (v, depth))),
            Value::Object(object) => {
                objects.push(object);
                if depth < 3 {
                    queue.extend(
                        ["@graph", "mainEntity", "mainEntityOfPage"]
                            .iter()
                            .filter_map(|k| object.get(*k))
                            .map(|v| (v, depth + 1)),
                    );
                }
            }
            _ => {}
        }
    }
    let article = objects
        .iter()
        .find(|o| has_type(o, &ARTICLE_TYPES) && o.contains_key("headline"))
        .or_else(|| objects.iter().find(|o| has_type(o, &ARTICLE_TYPES)));
    if let Some(article) = article {
        if !has_type(article, &["Review"]) {
            meta.is_article = true;
        }
        read_article_object(article, meta);
    } else if objects.iter().any(|o| has_type(o, &["VideoObject"])) {
        meta.is_video = true;
    }
    for object in objects {
        live_blog::read(object, &mut meta.updates);
        if has_type(object, &["ImageObject"]) {
            meta.captions.extend(string(object.get("caption")));
        }
        if let Some(free) = object.get("isAccessibleForFree") {
            meta.free = meta.free.or_else(|| boolean(free));
        }
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(b) => Some(*b),
        Value::String(s) => Some(
            !s.rsplit('/')
                .next()
                .is_some_and(|s| s.eq_ignore_ascii_case("false")),
        ),
        _ => None,
    }
}

fn read_article_object(article: &Map<String, Value>, meta: &mut Metadata) {
    for name in ["headline", "name"] {
        if let Some(title) = string(article.get(name)) {
            let title = strip_site_name(&title, meta.publisher.as_deref());
            let at = meta.titles.len();
            meta.titles.insert(
                at,
                (
                    if name == "headline" {
                        "JSON-LD headline"
                    } else {
                        "JSON-LD name"
                    },
                    title,
                ),
            );
        }
    }
    meta.descriptions.extend(string(article.get("description")));
    meta.descriptions.extend(string(article.get("abstract")));
    meta.descriptions
        .extend(string(article.get("alternativeHeadline")));
    let authors = article.get("author").or_else(|| article.get("creator"));
    match authors {
        Some(Value::Array(list)) => meta
            .authors
            .extend(list.iter().filter_map(|a| string(Some(a)))),
        other => meta.authors.extend(string(other)),
    }
    meta.published = string(article.get("datePublished"))
        .and_then(|d| moment(&d))
        .or(meta.published);
    meta.updated = meta
        .updated
        .or_else(|| string(article.get("dateModified")).and_then(|d| moment(&d)));
    meta.section = meta
        .section
        .take()
        .or_else(|| string(article.get("articleSection")));
    meta.publisher = meta
        .publisher
        .take()
        .or_else(|| string(article.get("publisher")));
    if meta.language.is_none() {
        meta.language = string(article.get("inLanguage")).and_then(|l| language_tag(&l));
    }
    if let Some(body) = string(article.get("articleBody")) {
        let body = key(&body);
        if body.len() > meta.body_key.len() {
            meta.body_key = body;
        }
    }
    let images = match article.get("image") {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(other) => vec![other],
        None => vec![],
    };
    for image in images {
        match image {
            Value::Object(object) => {
                meta.captions.extend(string(object.get("caption")));
                meta.captions.extend(string(object.get("description")));
                meta.image = meta
                    .image
                    .take()
                    .or_else(|| object.get("url").and_then(Value::as_str).map(str::to_owned));
            }
            Value::String(url) => meta.image = meta.image.take().or(Some(url.clone())),
            _ => {}
        }
    }
}

/// Takes single strings out of JSON-LD that no parser accepts.
fn read_broken_json_ld(raw: &str, meta: &mut Metadata) {
    let field = |name: &str| {
        let after = &raw[raw.find(&format!("\"{name}\""))? + name.len() + 2..];
        let after = after
            .trim_start()
            .strip_prefix(':')?
            .trim_start()
            .strip_prefix('"')?;
        let mut escaped = false;
        let end = after.char_indices().take(20_000).find_map(|(at, c)| {
            let end = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            end.then_some(at)
        })?;
        let quoted = format!("\"{}\"", after[..end].replace(char::is_control, " "));
        let text: String = serde_json::from_str(&quoted).ok()?;
        some_text(&strip_tags(&text))
    };
    if !ARTICLE_TYPES
        .iter()
        .any(|t| raw.contains(&format!("\"{t}\"")))
    {
        return;
    }
    meta.is_article = true;
    meta.titles
        .extend(field("headline").map(|t| ("JSON-LD headline", t)));
    meta.descriptions.extend(field("description"));
    meta.published = meta
        .published
        .or_else(|| field("datePublished").and_then(|d| moment(&d)));
    if let Some(body) = field("articleBody") {
        meta.body_key = key(&body);
    }
}
