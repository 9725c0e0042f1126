//! Getting the files of a voice from a server on this machine that has every fault a server can have.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};
use vorleser::synthesis::piper::store::{self, Origin, StoreError, VoiceFile};

/// A model of 200 kB, its configuration and its card.
fn content(name: &str) -> Vec<u8> {
    let length = if name == "v.onnx" { 200_000 } else { 300 };
    (0..length)
        .map(|at: u32| (at * 7 + at / 256) as u8)
        .collect()
}

fn files() -> Vec<VoiceFile> {
    ["v.onnx", "v.onnx.json", "MODEL_CARD"]
        .map(|name| VoiceFile {
            path: format!("de/v/{name}"),
            bytes: content(name).len() as u64,
            // Of the bytes above.
            md5: if name == "v.onnx" {
                "e2b32713dae483cfc0f4c94705b5a2e3"
            } else {
                "276f1236cc2bb468d879a9f8d060e5c5"
            }
            .to_owned(),
        })
        .into()
}

/// What the server was asked for: path and first byte.
type Log = Arc<Mutex<Vec<(String, u64)>>>;

/// The server; the first part of a path is the fault it has.
fn serve() -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let log = Log::default();
    let seen = Arc::clone(&log);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let seen = Arc::clone(&seen);
            thread::spawn(move || drop(answer(stream, &seen)));
        }
    });
    (address, log)
}

fn answer(mut stream: TcpStream, log: &Log) -> std::io::Result<()> {
    let mut path = String::new();
    let mut from = 0;
    for line in BufReader::new(&stream).lines() {
        let line = line?;
        if let Some(rest) = line.strip_prefix("GET ") {
            rest.split(' ')
                .next()
                .unwrap_or_default()
                .clone_into(&mut path);
        } else if let Some(range) = line.to_ascii_lowercase().strip_prefix("range: bytes=") {
            from = range.trim_end_matches('-').parse().unwrap_or(0);
        } else if line.is_empty() {
            break;
        }
    }
    log.lock().unwrap().push((path.clone(), from));
    let fault = path.split('/').nth(1).unwrap_or_default().to_owned();
    let mut body = content(path.rsplit('/').next().unwrap_or_default());
    let total = body.len();
    let mut status = "200 OK";
    let mut headers = String::new();
    match fault.as_str() {
        "missing" => {
            status = "404 Not Found";
            body.clear();
        }
        "busy" => {
            status = "503 Service Unavailable";
            body.clear();
        }
        "wrong" => body[10] ^= 1,
        "short" => body.truncate(total / 2),
        "long" => body.extend(vec![0; 100_000]),
        _ if from > 0 && fault != "no-ranges" => {
            status = "206 Partial Content";
            headers = format!("Content-Range: bytes {from}-{}/{total}\r\n", total - 1);
            body.drain(..from as usize);
        }
        _ => {}
    }
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    match fault.as_str() {
        // Breaks off after 60 kB, every time.
        "breaks" => stream.write_all(&body[..body.len().min(60_000)]),
        // Sends a little and then falls silent; the next connection goes on.
        "stalls" => {
            stream.write_all(&body[..body.len().min(90_000)])?;
            if body.len() > 90_000 {
                thread::sleep(Duration::from_secs(20));
            }
            Ok(())
        }
        "dead" => {
            thread::sleep(Duration::from_secs(20));
            Ok(())
        }
        _ => stream.write_all(&body),
    }
}

fn get(base: &str, target: &Path) -> Result<(), StoreError> {
    let origin = Origin::Address {
        base,
        idle: Duration::from_secs(1),
    };
    store::install(target, &files(), &origin, &mut |_| ())
}

fn is_whole(target: &Path) -> bool {
    files().iter().all(|file| {
        fs::read(target.join(file.name())).is_ok_and(|bytes| bytes == content(file.name()))
    }) && fs::read_dir(target).unwrap().count() == 3
        && fs::read_dir(target.parent().unwrap()).unwrap().count() == 1
}

#[test]
fn files_arrive_whole_from_bad_servers() {
    let (address, log) = serve();
    for fault in ["good", "no-ranges", "breaks", "stalls"] {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("v");
        get(&format!("{address}/{fault}"), &target).unwrap_or_else(|e| panic!("{fault}: {e}"));
        assert!(is_whole(&target), "{fault}");
    }
    let log = log.lock().unwrap();
    let starts = |fault: &str| -> Vec<u64> {
        let model = format!("/{fault}/de/v/v.onnx");
        let asked = log.iter().filter(|(path, _)| *path == model);
        asked.map(|(_, from)| *from).collect()
    };
    assert_eq!(starts("good"), [0]);
    assert_eq!(starts("breaks").len(), 4, "200 kB in pieces of 60");
    assert!(starts("stalls").iter().skip(1).all(|from| *from > 0));
}

#[test]
fn an_interrupted_download_goes_on_where_it_ended() {
    let (address, log) = serve();
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("v");
    let part = directory.path().join(".v.part");
    fs::create_dir(&part).unwrap();
    fs::write(part.join("v.onnx"), &content("v.onnx")[..150_000]).unwrap();
    get(&format!("{address}/good"), &target).unwrap();
    assert!(is_whole(&target));
    assert_eq!(log.lock().unwrap()[0].1, 150_000);
    // A beginning of another file is thrown away.
    fs::create_dir(&part).unwrap();
    fs::write(part.join("v.onnx"), vec![1; 150_000]).unwrap();
    get(&format!("{address}/good/"), &target).unwrap();
    assert!(is_whole(&target), "and the old voice is replaced");
}

#[test]
fn what_is_not_the_voice_is_refused_and_the_old_one_stays() {
    let (address, _) = serve();
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("v");
    get(&format!("{address}/good"), &target).unwrap();
    let rows = [
        ("wrong", "MD5 is wrong"),
        ("short", "has 100000 bytes, not 200000"),
        ("long", "bytes, not 200000"),
        ("missing", "could not be fetched"),
        ("busy", "could not be fetched"),
        ("dead", "could not be fetched"),
    ];
    let mut wrong = Vec::new();
    for (fault, words) in rows {
        let start = Instant::now();
        match get(&format!("{address}/{fault}"), &target) {
            Ok(()) => wrong.push(format!("{fault}: taken")),
            Err(error) if error.to_string().contains(words) => {}
            Err(error) => wrong.push(format!("{fault}: {error}")),
        }
        if start.elapsed() > Duration::from_secs(15) {
            wrong.push(format!("{fault}: took {:?}", start.elapsed()));
        }
        if !files()
            .iter()
            .all(|file| file.verify(&target.join(file.name())).is_ok())
        {
            wrong.push(format!("{fault}: the old voice is gone"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_taken_from_a_directory_or_from_beside_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let flat = directory.path().join("flat");
    let mirror = directory.path().join("mirror/de/v");
    for place in [&flat, &mirror] {
        fs::create_dir_all(place).unwrap();
        for file in files() {
            fs::write(place.join(file.name()), content(file.name())).unwrap();
        }
    }
    for place in [
        flat.clone(),
        flat.join("v.onnx"),
        directory.path().join("mirror"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("v");
        store::install(&target, &files(), &Origin::Place(&place), &mut |_| ()).unwrap();
        assert!(is_whole(&target), "{}", place.display());
    }
    fs::write(flat.join("MODEL_CARD"), "another").unwrap();
    let target = directory.path().join("target/v");
    let elsewhere = directory.path().join("voice.zip");
    fs::write(&elsewhere, "PK").unwrap();
    let failed = store::install(&target, &files(), &Origin::Place(&elsewhere), &mut |_| ());
    assert!(matches!(failed, Err(StoreError::NotThere { .. })));
    let failed = store::install(&target, &files(), &Origin::Place(&flat), &mut |_| ());
    assert!(matches!(failed, Err(StoreError::Size { .. })));
    assert!(!target.exists());
}

/// An archive with these files.
fn archive(path: &Path, files: &[(&str, Vec<u8>)]) {
    let zipped =
        flate2::write::GzEncoder::new(fs::File::create(path).unwrap(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(zipped);
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        // As it stands, for paths that leave the directory as well.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, &content[..]).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap();
}

#[test]
fn files_are_taken_out_of_an_archive_and_nothing_else_is() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("voice.tar.gz");
    let target = directory.path().join("home/v");
    let install = || store::install(&target, &files(), &Origin::Place(&path), &mut |_| ());
    let all = |model: Vec<u8>| {
        vec![
            ("../../evil.sh", b"rm".to_vec()),
            ("/v/MODEL_CARD", content("MODEL_CARD")),
            ("./voice/v.onnx", model),
            ("../v.onnx.json", content("v.onnx.json")),
        ]
    };
    archive(&path, &all(content("v.onnx")));
    install().unwrap();
    assert!(is_whole(&target));
    assert_eq!(fs::read_dir(&target).unwrap().count(), 3);
    assert!(!directory.path().join("evil.sh").exists());
    fs::remove_dir_all(&target).unwrap();
    // Of another release, without a file, cut off, and no archive.
    archive(&path, &all(vec![1; 300_000]));
    assert!(matches!(install(), Err(StoreError::Size { .. })));
    // What was right in it would wait for the next try.
    store::remove(&target).unwrap();
    archive(&path, &all(content("v.onnx"))[..3]);
    assert!(matches!(install(), Err(StoreError::NotThere { name, .. }) if name == "v.onnx.json"));
    archive(&path, &all(content("v.onnx")));
    let whole = fs::read(&path).unwrap();
    store::remove(&target).unwrap();
    for broken in [&whole[..whole.len() / 2], b"PK\x03\x04"] {
        fs::write(&path, broken).unwrap();
        assert!(matches!(install(), Err(StoreError::Read { .. })));
    }
    assert!(!target.exists());
}

#[test]
fn progress_grows_to_the_end() {
    let (address, _) = serve();
    let directory = tempfile::tempdir().unwrap();
    let base = format!("{address}/good");
    let origin = Origin::Address {
        base: &base,
        idle: Duration::from_secs(1),
    };
    let mut seen = Vec::new();
    store::install(&directory.path().join("v"), &files(), &origin, &mut |p| {
        seen.push((p.name.to_owned(), p.done, p.total));
    })
    .unwrap();
    let model: Vec<_> = seen.iter().filter(|(name, ..)| name == "v.onnx").collect();
    assert!(model.is_sorted_by_key(|(_, done, _)| *done));
    assert_eq!(
        model.last().map(|(_, done, total)| (*done, *total)),
        Some((200_000, 200_000))
    );
}
