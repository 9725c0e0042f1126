//! Numerals as they are written, shared by all rules that read numbers: grouping, decimals, signs.

use crate::normalise::{
    grammar::{self, Cells},
    number,
    token::{Kind, Sheet},
};
use std::ops::Range;

/// Sign in front of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`, `−`, `–`
    Minus,
    /// `±`
    PlusMinus,
}

impl Sign {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::PlusMinus => "plus-minus",
        }
    }
}

/// A number as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeral {
    /// Its sign, if one is written.
    pub sign: Option<Sign>,
    /// Value of the digits before the comma; `None` beyond what 128 bits hold.
    pub whole: Option<u128>,
    /// The digits before the comma as written, without separators.
    pub whole_digits: String,
    /// The digits after the comma; leading and trailing zeros count.
    pub fraction: Option<String>,
    /// Whether the digits were grouped by thousands.
    pub grouped: bool,
    /// Whether the fraction stands behind a point instead of a comma.
    pub point: bool,
}

impl Numeral {
    /// Whether the number is exactly one, without a fraction (`1`, and `1,0` too if `zeros`).
    #[must_use]
    pub fn is_one(&self, zeros: bool) -> bool {
        self.whole == Some(1) && (self.fraction.is_none() || zeros && self.zero_fraction())
    }

    /// Whether the fraction is written but zero.
    #[must_use]
    pub fn zero_fraction(&self) -> bool {
        self.fraction
            .as_deref()
            .is_some_and(|digits| digits.bytes().all(|digit| digit == b'0'))
    }

    /// Whether the number is written with leading zeros, so that its digits are a code.
    #[must_use]
    pub fn is_code(&self) -> bool {
        self.whole_digits.len() > 1 && self.whole_digits.starts_with('0')
    }

    /// The number in words, with `one` for a bare 1.
    #[must_use]
    pub fn words(&self, one: &str) -> String {
        let mut out = String::new();
        if let Some(sign) = self.sign {
            out.push_str(sign.word());
            out.push(' ');
        }
        out.push_str(&self.unsigned(one));
        out
    }

    /// The number in words without its sign.
    #[must_use]
    pub fn unsigned(&self, one: &str) -> String {
        match (&self.fraction, self.whole) {
            (Some(fraction), whole) => {
                let whole =
                    whole.map_or_else(|| number::digits(&self.whole_digits), number::cardinal);
                let point = if self.point { "Punkt" } else { "Komma" };
                format!("{whole} {point} {}", number::digits(fraction))
            }
            (None, Some(1)) if !self.is_code() => one.to_owned(),
            (None, Some(n)) if !self.is_code() => number::cardinal(n),
            (None, _) => number::digits(&self.whole_digits),
        }
    }
}

/// Whether white space may group thousands.
fn groups(sheet: &Sheet, i: usize) -> bool {
    matches!(
        sheet.text(i),
        " " | "\u{a0}" | "\u{2009}" | "\u{202f}" | "\u{2007}" | "." | "'" | "’" | "˙"
    )
}

/// Whether there are exactly three digits at `i`.
fn three(sheet: &Sheet, i: usize) -> bool {
    sheet.digits(i).is_some_and(|digits| digits.len() == 3)
}

/// Reads a number without sign at `i`: `1.234.567,89`, `38 664`, `1’250`, `,02`.
#[must_use]
pub fn unsigned(sheet: &Sheet, i: usize) -> Option<(Numeral, usize)> {
    // `,02` and `.02`
    if matches!(sheet.mark(i), Some(',' | '.'))
        && !sheet.glued_left(i)
        && (i == 0 || !sheet.is(i - 1, "."))
    {
        let fraction = sheet.digits(i + 1)?;
        return Some((
            Numeral {
                sign: None,
                whole: Some(0),
                whole_digits: "0".to_owned(),
                fraction: Some(fraction.to_owned()),
                grouped: false,
                point: false,
            },
            i + 2,
        ));
    }
    let first = sheet.digits(i)?;
    let mut whole = first.to_owned();
    let mut at = i + 1;
    let mut grouped = false;
    let mut point = false;
    if first.len() <= 3 && !first.starts_with('0') && groups(sheet, at) && three(sheet, at + 1) {
        let separator = sheet.text(at);
        let mut end = at;
        let mut all = whole.clone();
        while sheet.is(end, separator) && three(sheet, end + 1) {
            all.push_str(sheet.text(end + 1));
            end += 2;
            if end - at > 40 {
                break;
            }
        }
        // `+49 221 4710`, `123 456 7`: the spaces are not those of thousands.
        let broken = sheet.space(at)
            && (sheet.space(end) && sheet.digits(end + 1).is_some()
                || i >= 2 && sheet.space(i - 1) && sheet.digits(i - 2).is_some());
        if !broken {
            whole = all;
            at = end;
            grouped = true;
        }
    } else if first.len() <= 3
        && sheet.is(at, ",")
        && three(sheet, at + 1)
        && sheet.is(at + 2, ",")
        && three(sheet, at + 3)
    {
        // `1,000,000` as English writes it
        while sheet.is(at, ",") && three(sheet, at + 1) {
            whole.push_str(sheet.text(at + 1));
            at += 2;
            if at - i > 40 {
                break;
            }
        }
        grouped = true;
    }
    let mut fraction = None;
    if sheet.is(at, ",")
        && let Some(digits) = sheet.digits(at + 1)
    {
        fraction = Some(digits.to_owned());
        at += 2;
    } else if (!grouped || matches!(sheet.text(i + 1), "'" | "’"))
        && sheet.is(at, ".")
        && let Some(digits) = sheet.digits(at + 1)
        && !(sheet.is(at + 2, ".") && sheet.kind(at + 3) == Some(Kind::Digits))
    {
        fraction = Some(digits.to_owned());
        point = true;
        at += 2;
    }
    Some((
        Numeral {
            sign: None,
            whole: whole.parse().ok(),
            whole_digits: whole,
            fraction,
            grouped,
            point,
        },
        at,
    ))
}

/// Reads a sign at `i` that belongs to a number behind it.
#[must_use]
pub fn sign(sheet: &Sheet, i: usize) -> Option<(Sign, usize)> {
    // `+/- 5`
    let slashed =
        sheet.is(i, "+") && sheet.is(i + 1, "/") && matches!(sheet.text(i + 2), "-" | "–" | "−");
    let sign = match sheet.mark(i)? {
        '+' if slashed => Sign::PlusMinus,
        '+' => Sign::Plus,
        '±' => Sign::PlusMinus,
        '-' | '−' | '–' => Sign::Minus,
        _ => return None,
    };
    let next = if slashed {
        sheet.skip_space(i + 3)
    } else if sign == Sign::Minus && !sheet.is(i, "−") {
        i + 1
    } else {
        sheet.skip_space(i + 1)
    };
    let number = sheet.digits(next).is_some()
        || matches!(sheet.mark(next), Some(',' | '.')) && sheet.digits(next + 1).is_some();
    // A sign stands free on its left: `20-30` is a range, `A-7` a name.
    let free = i == 0
        || sheet.space(i - 1)
        || matches!(
            sheet.mark(i - 1),
            Some('(' | ':' | '„' | '"' | '[' | '=' | '/' | '€' | '$' | '£')
        );
    (number && free).then_some((sign, next))
}

/// Reads a sign at `i` that stands before a currency: `-$5`.
#[must_use]
pub fn sign_before(sheet: &Sheet, i: usize) -> Option<(Sign, usize)> {
    let sign = match sheet.mark(i)? {
        '+' => Sign::Plus,
        '-' | '−' | '–' => Sign::Minus,
        _ => return None,
    };
    let free = i == 0 || sheet.space(i - 1) || matches!(sheet.mark(i - 1), Some('(' | ':'));
    free.then_some((sign, i + 1))
}

/// Reads a number with an optional sign at `i`.
#[must_use]
pub fn numeral(sheet: &Sheet, i: usize) -> Option<(Numeral, usize)> {
    let (sign, at) = sign(sheet, i).map_or((None, i), |(sign, at)| (Some(sign), at));
    let (mut numeral, end) = unsigned(sheet, at)?;
    numeral.sign = sign;
    Some((numeral, end))
}

/// Whether a dash at `i` joins two ends of a range, with or without white space; gives the place behind it.
#[must_use]
pub fn range_dash(sheet: &Sheet, i: usize) -> Option<usize> {
    let at = sheet.skip_space(i);
    if !matches!(
        sheet.mark(at),
        Some('-' | '–' | '—' | '−' | '‐' | '‑' | '‒')
    ) {
        return None;
    }
    // `20 –30` is no range, `20 – 30` and `20–30` are.
    if sheet.space(i) != sheet.space(at + 1) {
        return None;
    }
    // A hyphen between blanks is a thought.
    Some(sheet.skip_space(at + 1))
}

/// A power of ten written as a word: `Mio.`, `Milliarden`, `Tsd.`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// `tausend`
    Thousand,
    /// 10⁶
    Million,
    /// 10⁹
    Milliard,
    /// 10¹²
    Billion,
    /// 10¹⁵
    Billiard,
    /// 10¹⁸
    Trillion,
}

impl Scale {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Thousand => ("tausend", "tausend"),
            Self::Million => ("Million", "Millionen"),
            Self::Milliard => ("Milliarde", "Milliarden"),
            Self::Billion => ("Billion", "Billionen"),
            Self::Billiard => ("Billiarde", "Billiarden"),
            Self::Trillion => ("Trillion", "Trillionen"),
        }
    }

    /// Reads a scale at `i`, in any case; gives the place behind it.
    #[must_use]
    pub fn read(sheet: &Sheet, i: usize) -> Option<(Self, usize)> {
        let word = sheet
            .word(i)
            .filter(|word| word.len() <= 10)?
            .to_lowercase();
        let scale = match word.as_str() {
            "mio" | "mill" | "mln" | "million" | "millionen" => Self::Million,
            "mrd" | "md" | "mia" | "mia." | "milliarde" | "milliarden" => Self::Milliard,
            "bio" | "bill" | "billion" | "billionen" => Self::Billion,
            "billiarde" | "billiarden" => Self::Billiard,
            "trillion" | "trillionen" => Self::Trillion,
            "tsd" | "tausend" => Self::Thousand,
            _ => return None,
        };
        let dotted = sheet.is(i + 1, ".") && word.len() <= 4;
        // `Bio` without full stop is organic.
        if word == "bio" && !dotted || sheet.is(i + 1, "-") {
            return None;
        }
        Some((
            scale,
            if dotted {
                super::abbreviation::without_stop(sheet, i + 2, true, "")
            } else {
                i + 1
            },
        ))
    }
}

/// A number with its scale: `3,5 Mio.`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub numeral: Numeral,
    /// What it is multiplied with.
    pub scale: Option<Scale>,
}

impl Amount {
    /// Whether what is counted stands in the singular.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.scale.is_none() && self.numeral.is_one(true)
    }

    /// Whether the amount is one million, one milliard …, whose `eine` inflects.
    fn is_one_of_scale(&self) -> bool {
        self.scale.is_some_and(|scale| scale != Scale::Thousand) && self.numeral.is_one(true)
    }

    /// The amount in words, with `one` for a bare 1 without scale.
    #[must_use]
    pub fn words(&self, one: &str) -> String {
        let Some(scale) = self.scale else {
            let mut plain = self.numeral.clone();
            if plain.is_one(true) {
                plain.fraction = None;
            }
            return plain.words(one);
        };
        let (singular, plural) = scale.words();
        if scale == Scale::Thousand {
            let joint = if self.numeral.fraction.is_some() {
                " "
            } else {
                ""
            };
            return format!("{}{joint}tausend", self.numeral.words("ein"));
        }
        let word = if self.numeral.is_one(true) {
            singular
        } else {
            plural
        };
        let mut numeral = self.numeral.clone();
        if numeral.is_one(true) {
            numeral.fraction = None;
        }
        format!("{} {word}", numeral.words("eine"))
    }
}

/// Reads a number with optional sign and scale at `i`.
#[must_use]
pub fn amount(sheet: &Sheet, i: usize) -> Option<(Amount, usize)> {
    let (numeral, end) = numeral(sheet, i)?;
    if !numeral.is_code() {
        let at = sheet.skip_space(end);
        if let Some((scale, end)) = Scale::read(sheet, at) {
            return Some((
                Amount {
                    numeral,
                    scale: Some(scale),
                },
                end,
            ));
        }
    }
    Some((
        Amount {
            numeral,
            scale: None,
        },
        end,
    ))
}

/// One amount, or two that are the ends of a range or the sides of a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amounts {
    /// The amounts, at least one.
    pub list: Vec<Amount>,
    /// The word between them: `bis`, `mal`, `plus-minus`.
    pub joint: &'static str,
}

impl Amounts {
    /// Whether what is counted stands in the singular.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.list.len() == 1 && self.list[0].is_one()
    }

    /// The same where they cover `atoms`: `mit einer Million`.
    #[must_use]
    pub fn words_at(&self, sheet: &Sheet, atoms: &Range<usize>, one: &str) -> String {
        let words = self.words(one);
        if let [amount] = self.list.as_slice()
            && amount.is_one_of_scale()
            && let Some(rest) = words.strip_prefix("eine ")
        {
            let noun = Cells::FEMININE.and(Cells::SINGULAR);
            let phrase = grammar::amount_phrase(sheet, atoms.start, atoms.end, noun);
            return format!("{} {rest}", phrase.one());
        }
        words
    }

    /// The amounts in words, with `one` for a bare 1.
    #[must_use]
    pub fn words(&self, one: &str) -> String {
        let mut out = String::new();
        for (n, amount) in self.list.iter().enumerate() {
            if n > 0 {
                out.push(' ');
                out.push_str(self.joint);
                out.push(' ');
            }
            out.push_str(&amount.words(one));
        }
        out
    }
}

/// Reads an amount, a range (`20–30`), a size (`3 x 4 x 5`) or a tolerance (`5 ± 2`) at `i`.
#[must_use]
pub fn amounts(sheet: &Sheet, i: usize) -> Option<(Amounts, usize)> {
    let (first, mut end) = amount(sheet, i)?;
    let mut list = vec![first];
    let mut joint = "";
    if let Some(at) = range_dash(sheet, end)
        && let Some((second, after)) = amount(sheet, at)
        && !list[0].numeral.is_code()
        && !second.numeral.is_code()
        && range_dash(sheet, after).is_none_or(|at| sheet.digits(at).is_none())
        && (!sheet.space(end) || sheet.is(sheet.skip_space(end), "–"))
    {
        list.push(second);
        return Some((Amounts { list, joint: "bis" }, after));
    }
    while list.len() < 4 {
        let at = sheet.skip_space(end);
        let next = match sheet.text(at) {
            "x" | "X" | "×" => "mal",
            "±" => "plus-minus",
            _ => break,
        };
        let Some((amount, after)) = amount(sheet, sheet.skip_space(at + 1)) else {
            break;
        };
        joint = next;
        list.push(amount);
        end = after;
    }
    Some((Amounts { list, joint }, end))
}
