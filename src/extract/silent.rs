//! Which elements are not read as a whole: by their tag, because readers do not see them, or by their names.

use super::{
    dom::{Dom, Id},
    text::ends_sentence,
    vocabulary::{Role, Roles},
};

/// Why an element is not read, if so.
pub fn silent(dom: &Dom, id: Id, own: Roles, holds_the_page: bool) -> Option<&'static str> {
    let tag = dom.tag(id);
    let by_tag = match tag {
        "script" | "style" | "template" | "svg" | "head" | "object" | "embed" | "canvas"
        | "map" | "math" => "not text",
        "iframe" => "embed",
        "noscript" => "only for browsers without JavaScript",
        "nav" => "navigation",
        "figure" | "figcaption" | "picture" => "caption or credit",
        "button" | "select" | "input" | "textarea" | "label" | "dialog" | "menu" => {
            "control of the page"
        }
        "video" | "audio" => "audio or video player",
        "sup"
            if dom
                .text(id)
                .trim_matches(['[', ']'])
                .bytes()
                .all(|b| b.is_ascii_digit())
                || is_in_brackets(&dom.text(id)) =>
        {
            "footnote mark"
        }
        "form" | "aside" | "footer" if !holds_the_page => match tag {
            "form" => "form",
            "aside" => "box beside the article",
            _ => "footer",
        },
        "address" if !holds_the_page => "author line or box",
        // What is folded away is read by those who ask for it. Many folds in a row are the questions of a list.
        "details" if !holds_the_page && dom.attr(id, "open").is_none() && folds(dom, id) < 3 => {
            "folded box"
        }
        _ => "",
    };
    if !by_tag.is_empty() {
        return Some(by_tag);
    }
    // AMP shows these only until, or unless, something else can be shown.
    if dom.attr(id, "placeholder").is_some() || dom.attr(id, "fallback").is_some() {
        return Some("not text");
    }
    if is_hidden(dom, id) {
        return Some("hidden on the page");
    }
    if holds_the_page || matches!(tag, "html" | "body" | "main" | "h1") {
        return None;
    }
    match dom.attr(id, "role") {
        Some("navigation" | "menu" | "menubar") => return Some("navigation"),
        Some("img") => return Some("caption or credit"),
        Some("complementary") => return Some("box beside the article"),
        Some("dialog" | "alertdialog") => return Some("control of the page"),
        _ => {}
    }
    // A paragraph of the article may carry any name; a lead or body may stand in a box named otherwise.
    if own.has(Role::Body) || own.has(Role::Lead) && !own.has(Role::Caption) {
        return None;
    }
    // Headings and paragraphs are named after their looks; only few names say that they are no part of the text.
    let is_line = matches!(tag, "h2" | "h3" | "h4" | "p" | "li");
    if is_line
        && !own.any(&[
            Role::Ad,
            Role::Caption,
            Role::Author,
            Role::Meta,
            Role::Newsletter,
            Role::Share,
            Role::Teaser,
        ])
    {
        return None;
    }
    // A teaser leads somewhere. Text without a link that is named so is the article's own lead.
    if own.has(Role::Teaser)
        && !own.any(&[
            Role::Ad,
            Role::Comment,
            Role::Newsletter,
            Role::Paywall,
            Role::Caption,
        ])
        && !leads_away(dom, id)
    {
        return None;
    }
    // Tools, players and dates hold no running text; a name alone does not take it from the article.
    if !own.any(&[
        Role::Ad,
        Role::Comment,
        Role::Newsletter,
        Role::Consent,
        Role::Paywall,
        Role::Teaser,
        Role::Caption,
        Role::Author,
        Role::Navigation,
        Role::Footnote,
    ]) && own.unspoken().is_some()
        && holds_only_prose(dom, id)
    {
        return None;
    }
    own.unspoken()
}

/// A raised note such as `[Anm. 2]`.
fn is_in_brackets(text: &str) -> bool {
    text.len() < 40 && text.starts_with('[') && text.ends_with(']')
}

/// Whether a small element holds sentences and nothing to click, fill in or look at.
fn holds_only_prose(dom: &Dom, id: Id) -> bool {
    const SIZE: usize = 60;
    const LONG: usize = 80;
    let end = dom.nodes[id].end;
    let mut prose = 0;
    for inner in id + 1..end.min(id + SIZE) {
        match dom.tag(inner) {
            "a" | "button" | "input" | "form" | "img" | "picture" | "video" | "audio"
            | "iframe" | "svg" | "label" | "select" | "textarea" | "time" | "script" => {
                return false;
            }
            "p" => {
                let text = dom.text(inner);
                if text.len() >= LONG && ends_sentence(&text) {
                    prose += text.len();
                }
            }
            _ => {}
        }
    }
    end <= id + SIZE && prose > 0 && prose * 10 >= dom.text(id).len() * 9
}

/// Whether readers do not see an element, as its attributes say.
pub fn is_hidden(dom: &Dom, id: Id) -> bool {
    dom.attr(id, "hidden").is_some()
        || dom.attr(id, "aria-hidden") == Some("true")
        || dom.attr(id, "style").is_some_and(|style| {
            let style: String = style.to_ascii_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
        || dom.attr(id, "class").is_some_and(|names| {
            names.split_ascii_whitespace().any(is_for_screen_readers) || is_hidden_by_class(names)
        })
}

/// `hidden` as a class, unless a variant such as `md:block` shows the element on some screens.
fn is_hidden_by_class(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| name == "hidden") && !names.contains(':')
}

/// Class names for hints to screen readers, such as `opens in a new window`. They are about the page, not the article.
fn is_for_screen_readers(name: &str) -> bool {
    if name.rsplit(['-', '_']).next() == Some("vh") {
        return true;
    }
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    matches!(
        name.as_str(),
        "sronly"
            | "hidecompletely"
            | "hiddentext"
            | "visuallyhidden"
            | "uvisuallyhidden"
            | "isvisuallyhidden"
            | "screenreadertext"
            | "screenreaderonly"
            | "screenreader"
            | "offscreen"
            | "hoffscreen"
            | "aural"
            | "audible"
            | "assistivetext"
            | "hiddenvisually"
            | "elementinvisible"
            | "accessibilityhidden"
            | "uoffscreen"
    ) || name.ends_with("visuallyhidden")
        || name.ends_with("sronly")
}

/// How many `details` elements stand side by side.
fn folds(dom: &Dom, id: Id) -> usize {
    dom.children(dom.nodes[id].parent)
        .take(60)
        .filter(|sibling| dom.tag(*sibling) == "details")
        .count()
}

/// Whether an element holds, or stands in, a link.
fn leads_away(dom: &Dom, id: Id) -> bool {
    (id..dom.nodes[id].end)
        .any(|inner| matches!(dom.tag(inner), "a" | "img" | "button" | "picture"))
        || dom.ancestors(id).take(6).any(|outer| dom.tag(outer) == "a")
}
