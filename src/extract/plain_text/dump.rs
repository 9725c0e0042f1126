//! The dump of a page → Article: where the head is, where the body ends, what stands in between by mistake.

use super::{
    cues::{self, Kind, byline, fold, words},
    dates, dropped,
    lines::{self, Unit},
};
use crate::{
    article::{Article, Block, BlockKind, Text},
    extract::ExtractOptions,
};
use std::collections::{HashMap, HashSet};

/// A unit and what it is.
struct Line {
    unit: Unit,
    kind: Kind,
}

/// The parts of a page, as indices into its lines.
struct Frame {
    kicker: Option<usize>,
    title: Option<usize>,
    /// Prose between the title and the date, or right behind it.
    first_prose: usize,
    /// One behind the last line of the article.
    end: usize,
}

/// Finds the article in the dump of a page.
pub(super) fn extract(text: &str, options: &ExtractOptions) -> Article {
    let mut article = Article::default();
    let mut units = lines::split(text);
    mail_head(&mut units, &mut article);
    let mut lines = judge(lines::join(units));
    if !cluttered(&lines) {
        keep_all(&lines, &mut article);
        return article;
    }
    let Some(frame) = frame(&lines, article.title.is_some()) else {
        if options.force {
            keep_all(&lines, &mut article);
        }
        return article;
    };
    drop_captions(&mut lines, &frame);
    head(&lines, &frame, &mut article);
    body(&lines, &frame, &mut article);
    lead(&lines, &frame, &mut article);
    article
}

/// `Von:`, `Betreff:` … at the start of a mail: subject and date are read, the rest is not.
fn mail_head(units: &mut Vec<Unit>, article: &mut Article) {
    const KEYS: [&str; 14] = [
        "von", "an", "cc", "betreff", "datum", "gesendet", "from", "to", "subject", "date", "sent",
        "reply-to", "objet", "oggetto",
    ];
    let key = |unit: &Unit| {
        let (key, _) = unit.text.split_once(':')?;
        let key = key.to_lowercase();
        KEYS.into_iter().find(|&known| known == key)
    };
    let count = units.iter().take_while(|unit| key(unit).is_some()).count();
    if count < 2 {
        return;
    }
    for unit in units.drain(..count) {
        let (key, value) = unit.text.split_once(':').unwrap_or_default();
        match key.to_lowercase().as_str() {
            "betreff" | "subject" | "objet" | "oggetto" => {
                article.title = Some(value.trim().to_owned());
                article
                    .evidence
                    .push("title: subject of the mail".to_owned());
            }
            key => {
                if matches!(key, "datum" | "gesendet" | "date" | "sent") {
                    article.published = dates::find(value).first().map(|found| found.moment);
                }
                article
                    .dropped
                    .push(dropped(&unit.text, "head of the mail", unit.line));
            }
        }
    }
    // The signature mark ends a mail.
    if let Some(end) = units.iter().position(|unit| unit.text == "--") {
        for unit in units.drain(end..) {
            article
                .dropped
                .push(dropped(&unit.text, "signature of the mail", unit.line));
        }
    }
}

/// Judges every line, then again by how often it stands in the text.
fn judge(units: Vec<Unit>) -> Vec<Line> {
    let counts: HashMap<String, usize> = lines::counts(&units)
        .into_iter()
        .filter(|&(_, n)| n >= 3)
        .map(|(text, n)| (text.to_owned(), n))
        .collect();
    let mut lines: Vec<Line> = units
        .into_iter()
        .map(|unit| {
            let mut kind = cues::kind(&unit.text);
            if counts.contains_key(&unit.text) && matches!(kind, Kind::Short | Kind::Item(_)) {
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
fn is_name(text: &str) -> bool {
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

/// Whether the text shows traces of a page: anything that is not title, prose, list or heading.
fn cluttered(lines: &[Line]) -> bool {
    lines.iter().any(|line| match line.kind {
        Kind::Junk(reason) => reason != "no words",
        Kind::Meta | Kind::Related | Kind::End => true,
        _ => false,
    })
}

/// A text without clutter: every line is the article.
fn keep_all(lines: &[Line], article: &mut Article) {
    let titled = article.title.is_none()
        && lines.len() > 1
        && lines[0].kind == Kind::Short
        && matches!(
            lines[1].kind,
            Kind::Prose { .. } | Kind::Mark(_) | Kind::Short
        )
        && lines
            .iter()
            .any(|line| matches!(line.kind, Kind::Prose { long: true }));
    if titled {
        article.title = Some(lines[0].unit.text.clone());
        article
            .evidence
            .push("title: first line of the text".to_owned());
    }
    let interview = is_interview(&lines[usize::from(titled)..]);
    for (at, line) in lines.iter().enumerate().skip(usize::from(titled)) {
        if matches!(line.kind, Kind::Junk("no words")) {
            article
                .dropped
                .push(dropped(&line.unit.text, "no words", line.unit.line));
        } else if line.kind == Kind::Short
            && !is_heading(lines, at, lines.len())
            && !(interview && is_question(&line.unit.text))
        {
            push(
                article,
                BlockKind::Paragraph,
                &line.unit.text,
                line.unit.line,
            );
        } else {
            push_line(article, lines, at, interview);
        }
    }
}

/// Finds title and body. `None` if there is no prose.
fn frame(lines: &[Line], titled: bool) -> Option<Frame> {
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
    let kicker = title.and_then(|title| kicker(lines, title));
    let end = end(lines, first_prose);
    Some(Frame {
        kicker,
        title,
        first_prose,
        end,
    })
}

fn is_long(line: &Line) -> bool {
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

/// A lead between headline and date: at most two paragraphs right above the anchor, a short line above them.
fn lead_above(lines: &[Line], anchor: usize) -> Option<usize> {
    let spoken: Vec<usize> = (0..anchor)
        .rev()
        .filter(|&at| !matches!(lines[at].kind, Kind::Junk(_) | Kind::Meta))
        .take(3)
        .collect();
    let leads = spoken.iter().take_while(|&&at| is_long(&lines[at])).count();
    let above = spoken.get(leads)?;
    ((1..=2).contains(&leads)
        && lines[*above].kind == Kind::Short
        && words(&lines[*above].unit.text) >= 2)
        .then(|| spoken[leads - 1])
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
        Kind::Related => -2,
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
        .flat_map(|line| line.unit.text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 4)
        .map(str::to_lowercase)
        .collect();
    let from = (0..first_prose)
        .rev()
        .take(WINDOW)
        .find(|&at| matches!(lines[at].kind, Kind::Prose { .. }))
        .map_or(first_prose.saturating_sub(WINDOW), |at| at + 1);
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
            let shared = text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().count() >= 4 && body.contains(&word.to_lowercase()))
                .count();
            let mut score = shared.min(3) * 2 + count.min(6);
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
    let total: i64 = lines[first_prose..]
        .iter()
        .filter(|line| is_long(line))
        .map(weight)
        .sum();
    let (mut seen, mut sum, mut best, mut end) = (0, 0, i64::MIN, first_prose);
    let mut links = false;
    for (at, line) in lines.iter().enumerate().skip(first_prose) {
        // What stands behind `Kommentare` or `Meistgelesen` is the article only if it is most of the text.
        if line.kind == Kind::End && seen * 2 >= total {
            break;
        }
        if is_long(line) {
            seen += weight(line);
        }
        // Links under a cue are a box inside the article as often as its end.
        links = line.kind == Kind::Related
            || (links && matches!(line.kind, Kind::Short | Kind::Item(_)));
        sum += if links { -1 } else { weight(line) };
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
    end
}

/// Finds captions by their neighbours: the line glued to a credit below it or to a zoom button above it.
fn drop_captions(lines: &mut [Line], frame: &Frame) {
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

/// Kicker, title, authors and dates; everything else above the body is dropped.
fn head(lines: &[Line], frame: &Frame, article: &mut Article) {
    if let Some(kicker) = frame.kicker {
        article.kicker = Some(lines[kicker].unit.text.trim_end_matches(':').to_owned());
    }
    if let Some(title) = frame.title {
        article.title = Some(lines[title].unit.text.clone());
        article
            .evidence
            .push(format!("title: line {}", lines[title].unit.line));
    }
    for (at, line) in lines[..frame.first_prose].iter().enumerate() {
        if Some(at) == frame.title || Some(at) == frame.kicker {
            continue;
        }
        let reason = match line.kind {
            Kind::Junk(reason) => reason,
            Kind::Meta => {
                meta(&line.unit.text, article);
                "date, author or reading time"
            }
            Kind::Short
                if at + 1 == frame.first_prose && is_exclaimed_lead(lines, frame.title, at) =>
            {
                article.lead.push(Text::plain(line.unit.text.clone()));
                continue;
            }
            _ if frame.title.is_some_and(|title| at > title) => "between the headline and the text",
            _ => "before the article",
        };
        article
            .dropped
            .push(dropped(&line.unit.text, reason, line.unit.line));
    }
}

/// A short lead that ends in `!` or `?`, between the date and the text.
fn is_exclaimed_lead(lines: &[Line], title: Option<usize>, at: usize) -> bool {
    let text = &lines[at].unit.text;
    words(text) >= 5
        && lines::ends_sentence(text)
        && title.is_some_and(|title| {
            title < at && lines[title..at].iter().any(|line| line.kind == Kind::Meta)
        })
}

/// Reads the dates and names of a line that says nothing else.
pub(super) fn meta(text: &str, article: &mut Article) {
    const UPDATED: [&str; 7] = [
        "aktualisier",
        "update",
        "stand",
        "zuletzt",
        "geändert",
        "mis à jour",
        "aggiornat",
    ];
    let found = dates::find(text);
    let names = &text[..found.first().map_or(text.len(), |date| date.range.start)];
    if article.authors.is_empty() {
        let names = names.trim_end_matches([' ', ',', '|', '·', '-', '–', '•']);
        article.authors = byline(names)
            .or_else(|| is_name(text).then(|| vec![text.to_owned()]))
            .unwrap_or_default();
    }
    let mut from = 0;
    for date in found {
        let before = text[from..date.range.start].to_lowercase();
        from = date.range.end;
        let updated = UPDATED.iter().any(|word| before.contains(word));
        let moment = if updated {
            &mut article.updated
        } else {
            &mut article.published
        };
        moment.get_or_insert(date.moment);
    }
}

/// The body, from the first prose to the end.
fn body(lines: &[Line], frame: &Frame, article: &mut Article) {
    let interview = is_interview(&lines[frame.first_prose..frame.end]);
    let mut at = frame.first_prose;
    while at < frame.end {
        let line = &lines[at];
        let (text, number) = (&line.unit.text, line.unit.line);
        match line.kind {
            Kind::Junk(reason) => article.dropped.push(dropped(text, reason, number)),
            Kind::Meta => {
                meta(text, article);
                article
                    .dropped
                    .push(dropped(text, "date, author or reading time", number));
            }
            Kind::End => {
                article
                    .dropped
                    .push(dropped(text, "heading of another part of the page", number))
            }
            Kind::Related => {
                article
                    .dropped
                    .push(dropped(text, "link to another article", number));
                let links = related_run(lines, at + 1, frame.end, words(text) > 4);
                for link in &lines[at + 1..links] {
                    article.dropped.push(dropped(
                        &link.unit.text,
                        "link to another article",
                        link.unit.line,
                    ));
                }
                at = links;
                continue;
            }
            Kind::Short if is_heading(lines, at, frame.end) || (interview && is_question(text)) => {
                push_line(article, lines, at, interview)
            }
            Kind::Short if in_plain_list(lines, at) => {
                push(article, BlockKind::ListItem { number: None }, text, number)
            }
            Kind::Short => {
                article
                    .dropped
                    .push(dropped(text, "a line alone that is no sentence", number))
            }
            _ => push_line(article, lines, at, interview),
        }
        at += 1;
    }
    for line in &lines[frame.end..] {
        let reason = match line.kind {
            Kind::Junk(reason) => reason,
            _ => "after the article",
        };
        article
            .dropped
            .push(dropped(&line.unit.text, reason, line.unit.line));
    }
}

/// One behind the links that follow a cue. A cue that holds its link takes none.
fn related_run(lines: &[Line], from: usize, end: usize, own_link: bool) -> usize {
    if own_link {
        return from;
    }
    let run = lines[from..end]
        .iter()
        .take_while(|line| {
            matches!(
                line.kind,
                Kind::Short | Kind::Item(_) | Kind::Junk(_) | Kind::Meta
            )
        })
        .count();
    let to = from + run;
    // The heading of the next section stands apart from the links.
    if run >= 2
        && to < end
        && is_heading(lines, to - 1, end)
        && lines[to - 1].unit.gap
        && !lines[to - 2].unit.gap
    {
        return to - 1;
    }
    if run >= 2
        && to < end
        && lines[to - 1].kind == Kind::Short
        && matches!(lines[to - 2].kind, Kind::Item(_))
    {
        return to - 1;
    }
    to
}

/// A short line that prose follows and that no other short line stands beside.
fn is_heading(lines: &[Line], at: usize, end: usize) -> bool {
    let line = &lines[at];
    let count = words(&line.unit.text);
    if line.kind != Kind::Short
        || !(1..=18).contains(&count)
        || !line.unit.text.contains(char::is_alphabetic)
    {
        return false;
    }
    lines[at + 1..end.max(at + 1)]
        .iter()
        .find(|next| !matches!(next.kind, Kind::Junk(_)))
        .is_some_and(|next| {
            matches!(
                next.kind,
                Kind::Prose { .. } | Kind::Item(_) | Kind::Mark(_)
            )
        })
}

/// A line of a list without marks: lines without blanks between them, under a line that ends in a colon.
fn in_plain_list(lines: &[Line], at: usize) -> bool {
    let first = (0..=at)
        .rev()
        .take_while(|&n| lines[n].kind == Kind::Short)
        .last()
        .unwrap_or(at);
    first > 0
        && lines[first - 1].unit.text.ends_with(':')
        && (first + 1..=at).all(|n| !lines[n].unit.gap)
}

/// Whether questions and answers take turns.
fn is_interview(lines: &[Line]) -> bool {
    let turns: Vec<bool> = lines
        .iter()
        .filter(|line| matches!(line.kind, Kind::Prose { .. } | Kind::Short))
        .map(|line| is_question(&line.unit.text))
        .collect();
    let answered = turns.windows(2).filter(|pair| pair[0] && !pair[1]).count();
    answered >= 3 && answered * 4 >= turns.len()
}

/// A question to a guest: it ends as one and is not long.
fn is_question(text: &str) -> bool {
    text.trim_end_matches(['"', '“', '«', '»']).ends_with('?') && words(text) <= 60
}

/// Adds a line of the article as the block it is.
fn push_line(article: &mut Article, lines: &[Line], at: usize, interview: bool) {
    let Line { unit, kind } = &lines[at];
    let (text, number) = (unit.text.as_str(), unit.line);
    match *kind {
        Kind::Short if interview && is_question(text) => {
            push(article, BlockKind::Question, text, number)
        }
        Kind::Prose { .. } if interview && is_question(text) => {
            push(article, BlockKind::Question, text, number)
        }
        Kind::Prose { .. } if interview && in_answer(article) => {
            push(article, BlockKind::Answer, text, number)
        }
        Kind::Short if text.ends_with([':', ',']) => {
            push(article, BlockKind::Paragraph, text, number)
        }
        Kind::Short => push(article, BlockKind::Heading { level: 2 }, text, number),
        Kind::Item(item) => {
            let rest = lines::bullet(text).map_or(text, |(_, rest)| rest);
            push(article, BlockKind::ListItem { number: item }, rest, number);
        }
        Kind::Mark(length) => {
            let headline = text[length..].trim_start_matches([':', ' ', '–', '-', '|', ',']);
            let headline = headline.trim_end_matches(['+', ' ']);
            if lines::ends_sentence(headline) && words(headline) >= 12 {
                push(
                    article,
                    BlockKind::TickerEntry,
                    text[..length].trim_start_matches(['+', ' ', '•']),
                    number,
                );
                push(article, BlockKind::Paragraph, headline, number);
            } else {
                push(
                    article,
                    BlockKind::TickerEntry,
                    text.trim_matches(['+', ' ', '•']),
                    number,
                );
            }
        }
        _ => push(article, BlockKind::Paragraph, text, number),
    }
}

/// Whether the block before is a turn of an interview.
fn in_answer(article: &Article) -> bool {
    article
        .blocks
        .last()
        .is_some_and(|block| matches!(block.kind, BlockKind::Question | BlockKind::Answer))
}

fn push(article: &mut Article, kind: BlockKind, text: &str, line: usize) {
    article.blocks.push(Block {
        kind,
        text: Text::plain(text),
        origin: format!("line {line}"),
    });
}

/// Makes the first paragraph the lead if it is short and the head of the page is known.
fn lead(lines: &[Line], frame: &Frame, article: &mut Article) {
    const LONGEST_LEAD: usize = 420;
    let dated = lines[..frame.first_prose]
        .iter()
        .any(|line| line.kind == Kind::Meta)
        || lines[frame.first_prose + 1..frame.end]
            .first()
            .is_some_and(|line| line.kind == Kind::Meta);
    let paragraphs = article
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph || block.kind == BlockKind::Answer)
        .count();
    let Some(first) = article.blocks.first() else {
        return;
    };
    // `Berlin (dpa) –` begins the text itself.
    let agency = first
        .text
        .text
        .chars()
        .take(45)
        .collect::<String>()
        .contains("(dpa");
    if dated
        && article.lead.is_empty()
        && article.title.is_some()
        && paragraphs >= 3
        && first.kind == BlockKind::Paragraph
        && first.text.text.len() <= LONGEST_LEAD
        && !agency
    {
        article.lead.push(article.blocks.remove(0).text);
    }
}
