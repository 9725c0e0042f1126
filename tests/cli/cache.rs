//! Sentences that are kept: rendering again, after an edit, after a kill, at the same time, and on a full disk.

use super::*;
use serde_json::Value;
use std::{
    fmt::Write as _,
    path::Path,
    process::{Command as Process, Stdio},
    thread,
    time::Instant,
};

/// An article of many different sentences.
fn article(sentences: usize) -> String {
    let mut page =
        "<html lang=de><title>Pegel</title><article><h1>Die Pegel im Land</h1>".to_owned();
    for n in 0..sentences {
        let _ = write!(
            page,
            "<p>Am Pegel Nummer {n} stieg das Wasser in der Nacht um {} Zentimeter, und die Leute trugen ihre Möbel nach oben.</p>",
            n * 7 % 90 + 2
        );
    }
    page + "</article></html>"
}

fn info(home: &TempDir) -> Value {
    let (code, out, err) = outcome(vorleser(home).args(["cache", "info", "--json"]));
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

fn sentences(home: &TempDir) -> u64 {
    info(home)["sentences"].as_u64().unwrap()
}

/// Renders and gives the bytes and what was told.
fn render(home: &TempDir, page: &Path, flags: &[&str]) -> (Vec<u8>, String) {
    let target = home.path().join("out.wav");
    let mut command = vorleser(home);
    command
        .arg("render")
        .args(flags)
        .arg(page)
        .arg("-o")
        .arg(&target);
    let (code, _, err) = outcome(&mut command);
    assert_eq!(code, 0, "{err}");
    (fs::read(target).unwrap(), err)
}

#[test]
fn an_edit_costs_one_sentence_and_no_cache_changes_nothing() {
    let home = home();
    let page = file(&home, "a.html", article(5));
    assert_eq!(sentences(&home), 0);
    let (plain, _) = render(&home, &page, &["--no-cache"]);
    assert_eq!(sentences(&home), 0);
    let (first, _) = render(&home, &page, &[]);
    assert_eq!(sentences(&home), 6);
    let (again, _) = render(&home, &page, &[]);
    assert!(plain == first && first == again);
    assert_eq!(sentences(&home), 6);
    let edited = file(&home, "a.html", article(5).replace("Nummer 3", "Nummer 33"));
    let (edited, _) = render(&home, &edited, &[]);
    assert!(edited != first);
    assert_eq!(sentences(&home), 7);
    render(&home, &page, &["-v", "tone"]);
    assert!(sentences(&home) > 7, "another voice is another sound");

    let (code, out, _) = outcome(vorleser(&home).args(["cache", "info"]));
    assert!(
        code == 0 && out.contains("sentences") && out.contains("MiB"),
        "{out}"
    );
    let (code, _, err) = outcome(vorleser(&home).args(["cache", "clear"]));
    assert!(code == 0 && err.contains("Removed "), "{err}");
    assert_eq!(
        (sentences(&home), info(&home)["bytes"].as_u64()),
        (0, Some(0))
    );
}

/// With a warm cache the level is known, nothing is measured, and a WAV is written in one pass.
#[test]
fn what_is_rendered_again_has_the_same_bytes_in_every_format() {
    let home = home();
    let text = article(4).replace(
        "<p>Am Pegel Nummer 2 ",
        "<h2>Im Süden</h2><p>Am Pegel Nummer 2 ",
    );
    let page = file(&home, "a.html", text);
    let levels = || {
        let folder = info(&home)["folder"].as_str().unwrap().to_owned();
        let shelves = fs::read_dir(folder).unwrap();
        let entries = shelves.flat_map(|shelf| fs::read_dir(shelf.unwrap().path()).unwrap());
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains(".level")).count()
    };
    let mut faults = Vec::new();
    let mut wanted = 0;
    for (ending, flags) in [
        ("wav", &[][..]),
        ("wav", &["--loudness", "-11"]),
        ("wav", &["--loudness", "off"]),
        ("wav", &["--earcon", "--loudness", "-11"]),
        ("flac", &["--loudness", "-12"]),
        ("mp3", &["--loudness", "-12"]),
        ("opus", &["--rate", "1.3"]),
    ] {
        let target = home.path().join(format!("out.{ending}"));
        let render = |more: &[&str]| {
            let mut command = vorleser(&home);
            command.arg("render").args(flags).args(more).arg(&page);
            let (code, _, err) = outcome(command.arg("-o").arg(&target));
            assert_eq!(code, 0, "{ending} {flags:?}: {err}");
            fs::read(&target).unwrap()
        };
        let bytes = [
            render(&["--no-cache"]),
            render(&[]),
            render(&[]),
            render(&[]),
        ];
        wanted += 1;
        if bytes.iter().any(|other| *other != bytes[0]) || levels() != wanted {
            let lengths = bytes.each_ref().map(Vec::len);
            faults.push(format!(
                "{ending} {flags:?}: {lengths:?} bytes, {} levels",
                levels()
            ));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_size_has_a_limit() {
    let home = home();
    let page = file(&home, "a.html", article(20));
    render(&home, &page, &["--cache-limit", "1"]);
    let info = info(&home);
    let (entries, bytes) = (
        info["sentences"].as_u64().unwrap(),
        info["bytes"].as_u64().unwrap(),
    );
    assert!(entries > 1 && bytes > 500_000 && bytes <= 1 << 20, "{info}");
}

#[test]
fn runs_at_the_same_time_share_the_cache() {
    let home = home();
    let page = file(&home, "a.html", article(20));
    let (wanted, _) = render(&home, &page, &["--no-cache"]);
    let runs: Vec<_> = (0..4)
        .map(|n| {
            let target = home.path().join(format!("{n}.wav"));
            let (page, home) = (page.clone(), &home);
            let mut command = vorleser(home);
            command.arg("render").arg(page).arg("-o").arg(&target);
            (target, command)
        })
        .collect();
    thread::scope(|scope| {
        for (target, mut command) in runs {
            let wanted = &wanted;
            scope.spawn(move || {
                let (code, _, err) = outcome(&mut command);
                assert!(code == 0 && !err.contains("warning"), "{code} {err}");
                assert!(&fs::read(target).unwrap() == wanted);
            });
        }
    });
    assert_eq!(sentences(&home), 21);
}

#[cfg(unix)]
#[test]
fn without_a_place_for_the_cache_there_is_one_warning_and_all_the_sound() {
    let home = home();
    let page = file(&home, "a.html", article(5));
    let (wanted, _) = render(&home, &page, &["--no-cache"]);
    let disk = home.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Process::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
        .arg(&disk)
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !mounted {
        eprintln!("skipped: only root can mount the small disk of this test");
    }
    let full = mounted.then_some(disk.as_path());
    let results: Vec<_> = [Some(Path::new("/dev/full")), Some(Path::new("/proc")), full]
        .into_iter()
        .flatten()
        .map(|place| {
            let target = home.path().join("out.wav");
            let mut command = vorleser(&home);
            command
                .env("XDG_CACHE_HOME", place)
                .arg("render")
                .arg(&page)
                .arg("-o")
                .arg(&target);
            let (code, _, err) = outcome(&mut command);
            (place.to_owned(), code, err, fs::read(&target).unwrap())
        })
        .collect();
    if mounted {
        assert!(
            Process::new("umount")
                .arg(&disk)
                .status()
                .unwrap()
                .success()
        );
    }
    for (place, code, err, bytes) in results {
        let warnings = err
            .matches("warning: spoken sentences cannot be kept")
            .count();
        assert_eq!((code, warnings), (0, 1), "{place:?}: {err}");
        assert!(bytes == wanted, "{place:?}");
    }
}

/// SIGKILL at twenty random points; whatever finishes in between has the right bytes, and so has what is rendered in the end.
#[cfg(unix)]
#[test]
fn killed_again_and_again_it_gives_the_same_bytes() {
    let home = home();
    let page = file(&home, "a.html", article(12));
    let target = home.path().join("out.flac");
    let start = || {
        Process::new(assert_cmd::cargo::cargo_bin("vorleser"))
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .env("XDG_CACHE_HOME", home.path().join("cache"))
            .arg("render")
            .arg(&page)
            .arg("--subtitles")
            .arg("-o")
            .arg(&target)
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let begin = Instant::now();
    assert!(start().wait().unwrap().success());
    let length = begin.elapsed();
    let read = || {
        let subtitles = fs::read(target.with_extension("srt")).unwrap();
        (fs::read(&target).unwrap(), subtitles)
    };
    let wanted = read();
    let forget = || {
        let _ = fs::remove_dir_all(home.path().join("cache"));
        let _ = fs::remove_file(&target);
    };
    forget();
    // Linear congruential, after Knuth: the points differ, and are the same in every run of the test.
    let mut random = 4711_u64;
    let mut killed = 0;
    // What ends before it is killed does not count, but has an end.
    for _ in 0..100 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mut child = start();
        thread::sleep(length.mul_f64((random >> 40) as f64 / f64::from(1 << 24)));
        let finished = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        killed += usize::from(!finished);
        if target.exists() {
            assert!(read() == wanted, "after {killed} kills");
            forget();
        }
        if killed == 20 {
            break;
        }
    }
    assert_eq!(killed, 20);
    assert!(start().wait().unwrap().success());
    assert!(read() == wanted);
}
