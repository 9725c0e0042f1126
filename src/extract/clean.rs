//! Which blocks of the region are read. Structure first: link density, what stands under what, repetition, position;
//! labels from the table only where a short line opens with one.

mod asides;
mod away;
mod cue;
mod ends;
mod foreign;

use super::{
    Placed,
    blocks::{self, RawBlock},
    dom::{Dom, Id},
    left_out::left_out,
    metadata::Metadata,
    spans::emphasised,
    text::{ends_sentence, key},
    vocabulary::{Role, is_age, is_credit, notices},
};
use crate::article::{Article, Block, BlockKind, Dropped};
use away::{is_appeal_in_box, is_consent, is_jump, is_pointer};
use cue::{Cue, is_label};
use ends::{
    drop_appeals, drop_closing_line, drop_empty_heading, drop_tail_labels, empty_heading,
    is_heading_of,
};
use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
};

/// Where the article stands in the page.
pub struct Place<'a> {
    /// The element that holds the body.
    pub region: Id,
    /// The headline.
    pub headline: Option<Id>,
    /// A heading that says the same in other words.
    pub double: Option<Id>,
    /// Numbers of the blocks that are the lead.
    pub lead: &'a [usize],
}

/// More quotes than this are not looked for in the text: each costs a pass over it.
const MAX_QUOTES: usize = 60;

/// What is known about the page when a single block is judged.
struct Judge<'a> {
    dom: &'a Dom<'a>,
    place: &'a Place<'a>,
    titles: HashSet<String>,
    captions: HashSet<String>,
    authors: Vec<String>,
    /// Number of the first block of running text.
    first_prose: Option<usize>,
    /// Elements inside the region that are other articles, or lists of links, with the reason.
    foreign: HashMap<Id, &'static str>,
    /// How many more quotes are compared with the text.
    quotes_left: Cell<usize>,
    /// All text of the region as a comparison key, without quotes: what a pull quote repeats.
    prose: String,
}

/// The blocks of the region that are read, in document order; what is left out goes to [`Article::dropped`].
pub fn read_body(
    dom: &Dom,
    meta: &Metadata,
    raw: &[RawBlock],
    place: &Place,
    article: &mut Article,
) -> Vec<Placed> {
    let judge = Judge::new(dom, meta, raw, place, article);
    let mut seen: HashSet<String> = article.lead.iter().map(|text| key(&text.text)).collect();
    // Under a cue such as `Mehr zum Thema`, links are skipped until prose begins again.
    let mut cue: Option<Cue> = None;
    // The quote that was left out last: its source goes with it.
    let mut quote: Option<Id> = None;
    // Headings under which something was left out: they go too if nothing of their own follows.
    let mut kept: Vec<(Placed, bool)> = Vec::new();
    for (n, block) in raw.iter().enumerate() {
        if place.lead.contains(&n) || !judge.is_inside(block) {
            continue;
        }
        let this = key(&block.text.text);
        let heading = blocks::heading(dom, block, raw.get(n + 1));
        let is_label = is_label(block, heading, raw.get(n + 1));
        let mut reason = judge.reason(n, block, &this, heading);
        if reason == Some(REPEATED_QUOTE) {
            quote = quote_around(dom, block);
        } else if reason.is_none()
            && quote.is_some_and(|quote| is_source_of(dom, quote, block))
            && block.text.text.chars().count() < 120
        {
            reason = Some("source of a pull quote");
        } else if reason.is_none() {
            let is_lead = || article.lead.iter().any(|text| key(&text.text) == this);
            if this.len() > 60 && seen.contains(&this) || this.len() > 20 && is_lead() {
                reason = Some("said before");
            } else if is_label {
                cue = Some(Cue::new(dom, block, heading));
                reason = Some("label above links");
            } else if let Some(cue) = cue.filter(|cue| !cue.ends_at(dom, block, heading)) {
                reason = cue.covers(block);
            }
            if reason.is_none()
                && cue.is_some()
                && notices(&block.text.text.to_lowercase(), "consent") > 0
            {
                reason = Some("consent text");
            }
        }
        if let Some(reason) = reason {
            article.dropped.push(dropped(dom, block, reason));
            if reason == LINK_LIST
                && let Some((last, _)) = kept.pop_if(|(last, _)| is_heading_of(dom, last, block))
            {
                article.dropped.push(empty_heading(last.block));
            }
            if let Some((_, last)) = kept.last_mut() {
                *last = true;
            }
            continue;
        }
        cue = None;
        seen.insert(this);
        let kind = kind(dom, block, heading);
        let mut text = block.text.clone();
        article.dropped.extend(
            asides::cut(&mut text)
                .into_iter()
                .map(|text| left_out(&text, 1.0, "link to other articles", dom.path(block.owner))),
        );
        if let BlockKind::Heading { level } = kind {
            drop_empty_heading(&mut kept, level, article);
        }
        kept.push((
            Placed {
                at: block.owner,
                block: Block {
                    kind,
                    text,
                    origin: dom.path(block.owner),
                },
            },
            false,
        ));
    }
    drop_appeals(&mut kept, article);
    drop_closing_line(&mut kept, article);
    // A heading with nothing under it, at the end, belongs to what was left out.
    drop_tail_labels(&mut kept, article);
    if let Some((last, _)) = kept.pop_if(|(last, _)| judge.is_about_author(&last.block)) {
        let Block { text, origin, .. } = last.block;
        let reason = "author line or box";
        article
            .dropped
            .push(left_out(&text.text, 0.0, reason, origin));
    }
    kept.into_iter().map(|(placed, _)| placed).collect()
}

fn dropped(dom: &Dom, block: &RawBlock, reason: &str) -> Dropped {
    let links = block.link_density().min(1.0);
    left_out(&block.text.text, links, reason, dom.path(block.owner))
}

impl<'a> Judge<'a> {
    fn new(
        dom: &'a Dom<'a>,
        meta: &Metadata,
        raw: &[RawBlock],
        place: &'a Place<'a>,
        article: &Article,
    ) -> Self {
        let keys = |texts: &mut dyn Iterator<Item = &String>, min: usize| {
            texts.map(|t| key(t)).filter(|k| k.len() > min).collect()
        };
        let mut judge = Self {
            dom,
            place,
            titles: keys(
                &mut meta
                    .titles
                    .iter()
                    .map(|(_, title)| title)
                    .chain(&article.title),
                0,
            ),
            captions: keys(&mut meta.captions.iter(), 15),
            authors: article
                .authors
                .iter()
                .map(|name| key(name))
                .filter(|k| k.len() > 4)
                .collect(),
            first_prose: None,
            foreign: HashMap::new(),
            quotes_left: Cell::new(MAX_QUOTES),
            prose: String::new(),
        };
        let inside: Vec<(usize, &RawBlock)> = raw
            .iter()
            .enumerate()
            .filter(|(_, block)| judge.is_inside(block))
            .collect();
        judge.foreign = foreign::elements(dom, place, &inside);
        judge.first_prose = inside
            .iter()
            .find(|(n, block)| {
                !place.lead.contains(n) && block.is_prose() && ends_sentence(&block.text.text)
            })
            .map(|(n, _)| *n);
        for (_, block) in inside
            .iter()
            .filter(|(_, block)| block.is_prose() && !is_quote(dom, block))
        {
            judge.prose.push_str(&key(&block.text.text));
            judge.prose.push('\n');
        }
        judge
    }

    /// In the region, or running text between the headline and the region.
    fn is_inside(&self, block: &RawBlock) -> bool {
        let region = self.place.region;
        self.dom.contains(region, block.owner)
            || (block.owner < region
                && block.owner
                    > self
                        .place
                        .headline
                        .unwrap_or_else(|| around(self.dom, region))
                && block.is_prose()
                && ends_sentence(&block.text.text))
    }

    /// Why a block is not read, as far as it can be said from itself and where it stands.
    fn reason(
        &self,
        n: usize,
        block: &RawBlock,
        this: &str,
        heading: Option<u8>,
    ) -> Option<&'static str> {
        let (dom, text) = (self.dom, block.text.text.as_str());
        if block.made.is_some() {
            return self.foreign_around(block);
        }
        let length = text.chars().count();
        let above = self.first_prose.is_some_and(|first| n < first);
        let tag = dom.tag(block.owner);
        let in_headline = [self.place.headline, self.place.double]
            .iter()
            .flatten()
            .any(|heading| dom.contains(*heading, block.owner));
        if in_headline
            && !self
                .titles
                .iter()
                .any(|title| this.contains(title) || title.contains(this))
        {
            return Some("headline that was outvoted");
        }
        if self.titles.contains(this)
            || tag == "h1"
            || in_headline
            || (above
                && length < 160
                && self
                    .titles
                    .iter()
                    .any(|t| t.len() > 20 && this.starts_with(t.as_str())))
        {
            return Some("the title again");
        }
        if let Some(reason) = self.foreign_around(block) {
            return Some(reason);
        }
        if self.captions.contains(this) || (is_credit(text) && length < 400) {
            return Some("caption or credit");
        }
        if length < 90 && above && self.authors.iter().any(|name| this.contains(name.as_str())) {
            return Some("author line");
        }
        if above
            && heading.is_none()
            && length < 100
            && (!ends_sentence(text) || digits(text) >= 6)
            && !is_point(dom, block)
        {
            return Some("label above the text");
        }
        if length < 60 && digits(text) >= 8 || heading.is_none() && is_age(text) {
            return Some("date or time");
        }
        if text.starts_with(['»', '>', '→', '►', '▶', '➤', '⇒', '•'])
            && block.linked > 0
            && length < 200
            && tag != "li"
        {
            return Some("link to other articles");
        }
        if (block.link_density() > 0.6 || is_jump(dom, block)) && length < 200 {
            return Some("only links");
        }
        if heading.is_none() && length < 160 && is_pointer(&block.text) {
            return Some("link to other articles");
        }
        if heading.is_none() && length < 400 && is_appeal_in_box(dom, block) {
            return Some("newsletter or app offer");
        }
        if is_quote(dom, block) && self.repeats(text) {
            return Some(REPEATED_QUOTE);
        }
        if is_consent(dom, block) {
            return Some("consent text");
        }
        if block.linked > 0
            && emphasised(&block.text) + 2 >= text.len()
            && heading.is_none()
            && notices(&text.to_lowercase(), "offer") > 1
        {
            return Some("newsletter or app offer");
        }
        if heading.is_none()
            && !matches!(tag, "li" | "td" | "th" | "dd" | "dt" | "p" | "blockquote")
            && length < 40
            && !ends_sentence(text)
            && is_p_page(self)
        {
            return Some("label");
        }
        None
    }

    /// A last paragraph in italics that begins with the name of an author.
    fn is_about_author(&self, block: &Block) -> bool {
        const BEGINNING: usize = 80;
        let text = &block.text;
        block.kind == BlockKind::Paragraph
            && emphasised(text) + 2 >= text.text.len()
            && text.text.chars().count() < 500
            && self.authors.iter().any(|name| {
                key(&text.text)
                    .find(name.as_str())
                    .is_some_and(|at| at < BEGINNING)
            })
    }

    /// The reason of the foreign element around a block.
    fn foreign_around(&self, block: &RawBlock) -> Option<&'static str> {
        if self.foreign.is_empty() {
            return None;
        }
        std::iter::once(block.owner)
            .chain(self.dom.ancestors(block.owner))
            .find_map(|id| self.foreign.get(&id).copied())
    }

    /// Whether most of the text stands in the body too, in runs of words.
    fn repeats(&self, text: &str) -> bool {
        if self
            .quotes_left
            .replace(self.quotes_left.get().saturating_sub(1))
            == 0
        {
            return false;
        }
        let words: Vec<String> = text
            .split_whitespace()
            .map(key)
            .filter(|w| !w.is_empty())
            .collect();
        let runs = words.windows(4).map(<[String]>::concat);
        let (mut all, mut found) = (0, 0);
        for run in runs.take(60) {
            all += 1;
            found += usize::from(self.prose.contains(&run));
        }
        all > 0 && found * 2 >= all
    }
}

/// The beginning of the `article` or `main` element around the region.
fn around(dom: &Dom, region: Id) -> Id {
    dom.ancestors(region)
        .find(|id| matches!(dom.tag(*id), "article" | "main"))
        .unwrap_or(region)
}

/// A point of a summary in a list above the text: several words, no link.
fn is_point(dom: &Dom, block: &RawBlock) -> bool {
    const WORDS: usize = 4;
    dom.tag(block.owner) == "li"
        && block.linked == 0
        && block.text.text.split_whitespace().count() >= WORDS
}

/// Whether the text of the page stands in paragraphs, so that bare boxes hold labels.
fn is_p_page(judge: &Judge) -> bool {
    judge.prose.len() > 400
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

const LINK_LIST: &str = "list of links";
const REPEATED_QUOTE: &str = "pull quote that repeats the text";

/// Whether a block stands in a quote, or beside it in a box of its own.
fn is_source_of(dom: &Dom, quote: Id, block: &RawBlock) -> bool {
    let frame = dom.nodes[quote].parent;
    dom.contains(quote, block.owner)
        || (dom.nodes[frame].end - frame < 40
            && dom.contains(frame, block.owner)
            && !ends_sentence(&block.text.text))
}

/// The block quote around a block.
fn quote_around(dom: &Dom, block: &RawBlock) -> Option<Id> {
    std::iter::once(block.owner)
        .chain(dom.ancestors(block.owner))
        .take(4)
        .find(|id| dom.tag(*id) == "blockquote")
}

fn is_quote(dom: &Dom, block: &RawBlock) -> bool {
    block.roles.has(Role::Pullquote) || quote_around(dom, block).is_some()
}

/// What kind of block it is, by the elements around it.
fn kind(dom: &Dom, block: &RawBlock, heading: Option<u8>) -> BlockKind {
    if let Some(made) = &block.made {
        return made.clone();
    }
    if let Some(level) = heading {
        return BlockKind::Heading {
            level: level.max(2),
        };
    }
    if block.roles.has(Role::Question) {
        return BlockKind::Question;
    }
    let around = || {
        std::iter::once(block.owner)
            .chain(dom.ancestors(block.owner))
            .take(4)
            .map(|id| dom.tag(id))
    };
    if around().any(|tag| tag == "blockquote") {
        BlockKind::Quote
    } else if around().any(|tag| tag == "li") {
        BlockKind::ListItem { number: None }
    } else {
        BlockKind::Paragraph
    }
}
