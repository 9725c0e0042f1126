//! A disk that is soon full.

use std::{
    path::Path,
    process::{Command, Stdio},
};

/// A small file system in memory, for as long as this lives.
pub struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// `None`, with a message, where that is not permitted.
    pub fn mount(place: &'a Path, size: &str) -> Option<Self> {
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(place)
            .stderr(Stdio::null())
            .status();
        if !done.is_ok_and(|status| status.success()) {
            eprintln!("skipped: only root can mount the small disk of this test");
            return None;
        }
        Some(Self(place))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(self.0).status());
    }
}
