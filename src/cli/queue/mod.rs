//! `vorleser queue`: a reading list. Articles are fetched when they are added and played later, one after another.

mod store;

use super::{
    args::{INPUT, ReadArgs, TalkArgs},
    input,
    listen::End,
    locales::t,
    report::{self, NothingToSay, SomeFailed, Usage},
    sanitise::clean,
    speak::AloudArgs,
};
use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::{ffi::OsString, fmt::Write as _};
use store::{Entry, Store};
use vorleser::{Input, NormaliseOptions, SynthesisError, normalise, source::Fetcher};

/// Arguments of `vorleser queue`.
#[derive(Debug, Args)]
pub struct QueueArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Fetch articles and add them at the end
    Add {
        #[arg(help = INPUT, required = true)]
        input: Vec<OsString>,
        #[command(flatten)]
        read: ReadArgs,
        #[command(flatten)]
        talk: TalkArgs,
    },
    /// List the articles with their numbers
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Read the articles that were not heard yet, one after another; needs no network
    Play(PlayArgs),
    /// Remove articles
    Remove {
        /// Numbers, as `vorleser queue list` gives them
        #[arg(required = true)]
        number: Vec<usize>,
        #[command(flatten)]
        talk: TalkArgs,
    },
    /// Remove all articles
    Clear {
        /// Only those that were heard
        #[arg(long)]
        heard: bool,
        #[command(flatten)]
        talk: TalkArgs,
    },
}

/// Arguments of `vorleser queue play`.
#[derive(Debug, Args)]
struct PlayArgs {
    /// Number of the article to begin with, heard or not
    number: Option<usize>,
    #[command(flatten)]
    aloud: AloudArgs,
}

/// Runs the command.
pub fn run(args: &QueueArgs) -> Result<()> {
    let store = Store::of_user()?;
    match &args.action {
        Action::Add { input, read, talk } => add(&store, input, read, talk),
        Action::List { json } => list(&store, *json),
        Action::Play(args) => play(&store, args),
        Action::Remove { number, talk } => remove(&store, number, talk),
        Action::Clear { heard, talk } => clear(&store, *heard, talk),
    }
}

/// One that cannot be had does not keep the others out.
fn add(store: &Store, inputs: &[OsString], read: &ReadArgs, talk: &TalkArgs) -> Result<()> {
    let mut fetcher = Fetcher::default();
    let mut failed = 0;
    for given in inputs {
        let article = input::named(given).and_then(|place| {
            let article = input::article(&mut fetcher, &place, read, talk)?;
            input::needs_words(&normalise(&article, &NormaliseOptions::default()))?;
            Ok((source(&place), article))
        });
        match article {
            Ok((source, article)) => {
                let number = store.add(&source, &article)?;
                let title = article.title.unwrap_or(source);
                input::tell(talk, &t!("queue-added", number = number, title = title));
            }
            Err(error) if inputs.len() == 1 => return Err(error),
            Err(error) => {
                failed += 1;
                let what = format!("{}: {}", given.to_string_lossy(), report::line(&error));
                report::say(&t!("error", what = what));
            }
        }
    }
    some_failed(failed, inputs.len())
}

fn some_failed(failed: usize, all: usize) -> Result<()> {
    if failed == 0 {
        return Ok(());
    }
    Err(SomeFailed { failed, all }.into())
}

/// The same name for the same article, from wherever it is added.
fn source(place: &Input) -> String {
    match place {
        Input::Url(url) => {
            let mut url = url.clone();
            url.set_fragment(None);
            url.into()
        }
        Input::File(path) => {
            let whole = path.canonicalize();
            whole.as_ref().unwrap_or(path).display().to_string()
        }
        Input::Stdin => "-".to_owned(),
    }
}

/// What an article is called.
fn name(entry: &Entry) -> &str {
    entry.title.as_deref().unwrap_or(&entry.source)
}

fn list(store: &Store, json: bool) -> Result<()> {
    let list = store.list()?;
    if json {
        return input::print_json(&list.entries);
    }
    if list.entries.is_empty() {
        return input::print(&format!("{}\n", t!("queue-empty")));
    }
    let mut out = String::new();
    for (place, entry) in list.entries.iter().enumerate() {
        let line = if entry.heard.is_some() {
            t!("queue-line-heard", number = place + 1, title = name(entry))
        } else {
            t!("queue-line", number = place + 1, title = name(entry))
        };
        let _ = writeln!(out, "{line}");
    }
    input::print(&clean(&out))
}

fn play(store: &Store, args: &PlayArgs) -> Result<()> {
    let aloud = args.aloud.begin()?;
    let AloudArgs { say, talk, .. } = &args.aloud;
    let options = input::normalise_options(say, talk, false)?;
    let Some(_right) = store.playing()? else {
        return Err(Usage(t!("queue-playing")).into());
    };
    let entries = store.list()?.entries;
    let first = match args.number {
        Some(number) => place(number, entries.len())?,
        None => 0,
    };
    let (mut next, mut played, mut failed) = (Vec::new(), 0, 0);
    for (place, entry) in entries.iter().enumerate().skip(first) {
        if entry.heard.is_none() || args.number == Some(place + 1) {
            next.push(entry);
        }
    }
    for entry in next {
        let article = store.article(entry)?;
        let script = normalise(&article, &options);
        let done = input::needs_words(&script).and_then(|()| {
            aloud.read(
                article.title,
                article.publisher,
                entry.source.clone(),
                script,
            )
        });
        match done {
            Ok(End::Quit) => return Ok(()),
            Ok(End::Heard) => {
                played += 1;
                mark_heard(store, entry.id)?;
            }
            // Another voice or other settings may read it another time; the next one must not wait for that.
            Err(error) if is_of_the_article(&error) => {
                failed += 1;
                let what = format!("{}: {}", name(entry), report::line(&error));
                report::say(&t!("error", what = what));
            }
            Err(error) => return Err(error),
        }
    }
    if played + failed == 0 {
        input::tell(talk, &t!("queue-all-heard"));
    }
    some_failed(failed, played + failed)
}

/// Whether only this article cannot be read.
fn is_of_the_article(error: &anyhow::Error) -> bool {
    error.is::<NothingToSay>()
        || matches!(error.downcast_ref(), Some(SynthesisError::Language { .. }))
}

fn mark_heard(store: &Store, id: u64) -> Result<()> {
    store.change(|list| {
        // It may have been removed while it was read.
        if let Some(entry) = list.entries.iter_mut().find(|entry| entry.id == id) {
            entry.heard = Some(Timestamp::now());
        }
        Ok(())
    })
}

/// The place of a number, counted from 0.
fn place(number: usize, count: usize) -> Result<usize> {
    match number.checked_sub(1) {
        Some(place) if place < count => Ok(place),
        _ => Err(Usage(t!("queue-no-number", number = number, count = count)).into()),
    }
}

fn remove(store: &Store, numbers: &[usize], talk: &TalkArgs) -> Result<()> {
    let removed = store.change(|list| {
        let mut ids = Vec::new();
        for number in numbers {
            ids.push(list.entries[place(*number, list.entries.len())?].id);
        }
        let (gone, stay): (Vec<_>, Vec<_>) =
            (list.entries.drain(..)).partition(|entry| ids.contains(&entry.id));
        list.entries = stay;
        Ok(gone)
    })?;
    for entry in removed {
        input::tell(talk, &t!("queue-removed", title = name(&entry)));
    }
    Ok(())
}

fn clear(store: &Store, heard: bool, talk: &TalkArgs) -> Result<()> {
    let count = store.change(|list| {
        let before = list.entries.len();
        list.entries.retain(|entry| heard && entry.heard.is_none());
        Ok(before - list.entries.len())
    })?;
    input::tell(
        talk,
        &t!("queue-cleared", articles = t!("articles", n = count)),
    );
    Ok(())
}
