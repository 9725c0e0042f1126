//! What a listener can ask for while something is read, whatever speaks it.

use std::{sync::Arc, time::Duration};

use super::{Outline, Unit};
use crate::{
    script::{Role, Script, Utterance},
    synthesis::{Control, Place, RATES},
};

/// How much faster or slower one step makes it.
const STEP: f32 = 0.1;

/// How long a character takes at rate 1; what the built-in voice needs on average.
const PER_CHARACTER: Duration = Duration::from_millis(65);

/// What a listener asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Hold, or go on.
    Pause,
    /// To the one before.
    Back(Unit),
    /// To the next.
    Forward(Unit),
    /// A step faster.
    Faster,
    /// A step slower.
    Slower,
    /// To the beginning of the article.
    ToStart,
    /// The sentence once more from its beginning.
    Repeat,
    /// Spell the word that was heard last.
    Spell,
    /// End it.
    Quit,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It is silent.
    Held,
    /// It goes on.
    Going,
    /// It goes on elsewhere.
    Moved,
    /// There is nothing further in that direction; it goes on as before.
    Edge,
    /// The speed from now on.
    Rate(f32),
    /// The word that is spelled.
    Spelling(String),
    /// There is no word to spell yet.
    NoWord,
    /// It ends.
    Ending,
}

/// A script being read, seen from its listener.
#[derive(Debug, Clone)]
pub struct Steering {
    script: Arc<Script>,
    outline: Outline,
    control: Control,
}

impl Steering {
    /// Steers whoever speaks the script under this control.
    #[must_use]
    pub fn new(script: Arc<Script>, control: Control) -> Self {
        let outline = Outline::of(&script);
        Self {
            script,
            outline,
            control,
        }
    }

    /// Does what is asked; whoever speaks obeys within 100 ms.
    #[expect(clippy::must_use_candidate, reason = "what came of it is for telling")]
    pub fn obey(&self, command: Command) -> Answer {
        let index = self.control.place().index;
        let go = |to: Option<usize>| match to {
            Some(to) => {
                self.control.go_to(Place::start_of(to));
                Answer::Moved
            }
            None => Answer::Edge,
        };
        match command {
            Command::Pause if self.control.is_paused() => {
                self.control.resume();
                Answer::Going
            }
            Command::Pause => {
                self.control.pause();
                Answer::Held
            }
            Command::Back(unit) => go(self.outline.previous(unit, index)),
            Command::Forward(unit) => go(self.outline.next(unit, index)),
            Command::ToStart => go(Some(0)),
            Command::Repeat => go(self.outline.current(Unit::Sentence, index)),
            Command::Faster => self.change_rate(STEP),
            Command::Slower => self.change_rate(-STEP),
            Command::Spell => self.spell(),
            Command::Quit => {
                self.control.stop();
                Answer::Ending
            }
        }
    }

    /// Number of the sentence that is heard, counted from 1, and how many there are.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        self.outline.position(self.control.place().index)
    }

    /// About how long the rest takes at the present speed.
    #[must_use]
    pub fn left(&self) -> Duration {
        let left = self.length().saturating_sub(self.passed());
        left.div_f32(self.control.rate())
    }

    /// About how long all of it takes at speed 1.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.script.utterances.iter().map(time_of).sum()
    }

    /// About how much of [`Steering::length`] lies before the place.
    #[must_use]
    pub fn passed(&self) -> Duration {
        let place = self.control.place();
        let utterances = &self.script.utterances;
        let before = utterances.get(..place.index).unwrap_or(utterances);
        let here = utterances
            .get(place.index)
            .map_or(Duration::ZERO, speech_of);
        before.iter().map(time_of).sum::<Duration>() + here.mul_f32(place.heard.clamp(0.0, 1.0))
    }

    /// The utterances of the paragraph that is heard.
    #[must_use]
    pub fn paragraph(&self) -> std::ops::Range<usize> {
        let index = self.control.place().index;
        let from = self.outline.current(Unit::Paragraph, index).unwrap_or(0);
        let to = self.outline.next(Unit::Paragraph, index);
        from..to.unwrap_or(self.script.utterances.len())
    }

    fn change_rate(&self, by: f32) -> Answer {
        let before = self.control.rate();
        // Steps end on whole tenths, also from a speed between them.
        let rate = ((before + by) / STEP).round() * STEP;
        if rate < RATES.start() - 0.01 || rate > RATES.end() + 0.01 {
            return Answer::Edge;
        }
        self.control.set_rate(rate);
        Answer::Rate(self.control.rate())
    }

    fn spell(&self) -> Answer {
        let place = self.control.place();
        let Some(word) = last_word(&self.script, place) else {
            return Answer::NoWord;
        };
        let word = word.to_owned();
        if let Some(here) = self.script.utterances.get(place.index) {
            self.control.say_aside(Utterance {
                text: spelled(&word),
                respelled: None,
                shown: word.clone(),
                role: Role::Note,
                pause_after_ms: 400,
                rewrites: Vec::new(),
                ..here.clone()
            });
        }
        Answer::Spelling(word)
    }
}

/// The written word at the place: by the share of the utterance that was heard, as voices do not tell where a word begins.
/// Right after a beginning it is the last word of what was said before.
fn last_word(script: &Script, place: Place) -> Option<&str> {
    let words = |index: usize| {
        let shown = script.utterances.get(index)?.shown.as_str();
        Some((
            shown,
            shown
                .split_whitespace()
                .filter(|w| w.contains(char::is_alphanumeric)),
        ))
    };
    let (shown, here) = words(place.index)?;
    let until = place.heard.clamp(0.0, 1.0) * shown.len() as f32;
    let begins = |word: &str| (word.as_ptr() as usize - shown.as_ptr() as usize) as f32;
    let word = here
        .take_while(|word| begins(word) < until)
        .last()
        .or_else(|| words(place.index.checked_sub(1)?)?.1.next_back())?;
    Some(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// A word for any voice, letter by letter. Letters stand alone, which every German voice reads as their names; the commas make
/// it slow enough to write along.
fn spelled(word: &str) -> String {
    let names: Vec<String> = word
        .chars()
        .map(|c| match c {
            'ß' => "Eszett".to_owned(),
            '-' | '‑' | '–' => "Bindestrich".to_owned(),
            '.' => "Punkt".to_owned(),
            '\'' | '’' => "Apostroph".to_owned(),
            '0'..='9' => {
                let names = [
                    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht",
                    "neun",
                ];
                names[c as usize - '0' as usize].to_owned()
            }
            _ => c.to_uppercase().collect(),
        })
        .collect();
    names.join(", ") + "."
}

/// About how long the words of an utterance take at speed 1.
fn speech_of(utterance: &Utterance) -> Duration {
    PER_CHARACTER * utterance.engine_text().chars().count() as u32
}

/// The same with the pause after them.
fn time_of(utterance: &Utterance) -> Duration {
    speech_of(utterance) + Duration::from_millis(utterance.pause_after_ms.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Origin, Part};

    /// Two paragraphs of three sentences, the second below a heading.
    fn script() -> Arc<Script> {
        let rows = [
            ("Das ist der Titel.", Role::Title, Part::Title),
            ("Eins ist da.", Role::Body, Part::Block(0)),
            ("Zwei wohnt in Gießen.", Role::Body, Part::Block(0)),
            ("Drei auch.", Role::Body, Part::Block(0)),
            ("Zwischentitel", Role::Heading, Part::Block(1)),
            ("Vier ist da.", Role::Body, Part::Block(2)),
        ];
        let utterances = rows
            .iter()
            .enumerate()
            .map(|(n, (text, role, part))| Utterance {
                text: (*text).to_owned(),
                respelled: None,
                shown: (*text).to_owned(),
                language: "de".to_owned(),
                role: *role,
                pause_after_ms: 100,
                sentence: n as u32,
                origin: Origin {
                    part: *part,
                    range: 0..text.len(),
                },
                rewrites: Vec::new(),
            });
        Arc::new(Script {
            title: None,
            language: "de".to_owned(),
            utterances: utterances.collect(),
        })
    }

    #[test]
    fn commands_move_the_place() {
        use Command::{Back, Forward, Repeat, ToStart};
        let rows = [
            (0, Forward(Unit::Sentence), 1, Answer::Moved),
            (2, Back(Unit::Sentence), 1, Answer::Moved),
            (0, Back(Unit::Sentence), 0, Answer::Edge),
            (5, Forward(Unit::Sentence), 5, Answer::Edge),
            (3, Back(Unit::Paragraph), 1, Answer::Moved),
            (1, Forward(Unit::Paragraph), 4, Answer::Moved),
            (2, Forward(Unit::Heading), 4, Answer::Moved),
            (5, Forward(Unit::Heading), 5, Answer::Edge),
            (5, Back(Unit::Heading), 4, Answer::Moved),
            (3, Repeat, 3, Answer::Moved),
            (5, ToStart, 0, Answer::Moved),
        ];
        let mut wrong = Vec::new();
        for (at, command, to, answer) in rows {
            let control = Control::new();
            let steering = Steering::new(script(), control.clone());
            let jump = control.first_jump();
            control.arrive(
                jump.turn,
                Place {
                    index: at,
                    heard: 0.6,
                },
            );
            let got = steering.obey(command);
            if got != answer || control.place().index != to {
                wrong.push((at, command, got, control.place()));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn speed_goes_in_tenths_and_stops_at_its_bounds() {
        let control = Control::new();
        let steering = Steering::new(script(), control.clone());
        control.set_rate(1.25);
        for (command, rate) in [(Command::Faster, 1.4), (Command::Slower, 1.3)] {
            match steering.obey(command) {
                Answer::Rate(got) => assert!((got - rate).abs() < 0.001, "{got}, not {rate}"),
                other => panic!("{other:?}"),
            }
        }
        let all = steering.left();
        control.set_rate(3.0);
        assert_eq!(steering.obey(Command::Faster), Answer::Edge);
        assert!(steering.left() * 2 < all);
        control.set_rate(0.5);
        assert_eq!(steering.obey(Command::Slower), Answer::Edge);
    }

    #[test]
    fn the_last_word_is_spelled_and_the_sentence_said_again() {
        let control = Control::new();
        let steering = Steering::new(script(), control.clone());
        assert_eq!(steering.obey(Command::Spell), Answer::NoWord);
        for (index, heard, word) in [
            (2, 0.9, "Gießen"),
            (2, 0.3, "wohnt"),
            (2, 0.0, "da"),
            (5, 0.1, "Vier"),
            (4, 1.0, "Zwischentitel"),
        ] {
            let jump = control.first_jump();
            control.arrive(jump.turn, Place { index, heard });
            assert_eq!(
                steering.obey(Command::Spell),
                Answer::Spelling(word.to_owned()),
                "{index} at {heard}"
            );
            let jump = control.take_jump().expect("a jump");
            assert_eq!(jump.place, Place::start_of(index));
        }
        assert_eq!(
            spelled("Gießen-2"),
            "G, I, E, Eszett, E, N, Bindestrich, zwei."
        );
    }

    #[test]
    fn the_paragraph_is_that_of_the_place() {
        let control = Control::new();
        let steering = Steering::new(script(), control.clone());
        for (index, paragraph) in [(0, 0..1), (2, 1..4), (4, 4..5), (5, 5..6)] {
            control.go_to(Place::start_of(index));
            assert_eq!(steering.paragraph(), paragraph);
            assert_eq!(steering.position(), (index + 1, 6));
        }
    }
}
