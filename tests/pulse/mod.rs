//! A private PulseAudio with a null sink, what is recorded from it, and Speech Dispatcher playing into it: no sound card, no
//! root, no D-Bus.
#![allow(dead_code, reason = "every test file uses its own part")]

pub mod terminal;

use std::{
    fs,
    io::Read as _,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// Rate of the recordings, in Hz.
pub const RATE: u32 = 16_000;

/// A private PulseAudio whose only sink goes nowhere; ended when dropped.
pub struct Pulse {
    directory: tempfile::TempDir,
    server: Child,
    /// A null sink that nobody records wakes up every two seconds only.
    keeper: Option<Recorder>,
}

impl Pulse {
    pub fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path();
        fs::write(
            path.join("asound.conf"),
            "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n\
             pcm.kopfhoerer { type pulse device second hint { show on description \"Kopfhörer\" } }\n\
             pcm.lautsprecher { type pulse device null hint { show on description \"Lautsprecher\" } }\n\
             pcm.links { type pulse device null hint { show on description \"Zwilling\" } }\n\
             pcm.rechts { type pulse device second hint { show on description \"Zwilling\" } }\n",
        )
        .unwrap();
        let mut command = Command::new("pulseaudio");
        command
            .args([
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--disallow-exit",
                "--log-level=error",
            ])
            .arg(format!(
                "--load=module-native-protocol-unix auth-anonymous=1 socket={}",
                path.join("pulse.sock").display()
            ))
            .arg(format!(
                "--load=module-null-sink sink_name=null rate={RATE} channels=1"
            ))
            .stderr(Stdio::null());
        set_environment(&mut command, path);
        command.env_remove("PULSE_SERVER");
        let server = command.spawn().expect("Debian's package pulseaudio");
        let deadline = Instant::now() + Duration::from_secs(10);
        while !path.join("pulse.sock").exists() {
            assert!(Instant::now() < deadline, "PulseAudio does not start");
            thread::sleep(Duration::from_millis(20));
        }
        let mut pulse = Self {
            directory,
            server,
            keeper: None,
        };
        pulse.keeper = Some(pulse.record());
        pulse
    }

    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Says something to the server with `pactl`.
    pub fn control(&self, arguments: &[&str]) {
        let mut command = Command::new("pactl");
        command.args(arguments).stdout(Stdio::null());
        set_environment(&mut command, self.path());
        assert!(command.status().unwrap().success(), "pactl {arguments:?}");
    }

    pub fn record(&self) -> Recorder {
        self.record_from("null")
    }

    /// Records what comes to a sink.
    pub fn record_from(&self, sink: &str) -> Recorder {
        let mut command = Command::new("parec");
        command
            .args([
                "-d",
                &format!("{sink}.monitor"),
                "--format=s16le",
                "--channels=1",
                "--latency-msec=10",
            ])
            .arg(format!("--rate={RATE}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        set_environment(&mut command, self.path());
        let mut process = command.spawn().expect("Debian's package pulseaudio-utils");
        let mut pipe = process.stdout.take().unwrap();
        let (first, started) = mpsc::channel();
        let reader = thread::spawn(move || {
            let mut samples = Vec::new();
            let mut arrivals = Vec::new();
            let mut bytes = [0; 640];
            while pipe.read_exact(&mut bytes).is_ok() {
                let _ = first.send(());
                arrivals.push(Instant::now());
                samples.extend(bytes.chunks(2).map(|b| i16::from_le_bytes([b[0], b[1]])));
            }
            Recording { samples, arrivals }
        });
        started
            .recv_timeout(Duration::from_secs(10))
            .expect("a recording");
        Recorder { process, reader }
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            let _ = keeper.process.kill();
            let _ = keeper.process.wait();
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

pub fn set_environment(command: &mut Command, path: &Path) {
    command
        .env("XDG_RUNTIME_DIR", path)
        .env("PULSE_RUNTIME_PATH", path)
        .env("HOME", path)
        .env(
            "PULSE_SERVER",
            format!("unix:{}", path.join("pulse.sock").display()),
        )
        .env("ALSA_CONFIG_PATH", path.join("asound.conf"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS");
}

pub struct Recorder {
    process: Child,
    reader: thread::JoinHandle<Recording>,
}

impl Recorder {
    pub fn stop(mut self) -> Recording {
        thread::sleep(Duration::from_millis(300));
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.reader.join().unwrap()
    }
}

pub struct Recording {
    pub samples: Vec<i16>,
    /// When each 320 samples came.
    pub arrivals: Vec<Instant>,
}

impl Recording {
    /// From the first to the last sample that is heard.
    pub fn sound(&self) -> &[i16] {
        let loud = |s: &i16| s.unsigned_abs() > 100;
        match (
            self.samples.iter().position(loud),
            self.samples.iter().rposition(loud),
        ) {
            (Some(first), Some(last)) => &self.samples[first..=last],
            _ => &[],
        }
    }

    pub fn last_heard(&self) -> Instant {
        let last = self
            .samples
            .iter()
            .rposition(|s| s.unsigned_abs() > 100)
            .expect("sound");
        self.arrivals[last / 320]
    }
}

pub fn level(samples: &[i16]) -> f64 {
    let mean = samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len() as f64;
    10.0 * (mean / 32_767.0_f64.powi(2)).log10()
}

/// Median fundamental frequency in Hz, by autocorrelation over frames of 40 ms.
pub fn fundamental(samples: &[i16]) -> f64 {
    let samples: Vec<f64> = samples.iter().map(|s| f64::from(*s) / 32_768.0).collect();
    let mut found: Vec<f64> = samples
        .chunks_exact(640)
        .filter(|frame| frame.iter().map(|s| s * s).sum::<f64>() > 4.0)
        .filter_map(|frame| {
            let at = |lag: usize| -> f64 {
                let pairs = frame.iter().zip(&frame[lag..]);
                pairs.map(|(a, b)| a * b).sum::<f64>() / (640 - lag) as f64
            };
            let best = (50..200).max_by(|a, b| at(*a).total_cmp(&at(*b)))?;
            (at(best) > 0.5 * at(0)).then_some(f64::from(RATE) / best as f64)
        })
        .collect();
    found.sort_by(f64::total_cmp);
    found[found.len() / 2]
}

/// A session bus of its own, and its address.
pub fn start_bus(pulse: &Pulse) -> (Child, String) {
    let socket = pulse.path().join("bus");
    let address = format!("unix:path={}", socket.display());
    let mut command = Command::new("dbus-daemon");
    command
        .args([
            "--session",
            "--nofork",
            "--nopidfile",
            "--address",
            &address,
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    set_environment(&mut command, pulse.path());
    let bus = command.spawn().expect("Debian's package dbus");
    let deadline = Instant::now() + Duration::from_secs(10);
    while !socket.exists() {
        assert!(Instant::now() < deadline, "no session bus");
        thread::sleep(Duration::from_millis(20));
    }
    (bus, address)
}

/// Speech Dispatcher with eSpeak NG, playing into a private PulseAudio.
pub fn start_speech_dispatcher(pulse: &Pulse) -> Child {
    let config = pulse.path().join("speechd");
    fs::create_dir_all(config.join("modules")).unwrap();
    fs::write(
        config.join("speechd.conf"),
        "LogLevel 0\nLogDir \"stderr\"\nAudioOutputMethod \"pulse\"\nDefaultModule espeak-ng\n\
         AddModule \"espeak-ng\" \"sd_espeak-ng\" \"espeak-ng.conf\"\nDefaultLanguage \"de\"\n",
    )
    .unwrap();
    let module = Path::new("/etc/speech-dispatcher/modules/espeak-ng.conf");
    fs::copy(module, config.join("modules/espeak-ng.conf"))
        .expect("Debian's package speech-dispatcher");
    let socket = pulse.path().join("speechd.sock");
    let mut command = Command::new("speech-dispatcher");
    command
        .args(["-s", "-t", "0", "-c", "unix_socket", "-S"])
        .arg(&socket)
        .arg("-C")
        .arg(&config)
        .arg("-P")
        .arg(pulse.path().join("speechd.pid"))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    set_environment(&mut command, pulse.path());
    let process = command.spawn().expect("Debian's package speech-dispatcher");
    let deadline = Instant::now() + Duration::from_secs(10);
    while !socket.exists() {
        assert!(
            Instant::now() < deadline,
            "Speech Dispatcher does not start"
        );
        thread::sleep(Duration::from_millis(20));
    }
    process
}
