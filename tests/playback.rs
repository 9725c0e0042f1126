//! Sound that is really played: PulseAudio with a null sink takes it, its monitor is recorded and compared.
//!
//! The tests marked `ignore` need Debian's `pulseaudio pulseaudio-utils libasound2-plugins speech-dispatcher espeak-ng`;
//! `.ci/run` installs these and runs `cargo test --test playback -- --ignored --test-threads 1`. Nothing here needs a sound
//! card, D-Bus or a login session.
#![cfg(all(target_os = "linux", feature = "playback", feature = "system-voice"))]

mod common;
mod pulse;

use common::script;
use pulse::{Pulse, RATE, Recording, level, set_environment, start_speech_dispatcher};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};
use vorleser::{
    Control, Prosody, Speaker as _,
    output::playback::{Moment, PlaybackError, Player},
    synthesis::{
        Reading, SynthesisError, open_synthesisers, synthesise,
        system::{SystemVoice, SystemVoiceError},
    },
};

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
        Ok("open") => match Player::open(RATE, None) {
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
            Player::open(RATE, None)
                .unwrap()
                .play(&mut reading, &Control::new(), |moment| {
                    if let Moment::Began(spoken) = moment {
                        say(&format!("began {}", spoken.index));
                    }
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
            let mut player = Player::open(RATE, None).unwrap();
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
