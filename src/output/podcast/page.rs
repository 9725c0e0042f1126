//! The pages of a podcast: the list of episodes, an episode with the player that reads along, and its plain transcript.
//!
//! Text comes from the web, so every bit of it goes through `maud`, which escapes it. A page needs nothing from elsewhere but
//! its sound and the picture: the policy in its head names the style and the script by their hashes and forbids all else.

use std::sync::LazyLock;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest::{SHA256, digest};

use super::{EPISODES, Entry, Episode, Podcast, words::Words};
use crate::{
    output::timing::Sentence,
    script::{Part, Role},
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("player.js");

/// What a page may do: show its own pictures, play its own sound, and run the one script.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src 'self' data:; media-src 'self'; base-uri 'none'; \
         form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
});

/// Speeds that a listener can choose.
const SPEEDS: [f64; 7] = [0.75, 0.9, 1.0, 1.15, 1.3, 1.5, 2.0];

/// Longest lead on the page of all episodes, in characters.
const TEASER: usize = 300;

fn hash(text: &str) -> String {
    let digest = digest(&SHA256, text.as_bytes());
    format!("sha256-{}", BASE64_STANDARD.encode(digest))
}

/// `index.html`: the episodes, the newest first.
pub(super) fn index(podcast: Podcast<'_>, entries: &[Entry]) -> String {
    let settings = podcast.settings;
    let words = Words::of(&settings.language);
    let body = html! {
        main {
            header {
                @if let Some(cover) = podcast.cover { img .cover src=(cover) alt=""; }
                h1 lang=(settings.language) { (settings.title) }
                p lang=(settings.language) { (settings.description) }
                @if settings.base_url.is_some() { p { a href="feed.xml" { (words.subscribe) } } }
            }
            h2 { (words.episodes) }
            @if entries.is_empty() { p { (words.none) } }
            ul .episodes role="list" {
                @for Entry { name, episode } in entries {
                    li {
                        h3 lang=(episode.language()) {
                            a href=(format!("{EPISODES}/{name}.html")) { (episode.title()) }
                        }
                        (facts(words, episode))
                        @if let Some(lead) = &episode.summary {
                            p lang=(episode.language()) { (super::episode::shorten(lead, TEASER)) }
                        }
                    }
                }
            }
        }
        footer { p { (words.synthetic) } }
    };
    let feed = settings.base_url.is_some().then_some("feed.xml");
    page(words, &settings.title, feed, &body)
}

/// `NAME.html`: an episode with the player that reads along.
pub(super) fn episode(podcast: Podcast<'_>, name: &str, episode: &Episode) -> String {
    let settings = podcast.settings;
    let words = Words::of(&settings.language);
    let title = episode.title();
    let sound = format!("{name}.{}", episode.audio.kind.ending());
    let (head, body) = split(&episode.timing.sentences);
    let titled = head.iter().any(|block| block.role == Role::Title);
    let file = |ending: &str, words: &str| {
        html! { li { a href=(format!("{name}.{ending}")) { (words) } } }
    };
    let body = html! {
        a .skip href="#body" { (words.skip) }
        p .up { a href="../index.html" { (words.all) } " – " span lang=(settings.language) { (settings.title) } }
        main {
            div #text {
                header lang=(episode.language()) {
                    @if !titled { h1 { (title) } }
                    @for block in &head { (block.html(episode)) }
                }
                section .player aria-label=(words.player) {
                    audio controls preload="metadata" src=(sound) aria-label=(title) {}
                    div .controls hidden {
                        button #back type="button" { (words.back) }
                        button #forward type="button" { (words.forward) }
                        label { (words.speed) " " select #speed {
                            @for speed in SPEEDS {
                                option value=(speed) selected[(speed - 1.0).abs() < 0.01] { (words.number(speed)) "\u{202f}×" }
                            }
                        } }
                    }
                }
                p .facts { (fact(words, episode)) }
                p .hint hidden { (words.hint) }
                (chapters(words, episode))
                section #body tabindex="-1" aria-label=(words.text) lang=(episode.language()) {
                    (blocks(&body, episode))
                }
            }
        }
        footer {
            p {
                (words.synthetic)
                @if let Some(url) = &episode.url { " " a href=(url) rel="noreferrer" { (words.source) } }
            }
            nav aria-label=(words.files) { ul role="list" {
                (file(episode.audio.kind.ending(), words.sound))
                (file("transcript.html", words.transcript))
                (file("vtt", &format!("{} (WebVTT)", words.subtitles)))
                (file("srt", &format!("{} (SRT)", words.subtitles)))
            } }
        }
        script { (PreEscaped(SCRIPT)) }
    };
    let feed = settings.base_url.is_some().then_some("../feed.xml");
    page(words, &title, feed, &body)
}

/// `NAME.transcript.html`: the text with times, in the form that Podcasting 2.0 has for it
/// (<https://github.com/Podcastindex-org/podcast-namespace/blob/main/transcripts/transcripts.md>).
pub(super) fn transcript(podcast: Podcast<'_>, episode: &Episode) -> String {
    let words = Words::of(&podcast.settings.language);
    let title = episode.title();
    let body = html! {
        main lang=(episode.language()) {
            h1 { (title) }
            @for block in grouped(&episode.timing.sentences) {
                time { (clock(block.start())) }
                p {
                    @for (number, sentence) in block.sentences.iter().enumerate() {
                        @if number > 0 { " " }
                        span lang=[episode.languages.get(&sentence.number)] { (sentence.text) }
                    }
                }
            }
        }
    };
    page(words, &title, None, &body)
}

/// A whole page around its body.
fn page(words: &Words, title: &str, feed: Option<&str>, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(words.language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(*POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                // Browsers ask for a picture of the site unless they are told that there is none.
                link rel="icon" href="data:,";
                @if let Some(feed) = feed {
                    link rel="alternate" type="application/rss+xml" title="RSS" href=(feed);
                }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    page.into_string() + "\n"
}

/// Day, length and publication.
fn fact(words: &Words, episode: &Episode) -> Markup {
    let day = episode.published.unwrap_or_else(|| {
        let zone = jiff::tz::TimeZone::UTC;
        episode.added.to_zoned_datetime(zone).date()
    });
    html! {
        time datetime=(day) { (words.day(day)) }
        " · " (words.length(episode.timing.duration))
        @if let Some(publisher) = &episode.publisher { " · " bdi { (publisher) } }
    }
}

fn facts(words: &Words, episode: &Episode) -> Markup {
    html! { p .facts { (fact(words, episode)) } }
}

/// Links to the chapters, if there are at least two.
fn chapters(words: &Words, episode: &Episode) -> Markup {
    let sentences = &episode.timing.sentences;
    let first = |start: f64| {
        sentences
            .iter()
            .find(|s| s.start >= start - 0.001 && speaks(s))
    };
    html! {
        @if episode.chapters.len() > 1 {
            nav aria-label=(words.chapters) {
                h2 { (words.chapters) }
                ol lang=(episode.language()) {
                    @for chapter in &episode.chapters {
                        @if let Some(sentence) = first(chapter.start) {
                            li { a href=(format!("#s{}", sentence.number)) { (chapter.title) } }
                        }
                    }
                }
            }
        }
    }
}

/// The sentences of one part of the article.
struct Block<'a> {
    part: Part,
    role: Role,
    sentences: Vec<&'a Sentence>,
}

impl Block<'_> {
    fn start(&self) -> f64 {
        self.sentences
            .first()
            .map_or(0.0, |sentence| sentence.start)
    }

    fn html(&self, episode: &Episode) -> Markup {
        let text = html! {
            @for (number, sentence) in self.sentences.iter().enumerate() {
                @if number > 0 { " " }
                a #{ "s" (sentence.number) } href=(format!("#s{}", sentence.number)) data-start=(sentence.start)
                    lang=[episode.languages.get(&sentence.number)] { (sentence.text) }
            }
        };
        match self.role {
            Role::Title => html! { h1 { (text) } },
            Role::Heading => html! { h2 { (text) } },
            Role::TickerEntry => html! { h3 { (text) } },
            Role::Quote => html! { blockquote { p { (text) } } },
            Role::ListItem => html! { li { (text) } },
            Role::Kicker => html! { p .kicker { (text) } },
            Role::Byline => html! { p .byline { (text) } },
            Role::Lead => html! { p .lead { (text) } },
            Role::Question => html! { p .question { (text) } },
            Role::Note => html! { p .note { (text) } },
            Role::Body | Role::Answer | Role::TableRow => html! { p { (text) } },
        }
    }
}

/// All blocks; list items that follow each other are one list.
fn blocks(blocks: &[Block<'_>], episode: &Episode) -> Markup {
    let is_item = |block: &Block<'_>| block.role == Role::ListItem;
    html! {
        @for run in blocks.chunk_by(|a, b| is_item(a) && is_item(b)) {
            @if is_item(&run[0]) {
                ul { @for block in run { (block.html(episode)) } }
            } @else {
                (run[0].html(episode))
            }
        }
    }
}

fn speaks(sentence: &Sentence) -> bool {
    !sentence.text.trim().is_empty()
}

/// The sentences by the parts of the article that they belong to. Words of ours that are not shown are passed over.
fn grouped(sentences: &[Sentence]) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block> = Vec::new();
    for sentence in sentences.iter().filter(|sentence| speaks(sentence)) {
        // Names and day are two sentences, and one line.
        let together = |block: &Block| {
            block.part == sentence.part || (block.part, sentence.part) == (Part::Byline, Part::Date)
        };
        match blocks.last_mut().filter(|block| together(block)) {
            Some(block) => {
                // A paragraph with a quotation in it is a paragraph.
                if matches!(block.role, Role::Quote | Role::Note) {
                    block.role = sentence.role;
                }
                block.sentences.push(sentence);
            }
            None => blocks.push(Block {
                part: sentence.part,
                role: sentence.role,
                sentences: vec![sentence],
            }),
        }
    }
    blocks
}

/// What stands above the player, up to the title and the names, and what stands below.
fn split(sentences: &[Sentence]) -> (Vec<Block<'_>>, Vec<Block<'_>>) {
    let mut head = grouped(sentences);
    let of_head = |block: &Block| matches!(block.role, Role::Kicker | Role::Title | Role::Byline);
    let end = head
        .iter()
        .position(|block| !of_head(block))
        .unwrap_or(head.len());
    let body = head.split_off(end);
    (head, body)
}

/// `1:02:03` or `2:03`
fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0) as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, m, s) => format!("{m}:{s:02}"),
        (h, m, s) => format!("{h}:{m:02}:{s:02}"),
    }
}
