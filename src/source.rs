//! Where articles come from: a web address, a file, standard input. The only module that opens a network
//! connection.
//!
//! Whatever arrives is bounded ([`MAX_PAGE_BYTES`], [`ReadOptions::timeout`]), checked to be text, and decoded;
//! the stages after this one see a [`Page`] and no bytes.

mod archive;
mod charset;
pub mod clipboard;
pub mod download;
mod feed;
mod http;
mod media;
mod polite;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

pub use feed::{FeedEntry, FeedError, Listing};
pub use http::can_encrypt;
pub use media::Foreign;
pub use polite::Fetcher;

/// Largest page that is read, in bytes after decompression.
pub const MAX_PAGE_BYTES: usize = 10 * 1024 * 1024;

/// Largest saved page with its images (`.mhtml`) that is read, in bytes. The page inside is held to
/// [`MAX_PAGE_BYTES`].
pub const MAX_ARCHIVE_BYTES: usize = 40 * 1024 * 1024;

/// Most redirects that are followed.
pub const MAX_REDIRECTS: usize = 5;

/// What the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A web address.
    Url(Url),
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// A page as fetched: address, media type, decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Final address after redirects, or the one given with `--base-url`.
    pub url: Option<Url>,
    /// How to read `text`.
    pub media: Media,
    /// The decoded text.
    pub text: String,
}

/// The media types that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// HTML or XHTML.
    Html,
    /// Plain text, a page copied from the browser, or Markdown.
    Text,
}

/// Limits and wishes for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// Overrides the guess from header, file name and content.
    pub media: Option<Media>,
    /// Address of a saved page.
    pub base_url: Option<Url>,
    /// How long a page from the network may take from the first packet to the last byte.
    pub timeout: Duration,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            media: None,
            base_url: None,
            timeout: Duration::from_secs(30),
        }
    }
}

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The input is neither an address nor a file that exists.
    #[error("{given:?} is neither a web address nor an existing file")]
    NoSuchInput {
        /// What was given.
        given: String,
        /// The address that was probably meant.
        suggestion: Option<Url>,
    },
    /// An address with another scheme than http or https.
    #[error("addresses that begin with {scheme:?} cannot be opened")]
    Scheme {
        /// The scheme, without the colon.
        scheme: String,
    },
    /// An address that cannot be understood.
    #[error("{given:?} is not a valid web address")]
    Address {
        /// What was given.
        given: String,
        /// Why.
        source: url::ParseError,
    },
    /// A file could not be read.
    #[error("the file {} cannot be read", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A directory was named where a file is needed.
    #[error("{} is a directory", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
    },
    /// Standard input could not be read.
    #[error("standard input cannot be read")]
    Stdin {
        /// Why.
        source: io::Error,
    },
    /// The input is larger than a page can be.
    #[error("the input is larger than {} MiB", limit / (1024 * 1024))]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The input is not text.
    #[error("the input is {found}, not an article")]
    Foreign {
        /// What it is.
        found: Foreign,
    },
    /// A saved page that holds no HTML.
    #[error("the saved page holds no HTML part")]
    Archive,
    /// There is nothing in the input.
    #[error("the input is empty")]
    Empty,
    /// The HTTP client cannot be set up, for instance because the system has no root certificates.
    #[error("secure connections cannot be set up on this system")]
    Client {
        /// Why.
        source: reqwest::Error,
    },
    /// The name of the host is unknown.
    #[error("the host {host} was not found")]
    Dns {
        /// Host name.
        host: String,
        /// Why.
        source: reqwest::Error,
    },
    /// Nothing listens at the address.
    #[error("{host} refused the connection")]
    Refused {
        /// Host name.
        host: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The connection failed for another reason.
    #[error("no connection to {host}")]
    Connect {
        /// Host name.
        host: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The server's certificate or its TLS is not acceptable.
    #[error("the secure connection to {host} failed")]
    Tls {
        /// Host name.
        host: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The page took too long.
    #[error("{host} did not deliver the page within {seconds} seconds")]
    Timeout {
        /// Host name.
        host: String,
        /// The limit.
        seconds: u64,
    },
    /// More redirects than are followed; usually a loop.
    #[error("{host} redirected more than {MAX_REDIRECTS} times")]
    Redirects {
        /// Host name.
        host: String,
    },
    /// The page does not exist (404, 410).
    #[error("{host} has no such page (HTTP {status})")]
    NotFound {
        /// Host name.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// The server wants a login or turns programs away (401, 403, 407, 451).
    #[error("{host} denies access to the page (HTTP {status})")]
    Forbidden {
        /// Host name.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// The server wants fewer requests (429).
    #[error("{host} asks to send fewer requests (HTTP 429)")]
    RateLimited {
        /// Host name.
        host: String,
        /// How long it asks to wait, in seconds.
        retry_after: Option<u64>,
    },
    /// The server failed (5xx).
    #[error("{host} has a fault of its own (HTTP {status})")]
    Server {
        /// Host name.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// Another status than success.
    #[error("{host} answered with HTTP {status}")]
    Status {
        /// Host name.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// The host's `robots.txt` keeps programs from the page.
    #[error("{url} is not for programs, says the robots.txt of its host")]
    Disallowed {
        /// The page.
        url: Url,
    },
    /// Neither a feed nor a list of feeds.
    #[error("this is no feed (RSS, Atom, JSON Feed) and no list of feeds (OPML)")]
    Feed {
        /// Why.
        source: Box<FeedError>,
    },
    /// The connection broke while the page was on its way, or the answer is not HTTP.
    #[error("the page from {host} did not arrive whole")]
    Transfer {
        /// Host name.
        host: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Input {
    /// Understands what the user named: `-`, an existing file, or an address. A file wins over an address,
    /// since an existing file was certainly meant.
    ///
    /// # Errors
    /// [`SourceError::NoSuchInput`], [`SourceError::Scheme`] or [`SourceError::Address`].
    pub fn parse(given: &str) -> Result<Self, SourceError> {
        if given == "-" {
            return Ok(Self::Stdin);
        }
        let path = Path::new(given);
        if !given.is_empty() && path.exists() {
            return Ok(Self::File(path.to_path_buf()));
        }
        let Some((scheme, _)) = given.split_once("://") else {
            return Err(SourceError::NoSuchInput {
                given: given.to_owned(),
                suggestion: meant_address(given),
            });
        };
        let url = Url::parse(given).map_err(|source| SourceError::Address {
            given: given.to_owned(),
            source,
        })?;
        match url.scheme() {
            "http" | "https" => Ok(Self::Url(url)),
            "file" => url
                .to_file_path()
                .map(Self::File)
                .map_err(|()| SourceError::NoSuchInput {
                    given: given.to_owned(),
                    suggestion: None,
                }),
            _ => Err(SourceError::Scheme {
                scheme: scheme.to_owned(),
            }),
        }
    }
}

/// The https address that `given` becomes when only the scheme was left out, such as `example.org/x`.
fn meant_address(given: &str) -> Option<Url> {
    let host = given.split(['/', '?', '#']).next()?;
    let (_, domain) = host.rsplit_once('.')?;
    let is_file_name = host.len() == given.len() && media::from_extension(domain).is_some();
    if is_file_name || domain.len() < 2 || !domain.chars().all(char::is_alphabetic) {
        return None;
    }
    if given.contains(char::is_whitespace) {
        return None;
    }
    Url::parse(&format!("https://{given}")).ok()
}

/// Bytes with all that was said about them on the way.
struct Raw {
    bytes: Vec<u8>,
    /// `Content-Type` of the answer.
    content_type: Option<String>,
    /// Ending of the file name, without the dot.
    extension: Option<String>,
    url: Option<Url>,
}

/// Reads the page that `input` names.
///
/// # Errors
/// See [`SourceError`].
pub fn read(input: &Input, options: &ReadOptions) -> Result<Page, SourceError> {
    page(raw(input, options.timeout)?, options)
}

/// Reads what `input` names, whatever it is.
fn raw(input: &Input, timeout: Duration) -> Result<Raw, SourceError> {
    Ok(match input {
        Input::Url(url) => http::fetch(url, timeout)?,
        Input::File(path) => read_file(path)?,
        Input::Stdin => {
            let bytes = read_bounded(io::stdin().lock(), MAX_PAGE_BYTES)
                .map_err(|source| SourceError::Stdin { source })?;
            Raw {
                bytes,
                content_type: None,
                extension: None,
                url: None,
            }
        }
    })
}

/// Makes a page of bytes that are already there, for instance the body of an answer. Never opens anything.
///
/// # Errors
/// [`SourceError::TooLarge`], [`SourceError::Foreign`], [`SourceError::Archive`] or [`SourceError::Empty`].
pub fn from_bytes(bytes: Vec<u8>, options: &ReadOptions) -> Result<Page, SourceError> {
    let raw = Raw {
        bytes,
        content_type: None,
        extension: None,
        url: None,
    };
    page(raw, options)
}

fn read_file(path: &Path) -> Result<Raw, SourceError> {
    let failed = |source| SourceError::File {
        path: path.to_path_buf(),
        source,
    };
    let file = File::open(path).map_err(failed)?;
    let facts = file.metadata().map_err(failed)?;
    if facts.is_dir() {
        return Err(SourceError::Directory {
            path: path.to_path_buf(),
        });
    }
    let extension = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    let limit = match extension.as_deref().and_then(media::from_extension) {
        Some(media::Kind::Archive) => MAX_ARCHIVE_BYTES,
        _ => MAX_PAGE_BYTES,
    };
    // The length is known before anything is read; devices and pipes give 0 and are bounded while reading.
    if facts.len() > limit as u64 {
        return Err(SourceError::TooLarge { limit });
    }
    Ok(Raw {
        bytes: read_bounded(file, limit).map_err(failed)?,
        content_type: None,
        extension,
        url: None,
    })
}

/// Reads to the end, or one byte beyond the limit, which [`page`] then turns away.
fn read_bounded(reader: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn page(raw: Raw, options: &ReadOptions) -> Result<Page, SourceError> {
    let Raw {
        bytes,
        content_type,
        extension,
        url,
    } = raw;
    if bytes.len() > MAX_ARCHIVE_BYTES {
        return Err(SourceError::TooLarge {
            limit: MAX_ARCHIVE_BYTES,
        });
    }
    if bytes.trim_ascii().is_empty() {
        return Err(SourceError::Empty);
    }
    let kind = media::judge(&bytes, content_type.as_deref(), extension.as_deref())
        .map_err(|found| SourceError::Foreign { found })?;
    if kind == media::Kind::Archive && options.media != Some(Media::Text) {
        let mut page = archive::open(&bytes)?;
        if page.text.len() > MAX_PAGE_BYTES {
            return Err(SourceError::TooLarge {
                limit: MAX_PAGE_BYTES,
            });
        }
        page.url = options.base_url.clone().or(page.url);
        return Ok(page);
    }
    if bytes.len() > MAX_PAGE_BYTES {
        return Err(SourceError::TooLarge {
            limit: MAX_PAGE_BYTES,
        });
    }
    let media = options.media.unwrap_or(match kind {
        media::Kind::Html => Media::Html,
        media::Kind::Text | media::Kind::Archive => Media::Text,
    });
    let text = charset::decode(&bytes, content_type.as_deref(), media == Media::Html);
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    Ok(Page {
        url: options.base_url.clone().or(url),
        media,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_told_apart() {
        let parsed = |given| Input::parse(given);
        assert!(matches!(parsed("-"), Ok(Input::Stdin)));
        assert!(matches!(parsed("https://example.org/a"), Ok(Input::Url(_))));
        assert!(matches!(parsed("HTTP://example.org"), Ok(Input::Url(_))));
        assert!(matches!(parsed("Cargo.toml"), Ok(Input::File(_))));
        assert!(matches!(
            parsed("ftp://example.org/a"),
            Err(SourceError::Scheme { scheme }) if scheme == "ftp"
        ));
        assert!(matches!(
            parsed("https://"),
            Err(SourceError::Address { .. })
        ));
    }

    #[test]
    fn an_address_without_scheme_is_suggested_but_a_file_name_is_not() {
        let rows = [
            ("example.org/x", Some("https://example.org/x")),
            ("www.example.org", Some("https://www.example.org/")),
            ("example.org:8080/x", None),
            ("article.html", None),
            ("no-such-file.txt", None),
            ("speek", None),
            ("", None),
            ("3.14", None),
            ("dir/article.html", None),
            ("Das ist ein Satz. Noch einer", None),
        ];
        for (given, expected) in rows {
            match Input::parse(given) {
                Err(SourceError::NoSuchInput { suggestion, .. }) => assert_eq!(
                    suggestion.as_ref().map(Url::as_str),
                    expected,
                    "for {given:?}"
                ),
                other => panic!("{given:?} gave {other:?}"),
            }
        }
    }
}
