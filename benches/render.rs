//! The whole way of the program from an HTML file to a WAV, as a multiple of real time, beside other programs where they are
//! installed; what the cache of sentences saves; and, with `-- --ten-hours`, the peak memory of ten hours of sound.
//!
//! `cargo bench --bench render`. Every run is a process of its own, timed from its start to its end.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use vorleser::{
    ExtractOptions, Input, NormaliseOptions, Prosody, Script, Synthesiser, extract, normalise,
    read,
    source::ReadOptions,
    synthesis::{
        cache::{Cache, Cached},
        open_synthesisers, synthesise,
    },
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_vorleser");

/// An article of about so many minutes in which no sentence stands twice.
fn article(minutes: usize) -> String {
    let mut page =
        "<html lang=de><title>Haushalt</title><article><h1>Der Haushalt ist beschlossen</h1>"
            .to_owned();
    for n in 0..minutes * 3 {
        let _ = write!(
            page,
            "<p>Der Bundestag hat am {}. Mai 2025 nach langer Debatte das Gesetz Nummer {n} über den Ausbau der Schienenwege \
             beschlossen. Bis 2030 sollen {},5 Mrd. Euro in Brücken, Weichen und Bahnhöfe fließen, sagte der Minister. „Das ist \
             ein guter Tag für alle {} Orte“, hieß es, doch zweifeln Fachleute an den {n} Baustellen.</p>",
            n % 30 + 1,
            n + 3,
            n * 7 + 2
        );
    }
    page + "</article></html>"
}

/// Seconds of sound in a WAV.
fn seconds(wav: &Path) -> f64 {
    let reader = hound::WavReader::open(wav).expect("a WAV");
    f64::from(reader.duration()) / f64::from(reader.spec().sample_rate)
}

/// Runs a command; gives its seconds and, on Linux, its peak memory in MB.
fn timed(command: &mut Command) -> Option<(f64, f64)> {
    let begin = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0_f64;
    loop {
        if let Some(done) = child.try_wait().ok()? {
            return done
                .success()
                .then(|| (begin.elapsed().as_secs_f64(), peak));
        }
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        peak = peak.max(kb.unwrap_or(0.0) / 1000.0);
        thread::sleep(Duration::from_millis(2));
    }
}

/// The program on some processors, with the cache of a home directory.
fn program(page: &Path, wav: &Path, home: &Path, processors: &str, flags: &[&str]) -> (f64, f64) {
    let mut command = Command::new("taskset");
    command
        .args(["-c", processors, PROGRAM, "render"])
        .args(flags);
    command.arg(page).arg("-o").arg(wav).env("HOME", home);
    command
        .env_remove("XDG_CACHE_HOME")
        .env_remove("XDG_CONFIG_HOME");
    timed(&mut command).expect("taskset (util-linux) and the program")
}

fn main() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let at = |name: &str| home.path().join(name);
    let (page, wav) = (at("a.html"), at("a.wav"));
    if std::env::args().any(|argument| argument == "--ten-hours") {
        // The more articles, the longer their numbers: this is a little more than ten hours.
        fs::write(&page, article(430)).expect("a page");
        let (taken, peak) = program(&page, &wav, home.path(), "0,1", &["--no-cache"]);
        let sound = seconds(&wav);
        println!(
            "{:.1} h of sound in {taken:.0} s ({:.0} × real time), peak {peak:.0} MB",
            sound / 3600.0,
            sound / taken
        );
        return;
    }
    fs::write(&page, article(10)).expect("a page");
    let (mut cold, mut warm) = (0.0, 0.0);
    for (name, processors, flags) in [
        ("1 thread, no cache", "0", &["--no-cache"][..]),
        ("2 threads, no cache", "0,1", &["--no-cache"]),
        (
            "2 threads, no cache, loudness off",
            "0,1",
            &["--no-cache", "--loudness", "off"],
        ),
        ("2 threads, cold cache", "0,1", &[]),
        ("2 threads, warm cache", "0,1", &[]),
        (
            "2 threads, warm cache, loudness off",
            "0,1",
            &["--loudness", "off"],
        ),
    ] {
        // The best of several: what else the machine does only ever adds. A cold cache is cold only once.
        let rounds = if name.contains("cold") { 1 } else { 3 };
        let runs = (0..rounds).map(|_| program(&page, &wav, home.path(), processors, flags));
        let (taken, peak) = runs.min_by(|a, b| a.0.total_cmp(&b.0)).expect("a run");
        match name {
            "2 threads, cold cache" => cold = taken,
            "2 threads, warm cache" => warm = taken,
            _ => {}
        }
        let sound = seconds(&wav);
        println!(
            "HTML to WAV, {name}: {sound:.0} s in {taken:.2} s = {:.0} × real time, peak {peak:.0} MB",
            sound / taken
        );
    }
    println!("warm cache: {:.1} times as fast as cold", cold / warm);
    let script = script(&page);
    stage(&script);
    rivals(&script, &at("rival.wav"));
}

fn script(page: &Path) -> Arc<Script> {
    let page = read(&Input::File(page.to_owned()), &ReadOptions::default()).expect("the page");
    let article = extract(&page, &ExtractOptions::default()).expect("the article");
    Arc::new(normalise(&article, &NormaliseOptions::default()))
}

/// The stage that the cache belongs to, by itself: from the script to levelled utterances in memory.
fn stage(script: &Arc<Script>) {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let mut times = Vec::new();
    for _ in 0..4 {
        let cache = Cache::new(folder.path().to_owned(), u64::MAX);
        let begin = Instant::now();
        let engines = open_synthesisers("pico-de", 2)
            .expect("the built-in voice")
            .into_iter();
        let engines = engines.map(|engine| -> Box<dyn Synthesiser> {
            Box::new(Cached::new(engine, "pico-de", Some(cache.clone())))
        });
        let speech =
            synthesise(script, engines.collect(), Prosody::default()).expect("engines of one kind");
        let spoken: Result<Vec<_>, _> = speech.map(|spoken| spoken.map(|s| s.index)).collect();
        let count = spoken.expect("speech").len();
        assert_eq!(count, script.utterances.len());
        times.push(begin.elapsed().as_secs_f64());
    }
    let warm = times[1..].iter().copied().fold(f64::INFINITY, f64::min);
    println!(
        "synthesis and cache alone: cold {:.3} s, warm {warm:.3} s, {:.1} times as fast",
        times[0],
        times[0] / warm
    );
}

/// The same normalised text through other programs.
fn rivals(script: &Script, wav: &Path) {
    let texts: Vec<&str> = script.utterances.iter().map(|u| u.text.as_str()).collect();
    let text = texts.join(" ");
    let file = wav.with_extension("txt");
    fs::write(&file, &text).expect("a text");
    let mut espeak = Command::new("espeak-ng");
    espeak
        .args(["-v", "de", "-w"])
        .arg(wav)
        .arg("-f")
        .arg(&file);
    let mut pico = Command::new("pico2wave");
    pico.args(["-l", "de-DE", "-w"])
        .arg(wav)
        .arg("--")
        .arg(&text);
    for (name, mut command) in [("espeak-ng -w", espeak), ("pico2wave -w", pico)] {
        let _ = fs::remove_file(wav);
        match timed(&mut command) {
            Some((taken, peak)) if wav.exists() => {
                let sound = seconds(wav);
                println!(
                    "{name}, text to WAV: {sound:.0} s in {taken:.2} s = {:.0} × real time, peak {peak:.0} MB",
                    sound / taken
                );
            }
            _ => println!("{name}: not installed, or it failed"),
        }
    }
}
