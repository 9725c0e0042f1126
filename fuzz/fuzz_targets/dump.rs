//! Any text without markup must be read or refused without panic; each line is read or dropped with its reason.
#![no_main]

#[allow(dead_code, reason = "the other half is for pages")]
#[path = "../../tests/oracle/visible.rs"]
mod visible;

use libfuzzer_sys::fuzz_target;
use vorleser::{ExtractOptions, Page, extract, source::Media};

fuzz_target!(|text: &str| {
    let page = Page {
        url: None,
        media: Media::Text,
        text: text.to_owned(),
    };
    let options = ExtractOptions {
        force: true,
        ..ExtractOptions::default()
    };
    if let Ok(article) = extract(&page, &options) {
        assert_eq!(visible::not_in_text(&page.text, &article), None);
        assert!(article.dropped.iter().all(|dropped| !dropped.reason.is_empty()));
        for block in &article.blocks {
            for span in &block.text.spans {
                assert!(block.text.text.get(span.range.clone()).is_some());
            }
        }
    }
});
