//! Which programs are there, and how this system installs what is missing.

use crate::cli::locales::t;
use std::{env, path::Path};

/// Whether a program is in one of the directories of `PATH`.
pub fn has(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|directory| directory.join(program).is_file())
}

/// Something that can be installed, under the names that the distributions give it.
pub struct Package {
    /// Debian, Ubuntu.
    pub apt: &'static str,
    /// Fedora.
    pub dnf: &'static str,
    /// Arch.
    pub pacman: &'static str,
}

/// A sound server that speaks to ALSA programs.
pub const SOUND: Package = Package {
    apt: "pipewire-audio",
    dnf: "pipewire-pulseaudio pipewire-alsa wireplumber",
    pacman: "pipewire-pulse pipewire-alsa wireplumber",
};

/// System speech with voices.
pub const SPEECH: Package = Package {
    apt: "speech-dispatcher speech-dispatcher-espeak-ng",
    dnf: "speech-dispatcher speech-dispatcher-espeak-ng",
    pacman: "speech-dispatcher espeak-ng",
};

/// Voices for German, and for many other languages.
pub const VOICES: Package = Package {
    apt: "speech-dispatcher-espeak-ng espeak-ng",
    dnf: "speech-dispatcher-espeak-ng espeak-ng",
    pacman: "espeak-ng",
};

/// The library that natural voices take their phonemes from.
pub const ESPEAK: Package = Package {
    apt: "libespeak-ng1",
    dnf: "espeak-ng",
    pacman: "espeak-ng",
};

/// The certificates by which a host on the web is known.
pub const CERTIFICATES: Package = Package {
    apt: "ca-certificates",
    dnf: "ca-certificates",
    pacman: "ca-certificates",
};

/// The command that installs it here, by the package manager that is there.
pub fn install(package: &Package) -> String {
    let (command, names) = if has("apt-get") {
        ("sudo apt-get install", package.apt)
    } else if has("dnf") {
        ("sudo dnf install", package.dnf)
    } else if has("pacman") {
        ("sudo pacman -S", package.pacman)
    } else {
        return t!("doctor-install", packages = package.apt);
    };
    format!("{command} {names}")
}

/// A path as a shell takes it.
pub fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
