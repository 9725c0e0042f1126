//! Pages that hold no article, and pages that look like it and hold one: `tests/refuse/<kind>_<habit>.html` has to be
//! taken for what the first word of its name says.

use std::{collections::BTreeMap, fs, path::Path};
use vorleser::{Article, ExtractError, ExtractOptions, Page, extract, source::Media};

fn options(force: bool) -> ExtractOptions {
    ExtractOptions {
        force,
        ..ExtractOptions::default()
    }
}

fn page(text: &str, media: Media) -> Page {
    Page {
        url: None,
        media,
        text: text.to_owned(),
    }
}

fn kind(result: &Result<Article, ExtractError>) -> &'static str {
    match result {
        Ok(_) => "read",
        Err(ExtractError::Paywall { .. }) => "paywall",
        Err(ExtractError::ConsentWall) => "consent",
        Err(ExtractError::NeedsJavaScript) => "script",
        Err(ExtractError::ErrorPage) => "error",
        Err(ExtractError::Index) => "index",
        Err(ExtractError::Video) => "video",
        Err(ExtractError::Empty) => "empty",
        Err(_) => "nothing",
    }
}

/// Every page by name.
fn pages() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refuse");
    fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().and_then(|s| s.to_str()).expect("a name");
            (
                name.to_owned(),
                fs::read_to_string(&path).expect("the page"),
            )
        })
        .collect()
}

#[test]
fn every_page_is_taken_for_what_it_is() {
    let pages = pages();
    assert!(pages.len() > 40, "only {} pages", pages.len());
    let wrong: Vec<String> = pages
        .iter()
        .filter_map(|(name, html)| {
            let result = extract(&page(html, Media::Html), &options(false));
            let got = kind(&result);
            let expected = name.split('_').next().unwrap_or_default();
            (got != expected).then(|| format!("{name}: {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn force_reads_what_is_there() {
    let pages = pages();
    let wrong: Vec<_> = pages
        .iter()
        .filter(|(name, _)| {
            ["paywall_", "error_", "read_"]
                .iter()
                .any(|k| name.starts_with(k))
        })
        .filter(|(_, html)| extract(&page(html, Media::Html), &options(true)).is_err())
        .map(|(name, _)| name)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let stub = &pages["paywall_claimed_and_offered"];
    let article = extract(&page(stub, Media::Html), &options(true)).expect("the beginning");
    assert!(
        article
            .blocks
            .iter()
            .any(|b| b.text.text.starts_with("Wie lange die Sperrung dauert")),
        "{article:#?}"
    );
}

#[test]
fn force_invents_nothing() {
    for name in ["empty_body", "empty_hidden", "script_empty_root"] {
        let result = extract(&page(&pages()[name], Media::Html), &options(true));
        assert!(result.is_err(), "{name}: {result:?}");
    }
}

#[test]
fn every_refusal_is_a_sentence_of_its_own() {
    let sentences: Vec<String> = [
        ExtractError::Paywall { shown: 212 },
        ExtractError::ConsentWall,
        ExtractError::NeedsJavaScript,
        ExtractError::ErrorPage,
        ExtractError::Index,
        ExtractError::Video,
        ExtractError::Empty,
        ExtractError::NoArticle,
    ]
    .iter()
    .map(ToString::to_string)
    .collect();
    let mut unique = sentences.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), sentences.len(), "{sentences:#?}");
    assert!(sentences[0].contains("212"), "{}", sentences[0]);
}

#[test]
fn a_front_page_is_known_by_its_address() {
    let html = &pages()["index_linked_cards"].replace("website", "article");
    let mut front = page(html, Media::Html);
    front.url = Some("https://talbote.example/".parse().expect("an address"));
    assert_eq!(kind(&extract(&front, &options(false))), "index");
}

#[test]
fn copied_pages_are_refused_too() {
    let stub = "Brücke bleibt gesperrt\n\nDie Brücke über die Lenne bleibt länger gesperrt als geplant, teilte die Stadt am Dienstag mit. Taucher hatten Risse entdeckt, die auf keinem …\n\nWeiterlesen mit Talbote+\n";
    let error = "404 Not Found\n\nThe page you requested could not be found on this server.\n";
    let consent = "Wir und unsere 178 Partner speichern Informationen auf Ihrem Gerät, zum Beispiel in Cookies, und verarbeiten personenbezogene Daten.\n\nAlle akzeptieren\n";
    let short = "Die Brücke über die Lenne bleibt länger gesperrt als geplant …\n";
    let rows = [
        (stub, "paywall"),
        (error, "error"),
        (consent, "consent"),
        (short, "read"),
    ];
    let wrong: Vec<_> = rows
        .iter()
        .map(|(text, expected)| {
            (
                kind(&extract(&page(text, Media::Text), &options(false))),
                expected,
                text,
            )
        })
        .filter(|(got, expected, _)| got != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(
        kind(&extract(&page(stub, Media::Text), &options(true))),
        "read"
    );
}
