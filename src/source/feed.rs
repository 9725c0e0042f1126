//! Feeds and lists of feeds: which articles there are. Their texts are not used, as they are seldom whole.

use quick_xml::{Reader, events::Event};
use url::Url;

use super::SourceError;

/// Most articles taken from one feed, and most feeds from one list.
const MOST: usize = 2_000;

/// What a feed or a list of feeds names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// The articles of a feed, in its order.
    Articles(Vec<FeedEntry>),
    /// The feeds of an OPML file, in its order.
    Feeds(Vec<Url>),
}

/// One article of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// Address of the page; `None` where the entry names none.
    pub url: Option<Url>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication (UTC), or of the last change where only that is given.
    pub date: Option<jiff::civil::Date>,
}

/// Why something is no feed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeedError {
    /// Neither RSS, Atom nor JSON Feed.
    #[error(transparent)]
    Feed(#[from] feed_rs::parser::ParseFeedError),
    /// Broken XML in an OPML file.
    #[error(transparent)]
    Opml(#[from] quick_xml::Error),
}

/// Understands RSS, Atom, JSON Feed and OPML. Relative addresses are relative to `base`.
pub(super) fn parse(bytes: &[u8], base: Option<&Url>) -> Result<Listing, SourceError> {
    let listing = if is_opml(bytes) {
        opml(bytes, base).map(Listing::Feeds)
    } else {
        articles(bytes, base).map(Listing::Articles)
    };
    listing.map_err(|source| SourceError::Feed {
        source: Box::new(source),
    })
}

/// Only http and https: a feed must not lead to the files of this computer.
fn address(given: &str, base: Option<&Url>) -> Option<Url> {
    let given = given.trim();
    let url = match base {
        Some(base) => base.join(given),
        None => Url::parse(given),
    };
    url.ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn articles(bytes: &[u8], base: Option<&Url>) -> Result<Vec<FeedEntry>, FeedError> {
    let feed = feed_rs::parser::Builder::new()
        .base_uri(base.map(Url::as_str))
        .build()
        .parse(bytes)?;
    let entries = feed.entries.into_iter().take(MOST);
    Ok(entries
        .map(|entry| {
            // `alternate`, or no relation at all, is the page; others are the sound, the comments, the feed.
            let links = entry.links.iter();
            let mut pages = links
                .filter(|link| !matches!(link.rel.as_deref(), Some(rel) if rel != "alternate"));
            let when = entry.published.or(entry.updated);
            FeedEntry {
                url: pages.find_map(|link| address(&link.href, base)),
                title: entry.title.map(|title| title.content),
                date: when.and_then(|when| {
                    let moment = jiff::Timestamp::from_second(when.timestamp()).ok()?;
                    Some(jiff::tz::Offset::UTC.to_datetime(moment).date())
                }),
            }
        })
        .collect())
}

/// Whether the first element is `opml`.
fn is_opml(bytes: &[u8]) -> bool {
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                return element.local_name().as_ref().eq_ignore_ascii_case("opml");
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// The attribute `xmlUrl` of every `outline` (OPML 2.0); the others only group them.
fn opml(bytes: &[u8], base: Option<&Url>) -> Result<Vec<Url>, FeedError> {
    let mut reader = Reader::from_reader(bytes);
    let mut feeds = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "outline" =>
            {
                let feed = element
                    .attributes()
                    .flatten()
                    .find(|attribute| attribute.key.local_name().as_ref() == "xmlUrl")
                    .and_then(|attribute| {
                        let value = &attribute.value;
                        address(&quick_xml::escape::unescape(value).ok()?, base)
                    });
                feeds.extend(feed.filter(|_| feeds.len() < MOST));
            }
            Event::Eof => return Ok(feeds),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(String, String, String)> {
        let base = Url::parse("https://blatt.example/feed.xml").unwrap();
        let Ok(Listing::Articles(entries)) = parse(text.as_bytes(), Some(&base)) else {
            panic!("no feed: {text}");
        };
        entries
            .into_iter()
            .map(|entry| {
                (
                    entry.url.map(String::from).unwrap_or_default(),
                    entry.title.unwrap_or_default(),
                    entry.date.map(|date| date.to_string()).unwrap_or_default(),
                )
            })
            .collect()
    }

    fn entry(url: &str, title: &str, date: &str) -> (String, String, String) {
        (url.into(), title.into(), date.into())
    }

    #[test]
    fn rss_and_atom_give_page_title_and_day() {
        let rss = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title>
            <item><title>Eins &amp; zwei</title><link>https://blatt.example/1</link>
              <pubDate>Sun, 25 May 2025 08:00:00 +0200</pubDate></item>
            <item><title>Verwandt</title><link>/2</link><pubDate>gestern</pubDate></item>
            <item><title>Ohne Adresse</title></item>
            <item><title>Böse</title><link>file:///etc/passwd</link></item>
            </channel></rss>"#;
        assert_eq!(
            found(rss),
            [
                entry("https://blatt.example/1", "Eins & zwei", "2025-05-25"),
                entry("https://blatt.example/2", "Verwandt", ""),
                entry("", "Ohne Adresse", ""),
                entry("", "Böse", ""),
            ]
        );
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Blatt</title><id>x</id><updated>2025-01-01T00:00:00Z</updated>
            <entry><id>1</id><title>Drei</title><updated>2025-06-01T23:30:00Z</updated>
            <link rel="enclosure" href="https://blatt.example/3.mp3"/><link rel="alternate" href="https://blatt.example/3"/></entry>
            </feed>"#;
        assert_eq!(
            found(atom),
            [entry("https://blatt.example/3", "Drei", "2025-06-01")]
        );
    }

    #[test]
    fn opml_gives_the_feeds_of_all_groups() {
        let opml = r#"<?xml version="1.0"?><opml version="2.0"><body><outline text="Nachrichten">
            <outline type="rss" xmlUrl="https://a.example/feed?x=1&amp;y=2"/><outline text="leer"/></outline>
            <outline xmlUrl="ftp://b.example/feed"/><outline xmlUrl="https://c.example/feed"/></body></opml>"#;
        let wanted = ["https://a.example/feed?x=1&y=2", "https://c.example/feed"];
        let Ok(Listing::Feeds(feeds)) = parse(opml.as_bytes(), None) else {
            panic!("no list of feeds");
        };
        assert_eq!(feeds.iter().map(Url::as_str).collect::<Vec<_>>(), wanted);
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end_and_lead_only_to_the_web(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "<opml>", "<outline xmlUrl='", "https://a.example/", "file:///etc/passwd", "'/>", "&amp;", "&", "<rss>",
                "<channel>", "<item>", "<link>", "</link>", "</item>", "<feed xmlns='http://www.w3.org/2005/Atom'>",
                "<entry>", "<link href='", "<![CDATA[", "]]>", "\u{0}", "ä", "<!--", "-->", "</", ">",
            ]), 0..40),
        ) {
            let urls: Vec<Url> = match parse(pieces.concat().as_bytes(), None) {
                Ok(Listing::Articles(entries)) => entries.into_iter().filter_map(|entry| entry.url).collect(),
                Ok(Listing::Feeds(feeds)) => feeds,
                Err(_) => Vec::new(),
            };
            prop_assert!(urls.iter().all(|url| matches!(url.scheme(), "http" | "https")), "{urls:?}");
        }
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for text in [
            "",
            "<html><p>Hallo</html>",
            "<rss><channel>",
            "{}",
            "<opml><outline",
            "\u{0}",
        ] {
            let got = parse(text.as_bytes(), None);
            let empty = matches!(&got, Ok(Listing::Articles(a)) if a.is_empty());
            assert!(
                empty || matches!(got, Err(SourceError::Feed { .. })),
                "{text:?}: {got:?}"
            );
        }
    }
}
