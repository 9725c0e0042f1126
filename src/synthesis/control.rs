//! Stop and pause, from any thread.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Handle with which one thread (a signal handler, a key reader) holds or ends what another one is saying.
/// Clones are the same handle.
#[derive(Debug, Clone, Default)]
pub struct Control(Arc<State>);

#[derive(Debug, Default)]
struct State {
    stopped: AtomicBool,
    paused: AtomicBool,
}

impl Control {
    /// A new handle: neither paused nor stopped.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the speech for good; the loudspeaker is silent within 100 ms.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether [`Control::stop`] was called.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }

    /// Holds the speech where it is.
    pub fn pause(&self) {
        self.0.paused.store(true, Ordering::Relaxed);
    }

    /// Goes on where [`Control::pause`] held.
    pub fn resume(&self) {
        self.0.paused.store(false, Ordering::Relaxed);
    }

    /// Whether the speech is held.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.0.paused.load(Ordering::Relaxed)
    }
}
