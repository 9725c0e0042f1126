//! Article → Script: the order in which the parts are read, their roles and pauses, and which language each is in.

use super::{
    NormaliseOptions,
    context::{Context, Foreign},
    language, number,
    quotes::Quotes,
    respell::respell,
    text::{QuoteStyle, SpokenSentence, TextOptions, sentences, verbalise_in},
};
use crate::{
    article::{Article, Block, BlockKind, Moment, Span, SpanKind, Text},
    script::{Origin, Part, Rewrite, Role, Script, Utterance},
};
use std::{borrow::Cow, collections::HashSet, ops::Range};

/// Silences in milliseconds at rate 1. They are ours, judged by ear after the manner of radio news; none may reach two seconds.
mod pause {
    use crate::script::Role;

    /// Between two sentences of a paragraph.
    pub const SENTENCE: u32 = 350;
    /// Where the voice changes inside a sentence.
    pub const VOICE: u32 = 120;

    /// Before a part of this role.
    pub fn before(role: Role) -> u32 {
        match role {
            Role::Heading => 1100,
            Role::Title => 500,
            Role::TickerEntry | Role::Question => 900,
            Role::Note => 600,
            _ => 0,
        }
    }

    /// After a part of this role.
    pub fn after(role: Role) -> u32 {
        match role {
            Role::Kicker => 500,
            Role::Title | Role::Heading => 800,
            Role::Byline => 700,
            Role::Lead => 900,
            Role::Body | Role::Quote | Role::Answer => 700,
            Role::Question | Role::TickerEntry | Role::Note => 600,
            Role::ListItem | Role::TableRow => 450,
        }
    }
}

/// The whole stage.
pub(super) fn script(article: &Article, options: &NormaliseOptions) -> Script {
    let (language, fixed) = article_language(article, options);
    let mut builder = Builder {
        options,
        text_options: options.text(),
        kept: kept_words(options),
        language: language.clone(),
        fixed,
        utterances: Vec::new(),
        sentence: 0,
    };
    builder.intro(article);
    for (index, text) in article.lead.iter().enumerate() {
        builder.part(
            Part::Lead(index),
            Role::Lead,
            text,
            Quotes::find(&text.text),
        );
    }
    let quotes = block_quotes(&article.blocks);
    for ((index, block), quotes) in article.blocks.iter().enumerate().zip(quotes) {
        builder.block(index, block, quotes);
    }
    let mut utterances = builder.utterances;
    set_pauses(&mut utterances);
    Script {
        title: article.title.clone(),
        language,
        utterances,
    }
}

/// The article's language, and whether the listener fixed it.
fn article_language(article: &Article, options: &NormaliseOptions) -> (String, bool) {
    if let Some(wish) = &options.language {
        return (
            language::known(wish).map_or_else(|| wish.clone(), str::to_owned),
            true,
        );
    }
    let prior = article
        .language
        .as_deref()
        .and_then(language::known)
        .unwrap_or("de");
    let mut sample = String::new();
    let texts = article
        .title
        .iter()
        .chain(article.lead.iter().map(|text| &text.text))
        .chain(article.blocks.iter().map(|block| &block.text.text));
    for text in texts {
        sample.push_str(text);
        sample.push('\n');
        if sample.len() > language::ENOUGH {
            break;
        }
    }
    (language::of_article(&sample, prior).to_owned(), false)
}

/// The words that the user's dictionary says.
fn kept_words(options: &NormaliseOptions) -> HashSet<&str> {
    let entries = options.lexicon.iter().flat_map(|lexicon| lexicon.entries());
    entries
        .flat_map(|(_, entry)| entry.say.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Quotations of all blocks, joined where one goes on over several paragraphs.
fn block_quotes(blocks: &[Block]) -> Vec<Quotes> {
    let mut quotes: Vec<Quotes> = blocks
        .iter()
        .map(|block| Quotes::find(&block.text.text))
        .collect();
    let texts: Vec<&str> = blocks
        .iter()
        .map(|block| block.text.text.as_str())
        .collect();
    let mut start = 0;
    for end in 1..=blocks.len() {
        let same = end < blocks.len()
            && blocks[end].kind == blocks[start].kind
            && matches!(
                blocks[end].kind,
                BlockKind::Paragraph | BlockKind::Answer | BlockKind::Quote
            );
        if !same {
            Quotes::connect(&mut quotes[start..end], &texts[start..end]);
            start = end;
        }
    }
    quotes
}

struct Builder<'o> {
    options: &'o NormaliseOptions,
    text_options: TextOptions,
    /// Words that the user's dictionary says; no table of ours may respell them.
    kept: HashSet<&'o str>,
    language: String,
    /// Whether the language is the listener's wish, so that nothing else is guessed.
    fixed: bool,
    utterances: Vec<Utterance>,
    sentence: u32,
}

/// A stretch of a sentence for one voice.
struct Piece {
    spoken: String,
    range: Range<usize>,
    speech: bool,
}

impl Builder<'_> {
    fn intro(&mut self, article: &Article) {
        if self.options.intro
            && let Some(kicker) = &article.kicker
        {
            self.plain(Part::Kicker, Role::Kicker, kicker);
        }
        if let Some(title) = &article.title {
            self.plain(Part::Title, Role::Title, title);
        }
        if self.options.intro && self.options.byline && !article.authors.is_empty() {
            let byline = byline(&article.authors, &self.language);
            self.plain(Part::Byline, Role::Byline, &byline);
        }
        if self.options.intro
            && let Some(date) = date_line(article.published, article.updated, &self.language)
        {
            self.plain(Part::Date, Role::Byline, &date);
        }
    }

    fn plain(&mut self, part: Part, role: Role, text: &str) {
        self.part(part, role, &Text::plain(text), Quotes::find(text));
    }

    fn block(&mut self, index: usize, block: &Block, quotes: Quotes) {
        let role = role(&block.kind);
        let first = self.utterances.len();
        let marked = !quotes.marks.is_empty();
        self.part(Part::Block(index), role, &block.text, quotes);
        let new = &mut self.utterances[first..];
        match block.kind {
            BlockKind::ListItem {
                number: Some(number),
            } => {
                if let Some(item) = new.first_mut().filter(|item| item.language == "de") {
                    prefix(
                        item,
                        &format!(
                            "{}ens: ",
                            capitalise(&number::ordinal_stem(u128::from(number)))
                        ),
                    );
                }
            }
            BlockKind::Quote
                if self.options.quotes == QuoteStyle::Announce
                    && !marked
                    && self.language == "de" =>
            {
                if let Some(item) = new.first_mut() {
                    prefix(item, "Zitat: ");
                }
                if let Some(item) = new.last_mut() {
                    suffix(item, " Zitat Ende.");
                }
            }
            _ => {}
        }
    }

    /// Reads one part of the article.
    fn part(&mut self, part: Part, role: Role, text: &Text, quotes: Quotes) {
        let source = text.text.as_str();
        let language = self.part_language(text, &quotes);
        if language != "de" {
            for range in sentences(source) {
                self.unchanged(part, role, source, range, &language);
            }
            return;
        }
        let mut in_speech = quotes
            .quotations
            .iter()
            .any(|quotation| quotation.continued && quotation.inner.start == 0);
        let foreign = self.foreign(text, &quotes);
        let context = Context { quotes, foreign };
        for sentence in verbalise_in(source, &self.text_options, context) {
            let written = source.get(sentence.range.clone()).unwrap_or_default();
            if !self.fixed
                && sentence
                    .rewrites
                    .iter()
                    .all(|rewrite| rewrite.rule != "foreign")
                && let Some(language) = language::foreign_sentence(written)
            {
                self.unchanged(part, role, source, sentence.range, language);
                continue;
            }
            self.german(part, role, source, sentence, &mut in_speech);
        }
    }

    /// The language of a part: what the article is in, unless the part itself speaks clearly against it.
    fn part_language(&self, text: &Text, quotes: &Quotes) -> String {
        if self.fixed {
            return self.language.clone();
        }
        // Marked as a whole, and not plainly wrong: themes in English mark German articles as English.
        let whole = text.spans.iter().find_map(|span| match &span.kind {
            SpanKind::Language(tag) if span.range.len() * 10 >= text.text.len() * 9 => {
                Some(tag.as_str())
            }
            _ => None,
        });
        if let Some(tag) = whole
            && is_plausible(tag, &text.text)
        {
            return language::known(tag).map_or_else(|| tag.to_owned(), str::to_owned);
        }
        match language::known(&self.language) {
            Some(prior) if language::plainly(&text.text, prior) => prior.to_owned(),
            // What somebody says in another language does not make the paragraph foreign.
            Some(prior) => {
                language::of_part(&outside_quotations(&text.text, quotes), prior).to_owned()
            }
            // A language that is not told apart, such as Finnish: only clear German is German in it.
            None if language::of_part(&text.text, "de") == "de"
                && language::plainly(&text.text, "de") =>
            {
                "de".to_owned()
            }
            None => self.language.clone(),
        }
    }

    /// Foreign stretches of a German text: by markup, and by quotation marks and guess.
    fn foreign(&self, text: &Text, quotes: &Quotes) -> Vec<Foreign> {
        if self.fixed {
            return Vec::new();
        }
        let mut found: Vec<Foreign> = Vec::new();
        for Span { range, kind } in &text.spans {
            if let SpanKind::Language(tag) = kind
                && let Some(stretch) = text.text.get(range.clone())
                && language::known(tag) != Some("de")
                && is_plausible(tag, stretch)
            {
                found.push(Foreign {
                    range: range.clone(),
                    language: tag.clone(),
                    evidence: "by markup",
                });
            }
        }
        for quotation in quotes
            .quotations
            .iter()
            .filter(|quotation| quotation.closed && quotation.depth == 0)
        {
            if let Some(language) = text
                .text
                .get(quotation.inner.clone())
                .and_then(language::foreign_sentence)
            {
                found.push(Foreign {
                    range: quotation.inner.clone(),
                    language: language.to_owned(),
                    evidence: "by quotation marks and detection",
                });
            }
        }
        found.sort_by_key(|foreign| (foreign.range.start, std::cmp::Reverse(foreign.range.end)));
        let mut end = 0;
        found.retain(|foreign| {
            let apart = foreign.range.start >= end && !foreign.range.is_empty();
            if apart {
                end = foreign.range.end;
            }
            apart
        });
        found
    }

    /// A sentence in another language is passed on as it is.
    fn unchanged(
        &mut self,
        part: Part,
        role: Role,
        source: &str,
        range: Range<usize>,
        language: &str,
    ) {
        let shown = source.get(range.clone()).unwrap_or_default().to_owned();
        self.utterances.push(Utterance {
            text: shown.clone(),
            respelled: None,
            shown,
            language: language.to_owned(),
            role,
            pause_after_ms: 0,
            sentence: self.sentence,
            origin: Origin { part, range },
            rewrites: Vec::new(),
        });
        self.sentence += 1;
    }

    fn german(
        &mut self,
        part: Part,
        role: Role,
        source: &str,
        sentence: SpokenSentence,
        in_speech: &mut bool,
    ) {
        let pieces = pieces(source, &sentence, in_speech);
        let mut rewrites = sentence.rewrites;
        if pieces.is_empty() {
            return;
        }
        let last = pieces.len() - 1;
        for (index, piece) in pieces.into_iter().enumerate() {
            let shown = source.get(piece.range.clone()).unwrap_or_default();
            let (respelled, names) =
                respell(&piece.spoken, |name| self.kept.contains(name.first_word()));
            let respelled = (!names.is_empty()).then(|| respelled.into_owned());
            let mut own = Vec::new();
            if self.options.explain {
                let (here, later) = rewrites
                    .into_iter()
                    .partition(|rewrite| index == last || rewrite.range.start < piece.range.end);
                (own, rewrites) = (here, later);
                own.extend(name_rewrites(&names, shown, piece.range.start));
            } else {
                rewrites = Vec::new();
            }
            self.utterances.push(Utterance {
                text: piece.spoken,
                respelled,
                shown: shown.to_owned(),
                language: "de".to_owned(),
                role: if piece.speech { Role::Quote } else { role },
                pause_after_ms: 0,
                sentence: self.sentence,
                origin: Origin {
                    part,
                    range: piece.range,
                },
                rewrites: own,
            });
        }
        self.sentence += 1;
    }
}

/// The text without its quotations, if enough is left to tell the language by.
fn outside_quotations<'t>(text: &'t str, quotes: &Quotes) -> Cow<'t, str> {
    let mut outside = String::new();
    let mut at = 0;
    for quotation in quotes
        .quotations
        .iter()
        .filter(|quotation| quotation.closed && quotation.depth == 0)
    {
        outside.push_str(text.get(at..quotation.inner.start).unwrap_or_default());
        at = quotation.inner.end;
    }
    outside.push_str(text.get(at..).unwrap_or_default());
    if at == 0 || outside.split_whitespace().nth(2).is_none() {
        return text.into();
    }
    outside.into()
}

/// Whether markup that names a language may be believed: a text that is clearly German is German whatever the tag says.
fn is_plausible(tag: &str, text: &str) -> bool {
    language::known(tag) == Some("de") || !language::plainly(text, "de")
}

/// Cuts a sentence where the voice changes. Punctuation stays with what stands before it.
fn pieces(source: &str, sentence: &SpokenSentence, in_speech: &mut bool) -> Vec<Piece> {
    let mut cuts: Vec<(usize, usize, bool)> = sentence
        .cuts
        .iter()
        .map(|cut| (cut.spoken, cut.written, cut.speech))
        .collect();
    cuts.push((sentence.spoken.len(), sentence.range.end, *in_speech));
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut spoken_start, mut written_start) = (0, sentence.range.start);
    let count = cuts.len();
    for (index, (spoken_end, written_end, speech)) in cuts.into_iter().enumerate() {
        let spoken = sentence
            .spoken
            .get(spoken_start..spoken_end)
            .unwrap_or_default();
        let range = written_start..written_end.max(written_start);
        let words = spoken.contains(char::is_alphanumeric);
        let joint = spoken
            .find(|c: char| !matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…'))
            .unwrap_or(spoken.len());
        match pieces.last_mut() {
            Some(last) if !words => {
                last.spoken.push_str(spoken.trim_end());
                last.range.end = range.end;
            }
            Some(last) => {
                last.spoken.push_str(&spoken[..joint]);
                let shift = source.get(range.clone()).map_or(0, |written| {
                    written
                        .find(|c: char| !matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…'))
                        .unwrap_or(0)
                });
                last.range.end = range.start + shift;
                pieces.push(Piece {
                    spoken: spoken[joint..].trim().to_owned(),
                    range: range.start + shift..range.end,
                    speech: *in_speech,
                });
            }
            None if words || index + 1 == count => pieces.push(Piece {
                spoken: spoken.trim().to_owned(),
                range,
                speech: *in_speech,
            }),
            // Nothing but a mark before the first word: it goes with what follows.
            None => {
                spoken_start = spoken_end;
                *in_speech = speech;
                continue;
            }
        }
        (spoken_start, written_start) = (spoken_end, written_end.max(written_start));
        if index + 1 < count {
            *in_speech = speech;
        }
    }
    for piece in &mut pieces {
        let written = source.get(piece.range.clone()).unwrap_or_default();
        let leading = written.len() - written.trim_start().len();
        piece.range =
            piece.range.start + leading..piece.range.start + leading + written.trim().len();
    }
    pieces.retain(|piece| !piece.spoken.is_empty());
    pieces
}

fn name_rewrites(names: &[super::respell::Respelling], shown: &str, start: usize) -> Vec<Rewrite> {
    let mut from = 0;
    names
        .iter()
        .map(|name| {
            // The name stands in the written sentence as it does in the spoken one, unless another rule touched it.
            let range = match shown[from..].find(&name.written) {
                Some(at) => from + at..from + at + name.written.len(),
                None => 0..shown.len(),
            };
            if range.len() == name.written.len() {
                from = range.end;
            }
            Rewrite {
                range: start + range.start..start + range.end,
                written: name.written.clone(),
                spoken: name.respelled.clone(),
                rule: "name".to_owned(),
                reading: Some(name.name.language.to_owned()),
            }
        })
        .collect()
}

fn role(kind: &BlockKind) -> Role {
    match kind {
        BlockKind::Heading { .. } => Role::Heading,
        BlockKind::Paragraph | BlockKind::Caption => Role::Body,
        BlockKind::ListItem { .. } => Role::ListItem,
        BlockKind::Quote | BlockKind::Post => Role::Quote,
        BlockKind::Question => Role::Question,
        BlockKind::Answer => Role::Answer,
        BlockKind::TickerEntry => Role::TickerEntry,
        BlockKind::TableRow => Role::TableRow,
        BlockKind::Note => Role::Note,
    }
}

fn prefix(utterance: &mut Utterance, words: &str) {
    utterance.text.insert_str(0, words);
    if let Some(respelled) = &mut utterance.respelled {
        respelled.insert_str(0, words);
    }
}

fn suffix(utterance: &mut Utterance, words: &str) {
    utterance.text.push_str(words);
    if let Some(respelled) = &mut utterance.respelled {
        respelled.push_str(words);
    }
}

fn capitalise(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// `Von Anna Schmidt, Jan Meyer und dpa.`
fn byline(authors: &[String], language: &str) -> String {
    let names: Vec<&str> = authors
        .iter()
        .map(|author| {
            author
                .trim()
                .trim_start_matches("Von ")
                .trim_start_matches("von ")
        })
        .filter(|name| !name.is_empty())
        .collect();
    let (by, and) = match language {
        "de" => ("Von ", " und "),
        "en" => ("By ", " and "),
        "fr" => ("Par ", " et "),
        _ => ("", ", "),
    };
    match names.split_last() {
        Some((last, [])) => format!("{by}{last}."),
        Some((last, rest)) => format!("{by}{}{and}{last}.", rest.join(", ")),
        None => String::new(),
    }
}

/// `Vom 25. Mai 2024.`, `Aktualisiert am 25. Mai 2024.`, `Vom 24. Mai 2024, aktualisiert am 25. Mai 2024.`
fn date_line(published: Option<Moment>, updated: Option<Moment>, language: &str) -> Option<String> {
    let updated =
        updated.filter(|updated| published.is_none_or(|published| published.date != updated.date));
    let day = |moment: Moment| day(moment, language);
    let german = language == "de";
    Some(match (published.map(day), updated.map(day)) {
        (Some(published), Some(updated)) if german => {
            format!("Vom {published}, aktualisiert am {updated}.")
        }
        (None, Some(updated)) if german => format!("Aktualisiert am {updated}."),
        (Some(published), None) if german => format!("Vom {published}."),
        (Some(date), _) | (None, Some(date)) => format!("{date}."),
        (None, None) => return None,
    })
}

fn day(moment: Moment, language: &str) -> String {
    const MONTHS: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let date = moment.date;
    let month = usize::try_from(date.month())
        .ok()
        .and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    match (language, month) {
        ("de", Some(month)) => format!("{}. {month} {}", date.day(), date.year()),
        ("en", _) => date.strftime("%-d %B %Y").to_string(),
        _ => date.strftime("%d.%m.%Y").to_string(),
    }
}

/// Silence after each utterance: inside a sentence, inside a part, or between two parts.
fn set_pauses(utterances: &mut [Utterance]) {
    for index in 0..utterances.len() {
        let pause = match utterances.get(index + 1) {
            Some(next) if next.sentence == utterances[index].sentence => pause::VOICE,
            Some(next) if next.origin.part == utterances[index].origin.part => pause::SENTENCE,
            Some(next) => pause::after(utterances[index].role).max(pause::before(next.role)),
            None => pause::after(utterances[index].role),
        };
        utterances[index].pause_after_ms = pause;
    }
}
