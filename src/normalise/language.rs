//! Which language a text is in.
//!
//! Trigrams alone (`whatlang`) fail on headlines: five words are too few for them. So three witnesses are heard: common words
//! (`tables/common_words.tsv`), letters and endings that only some languages have, and `whatlang` with the languages we know
//! as its allow-list. What the page says of itself, or German, is the prior that a verdict must overcome.
//!
//! Writing systems other than Latin are left to `whatlang`, which is sure of them.

use std::{collections::HashMap, sync::LazyLock};
use whatlang::{Detector, Lang, Script};

/// The languages with Latin letters that are told apart, as BCP 47 tags in the order of the table.
const LATIN: [&str; 13] = [
    "da", "de", "en", "es", "fr", "it", "la", "nb", "nl", "pl", "pt", "sv", "tr",
];

/// The same for `whatlang`, which calls them by ISO 639-3.
const WHATLANG: [Lang; 13] = [
    Lang::Dan,
    Lang::Deu,
    Lang::Eng,
    Lang::Spa,
    Lang::Fra,
    Lang::Ita,
    Lang::Lat,
    Lang::Nob,
    Lang::Nld,
    Lang::Pol,
    Lang::Por,
    Lang::Swe,
    Lang::Tur,
];

/// Position of German in [`LATIN`].
const GERMAN: usize = 1;

/// Latin stands for no country's news; it must be overwhelming to win.
const LATIN_TONGUE: usize = 6;

/// At most this much of a text is looked at, in bytes; more says nothing new.
pub(super) const ENOUGH: usize = 4000;

/// How far another language must be ahead of the prior, in units of one common word of its own.
const PRIOR: f32 = 1.0;

/// Letters and letter groups, and the weight they lend. `^` and `$` mark the borders of a word. Ours, from the orthographies.
const PATTERNS: &[(&str, &[&str], f32)] = &[
    (
        "de",
        &[
            "ß", "ungen$", "keit$", "heit$", "isch$", "lich$", "^zw", "pf",
        ],
        0.9,
    ),
    (
        "de",
        &[
            "ä", "ö", "ü", "sch", "ung$", "tz", "eu", "ei", "chs", "cht", "ahr",
        ],
        0.35,
    ),
    ("en", &["'s$", "n't$", "wh", "ght", "ngs$"], 0.8),
    (
        "en",
        &[
            "th", "ing$", "sh", "ly$", "ty$", "ry$", "ea", "ou", "ow", "ay$", "ck$", "ss$", "ed$",
            "ies$", "ee",
        ],
        0.35,
    ),
    (
        "fr",
        &[
            "ç", "eau", "aux$", "ê", "œ", "eux$", "ée$", "è", "^l'", "^d'", "^qu'", "^j'", "^n'",
            "^s'",
        ],
        0.9,
    ),
    (
        "fr",
        &[
            "é", "que$", "ment$", "oi", "eur$", "ou", "ai", "tte$", "ille", "ô",
        ],
        0.35,
    ),
    (
        "it",
        &[
            "zion", "gli", "ò$", "ità$", "ù$", "cch", "^l'", "^dell'", "^un'", "^all'", "^nell'",
            "ggi",
        ],
        0.8,
    ),
    (
        "it",
        &[
            "tt", "zz", "cc", "ia$", "io$", "one$", "ano$", "ono$", "ato$", "etta$", "ere$",
        ],
        0.35,
    ),
    ("es", &["ñ", "ción$", "¿", "¡", "dad$", "ó$", "ción"], 0.9),
    (
        "es",
        &["ó", "í", "á", "ll", "ue", "os$", "as$", "ar$"],
        0.35,
    ),
    ("pt", &["ã", "õ", "ção", "lh", "nh"], 0.9),
    (
        "nl",
        &["ij", "aa", "uu", "lijk$", "heid$", "sje$", "tje$", "eeuw"],
        0.8,
    ),
    (
        "nl",
        &[
            "oo", "ee", "ui", "oe", "cht", "ouw", "zoek", "^v", "gd$", "^ge",
        ],
        0.3,
    ),
    ("da", &["ø", "æ", "å", "hv", "^kv"], 0.8),
    (
        "da",
        &["lig$", "else$", "erne$", "hed$", "aj", "kk", "nd$", "ld$"],
        0.25,
    ),
    ("nb", &["ø", "æ", "å", "hv", "øy", "ei"], 0.5),
    (
        "sv",
        &["å", "ck", "arna$", "orna$", "erna$", "ä", "skj"],
        0.6,
    ),
    (
        "sv",
        &["ö", "het$", "ade$", "kk", "tt$", "ing$", "^sj"],
        0.25,
    ),
    (
        "pl",
        &["ł", "ż", "ś", "ć", "ń", "ą", "ę", "rz", "cz", "sz"],
        0.8,
    ),
    ("tr", &["ı", "ğ", "ş", "lar$", "ler$"], 0.9),
];

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
    if let Some(verdict) = quick(&words, prior_index) {
        return verdict;
    }
    let mut score = words.score;
    if let Some(info) = whatlang_verdict(text)
        && let Some(index) = WHATLANG.iter().position(|lang| *lang == info.lang())
    {
        // Worth less than a common word in a short text; `confidence` grows with length.
        score[index] += 0.4 + 1.2 * info.confidence() as f32;
    }
    score[LATIN_TONGUE] -= 2.0;
    if let Some(index) = prior_index {
        score[index] += PRIOR;
    }
    decide(&score, prior_index, prior)
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

/// The overwhelming case, which needs no second opinion: several words of the prior's own and hardly any others.
fn quick(words: &Words, prior: Option<usize>) -> Option<Verdict> {
    let index = prior?;
    let own = words.score[index];
    let rival = words
        .score
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index)
        .map(|(_, score)| *score)
        .fold(0.0, f32::max);
    (own >= 3.0 && own > 2.0 * rival).then(|| Verdict {
        language: LATIN[index],
        lead: own - rival,
    })
}

fn decide(score: &[f32; 13], prior_index: Option<usize>, prior: &'static str) -> Verdict {
    let best = (0..LATIN.len())
        .max_by(|a, b| score[*a].total_cmp(&score[*b]))
        .unwrap_or(GERMAN);
    match prior_index {
        // Without evidence the prior stands.
        _ if score[best] <= PRIOR => Verdict {
            language: prior,
            lead: 0.0,
        },
        Some(index) if index == best => {
            let second = (0..LATIN.len())
                .filter(|other| *other != best)
                .map(|other| score[other])
                .fold(0.0, f32::max);
            Verdict {
                language: LATIN[best],
                lead: score[best] - second,
            }
        }
        Some(index) => Verdict {
            language: LATIN[best],
            lead: score[best] - score[index],
        },
        None => Verdict {
            language: LATIN[best],
            lead: score[best],
        },
    }
}

/// Evidence from words.
#[derive(Default)]
struct Words {
    score: [f32; 13],
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
        let weight = if name { 0.6 } else { 1.0 };
        for (language, patterns, value) in PATTERNS {
            let hits = patterns
                .iter()
                .filter(|pattern| matches(word, pattern))
                .count();
            if hits > 0
                && let Some(index) = LATIN.iter().position(|known| known == language)
            {
                self.score[index] += (hits.min(2) as f32) * value * weight;
            }
        }
    }
}

fn matches(word: &str, pattern: &str) -> bool {
    if let Some(end) = pattern.strip_suffix('$') {
        word.len() > end.len() && word.ends_with(end)
    } else if let Some(start) = pattern.strip_prefix('^') {
        word.starts_with(start)
    } else {
        word.contains(pattern)
    }
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
        let mut germans_lost = 0;
        for (language, headline) in headlines() {
            let verdict = detect(headline, "de");
            let entry = right.entry(language).or_default();
            entry.1 += 1;
            if verdict.language == language {
                entry.0 += 1;
            } else {
                germans_lost += usize::from(language == "de");
                wrong.push(format!(
                    "{language} -> {} {:.1}: {headline}",
                    verdict.language, verdict.lead
                ));
            }
        }
        let share = |language: &str| right[language].0 as f32 / right[language].1 as f32;
        assert!(
            germans_lost <= 3 && share("en") >= 0.6 && share("fr") >= 0.9,
            "{right:?}\n{}",
            wrong.join("\n")
        );
    }
}
