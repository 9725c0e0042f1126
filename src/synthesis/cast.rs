//! Voices by role: title, heading, body, quotation, question, answer and foreign language may each be spoken in a way of their
//! own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Prosody, QUOTE_PITCH, Speech, SynthesisError, Synthesiser, registry};
use crate::{
    output::resample::Resampler,
    script::{Role, Script, Utterance},
};

/// A part that can have a way of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Kicker and headline.
    Title,
    /// Subheads.
    Heading,
    /// All else.
    Body,
    /// Quoted speech and block quotes.
    Quote,
    /// Questions of an interview.
    Question,
    /// Answers of an interview.
    Answer,
    /// Another language than the article's, whatever part it stands in.
    Foreign,
}

impl Part {
    /// The part that an utterance belongs to in a text of a language (BCP 47).
    #[must_use]
    pub fn of(utterance: &Utterance, language: &str) -> Self {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
        if primary(&utterance.language) != primary(language) {
            return Self::Foreign;
        }
        match utterance.role {
            Role::Kicker | Role::Title => Self::Title,
            Role::Heading => Self::Heading,
            Role::Quote => Self::Quote,
            Role::Question => Self::Question,
            Role::Answer => Self::Answer,
            Role::Byline
            | Role::Lead
            | Role::Body
            | Role::ListItem
            | Role::TickerEntry
            | Role::TableRow
            | Role::Note => Self::Body,
        }
    }
}

/// How a part is spoken; numbers are factors, relative to how all is spoken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Manner {
    /// Id of the voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// Speed, 0.5 to 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f32>,
    /// Pitch, 0.5 to 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pitch: Option<f32>,
    /// Volume, 0.0 to 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<f32>,
    /// Pause after it, 0.0 to 5.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<f32>,
}

impl Manner {
    /// What is wrong with it: a factor out of its bounds.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        [
            ("rate", self.rate, 0.5, 2.0),
            ("pitch", self.pitch, 0.5, 2.0),
            ("volume", self.volume, 0.0, 2.0),
            ("pause", self.pause, 0.0, 5.0),
        ]
        .into_iter()
        .find_map(|(name, value, low, high)| {
            let wrong = value.is_some_and(|value| !(low..=high).contains(&value));
            wrong.then(|| format!("{name} has to be a number from {low} to {high}"))
        })
    }
}

/// The manners of all parts that have one.
pub type Manners = BTreeMap<Part, Manner>;

/// Gives every pause of a script the length that its part has.
pub fn set_pauses(script: &mut Script, manners: &Manners) {
    for utterance in &mut script.utterances {
        let part = Part::of(utterance, &script.language);
        if let Some(pause) = manners.get(&part).and_then(|manner| manner.pause) {
            utterance.pause_after_ms = (utterance.pause_after_ms as f32 * pause).round() as u32;
        }
    }
}

/// Several voices that speak one text; a [`Synthesiser`] like one.
pub struct Cast {
    main: Box<dyn Synthesiser>,
    /// The other voices by their ids.
    others: BTreeMap<String, Box<dyn Synthesiser>>,
    manners: Manners,
    language: String,
}

impl Cast {
    /// A cast for a text in `language` (BCP 47): `main` for everything that has no voice of its own in `manners`; the voices
    /// of these are opened by `open`.
    ///
    /// # Errors
    /// When a voice cannot be opened.
    pub fn new<E>(
        main: Box<dyn Synthesiser>,
        manners: &Manners,
        language: &str,
        mut open: impl FnMut(&str) -> Result<Box<dyn Synthesiser>, E>,
    ) -> Result<Self, E> {
        let mut others = BTreeMap::new();
        for id in manners.values().filter_map(|manner| manner.voice.as_ref()) {
            if !others.contains_key(id) {
                others.insert(id.clone(), open(id)?);
            }
        }
        Ok(Self {
            main,
            others,
            manners: manners.clone(),
            language: language.to_owned(),
        })
    }

    /// Who speaks an utterance, and how; `None` for the main voice.
    fn manner(&self, utterance: &Utterance, prosody: Prosody) -> (Option<String>, Prosody) {
        let part = Part::of(utterance, &self.language);
        let Some(manner) = self.manners.get(&part) else {
            return (None, prosody);
        };
        let factor = |factor: Option<f32>| factor.unwrap_or(1.0);
        let mut prosody = Prosody {
            rate: (prosody.rate * factor(manner.rate)).clamp(0.5, 3.0),
            pitch: prosody.pitch * factor(manner.pitch),
            volume: (prosody.volume * factor(manner.volume)).clamp(0.0, 2.0),
        };
        // A voice for one language would only garble another one.
        let voice = (manner.voice.clone()).filter(|id| {
            self.others.contains_key(id) && registry::find_for(id, &utterance.language).is_ok()
        });
        // What has a voice or a pitch of its own is told from the text around it without the usual means.
        if part == Part::Quote && (voice.is_some() || manner.pitch.is_some()) {
            prosody.pitch /= QUOTE_PITCH;
        }
        prosody.pitch = prosody.pitch.clamp(0.5, 2.0);
        (voice, prosody)
    }
}

impl Synthesiser for Cast {
    fn sample_rate(&self) -> u32 {
        self.main.sample_rate()
    }

    fn fingerprint(&self, utterance: &Utterance, prosody: Prosody) -> Option<[u8; 32]> {
        let (voice, prosody) = self.manner(utterance, prosody);
        let voice = voice.and_then(|id| self.others.get(&id));
        voice.unwrap_or(&self.main).fingerprint(utterance, prosody)
    }

    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Speech, SynthesisError> {
        let rate = self.main.sample_rate();
        let (voice, prosody) = self.manner(utterance, prosody);
        let voice = voice.and_then(|id| self.others.get_mut(&id));
        let engine = voice.unwrap_or(&mut self.main);
        let mut speech = engine.synthesise(utterance, prosody)?;
        let from = speech.audio.sample_rate;
        if from != rate {
            let mut samples = Vec::new();
            let mixed = |_| SynthesisError::MixedRates(rate, from);
            let mut resampler = Resampler::new(from, rate).map_err(mixed)?;
            let mixed = |_| SynthesisError::MixedRates(rate, from);
            resampler
                .process(&speech.audio.samples, &mut samples)
                .and_then(|()| resampler.flush(&mut samples))
                .map_err(mixed)?;
            speech.audio.samples = samples;
            speech.audio.sample_rate = rate;
        }
        Ok(speech)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        audio::Audio,
        script::{Origin, Part as Place},
    };
    use std::sync::{Arc, Mutex};

    type Heard = Arc<Mutex<Vec<(String, Prosody)>>>;

    /// Writes down what it is to say, and gives a tone of one second.
    struct Actor(u32, &'static str, Heard);

    impl Synthesiser for Actor {
        fn sample_rate(&self) -> u32 {
            self.0
        }

        fn synthesise(&mut self, u: &Utterance, p: Prosody) -> Result<Speech, SynthesisError> {
            self.2
                .lock()
                .unwrap()
                .push((format!("{} {}", self.1, u.text), p));
            let wave = |i: u32| (i as f32 * 440.0 * std::f32::consts::TAU / self.0 as f32).sin();
            Ok(Speech {
                audio: Audio {
                    sample_rate: self.0,
                    samples: (0..self.0).map(wave).collect(),
                },
                warnings: Vec::new(),
            })
        }
    }

    fn utterance(role: Role, language: &str) -> Utterance {
        Utterance {
            text: format!("{role:?}"),
            respelled: None,
            shown: String::new(),
            language: language.into(),
            role,
            pause_after_ms: 300,
            sentence: 0,
            origin: Origin {
                part: Place::Block(0),
                range: 0..0,
            },
            rewrites: Vec::new(),
        }
    }

    #[test]
    fn every_part_is_spoken_in_its_manner_and_at_one_rate() {
        let manners: Manners = toml::from_str(
            "[title]\nrate = 0.9\n[quote]\nvoice = 'tone'\n[question]\npitch = 1.2\n[heading]\nvolume = 0.5\npause = 2\n\
             [foreign]\nvoice = 'pico-de'\nrate = 0.8",
        )
        .unwrap();
        let heard = Heard::default();
        let main = Box::new(Actor(16_000, "main", Arc::clone(&heard)));
        let mut cast = Cast::new(main, &manners, "de-AT", |id| {
            assert!(matches!(id, "tone" | "pico-de"), "{id}");
            Ok::<_, SynthesisError>(
                Box::new(Actor(22_050, "other", Arc::clone(&heard))) as Box<dyn Synthesiser>
            )
        })
        .unwrap();
        let says = [
            (utterance(Role::Title, "de"), "main Title", 0.9, 1.0, 1.0),
            (utterance(Role::Quote, "de"), "other Quote", 1.0, 1.0, 1.0),
            (
                utterance(Role::Question, "de"),
                "main Question",
                1.0,
                1.2,
                1.0,
            ),
            (
                utterance(Role::Heading, "de"),
                "main Heading",
                1.0,
                1.0,
                0.5,
            ),
            (utterance(Role::Lead, "de"), "main Lead", 1.0, 1.0, 1.0),
            // The voice for what is foreign speaks no English, and so the main voice does what it can.
            (utterance(Role::Body, "en"), "main Body", 0.8, 1.0, 1.0),
        ];
        for (utterance, who, rate, pitch, volume) in says {
            let prosody = Prosody::default().for_role(utterance.role);
            let speech = cast.synthesise(&utterance, prosody).unwrap();
            let (said, p) = heard.lock().unwrap().pop().unwrap();
            assert_eq!(said, who);
            for (got, wanted) in [(p.rate, rate), (p.pitch, pitch), (p.volume, volume)] {
                assert!((got - wanted).abs() < 1e-5, "{said}: {p:?}");
            }
            assert_eq!(
                (speech.audio.sample_rate, speech.audio.samples.len()),
                (16_000, 16_000)
            );
        }
        let mut script = Script {
            language: "de".into(),
            utterances: vec![utterance(Role::Heading, "de"), utterance(Role::Body, "de")],
            ..Script::default()
        };
        set_pauses(&mut script, &manners);
        let pauses: Vec<_> = script.utterances.iter().map(|u| u.pause_after_ms).collect();
        assert_eq!(pauses, [600, 300]);
    }

    #[test]
    fn factors_have_bounds() {
        let fault = |text: &str| toml::from_str::<Manner>(text).unwrap().fault();
        assert_eq!(fault("rate = 1.5\npause = 0"), None);
        for text in [
            "rate = 3",
            "pitch = 0",
            "volume = -1",
            "pause = 9",
            "rate = nan",
        ] {
            assert!(fault(text).is_some(), "{text}");
        }
    }
}
