//! Dates in the head of a page: `25.05.2024`, `25. Mai 2024, 14.30 Uhr`, `2024-05-25T14:30`, `May 25, 2024`.

use crate::article::Moment;
use jiff::civil::{Date, Time};
use std::ops::Range;

/// A date in a line: where it stands and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub range: Range<usize>,
    pub moment: Moment,
}

#[rustfmt::skip]
/// Month names by language, full or as they are shortened in the head of a page.
const MONTHS: [(&str, i8); 59] = [
    ("januar", 1), ("jänner", 1), ("jan", 1), ("january", 1), ("janvier", 1), ("gennaio", 1),
    ("februar", 2), ("feber", 2), ("feb", 2), ("february", 2), ("février", 2), ("febbraio", 2),
    ("märz", 3), ("mär", 3), ("mrz", 3), ("march", 3), ("mar", 3), ("mars", 3), ("marzo", 3),
    ("april", 4), ("apr", 4), ("avril", 4), ("aprile", 4),
    ("mai", 5), ("may", 5), ("maggio", 5),
    ("juni", 6), ("jun", 6), ("june", 6), ("juin", 6), ("giugno", 6),
    ("juli", 7), ("jul", 7), ("july", 7), ("juillet", 7), ("luglio", 7),
    ("august", 8), ("aug", 8), ("août", 8), ("agosto", 8),
    ("september", 9), ("sep", 9), ("sept", 9), ("septembre", 9), ("settembre", 9),
    ("oktober", 10), ("okt", 10), ("october", 10), ("oct", 10), ("octobre", 10), ("ottobre", 10),
    ("november", 11), ("nov", 11), ("novembre", 11),
    ("dezember", 12), ("dez", 12), ("december", 12), ("dec", 12), ("décembre", 12),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Number(&'a str),
    Word(&'a str),
    Mark(char),
}

/// All dates of a line, in order.
pub(super) fn find(line: &str) -> Vec<Found> {
    let pieces = pieces(line);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match date_at(&pieces[at..]) {
            Some((date, used)) => {
                let (time, more) = time_at(&pieces[at + used..]).unzip();
                let end = at + used + more.unwrap_or(0);
                found.push(Found {
                    range: pieces[at].0..pieces[end - 1].0 + length(pieces[end - 1].1),
                    moment: Moment { date, time },
                });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn length(piece: Piece<'_>) -> usize {
    match piece {
        Piece::Number(text) | Piece::Word(text) => text.len(),
        Piece::Mark(mark) => mark.len_utf8(),
    }
}

/// Numbers, words and marks with their offsets; white space is left out.
fn pieces(line: &str) -> Vec<(usize, Piece<'_>)> {
    let mut pieces = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let class: fn(char) -> bool = if c.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if c.is_alphabetic() {
            char::is_alphabetic
        } else {
            if !c.is_whitespace() {
                pieces.push((start, Piece::Mark(c)));
            }
            continue;
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            // `25.05.2024Lesedauer`: a new capital inside a word starts a new one.
            if !class(next) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let text = &line[start..end];
        pieces.push((
            start,
            if c.is_ascii_digit() {
                Piece::Number(text)
            } else {
                Piece::Word(text)
            },
        ));
    }
    pieces
}

fn date_at(pieces: &[(usize, Piece<'_>)]) -> Option<(Date, usize)> {
    use Piece::{Mark, Number, Word};
    let piece = |n: usize| pieces.get(n).map(|&(_, piece)| piece);
    match (piece(0)?, piece(1)?, piece(2)?) {
        // 2024-05-25
        (Number(year), Mark('-'), Number(month)) if year.len() == 4 => match (piece(3)?, piece(4)?)
        {
            (Mark('-'), Number(day)) => Some((date(year, month.parse().ok()?, day)?, 5)),
            _ => None,
        },
        // 25.05.2024, 25.5.24, 25/05/2024
        (Number(day), Mark('.' | '/'), Number(month)) => match (piece(3)?, piece(4)?) {
            (Mark('.' | '/'), Number(year)) => Some((date(year, month.parse().ok()?, day)?, 5)),
            _ => None,
        },
        // 25. Mai 2024, 25. Okt. 2024
        (Number(day), Mark('.'), Word(name)) => {
            let skip = usize::from(piece(3)? == Mark('.'));
            match piece(3 + skip)? {
                Number(year) => Some((date(year, month(name)?, day)?, 4 + skip)),
                _ => None,
            }
        }
        // 25 May 2024, 25 mai 2024
        (Number(day), Word(name), Number(year)) => Some((date(year, month(name)?, day)?, 3)),
        // May 25, 2024
        (Word(name), Number(day), Mark(',')) => match piece(3)? {
            Number(year) if year.len() == 4 => Some((date(year, month(name)?, day)?, 4)),
            _ => None,
        },
        _ => None,
    }
}

fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    MONTHS
        .iter()
        .find(|&&(known, _)| known == name)
        .map(|&(_, number)| number)
}

fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    let year: i16 = match year.len() {
        4 => year.parse().ok()?,
        2 => 2000 + year.parse::<i16>().ok()?,
        _ => return None,
    };
    Date::new(year, month, day.parse().ok()?)
        .ok()
        .filter(|date| date.year() >= 1600)
}

/// A clock time behind a date: `, 14.30 Uhr`, ` um 14:30`, `T14:30:05`, ` | 9 Uhr`.
fn time_at(pieces: &[(usize, Piece<'_>)]) -> Option<(Time, usize)> {
    use Piece::{Mark, Number, Word};
    let piece = |n: usize| pieces.get(n).map(|&(_, piece)| piece);
    let mut at = 0;
    while let Some(Mark(',' | '|' | '-' | '–' | '·' | '(') | Word("um" | "T" | "at" | "à")) =
        piece(at)
    {
        at += 1;
        if at == 3 {
            break;
        }
    }
    let Number(hour) = piece(at)? else {
        return None;
    };
    let hour = hour.parse().ok()?;
    match (piece(at + 1)?, piece(at + 2)) {
        (Mark(mark @ (':' | '.')), Some(Number(minute))) if minute.len() == 2 => {
            let clock = matches!(piece(at + 3), Some(Word(word)) if word.starts_with("Uhr"));
            if mark == '.' && !clock {
                return None;
            }
            let time = Time::new(hour, minute.parse().ok()?, 0, 0).ok()?;
            Some((time, at + 3 + usize::from(clock)))
        }
        (Word("Uhr"), _) => Some((Time::new(hour, 0, 0, 0).ok()?, at + 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_as_pages_write_them() {
        let rows = [
            (
                "Aktualisiert am 25.05.2024Lesedauer: 2 Min.",
                "2024-05-25",
                None,
            ),
            ("25. Mai 2024, 14.30 Uhr", "2024-05-25", Some("14:30:00")),
            ("Stand: 06.01.25 um 9:05", "2025-01-06", Some("09:05:00")),
            (
                "Mi., 6. Jänner 2021 | 18 Uhr",
                "2021-01-06",
                Some("18:00:00"),
            ),
            ("2024-05-25T14:30:05+02:00", "2024-05-25", Some("14:30:00")),
            ("May 25, 2024", "2024-05-25", None),
            (
                "Publié le 3 février 2023 à 10:15",
                "2023-02-03",
                Some("10:15:00"),
            ),
            ("3. Okt. 2023 - 06:59 Uhr", "2023-10-03", Some("06:59:00")),
        ];
        let mut failed = Vec::new();
        for (line, date, time) in rows {
            let got = find(line).first().map(|found| {
                (
                    found.moment.date.to_string(),
                    found.moment.time.map(|time| time.to_string()),
                )
            });
            let want = Some((date.to_owned(), time.map(str::to_owned)));
            if got != want {
                failed.push(format!("{line}: {got:?}, expected {want:?}"));
            }
        }
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for line in [
            "31.02.2024",
            "Version 1.2.3",
            "3.500 Euro",
            "99.99.9999",
            "5. Mai",
            "2024",
            "",
        ] {
            assert_eq!(find(line), [], "{line}");
        }
    }
}
