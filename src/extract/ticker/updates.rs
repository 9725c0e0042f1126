//! A ticker as the page's JSON-LD tells it: which blocks are entries and when they were written, or, where the markup
//! holds no entries, the entries themselves.

use super::{Entry, clock_at_start, tidy_mark};
use crate::{
    article::{Block, BlockKind, Moment, Text},
    extract::{Placed, metadata::Update, spans, text::key},
};
use std::collections::HashMap;

/// By this many bytes of its comparison key a paragraph is known.
const BEGINNING: usize = 40;

/// For every entry that stands in the body: the number of the block it begins with, and the number of its update; in
/// the order of the body.
pub fn places(body: &[Placed], updates: &[Update]) -> Vec<(usize, usize)> {
    let mut by_headline: HashMap<String, usize> = HashMap::new();
    let mut by_text: HashMap<String, usize> = HashMap::new();
    for (n, update) in updates.iter().enumerate() {
        match &update.headline {
            Some(headline) => by_headline.entry(key(headline)).or_insert(n),
            None => by_text
                .entry(
                    update
                        .text
                        .first()
                        .map_or_else(String::new, |t| beginning(t)),
                )
                .or_insert(n),
        };
    }
    by_headline.remove("");
    by_text.remove("");
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, placed) in body.iter().enumerate() {
        let text = &placed.block.text.text;
        let of = |text: &str| {
            by_headline
                .get(&key(text))
                .or_else(|| by_text.get(&beginning(text)))
                .copied()
        };
        let own = clock_at_start(text).and_then(|clock| of(clock.rest));
        if let Some(n) = own.or_else(|| of(text))
            && !found.iter().rev().take(3).any(|(_, known)| *known == n)
        {
            found.push((at, n));
        }
    }
    found
}

fn beginning(text: &str) -> String {
    let mut key = key(text);
    let end = (0..=BEGINNING.min(key.len()))
        .rev()
        .find(|at| key.is_char_boundary(*at));
    key.truncate(end.unwrap_or(0));
    key
}

/// Marks the entries at `places`. A time that stands alone between them is said with its entry.
pub fn mark(body: &mut Vec<Placed>, places: &[(usize, usize)], updates: &[Update]) -> Vec<Entry> {
    let Some((start, _)) = places.first() else {
        return Vec::new();
    };
    let start = start.saturating_sub(1);
    let of: HashMap<usize, usize> = places.iter().copied().collect();
    let mut entries = Vec::new();
    let mut marked = Vec::with_capacity(body.len() + places.len());
    for (at, mut placed) in body.drain(..).enumerate() {
        let text = &placed.block.text.text;
        let clock = clock_at_start(text);
        let is_timed = clock.is_some();
        if let Some(n) = of.get(&at) {
            let update = &updates[*n];
            let minutes = clock
                .as_ref()
                .map_or_else(|| minutes(update), |clock| clock.minutes);
            let first = marked.len();
            let shown = update.published.and_then(shown);
            if is_timed {
                tidy_mark(&mut placed.block.text);
                placed.block.kind = BlockKind::TickerEntry;
            } else if update.headline.is_some() {
                if let Some(shown) = shown {
                    spans::prepend(&format!("{shown}:"), &mut placed.block.text);
                }
                placed.block.kind = BlockKind::TickerEntry;
            } else if let Some(shown) = shown {
                marked.push(Placed {
                    at: placed.at,
                    block: Block {
                        kind: BlockKind::TickerEntry,
                        text: Text::plain(shown),
                        origin: placed.block.origin.clone(),
                    },
                });
            }
            entries.push(Entry { first, minutes });
        } else if at >= start
            && clock.is_some_and(|clock| !clock.rest.contains(char::is_alphanumeric))
        {
            continue;
        }
        marked.push(placed);
    }
    *body = marked;
    entries
}

/// Puts all entries behind the body: its markup holds none of them.
pub fn append(body: &mut Vec<Placed>, updates: &[Update]) -> Vec<Entry> {
    let at = body.last().map_or(0, |last| last.at);
    let mut entries = Vec::new();
    for (n, update) in updates.iter().enumerate() {
        let mut push = |kind, text: String| {
            body.push(Placed {
                at,
                block: Block {
                    kind,
                    text: Text::plain(text),
                    origin: format!("JSON-LD liveBlogUpdate[{}]", n + 1),
                },
            });
            body.len() - 1
        };
        let mark = match (update.published.and_then(shown), &update.headline) {
            (Some(time), Some(headline)) => Some(format!("{time}: {headline}")),
            (time, headline) => time.or_else(|| headline.clone()),
        };
        let mark = mark.map(|text| push(BlockKind::TickerEntry, text));
        let text: Vec<usize> = update
            .text
            .iter()
            .map(|text| push(BlockKind::Paragraph, text.clone()))
            .collect();
        if let Some(first) = mark.or_else(|| text.first().copied()) {
            entries.push(Entry {
                first,
                minutes: minutes(update),
            });
        }
    }
    entries
}

/// `14:32 Uhr`.
fn shown(moment: Moment) -> Option<String> {
    let time = moment.time?;
    Some(format!("{}:{:02} Uhr", time.hour(), time.minute()))
}

/// Minutes of the day; 0 where no time is given.
fn minutes(update: &Update) -> u32 {
    update
        .published
        .and_then(|moment| moment.time)
        .map_or(0, |time| {
            u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs())
        })
}
