//! Web pages saved as one file (MHTML, RFC 2557): finds the page among its parts.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use url::Url;

/// Largest file that is read, in bytes; the pictures of a saved page count.
const LARGEST: usize = 64 << 20;

/// The HTML of a saved page, decoded, and the address it was saved from.
///
/// The first `text/html` part is the page; frames follow it. Quoted-printable, base64 and the declared charset
/// are decoded. `None` if `bytes` is no MHTML file, holds no HTML, or is larger than 64 MiB.
#[must_use]
pub fn html_part(bytes: &[u8]) -> Option<(String, Option<Url>)> {
    if bytes.len() > LARGEST || !is_mhtml(bytes) {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let part = message
        .parts
        .iter()
        .find(|part| matches!(part.body, PartType::Html(_)))?;
    let PartType::Html(html) = &part.body else {
        return None;
    };
    let url = part
        .content_location()
        .and_then(|location| Url::parse(location).ok())
        .or_else(|| address(&message));
    Some((
        html.to_string(),
        url.filter(|url| matches!(url.scheme(), "http" | "https")),
    ))
}

/// Address in the head of the file, as Chromium writes it.
fn address(message: &Message<'_>) -> Option<Url> {
    match message.header("Snapshot-Content-Location")? {
        HeaderValue::Text(text) => Url::parse(text.trim()).ok(),
        _ => None,
    }
}

/// Whether the head of the file says that it is a page in parts.
#[must_use]
pub fn is_mhtml(bytes: &[u8]) -> bool {
    const HEAD: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let head = head.split("\r\n\r\n").next().unwrap_or_default();
    let head = head.split("\n\n").next().unwrap_or_default();
    head.contains("mime-version:") && head.contains("multipart/related")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str = "From: <Saved by Blink>\r\n\
        Snapshot-Content-Location: https://example.org/bruecke\r\n\
        Subject: =?utf-8?Q?Br=C3=BCcke?=\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Grenze\"\r\n\
        \r\n\r\n\
        ------Grenze\r\n\
        Content-Type: text/html; charset=iso-8859-1\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://example.org/bruecke\r\n\
        \r\n\
        <html><body><p>Die Br=FCcke bleibt bis Montag ge=\r\n\
        sperrt.</p></body></html>\r\n\
        ------Grenze\r\n\
        Content-Type: image/png\r\n\
        Content-Transfer-Encoding: base64\r\n\
        \r\n\
        iVBORw0KGgo=\r\n\
        ------Grenze--\r\n";

    #[test]
    fn the_page_and_its_address_are_found() {
        let (html, url) = html_part(SAVED.as_bytes()).expect("a saved page");
        assert_eq!(
            html.trim(),
            "<html><body><p>Die Brücke bleibt bis Montag gesperrt.</p></body></html>"
        );
        assert_eq!(
            url.expect("an address").as_str(),
            "https://example.org/bruecke"
        );
    }

    #[test]
    fn base64_is_decoded() {
        let file = SAVED.replacen("quoted-printable", "base64", 1).replacen(
            "<html><body><p>Die Br=FCcke bleibt bis Montag ge=\r\nsperrt.</p></body></html>",
            "PHA+QnL8Y2tlPC9wPg==",
            1,
        );
        assert_eq!(
            html_part(file.as_bytes()).expect("a saved page").0.trim(),
            "<p>Brücke</p>"
        );
    }

    #[test]
    fn other_files_are_refused() {
        for other in [
            "",
            "<html></html>",
            "MIME-Version: 1.0\n\nmultipart/related",
            "MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
        ] {
            assert_eq!(html_part(other.as_bytes()), None, "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(tail in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            let mut file = SAVED.as_bytes()[..300].to_vec();
            file.extend(tail);
            let _ = html_part(&file);
        }
    }
}
