//! From arguments to page, article and script: what several commands share.

use super::{Format, InputArgs, SayArgs, TalkArgs, config::Settings, lexicon};
use anyhow::Result;
use std::{
    io::{self, Write},
    time::Duration,
};
use vorleser::{
    Article, ExtractOptions, Input, NormaliseOptions, Page, Script, extract, normalise, read,
    source::{Media, ReadOptions},
};

/// Reads the page that the arguments name.
pub fn page(args: &InputArgs) -> Result<Page> {
    let options = ReadOptions {
        media: args.format.map(|format| match format {
            Format::Html => Media::Html,
            Format::Text => Media::Text,
        }),
        base_url: args.base_url.clone(),
        timeout: Duration::from_secs(args.timeout),
    };
    Ok(read(&Input::parse(&args.input)?, &options)?)
}

/// Reads the page and finds the article.
pub fn article(args: &InputArgs) -> Result<Article> {
    let options = ExtractOptions {
        captions: args.captions,
        force: args.force,
        ..ExtractOptions::default()
    };
    Ok(extract(&page(args)?, &options)?)
}

/// Turns the article into what will be said.
pub fn script(
    article: &Article,
    say: &SayArgs,
    settings: &Settings,
    explain: bool,
) -> Result<Script> {
    Ok(normalise(article, &options(say, settings, explain)?))
}

/// The normaliser's options that the arguments and the settings ask for.
fn options(say: &SayArgs, settings: &Settings, explain: bool) -> Result<NormaliseOptions> {
    Ok(NormaliseOptions {
        intro: !say.no_intro,
        byline: !say.no_byline,
        language: settings.language(say.lang.as_deref()).map(str::to_owned),
        quotes: say.quotes.map(Into::into).unwrap_or_default(),
        gender: say.gender.map(Into::into).unwrap_or_default(),
        emoji: say.emoji.map(Into::into).unwrap_or_default(),
        explain,
        lexicon: lexicon::load()?,
    })
}

/// Writes to standard output; a closed pipe ends the program quietly.
pub fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// A plain sentence to standard error, unless it is to be quiet.
pub fn tell(talk: &TalkArgs, sentence: &str) {
    if !talk.quiet {
        super::report::say(sentence);
    }
}
