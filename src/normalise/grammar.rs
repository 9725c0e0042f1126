//! Case, gender and number of the noun phrase around a number or abbreviation. All rules ask here; none inflects by itself.
//!
//! A reading is a set of [`Cells`] of the German paradigm: four cases times masculine, feminine, neuter and plural. The
//! preposition, the determiner, the adjectives and the noun each allow some cells; what all of them allow is the reading.
//! Evidence that contradicts what is already known is left out, in the order determiner, preposition, noun, adjectives.

use super::{
    abbreviations, nouns,
    tables::rows,
    token::{Kind, Sheet},
};
use std::{collections::HashSet, fmt, sync::LazyLock};

/// Grammatical case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// wer
    Nominative,
    /// wessen
    Genitive,
    /// wem
    Dative,
    /// wen
    Accusative,
}

/// Gender in the singular, or the plural, which has no gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// der
    Masculine,
    /// die
    Feminine,
    /// das
    Neuter,
    /// die (plural)
    Plural,
}

/// The three German adjective declensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declension {
    /// Without determiner: `erster Mai`.
    Strong,
    /// After `ein`, `kein`, `mein`: `ein erster Tag`.
    Mixed,
    /// After `der`, `dieser`, `jeder`: `der erste Tag`.
    Weak,
}

const CASES: [Case; 4] = [
    Case::Nominative,
    Case::Genitive,
    Case::Dative,
    Case::Accusative,
];
const GENDERS: [Gender; 4] = [
    Gender::Masculine,
    Gender::Feminine,
    Gender::Neuter,
    Gender::Plural,
];

/// A set of paradigm cells; bit `4 * case + gender`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells(u16);

impl Cells {
    /// Every cell.
    pub const ALL: Self = Self(0xffff);
    /// No cell.
    pub const NONE: Self = Self(0);
    /// All nominative cells.
    pub const NOMINATIVE: Self = Self(0x000f);
    /// All genitive cells.
    pub const GENITIVE: Self = Self(0x00f0);
    /// All dative cells.
    pub const DATIVE: Self = Self(0x0f00);
    /// All accusative cells.
    pub const ACCUSATIVE: Self = Self(0xf000);
    /// All masculine cells.
    pub const MASCULINE: Self = Self(0x1111);
    /// All feminine cells.
    pub const FEMININE: Self = Self(0x2222);
    /// All neuter cells.
    pub const NEUTER: Self = Self(0x4444);
    /// All plural cells.
    pub const PLURAL: Self = Self(0x8888);
    /// All singular cells.
    pub const SINGULAR: Self = Self(0x7777);

    /// The one cell of a case and a gender.
    #[must_use]
    pub const fn of(case: Case, gender: Gender) -> Self {
        Self(1 << (4 * case as u16 + gender as u16))
    }

    /// Cells in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Cells in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Cells that are not in the set.
    #[must_use]
    pub const fn not(self) -> Self {
        Self(!self.0)
    }

    /// Whether there is no cell.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two sets share a cell.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Narrows the set by evidence, unless the evidence contradicts it.
    fn narrow(&mut self, evidence: Self) {
        let both = self.and(evidence);
        if !both.is_empty() {
            *self = both;
        }
    }

    /// All cells of a gender.
    #[must_use]
    pub const fn gender(gender: Gender) -> Self {
        Self(0x1111 << gender as u16)
    }

    /// All cells of a case.
    #[must_use]
    pub const fn case(case: Case) -> Self {
        Self(0xf << (4 * case as u16))
    }

    fn contains(self, case: Case, gender: Gender) -> bool {
        self.meets(Self::of(case, gender))
    }
}

/// The reading of a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// Its case.
    pub case: Case,
    /// Its gender, or plural.
    pub gender: Gender,
    /// How adjectives in it are declined.
    pub declension: Declension,
    /// Whether anything but a guess decided the case.
    pub certain: bool,
    /// Whether a determiner stands to the left.
    pub determined: bool,
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let case = match self.case {
            Case::Nominative => "nominative",
            Case::Genitive => "genitive",
            Case::Dative => "dative",
            Case::Accusative => "accusative",
        };
        let gender = match self.gender {
            Gender::Masculine => "masculine",
            Gender::Feminine => "feminine",
            Gender::Neuter => "neuter",
            Gender::Plural => "plural",
        };
        let declension = match self.declension {
            Declension::Strong => "strong",
            Declension::Mixed => "mixed",
            Declension::Weak => "weak",
        };
        write!(f, "{case} {gender}, {declension}")
    }
}

impl Phrase {
    /// The ending of an adjective or ordinal in this phrase.
    #[must_use]
    pub fn adjective_ending(&self) -> &'static str {
        use Case::{Accusative, Dative, Genitive, Nominative};
        use Gender::{Feminine, Masculine, Neuter, Plural};
        let strong = match (self.case, self.gender) {
            (Nominative, Masculine) | (Genitive | Dative, Feminine) | (Genitive, Plural) => "er",
            (Nominative | Accusative, Neuter) => "es",
            (Nominative | Accusative, Feminine | Plural) => "e",
            (Dative, Masculine | Neuter) => "em",
            // `guten Mutes`: the noun carries the -s.
            (Genitive, Masculine | Neuter) | (Dative, Plural) | (Accusative, Masculine) => "en",
        };
        let direct = matches!(self.case, Nominative)
            || (self.case == Accusative && self.gender != Masculine);
        match self.declension {
            Declension::Strong => strong,
            _ if self.gender == Plural || !direct => "en",
            Declension::Mixed => strong,
            Declension::Weak => "e",
        }
    }

    /// The indefinite article, or the numeral one, in this phrase: `ein`, `einer`, `einen` …
    #[must_use]
    pub fn one(&self) -> &'static str {
        use Case::{Accusative, Dative, Genitive, Nominative};
        use Gender::{Feminine, Masculine, Neuter, Plural};
        if self.determined {
            // `die eine Stimme`, `dem einen Tor`
            return match self.adjective_ending() {
                "e" => "eine",
                "er" => "einer",
                "es" => "eines",
                "em" => "einem",
                _ => "einen",
            };
        }
        match (self.case, self.gender) {
            (Nominative, Masculine) | (Nominative | Accusative, Neuter) => "ein",
            (Nominative | Accusative, Feminine | Plural) => "eine",
            (Genitive, Masculine | Neuter) => "eines",
            (Genitive | Dative, Feminine) | (Genitive, Plural) => "einer",
            (Dative, Masculine | Neuter) => "einem",
            (Accusative, Masculine) | (Dative, Plural) => "einen",
        }
    }

    /// The definite article in this phrase.
    #[must_use]
    pub fn the(&self) -> &'static str {
        use Case::{Accusative, Dative, Genitive, Nominative};
        use Gender::{Feminine, Masculine, Neuter, Plural};
        match (self.case, self.gender) {
            (Nominative, Masculine) | (Genitive | Dative, Feminine) | (Genitive, Plural) => "der",
            (Nominative | Accusative, Feminine | Plural) => "die",
            (Nominative | Accusative, Neuter) => "das",
            (Genitive, Masculine | Neuter) => "des",
            (Dative, Masculine | Neuter) => "dem",
            (Accusative, Masculine) | (Dative, Plural) => "den",
        }
    }
}

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
fn determiner(word: &str) -> Option<(Cells, Declension)> {
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
fn adjective(word: &str, declension: Declension) -> Option<Cells> {
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

/// What kind of preposition governs a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Governor {
    /// None at all.
    None,
    /// One with a fixed case.
    Fixed,
    /// One with dative or accusative; in front of numbers and times it is the dative.
    TwoWay,
    /// `über`, which in news nearly always names the subject and takes the accusative.
    Over,
}

/// What stands to the left of a phrase.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    /// Cells that preposition and determiner allow.
    cells: Cells,
    declension: Declension,
    determined: bool,
    governor: Governor,
    /// The word that governs the phrase was looked for behind this atom.
    edge: usize,
}

/// How far the grammar looks to either side, in words.
const REACH: usize = 7;

/// Reads what governs the phrase that starts at atom `start`.
#[must_use]
pub fn left(sheet: &Sheet, start: usize) -> Left {
    let mut result = Left {
        cells: Cells::ALL,
        declension: Declension::Strong,
        determined: false,
        governor: Governor::None,
        edge: start,
    };
    let mut adjectives: [Option<&str>; REACH] = [None; REACH];
    let mut count = 0;
    let mut at = start;
    for _ in 0..REACH * 2 {
        let Some(i) = sheet.before(at) else { break };
        let text = sheet.text(i);
        let word = lower(text);
        let word = word.as_ref();
        match sheet.kind(i) {
            Some(Kind::Word) => {
                if let Some((cells, swallowed)) = preposition(word) {
                    // `bis zum`, `bis 18.`: another preposition or a range may stand further left.
                    if word == "bis" && !result.determined {
                        if !steps_over_number(sheet, i) {
                            result.take_preposition(cells, false);
                            result.edge = i;
                            break;
                        }
                        at = i;
                        continue;
                    }
                    result.take_preposition(cells, swallowed);
                    if word == "über" {
                        result.governor = Governor::Over;
                    }
                    result.edge = i;
                    break;
                }
                if result.determined {
                    // Only a preposition may follow leftwards; adverbs such as `nur` do not count.
                    if is_adverb(word) || matches!(word, "all" | "allen" | "alle") {
                        at = i;
                        continue;
                    }
                    break;
                }
                if let Some((cells, declension)) = determiner(word) {
                    result.cells.narrow(cells);
                    result.declension = declension;
                    result.determined = true;
                    result.edge = i;
                } else if is_adverb(word) || matches!(word, "und" | "oder" | "sowie" | "zu") {
                    let linked = matches!(word, "und" | "oder" | "sowie");
                    if linked && !steps_over_number(sheet, i) {
                        let Some(counted) = counted_before(sheet, i) else {
                            break;
                        };
                        at = counted;
                        continue;
                    }
                } else if text.starts_with(char::is_lowercase)
                    && adjective(word, Declension::Strong).is_some()
                    && count < REACH
                {
                    adjectives[count] = Some(text);
                    count += 1;
                } else if sheet.kind(i) == Some(Kind::Word)
                    && super::rules::date::month(text).is_some()
                {
                    // `vom 3. Mai bis 5. Juni`
                } else {
                    break;
                }
            }
            Some(Kind::Digits) => {}
            Some(Kind::Mark) if matches!(text, "." | "–" | "-" | "/" | "„" | "\"" | "»" | "‚") =>
            {
                if text == "." && result.take_abbreviation(sheet, i, at == start) {
                    break;
                }
                if text == "." && i.checked_sub(1).is_none_or(|d| sheet.digits(d).is_none()) {
                    break;
                }
            }
            Some(Kind::Mark)
                if text == ","
                    && i.checked_sub(1)
                        .is_some_and(|d| sheet.is(d, ".") || sheet.digits(d).is_some()) => {}
            Some(Kind::Mark) if text == "," => {
                let Some(counted) = counted_before(sheet, i) else {
                    break;
                };
                at = counted;
                continue;
            }
            _ => break,
        }
        at = i;
    }
    result.take_adjectives(&adjectives);
    result
}

/// The number of the counted noun before the comma or `und` at `i`, so that an enumeration goes on: `mit 3 Toren, 1 Pfosten`.
fn counted_before(sheet: &Sheet, i: usize) -> Option<usize> {
    let noun = sheet.before(i)?;
    sheet
        .word(noun)
        .filter(|word| word.starts_with(char::is_uppercase))?;
    let number = sheet.before(noun)?;
    sheet.digits(number).map(|_| number)
}

/// Whether left of the joining word at `i` stands a number or ordinal, so that an enumeration or range goes on.
fn steps_over_number(sheet: &Sheet, i: usize) -> bool {
    let Some(at) = sheet.before(i) else {
        return false;
    };
    match sheet.kind(at) {
        Some(Kind::Digits) => true,
        Some(Kind::Mark) => sheet.is(at, ".") && at > 0 && sheet.digits(at - 1).is_some(),
        Some(Kind::Word) => {
            super::rules::date::month(sheet.text(at)).is_some()
                && sheet
                    .before(at)
                    .is_some_and(|dot| sheet.is(dot, ".") || sheet.digits(dot).is_some())
        }
        _ => false,
    }
}

impl Left {
    /// Takes the abbreviation whose full stop is at `i` for what governs the phrase: `Brief v. 3. Mai`, `Mitte d. 19. Jahrhunderts`.
    fn take_abbreviation(&mut self, sheet: &Sheet, i: usize, next: bool) -> bool {
        let Some(word) = i.checked_sub(1).map(|at| sheet.text(at)) else {
            return false;
        };
        match word {
            "v" if next => {
                let cells = Cells::DATIVE.and(Cells::MASCULINE.or(Cells::NEUTER));
                self.take_preposition(cells, true);
            }
            "d" => {
                self.cells.narrow(Cells::GENITIVE);
                self.declension = Declension::Weak;
                self.determined = true;
                self.edge = i - 1;
            }
            _ => return false,
        }
        true
    }

    /// Without a determiner a word such as `nehme` in `man nehme 1/2 Liter` is as likely a verb.
    fn take_adjectives(&mut self, adjectives: &[Option<&str>]) {
        if !self.determined {
            return;
        }
        for word in adjectives.iter().flatten() {
            if let Some(cells) = adjective(word, self.declension) {
                self.cells.narrow(cells);
            }
        }
    }

    fn take_preposition(&mut self, cells: Cells, swallowed: bool) {
        self.cells.narrow(cells);
        self.governor = if cells == Cells::DATIVE.or(Cells::ACCUSATIVE) {
            Governor::TwoWay
        } else {
            Governor::Fixed
        };
        if swallowed && !self.determined {
            self.determined = true;
            self.declension = Declension::Weak;
        }
    }
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

/// Finds the noun of a phrase whose number ends before atom `end`: its atom, stepping over adjectives and further numbers.
#[must_use]
pub fn noun_after(sheet: &Sheet, end: usize) -> Option<usize> {
    let mut at = end;
    for _ in 0..REACH {
        at = sheet.skip_space(at);
        let text = sheet.text(at);
        match sheet.kind(at)? {
            Kind::Word => {
                if text.starts_with(char::is_uppercase) {
                    return Some(last_part(sheet, at));
                }
                let joins = matches!(text, "und" | "oder" | "bis" | "sowie");
                let goes_on = if joins {
                    let next = sheet.skip_space(at + 1);
                    // `1. und 2. Tag`, `1. und einziges Album`
                    sheet.digits(next).is_some()
                        || text == "und"
                            && adjective(sheet.text(next), Declension::Strong).is_some()
                            && sheet.space(next + 1)
                            && sheet
                                .word(next + 2)
                                .is_some_and(|word| word.starts_with(char::is_uppercase))
                } else {
                    adjective(text, Declension::Strong).is_some() || is_adverb(text)
                };
                if !goes_on {
                    return None;
                }
                at += 1;
            }
            Kind::Digits => {
                at += 1;
                // `1. und 2. Weihnachtstag`; a compound such as `100-Meter-Lauf` is the noun itself.
                if sheet.is(at, "-") && sheet.glued_right(at + 1) {
                    return Some(last_part(sheet, at + 1));
                }
                if sheet.is(at, ".") {
                    at += 1;
                }
            }
            Kind::Mark if matches!(text, "„" | "\"" | "»" | "–" | "/" | "-" | "'" | "‚" | ",") =>
            {
                at += 1;
            }
            _ => return None,
        }
    }
    None
}

/// The last part of a hyphenated compound that starts at `i`.
#[must_use]
pub fn last_part(sheet: &Sheet, i: usize) -> usize {
    let mut at = i;
    for _ in 0..REACH * 2 {
        if sheet.is(at + 1, "-") && sheet.kind(at + 2) == Some(Kind::Word) {
            at += 2;
        } else {
            break;
        }
    }
    at
}

/// Cells of the noun at atom `i`.
#[must_use]
pub fn noun_cells(sheet: &Sheet, i: usize) -> Option<Cells> {
    // `19. Jh.`: an abbreviation has the gender of its noun.
    if sheet.is(i + 1, ".")
        && let Some(gender) = abbreviations::at(sheet, i)
            .into_iter()
            .find_map(|(row, ..)| row.gender)
    {
        return Some(Cells::gender(gender));
    }
    nouns::cells(sheet.text(i))
}

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

static VERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    rows(include_str!("tables/transitive_verbs.tsv"))
        .filter_map(|row| row.first().copied())
        .collect()
});

/// Whether a verb that takes an accusative stands shortly before.
fn takes_object(sheet: &Sheet, start: usize) -> bool {
    let mut at = start;
    for _ in 0..REACH {
        let Some(i) = sheet.before(at) else {
            return false;
        };
        let Some(word) = sheet.word(i) else {
            return false;
        };
        if VERBS.contains(word) {
            return true;
        }
        if word.starts_with(char::is_uppercase) && i > 1 {
            return false;
        }
        at = i;
    }
    false
}
