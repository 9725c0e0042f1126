//! `feed.xml`: RSS 2.0 (<https://www.rssboard.org/rss-specification>) with the tags of Apple
//! (<https://podcasters.apple.com/support/823-podcast-requirements>) and of Podcasting 2.0
//! (<https://github.com/Podcastindex-org/podcast-namespace>).

use std::io;

use jiff::{Timestamp, fmt::rfc2822};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use url::Url;

use super::{EPISODES, Entry, Podcast, words::Words};

const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
const PODCAST: &str = "https://podcastindex.org/namespace/1.0";
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Longest description of an episode, in characters; Apple cuts at 4,000 bytes.
const LONGEST: usize = 1500;

type Xml = Writer<Vec<u8>>;

/// The feed of a podcast that is served under `base`, which ends with a slash.
pub(super) fn feed(podcast: Podcast<'_>, base: &Url, entries: &[Entry]) -> io::Result<String> {
    let settings = podcast.settings;
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let rss = xml.create_element("rss").with_attributes([
        ("version", "2.0"),
        ("xmlns:atom", ATOM),
        ("xmlns:itunes", ITUNES),
        ("xmlns:podcast", PODCAST),
    ]);
    let channel = |xml: &mut Xml| {
        text(xml, "title", &settings.title)?;
        text(xml, "link", base.as_str())?;
        text(xml, "description", &settings.description)?;
        text(xml, "language", &settings.language)?;
        text(
            xml,
            "generator",
            concat!("vorleser ", env!("CARGO_PKG_VERSION")),
        )?;
        if let Some(newest) = entries.first() {
            text(xml, "pubDate", &date(newest.episode.added)?)?;
        }
        let address = format!("{base}feed.xml");
        let own = [
            ("href", address.as_str()),
            ("rel", "self"),
            ("type", "application/rss+xml"),
        ];
        empty(xml, "atom:link", &own)?;
        if let Some(author) = &settings.author {
            text(xml, "itunes:author", author)?;
        }
        text(xml, "itunes:type", "episodic")?;
        text(xml, "itunes:explicit", explicit(settings.explicit))?;
        empty(xml, "itunes:category", &[("text", &settings.category)])?;
        if let Some(cover) = podcast.cover {
            let cover = format!("{base}{cover}");
            empty(xml, "itunes:image", &[("href", &cover)])?;
            xml.create_element("image").write_inner_content(|xml| {
                text(xml, "url", &cover)?;
                text(xml, "title", &settings.title)?;
                text(xml, "link", base.as_str())
            })?;
        }
        if let Some(guid) = settings.guid {
            text(xml, "podcast:guid", &guid.to_string())?;
        }
        text(xml, "podcast:medium", "podcast")?;
        for entry in entries {
            xml.create_element("item")
                .write_inner_content(|xml| item(xml, podcast, base, entry))?;
        }
        Ok(())
    };
    rss.write_inner_content(|xml| {
        xml.create_element("channel").write_inner_content(channel)?;
        Ok(())
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn item(xml: &mut Xml, podcast: Podcast<'_>, base: &Url, entry: &Entry) -> io::Result<()> {
    let episode = &entry.episode;
    // Names of files hold small letters, digits and hyphens alone: nothing to be escaped in an address.
    let address = |ending: &str| format!("{base}{EPISODES}/{}.{ending}", entry.name);
    text(xml, "title", &episode.title())?;
    text(xml, "link", &address("html"))?;
    xml.create_element("guid")
        .with_attribute(("isPermaLink", "false"))
        .write_text_content(BytesText::new(&episode.guid.to_string()))?;
    text(xml, "pubDate", &date(episode.added)?)?;
    text(xml, "description", &description(podcast, entry))?;
    empty(
        xml,
        "enclosure",
        &[
            ("url", &address(episode.audio.kind.ending())),
            ("length", &episode.audio.bytes.to_string()),
            ("type", episode.audio.kind.media_type()),
        ],
    )?;
    if let Some(author) = episode.authors.as_ref().or(episode.publisher.as_ref()) {
        text(xml, "itunes:author", author)?;
    }
    let seconds = episode.timing.duration.round().max(1.0);
    text(xml, "itunes:duration", &seconds.to_string())?;
    text(xml, "itunes:explicit", explicit(podcast.settings.explicit))?;
    text(xml, "itunes:episodeType", "full")?;
    for (ending, media_type) in [
        ("vtt", "text/vtt"),
        ("srt", "application/x-subrip"),
        ("transcript.html", "text/html"),
    ] {
        let transcript = [
            ("url", address(ending)),
            ("type", media_type.to_owned()),
            ("language", episode.language().to_owned()),
        ];
        empty(
            xml,
            "podcast:transcript",
            &transcript.each_ref().map(|(k, v)| (*k, v.as_str())),
        )?;
    }
    if !episode.chapters.is_empty() {
        let chapters = address("chapters.json");
        let chapters = [
            ("url", chapters.as_str()),
            ("type", "application/json+chapters"),
        ];
        empty(xml, "podcast:chapters", &chapters)?;
    }
    Ok(())
}

/// The lead, where the article stands, and that the voice is not a person's.
fn description(podcast: Podcast<'_>, entry: &Entry) -> String {
    let words = Words::of(&podcast.settings.language);
    let episode = &entry.episode;
    let lead = episode.summary.as_deref().unwrap_or_default();
    let source = match (&episode.publisher, &episode.url) {
        (Some(publisher), Some(url)) => format!("{publisher}, {url}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    };
    let parts = [
        super::episode::shorten(lead, LONGEST),
        source,
        words.synthetic.to_owned(),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn explicit(explicit: bool) -> &'static str {
    if explicit { "true" } else { "false" }
}

fn date(when: Timestamp) -> io::Result<String> {
    rfc2822::to_string(&when.to_zoned_datetime(jiff::tz::TimeZone::UTC)).map_err(io::Error::other)
}

fn text(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(&clean(value)))?;
    Ok(())
}

fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    let mut element = xml.create_element(name);
    for (name, value) in attributes {
        element = element.with_attribute((*name, clean(value).as_str()));
    }
    element.write_empty()?;
    Ok(())
}

/// Text without what XML 1.0 cannot hold even when it is escaped, and without what turns the direction of the text around it.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| {
            let control = c.is_control() && !matches!(c, '\n' | '\t');
            let foreign = matches!(c, '\u{FFFE}' | '\u{FFFF}');
            let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            !(control || foreign || turns)
        })
        .collect()
}
