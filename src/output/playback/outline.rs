//! Where the sentences, paragraphs and headings of a script begin: what one can jump to.

use crate::script::{Role, Script};

/// What a jump counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph, list item, turn of an interview, or part of the head.
    Paragraph,
    /// A heading; in an interview also a question, in a live ticker also an entry.
    Heading,
}

/// The places of a script, each as the number of its first utterance, in ascending order.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    sentences: Vec<usize>,
    paragraphs: Vec<usize>,
    headings: Vec<usize>,
}

impl Outline {
    /// Finds them.
    #[must_use]
    pub fn of(script: &Script) -> Self {
        let mut outline = Self::default();
        let mut before = None;
        for (index, utterance) in script.utterances.iter().enumerate() {
            let here = (utterance.sentence, utterance.origin.part);
            if before.is_none_or(|(sentence, _)| sentence != here.0) {
                outline.sentences.push(index);
            }
            if before.is_none_or(|(_, part)| part != here.1) {
                outline.paragraphs.push(index);
                if matches!(
                    utterance.role,
                    Role::Title | Role::Heading | Role::Question | Role::TickerEntry
                ) {
                    outline.headings.push(index);
                }
            }
            before = Some(here);
        }
        outline
    }

    /// The first utterance of the next unit after `index`, if there is one.
    #[must_use]
    pub fn next(&self, unit: Unit, index: usize) -> Option<usize> {
        let starts = self.starts(unit);
        starts.get(starts.partition_point(|s| *s <= index)).copied()
    }

    /// The first utterance of the unit before. From the midst of a paragraph or section this is its beginning, as one
    /// listens to it again; a sentence is short and has [`Outline::current`] for that.
    #[must_use]
    pub fn previous(&self, unit: Unit, index: usize) -> Option<usize> {
        let sentence = self.current(Unit::Sentence, index).unwrap_or(index);
        let starts = self.starts(unit);
        let before = starts.partition_point(|s| *s < sentence);
        before.checked_sub(1).map(|at| starts[at])
    }

    /// The first utterance of the unit that `index` is in.
    #[must_use]
    pub fn current(&self, unit: Unit, index: usize) -> Option<usize> {
        let starts = self.starts(unit);
        let before = starts.partition_point(|s| *s <= index);
        before.checked_sub(1).map(|at| starts[at])
    }

    /// Number of the sentence that `index` is in, counted from 1, and how many there are.
    #[must_use]
    pub fn position(&self, index: usize) -> (usize, usize) {
        let number = self.sentences.partition_point(|s| *s <= index);
        (number, self.sentences.len())
    }

    fn starts(&self, unit: Unit) -> &[usize] {
        match unit {
            Unit::Sentence => &self.sentences,
            Unit::Paragraph => &self.paragraphs,
            Unit::Heading => &self.headings,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Unit::{Heading, Paragraph, Sentence},
        *,
    };
    use crate::{
        article::{Article, Block, BlockKind, Text},
        normalise::{NormaliseOptions, normalise},
    };

    #[test]
    fn jumps_land_on_beginnings() {
        let block = |kind, text: &str| Block {
            kind,
            text: Text::plain(text),
            origin: String::new(),
        };
        let article = Article {
            title: Some("Der Titel".to_owned()),
            blocks: vec![
                block(
                    BlockKind::Paragraph,
                    "Eins ist da. Zwei ist da. Drei ist da.",
                ),
                block(BlockKind::Heading { level: 2 }, "Mitte"),
                block(BlockKind::Paragraph, "Vier ist da. Fünf ist da."),
            ],
            ..Article::default()
        };
        let script = normalise(&article, &NormaliseOptions::default());
        let texts: Vec<_> = script.utterances.iter().map(|u| u.shown.as_str()).collect();
        assert_eq!(texts.len(), 7, "{texts:?}");
        let outline = Outline::of(&script);
        let rows = [
            (Sentence, 2, Some(1), Some(3)),
            (Sentence, 0, None, Some(1)),
            (Sentence, 6, Some(5), None),
            (Paragraph, 1, Some(0), Some(4)),
            (Paragraph, 3, Some(1), Some(4)),
            (Paragraph, 5, Some(4), None),
            (Heading, 0, None, Some(4)),
            (Heading, 2, Some(0), Some(4)),
            (Heading, 4, Some(0), None),
            (Heading, 6, Some(4), None),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .map(|(unit, at, before, after)| {
                let got = (outline.previous(*unit, *at), outline.next(*unit, *at));
                (unit, at, (*before, *after), got)
            })
            .filter(|(_, _, wanted, got)| wanted != got)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(outline.position(3), (4, 7));
    }
}
