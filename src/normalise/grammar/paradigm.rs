//! The German paradigm: cases, genders, declensions, and the endings they ask for.

use std::fmt;

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

pub(super) const CASES: [Case; 4] = [
    Case::Nominative,
    Case::Genitive,
    Case::Dative,
    Case::Accusative,
];
pub(super) const GENDERS: [Gender; 4] = [
    Gender::Masculine,
    Gender::Feminine,
    Gender::Neuter,
    Gender::Plural,
];

/// A set of paradigm cells; bit `4 * case + gender`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells(pub(super) u16);

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
    pub(super) fn narrow(&mut self, evidence: Self) {
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

    pub(super) fn contains(self, case: Case, gender: Gender) -> bool {
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
