//! What the listener sees or reads with the fingers: the calm view, plain lines, or nothing.

use super::{
    Session, keys,
    terminal::is_raw,
    view::{Painter, Status},
};
use crate::cli::{locales::t, report, sanitise::one_line};
use crossterm::terminal::size;
use std::{
    env,
    io::{self, IsTerminal as _, Write as _},
};
use vorleser::{Control, Script, output::playback::Steering};

/// The faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A screen of its own.
    View,
    /// Lines, and only when something happened.
    Plain,
    /// Errors only.
    Quiet,
}

/// Which face suits: the view wants a terminal and somebody who did not ask for lines.
pub fn kind(session: &Session) -> Kind {
    let asked = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0");
    let dumb = env::var_os("TERM").is_none_or(|term| term == "dumb");
    if session.talk.quiet {
        Kind::Quiet
    } else if session.listen.habits.plain
        || asked("ACCESSIBLE")
        || (cfg!(unix) && dumb)
        || session.talk.verbose
        || !has_keyboard(session)
    {
        Kind::Plain
    } else {
        Kind::View
    }
}

/// Whether keys can be read.
pub fn has_keyboard(session: &Session) -> bool {
    session.keyboard && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The face where the terminal could not be taken.
pub fn plainer(kind: Kind) -> Kind {
    match kind {
        Kind::View => Kind::Plain,
        other => other,
    }
}

/// A face, with what it shows.
pub struct Face {
    kind: Kind,
    status: Status,
    painter: Painter,
    /// What has to be read after the view is gone as well.
    warnings: Vec<String>,
}

impl Face {
    /// A face that shows nothing yet.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            status: Status::default(),
            painter: Painter::default(),
            warnings: Vec::new(),
        }
    }

    /// What is read.
    pub fn title(&mut self, title: &str) {
        title.clone_into(&mut self.status.title);
        if !title.is_empty() && self.kind == Kind::Plain {
            line(&t!("reading", title = one_line(title)));
        }
    }

    /// Something happened.
    pub fn say(&mut self, sentence: &str) {
        match self.kind {
            Kind::View => sentence.clone_into(&mut self.status.message),
            Kind::Plain => line(sentence),
            Kind::Quiet => {}
        }
    }

    /// Something was lost; that is said again when the view is gone.
    pub fn warn(&mut self, sentence: &str) {
        if self.kind == Kind::View && !self.warnings.iter().any(|w| w == sentence) {
            self.warnings.push(sentence.to_owned());
        }
        self.say(sentence);
    }

    /// Shows the keys; in the view, until asked again.
    pub fn help(&mut self) {
        match self.kind {
            Kind::View => self.status.help = !self.status.help,
            Kind::Plain => {
                for (key, does) in keys::help() {
                    line(&format!("{key}: {does}"));
                }
            }
            Kind::Quiet => {}
        }
    }

    /// Brings the view up to date.
    pub fn show(&mut self, script: &Script, steering: &Steering, control: &Control) {
        if self.kind != Kind::View {
            return;
        }
        let status = &mut self.status;
        let position = steering.position();
        // Collected anew only when another sentence is heard.
        if status.position != position {
            status.position = position;
            let here = script.utterances.get(control.place().index);
            let here = here.map(|u| u.sentence);
            status.sentences.clear();
            let mut before = None;
            for utterance in &script.utterances[steering.paragraph()] {
                if before == Some(utterance.sentence)
                    && let Some(sentence) = status.sentences.last_mut()
                {
                    sentence.push(' ');
                    sentence.push_str(&utterance.shown);
                } else {
                    status.sentences.push(utterance.shown.clone());
                }
                if here == Some(utterance.sentence) {
                    status.current = status.sentences.len() - 1;
                }
                before = Some(utterance.sentence);
            }
        }
        // By the minute, or it would never be calm.
        let left = steering.left();
        if left.abs_diff(status.left).as_secs() >= 20 {
            status.left = left;
        }
        status.rate = control.rate();
        status.paused = control.is_paused();
        let size = size().unwrap_or((80, 24));
        // A terminal that is gone shows nothing; the reading goes on.
        let _ = self.painter.paint(&mut io::stdout().lock(), status, size);
    }

    /// Paints all of it anew.
    pub fn redraw(&mut self) {
        self.painter.forget();
    }

    /// The terminal is given back: lines from now on.
    pub fn close(&mut self) {
        if self.kind == Kind::View {
            self.kind = Kind::Plain;
            for warning in self.warnings.drain(..) {
                line(&warning);
            }
        }
    }
}

/// A line to standard error. While single keys are read, the terminal does not go back to its left edge by itself, and the line
/// goes to standard output, which is a terminal then: standard error leads nowhere while a sound device is opened.
fn line(text: &str) {
    if is_raw() {
        let mut out = io::stdout().lock();
        let _ = write!(out, "{}\r\n", one_line(text));
        let _ = out.flush();
    } else {
        report::say(text);
    }
}
