//! What the desktop has to give: its clipboard, and media keys over its session bus. Nothing needs either.

use super::{Finding, checks::in_time};
use crate::cli::{
    listen,
    locales::{errors, t},
};
use vorleser::source::clipboard::{self, ClipboardError};

/// Whether `vorleser clip` reaches a clipboard. What is on it is not told.
pub fn clipboard() -> Option<Finding> {
    const AREA: &str = "clipboard";
    if !clipboard::BUILT_IN {
        return None;
    }
    Some(match in_time(clipboard::text) {
        Some(Ok(_) | Err(ClipboardError::Empty)) => {
            Finding::fine(AREA, t!("doctor-clipboard-fine"))
        }
        Some(Err(error)) => {
            let text = t!("doctor-clipboard-none", reason = errors::words(&error));
            Finding::note(AREA, text, Some(t!("doctor-clipboard-mend")))
        }
        None => Finding::note(AREA, t!("doctor-clipboard-hangs"), None),
    })
}

/// Whether there is a session bus for the media keys; nothing where the program has no use for one.
pub fn session_bus() -> Option<Finding> {
    const AREA: &str = "media_keys";
    listen::MEDIA_KEYS.then(|| {
        if listen::session_bus() {
            Finding::fine(AREA, t!("doctor-bus-fine"))
        } else {
            Finding::note(AREA, t!("doctor-bus-none"), Some(t!("doctor-bus-mend")))
        }
    })
}
