//! Article → Script: order, roles, pauses, quotations, languages, and that nothing is lost.

use proptest::prelude::*;
use std::sync::Arc;
use vorleser::{
    Article, Block, BlockKind, NormaliseOptions, Role, Script,
    article::{Moment, Span, SpanKind, Text},
    normalise,
    normalise::{
        GenderForm, QuoteStyle,
        lexicon::{Entry, Lexicon},
    },
    script::Part,
};

fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph, text)
}

fn block(kind: BlockKind, text: &str) -> Block {
    Block {
        kind,
        text: Text::plain(text),
        origin: String::new(),
    }
}

fn moment(year: i16, month: i8, day: i8) -> Moment {
    Moment {
        date: jiff::civil::date(year, month, day),
        time: None,
    }
}

fn article() -> Article {
    Article {
        kicker: Some("Bericht aus dem Hafen".into()),
        title: Some("Kommt die \"Nordlicht\" im 3. Anlauf?".into()),
        lead: vec![Text::plain(
            "Die Reederei plant den Umbau. Am 25. Mai soll es so weit sein.",
        )],
        authors: vec!["Anna Schmidt".into(), "Jan Meyer".into()],
        updated: Some(moment(2024, 5, 25)),
        blocks: vec![
            paragraph(
                "Der Umbau kostet Geld. \"Wir haben keinen Zweifel daran. Es geht voran\", sagte die Chefin.",
            ),
            block(BlockKind::Heading { level: 2 }, "Streit seit drei Jahren"),
            paragraph("Danach begann der Streit mit den Nachbarn."),
            block(
                BlockKind::ListItem { number: Some(3) },
                "Der Kai wird breiter.",
            ),
        ],
        ..Article::default()
    }
}

fn with(options: impl FnOnce(&mut NormaliseOptions), blocks: Vec<Block>) -> Script {
    let mut chosen = NormaliseOptions::default();
    options(&mut chosen);
    normalise(
        &Article {
            blocks,
            ..Article::default()
        },
        &chosen,
    )
}

fn said(script: &Script) -> Vec<&str> {
    script
        .utterances
        .iter()
        .map(|utterance| utterance.text.as_str())
        .collect()
}

#[test]
fn the_parts_are_read_in_order_with_their_roles() {
    let script = normalise(&article(), &NormaliseOptions::default());
    let lines: Vec<(Role, &str)> = script
        .utterances
        .iter()
        .map(|utterance| (utterance.role, utterance.text.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (Role::Kicker, "Bericht aus dem Hafen"),
            (Role::Title, "Kommt die Nordlicht im dritten Anlauf?"),
            (Role::Byline, "Von Anna Schmidt und Jan Meyer."),
            (
                Role::Byline,
                "Aktualisiert am fünfundzwanzigsten Mai zweitausendvierundzwanzig."
            ),
            (Role::Lead, "Die Reederei plant den Umbau."),
            (
                Role::Lead,
                "Am fünfundzwanzigsten Mai soll es so weit sein."
            ),
            (Role::Body, "Der Umbau kostet Geld."),
            (Role::Body, "Wir haben keinen Zweifel daran."),
            (Role::Body, "Es geht voran, sagte die Chefin."),
            (Role::Heading, "Streit seit drei Jahren"),
            (Role::Body, "Danach begann der Streit mit den Nachbarn."),
            (Role::ListItem, "Drittens: Der Kai wird breiter."),
        ]
    );
    assert_eq!(script.language, "de");
    let numbers: Vec<u32> = script
        .utterances
        .iter()
        .map(|utterance| utterance.sentence)
        .collect();
    assert_eq!(numbers, (0..12).collect::<Vec<u32>>());
    let heading = &script.utterances[9];
    assert!(
        script.utterances[8].pause_after_ms > heading.pause_after_ms
            && heading.pause_after_ms > script.utterances[6].pause_after_ms
    );
    assert!(
        script
            .utterances
            .iter()
            .all(|utterance| (1..2000).contains(&utterance.pause_after_ms))
    );
}

#[test]
fn the_intro_can_be_left_out() {
    let parts = |intro, byline| {
        let options = NormaliseOptions {
            intro,
            byline,
            ..NormaliseOptions::default()
        };
        let mut parts: Vec<Part> = normalise(&article(), &options)
            .utterances
            .iter()
            .map(|utterance| utterance.origin.part)
            .collect();
        parts.dedup();
        parts.retain(|part| !matches!(part, Part::Block(_) | Part::Lead(_)));
        parts
    };
    assert_eq!(
        parts(true, true),
        [Part::Kicker, Part::Title, Part::Byline, Part::Date]
    );
    assert_eq!(parts(true, false), [Part::Kicker, Part::Title, Part::Date]);
    assert_eq!(parts(false, true), [Part::Title]);
}

#[test]
fn dates_are_said_in_full() {
    let date = |published, updated| {
        let article = Article {
            published,
            updated,
            ..Article::default()
        };
        normalise(&article, &NormaliseOptions::default())
            .utterances
            .into_iter()
            .map(|utterance| utterance.text)
            .collect::<String>()
    };
    let (one, two) = (Some(moment(2024, 5, 24)), Some(moment(2024, 5, 25)));
    assert_eq!(
        date(one, None),
        "Vom vierundzwanzigsten Mai zweitausendvierundzwanzig."
    );
    assert_eq!(date(one, one), date(one, None));
    assert_eq!(
        date(one, two),
        "Vom vierundzwanzigsten Mai zweitausendvierundzwanzig, aktualisiert am fünfundzwanzigsten Mai zweitausendvierundzwanzig."
    );
    assert_eq!(date(None, None), "");
}

#[test]
fn quotations_are_announced_or_given_a_voice() {
    let text = "Er rief: „Wir gehen. Sofort!“ Der „Spiegel“ schwieg. „Das ist so“, sagte sie.";
    let announced = with(
        |options| options.quotes = QuoteStyle::Announce,
        vec![paragraph(text)],
    );
    assert_eq!(
        said(&announced),
        [
            "Er rief: Zitat: Wir gehen.",
            "Sofort! Zitat Ende.",
            "Der Spiegel schwieg.",
            "Zitat: Das ist so, Zitat Ende, sagte sie."
        ]
    );
    let voiced = with(
        |options| options.quotes = QuoteStyle::Voice,
        vec![paragraph(text)],
    );
    let lines: Vec<(Role, &str, &str, u32)> = voiced
        .utterances
        .iter()
        .map(|u| (u.role, u.text.as_str(), u.shown.as_str(), u.sentence))
        .collect();
    assert_eq!(
        lines,
        [
            (Role::Body, "Er rief:", "Er rief:", 0),
            (Role::Quote, "Wir gehen.", "„Wir gehen.", 0),
            (Role::Quote, "Sofort!", "Sofort!“", 1),
            (
                Role::Body,
                "Der Spiegel schwieg.",
                "Der „Spiegel“ schwieg.",
                2
            ),
            (Role::Quote, "Das ist so,", "„Das ist so“,", 3),
            (Role::Body, "sagte sie.", "sagte sie.", 3),
        ]
    );
}

#[test]
fn a_quotation_over_two_paragraphs_is_one() {
    let blocks = || {
        vec![
            paragraph("Sie sagte: „Erstens ist es spät."),
            paragraph("Zweitens ist es kalt.“ Dann ging sie."),
        ]
    };
    let announced = with(|options| options.quotes = QuoteStyle::Announce, blocks());
    assert_eq!(
        said(&announced),
        [
            "Sie sagte: Zitat: Erstens ist es spät.",
            "Zweitens ist es kalt. Zitat Ende.",
            "Dann ging sie."
        ]
    );
    let voiced = with(|options| options.quotes = QuoteStyle::Voice, blocks());
    let roles: Vec<Role> = voiced
        .utterances
        .iter()
        .map(|utterance| utterance.role)
        .collect();
    assert_eq!(roles, [Role::Body, Role::Quote, Role::Quote, Role::Body]);
}

#[test]
fn german_rules_never_touch_another_language() {
    let english = "On May 3, the minister said that the 2nd bridge would cost 5 million pounds. Nobody knows who will pay for it.";
    let script = with(|_| {}, vec![paragraph(english)]);
    assert_eq!(script.language, "en");
    assert_eq!(
        said(&script),
        [
            "On May 3, the minister said that the 2nd bridge would cost 5 million pounds.",
            "Nobody knows who will pay for it."
        ]
    );
    assert!(
        script
            .utterances
            .iter()
            .all(|utterance| utterance.language == "en")
    );

    let mixed = with(
        |options| options.explain = true,
        vec![
            paragraph(
                "Der Minister will die 2. Brücke bauen lassen, doch niemand weiß, wer sie bezahlen soll.",
            ),
            paragraph(english),
            paragraph(
                "Er sagte: „We will have 3 bridges before the year is over“, und die Leute lachten.",
            ),
        ],
    );
    assert_eq!(mixed.language, "de");
    let languages: Vec<&str> = mixed
        .utterances
        .iter()
        .map(|utterance| utterance.language.as_str())
        .collect();
    assert_eq!(languages, ["de", "en", "en", "de"]);
    let last = &mixed.utterances[3];
    assert!(
        last.text.contains("We will have 3 bridges"),
        "{}",
        last.text
    );
    assert!(
        last.rewrites.iter().any(|rewrite| rewrite.rule == "foreign"
            && rewrite
                .reading
                .as_deref()
                .is_some_and(|reading| reading.starts_with("en"))),
        "{:?}",
        last.rewrites
    );
}

#[test]
fn markup_names_a_language_unless_it_is_plainly_wrong() {
    let text = "Das Motto lautet Ça ne marche que 3 fois, sagte er der Zeitung.";
    let at = text.find("Ça").expect("there");
    let end = text.find(", sagte").expect("there");
    let mut block = paragraph(text);
    block.text.spans.push(Span {
        range: at..end,
        kind: SpanKind::Language("fr-FR".into()),
    });
    let script = with(|_| {}, vec![block]);
    assert!(
        script.utterances[0].text.contains("que 3 fois"),
        "{:?}",
        said(&script)
    );

    let mut german =
        paragraph("Das ist am 3. Mai und nicht erst im Juni, wie es in der Zeitung steht.");
    german.text.spans.push(Span {
        range: 0..german.text.text.len(),
        kind: SpanKind::Language("en".into()),
    });
    let script = with(|_| {}, vec![german]);
    assert_eq!(
        said(&script),
        ["Das ist am dritten Mai und nicht erst im Juni, wie es in der Zeitung steht."]
    );
}

#[test]
fn the_wished_language_is_not_questioned() {
    let script = with(
        |options| options.language = Some("de-AT".into()),
        vec![paragraph("This is the 3rd time that we have said so.")],
    );
    assert_eq!(script.language, "de");
    assert_eq!(script.utterances[0].language, "de");
}

#[test]
fn the_dictionary_wins_over_every_rule() {
    let mut lexicon = Lexicon::default();
    for (word, say) in [
        ("3. Oktober", "Tag der Einheit"),
        ("Macron", "Makkron"),
        ("§", "Abschnitt"),
    ] {
        lexicon
            .add(
                word,
                Entry {
                    say: say.into(),
                    ..Entry::default()
                },
            )
            .expect("a good entry");
    }
    let script = with(
        |options| {
            options.lexicon = Some(Arc::new(lexicon));
            options.explain = true;
        },
        vec![paragraph("Am 3. Oktober kam Macron mit dem § in der Hand.")],
    );
    assert_eq!(
        said(&script),
        ["Am Tag der Einheit kam Makkron mit dem Abschnitt in der Hand."]
    );
    assert_eq!(
        script.utterances[0]
            .rewrites
            .iter()
            .map(|rewrite| rewrite.rule.as_str())
            .collect::<Vec<_>>(),
        ["lexicon"; 3]
    );
}

#[test]
fn the_dictionary_wins_over_the_table_of_names() {
    let names = |lexicon: Option<Arc<Lexicon>>| {
        let script = with(
            |options| options.lexicon = lexicon,
            vec![paragraph("Dann sprach Macrons Sprecher mit der Presse.")],
        );
        assert_eq!(
            script.utterances[0].shown,
            "Dann sprach Macrons Sprecher mit der Presse."
        );
        script.utterances[0].engine_text().to_owned()
    };
    assert_eq!(names(None), "Dann sprach Makrongs Sprecher mit der Presse.");
    let mut lexicon = Lexicon::default();
    lexicon
        .add(
            "Macron",
            Entry {
                say: "Macron".into(),
                ..Entry::default()
            },
        )
        .expect("a good entry");
    assert_eq!(
        names(Some(Arc::new(lexicon))),
        "Dann sprach Macrons Sprecher mit der Presse."
    );
}

#[test]
fn gender_forms_follow_the_wish() {
    let say = |gender| {
        said(&with(
            |options| options.gender = gender,
            vec![paragraph("Mit den Lehrer*innen sprach jede*r.")],
        ))
        .concat()
    };
    assert_eq!(
        say(GenderForm::Glottal),
        "Mit den Lehrer innen sprach jede oder jeder."
    );
    assert_eq!(
        say(GenderForm::Both),
        "Mit den Lehrerinnen und Lehrern sprach jede oder jeder."
    );
    assert_eq!(say(GenderForm::Plain), "Mit den Lehrerinnen sprach jeder.");
}

/// Letters of a text, which is what must not be lost.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn nothing_is_lost_and_ranges_are_true(
        text in "([A-ZÄa-zäöüß0-9]{1,9}|[„“\"»«'‚‘(–)…]|[.,:!?] |[ .,;/*@#])([ ]?([A-Za-zäöüß0-9]{1,9}|[„“\"»«'‚‘(–)…]|[.,:!?] |[ .,;/*@#])){0,30}",
        style in prop_oneof![Just(QuoteStyle::Pause), Just(QuoteStyle::Announce), Just(QuoteStyle::Voice)],
        language in prop_oneof![Just(None), Just(Some("de".to_owned()))],
    ) {
        let script = with(|options| { options.quotes = style; options.language = language; }, vec![paragraph(&text)]);
        let shown: String = script.utterances.iter().map(|utterance| utterance.shown.as_str()).collect();
        prop_assert_eq!(letters(&shown), letters(&text));
        for utterance in &script.utterances {
            prop_assert_eq!(text.get(utterance.origin.range.clone()), Some(utterance.shown.as_str()));
            prop_assert!(!utterance.text.trim().is_empty());
        }
    }
}

/// Nothing a page can hold makes the time grow faster than the text: half a megabyte of anything takes a second or two
/// unoptimised, where a quadratic rule would take minutes.
#[test]
fn long_lines_take_linear_time() {
    let patterns = [
        "a",
        "ä",
        "\"",
        "„",
        "(",
        "a.b@",
        "#a",
        "@a@",
        "1.",
        "'a ",
        " ",
        "–",
        "a\u{308}",
        "😀",
        "a*",
        "http://",
        ".",
        "A.",
        "I",
        "1 ",
        "a-",
        "/a",
        ": ",
        "Wort ",
        "z. B. ",
        "„Das ist so“, ",
        "5 % ",
        "the ",
    ];
    let mut slow = Vec::new();
    for pattern in patterns {
        let text = pattern.repeat((1 << 19) / pattern.len());
        let start = std::time::Instant::now();
        let script = with(
            |options| options.quotes = QuoteStyle::Voice,
            vec![paragraph(&text)],
        );
        std::hint::black_box(script);
        let took = start.elapsed();

        if took.as_secs() >= 15 {
            slow.push(format!("{pattern:?}: {took:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
