//! `vorleser clip`: what is on the clipboard out loud, an address or a text.

use super::{
    args::{ListenArgs, PiperArgs, ReadArgs, SayArgs, TalkArgs, VoiceArgs},
    bookmarks::source_of,
    input,
    locales::t,
    signal::Stop,
    speak::Aloud,
};
use anyhow::Result;
use clap::Args;
use vorleser::{
    Input, normalise,
    source::{Fetcher, clipboard, from_bytes},
    synthesis::registry,
};

/// Arguments of `vorleser clip`.
#[derive(Debug, Args)]
pub struct ClipArgs {
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    piper: PiperArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    listen: ListenArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Runs the command.
pub fn run(args: &ClipArgs) -> Result<()> {
    let control = Stop::on_signal()?.control;
    registry::find(&args.voice.voice)?;
    let options = input::normalise_options(&args.say, &args.talk, false)?;
    let piper = args.piper.options(&args.say.style)?;
    let text = clipboard::text()?;
    let place = address(&text).map_or(Input::Stdin, Input::Url);
    let article = if let Input::Url(url) = &place {
        input::tell(&args.talk, &t!("clip-address", address = url.as_str()));
        input::article(&mut Fetcher::default(), &place, &args.read, &args.talk)?
    } else {
        let page = from_bytes(text.into_bytes(), &input::read_options(&args.read))?;
        vorleser::extract(&page, &input::extract_options(&args.read))?
    };
    let script = normalise(&article, &options);
    input::needs_words(&script)?;
    let source = source_of(&place, &script);
    Aloud {
        voice: &args.voice,
        piper,
        listen: &args.listen,
        talk: &args.talk,
        control,
        keyboard: true,
    }
    .read(article.title, source, script)
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
