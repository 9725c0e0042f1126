//! When every sentence is heard, and the proof that none is missing.

use std::{
    io::{BufReader, Read},
    ops::Range,
};

use serde::{Deserialize, Serialize};

use super::render::Rendered;
use crate::{
    article::{Article, Text},
    script::{Part, Role, Script},
};

/// Fastest plausible speech, in characters per second at rate 1. German newsreaders say 12 to 18; the built-in voice stays
/// below 22. What is shorter has been cut.
const FASTEST: f64 = 45.0;

/// Slowest plausible speech, in characters per second at rate 1.
const SLOWEST: f64 = 4.0;

/// What any sentence may take on top of its characters, in seconds: an acronym is spelled, a single word is drawn out.
const GRACE: f64 = 2.0;

/// A capital letter or a digit may stand for a whole word, as in `DGB` or in what is left in another language.
const SPELLED: f64 = 6.0;

/// Tolerance of sums, in seconds: every time is rounded to a millisecond.
const ROUNDING: f64 = 0.002;

/// Most that a recording and its times may differ in length, in seconds.
const TOLERANCE: f64 = 0.02;

/// Lowest peak of what can be heard as speech (−46 dB of full scale).
const AUDIBLE: f64 = 0.005;

/// The sentences of a recording with their times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Title of the article.
    pub title: Option<String>,
    /// BCP 47 tag of the article's language.
    pub language: String,
    /// Speed that was asked for, 1 being the voice's own.
    pub rate: f32,
    /// Length of the recording, in seconds.
    pub duration: f64,
    /// The sentences in spoken order.
    pub sentences: Vec<Sentence>,
}

/// One sentence of a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its number in the script, counted from 0.
    pub number: u32,
    /// When it begins, in seconds, rounded to milliseconds.
    pub start: f64,
    /// When it ends, in seconds, without the pause after it.
    pub end: f64,
    /// Seconds of it that are sound; less than from start to end where pauses lie within it.
    pub sound: f64,
    /// The written form.
    pub text: String,
    /// The spoken form.
    pub spoken: String,
    /// What it is in the article.
    pub role: Role,
    /// The part of the article that it belongs to.
    pub part: Part,
}

/// Something that was not spoken as it should have been.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Lost {
    /// A part of the article that no utterance covers.
    #[error("this is in the article and not in the script ({part:?}): {text:?}")]
    Unscripted {
        /// The part of the article.
        part: Part,
        /// What is missing.
        text: String,
    },
    /// A sentence without sound.
    #[error("sentence {number} has no sound: {text:?}")]
    Silent {
        /// Its number, counted from 0.
        number: u32,
        /// Its written form.
        text: String,
    },
    /// A sentence whose sound is too short or too long for its words.
    #[error("sentence {number} was spoken in {seconds:.2} s, which cannot be: {text:?}")]
    Implausible {
        /// Its number, counted from 0.
        number: u32,
        /// Its written form.
        text: String,
        /// How long its sound is.
        seconds: f64,
    },
    /// A sentence that begins before the one before it ends, or lies outside of the recording.
    #[error("sentence {number} lies outside its place, at {start:.3} s: {text:?}")]
    OutOfOrder {
        /// Its number, counted from 0.
        number: u32,
        /// Its written form.
        text: String,
        /// When it begins.
        start: f64,
    },
    /// There is another number of sounds than of utterances.
    #[error("{utterances} utterances were to be spoken, {spoken} were")]
    Count {
        /// How many there are in the script.
        utterances: usize,
        /// How many were spoken.
        spoken: usize,
    },
    /// The recording has another length than the timing says.
    #[error("the recording lasts {audio:.3} s, its timing says {timing:.3} s")]
    Length {
        /// Length of the recording, in seconds.
        audio: f64,
        /// Length that the timing gives.
        timing: f64,
    },
}

impl Timing {
    /// The times of all sentences of a script. Utterances of one sentence become one entry.
    #[must_use]
    pub fn new(script: &Script, rendered: &Rendered, rate: f32) -> Self {
        let seconds = |samples: u64| {
            let exact = samples as f64 / f64::from(rendered.sample_rate.max(1));
            (exact * 1000.0).round() / 1000.0
        };
        let mut sentences: Vec<Sentence> = Vec::new();
        for (utterance, span) in script.utterances.iter().zip(&rendered.spans) {
            let sound = seconds(span.end - span.start);
            match sentences.last_mut() {
                Some(last) if last.number == utterance.sentence => {
                    // A silent utterance (a lone quotation mark) has no time of its own.
                    if sound > 0.0 {
                        last.end = seconds(span.end);
                    }
                    last.sound += sound;
                    join(&mut last.text, &utterance.shown);
                    join(&mut last.spoken, &utterance.text);
                    if last.role == Role::Note {
                        last.role = utterance.role;
                    }
                }
                _ => sentences.push(Sentence {
                    number: utterance.sentence,
                    start: seconds(span.start),
                    end: seconds(span.end),
                    sound,
                    text: utterance.shown.clone(),
                    spoken: utterance.text.clone(),
                    role: utterance.role,
                    part: utterance.origin.part,
                }),
            }
        }
        Self {
            title: script.title.clone(),
            language: script.language.clone(),
            rate,
            duration: seconds(rendered.samples),
            sentences,
        }
    }

    /// Everything that is wrong with the times: order, sums, silence where words are, and sound whose length cannot be
    /// that of its words (below 4 or above 45 characters per second at rate 1, with two seconds of grace for the slow side).
    #[must_use]
    pub fn faults(&self) -> Vec<Lost> {
        let rate = f64::from(self.rate.clamp(0.1, 10.0));
        let mut faults = Vec::new();
        let mut before = 0.0;
        for sentence in &self.sentences {
            let (number, text) = (sentence.number, sentence.text.clone());
            // Times from a file may be no numbers at all; every comparison is written so that those fail.
            let ordered = sentence.start >= before - ROUNDING
                && sentence.end >= sentence.start
                && sentence.end <= self.duration + ROUNDING
                && sentence.sound <= sentence.end - sentence.start + ROUNDING;
            if !ordered {
                let start = sentence.start;
                faults.push(Lost::OutOfOrder {
                    number,
                    text: text.clone(),
                    start,
                });
            }
            before = sentence.end;
            let (fewest, most) = weight(&sentence.spoken);
            if fewest == 0.0 {
                continue;
            }
            let seconds = sentence.sound * rate;
            let shortest = fewest / FASTEST;
            let longest = GRACE + most / SLOWEST;
            if seconds <= 0.0 {
                faults.push(Lost::Silent { number, text });
            } else if !(shortest..=longest).contains(&seconds) {
                faults.push(Lost::Implausible {
                    number,
                    text,
                    seconds: sentence.sound,
                });
            }
        }
        faults
    }
}

/// Everything that was lost between the article and the sound.
///
/// Looks for text of title, lead and body that no utterance covers, for utterances without a span, and for everything
/// [`Timing::faults`] finds.
#[must_use]
pub fn losses(
    article: &Article,
    script: &Script,
    rendered: &Rendered,
    timing: &Timing,
) -> Vec<Lost> {
    let mut losses = unscripted(article, script);
    if script.utterances.len() != rendered.spans.len() {
        losses.push(Lost::Count {
            utterances: script.utterances.len(),
            spoken: rendered.spans.len(),
        });
    }
    losses.extend(timing.faults());
    losses
}

/// Listens to a WAV: whether it is as long as its times say, and whether there is sound wherever there should be words.
/// Constant memory.
///
/// # Errors
/// When it is no WAV.
pub fn in_wav(file: impl Read, timing: &Timing) -> Result<Vec<Lost>, hound::Error> {
    let mut reader = hound::WavReader::new(BufReader::new(file))?;
    let spec = reader.spec();
    let rate = f64::from(spec.sample_rate) * f64::from(spec.channels);
    let audio = f64::from(reader.len()) / rate.max(1.0);
    let mut faults = Vec::new();
    // Written so that a length that is no number fails.
    let same = (audio - timing.duration).abs() <= TOLERANCE;
    if !same {
        faults.push(Lost::Length {
            audio,
            timing: timing.duration,
        });
    }
    let full = f64::from(1_u32 << (spec.bits_per_sample - 1).min(31));
    let mut next: Box<dyn FnMut() -> Option<Result<f64, hound::Error>>> = match spec.sample_format {
        hound::SampleFormat::Int => {
            Box::new(move || Some(reader.samples::<i32>().next()?.map(|s| f64::from(s) / full)))
        }
        hound::SampleFormat::Float => {
            Box::new(move || Some(reader.samples::<f32>().next()?.map(f64::from)))
        }
    };
    let mut at = 0.0;
    for sentence in &timing.sentences {
        let mut loudest = 0.0_f64;
        while at / rate < sentence.end {
            let Some(sample) = next() else { break };
            let sample = sample?;
            if at / rate >= sentence.start {
                loudest = loudest.max(sample.abs());
            }
            at += 1.0;
        }
        if loudest < AUDIBLE && weight(&sentence.spoken).0 > 0.0 {
            faults.push(Lost::Silent {
                number: sentence.number,
                text: sentence.text.clone(),
            });
        }
    }
    Ok(faults)
}

/// Stretches of title, lead and body with letters or digits that no utterance covers.
fn unscripted(article: &Article, script: &Script) -> Vec<Lost> {
    let lead = article.lead.iter().enumerate();
    let blocks = article.blocks.iter().enumerate();
    let parts = (article
        .title
        .as_deref()
        .map(|title| (Part::Title, title))
        .into_iter())
    .chain(lead.map(|(n, text)| (Part::Lead(n), plain(text))))
    .chain(blocks.map(|(n, block)| (Part::Block(n), plain(&block.text))));
    let mut covered: Vec<(Part, Range<usize>)> = script
        .utterances
        .iter()
        .map(|u| (u.origin.part, u.origin.range.clone()))
        .collect();
    covered.sort_by_key(|(part, range)| (*part, range.start));
    let mut losses = Vec::new();
    for (part, text) in parts {
        let first = covered.partition_point(|(other, _)| *other < part);
        let ranges = covered[first..]
            .iter()
            .take_while(|(other, _)| *other == part);
        let mut at = 0;
        let mut gap = |from: usize, to: usize| {
            let missing = text.get(from..to).unwrap_or_default().trim();
            if missing.contains(char::is_alphanumeric) {
                let text = missing.chars().take(200).collect();
                losses.push(Lost::Unscripted { part, text });
            }
        };
        for (_, range) in ranges {
            if range.start > at {
                gap(at, range.start);
            }
            at = at.max(range.end);
        }
        gap(at.min(text.len()), text.len());
    }
    losses
}

fn plain(text: &Text) -> &str {
    &text.text
}

/// Fewest and most characters that a text may stand for when it is spoken; 0 for what has nothing to say.
fn weight(spoken: &str) -> (f64, f64) {
    let (mut fewest, mut most) = (0.0, 0.0);
    for c in spoken.chars() {
        if c.is_alphabetic() {
            fewest += 1.0;
        }
        most += match c {
            _ if c.is_uppercase() || c.is_numeric() => SPELLED,
            // Punctuation makes an engine pause.
            _ if !c.is_whitespace() => 1.0,
            _ => 0.2,
        };
    }
    if spoken.contains(char::is_numeric) && fewest == 0.0 {
        fewest = 1.0;
    }
    (fewest, most)
}

/// Puts the parts of a sentence together again as they are written.
fn join(text: &mut String, more: &str) {
    let sticks = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '…' | '“');
    let opened = text.ends_with(['„', '(', '»', '‚', '-']);
    if !text.is_empty() && !more.is_empty() && !opened && !more.starts_with(sticks) {
        text.push(' ');
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(spoken: &str, start: f64, end: f64) -> Sentence {
        Sentence {
            number: 0,
            start,
            end,
            sound: end - start,
            text: spoken.into(),
            spoken: spoken.into(),
            role: Role::Body,
            part: Part::Block(0),
        }
    }

    fn faults(rate: f32, sentences: Vec<Sentence>) -> Vec<Lost> {
        Timing {
            title: None,
            language: "de".into(),
            rate,
            duration: 10.0,
            sentences,
        }
        .faults()
    }

    #[test]
    fn plausible_speech_passes_and_the_rest_is_named() {
        let long = "Am Dienstag wurde der neue Haushalt im Landtag beraten.";
        let rows = [
            ("Ja.", 1.0, 0.4, "passes"),
            (long, 1.0, 3.6, "passes"),
            (long, 2.0, 1.8, "passes"),
            (long, 1.0, 0.3, "implausible"),
            (long, 3.0, 9.9, "implausible"),
            (long, 1.0, 0.0, "silent"),
            ("DGB", 1.0, 1.0, "passes"),
            ("…", 1.0, 0.0, "passes"),
        ];
        let mut wrong = Vec::new();
        for (spoken, rate, seconds, wanted) in rows {
            let got = match faults(rate, vec![sentence(spoken, 0.0, seconds)]).as_slice() {
                [] => "passes",
                [Lost::Implausible { .. }] => "implausible",
                [Lost::Silent { .. }] => "silent",
                _ => "other",
            };
            if got != wanted {
                wrong.push(format!(
                    "{spoken} at {rate} in {seconds} s: {got}, not {wanted}"
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn times_that_overlap_or_are_no_numbers_are_named() {
        for (start, end) in [(0.5, 1.5), (9.5, 10.5), (f64::NAN, 2.0), (3.0, 2.0)] {
            let found = faults(
                1.0,
                vec![
                    sentence("Das ist so.", 0.0, 1.0),
                    sentence("Das ist nicht so.", start, end),
                ],
            );
            assert!(
                found
                    .iter()
                    .any(|lost| matches!(lost, Lost::OutOfOrder { .. })),
                "{start} {end}: {found:?}"
            );
        }
    }
}
