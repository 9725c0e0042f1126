//! Text as it is to be spoken: white space collapsed, invisible characters and twice encoded entities undone.

/// Named entities that are met twice encoded (`&amp;uuml;`), as the page's own text after parsing.
const ENTITIES: [(&str, &str); 24] = [
    ("amp", "&"),
    ("apos", "'"),
    ("quot", "\""),
    ("nbsp", " "),
    ("shy", ""),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("euro", "€"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bdquo", "„"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("rsquo", "’"),
];

/// Characters that are never seen and would be read as noise: soft hyphen, zero-width characters, direction marks.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffc}')
        || (c.is_control() && !c.is_whitespace())
}

/// Collapses white space to single spaces, trims, removes invisible characters, decodes entities encoded twice.
pub fn tidy(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    push_tidy(&mut out, raw);
    out.truncate(out.trim_end().len());
    out
}

/// Appends `raw` to `out` in tidy form; white space between the two is kept as one space.
pub fn push_tidy(out: &mut String, raw: &str) {
    let is_plain = |b: u8| b.is_ascii_graphic() && b != b'&';
    let space = |out: &mut String| {
        if out.as_bytes().last().is_some_and(|last| *last != b' ') {
            out.push(' ');
        }
    };
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        // Most of a page is plain words.
        let plain = rest.bytes().take_while(|b| is_plain(*b)).count();
        if plain > 0 {
            out.push_str(&rest[..plain]);
            rest = &rest[plain..];
            continue;
        }
        if c.is_whitespace() {
            space(out);
        } else if c == '&'
            && let Some((decoded, len)) = entity(rest)
        {
            if decoded == ' ' {
                space(out);
            } else if !is_invisible(decoded) {
                out.push(decoded);
            }
            rest = &rest[len..];
            continue;
        } else if !is_invisible(c) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
}

/// The entity at the start of `text` and its length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let body = text.get(1..)?;
    let len = body.bytes().take(9).position(|b| b == b';')?;
    let name = body.get(..len)?;
    let total = len + 2;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let c = char::from_u32(code).filter(|c| !c.is_control())?;
        return Some((if c.is_whitespace() { ' ' } else { c }, total));
    }
    let (_, decoded) = ENTITIES.iter().find(|(known, _)| *known == name)?;
    Some((decoded.chars().next().unwrap_or('\u{ad}'), total))
}

/// Letters and digits only, in lower case: the form in which texts are compared.
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Whether the text ends as a sentence does.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches([
        '"', '“', '”', '«', '»', '’', '‘', '\'', ')', ']', '*', ' ', '›', '‹',
    ])
    .ends_with(['.', '!', '?', '…', ':', ';'])
}

/// The first `max` characters, with `…` if something was cut off.
pub fn shorten(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies() {
        let rows = [
            ("  a \n\t b ", "a b"),
            ("Donau\u{ad}dampf\u{200b}schiff", "Donaudampfschiff"),
            ("M&uuml;ller &amp; Co &#8211; &#x20AC;", "Müller & Co – €"),
            ("AT&T; R&D", "AT&T; R&D"),
            ("a\u{a0}b\u{202f}c", "a b c"),
            ("Don&shy;au", "Donau"),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .filter(|(raw, want)| tidy(raw) != *want)
            .map(|(raw, want)| (tidy(raw), want))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn sentence_ends() {
        for yes in ["Gut.", "„Gut.“", "Gut!)", "So:"] {
            assert!(ends_sentence(yes), "{yes}");
        }
        for no in ["Gut", "Foto: dpa", ""] {
            assert!(!ends_sentence(no), "{no}");
        }
    }
}
