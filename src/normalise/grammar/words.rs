//! Function words: the cases a preposition governs, the cells a determiner or an adjective allows, adverbs.

use super::paradigm::{Case, Cells, Declension, Gender};

/// Cases that a preposition governs, and the determiner it has swallowed (`am` is `an dem`).
#[must_use]
pub fn preposition(word: &str) -> Option<(Cells, bool)> {
    const TWO_WAY: Cells = Cells::DATIVE.or(Cells::ACCUSATIVE);
    const DATIVE_MN: Cells = Cells::DATIVE.and(Cells::MASCULINE.or(Cells::NEUTER));
    Some(match word {
        "am" | "im" | "zum" | "beim" | "vom" | "hinterm" | "überm" | "unterm" | "vorm" => {
            (DATIVE_MN, true)
        }
        "zur" => (Cells::DATIVE.and(Cells::FEMININE), true),
        "ans" | "ins" | "aufs" | "fürs" | "ums" | "durchs" | "übers" | "hinters" | "unters"
        | "vors" => (Cells::ACCUSATIVE.and(Cells::NEUTER), true),
        "aus" | "außer" | "bei" | "gegenüber" | "mit" | "nach" | "seit" | "von" | "zu" | "ab"
        | "entgegen" | "nebst" | "samt" | "laut" | "gemäß" | "binnen" | "zufolge" | "nahe"
        | "dank" => (Cells::DATIVE, false),
        "bis" | "durch" | "für" | "gegen" | "ohne" | "um" | "wider" | "pro" | "per" | "je" => {
            (Cells::ACCUSATIVE, false)
        }
        "an" | "auf" | "hinter" | "in" | "neben" | "über" | "unter" | "vor" | "zwischen" => {
            (TWO_WAY, false)
        }
        "wegen" | "trotz" | "während" | "statt" | "anstatt" | "innerhalb" | "außerhalb"
        | "oberhalb" | "unterhalb" | "jenseits" | "diesseits" | "anlässlich" | "aufgrund"
        | "mithilfe" | "zugunsten" | "zulasten" | "infolge" | "mittels" | "seitens"
        | "bezüglich" | "hinsichtlich" | "angesichts" | "inmitten" | "namens" | "ungeachtet"
        | "zwecks" | "einschließlich" | "ausschließlich" | "abzüglich" | "zuzüglich"
        | "inklusive" | "exklusive" | "unweit" | "längs" | "entlang" | "kraft"
        | "vorbehaltlich" | "anhand" | "anstelle" | "eingangs" | "ausgangs" | "beiderseits"
        | "beidseits" | "nördlich" | "südlich" | "östlich" | "westlich" => {
            (Cells::GENITIVE, false)
        }
        _ => return None,
    })
}

/// Cells that a determiner allows, and the declension after it.
pub(super) fn determiner(word: &str) -> Option<(Cells, Declension)> {
    use Case::{Accusative, Dative, Genitive, Nominative};
    use Gender::{Feminine, Masculine, Neuter, Plural};
    const fn c(case: Case, gender: Gender) -> Cells {
        Cells::of(case, gender)
    }
    const E: Cells = c(Nominative, Feminine)
        .or(c(Accusative, Feminine))
        .or(c(Nominative, Plural))
        .or(c(Accusative, Plural));
    const ER_GEN: Cells = c(Genitive, Feminine)
        .or(c(Dative, Feminine))
        .or(c(Genitive, Plural));
    const ER: Cells = ER_GEN.or(c(Nominative, Masculine));
    const ES: Cells = c(Nominative, Neuter).or(c(Accusative, Neuter));
    const ES_GEN: Cells = c(Genitive, Masculine).or(c(Genitive, Neuter));
    const EM: Cells = c(Dative, Masculine).or(c(Dative, Neuter));
    const EN: Cells = c(Accusative, Masculine).or(c(Dative, Plural));
    const BARE: Cells = c(Nominative, Masculine).or(ES);

    match word {
        "der" => return Some((ER, Declension::Weak)),
        "die" => return Some((E, Declension::Weak)),
        "das" => return Some((ES, Declension::Weak)),
        "des" => return Some((ES_GEN, Declension::Weak)),
        "dem" => return Some((EM, Declension::Weak)),
        "den" => return Some((EN, Declension::Weak)),
        "deren" | "dessen" => return Some((Cells::ALL, Declension::Strong)),
        _ => {}
    }
    // der-words take the endings of the article; `alle`, `beide` too.
    for stem in [
        "dies",
        "jen",
        "jed",
        "jedwed",
        "welch",
        "all",
        "beid",
        "manch",
        "solch",
        "sämtlich",
        "derselb",
    ] {
        let cells = match word.strip_prefix(stem) {
            Some("e") => E,
            Some("er") => ER,
            Some("es") => ES.or(ES_GEN),
            Some("em") => EM,
            Some("en") => EN,
            _ => continue,
        };
        return Some((cells, Declension::Weak));
    }
    for stem in [
        "ein",
        "kein",
        "mein",
        "dein",
        "sein",
        "ihr",
        "unser",
        "unsr",
        "euer",
        "eur",
        "irgendein",
    ] {
        let cells = match word.strip_prefix(stem) {
            Some("") if !matches!(stem, "unsr" | "eur") => BARE,
            Some("e") => E,
            Some("er") => ER_GEN,
            Some("es") => ES_GEN,
            Some("em") => EM,
            Some("en") => EN,
            _ => continue,
        };
        return Some((cells, Declension::Mixed));
    }
    None
}

/// Whether a lower-case word is a determiner.
#[must_use]
pub fn is_determiner(word: &str) -> bool {
    determiner(word).is_some()
}

/// Words that stand between a determiner or preposition and a number without changing the grammar.
#[must_use]
pub fn is_adverb(word: &str) -> bool {
    matches!(
        word,
        "nur"
            | "etwa"
            | "rund"
            | "fast"
            | "knapp"
            | "circa"
            | "ca"
            | "gut"
            | "mindestens"
            | "höchstens"
            | "maximal"
            | "genau"
            | "exakt"
            | "schon"
            | "bereits"
            | "noch"
            | "insgesamt"
            | "ungefähr"
            | "beinahe"
            | "lediglich"
            | "auch"
            | "erst"
            | "allein"
            | "jeweils"
            | "annähernd"
            | "nahezu"
            | "mehr"
            | "weniger"
            | "als"
            | "bloß"
            | "gerade"
            | "immerhin"
            | "minus"
            | "plus"
            | "wohl"
            | "offenbar"
            | "inzwischen"
            | "nunmehr"
            | "nun"
            | "vermutlich"
            | "angeblich"
            | "sogar"
    )
}

/// Whether a lower-case word looks like an inflected adjective, and the cells its ending allows.
pub(super) fn adjective(word: &str, declension: Declension) -> Option<Cells> {
    if word.len() < 4 || !word.starts_with(char::is_lowercase) || preposition(word).is_some() {
        return None;
    }
    if matches!(
        word,
        "aber"
            | "oder"
            | "immer"
            | "wieder"
            | "weder"
            | "haben"
            | "werden"
            | "wurden"
            | "waren"
            | "heute"
            | "gestern"
            | "morgen"
            | "seine"
            | "eine"
            | "über"
            | "unter"
            | "hinter"
            | "beide"
            | "sowie"
            | "ohne"
            | "gegen"
            | "neben"
            | "zwischen"
            | "wegen"
            | "sagte"
            | "wurde"
            | "hatte"
            | "konnte"
            | "sollte"
            | "wollte"
            | "musste"
            | "gibt"
            | "könne"
            | "würde"
            | "keine"
            | "dabei"
            | "gerne"
            | "viele"
            | "weil"
            | "denn"
            | "eben"
            | "soeben"
            | "damen"
    ) {
        return None;
    }
    let cells = match declension {
        // After a determiner -en says little but excludes the direct singular cells.
        Declension::Weak | Declension::Mixed if word.ends_with("en") => Cells(0x0770)
            .or(Cells::PLURAL)
            .or(Cells::of(Case::Accusative, Gender::Masculine)),
        Declension::Weak if word.ends_with('e') => {
            Cells(0x7007).and(Cells::of(Case::Accusative, Gender::Masculine).not())
        }
        Declension::Mixed if word.ends_with("er") => Cells::of(Case::Nominative, Gender::Masculine),
        Declension::Mixed if word.ends_with("es") => Cells(0x4004),
        Declension::Mixed if word.ends_with('e') => Cells(0x2002),
        Declension::Strong if word.ends_with("er") => {
            Cells::of(Case::Nominative, Gender::Masculine)
                .or(Cells::of(Case::Genitive, Gender::Feminine))
                .or(Cells::of(Case::Dative, Gender::Feminine))
                .or(Cells::of(Case::Genitive, Gender::Plural))
        }
        Declension::Strong if word.ends_with("es") => Cells(0x4004),
        Declension::Strong if word.ends_with("em") => Cells(0x0500),
        Declension::Strong if word.ends_with("en") => Cells(0x1050).or(Cells(0x0800)),
        Declension::Strong if word.ends_with('e') => Cells(0xa00a),
        _ => return None,
    };
    Some(cells)
}

/// Lower case without allocation where the word is in lower case already.
#[must_use]
pub fn lower(word: &str) -> std::borrow::Cow<'_, str> {
    if word.chars().any(char::is_uppercase) {
        word.to_lowercase().into()
    } else {
        word.into()
    }
}
