//! Every format as other programs read it: length, loudness, true peak, tags and chapters. What is not installed is skipped
//! with a message; `.ci/packages.txt` installs all of it.

#[cfg(feature = "mp3")]
mod chapters;
#[path = "../common/mod.rs"]
mod common;
mod readers;

use common::script;
use std::{fmt::Write as _, path::Path, process::Command};
use vorleser::{
    Control, Prosody,
    output::{
        cover::Cover,
        format::Format,
        loudness::Meter,
        render::{self, Rendered, Settings},
        tags::{Chapter, SYNTHETIC, Tags},
    },
    synthesis::{open_synthesisers, synthesise},
};

const FORMATS: [(Format, &str); 4] = [
    (Format::Wav, "wav"),
    (Format::Flac, "flac"),
    #[cfg(feature = "mp3")]
    (Format::Mp3, "mp3"),
    #[cfg(not(feature = "mp3"))]
    (Format::Flac, "flac"),
    (Format::Opus, "opus"),
];

fn tags(rendered: &Rendered) -> Tags {
    let chapter = |start, title: &str| Chapter {
        start,
        title: title.into(),
    };
    Tags {
        title: Some("Der Pegel steigt „weiter“ = Öl".into()),
        artist: Some("Anna Beispiel, Bert Muster".into()),
        publisher: Some("Musterblatt".into()),
        date: Some("2025-05-25".into()),
        url: Some("https://example.org/pegel?a=1&b=2".into()),
        language: "de".into(),
        comment: Some("Das Wasser steigt seit Tagen.".into()),
        chapters: vec![
            chapter(0.0, "Der Pegel steigt"),
            chapter(2.345, "Was nun zu tun ist"),
        ],
        duration: rendered.seconds(),
        cover: Cover::draw("Der Pegel steigt", Some("Musterblatt")),
    }
}

/// Renders speech of the built-in voice.
fn render(target: &Path, format: Format) -> Rendered {
    let settings = Settings {
        format,
        loudness: Some(-16.0),
        ..Settings::default()
    };
    render_with(target, settings, tags)
}

fn render_with(
    target: &Path,
    settings: Settings,
    tags: impl FnOnce(&Rendered) -> Tags,
) -> Rendered {
    let script = script(&[
        "Am Dienstag wurde der neue Haushalt im Landtag beraten, und am Abend stimmten die Abgeordneten ab.",
        "Das ist so.",
        "Wirklich? Doch, das ist so, und es bleibt auch so.",
    ]);
    let engines = open_synthesisers("pico", 2).unwrap();
    let speech = synthesise(&script, engines, Prosody::default()).unwrap();
    render::to_file(
        target,
        speech,
        settings,
        &Control::new(),
        |_| {},
        |rendered| Ok(tags(rendered)),
    )
    .unwrap()
}

/// What a program prints; `None`, with a message, where it is not installed.
fn run(program: &str, arguments: &[&str], file: &Path) -> Option<Vec<u8>> {
    let Ok(done) = Command::new(program).args(arguments).arg(file).output() else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    let err = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program} {}: {err}", file.display());
    Some(done.stdout)
}

/// The sound at 48 kHz as FFmpeg decodes it.
fn decoded(file: &Path) -> Option<Vec<f32>> {
    let name = file.display().to_string();
    let arguments = [
        "-v", "error", "-i", &name, "-ar", "48000", "-ac", "1", "-f", "f32le",
    ];
    let bytes = run("ffmpeg", &arguments, Path::new("-"))?;
    let (words, _) = bytes.as_chunks::<4>();
    Some(words.iter().map(|word| f32::from_le_bytes(*word)).collect())
}

#[test]
fn other_programs_hear_the_right_length_loudness_and_peak() {
    let directory = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let mut sounds: Vec<(&str, Vec<f32>)> = Vec::new();
    for (format, ending) in FORMATS {
        let path = directory.path().join(format!("a.{ending}"));
        let rendered = render(&path, format);
        let Some(sound) = decoded(&path) else { return };
        let mut meter = Meter::new(48_000);
        meter.add(&sound);
        let (lufs, peak) = (meter.lufs().unwrap(), meter.true_peak().unwrap());
        let seconds = sound.len() as f64 / 48_000.0;
        if (seconds - rendered.seconds()).abs() > 0.02 || (lufs + 16.0).abs() > 0.5 || peak > -1.0 {
            let wanted = rendered.seconds();
            wrong.push(format!(
                "{ending}: {seconds:.3} s of {wanted:.3}, {lufs:.2} LUFS, {peak:.2} dBTP"
            ));
        }
        eprintln!("{ending}: {seconds:.3} s, {lufs:.2} LUFS, {peak:.2} dBTP");
        sounds.push((ending, sound));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The same sound at the same place: 20 ms late would be heard as a subtitle that is early.
    let (_, wav) = &sounds[0];
    for (ending, sound) in &sounds[1..] {
        let length = wav.len().min(sound.len()) - 2000;
        let likeness = |shift: usize| -> f64 {
            (1000..length)
                .step_by(7)
                .map(|i| f64::from(wav[i]) * f64::from(sound[i + shift - 500]))
                .sum()
        };
        let best = (0..1000)
            .step_by(10)
            .max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
        let best = best.unwrap_or(0);
        assert!(
            best.abs_diff(500) < 100,
            "{ending} is {} samples off",
            best.cast_signed() - 500
        );
    }
}

#[test]
fn other_programs_read_the_tags_and_chapters() {
    let directory = tempfile::tempdir().unwrap();
    for (format, ending) in FORMATS {
        if format == Format::Wav {
            continue;
        }
        let path = directory.path().join(format!("a.{ending}"));
        render(&path, format);
        let arguments = [
            "-v",
            "error",
            "-of",
            "json",
            "-show_format",
            "-show_streams",
            "-show_chapters",
        ];
        let Some(json) = run("ffprobe", &arguments, &path) else {
            return;
        };
        let seen: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let text = seen.to_string();
        let mut wanted = vec![
            "Der Pegel steigt „weiter“ = Öl",
            "Anna Beispiel, Bert Muster",
            "Musterblatt",
            "2025-05-25",
            "Das Wasser steigt seit Tagen.",
            SYNTHETIC,
            "Was nun zu tun ist",
        ];
        // FFmpeg does not show links of ID3; the bytes are looked at below.
        if ending != "mp3" {
            wanted.push("https://example.org/pegel?a=1&b=2");
        }
        let missing: Vec<_> = wanted
            .iter()
            .filter(|word| !text.contains(**word))
            .collect();
        assert!(missing.is_empty(), "{ending}: {missing:?} in {seen:#}");
        let chapters = seen["chapters"].as_array().unwrap();
        // FLAC has no chapters for FFmpeg, only the comments.
        if ending != "flac" {
            assert_eq!(chapters.len(), 2, "{ending}: {seen:#}");
            assert_eq!(chapters[1]["tags"]["title"], "Was nun zu tun ist");
            let start: f64 = chapters[1]["start_time"].as_str().unwrap().parse().unwrap();
            assert!((start - 2.345).abs() < 0.001, "{ending}: {start}");
        }
        let picture = (seen["streams"].as_array().unwrap().iter())
            .find(|stream| stream["disposition"]["attached_pic"] == 1)
            .unwrap_or_else(|| panic!("no cover in {ending}: {seen:#}"));
        assert_eq!(
            (&picture["codec_name"], &picture["width"]),
            (&"png".into(), &600.into())
        );
        assert_eq!(seen["streams"][0]["channels"], 1, "{ending}");
        if ending == "mp3" {
            assert_eq!(seen["streams"][0]["bit_rate"], "96000");
            assert_eq!(seen["streams"][0]["sample_rate"], "44100");
            let tag = id3::Tag::read_from_path(&path).unwrap();
            assert_eq!(tag.version(), id3::Version::Id3v24);
            let ids: Vec<_> = tag.frames().map(id3::Frame::id).collect();
            let count = |id: &str| ids.iter().filter(|other| **other == id).count();
            assert_eq!(
                (count("CHAP"), count("CTOC"), count("WOAS")),
                (2, 1, 1),
                "{ids:?}"
            );
        }
    }
}

#[test]
fn the_tools_of_the_formats_find_no_fault() {
    let directory = tempfile::tempdir().unwrap();
    for (format, ending, program, arguments) in [
        (
            Format::Flac,
            "flac",
            "flac",
            &["--test", "--silent", "--warnings-as-errors"][..],
        ),
        (Format::Opus, "opus", "opusinfo", &[]),
        (Format::Opus, "ogg", "mediainfo", &[]),
        (Format::Wav, "wav", "soxi", &[]),
    ] {
        let path = directory.path().join(format!("a.{ending}"));
        render(&path, format);
        let Some(out) = run(program, arguments, &path) else {
            continue;
        };
        let out = String::from_utf8_lossy(&out).to_lowercase();
        assert!(
            !out.contains("warning") && !out.contains("error"),
            "{program}: {out}"
        );
    }
}

/// Symphonia is written in Rust and shares no line with FFmpeg or with our encoders.
#[test]
fn symphonia_reads_sound_tags_and_cover() {
    use symphonia::core::{
        codecs::CodecParameters,
        formats::{FormatOptions, TrackType, probe::Hint},
        io::MediaSourceStream,
        meta::MetadataOptions,
    };
    let directory = tempfile::tempdir().unwrap();
    for (format, ending) in FORMATS {
        let path = directory.path().join(format!("a.{ending}"));
        let rendered = render(&path, format);
        let file = std::fs::File::open(&path).unwrap();
        let stream = MediaSourceStream::new(
            Box::new(file),
            symphonia::core::io::MediaSourceStreamOptions::default(),
        );
        let mut reader = symphonia::default::get_probe()
            .probe(
                &Hint::new(),
                stream,
                FormatOptions::default(),
                MetadataOptions::default(),
            )
            .unwrap_or_else(|error| panic!("{ending}: {error}"));
        let track = reader.default_track(TrackType::Audio).unwrap().clone();
        let Some(CodecParameters::Audio(parameters)) = &track.codec_params else {
            panic!("{ending}: no sound");
        };
        let rate = f64::from(parameters.sample_rate.unwrap());
        let mut frames = 0;
        while let Some(packet) = reader.next_packet().unwrap() {
            frames += packet.dur.get();
        }
        let seconds = frames as f64 / rate;
        // Its packets hold what a player drops at both ends of MP3 and Opus, a tenth of a second at most.
        let more = seconds - rendered.seconds();
        assert!((-0.001..0.1).contains(&more), "{ending}: {seconds}");
        if format == Format::Wav {
            continue;
        }
        let mut metadata = reader.metadata();
        let mut seen = String::new();
        let mut pictures = 0;
        loop {
            if let Some(revision) = metadata.current() {
                let _ = write!(seen, "{:?}", revision.media.tags);
                pictures += revision
                    .media
                    .visuals
                    .iter()
                    .filter(|visual| visual.data.starts_with(b"\x89PNG"))
                    .count();
            }
            if metadata.pop().is_none() {
                break;
            }
        }
        for word in ["Der Pegel steigt „weiter“ = Öl", "Anna Beispiel", SYNTHETIC] {
            assert!(seen.contains(word), "{ending}: no {word} in {seen}");
        }
        assert_eq!(pictures, 1, "{ending}");
    }
}

#[test]
fn bit_rates_are_those_that_were_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    for (format, ending, kbit) in [
        #[cfg(feature = "mp3")]
        (Format::Mp3, "mp3", 48),
        #[cfg(feature = "mp3")]
        (Format::Mp3, "mp3", 192),
        (Format::Opus, "opus", 16),
        (Format::Opus, "opus", 64),
    ] {
        let path = directory.path().join(format!("a.{ending}"));
        let settings = Settings {
            format,
            bit_rate: Some(kbit * 1000),
            ..Settings::default()
        };
        assert!(format.takes_bit_rate(kbit * 1000));
        let script = script(&["Am Dienstag wurde der neue Haushalt im Landtag beraten."; 4]);
        let engines = open_synthesisers("pico", 1).unwrap();
        let speech = synthesise(&script, engines, Prosody::default()).unwrap();
        let done = render::to_file(
            &path,
            speech,
            settings,
            &Control::new(),
            |_| {},
            |_| Ok(Tags::default()),
        )
        .unwrap();
        let bits = std::fs::metadata(&path).unwrap().len() as f64 * 8.0;
        let got = bits / done.seconds() / 1000.0;
        // Ogg takes some of it.
        assert!(
            (got / f64::from(kbit) - 1.0).abs() < 0.2,
            "{ending} {kbit}: {got}"
        );
    }
}

#[test]
fn the_same_speech_gives_the_same_bytes() {
    let directory = tempfile::tempdir().unwrap();
    for (format, ending) in FORMATS {
        let path = |n: u8| directory.path().join(format!("{n}.{ending}"));
        render(&path(1), format);
        render(&path(2), format);
        assert!(
            std::fs::read(path(1)).unwrap() == std::fs::read(path(2)).unwrap(),
            "{ending}"
        );
    }
}
