//! A person at the keyboard, and the sound that comes of it: the real program in a pseudo-terminal (`script` of util-linux),
//! playing into PulseAudio's null sink.
//!
//! The tests marked `ignore` need the same packages as those in `playback.rs`; `.ci/run` runs both.
#![cfg(all(target_os = "linux", feature = "playback", feature = "system-voice"))]

mod pulse;

#[cfg(feature = "media-keys")]
use pulse::start_bus;
use pulse::{Pulse, RATE, Recording, fundamental, start_speech_dispatcher, terminal::Session};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

const ARTICLE: &str = "<!doctype html><html lang=\"de\"><head><title>Bahn baut neue Strecken</title></head><body><article>\
<h1>Bahn baut neue Strecken</h1>\
<p>Die Bahn baut in den nächsten Jahren neue Strecken zwischen Gießen und Fulda. Das kostet viel Geld und dauert lange, wie \
ein Sprecher am Donnerstag in Berlin sagte. Niemand weiß, wann die Arbeiten fertig sind.</p>\
<h2>Was Fachleute sagen</h2>\
<p>Fachleute zweifeln, ob genügend Arbeiter für die vielen Baustellen gefunden werden. Sie empfehlen, zuerst die Brücken zu \
erneuern. Danach könnten Weichen und Bahnhöfe folgen.</p>\
<p>Am Ende entscheidet der Bundestag im Herbst über den Haushalt. Bis dahin bleibt alles offen.</p></article></body></html>";

fn article(pulse: &Pulse) -> PathBuf {
    let path = pulse.path().join("artikel.html");
    fs::write(&path, ARTICLE).unwrap();
    path
}

fn speak(path: &Path) -> String {
    format!("speak --plain {}", path.display())
}

/// The longest stretch of silence in it, in seconds, and where it begins.
fn longest_silence(samples: &[i16]) -> (f64, usize) {
    let mut longest = (0, 0);
    let mut begin = 0;
    for (at, sample) in samples.iter().enumerate() {
        if sample.unsigned_abs() > 60 {
            longest = longest.max((at - begin, begin));
            begin = at + 1;
        }
    }
    (longest.0 as f64 / f64::from(RATE), longest.1)
}

fn seconds(recording: &Recording) -> f64 {
    recording.sound().len() as f64 / f64::from(RATE)
}

/// The part of a recording that was made between two moments.
fn between(recording: &Recording, from: Instant, to: Instant) -> &[i16] {
    let at = |moment| recording.arrivals.partition_point(|a| *a < moment) * 320;
    &recording.samples[at(from).min(recording.samples.len())..at(to).min(recording.samples.len())]
}

#[test]
#[ignore = "needs PulseAudio"]
fn pause_is_silence_and_going_on_loses_nothing() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let recorder = pulse.record();
    let mut session = Session::start(&pulse, &speak(&path), &[]);
    session.until("Reading: Bahn baut neue Strecken");
    thread::sleep(Duration::from_secs(4));
    let pressed = Instant::now();
    session.press(" ");
    session.until("Paused at sentence");
    thread::sleep(Duration::from_millis(2500));
    let resumed = Instant::now();
    session.press(" ");
    session.until("Going on.");
    thread::sleep(Duration::from_millis(2500));
    session.press("q");
    let (code, text) = session.end();
    let recording = recorder.stop();
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("`vorleser resume` goes on"), "{text}");
    let (silence, begin) = longest_silence(recording.sound());
    let offset = recording
        .samples
        .iter()
        .position(|s| s.unsigned_abs() > 100)
        .unwrap();
    let silent = recording.arrivals[(offset + begin) / 320].saturating_duration_since(pressed);
    println!("paused for {silence:.2} s; silent {silent:?} after the key");
    assert!((2.3..3.2).contains(&silence), "{silence} s of silence");
    assert!(
        silent < Duration::from_millis(100),
        "silent after {silent:?}"
    );
    let after = between(&recording, resumed, resumed + Duration::from_millis(1500));
    assert!(
        after.iter().any(|s| s.unsigned_abs() > 1000),
        "nothing after the pause"
    );
    // Nothing that a screen reader would stumble over.
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

#[test]
#[ignore = "needs PulseAudio"]
fn jumps_are_heard_and_told() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let mut session = Session::start(&pulse, &speak(&path), &[]);
    session.until("Reading:");
    thread::sleep(Duration::from_millis(1200));
    session.press("n");
    session.until("Now sentence 5 of 10.");
    session.press("\u{1b}[C");
    session.until("Now sentence 6 of 10.");
    session.press("\u{1b}[B");
    session.until("Now sentence 9 of 10.");
    session.press("\u{1b}[A\u{1b}[D");
    session.until("Now sentence 5 of 10.");
    session.press("0");
    session.until("Now sentence 1 of 10.");
    session.press("\u{1b}[D");
    session.until("There is nothing before this.");
    session.press("n\u{1b}[B\u{1b}[B\u{1b}[C");
    session.until("Now sentence 10 of 10.");
    // The last sentence is heard to its end, and the program ends by itself.
    let (code, text) = session.end();
    assert_eq!(code, Some(0), "{text}");
}

#[test]
#[ignore = "needs PulseAudio"]
fn speed_halves_the_time_and_keeps_the_pitch() {
    let pulse = Pulse::start();
    let path = pulse.path().join("satz.txt");
    let sentence = "Die Abgeordneten haben am Abend über den neuen Haushalt der Regierung beraten und am Ende nach langer \
                    Aussprache dem Vorschlag des Ausschusses ohne weitere Änderungen zugestimmt";
    fs::write(&path, format!("{sentence}.")).unwrap();
    let record = |arguments: &str, keys: &str| {
        let recorder = pulse.record();
        let line = format!("{} --from-start --lang de {arguments}", speak(&path));
        let mut session = Session::start(&pulse, &line, &[]);
        thread::sleep(Duration::from_millis(500));
        session.press(keys);
        let (code, text) = session.end();
        assert_eq!(code, Some(0), "{text}");
        recorder.stop()
    };
    let normal = record("", "");
    let twice = record("--rate 2", "");
    // The speed is changed while it speaks: what was made already is stretched.
    let keyed = record("", "++++++++++");
    let slow = record("--rate 0.5", "");
    let pitch = |recording: &Recording| fundamental(recording.sound());
    let mut wrong = Vec::new();
    for (name, recording, factor, slack) in [
        ("--rate 2", &twice, 0.5, 0.04),
        ("+ ten times", &keyed, 0.5, 0.08),
        ("--rate 0.5", &slow, 2.0, 0.08),
    ] {
        let length = seconds(recording) / seconds(&normal);
        let pitch = pitch(recording) / pitch(&normal);
        println!("{name}: {length:.3} of the time, {pitch:.3} of the pitch");
        if (length - factor).abs() > slack || (pitch - 1.0).abs() > 0.03 {
            wrong.push(format!(
                "{name}: {length} of the time, {pitch} of the pitch"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[ignore = "needs PulseAudio"]
fn the_view_marks_the_sentence_and_gives_the_terminal_back() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let line = format!("speak {}", path.display());
    let mut session = Session::start(&pulse, &line, &[]);
    session.until("Die Bahn baut in den");
    session.press("?");
    session.until("spell the last word");
    session.press("?s");
    session.until("Spelling: ");
    session.press("\u{3}");
    let (code, text) = session.end();
    assert_eq!(code, Some(130), "{text:?}");
    // The screen is left and the cursor shown, in this order, at the end.
    let left = text.rfind("\u{1b}[?1049l").expect("the screen is left");
    assert!(text[left..].contains("\u{1b}[?25h"), "{text:?}");
    // Only what changed was painted: the title once.
    assert_eq!(text.matches("\u{1b}[1;1H").count(), 1, "{text:?}");
}

#[test]
#[ignore = "needs PulseAudio"]
fn a_title_cannot_steer_the_terminal() {
    let pulse = Pulse::start();
    let path = pulse.path().join("artikel.html");
    let hostile = "Bahn &#x1b;]0;evil&#x7; baut &#x9b;2J &#x202e;neue Strecken";
    fs::write(&path, ARTICLE.replace("Bahn baut neue Strecken", hostile)).unwrap();
    for arguments in [speak(&path), format!("speak {}", path.display())] {
        let mut session = Session::start(&pulse, &arguments, &[]);
        session.until("neue Strecken");
        thread::sleep(Duration::from_millis(300));
        session.press("q");
        let (_, text) = session.end();
        assert!(!text.contains("\u{1b}]0"), "{text:?}");
        assert!(!text.contains(['\u{9b}', '\u{202e}']), "{text:?}");
    }
}

#[test]
#[ignore = "needs PulseAudio"]
fn the_place_survives_kill_and_resume_goes_on() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let mut session = Session::start(&pulse, &speak(&path), &[]);
    session.until("Reading:");
    thread::sleep(Duration::from_secs(1));
    session.press("n\u{1b}[C+");
    session.until("Speed 1.1.");
    thread::sleep(Duration::from_millis(300));
    let pid = fs::read_to_string(pulse.path().join("pid")).unwrap();
    let killed = Command::new("kill").args(["-KILL", pid.trim()]).status();
    assert!(killed.unwrap().success(), "nothing to kill");
    let _ = session.end();
    // The file is gone, and it goes on from the copy.
    fs::remove_file(&path).unwrap();
    let mut session = Session::start(&pulse, "resume --plain", &[]);
    session.until("Going on at sentence 6 of 10; the key 0 begins anew.");
    session.press("+");
    session.until("Speed 1.2.");
    session.press("q");
    let (code, text) = session.end();
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Stopped at sentence 6 of 10"), "{text}");
    // Begun anew on demand.
    let mut session = Session::start(&pulse, "resume --plain --from-start", &[]);
    session.until("Reading:");
    thread::sleep(Duration::from_millis(300));
    session.press("q");
    let (_, text) = session.end();
    assert!(text.contains("Stopped at sentence 1 of 10"), "{text}");
}

#[test]
#[ignore = "needs PulseAudio"]
fn a_device_that_is_unplugged_pauses_and_comes_back() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let mut session = Session::start(&pulse, &speak(&path), &[]);
    session.until("Reading:");
    thread::sleep(Duration::from_secs(3));
    pulse.control(&["unload-module", "module-null-sink"]);
    session.until("Paused: the sound device is gone");
    // Asked for too early, it says so again.
    session.press(" ");
    thread::sleep(Duration::from_millis(1500));
    pulse.control(&[
        "load-module",
        "module-null-sink",
        "sink_name=null",
        &format!("rate={RATE}"),
        "channels=1",
    ]);
    let recorder = pulse.record();
    session.press(" ");
    session.until("Going on.");
    thread::sleep(Duration::from_secs(2));
    session.press("q");
    let (code, text) = session.end();
    let recording = recorder.stop();
    assert_eq!(code, Some(0), "{text}");
    assert!(seconds(&recording) > 1.0, "nothing is heard again: {text}");
}

#[test]
#[ignore = "needs PulseAudio"]
fn the_device_that_was_named_is_heard_and_no_other() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let second = "sink_name=second";
    pulse.control(&["load-module", "module-null-sink", second, "rate=16000"]);
    let settings = pulse.path().join(".config/vorleser");
    fs::create_dir_all(&settings).unwrap();
    let file = settings.join("config.toml");
    // By name, by what the system says about it, and by default; from the command line and from the settings file.
    for (in_file, flag, on_second) in [
        ("", "--device kopfhoerer", true),
        ("device = \"kopfHÖRER\"", "", true),
        ("device = \"kopfhoerer\"", "--device lautsprecher", false),
        ("device = \"kopfhoerer\"", "--device=", false),
    ] {
        fs::write(&file, in_file).unwrap();
        let recorders = [pulse.record(), pulse.record_from("second")];
        let line = format!("{} --from-start {flag}", speak(&path));
        let mut session = Session::start(&pulse, &line, &[]);
        session.until("Reading:");
        thread::sleep(Duration::from_millis(1500));
        session.press("q");
        let (code, text) = session.end();
        assert_eq!(code, Some(0), "{text}");
        let heard = recorders.map(|recorder| seconds(&recorder.stop()) > 0.5);
        assert_eq!(heard, [!on_second, on_second], "{in_file} {flag}");
    }
    let line = format!("{} --device kopfhörer2", speak(&path));
    let (code, text) = Session::start(&pulse, &line, &[]).end();
    assert_eq!(code, Some(1), "{text}");
    let wanted = "there is no sound device called \"kopfhörer2\"; there is kopfhoerer";
    assert!(text.contains(wanted), "{text}");
    // The same description twice: told apart by the names, which are exact.
    let line = format!("{} --device zwilling", speak(&path));
    let (code, text) = Session::start(&pulse, &line, &[]).end();
    assert_eq!(code, Some(1), "{text}");
    let wanted = "several sound devices are called \"zwilling\": links, rechts";
    assert!(text.contains(wanted), "{text}");
    // Like nothing: all are named.
    let line = format!("{} --device xyz", speak(&path));
    let (code, text) = Session::start(&pulse, &line, &[]).end();
    assert_eq!(code, Some(1), "{text}");
    for name in ["kopfhoerer", "lautsprecher", "links", "rechts"] {
        assert!(text.contains(name), "{text}");
    }
}

#[test]
#[cfg(feature = "media-keys")]
#[ignore = "needs PulseAudio, D-Bus and playerctl"]
fn the_desktop_steers_as_the_keys_do() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let named = "<head><meta property=\"og:site_name\" content=\"Tagblatt\">";
    fs::write(&path, ARTICLE.replace("<head>", named)).unwrap();
    let (mut bus, address) = start_bus(&pulse);
    let player = |arguments: &[&str]| {
        let output = Command::new("playerctl")
            .args(["--player", "vorleser"])
            .args(arguments)
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .output()
            .expect("Debian's package playerctl");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let recorder = pulse.record();
    let settings = [("DBUS_SESSION_BUS_ADDRESS", address.as_str())];
    let session = Session::start(&pulse, &speak(&path), &settings);
    session.until("Reading:");
    let spoken = Instant::now();
    thread::sleep(Duration::from_secs(2));
    assert_eq!(player(&["status"]), "Playing");
    let title = player(&["metadata", "title"]);
    assert_eq!(title, "Bahn baut neue Strecken");
    assert_eq!(player(&["metadata", "artist"]), "Tagblatt");
    let length: u64 = player(&["metadata", "mpris:length"]).parse().unwrap();
    assert!((15..60).contains(&(length / 1_000_000)), "{length}");
    player(&["next"]);
    session.until("Now sentence 2 of 10.");
    thread::sleep(Duration::from_secs(1));
    let position: f64 = player(&["position"]).parse().unwrap();
    assert!(position > 0.5 && position < 10.0, "{position}");
    let pressed = Instant::now();
    player(&["pause"]);
    session.until("Paused at sentence 2 of 10");
    thread::sleep(Duration::from_millis(1200));
    let held = Instant::now();
    assert_eq!(player(&["status"]), "Paused");
    player(&["play"]);
    session.until("Going on.");
    player(&["next"]);
    session.until("Now sentence 5 of 10.");
    player(&["previous"]);
    session.until("Now sentence 2 of 10.");
    player(&["position", "10+"]);
    session.until("Now sentence 3 of 10.");
    player(&["stop"]);
    let (code, text) = session.end();
    let recording = recorder.stop();
    let _ = bus.kill();
    let _ = bus.wait();
    assert_eq!(code, Some(0), "{text}");
    assert!(!text.contains("panicked"), "{text}");
    let before = between(&recording, spoken, pressed);
    assert!(before.iter().any(|s| s.unsigned_abs() > 1000));
    let pause = between(&recording, pressed + Duration::from_millis(300), held);
    assert!(pause.iter().all(|s| s.unsigned_abs() < 60), "not silent");
}

#[test]
#[ignore = "needs PulseAudio"]
fn a_desktop_that_does_not_answer_is_no_hindrance() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    // Nobody there; somebody who takes the call and says nothing.
    let deaf = pulse.path().join("deaf");
    let _socket = std::os::unix::net::UnixListener::bind(&deaf).unwrap();
    let deaf = format!("unix:path={}", deaf.display());
    for address in ["unix:path=/nonexistent/bus", &deaf] {
        let settings = [("DBUS_SESSION_BUS_ADDRESS", address)];
        let begin = Instant::now();
        let mut session = Session::start(&pulse, &speak(&path), &settings);
        session.until("Reading:");
        thread::sleep(Duration::from_secs(1));
        session.press("q");
        let (code, text) = session.end();
        assert_eq!(code, Some(0), "{text}");
        assert!(!text.contains("panicked"), "{text}");
        assert!(begin.elapsed() < Duration::from_secs(8));
    }
}

#[test]
#[ignore = "needs PulseAudio"]
fn without_the_system_voice_the_built_in_one_reads_on_demand() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let nowhere = ("SPEECHD_ADDRESS", "unix_socket:/nonexistent/speechd.sock");
    let line = format!("{} --voice system", speak(&path));
    let (code, text) = Session::start(&pulse, &line, &[nowhere]).end();
    assert_eq!(code, Some(5), "{text}");
    assert!(text.contains("Speech Dispatcher does not answer"), "{text}");
    let recorder = pulse.record();
    let mut session = Session::start(&pulse, &format!("{line} --fallback"), &[nowhere]);
    session.until("the built-in voice reads");
    thread::sleep(Duration::from_millis(2500));
    session.press("q");
    let (code, text) = session.end();
    assert_eq!(code, Some(0), "{text}");
    assert!(seconds(&recorder.stop()) > 1.0, "{text}");
}

#[test]
#[ignore = "needs PulseAudio and Speech Dispatcher"]
fn the_system_voice_obeys_the_same_keys_and_its_death_is_survived() {
    let pulse = Pulse::start();
    let path = article(&pulse);
    let mut service = start_speech_dispatcher(&pulse);
    let address = format!(
        "unix_socket:{}",
        pulse.path().join("speechd.sock").display()
    );
    let line = format!("{} --voice system --fallback", speak(&path));
    let recorder = pulse.record();
    let mut session = Session::start(&pulse, &line, &[("SPEECHD_ADDRESS", &address)]);
    session.until("Reading:");
    thread::sleep(Duration::from_millis(3500));
    session.press("n");
    session.until("Now sentence 5 of 10.");
    session.press("\u{1b}[C");
    session.until("Now sentence 6 of 10.");
    thread::sleep(Duration::from_millis(1500));
    let paused = Instant::now();
    session.press(" ");
    session.until("Paused at sentence");
    thread::sleep(Duration::from_millis(1500));
    session.press(" ");
    session.until("Going on.");
    thread::sleep(Duration::from_millis(1500));
    service.kill().unwrap();
    service.wait().unwrap();
    session.until("the built-in voice goes on");
    thread::sleep(Duration::from_millis(2500));
    session.press("q");
    let (code, text) = session.end();
    let recording = recorder.stop();
    assert_eq!(code, Some(0), "{text}");
    let held = between(
        &recording,
        paused + Duration::from_millis(500),
        paused + Duration::from_millis(1400),
    );
    assert!(
        held.iter().all(|s| s.unsigned_abs() < 100),
        "the pause is not silent"
    );
    assert!(seconds(&recording) > 5.0);
}
