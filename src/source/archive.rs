//! Pages saved as one file with everything in it (`.mhtml`, RFC 2557).

use mail_parser::{MessageParser, MimeHeaders, PartType};
use url::Url;

use super::{Media, Page, SourceError};

/// Takes the page out of its archive: the first HTML part, which is the page itself; frames come after it.
pub(super) fn open(bytes: &[u8]) -> Result<Page, SourceError> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or(SourceError::Archive)?;
    let (part, html) = message
        .parts
        .iter()
        .find_map(|part| match &part.body {
            PartType::Html(html) => Some((part, html)),
            _ => None,
        })
        .ok_or(SourceError::Archive)?;
    if html.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    let address = part.content_location().and_then(|l| Url::parse(l).ok());
    Ok(Page {
        url: address.filter(|url| matches!(url.scheme(), "http" | "https")),
        media: Media::Html,
        text: html.trim_start_matches('\u{feff}').to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str = "From: <Saved by Blink>\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x\"\r\n\r\n\
        ----x\r\n\
        Content-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://example.org/a\r\n\r\n\
        <p>Gr=C3=BC=C3=9Fe und ein sehr langer =\r\nSatz</p>\r\n\
        ----x\r\n\
        Content-Type: image/png\r\n\
        Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
        ----x--\r\n";

    #[test]
    fn the_page_is_taken_out_with_its_address() {
        let page = open(SAVED.as_bytes()).unwrap();
        assert_eq!(page.text.trim(), "<p>Grüße und ein sehr langer Satz</p>");
        assert_eq!(page.url.unwrap().as_str(), "https://example.org/a");
    }

    #[test]
    fn an_archive_without_a_page_is_refused() {
        let only_image = SAVED.replace("text/html\r\n", "image/gif\r\n");
        assert!(matches!(
            open(only_image.as_bytes()),
            Err(SourceError::Archive)
        ));
        assert!(open(b"").is_err());
    }
}
