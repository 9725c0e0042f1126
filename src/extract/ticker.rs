//! Live tickers: every entry begins with a [`BlockKind::TickerEntry`], its time and, if it has one, its headline.

mod updates;

use super::{
    Placed, Ticker,
    dom::{Dom, Id, Kind},
    metadata::Update,
    spans,
    vocabulary::{Role, roles},
};
use crate::article::{BlockKind, Text};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// Fewer entries are no ticker.
const MIN_ENTRIES: usize = 3;
/// A longer block that begins with a time is not a headline.
const MAX_HEADLINE: usize = 200;

/// An entry: where its blocks begin, and its time in minutes of the day.
struct Entry {
    first: usize,
    minutes: u32,
}

/// Finds the entries of a ticker, marks them and puts them in order. `known` are those that the page's JSON-LD tells of.
pub fn find(dom: &Dom, body: &mut Vec<Placed>, known: &[Update], order: Ticker) {
    let entries = if known.is_empty() {
        by_structure(dom, body)
    } else {
        by_updates(dom, body, known)
    };
    let Some(last) = entries.last() else { return };
    let end = last_end(body, last.first);
    sort(body, &entries, end, order);
}

/// Entries as the markup shows them.
fn by_structure(dom: &Dom, body: &mut Vec<Placed>) -> Vec<Entry> {
    let entries = by_headlines(dom, body);
    if entries.len() < MIN_ENTRIES {
        by_clocks(dom, body)
    } else {
        entries
    }
}

/// The page's JSON-LD tells of entries: they are marked in the body, by whichever finds more, the structure of the page
/// or what JSON-LD says. If the body holds none of them, they are put behind it.
fn by_updates(dom: &Dom, body: &mut Vec<Placed>, known: &[Update]) -> Vec<Entry> {
    let places = updates::places(body, known);
    let mut shown = body.clone();
    let entries = by_structure(dom, &mut shown);
    if entries.len() >= MIN_ENTRIES && entries.len() >= places.len() {
        *body = shown;
        entries
    } else if places.is_empty() {
        updates::append(body, known)
    } else {
        updates::mark(body, &places, known)
    }
}

/// Entries whose headline, or first paragraph, begins with the time.
fn by_headlines(dom: &Dom, body: &mut [Placed]) -> Vec<Entry> {
    let timed: Vec<(usize, u32)> = body
        .iter()
        .enumerate()
        .filter(|(_, placed)| {
            matches!(
                placed.block.kind,
                BlockKind::Heading { .. } | BlockKind::Paragraph
            )
        })
        .filter_map(|(n, placed)| Some((n, clock_at_start(&placed.block.text.text)?.minutes)))
        .collect();
    let headings = timed
        .iter()
        .filter(|(n, _)| matches!(body[*n].block.kind, BlockKind::Heading { .. }))
        .count();
    if headings < MIN_ENTRIES
        && (timed.len() < MIN_ENTRIES || !timed.iter().any(|(n, _)| is_named(dom, body[*n].at)))
    {
        return Vec::new();
    }
    let mut entries = Vec::new();
    for (first, minutes) in timed {
        let block = &mut body[first].block;
        if headings >= MIN_ENTRIES && !matches!(block.kind, BlockKind::Heading { .. }) {
            continue;
        }
        if block.text.text.chars().count() <= MAX_HEADLINE {
            block.kind = BlockKind::TickerEntry;
            tidy_mark(&mut block.text);
        }
        entries.push(Entry { first, minutes });
    }
    entries
}

/// Entries in which the time stands apart: like elements side by side, with one time of day in each.
fn by_clocks(dom: &Dom, body: &mut Vec<Placed>) -> Vec<Entry> {
    let clocks = clocks(dom);
    let elements = entry_elements(dom, &clocks);
    // The text of an entry reaches to where the next one begins.
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (n, (element, clock)) in elements.iter().enumerate() {
        let next = elements
            .get(n + 1)
            .filter(|(next, _)| dom.nodes[*next].parent == dom.nodes[*element].parent)
            .map_or(dom.nodes[*element].end, |(next, _)| *next);
        let start = body.partition_point(|placed| placed.at < *element);
        let end = body.partition_point(|placed| placed.at < next);
        if start < end {
            found.push((start..end, *clock));
        }
    }
    let text = |range: Range<usize>| -> usize {
        body[range]
            .iter()
            .map(|placed| placed.block.text.text.len())
            .sum()
    };
    let held: usize = found.iter().map(|(range, _)| text(range.clone())).sum();
    let is_ticker = found.len() >= MIN_ENTRIES
        && (found
            .iter()
            .any(|(range, _)| is_named(dom, body[range.start].at))
            || held * 5 > text(0..body.len()) * 3
                && found.iter().all(|(_, clock)| clocks[*clock].alone));
    if !is_ticker {
        return Vec::new();
    }
    let mut entries: Vec<Entry> = Vec::new();
    // The entries of a ticker may be the items of a list; nobody counts them.
    let items: HashSet<Id> = elements.iter().map(|(id, _)| *id).collect();
    for placed in found.iter().flat_map(|(range, _)| range.clone()) {
        let placed = &mut body[placed];
        let item = std::iter::once(placed.at)
            .chain(dom.ancestors(placed.at))
            .find(|id| dom.tag(*id) == "li");
        if matches!(placed.block.kind, BlockKind::ListItem { .. })
            && item.is_some_and(|item| items.contains(&item))
        {
            placed.block.kind = BlockKind::Paragraph;
        }
    }
    // From the end, so that the places before stay right while blocks are put in.
    for (range, clock) in found.into_iter().rev() {
        let clock = &clocks[clock];
        let (timed, only_time) = clock_at_start(&body[range.start].block.text.text)
            .map_or((false, false), |own| {
                (true, !own.rest.contains(char::is_alphanumeric))
            });
        if only_time && range.len() > 1 {
            body.remove(range.start);
        }
        let first = &mut body[range.start];
        if !timed || only_time {
            if matches!(first.block.kind, BlockKind::Heading { .. }) {
                spans::prepend(&format!("{}:", clock.shown), &mut first.block.text);
                first.block.kind = BlockKind::TickerEntry;
            } else {
                let mark = Placed {
                    at: first.at,
                    block: crate::article::Block {
                        kind: BlockKind::TickerEntry,
                        text: Text::plain(clock.shown.clone()),
                        origin: first.block.origin.clone(),
                    },
                };
                body.insert(range.start, mark);
                for entry in &mut entries {
                    entry.first += 1;
                }
            }
        } else if first.block.text.text.chars().count() <= MAX_HEADLINE {
            first.block.kind = BlockKind::TickerEntry;
            tidy_mark(&mut first.block.text);
        }
        if only_time && range.len() > 1 {
            for entry in &mut entries {
                entry.first -= 1;
            }
        }
        entries.push(Entry {
            first: range.start,
            minutes: clock.minutes,
        });
    }
    entries.reverse();
    entries
}

/// A time of day on the page.
struct Clock {
    at: Id,
    minutes: u32,
    /// `14:32 Uhr`.
    shown: String,
    /// No date stands beside it, as it does in forums and lists of articles.
    alone: bool,
}

/// The `time` elements with a time of day, and the texts that are nothing else.
fn clocks(dom: &Dom) -> Vec<Clock> {
    let mut found: Vec<Clock> = Vec::new();
    let mut at = 0;
    while at < dom.len() {
        let mut next = at + 1;
        let clock = match dom.nodes[at].kind {
            Kind::Element(element) if element.name() == "time" => {
                next = dom.nodes[at].end;
                let text = dom.text(at);
                clock_in(&text)
                    .map(|(minutes, shown)| (minutes, shown, clock_at_start(&text).is_some()))
                    .or_else(|| {
                        let (_, time) = element.attr("datetime")?.split_once(['T', ' '])?;
                        clock_in(time.get(..5)?).map(|(minutes, shown)| (minutes, shown, false))
                    })
            }
            Kind::Text(text) => {
                let text = text.trim();
                clock_at_start(text)
                    .filter(|clock| text.len() <= 12 && clock.rest.trim().is_empty())
                    .map(|clock| (clock.minutes, clock.shown, true))
            }
            Kind::Element(_) => None,
        };
        if let Some((minutes, shown, alone)) = clock {
            found.push(Clock {
                at,
                minutes,
                shown,
                alone,
            });
        }
        at = next;
    }
    found
}

/// For each clock the largest element that holds no other; those that stand side by side in threes or more.
fn entry_elements(dom: &Dom, clocks: &[Clock]) -> Vec<(Id, usize)> {
    let mut elements: Vec<(Id, usize)> = Vec::new();
    for (n, clock) in clocks.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| clocks[n].at);
        let after = clocks.get(n + 1).map(|clock| clock.at);
        let entry = dom
            .ancestors(clock.at)
            .take_while(|outer| {
                before.is_none_or(|before| before < *outer)
                    && after.is_none_or(|after| after >= dom.nodes[*outer].end)
            })
            .last();
        elements.push((entry.unwrap_or(clock.at), n));
    }
    let mut groups: HashMap<(Id, &str), usize> = HashMap::new();
    let group = |id: Id| (dom.nodes[id].parent, dom.tag(id));
    for (id, _) in &elements {
        *groups.entry(group(*id)).or_default() += 1;
    }
    elements.retain(|(id, _)| groups[&group(*id)] >= MIN_ENTRIES);
    elements
}

/// Whether the page names this place, or one around it, a ticker.
fn is_named(dom: &Dom, at: Id) -> bool {
    std::iter::once(at)
        .chain(dom.ancestors(at))
        .take(12)
        .filter_map(|id| dom.element(id))
        .any(|element| {
            roles(element).has(Role::Ticker)
                || element
                    .attr("itemtype")
                    .is_some_and(|kind| kind.ends_with("LiveBlogPosting"))
                || element.attr("itemprop") == Some("liveBlogUpdate")
        })
}

/// Where the last entry ends: at the end of the body, or before a heading that begins something else.
fn last_end(body: &[Placed], first: usize) -> usize {
    body.iter()
        .enumerate()
        .skip(first + 1)
        .find(|(_, placed)| matches!(placed.block.kind, BlockKind::Heading { level: 2 }))
        .map_or(body.len(), |(n, _)| n)
}

/// Puts the entries in order, if the page has them the other way round. Headings between them, such as days, stay above
/// their entries.
fn sort(body: &mut Vec<Placed>, entries: &[Entry], end: usize, order: Ticker) {
    let steps = |later: bool| {
        entries
            .windows(2)
            .filter(|pair| pair[0].minutes != pair[1].minutes)
            .filter(|pair| (pair[0].minutes < pair[1].minutes) == later)
            .count()
    };
    // Past midnight a step goes the wrong way; most of them tell.
    let rising = steps(true) > steps(false);
    let turn = match order {
        Ticker::AsPage => false,
        Ticker::NewestFirst => rising,
        Ticker::OldestFirst => !rising && steps(false) > 0,
    };
    if !turn {
        return;
    }
    let Some(first) = entries.first().map(|entry| entry.first) else {
        return;
    };
    // The heading right above the first entry is its day.
    let is_day = |n: usize| matches!(body[n].block.kind, BlockKind::Heading { .. });
    let start = first - usize::from(first > 0 && is_day(first - 1));
    // Sections under a heading, each with its entries.
    let mut sections: Vec<(Vec<Placed>, Vec<Vec<Placed>>)> = vec![Default::default()];
    let tail = body.split_off(end);
    let moved = body.split_off(start);
    let firsts: HashSet<usize> = entries.iter().map(|entry| entry.first).collect();
    let mut pending: Vec<Placed> = Vec::new();
    for (n, placed) in moved.into_iter().enumerate() {
        if firsts.contains(&(start + n)) {
            if !pending.is_empty() {
                sections.push((std::mem::take(&mut pending), Vec::new()));
            }
            if let Some((_, entries)) = sections.last_mut() {
                entries.push(vec![placed]);
            }
        } else if matches!(placed.block.kind, BlockKind::Heading { .. }) {
            pending.push(placed);
        } else if let Some(entry) = sections
            .last_mut()
            .and_then(|(_, entries)| entries.last_mut())
        {
            // A heading inside an entry stays where it is.
            entry.append(&mut pending);
            entry.push(placed);
        }
    }
    for (heading, entries) in sections.into_iter().rev() {
        body.extend(heading);
        body.extend(entries.into_iter().rev().flatten());
    }
    body.extend(pending);
    body.extend(tail);
}

/// A time of day and what stands after it.
struct Found<'t> {
    minutes: u32,
    shown: String,
    rest: &'t str,
}

/// `14:32`, `14.32 Uhr`, `+++ 14:32` at the start of a text. `14.32` alone is a number.
fn clock_at_start(text: &str) -> Option<Found<'_>> {
    let text = text.trim_start_matches(['+', ' ', '*', '•', '[', '(']);
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    let separator = *text.as_bytes().get(hours)?;
    let minutes = text.get(hours + 1..hours + 3)?;
    let after = text.get(hours + 3..)?;
    if !(1..=2).contains(&hours)
        || !matches!(separator, b':' | b'.')
        || !minutes.bytes().all(|b| b.is_ascii_digit())
        || after.starts_with(|c: char| c.is_alphanumeric())
        || after
            .strip_prefix(['.', ',', ':'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    let after_space = after.trim_start();
    let (uhr, rest) = match after_space.strip_prefix("Uhr") {
        Some(rest) => (true, rest),
        None => (false, after),
    };
    // A single digit may be a result, unless nothing else is there.
    if !uhr && (separator == b'.' || (hours == 1 && !rest.trim().is_empty())) {
        return None;
    }
    let (hour, minute): (u32, u32) = (text[..hours].parse().ok()?, minutes.parse().ok()?);
    (hour < 24 && minute < 60).then(|| Found {
        minutes: hour * 60 + minute,
        shown: format!("{} Uhr", &text[..hours + 3]),
        rest,
    })
}

/// `+++ 14:32 Sturm erreicht Küste +++` as it is to be spoken: `14:32 Uhr: Sturm erreicht Küste`.
fn tidy_mark(text: &mut Text) {
    let is_frame = |c: char| c == '+' || c == ' ';
    let start = text.text.len() - text.text.trim_start_matches(is_frame).len();
    let (_, inner) = spans::split(text, start);
    let end = inner.text.trim_end_matches(is_frame).len();
    let (mut mark, _) = spans::split(&inner, end);
    if let Some(found) = clock_at_start(&mark.text) {
        let rest = found
            .rest
            .trim_start_matches([':', '-', '–', '|', ')', ']', ' ']);
        let after = mark.text.len() - found.rest.len();
        if !mark.text[..after].ends_with("Uhr") && !rest.is_empty() {
            let (_, mut headline) = spans::split(&mark, mark.text.len() - rest.len());
            spans::prepend(&format!("{}:", found.shown), &mut headline);
            mark = headline;
        }
    }
    *text = mark;
}

/// The time of day somewhere in a short text, such as `03.05.2024, 14:32 Uhr`.
fn clock_in(text: &str) -> Option<(u32, String)> {
    text.split([' ', ',', '|', '·', '\u{a0}'])
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .take(20)
        .filter_map(|(start, _)| text.get(start..))
        .find_map(clock_at_start)
        .map(|found| (found.minutes, found.shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let rows = [
            ("14:32 Uhr: Tor", Some(872)),
            ("14.32 Uhr – Tor", Some(872)),
            ("+++ 08:05 Sturm erreicht Küste +++", Some(485)),
            ("9.05 Uhr", Some(545)),
            ("14.32", None),
            ("2:10 gegen Hohenfels", None),
            ("12.50 Euro kostet", None),
            ("12:30:15", None),
            ("25:00 Uhr", None),
            ("Um 14:32 Uhr", None),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .map(|(text, want)| (text, clock_at_start(text).map(|found| found.minutes), want))
            .filter(|(_, got, want)| got != *want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(
            clock_in("03.05.2024, 14:32 Uhr"),
            Some((872, "14:32 Uhr".to_owned()))
        );
    }
}
