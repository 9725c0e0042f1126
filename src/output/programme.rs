//! What one recording holds: an article, or several one after another.

use std::sync::Arc;

use super::{
    cover::Cover,
    render::Rendered,
    tags::{Chapter, Tags, chapters},
    timing::{self, Lost, Timing},
};
use crate::{
    article::Article,
    script::{Part, Script},
};

/// Least silence between two articles, in milliseconds at rate 1.
const BETWEEN_MS: u32 = 2500;

/// Most chapters that every format holds (Vorbis comments number them with three digits).
const MOST_CHAPTERS: usize = 999;

/// An article and what is said of it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// What is said of it.
    pub script: Script,
}

/// The articles of one recording, in their order.
#[derive(Debug, Clone)]
pub struct Programme {
    readings: Vec<Reading>,
    /// Number of the first utterance of each.
    firsts: Vec<usize>,
    script: Arc<Script>,
    cover: Option<Cover>,
}

impl Programme {
    /// Puts readings one behind the other. Sentences and blocks are counted on from one article to the next.
    #[must_use]
    pub fn new(readings: Vec<Reading>) -> Self {
        let mut script = Script::default();
        let mut firsts = Vec::new();
        let (mut leads, mut blocks) = (0, 0);
        for Reading {
            article,
            script: next,
        } in &readings
        {
            firsts.push(script.utterances.len());
            if let Some(before) = script.utterances.last_mut() {
                before.pause_after_ms = before.pause_after_ms.max(BETWEEN_MS);
            } else {
                script.title.clone_from(&next.title);
                script.language.clone_from(&next.language);
            }
            let sentences = script.utterances.last().map_or(0, |last| last.sentence + 1);
            script.utterances.extend(next.utterances.iter().map(|u| {
                let mut utterance = u.clone();
                utterance.sentence += sentences;
                match &mut utterance.origin.part {
                    Part::Lead(n) => *n += leads,
                    Part::Block(n) => *n += blocks,
                    Part::Kicker | Part::Title | Part::Byline | Part::Date => {}
                }
                utterance
            }));
            leads += article.lead.len();
            blocks += article.blocks.len();
        }
        Self {
            readings,
            firsts,
            script: Arc::new(script),
            cover: None,
        }
    }

    /// The same with a picture.
    #[must_use]
    pub fn with_cover(self, cover: Option<Cover>) -> Self {
        Self { cover, ..self }
    }

    /// All that is said.
    #[must_use]
    pub fn script(&self) -> &Arc<Script> {
        &self.script
    }

    /// The articles.
    #[must_use]
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// Everything that was lost between the articles and the sound (see [`timing::losses`]), with the number of the article.
    /// `rate` is the speed that was asked for.
    #[must_use]
    pub fn losses(&self, rendered: &Rendered, rate: f32) -> Vec<(usize, Lost)> {
        let mut losses = Vec::new();
        for (number, (reading, first)) in self.readings.iter().zip(&self.firsts).enumerate() {
            let end = first + reading.script.utterances.len();
            let share = Rendered {
                spans: rendered
                    .spans
                    .iter()
                    .take(end)
                    .skip(*first)
                    .cloned()
                    .collect(),
                ..*rendered
            };
            let timing = Timing::new(&reading.script, &share, rate);
            let lost = timing::losses(&reading.article, &reading.script, &share, &timing);
            losses.extend(lost.into_iter().map(|lost| (number, lost)));
        }
        losses
    }

    /// What a player shows. Several articles have a chapter each, and their headings too where all formats have room for them.
    #[must_use]
    pub fn tags(&self, timing: &Timing) -> Tags {
        let [first, others @ ..] = self.readings.as_slice() else {
            return Tags::default();
        };
        let mut tags = Tags {
            cover: self.cover.clone(),
            ..Tags::new(&first.article, timing)
        };
        if others.is_empty() {
            return tags;
        }
        let begins: Vec<_> = (self.firsts.iter())
            .map(|first| self.script.utterances.get(*first).map(|u| u.sentence))
            .collect();
        let mut whole = Vec::new();
        let mut parts = Vec::new();
        for (n, reading) in self.readings.iter().enumerate() {
            let number = |n: usize| begins.get(n).copied().flatten().unwrap_or(u32::MAX);
            let place = |number: u32| timing.sentences.partition_point(|s| s.number < number);
            let sentences = &timing.sentences[place(number(n))..place(number(n + 1))];
            let Some(begin) = sentences.first().map(|sentence| sentence.start) else {
                continue;
            };
            let title = Tags::new(&reading.article, timing).title;
            let title = title.unwrap_or_else(|| format!("Artikel {}", n + 1));
            let headings = chapters(sentences, begin, Some(&title));
            let chapter = Chapter {
                start: begin,
                title,
            };
            if headings.is_empty() {
                parts.push(chapter.clone());
            }
            parts.extend(headings);
            whole.push(chapter);
        }
        let more = match others.len() {
            1 => "ein weiterer Artikel".to_owned(),
            n => format!("{n} weitere Artikel"),
        };
        tags.title = tags.title.map(|title| format!("{title} und {more}"));
        tags.artist = None;
        tags.comment = None;
        tags.url = None;
        tags.publisher = tags.publisher.filter(|_| {
            others
                .iter()
                .all(|other| other.article.publisher == first.article.publisher)
        });
        let days = self.readings.iter().filter_map(|r| r.article.published);
        tags.date = days.max().map(|moment| moment.date.to_string());
        tags.chapters = if parts.len() <= MOST_CHAPTERS {
            parts
        } else {
            whole
        };
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::{Block, BlockKind, Text},
        normalise::{NormaliseOptions, normalise},
    };

    fn reading(title: &str, heading: Option<&str>) -> Reading {
        let block = |kind, text: &str| Block {
            kind,
            text: Text::plain(text),
            origin: String::new(),
        };
        let mut blocks = vec![block(BlockKind::Paragraph, "Das Wasser steigt. Es regnet.")];
        if let Some(heading) = heading {
            blocks.push(block(BlockKind::Heading { level: 2 }, heading));
            blocks.push(block(BlockKind::Paragraph, "Das ist der Rest davon."));
        }
        let article = Article {
            title: Some(title.into()),
            publisher: Some("Musterblatt".into()),
            blocks,
            ..Article::default()
        };
        let script = normalise(&article, &NormaliseOptions::default());
        Reading { article, script }
    }

    /// As if every utterance took two seconds, and its pause one.
    fn spoken(programme: &Programme) -> Rendered {
        let count = programme.script().utterances.len() as u64;
        Rendered {
            sample_rate: 1000,
            samples: count * 3000,
            spans: (0..count).map(|n| n * 3000..n * 3000 + 2000).collect(),
            lufs: None,
        }
    }

    fn chapters_of(readings: Vec<Reading>) -> (Tags, Vec<(f64, String)>) {
        let programme = Programme::new(readings);
        let timing = Timing::new(programme.script(), &spoken(&programme), 1.0);
        assert_eq!(timing.faults(), []);
        let tags = programme.tags(&timing);
        let chapters = tags.chapters.iter().map(|c| (c.start, c.title.clone()));
        let chapters = chapters.collect();
        (tags, chapters)
    }

    #[test]
    fn every_article_and_every_heading_is_a_chapter() {
        let (tags, chapters) = chapters_of(vec![
            reading("Eins", None),
            reading("Zwei", Some("Mitten in zwei")),
            reading("Drei", None),
        ]);
        let wanted = [
            (0.0, "Eins"),
            (9.0, "Zwei"),
            (18.0, "Mitten in zwei"),
            (24.0, "Drei"),
        ];
        let wanted = wanted.map(|(start, title)| (start, title.to_owned()));
        assert_eq!(chapters, wanted);
        assert_eq!(tags.title.as_deref(), Some("Eins und 2 weitere Artikel"));
        assert_eq!(tags.publisher.as_deref(), Some("Musterblatt"));
    }

    #[test]
    fn where_there_is_no_room_for_headings_the_articles_remain() {
        let many = (0..600).map(|n| reading(&format!("Nummer {n}"), Some("Mitte")));
        let (_, chapters) = chapters_of(many.collect());
        assert_eq!(chapters.len(), 600);
        assert_eq!(chapters[599].1, "Nummer 599");
    }

    #[test]
    fn a_loss_is_charged_to_its_article() {
        let programme = Programme::new(vec![reading("Eins", None), reading("Zwei", None)]);
        let mut rendered = spoken(&programme);
        assert_eq!(programme.losses(&rendered, 1.0), []);
        rendered.spans[4].end = rendered.spans[4].start;
        let losses = programme.losses(&rendered, 1.0);
        assert!(
            matches!(losses[..], [(1, Lost::Silent { .. })]),
            "{losses:?}"
        );
    }
}
