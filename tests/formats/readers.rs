//! Tags and chapters as the programs see them that people have: Debian's `mediainfo`, `opusinfo`, `metaflac`, `soxi`, `ffprobe`.
//! Here none may be missing.

use super::{FORMATS, render};
use std::{path::Path, process::Command};

/// What a program prints, with blanks in a row as one.
fn printed(program: &str, arguments: &[&str], file: &Path) -> String {
    let done = Command::new(program)
        .args(arguments)
        .arg(file)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    let err = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program}: {err}\n{out}");
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    out.lines().map(|text| line(text) + "\n").collect()
}

const MEDIAINFO: &[&str] = &[
    "Track name : Der Pegel steigt „weiter“ = Öl",
    "Performer : Anna Beispiel, Bert Muster",
    "Publisher : Musterblatt",
    "Recorded date : 2025-05-25",
    "Comment : Das Wasser steigt seit Tagen.",
    "Synthetic speech (Computerstimme)",
    "https://example.org/pegel?a=1&b=2",
    "Cover : Yes",
    "Channel(s) : 1 channel",
    "Language : German",
];

/// Names and times of the comments that FLAC and Opus share.
const COMMENTS: &[&str] = &[
    "TITLE=Der Pegel steigt „weiter“ = Öl",
    "ARTIST=Anna Beispiel, Bert Muster",
    "PUBLISHER=Musterblatt",
    "DATE=2025-05-25",
    "COMMENT=Das Wasser steigt seit Tagen.",
    "LANGUAGE=de",
    "GENRE=Synthetic speech (Computerstimme)",
    "CHAPTER000=00:00:00.000",
    "CHAPTER000NAME=Der Pegel steigt",
    "CHAPTER001=00:00:02.345",
    "CHAPTER001NAME=Was nun zu tun ist",
];

/// Ending of a file, a program, its arguments, and what it is to show.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static [&'static str]],
);

const MENU: &[&str] = &[
    "Menu",
    "00:00:00.000 : Der Pegel steigt",
    "00:00:02.345 : Was nun zu tun ist",
];

#[test]
#[ignore = "needs Debian's mediainfo, opus-tools, flac and sox; .ci/run installs them and runs this"]
fn the_programs_that_people_have_show_tags_and_chapters() {
    let directory = tempfile::tempdir().unwrap();
    let mut missing = Vec::new();
    // MediaInfo 23.04 shows no chapters of ID3, soxi knows neither MP3 nor Opus; those of MP3 are read by ffprobe beside this.
    let rows: &[Row] = &[
        ("flac", "mediainfo", &[], &[MEDIAINFO, MENU]),
        ("opus", "mediainfo", &[], &[MEDIAINFO, MENU]),
        (
            "mp3",
            "mediainfo",
            &[],
            &[
                MEDIAINFO,
                &["Bit rate mode : Constant", "Sampling rate : 44.1 kHz"],
            ],
        ),
        (
            "opus",
            "opusinfo",
            &[],
            &[
                COMMENTS,
                &[
                    "METADATA_BLOCK_PICTURE=3|image/png||600x600x24|",
                    "Channels: 1",
                ],
            ],
        ),
        (
            "flac",
            "metaflac",
            &["--list", "--block-type=VORBIS_COMMENT"],
            &[COMMENTS],
        ),
        (
            "flac",
            "metaflac",
            &["--list", "--block-type=PICTURE"],
            &[&[
                "type: 3 (Cover (front))",
                "MIME type: image/png",
                "width: 600",
                "height: 600",
            ]],
        ),
        (
            "flac",
            "soxi",
            &[],
            &[
                COMMENTS,
                &["Channels : 1", "Sample Rate : 16000", "Precision : 16-bit"],
            ],
        ),
        (
            "wav",
            "soxi",
            &[],
            &[&["Channels : 1", "Sample Rate : 16000", "Precision : 16-bit"]],
        ),
    ];
    let mut lengths = Vec::new();
    for (format, ending) in FORMATS {
        let path = directory.path().join(format!("a.{ending}"));
        let seconds = render(&path, format).seconds();
        lengths.push((ending, seconds));
        for (_, program, arguments, wanted) in rows.iter().filter(|row| row.0 == ending) {
            let text = printed(program, arguments, &path);
            for words in wanted
                .concat()
                .iter()
                .filter(|words| !text.contains(**words))
            {
                missing.push(format!("{program} {ending}: {words:?} in\n{text}"));
            }
        }
    }
    // Its length as they see it, in milliseconds; MP3 has frames of 26 ms.
    for (ending, seconds) in lengths {
        let path = directory.path().join(format!("a.{ending}"));
        let out = printed("mediainfo", &["--Inform=General;%Duration%"], &path);
        let shown: f64 = out.trim().parse().unwrap();
        if (shown / 1000.0 - seconds).abs() > 0.06 {
            missing.push(format!("{ending}: {shown} ms, not {seconds} s"));
        }
    }
    let wav = directory.path().join("a.wav");
    let samples = printed("soxi", &["-s"], &wav);
    let known = hound::WavReader::open(&wav).unwrap().duration();
    assert_eq!(samples.trim(), known.to_string());
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
