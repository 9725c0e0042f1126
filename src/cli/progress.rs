//! How far a recording is: a bar on a terminal, a plain line every ten seconds elsewhere.

use super::{
    args::TalkArgs,
    locales::{self, t},
    report,
    sanitise::clean,
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    io::{self, IsTerminal},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

/// From one plain line to the next.
const INTERVAL: Duration = Duration::from_secs(10);

/// Longest title that is shown, in characters: what remains of a narrow terminal beside the figures.
const LONGEST: usize = 30;

/// The bar on the terminal, if there is one: other lines must not run into it.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Prints something where a bar may be.
pub fn beside(print: impl FnOnce()) {
    // Taken out first: what is printed must be able to print.
    let bar = lock(&BAR).clone();
    match bar {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Shows how far a recording is, until it is dropped.
pub struct Progress {
    state: Arc<Mutex<State>>,
    bar: Option<ProgressBar>,
    /// Ends the thread of the plain lines when it is dropped.
    _line: Option<Sender<()>>,
}

/// What is known.
#[derive(Debug, Clone)]
struct State {
    title: String,
    begin: Instant,
    /// Characters to be spoken.
    all: u64,
    /// Characters that were spoken.
    done: u64,
    /// Seconds of speech that there are.
    seconds: f64,
    /// All is spoken, and is being written.
    writing: bool,
}

impl Progress {
    /// Begins, for a recording of so many characters.
    pub fn new(talk: &TalkArgs, title: &str, characters: u64) -> Self {
        let state = State {
            title: short(&clean(title)),
            begin: Instant::now(),
            all: characters,
            done: 0,
            seconds: 0.0,
            writing: false,
        };
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let bar = (!talk.quiet && !dumb && io::stderr().is_terminal()).then(|| bar(&state));
        lock(&BAR).clone_from(&bar);
        let state = Arc::new(Mutex::new(state));
        let line = (!talk.quiet && bar.is_none())
            .then(|| every(INTERVAL, Arc::clone(&state), report::say));
        Self {
            state,
            bar,
            _line: line,
        }
    }

    /// Counts what was spoken.
    pub fn spoke(&self, characters: u64, seconds: f64) {
        let mut state = lock(&self.state);
        state.done += characters;
        state.seconds += seconds;
        state.writing = state.done >= state.all;
        if let Some(bar) = &self.bar {
            bar.set_position(state.done);
            bar.set_message(figures(&state));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        *lock(&BAR) = None;
    }
}

/// A bar without colours.
fn bar(state: &State) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(state.all), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{prefix} {wide_bar} {percent:>3} % {msg}") {
        bar.set_style(style.progress_chars("█▌ "));
    }
    bar.set_prefix(state.title.clone());
    bar.set_message(figures(state));
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

/// Time left and speed; only what can be known yet.
fn figures(state: &State) -> String {
    if state.writing {
        return t!("progress-writing");
    }
    let taken = state.begin.elapsed().as_secs_f64();
    if state.done == 0 || taken <= 0.0 {
        return String::new();
    }
    let left = taken * state.all.saturating_sub(state.done) as f64 / state.done as f64;
    let speed = state.seconds / taken;
    let decimals = usize::from(speed < 10.0);
    t!(
        "progress-left",
        left = locales::duration(left),
        speed = locales::number(speed, decimals)
    )
}

/// A line for people who read a log or listen to it.
fn line(state: &State) -> String {
    let percent = state.done * 100 / state.all.max(1);
    let figures = figures(state);
    let comma = if figures.is_empty() { "" } else { ", " };
    format!("{}: {percent} %{comma}{figures}", state.title)
}

/// Tells the state at intervals, until the sender is dropped.
fn every(
    interval: Duration,
    state: Arc<Mutex<State>>,
    tell: impl Fn(&str) + Send + 'static,
) -> Sender<()> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        while receiver.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
            let state = lock(&state).clone();
            tell(&line(&state));
        }
    });
    sender
}

fn short(title: &str) -> String {
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(done: u64, seconds: f64) -> State {
        State {
            title: short("Der Pegel steigt"),
            begin: Instant::now().checked_sub(Duration::from_secs(20)).unwrap(),
            all: 1000,
            done,
            seconds,
            writing: done >= 1000,
        }
    }

    #[test]
    fn a_line_gives_article_time_left_and_speed() {
        let rows = [
            (0, 0.0, "Der Pegel steigt: 0 %"),
            (250, 3000.0, "Der Pegel steigt: 25 %, 1 min 0 s left, 150×"),
            (500, 30.0, "Der Pegel steigt: 50 %, 20 s left, 1.5×"),
            (1000, 3000.0, "Der Pegel steigt: 100 %, writing"),
        ];
        for (done, seconds, wanted) in rows {
            assert_eq!(line(&state(done, seconds)), wanted);
        }
        assert_eq!(short(&"ä".repeat(31)), "ä".repeat(30) + "…");
    }

    #[test]
    fn lines_come_at_intervals_until_the_end() {
        let (told, lines) = channel();
        let state = Arc::new(Mutex::new(state(500, 30.0)));
        let end = every(Duration::from_millis(20), state, move |line| {
            let _ = told.send(line.to_owned());
        });
        let wait = Duration::from_secs(10);
        for _ in 0..3 {
            assert!(lines.recv_timeout(wait).unwrap().contains("50 %"));
        }
        drop(end);
        while lines.recv_timeout(wait).is_ok() {}
        assert_eq!(
            lines.recv_timeout(wait),
            Err(RecvTimeoutError::Disconnected)
        );
    }
}
