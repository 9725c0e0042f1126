//! The C library's allocator, told to give back what is large: the one place that calls `libc`.
#![allow(unsafe_code, reason = "the library has the interface of C")]

use std::ffi::c_int;

/// From so many bytes on, memory is fetched from the system and given back to it.
const LARGE: c_int = 128 << 10;

/// Keeps memory from falling to pieces in a long run.
///
/// glibc takes 128 KiB as large at first, but up to 32 MiB once such a block was freed (`mallopt(3)`, "dynamic mmap threshold"):
/// then the sound of a sentence, allocated in one thread and freed in another, comes from the threads' heaps, whose gaps grew
/// by 20 kB a sentence, to 157 MB in ten hours. Naming the threshold keeps it where it is.
pub fn give_back() {
    // SAFETY: it takes two numbers and sets a number under the allocator's own lock; before the first thread at that.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}
