//! Which articles are to be rendered: those named one by one, those of a list, those of a feed.

use std::{
    collections::HashSet,
    ffi::OsString,
    fs::File,
    io::{self, Read as _},
    path::Path,
    time::Duration,
};

use anyhow::{Context as _, Result};
use clap::Args;
use vorleser::{
    Input,
    source::{FeedEntry, Fetcher, Listing},
};

use super::super::{
    args::{INPUT, whole},
    input,
    locales::t,
    report::Usage,
};

/// What to read, when it may be much.
#[derive(Debug, Args)]
pub struct JobArgs {
    #[arg(help = INPUT, required_unless_present_any = ["list", "feed"])]
    pub input: Vec<OsString>,
    /// Read the addresses in a file too, one a line; # begins a comment; - for standard input
    #[arg(long, value_name = "FILE")]
    list: Option<OsString>,
    /// Read the articles of a feed too (RSS, Atom, JSON Feed), or of all feeds in an OPML file
    #[arg(long, value_name = "URL|FILE")]
    feed: Vec<OsString>,
    /// Leave out what a feed says is older than this day, such as 2025-05-25
    #[arg(long, value_name = "DATE", requires = "feed", value_parser = day)]
    since: Option<jiff::civil::Date>,
    /// Seconds from one request to the next to the same host
    #[arg(long, value_name = "SECONDS", default_value_t = 1, value_parser = whole(0, 60))]
    pause: u64,
}

/// One article to be rendered.
#[derive(Debug)]
pub struct Job {
    /// As it was named.
    pub name: String,
    /// Where it is; or why that is not known.
    pub input: Result<Input>,
    /// Comes from a list or a feed: then `robots.txt` counts.
    pub listed: bool,
    /// What the feed says about it.
    pub said: Said,
}

/// What a feed says about an article before its page is read.
#[derive(Debug, Default, Clone)]
pub struct Said {
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<jiff::civil::Date>,
}

/// Most bytes of a list.
const MOST_BYTES: u64 = 4 << 20;

/// Most feeds that are asked, whatever lists of feeds lead to.
const MOST_FEEDS: usize = 2000;

impl JobArgs {
    /// Whether there may be more than one article.
    pub fn is_many(&self) -> bool {
        self.input.len() > 1 || self.list.is_some() || !self.feed.is_empty()
    }

    /// Waits as long as was asked for between two requests.
    pub fn fetcher(&self) -> Fetcher {
        Fetcher::new(Duration::from_secs(self.pause))
    }

    /// All articles, each once. A feed that cannot be read is a job that has failed already; a list that cannot be read, an
    /// error.
    pub fn jobs(&self, fetcher: &mut Fetcher, timeout: Duration) -> Result<Vec<Job>> {
        let mut jobs: Vec<Job> = (self.input.iter())
            .map(|given| Job {
                name: given.to_string_lossy().into_owned(),
                input: input::named(given),
                listed: false,
                said: Said::default(),
            })
            .collect();
        if let Some(list) = &self.list {
            let text = read_list(list)
                .with_context(|| t!("cannot-read", file = list.to_string_lossy()))?;
            jobs.extend(listed(&text));
        }
        for feed in &self.feed {
            self.follow(feed, fetcher, timeout, &mut jobs);
        }
        let mut seen = HashSet::new();
        jobs.retain(|job| seen.insert(job.name.clone()));
        Ok(jobs)
    }

    /// The articles of a feed, or of all feeds of a list of feeds.
    fn follow(
        &self,
        given: &OsString,
        fetcher: &mut Fetcher,
        timeout: Duration,
        jobs: &mut Vec<Job>,
    ) {
        fetcher.obey_robots(true);
        let mut waiting = vec![(
            given.to_string_lossy().into_owned(),
            input::named(given),
            true,
        )];
        let mut asked = 0;
        while let Some((name, place, may_list)) = waiting.pop() {
            asked += 1;
            let listing = place.and_then(|place| Ok(fetcher.listing(&place, timeout)?));
            match listing {
                Ok(Listing::Articles(entries)) => {
                    let entries = entries.into_iter().filter(|entry| {
                        let old = |since| entry.date.is_some_and(|date| date < since);
                        !self.since.is_some_and(old)
                    });
                    jobs.extend(entries.map(|entry| of_feed(entry, &name)));
                }
                // Only a list that the user named leads on; otherwise two lists could lead to each other for ever.
                Ok(Listing::Feeds(feeds)) if may_list && asked < MOST_FEEDS => {
                    let feeds = feeds.into_iter().rev();
                    waiting.extend(feeds.map(|url| (url.to_string(), Ok(Input::Url(url)), false)));
                }
                Ok(Listing::Feeds(_)) => {}
                Err(error) => jobs.push(Job {
                    name: t!("the-feed", feed = name),
                    input: Err(error),
                    listed: true,
                    said: Said::default(),
                }),
            }
        }
        fetcher.obey_robots(false);
    }
}

fn of_feed(entry: FeedEntry, feed: &str) -> Job {
    let FeedEntry { url, title, date } = entry;
    let name = match (&url, &title) {
        (Some(url), _) => url.to_string(),
        (None, Some(title)) => format!("{title} ({feed})"),
        (None, None) => t!("entry-of", feed = feed),
    };
    Job {
        name,
        input: url
            .map(Input::Url)
            .ok_or_else(|| Usage(t!("entry-without-address")).into()),
        listed: true,
        said: Said { title, date },
    }
}

/// A day, as the feeds of `--since` are sorted by.
fn day(given: &str) -> Result<jiff::civil::Date, String> {
    given.parse().map_err(|_| t!("not-a-day"))
}

fn read_list(list: &OsString) -> io::Result<String> {
    let mut text = String::new();
    if list == "-" {
        io::stdin()
            .lock()
            .take(MOST_BYTES)
            .read_to_string(&mut text)?;
    } else {
        File::open(Path::new(list))?
            .take(MOST_BYTES)
            .read_to_string(&mut text)?;
    }
    Ok(text)
}

/// Only addresses: a list that comes from elsewhere must not lead to the files of this computer.
fn listed(text: &str) -> impl Iterator<Item = Job> {
    let lines = text.trim_start_matches('\u{feff}').lines();
    lines.enumerate().filter_map(|(number, line)| {
        // A comment stands at the beginning or after a space; within an address # is a part of it.
        let line = line.split(" #").next().unwrap_or_default().trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        let url = url::Url::parse(line)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let wrong = || Usage(t!("list-line", line = number + 1));
        Some(Job {
            name: line.to_owned(),
            input: url.map(Input::Url).ok_or_else(|| wrong().into()),
            listed: true,
            said: Said::default(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_addresses_and_comments() {
        let text = "\u{feff}# morgens\nhttps://a.example/1#teil\r\n\n  https://a.example/2 # gut\n/etc/passwd\nfile:///etc/passwd\n";
        let jobs: Vec<_> = listed(text)
            .map(|job| (job.name, job.input.map_err(|error| error.to_string())))
            .collect();
        let url = |text| Ok(Input::Url(url::Url::parse(text).unwrap()));
        let wrong = |line| Err(format!("line {line} of the list is no web address"));
        assert_eq!(
            jobs,
            [
                (
                    "https://a.example/1#teil".into(),
                    url("https://a.example/1#teil")
                ),
                ("https://a.example/2".into(), url("https://a.example/2")),
                ("/etc/passwd".into(), wrong(5)),
                ("file:///etc/passwd".into(), wrong(6)),
            ]
        );
    }
}
