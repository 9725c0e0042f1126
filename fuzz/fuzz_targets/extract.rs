//! Any page must be read or refused without panic, and what is read must be text of the page.
#![no_main]

#[allow(dead_code, reason = "the other half is for texts")]
#[path = "../../tests/oracle/visible.rs"]
mod visible;

use libfuzzer_sys::fuzz_target;
use vorleser::{ExtractOptions, Page, extract, source::Media};

fuzz_target!(|input: (bool, bool, &str)| {
    let (force, captions, text) = input;
    let page = Page {
        url: None,
        media: Media::Html,
        text: text.to_owned(),
    };
    let options = ExtractOptions {
        force,
        captions,
        ..ExtractOptions::default()
    };
    if let Ok(article) = extract(&page, &options) {
        assert_eq!(visible::not_on_page(&page.text, &article), None);
        for block in &article.blocks {
            assert!(!block.text.text.trim().is_empty());
            for span in &block.text.spans {
                assert!(block.text.text.get(span.range.clone()).is_some());
            }
        }
    }
});
