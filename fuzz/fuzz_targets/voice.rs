//! Any bytes as the configuration of a voice must be refused or taken without panic, and what is taken must hold together; as a
//! model they must be looked at without panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use vorleser::synthesis::piper::{Config, runtime::outline};

fuzz_target!(|bytes: &[u8]| {
    let _ = outline::check_in(Cursor::new(bytes), bytes.len() as u64);
    if let Ok(config) = Config::parse(bytes) {
        assert!((8_000..=96_000).contains(&config.sample_rate));
        assert!(config.speakers.values().all(|speaker| *speaker < config.speaker_count));
        assert!(config.phoneme_ids.values().flatten().all(|id| *id >= 0));
    }
});
