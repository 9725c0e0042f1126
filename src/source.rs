//! Where articles come from. The only module that opens a network connection.

use std::path::PathBuf;

/// What the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A web address.
    Url(url::Url),
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// A page as fetched: address, media type, decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Final address after redirects, or the one given with `--base-url`.
    pub url: Option<url::Url>,
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// Overrides the guess from header, file name and content.
    pub media: Option<Media>,
    /// Address of a saved page.
    pub base_url: Option<url::Url>,
}

/// Why a page could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// A file could not be read.
    #[error("the file {path} cannot be read")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Reads the page that `input` names.
///
/// # Errors
/// See [`SourceError`].
pub fn read(_input: &Input, _options: &ReadOptions) -> Result<Page, SourceError> {
    todo!()
}
