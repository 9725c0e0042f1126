//! The entries of a live ticker in JSON-LD: `liveBlogUpdate` of a `LiveBlogPosting`, see
//! <https://schema.org/LiveBlogPosting>.

use super::{moment, some_text};
use crate::article::Moment;
use serde_json::{Map, Value};

/// More entries are not read.
const MAX_UPDATES: usize = 2000;

/// One entry of a live ticker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    /// Its headline.
    pub headline: Option<String>,
    /// The paragraphs of its text.
    pub text: Vec<String>,
    /// When it was written.
    pub published: Option<Moment>,
}

/// Adds the entries of a live ticker, if the object is one.
pub fn read(object: &Map<String, Value>, updates: &mut Vec<Update>) {
    let entries = match object.get("liveBlogUpdate") {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => return,
    };
    let room = MAX_UPDATES.saturating_sub(updates.len());
    updates.extend(entries.iter().take(room).filter_map(update));
}

fn update(entry: &Value) -> Option<Update> {
    let field = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|name| entry.get(*name)?.as_str().filter(|text| !text.is_empty()))
    };
    let update = Update {
        headline: field(["headline", "name"])
            .map(super::json_ld::strip_tags)
            .and_then(|text| some_text(&text)),
        text: field(["articleBody", "text"]).map_or_else(Vec::new, paragraphs),
        published: field(["datePublished", "dateCreated"]).and_then(moment),
    };
    (update.headline.is_some() || !update.text.is_empty()).then_some(update)
}

/// The paragraphs of a text that is lines, or markup.
fn paragraphs(raw: &str) -> Vec<String> {
    let mut lines = raw.to_owned();
    for end in [
        "</p>", "</P>", "<br", "<BR", "</li>", "</h3>", "</h2>", "</div>",
    ] {
        if lines.contains(end) {
            lines = lines.replace(end, &format!("\n{end}"));
        }
    }
    lines
        .lines()
        .filter_map(|line| some_text(&super::json_ld::strip_tags(line)))
        .filter(|line| line.contains(char::is_alphanumeric))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_entries_of_lines_and_of_markup() {
        let object = serde_json::json!({
            "liveBlogUpdate": [
                {"headline": "Der Pegel <em>sinkt</em>", "articleBody": "<p>Erster Absatz.</p><p>Zweiter<br>Absatz.</p>",
                 "datePublished": "2026-03-02T14:32:00+01:00"},
                {"articleBody": "Eine Zeile.\n\nNoch eine."},
                {"url": "https://example.org/"},
            ]
        });
        let mut updates = Vec::new();
        read(object.as_object().expect("an object"), &mut updates);
        let texts: Vec<_> = updates.iter().map(|update| update.text.join("|")).collect();
        assert_eq!(
            texts,
            ["Erster Absatz.|Zweiter|Absatz.", "Eine Zeile.|Noch eine."]
        );
        assert_eq!(updates[0].headline.as_deref(), Some("Der Pegel sinkt"));
        assert_eq!(
            updates[0]
                .published
                .and_then(|moment| moment.time)
                .map(jiff::civil::Time::hour),
            Some(14)
        );
    }
}
