//! Which language a text is in.
//!
//! Trigrams alone (`whatlang`) fail on headlines: five words are too few for them. So three witnesses are heard: common words
//! (`tables/common_words.tsv`), groups of letters (`tables/ngrams.tsv`), and `whatlang` with the languages we know as its
//! allow-list. What the page says of itself, or German, is the prior that a verdict must overcome.
//!
//! Writing systems other than Latin are left to `whatlang`, which is sure of them.

use std::{collections::HashMap, sync::LazyLock};
use whatlang::{Detector, Lang, Script};

/// The languages with Latin letters that are told apart, as BCP 47 tags in the order of the table.
const LATIN: [&str; LANGUAGES] = [
    "da", "de", "en", "es", "fr", "it", "nb", "nl", "pl", "pt", "sv",
];

const LANGUAGES: usize = 11;

/// The same for `whatlang`, which calls them by ISO 639-3.
const WHATLANG: [Lang; LANGUAGES] = [
    Lang::Dan,
    Lang::Deu,
    Lang::Eng,
    Lang::Spa,
    Lang::Fra,
    Lang::Ita,
    Lang::Nob,
    Lang::Nld,
    Lang::Pol,
    Lang::Por,
    Lang::Swe,
];

/// Position of German in [`LATIN`].
const GERMAN: usize = 1;

/// How often each language is quoted by German pages, as a handicap in common words in the order of [`LATIN`]. Estimated.
const HANDICAP: [f32; LANGUAGES] = [0.4, 0.0, 0.0, 0.2, 0.0, 0.2, 1.2, 0.2, 0.6, 0.6, 0.4];

/// At most this much of a text is looked at, in bytes; more says nothing new.
pub(super) const ENOUGH: usize = 4000;

/// How far another language must be ahead of the prior, in units of one common word of its own.
const PRIOR: f32 = 1.0;

/// Longest word whose letters are looked at, in letters.
const MAX_WORD: usize = 40;

/// How much a step of the natural logarithm counts, in common words.
const LETTERS: f32 = 0.12;

/// The lines of the table of letter groups, in ascending order of the group.
static NGRAMS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!("tables/ngrams.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

/// A common word → the set of languages it belongs to, as bits in the order of [`LATIN`].
static COMMON: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in include_str!("tables/common_words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let Some((language, list)) = line.split_once('\t') else {
            continue;
        };
        let Some(index) = LATIN.iter().position(|known| *known == language) else {
            continue;
        };
        for word in list.split(' ').filter(|word| !word.is_empty()) {
            *words.entry(word).or_insert(0) |= 1 << index;
        }
    }
    words
});

/// What was found out about a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// BCP 47 tag.
    pub language: &'static str,
    /// How far the language is ahead of the prior (or the prior ahead of all others), in common words. Above 1 is sure.
    pub lead: f32,
}

impl Verdict {
    /// Whether the text is German.
    #[must_use]
    pub fn is_german(&self) -> bool {
        self.language == "de"
    }
}

/// The known tag for a BCP 47 tag as pages declare it: `de-AT` and `DE_ch` are `de`. `None` for a language that is not
/// told apart here.
#[must_use]
pub fn known(tag: &str) -> Option<&'static str> {
    let primary = tag
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let primary = match primary.as_str() {
        "no" | "nn" => "nb",
        // Alemannic and Low German pages are read by a German voice.
        "gsw" | "bar" | "nds" => "de",
        other => other,
    };
    LATIN.iter().copied().find(|known| *known == primary)
}

/// Finds the language of a text. `prior` is what to believe without evidence: the declared language of the page, or the
/// language of the text around.
#[must_use]
pub fn detect(text: &str, prior: &'static str) -> Verdict {
    let text = clip(text);
    let prior_index = LATIN.iter().position(|known| *known == prior);
    let words = Words::count(text);
    if words.latin * 2 < words.other {
        return other_script(text, prior);
    }
    let mut score = words.score;
    if let Some(info) = whatlang_verdict(text)
        && let Some(index) = WHATLANG.iter().position(|lang| *lang == info.lang())
    {
        // Worth less than a common word in a short text; `confidence` grows with length.
        score[index] += 0.4 + 1.2 * info.confidence() as f32;
    }
    for (score, handicap) in score.iter_mut().zip(HANDICAP) {
        *score -= handicap;
    }
    if let Some(index) = prior_index {
        score[index] += PRIOR;
    }
    decide(&score, prior_index)
}

/// The language of an article that declares `prior`, from its first paragraphs.
#[must_use]
pub fn of_article(text: &str, prior: &'static str) -> &'static str {
    if plainly(text, prior) {
        prior
    } else {
        detect(text, prior).language
    }
}

/// The language of a part of an article in language `prior`. A short text must speak more clearly against it than a long one,
/// because a German headline read by an English voice is worse than the reverse.
#[must_use]
pub fn of_part(text: &str, prior: &'static str) -> &'static str {
    if plainly(text, prior) {
        return prior;
    }
    let verdict = detect(text, prior);
    if verdict.lead >= margin(text) {
        verdict.language
    } else {
        prior
    }
}

/// The language of a sentence or quotation inside a German text, if it is certainly another one.
#[must_use]
pub fn foreign_sentence(text: &str) -> Option<&'static str> {
    if text.split_whitespace().nth(2).is_none() || has_german(text) {
        return None;
    }
    let verdict = detect(text, "de");
    (!verdict.is_german() && verdict.lead >= margin(text)).then_some(verdict.language)
}

/// How far ahead another language must be.
fn margin(text: &str) -> f32 {
    match text.split_whitespace().take(12).count() {
        0..=5 => 1.5,
        6..=11 => 1.0,
        _ => 0.6,
    }
}

/// Whether a text is without doubt in a language, by its common words alone. This is the quick way for nearly all text.
#[must_use]
pub fn plainly(text: &str, language: &str) -> bool {
    let Some(index) = LATIN.iter().position(|known| *known == language) else {
        return false;
    };
    let (mut own, mut other) = (0.0, 0.0);
    for languages in common_words(text).take(40) {
        if languages & (1 << index) == 0 {
            other += 1.0;
        } else {
            own += 1.0 / languages.count_ones() as f32;
        }
        if own >= 2.5 && own > 3.0 * other {
            return true;
        }
    }
    false
}

/// Whether there is a word that only German has among those we know, and that is no name.
fn has_german(text: &str) -> bool {
    common_words(text)
        .take(40)
        .any(|languages| languages == 1 << GERMAN)
}

/// The languages of each common word of a text.
fn common_words(text: &str) -> impl Iterator<Item = u16> + '_ {
    let mut lower = String::new();
    clip(text)
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() > 1 && word.len() < 20)
        .filter_map(move |word| {
            if word.chars().all(char::is_lowercase) {
                return COMMON.get(word).copied();
            }
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            COMMON.get(lower.as_str()).copied()
        })
}

fn decide(score: &[f32; LANGUAGES], prior: Option<usize>) -> Verdict {
    let best = (0..LANGUAGES)
        .max_by(|a, b| score[*a].total_cmp(&score[*b]))
        .unwrap_or(GERMAN);
    let rival = match prior {
        Some(index) if index != best => score[index],
        _ => (0..LANGUAGES)
            .filter(|other| *other != best)
            .map(|other| score[other])
            .fold(f32::NEG_INFINITY, f32::max),
    };
    Verdict {
        language: LATIN[best],
        lead: score[best] - rival,
    }
}

/// Evidence from words.
#[derive(Default)]
struct Words {
    score: [f32; LANGUAGES],
    latin: usize,
    other: usize,
}

impl Words {
    fn count(text: &str) -> Self {
        let mut words = Self::default();
        let mut lower = String::new();
        let mut capitals = 0_usize;
        let mut small = 0_usize;
        for (index, word) in text
            .split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’')))
            .filter(|word| !word.is_empty())
            .enumerate()
        {
            let letters = word.chars().count();
            if word.chars().any(|c| c.is_alphabetic() && !is_latin(c)) {
                words.other += letters;
                continue;
            }
            words.latin += letters;
            let capital = word.starts_with(char::is_uppercase);
            // An acronym tells nothing.
            if letters > 1 && word.chars().all(char::is_uppercase) {
                continue;
            }
            if index > 0 && letters > 3 {
                if capital { capitals += 1 } else { small += 1 }
            }
            lower.clear();
            lower.extend(
                word.chars()
                    .flat_map(char::to_lowercase)
                    .map(|c| if c == '’' { '\'' } else { c }),
            );
            words.weigh(lower.trim_matches('\''), capital && index > 0);
        }
        // Capital letters on some words but not on all: German nouns. (In a title of five names they say little.)
        if small > 0 && capitals > 0 {
            words.score[GERMAN] += (capitals as f32 / (capitals + small) as f32).min(0.5)
                * (capitals.min(3) as f32)
                * 0.5;
        }
        words
    }

    /// `name` says that the word may be a name, being capitalised inside the text.
    fn weigh(&mut self, word: &str, name: bool) {
        let mut known = COMMON.get(word).copied();
        // `l'état`, `dell'anno`: what stands before the apostrophe is a word of its own.
        if known.is_none()
            && let Some((article, noun)) = word.split_once('\'')
        {
            known = COMMON.get(article).or_else(|| COMMON.get(noun)).copied();
        }
        if let Some(languages) = known {
            let share = 1.0 / languages.count_ones() as f32;
            // Single letters are as often initials, and capitalised words names.
            let weight = if word.len() == 1 {
                0.4
            } else if name {
                0.6
            } else {
                1.0
            };
            for (index, score) in self.score.iter_mut().enumerate() {
                if languages & (1 << index) != 0 {
                    *score += share * weight;
                }
            }
            return;
        }
        let weight = if name { 0.5 } else { 1.0 };
        self.weigh_letters(word, weight * LETTERS);
    }

    /// Groups of three to five letters: each counts against the languages in which it is rarer than elsewhere.
    fn weigh_letters(&mut self, word: &str, weight: f32) {
        let borders: Vec<usize> = word
            .char_indices()
            .map(|(at, _)| at)
            .chain([word.len()])
            .take(MAX_WORD)
            .collect();
        for (index, start) in borders.iter().enumerate() {
            for length in 3..=5 {
                let Some(group) = borders
                    .get(index + length)
                    .and_then(|end| word.get(*start..*end))
                else {
                    break;
                };
                if let Some(digits) = letters(group) {
                    for (score, digit) in self.score.iter_mut().zip(digits.bytes()) {
                        *score -= f32::from(digit.saturating_sub(b'0')) * weight;
                    }
                }
            }
        }
    }
}

/// How much rarer a group of letters is in each language, as one digit each; `None` for a group that tells nothing.
fn letters(group: &str) -> Option<&'static str> {
    let index = NGRAMS
        .binary_search_by(|line| {
            line.split_once('\t')
                .map_or(*line, |(key, _)| key)
                .cmp(group)
        })
        .ok()?;
    NGRAMS
        .get(index)?
        .split_once('\t')
        .map(|(_, digits)| digits)
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{aa}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
}

/// The start of a text, cut at a character.
fn clip(text: &str) -> &str {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn whatlang_verdict(text: &str) -> Option<whatlang::Info> {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::with_allowlist(WHATLANG.to_vec()));
    DETECTOR.detect(text)
}

/// Other scripts than Latin: mostly one script is one language.
fn other_script(text: &str, prior: &'static str) -> Verdict {
    let Some(info) = whatlang::detect(text) else {
        return Verdict {
            language: prior,
            lead: 0.0,
        };
    };
    let language = match info.script() {
        Script::Cyrillic => match info.lang() {
            Lang::Ukr => "uk",
            Lang::Bel => "be",
            Lang::Bul => "bg",
            Lang::Mkd => "mk",
            Lang::Srp => "sr",
            _ => "ru",
        },
        Script::Arabic => match info.lang() {
            Lang::Pes => "fa",
            Lang::Urd => "ur",
            _ => "ar",
        },
        Script::Hebrew => match info.lang() {
            Lang::Yid => "yi",
            _ => "he",
        },
        Script::Greek => "el",
        // Japanese news is mostly written in Chinese characters, with kana between them.
        Script::Mandarin if text.contains(|c| matches!(c, '\u{3040}'..='\u{30ff}')) => "ja",
        Script::Mandarin => "zh",
        Script::Hiragana | Script::Katakana => "ja",
        Script::Hangul => "ko",
        Script::Thai => "th",
        Script::Georgian => "ka",
        Script::Armenian => "hy",
        Script::Devanagari => "hi",
        Script::Bengali => "bn",
        Script::Tamil => "ta",
        // Undetermined, in the words of BCP 47.
        _ => "und",
    };
    Verdict {
        language,
        lead: 3.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADLINES: &str = include_str!("../../tests/data/headlines.tsv");

    fn headlines() -> impl Iterator<Item = (&'static str, &'static str)> {
        HEADLINES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
    }

    #[test]
    fn headlines_of_five_words_are_told_apart() {
        let mut right: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut wrong = Vec::new();
        for (language, headline) in headlines() {
            let verdict = detect(headline, "de");
            let entry = right.entry(language).or_default();
            entry.1 += 1;
            if verdict.language == language {
                entry.0 += 1;
            } else {
                wrong.push(format!(
                    "{language} -> {} {:.1}: {headline}",
                    verdict.language, verdict.lead
                ));
            }
        }
        let floor = [
            ("de", 0.97),
            ("en", 0.9),
            ("fr", 0.95),
            ("nl", 0.85),
            ("it", 0.95),
            ("es", 0.95),
            ("sv", 0.8),
            ("da", 0.7),
        ];
        let below = floor.iter().any(|(language, floor)| {
            let (right, all) = right[language];
            (right as f32) < floor * all as f32
        });
        assert!(!below, "{right:?}\n{}", wrong.join("\n"));
    }

    #[test]
    fn long_and_foreign_scripts_are_certain() {
        assert_eq!(
            detect("Москва объявила о новых переговорах", "de").language,
            "ru"
        );
        assert_eq!(
            detect("Η κυβέρνηση ανακοίνωσε νέα μέτρα", "de").language,
            "el"
        );
        assert_eq!(detect("政府は新しい対策を発表した", "de").language, "ja");
        assert_eq!(detect("", "de").language, "de");
        assert_eq!(detect("2024 – 3,5 %", "fr").language, "fr");
        assert_eq!(of_part("Kitas in Not", "de"), "de");
        assert_eq!(
            foreign_sentence("The show must go on and nobody can stop it"),
            Some("en")
        );
        assert_eq!(
            foreign_sentence("Center for Strategic and International Studies"),
            Some("en")
        );
        assert_eq!(foreign_sentence("Im Westen nichts Neues"), None);
        assert_eq!(foreign_sentence("America first"), None);
    }

    #[test]
    fn a_headline_inside_a_german_article_is_foreign_only_if_it_is_certain() {
        let lost: Vec<&str> = headlines()
            .filter(|(language, headline)| *language == "de" && of_part(headline, "de") != "de")
            .map(|(_, headline)| headline)
            .collect();
        assert!(lost.len() <= 1, "{lost:?}");
        let (found, all) = headlines().filter(|(language, _)| *language == "en").fold(
            (0, 0),
            |(found, all), (_, headline)| {
                (
                    found + usize::from(of_part(headline, "de") == "en"),
                    all + 1,
                )
            },
        );
        assert!(found * 10 >= all * 7, "{found} of {all} English headlines");
    }

    #[test]
    fn declared_tags_are_understood() {
        assert_eq!(
            ["de-AT", "DE_ch", "en-GB", "nn", "fi", ""].map(known),
            [Some("de"), Some("de"), Some("en"), Some("nb"), None, None]
        );
    }

    #[test]
    fn the_letter_table_is_sorted_and_complete() {
        assert!(NGRAMS.is_sorted_by_key(|line| line.split_once('\t').map(|(group, _)| group)));
        assert!(NGRAMS.iter().all(|line| {
            line.split_once('\t')
                .is_some_and(|(_, digits)| digits.len() == LANGUAGES)
        }));
    }
}
