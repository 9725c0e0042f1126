//! `vorleser` reads German articles aloud.
//!
//! Five stages, one direction, plain data between them:
//!
//! ```text
//! source     URL | file | stdin | text  -> Page      (the only user of the network)
//! extract    Page                       -> Article   (knows HTML and page habits, no German grammar)
//! normalise  Article                    -> Script    (knows German, no HTML; cannot fail, loses nothing)
//! synthesise Script                     -> Audio     (one engine behind one trait)
//! output     Audio                      -> file | loudspeaker
//! ```
//!
//! ARCHITECTURE.md names the invariants that hold between them.

pub mod article;
pub mod audio;
pub mod extract;
pub mod normalise;
pub mod output;
pub mod script;
pub mod source;
pub mod synthesis;

pub use article::{Article, Block, BlockKind};
pub use audio::Audio;
pub use extract::{Boxes, ExtractError, ExtractOptions, Ticker, extract};
pub use normalise::{NormaliseOptions, normalise};
pub use script::{Role, Script, Utterance};
pub use source::{Input, Page, SourceError, read};
pub use synthesis::{Control, Prosody, Speaker, SynthesisError, Synthesiser, synthesise};
