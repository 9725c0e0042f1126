//! Subtitles: WebVTT and SubRip, from the times of the sentences.

use std::fmt::Write as _;

use super::timing::{Sentence, Timing};

/// Longest line, in characters: what broadcasters allow (ARD and others: 37 to 42).
const LINE: usize = 42;

/// Most lines shown at once.
const LINES: usize = 2;

/// Lines shown for a time.
struct Cue {
    start: f64,
    end: f64,
    lines: Vec<String>,
}

/// WebVTT (W3C). Text cannot become markup: `&`, `<` and `>` are escaped.
#[must_use]
pub fn web_vtt(timing: &Timing) -> String {
    let mut out = "WEBVTT\n".to_owned();
    for cue in cues(timing) {
        let (start, end) = (stamp(cue.start, '.'), stamp(cue.end, '.'));
        let text = cue.lines.join("\n");
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let _ = write!(out, "\n{start} --> {end}\n{text}\n");
    }
    out
}

/// SubRip. It has no escapes: a word joiner (U+2060) after `<` and `{` keeps players from reading them as markup.
#[must_use]
pub fn sub_rip(timing: &Timing) -> String {
    let mut out = String::new();
    for (number, cue) in cues(timing).into_iter().enumerate() {
        let (start, end) = (stamp(cue.start, ','), stamp(cue.end, ','));
        let text = cue.lines.join("\n");
        let text = text.replace('<', "<\u{2060}").replace('{', "{\u{2060}");
        let text = text.replace("-->", "--\u{2060}>");
        let gap = if number == 0 { "" } else { "\n" };
        let _ = write!(out, "{gap}{}\n{start} --> {end}\n{text}\n", number + 1);
    }
    out
}

/// The cues of all sentences; one that needs more than two lines is shown in pieces, each as long as its characters.
fn cues(timing: &Timing) -> Vec<Cue> {
    let mut cues = Vec::new();
    for Sentence {
        start, end, text, ..
    } in &timing.sentences
    {
        let lines = wrap(text);
        let size = |lines: &[String]| lines.iter().map(|l| l.chars().count()).sum::<usize>() as f64;
        let total = size(&lines).max(1.0);
        let mut shown = 0.0;
        for piece in lines.chunks(LINES) {
            let at = |part: f64| start + (end - start) * part / total;
            let from = at(shown);
            shown += size(piece);
            cues.push(Cue {
                start: from,
                end: at(shown),
                lines: piece.to_vec(),
            });
        }
    }
    cues
}

/// Breaks a text into lines of nearly equal length, none longer than [`LINE`] unless a single word is.
fn wrap(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let all = words.iter().map(|w| w.chars().count() + 1).sum::<usize>();
    let count = all.div_ceil(LINE + 1).max(1);
    // Equal lines read better than a full one and a single word; where words do not fit so, the full width is used.
    let even = fill(&words, all.div_ceil(count).min(LINE));
    if even.len() <= count {
        even
    } else {
        fill(&words, LINE)
    }
}

fn fill(words: &[&str], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in words {
        let size = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + size <= width => {
                line.push(' ');
                line.push_str(word);
                length += 1 + size;
            }
            _ => {
                lines.push((*word).to_owned());
                length = size;
            }
        }
    }
    lines
}

/// `HH:MM:SS.mmm`
fn stamp(seconds: f64, point: char) -> String {
    let ms = (seconds.max(0.0) * 1000.0).round() as u64;
    let (s, m, h) = (ms / 1000 % 60, ms / 60_000 % 60, ms / 3_600_000);
    format!("{h:02}:{m:02}:{s:02}{point}{:03}", ms % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Part, Role};

    fn timing(text: &str) -> Timing {
        Timing {
            title: None,
            language: "de".into(),
            rate: 1.0,
            duration: 4000.0,
            sentences: vec![Sentence {
                number: 0,
                start: 3661.02,
                end: 3665.5,
                sound: 4.48,
                text: text.into(),
                spoken: String::new(),
                role: Role::Body,
                part: Part::Block(0),
            }],
        }
    }

    #[test]
    fn both_formats_give_the_times_and_no_markup() {
        let given = timing("Wenn <b>1 < 2</b> & so {\\an8} --> \n\n gilt.");
        assert_eq!(
            web_vtt(&given),
            "WEBVTT\n\n01:01:01.020 --> 01:01:05.500\nWenn &lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; so {\\an8} --&gt; gilt.\n"
        );
        let srt = sub_rip(&given);
        assert!(
            srt.starts_with("1\n01:01:01,020 --> 01:01:05,500\nWenn <\u{2060}b>1 "),
            "{srt}"
        );
        assert_eq!(srt.matches("-->").count(), 1, "{srt}");
    }

    #[test]
    fn long_sentences_are_shown_in_pieces_that_follow_each_other() {
        let text = "Der Ausschuss für Umwelt, Klimaschutz und Reaktorsicherheit hat am Mittwoch nach langer Debatte \
             beschlossen, den Entwurf der Regierung mit einigen Änderungen an das Plenum weiterzugeben.";
        let cues = cues(&timing(text));
        assert!(cues.len() >= 2);
        assert!((cues[0].start - 3661.02).abs() < 1e-9);
        assert!((cues[cues.len() - 1].end - 3665.5).abs() < 1e-9);
        for pair in cues.windows(2) {
            assert!(pair[0].start < pair[0].end && (pair[0].end - pair[1].start).abs() < 1e-9);
        }
        let lines: Vec<_> = cues.iter().flat_map(|cue| cue.lines.clone()).collect();
        assert!(
            lines.iter().all(|line| line.chars().count() <= LINE),
            "{lines:?}"
        );
        assert_eq!(lines.join(" "), text);
        assert!(cues.iter().all(|cue| cue.lines.len() <= LINES));
    }

    #[test]
    fn two_lines_are_about_equal() {
        assert_eq!(
            wrap("Das Wasser am Pegel steigt seit Tagen immer weiter."),
            ["Das Wasser am Pegel steigt", "seit Tagen immer weiter."]
        );
    }
}
