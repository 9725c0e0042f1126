//! The terminal while keys are read: taken over, and given back whatever happens.

use crossterm::{
    cursor, execute,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use std::{
    io, panic,
    sync::{
        Arc, Once,
        atomic::{AtomicBool, Ordering},
    },
};

/// Whether single keys are read at the moment, and whether the view has the screen.
static RAW: AtomicBool = AtomicBool::new(false);
static SCREEN: AtomicBool = AtomicBool::new(false);

/// Signals that come from the shell.
#[derive(Default)]
struct Flags {
    /// Somebody wants the program to rest.
    stop: Arc<AtomicBool>,
    /// It was woken up again.
    woken: Arc<AtomicBool>,
}

/// The terminal, taken over; given back when dropped.
pub struct Terminal {
    screen: bool,
    flags: Flags,
}

impl Terminal {
    /// Reads single keys from now on; with `screen` the view has the whole screen as well.
    ///
    /// # Errors
    /// When it cannot be had; then it is as it was.
    pub fn take(screen: bool) -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                give_back();
                before(info);
            }));
        });
        let terminal = Self {
            screen,
            flags: Flags::default(),
        };
        #[cfg(unix)]
        {
            use signal_hook::{consts, flag};
            flag::register(consts::SIGTSTP, Arc::clone(&terminal.flags.stop))?;
            flag::register(consts::SIGCONT, Arc::clone(&terminal.flags.woken))?;
        }
        terminal.enter()?;
        Ok(terminal)
    }

    fn enter(&self) -> io::Result<()> {
        enable_raw_mode()?;
        RAW.store(true, Ordering::SeqCst);
        if self.screen {
            SCREEN.store(true, Ordering::SeqCst);
            execute!(io::stdout(), EnterAlternateScreen, cursor::Hide)?;
        }
        Ok(())
    }

    /// Whether the program was told to rest (by a signal; the key is [`super::keys::Wish::Suspend`]).
    pub fn is_to_rest(&self) -> bool {
        self.flags.stop.swap(false, Ordering::SeqCst)
    }

    /// Whether the program rested without having been able to give the terminal back, so that it has to be taken anew.
    pub fn take_again(&self) -> io::Result<bool> {
        let woken = self.flags.woken.swap(false, Ordering::SeqCst);
        if woken {
            self.enter()?;
        }
        Ok(woken)
    }

    /// Gives the terminal to the shell and rests until the user calls the program back.
    ///
    /// # Errors
    /// When the terminal cannot be had again.
    pub fn rest(&self) -> io::Result<()> {
        give_back();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.flags.stop.store(false, Ordering::SeqCst);
        self.flags.woken.store(false, Ordering::SeqCst);
        self.enter()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back if it was taken; also before the program is ended from another thread.
pub fn give_back() {
    if SCREEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(io::stdout(), LeaveAlternateScreen, cursor::Show);
    }
    if RAW.swap(false, Ordering::SeqCst) {
        let _ = disable_raw_mode();
    }
}

/// Whether single keys are read at the moment, so that a new line has to begin at the left by itself.
pub fn is_raw() -> bool {
    RAW.load(Ordering::SeqCst)
}
