//! How the head of the article was decided, in words: which sources agreed on title and lead, and which did not.

use super::{
    blocks::RawBlock,
    dom::Dom,
    head::Head,
    metadata::Metadata,
    text::{key, shorten},
    vocabulary::Role,
};

/// One line for the title, one for each paragraph of the lead.
pub fn explain(
    dom: &Dom,
    meta: &Metadata,
    head: &Head,
    raw: &[RawBlock],
    lead: &[usize],
) -> Vec<String> {
    let mut lines = vec![title(dom, meta, head)];
    if lead.is_empty() {
        lines.push("lead: none found between the headline and the text".to_owned());
    }
    let descriptions = descriptions(dom, meta);
    lines.extend(lead.iter().map(|n| lead_line(dom, &raw[*n], &descriptions)));
    lines
}

fn title(dom: &Dom, meta: &Metadata, head: &Head) -> String {
    let Some(title) = &head.title else {
        return "title: none, neither on the page nor in what it says about itself".to_owned();
    };
    let mut line = match head.title_at {
        Some(id) if !key(&dom.text(id)).contains(&key(title)) => format!(
            "title: {} on the page says \"{}\", and nothing else does",
            dom.path(id),
            shorten(&dom.text(id), 80)
        ),
        Some(id) => format!("title: {} on the page", dom.path(id)),
        None => "title: not shown on the page".to_owned(),
    };
    let (agree, differ): (Vec<_>, Vec<_>) = meta
        .titles
        .iter()
        .partition(|(_, claim)| key(claim) == key(title));
    match agree.iter().map(|(source, _)| *source).collect::<Vec<_>>() {
        sources if sources.is_empty() => line.push_str("; no other source agrees"),
        sources => {
            line.push_str("; the same in ");
            line.push_str(&sources.join(", "));
        }
    }
    for (source, claim) in differ {
        line.push_str("; ");
        line.push_str(source);
        line.push_str(" says \"");
        line.push_str(&shorten(claim, 80));
        line.push('"');
    }
    line
}

/// Descriptions as comparison keys, with the source of each.
fn descriptions<'a>(dom: &Dom<'a>, meta: &Metadata) -> Vec<(&'a str, String)> {
    let mut found: Vec<(&str, String)> = (0..dom.len())
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
            Some((name, key(dom.attr(id, "content")?)))
        })
        .collect();
    for description in &meta.descriptions {
        let description = key(description);
        if !found.iter().any(|(_, known)| *known == description) {
            found.push(("JSON-LD", description));
        }
    }
    found
}

fn lead_line(dom: &Dom, block: &RawBlock, descriptions: &[(&str, String)]) -> String {
    let shown = key(&block.text.text);
    let mut line = format!("lead: {} on the page", dom.path(block.owner));
    if block.roles.has(Role::Lead) {
        line.push_str(", named so");
    }
    let mut say = |what: &str, sources: Vec<&str>| {
        if !sources.is_empty() {
            line.push_str("; ");
            line.push_str(what);
            line.push(' ');
            line.push_str(&sources.join(", "));
        }
    };
    let pick = |fits: &dyn Fn(&str) -> bool| -> Vec<&str> {
        descriptions
            .iter()
            .filter(|(_, d)| d.len() >= 20 && fits(d))
            .map(|(source, _)| *source)
            .collect()
    };
    let begins = |d: &str| d != shown && (d.starts_with(&shown) || shown.starts_with(d));
    let (same, begun) = (pick(&|d| d == shown), pick(&begins));
    if same.is_empty() && begun.is_empty() && !block.roles.has(Role::Lead) {
        say("found by", vec!["its place under the headline"]);
    }
    say("the same in", same);
    say("begins as", begun);
    line
}
