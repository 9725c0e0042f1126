//! Fetching a page over HTTP, within limits of time, size and redirects.

use std::error::Error;
use std::io::{self, Read};
use std::sync::Once;
use std::time::Duration;

use reqwest::blocking::{Client, ClientBuilder, Response};
use reqwest::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER,
};
use reqwest::redirect::Policy;
use url::Url;

use super::{MAX_PAGE_BYTES, MAX_REDIRECTS, Raw, SourceError};

/// Says who asks, so that a publisher can find out and object.
const USER_AGENT: &str = concat!(
    "vorleser/",
    env!("CARGO_PKG_VERSION"),
    " (+https://crates.io/crates/vorleser)"
);

/// Time to reach the host; the time for the whole page is the caller's.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// What one request gave.
pub(super) enum Answer {
    /// What was asked for.
    Here(Raw),
    /// Where it is instead.
    Elsewhere(Url),
}

/// Fetches the page at `url`; `timeout` bounds the whole of it, from the name lookup to the last byte.
pub(super) fn fetch(url: &Url, timeout: Duration) -> Result<Raw, SourceError> {
    let response = ask(url, timeout, Policy::limited(MAX_REDIRECTS))?;
    receive(response, timeout)
}

/// The same, but follows no redirect, so that it can be looked at where it leads.
pub(super) fn fetch_here(url: &Url, timeout: Duration) -> Result<Answer, SourceError> {
    let response = ask(url, timeout, Policy::none())?;
    let elsewhere = (response.status().is_redirection())
        .then(|| header(&response, &LOCATION))
        .flatten()
        .and_then(|place| response.url().join(&place).ok())
        .filter(|place| matches!(place.scheme(), "http" | "https"));
    match elsewhere {
        Some(place) => Ok(Answer::Elsewhere(place)),
        None => receive(response, timeout).map(Answer::Here),
    }
}

fn ask(url: &Url, timeout: Duration, redirects: Policy) -> Result<Response, SourceError> {
    let host = url.host_str().unwrap_or_default().to_owned();
    let failed = |error| classify(error, &host, timeout);
    builder()
        .redirect(redirects)
        .build()
        .map_err(|source| SourceError::Client { source })?
        .get(url.clone())
        // On the request and not on the client: only here does the limit span the body too, so that a server
        // that sends a byte a second comes to an end.
        .timeout(timeout)
        .send()
        .map_err(failed)
}

fn receive(response: Response, timeout: Duration) -> Result<Raw, SourceError> {
    // The last redirect may have led elsewhere.
    let host = response.url().host_str().unwrap_or_default().to_owned();
    check_status(&response, &host)?;
    if response
        .content_length()
        .is_some_and(|length| length > MAX_PAGE_BYTES as u64)
    {
        return Err(SourceError::TooLarge {
            limit: MAX_PAGE_BYTES,
        });
    }
    let content_type = header(&response, &CONTENT_TYPE);
    let url = response.url().clone();
    let mut bytes = Vec::new();
    response
        .take(MAX_PAGE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| classify_body(error, &host, timeout))?;
    if bytes.len() > MAX_PAGE_BYTES {
        return Err(SourceError::TooLarge {
            limit: MAX_PAGE_BYTES,
        });
    }
    Ok(Raw {
        bytes,
        content_type,
        extension: None,
        url: Some(url),
    })
}

/// Whether a client can be made, which takes the certificates of the system. Nothing is sent.
///
/// # Errors
/// [`SourceError::Client`].
pub fn can_encrypt() -> Result<(), SourceError> {
    let client = builder().build();
    client
        .map(drop)
        .map_err(|source| SourceError::Client { source })
}

/// A client with our name and limits.
pub(super) fn builder() -> ClientBuilder {
    static PROVIDER: Once = Once::new();
    // An error means that the program around this library has chosen a provider already; then that one is used.
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    let headers = HeaderMap::from_iter([
        (
            ACCEPT,
            HeaderValue::from_static(
                "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,*/*;q=0.1",
            ),
        ),
        (
            ACCEPT_LANGUAGE,
            HeaderValue::from_static("de,en;q=0.5,*;q=0.1"),
        ),
    ]);
    Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(headers)
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(Policy::limited(MAX_REDIRECTS))
        .referer(false)
}

fn header(response: &Response, name: &reqwest::header::HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

pub(super) fn check_status(response: &Response, host: &str) -> Result<(), SourceError> {
    let host = host.to_owned();
    let status = response.status().as_u16();
    Err(match status {
        200..=299 => return Ok(()),
        404 | 410 => SourceError::NotFound { host, status },
        401 | 403 | 407 | 451 => SourceError::Forbidden { host, status },
        429 => SourceError::RateLimited {
            host,
            retry_after: header(response, &RETRY_AFTER).and_then(|v| v.trim().parse().ok()),
        },
        500..=599 => SourceError::Server { host, status },
        _ => SourceError::Status { host, status },
    })
}

/// Gives an error of the client its name. The reasons lie deep in the chain of sources.
pub(super) fn classify(source: reqwest::Error, host: &str, timeout: Duration) -> SourceError {
    // A redirect may have led to another host.
    let host = source.url().and_then(Url::host_str).unwrap_or(host);
    let host = host.to_owned();
    if source.is_timeout() {
        return SourceError::Timeout {
            host,
            seconds: timeout.as_secs(),
        };
    }
    if source.is_redirect() {
        return SourceError::Redirects { host };
    }
    if source.is_builder() {
        // Of the addresses only those with another scheme fail here, and only a redirect can lead to them.
        return SourceError::Transfer {
            host,
            source: source.into(),
        };
    }
    if causes(&source).any(<dyn Error>::is::<rustls::Error>) {
        return SourceError::Tls { host, source };
    }
    let fails_with = |kind| {
        causes(&source)
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|cause| cause.kind() == kind)
    };
    if fails_with(io::ErrorKind::ConnectionRefused) {
        return SourceError::Refused { host, source };
    }
    // A server that hangs up at once while a connection is being made does so in the TLS handshake.
    if source.is_connect() && fails_with(io::ErrorKind::UnexpectedEof) {
        return SourceError::Tls { host, source };
    }
    // hyper-util has no public type for it; the test `an_unknown_host_is_named` watches over the words.
    if causes(&source).any(|cause| cause.to_string() == "dns error") {
        return SourceError::Dns { host, source };
    }
    if source.is_connect() {
        return SourceError::Connect { host, source };
    }
    SourceError::Transfer {
        host,
        source: source.into(),
    }
}

/// The body arrives through [`Read`], where the client's errors are wrapped once more.
pub(super) fn classify_body(error: io::Error, host: &str, timeout: Duration) -> SourceError {
    let timed_out = error.kind() == io::ErrorKind::TimedOut
        || causes(&error)
            .filter_map(|cause| cause.downcast_ref::<reqwest::Error>())
            .any(reqwest::Error::is_timeout);
    if timed_out {
        return SourceError::Timeout {
            host: host.to_owned(),
            seconds: timeout.as_secs(),
        };
    }
    SourceError::Transfer {
        host: host.to_owned(),
        source: error.into(),
    }
}

/// The error and all that caused it. An `io::Error` hides the error it carries from `source()`, so look inside.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().map(io::Error::get_ref) {
            Some(Some(carried)) => Some(carried as &(dyn Error + 'static)),
            _ => error.source(),
        }
    })
}
