//! How the head of the article was decided: which sources agreed on title and lead, and what lost.

use super::{
    blocks::RawBlock,
    dom::Dom,
    head::Head,
    left_out::SHOWN,
    metadata::Metadata,
    text::{key, shorten, tidy},
    vocabulary::Role,
};
use crate::article::{Claim, Evidence, HeadPart};

/// Shorter descriptions, as comparison keys in bytes, describe nothing.
const SHORTEST: usize = 20;

/// The evidence for the title, and for each paragraph of the lead, or for there being none.
pub fn explain(
    dom: &Dom,
    meta: &Metadata,
    head: &Head,
    raw: &[RawBlock],
    lead: &[usize],
) -> Vec<Evidence> {
    let descriptions = descriptions(dom, meta);
    let mut all = vec![title(dom, meta, head)];
    if lead.is_empty() {
        all.push(Evidence {
            part: HeadPart::Lead,
            differ: descriptions
                .iter()
                .map(|(source, text)| claim(source, text))
                .collect(),
            ..Evidence::default()
        });
    }
    all.extend(lead.iter().map(|n| of_lead(dom, &raw[*n], &descriptions)));
    all
}

fn claim(source: &str, text: &str) -> Claim {
    Claim {
        source: source.to_owned(),
        text: shorten(text, SHOWN),
    }
}

fn title(dom: &Dom, meta: &Metadata, head: &Head) -> Evidence {
    let decided = head.title.as_deref().map(key).unwrap_or_default();
    let mut found = Evidence::default();
    if let Some(id) = head.title_at {
        let shown = dom.text(id);
        if key(&shown).contains(&decided) {
            found.origin = Some(dom.path(id));
        } else {
            found.differ.push(claim(&dom.path(id), &shown));
        }
    }
    for (source, text) in &meta.titles {
        if key(text) == decided {
            found.agree.push((*source).to_owned());
        } else {
            found.differ.push(claim(source, text));
        }
    }
    found
}

/// Descriptions with the source of each.
fn descriptions(dom: &Dom, meta: &Metadata) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = (0..dom.len())
        .filter(|id| dom.tag(*id) == "meta")
        .filter_map(|id| {
            let name = dom
                .attr(id, "property")
                .or_else(|| dom.attr(id, "name"))
                .filter(|name| name.to_ascii_lowercase().ends_with("description"))?;
            let name = if name == "description" {
                "meta description"
            } else {
                name
            };
            Some((name.to_owned(), tidy(dom.attr(id, "content")?)))
        })
        .collect();
    for description in &meta.descriptions {
        if !found
            .iter()
            .any(|(_, known)| key(known) == key(description))
        {
            found.push(("JSON-LD".to_owned(), description.clone()));
        }
    }
    found.retain(|(_, text)| key(text).len() >= SHORTEST);
    found
}

fn of_lead(dom: &Dom, block: &RawBlock, descriptions: &[(String, String)]) -> Evidence {
    let shown = key(&block.text.text);
    let mut found = Evidence {
        part: HeadPart::Lead,
        origin: Some(dom.path(block.owner)),
        named: block.roles.has(Role::Lead),
        ..Evidence::default()
    };
    for (source, text) in descriptions {
        let said = key(text);
        if said == shown {
            found.agree.push(source.clone());
        } else if said.starts_with(&shown) || shown.starts_with(&said) {
            found.begin.push(source.clone());
        } else {
            found.differ.push(claim(source, text));
        }
    }
    found
}
