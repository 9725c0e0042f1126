//! The real program in a pseudo-terminal (`script` of util-linux), playing into a private PulseAudio.

use super::{Pulse, set_environment};
use std::{
    io::{Read as _, Write as _},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// The program in a terminal of its own.
pub struct Session {
    process: Child,
    keyboard: ChildStdin,
    screen: Arc<Mutex<Vec<u8>>>,
}

impl Session {
    pub fn start(pulse: &Pulse, arguments: &str, settings: &[(&str, &str)]) -> Self {
        let program = env!("CARGO_BIN_EXE_vorleser");
        let line = format!("stty cols 80 rows 20; echo $$ > pid; exec {program} {arguments}");
        let mut command = Command::new("script");
        command
            .args([
                "--quiet",
                "--return",
                "--flush",
                "--command",
                &line,
                "/dev/null",
            ])
            .current_dir(pulse.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        set_environment(&mut command, pulse.path());
        command
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .env("LC_ALL", "C.UTF-8")
            .env_remove("ACCESSIBLE")
            .env_remove("XDG_STATE_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .envs(settings.iter().copied());
        let mut process = command.spawn().expect("Debian's package bsdutils");
        let keyboard = process.stdin.take().expect("a pipe");
        let mut out = process.stdout.take().expect("a pipe");
        let screen = Arc::new(Mutex::new(Vec::new()));
        let copy = Arc::clone(&screen);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = out.read(&mut bytes) {
                copy.lock().unwrap().extend_from_slice(&bytes[..length]);
            }
        });
        Self {
            process,
            keyboard,
            screen,
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.screen.lock().unwrap()).into_owned()
    }

    /// Waits for something on the screen; tells when it came.
    pub fn until(&self, words: &str) -> Instant {
        let deadline = Instant::now() + Duration::from_secs(40);
        while !self.text().contains(words) {
            assert!(
                Instant::now() < deadline,
                "no {words:?} in {:?}",
                self.text()
            );
            thread::sleep(Duration::from_millis(5));
        }
        Instant::now()
    }

    /// Waits for the end; gives the exit code and all that was printed.
    pub fn end(mut self) -> (Option<i32>, String) {
        let deadline = Instant::now() + Duration::from_secs(40);
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                thread::sleep(Duration::from_millis(100));
                return (status.code(), self.text());
            }
            if Instant::now() > deadline {
                let _ = self.process.kill();
                panic!("it does not end: {:?}", self.text());
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}
