//! Where on a dumped page the article stands: headline, first paragraph, end.

use super::{
    cues::{self, Kind, fold, words},
    lines::{self, Unit},
};
use std::collections::{HashMap, HashSet};

/// A unit and what it is.
pub(super) struct Line {
    pub unit: Unit,
    pub kind: Kind,
}

/// The parts of a page, as indices into its lines.
pub(super) struct Frame {
    pub kicker: Option<usize>,
    pub title: Option<usize>,
    /// Prose between the title and the date, or right behind it.
    pub first_prose: usize,
    /// One behind the last line of the article.
    pub end: usize,
}

/// Judges every line, then again by how often it stands in the text.
pub(super) fn judge(units: Vec<Unit>) -> Vec<Line> {
    // A longer line that comes again is the headline.
    const MOST_WORDS: usize = 5;
    let counts: HashMap<String, usize> = lines::counts(&units)
        .into_iter()
        .filter(|&(_, n)| n >= 3)
        .map(|(text, n)| (text.to_owned(), n))
        .collect();
    let mut lines: Vec<Line> = units
        .into_iter()
        .map(|unit| {
            let mut kind = cues::kind(&unit.text);
            if counts.contains_key(&unit.text)
                && words(&unit.text) <= MOST_WORDS
                && matches!(kind, Kind::Short | Kind::Item(_))
            {
                kind = Kind::Junk("stands on the page again and again");
            }
            Line { unit, kind }
        })
        .collect();
    names_beside_dates(&mut lines);
    // A time alone makes no ticker, and `1. FC Aarau` no list.
    if lines
        .iter()
        .filter(|line| matches!(line.kind, Kind::Mark(_)))
        .count()
        < 3
    {
        demote(&mut lines, |kind| matches!(kind, Kind::Mark(_)));
    }
    if !lines.iter().any(|line| line.kind == Kind::Item(Some(2))) {
        demote(&mut lines, |kind| matches!(kind, Kind::Item(Some(_))));
    }
    lines
}

/// `Jana Wirth` right above or below a date is the author, if a longer line near by can be the headline.
fn names_beside_dates(lines: &mut [Line]) {
    const NEAR: usize = 8;
    for at in 0..lines.len() {
        let joined = |next: usize| lines.get(next).is_some_and(|line| !line.unit.gap);
        let below_meta = at > 0 && joined(at) && lines[at - 1].kind == Kind::Meta;
        let above_meta = joined(at + 1) && lines[at + 1].kind == Kind::Meta;
        if lines[at].kind == Kind::Short
            && (below_meta || above_meta)
            && is_name(&lines[at].unit.text)
        {
            let near = &lines[at.saturating_sub(NEAR)..(at + NEAR).min(lines.len())];
            if near
                .iter()
                .any(|line| line.kind == Kind::Short && words(&line.unit.text) >= 4)
            {
                lines[at].kind = Kind::Meta;
            }
        }
    }
}

/// Two or three capitalised words without digits.
pub(super) fn is_name(text: &str) -> bool {
    (2..=3).contains(&words(text))
        && text.split(' ').all(|word| {
            word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '’' | '\''))
        })
}

fn demote(lines: &mut [Line], which: fn(&Kind) -> bool) {
    for line in lines.iter_mut().filter(|line| which(&line.kind)) {
        line.kind = if lines::ends_sentence(&line.unit.text) && words(&line.unit.text) >= 3 {
            Kind::Prose {
                long: words(&line.unit.text) >= 12,
            }
        } else {
            Kind::Short
        };
    }
}

/// Finds title and body. `None` if there is no prose.
pub(super) fn frame(lines: &[Line], titled: bool) -> Option<Frame> {
    let long: usize = lines
        .iter()
        .filter(|line| is_long(line))
        .map(|line| words(&line.unit.text))
        .sum();
    let strong = confirmed_title(lines, long);
    let anchor = anchor(lines, long);
    let prose_from = |from: usize| (from..lines.len()).find(|&at| starts_body(lines, at));
    let first_prose = match (strong, anchor) {
        // A mail begins behind its head.
        _ if titled => {
            (0..lines.len()).find(|&at| !matches!(lines[at].kind, Kind::Junk(_) | Kind::Meta))
        }
        (Some(title), _) => prose_from(title + 1),
        (None, Some(anchor)) => lead_above(lines, anchor).or_else(|| prose_from(anchor + 1)),
        (None, None) => densest(lines),
    }
    .or_else(|| prose_from(0))?;
    let title = if titled {
        None
    } else {
        strong.or_else(|| best_title(lines, first_prose, anchor))
    };
    // A lead that captions part from the text.
    let first_prose = title
        .and_then(|title| (title + 1..first_prose).find(|&at| is_long(&lines[at])))
        .unwrap_or(first_prose);
    let kicker = title.and_then(|title| kicker(lines, title));
    let end = end(lines, first_prose);
    Some(Frame {
        kicker,
        title,
        first_prose,
        end,
    })
}

pub(super) fn is_long(line: &Line) -> bool {
    matches!(line.kind, Kind::Prose { long: true })
}

/// A long sentence, or a short one that a long one follows soon, or the first entry of a ticker or list.
fn starts_body(lines: &[Line], at: usize) -> bool {
    match lines[at].kind {
        Kind::Prose { long: true } | Kind::Mark(_) => true,
        Kind::Prose { long: false } => lines[at + 1..].iter().take(2).any(is_long),
        _ => false,
    }
}

/// The headline, when the title of the page (`Headline | Site`, `Site - Headline`) or an earlier line repeats it.
/// The last repetition above the text counts: menus and paths repeat it before.
fn confirmed_title(lines: &[Line], long: usize) -> Option<usize> {
    const HEAD: usize = 12;
    let mut whole: HashSet<String> = HashSet::new();
    let mut parts: HashSet<String> = HashSet::new();
    let (mut before, mut title) = (0, None);
    for (at, line) in lines.iter().enumerate() {
        let text = &line.unit.text;
        if is_long(line) {
            before += words(text);
            if before * 3 > long {
                break;
            }
        }
        if line.kind != Kind::Short || text.len() > 300 {
            continue;
        }
        let folded = fold(text);
        let count = words(text);
        let apart = at > 0 && lines[at - 1].unit.text != *text;
        if apart
            && ((count >= 3 && parts.contains(&folded)) || (count >= 4 && whole.contains(&folded)))
        {
            title = Some(at);
        }
        if at < HEAD {
            for mark in [" | ", " - ", " – ", " — ", " :: "] {
                if text.contains(mark) {
                    parts.extend(text.split(mark).map(fold));
                    parts.extend(text.rsplit_once(mark).map(|(headline, _)| fold(headline)));
                }
            }
            whole.insert(folded);
        }
    }
    title
}

/// The line with date, author or reading time that most of the prose follows.
fn anchor(lines: &[Line], long: usize) -> Option<usize> {
    let mut before = 0;
    for (at, line) in lines.iter().enumerate() {
        if line.kind == Kind::Meta && before * 3 <= long {
            return Some(at);
        }
        if is_long(line) {
            before += words(&line.unit.text);
        }
    }
    None
}

/// A lead between headline and date: at most two paragraphs above the anchor, a headline above them. A name or
/// section of up to three words may stand between lead and anchor.
fn lead_above(lines: &[Line], anchor: usize) -> Option<usize> {
    const BETWEEN: usize = 3;
    let spoken: Vec<usize> = (0..anchor)
        .rev()
        .filter(|&at| !matches!(lines[at].kind, Kind::Junk(_) | Kind::Meta))
        .take(BETWEEN + 3)
        .collect();
    let short = |at: usize| lines[at].kind == Kind::Short;
    let skip = spoken
        .iter()
        .take(BETWEEN)
        .take_while(|&&at| short(at) && words(&lines[at].unit.text) <= 3)
        .count();
    let leads = spoken[skip..]
        .iter()
        .take_while(|&&at| is_long(&lines[at]))
        .count();
    let above = *spoken.get(skip + leads)?;
    // Nothing stands between a headline and its lead; an `About us` has a name of two words above it.
    let headline = short(above) && words(&lines[above].unit.text) >= if skip == 0 { 2 } else { 4 };
    ((1..=2).contains(&leads) && headline).then(|| spoken[skip + leads - 1])
}

/// Start of the stretch with the most prose, short lines and frame counted against it.
fn densest(lines: &[Line]) -> Option<usize> {
    let (mut best, mut best_start, mut sum, mut start) = (0, None, 0, 0);
    for (at, line) in lines.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        sum += weight(line);
        if sum > best {
            (best, best_start) = (sum, Some(start));
        }
    }
    best_start.and_then(|start| (start..lines.len()).find(|&at| starts_body(lines, at)))
}

/// Words of prose, less a fine for what articles hold little of.
fn weight(line: &Line) -> i64 {
    match line.kind {
        Kind::Prose { long: true } => i64::try_from(words(&line.unit.text).min(60)).unwrap_or(60),
        Kind::Prose { long: false } => 4,
        Kind::Mark(_) | Kind::Meta => 0,
        Kind::Item(_) | Kind::Junk(_) => -1,
        Kind::Related | Kind::Others => -2,
        Kind::Short => -5,
        Kind::End => -30,
    }
}

/// The headline among the short lines above the body: long, near the date, and about what the body is about.
fn best_title(lines: &[Line], first_prose: usize, anchor: Option<usize>) -> Option<usize> {
    const WINDOW: usize = 14;
    let body: HashSet<String> = lines[first_prose..]
        .iter()
        .take(40)
        .flat_map(|line| content_words(&line.unit.text))
        .collect();
    let page: HashSet<String> = content_words(&lines[0].unit.text).collect();
    let from = (0..first_prose)
        .rev()
        .take(WINDOW)
        .find(|&at| matches!(lines[at].kind, Kind::Prose { .. }))
        .map_or(first_prose.saturating_sub(WINDOW), |at| at + 1);
    // Where no line in reach can be the headline, a caption may stand between.
    let candidate = |at: usize| lines[at].kind == Kind::Short && words(&lines[at].unit.text) >= 4;
    let from = if (from..first_prose).any(candidate) {
        from
    } else {
        first_prose.saturating_sub(WINDOW)
    };
    let above_meta = anchor.and_then(|anchor| {
        (from..anchor.max(from))
            .rev()
            .find(|&at| lines[at].kind == Kind::Short)
    });
    (from..first_prose)
        .filter(|&at| lines[at].kind == Kind::Short)
        .map(|at| {
            let text = &lines[at].unit.text;
            let count = words(text);
            let shared = content_words(text)
                .filter(|word| body.contains(word))
                .count();
            let mut score = shared.min(3) * 2 + count.min(6);
            // The title of the page says the same in other words.
            if at > 0 {
                score += content_words(text)
                    .filter(|word| page.contains(word))
                    .count()
                    .min(4)
                    * 2;
            }
            score += if above_meta == Some(at) { 4 } else { 0 };
            score = if text.contains(" | ") || count > 25 {
                score / 3
            } else {
                score
            };
            (score, at)
        })
        // The later of two equals is nearer to the body.
        .max()
        .filter(|&(score, _)| score >= 2)
        .map(|(_, at)| at)
}

/// The words of a line that say what it is about.
fn content_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4)
        .map(str::to_lowercase)
}

/// A short line right above the headline, unless it belongs to a run of short lines, as menus do.
fn kicker(lines: &[Line], title: usize) -> Option<usize> {
    let above = title.checked_sub(1)?;
    let line = &lines[above];
    let short =
        line.kind == Kind::Short && words(&line.unit.text) <= 7 && line.unit.text.len() <= 70;
    let joined = !lines[title].unit.gap;
    // Two words under a menu of single ones are no entry of it.
    let crowded = above > 0
        && lines[above - 1].kind == Kind::Short
        && !line.unit.gap
        && !(words(&line.unit.text) >= 2 && words(&lines[above - 1].unit.text) < 2);
    let one_word_menu = !joined && words(&line.unit.text) < 2;
    let site = fold(&lines[0].unit.text).contains(&fold(&line.unit.text)) && above <= 2;
    (short && !crowded && !one_word_menu && !site).then_some(above)
}

/// One behind the last line of the article.
fn end(lines: &[Line], first_prose: usize) -> usize {
    let limit = without_teasers(lines, first_prose, limit(lines, first_prose));
    let (mut sum, mut best, mut end) = (0, i64::MIN, first_prose);
    let mut in_links = false;
    for (at, line) in lines[..limit].iter().enumerate().skip(first_prose) {
        // Links under a cue are a box inside the article as often as its end.
        in_links = matches!(line.kind, Kind::Related | Kind::Others)
            || (in_links && matches!(line.kind, Kind::Short | Kind::Item(_)));
        sum += if in_links { -1 } else { weight(line) };
        if sum > best || (sum == best && matches!(line.kind, Kind::Prose { .. })) {
            (best, end) = (sum, at + 1);
        }
    }
    // A list that ends the article weighs nothing, but a list of links has a cue above it.
    while lines.get(end).is_some_and(|line| {
        matches!(line.kind, Kind::Item(_))
            && matches!(lines[end - 1].kind, Kind::Item(_) | Kind::Prose { .. })
    }) {
        end += 1;
    }
    // What stood behind the teasers may have hidden them before.
    without_teasers(lines, first_prose, end)
}

/// The line with which another part of the page begins. What stands behind `Kommentare` is the article only if it
/// is most of the text; what stands behind `Meistgelesen` is, unless hardly a paragraph follows.
fn limit(lines: &[Line], first_prose: usize) -> usize {
    let total: i64 = lines[first_prose..]
        .iter()
        .filter(|line| is_long(line))
        .map(weight)
        .sum();
    let mut seen = 0;
    for (at, line) in lines.iter().enumerate().skip(first_prose) {
        let over = match line.kind {
            Kind::End => seen * 2 >= total,
            Kind::Others => seen * 3 >= total * 2,
            _ => false,
        };
        if over {
            return at;
        }
        if is_long(line) {
            seen += weight(line);
        }
    }
    lines.len()
}

/// Takes off a list of teasers at the end: three or more times a headline and one paragraph. Subheads are shorter
/// than headlines, and most sections have more than one paragraph.
fn without_teasers(lines: &[Line], first_prose: usize, end: usize) -> usize {
    const LONGEST_TEASER: usize = 420;
    let spoken: Vec<usize> = (first_prose..end)
        .filter(|&at| {
            !matches!(
                lines[at].kind,
                Kind::Junk(_) | Kind::Meta | Kind::Related | Kind::Others
            )
        })
        .collect();
    let (mut pairs, mut headline_words) = (0, 0);
    for pair in spoken.rchunks_exact(2) {
        let (headline, teaser) = (&lines[pair[0]], &lines[pair[1]]);
        let prose =
            matches!(teaser.kind, Kind::Prose { .. }) && teaser.unit.text.len() <= LONGEST_TEASER;
        if headline.kind != Kind::Short || !prose {
            break;
        }
        pairs += 1;
        headline_words += words(&headline.unit.text);
    }
    let rest = &spoken[..spoken.len() - 2 * pairs];
    let enough = rest.iter().filter(|&&at| is_long(&lines[at])).count() >= 4;
    if pairs >= 3 && headline_words >= 6 * pairs && enough {
        return rest.last().map_or(end, |&at| at + 1);
    }
    end
}

/// Finds captions by their neighbours: the line glued to a credit below it or to a zoom button above it.
pub(super) fn drop_captions(lines: &mut [Line], frame: &Frame) {
    let prose: Vec<&Line> = lines[frame.first_prose..frame.end]
        .iter()
        .filter(|line| is_long(line))
        .collect();
    let spaced = prose.iter().filter(|line| line.unit.gap).count() * 3 >= prose.len() * 2;
    for at in 1..lines.len() {
        let joined = !lines[at].unit.gap;
        let droppable = |line: &Line| {
            line.kind == Kind::Short || (spaced && matches!(line.kind, Kind::Prose { .. }))
        };
        let zoom = matches!(lines[at - 1].kind, Kind::Junk("caption"));
        if joined && zoom && droppable(&lines[at]) {
            lines[at].kind = Kind::Junk("caption or credit");
        }
        let credit = matches!(lines[at].kind, Kind::Junk("caption or credit"));
        if joined
            && credit
            && words(&lines[at].unit.text) <= 8
            && droppable(&lines[at - 1])
            && Some(at - 1) != frame.title
        {
            lines[at - 1].kind = Kind::Junk("caption or credit");
        }
    }
}
