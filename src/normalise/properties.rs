//! Properties that hold for every text.

use super::{
    line,
    rules::RULES,
    text::{TextOptions, tokens, verbalise},
    token::Sheet,
};
use proptest::prelude::*;
use std::time::{Duration, Instant};
use unicode_normalization::UnicodeNormalization;

/// Pieces that rules look at, so that random texts reach their corners.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,5}",
        "[0-9]{1,3}[.,:/-][0-9]{1,3}",
        prop::sample::select(vec![
            "am",
            "der",
            "3.",
            "12.",
            "z.",
            "B.",
            "Dr.",
            "II.",
            "IV",
            "€",
            "$",
            "%",
            "§",
            "km/h",
            "m²",
            "Uhr",
            "Mio.",
            "Mrd.",
            "Euro",
            "CDU",
            "GmbH",
            "Friedrich",
            "½",
            "1/2",
            "3:1",
            "10:30",
            "–",
            "-",
            "+",
            "&",
            "(",
            ")",
            "„",
            "“",
            "\"",
            "usw.",
            "Mai",
            "Okt.",
            "v.",
            "Chr.",
            "90er",
            "'68er",
            "x",
            "°C",
            "CO₂",
            "@",
            "#",
            "http://a.de",
            "Abs.",
            "Nr.",
            "S.",
            "Mo.",
            "a.",
            "M.",
            "Lehrer:innen",
            "\u{ad}",
            "\u{a0}",
            "e\u{301}",
            "😀",
            "…",
            "...",
            "*",
            "_",
            "/",
            "\\",
            "<",
            ">",
            "=",
            "1.",
            "bis",
            "und",
            "Jahrhundert",
            "Tag",
            "-str.",
            "Goethestr.",
            "d.",
            "T",
            "IBAN",
            "ISBN",
            "DE12",
            "0221",
            "+49",
            "Tel.",
            "4x100-Meter-Staffel",
            "5%-Hürde",
            "20-jährig",
        ])
        .prop_map(str::to_owned),
        "\\PC{1,6}",
        "[A-ZÄÖÜ]{1,6}",
        "[a-zäöüß]{1,8}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        (
            piece(),
            prop::sample::select(vec![" ", "", " ", "\u{202f}"]),
        ),
        0..14,
    )
    .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}

/// Written examples of the rules, one after the other: texts as people write them.
fn examples() -> impl Strategy<Value = String> {
    let all: Vec<&str> = RULES
        .iter()
        .flat_map(|rule| rule.examples().iter().map(|(written, _)| *written))
        .collect();
    prop::collection::vec(prop::sample::select(all), 1..4).prop_map(|lines| lines.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn tokens_tile_the_text(text in text()) {
        let options = TextOptions::default();
        let sheet = Sheet::new(&text, &options);
        let mut end = 0;
        let mut joined = String::new();
        for token in tokens(&sheet) {
            prop_assert_eq!(token.atoms.start, end);
            end = token.atoms.end;
            joined.push_str(sheet.slice(token.atoms));
        }
        prop_assert_eq!(joined, text);
    }

    #[test]
    fn sentences_tile_the_text_but_for_white_space(text in text()) {
        let mut end = 0;
        for sentence in verbalise(&text, &TextOptions::default()) {
            prop_assert!(sentence.range.start >= end);
            let gap = &text[end..sentence.range.start];
            prop_assert!(gap.chars().all(|c| !c.is_alphanumeric()), "left out {:?}", gap);
            prop_assert!(text.get(sentence.range.clone()).is_some());
            end = sentence.range.end;
        }
        prop_assert!(text[end..].chars().all(|c| !c.is_alphanumeric()));
    }

    #[test]
    fn nothing_is_dropped_but_what_explain_tells(text in text()) {
        let options = TextOptions { explain: true, ..TextOptions::default() };
        for sentence in verbalise(&text, &options) {
            let mut rest = sentence.spoken.as_str();
            let mut at = sentence.range.start;
            let end = sentence.range.end;
            let rewritten = sentence.rewrites.iter().map(|rewrite| rewrite.range.clone());
            for range in rewritten.chain(std::iter::once(end..end)) {
                prop_assert!(range.start >= at, "{:?} overlaps in {:?}", range, text);
                let kept: String = text[at..range.start].nfc().collect();
                for word in kept.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
                    let found = rest.find(word);
                    prop_assert!(found.is_some(), "{:?} of {:?} is not in {:?}", word, text, sentence.spoken);
                    rest = &rest[found.unwrap_or(0) + word.len()..];
                }
                at = range.end;
            }
        }
    }

    #[test]
    fn no_digit_and_no_symbol_is_left(text in text()) {
        let spoken = line(&text, &TextOptions::default());
        let left: Vec<char> = spoken
            .chars()
            .filter(|c| c.is_ascii_digit() || "%§€$£¥&+=<>°²³½¼¾@#*|\\^_~×÷±‰".contains(*c))
            .collect();
        prop_assert!(left.is_empty(), "{:?} left in {:?} of {:?}", left, spoken, text);
        prop_assert!(!spoken.contains('\n'));
    }

    #[test]
    fn twice_is_once(text in examples()) {
        let options = TextOptions::default();
        let once = line(&text, &options);
        prop_assert_eq!(line(&once, &options), once);
    }
}

/// News-like text that no rule gets past quickly, and hostile runs of one character, all on one line.
#[test]
fn a_line_of_five_megabytes_takes_seconds() {
    let options = TextOptions::default();
    let news = "Am 3. Oktober 2024 zahlten 1.200 Menschen z. B. 3,5 Mio. Euro an Friedrich II. in der Schillerstr. 12a. ";
    for unit in [
        news, "1.", "1. ", "a.", "z. ", "(", "„", "1/", "A-", "der ", "1-", "0 ", "+", "Mo.-", "@",
        "*",
    ] {
        let text =
            unit.repeat(5_000_000 / unit.len() / if cfg!(debug_assertions) { 20 } else { 1 });
        let start = Instant::now();
        let spoken = line(&text, &options);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{unit:?} takes {took:?}");
        assert!(!spoken.contains('1'));
    }
}
