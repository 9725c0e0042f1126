//! Labels such as `Mehr zum Thema`, and what stands under them.

use crate::extract::{
    blocks::RawBlock,
    dom::{Dom, Id},
    text::ends_sentence,
    vocabulary::{Opening, opening},
};

/// A label above links or comments that was left out.
#[derive(Clone, Copy)]
pub struct Cue {
    /// The element that the label is in.
    frame: Id,
    /// Comments follow, and they are running text.
    comments: bool,
}

impl Cue {
    pub fn new(dom: &Dom, label: &RawBlock, heading: Option<u8>) -> Self {
        let text = label.text.text.to_lowercase();
        Self {
            frame: dom.nodes[label.owner].parent,
            comments: heading.is_some() && (text.contains("kommentar") || text.contains("comment")),
        }
    }

    /// A heading outside of the label's frame belongs to the article again.
    pub fn ends_at(self, dom: &Dom, block: &RawBlock, heading: Option<u8>) -> bool {
        !dom.contains(self.frame, block.owner) && (heading.is_some() || self.comments)
    }

    /// Why a block under the label is not read, if so.
    pub fn covers(self, block: &RawBlock) -> Option<&'static str> {
        if self.comments {
            return Some("readers' comments");
        }
        let is_contact = block.text.text.contains('@');
        (!block.is_prose() || is_contact || block.link_density() > 0.6)
            .then_some("under a label above links")
    }
}

/// A short line that opens as labels above links do, or a label with its link on one line. A heading that only may be
/// one is none where running text `follows`; a sentence without a link is none either.
pub fn is_label(block: &RawBlock, heading: Option<u8>, follows: Option<&RawBlock>) -> bool {
    const OPENING: usize = 40;
    const LINE: usize = 250;
    let text = block.text.text.as_str();
    let length = text.chars().count();
    let has_colon = || text.chars().take(OPENING).any(|c| c == ':');
    let found = opening(text);
    if found == Some(Opening::Line) {
        return length < LINE;
    }
    (length < 80 || length < 200 && has_colon())
        && match found {
            None | Some(Opening::Line) => false,
            Some(Opening::Label) => true,
            Some(Opening::Weak) if heading.is_some() => {
                block.linked > 0
                    || text.ends_with(':')
                    || !follows.is_some_and(|next| next.is_prose() && next.link_density() < 0.3)
            }
            Some(Opening::Weak) => block.linked > 0 || text.ends_with(':') || !ends_sentence(text),
        }
}
