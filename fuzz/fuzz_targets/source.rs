//! Any bytes in a file must become a page or an error without panic: media type, character set, saved pages.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::{fs, path::PathBuf, sync::LazyLock};
use vorleser::{Input, read, source::ReadOptions};

/// One file per process, in memory where the system has such a place.
static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    folder.join(format!("vorleser-fuzz-{}", std::process::id()))
});

fuzz_target!(|bytes: &[u8]| {
    if fs::write(&*FILE, bytes).is_ok() {
        let _ = read(&Input::File(FILE.clone()), &ReadOptions::default());
    }
});
