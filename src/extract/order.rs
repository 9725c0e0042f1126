//! What is spoken in its own way: the turns of an interview, the entries of a live ticker.

use super::{Ticker, text::ends_sentence};
use crate::article::{Block, BlockKind, SpanKind, Text};
use std::collections::HashMap;

/// Fewer questions are no interview.
const QUESTIONS: usize = 3;
/// Fewer entries are no ticker.
const ENTRIES: usize = 3;

/// Gives the blocks of interviews and tickers their kinds, and tickers the order asked for.
pub fn arrange(blocks: &mut Vec<Block>, ticker: Ticker) {
    if !interview_by_emphasis(blocks) {
        interview_by_names(blocks);
    }
    answers(blocks);
    if mark_entries(blocks) && ticker != Ticker::AsPage {
        sort_entries(blocks, ticker);
    }
}

fn is_emphasised(text: &Text) -> bool {
    let covered: usize = text
        .spans
        .iter()
        .filter(|span| span.kind == SpanKind::Emphasis)
        .map(|span| span.range.len())
        .sum();
    covered + 2 >= text.text.len()
}

fn asks(text: &str) -> bool {
    text.trim_end_matches(['"', '“', '”', '«', '»', ' ', ')'])
        .ends_with('?')
}

/// Questions set in bold or italics: paragraphs that are nothing else, and of which most ask.
fn interview_by_emphasis(blocks: &mut [Block]) -> bool {
    let is_turn = |block: &Block| {
        block.kind == BlockKind::Question
            || (block.kind == BlockKind::Paragraph
                && is_emphasised(&block.text)
                && ends_sentence(&block.text.text))
    };
    let turns: Vec<usize> = (0..blocks.len()).filter(|n| is_turn(&blocks[*n])).collect();
    let asking = turns
        .iter()
        .filter(|n| asks(&blocks[**n].text.text))
        .count();
    if turns.len() < QUESTIONS || asking * 2 < turns.len() {
        // Too few, or bold for another reason.
        return false;
    }
    for n in turns {
        blocks[n].kind = BlockKind::Question;
    }
    true
}

/// `Name: …` before every turn: the one who asks more is the interviewer.
fn interview_by_names(blocks: &mut [Block]) -> bool {
    let mut turns: HashMap<String, (usize, usize)> = HashMap::new();
    let mut paragraphs = 0;
    for block in blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph)
    {
        paragraphs += 1;
        if let Some(name) = speaker(&block.text.text) {
            let entry = turns.entry(name.to_owned()).or_default();
            entry.0 += 1;
            entry.1 += usize::from(asks(&block.text.text));
        }
    }
    turns.retain(|_, (count, _)| *count >= 2);
    let spoken: usize = turns.values().map(|(count, _)| count).sum();
    let asker = turns
        .iter()
        .filter(|(_, (count, asking))| asking * 2 >= *count && *asking >= 2)
        .max_by_key(|(_, (_, asking))| *asking);
    let Some((asker, _)) =
        asker.filter(|_| (2..=4).contains(&turns.len()) && spoken * 2 >= paragraphs)
    else {
        return false;
    };
    let asker = asker.clone();
    for block in blocks
        .iter_mut()
        .filter(|block| block.kind == BlockKind::Paragraph)
    {
        match speaker(&block.text.text) {
            Some(name) if name == asker => block.kind = BlockKind::Question,
            Some(name) if turns.contains_key(name) => block.kind = BlockKind::Answer,
            _ => {}
        }
    }
    true
}

/// The name before a colon at the beginning.
fn speaker(text: &str) -> Option<&str> {
    let (name, rest) = text.split_once(':')?;
    let ok = name.chars().count() <= 30
        && name.split_whitespace().count() <= 3
        && name.starts_with(char::is_uppercase)
        && rest.starts_with(' ');
    ok.then_some(name)
}

/// What follows a question is its answer, up to the next heading.
fn answers(blocks: &mut [Block]) {
    let mut answering = false;
    for block in blocks {
        match block.kind {
            BlockKind::Question => answering = true,
            BlockKind::Paragraph if answering => block.kind = BlockKind::Answer,
            BlockKind::Heading { .. } => answering = false,
            _ => {}
        }
    }
}

/// Time of day at the beginning of an entry mark: `19.40 Uhr`, `19:40`. In minutes.
fn time_of_day(text: &str) -> Option<u16> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let hour: u16 = text.get(..digits)?.parse().ok()?;
    let rest = text.get(digits..)?.strip_prefix(['.', ':'])?;
    let minute: u16 = rest.get(..2)?.parse().ok()?;
    let after = rest.get(2..)?;
    let ends = after.is_empty()
        || after.trim_start().starts_with("Uhr")
        || after.starts_with([':', ' ', '|', ',']);
    // A third number makes it a date: `12.03.2024`.
    let is_date = after.starts_with('.') || !ends;
    (hour < 24 && minute < 60 && !is_date).then_some(hour * 60 + minute)
}

/// Short lines that begin with a time are the marks of entries, if there are some.
fn mark_entries(blocks: &mut [Block]) -> bool {
    let is_mark = |block: &Block| {
        let is_heading = matches!(block.kind, BlockKind::Heading { .. });
        (is_heading
            || (block.kind == BlockKind::Paragraph
                && block.text.text.chars().count() < 60
                && !ends_sentence(&block.text.text)))
            && time_of_day(&block.text.text).is_some()
    };
    let marks: Vec<usize> = (0..blocks.len()).filter(|n| is_mark(&blocks[*n])).collect();
    if marks.len() < ENTRIES {
        return false;
    }
    for n in marks {
        blocks[n].kind = BlockKind::TickerEntry;
    }
    true
}

/// Puts the entries in the order asked for. Headings between them are days, and keep their entries.
fn sort_entries(blocks: &mut Vec<Block>, ticker: Ticker) {
    let Some(first) = blocks
        .iter()
        .position(|block| block.kind == BlockKind::TickerEntry)
    else {
        return;
    };
    let times: Vec<u16> = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::TickerEntry)
        .filter_map(|block| time_of_day(&block.text.text))
        .collect();
    let falling = times.windows(2).filter(|pair| pair[0] > pair[1]).count();
    let newest_first = falling * 2 > times.len().saturating_sub(1);
    if newest_first == (ticker == Ticker::NewestFirst) {
        return;
    }
    // The heading right before the first entry is its day.
    let start = if first > 0 && matches!(blocks[first - 1].kind, BlockKind::Heading { .. }) {
        first - 1
    } else {
        first
    };
    let tail = blocks.split_off(start);
    let mut days: Vec<Vec<Vec<Block>>> = Vec::new();
    for block in tail {
        match block.kind {
            BlockKind::Heading { .. } => days.push(vec![vec![block]]),
            BlockKind::TickerEntry => match days.last_mut() {
                Some(day) => day.push(vec![block]),
                None => days.push(vec![vec![], vec![block]]),
            },
            _ => {
                if let Some(entry) = days.last_mut().and_then(|day| day.last_mut()) {
                    entry.push(block);
                }
            }
        }
    }
    for mut day in days.into_iter().rev() {
        let entries = day.split_off(1);
        blocks.extend(day.into_iter().flatten());
        blocks.extend(entries.into_iter().rev().flatten());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockKind, text: &str) -> Block {
        Block {
            kind,
            text: Text::plain(text),
            origin: String::new(),
        }
    }

    fn emphasised(text: &str) -> Block {
        let mut block = block(BlockKind::Paragraph, text);
        block.text.spans.push(crate::article::Span {
            range: 0..text.len(),
            kind: SpanKind::Emphasis,
        });
        block
    }

    #[test]
    fn bold_questions_are_an_interview() {
        let mut blocks: Vec<Block> = [
            "Wie geht es?",
            "Und dann?",
            "Das war nicht einfach.",
            "Warum?",
        ]
        .iter()
        .flat_map(|question| {
            [
                emphasised(question),
                block(BlockKind::Paragraph, "So ist es."),
            ]
        })
        .collect();
        arrange(&mut blocks, Ticker::AsPage);
        let kinds: Vec<_> = blocks.iter().map(|block| &block.kind).collect();
        assert_eq!(kinds, [&BlockKind::Question, &BlockKind::Answer].repeat(4));
    }

    #[test]
    fn names_before_turns_are_an_interview() {
        let mut blocks: Vec<Block> = [
            "Auenbote: Wie alt ist die Mühle?",
            "Kern: Sehr alt.",
            "Auenbote: Und der Bach?",
            "Kern: Noch älter.",
        ]
        .iter()
        .map(|text| block(BlockKind::Paragraph, text))
        .collect();
        arrange(&mut blocks, Ticker::AsPage);
        assert_eq!(blocks[2].kind, BlockKind::Question);
        assert_eq!(blocks[3].kind, BlockKind::Answer);
    }

    #[test]
    fn entries_are_turned_round_day_by_day() {
        let heading = |text| block(BlockKind::Heading { level: 3 }, text);
        let mut blocks = vec![
            block(BlockKind::Paragraph, "Vorher."),
            heading("Dienstag"),
            heading("11.20 Uhr: C"),
            block(BlockKind::Paragraph, "c"),
            heading("9.05 Uhr: B"),
            block(BlockKind::Paragraph, "b"),
            heading("Montag"),
            heading("8.00 Uhr: A"),
            block(BlockKind::Paragraph, "a"),
        ];
        arrange(&mut blocks, Ticker::OldestFirst);
        let texts: Vec<_> = blocks
            .iter()
            .map(|block| block.text.text.as_str())
            .collect();
        assert_eq!(
            texts,
            [
                "Vorher.",
                "Montag",
                "8.00 Uhr: A",
                "a",
                "Dienstag",
                "9.05 Uhr: B",
                "b",
                "11.20 Uhr: C",
                "c"
            ]
        );
    }

    #[test]
    fn dates_are_no_times() {
        assert_eq!(time_of_day("12.03.2024"), None);
        assert_eq!(time_of_day("3,5 Prozent"), None);
        assert_eq!(time_of_day("19.40 Uhr: Tor"), Some(19 * 60 + 40));
    }
}
