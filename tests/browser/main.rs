//! The pages of a podcast in a real browser: playing, jumping, the mark that moves, and what a screen reader is told.

mod devtools;
mod files;

use assert_cmd::Command;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use devtools::Browser;
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::Path};
use tempfile::TempDir;

const PAGE: &str = "<html lang=de><meta charset=utf-8><title>Pegel</title>\
    <article><h1>Der Pegel &lt;script&gt;hacked = 1&lt;/script&gt; &amp; &quot;steigt&quot;</h1>\
    <p>Am Dienstag stieg das Wasser am Pegel um 25 Zentimeter, und die Stadt bat alle, zu Hause zu bleiben, bis der Regen \
    nachlässt. Die Feuerwehr war die ganze Nacht im Einsatz und pumpte Keller aus.</p>\
    <h2>Was nun zu tun ist &lt;img src=x onerror=hacked=1&gt;</h2>\
    <p>Wer in der Nähe des Flusses wohnt, soll sein Auto in Sicherheit bringen. „Das Wasser kommt schnell“, sagte die \
    Bürgermeisterin am Abend vor dem Rathaus. Die Schulen bleiben bis Freitag geschlossen.</p>\
    <h2>Wie es weitergeht</h2>\
    <p>Am Abend soll der Scheitel erreicht sein, sagte eine Sprecherin der Stadt. Danach rechnet der Wetterdienst mit \
    sinkenden Pegeln und mit trockenem Wetter bis zum Wochenende. Verletzt wurde bisher niemand.</p></article></html>";

/// A podcast with two episodes, and the name of the newest.
fn podcast(home: &TempDir) -> (std::path::PathBuf, String) {
    let folder = home.path().join("podcast");
    let older = home.path().join("older.html");
    let newest = home.path().join("newest.html");
    fs::write(&older, PAGE.replace("Der Pegel", "Gestern: der Pegel")).expect("a file");
    fs::write(&newest, PAGE).expect("a file");
    let done = Command::cargo_bin("vorleser")
        .expect("the program is built")
        .env("XDG_CONFIG_HOME", home.path())
        .arg("podcast")
        .arg(&folder)
        .args([
            "add",
            "--base-url",
            "https://example.org/",
            "--title",
            "Wasser & <Land>",
        ])
        .args([&older, &newest])
        .output()
        .expect("it runs");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let names: Vec<String> = fs::read_dir(folder.join("episodes"))
        .expect("the episodes")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter_map(|file| file.strip_suffix(".mp3").map(str::to_owned))
        .filter(|name| name.starts_with("der-pegel"))
        .collect();
    assert_eq!(names.len(), 1, "{names:?}");
    (folder, names[0].clone())
}

/// Takes a picture where somebody wants to look at it: `SCREENSHOTS=/tmp cargo test --test browser -- --ignored`.
fn picture(browser: &mut Browser, name: &str, width: u32, dark: bool) {
    let Some(folder) = std::env::var_os("SCREENSHOTS") else {
        return;
    };
    let scheme = if dark { "dark" } else { "light" };
    let size = json!({"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false});
    browser.send("Emulation.setDeviceMetricsOverride", &size);
    let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
    browser.send("Emulation.setEmulatedMedia", &features);
    let shot = browser.send("Page.captureScreenshot", &json!({}));
    browser.send("Emulation.clearDeviceMetricsOverride", &json!({}));
    browser.send("Emulation.setEmulatedMedia", &json!({"features": []}));
    let bytes = BASE64_STANDARD
        .decode(shot["data"].as_str().expect("data"))
        .expect("base64");
    fs::write(Path::new(&folder).join(format!("{name}.png")), bytes).expect("a picture");
}

/// Number of the marked sentence, −1 for none; and that there is never more than one.
const MARKED: &str = "(() => { const all = [...document.querySelectorAll('[data-start]')]; \
    const on = all.filter((s) => s.ariaCurrent === 'true'); \
    return on.length > 1 ? -2 : all.indexOf(on[0]); })()";

const START: &str = "Number([...document.querySelectorAll('[data-start]')][INDEX].dataset.start)";

/// The mark and the sound are at a sentence: its beginning, or a little after it.
fn is_at(browser: &mut Browser, index: usize) {
    browser.wait(&format!("{MARKED} === {index}"));
    let start = browser.number(&START.replace("INDEX", &index.to_string()));
    let now = browser.number("document.querySelector('audio').currentTime");
    assert!(
        (start - 0.05..start + 3.0).contains(&now),
        "at {now}, not at {start}"
    );
}

fn sentence(index: usize) -> String {
    // The id is the number in the script; nothing is left out in this page.
    format!("#s{index}")
}

#[test]
#[ignore = "needs Debian's chromium; .ci/run installs it and runs this"]
fn the_page_reads_along_and_obeys_mouse_and_keyboard() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let (folder, name) = podcast(&home);
    let address = files::serve(&folder);
    let mut browser = Browser::start();

    browser.open(&address);
    picture(&mut browser, "index", 1000, false);
    picture(&mut browser, "index-dark-narrow", 400, true);
    let titles =
        browser.text("[...document.querySelectorAll('h3')].map((h) => h.textContent).join('|')");
    let (newest, older) = titles.split_once('|').expect("two episodes");
    assert_eq!(newest, "Der Pegel <script>hacked = 1</script> & \"steigt\"");
    assert!(older.starts_with("Gestern"), "{older}");
    browser.click("h3 a", 10.0);
    let page = format!("{address}episodes/{name}.html");
    browser.wait(&format!(
        "location.href === '{page}' && document.readyState === 'complete'"
    ));
    browser.wait("document.querySelector('audio').readyState > 0");
    picture(&mut browser, "episode", 1000, false);

    // Nothing is marked before it plays. The button of the browser's own player starts it; the mark moves on by itself.
    assert_eq!(browser.value(MARKED), -1);
    browser.click("audio", 22.0);
    browser.wait("document.querySelector('audio').currentTime > 0.2");
    assert_eq!(browser.value(MARKED), 0);
    is_at(&mut browser, 1);

    // A click on a sentence.
    browser.click(&sentence(3), 40.0);
    is_at(&mut browser, 3);
    browser.wait("!document.querySelector('audio').paused");
    picture(&mut browser, "reading", 1000, false);
    picture(&mut browser, "reading-narrow", 360, false);
    picture(&mut browser, "reading-dark", 1000, true);

    // The keyboard: from the sentence that has the focus with an arrow to the next, and with Enter there.
    browser.press("ArrowDown");
    browser.press("ArrowDown");
    assert_eq!(browser.text("document.activeElement.id"), "s5");
    browser.press("Enter");
    is_at(&mut browser, 5);
    browser.press("ArrowUp");
    browser.press("Enter");
    is_at(&mut browser, 4);

    // The buttons and the chapters.
    browser.click("#forward", 10.0);
    is_at(&mut browser, 5);
    browser.value("document.querySelector('audio').pause()");
    browser.click("#back", 10.0);
    browser.wait(&format!("[4, 5].includes({MARKED})"));
    browser.value("document.querySelector('nav li:last-child a').focus()");
    browser.press("Enter");
    let last_heading = browser.number(
        "[...document.querySelectorAll('[data-start]')].indexOf([...document.querySelectorAll('h2 [data-start]')].pop())",
    );
    is_at(&mut browser, last_heading as usize);
    let speed = "(() => { const s = document.getElementById('speed'); s.value = '1.5'; \
                 s.dispatchEvent(new Event('change')); return document.querySelector('audio').playbackRate; })()";
    assert_eq!(browser.value(speed), 1.5);

    // The end: the mark goes.
    browser.value("(() => { const a = document.querySelector('audio'); a.currentTime = a.duration - 0.3; })()");
    browser.wait(&format!(
        "document.querySelector('audio').ended && {MARKED} === -1"
    ));

    // From the disk, without a server, as well.
    browser.open(&format!("file://{}/episodes/{name}.html", folder.display()));
    browser.wait("document.querySelector('audio').readyState > 0");
    browser.click(&sentence(4), 5.0);
    is_at(&mut browser, 4);

    assert_eq!(browser.text("typeof hacked"), "undefined");
    assert!(browser.complaints.is_empty(), "{:#?}", browser.complaints);
}

#[test]
#[ignore = "needs Debian's chromium; .ci/run installs it and runs this"]
fn a_screen_reader_is_told_names_and_roles_and_the_keyboard_reaches_all() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let (folder, name) = podcast(&home);
    let address = files::serve(&folder);
    let mut browser = Browser::start();
    browser.open(&format!("{address}episodes/{name}.html"));
    browser.wait("document.querySelector('audio').readyState > 0");

    let tree = browser.send("Accessibility.getFullAXTree", &json!({}));
    let nodes: Vec<(String, String, &Value)> = (tree["nodes"].as_array().expect("nodes").iter())
        .filter(|node| node["ignored"] != true)
        .map(|node| {
            let of = |key: &str| node[key]["value"].as_str().unwrap_or_default().to_owned();
            (of("role"), of("name"), node)
        })
        .collect();
    let mut wrong: Vec<String> = (nodes.iter())
        .filter(|(role, name, _)| {
            let named = [
                "link",
                "button",
                "combobox",
                "slider",
                "heading",
                "navigation",
                "Audio",
            ];
            named.contains(&role.as_str()) && name.trim().is_empty()
        })
        .map(|(role, _, node)| format!("without a name: {role} {node}"))
        .collect();
    let roles: BTreeSet<(&str, &str)> = nodes
        .iter()
        .map(|(role, name, _)| (role.as_str(), name.as_str()))
        .collect();
    for wanted in [
        ("button", "Satz zurück"),
        ("button", "Satz weiter"),
        ("combobox", "Tempo"),
        ("navigation", "Kapitel"),
        ("navigation", "Dateien"),
        ("region", "Abspielen"),
        ("region", "Text zum Mitlesen"),
        ("link", "Alle Folgen"),
        (
            "link",
            "Die Feuerwehr war die ganze Nacht im Einsatz und pumpte Keller aus.",
        ),
        ("heading", "Wie es weitergeht"),
        ("main", ""),
    ] {
        if !roles.contains(&wanted) {
            wrong.push(format!("there is no {wanted:?} in {roles:#?}"));
        }
    }
    // Headings step down by one at most, and begin with one of the first level.
    let levels = browser
        .value("[...document.querySelectorAll('h1, h2, h3')].map((h) => Number(h.tagName[1]))");
    let levels: Vec<u64> = (levels.as_array().expect("levels").iter())
        .filter_map(Value::as_u64)
        .collect();
    if levels.first() != Some(&1) || levels.windows(2).any(|pair| pair[1] > pair[0] + 1) {
        wrong.push(format!("levels of headings: {levels:?}"));
    }
    // Nothing talks by itself.
    if browser
        .number("document.querySelectorAll('[aria-live], [role=status], [role=alert]').length")
        > 0.0
    {
        wrong.push("a live region".into());
    }

    // The way of the tabulator, and that the focus can be seen at each place.
    let mut way: Vec<String> = Vec::new();
    for _ in 0..40 {
        browser.press("Tab");
        let at = browser.text(
            "(() => { const e = document.activeElement; if (e === document.body) return ''; \
             return (e.dataset.start ? 'sentence' : e.id || e.textContent.trim() || e.localName) \
             + (getComputedStyle(e).outlineStyle === 'none' ? ' without outline' : ''); })()",
        );
        if at.is_empty() {
            break;
        }
        // The browser's own player has several stops, and draws the focus in its own way.
        let at = if at.starts_with("audio") {
            "audio".into()
        } else {
            at
        };
        if way.last() != Some(&at) {
            way.push(at);
        }
    }
    let expected = [
        "Zum Text",
        "Alle Folgen",
        "sentence",
        "audio",
        "back",
        "forward",
        "speed",
        "Der Pegel <script>hacked = 1</script> & \"steigt\"",
        "Was nun zu tun ist <img src=x onerror=hacked=1>",
        "Wie es weitergeht",
        "Ton",
    ];
    if !way
        .iter()
        .map(String::as_str)
        .take(expected.len())
        .eq(expected)
    {
        wrong.push(format!("the tabulator leads to {way:#?}"));
    }

    // Contrast (WCAG 2.2, 1.4.3 and 1.4.6): 7 for the text and the mark, 4.5 for the rest.
    let contrast = "(selector) => { \
        const e = document.querySelector(selector); \
        const light = (css) => { const [r, g, b] = css.match(/[\\d.]+/g).map((v) => v / 255) \
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); \
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; }; \
        let ground = e; \
        while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement; \
        const [a, b] = [light(getComputedStyle(e).color), light(getComputedStyle(ground).backgroundColor)]; \
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }";
    for scheme in ["light", "dark"] {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        browser.send("Emulation.setEmulatedMedia", &features);
        browser.value("document.querySelector('#s2').ariaCurrent = 'true'");
        for (selector, least) in [
            ("#s3", 7.0),
            ("#s2", 7.0),
            (".hint", 4.5),
            ("nav a", 4.5),
            ("#back", 7.0),
            ("footer a", 4.5),
        ] {
            let ratio = browser.number(&format!("({contrast})('{selector}')"));
            if ratio < least {
                wrong.push(format!(
                    "{scheme}: contrast of {selector} is {ratio:.1}, less than {least}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
