//! The checks, each of one thing. None makes a sound, changes anything that stays, or waits longer than [`PATIENCE`].

use super::{
    Finding, PATIENCE,
    packages::{self, has, install, quoted},
};
use crate::cli::{
    Cli, config, listen,
    locales::{errors, t},
};
use clap::CommandFactory;
use etcetera::BaseStrategy;
use std::{
    env,
    io::IsTerminal,
    net::{SocketAddr, TcpStream, ToSocketAddrs},
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
};
use vorleser::{
    normalise::lexicon::Lexicon,
    output::playback::{self, Player},
    source::{self, clipboard},
    synthesis::{
        piper::{espeak::EspeakVoice, store::VoiceFile},
        registry::{self, DEFAULT_VOICE},
        system,
    },
};

/// Host that voices are downloaded from: one that the program may need, and that is always there.
const HOST: &str = "huggingface.co";

/// Rate at which the sound device is tried, in Hz; any device plays it.
const RATE: u32 = 48_000;

/// The result of `work`, unless it takes too long. Then it is left to itself.
pub fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(PATIENCE).ok()
}

/// Which program this is.
pub fn version() -> Finding {
    let mut features = Vec::new();
    for (name, built_in) in [
        ("playback", playback::BUILT_IN),
        ("system-voice", system::BUILT_IN),
        ("media-keys", listen::MEDIA_KEYS),
        ("clipboard", clipboard::BUILT_IN),
        ("mp3", cfg!(feature = "mp3")),
        ("ort", cfg!(feature = "ort")),
    ] {
        if built_in {
            features.push(name);
        }
    }
    Finding::fine(
        "version",
        t!(
            "doctor-version",
            version = env!("CARGO_PKG_VERSION"),
            system = format!("{} {}", env::consts::OS, env::consts::ARCH),
            features = features.join(", ")
        ),
    )
}

/// Whether a sound device opens. Nothing is played on it.
pub fn sound() -> Finding {
    const AREA: &str = "sound";
    if !playback::BUILT_IN {
        let mend = "cargo install vorleser --features playback".to_owned();
        return Finding::note(AREA, t!("doctor-sound-not-built-in"), Some(mend));
    }
    match in_time(|| Player::open(RATE, None).map(drop)) {
        Some(Ok(())) => Finding::fine(AREA, t!("doctor-sound-fine")),
        Some(Err(error)) => {
            let text = t!("doctor-sound-none", reason = errors::words(&error));
            Finding::broken(AREA, text, sound_server())
        }
        None => Finding::broken(AREA, t!("doctor-sound-hangs"), sound_server()),
    }
}

/// What brings the sound back on Linux: start the server that is there, or install one.
fn sound_server() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    Some(if let Ok(server) = env::var("PULSE_SERVER") {
        t!("doctor-pulse-server", server = server)
    } else if has("pipewire") {
        "systemctl --user restart pipewire pipewire-pulse wireplumber".to_owned()
    } else if has("pulseaudio") {
        "pulseaudio --start".to_owned()
    } else {
        install(&packages::SOUND)
    })
}

/// Whether the built-in voice can be loaded.
pub fn built_in_voice() -> Finding {
    const AREA: &str = "voices";
    let count = registry::voices()
        .iter()
        .filter(|voice| voice.installed())
        .count();
    match registry::open_synthesisers(DEFAULT_VOICE, 1) {
        Ok(_) => {
            let text = t!("doctor-voice-fine", voice = DEFAULT_VOICE, n = count);
            Finding::fine(AREA, text)
        }
        Err(error) => {
            let text = t!(
                "doctor-voice-broken",
                voice = DEFAULT_VOICE,
                reason = errors::words(&error)
            );
            Finding::broken(AREA, text, errors::hint(&error))
        }
    }
}

/// Whether the natural voices that were installed are whole, and the library that they need is there.
pub fn natural_voices() -> Vec<Finding> {
    const AREA: &str = "natural_voices";
    let voices = registry::voices();
    let offered = || voices.iter().filter(|voice| !voice.files.is_empty());
    let mut findings = Vec::new();
    let mut whole = Vec::new();
    let mut needed = false;
    for voice in offered() {
        let Some(folder) = voice.folder().filter(|folder| folder.is_dir()) else {
            continue;
        };
        needed = true;
        let files = voice.files.clone();
        let id = &voice.id;
        let verify = move || {
            let verify = |file: &VoiceFile| file.verify(&folder.join(file.name()));
            files.iter().try_for_each(verify)
        };
        match in_time(verify) {
            Some(Err(error)) => {
                let reason = errors::words(&error);
                let text = t!("doctor-natural-broken", voice = id, reason = reason);
                let mend = format!("vorleser voices install {id}");
                findings.push(Finding::broken(AREA, text, Some(mend)));
            }
            // A slow disk says nothing against the voice.
            Some(Ok(())) | None => whole.push(id.as_str()),
        }
    }
    if !whole.is_empty() {
        let text = t!("doctor-natural-fine", names = whole.join(", "));
        findings.push(Finding::fine(AREA, text));
    } else if !needed {
        let german = offered().find(|voice| voice.speaks("de"));
        let mend = german.map(|voice| format!("vorleser voices install {}", voice.id));
        findings.push(Finding::note(AREA, t!("doctor-natural-none"), mend));
    }
    findings.push(espeak(needed));
    findings
}

/// Whether eSpeak NG's library can be loaded; only natural voices need it.
fn espeak(needed: bool) -> Finding {
    const AREA: &str = "espeak";
    let Err(error) = EspeakVoice::open("de") else {
        return Finding::fine(AREA, t!("doctor-espeak-fine"));
    };
    let text = t!("doctor-espeak-broken", reason = errors::words(&error));
    let mend = cfg!(target_os = "linux").then(|| install(&packages::ESPEAK));
    if needed {
        Finding::broken(AREA, text, mend)
    } else {
        Finding::note(AREA, text, mend)
    }
}

/// Whether the system has the certificates that an encrypted connection is checked with.
pub fn encryption() -> Finding {
    const AREA: &str = "encryption";
    match source::can_encrypt() {
        Ok(()) => Finding::fine(AREA, t!("doctor-encryption-fine")),
        Err(error) => {
            let text = t!("doctor-encryption-broken", reason = errors::words(&error));
            let mend = cfg!(target_os = "linux").then(|| install(&packages::CERTIFICATES));
            Finding::broken(AREA, text, mend)
        }
    }
}

/// Whether the system speaks, and has a German voice. Articles can be heard without it.
pub fn system_speech() -> Finding {
    const AREA: &str = "system_speech";
    if !system::BUILT_IN {
        let mend = "cargo install vorleser --features system-voice".to_owned();
        return Finding::note(AREA, t!("doctor-speech-not-built-in"), Some(mend));
    }
    let linux = cfg!(target_os = "linux");
    // `list` has a limit of its own.
    match system::list() {
        Ok(voices) => {
            let german =
                |tag: &str| tag.to_ascii_lowercase().split(['-', '_']).next() == Some("de");
            let count = voices.iter().filter(|v| german(&v.language)).count();
            if count > 0 {
                return Finding::fine(AREA, t!("doctor-speech-fine", n = count));
            }
            let mend = linux.then(|| install(&packages::VOICES));
            Finding::note(AREA, t!("doctor-speech-no-german"), mend)
        }
        Err(error) => {
            let mend = linux.then(|| {
                if has("speech-dispatcher") {
                    "spd-say --language de hallo".to_owned()
                } else {
                    install(&packages::SPEECH)
                }
            });
            let text = t!("doctor-speech-none", reason = errors::words(&error));
            Finding::note(AREA, text, mend)
        }
    }
}

/// Whether a host on the web is found and lets itself be called. Nothing is sent to it.
pub fn network() -> Finding {
    const AREA: &str = "network";
    let proxy = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        .iter()
        .find_map(|name| url::Url::parse(&env::var(name).ok()?).ok());
    let (host, port) = match &proxy {
        Some(proxy) => (
            proxy.host_str().unwrap_or_default().to_owned(),
            proxy.port_or_known_default().unwrap_or(8080),
        ),
        None => (HOST.to_owned(), 443),
    };
    let name = host.clone();
    let found = in_time(move || (name.as_str(), port).to_socket_addrs().map(Vec::from_iter));
    let Some(Ok(addresses)) = found else {
        let mend = if proxy.is_some() {
            t!("doctor-network-proxy")
        } else {
            t!("doctor-network-mend")
        };
        return Finding::broken(AREA, t!("doctor-network-dns", host = host), Some(mend));
    };
    if let Some(reason) = refusal(&addresses) {
        let text = t!("doctor-network-refused", host = host, reason = reason);
        return Finding::broken(AREA, text, Some(t!("doctor-network-mend")));
    }
    Finding::fine(AREA, t!("doctor-network-fine", host = host))
}

/// Why none of the addresses takes a call; `None` when one does.
fn refusal(addresses: &[SocketAddr]) -> Option<String> {
    let mut reason = String::new();
    // IPv6 is often announced and not connected.
    let one_of_each = [SocketAddr::is_ipv4, SocketAddr::is_ipv6];
    for family in one_of_each {
        if let Some(address) = addresses.iter().find(|address| family(address)) {
            match TcpStream::connect_timeout(address, PATIENCE / 2) {
                Ok(_) => return None,
                Err(error) => reason = error.to_string(),
            }
        }
    }
    Some(reason)
}

/// Whether the directories in which the program keeps things can be written to.
pub fn directories() -> Vec<Finding> {
    let mut places = vec![(t!("doctor-directory-temporary"), env::temp_dir())];
    let Ok(base) = etcetera::choose_base_strategy() else {
        return vec![Finding::broken("directories", t!("no-home"), None)];
    };
    let mine = |directory: PathBuf| directory.join("vorleser");
    places.push((t!("doctor-directory-config"), mine(base.config_dir())));
    places.push((t!("doctor-directory-data"), mine(base.data_dir())));
    places.push((t!("doctor-directory-cache"), mine(base.cache_dir())));
    if let Some(state) = base.state_dir() {
        places.push((t!("doctor-directory-state"), mine(state)));
    }
    let check = |(name, path): (String, PathBuf)| match writable(&path) {
        Ok(()) => {
            let path = path.display().to_string();
            Finding::fine(
                "directories",
                t!("doctor-directory-fine", name = name, path = path),
            )
        }
        Err(error) => {
            let text = t!(
                "doctor-directory-broken",
                name = name,
                path = path.display().to_string(),
                reason = error.to_string()
            );
            let path = quoted(&path);
            let mend = format!("mkdir -p {path} && chmod u+rwx {path}");
            Finding::broken("directories", text, Some(mend))
        }
    };
    places.into_iter().map(check).collect()
}

/// Whether a file can be made in a directory or, as long as it is not there, in the one that it would be made in.
fn writable(directory: &Path) -> std::io::Result<()> {
    let mut place = directory;
    while let (false, Some(parent)) = (place.exists(), place.parent()) {
        place = parent;
    }
    tempfile::tempfile_in(place).map(drop)
}

/// Whether the settings file is right.
pub fn settings() -> Finding {
    const AREA: &str = "settings";
    let path = config::path("config.toml").filter(|path| path.exists());
    match config::check(&Cli::command()) {
        Err(error) => Finding::broken(AREA, error.to_string(), Some(t!("hint-config"))),
        Ok(()) => Finding::fine(
            AREA,
            path.map_or_else(
                || t!("doctor-settings-none"),
                |path| t!("doctor-settings-fine", path = path.display().to_string()),
            ),
        ),
    }
}

/// Whether the user's dictionary is right; nothing where there is none.
pub fn dictionary() -> Option<Finding> {
    const AREA: &str = "dictionary";
    let path = config::path("lexicon.toml").filter(|path| path.exists())?;
    Some(match Lexicon::load(&path) {
        Ok(words) => {
            let words = t!("words", n = words.len());
            Finding::fine(AREA, t!("doctor-dictionary-fine", words = words))
        }
        Err(error) => Finding::broken(
            AREA,
            errors::words(&error),
            Some(t!("hint-dictionary-mend")),
        ),
    })
}

/// Whether umlauts arrive, and what the program is seen or heard on.
pub fn locale() -> Vec<Finding> {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    let plain = locale.to_ascii_lowercase().replace('-', "");
    let mut findings = Vec::new();
    if cfg!(windows) || cfg!(target_os = "macos") || plain.contains("utf8") {
        findings.push(Finding::fine(
            "locale",
            t!("doctor-locale-fine", locale = locale),
        ));
    } else {
        let mend = "export LANG=C.UTF-8".to_owned();
        let text = t!("doctor-locale-not-utf8", locale = locale);
        findings.push(Finding::note("locale", text, Some(mend)));
    }
    let seen = std::io::stdout().is_terminal();
    let accessible =
        env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0");
    findings.push(Finding::fine(
        "terminal",
        match (seen, accessible) {
            (_, true) => t!("doctor-terminal-accessible"),
            (true, false) => t!("doctor-terminal"),
            (false, false) => t!("doctor-terminal-none"),
        },
    ));
    findings
}
