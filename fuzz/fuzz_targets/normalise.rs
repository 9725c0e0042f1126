//! Any text must be normalised without panic, with every sentence in its place and no digit left.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vorleser::normalise::text::{TextOptions, verbalise};

fuzz_target!(|text: &str| {
    let mut end = 0;
    for sentence in verbalise(text, &TextOptions::default()) {
        assert!(sentence.range.start >= end && text.get(sentence.range.clone()).is_some());
        assert!(!sentence.spoken.contains(|c: char| c.is_ascii_digit() || c == '\n'));
        end = sentence.range.end;
    }
});
