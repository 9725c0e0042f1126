//! Abbreviations from the table, inflected where German inflects them.

use super::{
    Match, Rule, Speak, Spoken,
    ordinal::{capitalise, starts_sentence},
};
use crate::normalise::{
    abbreviations::{self, Abbreviation, Class},
    grammar::{self, Case, Cells, Gender},
    sentence,
    token::{Kind, Sheet},
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Viele Städte, z. B. Köln, klagen.",
        "Viele Städte, zum Beispiel Köln, klagen.",
    ),
    (
        "Viele Städte, z.B. Köln, klagen.",
        "Viele Städte, zum Beispiel Köln, klagen.",
    ),
    (
        "Sie züchten Ziegen, Schafe usw. Der Hof ist groß.",
        "Sie züchten Ziegen, Schafe und so weiter. Der Hof ist groß.",
    ),
    (
        "Die sog. Reichsbürger wurden verhaftet.",
        "Die sogenannten Reichsbürger wurden verhaftet.",
    ),
    (
        "Ein sog. Experte trat auf.",
        "Ein sogenannter Experte trat auf.",
    ),
    ("mit dem ehem. Minister", "mit dem ehemaligen Minister"),
    (
        "Max. 30 Personen dürfen hinein.",
        "Maximal dreißig Personen dürfen hinein.",
    ),
    (
        "Anna Schmidt (l.) und Jan Meyer (r.)",
        "Anna Schmidt, links, und Jan Meyer, rechts",
    ),
    (
        "Im 19. Jh. wuchs die Stadt.",
        "Im neunzehnten Jahrhundert wuchs die Stadt.",
    ),
    (
        "am Ende des 19. Jh. wuchs sie",
        "am Ende des neunzehnten Jahrhunderts wuchs sie",
    ),
    (
        "§ 5 Abs. 2 S. 1 Nr. 3",
        "Paragraf fünf Absatz zwei Satz eins Nummer drei",
    ),
    ("Mo.–Fr. geöffnet", "Montag bis Freitag geöffnet"),
    ("Im Jan. lag sie bei drei.", "Im Januar lag sie bei drei."),
    ("Die St.-Georg-Kirche", "Die Sankt-Georg-Kirche"),
    (
        "ein 1,5-Mio.-Euro-Deal",
        "ein Eins-Komma-fünf-Millionen-Euro-Deal",
    ),
    ("in der Goethestr. 5", "in der Goethestraße fünf"),
    ("ein Mitgl. d. Bundestags", "ein Mitglied des Bundestags"),
];

/// The rule.
#[derive(Debug)]
pub struct Abbreviated;

/// What an abbreviation stands for.
#[derive(Debug)]
struct Value {
    row: &'static Abbreviation,
    /// Whether it opens the sentence with a capital.
    capital: bool,
}

impl Rule for Abbreviated {
    fn name(&self) -> &'static str {
        "abbreviation"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.kind(i) != Some(Kind::Word) {
            return None;
        }
        if let Some(found) = street(sheet, i)
            .or_else(|| sentence_of_law(sheet, i))
            .or_else(|| article(sheet, i))
        {
            return Some(found);
        }
        if sheet.glued_left(i) && !(i > 0 && sheet.digits(i - 1).is_some()) {
            return None;
        }
        // `p. s.` is no row; its `s.` is not `siehe`.
        let letter = |at: usize| sheet.word(at).is_some_and(|word| word.chars().count() == 1);
        if letter(i) && i >= 2 && sheet.is(i - 1, ".") && letter(i - 2) {
            return None;
        }
        // The longest written form wins, then the row whose context is met over the one for `any`.
        let mut best: Option<(&'static Abbreviation, usize, bool, u8)> = None;
        for (row, end, capital) in abbreviations::at(sheet, i) {
            if best.is_some_and(|(_, longest, ..)| end < longest) {
                break;
            }
            // `s...` is cut off, not `siehe`.
            let cut_off = letter(i) && end == i + 2 && sheet.is(end, ".");
            if cut_off || sheet.glued_right(end) && !sheet.is(end - 1, ".") {
                continue;
            }
            match fits(row, sheet, i, end) {
                Some(rank) if best.is_none_or(|(.., best)| rank > best) => {
                    best = Some((row, end, capital, rank));
                }
                _ => {}
            }
        }
        let (row, end, capital, rank) = best?;
        let counted = sheet
            .before(i)
            .is_some_and(|at| sheet.digits(at).is_some() || sheet.is(at, "."));
        if rank != 2 && !counted && is_word(sheet, i, end) {
            return None;
        }
        Some(Match::new(
            without_stop(sheet, end, row.ends, row.spoken),
            Value { row, capital },
        ))
    }
}

/// Whether what looks like an abbreviation is a whole word or acronym at the end of a sentence: `eine UG.`
fn is_word(sheet: &Sheet, i: usize, end: usize) -> bool {
    if end != i + 2 || !sheet.is(i + 1, ".") || !sentence::ends(sheet, i + 1) {
        return false;
    }
    let next = sheet.word(sheet.skip_space(end));
    let closed = next.is_none_or(starts_sentence);
    closed && i > 0 && super::acronym::letters(sheet.text(i)).is_some()
}

/// `end`, or the place before the abbreviation's full stop if that ends the sentence as well.
pub(super) fn without_stop(sheet: &Sheet, end: usize, may_end: bool, spoken: &str) -> usize {
    let stop = end - 1;
    if !sheet.is(stop, ".") || !sentence::ends(sheet, stop) {
        return end;
    }
    // `(l.)`, `(Anm. d. Red.).`
    if matches!(sheet.mark(end), Some(')' | ']')) {
        return end;
    }
    let mut next = end;
    while next < sheet.len() && !sheet.space(next) {
        next += 1;
    }
    let next = sheet.skip_space(next);
    if next >= sheet.len() {
        return stop;
    }
    let Some(word) = sheet.word(next) else {
        let opens = matches!(
            sheet.mark(next),
            Some('„' | '"' | '»' | '«' | '‚' | '“' | '(' | '[' | '–')
        );
        return if may_end && opens { stop } else { end };
    };
    // Behind `usw.` any capital starts anew; behind `Mio.` or `e. V.` only what can be no name or noun.
    let closes = spoken.starts_with("und ") || spoken.starts_with("et cetera");
    if may_end && (closes || starts_sentence(word)) {
        stop
    } else {
        end
    }
}

/// Whether the row holds at this place; the more the context tells, the higher the number: 0 for `any`.
fn fits(row: &Abbreviation, sheet: &Sheet, i: usize, end: usize) -> Option<u8> {
    if row.context == "any" {
        return Some(0);
    }
    let right = sheet.skip_space(end);
    let left = sheet.before(i);
    // A currency is no name: `Fr. €`.
    let name = |at: usize| {
        sheet
            .word(at)
            .is_some_and(|word| word.starts_with(char::is_uppercase))
            && crate::normalise::units::currency(sheet, at).is_none()
            && !sheet.is(at, "Prozent")
    };
    let met = |context: &str| match context {
        "number_after" => {
            sheet.digits(right).is_some()
                || sheet.mark(right) == Some(',')
                    && sheet.digits(sheet.skip_space(right + 1)).is_some()
                    && row.class == Class::Weekday
                || sheet
                    .word(right)
                    .is_some_and(|word| word.chars().all(|c| "IVXLC".contains(c)))
        }
        "number_before" => left.is_some_and(|at| number_before(sheet, at)),
        // `die ev. und die kath. Kirche`
        "and_after" => matches!(sheet.text(right), "und" | "u" | "/"),
        // `St. Georg`, `St.-Georg-Kirche`
        "name_after" => {
            sheet.space(end) && name(right) || name(end) || sheet.is(end, "-") && name(end + 1)
        }
        "place_before" if sheet.is(end, ")") && left.is_some_and(|at| sheet.is(at, "(")) => true,
        "place_before" => left.is_some_and(|at| {
            sheet.word(at).is_some_and(|word| {
                word.starts_with(char::is_uppercase)
                    && super::date::month(word).is_none()
                    && !matches!(word, "Jahr" | "Ende" | "Anfang" | "Mitte" | "Monat")
            })
        }),
        "bracket" => bracketed(row, sheet, i, end),
        _ => false,
    };
    row.context
        .split('|')
        .filter(|context| met(context))
        .map(|context| match context {
            "number_before" => 4,
            "number_after" => 3,
            "bracket" => 2,
            _ => 1,
        })
        .max()
}

fn number_before(sheet: &Sheet, at: usize) -> bool {
    match sheet.kind(at) {
        Some(Kind::Digits) => true,
        Some(Kind::Mark) => {
            matches!(sheet.text(at), "½" | "¼" | "¾")
                || sheet.is(at, ".") && at > 0 && sheet.digits(at - 1).is_some()
        }
        Some(Kind::Word) => matches!(
            sheet.text(at),
            "eine"
                | "einer"
                | "ein"
                | "zwei"
                | "drei"
                | "vier"
                | "fünf"
                | "sechs"
                | "sieben"
                | "acht"
                | "neun"
                | "zehn"
                | "elf"
                | "zwölf"
                | "Mio"
                | "Mrd"
                | "Millionen"
                | "Milliarden"
        ),
        _ => false,
    }
}

fn bracketed(row: &Abbreviation, sheet: &Sheet, i: usize, end: usize) -> bool {
    let opened = i > 0 && matches!(sheet.mark(i - 1), Some('(' | '[' | '/'));
    let closed = matches!(sheet.mark(end), Some(')' | ']' | '/'));
    let alone = i == 0 && end >= sheet.len();
    let listed = i > 0
        && sheet
            .before(i)
            .is_some_and(|at| matches!(sheet.mark(at), Some(',' | '(')))
        && matches!(sheet.mark(end), Some(',' | ')'));
    if opened || closed || alone || listed {
        return true;
    }
    if row.class == Class::Month {
        let link = sheet.skip_space(end);
        let joins = |at: usize| matches!(sheet.text(at), "-" | "–" | "bis" | "und" | "/");
        // `im Jan. lag`
        let governed = matches!(
            sheet.left(i),
            "im" | "Im"
                | "seit"
                | "Seit"
                | "bis"
                | "Bis"
                | "ab"
                | "Ab"
                | "Anfang"
                | "Mitte"
                | "Ende"
        );
        if governed {
            return true;
        }
        return joins(link) && super::date::month_at(sheet, sheet.skip_space(link + 1)).is_some()
            || sheet.before(i).is_some_and(|at| {
                joins(at)
                    && sheet.before(at).is_some_and(|at| {
                        super::date::month_at(sheet, at).is_some() || sheet.is(at, ".")
                    })
            });
    }
    if row.class != Class::Weekday {
        return false;
    }
    // `So., 3. Mai`, `Mo.–Fr.`, `Sa. und So.`
    let link = sheet.skip_space(end);
    let joins = |at: usize| {
        matches!(
            sheet.text(at),
            "," | "-" | "–" | "bis" | "und" | "u" | "/" | "+" | "&" | "oder"
        )
    };
    let weekday = |at: usize| {
        matches!(
            sheet.text(at),
            "Mo" | "Di" | "Mi" | "Do" | "Fr" | "Sa" | "So"
        )
    };
    // `Di. u. Do.`
    let other = if sheet.is(link, "u") && sheet.is(link + 1, ".") {
        link + 2
    } else {
        link + 1
    };
    joins(link)
        && (weekday(sheet.skip_space(other))
            || sheet.is(link, ",") && sheet.digits(sheet.skip_space(link + 1)).is_some())
        || sheet.before(i).is_some_and(|at| {
            joins(at)
                && sheet
                    .before(at)
                    .is_some_and(|at| weekday(at) || sheet.is(at, ".") && at > 0 && weekday(at - 1))
        })
        || sheet.digits(link).is_some()
}

/// `Goethestr.`, `Friedrich-Ebert-Str.`: the word for street inside a name.
fn street(sheet: &Sheet, i: usize) -> Option<Match> {
    let word = sheet.word(i)?;
    if !sheet.is(i + 1, ".") {
        return None;
    }
    let (stem, full) = [("str", "straße"), ("pl", "platz"), ("bhf", "bahnhof")]
        .into_iter()
        .find_map(|(end, full)| Some((word.strip_suffix(end)?, full)))?;
    // `Goethestr.` and `Alexanderpl.`, not `Str.` or `kompl.`
    if stem.chars().count() < 3 || !stem.starts_with(char::is_uppercase) {
        return None;
    }
    Some(Match::new(
        without_stop(sheet, i + 2, true, ""),
        format!("{stem}{full}"),
    ))
}

/// `d.` between two nouns: `Haus d. Kunst`, `Mitte d. 19. Jh.`
#[derive(Debug)]
struct Article;

fn article(sheet: &Sheet, i: usize) -> Option<Match> {
    let noun = |word: &str| word.chars().count() > 1 && word.starts_with(char::is_uppercase);
    let after = sheet.skip_space(i + 2);
    // `am Samstag, d. 3. Mai`
    if sheet.is(i, "d")
        && sheet.is(i + 1, ".")
        && sheet.digits(after).is_some()
        && let Some(article) = super::date::weekday_before(sheet, i)
    {
        return Some(Match::new(i + 2, article.to_owned()));
    }
    let governs = sheet.digits(after).is_some() || sheet.word(after).is_some_and(noun);
    // `Mitgl. d. Bundestags`
    let shortened = sheet
        .before(i)
        .filter(|&dot| dot > 0 && sheet.is(dot, "."))
        .is_some_and(|dot| {
            sheet.text(dot - 1).chars().count() > 2
                && abbreviations::at(sheet, dot - 1)
                    .iter()
                    .any(|(row, end, _)| *end == dot + 1 && row.gender.is_some())
        });
    (sheet.is(i, "d")
        && sheet.is(i + 1, ".")
        && (noun(sheet.left(i)) || shortened)
        && governs
        && !sheet.is(after + 1, "."))
    .then(|| Match::new(i + 2, Article))
    .or_else(|| {
        let numbered = sheet.digits(after).is_some() && sheet.is(after + 1, ".");
        (sheet.is(i, "d") && sheet.is(i + 1, ".") && numbered && noun(sheet.left(i)))
            .then(|| Match::new(i + 2, Article))
    })
}

impl Speak for Article {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let cells = grammar::noun_after(sheet, atoms.end)
            .and_then(|noun| grammar::noun_cells(sheet, noun))
            .unwrap_or(Cells::ALL);
        let genitive = |gender| Cells::of(Case::Genitive, gender);
        let feminine = genitive(Gender::Feminine).or(genitive(Gender::Plural));
        if cells.meets(genitive(Gender::Masculine).or(genitive(Gender::Neuter)))
            || !cells.meets(feminine)
        {
            "des".into()
        } else {
            "der".into()
        }
    }
}

/// `S. 1` behind a paragraph or section of a law is a sentence, not a page.
fn sentence_of_law(sheet: &Sheet, i: usize) -> Option<Match> {
    if !sheet.is(i, "S") || !sheet.is(i + 1, ".") || sheet.digits(sheet.skip_space(i + 2)).is_none()
    {
        return None;
    }
    let number = sheet.before(i)?;
    sheet.digits(number)?;
    let mut at = sheet.before(number)?;
    if sheet.is(at, ".") {
        at = at.checked_sub(1)?;
    }
    matches!(
        sheet.text(at),
        "Abs" | "Absatz" | "§" | "Art" | "Nr" | "Artikel"
    )
    .then(|| Match::new(i + 2, "Satz".to_owned()))
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let mut spoken = match self.row.class {
            Class::Fixed | Class::Month | Class::Weekday => Spoken::from(self.row.spoken),
            Class::Noun => self.noun(sheet, &atoms),
            Class::Title => self.title(sheet, &atoms),
            Class::Adjective => self.adjective(sheet, &atoms),
        };
        if self.capital {
            capitalise(&mut spoken.text);
        }
        spoken
    }
}

impl Value {
    fn noun(&self, sheet: &Sheet, atoms: &Range<usize>) -> Spoken {
        let right = sheet.skip_space(atoms.end);
        let numbered = sheet.digits(right).is_some()
            || sheet
                .word(right)
                .is_some_and(|word| word.chars().count() == 1);
        let counted = sheet
            .before(atoms.start)
            .filter(|_| !numbered)
            .filter(|&at| {
                sheet.digits(at).is_some()
                    || number_before(sheet, at)
                        && sheet.word(at).is_some_and(|word| !word.starts_with("ein"))
            });
        // `1,5-Mio.-Euro-Deal`
        let joined = sheet.is(atoms.start.wrapping_sub(1), "-")
            && sheet
                .digits(atoms.start.wrapping_sub(2))
                .is_some_and(|n| n != "1");
        if joined && self.row.spoken.starts_with(['M', 'B']) && self.row.spoken.contains("illi") {
            return self.row.plural.unwrap_or(self.row.spoken).into();
        }
        if let Some(at) = counted {
            let text = if sheet.is(at, "1") && !sheet.is(at.wrapping_sub(1), ",") {
                self.row.spoken
            } else {
                self.row.plural.unwrap_or(self.row.spoken)
            };
            return text.into();
        }
        if matches!(self.row.spoken, "Million" | "Milliarde" | "Billion")
            && sheet
                .word(right)
                .is_some_and(|word| word.starts_with(char::is_uppercase))
        {
            return self.row.plural.unwrap_or(self.row.spoken).into();
        }
        let Some(gender) = self.row.gender else {
            return self.row.spoken.into();
        };
        let phrase =
            grammar::phrase_with(sheet, atoms.start, Cells::gender(gender).or(Cells::PLURAL));
        let text = if !phrase.determined {
            self.row.spoken.to_owned()
        } else if phrase.gender == Gender::Plural {
            let plural = self.row.plural.unwrap_or(self.row.spoken);
            if phrase.case == Case::Dative && !plural.ends_with(['n', 's']) {
                format!("{plural}n")
            } else {
                plural.to_owned()
            }
        } else if phrase.case == Case::Genitive {
            self.row.genitive.unwrap_or(self.row.spoken).to_owned()
        } else {
            self.row.spoken.to_owned()
        };
        Spoken {
            text,
            reading: Some(phrase.to_string()),
        }
    }

    fn title(&self, sheet: &Sheet, atoms: &Range<usize>) -> Spoken {
        let named = sheet
            .word(sheet.skip_space(atoms.end))
            .is_some_and(|word| word.starts_with(char::is_uppercase));
        let phrase = grammar::phrase(sheet, atoms.start, atoms.start);
        // `Hr.` is `Herrn` but in the nominative; other titles keep their form before a name.
        if let Some(genitive) = self.row.genitive
            && phrase.certain
            && (self.row.spoken == "Herr" && phrase.case != Case::Nominative
                || !named && phrase.case == Case::Genitive)
        {
            return Spoken {
                text: genitive.to_owned(),
                reading: Some(phrase.to_string()),
            };
        }
        self.row.spoken.into()
    }

    fn adjective(&self, sheet: &Sheet, atoms: &Range<usize>) -> Spoken {
        // `die ev. und die kath. Kirche`
        let shared = matches!(sheet.right(atoms.end), "und" | "u" | "oder")
            && grammar::is_determiner(&grammar::lower(sheet.left(atoms.start)));
        if sheet.digits(sheet.skip_space(atoms.end)).is_some()
            || grammar::noun_after(sheet, atoms.end).is_none() && !shared
            || matches!(sheet.mark(atoms.end), Some(')' | ','))
        {
            return self.row.spoken.into();
        }
        let phrase = grammar::phrase(sheet, atoms.start, atoms.end);
        Spoken {
            text: format!("{}{}", self.row.spoken, phrase.adjective_ending()),
            reading: Some(phrase.to_string()),
        }
    }
}
