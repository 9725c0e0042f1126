//! Audio → file or loudspeaker.
