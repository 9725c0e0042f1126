//! How fast a listener is obeyed, as recorded from PulseAudio's null sink: from the finished article to the first sound, from a
//! key to silence, and the gaps between sentences.
//!
//! `cargo bench --bench listening`; needs Debian's `pulseaudio pulseaudio-utils libasound2-plugins`.

#[cfg(all(target_os = "linux", feature = "playback"))]
#[path = "../tests/common/mod.rs"]
mod common;
#[cfg(all(target_os = "linux", feature = "playback"))]
#[path = "../tests/pulse/mod.rs"]
mod pulse;

#[cfg(all(target_os = "linux", feature = "playback"))]
mod bench {
    use super::{
        common::script,
        pulse::{Pulse, RATE, Recording, set_environment},
    };
    use std::{
        io::{BufRead as _, BufReader},
        process::{Command, Stdio},
        sync::Arc,
        thread,
        time::{Duration, Instant},
    };
    use vorleser::{
        Control, Prosody,
        output::playback::Player,
        synthesis::{Reading, open_synthesisers, synthesise},
    };

    const CHILD: &str = "VORLESER_BENCH_CHILD";

    const TEXTS: [&str; 6] = [
        "Der Bundestag hat am Donnerstag nach langer Debatte ein Gesetz über den Ausbau der Schienenwege beschlossen.",
        "Die Opposition sprach von einem Tropfen auf den heißen Stein.",
        "Bis zum Jahr zweitausenddreißig sollen achtzig Milliarden Euro in Brücken, Weichen und Bahnhöfe fließen.",
        "Das ist ein guter Tag für alle, die pünktlich ankommen wollen.",
        "Fachleute zweifeln, ob genügend Arbeiter für die vielen Baustellen gefunden werden.",
        "Am Ende entscheidet das Wetter.",
    ];

    pub fn main() {
        match std::env::var(CHILD).as_deref() {
            Ok("speak") => speak(false),
            Ok("pause") => speak(true),
            _ => {
                let firsts = (0..5).map(|_| measure("speak"));
                let (latencies, mut recordings): (Vec<_>, Vec<_>) = firsts
                    .map(|(lines, r)| (first_sound(&lines, &r), r))
                    .unzip();
                println!("article to first sound: {latencies:.0?}");
                if let Some(recording) = recordings.pop() {
                    gaps(&recording);
                }
                let (lines, recording) = measure("pause");
                println!("key to silence: {:.0?}", silences(&lines, &recording));
            }
        }
    }

    /// What a child process does: its sound libraries read the environment once.
    fn speak(pausing: bool) {
        eprintln!("begin");
        let control = Control::new();
        let engine = open_synthesisers("pico-de", 1)
            .expect("the voice")
            .remove(0);
        let mut reading =
            Reading::new(script(&TEXTS), engine, Prosody::default(), &control).expect("a reading");
        let mut player = Player::open(RATE, None).expect("PulseAudio");
        if pausing {
            let remote = control.clone();
            thread::spawn(move || {
                for _ in 0..10 {
                    thread::sleep(Duration::from_millis(1700));
                    eprintln!("pause");
                    remote.pause();
                    thread::sleep(Duration::from_millis(500));
                    remote.resume();
                }
            });
        }
        player.play(&mut reading, &control, |_| {}).expect("sound");
    }

    /// Runs the child and gives when it said what, and what was heard.
    fn measure(task: &str) -> (Vec<(String, Instant)>, Recording) {
        let pulse = Pulse::start();
        let recorder = pulse.record();
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.env(CHILD, task).stderr(Stdio::piped());
        set_environment(&mut command, pulse.path());
        let mut child = command.spawn().expect("this program");
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let lines = lines
            .map_while(Result::ok)
            .map(|line| (line, Instant::now()));
        let lines = lines.collect();
        let _ = child.wait();
        (lines, recorder.stop())
    }

    fn first_sound(lines: &[(String, Instant)], recording: &Recording) -> Duration {
        let loud = recording
            .samples
            .iter()
            .position(|s| s.unsigned_abs() > 100);
        recording.arrivals[loud.expect("sound") / 320].saturating_duration_since(lines[0].1)
    }

    /// From each pause to the last sample that was heard before it is silent for a tenth of a second.
    fn silences(lines: &[(String, Instant)], recording: &Recording) -> Vec<Duration> {
        let pauses = lines.iter().filter(|(line, _)| line == "pause");
        pauses
            .map(|(_, pressed)| {
                let from = recording.arrivals.partition_point(|a| a < pressed) * 320;
                let rest = &recording.samples[from..(from + 4800).min(recording.samples.len())];
                let last = rest
                    .iter()
                    .rposition(|s| s.unsigned_abs() > 60)
                    .unwrap_or(0);
                Duration::from_secs_f64(last as f64 / f64::from(RATE))
            })
            .collect()
    }

    /// The pauses between the sentences, beside those of the same script rendered.
    fn gaps(recording: &Recording) {
        let engines = open_synthesisers("pico-de", 1).expect("the voice");
        let rendered = synthesise(&Arc::clone(&script(&TEXTS)), engines, Prosody::default())
            .expect("a synthesis")
            .flat_map(|spoken| spoken.expect("speech").audio.samples)
            .map(|s| (s * 32_767.0) as i16);
        let rendered = Recording {
            samples: rendered.collect(),
            arrivals: Vec::new(),
        };
        let long = |recording: &Recording| -> Vec<usize> {
            let mut gaps = Vec::new();
            let mut quiet = 0;
            for sample in recording.sound() {
                if sample.unsigned_abs() > 60 {
                    if quiet * 1000 / RATE as usize > 250 {
                        gaps.push(quiet * 1000 / RATE as usize);
                    }
                    quiet = 0;
                } else {
                    quiet += 1;
                }
            }
            gaps
        };
        println!("gaps as recorded, in ms: {:?}", long(recording));
        println!("gaps as rendered, in ms: {:?}", long(&rendered));
    }
}

fn main() {
    #[cfg(all(target_os = "linux", feature = "playback"))]
    bench::main();
}
