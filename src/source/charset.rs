//! From bytes to text.
//!
//! The order is that of the HTML standard's [encoding sniffing], with one change: bytes that can only be UTF-8
//! are read as UTF-8 whatever the page claims. German text in windows-1252 is practically never valid UTF-8
//! beyond ASCII, while pages that were moved to UTF-8 and still claim `iso-8859-1` are common, and `Ã¼` cannot
//! be spoken.
//!
//! [encoding sniffing]: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a page its declaration is looked for. The standard says 1,024 bytes; some pages need more.
const PRESCAN_BYTES: usize = 4096;

/// Decodes `bytes`; `content_type` is the header of the answer, and `html` allows a declaration in the page.
pub(super) fn decode(bytes: &[u8], content_type: Option<&str>, html: bool) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return if encoding == UTF_8 {
            decode_utf8(rest)
        } else {
            encoding.decode_without_bom_handling(rest).0.into_owned()
        };
    }
    let from_header = content_type.and_then(header_charset);
    if let Some(encoding) = from_header.filter(|e| *e == UTF_16LE || *e == UTF_16BE) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let evidence = Utf8Evidence::of(bytes);
    if evidence.multibyte > evidence.broken {
        return decode_utf8(bytes);
    }
    let from_page = || html.then(|| page_charset(bytes)).flatten();
    let declared = from_header.filter(|e| *e != UTF_8).or_else(from_page);
    match declared {
        Some(encoding) if encoding != UTF_8 => {
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        }
        _ if evidence.broken == 0 => decode_utf8(bytes),
        _ => WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// Decodes UTF-8; a character cut off at the end is left out, since half a letter is noise to the ear.
fn decode_utf8(bytes: &[u8]) -> String {
    let whole = bytes.len() - truncated_tail(bytes);
    String::from_utf8_lossy(bytes.get(..whole).unwrap_or_default()).into_owned()
}

/// Number of bytes at the end that begin a character of UTF-8 and do not end it.
fn truncated_tail(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(3);
    for start in (tail..bytes.len()).rev() {
        let length = match bytes[start] {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            0x80..=0xBF => continue,
            _ => return 0,
        };
        let present = bytes.len() - start;
        return if present < length { present } else { 0 };
    }
    0
}

/// How much speaks for UTF-8 and how much against it.
struct Utf8Evidence {
    /// Characters of more than one byte.
    multibyte: usize,
    /// Stretches that are not UTF-8, apart from a character cut off at the end.
    broken: usize,
}

impl Utf8Evidence {
    fn of(bytes: &[u8]) -> Self {
        let whole = bytes.len() - truncated_tail(bytes);
        let mut evidence = Self {
            multibyte: 0,
            broken: 0,
        };
        for chunk in bytes.get(..whole).unwrap_or_default().utf8_chunks() {
            evidence.multibyte += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            evidence.broken += usize::from(!chunk.invalid().is_empty());
        }
        evidence
    }
}

/// The charset of a `Content-Type` header.
fn header_charset(content_type: &str) -> Option<&'static Encoding> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("charset") {
            return None;
        }
        Encoding::for_label(value.trim().trim_matches(['"', '\'']).as_bytes())
    })
}

/// The charset that a page declares in `<meta>` or in its XML declaration. A page that could be read this far
/// cannot be UTF-16, whatever it says.
fn page_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if rest.starts_with("<!--") {
            // An unfinished comment covers the rest of what we look at.
            rest = &rest[rest.find("-->")?..];
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        let (tag, after) = rest.split_at(end);
        let label = if tag.starts_with("<meta") {
            value_after(tag, "charset")
        } else if tag.starts_with("<?xml") {
            value_after(tag, "encoding")
        } else {
            None
        };
        if let Some(encoding) = label.and_then(|l| Encoding::for_label(l.as_bytes())) {
            let is_utf16 = encoding == UTF_16LE || encoding == UTF_16BE;
            return Some(if is_utf16 { UTF_8 } else { encoding });
        }
        rest = after;
    }
    None
}

/// The value in `name=value`, `name="value"` or `name = 'value'`.
fn value_after<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value
            .find(|c: char| matches!(c, '"' | '\'' | ';' | '/' | '>') || c.is_whitespace())
            .unwrap_or(value.len());
        Some(&value[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Row {
        name: &'static str,
        bytes: &'static [u8],
        header: Option<&'static str>,
        expected: &'static str,
    }

    const ROWS: [Row; 16] = [
        Row {
            name: "UTF-8 without a word",
            bytes: "Grüße für 5 €".as_bytes(),
            header: None,
            expected: "Grüße für 5 €",
        },
        Row {
            name: "windows-1252 without a word",
            bytes: b"Gr\xfc\xdfe f\xfcr 5 \x80",
            header: None,
            expected: "Grüße für 5 €",
        },
        Row {
            name: "windows-1252 in the header under its old name",
            bytes: b"5 \x80 f\xfcr \x84alle\x93",
            header: Some("text/html; charset=ISO-8859-1"),
            expected: "5 € für „alle“",
        },
        Row {
            name: "ISO-8859-15 in the header",
            bytes: b"5 \xa4 f\xfcr alle",
            header: Some("text/html; charset=\"iso-8859-15\""),
            expected: "5 € für alle",
        },
        Row {
            name: "ISO-8859-15 in the page",
            bytes: b"<meta charset='iso-8859-15'>5 \xa4 f\xfcr",
            header: None,
            expected: "<meta charset='iso-8859-15'>5 € für",
        },
        Row {
            name: "the long form of meta",
            bytes:
                b"<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-15\">5 \xa4",
            header: None,
            expected: "<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-15\">5 €",
        },
        Row {
            name: "a declaration inside a comment does not count",
            bytes: b"<!-- <meta charset=iso-8859-15> -->5 \x80",
            header: None,
            expected: "<!-- <meta charset=iso-8859-15> -->5 €",
        },
        Row {
            name: "XML declaration",
            bytes: b"<?xml version=\"1.0\" encoding=\"iso-8859-15\"?>5 \xa4",
            header: None,
            expected: "<?xml version=\"1.0\" encoding=\"iso-8859-15\"?>5 €",
        },
        Row {
            name: "header claims UTF-8, page and bytes are ISO-8859-15",
            bytes: b"<meta charset=iso-8859-15>f\xfcr 5 \xa4",
            header: Some("text/html; charset=utf-8"),
            expected: "<meta charset=iso-8859-15>für 5 €",
        },
        Row {
            name: "header claims ISO-8859-1, bytes are UTF-8",
            bytes: "Grüße".as_bytes(),
            header: Some("text/html; charset=iso-8859-1"),
            expected: "Grüße",
        },
        Row {
            name: "unknown label",
            bytes: "Grüße".as_bytes(),
            header: Some("text/html; charset=klingon"),
            expected: "Grüße",
        },
        Row {
            name: "UTF-8 byte order mark against the header",
            bytes: b"\xef\xbb\xbff\xc3\xbcr",
            header: Some("text/html; charset=iso-8859-1"),
            expected: "für",
        },
        Row {
            name: "UTF-16 byte order mark",
            bytes: b"\xff\xfef\0\xfc\0r\0",
            header: None,
            expected: "für",
        },
        Row {
            name: "UTF-8 cut off in a character",
            bytes: b"Gr\xc3\xbc\xc3\x9fe f\xc3",
            header: None,
            expected: "Grüße f",
        },
        Row {
            name: "UTF-8 cut off in the euro sign, nothing else beyond ASCII",
            bytes: b"5 \xe2\x82",
            header: None,
            expected: "5 ",
        },
        Row {
            name: "one broken byte in much UTF-8",
            bytes: b"\xc3\xa4\xc3\xb6\xc3\xbc \xff \xc3\x9f",
            header: None,
            expected: "äöü \u{fffd} ß",
        },
    ];

    #[test]
    fn charsets() {
        let wrong: Vec<String> = ROWS
            .iter()
            .filter_map(|row| {
                let got = decode(row.bytes, row.header, true);
                (got != row.expected)
                    .then(|| format!("{}: {got:?}, expected {:?}", row.name, row.expected))
            })
            .collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn a_text_file_declares_nothing() {
        let bytes = b"<meta charset=iso-8859-15> kostet 5 \x80";
        assert!(decode(bytes, None, false).ends_with("5 €"));
    }

    proptest! {
        #[test]
        fn whole_utf8_comes_back_unchanged(text in "[^\u{feff}]*ü[^\u{feff}]*") {
            prop_assert_eq!(decode(text.as_bytes(), None, true), text);
        }

        #[test]
        fn any_bytes_decode(bytes: Vec<u8>, header in "[ -~]{0,40}") {
            decode(&bytes, Some(&header), true);
            decode(&bytes, Some(&format!("text/html; charset={header}")), false);
        }
    }
}
