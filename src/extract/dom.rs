//! The page as a flat list of nodes in document order.
//!
//! `scraper`/`html5ever` build the tree as a browser does; here it is flattened once, so that every later pass is a
//! plain loop. A subtree is the index range `node..end`, and skipping it is one assignment. Nothing recurses.

use html5ever::{
    LocalName, TokenizerResult,
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer},
    tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink},
};
use scraper::{Html, HtmlTreeSink, Node, node::Element};
use std::cell::{Cell, RefCell};

/// Deeper elements are flattened into this depth, as browsers do (Chromium stops at 512 too).
const MAX_DEPTH: usize = 512;
/// More open formatting elements than this are ignored: each new paragraph would repeat them all.
const MAX_FORMATTING: usize = 48;
/// What comes after this many tags is not read.
const MAX_TAGS: usize = 1_000_000;

/// Index of a node.
pub type Id = usize;

/// Parses a page. The result owns the tree that [`Dom`] points into.
pub fn parse(html: &str) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    let options = TreeBuilderOpts {
        // The page is read as without JavaScript: `noscript` is markup, not text.
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let limiter = Limiter {
        builder: TreeBuilder::new(sink, options),
        open: RefCell::default(),
        formatting: Cell::new(0),
        tags: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(limiter, html5ever::tokenizer::TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Passes tokens on to the tree builder, except start tags that would nest too deep. Without it, the tree builder's
/// scans of its stack of open elements are quadratic in the depth of a hostile page.
struct Limiter {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    open: RefCell<Vec<LocalName>>,
    formatting: Cell<usize>,
    tags: Cell<usize>,
}

/// The handle type of scraper's tree, which scraper does not export by name.
type NodeId = <HtmlTreeSink as TreeSink>::Handle;

/// Elements that close their like by themselves, or hold nothing: they cannot nest without others between them.
fn nests(tag: &str) -> bool {
    !matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "option"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "tfoot"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "html"
            | "head"
            | "body"
            | "script"
            | "style"
            | "title"
            | "textarea"
    )
}

fn is_formatting(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

impl Limiter {
    /// Whether the tag may reach the tree builder.
    fn admits(&self, tag: &Tag) -> bool {
        self.tags.set(self.tags.get() + 1);
        if self.tags.get() > MAX_TAGS {
            return false;
        }
        if !nests(&tag.name) {
            return true;
        }
        let formatting = is_formatting(&tag.name);
        let mut open = self.open.borrow_mut();
        if tag.kind == TagKind::EndTag {
            if formatting {
                self.formatting.set(self.formatting.get().saturating_sub(1));
            }
            if let Some(at) = open.iter().rposition(|name| *name == tag.name) {
                open.truncate(at);
            }
            return true;
        }
        if open.len() >= MAX_DEPTH || (formatting && self.formatting.get() >= MAX_FORMATTING) {
            return false;
        }
        if formatting {
            self.formatting.set(self.formatting.get() + 1);
        }
        open.push(tag.name.clone());
        true
    }
}

impl TokenSink for Limiter {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        match &token {
            Token::TagToken(tag) if !self.admits(tag) => TokenSinkResult::Continue,
            Token::CommentToken(_) | Token::ParseError(_) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// What a node is.
pub enum Kind<'a> {
    /// An element.
    Element(&'a Element),
    /// Text between tags.
    Text(&'a str),
}

/// One node in document order.
pub struct Entry<'a> {
    /// The element around it; the root is its own parent.
    pub parent: Id,
    /// One past the last node of its subtree.
    pub end: Id,
    /// Its place among the children of its parent, from 1.
    pub nth: u32,
    /// What it is.
    pub kind: Kind<'a>,
}

/// The nodes of a page in document order.
pub struct Dom<'a> {
    /// All nodes; a parent stands before its children.
    pub nodes: Vec<Entry<'a>>,
}

impl<'a> Dom<'a> {
    /// Flattens a parsed page.
    pub fn new(html: &'a Html) -> Self {
        let mut nodes: Vec<Entry<'a>> = Vec::new();
        let mut open: Vec<Id> = Vec::new();
        let mut nth = 1;
        let mut next = html.tree.root().first_child();
        while let Some(node) = next {
            let kind = match node.value() {
                Node::Element(element) => Kind::Element(element),
                Node::Text(text) => Kind::Text(text),
                // The content of `template`; kept as a node so that the walk stays in step, and never read.
                _ => Kind::Text(""),
            };
            let id = nodes.len();
            nodes.push(Entry {
                parent: open.last().copied().unwrap_or(0),
                end: id + 1,
                nth,
                kind,
            });
            next = node.first_child();
            if next.is_some() {
                open.push(id);
                nth = 1;
                continue;
            }
            // Up until there is a sibling; every element left on the way ends here.
            let mut at = node;
            loop {
                if let Some(sibling) = at.next_sibling() {
                    next = Some(sibling);
                    nth += 1;
                    break;
                }
                let (Some(parent), Some(id)) = (at.parent(), open.pop()) else {
                    break;
                };
                nodes[id].end = nodes.len();
                nth = nodes[id].nth;
                at = parent;
            }
        }
        Self { nodes }
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element at `id`, if it is one.
    pub fn element(&self, id: Id) -> Option<&'a Element> {
        match self.nodes.get(id)?.kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    /// Tag name in lower case; empty for text.
    pub fn tag(&self, id: Id) -> &'a str {
        self.element(id).map_or("", Element::name)
    }

    /// Value of an attribute.
    pub fn attr(&self, id: Id, name: &str) -> Option<&'a str> {
        self.element(id)?.attr(name)
    }

    /// The elements around `id`, from the inside out, without `id` itself.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut at = id;
        std::iter::from_fn(move || {
            let parent = self.nodes.get(at)?.parent;
            if parent == at {
                return None;
            }
            at = parent;
            Some(at)
        })
    }

    /// Direct children.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let end = self.nodes[id].end;
        let mut at = id + 1;
        std::iter::from_fn(move || {
            if at >= end {
                return None;
            }
            let child = at;
            at = self.nodes[child].end;
            Some(child)
        })
    }

    /// Whether `inner` lies in the subtree of `outer` (or is `outer`).
    pub fn contains(&self, outer: Id, inner: Id) -> bool {
        outer <= inner && inner < self.nodes[outer].end
    }

    /// All text below `id`, white space collapsed, without scripts and styles.
    pub fn text(&self, id: Id) -> String {
        let mut out = String::new();
        let mut at = id;
        while at < self.nodes[id].end {
            match self.nodes[at].kind {
                Kind::Text(text) => out.push_str(text),
                Kind::Element(element) => match element.name() {
                    tag if is_code(tag) => {
                        at = self.nodes[at].end;
                        continue;
                    }
                    tag if is_block(tag) || tag == "br" => out.push(' '),
                    _ => {}
                },
            }
            at += 1;
        }
        super::text::tidy(&out)
    }

    /// Place of a node for messages, such as `div[2]>p[4]` (`p`, the fourth child): the last four steps.
    pub fn path(&self, id: Id) -> String {
        let mut steps = Vec::new();
        let mut at = id;
        while steps.len() < 4 {
            let tag = self.tag(at);
            let parent = self.nodes[at].parent;
            if !tag.is_empty() {
                steps.push(format!("{tag}[{}]", self.nodes[at].nth));
            }
            if parent == at {
                break;
            }
            at = parent;
        }
        steps.reverse();
        steps.join(">")
    }
}

/// Elements whose content is not text for a reader.
pub fn is_code(tag: &str) -> bool {
    matches!(tag, "script" | "style" | "template" | "svg")
}

/// Elements that begin and end a block of text.
pub fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "option"
    ) || tag.contains('-')
}

/// `h1` to `h6`: 1 to 6.
pub fn heading_level(tag: &str) -> Option<u8> {
    match tag.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}
