//! Where sound is written to: an old file stays until the new one is whole, whatever happens.

use super::*;

/// An article that is long enough to be stopped on the way.
fn long_article(paragraphs: usize) -> String {
    let paragraph = "<p>Am nächsten Tag stieg das Wasser am Pegel weiter, und die Stadt bat alle, zu Hause zu bleiben, bis \
         der Regen nachlässt und die Straßen wieder frei sind. Das war der Tag nach dem Tag Nummer ";
    let mut page =
        "<html lang=de><title>Tagebuch</title><article><h1>Tagebuch der Flut</h1>".to_owned();
    for n in 0..paragraphs {
        page.push_str(paragraph);
        page.push_str(&n.to_string());
        page.push_str(".</p>");
    }
    page + "</article></html>"
}

#[test]
fn targets_that_cannot_be_written_are_named() {
    let home = home();
    let page = file(&home, "a.html", server::ARTICLE).display().to_string();
    let directory = home.path().display().to_string();
    let missing = home.path().join("no/such/a.wav").display().to_string();
    check(&[
        (
            &[
                "render",
                &page,
                "-v",
                "tone",
                "--join",
                "--format-out",
                "wav",
                "-o",
                &directory,
            ],
            1,
            &["is a directory", "hint: "],
        ),
        (
            &["render", &page, "-v", "tone", "-o", &missing],
            1,
            &["cannot write to", "hint: "],
        ),
    ]);
}

#[test]
fn a_run_that_fails_leaves_the_old_file_alone() {
    let home = home();
    let old = file(&home, "old.wav", "the old file");
    let page = file(&home, "a.html", server::ARTICLE);
    let empty = file(&home, "empty.html", "");
    let (code, _, err) = outcome(
        vorleser(&home)
            .args(["render", "-v", "nobody", "-o"])
            .arg(&old)
            .arg(&page),
    );
    assert!(
        code == 5 && err.contains("\"nobody\"") && err.contains("vorleser voices"),
        "{code} {err}"
    );
    let (code, _, _) = outcome(
        vorleser(&home)
            .args(["render", "-v", "tone", "-o"])
            .arg(&old)
            .arg(&empty),
    );
    assert_eq!(code, 3);
    assert_eq!(fs::read(&old).unwrap(), b"the old file");
}

/// What only a Unix system can show: signals, file systems, terminals.
#[cfg(target_os = "linux")]
mod unix {
    use super::{super::small_disk::SmallDisk, *};
    use std::{
        io::{BufRead as _, BufReader},
        path::Path,
        process::{Child, Command as Process, Stdio},
        thread,
        time::{Duration, Instant},
    };

    /// Starts a render of a long article with the built-in voice.
    fn start(home: &TempDir, target: &Path, paragraphs: usize) -> Child {
        let page = file(home, "long.html", long_article(paragraphs));
        Process::new(assert_cmd::cargo::cargo_bin("vorleser"))
            .env("LC_ALL", "C")
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .arg("render")
            .arg(page)
            .arg("-o")
            .arg(target)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    }

    /// Waits until the file that is being written lies beside its target. The sound is spoken from then on.
    fn wait_for_part(directory: &Path) {
        let start = Instant::now();
        loop {
            let growing = fs::read_dir(directory)
                .expect("the directory")
                .flatten()
                .any(|entry| entry.file_name().to_string_lossy().ends_with(".part"));
            if growing {
                return;
            }
            assert!(
                start.elapsed() < Duration::from_mins(1),
                "nothing is written"
            );
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn signal(child: &Child, name: &str) {
        let done = Process::new("kill")
            .args([name, &child.id().to_string()])
            .status()
            .expect("kill");
        assert!(done.success());
    }

    #[test]
    fn killed_while_writing_the_old_file_is_untouched() {
        let home = home();
        let directory = home.path().join("out");
        fs::create_dir(&directory).unwrap();
        let target = directory.join("a.wav");
        fs::write(&target, "the old file").unwrap();
        let mut child = start(&home, &target, 3000);
        wait_for_part(&directory);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"the old file");
        let names = names(&directory);
        assert!(
            names.len() == 2 && names[0].starts_with(".a.wav.") && names[0].contains(".part"),
            "{names:?}"
        );
    }

    #[test]
    fn interrupted_while_writing_nothing_is_left_behind() {
        for name in ["-INT", "-TERM"] {
            let home = home();
            let directory = home.path().join("out");
            fs::create_dir(&directory).unwrap();
            let target = directory.join("a.wav");
            fs::write(&target, "the old file").unwrap();
            let child = start(&home, &target, 3000);
            wait_for_part(&directory);
            signal(&child, name);
            let done = child.wait_with_output().unwrap();
            let err = String::from_utf8_lossy(&done.stderr);
            assert_eq!(
                (done.status.code(), err.as_ref()),
                (Some(130), ""),
                "{name}"
            );
            assert_eq!(fs::read(&target).unwrap(), b"the old file");
            assert_eq!(names(&directory), ["a.wav"]);
        }
    }

    #[test]
    fn interrupted_while_a_server_is_silent_it_ends_at_once() {
        let home = home();
        let web = server::serve();
        let mut child = Process::new(assert_cmd::cargo::cargo_bin("vorleser"))
            .env("LC_ALL", "C")
            .env("XDG_CONFIG_HOME", home.path())
            .args(["render", "--verbose", "-v", "tone", "-o", "a.wav"])
            .arg(format!("{web}/silent"))
            .current_dir(home.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The first thing it tells comes when it listens to signals and is about to fetch.
        let mut told = BufReader::new(child.stderr.take().expect("standard error"));
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        assert!(line.contains("opened the voice"), "{line}");
        thread::sleep(Duration::from_millis(200));
        let start = Instant::now();
        signal(&child, "-INT");
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn on_a_full_disk_the_old_file_is_untouched() {
        let home = home();
        let directory = home.path().join("disk");
        fs::create_dir(&directory).unwrap();
        let Some(_disk) = SmallDisk::mount(&directory, "256k") else {
            return;
        };
        let target = directory.join("a.wav");
        fs::write(&target, "the old file").unwrap();
        let page = file(&home, "long.html", long_article(20));
        let (code, out, err) = outcome(
            vorleser(&home)
                .args(["render", "-v", "tone"])
                .arg(&page)
                .arg("-o")
                .arg(&target),
        );
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(
            err.contains("error: the disk is full") && err.contains("hint: "),
            "{err}"
        );
        assert_eq!(fs::read(&target).unwrap(), b"the old file");
        assert_eq!(names(&directory), ["a.wav"]);
    }

    #[test]
    fn a_target_that_is_protected_stays() {
        let home = home();
        let page = file(&home, "a.html", server::ARTICLE).display().to_string();
        // Not even root can create a file there.
        check(&[(
            &["render", &page, "-v", "tone", "-o", "/proc/a.wav"],
            1,
            &["cannot write to /proc/a.wav", "hint: "],
        )]);
        let locked = home.path().join("locked");
        fs::create_dir(&locked).unwrap();
        let target = locked.join("a.wav");
        fs::write(&target, "the old file").unwrap();
        let mut rights = fs::metadata(&target).unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(&target, rights).unwrap();
        if fs::File::options().append(true).open(&target).is_ok() {
            eprintln!("skipped: root may write everywhere");
            return;
        }
        let (code, _, err) = outcome(
            vorleser(&home)
                .args(["render", "-v", "tone", &page, "-o"])
                .arg(&target),
        );
        assert!(code == 1 && err.contains("cannot write to"), "{code} {err}");
        assert_eq!(fs::read(&target).unwrap(), b"the old file");
        assert_eq!(names(&locked), ["a.wav"]);
    }

    #[test]
    fn pipes_and_devices_are_written_to_and_not_replaced() {
        use std::os::unix::fs::FileTypeExt as _;
        let home = home();
        let page = file(&home, "a.html", server::ARTICLE);
        let pipe = home.path().join("pipe");
        let made = Process::new("mkfifo").arg(&pipe).status().expect("mkfifo");
        assert!(made.success());
        let reader = thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).expect("what comes through the pipe")
        });
        let (code, out, err) = outcome(
            vorleser(&home)
                .args(["render", "-v", "tone", "-o"])
                .arg(&pipe)
                .arg(&page),
        );
        assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
        let wav = reader.join().expect("the reader");
        let wav = hound::WavReader::new(wav.as_slice()).expect("a WAV");
        assert!(wav.duration() > wav.spec().sample_rate);
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    }

    #[test]
    fn sound_does_not_go_to_a_terminal_but_to_a_pipe() {
        let home = home();
        let page = file(&home, "a.html", server::ARTICLE);
        let (code, _, err) = outcome(
            vorleser(&home)
                .args(["render", "-v", "tone", "-o", "-"])
                .arg(&page),
        );
        assert_eq!((code, err.as_str()), (0, ""));
        let piped = vorleser(&home)
            .args(["render", "-v", "tone", "-o", "-"])
            .arg(&page)
            .output()
            .unwrap();
        let wav = hound::WavReader::new(piped.stdout.as_slice()).expect("a WAV");
        assert!(wav.duration() > wav.spec().sample_rate);

        let line = format!(
            "{} render -v tone -o - {}",
            assert_cmd::cargo::cargo_bin("vorleser").display(),
            page.display()
        );
        let Ok(done) = Process::new("script")
            .args(["-q", "-e", "-c", &line, "/dev/null"])
            .env("LC_ALL", "C")
            .env("XDG_CONFIG_HOME", home.path())
            .stdin(Stdio::null())
            .output()
        else {
            eprintln!("skipped: `script` (util-linux) is not installed");
            return;
        };
        let seen = String::from_utf8_lossy(&done.stdout);
        assert!(
            done.status.code() == Some(2)
                && seen.contains("error: a terminal cannot show sound")
                && !seen.contains("RIFF"),
            "{:?} {seen:?}",
            done.status
        );
    }

    /// Runs `render` on a terminal and gives what appears there; `None` where there is no `script`.
    fn on_a_terminal(home: &TempDir, page: &Path, flags: &str) -> Option<String> {
        let line = format!(
            "{} render -v tone {flags} -o {} {}",
            assert_cmd::cargo::cargo_bin("vorleser").display(),
            home.path().join("a.wav").display(),
            page.display()
        );
        let done = Process::new("script")
            .args(["-q", "-e", "-c", &line, "/dev/null"])
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .env("TERM", "xterm-256color")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output();
        let Ok(done) = done else {
            eprintln!("skipped: `script` (util-linux) is not installed");
            return None;
        };
        assert!(done.status.success(), "{done:?}");
        Some(String::from_utf8_lossy(&done.stdout).into_owned())
    }

    #[test]
    fn on_a_terminal_a_bar_shows_article_time_left_and_speed_and_goes_away() {
        let home = home();
        let page = file(&home, "long.html", long_article(60));
        let Some(seen) = on_a_terminal(&home, &page, "") else {
            return;
        };
        for word in ["Tagebuch der Flut", "█", " %", " left, ", "×"] {
            assert!(seen.contains(word), "no {word:?} in {seen:?}");
        }
        // What stays is the last sentence; NO_COLOR is obeyed.
        let last = seen.rsplit("\u{1b}[").next().unwrap_or_default();
        assert!(last.contains("Wrote ") && !last.contains('█'), "{seen:?}");
        let colour = seen.split("\u{1b}[").skip(1).any(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';')
                .starts_with('m')
        });
        assert!(!colour, "{seen:?}");
        let quiet = on_a_terminal(&home, &page, "--quiet").unwrap_or_default();
        assert_eq!(quiet, "");
    }
}
