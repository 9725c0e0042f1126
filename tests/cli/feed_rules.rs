//! The rules that a podcast's feed has to keep.

use std::{collections::BTreeSet, fs, path::Path, process::Command as Process};

/// What is wrong with a feed by the rules of RSS 2.0, Apple and Podcasting 2.0, read by another parser than wrote it.
pub fn faults(folder: &Path, base: &str) -> Vec<String> {
    const ITUNES: &str = "http://www.itunes.com/dtds/podcast-1.0.dtd";
    const PODCAST: &str = "https://podcastindex.org/namespace/1.0";
    const ATOM: &str = "http://www.w3.org/2005/Atom";
    let text = fs::read_to_string(folder.join("feed.xml")).expect("the feed");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let mut faults = Vec::new();
    let mut want = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    let child = |node: roxmltree::Node<'_, '_>, space: &str, name: &str| -> Vec<String> {
        node.children()
            .filter(|c| {
                c.tag_name().name() == name && c.tag_name().namespace().unwrap_or("") == space
            })
            .map(|c| c.text().unwrap_or_default().to_owned())
            .collect()
    };
    let one = |node, space: &str, name: &str| {
        let found = child(node, space, name);
        if found.len() == 1 {
            found[0].clone()
        } else {
            String::new()
        }
    };
    let attribute =
        |node: roxmltree::Node<'_, '_>, space: &str, name: &str, attribute: &str| -> Vec<String> {
            node.children()
                .filter(|c| {
                    c.tag_name().name() == name && c.tag_name().namespace().unwrap_or("") == space
                })
                .map(|c| c.attribute(attribute).unwrap_or_default().to_owned())
                .collect()
        };
    let date = |text: &str| jiff::fmt::rfc2822::parse(text).ok();
    let root = document.root_element();
    want(
        root.tag_name().name() == "rss" && root.attribute("version") == Some("2.0"),
        "rss 2.0",
    );
    let channel = root.first_element_child().expect("a channel");
    for name in ["title", "link", "description", "language"] {
        want(!one(channel, "", name).is_empty(), name);
    }
    want(
        one(channel, "", "link") == base,
        "link is the address of the folder",
    );
    want(
        attribute(channel, ATOM, "link", "href") == [format!("{base}feed.xml")],
        "atom:link",
    );
    want(
        attribute(channel, ATOM, "link", "rel") == ["self"],
        "atom:link self",
    );
    want(
        ["true", "false"].contains(&one(channel, ITUNES, "explicit").as_str()),
        "itunes:explicit",
    );
    want(
        !attribute(channel, ITUNES, "category", "text").is_empty(),
        "itunes:category",
    );
    let guid = one(channel, PODCAST, "guid");
    want(
        guid.len() == 36 && guid.as_bytes()[14] == b'5',
        "podcast:guid is a UUID of version 5",
    );
    let mut guids = BTreeSet::new();
    let mut dates = Vec::new();
    let items: Vec<_> = channel
        .children()
        .filter(|c| c.has_tag_name("item"))
        .collect();
    for item in &items {
        want(!one(*item, "", "title").is_empty(), "title of an item");
        want(
            !one(*item, "", "description").is_empty(),
            "description of an item",
        );
        let guid = one(*item, "", "guid");
        want(
            !guid.is_empty() && guids.insert(guid),
            "guid of an item, once",
        );
        want(
            attribute(*item, "", "guid", "isPermaLink") == ["false"],
            "isPermaLink",
        );
        let day = one(*item, "", "pubDate");
        want(date(&day).is_some(), "pubDate after RFC 2822");
        dates.extend(date(&day));
        let enclosure = |name: &str| attribute(*item, "", "enclosure", name).concat();
        let local = |url: &str| url.strip_prefix(base).map(|path| folder.join(path));
        let bytes = local(&enclosure("url")).and_then(|path| fs::metadata(path).ok());
        want(
            bytes.map(|b| b.len().to_string()) == Some(enclosure("length")),
            "length of the enclosure",
        );
        want(
            ["audio/mpeg", "audio/ogg"].contains(&enclosure("type").as_str()),
            "type of the enclosure",
        );
        let seconds: u32 = one(*item, ITUNES, "duration").parse().unwrap_or(0);
        want(seconds > 0, "itunes:duration");
        want(
            one(*item, ITUNES, "explicit") == "false",
            "itunes:explicit of an item",
        );
        want(
            attribute(*item, PODCAST, "transcript", "type")
                == ["text/vtt", "application/x-subrip", "text/html"],
            "podcast:transcript",
        );
        want(
            attribute(*item, PODCAST, "chapters", "type")
                .iter()
                .all(|kind| kind == "application/json+chapters"),
            "podcast:chapters",
        );
        let mut urls = attribute(*item, PODCAST, "transcript", "url");
        urls.extend(attribute(*item, PODCAST, "chapters", "url"));
        urls.push(one(*item, "", "link"));
        for url in urls {
            want(
                local(&url).is_some_and(|path| path.is_file()),
                &format!("{url} is served"),
            );
        }
    }
    want(
        dates.windows(2).all(|pair| pair[0] > pair[1]),
        "the newest first, no date twice",
    );
    // A third opinion, where it is installed.
    if let Ok(done) = Process::new("xmllint")
        .arg("--noout")
        .arg(folder.join("feed.xml"))
        .output()
        && !done.status.success()
    {
        faults.push(String::from_utf8_lossy(&done.stderr).into_owned());
    }
    faults
}
