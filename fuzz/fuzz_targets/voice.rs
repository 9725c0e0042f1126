//! Any bytes as the configuration of a voice must be refused or taken without panic, and what is taken must hold together.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vorleser::synthesis::piper::Config;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(config) = Config::parse(bytes) {
        assert!((8_000..=96_000).contains(&config.sample_rate));
        assert!(config.speakers.values().all(|speaker| *speaker < config.speaker_count));
        assert!(config.phoneme_ids.values().flatten().all(|id| *id >= 0));
    }
});
