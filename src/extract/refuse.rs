//! What a page is that holds no article, or only the beginning of one.
//!
//! A page is refused only on more than one sign, because every sign alone is met on pages that hold the whole article:
//! publishers say `isAccessibleForFree: false` on texts that are there in full, write `Jetzt abonnieren` into every
//! footer, and lay a cookie banner over everything. The longer the text, the more signs are asked for.

mod phrases;

use super::{
    ExtractError,
    dom::{Dom, Id, Kind, heading_level, is_block},
    metadata::Metadata,
    text::push_tidy,
    vocabulary::{Role, notices, roles},
};
use crate::article::{Article, BlockKind};
use phrases::{Sign, Signs, gives_away, is_title, signs};
use std::cell::OnceCell;

/// From this many characters on, a text is an article whatever surrounds it.
const LONG: usize = 3000;
/// As many lines after the body are searched for the offer to subscribe.
const OFFER_LINES: usize = 30;

/// A line that a reader sees.
struct Line {
    at: Id,
    text: String,
    /// Looked for once, as every kind of page asks for them.
    signs: OnceCell<Signs>,
}

impl Line {
    fn new(at: Id, text: &str) -> Self {
        Self {
            at,
            text: text.to_owned(),
            signs: OnceCell::new(),
        }
    }

    fn says(&self, sign: Sign) -> bool {
        self.signs.get_or_init(|| signs(&self.text)).has(sign)
    }
}

/// What the page shows, as far as it tells what kind of page it is.
struct Shown<'a> {
    lines: Vec<Line>,
    /// Headline, first heading, title element.
    titles: Vec<String>,
    article: Option<&'a Article>,
    /// Characters of lead and body.
    length: usize,
}

impl Shown<'_> {
    /// Share of the found text that asks for consent, 0 to 1.
    fn consent_share(&self) -> f64 {
        let (mut all, mut consent) = (0, 0);
        for text in self.texts() {
            all += text.len();
            if notices(&text.to_lowercase(), "consent") >= 2 || gives_away(text, Sign::Consent) {
                consent += text.len();
            }
        }
        consent as f64 / all.max(1) as f64
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.article.into_iter().flat_map(|article| {
            let body = article.blocks.iter().map(|block| &block.text);
            article.lead.iter().chain(body).map(|t| t.text.as_str())
        })
    }

    fn says(&self, sign: Sign) -> bool {
        self.lines.iter().any(|line| line.says(sign))
    }

    fn is_error(&self) -> bool {
        self.titles.iter().any(|title| is_title(title, Sign::Error)) && self.length < 1500
            || self.length < 600 && self.says(Sign::Error)
    }

    /// Whether a line is one of the article.
    fn is_read(&self, line: &str) -> bool {
        self.texts().any(|text| text == line)
    }

    /// The last paragraph breaks off.
    fn is_cut_off(&self) -> bool {
        let Some(article) = self.article else {
            return false;
        };
        // What is offered below the text may itself be taken for text.
        let breaks = |text: &str| text.ends_with('…') || text.ends_with("...");
        if self.lines.windows(2).any(|pair| {
            breaks(&pair[0].text) && self.is_read(&pair[0].text) && pair[1].says(Sign::Paywall)
        }) {
            return true;
        }
        let last = article
            .blocks
            .iter()
            .rev()
            .find(|b| !gives_away(&b.text.text, Sign::Paywall))
            .filter(|b| matches!(b.kind, BlockKind::Paragraph))
            .map(|b| &b.text)
            .or_else(|| article.lead.last().filter(|_| article.blocks.is_empty()));
        last.is_some_and(|text| {
            let text = text.text.trim_end_matches([']', ')', ' ']);
            text.ends_with(['…', ',']) || text.ends_with("...")
        })
    }
}

/// Why an HTML page is not read, if so. `found` is the article as far as there is one, and the element that holds it.
pub fn judge(
    dom: &Dom,
    meta: &Metadata,
    is_front_page: bool,
    found: Option<(&Article, Id)>,
) -> Option<ExtractError> {
    let length = found.map_or(0, |(article, _)| super::length(article));
    let region = found.map(|(_, region)| region);
    if is_index(dom, meta, is_front_page, region, length) {
        return Some(ExtractError::Index);
    }
    if length >= LONG {
        return None;
    }
    let mut titles: Vec<String> = meta.titles.iter().map(|(_, title)| title.clone()).collect();
    titles.extend(
        (0..dom.len())
            .filter(|id| dom.tag(*id) == "h1")
            .take(3)
            .map(|id| dom.text(id)),
    );
    let shown = Shown {
        lines: visible_lines(dom),
        titles,
        article: found.map(|(article, _)| article),
        length,
    };
    let is_real = meta.is_article && length >= 600;
    if !is_real && shown.is_error() {
        return Some(ExtractError::ErrorPage);
    }
    let only_consent = found.is_some() && shown.consent_share() >= 0.5;
    let nothing = found.is_none() || only_consent;
    if !is_real && is_login(dom, &shown) {
        return Some(ExtractError::NoArticle);
    }
    if needs_script(dom, &shown, nothing) {
        return Some(ExtractError::NeedsJavaScript);
    }
    let asks =
        || asks_for_consent(&shown) || only_consent && length < 400 && shown.says(Sign::Consent);
    if nothing && !(meta.is_article && length >= 1500) && asks() {
        return Some(ExtractError::ConsentWall);
    }
    if is_stub(dom, meta, &shown, region) {
        return Some(ExtractError::Paywall { shown: length });
    }
    if length < 300 && !meta.is_article && is_video(dom, meta, found.is_none()) {
        return Some(ExtractError::Video);
    }
    if found.is_none() {
        return Some(if shown.lines.is_empty() {
            ExtractError::Empty
        } else {
            ExtractError::NoArticle
        });
    }
    None
}

/// Why a text without markup is not read, if so: the page it was copied from was none either.
pub fn judge_text(text: &str, article: Option<&Article>) -> Option<ExtractError> {
    let length = article.map_or(0, super::length);
    if length >= LONG {
        return None;
    }
    let lines: Vec<Line> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Line::new(0, line.trim()))
        .collect();
    let titles = article
        .and_then(|a| a.title.clone())
        .into_iter()
        .chain(lines.first().map(|line| line.text.clone()))
        .collect();
    let shown = Shown {
        lines,
        titles,
        article,
        length,
    };
    if shown.is_error() {
        return Some(ExtractError::ErrorPage);
    }
    if shown.consent_share() >= 0.5 && asks_for_consent(&shown) {
        return Some(ExtractError::ConsentWall);
    }
    if length < 1500 && shown.is_cut_off() && shown.says(Sign::Paywall) {
        return Some(ExtractError::Paywall { shown: length });
    }
    None
}

/// Two different requests, or one and the words that go with it.
fn asks_for_consent(shown: &Shown) -> bool {
    let asking = shown
        .lines
        .iter()
        .filter(|line| line.says(Sign::Consent))
        .count();
    let explaining = shown
        .lines
        .iter()
        .any(|line| notices(&line.text.to_lowercase(), "consent") >= 2);
    asking >= 2 || asking == 1 && explaining
}

/// Only the beginning of an article that is to be paid for. Four signs: the page says so; it asks for a subscription
/// after the text; it shows an element that is named so; the text breaks off.
fn is_stub(dom: &Dom, meta: &Metadata, shown: &Shown, region: Option<Id>) -> bool {
    const SHORT: usize = 1500;
    let is_locked = meta.free == Some(false);
    // No signs would be enough.
    if shown.length >= if is_locked { LONG } else { SHORT } {
        return false;
    }
    let from = region.unwrap_or(0);
    let to = region.map_or(dom.len(), |id| dom.nodes[id].end);
    let inside = |line: &&Line| line.at >= from && line.at < to;
    let after = |line: &&Line| line.at >= to;
    let says = |sign| {
        (shown.lines.iter().filter(inside))
            .chain(shown.lines.iter().filter(after).take(OFFER_LINES))
            .any(|line| line.says(sign))
    };
    let asked = says(Sign::Paywall);
    let walled = holds_wall(dom, from, dom.len().min(to + 300));
    let cut = shown.is_cut_off();
    let others = usize::from(asked) + usize::from(walled) + usize::from(cut);
    let limit = match (is_locked, others) {
        (true, 0) => 350,
        (true, 1) => SHORT,
        (true, _) => LONG,
        (false, 2..) if asked => SHORT,
        (false, 2..) => 600,
        (false, _) if says(Sign::Locked) => 900,
        (false, _) => 0,
    };
    shown.length < limit
}

/// Whether an element with text is named as a paywall, but is not what holds the page.
fn holds_wall(dom: &Dom, from: Id, to: Id) -> bool {
    let mut at = from;
    while at < to {
        let end = dom.nodes[at].end;
        let is_small = end - at < 400;
        let is_wall = |id| {
            dom.element(id)
                .is_some_and(|element| roles(element).has(Role::Paywall))
        };
        if is_unseen(dom, at) {
            at = end;
        } else if is_small && is_wall(at) {
            if dom.text(at).chars().count() >= 20 {
                return true;
            }
            at = end;
        } else {
            at += 1;
        }
    }
    false
}

/// The page is put together in the browser: an empty root of an application, or a text that says so.
fn needs_script(dom: &Dom, shown: &Shown, nothing: bool) -> bool {
    let says_so: usize = shown
        .texts()
        .filter(|text| gives_away(text, Sign::Script))
        .map(|text| text.chars().count())
        .sum();
    // Short news are about scripts and robots too.
    if shown.length < 400 && says_so > 0 && says_so * 3 >= shown.length {
        return true;
    }
    if !nothing {
        return false;
    }
    let mut has_script = false;
    let mut has_root = false;
    let mut says_so = shown.says(Sign::Script);
    let is_bare = |id: Id| {
        let first = shown.lines.partition_point(|line| line.at < id);
        let inside = shown.lines[first..]
            .iter()
            .take_while(|line| line.at < dom.nodes[id].end);
        inside.take(3).map(|line| line.text.len()).sum::<usize>() < 40
    };
    let mut at = 0;
    while at < dom.len() {
        match dom.tag(at) {
            "script" => has_script = true,
            "noscript" => {
                says_so |= gives_away(&dom.text(at), Sign::Script);
                at = dom.nodes[at].end;
                continue;
            }
            "app-root" => has_root |= is_bare(at),
            "div" | "main" | "section" => {
                has_root |= dom.attr(at, "id").is_some_and(is_app_root) && is_bare(at);
            }
            _ => {}
        }
        at += 1;
    }
    says_so || has_root && has_script
}

/// Identifiers that the common frameworks give to the element they build the page in.
fn is_app_root(id: &str) -> bool {
    matches!(
        id,
        "root"
            | "app"
            | "application"
            | "app-root"
            | "react-root"
            | "__next"
            | "__nuxt"
            | "__layout"
            | "___gatsby"
            | "q-app"
            | "svelte"
            | "main-app"
    )
}

/// Nothing but a form to log in, under a headline that says so.
fn is_login(dom: &Dom, shown: &Shown) -> bool {
    shown.length < 600
        && shown
            .titles
            .iter()
            .any(|title| is_title(title, Sign::Login))
        && (0..dom.len())
            .any(|id| dom.tag(id) == "input" && dom.attr(id, "type") == Some("password"))
}

fn is_video(dom: &Dom, meta: &Metadata, nothing: bool) -> bool {
    let has_player = || {
        (0..dom.len()).any(|id| match dom.tag(id) {
            "video" => true,
            "iframe" => dom
                .attr(id, "src")
                .is_some_and(|src| src.contains("/embed/") || src.contains("video")),
            _ => false,
        })
    };
    meta.is_video || nothing && has_player()
}

/// Many headlines that lead elsewhere, with little text to each.
fn is_index(
    dom: &Dom,
    meta: &Metadata,
    is_front_page: bool,
    region: Option<Id>,
    length: usize,
) -> bool {
    /// Shorter headlines are names: of sections, of the people in a forum.
    const HEADLINE: usize = 25;
    /// Lines of running text.
    const PROSE: usize = 80;
    if meta.is_article && !is_front_page {
        return false;
    }
    let (from, to) = region.map_or((0, dom.len()), |id| (id, dom.nodes[id].end));
    let mut headlines: Vec<Id> = Vec::new();
    let mut skip = 0;
    let mut link_end = 0;
    for id in from..to {
        if id < skip {
            continue;
        }
        match dom.tag(id) {
            "nav" | "footer" | "aside" | "template" => skip = dom.nodes[id].end,
            "a" => link_end = dom.nodes[id].end,
            tag if matches!(heading_level(tag), Some(2..)) => {
                let end = dom.nodes[id].end;
                let leads = id < link_end
                    || (id..end).take(12).any(|inner| {
                        dom.attr(inner, "href")
                            .is_some_and(|href| !href.starts_with('#'))
                    });
                if leads && dom.text(id).chars().count() >= HEADLINE {
                    headlines.push(id);
                }
                skip = end;
            }
            _ => {}
        }
    }
    let few = if is_front_page { 5 } else { 8 };
    if headlines.len() < few {
        return false;
    }
    if length < 160 {
        return true;
    }
    // An article is in one piece; the texts of teasers stand between the headlines.
    let (mut longest, mut run, mut all) = (0, 0, 0);
    let mut ahead = headlines.iter().peekable();
    for line in visible_lines(dom) {
        if line.at < from || line.at >= to || line.text.len() < PROSE {
            continue;
        }
        while ahead.next_if(|headline| **headline < line.at).is_some() {
            run = 0;
        }
        run += line.text.len();
        all += line.text.len();
        longest = longest.max(run);
    }
    longest * 3 <= all
}

/// The lines that are to be seen, of the first 2 MB of text.
fn visible_lines(dom: &Dom) -> Vec<Line> {
    const MOST: usize = 2 << 20;
    let mut lines: Vec<Line> = Vec::new();
    let mut current = String::new();
    let mut began = 0;
    let mut total = 0;
    let mut at = 0;
    let mut flush = |current: &mut String, began: Id| {
        let text = current.trim();
        if text.chars().any(char::is_alphanumeric) {
            lines.push(Line::new(began, text));
        }
        current.clear();
    };
    // Ends of the open blocks: where one closes, the line ends too.
    let mut open: Vec<Id> = Vec::new();
    while at < dom.len() && total < MOST {
        while open.last().is_some_and(|end| *end <= at) {
            open.pop();
            flush(&mut current, began);
        }
        match dom.nodes[at].kind {
            Kind::Text(text) => {
                if current.is_empty() {
                    began = at;
                }
                total += text.len();
                push_tidy(&mut current, text);
            }
            Kind::Element(element) => {
                let tag = element.name();
                if is_unseen(dom, at) {
                    at = dom.nodes[at].end;
                    continue;
                }
                if is_block(tag) || matches!(tag, "br" | "button") {
                    flush(&mut current, began);
                    open.push(dom.nodes[at].end);
                }
            }
        }
        at += 1;
    }
    flush(&mut current, began);
    lines
}

fn is_unseen(dom: &Dom, id: Id) -> bool {
    matches!(
        dom.tag(id),
        "script" | "style" | "template" | "svg" | "head" | "noscript" | "select"
    ) || dom.attr(id, "hidden").is_some()
        || dom.attr(id, "aria-hidden") == Some("true")
        || dom.attr(id, "style").is_some_and(|style| {
            let style: String = style.to_ascii_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
        || is_wall_template(dom, id)
}

/// A wall that a script puts in front of the text when the free articles are used up: `paywall-template`. It waits on
/// pages that hold the whole text, too.
fn is_wall_template(dom: &Dom, id: Id) -> bool {
    let named = |name| {
        dom.attr(id, name)
            .is_some_and(|names| names.to_ascii_lowercase().contains("template"))
    };
    (named("class") || named("id"))
        && dom
            .element(id)
            .is_some_and(|element| roles(element).has(Role::Paywall))
}
