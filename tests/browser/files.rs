//! A web server for a folder, on the loopback interface, as plain as they come. It knows ranges: browsers seek with them.

use std::{
    fs,
    io::{self, BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
};

/// Serves a folder until the test program ends; gives the address, with a slash at its end.
pub fn serve(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let folder = folder.to_owned();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            // A browser that has heard enough breaks the connection off.
            thread::spawn(move || answer(&stream, &folder).ok());
        }
    });
    format!("http://{address}/")
}

fn answer(mut stream: &TcpStream, folder: &Path) -> io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let mut range = None;
    for line in lines {
        let line = line?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(from_to) = line.strip_prefix("range: bytes=") {
            range = from_to
                .split_once('-')
                .map(|(from, to)| (from.parse().ok(), to.parse().ok()));
        }
    }
    let path = request
        .split(' ')
        .nth(1)
        .unwrap_or_default()
        .trim_start_matches('/');
    let file: PathBuf = folder.join(if path.is_empty() { "index.html" } else { path });
    let Ok(bytes) = fs::read(&file) else {
        return stream.write_all(
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    };
    let kind = match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html",
        Some("mp3") => "audio/mpeg",
        Some("opus") => "audio/ogg",
        _ => "application/octet-stream",
    };
    let (status, place, part) = match range {
        Some((Some(from), to)) if from < bytes.len() => {
            let end = to.map_or(bytes.len(), |to: usize| (to + 1).min(bytes.len()));
            let place = format!(
                "Content-Range: bytes {from}-{}/{}\r\n",
                end - 1,
                bytes.len()
            );
            ("206 Partial Content", place, &bytes[from..end])
        }
        _ => ("200 OK", String::new(), &bytes[..]),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nAccept-Ranges: bytes\r\n{place}Content-Length: {}\r\nConnection: close\r\n\r\n",
        part.len()
    )?;
    stream.write_all(part)
}
