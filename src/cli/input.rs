//! From arguments to page, article and script: what several commands share.

use super::{
    args::{Format, InputArgs, ReadArgs, SayArgs, StyleArgs, TalkArgs},
    lexicon,
    locales::t,
    report,
    sanitise::escape_json,
};
use anyhow::Result;
use serde::Serialize;
use std::{
    ffi::OsStr,
    io::{self, Write},
    time::Duration,
};
use vorleser::{
    Article, Block, BlockKind, ExtractOptions, Input, NormaliseOptions, Page, Script,
    article::Text,
    extract,
    extract::{MAX_PAGES, join, next_page},
    normalise,
    source::{Fetcher, Media, ReadOptions},
};

/// What the arguments ask of the source.
pub fn read_options(args: &ReadArgs) -> ReadOptions {
    ReadOptions {
        media: args.format.map(|format| match format {
            Format::Html => Media::Html,
            Format::Text => Media::Text,
        }),
        base_url: args.base_url.clone(),
        timeout: Duration::from_secs(args.page.timeout),
    }
}

/// What the arguments ask of the extractor.
pub fn extract_options(args: &ReadArgs) -> ExtractOptions {
    ExtractOptions {
        captions: args.page.captions,
        force: args.force,
        ticker: args.page.ticker.into(),
        boxes: args.page.boxes.into(),
    }
}

/// Understands what the user named.
pub fn named(given: &OsStr) -> Result<Input> {
    Ok(match given.to_str() {
        Some(given) => Input::parse(given)?,
        // What is no text can only be the name of a file.
        None => Input::File(given.into()),
    })
}

/// Reads the page and finds the article.
pub fn article(
    fetcher: &mut Fetcher,
    input: &Input,
    args: &ReadArgs,
    talk: &TalkArgs,
) -> Result<Article> {
    let page = fetcher.read(input, &read_options(args))?;
    let place = match (&page.url, input) {
        (Some(address), _) | (None, Input::Url(address)) => address.to_string(),
        (None, Input::File(path)) => path.display().to_string(),
        (None, Input::Stdin) => "-".to_owned(),
    };
    let media = match page.media {
        Media::Html => "HTML".to_owned(),
        Media::Text => t!("kind-text"),
    };
    detail(
        talk,
        &t!(
            "read-page",
            place = place,
            kind = media,
            bytes = page.text.len()
        ),
    );
    let mut article = extract(&page, &extract_options(args))?;
    if matches!(input, Input::Url(_)) {
        article = with_further_pages(fetcher, article, page, args, talk);
    }
    detail(
        talk,
        &t!(
            "found-article",
            blocks = t!("blocks", n = article.lead.len() + article.blocks.len()),
            dropped = article.dropped.len()
        ),
    );
    Ok(article)
}

/// An article from the web with the pages on which it goes on. What cannot be had is not passed over in silence.
fn with_further_pages(
    fetcher: &mut Fetcher,
    first: Article,
    page: Page,
    args: &ReadArgs,
    talk: &TalkArgs,
) -> Article {
    let mut rest = Vec::new();
    let mut missing = None;
    let mut page = page;
    while let Some(address) = next_page(&page) {
        if rest.len() + 1 >= MAX_PAGES {
            missing = Some(address);
            break;
        }
        let options = ReadOptions {
            base_url: None,
            ..read_options(args)
        };
        let next = fetcher.read(&Input::Url(address.clone()), &options).ok();
        let Some((next, article)) = next.and_then(|next| {
            let article = extract(&next, &extract_options(args)).ok()?;
            Some((next, article))
        }) else {
            missing = Some(address);
            break;
        };
        detail(talk, &t!("read-further", address = address.as_str()));
        rest.push(article);
        page = next;
    }
    let mut article = join(first, rest);
    if let Some(address) = missing {
        detail(talk, &t!("did-not-read", address = address.as_str()));
        article.blocks.push(Block {
            kind: BlockKind::Note,
            text: Text::plain("Der Artikel geht auf weiteren Seiten weiter, die hier fehlen."),
            origin: String::new(),
        });
    }
    article
}

/// The article that the arguments name, and what will be said of it.
pub fn script(
    input: &InputArgs,
    say: &SayArgs,
    talk: &TalkArgs,
    explain: bool,
) -> Result<(Article, Script)> {
    // A fault in the user's dictionary is told before a page is fetched.
    let options = normalise_options(say, talk, explain)?;
    let article = article(
        &mut Fetcher::default(),
        &named(&input.input)?,
        &input.read,
        talk,
    )?;
    let script = spoken(&article, &options, talk);
    Ok((article, script))
}

/// What the arguments ask of the normaliser.
pub fn normalise_options(
    say: &SayArgs,
    talk: &TalkArgs,
    explain: bool,
) -> Result<NormaliseOptions> {
    Ok(NormaliseOptions {
        intro: !say.no_intro,
        byline: !say.no_byline,
        language: say.language().map(str::to_owned),
        explain,
        ..style(&say.style, talk)?
    })
}

/// What will be said of an article.
pub fn spoken(article: &Article, options: &NormaliseOptions, talk: &TalkArgs) -> Script {
    let script = normalise(article, options);
    detail(
        talk,
        &t!(
            "language-found",
            language = &script.language,
            utterances = t!("utterances", n = script.utterances.len())
        ),
    );
    script
}

/// The part of the normaliser's options that concerns any text.
pub fn style(style: &StyleArgs, talk: &TalkArgs) -> Result<NormaliseOptions> {
    Ok(NormaliseOptions {
        quotes: style.quotes.into(),
        gender: style.gender.into(),
        emoji: style.emoji.into(),
        lexicon: lexicon::wanted(style, talk)?,
        ..NormaliseOptions::default()
    })
}

/// Fails when there is nothing to say: silence is no reading of an article.
pub fn needs_words(script: &Script) -> Result<()> {
    let speaks = |text: &str| text.contains(char::is_alphanumeric);
    if script.utterances.iter().any(|u| speaks(u.engine_text())) {
        Ok(())
    } else {
        Err(report::NothingToSay.into())
    }
}

/// Writes to standard output; a closed pipe ends the program quietly.
pub fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Writes JSON to standard output.
pub fn print_json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    print(&format!("{}\n", escape_json(&text)))
}

/// A plain sentence to standard error, unless it is to be quiet.
pub fn tell(talk: &TalkArgs, sentence: &str) {
    if !talk.quiet {
        report::say(sentence);
    }
}

/// A warning to standard error, unless it is to be quiet.
pub fn warn(talk: &TalkArgs, what: &str) {
    tell(talk, &t!("warning", what = what));
}

/// What was just done, for who wants to know it all, with the time since the start.
pub fn detail(talk: &TalkArgs, sentence: &str) {
    if talk.verbose {
        let ms = report::START.elapsed().as_millis();
        report::say(&t!("detail", ms = format!("{ms:>5}"), what = sentence));
    }
}
