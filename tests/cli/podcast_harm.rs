//! What happens to a podcast's folder when runs are killed, the disk is full, or a feed is broken.

use super::{feed_rules::faults, small_disk::SmallDisk, *};
use std::{
    collections::BTreeMap,
    path::Path,
    process::{Child, Command as Process, Stdio},
    thread,
    time::{Duration, Instant, SystemTime},
};

const BASE: &str = "https://example.org/";

fn page(home: &TempDir, number: usize) -> PathBuf {
    let text = format!(
        "<html lang=de><head><meta charset=utf-8><title>Der Pegel steigt zum {number}. Mal</title>\
         <link rel=canonical href='https://a.example/{number}'></head><body><article><h1>Der Pegel steigt zum {number}. Mal</h1>\
         <p>Am Dienstag stieg das Wasser am Pegel {number}, und die Stadt bat alle, zu Hause zu bleiben, bis der Regen nachlässt. \
         </p><h2>Was nun zu tun ist</h2><p>Wer in der Nähe des Flusses wohnt, soll sein Auto in Sicherheit bringen, sagte die \
         Bürgermeisterin am Abend vor dem Rathaus.</p></article></body></html>"
    );
    file(home, &format!("{number}.html"), text)
}

fn add(home: &TempDir, folder: &Path, pages: &[PathBuf]) -> (i32, String) {
    let mut command = vorleser(home);
    command
        .arg("podcast")
        .arg(folder)
        .args(["add", "-v", "tone"]);
    let (code, _, err) = outcome(command.args(["--base-url", BASE]).args(pages));
    (code, err)
}

/// All files of a folder and of those in it, by their names; of what is written the moment of its making is left out.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for part in ["", "episodes"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if !path.is_file() {
                continue;
            }
            let name = path.file_name().unwrap().to_str().unwrap();
            let bytes = fs::read(&path).unwrap();
            let text = String::from_utf8(bytes.clone()).unwrap_or_else(|_| format!("{bytes:?}"));
            let is_dated = |line: &&str| {
                ["\"added\"", "<pubDate>", "<lastBuildDate>", "<time"]
                    .iter()
                    .any(|mark| line.contains(mark))
            };
            let text: Vec<&str> = text.lines().filter(|line| !is_dated(line)).collect();
            files.insert(format!("{part}/{name}"), text.join("\n"));
        }
    }
    files
}

/// SIGKILL at twenty random points. At any moment the feed names only what is there; in the end all is as if nothing had
/// happened, and what the killed runs left is gone.
#[cfg(unix)]
#[test]
fn killed_again_and_again_the_folder_is_as_after_one_run() {
    let home = home();
    let pages: Vec<_> = (1..=3).map(|number| page(&home, number)).collect();
    let (wanted, folder) = (home.path().join("wanted"), home.path().join("p"));
    let start = |folder: &Path| -> Child {
        Process::new(assert_cmd::cargo::cargo_bin("vorleser"))
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .env("LC_ALL", "C")
            .arg("podcast")
            .arg(folder)
            .args(["add", "-v", "tone", "--base-url", BASE])
            .args(&pages)
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let begin = Instant::now();
    assert!(start(&wanted).wait().unwrap().success());
    let length = begin.elapsed();
    // Linear congruential, after Knuth: the points differ, and are the same in every run of the test.
    let mut random = 815_u64;
    let mut killed = 0;
    for _ in 0..100 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mut child = start(&folder);
        thread::sleep(length.mul_f64((random >> 40) as f64 / f64::from(1 << 24)));
        let finished = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        killed += usize::from(!finished);
        if folder.join("feed.xml").exists() {
            let faults = faults(&folder, BASE);
            assert!(
                faults.is_empty(),
                "after {killed} kills:\n{}",
                faults.join("\n")
            );
        }
        if killed == 20 {
            break;
        }
        if finished {
            fs::remove_dir_all(&folder).unwrap();
        }
    }
    assert_eq!(killed, 20);
    // As if some time had passed: what is young may belong to a run that has just begun.
    let episodes = folder.join("episodes");
    let hidden = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        entries
            .filter(|path| path.extension() == Some("part".as_ref()))
            .collect()
    };
    let left: Vec<_> = [&folder, &episodes].map(|folder| hidden(folder)).concat();
    for path in &left {
        let past = SystemTime::now() - Duration::from_secs(60);
        fs::File::open(path).unwrap().set_modified(past).unwrap();
    }
    assert!(start(&folder).wait().unwrap().success());
    let left = [&folder, &episodes].map(|folder| hidden(folder)).concat();
    assert!(left.is_empty(), "{left:?}");
    let (wanted, got) = (files(&wanted), files(&folder));
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&wanted), names(&got));
    let other: Vec<_> = (wanted.iter())
        .filter(|(name, text)| got[*name] != **text)
        .collect();
    assert!(other.is_empty(), "{other:#?}");
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_the_podcast_stays_as_it_was() {
    let home = home();
    let disk = home.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let Some(_disk) = SmallDisk::mount(&disk, "4m") else {
        return;
    };
    let folder = disk.join("p");
    let (code, err) = add(&home, &folder, &[page(&home, 1)]);
    assert_eq!(code, 0, "{err}");
    let before = files(&folder);
    // Only little is left.
    let ballast = disk.join("ballast");
    let mut size = 1 << 21;
    while size > 30_000 {
        let mut all = fs::read(&ballast).unwrap_or_default();
        all.resize(all.len() + size, 1);
        if fs::write(&ballast, &all).is_err() {
            all.truncate(all.len() - size);
            fs::write(&ballast, &all).unwrap();
            size /= 2;
        }
    }
    for number in [2, 3] {
        let (code, err) = add(&home, &folder, &[page(&home, number)]);
        assert!(
            code == 1 && err.contains("the disk is full") && err.contains("hint: "),
            "{code} {err}"
        );
        let faults = faults(&folder, BASE);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(files(&folder) == before, "{:?}", files(&folder).keys());
    }
    fs::remove_file(&ballast).unwrap();
    let (code, err) = add(&home, &folder, &[page(&home, 2)]);
    assert_eq!(code, 0, "{err}");
    assert!(faults(&folder, BASE).is_empty());
}

#[test]
fn a_feed_with_broken_items_gives_the_other_episodes() {
    let home = home();
    let web = server::serve();
    let folder = home.path().join("p");
    let mut command = vorleser(&home);
    command
        .arg("podcast")
        .arg(&folder)
        .args(["add", "-v", "tone", "--json"]);
    command.args(["--base-url", BASE, "--since", "2025-05-20"]);
    let (code, out, err) = outcome(command.args(["--feed", &format!("{web}/feed.xml")]));
    assert_eq!(code, 1, "{out}\n{err}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let errors: Vec<_> = (report["articles"].as_array().unwrap().iter())
        .filter_map(|entry| entry["error"].as_str())
        .collect();
    assert_eq!(errors.len(), 3, "{report:#}");
    for (error, wanted) in errors.iter().zip(["no web address", "404", "robots.txt"]) {
        assert!(error.contains(wanted), "{errors:?}");
    }
    let faults = faults(&folder, BASE);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let feed = fs::read_to_string(folder.join("feed.xml")).unwrap();
    assert_eq!(feed.matches("<item>").count(), 2, "{feed}");
}
