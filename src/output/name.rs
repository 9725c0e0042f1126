//! Names of files, made from what a page says of itself.

use std::{
    fs,
    path::{Path, PathBuf},
};

use unicode_normalization::UnicodeNormalization as _;

/// Longest part of a name that comes from a title, in bytes. With date, mark and ending it stays far below the 255 bytes that
/// file systems take.
const LONGEST: usize = 80;

/// The name of an article's file without its ending, such as `2025-05-25-der-pegel-steigt-3f9a2c01`.
///
/// It holds small ASCII letters, digits and hyphens alone, so that it is a name on every system and never a path. The mark at
/// its end comes from `source`, the address of the page: the same article always gets the same name, and two that share day and
/// title do not. `date` is a day as `2025-05-25`.
#[must_use]
pub fn stem(date: Option<&str>, title: Option<&str>, source: &str) -> String {
    let mut parts = Vec::new();
    parts.extend(date.map(slug));
    parts.push(slug(title.unwrap_or_default()));
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        parts.push("artikel".to_owned());
    }
    parts.push(mark(source));
    parts.join("-")
}

/// The file in a folder that bears the mark of `source`, whatever its day and title were when it was written. `ending` comes
/// without a dot. A folder that cannot be read holds none.
#[must_use]
pub fn find(folder: &Path, source: &str, ending: &str) -> Option<PathBuf> {
    let end = format!("-{}.{ending}", mark(source));
    fs::read_dir(folder)
        .ok()?
        .flatten()
        .find(|entry| {
            let name = entry.file_name();
            // What begins with a point is a file that is being written.
            name.to_str()
                .is_some_and(|name| name.ends_with(&end) && !name.starts_with('.'))
        })
        .map(|entry| entry.path())
}

/// Words in small ASCII letters, joined by hyphens; cut at a word.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        let mut ascii = String::new();
        for c in word.chars() {
            match c {
                'ä' => ascii.push_str("ae"),
                'ö' => ascii.push_str("oe"),
                'ü' => ascii.push_str("ue"),
                'ß' => ascii.push_str("ss"),
                // Other letters lose their marks; those of other scripts have no ASCII form.
                _ => ascii.extend(c.nfkd().filter(char::is_ascii_alphanumeric)),
            }
        }
        if ascii.is_empty() {
            continue;
        }
        if slug.len() + 1 + ascii.len() > LONGEST {
            if slug.is_empty() {
                ascii.truncate(LONGEST);
                slug = ascii;
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&ascii);
    }
    slug
}

/// 32 bits of FNV-1a (Fowler, Noll, Vo), folded: short, and the same for ever, unlike the hashes of the standard library.
fn mark(source: &str) -> String {
    let hash = source
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{:08x}", (hash ^ hash >> 32) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_short_and_tell_the_day_and_the_title() {
        let rows = [
            (
                Some("2025-05-25"),
                Some("Über Öl & Maß: „25 %“ mehr"),
                "2025-05-25-ueber-oel-mass-25-mehr-",
            ),
            (None, Some("../../etc/passwd\0"), "etc-passwd-"),
            (None, Some("🎧🎧"), "artikel-"),
            (Some("2025-05-25"), None, "2025-05-25-"),
            (None, Some("CON"), "con-"),
            (None, Some("Crème brûlée in Łódź"), "creme-brulee-in-odz-"),
            (None, None, "artikel-"),
        ];
        let mut wrong = Vec::new();
        for (date, title, beginning) in rows {
            let got = stem(date, title, "https://a.example/1");
            if got.strip_prefix(beginning).map(str::len) != Some(8) {
                wrong.push(format!("{date:?} {title:?}: {got}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        for long in [
            "ä".repeat(300),
            "Wort ".repeat(300),
            "/".repeat(300),
            "字".repeat(300),
        ] {
            let got = stem(None, Some(&long), "x");
            assert!(got.len() <= LONGEST + 9, "{got}");
            assert!(
                got.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{got}"
            );
        }
    }

    #[test]
    fn the_mark_tells_addresses_apart_and_never_changes() {
        let name = |source| stem(None, Some("Gleich"), source);
        assert_eq!(name("https://a.example/1"), name("https://a.example/1"));
        assert_ne!(name("https://a.example/1"), name("https://a.example/2"));
        assert_eq!(mark(""), "4fd0bfc1");
    }

    #[test]
    fn a_file_is_found_by_its_mark_though_the_title_changed() {
        let folder = tempfile::tempdir().unwrap();
        let old = stem(
            Some("2025-05-25"),
            Some("Alter Titel"),
            "https://a.example/1",
        ) + ".mp3";
        fs::write(folder.path().join(&old), "").unwrap();
        let found = |source, ending| find(folder.path(), source, ending);
        let path = folder.path().join(&old);
        assert_eq!(found("https://a.example/1", "mp3"), Some(path));
        assert_eq!(found("https://a.example/1", "flac"), None);
        assert_eq!(found("https://a.example/2", "mp3"), None);
        assert_eq!(find(&folder.path().join("no"), "x", "mp3"), None);
    }
}
