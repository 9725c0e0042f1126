//! Headings and labels that nothing stands under, at the end and above what was left out.

use crate::{
    article::{Article, Block, BlockKind, Dropped},
    extract::{
        Placed, blocks::RawBlock, dom::Dom, left_out::left_out, text::ends_sentence,
        vocabulary::is_appeal,
    },
};

/// Whether a heading stands directly above the list that a block is in.
pub fn is_heading_of(dom: &Dom, heading: &Placed, block: &RawBlock) -> bool {
    matches!(heading.block.kind, BlockKind::Heading { .. })
        && std::iter::once(block.owner)
            .chain(dom.ancestors(block.owner))
            .take(4)
            .find(|id| matches!(dom.tag(*id), "ul" | "ol"))
            .is_some_and(|list| {
                dom.nodes[list].parent == dom.nodes[heading.at].parent
                    && dom.nodes[heading.at].end <= list
                    && (dom.nodes[heading.at].end..list).all(|id| dom.tag(id).is_empty())
            })
}

/// Short lines at the very end, such as `Kontakt:` or a label above what was left out, are no end of an article.
pub fn drop_tail_labels(kept: &mut Vec<(Placed, bool)>, article: &mut Article) {
    while let Some((last, _)) = kept.pop_if(|(last, gap)| {
        let text = last.block.text.text.as_str();
        matches!(last.block.kind, BlockKind::Heading { .. })
            || (last.block.kind == BlockKind::Paragraph
                && text.chars().count() < 60
                && (text.ends_with(':') || is_sign(text) || (*gap && !ends_sentence(text))))
    }) {
        article.dropped.push(empty_heading(last.block));
    }
}

/// What a house asks of its readers below the text: to follow, to subscribe, to write.
pub fn drop_appeals(kept: &mut Vec<(Placed, bool)>, article: &mut Article) {
    const LONGEST: usize = 300;
    /// An article is more than its appeals.
    const LEAST: usize = 3;
    while kept.len() >= LEAST
        && let Some((last, _)) = kept.pop_if(|(last, _)| {
            let text = last.block.text.text.as_str();
            last.block.kind == BlockKind::Paragraph
                && text.chars().count() < LONGEST
                && is_appeal(text)
        })
    {
        (article.dropped).push(dropped(last.block, "newsletter or app offer"));
    }
}

/// A short line after the last sentence that is none itself, such as an author's sign or the number of the issue.
pub fn drop_closing_line(kept: &mut Vec<(Placed, bool)>, article: &mut Article) {
    const LONGEST: usize = 60;
    let is_paragraph = |placed: &Placed| placed.block.kind == BlockKind::Paragraph;
    let [.., (before, _), (last, _)] = kept.as_slice() else {
        return;
    };
    let text = last.block.text.text.as_str();
    if kept.len() > 3
        && is_paragraph(before)
        && is_paragraph(last)
        && ends_sentence(&before.block.text.text)
        && !before.block.text.text.ends_with(':')
        && text.chars().count() < LONGEST
        && last.block.text.spans.is_empty()
        && !ends_sentence(text)
        && let Some((last, _)) = kept.pop()
    {
        (article.dropped).push(dropped(last.block, "label below the text"));
    }
}

/// Before a heading is kept: the heading before it goes if all that stood under it was left out.
pub fn drop_empty_heading(kept: &mut Vec<(Placed, bool)>, level: u8, article: &mut Article) {
    if let Some((last, _)) = kept.pop_if(|(last, gap)| matches!(last.block.kind, BlockKind::Heading { level: above } if *gap && above >= level)) {
        article.dropped.push(empty_heading(last.block));
    }
}

pub fn empty_heading(block: Block) -> Dropped {
    dropped(block, "heading or label with nothing under it")
}

/// Notes a block without links that had been taken for a part of the text.
fn dropped(block: Block, reason: &str) -> Dropped {
    left_out(&block.text.text, 0.0, reason, block.origin)
}

/// The sign of an agency or an author at the end: `dpa/abc`, `Sender (abc)`.
fn is_sign(text: &str) -> bool {
    text.chars().count() < 25
        && text.split_whitespace().count() <= 3
        && text.contains(['/', '('])
        && !ends_sentence(text.trim_end_matches(')'))
}
