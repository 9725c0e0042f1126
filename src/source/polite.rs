//! Fetching many pages as a guest: one request at a time, a pause between two to the same host, and no page that the host's
//! `robots.txt` keeps programs from.

use std::{
    collections::HashMap,
    thread,
    time::{Duration, Instant},
};

use texting_robots::Robot;
use url::Url;

use super::{
    Input, Listing, MAX_REDIRECTS, Page, Raw, ReadOptions, SourceError, feed,
    http::{self, Answer},
    page, raw,
};

/// Name by which `robots.txt` may speak of this program.
const NAME: &str = "vorleser";

/// Longest pause that a host may ask for by `Crawl-delay`.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What is read of a `robots.txt`, in bytes (RFC 9309, 2.5: at least 500 KiB).
const MOST_RULES: usize = 512 * 1024;

/// Reads pages one after another.
#[derive(Default)]
pub struct Fetcher {
    pause: Duration,
    obeys_robots: bool,
    /// When each host was last asked.
    asked: HashMap<String, Instant>,
    /// The rules of each host.
    rules: HashMap<String, Robot>,
}

impl Fetcher {
    /// Waits `pause` between two requests to one host.
    #[must_use]
    pub fn new(pause: Duration) -> Self {
        Self {
            pause,
            ..Self::default()
        }
    }

    /// Whether `robots.txt` is asked from now on. It speaks to programs that follow lists and feeds, not to one that a person
    /// sends to a page.
    pub fn obey_robots(&mut self, obey: bool) {
        self.obeys_robots = obey;
    }

    /// Reads the page that `input` names.
    ///
    /// # Errors
    /// See [`SourceError`]; [`SourceError::Disallowed`] where `robots.txt` forbids it.
    pub fn read(&mut self, input: &Input, options: &ReadOptions) -> Result<Page, SourceError> {
        page(self.raw(input, options.timeout)?, options)
    }

    /// Reads a feed (RSS, Atom, JSON Feed) or a list of feeds (OPML).
    ///
    /// # Errors
    /// See [`SourceError`]; [`SourceError::Feed`] for what is none of these.
    pub fn listing(&mut self, input: &Input, timeout: Duration) -> Result<Listing, SourceError> {
        let raw = self.raw(input, timeout)?;
        feed::parse(&raw.bytes, raw.url.as_ref())
    }

    /// Fetches what a page shows, such as a picture, within the limits of a page.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub fn bytes(&mut self, url: &Url, timeout: Duration) -> Result<Vec<u8>, SourceError> {
        Ok(self.raw(&Input::Url(url.clone()), timeout)?.bytes)
    }

    fn raw(&mut self, input: &Input, timeout: Duration) -> Result<Raw, SourceError> {
        let Input::Url(url) = input else {
            return raw(input, timeout);
        };
        if !self.obeys_robots {
            return self.wait_and(url, self.pause, |url| http::fetch(url, timeout));
        }
        // A redirect may lead to a page, or a host, that programs are kept from.
        let mut url = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let pause = self.permission(&url, timeout)?;
            match self.wait_and(&url, pause, |url| http::fetch_here(url, timeout))? {
                Answer::Here(raw) => return Ok(raw),
                Answer::Elsewhere(place) => url = place,
            }
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        Err(SourceError::Redirects { host })
    }

    /// The pause that the host of a page wants, if its rules allow the page.
    fn permission(&mut self, url: &Url, timeout: Duration) -> Result<Duration, SourceError> {
        let usual = self.pause;
        let rules = self.rules(url, timeout)?;
        if !rules.allowed(url.as_str()) {
            return Err(SourceError::Disallowed { url: url.clone() });
        }
        let asked_for = rules
            .delay
            .and_then(|s| Duration::try_from_secs_f32(s).ok());
        Ok(usual.max(asked_for.unwrap_or_default().min(LONGEST_PAUSE)))
    }

    /// The rules of the host; fetched once. A host that has none allows everything; one that cannot be asked, nothing (RFC 9309,
    /// 2.3.1).
    fn rules(&mut self, url: &Url, timeout: Duration) -> Result<&Robot, SourceError> {
        let host = url.origin().ascii_serialization();
        if !self.rules.contains_key(&host) {
            let mut place = url.clone();
            place.set_path("/robots.txt");
            place.set_query(None);
            place.set_fragment(None);
            let rules = self.wait_and(&place, self.pause, |url| http::fetch(url, timeout));
            let text = match rules {
                Ok(raw) => raw.bytes,
                Err(
                    SourceError::NotFound { .. }
                    | SourceError::Forbidden { .. }
                    | SourceError::Status { .. }
                    | SourceError::Redirects { .. },
                ) => Vec::new(),
                Err(error) => return Err(error),
            };
            let text = &text[..text.len().min(MOST_RULES)];
            let robot =
                Robot::new(NAME, text).map_err(|_| SourceError::Disallowed { url: url.clone() })?;
            self.rules.insert(host.clone(), robot);
        }
        self.rules
            .get(&host)
            .ok_or_else(|| SourceError::Disallowed { url: url.clone() })
    }

    /// Sends a request when the host has had its pause.
    fn wait_and<T>(&mut self, url: &Url, pause: Duration, request: impl Fn(&Url) -> T) -> T {
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Some(asked) = self.asked.get(&host) {
            thread::sleep(pause.saturating_sub(asked.elapsed()));
        }
        let answer = request(url);
        // The pause begins when the host has done its work.
        self.asked.insert(host, Instant::now());
        answer
    }
}
