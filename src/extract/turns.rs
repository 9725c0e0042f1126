//! Interviews: questions and answers as turns, so that a second voice can take one side.

use super::{
    Placed,
    dom::{Dom, Id, Kind, is_block, is_code},
    spans::{emphasised, emphasised_start, split},
    text::{key, push_tidy},
};
use crate::article::{Article, BlockKind, Text};
use std::collections::{HashMap, HashSet};

/// Fewer questions make an interview only where the page calls itself one.
const MIN_QUESTIONS: usize = 3;

/// Marks the turns, if the body is an interview. A paragraph that holds both question and answer becomes two.
pub fn find(dom: &Dom, body: &mut Vec<Placed>, article: &Article) {
    if by_labels(body) {
        return;
    }
    let named = is_called_interview(article);
    if !by_emphasis(dom, body, named) {
        // Names of classes alone prove nothing.
        for placed in body.iter_mut() {
            if placed.block.kind == BlockKind::Question {
                placed.block.kind = BlockKind::Paragraph;
            }
        }
        if named {
            by_headings(body);
        }
    }
}

/// The line breaks of an element at which somebody else speaks: `Name: Frage? <br> Name: Antwort`. Two names at least,
/// and one of them asks or speaks twice; other lines with a colon, such as those of an address, are none.
pub fn line_breaks(dom: &Dom, owner: Id) -> Vec<Id> {
    const SIZE: usize = 2000;
    let end = dom.nodes[owner].end.min(owner + SIZE);
    // The line break before each line, and the line.
    let mut lines: Vec<(Option<Id>, String)> = vec![(None, String::new())];
    let mut at = owner + 1;
    while at < end {
        match dom.nodes[at].kind {
            Kind::Element(element) if element.name() == "br" => {
                lines.push((Some(at), String::new()));
            }
            Kind::Element(element) if is_code(element.name()) => {
                at = dom.nodes[at].end;
                continue;
            }
            // A block of its own begins and ends its lines itself.
            Kind::Element(element) if is_block(element.name()) => {
                lines.push((None, String::new()));
                at = dom.nodes[at].end;
                continue;
            }
            Kind::Element(_) => {}
            Kind::Text(text) => {
                if let Some((_, line)) = lines.last_mut() {
                    push_tidy(line, text);
                }
            }
        }
        at += 1;
    }
    let labelled: Vec<(Option<Id>, String, bool)> = lines
        .into_iter()
        .filter_map(|(at, line)| Some((at, label(line.trim())?, asks(line.trim()))))
        .collect();
    let names: HashSet<&str> = labelled.iter().map(|(_, name, _)| name.as_str()).collect();
    let talks = labelled.iter().any(|(_, _, asks)| *asks) || labelled.len() > names.len() + 1;
    if names.len() < 2 || names.len() > 6 || !talks {
        return Vec::new();
    }
    labelled.into_iter().filter_map(|(at, ..)| at).collect()
}

fn is_called_interview(article: &Article) -> bool {
    let lead = article.lead.iter().map(|text| text.text.as_str());
    [&article.kicker, &article.title, &article.section]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .chain(lead)
        .any(|text| {
            text.contains("Interview") || text.contains("im Gespräch") || text.contains("-Gespräch")
        })
}

/// How a block can be a question.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    /// The whole block is set apart and ends as a question.
    Question,
    /// The whole block is set apart.
    Statement,
    /// The question reaches to this byte; the answer follows.
    Both(usize),
    /// Running text.
    None,
}

fn mark(dom: &Dom, placed: &Placed) -> Mark {
    let text = &placed.block.text;
    if !matches!(
        placed.block.kind,
        BlockKind::Paragraph | BlockKind::Question | BlockKind::Heading { level: 3 }
    ) || matches!(dom.tag(placed.at), "h2" | "h3" | "h4")
    {
        return Mark::None;
    }
    let asks = asks(&text.text);
    let apart = emphasised(text) + 3 >= text.text.len()
        || dom.tag(placed.at) == "dt"
        || placed.block.kind == BlockKind::Question;
    if apart || asks && emphasised(text) * 5 >= text.text.len() * 4 {
        return match placed.block.kind {
            _ if asks => Mark::Question,
            BlockKind::Heading { .. } => Mark::None,
            _ => Mark::Statement,
        };
    }
    match emphasised_start(text) {
        Some(end)
            if asks_before(text, end)
                && text.text.get(end..).is_some_and(|rest| rest.len() > 2) =>
        {
            Mark::Both(end)
        }
        _ => Mark::None,
    }
}

fn asks(text: &str) -> bool {
    text.trim_end_matches(['"', '“', '”', '«', '»', '‹', '›', '’', ' ', ')'])
        .ends_with('?')
}

fn asks_before(text: &Text, end: usize) -> bool {
    text.text.get(..end).is_some_and(asks)
}

/// Questions in bold, as a `dt`, or named so; what follows is the answer.
fn by_emphasis(dom: &Dom, body: &mut Vec<Placed>, named: bool) -> bool {
    let marks: Vec<Mark> = body.iter().map(|placed| mark(dom, placed)).collect();
    let is_plain = |n: usize| {
        marks.get(n) == Some(&Mark::None)
            && matches!(
                body[n].block.kind,
                BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem { .. }
            )
    };
    let asked: Vec<usize> = (0..body.len())
        .filter(|n| match marks[*n] {
            Mark::Both(_) => true,
            Mark::Question => is_plain(n + 1),
            _ => false,
        })
        .collect();
    let stated = marks
        .iter()
        .filter(|mark| **mark == Mark::Statement)
        .count();
    let enough = if named { 2 } else { MIN_QUESTIONS };
    let (Some(first), Some(last)) = (asked.first().copied(), asked.last().copied()) else {
        return false;
    };
    if asked.len() < enough || stated > asked.len() {
        return false;
    }
    // Who asks, where the questions say so: `SRF News: …`.
    let asking: HashSet<String> = asked
        .iter()
        .filter_map(|n| label(&body[*n].block.text.text))
        .collect();
    let mut turns: Vec<Placed> = Vec::with_capacity(body.len() + asked.len());
    let mut answering = false;
    // Some set the answers as quotes; a quote inside an answer stays one.
    let mut quoted = false;
    for (n, mut placed) in body.drain(..).enumerate() {
        let after_question = turns
            .last()
            .is_some_and(|turn| turn.block.kind == BlockKind::Question);
        quoted = placed.block.kind == BlockKind::Quote && (quoted || after_question);
        let is_paragraph = matches!(
            placed.block.kind,
            BlockKind::Paragraph | BlockKind::Question
        );
        match marks[n] {
            _ if n < first => {}
            Mark::Question => {
                placed.block.kind = BlockKind::Question;
                answering = true;
            }
            Mark::Both(end) => {
                let (question, answer) = split(&placed.block.text, end);
                let mut asked = Placed {
                    at: placed.at,
                    block: placed.block.clone(),
                };
                asked.block.kind = BlockKind::Question;
                asked.block.text = question;
                turns.push(asked);
                placed.block.kind = BlockKind::Answer;
                placed.block.text = answer;
                answering = true;
            }
            // A statement that the other side answers, such as `Das klingt hart.`
            Mark::Statement if n < last && !is_credit_line(&placed.block.text.text) => {
                placed.block.kind = BlockKind::Question;
                answering = true;
            }
            _ if matches!(placed.block.kind, BlockKind::Heading { .. }) => {
                // After the last question, a heading begins something else.
                answering &= n < last;
            }
            _ if quoted && answering => placed.block.kind = BlockKind::Answer,
            _ if is_paragraph
                && label(&placed.block.text.text).is_some_and(|who| asking.contains(&who)) =>
            {
                placed.block.kind = BlockKind::Question;
                answering = true;
            }
            _ if is_paragraph => {
                placed.block.kind = if answering && !is_credit_line(&placed.block.text.text) {
                    BlockKind::Answer
                } else {
                    BlockKind::Paragraph
                };
            }
            _ => {}
        }
        turns.push(placed);
    }
    *body = turns;
    true
}

/// Questions set as headings; only where the page calls itself an interview.
fn by_headings(body: &mut [Placed]) {
    let headings = || {
        body.iter()
            .filter(|placed| matches!(placed.block.kind, BlockKind::Heading { .. }))
    };
    let asked = headings()
        .filter(|placed| asks(&placed.block.text.text))
        .count();
    if asked < MIN_QUESTIONS || asked * 10 < headings().count() * 7 {
        return;
    }
    let mut answering = false;
    for placed in body {
        match placed.block.kind {
            BlockKind::Heading { .. } => {
                answering = asks(&placed.block.text.text);
                if answering {
                    placed.block.kind = BlockKind::Question;
                }
            }
            BlockKind::Paragraph if answering && !is_credit_line(&placed.block.text.text) => {
                placed.block.kind = BlockKind::Answer;
            }
            _ => {}
        }
    }
}

/// `Das Gespräch führte …`: about the interview, said by neither side.
fn is_credit_line(text: &str) -> bool {
    const OPENINGS: [&str; 8] = [
        "Das Gespräch führte",
        "Das Interview führte",
        "Die Fragen stellte",
        "Interview:",
        "Das Interview wurde",
        "Das Gespräch wurde",
        "Mit Material von",
        "Aufgezeichnet von",
    ];
    let text = text.trim_start_matches(['(', '[', '*', '–', ' ']);
    text.len() < 300 && OPENINGS.iter().any(|opening| text.starts_with(opening))
}

/// Turns that begin with who speaks: `Name: …`. The label that asks most is the interviewer.
fn by_labels(body: &mut [Placed]) -> bool {
    #[derive(Default)]
    struct Voice {
        turns: usize,
        questions: usize,
    }
    let labels: Vec<Option<String>> = body
        .iter()
        .map(|placed| {
            matches!(
                placed.block.kind,
                BlockKind::Paragraph | BlockKind::Question
            )
            .then(|| label(&placed.block.text.text))
            .flatten()
        })
        .collect();
    let mut voices: HashMap<&str, Voice> = HashMap::new();
    for (placed, label) in body.iter().zip(&labels) {
        if let Some(label) = label {
            let voice = voices.entry(label).or_default();
            voice.turns += 1;
            voice.questions += usize::from(asks(&placed.block.text.text));
        }
    }
    voices.retain(|_, voice| voice.turns >= 2);
    let turns: usize = voices.values().map(|voice| voice.turns).sum();
    let asking = voices
        .iter()
        .max_by_key(|(name, voice)| (voice.questions * 100 / voice.turns, **name))
        .filter(|(_, voice)| voice.questions * 2 >= voice.turns)
        .map(|(name, _)| *name);
    let Some(asking) = asking.filter(|_| voices.len() >= 2 && turns >= 5) else {
        return false;
    };
    let voices: Vec<&str> = voices.into_keys().collect();
    let mut turn = None;
    let last = labels.iter().rposition(|label| {
        label
            .as_deref()
            .is_some_and(|label| voices.contains(&label))
    });
    for (n, placed) in body.iter_mut().enumerate() {
        if let Some(label) = labels[n].as_deref().filter(|label| voices.contains(label)) {
            turn = Some(if label == asking {
                BlockKind::Question
            } else {
                BlockKind::Answer
            });
        } else if matches!(placed.block.kind, BlockKind::Heading { .. })
            && last.is_some_and(|last| n > last)
            || is_credit_line(&placed.block.text.text)
        {
            turn = None;
        }
        if matches!(
            placed.block.kind,
            BlockKind::Paragraph | BlockKind::Question
        ) {
            placed.block.kind = turn.clone().unwrap_or(BlockKind::Paragraph);
        }
    }
    true
}

/// Who speaks, as a comparison key: the last word of up to five before a colon, so that `Petra Müller:` and `Müller:`
/// are one.
fn label(text: &str) -> Option<String> {
    let (name, rest) = text.split_once(':')?;
    let name = name.split('(').next().unwrap_or(name).trim();
    let words = name.split_whitespace().count();
    let is_name = (1..=5).contains(&words)
        && name.len() <= 50
        && name.starts_with(char::is_uppercase)
        && !name.contains(['!', '?', ',', ';', '"', '„', '“'])
        && rest.starts_with(char::is_whitespace)
        && rest.trim().len() > 1;
    let last = name.split_whitespace().next_back().map(key)?;
    (is_name && !last.is_empty()).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        let rows = [
            ("Petra Müller: Ja.", Some("müller")),
            ("Müller: Nein, im Gegenteil.", Some("müller")),
            ("SRF News: Wie kam es dazu?", Some("news")),
            ("Dr. Anna Weiß (Ärztin): Das stimmt.", Some("weiß")),
            ("Um 12:30 Uhr", None),
            ("Er sagte, was alle dachten: Es reicht.", None),
            ("Ohne Doppelpunkt", None),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .map(|(text, want)| (label(text), want))
            .filter(|(got, want)| got.as_deref() != **want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
