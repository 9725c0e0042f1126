//! The page as a flat list of text blocks, with what speaks against reading each.

use super::{
    Boxes, boxes,
    dom::{Dom, Id, Kind, heading_level, is_block},
    frames::frames,
    left_out,
    metadata::Metadata,
    table,
    text::{ends_sentence, push_tidy},
    vocabulary::{Role, Roles, roles},
};
use crate::article::{BlockKind, Dropped, Span, SpanKind, Text};

/// A stretch of text between two block boundaries.
pub struct RawBlock {
    /// The block element around it.
    pub owner: Id,
    /// Its text with the inline spans.
    pub text: Text,
    /// Bytes of the text that are links.
    pub linked: usize,
    /// Bytes of the text that are bold.
    pub bold: usize,
    /// What the names of the element and of those around it say.
    pub roles: Roles,
    /// Whether it begins with a text node of one capital letter.
    pub drop_cap: bool,
    /// Kind of a block that is not a stretch of the page's text, but made of a table.
    pub made: Option<BlockKind>,
}

impl RawBlock {
    /// Share of the text that is links, 0 to 1.
    pub fn link_density(&self) -> f64 {
        self.linked as f64 / self.text.text.len().max(1) as f64
    }

    /// Running text: long enough, not just links.
    pub fn is_prose(&self) -> bool {
        if self.made.is_some() {
            return false;
        }
        let len = self.text.text.len();
        self.link_density() < 0.4 && (len >= 80 || len >= 40 && ends_sentence(&self.text.text))
    }
}

/// Cuts the page into blocks. What certainly is no article goes to `dropped` at once.
pub fn collect(
    dom: &Dom,
    meta: &Metadata,
    headline: Option<Id>,
    lenient: bool,
    boxes: Boxes,
    dropped: &mut Vec<Dropped>,
) -> Vec<RawBlock> {
    let prose = prose_before(dom);
    let total = prose.last().copied().unwrap_or(0);
    let frames = if lenient {
        Vec::new()
    } else {
        frames(dom, meta)
    };
    let mut out = Collector {
        dom,
        blocks: Vec::new(),
        current: None,
    };
    // Open block elements and their roles; inline marks by where they end.
    let mut open: Vec<(Id, Roles)> = Vec::new();
    let mut marks: Vec<(Id, SpanKind)> = Vec::new();
    let mut bold_until = 0;
    let page_language = meta.language.as_deref().map(primary).unwrap_or_default();
    let tables = table::find(dom);
    // Blocks inside a heading (kicker, headline) are one heading.
    let mut heading_end = 0;
    let mut at = 0;
    while at < dom.len() {
        while open.last().is_some_and(|(id, _)| dom.nodes[*id].end <= at) {
            out.flush();
            open.pop();
        }
        let end = dom.nodes[at].end;
        match dom.nodes[at].kind {
            Kind::Text(text) => {
                let (owner, roles) = open.last().copied().unwrap_or_default();
                marks.retain(|(end, _)| *end > at);
                out.push(owner, roles, text, &marks, at < bold_until);
            }
            Kind::Element(element) => {
                let tag = element.name();
                let own = if lenient {
                    Roles::default()
                } else {
                    roles(element)
                };
                // A name on an element that holds half of the page's text describes the page.
                let share = (prose[end] - prose[at]) * 2;
                let in_frame = frames
                    .binary_search_by_key(&at, |(frame, _)| *frame)
                    .ok()
                    .map(|n| frames[n].1);
                if tag == "sup"
                    && let Some(mark) = out.exponent(&dom.text(at))
                {
                    let (owner, roles) = open.last().copied().unwrap_or_default();
                    out.push(owner, roles, mark, &marks, at < bold_until);
                    at = end;
                    continue;
                }
                if let Some(reason) = in_frame.or_else(|| {
                    silent(
                        dom,
                        at,
                        own,
                        total > 0 && share > total || headline.is_some_and(|h| dom.contains(at, h)),
                    )
                    .filter(|reason| {
                        !boxes::is_read(dom, at, own, reason, boxes)
                            && !table::is_framed(dom, at, &tables)
                    })
                }) {
                    if !matches!(
                        tag,
                        "script" | "style" | "head" | "template" | "svg" | "sup"
                    ) {
                        dropped.extend(left_out::element(dom, at, reason));
                    }
                    if is_block(tag) {
                        out.flush();
                    }
                    at = end;
                    continue;
                }
                if tables.binary_search(&at).is_ok() {
                    out.flush();
                    let around = open.last().map(|(_, roles)| *roles).unwrap_or_default();
                    table::read(dom, at, around, &mut out.blocks, dropped);
                    at = end;
                    continue;
                }
                if let Some(language) = element
                    .attr("lang")
                    .filter(|lang| !matches!(tag, "html" | "body") && !lang.is_empty())
                    && primary(language) != page_language
                    && !page_language.is_empty()
                {
                    marks.push((end, SpanKind::Language(language.to_owned())));
                }
                if is_block(tag) && at < heading_end {
                    out.space();
                } else if is_block(tag) {
                    out.flush();
                    if heading_level(tag).is_some() {
                        heading_end = end;
                    }
                    let around = open.last().map(|(_, roles)| *roles).unwrap_or_default();
                    open.push((at, around.with(own)));
                } else {
                    match tag {
                        "br" => out.line_break(dom, at),
                        "a" => {
                            // A jump within the page is no link to elsewhere; headings carry such anchors.
                            if let Some(href) =
                                element.attr("href").filter(|href| !href.starts_with('#'))
                            {
                                marks.push((end, SpanKind::Link(href.to_owned())));
                            }
                        }
                        "b" | "strong" => {
                            bold_until = bold_until.max(end);
                            marks.push((end, SpanKind::Emphasis));
                        }
                        "em" | "i" => marks.push((end, SpanKind::Emphasis)),
                        _ => {}
                    }
                }
            }
        }
        at += 1;
    }
    out.flush();
    out.blocks
}

/// For every node, how many bytes of running text stand before it; one entry more than nodes. Running text is what
/// stands in paragraphs, or, on pages that have hardly any, all text outside of links.
fn prose_before(dom: &Dom) -> Vec<usize> {
    const ENOUGH: usize = 600;
    let in_paragraphs = sums(dom, |tag| matches!(tag, "p" | "h1"), |_| false);
    if in_paragraphs.last().is_some_and(|sum| *sum >= ENOUGH) {
        return in_paragraphs;
    }
    sums(
        dom,
        |tag| tag == "html",
        |tag| {
            matches!(
                tag,
                "a" | "script"
                    | "style"
                    | "head"
                    | "noscript"
                    | "template"
                    | "nav"
                    | "select"
                    | "option"
            )
        },
    )
}

fn sums(dom: &Dom, counts: impl Fn(&str) -> bool, never: impl Fn(&str) -> bool) -> Vec<usize> {
    let mut sums = Vec::with_capacity(dom.len() + 1);
    let (mut sum, mut counted, mut skipped) = (0, 0, 0);
    for (id, node) in dom.nodes.iter().enumerate() {
        sums.push(sum);
        match node.kind {
            Kind::Element(element) if never(element.name()) => skipped = skipped.max(node.end),
            Kind::Element(element) if counts(element.name()) => counted = counted.max(node.end),
            Kind::Text(text) if id < counted && id >= skipped => sum += text.trim().len(),
            _ => {}
        }
    }
    sums.push(sum);
    sums
}

/// Why an element is not read, if so.
fn silent(dom: &Dom, id: Id, own: Roles, holds_the_page: bool) -> Option<&'static str> {
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
                .all(|b| b.is_ascii_digit()) =>
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
    own.unspoken()
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

/// A drop cap is a letter of its own; its word goes on after it, whatever white space the markup has there.
fn join_drop_cap(text: &mut Text) {
    let mut chars = text.text.char_indices().skip(1);
    let (Some((at, ' ')), Some((_, next))) = (chars.next(), chars.next()) else {
        return;
    };
    if next.is_lowercase() {
        text.text.remove(at);
        for span in &mut text.spans {
            let shift = |offset: usize| if offset > at { offset - 1 } else { offset };
            span.range = shift(span.range.start)..shift(span.range.end);
        }
    }
}

/// The language of a BCP 47 tag without its region: `de` of `de-AT`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Whether an element holds, or stands in, a link.
fn leads_away(dom: &Dom, id: Id) -> bool {
    (id..dom.nodes[id].end)
        .any(|inner| matches!(dom.tag(inner), "a" | "img" | "button" | "picture"))
        || dom.ancestors(id).take(6).any(|outer| dom.tag(outer) == "a")
}

/// Collects text until a block boundary.
struct Collector<'d, 'a> {
    dom: &'d Dom<'a>,
    blocks: Vec<RawBlock>,
    current: Option<RawBlock>,
}

impl Collector<'_, '_> {
    fn push(&mut self, owner: Id, roles: Roles, raw: &str, marks: &[(Id, SpanKind)], bold: bool) {
        let block = self.current.get_or_insert_with(|| RawBlock {
            owner,
            text: Text::default(),
            linked: 0,
            bold: 0,
            roles,
            drop_cap: false,
            made: None,
        });
        let text = &mut block.text.text;
        block.drop_cap |= text.trim().is_empty()
            && raw.trim().chars().count() == 1
            && raw.trim().starts_with(char::is_uppercase);
        let before = text.len();
        push_tidy(text, raw);
        let start = text.len() - text[before..].trim_start().len();
        let added = text.len() - before;
        if marks
            .iter()
            .any(|(_, kind)| matches!(kind, SpanKind::Link(_)))
        {
            block.linked += added;
        }
        if bold {
            block.bold += added;
        }
        if text[before..].trim().is_empty() {
            return;
        }
        let end = text.len();
        for (_, kind) in marks {
            // Text nodes of one mark follow each other: one span.
            let last = block
                .text
                .spans
                .iter_mut()
                .rev()
                .take(8)
                .find(|span| span.kind == *kind && span.range.end + 1 >= start);
            match last {
                Some(span) => span.range.end = end,
                None => block.text.spans.push(Span {
                    range: start..end,
                    kind: kind.clone(),
                }),
            }
        }
    }

    /// The raised figure of a measure of area or volume, such as `m²`, if the text so far ends in its unit. Any other
    /// raised figure is a footnote mark.
    fn exponent(&self, raised: &str) -> Option<&'static str> {
        let mark = match raised {
            "2" => "²",
            "3" => "³",
            _ => return None,
        };
        let text = self.current.as_ref()?.text.text.as_str();
        let unit = text.rsplit(|c: char| !c.is_alphabetic()).next()?;
        matches!(unit, "mm" | "cm" | "dm" | "m" | "km").then_some(mark)
    }

    /// One `br` is a space; two are a paragraph.
    fn line_break(&mut self, dom: &Dom, at: Id) {
        let mut before = at;
        while before > 0 {
            before -= 1;
            match dom.nodes[before].kind {
                Kind::Text(text) if text.trim().is_empty() => {}
                Kind::Element(element) if element.name() == "br" => return self.flush(),
                _ => break,
            }
        }
        self.space();
    }

    fn space(&mut self) {
        if let Some(block) = &mut self.current {
            push_tidy(&mut block.text.text, " ");
        }
    }

    fn flush(&mut self) {
        let Some(mut block) = self.current.take() else {
            return;
        };
        let mut len = block.text.text.trim_end().len();
        block.text.text.truncate(len);
        if block.drop_cap {
            join_drop_cap(&mut block.text);
            len = block.text.text.len();
        }
        block.text.spans.retain_mut(|span| {
            span.range.end = span.range.end.min(len);
            span.range.end = span.range.start
                + block
                    .text
                    .text
                    .get(span.range.clone())
                    .map_or(0, |text| text.trim_end().len());
            span.range.start < span.range.end
        });
        block
            .text
            .spans
            .sort_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end)));
        if block.text.text.chars().any(char::is_alphanumeric) {
            debug_assert!(block.owner < self.dom.len());
            self.blocks.push(block);
        }
    }
}

/// Level of the heading that the block is, if it is one: by its element, or a short bold line without an end.
pub fn heading(dom: &Dom, block: &RawBlock) -> Option<u8> {
    let text = &block.text.text;
    heading_level(dom.tag(block.owner)).or_else(|| {
        let short = text.len() <= 100 && !ends_sentence(text) && !text.ends_with(',');
        (dom.tag(block.owner) == "p" && short && block.bold + 1 >= text.len()).then_some(3)
    })
}
