//! `vorleser resume`: the article that was heard last, from where the listener left off.

use super::{
    args::{CacheArgs, ListenArgs, TalkArgs},
    bookmarks::Bookmarks,
    config,
    listen::{self, Session},
    report::NothingToResume,
    signal::Stop,
    speak,
    voices::trial,
};
use anyhow::Result;
use clap::Args;
use std::sync::Arc;
use vorleser::Prosody;

/// Arguments of `vorleser resume`.
#[derive(Debug, Args)]
pub struct ResumeArgs {
    #[command(flatten)]
    listen: ListenArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Runs the command: with the voice, speed, pitch and volume it had, from the copy of what was read, so that it needs neither
/// the network nor the pipe that the article came through.
pub fn run(args: &ResumeArgs) -> Result<()> {
    let control = Stop::on_signal()?.control;
    let bookmarks = Bookmarks::of_user().ok_or(NothingToResume)?;
    let bookmark = bookmarks.last().ok_or(NothingToResume)?;
    let script = bookmarks.script(&bookmark.source).ok_or(NothingToResume)?;
    let (id, language) = (&bookmark.voice, &script.language);
    let piper = trial::options();
    let manners = config::manners()?;
    let voice = speak::open(id, language, &piper, &args.listen, &args.talk)?;
    let cache = args.cache.open();
    let voice = speak::with_cast(voice, id, language, &piper, &manners, cache.as_ref())?;
    let session = Session {
        script: Arc::new(script),
        title: bookmark.title,
        publisher: None,
        source: bookmark.source,
        voice: bookmark.voice,
        prosody: Prosody {
            rate: bookmark.rate,
            pitch: bookmark.pitch,
            volume: bookmark.volume,
        },
        listen: &args.listen,
        talk: &args.talk,
        control,
        keyboard: true,
    };
    listen::listen(&session, voice).map(drop)
}
