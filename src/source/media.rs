//! What a stretch of bytes is: a page, plain text, a saved page, or something that cannot be read aloud.

use std::fmt;

/// How far into the input its nature is looked for, in bytes.
const SNIFF_BYTES: usize = 8192;

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Html,
    Text,
    /// A page saved with its images as one MIME message (`.mhtml`).
    Archive,
}

/// An input that is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// PDF.
    Pdf,
    /// A picture, as a media type.
    Image(String),
    /// Sound, as a media type.
    Audio(String),
    /// A film, as a media type.
    Video(String),
    /// Another media type, such as `application/zip`.
    Other(String),
    /// Binary data of an unknown kind.
    Binary,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pdf => write!(f, "a PDF document"),
            Self::Image(media_type) => write!(f, "an image ({media_type})"),
            Self::Audio(media_type) => write!(f, "an audio file ({media_type})"),
            Self::Video(media_type) => write!(f, "a video ({media_type})"),
            Self::Other(media_type) => write!(f, "a file of the type {media_type}"),
            Self::Binary => write!(f, "binary data"),
        }
    }
}

impl Foreign {
    fn of(media_type: &str) -> Self {
        let media_type = media_type.to_owned();
        match media_type.split_once('/') {
            _ if media_type == "application/pdf" => Self::Pdf,
            Some(("image", _)) => Self::Image(media_type),
            Some(("audio", _)) => Self::Audio(media_type),
            Some(("video", _)) => Self::Video(media_type),
            _ => Self::Other(media_type),
        }
    }
}

/// The kind that the ending of a file name stands for.
pub(super) fn from_extension(extension: &str) -> Option<Kind> {
    match extension {
        "html" | "htm" | "xhtml" | "xht" => Some(Kind::Html),
        "txt" | "text" | "md" | "markdown" => Some(Kind::Text),
        "mhtml" | "mht" => Some(Kind::Archive),
        _ => None,
    }
}

/// Decides what `bytes` are. Content beats what is said about it where it is certain; the header beats the
/// ending of the name.
pub(super) fn judge(
    bytes: &[u8],
    content_type: Option<&str>,
    extension: Option<&str>,
) -> Result<Kind, Foreign> {
    if let Some(foreign) = by_content(bytes) {
        return Err(foreign);
    }
    let head = String::from_utf8_lossy(bytes.get(..SNIFF_BYTES).unwrap_or(bytes));
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let head = head.to_ascii_lowercase();
    let said = match content_type.map(essence) {
        Some(media_type) => by_content_type(&media_type, &head)?,
        None => extension.and_then(from_extension),
    };
    Ok(match said {
        // `text/plain` and `.txt` are also what servers and browsers say when they know nothing.
        Some(Kind::Text) if is_html_document(&head) => Kind::Html,
        Some(kind) => kind,
        None if is_archive(&head) => Kind::Archive,
        None if is_html_document(&head) || has_markup(&head) => Kind::Html,
        None => Kind::Text,
    })
}

/// The media type without its parameters.
fn essence(content_type: &str) -> String {
    content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// What the header says; `None` where that is nothing.
fn by_content_type(media_type: &str, head: &str) -> Result<Option<Kind>, Foreign> {
    match media_type {
        "text/html" | "application/xhtml+xml" => Ok(Some(Kind::Html)),
        "text/plain" | "text/markdown" | "text/x-markdown" => Ok(Some(Kind::Text)),
        "multipart/related" | "message/rfc822" | "application/x-mimearchive" => {
            Ok(Some(Kind::Archive))
        }
        "text/xml" | "application/xml" if is_html_document(head) => Ok(Some(Kind::Html)),
        "" | "application/octet-stream" | "binary/octet-stream" => Ok(None),
        _ if !media_type.contains('/') => Ok(None),
        _ => Err(Foreign::of(media_type)),
    }
}

/// Finds what is certainly no text.
fn by_content(bytes: &[u8]) -> Option<Foreign> {
    let known = infer::get(bytes).map(|found| found.mime_type());
    match known {
        // These may begin without a single control character.
        Some(media_type @ ("application/pdf" | "application/rtf" | "application/postscript")) => {
            Some(Foreign::of(media_type))
        }
        // Many magic numbers are two plain letters: a text may well begin with BM as in BMW.
        _ if is_textual(bytes) => None,
        Some(media_type) => Some(Foreign::of(media_type)),
        None => Some(Foreign::Binary),
    }
}

/// Text has no NUL (unless it is UTF-16 and says so) and hardly any control characters.
fn is_textual(bytes: &[u8]) -> bool {
    let head = bytes.get(..SNIFF_BYTES).unwrap_or(bytes);
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return true;
    }
    let is_control = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    !head.contains(&0) && head.iter().filter(|b| is_control(**b)).count() * 50 <= head.len()
}

fn is_html_document(head: &str) -> bool {
    let starts = ["<!doctype html", "<html", "<head", "<body"];
    starts.iter().any(|s| head.starts_with(s))
        || (head.starts_with("<?xml") || head.starts_with("<!--")) && head.contains("<html")
}

fn has_markup(head: &str) -> bool {
    let tags = [
        "</p>", "</div>", "<body", "<article", "<h1", "</title>", "<br>",
    ];
    tags.iter().any(|tag| head.contains(tag))
}

fn is_archive(head: &str) -> bool {
    let fields = head.split("\n\n").next().unwrap_or_default();
    let fields = fields.split("\r\n\r\n").next().unwrap_or_default();
    fields.contains("mime-version:") && fields.contains("multipart/related")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First bytes, `Content-Type`, ending, and what they are together.
    type Row = (
        &'static [u8],
        Option<&'static str>,
        Option<&'static str>,
        Result<Kind, Foreign>,
    );

    #[test]
    fn kinds() {
        let html = Ok(Kind::Html);
        let text = Ok(Kind::Text);
        let other = |name: &str| Err(Foreign::Other(name.to_owned()));
        #[rustfmt::skip]
        let rows: Vec<Row> = vec![
            (b"<p>Hallo</p>", Some("text/html; charset=utf-8"), None, html.clone()),
            (b"<p>Hallo</p>", Some("text/plain"), None, text.clone()),
            (b"<!DOCTYPE HTML><p>Hallo", Some("text/plain"), None, html.clone()),
            (b"<p>Hallo</p>", None, None, html.clone()),
            (b"Hallo", None, None, text.clone()),
            (b"Hallo", Some(""), None, text.clone()),
            (b"a < b", None, None, text.clone()),
            (b"Hallo", None, Some("html"), html.clone()),
            (b"BMW baut 3 Werke", None, Some("txt"), text.clone()),
            (b"MZ: Ein Bericht", None, None, text.clone()),
            (b"\xff\xfeH\0a\0", None, Some("txt"), text),
            (b"<?xml version='1.0'?>\n<html xmlns='x'>", Some("application/xml"), None, html),
            (b"<rss>", Some("application/xml"), None, other("application/xml")),
            (b"{}", Some("application/json"), None, other("application/json")),
            (b"%PDF-1.7\n%abc", Some("text/html"), None, Err(Foreign::Pdf)),
            (b"Hallo", Some("application/pdf"), None, Err(Foreign::Pdf)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, Some("html"), Err(Foreign::Image("image/png".into()))),
            (b"ID3\x04\0\0\0\0\0\0\0", None, None, Err(Foreign::Audio("audio/mpeg".into()))),
            (b"PK\x03\x04\x14\0\0\0", None, Some("txt"), other("application/zip")),
            (b"Hallo\0Welt", None, Some("txt"), Err(Foreign::Binary)),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", None, None, Ok(Kind::Archive)),
        ];
        let wrong: Vec<String> = rows
            .into_iter()
            .filter_map(|(bytes, content_type, extension, expected)| {
                let got = judge(bytes, content_type, extension);
                let shown = String::from_utf8_lossy(bytes);
                (got != expected).then(|| format!("{shown:?}: {got:?}, expected {expected:?}"))
            })
            .collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
