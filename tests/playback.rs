//! Sound that is really played: PulseAudio with a null sink takes it, its monitor is recorded and compared.
//!
//! The tests marked `ignore` need Debian's `pulseaudio pulseaudio-utils libasound2-plugins speech-dispatcher espeak-ng`;
//! `.ci/run` installs these and runs `cargo test --test playback -- --ignored --test-threads 1`. Nothing here needs a sound
//! card, D-Bus or a login session.
#![cfg(all(target_os = "linux", feature = "playback", feature = "system-voice"))]

mod common;

use common::script;
use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};
use vorleser::{
    Control, Prosody, Speaker as _,
    output::playback::{PlaybackError, Player},
    synthesis::{
        Reading, SynthesisError, open_synthesisers, synthesise,
        system::{SystemVoice, SystemVoiceError},
    },
};

/// Rate of the recordings, in Hz.
const RATE: u32 = 16_000;

const TEXTS: [&str; 3] = [
    "Guten Abend, meine Damen und Herren.",
    "Der Bundestag hat am Donnerstag ein neues Gesetz beschlossen.",
    "Das Wetter bleibt freundlich.",
];

// ---- What runs in a child process, because sound libraries read their environment once --------------------------------

/// Does what `VORLESER_CHILD` says; without it, nothing.
#[test]
fn child() {
    let say = |line: &str| eprintln!("child: {line}");
    match std::env::var("VORLESER_CHILD").as_deref() {
        Ok("open") => match Player::open(RATE) {
            Ok(_) => say("opened"),
            Err(error) => {
                assert!(matches!(error, PlaybackError::NoDevice { .. }));
                assert!(error.hint().is_some());
                say("no device");
            }
        },
        Ok("play") => {
            let engine = open_synthesisers("pico-de", 1).unwrap().remove(0);
            let mut reading =
                Reading::new(script(&TEXTS), engine, Prosody::default(), &Control::new()).unwrap();
            Player::open(RATE)
                .unwrap()
                .play(&mut reading, &Control::new(), |s| {
                    say(&format!("began {}", s.index));
                })
                .unwrap();
        }
        Ok("stop") => {
            let engine = open_synthesisers("tone", 1).unwrap().remove(0);
            let text = "a".repeat(200);
            let control = Control::new();
            let mut reading =
                Reading::new(script(&[text]), engine, Prosody::default(), &control).unwrap();
            let remote = control.clone();
            let mut player = Player::open(RATE).unwrap();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(1500));
                eprintln!("child: stop");
                remote.stop();
            });
            player.play(&mut reading, &control, |_| {}).unwrap();
            say("returned");
        }
        Ok("system") => {
            let mut voice = match SystemVoice::open(None, "de") {
                Ok(voice) => voice,
                Err(SystemVoiceError::Unavailable { .. }) => {
                    say("no service");
                    return;
                }
                Err(error) => panic!("{error}"),
            };
            let mut sentence = script(&TEXTS).utterances[1].clone();
            sentence.pause_after_ms = 0;
            voice
                .speak(&sentence, Prosody::default(), &Control::new())
                .unwrap();
            say("said");
            if std::env::var_os("VORLESER_KILL").is_some() {
                // The test kills the service now.
                thread::sleep(Duration::from_secs(2));
                let error = voice
                    .speak(&sentence, Prosody::default(), &Control::new())
                    .unwrap_err();
                assert!(matches!(error, SynthesisError::System(_)), "{error}");
                say("failed");
            }
        }
        _ => {}
    }
}

fn child_command(task: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "child", "--nocapture", "--quiet"])
        .env("VORLESER_CHILD", task);
    command
}

fn child_lines(output: &Output) -> Vec<String> {
    assert!(output.status.success(), "{output:?}");
    let lines: Vec<String> = String::from_utf8_lossy(&output.stderr)
        .lines()
        .map(str::to_owned)
        .collect();
    assert!(
        lines.iter().all(|line| line.starts_with("child: ")),
        "chatter: {lines:#?}"
    );
    lines
}

// ---- Without sound ----------------------------------------------------------------------------------------------------

#[test]
fn without_a_sound_device_only_we_say_so() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("missing.conf");
    // A default device that goes through JACK, as on many desktops; and no configuration at all.
    let jack = directory.path().join("jack.conf");
    fs::write(
        &jack,
        "</usr/share/alsa/alsa.conf>\npcm.!default { type jack playback_ports { 0 system:playback_1 } }\n",
    )
    .unwrap();
    for config in [&missing, &jack] {
        let output = child_command("open")
            .env("ALSA_CONFIG_PATH", config)
            .output()
            .unwrap();
        assert_eq!(
            child_lines(&output),
            ["child: no device"],
            "{}",
            config.display()
        );
    }
}

#[test]
fn without_speech_dispatcher_the_system_voice_says_so_at_once() {
    let begin = Instant::now();
    let output = child_command("system")
        .env("SPEECHD_ADDRESS", "unix_socket:/nonexistent/speechd.sock")
        .output()
        .unwrap();
    assert_eq!(child_lines(&output), ["child: no service"]);
    assert!(begin.elapsed() < Duration::from_secs(15));
}

// ---- With PulseAudio --------------------------------------------------------------------------------------------------

/// A private PulseAudio whose only sink goes nowhere; ended when dropped.
struct Pulse {
    directory: tempfile::TempDir,
    server: Child,
}

impl Pulse {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path();
        fs::write(
            path.join("asound.conf"),
            "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n",
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
        Self { directory, server }
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn record(&self) -> Recorder {
        let mut command = Command::new("parec");
        command
            .args([
                "-d",
                "null.monitor",
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
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn set_environment(command: &mut Command, path: &Path) {
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

struct Recorder {
    process: Child,
    reader: thread::JoinHandle<Recording>,
}

impl Recorder {
    fn stop(mut self) -> Recording {
        thread::sleep(Duration::from_millis(300));
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.reader.join().unwrap()
    }
}

struct Recording {
    samples: Vec<i16>,
    /// When each 320 samples came.
    arrivals: Vec<Instant>,
}

impl Recording {
    /// From the first to the last sample that is heard.
    fn sound(&self) -> &[i16] {
        let loud = |s: &i16| s.unsigned_abs() > 100;
        match (
            self.samples.iter().position(loud),
            self.samples.iter().rposition(loud),
        ) {
            (Some(first), Some(last)) => &self.samples[first..=last],
            _ => &[],
        }
    }

    fn last_heard(&self) -> Instant {
        let last = self
            .samples
            .iter()
            .rposition(|s| s.unsigned_abs() > 100)
            .expect("sound");
        self.arrivals[last / 320]
    }
}

fn level(samples: &[i16]) -> f64 {
    let mean = samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len() as f64;
    10.0 * (mean / 32_767.0_f64.powi(2)).log10()
}

#[test]
#[ignore = "needs PulseAudio"]
fn what_is_played_is_what_is_rendered() {
    let engines = open_synthesisers("pico-de", 1).unwrap();
    let rendered = Recording {
        samples: synthesise(&script(&TEXTS), engines, Prosody::default())
            .unwrap()
            .flat_map(|spoken| spoken.unwrap().audio.samples)
            .map(|s| (s * 32_767.0).round() as i16)
            .collect(),
        arrivals: Vec::new(),
    };
    let pulse = Pulse::start();
    let recorder = pulse.record();
    let mut command = child_command("play");
    set_environment(&mut command, pulse.path());
    let output = command.output().unwrap();
    let recording = recorder.stop();
    assert_eq!(
        child_lines(&output),
        ["child: began 0", "child: began 1", "child: began 2"]
    );
    let (wanted, heard) = (rendered.sound(), recording.sound());
    let (wanted_level, heard_level) = (level(wanted), level(heard));
    let correlation = correlation(wanted, heard);
    println!(
        "rendered {:.3} s at {wanted_level:.2} dB, played {:.3} s at {heard_level:.2} dB, correlation {correlation:.4}",
        wanted.len() as f64 / f64::from(RATE),
        heard.len() as f64 / f64::from(RATE),
    );
    let difference = wanted.len().abs_diff(heard.len());
    assert!(
        difference < RATE as usize / 50,
        "{difference} samples differ"
    );
    assert!((wanted_level - heard_level).abs() < 0.5);
    assert!(correlation > 0.98);
}

/// Best normalised correlation over a shift of up to 10 ms.
fn correlation(a: &[i16], b: &[i16]) -> f64 {
    let at = |shift: usize, first: &[i16], second: &[i16]| {
        let pairs = first[shift..]
            .iter()
            .zip(second)
            .map(|(x, y)| (f64::from(*x), f64::from(*y)));
        let (xy, xx, yy) = pairs.fold((0.0, 0.0, 0.0), |(xy, xx, yy), (x, y)| {
            (xy + x * y, xx + x * x, yy + y * y)
        });
        xy / (xx * yy).sqrt()
    };
    (0..160)
        .flat_map(|shift| [at(shift, a, b), at(shift, b, a)])
        .fold(0.0, f64::max)
}

#[test]
#[ignore = "needs PulseAudio"]
fn stop_is_silence_within_a_tenth_of_a_second() {
    let pulse = Pulse::start();
    let recorder = pulse.record();
    let mut command = child_command("stop");
    set_environment(&mut command, pulse.path());
    let mut process = command
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stopped = None;
    let mut returned = None;
    for line in BufReader::new(process.stderr.take().unwrap()).lines() {
        match line.unwrap().as_str() {
            "child: stop" => stopped = Some(Instant::now()),
            "child: returned" => returned = Some(Instant::now()),
            other => panic!("chatter: {other}"),
        }
    }
    assert!(process.wait().unwrap().success());
    let (stopped, returned) = (stopped.unwrap(), returned.unwrap());
    let recording = recorder.stop();
    let silent = recording.last_heard().saturating_duration_since(stopped);
    println!(
        "silent after {silent:?}, returned after {:?}",
        returned - stopped
    );
    assert!(
        recording.sound().len() > RATE as usize,
        "nothing was heard before"
    );
    assert!(
        silent < Duration::from_millis(100),
        "silent after {silent:?}"
    );
    assert!(returned - stopped < Duration::from_millis(200));
}

/// Speech Dispatcher with eSpeak NG, playing into a private PulseAudio.
fn start_speech_dispatcher(pulse: &Pulse) -> Child {
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

fn system_command(pulse: &Pulse) -> Command {
    let mut command = child_command("system");
    set_environment(&mut command, pulse.path());
    let socket = pulse.path().join("speechd.sock");
    command.env(
        "SPEECHD_ADDRESS",
        format!("unix_socket:{}", socket.display()),
    );
    command
}

#[test]
#[ignore = "needs PulseAudio and Speech Dispatcher"]
fn the_system_voice_is_heard_until_its_end() {
    let pulse = Pulse::start();
    let mut service = start_speech_dispatcher(&pulse);
    let recorder = pulse.record();
    let begin = Instant::now();
    let output = system_command(&pulse).output().unwrap();
    let took = begin.elapsed().as_secs_f64();
    let recording = recorder.stop();
    let _ = service.kill();
    let _ = service.wait();
    assert_eq!(child_lines(&output), ["child: said"]);
    let heard = recording.sound();
    let seconds = heard.len() as f64 / f64::from(RATE);
    println!(
        "heard {seconds:.2} s at {:.1} dB; the call took {took:.2} s",
        level(heard)
    );
    assert!((2.0..8.0).contains(&seconds), "{seconds} s of sound");
    assert!(level(heard) > -40.0);
    assert!(took > seconds * 0.8, "it did not wait for the end");
}

#[test]
#[ignore = "needs PulseAudio and Speech Dispatcher"]
fn a_service_that_dies_is_an_error_and_no_hang() {
    let pulse = Pulse::start();
    let mut service = start_speech_dispatcher(&pulse);
    let mut process = system_command(&pulse)
        .env("VORLESER_KILL", "1")
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "child: said");
    service.kill().unwrap();
    service.wait().unwrap();
    let begin = Instant::now();
    let rest: Vec<String> = lines.map(Result::unwrap).collect();
    assert!(process.wait().unwrap().success(), "{rest:?}");
    assert_eq!(rest, ["child: failed"]);
    assert!(begin.elapsed() < Duration::from_secs(40));
}
