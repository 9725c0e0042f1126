//! A web server for the tests: it answers on the loopback interface only, with every fault that a server can have.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// A page that every stage understands.
pub const ARTICLE: &str = "<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"utf-8\">\
<title>Der Fluss steigt | Beispielblatt</title></head><body><article><h1>Der Fluss steigt</h1>\
<p>Nach drei Tagen Regen ist der Fluss bei Beispielstadt über die Ufer getreten, und die Feuerwehr hat die \
Uferstraße gesperrt. Die Stadt bittet alle, das Auto stehen zu lassen.</p>\
<p>Am Abend soll der Scheitel erreicht sein, sagte eine Sprecherin der Stadt. Danach rechnet der Wetterdienst \
mit sinkenden Pegeln und mit trockenem Wetter bis zum Wochenende.</p>\
<p>Verletzt wurde bisher niemand. In den Schulen fällt der Unterricht aus, die Kindergärten bleiben geöffnet, \
solange der Strom nicht ausfällt.</p></article></body></html>";

/// A feed with two articles, one that is too old, and three that cannot be read.
const FEED: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Beispielblatt</title>
<item><title>Eins</title><link>/nachricht/1</link><pubDate>Sun, 25 May 2025 08:00:00 GMT</pubDate></item>
<item><title>Ohne Adresse &#7;</title><pubDate>Sun, 25 May 2025 08:00:00 GMT</pubDate></item>
<item><title>Fort</title><link>/404</link><pubDate>Sun, 25 May 2025 08:00:00 GMT</pubDate></item>
<item><title>Nicht für Programme</title><link>/geheim</link></item>
<item><title>Zwei</title><link>/nachricht/2</link></item>
<item><title>Alt</title><link>/article</link><pubDate>Thu, 01 May 2025 08:00:00 GMT</pubDate></item>
</channel></rss>"#;

/// A list of two feeds, of which one is none.
const OPML: &str = r#"<opml version="2.0"><body><outline text="Blätter"><outline xmlUrl="/feed.xml"/>
<outline xmlUrl="/article"/></outline></body></opml>"#;

/// The article with another title.
fn titled(title: &str) -> String {
    let title = title.replace('<', "&lt;");
    ARTICLE
        .replace("<h1>Der Fluss steigt</h1>", &format!("<h1>{title}</h1>"))
        .replace("<title>Der Fluss steigt", &format!("<title>{title}"))
}

/// The article with a lead image.
fn pictured(address: &str) -> String {
    let image = format!("<meta property=og:image content=\"{address}\"><title>");
    ARTICLE.replacen("<title>", &image, 1)
}

/// That image.
#[allow(dead_code, reason = "each test program uses a part of this module")]
pub fn picture() -> Vec<u8> {
    let picture = vorleser::output::cover::Cover::draw("Das Bild der Seite", None);
    picture.expect("a picture").bytes
}

/// An article on three pages.
fn paged(number: u32) -> String {
    const PARTS: [&str; 3] = [
        "Der Weg beginnt am Hafen und führt zuerst an der Mauer entlang, bis der letzte Kran hinter den Dünen \
         verschwindet und nur noch der Wind zu hören ist.",
        "Hinter dem Wald öffnet sich das Moor, und wer im Herbst hier geht, sieht die Kraniche in langen Ketten nach \
         Süden ziehen, einen Tag um den anderen.",
        "Am Ende steht das Haus des Wärters, in dem es Tee gibt und eine Bank vor der Tür, auf der man lange sitzen \
         kann, wenn kein Regen kommt.",
    ];
    let text = PARTS[number as usize - 1];
    let next = if number < 3 {
        format!("<a rel=next href=/weg/seite-{0}>Seite {0}</a>", number + 1)
    } else {
        "<a rel=next href=/der-naechste-artikel>Weiter</a>".to_owned()
    };
    format!(
        "<html lang=de><head><title>Der lange Weg</title></head><body><article><h1>Der lange Weg</h1>\
         <p class=lead>Wer vom Hafen zum Leuchtturm will, braucht drei Stunden und gute Schuhe, sagen die Leute.</p>\
         <p>{text}</p><p>Teil {number} ist damit zu Ende erzählt, und wer müde ist, der ruht sich nun ein wenig aus.</p>\
         </article>{next}</body></html>"
    )
}

/// An article that never ends.
fn endless(number: u32) -> String {
    format!(
        "<html lang=de><head><title>Ohne Ende</title></head><body><article><h1>Ohne Ende</h1>\
         <p>Dies ist die Seite mit der Nummer {number}, und sie ist lang genug, um als Artikel gelten zu können, weil \
         sie mehrere Nebensätze hat.</p></article><a rel=next href=/endlos/seite-{}>Weiter</a></body></html>",
        number + 1
    )
}

/// Starts the server and gives its address, such as `http://127.0.0.1:4711`. It lives as long as the test program.
pub fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on the loopback interface");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    format!("http://{address}")
}

/// An address on which nobody listens: the port was free a moment ago.
#[allow(dead_code, reason = "each test program uses a part of this module")]
pub fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on the loopback interface");
    format!("http://{}", listener.local_addr().expect("an address"))
}

fn answer(mut stream: TcpStream) {
    let Some(path) = request_path(&stream) else {
        // For instance the beginning of a TLS handshake.
        drop(respond(&mut stream, "400 Bad Request", "", b""));
        return;
    };
    // A client that has seen enough closes the connection; that is not the server's fault.
    drop(route(&path, &mut stream));
}

/// Reads the request up to the empty line and gives its path.
fn request_path(stream: &TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let mut agent = false;
    for line in lines {
        let line = line.ok()?;
        agent |= line
            .to_ascii_lowercase()
            .starts_with("user-agent: vorleser/");
        if line.is_empty() {
            break;
        }
    }
    agent
        .then(|| first.split(' ').nth(1).map(str::to_owned))
        .flatten()
}

fn route(path: &str, stream: &mut TcpStream) -> std::io::Result<()> {
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    match path {
        "/article" => respond(stream, "200 OK", html, ARTICLE.as_bytes()),
        "/weg" => respond(stream, "200 OK", html, paged(1).as_bytes()),
        "/weg/seite-2" => respond(stream, "200 OK", html, paged(2).as_bytes()),
        "/weg/seite-3" => respond(stream, "200 OK", html, paged(3).as_bytes()),
        "/endlos" => respond(stream, "200 OK", html, endless(1).as_bytes()),
        path if path.starts_with("/endlos/seite-") => {
            let number = path["/endlos/seite-".len()..].parse().unwrap_or(1);
            respond(stream, "200 OK", html, endless(number).as_bytes())
        }
        "/robots.txt" => respond(
            stream,
            "200 OK",
            "Content-Type: text/plain\r\n",
            b"User-agent: *\nDisallow: /geheim\n",
        ),
        "/feed.xml" => respond(
            stream,
            "200 OK",
            "Content-Type: application/rss+xml\r\n",
            FEED.as_bytes(),
        ),
        "/feeds.opml" => respond(stream, "200 OK", "", OPML.as_bytes()),
        "/nachricht/1" => respond(
            stream,
            "200 OK",
            html,
            titled("🎧 ../Fluss/ „steigt“ \\ <b>").as_bytes(),
        ),
        "/nachricht/2" => respond(
            stream,
            "200 OK",
            html,
            titled(&"Länge ".repeat(50)).as_bytes(),
        ),
        "/geheim" => respond(stream, "200 OK", html, ARTICLE.as_bytes()),
        "/mit-bild" => respond(stream, "200 OK", html, pictured("/bild.png").as_bytes()),
        "/mit-bombe" => respond(stream, "200 OK", html, pictured("/bomb").as_bytes()),
        "/bild.png" => respond(stream, "200 OK", "Content-Type: image/png\r\n", &picture()),
        "/untyped" => respond(stream, "200 OK", "", ARTICLE.as_bytes()),
        "/plain" => respond(
            stream,
            "200 OK",
            "Content-Type: text/plain\r\n",
            "Grüße aus Köln.".as_bytes(),
        ),
        "/latin9" => respond(
            stream,
            "200 OK",
            "Content-Type: text/html; charset=ISO-8859-15\r\n",
            b"<p>F\xfcr 5 \xa4</p>",
        ),
        "/wrong-charset" => respond(
            stream,
            "200 OK",
            "Content-Type: text/html; charset=ISO-8859-1\r\n",
            "<p>Grüße für 5 €</p>".as_bytes(),
        ),
        "/pdf" => respond(
            stream,
            "200 OK",
            "Content-Type: application/pdf\r\n",
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        ),
        "/empty" => respond(stream, "200 OK", html, b""),
        "/404" => respond(stream, "404 Not Found", html, b"<h1>Nicht gefunden</h1>"),
        "/410" => respond(stream, "410 Gone", html, b"<h1>Fort</h1>"),
        "/401" => respond(stream, "401 Unauthorized", html, b"<h1>Nein</h1>"),
        "/403" => respond(stream, "403 Forbidden", html, b"<h1>Nein</h1>"),
        "/429" => respond(
            stream,
            "429 Too Many Requests",
            "Retry-After: 120\r\n",
            b"<h1>Langsam</h1>",
        ),
        "/500" => respond(stream, "500 Internal Server Error", html, b"<h1>Oh</h1>"),
        "/503" => respond(stream, "503 Service Unavailable", html, b"<h1>Oh</h1>"),
        "/418" => respond(stream, "418 I'm a teapot", html, b"<h1>Tee</h1>"),
        "/moved" => respond(stream, "301 Moved", "Location: /article\r\n", b""),
        // To another server, whose address follows.
        path if path.starts_with("/weiter/") => {
            let place = format!("Location: http://{}\r\n", &path["/weiter/".len()..]);
            respond(stream, "302 Found", &place, b"")
        }
        "/loop" => respond(stream, "302 Found", "Location: /loop\r\n", b""),
        "/to-ftp" => respond(stream, "302 Found", "Location: ftp://127.0.0.1/a\r\n", b""),
        "/to-file" => respond(stream, "302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/huge" => huge(stream, html),
        "/announced-huge" => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\n{html}Content-Length: 50000000\r\n\r\n"
            )?;
            huge_body(stream)
        }
        "/bomb" => respond(
            stream,
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            &gzip_bomb(),
        ),
        "/cut" => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\n{html}Content-Length: 5000\r\n\r\n<p>Mitten im"
            )
        }
        "/garbage" => stream.write_all(b"\x00\x01\x02 garbage\r\n\r\n"),
        "/slow-body" => {
            write!(stream, "HTTP/1.1 200 OK\r\n{html}\r\n")?;
            drip(stream)
        }
        "/slow-head" => {
            write!(stream, "HTTP/1.1 200 OK\r\nX-Slow: ")?;
            drip(stream)
        }
        "/silent" => {
            thread::sleep(Duration::from_mins(1));
            Ok(())
        }
        _ => respond(stream, "400 Bad Request", "", path.as_bytes()),
    }
}

fn respond(
    stream: &mut TcpStream,
    status: &str,
    headers: &str,
    body: &[u8],
) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}

/// A letter every 200 milliseconds, for a minute: far longer than any test waits.
fn drip(stream: &mut TcpStream) -> std::io::Result<()> {
    for _ in 0..300 {
        stream.write_all(b"a")?;
        stream.flush()?;
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn huge(stream: &mut TcpStream, headers: &str) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\n{headers}\r\n")?;
    huge_body(stream)
}

fn huge_body(stream: &mut TcpStream) -> std::io::Result<()> {
    let megabyte = "<p>Noch ein Satz.</p>".repeat(50_000);
    for _ in 0..50 {
        stream.write_all(megabyte.as_bytes())?;
    }
    Ok(())
}

/// About 64 MiB of the letter `a` in 64 kB: one block of DEFLATE with fixed Huffman codes (RFC 1951, 3.2.6) that
/// says "a" once and then "258 bytes again, from one byte before" over and over.
fn gzip_bomb() -> Vec<u8> {
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut bits = Bits::default();
    bits.push(0b011, 3);
    // The literal 'a' (0x61) has the code 0x30 + 0x61, eight bits, most significant first.
    bits.push_code(0x30 + 0x61, 8);
    for _ in 0..262_144 {
        // Length 258 is symbol 285, code 0b1100_0101; distance 1 is symbol 0, five bits.
        bits.push_code(0b1100_0101, 8);
        bits.push_code(0, 5);
    }
    bits.push_code(0, 7);
    bomb.extend(bits.finish());
    // Checksum and length are wrong; a reader that gets this far has read too much already.
    bomb.extend([0; 8]);
    bomb
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    pending: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, width: u32) {
        self.pending |= value << self.count;
        self.count += width;
        while self.count >= 8 {
            self.bytes.push((self.pending & 0xff) as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }

    fn push_code(&mut self, code: u32, width: u32) {
        self.push(code.reverse_bits() >> (32 - width), width);
    }

    fn finish(mut self) -> Vec<u8> {
        self.push(0, 7);
        self.bytes
    }
}
