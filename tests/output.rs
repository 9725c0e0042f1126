//! Files: whole or not there, and what is in them is what was spoken.

mod common;

use common::{Fragile, script};
use std::{fs, path::Path};
use vorleser::{
    Control, Prosody,
    output::{OutputError, wav},
    synthesis::{Synthesis, open_synthesisers, synthesise},
};

fn tones(count: usize) -> Synthesis {
    let script = script(&vec!["abcdefghij"; count]);
    synthesise(
        &script,
        open_synthesisers("tone", 2).unwrap(),
        Prosody::default(),
    )
    .unwrap()
}

fn render(target: &Path, count: usize) -> Result<wav::Rendered, OutputError> {
    wav::render_to_file(target, tones(count), &Control::new(), |_| {})
}

fn names(directory: &Path) -> Vec<String> {
    fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn the_file_holds_every_utterance_at_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("a.wav");
    let mut seen = Vec::new();
    let rendered =
        wav::render_to_file(&target, tones(7), &Control::new(), |s| seen.push(s.index)).unwrap();
    assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6]);
    let mut reader = hound::WavReader::open(&target).unwrap();
    assert_eq!(reader.spec().sample_rate, 16_000);
    assert_eq!(
        (reader.spec().channels, reader.spec().bits_per_sample),
        (1, 16)
    );
    let samples: Vec<i16> = reader.samples().map(Result::unwrap).collect();
    assert_eq!(samples.len() as u64, rendered.samples);
    assert_eq!(rendered.spans.len(), 7);
    let mut end = 0;
    for span in &rendered.spans {
        assert!(
            samples[end..span.start as usize].iter().all(|s| *s == 0),
            "sound in a pause"
        );
        let speech = &samples[span.start as usize..span.end as usize];
        assert!(speech.iter().filter(|s| s.abs() > 1000).count() > speech.len() / 2);
        end = span.end as usize;
    }
    assert_eq!(names(directory.path()), ["a.wav"]);
}

#[test]
fn no_joint_clicks() {
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("a.wav");
    let script = script(&["Ja.", "Das ist so.", "Nein!", "Wirklich?", "Doch, doch."]);
    let speech = synthesise(
        &script,
        open_synthesisers("pico", 2).unwrap(),
        Prosody::default(),
    )
    .unwrap();
    let rendered = wav::render_to_file(&target, speech, &Control::new(), |_| {}).unwrap();
    let samples: Vec<i16> = hound::WavReader::open(&target)
        .unwrap()
        .samples()
        .map(Result::unwrap)
        .collect();
    for joint in rendered.spans.iter().flat_map(|s| [s.start, s.end]) {
        let joint = joint as usize;
        let around = &samples[joint.saturating_sub(3)..(joint + 3).min(samples.len())];
        assert!(around.iter().all(|s| s.abs() < 20), "{joint}: {around:?}");
    }
}

#[test]
fn a_stream_gets_the_same_bytes_as_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("a.wav");
    render(&target, 5).unwrap();
    let mut stream = Vec::new();
    wav::render_to_stream(&mut stream, tones(5), &Control::new(), |_| {}).unwrap();
    assert!(stream == fs::read(&target).unwrap());
}

#[test]
fn a_reader_that_is_gone_is_told_apart() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let error = wav::render_to_stream(&mut Closed, tones(1), &Control::new(), |_| {});
    assert!(matches!(error, Err(OutputError::BrokenPipe)));
}

#[test]
fn targets_that_cannot_be_written_are_refused_before_anything_is_spoken() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(
        render(directory.path(), 1),
        Err(OutputError::IsDirectory { .. })
    ));
    let missing = directory.path().join("no/such/a.wav");
    assert!(matches!(
        render(&missing, 1),
        Err(OutputError::Create { .. })
    ));
    let error = render(Path::new(""), 1).unwrap_err();
    assert!(matches!(error, OutputError::Create { .. }), "{error}");
    assert!(names(directory.path()).is_empty());
}

#[test]
fn stopped_or_failed_the_old_file_stays() {
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("a.wav");
    fs::write(&target, "old").unwrap();
    let control = Control::new();
    let stopping = wav::render_to_file(&target, tones(50), &control, |s| {
        if s.index == 3 {
            control.stop();
        }
    });
    assert!(matches!(stopping, Err(OutputError::Stopped)));
    let failing = synthesise(
        &script(&["gut", "fail"]),
        vec![Box::new(Fragile)],
        Prosody::default(),
    );
    let failing = wav::render_to_file(&target, failing.unwrap(), &Control::new(), |_| {});
    assert!(matches!(failing, Err(OutputError::Synthesis(_))));
    assert_eq!(fs::read(&target).unwrap(), b"old");
    assert_eq!(names(directory.path()), ["a.wav"]);
}

/// A file system of 256 kB, as root only; elsewhere the test says that it did nothing.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_the_old_file_stays() {
    let directory = tempfile::tempdir().unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
        .arg(directory.path())
        .output()
        .is_ok_and(|output| output.status.success());
    if !mounted {
        eprintln!("skipped: no right to mount a small file system");
        return;
    }
    let target = directory.path().join("a.wav");
    fs::write(&target, "old").unwrap();
    let result = render(&target, 100);
    let (old, names) = (fs::read(&target), names(directory.path()));
    let unmounted = std::process::Command::new("umount")
        .arg(directory.path())
        .status();
    assert!(
        matches!(result, Err(OutputError::DiskFull { .. })),
        "{result:?}"
    );
    assert_eq!(old.unwrap(), b"old");
    assert_eq!(names, ["a.wav"]);
    assert!(unmounted.unwrap().success());
}

#[cfg(unix)]
#[test]
fn the_file_has_ordinary_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().unwrap();
    let (ours, other) = (directory.path().join("a.wav"), directory.path().join("b"));
    render(&ours, 1).unwrap();
    fs::write(&other, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&ours), mode(&other));
}
