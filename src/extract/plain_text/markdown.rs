//! Markdown with or without front matter → Article.

use super::{cues::words, dates, dropped};
use crate::{
    article::{Article, Block, BlockKind, Span, SpanKind, Text},
    extract::{ExtractOptions, left_out::left_out},
};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Whether a text is Markdown: front matter, a `#` heading, or links and emphasis in its notation.
pub(super) fn is_markdown(text: &str) -> bool {
    if front_matter(text).is_some() {
        return true;
    }
    let mut signs = 0;
    for line in text.lines() {
        let hashes = line.bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
            return true;
        }
        signs += line.matches("](http").count();
        signs += usize::from(line.matches("**").count() >= 2);
    }
    signs >= 2
}

/// The lines between two `---` at the start, if each is `key: value` or goes on with one; and the rest.
fn front_matter(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let rest = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))?;
    let end = rest.find("\n---")?;
    let head = &rest[..end];
    let keyed = head.lines().next().is_some_and(|line| {
        line.split_once(':')
            .is_some_and(|(key, _)| !key.contains(' '))
    });
    let after = rest[end + 4..]
        .split_once('\n')
        .map_or("", |(_, after)| after);
    keyed.then_some((head, after))
}

/// Reads a Markdown text.
pub(super) fn extract(text: &str, options: &ExtractOptions) -> Article {
    let mut article = Article::default();
    let body = match front_matter(text) {
        Some((head, body)) => {
            read_front_matter(head, &mut article);
            body
        }
        None => text,
    };
    let offset = text.len() - body.len();
    let lines = LineNumbers::new(text);
    let mut reader = Reader {
        captions: options.captions,
        ..Reader::default()
    };
    let syntax = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(body, syntax).into_offset_iter() {
        reader.read(event, lines.at(range.start + offset), &mut article);
    }
    finish_head(&mut article);
    article
}

/// Starts of lines, to name a place in the text by its line.
struct LineNumbers(Vec<usize>);

impl LineNumbers {
    fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|&newline| newline < offset) + 1
    }
}

fn read_front_matter(head: &str, article: &mut Article) {
    for (number, line) in head.lines().enumerate() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = super::lines::clean(value.trim().trim_matches(['"', '\'']));
        if value.is_empty() || value.starts_with(['[', '{', '|', '>']) {
            continue;
        }
        match key.trim().to_lowercase().as_str() {
            "title" | "titel" => article.title = Some(value),
            "kicker" | "dachzeile" => article.kicker = Some(value),
            "description" | "lead" | "summary" | "excerpt" | "vorspann" => {
                article.lead.push(Text::plain(value));
            }
            "author" | "autor" | "autorin" => {
                article.authors = value
                    .split(" und ")
                    .flat_map(|part| part.split(", "))
                    .map(str::to_owned)
                    .collect();
            }
            "date" | "datum" | "published" => {
                article.published = dates::find(&value).first().map(|found| found.moment);
            }
            "updated" | "modified" | "lastmod" => {
                article.updated = dates::find(&value).first().map(|found| found.moment);
            }
            "lang" | "language" => article.language = Some(value),
            _ => article
                .dropped
                .push(dropped(line, "front matter", number + 2)),
        }
    }
}

/// Builds blocks from the parser's events. Nesting is held in counters, so depth costs nothing.
#[derive(Default)]
struct Reader {
    captions: bool,
    text: Text,
    open: Vec<(usize, SpanKind)>,
    heading: Option<HeadingLevel>,
    line: usize,
    quotes: usize,
    lists: Vec<Option<u64>>,
    in_item: bool,
    /// What is skipped right now, such as code; counts nested starts.
    skipping: usize,
    skipped: String,
    reason: &'static str,
    header: Vec<String>,
    cells: Vec<String>,
}

impl Reader {
    fn read(&mut self, event: Event<'_>, line: usize, article: &mut Article) {
        if self.skipping > 0 {
            match event {
                Event::Start(_) => self.skipping += 1,
                Event::End(_) => {
                    self.skipping -= 1;
                    if self.skipping == 0 {
                        self.end_skip(article);
                    }
                }
                Event::Text(text) | Event::Code(text) if self.skipped.len() < 800 => {
                    self.skipped.push_str(&text);
                }
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, line, article),
            Event::End(tag) => self.end(tag, article),
            Event::Text(text) | Event::Code(text) => self.text.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.text.text.push(' '),
            // Other tags within a line only change its looks.
            Event::InlineHtml(html) if html.to_ascii_lowercase().starts_with("<br") => {
                self.text.text.push(' ');
            }
            Event::Html(html) => article.dropped.push(dropped(&html, "HTML", line)),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, line: usize, article: &mut Article) {
        match tag {
            Tag::Paragraph | Tag::TableCell => self.line = line,
            Tag::Heading { level, .. } => {
                self.heading = Some(level);
                self.line = line;
            }
            Tag::BlockQuote(_) => {
                self.flush(article);
                self.quotes += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                self.skip("code", line);
            }
            Tag::FootnoteDefinition(_) => self.skip("footnote", line),
            Tag::Image { .. } => self.skip("image", line),
            Tag::List(number) => {
                // An item that holds a list ends before it.
                self.flush(article);
                self.lists.push(number);
            }
            Tag::Item => {
                self.in_item = true;
                self.line = line;
            }
            Tag::Emphasis | Tag::Strong => {
                self.open.push((self.text.text.len(), SpanKind::Emphasis));
            }
            Tag::Link { dest_url, .. } => self
                .open
                .push((self.text.text.len(), SpanKind::Link(dest_url.to_string()))),
            _ => {}
        }
    }

    fn skip(&mut self, reason: &'static str, line: usize) {
        self.skipping = 1;
        self.reason = reason;
        if self.text.text.is_empty() {
            self.line = line;
        }
    }

    fn end_skip(&mut self, article: &mut Article) {
        let text = super::lines::clean(&std::mem::take(&mut self.skipped));
        if self.reason == "image" && self.captions && text.contains(char::is_alphanumeric) {
            push(article, BlockKind::Caption, Text::plain(text), self.line);
        } else {
            article.dropped.push(dropped(&text, self.reason, self.line));
        }
    }

    fn end(&mut self, tag: TagEnd, article: &mut Article) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {
                if let Some((start, kind)) = self.open.pop() {
                    let end = self.text.text.len();
                    self.text.spans.push(Span {
                        range: start..end,
                        kind,
                    });
                }
            }
            TagEnd::Heading(_) => {
                self.flush(article);
                self.heading = None;
            }
            TagEnd::Paragraph => self.flush(article),
            TagEnd::Item => {
                self.flush(article);
                self.in_item = false;
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush(article);
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::TableCell => {
                let text = tidy(std::mem::take(&mut self.text)).text;
                self.cells.push(text);
            }
            TagEnd::TableHead => {
                self.header = std::mem::take(&mut self.cells);
            }
            TagEnd::TableRow => self.row(article),
            _ => {}
        }
    }

    /// A row as `Spalte: Wert, Spalte: Wert`.
    fn row(&mut self, article: &mut Article) {
        let cells = std::mem::take(&mut self.cells);
        let row: Vec<String> = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
            .map(
                |(n, cell)| match self.header.get(n).filter(|name| !name.is_empty()) {
                    Some(name) => format!("{name}: {cell}"),
                    None => cell.clone(),
                },
            )
            .collect();
        if !row.is_empty() {
            push(
                article,
                BlockKind::TableRow,
                Text::plain(row.join(", ")),
                self.line,
            );
        }
    }

    /// Ends the open block.
    fn flush(&mut self, article: &mut Article) {
        self.open.clear();
        let text = tidy(std::mem::take(&mut self.text));
        if !text.text.contains(char::is_alphanumeric) {
            return;
        }
        let kind = match (self.heading, self.in_item, self.quotes) {
            (Some(HeadingLevel::H1), ..)
                if article.title.is_none() && article.blocks.is_empty() =>
            {
                article.title = Some(text.text);
                return;
            }
            // A heading that repeats the title of the front matter.
            (Some(_), ..)
                if article.blocks.is_empty() && article.title.as_ref() == Some(&text.text) =>
            {
                return;
            }
            (Some(level), ..) => BlockKind::Heading {
                level: (level as u8).max(2),
            },
            (None, true, _) => {
                let number = self.lists.last_mut().and_then(|number| {
                    let now = (*number)?;
                    *number = Some(now + 1);
                    u32::try_from(now).ok()
                });
                // A second paragraph of an item is not a second item.
                self.in_item = false;
                BlockKind::ListItem { number }
            }
            (None, false, 1..) => BlockKind::Quote,
            (None, false, 0) => BlockKind::Paragraph,
        };
        push(article, kind, text, self.line);
    }
}

fn push(article: &mut Article, kind: BlockKind, text: Text, line: usize) {
    article.blocks.push(Block {
        kind,
        text,
        origin: format!("line {line}"),
    });
}

/// Cleans a text piece by piece, so that the spans keep their words.
fn tidy(raw: Text) -> Text {
    let mut spans = raw.spans;
    spans.sort_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end)));
    // Offsets of the raw text in the clean one, for the ends of spans only.
    let mut borders: Vec<usize> = spans
        .iter()
        .flat_map(|span| [span.range.start, span.range.end])
        .collect();
    borders.sort_unstable();
    borders.dedup();
    let mut text = String::with_capacity(raw.text.len());
    let mut clean_at = Vec::with_capacity(borders.len());
    let mut from = 0;
    for &border in borders.iter().chain([&raw.text.len()]) {
        let piece = &raw.text[from..border];
        if piece.starts_with(char::is_whitespace) && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(&super::lines::clean(piece));
        if piece.ends_with(char::is_whitespace) && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        clean_at.push(text.len());
        from = border;
    }
    text.truncate(text.trim_end().len());
    let place = |at: usize| {
        borders
            .binary_search(&at)
            .map_or(0, |n| clean_at[n])
            .min(text.len())
    };
    let spans = spans
        .into_iter()
        .map(|span| Span {
            range: place(span.range.start)..place(span.range.end),
            kind: span.kind,
        })
        .filter(|span| !Range::is_empty(&span.range))
        .collect();
    Text { text, spans }
}

/// The lines under the headline: a date or byline is metadata, an emphasised paragraph is the lead.
fn finish_head(article: &mut Article) {
    if article.title.is_none() {
        return;
    }
    while let Some(first) = article
        .blocks
        .first()
        .filter(|block| block.kind == BlockKind::Paragraph)
    {
        let text = &first.text;
        if matches!(super::cues::kind(&text.text), super::cues::Kind::Meta) {
            let block = article.blocks.remove(0);
            super::dump::meta(&block.text.text, article);
            let reason = "date, author or reading time";
            article
                .dropped
                .push(left_out(&block.text.text, 0.0, reason, block.origin));
            continue;
        }
        let whole = text
            .spans
            .iter()
            .any(|span| span.kind == SpanKind::Emphasis && span.range == (0..text.text.len()));
        if whole && article.lead.is_empty() && words(&text.text) >= 8 && article.blocks.len() >= 3 {
            article.lead.push(article.blocks.remove(0).text);
        }
        break;
    }
}
