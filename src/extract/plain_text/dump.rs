//! The dump of a page → Article: head, body block by block, and why the rest is dropped.

use super::{
    byline::byline,
    cues::{Kind, words},
    dates, dropped,
    frame::{Frame, Line, drop_captions, frame, is_name, judge},
    lines::{self, Unit},
};
use crate::{
    article::{Article, Block, BlockKind, Evidence, Text},
    extract::ExtractOptions,
};

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
                article.evidence.push(title_from("subject of the mail"));
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

/// Whether the text shows traces of a page: anything that is not title, prose, list or heading.
fn cluttered(lines: &[Line]) -> bool {
    lines.iter().any(|line| match line.kind {
        Kind::Junk(reason) => reason != "no words",
        Kind::Meta | Kind::Related | Kind::Others | Kind::End => true,
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
        article.evidence.push(title_from("first line of the text"));
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

/// Where the title of a text stands.
fn title_from(place: &str) -> Evidence {
    Evidence {
        origin: Some(place.to_owned()),
        ..Evidence::default()
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
            .push(title_from(&format!("line {}", lines[title].unit.line)));
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
                    .push(dropped(text, "heading of another part of the page", number));
            }
            Kind::Related | Kind::Others => {
                article
                    .dropped
                    .push(dropped(text, "link to another article", number));
                let after = related_run(lines, at + 1, frame.end, words(text) > 4);
                for link in &lines[at + 1..after] {
                    article.dropped.push(dropped(
                        &link.unit.text,
                        "link to another article",
                        link.unit.line,
                    ));
                }
                at = after;
                continue;
            }
            Kind::Short if is_heading(lines, at, frame.end) || (interview && is_question(text)) => {
                push_line(article, lines, at, interview);
            }
            Kind::Short if in_plain_list(lines, at) => {
                push(article, BlockKind::ListItem { number: None }, text, number);
            }
            Kind::Short => {
                article
                    .dropped
                    .push(dropped(text, "a line alone that is no sentence", number));
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
        Kind::Short | Kind::Prose { .. } if interview && is_question(text) => {
            push(article, BlockKind::Question, text, number);
        }
        Kind::Prose { .. } if interview && in_answer(article) => {
            push(article, BlockKind::Answer, text, number);
        }
        Kind::Short if text.ends_with([':', ',', '.']) => {
            push(article, BlockKind::Paragraph, text, number);
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
        // There may be no prose at all.
        || lines
            .get(frame.first_prose + 1..frame.end)
            .and_then(<[Line]>::first)
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
