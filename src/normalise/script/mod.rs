//! Article → Script: the order in which the parts are read, their roles and pauses, and which language each is in.

use super::{
    NormaliseOptions,
    context::{Context, Foreign},
    language, number,
    quotes::Quotes,
    respell::respell,
    rules::ordinal::capitalise,
    text::{QuoteStyle, SpokenSentence, TextOptions, sentences, verbalise_in},
};
use crate::{
    article::{Article, Block, BlockKind, Span, SpanKind, Text},
    script::{Origin, Part, Rewrite, Role, Script, Utterance},
};
mod intro;
mod pause;

use intro::{byline, date_line};
use std::{borrow::Cow, collections::HashSet, ops::Range};

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
    pause::set(&mut utterances);
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

/// The words that the user's dictionary says, or has sounds for.
fn kept_words(options: &NormaliseOptions) -> HashSet<&str> {
    let entries = options.lexicon.iter().flat_map(|lexicon| lexicon.entries());
    entries
        .map(|(word, entry)| {
            if entry.say.is_empty() {
                word
            } else {
                &entry.say
            }
        })
        .flat_map(|said| said.split(|c: char| !c.is_alphanumeric()))
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
                    let mut words = format!("{}ens: ", number::ordinal_stem(u128::from(number)));
                    capitalise(&mut words);
                    prefix(item, &words);
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
