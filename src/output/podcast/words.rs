//! The words of the pages, in the languages that they can have.

use crate::normalise::rules::date::written;
use jiff::civil::Date;

/// The words of one language.
pub(super) struct Words {
    /// Its BCP 47 tag.
    pub language: &'static str,
    pub episodes: &'static str,
    pub none: &'static str,
    pub subscribe: &'static str,
    pub all: &'static str,
    pub skip: &'static str,
    pub player: &'static str,
    pub back: &'static str,
    pub forward: &'static str,
    pub speed: &'static str,
    pub hint: &'static str,
    pub chapters: &'static str,
    pub text: &'static str,
    pub source: &'static str,
    pub files: &'static str,
    pub sound: &'static str,
    pub subtitles: &'static str,
    pub transcript: &'static str,
    pub synthetic: &'static str,
    decimal: char,
    date: fn(Date) -> String,
    minutes: &'static str,
    seconds: &'static str,
}

const GERMAN: Words = Words {
    language: "de",
    episodes: "Folgen",
    none: "Noch keine Folge.",
    subscribe: "Podcast abonnieren (RSS)",
    all: "Alle Folgen",
    skip: "Zum Text",
    player: "Abspielen",
    back: "Satz zurück",
    forward: "Satz weiter",
    speed: "Tempo",
    hint: "Der gesprochene Satz ist markiert. Ein Klick auf einen Satz springt dorthin; mit der Tastatur wählen die Pfeiltasten im \
           Text einen Satz, Eingabe springt.",
    chapters: "Kapitel",
    text: "Text zum Mitlesen",
    source: "Zum Artikel",
    files: "Dateien",
    sound: "Ton",
    subtitles: "Untertitel",
    transcript: "Text ohne Abspieler",
    synthetic: "Vorgelesen von einer Computerstimme.",
    decimal: ',',
    date: written,
    minutes: "Min.",
    seconds: "Sek.",
};

const ENGLISH: Words = Words {
    language: "en",
    episodes: "Episodes",
    none: "No episode yet.",
    subscribe: "Subscribe to the podcast (RSS)",
    all: "All episodes",
    skip: "Skip to the text",
    player: "Player",
    back: "Previous sentence",
    forward: "Next sentence",
    speed: "Speed",
    hint: "The sentence being spoken is marked. Click a sentence to jump there; on the keyboard, the arrow keys choose a sentence \
           in the text, Enter jumps.",
    chapters: "Chapters",
    text: "Text to read along",
    source: "Original article",
    files: "Files",
    sound: "Sound",
    subtitles: "Subtitles",
    transcript: "Text without the player",
    synthetic: "Read by a computer voice.",
    decimal: '.',
    date: english_date,
    minutes: "min",
    seconds: "s",
};

impl Words {
    /// The words for a podcast in a language; those of English where there are no others.
    pub(super) fn of(language: &str) -> &'static Self {
        let primary = language.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case(GERMAN.language) {
            &GERMAN
        } else {
            &ENGLISH
        }
    }

    /// A day, such as `25. Mai 2025`.
    pub(super) fn day(&self, day: Date) -> String {
        (self.date)(day)
    }

    /// A length as a listener wants to know it, such as `4 Min.`
    pub(super) fn length(&self, seconds: f64) -> String {
        if seconds < 59.5 {
            return format!("{} {}", seconds.round(), self.seconds);
        }
        format!("{} {}", (seconds / 60.0).round(), self.minutes)
    }

    /// A number as it is written, such as `1,25`.
    pub(super) fn number(&self, number: f64) -> String {
        number.to_string().replace('.', &self.decimal.to_string())
    }
}

fn english_date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_lengths_are_said_as_people_say_them() {
        let day = jiff::civil::date(2025, 3, 5);
        let (german, english) = (Words::of("de-AT"), Words::of("fr"));
        assert_eq!(german.day(day), "5. März 2025");
        assert_eq!(english.day(day), "5 March 2025");
        assert_eq!(
            [235.0, 59.7, 12.2].map(|s| german.length(s)),
            ["4 Min.", "1 Min.", "12 Sek."]
        );
        assert_eq!(german.number(1.25), "1,25");
    }
}
