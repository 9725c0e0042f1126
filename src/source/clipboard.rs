//! The clipboard of the desktop, when the feature `clipboard` is on. X11 and Wayland are spoken without system libraries.

/// Whether this program was built with the feature `clipboard`.
pub const BUILT_IN: bool = cfg!(feature = "clipboard");

/// Why nothing came from the clipboard.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClipboardError {
    /// Built without the feature.
    #[error("this program was built without access to the clipboard")]
    NotBuiltIn,
    /// There is no desktop, or it does not answer.
    #[error("the clipboard cannot be reached ({reason})")]
    Unavailable {
        /// What the crate `arboard` says.
        reason: String,
    },
    /// There is nothing on it, or no text.
    #[error("there is no text on the clipboard")]
    Empty,
}

/// The text on the clipboard, of any length.
///
/// # Errors
/// [`ClipboardError`].
#[cfg(feature = "clipboard")]
pub fn text() -> Result<String, ClipboardError> {
    let unavailable = |error: arboard::Error| match error {
        arboard::Error::ContentNotAvailable => ClipboardError::Empty,
        other => ClipboardError::Unavailable {
            reason: other.to_string(),
        },
    };
    let text = arboard::Clipboard::new()
        .and_then(|mut clipboard| clipboard.get_text())
        .map_err(unavailable)?;
    if text.trim().is_empty() {
        return Err(ClipboardError::Empty);
    }
    Ok(text)
}

/// Nothing.
///
/// # Errors
/// [`ClipboardError::NotBuiltIn`].
#[cfg(not(feature = "clipboard"))]
pub fn text() -> Result<String, ClipboardError> {
    Err(ClipboardError::NotBuiltIn)
}
