//! Fetching a large file in parts: a voice.

use std::io::{self, Read};
use std::time::Duration;

use reqwest::blocking::Response;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_RANGE, RANGE};
use url::Url;

use super::SourceError;
use super::http::{builder, check_status, classify, classify_body};

/// The rest of a file, as it arrives.
#[derive(Debug)]
pub struct Rest {
    /// Byte of the file that comes first: the one asked for, or 0 from a server that knows no ranges.
    pub start: u64,
    response: Response,
    host: String,
    idle: Duration,
}

/// Asks for a file from byte `from` on. A server that is silent for longer than `idle` has failed; the whole may take as
/// long as it takes.
///
/// # Errors
/// What can go wrong with a page can go wrong here.
pub fn rest_of(url: &Url, from: u64, idle: Duration) -> Result<Rest, SourceError> {
    let host = url.host_str().unwrap_or_default().to_owned();
    // On the client the limit is for each wait, on the request it would be for the whole.
    let client = builder()
        .timeout(idle)
        .build()
        .map_err(|source| SourceError::Client { source })?;
    // A packed answer could not be continued in the middle.
    let mut request = client.get(url.clone()).header(ACCEPT_ENCODING, "identity");
    if from > 0 {
        request = request.header(RANGE, format!("bytes={from}-"));
    }
    let response = request
        .send()
        .map_err(|error| classify(error, &host, idle))?;
    let host = response.url().host_str().unwrap_or_default().to_owned();
    // Nothing is left behind `from`, or the server thinks so: from the beginning, then.
    if response.status().as_u16() == 416 && from > 0 {
        return rest_of(url, 0, idle);
    }
    check_status(&response, &host)?;
    let start = if response.status().as_u16() == 206 {
        begin(&response).unwrap_or(from)
    } else {
        0
    };
    Ok(Rest {
        start,
        response,
        host,
        idle,
    })
}

/// First byte of an answer to a request for a range (RFC 9110, 14.4): `bytes 100-199/200`.
fn begin(response: &Response) -> Option<u64> {
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    let (begin, _) = range.trim().strip_prefix("bytes ")?.split_once('-')?;
    begin.parse().ok()
}

impl Rest {
    /// The next bytes; 0 at the end.
    ///
    /// # Errors
    /// When the connection breaks or the server falls silent.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, SourceError> {
        loop {
            match self.response.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => return other.map_err(|error| classify_body(error, &self.host, self.idle)),
            }
        }
    }
}
