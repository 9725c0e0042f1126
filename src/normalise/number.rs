//! German number words.
//!
//! Spelled as the Unicode CLDR rule-based number format for German does (`spellout-cardinal`, `spellout-ordinal`,
//! `spellout-numbering-year`), in one word below a million; a bare 100 or 1000 is `hundert`, `tausend` as on the radio.

const SMALL: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const TENS: [&str; 10] = [
    "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
];
/// Powers of a thousand from the second on: singular and plural.
const LARGE: [(&str, &str); 10] = [
    ("Million", "Millionen"),
    ("Milliarde", "Milliarden"),
    ("Billion", "Billionen"),
    ("Billiarde", "Billiarden"),
    ("Trillion", "Trillionen"),
    ("Trilliarde", "Trilliarden"),
    ("Quadrillion", "Quadrillionen"),
    ("Quadrilliarde", "Quadrilliarden"),
    ("Quintillion", "Quintillionen"),
    ("Quintilliarde", "Quintilliarden"),
];

/// How a final one is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum One {
    /// `hunderteins`
    Eins,
    /// `eintausend`
    Ein,
}

fn push_below_hundred(n: u32, one: One, out: &mut String) {
    match n {
        0 => {}
        1 if one == One::Ein => out.push_str("ein"),
        1..20 => out.push_str(SMALL[n as usize]),
        _ => {
            match n % 10 {
                0 => {}
                1 => out.push_str("einund"),
                unit => {
                    out.push_str(SMALL[unit as usize]);
                    out.push_str("und");
                }
            }
            out.push_str(TENS[(n / 10) as usize]);
        }
    }
}

fn push_below_thousand(n: u32, one: One, out: &mut String) {
    if n >= 100 {
        if n >= 200 {
            out.push_str(SMALL[(n / 100) as usize]);
        } else if !out.is_empty() {
            out.push_str("ein");
        }
        out.push_str("hundert");
    }
    push_below_hundred(n % 100, one, out);
}

fn push_below_million(n: u32, one: One, out: &mut String) {
    let (thousands, rest) = (n / 1000, n % 1000);
    if thousands == 1 && rest == 0 && out.is_empty() {
        out.push_str("tausend");
        return;
    }
    if thousands > 0 {
        push_below_thousand(thousands, One::Ein, out);
        out.push_str("tausend");
    }
    push_below_thousand(rest, one, out);
}

/// The cardinal as it is counted: `1` is `eins`, `1000000` is `eine Million`.
#[must_use]
pub fn cardinal(n: u128) -> String {
    if n == 0 {
        return "null".to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    let mut high = n / 1_000_000;
    let low = u32::try_from(n % 1_000_000).unwrap_or(0);
    let mut groups = Vec::new();
    while high > 0 {
        groups.push(u32::try_from(high % 1000).unwrap_or(0));
        high /= 1000;
    }
    for (power, &group) in groups.iter().enumerate().rev() {
        let Some(&(singular, plural)) = LARGE.get(power) else {
            return digits(&n.to_string());
        };
        match group {
            0 => {}
            1 => parts.push(format!("eine {singular}")),
            _ => {
                let mut word = String::new();
                push_below_thousand(group, One::Ein, &mut word);
                // `einundzwanzig` is whole already; only a bare final one differs, and that is feminine here.
                if group % 100 == 1 {
                    word.push('e');
                }
                parts.push(format!("{word} {plural}"));
            }
        }
    }
    if low > 0 {
        let mut word = String::new();
        push_below_million(low, One::Eins, &mut word);
        parts.push(word);
    }
    parts.join(" ")
}

/// The cardinal inside a compound: `1` is `ein`, `101` is `hundertein` (`Ein-Euro-Job`, `einjährig`).
#[must_use]
pub fn cardinal_stem(n: u128) -> String {
    let mut word = cardinal(n);
    if n % 100 == 1 && word.ends_with("eins") {
        word.pop();
    }
    word
}

/// The stem of the ordinal, without ending: `dritt`, `zwanzigst`, `zweimillionst`.
#[must_use]
pub fn ordinal_stem(n: u128) -> String {
    if n == 0 {
        return "nullt".to_owned();
    }
    let tail = n % 100;
    let head = n - tail;
    if head > 0 && tail == 0 {
        let mut word = cardinal(n).replace(' ', "").to_lowercase();
        // `fünfmilliardste`, `millionste`
        for (plural, singular) in [("onen", "on"), ("arden", "ard"), ("arde", "ard")] {
            if let Some(stem) = word.strip_suffix(plural) {
                word = format!("{stem}{singular}");
                break;
            }
        }
        if n.is_multiple_of(1_000_000)
            && let Some(rest) = word.strip_prefix("eine")
        {
            word = rest.to_owned();
        }
        word.push_str("st");
        return word;
    }
    let mut word = if head > 0 {
        cardinal(head).replace(' ', "").to_lowercase()
    } else {
        String::new()
    };
    match tail {
        1 => word.push_str("erst"),
        3 => word.push_str("dritt"),
        7 => word.push_str("siebt"),
        8 => word.push_str("acht"),
        _ => {
            push_below_hundred(u32::try_from(tail).unwrap_or(0), One::Eins, &mut word);
            word.push_str(if tail < 20 { "t" } else { "st" });
        }
    }
    word
}

/// A year: `1989` is `neunzehnhundertneunundachtzig`, `2024` `zweitausendvierundzwanzig`, `1066` `eintausendsechsundsechzig`.
#[must_use]
pub fn year(n: u32) -> String {
    if (1100..2000).contains(&n) {
        let mut word = format!("{}hundert", SMALL[(n / 100) as usize]);
        push_below_hundred(n % 100, One::Eins, &mut word);
        word
    } else {
        cardinal(u128::from(n))
    }
}

/// One digit after the other: `007` is `null null sieben`. Other characters are left out.
#[must_use]
pub fn digits(written: &str) -> String {
    let mut out = String::new();
    for digit in written.bytes().filter(u8::is_ascii_digit) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(SMALL[usize::from(digit - b'0')]);
    }
    out
}

/// The cardinal of a run of digits; one by one where it is longer than German has words for.
#[must_use]
pub fn cardinal_of(written: &str) -> String {
    match written.parse::<u128>() {
        Ok(n) => cardinal(n),
        Err(_) => digits(written),
    }
}

/// A decimal: `drei Komma eins vier`.
#[must_use]
pub fn decimal(whole: u128, fraction: &str) -> String {
    format!("{} Komma {}", cardinal(whole), digits(fraction))
}

/// The denominator as a noun: `4` is `Viertel`, `20` `Zwanzigstel`, `100` `Hundertstel`; `2` is `Halb`.
#[must_use]
pub fn denominator(n: u128) -> String {
    let mut stem = if n == 2 {
        "halb".to_owned()
    } else {
        ordinal_stem(n) + "el"
    };
    if let Some(first) = stem.get(..1).map(str::to_uppercase) {
        stem.replace_range(..1, &first);
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cardinals() {
        let rows: &[(u128, &str)] = &[
            (0, "null"),
            (1, "eins"),
            (21, "einundzwanzig"),
            (30, "dreißig"),
            (66, "sechsundsechzig"),
            (77, "siebenundsiebzig"),
            (100, "hundert"),
            (101, "hunderteins"),
            (1000, "tausend"),
            (1001, "eintausendeins"),
            (2_100, "zweitausendeinhundert"),
            (101_101, "hunderteintausendeinhunderteins"),
            (1_000_000, "eine Million"),
            (21_000_021, "einundzwanzig Millionen einundzwanzig"),
            (101_000_000, "hunderteine Millionen"),
            (
                1_264_301_000_000_000,
                "eine Billiarde zweihundertvierundsechzig Billionen dreihunderteine Milliarden",
            ),
        ];
        for (n, word) in rows {
            assert_eq!(cardinal(*n), *word);
        }
    }

    #[test]
    fn ordinals() {
        let rows: &[(u128, &str)] = &[
            (0, "nullt"),
            (1, "erst"),
            (3, "dritt"),
            (7, "siebt"),
            (8, "acht"),
            (12, "zwölft"),
            (17, "siebzehnt"),
            (20, "zwanzigst"),
            (101, "hunderterst"),
            (112, "hundertzwölft"),
            (1000, "tausendst"),
            (1234, "eintausendzweihundertvierunddreißigst"),
            (2_000_000, "zweimillionst"),
            (1_000_000_000, "milliardst"),
            (5_000_000_000, "fünfmilliardst"),
        ];
        for (n, word) in rows {
            assert_eq!(ordinal_stem(*n), *word);
        }
    }

    #[test]
    fn years_and_digits() {
        assert_eq!(year(1989), "neunzehnhundertneunundachtzig");
        assert_eq!(year(1066), "eintausendsechsundsechzig");
        assert_eq!(year(1100), "elfhundert");
        assert_eq!(digits("0-07"), "null null sieben");
        assert_eq!(cardinal_stem(101), "hundertein");
        assert_eq!(denominator(7), "Siebtel");
    }
}
