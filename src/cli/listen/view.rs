//! The calm view: what is read, where in it one is, and nothing that moves without a reason.

use super::keys::help;
use crate::cli::{
    locales::{self, t},
    sanitise::one_line,
};
use crossterm::{
    cursor::MoveTo,
    queue,
    style::{Attribute, Print, SetAttribute},
    terminal::{Clear, ClearType},
};
use std::{io, time::Duration};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Everything that the view shows.
#[derive(Debug, Clone, Default)]
pub struct Status {
    pub title: String,
    /// The sentences of the paragraph, and which of them is heard.
    pub sentences: Vec<String>,
    pub current: usize,
    /// Number of the sentence in the article, counted from 1, and how many there are.
    pub position: (usize, usize),
    pub left: Duration,
    pub rate: f32,
    pub paused: bool,
    pub message: String,
    pub help: bool,
}

/// A row of the screen: stretches of text, and whether each is bold.
type Row = Vec<(bool, String)>;

/// Writes what has changed since the last time.
#[derive(Debug, Default)]
pub struct Painter {
    size: (u16, u16),
    shown: Vec<Row>,
}

impl Painter {
    /// Forgets what is on the screen, so that all of it is painted anew.
    pub fn forget(&mut self) {
        self.size = (0, 0);
    }

    /// Paints the rows that are not what they were.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn paint(
        &mut self,
        out: &mut impl io::Write,
        status: &Status,
        size: (u16, u16),
    ) -> io::Result<()> {
        if size != self.size {
            self.size = size;
            self.shown.clear();
            queue!(out, Clear(ClearType::All))?;
        }
        let rows = rows(status, size.0.into(), size.1.into());
        for (y, row) in rows.iter().enumerate() {
            if self.shown.get(y) == Some(row) {
                continue;
            }
            queue!(out, MoveTo(0, y as u16), Clear(ClearType::CurrentLine))?;
            for (bold, text) in row {
                if *bold {
                    queue!(out, SetAttribute(Attribute::Bold))?;
                }
                queue!(out, Print(text))?;
                if *bold {
                    queue!(out, SetAttribute(Attribute::Reset))?;
                }
            }
        }
        self.shown = rows;
        out.flush()
    }
}

/// What stands on a screen of this size.
fn rows(status: &Status, width: usize, height: usize) -> Vec<Row> {
    let plain = |text: &str| vec![(false, cut(text, width))];
    let mut rows = vec![
        vec![(true, cut(&one_line(&status.title), width))],
        Vec::new(),
    ];
    let room = height.saturating_sub(5).max(1);
    if status.help {
        let lines = help()
            .map(|(key, does)| format!("{key:<20}{does}"))
            .into_iter();
        rows.extend(lines.take(room).map(|line| plain(&line)));
    } else {
        rows.extend(paragraph(status, width, room));
    }
    rows.resize(height.saturating_sub(3).max(rows.len().min(2)), Vec::new());
    rows.push(plain(&one_line(&status.message)));
    rows.push(plain(&position(status)));
    rows.push(plain(&t!("view-keys")));
    rows.truncate(height);
    rows
}

/// Where one is, in words.
fn position(status: &Status) -> String {
    let (number, count) = status.position;
    let state = if status.paused {
        t!("view-paused")
    } else {
        t!("view-reading")
    };
    let left = status.left.as_secs().div_ceil(60);
    let left = match left {
        0 | 1 => t!("view-nearly-over"),
        minutes => t!("view-left", minutes = minutes),
    };
    t!(
        "view-position",
        state = state,
        number = number,
        count = count,
        left = left,
        rate = locales::number(f64::from(status.rate), 1)
    )
}

/// The paragraph in lines of the width. The sentence that is heard stands between `>` and `<`, in the place of the spaces
/// around it, so that no word moves when the mark does; and it is bold.
fn paragraph(status: &Status, width: usize, room: usize) -> Vec<Row> {
    let inner = width.saturating_sub(3).max(1);
    let sentences: Vec<String> = status.sentences.iter().map(|s| one_line(s)).collect();
    // Words, and whether they are of the sentence that is heard.
    let mut words = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        for word in sentence.split(' ') {
            words.extend(pieces(word, inner).map(|piece| (n == status.current, piece)));
        }
    }
    let mut lines: Vec<Vec<(bool, &str)>> = Vec::new();
    let mut length = 0;
    for (current, word) in words {
        let wide = word.width();
        match lines.last_mut() {
            Some(line) if length + 1 + wide <= inner => {
                length += 1 + wide;
                line.push((current, word));
            }
            _ => {
                length = wide;
                lines.push(vec![(current, word)]);
            }
        }
    }
    let marked = |line: &Vec<(bool, &str)>| line.iter().any(|(current, _)| *current);
    let first = lines.iter().position(marked).unwrap_or(0);
    let last = lines.iter().rposition(marked).unwrap_or(0);
    // A long paragraph is shown from a line above the sentence on, and not further than its end.
    let top = if lines.len() <= room || last < room {
        0
    } else {
        first.saturating_sub(1).min(lines.len() - room)
    };
    let mut inside = lines[..top]
        .last()
        .and_then(|l| l.last())
        .is_some_and(|w| w.0);
    let shown = lines.iter().enumerate().skip(top).take(room);
    shown
        .map(|(n, line)| {
            let mut row: Row = vec![(false, " ".to_owned())];
            for (current, word) in line {
                let mark = match (inside, *current) {
                    (false, true) => ">",
                    (true, false) => "<",
                    _ => " ",
                };
                let mark_is_bold = *current && inside;
                inside = *current;
                push(&mut row, mark_is_bold, mark);
                push(&mut row, *current, word);
            }
            let ends = lines.get(n + 1).is_none_or(|next| !next[0].0);
            if inside && ends {
                push(&mut row, false, "<");
                inside = false;
            }
            row
        })
        .collect()
}

fn push(row: &mut Row, bold: bool, text: &str) {
    match row.last_mut() {
        Some((as_before, stretch)) if *as_before == bold => stretch.push_str(text),
        _ => row.push((bold, text.to_owned())),
    }
}

/// A word in pieces that fit into a line.
fn pieces(word: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut used = 0;
        let end = rest.char_indices().find_map(|(at, c)| {
            used += c.width().unwrap_or(0);
            (used > width && at > 0).then_some(at)
        });
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(piece)
    })
}

/// As much of the text as fits.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used < width
    };
    let mut out: String = text.chars().take_while(fits).collect();
    if width > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status() -> Status {
        Status {
            title: "Bahn baut\n\u{1b}[31mneue\u{202e} Strecken".to_owned(),
            sentences: [
                "Die Bahn baut neue Strecken.",
                "Das kostet viel Geld und dauert lange.",
                "Niemand weiß, wann sie fertig sind.",
            ]
            .map(str::to_owned)
            .to_vec(),
            current: 1,
            position: (4, 12),
            left: Duration::from_secs(150),
            rate: 1.2,
            paused: false,
            message: String::new(),
            help: false,
        }
    }

    fn text(status: &Status, width: usize, height: usize) -> String {
        let rows = rows(status, width, height);
        let line = |row: &Row| {
            row.iter()
                .map(|(_, text)| text.as_str())
                .collect::<String>()
        };
        let lines: Vec<_> = rows
            .iter()
            .map(|row| line(row).trim_end().to_owned())
            .collect();
        lines.join("\n")
    }

    #[test]
    fn the_view_as_text() {
        let wanted = "\
Bahn baut \u{fffd}[31mneue\u{fffd} Strecken

  Die Bahn baut neue Strecken.>Das kostet
  viel Geld und dauert lange.<Niemand weiß,
  wann sie fertig sind.



Reading   sentence 4 of 12   about 3 minute…
space pause   left/right sentence   up/down…";
        assert_eq!(text(&status(), 44, 10), wanted);
        let last = Status {
            current: 2,
            paused: true,
            left: Duration::from_secs(20),
            message: "Going on at sentence 4.".to_owned(),
            ..status()
        };
        let wanted = "\
Bahn baut \u{fffd}[31mneue\u{fffd} Strecken

  Die Bahn baut neue Strecken. Das kostet viel Geld und dauert lange.>Niemand
  weiß, wann sie fertig sind.<

Going on at sentence 4.
PAUSED   sentence 4 of 12   less than a minute left   speed 1.2
space pause   left/right sentence   up/down paragraph   ? help   q quit";
        assert_eq!(text(&last, 80, 8), wanted);
    }

    #[test]
    fn no_word_moves_when_the_mark_does() {
        let unmarked = |current| {
            let shown = text(
                &Status {
                    current,
                    ..status()
                },
                40,
                12,
            );
            shown.replace(['>', '<'], " ").replace(" \n", "\n")
        };
        assert_eq!(unmarked(0), unmarked(1));
        assert_eq!(unmarked(1), unmarked(2));
    }

    #[test]
    fn any_size_and_any_text_fit() {
        let long = Status {
            sentences: vec![
                "Donaudampfschifffahrt".repeat(9),
                "漢字".repeat(40),
                String::new(),
            ],
            current: 1,
            ..status()
        };
        for status in [status(), long, Status::default()] {
            for width in 0..90 {
                for height in 0..14 {
                    let rows = rows(&status, width, height);
                    assert!(rows.len() <= height);
                    for row in rows {
                        let wide: usize = row.iter().map(|(_, text)| text.width()).sum();
                        assert!(wide <= width.max(6), "{wide} in {width}: {row:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn only_what_changed_is_painted() -> io::Result<()> {
        let mut painter = Painter::default();
        let mut first = Vec::new();
        painter.paint(&mut first, &status(), (60, 10))?;
        let mut same = Vec::new();
        painter.paint(&mut same, &status(), (60, 10))?;
        assert!(same.is_empty(), "{}", String::from_utf8_lossy(&same));
        let mut paused = Vec::new();
        let now = Status {
            paused: true,
            ..status()
        };
        painter.paint(&mut paused, &now, (60, 10))?;
        let paused = String::from_utf8_lossy(&paused).into_owned();
        assert!(
            paused.contains("PAUSED") && !paused.contains("Bahn"),
            "{paused:?}"
        );
        Ok(())
    }
}
