//! Places in the Bible and the Koran: `Joh 3,16`, `Sure 2:256`, `Röm 8,28`, `1. Kor 13,4-7`, `2. Mose 20,1`.

use super::{Match, Rule};
use crate::normalise::{
    number,
    token::{Kind, Sheet},
};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Er las aus Joh 3,16 vor.",
        "Er las aus Johannes drei, Vers sechzehn vor.",
    ),
    (
        "In Röm 8,28 steht es.",
        "In Römer acht, Vers achtundzwanzig steht es.",
    ),
    (
        "der Text aus 1. Kor 13,4-7",
        "der Text aus Erster Korinther dreizehn, Verse vier bis sieben",
    ),
    (
        "Es steht in 2. Mose 20,13.",
        "Es steht in Zweiter Mose zwanzig, Vers dreizehn.",
    ),
    ("Matthäus 5,3", "Matthäus fünf, Vers drei"),
    ("Ps 23", "Psalm dreiundzwanzig"),
    ("Sure 2:256", "Sure zwei, Vers zweihundertsechsundfünfzig"),
    ("Lukas 3,5 Punkte", "Lukas drei Komma fünf Punkte"),
];

/// Books by the short forms of the Loccum guidelines, and by their names.
const BOOKS: &[(&str, &str)] = &[
    ("Amos", "Amos"),
    ("Apg", "Apostelgeschichte"),
    ("Daniel", "Daniel"),
    ("Eph", "Epheser"),
    ("Epheser", "Epheser"),
    ("Esr", "Esra"),
    ("Ez", "Ezechiel"),
    ("Gal", "Galater"),
    ("Galater", "Galater"),
    ("Gen", "Genesis"),
    ("Hebr", "Hebräer"),
    ("Hebräer", "Hebräer"),
    ("Hes", "Hesekiel"),
    ("Hiob", "Hiob"),
    ("Hld", "Hohelied"),
    ("Jak", "Jakobus"),
    ("Jakobus", "Jakobus"),
    ("Jer", "Jeremia"),
    ("Jeremia", "Jeremia"),
    ("Jes", "Jesaja"),
    ("Jesaja", "Jesaja"),
    ("Joh", "Johannes"),
    ("Johannes", "Johannes"),
    ("Jos", "Josua"),
    ("Koh", "Kohelet"),
    ("Kol", "Kolosser"),
    ("Kolosser", "Kolosser"),
    ("Kor", "Korinther"),
    ("Korinther", "Korinther"),
    ("Kön", "Könige"),
    ("Lk", "Lukas"),
    ("Lukas", "Lukas"),
    ("Markus", "Markus"),
    ("Matthäus", "Matthäus"),
    ("Mk", "Markus"),
    ("Mose", "Mose"),
    ("Mt", "Matthäus"),
    ("Offb", "Offenbarung"),
    ("Petr", "Petrus"),
    ("Petrus", "Petrus"),
    ("Philipper", "Philipper"),
    ("Ps", "Psalm"),
    ("Psalm", "Psalm"),
    ("Röm", "Römer"),
    ("Sach", "Sacharja"),
    ("Sam", "Samuel"),
    ("Samuel", "Samuel"),
    ("Spr", "Sprüche"),
    ("Sure", "Sure"),
    ("Thess", "Thessalonicher"),
    ("Tim", "Timotheus"),
    ("Timotheus", "Timotheus"),
];

/// The rule.
#[derive(Debug)]
pub struct Scripture;

impl Rule for Scripture {
    fn name(&self) -> &'static str {
        "scripture"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) {
            return None;
        }
        // `1. Kor`: the first of several books or letters.
        let (ordinal, at) = match sheet.digits(i) {
            Some(digits @ ("1" | "2" | "3" | "4" | "5")) => {
                let dot = usize::from(sheet.is(i + 1, "."));
                let at = sheet.skip_space(i + 1 + dot);
                (Some(digits), at)
            }
            Some(_) => return None,
            None => (None, i),
        };
        let written = sheet.word(at)?;
        let &(_, book) = BOOKS.iter().find(|(short, _)| *short == written)?;
        // `Tim 1,3` is a boy with a mark; the letters are numbered.
        if ordinal.is_none() && matches!(written, "Tim" | "Sam" | "Samuel") {
            return None;
        }
        let chapter_at = at + 2;
        let chapter = sheet.digits(chapter_at).filter(|_| sheet.space(at + 1))?;
        let verse = sheet
            .digits(chapter_at + 2)
            .filter(|_| matches!(sheet.mark(chapter_at + 1), Some(',' | ':')));
        let Some(verse) = verse else {
            // A chapter alone is said of short forms that are nothing else.
            return (written == "Ps" && !sheet.glued_right(chapter_at + 1)).then(|| {
                Match::new(
                    chapter_at + 1,
                    format!("{book} {}", number::cardinal_of(chapter)),
                )
            });
        };
        let mut end = chapter_at + 3;
        let mut last = None;
        if matches!(sheet.mark(end), Some('-' | '–')) {
            last = sheet.digits(end + 1);
            end = if last.is_some() { end + 2 } else { end };
        }
        // `Lukas 3,5 Punkte`, `Joh 3,5 %`: a name before a figure.
        let next = sheet.skip_space(end);
        let counts = sheet.kind(next) == Some(Kind::Word)
            && sheet.text(next).starts_with(char::is_uppercase)
            || crate::normalise::units::unit(sheet, next).is_some();
        if sheet.glued_right(end) || chapter.len() > 3 || verse.len() > 3 || counts {
            return None;
        }
        let ordinal = ordinal.map_or(String::new(), |digits| {
            let mut text = number::ordinal_stem(digits.parse().unwrap_or(1));
            super::ordinal::capitalise(&mut text);
            format!("{text}er ")
        });
        let verses = match last {
            Some(last) => format!(
                "Verse {} bis {}",
                number::cardinal_of(verse),
                number::cardinal_of(last)
            ),
            None => format!("Vers {}", number::cardinal_of(verse)),
        };
        Some(Match::new(
            end,
            format!("{ordinal}{book} {}, {verses}", number::cardinal_of(chapter)),
        ))
    }
}
