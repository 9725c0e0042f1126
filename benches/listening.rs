//! How fast a listener is obeyed, as recorded from PulseAudio's null sink: from the extracted article to the first sound, from a
//! key to silence, the joints between sentences, and speed.
//!
//! `cargo bench --bench listening`; needs Debian's `pulseaudio pulseaudio-utils libasound2-plugins`. Moments are those at which
//! blocks of 20 ms come from the recorder, so they tell up to that much too late, never too early.

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
        pulse::{Pulse, RATE, Recording, fundamental, set_environment, terminal::Session},
    };
    use std::{
        fs,
        io::{BufRead as _, BufReader},
        process::{Command, Stdio},
        thread,
        time::{Duration, Instant},
    };
    use vorleser::{
        Control, NormaliseOptions, Prosody, Script, extract, normalise,
        output::playback::Player,
        source::{ReadOptions, from_bytes},
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

    /// How often the latencies are measured.
    const TIMES: usize = 10;

    pub fn main() {
        match std::env::var(CHILD).as_deref() {
            Ok("article") => from_article(),
            Ok(rate) => speak(&script(&TEXTS), rate.parse().expect("a rate")),
            _ => measure(),
        }
    }

    fn page() -> String {
        format!(
            "<!doctype html><html lang=de><title>Gesetz</title><article><h1>Gesetz</h1><p>{}</p></article>",
            TEXTS.join(" ")
        )
    }

    fn measure() {
        let pulse = Pulse::start();
        let firsts: Vec<_> = (0..TIMES).map(|_| first_sound(&pulse)).collect();
        row("extracted article to first sound", &firsts, 150);
        let (rendered, begins) = render(1.0);
        for (name, key) in [("space to silence", " "), ("q to silence", "q")] {
            row(name, &obeyed(&pulse, key, last_before_quiet), 100);
        }
        // What is heard after the key is the second sentence of the text.
        let begin = begins[1];
        let next = rendered[begin..]
            .iter()
            .position(|s| s.unsigned_abs() > 100);
        let next = &rendered[begin + next.expect("sound")..];
        let next = &next[..RATE as usize / 4];
        let begins_at = |recording: &Recording, pressed| begin_of(next, recording, pressed);
        row(
            "right arrow to the next sentence",
            &obeyed(&pulse, "\u{1b}[C", begins_at),
            150,
        );
        let played = record(&pulse, "1");
        joints(&rendered, &begins, played.sound());
        for rate in ["2", "0.5"] {
            speed(&pulse, rate, &rendered);
        }
    }

    fn row(name: &str, times: &[Duration], goal: u32) {
        let mut ms: Vec<_> = times.iter().map(|t| t.as_secs_f64() * 1e3).collect();
        ms.sort_by(f64::total_cmp);
        println!(
            "{name:<34} median {:4.0} ms   worst {:4.0} ms   of {}   goal {goal} ms",
            ms[ms.len() / 2],
            ms[ms.len() - 1],
            ms.len(),
        );
    }

    // ---- What child processes do: sound libraries read the environment once ---------------------------------------------

    fn from_article() {
        let page = from_bytes(page().into_bytes(), &ReadOptions::default()).expect("a page");
        let article = extract(&page, &vorleser::ExtractOptions::default()).expect("an article");
        eprintln!("begin");
        speak(
            &normalise(&article, &NormaliseOptions::default()).into(),
            1.0,
        );
    }

    fn speak(script: &std::sync::Arc<Script>, rate: f32) {
        let control = Control::new();
        control.set_rate(rate);
        let engine = open_synthesisers("pico-de", 1)
            .expect("the voice")
            .remove(0);
        let mut reading =
            Reading::new(script.clone(), engine, Prosody::default(), &control).expect("a reading");
        let mut player = Player::open(RATE, None).expect("PulseAudio");
        player.play(&mut reading, &control, |_| {}).expect("sound");
    }

    fn child(pulse: &Pulse, task: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        set_environment(&mut command, pulse.path());
        command.env(CHILD, task).stderr(Stdio::piped());
        command
    }

    // ---- What is measured -----------------------------------------------------------------------------------------------

    fn first_sound(pulse: &Pulse) -> Duration {
        let recorder = pulse.record();
        let mut child = child(pulse, "article").spawn().expect("this program");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        assert_eq!(lines.next().expect("a line").expect("text"), "begin");
        let begin = Instant::now();
        thread::sleep(Duration::from_millis(700));
        let _ = child.kill();
        let _ = child.wait();
        let recording = recorder.stop();
        let loud = recording
            .samples
            .iter()
            .position(|s| s.unsigned_abs() > 100);
        recording.arrivals[loud.expect("sound") / 320].saturating_duration_since(begin)
    }

    /// From a key in the real program's terminal to what `when` finds in the recording.
    fn obeyed(
        pulse: &Pulse,
        key: &str,
        when: impl Fn(&Recording, Instant) -> Duration,
    ) -> Vec<Duration> {
        let path = pulse.path().join("artikel.html");
        fs::write(&path, page()).expect("room");
        let once = |number: usize| {
            let recorder = pulse.record();
            let line = format!("speak --plain --lang de --from-start {}", path.display());
            let mut session = Session::start(pulse, &line, &[]);
            session.until("Reading: ");
            // In the first sentence after the title; each time in another sound of it.
            thread::sleep(Duration::from_millis(3000 + 130 * number as u64));
            let pressed = Instant::now();
            session.press(key);
            thread::sleep(Duration::from_millis(600));
            if key != "q" {
                session.press("q");
            }
            session.end();
            when(&recorder.stop(), pressed)
        };
        (0..TIMES).map(once).collect()
    }

    /// From the moment to the last sample before 300 ms of quiet.
    fn last_before_quiet(recording: &Recording, from: Instant) -> Duration {
        let begin = recording.arrivals.partition_point(|a| *a < from) * 320;
        let mut last = begin;
        for (at, sample) in recording.samples.iter().enumerate().skip(begin) {
            if sample.unsigned_abs() > 60 {
                last = at;
            } else if at - last > RATE as usize * 3 / 10 {
                break;
            }
        }
        recording.arrivals[last / 320].saturating_duration_since(from)
    }

    /// From the moment to where the recording is most like `speech`.
    fn begin_of(speech: &[i16], recording: &Recording, from: Instant) -> Duration {
        let begin = recording.arrivals.partition_point(|a| *a < from) * 320;
        let unlike = |at: usize| -> u64 {
            let pairs = speech.iter().zip(&recording.samples[at..]);
            pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum()
        };
        let end = (begin + RATE as usize).min(recording.samples.len() - speech.len());
        let at = (begin..end).min_by_key(|at| unlike(*at)).unwrap_or(end);
        recording.arrivals[at / 320].saturating_duration_since(from)
    }

    fn record(pulse: &Pulse, task: &str) -> Recording {
        let recorder = pulse.record();
        let output = child(pulse, task).output().expect("this program");
        assert!(output.status.success(), "{output:?}");
        recorder.stop()
    }

    /// The script as it is written into a file, from its first audible sample, and where its utterances begin.
    fn render(rate: f32) -> (Vec<i16>, Vec<usize>) {
        let engines = open_synthesisers("pico-de", 1).expect("the voice");
        let prosody = Prosody {
            rate,
            ..Prosody::default()
        };
        let (mut samples, mut begins) = (Vec::new(), Vec::new());
        for spoken in synthesise(&script(&TEXTS), engines, prosody).expect("a synthesis") {
            begins.push(samples.len());
            let spoken = spoken.expect("speech").audio.samples;
            samples.extend(spoken.iter().map(|s| (s * 32_767.0).round() as i16));
        }
        let first = samples
            .iter()
            .position(|s| s.unsigned_abs() > 100)
            .expect("sound");
        samples.drain(..first);
        for begin in &mut begins {
            *begin = begin.saturating_sub(first);
        }
        (samples, begins)
    }

    /// Where each sentence lies in the recording, beside where it lies in the file; and what is heard at the joints.
    fn joints(rendered: &[i16], begins: &[usize], played: &[i16]) {
        let ms = |samples: usize| samples as f64 * 1e3 / f64::from(RATE);
        let step = |samples: &[i16]| {
            let steps = samples.windows(2).map(|w| w[1].abs_diff(w[0]));
            steps.max().unwrap_or(0)
        };
        println!(
            "joint   gap in file   gap as heard   shift      steepest step in file / as heard"
        );
        let mut before = 0_isize;
        for (number, begin) in begins.iter().enumerate().skip(1) {
            let shift = shift(rendered, *begin, played);
            // A tenth of a second around the joint.
            let (from, to) = (begin.saturating_sub(1600), begin + 1600);
            let heard = from.saturating_add_signed(before)..to.saturating_add_signed(shift);
            let gap = |samples: &[i16], joint: usize| {
                let loud = |s: &i16| s.unsigned_abs() > 60;
                let last = samples[..joint].iter().rposition(loud).unwrap_or(0);
                let next = samples[joint..].iter().position(loud).unwrap_or(0);
                ms(joint + next - last)
            };
            let joint = begin.saturating_add_signed(shift);
            println!(
                "{number:>5}   {:8.1} ms   {:9.1} ms   {:+6.2} ms   {} / {}",
                gap(rendered, *begin),
                gap(played, joint),
                (shift - before) as f64 * 1e3 / f64::from(RATE),
                step(&rendered[from..to]),
                step(&played[heard.start..heard.end.min(played.len())]),
            );
            before = shift;
        }
        let worst = rendered
            .iter()
            .zip(played)
            .map(|(a, b)| a.abs_diff(*b))
            .max()
            .unwrap_or(0);
        println!(
            "whole: {} samples in the file, {} as heard; no two differ by more than {worst} of 32767",
            rendered
                .iter()
                .rposition(|s| s.unsigned_abs() > 100)
                .unwrap_or(0)
                + 1,
            played.len(),
        );
    }

    /// How many samples later than in the file a sentence begins: the shift, of up to half a second, at which its first half
    /// second is most alike.
    fn shift(rendered: &[i16], begin: usize, played: &[i16]) -> isize {
        let sentence = &rendered[begin..begin + RATE as usize / 2];
        let likeness = |shift: isize| -> f64 {
            let from = begin.saturating_add_signed(shift);
            let Some(heard) = played.get(from..from + sentence.len()) else {
                return f64::MIN;
            };
            let pairs = sentence.iter().zip(heard);
            -pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>()
        };
        (-800..8000)
            .max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)))
            .unwrap_or(0)
    }

    fn speed(pulse: &Pulse, rate: &str, normal: &[i16]) {
        let played = record(pulse, rate);
        println!(
            "speed {rate}: {:.3} of the time, {:.3} of the pitch",
            played.sound().len() as f64 / normal.len() as f64,
            fundamental(played.sound()) / fundamental(normal),
        );
    }
}

fn main() {
    #[cfg(all(target_os = "linux", feature = "playback"))]
    bench::main();
}
