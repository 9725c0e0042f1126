//! The flags that several commands share.

use super::{input, lexicon, locales::t, report::Usage, voices::trial};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::{ffi::OsString, path::PathBuf};
use vorleser::{
    extract::{Boxes, Ticker},
    normalise::{EmojiStyle, GenderForm, QuoteStyle},
    output::format::Format as FileFormat,
    synthesis::{
        Prosody,
        cache::Cache,
        piper::{self, RuntimeKind},
        registry::DEFAULT_VOICE,
    },
};

/// Help of the argument INPUT.
pub const INPUT: &str = "Web address, file (.html, .htm, .txt, .md), or - for standard input";

/// What to read and how to understand it.
#[derive(Debug, Args)]
pub struct InputArgs {
    #[arg(help = INPUT)]
    pub input: OsString,
    #[command(flatten)]
    pub read: ReadArgs,
}

/// How to understand the input.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Read the input as this, whatever its name says
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Address of a saved page
    #[arg(long, value_name = "URL", value_parser = address)]
    pub base_url: Option<url::Url>,
    /// Read what is there even where it does not look like a whole article
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub page: PageArgs,
}

/// The part of [`ReadArgs`] that the settings file may set.
#[derive(Debug, Args)]
pub struct PageArgs {
    /// Most seconds that a page from the web may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = whole(1, 600))]
    pub timeout: u64,
    /// In which order the entries of a live ticker are read
    #[arg(long, value_enum, default_value = "page")]
    pub ticker: TickerOrder,
    /// When info boxes are read
    #[arg(long, value_enum, default_value = "auto")]
    pub boxes: BoxPlace,
    /// Read image captions too
    #[arg(long, overrides_with = "no_captions")]
    pub captions: bool,
    /// Read no image captions, whatever the settings file says
    #[arg(long, overrides_with = "captions", hide_short_help = true)]
    no_captions: bool,
}

/// Values of `--ticker`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum TickerOrder {
    /// As on the page
    Page,
    /// The newest first
    Newest,
    /// The oldest first
    Oldest,
}

/// Values of `--boxes`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum BoxPlace {
    /// After the article: the boxes, and whatever else beside the text has a heading and running text
    End,
    /// The same as `end`, but where they stand on the page
    Inline,
    /// Not at all
    Skip,
    /// After the article, but only what the page itself calls a box; what else stands beside a text is as often an offer
    Auto,
}

impl From<TickerOrder> for Ticker {
    fn from(given: TickerOrder) -> Self {
        match given {
            TickerOrder::Page => Self::AsPage,
            TickerOrder::Newest => Self::NewestFirst,
            TickerOrder::Oldest => Self::OldestFirst,
        }
    }
}

impl From<BoxPlace> for Boxes {
    fn from(given: BoxPlace) -> Self {
        match given {
            BoxPlace::End => Self::AtEnd,
            BoxPlace::Inline => Self::Inline,
            BoxPlace::Skip => Self::Skip,
            BoxPlace::Auto => Self::Auto,
        }
    }
}

/// Media types that `--format` names.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// A web page
    Html,
    /// Plain text or Markdown
    Text,
}

/// How to speak.
#[derive(Debug, Args)]
pub struct VoiceArgs {
    /// Voice, as `vorleser voices` lists them, or the folder of a Piper voice; `ID:NAME` for one of several speakers,
    /// `system` or `system:NAME` for the system's own
    #[arg(short, long, value_name = "ID", default_value = DEFAULT_VOICE)]
    pub voice: String,
    /// Speed, 0.5 to 3.0
    #[arg(short, long, default_value = "1", value_parser = between(0.5, 3.0))]
    rate: f32,
    /// Pitch, 0.5 to 2.0
    #[arg(long, default_value = "1", value_parser = between(0.5, 2.0))]
    pitch: f32,
    /// Volume, 0.0 to 2.0
    #[arg(long, default_value = "1", value_parser = between(0.0, 2.0))]
    volume: f32,
}

impl VoiceArgs {
    /// Rate, pitch and volume.
    pub fn prosody(&self) -> Prosody {
        Prosody {
            rate: self.rate,
            pitch: self.pitch,
            volume: self.volume,
        }
    }
}

/// What can be asked of natural voices only.
#[derive(Debug, Args)]
pub struct PiperArgs {
    /// Speaker of a natural voice that has several, by name or number; the same as `--voice ID:NAME`
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// What runs natural voices
    #[arg(long, value_enum, default_value = "rten", hide_short_help = true)]
    runtime: Runtime,
    /// Where a natural voice's chance begins: the same seed gives the same sound
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// Variation of a natural voice's sound, 0.0 to 2.0; else as the voice has it
    #[arg(long, value_name = "SCALE", value_parser = between(0.0, 2.0), hide_short_help = true)]
    noise_scale: Option<f32>,
    /// Variation of a natural voice's rhythm, 0.0 to 2.0; else as the voice has it
    #[arg(long, value_name = "SCALE", value_parser = between(0.0, 2.0), hide_short_help = true)]
    noise_w: Option<f32>,
    /// Length of a natural voice's sounds, 0.1 to 10.0, larger is slower; else as the voice has it
    #[arg(long, value_name = "SCALE", value_parser = between(0.1, 10.0), hide_short_help = true)]
    length_scale: Option<f32>,
}

impl PiperArgs {
    /// The same for the voice, with the sounds of the user's dictionary.
    pub fn options(&self, style: &StyleArgs) -> Result<piper::Options> {
        Ok(piper::Options {
            pronunciations: lexicon::pronunciations(style)?,
            seed: self.seed,
            noise: self.noise_scale,
            noise_w: self.noise_w,
            length: self.length_scale,
            runtime: self.runtime.into(),
            speaker: self.speaker.clone(),
            trial: trial::by_this_program(),
        })
    }
}

/// Values of `--runtime`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Runtime {
    /// Built in
    Rten,
    /// ONNX Runtime, its library loaded from the system
    #[cfg(feature = "ort")]
    Ort,
}

impl From<Runtime> for RuntimeKind {
    fn from(given: Runtime) -> Self {
        match given {
            Runtime::Rten => Self::Rten,
            #[cfg(feature = "ort")]
            Runtime::Ort => Self::Ort,
        }
    }
}

/// How to listen.
#[derive(Debug, Args)]
pub struct ListenArgs {
    #[command(flatten)]
    pub habits: HabitArgs,
    /// Begin at the beginning, not where you left off
    #[arg(long)]
    pub from_start: bool,
}

/// How one listens every time.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own, as clap wants it"
)]
pub struct HabitArgs {
    /// Print plain lines, and only when something happens: for screen readers and braille lines
    #[arg(long, overrides_with = "no_plain")]
    pub plain: bool,
    /// Show the view on a terminal, whatever the settings file says
    #[arg(long, overrides_with = "plain", hide_short_help = true)]
    no_plain: bool,
    /// Sound device, as `vorleser devices` lists them; none named is the system's
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Take the built-in voice when the system's own cannot speak
    #[arg(long, overrides_with = "no_fallback")]
    pub fallback: bool,
    /// Fail when the system's own voice cannot speak, whatever the settings file says
    #[arg(long, overrides_with = "fallback", hide_short_help = true)]
    no_fallback: bool,
}

impl HabitArgs {
    /// The device that was named; an empty name in the settings file or before it is none.
    pub fn device(&self) -> Option<&str> {
        self.device.as_deref().filter(|name| !name.is_empty())
    }
}

/// Whether sentences are kept for the next time.
#[derive(Debug, Args)]
pub struct CacheArgs {
    /// Speak every sentence anew, and keep none
    #[arg(long, overrides_with = "cache")]
    no_cache: bool,
    /// Keep spoken sentences for the next time, whatever the settings file says
    #[arg(long, overrides_with = "no_cache", hide_short_help = true)]
    cache: bool,
    /// Most that the kept sentences may take up, in MiB
    #[arg(long, id = "cache-limit", value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    cache_limit: u64,
}

impl CacheArgs {
    /// The cache, unless none is wanted or there is no place for one.
    pub fn open(&self) -> Option<Cache> {
        let folder = super::cache::folder()?;
        (!self.no_cache).then(|| Cache::new(folder, self.cache_limit << 20))
    }
}

/// How a recording is made, whatever it is a recording of.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// Kilobits per second of MP3 (32 to 192) or Opus (6 to 256); auto for 96 and 32
    #[arg(long, value_name = "auto|KBIT", default_value = AUTO, value_parser = bit_rate)]
    bitrate: BitRate,
    /// Picture in the tags: auto for that of the page or one with the title, none, or a JPEG or PNG file
    #[arg(long, value_name = "auto|none|FILE", default_value = "auto")]
    pub cover: PathBuf,
    /// Play a gentle sound before headings
    #[arg(long, overrides_with = "no_earcon")]
    pub earcon: bool,
    /// Play no sound before headings, whatever the settings file says
    #[arg(long, overrides_with = "earcon", hide_short_help = true)]
    no_earcon: bool,
}

impl RecordArgs {
    /// Bits per second of files of a format; `None` for the usual number. What counts for other formats only is told.
    ///
    /// # Errors
    /// When the format has a choice, but not this one.
    pub fn bit_rate(&self, format: FileFormat, talk: &TalkArgs) -> Result<Option<u32>> {
        let Some(bit_rate) = self.bitrate.0.map(|kbit| kbit * 1000) else {
            return Ok(None);
        };
        if !format.is_lossy() {
            // The settings file may ask for it, and then it is no mistake.
            input::tell(talk, &t!("no-bitrate"));
            return Ok(None);
        }
        if !format.takes_bit_rate(bit_rate) {
            return Err(Usage(t!("no-such-bitrate")).into());
        }
        Ok(Some(bit_rate))
    }
}

/// Value of `--bitrate`, in kbit/s: `None` is auto.
#[derive(Debug, Clone, Copy)]
struct BitRate(Option<u32>);

fn bit_rate(given: &str) -> Result<BitRate, String> {
    if given == AUTO {
        return Ok(BitRate(None));
    }
    match given.parse() {
        Ok(kbit @ 6..=256) => Ok(BitRate(Some(kbit))),
        _ => Err(t!("not-a-bitrate")),
    }
}

/// How the article is said.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own, as clap wants it"
)]
pub struct SayArgs {
    /// Language of the article: auto, de, en, …
    #[arg(long, value_name = "TAG", default_value = AUTO, value_parser = language_tag)]
    lang: String,
    /// Begin with the headline: no kicker, byline and date
    #[arg(long, overrides_with = "intro")]
    pub no_intro: bool,
    /// Read kicker, byline and date, whatever the settings file says
    #[arg(long, overrides_with = "no_intro", hide_short_help = true)]
    intro: bool,
    /// Do not say who wrote the article
    #[arg(long, overrides_with = "byline")]
    pub no_byline: bool,
    /// Say who wrote the article, whatever the settings file says
    #[arg(long, overrides_with = "no_byline", hide_short_help = true)]
    byline: bool,
    #[command(flatten)]
    pub style: StyleArgs,
}

/// The language that nobody chose.
const AUTO: &str = "auto";

impl SayArgs {
    /// The language of the article; `None` to find out.
    pub fn language(&self) -> Option<&str> {
        (self.lang != AUTO).then_some(self.lang.as_str())
    }
}

/// How a text is said, whether or not it is an article.
#[derive(Debug, Args)]
pub struct StyleArgs {
    /// How quoted speech is set off
    #[arg(long, value_enum, default_value = "pause")]
    pub quotes: Quotes,
    /// How gender forms such as `Lehrer*innen` are said
    #[arg(long, value_enum, default_value = "glottal")]
    pub gender: Gender,
    /// Whether emoji are said by name
    #[arg(long, value_enum, default_value = "drop")]
    pub emoji: Emoji,
    /// Do without your own dictionary (`vorleser lexicon`)
    #[arg(long, overrides_with = "lexicon")]
    pub no_lexicon: bool,
    /// Use your own dictionary, whatever the settings file says
    #[arg(long, overrides_with = "no_lexicon", hide_short_help = true)]
    lexicon: bool,
}

/// Values of `--quotes`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Quotes {
    /// A short pause
    Pause,
    /// `Zitat … Zitat Ende`, as on the radio
    Announce,
    /// Another voice, where there is one
    Voice,
}

/// Values of `--gender`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Gender {
    /// A short stop, as it is spoken today
    Glottal,
    /// `Lehrerinnen und Lehrer`
    Both,
    /// `Lehrerinnen`
    Plain,
}

/// Values of `--emoji`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Emoji {
    /// Leave them out
    Drop,
    /// Say their German name
    Name,
}

impl From<Quotes> for QuoteStyle {
    fn from(given: Quotes) -> Self {
        match given {
            Quotes::Pause => Self::Pause,
            Quotes::Announce => Self::Announce,
            Quotes::Voice => Self::Voice,
        }
    }
}

impl From<Gender> for GenderForm {
    fn from(given: Gender) -> Self {
        match given {
            Gender::Glottal => Self::Glottal,
            Gender::Both => Self::Both,
            Gender::Plain => Self::Plain,
        }
    }
}

impl From<Emoji> for EmojiStyle {
    fn from(given: Emoji) -> Self {
        match given {
            Emoji::Drop => Self::Drop,
            Emoji::Name => Self::Name,
        }
    }
}

/// How much to say on standard error.
#[derive(Debug, Args)]
pub struct TalkArgs {
    /// Print nothing but errors
    #[arg(short, long, overrides_with = "verbose")]
    pub quiet: bool,
    /// Print what is done on the way, and when
    #[arg(long, overrides_with = "quiet")]
    pub verbose: bool,
}

/// A parser for numbers between two bounds.
fn between(low: f32, high: f32) -> impl Fn(&str) -> Result<f32, String> + Clone {
    move |given| match given.replace(',', ".").parse::<f32>() {
        Ok(value) if (low..=high).contains(&value) => Ok(value),
        _ => Err(t!("not-between", low = low, high = high)),
    }
}

/// A parser for whole numbers between two bounds.
pub fn whole(low: u64, high: u64) -> impl Fn(&str) -> Result<u64, String> + Clone {
    move |given| match given.parse() {
        Ok(value) if (low..=high).contains(&value) => Ok(value),
        _ => Err(t!("not-between", low = low, high = high)),
    }
}

/// A web address.
fn address(given: &str) -> Result<url::Url, String> {
    given.parse().map_err(|_| t!("not-an-address"))
}

/// `auto`, or what has the shape of a BCP 47 tag.
fn language_tag(given: &str) -> Result<String, String> {
    let mut parts = given.split('-');
    let primary = parts.next().unwrap_or_default();
    let sound = given == AUTO
        || (matches!(primary.len(), 2 | 3)
            && primary.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|part| {
                matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            }));
    if sound {
        Ok(given.to_owned())
    } else {
        Err(t!("not-a-language"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_bounds() {
        let parse = between(0.5, 3.0);
        assert_eq!(parse("1,5"), Ok(1.5));
        for bad in ["0.4", "3.1", "NaN", "schnell", ""] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn languages_have_a_shape() {
        for good in ["auto", "de", "de-AT", "gsw", "zh-Hans-CN"] {
            assert!(language_tag(good).is_ok(), "{good}");
        }
        for bad in ["", "deutsch", "d", "de_AT", "de-", "de AT", "12"] {
            assert!(language_tag(bad).is_err(), "{bad}");
        }
    }
}
