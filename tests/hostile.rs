//! Voices that are broken or meant to do harm: each is refused in words, and none takes the program down with it.

use assert_cmd::Command;
use proptest::prelude::*;
use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    time::Duration,
};
use vorleser::synthesis::piper::{
    Config, Options, PiperError, PiperVoice, RuntimeKind, Trial,
    runtime::{RuntimeError, outline},
};

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/piper")
}

fn model(name: &str) -> Vec<u8> {
    fs::read(models().join(name)).unwrap()
}

/// The configuration of a voice, changed.
fn config(name: &str, from: &str, to: &str) -> Vec<u8> {
    let config = fs::read_to_string(models().join(format!("{name}/{name}.onnx.json"))).unwrap();
    let changed = config.replacen(from, to, 1);
    assert!(from == to || changed != config, "{from}");
    changed.into()
}

/// A field of Protocol Buffers that holds bytes.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let mut field = vec![number << 3 | 2];
    let mut length = bytes.len();
    while length >= 0x80 {
        field.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    field.push(length as u8);
    field.extend(bytes);
    field
}

/// A graph in an attribute of a node of a graph, and so on.
fn nested(depth: usize) -> Vec<u8> {
    (0..depth).fold(Vec::new(), |graph, _| {
        field(1, &field(5, &field(6, &graph)))
    })
}

/// A folder with a voice.
fn voice(folder: &Path, model: &[u8], config: &[u8]) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("v.onnx"), model).unwrap();
    fs::write(folder.join("v.onnx.json"), config).unwrap();
}

fn trial(home: &Path) -> Trial {
    Trial {
        program: assert_cmd::cargo::cargo_bin!("vorleser").into(),
        arguments: ["voices", "trial"].map(Into::into).into(),
        records: Some(home.join("trials")),
        limit: Duration::from_secs(60),
    }
}

#[test]
fn broken_and_hostile_voices_are_refused_in_words() {
    let letters = model("letters/letters.onnx");
    let same = || config("letters", "", "");
    let mut rows: Vec<(String, Vec<u8>, Vec<u8>)> = Vec::new();
    let mut row = |what: &str, model: &[u8], config: Vec<u8>| {
        rows.push((what.to_owned(), model.to_owned(), config));
    };
    for name in ["letters", "singer"] {
        let whole = model(&format!("{name}/{name}.onnx"));
        for part in 1..7 {
            let length = whole.len() * part / 7 + part % 3;
            row(
                &format!("{name}, cut at {length}"),
                &whole[..length],
                same(),
            );
        }
    }
    row("an empty model", b"", same());
    let picture = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0; 300]].concat();
    row("a picture", &picture, same());
    row("another kind", &model("other/other.onnx"), same());
    let renamed = replaced(&letters, b"input_lengths", b"input_measure");
    row("other inputs", &renamed, same());
    for (what, from, to) in [
        ("no rate", "16000", "0"),
        ("a huge rate", "16000", "4000000000"),
        ("few symbols", "\"num_symbols\": 128", "\"num_symbols\": 5"),
        ("no phonemes", "\"phoneme_id_map\"", "\"phonemes\""),
        (
            "a speaker too many",
            "\"speaker_id_map\": {}",
            "\"speaker_id_map\": {\"a\": 5}",
        ),
        ("no JSON", "{", ""),
    ] {
        row(what, &letters, config("letters", from, to));
    }
    // What the configuration promises, and the model has no place for.
    row(
        "speakers that the model lacks",
        &model("duet/duet.onnx"),
        config("duet", "\"num_speakers\": 2", "\"num_speakers\": 3"),
    );
    let symbols = config("singer", "\"num_symbols\": 128", "\"num_symbols\": 512");
    let symbols = String::from_utf8(symbols)
        .unwrap()
        .replacen("10\n", "300\n", 1);
    row(
        "a symbol that the model lacks",
        &model("singer/singer.onnx"),
        symbols.into(),
    );
    for name in ["large", "larger", "later", "range", "expand", "nan", "loop"] {
        row(name, &model(&format!("hostile/{name}.onnx")), same());
    }
    // A tensor of 2^62 floats, and of floats that are not there.
    for dims in [
        &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40][..],
        &[9],
    ] {
        let tensor = [&[8], dims, &[0x10, 1], &field(8, b"x"), &field(9, &[0; 16])].concat();
        row("a tensor that lies", &field(7, &field(5, &tensor)), same());
    }
    // A tensor whose bytes would be more than the memory.
    let long = [&[0x4a][..], &[0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]].concat();
    row("a long tensor", &field(7, &field(5, &long)), same());
    row("nested", &field(7, &nested(3000)), same());

    let home = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (what, model, config) in rows {
        let folder = home.path().join("voice");
        voice(&folder, &model, &config);
        let output = Command::new(assert_cmd::cargo::cargo_bin!("vorleser"))
            .args(["voices", "test", "-o", "out.wav"])
            .arg(&folder)
            .current_dir(&home)
            .env("HOME", home.path())
            .env("XDG_CACHE_HOME", home.path().join("cache"))
            .env("LC_ALL", "C")
            .timeout(Duration::from_secs(90))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let refused = output.status.code() == Some(5)
            && said.starts_with("error: ")
            && said.contains("\nhint: ")
            && !said.contains("panicked");
        if !refused {
            wrong.push(format!("{what}: {}, {said}", output.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        !home.path().join("cache/vorleser/trials").exists(),
        "one has passed"
    );
}

/// Bytes in place of as many others.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
    bytes
}

#[test]
fn what_never_ends_is_ended() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("voice");
    voice(
        &folder,
        &model("hostile/slow.onnx"),
        &config("letters", "", ""),
    );
    let trial = Trial {
        limit: Duration::from_secs(2),
        ..trial(home.path())
    };
    let tried = trial.once(&folder, RuntimeKind::Rten);
    assert!(
        matches!(
            &tried,
            Err(PiperError::Model {
                source: RuntimeError::Slow(2),
                ..
            })
        ),
        "{tried:?}"
    );
}

#[test]
fn what_has_passed_is_not_tried_again_until_its_files_change() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("voice");
    voice(&folder, &model("duet/duet.onnx"), &config("duet", "", ""));
    let trial = trial(home.path());
    // Without arguments it is no trial, and fails.
    let fails = Trial {
        arguments: Vec::new(),
        ..trial.clone()
    };
    let died = |tried: &Result<(), PiperError>| {
        matches!(
            tried,
            Err(PiperError::Model {
                source: RuntimeError::Died(_),
                ..
            })
        )
    };
    assert!(died(&fails.once(&folder, RuntimeKind::Rten)));
    trial.once(&folder, RuntimeKind::Rten).unwrap();
    fails.once(&folder, RuntimeKind::Rten).unwrap();
    assert!(
        died(&fails.again(&folder, RuntimeKind::Rten)),
        "it was not tried"
    );
    voice(
        &folder,
        &model("duet/duet.onnx"),
        &config("duet", "16000", "22050"),
    );
    assert!(
        died(&fails.once(&folder, RuntimeKind::Rten)),
        "the old record holds"
    );
    // Where nothing can be started, there is no trial.
    let nowhere = Trial {
        program: home.path().join("nothing"),
        ..trial
    };
    nowhere.once(&folder, RuntimeKind::Rten).unwrap();
}

#[test]
fn the_outline_of_every_voice_is_right() {
    for name in ["letters", "choir", "singer", "duet", "other"] {
        let path = models().join(format!("{name}/{name}.onnx"));
        outline::check(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// A file with some of its bytes changed, taken out or put in, or with its end cut off.
fn damaged(whole: &[u8], wounds: &[(usize, u8, u8)]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for (at, kind, byte) in wounds {
        let at = at % bytes.len().max(1);
        match kind % 6 {
            _ if bytes.is_empty() => {}
            0 | 1 => bytes[at] ^= byte,
            2 => bytes[at] = *byte,
            3 => bytes.insert(at, *byte),
            4 => drop(bytes.drain(at..(at + usize::from(byte % 8)).min(bytes.len()))),
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
    }
    bytes
}

/// Few, unless `PROPTEST_CASES` asks for more.
fn cases() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig::with_cases(asked.and_then(|cases| cases.parse().ok()).unwrap_or(100))
}

proptest! {
    #![proptest_config(cases())]

    /// An abort or a loop without end would end or hold this process, which has no trial.
    #[test]
    fn damaged_voices_load_or_are_refused(
        which in 0_usize..4,
        in_model in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 0..4),
        in_config in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 0..3),
        near_the_beginning: bool,
    ) {
        let name = ["letters", "choir", "singer", "duet"][which];
        let mut model = model(&format!("{name}/{name}.onnx"));
        // Of the large ones nearly all bytes are weights; lengths, names and shapes stand at the beginning.
        let tail = model.split_off(if near_the_beginning { model.len().min(6000) } else { model.len() });
        let model = [damaged(&model, &in_model), tail].concat();
        let config = damaged(&config(name, "", ""), &in_config);
        let parsed = Config::parse(&config);
        let outline = outline::check_in(Cursor::new(&model), model.len() as u64);
        let home = tempfile::tempdir().unwrap();
        voice(home.path(), &model, &config);
        match PiperVoice::load(home.path(), &Options::default()) {
            Ok(_) => prop_assert!(parsed.is_ok() && outline.is_ok()),
            Err(PiperError::Config { .. }) => prop_assert!(parsed.is_err()),
            Err(_) => prop_assert!(parsed.is_ok() || outline.is_err()),
        }
    }
}
