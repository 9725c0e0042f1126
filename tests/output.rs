//! Files: whole or not there, and what is in them is what was spoken.

mod common;

use common::{Fragile, script};
use std::{fs, path::Path};
use vorleser::{
    Control, Prosody,
    output::{
        OutputError,
        format::Format,
        loudness::Meter,
        render::{self, Rendered, Settings},
        tags::Tags,
        timing::Timing,
    },
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

const PLAIN: Settings = Settings {
    format: Format::Wav,
    loudness: None,
    bit_rate: None,
    earcon: false,
};

fn render_with(
    target: &Path,
    speech: Synthesis,
    settings: Settings,
) -> Result<Rendered, OutputError> {
    render::to_file(
        target,
        speech,
        settings,
        &Control::new(),
        |_| {},
        |_| Ok(Tags::default()),
    )
}

fn render(target: &Path, count: usize) -> Result<Rendered, OutputError> {
    render_with(target, tones(count), PLAIN)
}

/// The samples of a WAV.
fn samples(path: &Path) -> Vec<i16> {
    let mut reader = hound::WavReader::open(path).unwrap();
    reader.samples().map(Result::unwrap).collect()
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
    let rendered = render::to_file(
        &target,
        tones(7),
        PLAIN,
        &Control::new(),
        |s| seen.push(s.index),
        |_| Ok(Tags::default()),
    )
    .unwrap();
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

/// Speech of the built-in voice.
fn speech() -> Synthesis {
    let script = script(&[
        "Ja.",
        "Das ist so.",
        "Nein!",
        "Am Dienstag wurde der neue Haushalt im Landtag beraten, und am Abend stimmten die Abgeordneten ab.",
        "Wirklich?",
        "Doch, doch.",
    ]);
    let engines = open_synthesisers("pico", 2).unwrap();
    synthesise(&script, engines, Prosody::default()).unwrap()
}

#[test]
fn no_joint_clicks() {
    for loudness in [None, Some(-12.0)] {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a.wav");
        let settings = Settings { loudness, ..PLAIN };
        let rendered = render_with(&target, speech(), settings).unwrap();
        let samples = samples(&target);
        assert_eq!(samples.len() as u64, rendered.samples);
        for joint in rendered.spans.iter().flat_map(|s| [s.start, s.end]) {
            let joint = joint as usize;
            let around = &samples[joint.saturating_sub(3)..(joint + 3).min(samples.len())];
            assert!(around.iter().all(|s| s.abs() < 60), "{joint}: {around:?}");
        }
    }
}

#[test]
fn the_loudness_is_what_was_asked_for_and_true_peaks_stay_below_minus_one() {
    let mut wrong = Vec::new();
    for wanted in [-23.0, -16.0, -12.0] {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a.wav");
        let settings = Settings {
            loudness: Some(wanted),
            ..PLAIN
        };
        let rendered = render_with(&target, speech(), settings).unwrap();
        let mut meter = Meter::new(16_000);
        let floats: Vec<f32> = samples(&target)
            .iter()
            .map(|s| f32::from(*s) / 32_768.0)
            .collect();
        meter.add(&floats);
        let (lufs, peak) = (meter.lufs().unwrap(), meter.true_peak().unwrap());
        if (lufs - wanted).abs() > 0.5 || peak > -1.0 || (rendered.lufs.unwrap() - lufs).abs() > 0.1
        {
            wrong.push(format!(
                "{wanted}: {lufs:.2} LUFS, {peak:.2} dBTP, {rendered:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sentence_without_sound_is_named_and_nothing_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("a.wav");
    let script = script(&["Das ist so.", "das hört man", "Und das auch."]);
    let engines = open_synthesisers("tone", 1).unwrap();
    let speech = synthesise(&script, engines, Prosody::default()).unwrap();
    let result = render::to_file(
        &target,
        speech,
        PLAIN,
        &Control::new(),
        |_| {},
        |rendered| {
            let mut cut = rendered.clone();
            cut.spans[1].end = cut.spans[1].start;
            let faults = Timing::new(&script_of_three(), &cut, 1.0).faults();
            OutputError::lost(faults).map(|()| Tags::default())
        },
    );
    let Err(OutputError::Lost { first, more: 0 }) = result else {
        panic!("{result:?}");
    };
    assert!(first.to_string().contains("das hört man"), "{first}");
    assert!(names(directory.path()).is_empty());
}

/// Three sentences of their own.
fn script_of_three() -> vorleser::Script {
    let mut script = (*script(&["Das ist so.", "das hört man", "Und das auch."])).clone();
    for (number, utterance) in script.utterances.iter_mut().enumerate() {
        utterance.sentence = number as u32;
    }
    script
}

#[test]
fn a_stream_gets_the_same_bytes_as_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("a.wav");
    render(&target, 5).unwrap();
    let mut stream = Vec::new();
    render::to_stream(
        &mut stream,
        tones(5),
        PLAIN,
        &Control::new(),
        |_| {},
        |_| Ok(Tags::default()),
    )
    .unwrap();
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
    let error = render::to_stream(
        &mut Closed,
        tones(1),
        PLAIN,
        &Control::new(),
        |_| {},
        |_| Ok(Tags::default()),
    );
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
    let stopping = render::to_file(
        &target,
        tones(50),
        PLAIN,
        &control,
        |s| {
            if s.index == 3 {
                control.stop();
            }
        },
        |_| Ok(Tags::default()),
    );
    assert!(matches!(stopping, Err(OutputError::Stopped)));
    let failing = synthesise(
        &script(&["gut", "fail"]),
        vec![Box::new(Fragile)],
        Prosody::default(),
    );
    let failing = render_with(&target, failing.unwrap(), PLAIN);
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
