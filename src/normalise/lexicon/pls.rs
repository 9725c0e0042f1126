//! Import of a W3C Pronunciation Lexicon (PLS 1.0, <https://www.w3.org/TR/pronunciation-lexicon/>).
//!
//! `alias` becomes the spoken form, `phoneme` in IPA is kept. Entities are never expanded (a document type is refused),
//! nesting is counted, not recursed into.

use super::{Entry, Lexicon, LexiconError, MAX_ENTRIES, MAX_FILE, line_of};
use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Number of words that were added or replaced.
    pub words: usize,
    /// Words that only have a pronunciation in IPA, which only natural voices use.
    pub only_ipa: Vec<String>,
    /// Words that were refused, and why.
    pub refused: Vec<(String, super::EntryFault)>,
}

/// Why XML is no lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlsFault {
    /// The root element is another one.
    #[error("expected a <lexicon> as PLS 1.0 has it")]
    NotPls,
    /// A document type declaration.
    #[error("a document type declaration is not accepted")]
    DocumentType,
    /// An entity other than the five of XML.
    #[error("an unknown entity")]
    Entity,
    /// More than can be kept.
    #[error("there are more than {MAX_ENTRIES} entries, or more than {} MiB", MAX_FILE >> 20)]
    TooMany,
    /// Tags are not closed.
    #[error("the text ends inside an element")]
    Unclosed,
}

/// A `lexeme` under construction.
#[derive(Default)]
struct Lexeme {
    graphemes: Vec<String>,
    alias: Option<String>,
    alias_preferred: bool,
    ipa: Option<String>,
    ipa_preferred: bool,
}

impl Lexicon {
    /// Adds the entries of a PLS 1.0 document. Nothing is added if the document is wrong.
    ///
    /// # Errors
    /// If it is not well-formed, is no lexicon, declares a document type, or is too large; with the line.
    pub fn import_pls(&mut self, xml: &str) -> Result<Imported, LexiconError> {
        let mut imported = Imported::default();
        for lexeme in lexemes(xml)? {
            let entry = Entry {
                say: lexeme.alias.unwrap_or_default(),
                ignore_case: false,
                ipa: lexeme.ipa,
            };
            for word in lexeme.graphemes {
                match self.add(&word, entry.clone()) {
                    Ok(_) if entry.say.is_empty() => imported.only_ipa.push(word),
                    Ok(_) => imported.words += 1,
                    Err(fault) => imported.refused.push((word, fault)),
                }
            }
        }
        Ok(imported)
    }
}

fn lexemes(xml: &str) -> Result<Vec<Lexeme>, LexiconError> {
    let mut reader = Reader::from_str(xml);
    let fault = |at: u64, fault| LexiconError::Pls {
        line: line_of(xml, at as usize),
        fault,
    };
    if xml.len() as u64 > MAX_FILE {
        return Err(fault(0, PlsFault::TooMany));
    }
    let mut depth = 0_usize;
    let mut root_seen = false;
    let mut text = String::new();
    let mut preferred = false;
    let mut lexeme = Lexeme::default();
    let mut found = Vec::new();
    // The alphabet of the lexicon, and of the phoneme that is open.
    let mut lexicon_is_ipa = true;
    let mut is_ipa = true;
    loop {
        let event = reader.read_event().map_err(|source| LexiconError::Xml {
            line: line_of(xml, reader.error_position() as usize),
            source: Box::new(source),
        })?;
        let at = reader.buffer_position();
        match event {
            Event::Start(start) => {
                let name = start.local_name();
                let name: &str = name.as_ref();
                if depth == 0 {
                    if name != "lexicon" || root_seen {
                        return Err(fault(at, PlsFault::NotPls));
                    }
                    root_seen = true;
                    lexicon_is_ipa = alphabet_is_ipa(&start).unwrap_or(true);
                }
                depth += 1;
                match name {
                    "lexeme" => lexeme = Lexeme::default(),
                    "grapheme" | "alias" | "phoneme" => {
                        text.clear();
                        preferred = attribute(&start, "prefer").as_deref() == Some("true");
                        is_ipa = alphabet_is_ipa(&start).unwrap_or(lexicon_is_ipa);
                    }
                    _ => {}
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let name = end.local_name();
                match AsRef::<str>::as_ref(&name) {
                    "grapheme" => lexeme.graphemes.push(std::mem::take(&mut text)),
                    // The first one counts, unless a later one is preferred (PLS 1.0, 4.9.2).
                    "alias" if lexeme.alias.is_none() || (preferred && !lexeme.alias_preferred) => {
                        lexeme.alias = Some(std::mem::take(&mut text));
                        lexeme.alias_preferred = preferred;
                    }
                    "phoneme"
                        if is_ipa
                            && (lexeme.ipa.is_none() || (preferred && !lexeme.ipa_preferred)) =>
                    {
                        lexeme.ipa = Some(std::mem::take(&mut text));
                        lexeme.ipa_preferred = preferred;
                    }
                    "lexeme" => {
                        if found.len() >= MAX_ENTRIES {
                            return Err(fault(at, PlsFault::TooMany));
                        }
                        found.push(std::mem::take(&mut lexeme));
                    }
                    _ => {}
                }
            }
            Event::Empty(_) if depth == 0 => return Err(fault(at, PlsFault::NotPls)),
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => {
                text.push(character(&reference).ok_or_else(|| fault(at, PlsFault::Entity))?);
            }
            Event::DocType(_) => return Err(fault(at, PlsFault::DocumentType)),
            Event::Eof => break,
            _ => {}
        }
    }
    if !root_seen {
        return Err(fault(0, PlsFault::NotPls));
    }
    if depth > 0 {
        return Err(fault(xml.len() as u64, PlsFault::Unclosed));
    }
    Ok(found)
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    start
        .attributes()
        .flatten()
        .find(|attribute| AsRef::<str>::as_ref(&attribute.key.local_name()) == name)
        .map(|attribute| attribute.value.to_string())
}

fn alphabet_is_ipa(start: &BytesStart) -> Option<bool> {
    attribute(start, "alphabet").map(|alphabet| alphabet == "ipa")
}

fn character(reference: &BytesRef) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="de">
  <lexeme><grapheme>W3C</grapheme><alias>World Wide Web <![CDATA[Consortium]]></alias></lexeme>
  <lexeme><grapheme>Nguyễn</grapheme><grapheme>Nguyen</grapheme><phoneme>ŋwiən</phoneme><alias>Nujen</alias><alias prefer="true">Nuijen</alias></lexeme>
  <lexeme><grapheme>A&amp;B&#x21;</grapheme><phoneme alphabet="x-sampa">a</phoneme><alias>A und B</alias></lexeme>
  <lexeme><grapheme>Łódź</grapheme><phoneme>wut͡ɕ</phoneme></lexeme>
  <lexeme><grapheme>böse</grapheme><alias>&lt;speed level="9"/></alias></lexeme>
</lexicon>"#;

    #[test]
    fn aliases_and_phonemes_are_imported() {
        let mut lexicon = Lexicon::default();
        let imported = lexicon.import_pls(PLS).expect("a good lexicon");
        assert_eq!(imported.words, 4);
        assert_eq!(imported.only_ipa, ["Łódź"]);
        assert_eq!(
            imported.refused,
            [("böse".to_owned(), super::super::EntryFault::Unspeakable)]
        );
        let say = |word: &str| lexicon.get(word).map(|entry| entry.say.as_str());
        assert_eq!(say("W3C"), Some("World Wide Web Consortium"));
        assert_eq!(say("Nguyen"), Some("Nuijen"));
        assert_eq!(say("A&B!"), Some("A und B"));
        assert_eq!(
            lexicon.get("A&B!").and_then(|entry| entry.ipa.as_deref()),
            None
        );
        assert_eq!(
            lexicon.get("Nguyễn").and_then(|entry| entry.ipa.as_deref()),
            Some("ŋwiən")
        );
    }

    #[test]
    fn hostile_and_broken_documents_are_refused_and_add_nothing() {
        let mut lexicon = Lexicon::default();
        let bomb = "<!DOCTYPE lexicon [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<lexicon><lexeme><grapheme>&b;</grapheme><alias>x</alias></lexeme></lexicon>";
        assert!(matches!(
            lexicon.import_pls(bomb),
            Err(LexiconError::Pls {
                fault: PlsFault::DocumentType,
                ..
            })
        ));
        assert!(matches!(
            lexicon.import_pls("<html/>"),
            Err(LexiconError::Pls {
                fault: PlsFault::NotPls,
                line: 1
            })
        ));
        assert!(matches!(
            lexicon.import_pls(""),
            Err(LexiconError::Pls {
                fault: PlsFault::NotPls,
                ..
            })
        ));
        assert!(matches!(
            lexicon.import_pls("<lexicon>\n<lexeme><grapheme>&x;</grapheme></lexeme></lexicon>"),
            Err(LexiconError::Pls {
                fault: PlsFault::Entity,
                line: 2
            })
        ));
        assert!(matches!(
            lexicon.import_pls("<lexicon>\n</lexeme>"),
            Err(LexiconError::Xml { line: 2, .. })
        ));
        assert!(
            lexicon
                .import_pls("<lexicon><lexeme><grapheme>a</grapheme><alias>b</alias></lexeme>")
                .is_err()
        );
        assert!(
            lexicon
                .import_pls(&format!("<lexicon>{}", "<x>".repeat(100_000)))
                .is_err()
        );
        assert!(lexicon.is_empty());
    }
}
