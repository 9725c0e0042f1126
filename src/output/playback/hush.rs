//! Keeps the sound libraries from talking to the user.
//!
//! ALSA and the JACK library behind it write pages of their own worries to standard error when a device does not open.
//! They cannot be told not to (ALSA's error handler is a variadic C function, JACK's is reached through ALSA), so standard
//! error leads nowhere while they are at work.

#[cfg(unix)]
pub use unix::Hush;

#[cfg(not(unix))]
pub use elsewhere::Hush;

#[cfg(unix)]
mod unix {
    use std::{fs::File, os::fd::OwnedFd, sync::Mutex};

    use rustix::{io::dup, stdio};

    /// How many [`Hush`] there are, and the real standard error while there is one.
    static HUSHED: Mutex<(usize, Option<OwnedFd>)> = Mutex::new((0, None));

    /// Standard error leads nowhere while one of these lives.
    pub struct Hush(());

    impl Hush {
        /// Begins; does nothing where `/dev/null` is missing.
        pub fn new() -> Self {
            let mut hushed = HUSHED
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if hushed.0 == 0 {
                hushed.1 = redirect();
            }
            hushed.0 += 1;
            Self(())
        }
    }

    impl Drop for Hush {
        fn drop(&mut self) {
            let mut hushed = HUSHED
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            hushed.0 -= 1;
            if hushed.0 == 0
                && let Some(real) = hushed.1.take()
            {
                // If this fails nobody could be told.
                let _ = stdio::dup2_stderr(real);
            }
        }
    }

    fn redirect() -> Option<OwnedFd> {
        let null = File::options().write(true).open("/dev/null").ok()?;
        let real = dup(stdio::stderr()).ok()?;
        stdio::dup2_stderr(null).ok()?;
        Some(real)
    }
}

#[cfg(not(unix))]
mod elsewhere {
    /// Nothing to keep quiet: only ALSA and JACK talk.
    pub struct Hush(());

    impl Hush {
        /// Does nothing.
        pub fn new() -> Self {
            Self(())
        }
    }
}
