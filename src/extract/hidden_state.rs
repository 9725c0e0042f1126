//! Articles that the page holds only as data for its script: JSON-LD `articleBody`, `__NEXT_DATA__` and their like.
//!
//! Only for pages whose markup holds no article, and never where the page says that the text is not free.

use super::{
    dom::{Dom, Id, Kind},
    metadata::Metadata,
    text::{ends_sentence, key},
};
use serde_json::Value;

/// Values that are looked at in all scripts together.
const MAX_VALUES: usize = 500_000;
/// Less text than this is no article.
const MIN_TEXT: usize = 300;
/// Shorter strings are labels.
const MIN_PARAGRAPH: usize = 40;

/// The article as markup, for the same reading as any other page.
pub fn find(dom: &Dom, meta: &Metadata) -> Option<String> {
    if meta.free == Some(false) {
        return None;
    }
    let mut best = Candidate::default();
    let mut budget = MAX_VALUES;
    for id in 0..dom.len() {
        if dom.tag(id) == "script"
            && let Some(value) = state(dom, id)
        {
            search(&value, &mut best, &mut budget);
        }
    }
    let ticker = ticker(meta);
    best.or(ticker.html, ticker.text);
    if best.text < MIN_TEXT {
        return None;
    }
    let mut page = String::from("<!DOCTYPE html><html><body><article>");
    if let Some((_, title)) = meta.titles.first() {
        page.push_str("<h1>");
        escape(title, &mut page);
        page.push_str("</h1>");
    }
    let body = key(&best.html);
    if let Some(lead) = meta
        .descriptions
        .iter()
        .find(|text| ends_sentence(text) && !text.ends_with(['…', ':']) && !text.ends_with("..."))
        .or(best.lead.as_ref())
        .filter(|text| !body.contains(&key(text)))
    {
        page.push_str("<p class=\"lead\">");
        escape(lead, &mut page);
        page.push_str("</p>");
    }
    page.push_str("<div class=\"article-body\">");
    page.push_str(&best.html);
    page.push_str("</div></article></body></html>");
    Some(page)
}

/// A text that may be the article, and how much of it is running text, in bytes.
#[derive(Default)]
struct Candidate {
    html: String,
    text: usize,
    /// What the same data call the lead.
    lead: Option<String>,
}

impl Candidate {
    fn or(&mut self, html: String, text: usize) {
        if text > self.text {
            *self = Self {
                html,
                text,
                lead: None,
            };
        }
    }
}

/// The entries of a live ticker, each in a section; when they were written is told by [`super::ticker`].
fn ticker(meta: &Metadata) -> Candidate {
    let mut all = Candidate::default();
    for update in &meta.updates {
        all.html.push_str("<section>");
        if let Some(headline) = &update.headline {
            paragraph("h3", headline, &mut all.html);
        }
        for text in &update.text {
            paragraph("p", text, &mut all.html);
            all.text += text.len();
        }
        all.html.push_str("</section>");
    }
    all
}

/// The data in a script: JSON, or the first object that is assigned to something.
fn state(dom: &Dom, id: Id) -> Option<Value> {
    let raw = dom
        .children(id)
        .find_map(|child| match dom.nodes[child].kind {
            Kind::Text(text) => Some(text.trim()),
            Kind::Element(_) => None,
        })?;
    if raw.len() < MIN_TEXT {
        return None;
    }
    let kind = dom.attr(id, "type").unwrap_or_default();
    let json = if kind.contains("json") {
        raw
    } else {
        // `window.__STATE__ = {…};` and nothing like it within a program.
        let (name, value) = raw.split_once('=')?;
        let is_name = name.len() < 80 && name.contains("__");
        Some(value.trim_start()).filter(|value| is_name && value.starts_with(['{', '[']))?
    };
    // serde_json bounds the depth to 128 by itself.
    serde_json::Deserializer::from_str(json)
        .into_iter::<Value>()
        .next()?
        .ok()
}

/// Looks for the longest text with the structure of an article. Loops, so that depth costs no stack.
fn search(root: &Value, best: &mut Candidate, budget: &mut usize) {
    let mut queue = vec![root];
    while let Some(value) = queue.pop() {
        if *budget == 0 {
            return;
        }
        *budget -= 1;
        match value {
            Value::Object(object) => {
                let before = best.text;
                for value in object.values() {
                    consider(value, best, budget);
                    match value {
                        Value::Array(list) => queue.extend(list),
                        Value::Object(_) => queue.push(value),
                        _ => {}
                    }
                }
                if best.text > before {
                    best.lead = lead(object);
                }
            }
            Value::Array(list) => {
                consider(value, best, budget);
                queue.extend(list);
            }
            other => consider(other, best, budget),
        }
    }
}

/// Takes a value that is the longest text so far.
fn consider(value: &Value, best: &mut Candidate, budget: &mut usize) {
    let found = match value {
        Value::String(text) => from_string(text),
        Value::Array(list) => from_list(list, budget),
        _ => None,
    };
    if let Some((html, length)) = found {
        best.or(html, length);
    }
}

/// The lead beside a body.
fn lead(object: &serde_json::Map<String, Value>) -> Option<String> {
    let names = [
        "lead",
        "teaser",
        "intro",
        "standfirst",
        "description",
        "summary",
    ];
    names
        .iter()
        .filter_map(|name| object.get(*name)?.as_str())
        .map(str::trim)
        .find(|text| text.len() >= MIN_PARAGRAPH && ends_sentence(text) && !text.contains('<'))
        .map(str::to_owned)
}

/// Markup with paragraphs, or plain text of several lines or sentences.
fn from_string(text: &str) -> Option<(String, usize)> {
    if text.len() < MIN_TEXT {
        return None;
    }
    if text.contains("<p>") || text.contains("<p ") {
        let (mut length, mut inside) = (0, false);
        for c in text.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => length += c.len_utf8(),
                _ => {}
            }
        }
        return Some((text.to_owned(), length));
    }
    let is_code = text.contains(['{', '}', '<']) || !text.contains(". ");
    if is_code {
        return None;
    }
    let mut html = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        paragraph("p", line, &mut html);
    }
    Some((html, text.len()))
}

/// A list of blocks, each an object with its text: `[{"type": "paragraph", "text": "…"}, …]`.
fn from_list(list: &[Value], budget: &mut usize) -> Option<(String, usize)> {
    if list.len() < 2 {
        return None;
    }
    let (mut html, mut length) = (String::new(), 0);
    for item in list {
        let Some((text, heading)) = block(item, budget) else {
            continue;
        };
        if heading {
            paragraph("h2", text, &mut html);
        } else if text.contains("<p>") || text.contains("<p ") {
            html.push_str(text);
            length += text.len();
        } else {
            paragraph("p", text, &mut html);
            length += text.len();
        }
    }
    (length >= MIN_TEXT).then_some((html, length))
}

/// The text of one block, and whether it is a heading.
fn block<'v>(item: &'v Value, budget: &mut usize) -> Option<(&'v str, bool)> {
    let object = match item {
        Value::Object(object) => object,
        Value::String(text) if text.len() >= MIN_PARAGRAPH && ends_sentence(text) => {
            return Some((text, false));
        }
        _ => return None,
    };
    // What leads somewhere is a teaser, and what somebody wrote under the article a comment.
    let leads = ["url", "href", "slug", "link", "path", "author", "user"];
    if leads
        .iter()
        .any(|name| object.get(*name).is_some_and(|v| !v.is_null()))
    {
        return None;
    }
    let kind = ["type", "kind", "__typename", "component", "name"]
        .iter()
        .find_map(|name| object.get(*name)?.as_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if [
        "image",
        "video",
        "ad",
        "embed",
        "teaser",
        "caption",
        "newsletter",
    ]
    .iter()
    .any(|word| kind.starts_with(word))
    {
        return None;
    }
    let heading = kind.contains("head") || kind.contains("title") || kind == "h2" || kind == "h3";
    let mut queue: Vec<(&Value, u8)> = vec![(item, 0)];
    while let Some((value, depth)) = queue.pop() {
        if *budget == 0 {
            return None;
        }
        *budget -= 1;
        match value {
            Value::String(text)
                if text.len() >= MIN_PARAGRAPH && text.contains(' ')
                    || heading
                        && depth == 1
                        && text.len() > 3
                        && !text.eq_ignore_ascii_case(&kind) =>
            {
                return Some((text, heading));
            }
            Value::Object(object) if depth < 3 => {
                queue.extend(object.values().rev().map(|value| (value, depth + 1)));
            }
            _ => {}
        }
    }
    None
}

/// A block of text as markup. Inline tags in it are kept; a bare `<` is not.
fn paragraph(tag: &str, text: &str, html: &mut String) {
    html.push('<');
    html.push_str(tag);
    html.push('>');
    if text.contains("</") || text.contains("<br") {
        html.push_str(text);
    } else {
        escape(text, html);
    }
    html.push_str("</");
    html.push_str(tag);
    html.push('>');
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
}
