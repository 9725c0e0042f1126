//! The page as a flat list of text blocks, with what speaks against reading each.

use super::{
    Boxes, boxes,
    dom::{Dom, Id, Kind, heading_level, is_block},
    footnotes,
    frames::frames,
    left_out,
    metadata::Metadata,
    silent::silent,
    table,
    text::{ends_sentence, push_tidy},
    turns,
    vocabulary::{Roles, roles},
};
use crate::article::{BlockKind, Dropped, Span, SpanKind, Text};
use std::collections::HashMap;

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
    /// Whether it is a line of a longer text, cut off by line breaks.
    pub is_line: bool,
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

/// Longer lines in bold, in bytes, are no subheads.
const SUBHEAD: usize = 100;

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
    let frames = frames(dom, meta, !lenient);
    let mut out = Collector {
        dom,
        blocks: Vec::new(),
        current: None,
        turns: HashMap::new(),
        after_break: None,
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
                if tag == "a" && out.is_footnote_link(at) {
                    at = end;
                    continue;
                }
                if tag == "sup"
                    && let Some(mark) = out.exponent(at)
                {
                    let (owner, roles) = open.last().copied().unwrap_or_default();
                    out.push(owner, roles, &mark, &marks, at < bold_until);
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
                    } else if matches!(reason, "control of the page" | "embed") {
                        out.space();
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
                        "br" => {
                            let owner = open.last().map_or(0, |(id, _)| *id);
                            out.line_break(owner, at);
                        }
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

/// Collects text until a block boundary.
struct Collector<'d, 'a> {
    dom: &'d Dom<'a>,
    blocks: Vec<RawBlock>,
    current: Option<RawBlock>,
    /// By element, the line breaks in it at which the turns of an interview begin; each element is looked at once.
    turns: HashMap<Id, Vec<Id>>,
    /// The element in which a line break has ended the last block.
    after_break: Option<Id>,
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
            is_line: self.after_break == Some(owner),
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

    /// A raised figure that is an exponent, in raised characters: behind a unit of length (`m²`), a power of ten
    /// (`10⁶`), a variable of one letter (`x²`), and below zero (`s⁻¹`). Any other raised figure, and any that is a
    /// link, is a footnote mark.
    fn exponent(&self, at: Id) -> Option<String> {
        const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        let written = self.dom.text(at);
        let (minus, figure) = match written.strip_prefix(['-', '−', '–']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, written.as_str()),
        };
        let is_figure =
            (1..=2).contains(&figure.len()) && figure.bytes().all(|b| b.is_ascii_digit());
        let is_link = (at..self.dom.nodes[at].end).any(|id| self.dom.tag(id) == "a");
        if !is_figure || is_link {
            return None;
        }
        let text = self.current.as_ref()?.text.text.as_str();
        let base = text.rsplit(|c: char| !c.is_alphanumeric()).next()?;
        let before = text[..text.len() - base.len()].chars().next_back();
        let in_number =
            matches!(before, Some('.' | ',')) && base.starts_with(|c: char| c.is_ascii_digit());
        let is_square = matches!(figure, "2" | "3");
        let is_exponent = match base {
            _ if minus => base.contains(char::is_alphanumeric),
            "10" => !in_number && figure != "1" && figure != "0",
            "mm" | "cm" | "dm" | "m" | "km" | "mc" => is_square,
            letter => {
                is_square && letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_lowercase())
            }
        };
        let raised = figure
            .chars()
            .filter_map(|c| RAISED.get(c.to_digit(10)? as usize));
        is_exponent.then(|| minus.then_some(&'⁻').into_iter().chain(raised).collect())
    }

    /// A link to a place in the page, of figures only and stuck to a word or a sentence: a footnote mark.
    fn is_footnote_link(&self, at: Id) -> bool {
        let is_jump = self
            .dom
            .attr(at, "href")
            .is_some_and(|href| href.starts_with('#') && href.len() > 1);
        is_jump
            && {
                let text = self.dom.text(at);
                let figures = text.trim_matches(['[', ']', '(', ')']);
                (1..=3).contains(&figures.len()) && figures.bytes().all(|b| b.is_ascii_digit())
            }
            && self
                .current
                .as_ref()
                .is_some_and(|block| footnotes::may_follow(&block.text.text))
    }

    /// One `br` is a space; two are a paragraph, and so is one at which another speaks.
    fn line_break(&mut self, owner: Id, at: Id) {
        let dom = self.dom;
        let turns = self
            .turns
            .entry(owner)
            .or_insert_with(|| turns::line_breaks(dom, owner));
        if turns.binary_search(&at).is_ok() {
            return self.flush();
        }
        let mut before = at;
        while before > 0 {
            before -= 1;
            match self.dom.nodes[before].kind {
                Kind::Text(text) if text.trim().is_empty() => {}
                Kind::Element(element) if element.name() == "br" => return self.cut(owner),
                _ => break,
            }
        }
        if self.is_bold_line() && !self.goes_on_bold(owner, at) {
            return self.cut(owner);
        }
        self.space();
    }

    /// Ends the block at a line break.
    fn cut(&mut self, owner: Id) {
        if let Some(block) = &mut self.current {
            block.is_line = true;
        }
        self.flush();
        self.after_break = Some(owner);
    }

    /// Whether the block so far is a short line in bold, as subheads are.
    fn is_bold_line(&self) -> bool {
        self.current.as_ref().is_some_and(|block| {
            let length = block.text.text.trim_end().len();
            (4..=SUBHEAD).contains(&length) && block.bold >= length
        })
    }

    /// Whether the first text after a line break is bold too.
    fn goes_on_bold(&self, owner: Id, at: Id) -> bool {
        const LOOK: usize = 12;
        let end = self.dom.nodes[owner].end;
        (at + 1..end.min(at + LOOK))
            .find(|id| match self.dom.nodes[*id].kind {
                Kind::Text(text) => !text.trim().is_empty(),
                Kind::Element(_) => false,
            })
            .is_none_or(|text| {
                self.dom
                    .ancestors(text)
                    .take_while(|outer| *outer != owner)
                    .take(LOOK)
                    .any(|outer| matches!(self.dom.tag(outer), "b" | "strong"))
            })
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
        footnotes::cut(&mut block.text);
        len = len.min(block.text.text.len());
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

/// Level of the heading that the block is, if it is one: by its element, or a short bold line without an end, in a
/// paragraph or above text of the same kind.
pub fn heading(dom: &Dom, block: &RawBlock, next: Option<&RawBlock>) -> Option<u8> {
    let text = &block.text.text;
    heading_level(dom.tag(block.owner)).or_else(|| {
        let short = text.len() <= SUBHEAD && !ends_sentence(text) && !text.ends_with(',');
        let place = |block: &RawBlock| (dom.tag(block.owner), dom.nodes[block.owner].parent);
        let is_above_text =
            || next.is_some_and(|next| next.is_prose() && place(next) == place(block));
        let may_be = dom.tag(block.owner) == "p" || block.is_line || is_above_text();
        (may_be && short && block.bold + 1 >= text.len()).then_some(3)
    })
}
