//! From arguments to page, article and script: what several commands share.

use super::{Format, InputArgs, SayArgs, TalkArgs, config::Settings, lexicon};
use anyhow::Result;
use std::{
    io::{self, Write},
    time::Duration,
};
use vorleser::{
    Article, Block, BlockKind, ExtractOptions, Input, NormaliseOptions, Page, Script,
    article::Text,
    extract,
    extract::{MAX_PAGES, join, next_page},
    normalise, read,
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
        ticker: args.ticker.into(),
        boxes: args.boxes.into(),
    };
    let page = page(args)?;
    let first = extract(&page, &options)?;
    let is_url = matches!(Input::parse(&args.input)?, Input::Url(_));
    if !is_url {
        return Ok(first);
    }
    let (rest, complete) = further_pages(page, args, &options);
    let mut article = join(first, rest);
    if !complete {
        article.blocks.push(Block {
            kind: BlockKind::Note,
            text: Text::plain("Der Artikel geht auf weiteren Seiten weiter, die hier fehlen."),
            origin: String::new(),
        });
    }
    Ok(article)
}

/// The pages of the article that follow on the one from the web, and whether these are all.
fn further_pages(first: Page, args: &InputArgs, options: &ExtractOptions) -> (Vec<Article>, bool) {
    let mut found = Vec::new();
    let mut page = first;
    while let Some(next) = next_page(&page) {
        if found.len() + 1 >= MAX_PAGES {
            return (found, false);
        }
        let read_options = ReadOptions {
            timeout: Duration::from_secs(args.timeout),
            ..ReadOptions::default()
        };
        let Ok(next) = read(&Input::Url(next), &read_options) else {
            return (found, false);
        };
        let Ok(article) = extract(&next, options) else {
            return (found, false);
        };
        found.push(article);
        page = next;
    }
    (found, true)
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
