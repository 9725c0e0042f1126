//! Ctrl-C and the other polite ways to end a program.

use anyhow::Result;
use std::{
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};
use vorleser::Control;

/// How long a stage may take to notice that it is to stop.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a signal stops.
pub struct Stop {
    /// Stopped by the first signal.
    pub control: Control,
    writing: Arc<AtomicBool>,
}

impl Stop {
    /// Takes the signals over. The first one stops the control; what does not look at it within a second (a server that
    /// does not answer) is ended all the same, as it is by a second signal.
    pub fn on_signal() -> Result<Self> {
        let stop = Self {
            control: Control::new(),
            writing: Arc::new(AtomicBool::new(false)),
        };
        let (control, writing) = (stop.control.clone(), Arc::clone(&stop.writing));
        ctrlc::set_handler(move || {
            if control.is_stopped() {
                exit();
            }
            control.stop();
            let writing = Arc::clone(&writing);
            thread::spawn(move || {
                thread::sleep(PATIENCE);
                if !writing.load(Ordering::Relaxed) {
                    exit();
                }
            });
        })?;
        Ok(stop)
    }

    /// From now on a file is being written, and only a second signal ends what does not stop by itself: an exit on the way
    /// would leave the unfinished file behind.
    pub fn while_writing(&self) -> &Control {
        self.writing.store(true, Ordering::Relaxed);
        &self.control
    }
}

/// Ends the program from another thread, with the terminal as it was.
fn exit() {
    super::listen::give_back();
    process::exit(super::report::STOPPED.into());
}
