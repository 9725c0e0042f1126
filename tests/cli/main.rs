//! The program as its users meet it: what it prints where, its exit codes, and bad input of every kind. Without network
//! and sound.

mod bad_input;
mod cache;
mod dictionary;
mod doctor;
mod feed_rules;
mod german;
mod many;
mod podcast;
mod podcast_cover;
mod podcast_harm;
mod printing;
mod queue;
mod recordings;
#[path = "../server/mod.rs"]
mod server;
mod settings;
#[cfg(unix)]
mod small_disk;
mod targets;
mod voices;

use assert_cmd::Command;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

/// The program in English, with no settings, no proxy, and nothing to play on.
fn vorleser(home: &TempDir) -> Command {
    let mut command = Command::cargo_bin("vorleser").expect("the program is built");
    for proxy in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(proxy);
    }
    command
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_STATE_HOME", home.path().join("state"))
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        // Without a configuration ALSA has no device, whatever the machine has.
        .env("ALSA_CONFIG_PATH", home.path().join("no-alsa.conf"))
        .env("SPEECHD_ADDRESS", "unix_socket:/nonexistent/speechd.sock")
        .env("PATH", home.path())
        .env("LC_ALL", "C");
    command
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a temporary directory")
}

fn file(home: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = home.path().join(name);
    fs::write(&path, bytes).expect("a file in a temporary directory");
    path
}

/// Runs the program and gives exit code, standard output, standard error.
fn outcome(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("the program runs");
    (
        output.status.code().expect("it ends by itself"),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// One row of bad input: arguments, exit code, and what the message has to say.
fn check(rows: &[(&[&str], i32, &[&str])]) {
    let home = home();
    let mut wrong = Vec::new();
    for (arguments, code, words) in rows {
        let (got, out, err) = outcome(vorleser(&home).args(*arguments));
        let missing: Vec<_> = words.iter().filter(|word| !err.contains(**word)).collect();
        if got != *code || !missing.is_empty() || !out.is_empty() || err.contains("panicked") {
            wrong.push(format!(
                "{arguments:?}: code {got}, expected {code}; missing {missing:?}\n{out}{err}"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The names in a directory, sorted.
fn names(directory: &std::path::Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .expect("the directory")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
