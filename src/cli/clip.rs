//! `vorleser clip`: what is on the clipboard out loud, an address or a text.

use super::{args::ReadArgs, bookmarks::source_of, input, locales::t, speak::AloudArgs};
use anyhow::Result;
use clap::Args;
use vorleser::{
    Input, normalise,
    source::{Fetcher, clipboard, from_bytes},
};

/// Arguments of `vorleser clip`.
#[derive(Debug, Args)]
pub struct ClipArgs {
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    aloud: AloudArgs,
}

/// Runs the command.
pub fn run(args: &ClipArgs) -> Result<()> {
    let aloud = args.aloud.begin()?;
    let AloudArgs { say, talk, .. } = &args.aloud;
    let options = input::normalise_options(say, talk, false)?;
    let text = clipboard::text()?;
    let place = address(&text).map_or(Input::Stdin, Input::Url);
    let article = if let Input::Url(url) = &place {
        input::tell(talk, &t!("clip-address", address = url.as_str()));
        input::article(&mut Fetcher::default(), &place, &args.read, talk)?
    } else {
        let page = from_bytes(text.into_bytes(), &input::read_options(&args.read))?;
        vorleser::extract(&page, &input::extract_options(&args.read))?
    };
    let script = normalise(&article, &options);
    input::needs_words(&script)?;
    let source = source_of(&place, &script);
    aloud
        .read(article.title, article.publisher, source, script)
        .map(drop)
}

/// The web address that the text is, and nothing else. Only the web: what was copied from a page leads to no file.
fn address(text: &str) -> Option<url::Url> {
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return None;
    }
    url::Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn only_a_lone_web_address_is_one() {
        assert!(address(" https://example.org/artikel\n").is_some());
        for text in [
            "Siehe https://example.org",
            "https://example.org und mehr",
            "file:///etc/passwd",
            "/etc/passwd",
            "Hallo",
            "",
        ] {
            assert!(address(text).is_none(), "{text}");
        }
    }
}
