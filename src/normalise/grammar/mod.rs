//! Case, gender and number of the noun phrase around a number or abbreviation. All rules ask here; none inflects by itself.
//!
//! A reading is a set of [`Cells`] of the German paradigm: four cases times masculine, feminine, neuter and plural. The
//! preposition, the determiner, the adjectives and the noun each allow some cells; what all of them allow is the reading.
//! Evidence that contradicts what is already known is left out, in the order determiner, preposition, noun, adjectives.

mod left;
mod paradigm;
mod right;
mod words;

use super::{tables::rows, token::Sheet};
use left::Governor;
use paradigm::{CASES, GENDERS};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;
use words::adjective;

pub use left::{Left, left};
pub use paradigm::{Case, Cells, Declension, Gender, Phrase};
pub use right::{last_part, noun_after, noun_cells};
pub use words::{is_adverb, is_determiner, lower, preposition};

/// How far the grammar looks to either side, in words.
const REACH: usize = 7;

/// Reads the phrase around a number or abbreviation that covers atoms `start..end`, with its noun to the right.
#[must_use]
pub fn phrase(sheet: &Sheet, start: usize, end: usize) -> Phrase {
    phrase_in(sheet, start, end, Cells::ALL)
}

/// The same where the number itself tells something: behind `1` stands a singular.
#[must_use]
pub fn phrase_in(sheet: &Sheet, start: usize, end: usize, known: Cells) -> Phrase {
    let noun = noun_after(sheet, end);
    let cells = noun.and_then(|i| noun_cells(sheet, i));
    let mut phrase_cells = cells.unwrap_or(Cells::ALL);
    phrase_cells.narrow(known);
    // `mit Experten`: an oblique weak noun without determiner is a plural.
    if noun.is_some_and(|i| sheet.text(i).ends_with("en"))
        && phrase_cells.meets(Cells::PLURAL)
        && !phrase_cells.meets(Cells::NOMINATIVE.and(Cells::SINGULAR))
        && !left(sheet, start).determined
    {
        phrase_cells.narrow(Cells::PLURAL);
    }
    // `eine Tote`: without `der`, an adjectival noun in -e is feminine.
    if noun.is_some_and(|i| sheet.text(i).ends_with('e'))
        && phrase_cells.contains(Case::Nominative, Gender::Masculine)
        && phrase_cells.contains(Case::Nominative, Gender::Feminine)
        && left(sheet, start).declension != Declension::Weak
    {
        phrase_cells.narrow(Cells::MASCULINE.not());
    }
    // Adjectives between the number and the noun.
    if let Some(noun) = noun {
        let left = left(sheet, start);
        let mut at = sheet.skip_space(end);
        while at < noun {
            if let Some(word) = sheet.word(at)
                && word.starts_with(char::is_lowercase)
                && let Some(evidence) = adjective(word, left.declension)
            {
                phrase_cells.narrow(evidence);
            }
            at += 1;
        }
    }
    decide(sheet, start, phrase_cells, cells.is_some())
}

/// Reads the phrase left of `start` for a noun whose cells are known.
#[must_use]
pub fn phrase_with(sheet: &Sheet, start: usize, noun: Cells) -> Phrase {
    decide(sheet, start, noun, true)
}

/// Reads the phrase left of an amount that covers atoms `start..end`.
///
/// With an amount, `auf` and `unter` name where something moves to (`stieg auf einen Euro`), unless a dimension follows (`auf
/// 5 km Länge`), and `bis zu` is an adverb that leaves the case to what stands before it (Duden, "bis zu").
#[must_use]
pub fn amount_phrase(sheet: &Sheet, start: usize, end: usize, noun: Cells) -> Phrase {
    let left = left(sheet, start);
    let mut phrase = decide(sheet, start, noun, true);
    if left.determined || phrase.case != Case::Dative {
        return phrase;
    }
    let governor = lower(sheet.text(left.edge));
    let onto = matches!(governor.as_ref(), "auf" | "unter") && !is_dimension(sheet.right(end));
    let up_to = phrase.gender == Gender::Plural
        && governor == "zu"
        && sheet
            .before(left.edge)
            .filter(|&at| sheet.text(at).eq_ignore_ascii_case("bis"))
            .is_some_and(|bis| {
                preposition(&lower(sheet.left(bis)))
                    .is_none_or(|(cells, _)| cells.meets(Cells::ACCUSATIVE))
            });
    if onto || up_to {
        phrase.case = Case::Accusative;
    }
    phrase
}

/// Whether a noun names what a length measures: `in 400 km Höhe`.
fn is_dimension(noun: &str) -> bool {
    let noun = lower(noun);
    [
        "höhe",
        "tiefe",
        "länge",
        "breite",
        "dicke",
        "entfernung",
        "abstand",
        "distanz",
        "fläche",
        "strecke",
        "umkreis",
        "durchmesser",
        "weite",
        "größe",
    ]
    .iter()
    .any(|dimension| noun.ends_with(dimension))
}

/// Chooses one cell.
fn decide(sheet: &Sheet, start: usize, noun: Cells, known: bool) -> Phrase {
    let left = left(sheet, start);
    let mut cells = left.cells;
    cells.narrow(noun);
    let prepositional = left.governor != Governor::None;
    let order = if left.governor == Governor::Over {
        [
            Case::Accusative,
            Case::Dative,
            Case::Nominative,
            Case::Genitive,
        ]
    } else if left.governor == Governor::TwoWay {
        [
            Case::Dative,
            Case::Accusative,
            Case::Nominative,
            Case::Genitive,
        ]
    } else if !prepositional && !cells.meets(Cells::NOMINATIVE) {
        [
            Case::Accusative,
            Case::Genitive,
            Case::Dative,
            Case::Nominative,
        ]
    } else if !prepositional && takes_object(sheet, left.edge) {
        [
            Case::Accusative,
            Case::Nominative,
            Case::Dative,
            Case::Genitive,
        ]
    } else if !prepositional && left.determined && follows_noun(sheet, left.edge) {
        // `die Folgen der 3. Welle`
        [
            Case::Genitive,
            Case::Nominative,
            Case::Dative,
            Case::Accusative,
        ]
    } else if prepositional && cells.meets(Cells::GENITIVE) && cells.meets(Cells::DATIVE) {
        [
            Case::Dative,
            Case::Genitive,
            Case::Nominative,
            Case::Accusative,
        ]
    } else {
        CASES
    };
    // A noun nobody knows is taken for masculine, after `der` and a preposition for feminine.
    let genders = if known {
        GENDERS
    } else {
        [
            Gender::Masculine,
            Gender::Feminine,
            Gender::Neuter,
            Gender::Plural,
        ]
    };
    for case in order {
        for gender in genders {
            if cells.contains(case, gender) {
                return Phrase {
                    case,
                    gender,
                    declension: left.declension,
                    certain: prepositional || left.determined,
                    determined: left.determined,
                };
            }
        }
    }
    Phrase {
        case: Case::Nominative,
        gender: Gender::Masculine,
        declension: left.declension,
        certain: false,
        determined: left.determined,
    }
}

/// Whether the phrase whose determiner is at `edge` follows a noun directly, so that it is its genitive.
fn follows_noun(sheet: &Sheet, edge: usize) -> bool {
    sheet.before(edge).is_some_and(|i| {
        i > 0
            && sheet.word(i).is_some_and(|word| {
                word.starts_with(char::is_uppercase) && word.chars().count() > 2
            })
    })
}

static VERBS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../tables/transitive_verbs.tsv"))
        .filter_map(|row| row.first().copied())
        .collect()
});

/// Whether a verb that takes an accusative stands shortly before, or a pronoun that is the subject already (`Rühren Sie 1 TL`, `Ich habe
/// 1 Euro`) and no verb that equates both.
///
/// `sie` and `es` may be either and tell nothing.
fn takes_object(sheet: &Sheet, start: usize) -> bool {
    let mut at = start;
    let mut subject = false;
    for _ in 0..REACH {
        let Some(i) = sheet.before(at) else {
            break;
        };
        let Some(word) = sheet.word(i) else {
            break;
        };
        if VERBS.contains(word) {
            return true;
        }
        // `Er stand als 1. Mann da`: the case is that of what is compared.
        if equates(&lower(word)) || matches!(word, "als" | "wie") {
            return false;
        }
        let polite = word == "Sie" && i > 1 && sheet.left(i).ends_with('n');
        subject |= polite || matches!(&*lower(word), "ich" | "du" | "er" | "wir" | "man");
        if word.starts_with(char::is_uppercase) && i > 1 && !polite {
            break;
        }
        at = i;
    }
    // `als er 1. Vorsitzender wurde`
    subject
        && !(start..start + 4 * REACH)
            .take_while(|&i| {
                !matches!(sheet.mark(i), Some('.' | ',' | ';' | '!' | '?')) || sheet.is(i - 1, "1")
            })
            .any(|i| equates(sheet.text(i)))
}

/// Whether a verb form says that one thing is or becomes another, both in the nominative.
fn equates(verb: &str) -> bool {
    matches!(
        verb,
        "bin"
            | "bist"
            | "ist"
            | "sind"
            | "seid"
            | "war"
            | "warst"
            | "waren"
            | "wäre"
            | "wären"
            | "sei"
            | "sein"
            | "gewesen"
            | "werde"
            | "wirst"
            | "wird"
            | "werden"
            | "wurde"
            | "wurden"
            | "würde"
            | "geworden"
            | "bleibe"
            | "bleibt"
            | "bleiben"
            | "blieb"
            | "geblieben"
            | "heißt"
            | "heißen"
            | "hieß"
    )
}
