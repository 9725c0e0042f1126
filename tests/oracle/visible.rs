//! Whether a page shows what an article says: for each block of running text, its words stand in the texts of the page in
//! this order, close to each other. An oracle of its own: nothing of the extractor is used. Shared by the property tests
//! and the fuzz targets.

use html5ever::{ParseOpts, parse_document, tendril::TendrilSink, tree_builder::TreeBuilderOpts};
use scraper::{Html, HtmlTreeSink, Node};
use vorleser::{Article, BlockKind};

/// Letters and figures that may stand between two words of one block: what was left out of it.
const GAP: usize = 5000;

/// The first text of an article that its page does not show. What is put together by us (rows of tables, the labels of
/// moments and posts, notes) is compared word by word with all that the page holds.
pub fn not_on_page(html: &str, article: &Article) -> Option<String> {
    let sink = HtmlTreeSink::new(Html::new_document());
    let options = ParseOpts {
        // As without JavaScript: `noscript` is markup.
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let page = parse_document(sink, options).one(html);
    let (mut shown, mut held, mut scripts) = (String::new(), String::new(), 0);
    for node in page.tree.root().descendants() {
        match node.value() {
            Node::Text(text) => {
                let around = node
                    .parent()
                    .and_then(|parent| parent.value().as_element())
                    .map_or("", |element| element.name());
                held.push_str(text);
                match around {
                    "script" => scripts += text.len(),
                    "style" => {}
                    _ => letters(&decoded(text), &mut shown),
                }
            }
            Node::Element(element) => {
                for (_, value) in element.attrs() {
                    held.push(' ');
                    held.push_str(value);
                }
            }
            _ => {}
        }
    }
    let mut all = String::new();
    letters(&decoded(&held), &mut all);
    // What a script holds is escaped in its own ways.
    letters(html, &mut all);
    missing(article, &shown, &format!("{shown}{all}"), scripts >= 300)
}

/// The same for a text without markup.
pub fn not_in_text(text: &str, article: &Article) -> Option<String> {
    let mut shown = String::new();
    letters(&decoded(text), &mut shown);
    let mut all = shown.clone();
    letters(text, &mut all);
    missing(article, &shown, &all, false)
}

fn missing(article: &Article, shown: &str, all: &str, has_data: bool) -> Option<String> {
    let head = article
        .title
        .iter()
        .chain(&article.kicker)
        .chain(&article.authors);
    let made = article.blocks.iter().filter(|block| {
        matches!(
            block.kind,
            BlockKind::TableRow | BlockKind::Post | BlockKind::TickerEntry
        )
    });
    let is_held = |text: &str| words(text).all(|word| word == "uhr" || holds(all, &word));
    let head = head
        .map(String::as_str)
        .chain(made.map(|block| block.text.text.as_str()))
        .find(|text| !is_held(text));
    let running = article.blocks.iter().filter(|block| {
        !matches!(
            block.kind,
            BlockKind::TableRow | BlockKind::Post | BlockKind::TickerEntry | BlockKind::Note
        )
    });
    let lead = article.lead.iter().map(|text| text.text.as_str());
    head.or_else(|| {
        lead.chain(running.map(|block| block.text.text.as_str()))
            // An article out of the data of a script is not shown.
            .find(|text| !(stands_in(shown, text) || has_data && is_held(text)))
    })
    .map(str::to_owned)
}

/// Whether the words of a text stand in this order in a run of letters, close to each other.
fn stands_in(shown: &str, text: &str) -> bool {
    let words: Vec<String> = words(text).collect();
    let Some(first) = words.first() else {
        return true;
    };
    // Most texts stand there in one piece.
    if shown.contains(&words.concat()) {
        return true;
    }
    let begins_with = |part: &str| {
        shown.match_indices(part).any(|(at, _)| {
            words
                .iter()
                .try_fold(at, |from, word| after(shown, from, word, PARTS))
                .is_some()
        })
    };
    // The first word may itself be in parts.
    let sign = first.chars().next().map_or(0, char::len_utf8);
    begins_with(first) || begins_with(&first[..sign])
}

/// A browser too shows `Bote<span hidden>…</span>Bote` as one word: it may be in so many parts.
const PARTS: usize = 4;

/// Where a word ends that stands, in one part or several, behind a place in a run of letters.
fn after(shown: &str, from: usize, word: &str, parts: usize) -> Option<usize> {
    let mut to = shown.len().min(from + GAP + word.len());
    while !shown.is_char_boundary(to) {
        to += 1;
    }
    let near = &shown[from..to];
    if let Some(gap) = near.find(word) {
        return Some(from + gap + word.len());
    }
    if parts < 2 {
        return None;
    }
    (1..word.len())
        .rev()
        .filter(|cut| word.is_char_boundary(*cut))
        .filter_map(|cut| {
            let gap = near.find(&word[..cut])?;
            after(shown, from + gap + cut, &word[cut..], parts - 1)
        })
        // The first to end leaves most room for the words that follow.
        .min()
}

/// Whether the letters hold a word, or at most four parts of it: a browser too shows `Bote<script>…</script>Bote` as one
/// word.
fn holds(all: &str, word: &str) -> bool {
    let mut rests = vec![word];
    for _ in 0..4 {
        if rests.iter().any(|rest| all.contains(rest)) {
            return true;
        }
        rests = rests
            .iter()
            .flat_map(|rest| {
                let ends = rest.char_indices().skip(1).map(|(at, _)| at);
                ends.take_while(|at| all.contains(&rest[..*at]))
                    .map(|at| &rest[at..])
            })
            .collect();
        rests.sort_unstable();
        rests.dedup();
    }
    false
}

/// Words, without punctuation and invisible characters, in small letters.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| c.is_whitespace() || "-–/|:".contains(c))
        .map(|word| {
            let mut out = String::new();
            letters(word, &mut out);
            out
        })
        .filter(|word| !word.is_empty())
}

/// Appends letters and figures only, in small letters. A raised figure is a figure: where the page raises one, it is
/// written with a sign of its own.
fn letters(text: &str, out: &mut String) {
    let lowered = |c: char| {
        "⁰¹²³⁴⁵⁶⁷⁸⁹"
            .chars()
            .zip('0'..='9')
            .find_map(|(raised, figure)| (raised == c).then_some(figure))
            .unwrap_or(c)
    };
    out.extend(
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .map(lowered)
            .flat_map(char::to_lowercase),
    );
}

/// Entities that are written as text, because they were encoded twice.
fn decoded(text: &str) -> String {
    const NAMED: [(&str, &str); 24] = [
        ("auml", "ä"),
        ("ouml", "ö"),
        ("uuml", "ü"),
        ("Auml", "Ä"),
        ("Ouml", "Ö"),
        ("Uuml", "Ü"),
        ("szlig", "ß"),
        ("eacute", "é"),
        ("egrave", "è"),
        ("agrave", "à"),
        ("ccedil", "ç"),
        ("amp", "&"),
        ("apos", " "),
        ("quot", " "),
        ("nbsp", " "),
        ("shy", ""),
        ("euro", "€"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("hellip", "…"),
        ("bdquo", "„"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("rsquo", "’"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let name = rest
            .find(';')
            .filter(|end| *end < 10)
            .map(|end| &rest[..end]);
        let sign = name.and_then(|name| match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                };
                code.and_then(char::from_u32)
                    .filter(|c| !c.is_control())
                    .map(String::from)
            }
            None => NAMED
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, sign)| (*sign).to_owned()),
        });
        if let (Some(name), Some(sign)) = (name, sign) {
            out.push_str(&sign);
            rest = &rest[name.len() + 1..];
        } else {
            out.push('&');
        }
    }
    out.push_str(rest);
    out
}
