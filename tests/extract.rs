//! Golden pages of the extractor: `tests/extract/<habit>.html` is read as `tests/extract/<habit>.txt`. The first line of
//! the expectation is the title; then lead and body, one block a line.

use proptest::prelude::*;
use similar::TextDiff;
use std::{fs, path::Path};
use vorleser::{Article, ExtractOptions, Page, extract, source::Media};

fn page(html: &str) -> Page {
    Page {
        url: None,
        media: Media::Html,
        text: html.to_owned(),
    }
}

fn lines(article: &Article) -> String {
    let title = article.title.iter().map(String::as_str);
    let lead = article.lead.iter().map(|text| text.text.as_str());
    let body = article.blocks.iter().map(|block| block.text.text.as_str());
    title
        .chain(lead)
        .chain(body)
        .map(|line| format!("{line}\n"))
        .collect()
}

fn check(habit: &str) {
    let base = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/extract")
        .join(habit);
    let html = fs::read_to_string(base.with_extension("html")).expect("the page");
    let expected = fs::read_to_string(base.with_extension("txt")).expect("the expectation");
    let got = extract(&page(&html), &ExtractOptions::default())
        .map_or_else(|error| format!("{error}\n"), |article| lines(&article));
    assert!(
        got == expected,
        "{habit}:\n{}",
        TextDiff::from_lines(&expected, &got)
            .unified_diff()
            .header("expected", "got")
    );
}

macro_rules! habits {
    ($($name:ident),* $(,)?) => { $(#[test] fn $name() { check(stringify!($name)); })* };
}

habits!(
    lead_named_teaser,
    caption_without_figure,
    generated_class_names,
    heading_with_anchor,
    related_list,
    nested_teaser_article,
    pull_quote,
    embed_consent,
    alternative_headline,
    line_breaks,
    hidden_hints,
    breadcrumb_headline,
    poll_without_a_name,
    summary_by_a_machine,
    subhead_after_links,
    comments_below,
    articles_below,
    first_paragraph_outside,
    table,
    table_in_the_intro,
    drop_cap,
    info_box,
    newsletter_form_in_the_text,
    links_within_paragraphs,
    appeal_below_the_text,
    raised_figures,
    press_release,
    blogger_line_breaks,
    captions_in_paragraph_and_table,
    layout_table_line_breaks,
    bold_line_above_text,
    amp_placeholders,
    encyclopedia,
    programme_note,
    points_above_the_text,
    hidden_state_with_lead,
    appeals_below_the_text,
    cards_between_paragraphs,
    sentences_that_point_elsewhere,
    head_twice,
    bold_box_above_text,
    appeal_in_a_box,
    body_named_promotion,
    paragraphs_named_teaser,
    ghost_cards,
    question_and_answers,
    live_blog,
    recipe,
    ads_between_paragraphs,
    custom_elements,
    footnote_marks,
);

/// Pages that are no article, each with its own reason; `force` reads what is there.
#[test]
fn refusals_name_what_the_page_is() {
    const TEXT: &str = "Der Rat von Niederau hat am Dienstag beschlossen, die alte Mühle am Bach zu kaufen und als Werkstatt zu öffnen.";
    let list: String = (0..20)
        .map(|n| format!("<h3><a href='/{n}'>Meldung {n} aus dem Tal und von den Höfen</a></h3>"))
        .collect();
    let rows = [
        ("", "the page is empty"),
        (
            "<html><body><div id=root></div><noscript>Bitte JavaScript aktivieren.</noscript><script>1</script></body></html>",
            "JavaScript",
        ),
        (
            "<html><head><title>Seite nicht gefunden</title></head><body><h1>Fehler 404</h1><p>Die Seite, die Sie suchen, gibt es hier nicht oder nicht mehr, sie wurde vielleicht verschoben.</p></body></html>",
            "error page",
        ),
        (
            "<html><body><h1>Willkommen</h1><p>Wir und unsere Drittanbieter nutzen Cookies. Mit Ihrer Einwilligung verarbeiten wir personenbezogene Daten, siehe Datenschutz.</p><p>Alle akzeptieren oder ablehnen, das ist jederzeit möglich.</p></body></html>",
            "consent",
        ),
        (
            &format!(
                "<html><body><h1>Mühle</h1><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Mühle\",\"isAccessibleForFree\":\"False\"}}</script><p>{TEXT}</p><div class='paywall'>Jetzt weiterlesen im Abo</div></body></html>"
            ),
            "subscribers",
        ),
        (
            &format!("<html><body><h1>Aus dem Tal</h1>{list}<p>{TEXT}</p></body></html>"),
            "list of articles",
        ),
        (
            "<html><head><meta property='og:type' content='video.other'></head><body><h1>Die Mühle im Film</h1><p>Ein Rundgang durch die Mühle von Niederau, gedreht im Herbst bei Regen und Wind am Bach.</p></body></html>",
            "video",
        ),
    ];
    let wrong: Vec<_> = rows
        .iter()
        .map(|(html, want)| {
            (
                want,
                extract(&page(html), &ExtractOptions::default())
                    .map(|a| lines(&a))
                    .map_err(|e| e.to_string()),
            )
        })
        .filter(|(want, got)| !got.as_ref().is_err_and(|got| got.contains(**want)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let forced = extract(
        &page(rows[4].0),
        &ExtractOptions {
            force: true,
            ..ExtractOptions::default()
        },
    );
    assert!(forced.is_ok_and(|article| lines(&article).contains(TEXT)));
}

/// Headings, sentences and boxes that begin, or are named, as furniture does, and are the article all the same; and the
/// furniture that they resemble.
#[test]
fn the_article_is_not_taken_for_furniture() {
    const BEFORE: &str = "Der Rat von Niederau hat am Dienstag lange beraten und am Ende mit großer Mehrheit für den Kauf gestimmt.";
    const AFTER: &str = "Der Rat von Niederau hat am Mittwoch lange beraten und am Ende mit großer Mehrheit für den Umbau gestimmt.";
    let article = [
        "<h2>Quellen und Bäche trocknen aus</h2>",
        "<h2>Themen der Sitzung waren vielfältig</h2>",
        "<h2>Werbung im Fernsehen wird teurer</h2>",
        "<h2>Weitere Informationen fehlen den Ermittlern</h2>",
        "<h2>Kommentare im Netz werden rauer</h2>",
        "<h2>Mehr zu tun als gedacht</h2>",
        "<h2>Newsletter der Partei löst Streit aus</h2>",
        "<p>Lesen Sie gern im Bett?</p>",
        "<p>Teilen macht Freude.</p>",
        "<p>Mehr von ihm war nicht zu hören.</p>",
        "<p>Drucken wird teurer: Papier kostet doppelt so viel wie im Vorjahr.</p>",
        "<p>Bild: Wie haben Sie davon erfahren?</p>",
        "<p>Am Ende rief er den Leuten zu: „Folgen Sie uns zum Bach!“</p>",
        "<p>Finden Sie das gerecht?</p>",
        "<p>Das könnte sie die Wahl kosten.</p>",
        "<p>Auch interessant ist die Lage am Bach.</p>",
        "<p>Passend dazu gab es Kuchen vom Bäcker am Markt.</p>",
        "<p>Die Zeitung zeigte dazu nur ein Symbolbild.</p>",
        "<h2>Zurück zur Natur</h2><p>Am Bach will der Rat nach dem Umbau wieder Weiden pflanzen lassen, wie sie früher dort standen.</p>",
        "<h2>Mehr Anzeigen wegen Diebstahls</h2><p>Die Polizei zählte im vergangenen Jahr im ganzen Tal zwölf Fälle mehr als im Jahr davor.</p>",
        "<div class='spalte links'><img src=m.jpg><p>Der Wirt las am Abend aus seinem Buch, und viele Leute kamen aus dem ganzen Tal, um ihm zuzuhören und mit ihm zu reden.</p><p>Erst nach Mitternacht gingen die letzten nach Hause, und der Wirt löschte die Lampen über den Tischen am Bach.</p><p>Am nächsten Tag war das Buch im Laden am Markt ausverkauft, und der Händler bestellte gleich zwanzig Stück davon nach.</p></div>",
        "<p>Man müsse, so steht es dort, „lesen Sie selbst“, den <a href=/b>Bericht</a> nicht ernst nehmen.</p>",
        "<div><b>Was die Mühle kostet</b></div><div>Das Büro rechnet mit einer halben Million Euro, von denen das Land ein Drittel zahlt.</div>",
        "<div><h3><a href=/sitzung>Anna</a></h3><p>Die Wirtin am Bach hat die Sitzung von der ersten Reihe aus verfolgt.</p></div>",
        "<p>Die Mühle liegt am Bach. Sie ist alt.<br><b>Was sie kostet</b><br>Das Büro rechnet mit einer halben Million.</p>",
        "<p>Viele halten eine Zusammenfassung durch KI für zuverlässig, doch die Fachleute widersprechen dem deutlich.</p>",
        "<div class=podcast-transcript><p>Der Wirt las am Abend aus seinem Buch, und viele Leute kamen, um ihm zuzuhören.</p></div>",
        "<div class=overlay-text><p>Der Wirt las am Abend aus seinem Buch, und viele Leute kamen, um ihm zuzuhören.</p></div>",
        "<div class=reader-view><p>Der Wirt las am Abend aus seinem Buch, und viele Leute kamen, um ihm zuzuhören.</p></div>",
    ];
    let furniture = [
        "<h2>Mehr zum Thema</h2><ul><li><a href=/a>Das Bad öffnet</a></li><li><a href=/b>Der Markt zieht um</a></li></ul>",
        "<p>Lesen Sie hier: <a href=/a>Das Bad öffnet im Mai</a></p>",
        "<p>Lesen Sie auch: Das Bad öffnet im Mai.</p>",
        "<p>Mehr zu den Wahlen</p>",
        "<h2>Quellen</h2><ul><li><a href=/a>Bericht des Rates</a></li><li><a href=/b>Plan der Mühle</a></li></ul>",
        "<p>Artikel teilen</p>",
        "<p>Mehr zur Mühle finden Sie in <a href=/a>unserem Überblick</a>.</p>",
        "<p>Über dieses Thema berichten wir am Dienstag, dem 3. Mai, auch in unserer Sendung am Abend: Das Tal um sieben, 19 Uhr.</p>",
        "<p><img src=m.jpg><br><em>Die Mühle am Abend.</em></p>",
        "<div><a href=/a><img src=a.jpg></a><h4><a href=/a>Das Bad öffnet im Mai</a></h4><p>Nach langer Pause darf wieder geschwommen werden, zuerst nur am Morgen.</p></div>",
        "<p>Das Dorf im Winter (Bild: A. Beispiel)</p>",
        "<div class=podcast-player><p>Hören Sie den Artikel in unserer Sendung, die jeden Morgen kurz nach sechs Uhr kommt.</p><button>Hören</button></div>",
    ];
    let said = |part: &str| {
        let html = format!(
            "<html lang=de><head><title>Niederau kauft die Mühle</title></head><body><main><article>\
             <h1>Niederau kauft die Mühle</h1><p>{BEFORE}</p>{part}<p>{AFTER}</p></article></main></body></html>"
        );
        extract(&page(&html), &ExtractOptions::default())
            .map_or_else(|error| error.to_string(), |a| lines(&a))
    };
    let bare = said("");
    let lost: Vec<_> = article.iter().filter(|part| said(part) == bare).collect();
    let read: Vec<_> = furniture
        .iter()
        .map(|part| said(part))
        .filter(|text| *text != bare)
        .collect();
    assert!(
        lost.is_empty() && read.is_empty(),
        "lost {lost:#?}\nread {read:#?}"
    );
}

#[test]
fn every_page_has_its_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract");
    let source = include_str!("extract.rs");
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let habit = path
            .file_stem()
            .and_then(|s| s.to_str())
            .expect("a name")
            .to_owned();
        assert!(
            source.contains(&format!("    {habit},\n")),
            "{habit} has no test"
        );
    }
}

#[test]
fn depth_and_width_are_bounded() {
    let paragraph = "<p>Dieser Absatz steht ganz unten und ist lang genug, um als Fließtext zu gelten, denn er hat viele Zeichen.</p>";
    let deep = format!(
        "<html><body>{}{paragraph}{}",
        "<div>".repeat(20_000),
        "</div>".repeat(20_000)
    );
    let article = extract(&page(&deep), &ExtractOptions::default()).expect("an article");
    assert!(lines(&article).contains("ganz unten"));
    let wide = format!("<html><body>{}{paragraph}", "<b><i>x</i>".repeat(100_000));
    let _ = extract(&page(&wide), &ExtractOptions::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No word of the output is absent from the page, whatever the nesting.
    #[test]
    fn nothing_is_invented(parts in prop::collection::vec((0..8usize, "[a-zäöü]{3,9}( [a-zäöü]{3,9}){0,20}\\.?"), 1..40)) {
        let tags = ["p", "div", "li", "h2", "blockquote", "a", "td", "strong"];
        let html: String = parts.iter().map(|(tag, text)| format!("<{0}>{text}</{0}>", tags[*tag])).collect();
        if let Ok(article) = extract(&page(&html), &ExtractOptions::default()) {
            for word in lines(&article).split_whitespace() {
                // Neighbours without white space between their tags are one word on the page too.
                let text: String = parts.iter().map(|(_, text)| text.as_str()).collect();
                prop_assert!(text.contains(word), "{word}");
            }
        }
    }

    #[test]
    fn no_input_panics(html in "(<[a-z/!\\-]{0,8}[ a-z=\"']{0,12}>|[a-zäß &;#0-9\n]{0,20}){0,60}") {
        let _ = extract(&page(&html), &ExtractOptions { force: true, ..ExtractOptions::default() });
    }
}
