//! Reading from a server that has every fault, and from files.

mod server;

use std::fs;
use std::time::{Duration, Instant};

use vorleser::source::{
    Fetcher, Foreign, Input, Listing, Media, Page, ReadOptions, SourceError, read,
};

fn get(address: &str) -> Result<Page, SourceError> {
    let options = ReadOptions {
        timeout: Duration::from_secs(2),
        ..ReadOptions::default()
    };
    read(&Input::parse(address)?, &options)
}

fn read_bytes(name: &str, bytes: &[u8]) -> Result<Page, SourceError> {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("a file in it");
    read(&Input::File(path), &ReadOptions::default())
}

#[test]
fn a_page_arrives_with_its_address_after_redirects() {
    let server = server::serve();
    let page = get(&format!("{server}/moved")).unwrap();
    assert_eq!(page.url.unwrap().as_str(), format!("{server}/article"));
    assert_eq!(page.media, Media::Html);
    assert_eq!(page.text, server::ARTICLE);
}

#[test]
fn headers_that_are_missing_or_wrong_do_no_harm() {
    let server = server::serve();
    let untyped = get(&format!("{server}/untyped")).unwrap();
    assert_eq!(untyped.media, Media::Html);
    let plain = get(&format!("{server}/plain")).unwrap();
    assert_eq!(
        (plain.media, plain.text.as_str()),
        (Media::Text, "Grüße aus Köln.")
    );
    assert_eq!(
        get(&format!("{server}/latin9")).unwrap().text,
        "<p>Für 5 €</p>"
    );
    let wrong = get(&format!("{server}/wrong-charset")).unwrap();
    assert_eq!(wrong.text, "<p>Grüße für 5 €</p>");
}

#[test]
fn every_status_has_its_own_error() {
    let server = server::serve();
    let fails = |path: &str| get(&format!("{server}/{path}")).expect_err(path);
    assert!(matches!(
        fails("404"),
        SourceError::NotFound { status: 404, .. }
    ));
    assert!(matches!(
        fails("410"),
        SourceError::NotFound { status: 410, .. }
    ));
    assert!(matches!(
        fails("401"),
        SourceError::Forbidden { status: 401, .. }
    ));
    assert!(matches!(
        fails("403"),
        SourceError::Forbidden { status: 403, .. }
    ));
    assert!(matches!(
        fails("429"),
        SourceError::RateLimited {
            retry_after: Some(120),
            ..
        }
    ));
    assert!(matches!(
        fails("500"),
        SourceError::Server { status: 500, .. }
    ));
    assert!(matches!(
        fails("503"),
        SourceError::Server { status: 503, .. }
    ));
    assert!(matches!(
        fails("418"),
        SourceError::Status { status: 418, .. }
    ));
    assert!(matches!(fails("empty"), SourceError::Empty));
    assert!(matches!(
        fails("pdf"),
        SourceError::Foreign {
            found: Foreign::Pdf
        }
    ));
    assert!(matches!(fails("loop"), SourceError::Redirects { .. }));
}

#[test]
fn a_redirect_cannot_lead_out_of_the_web() {
    let server = server::serve();
    for path in ["to-ftp", "to-file"] {
        let error = get(&format!("{server}/{path}")).expect_err(path);
        assert!(
            matches!(
                error,
                SourceError::Transfer { .. } | SourceError::Status { .. }
            ),
            "{path}: {error:?}"
        );
    }
}

#[test]
fn slow_servers_come_to_an_end() {
    let server = server::serve();
    for path in ["slow-body", "slow-head", "silent"] {
        let start = Instant::now();
        let error = get(&format!("{server}/{path}")).expect_err(path);
        assert!(
            matches!(error, SourceError::Timeout { seconds: 2, .. }),
            "{path}: {error:?}"
        );
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{path}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn large_pages_and_bombs_are_cut_off() {
    let server = server::serve();
    for path in ["huge", "announced-huge", "bomb"] {
        let error = get(&format!("{server}/{path}")).expect_err(path);
        assert!(
            matches!(error, SourceError::TooLarge { .. }),
            "{path}: {error:?}"
        );
    }
}

#[test]
fn broken_answers_are_told_apart() {
    let server = server::serve();
    for path in ["cut", "garbage"] {
        let error = get(&format!("{server}/{path}")).expect_err(path);
        assert!(
            matches!(error, SourceError::Transfer { .. }),
            "{path}: {error:?}"
        );
    }
}

#[test]
fn a_host_where_nobody_listens_is_named() {
    let error = get(&server::nobody()).expect_err("nobody listens");
    assert!(
        matches!(&error, SourceError::Refused { host, .. } if host == "127.0.0.1"),
        "{error:?}"
    );
}

/// `.invalid` never exists (RFC 2606), with or without a network.
#[test]
fn an_unknown_host_is_named() {
    let error = get("http://vorleser.invalid/").expect_err("no such host");
    assert!(
        matches!(
            &error,
            // Without any network some resolvers give no answer in time.
            SourceError::Dns { host, .. } | SourceError::Timeout { host, .. } if host == "vorleser.invalid"
        ),
        "{error:?}"
    );
}

#[test]
fn a_server_without_tls_is_a_tls_failure() {
    let server = server::serve().replace("http://", "https://");
    let error = get(&format!("{server}/article")).expect_err("no TLS here");
    assert!(matches!(error, SourceError::Tls { .. }), "{error:?}");
}

#[test]
fn files_are_read_by_their_content() {
    let page = read_bytes("a.html", b"<p>F\xfcr 5 \x80</p>").unwrap();
    assert_eq!(
        (page.media, page.text.as_str()),
        (Media::Html, "<p>Für 5 €</p>")
    );
    let page = read_bytes("a.md", "# Überschrift".as_bytes()).unwrap();
    assert_eq!(page.media, Media::Text);
    let page = read_bytes("a", b"<!doctype html><p>Hallo").unwrap();
    assert_eq!(page.media, Media::Html);
    let page = read_bytes("cut.txt", b"Gr\xc3\xbc\xc3\x9fe f\xc3").unwrap();
    assert_eq!(page.text, "Grüße f");
}

#[test]
fn files_without_text_are_refused() {
    assert!(matches!(read_bytes("a.txt", b""), Err(SourceError::Empty)));
    assert!(matches!(
        read_bytes("a.txt", b" \n\t\r\n"),
        Err(SourceError::Empty)
    ));
    assert!(matches!(
        read_bytes("a.html", b"\x7fELF\x02\x01\x01\0\0\0"),
        Err(SourceError::Foreign { .. })
    ));
    assert!(matches!(
        read_bytes("a.mhtml", b"MIME-Version: 1.0\r\n\r\nHallo"),
        Err(SourceError::Archive)
    ));
    let dir = tempfile::tempdir().unwrap();
    let input = Input::File(dir.path().to_path_buf());
    assert!(matches!(
        read(&input, &ReadOptions::default()),
        Err(SourceError::Directory { .. })
    ));
    let input = Input::File(dir.path().join("missing.html"));
    assert!(matches!(
        read(&input, &ReadOptions::default()),
        Err(SourceError::File { .. })
    ));
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("big.html");
    // Sparse: fifty megabytes that need no room on the disk.
    fs::File::create(&path)
        .unwrap()
        .set_len(50_000_000)
        .unwrap();
    let start = Instant::now();
    let error = read(&Input::File(path), &ReadOptions::default()).expect_err("too large");
    assert!(matches!(error, SourceError::TooLarge { .. }), "{error:?}");
    assert!(start.elapsed() < Duration::from_millis(200));
}

#[cfg(unix)]
#[test]
fn an_endless_device_is_cut_off() {
    let input = Input::File("/dev/zero".into());
    let error = read(&input, &ReadOptions::default()).expect_err("endless");
    assert!(
        matches!(
            error,
            SourceError::TooLarge { .. } | SourceError::Foreign { .. }
        ),
        "{error:?}"
    );
}

#[test]
fn a_guest_waits_between_requests_and_keeps_to_robots_txt() {
    let server = server::serve();
    let options = ReadOptions::default();
    let pause = Duration::from_millis(200);
    let mut fetcher = Fetcher::new(pause);
    let mut get = |path: &str, robots: bool| {
        fetcher.obey_robots(robots);
        fetcher.read(&Input::parse(&format!("{server}{path}"))?, &options)
    };
    let start = Instant::now();
    get("/article", true).unwrap();
    // robots.txt and the page.
    assert!(start.elapsed() >= pause, "{:?}", start.elapsed());
    let refused = get("/geheim", true);
    assert!(
        matches!(refused, Err(SourceError::Disallowed { .. })),
        "{refused:?}"
    );
    // A redirect that leads there, by way of another host or not, is none that is followed.
    let other = server::serve();
    let other = other.trim_start_matches("http://");
    for place in ["geheim".to_owned(), format!("weiter/{other}/geheim")] {
        let refused = get(&format!("/weiter/{other}/{place}"), true);
        assert!(
            matches!(&refused, Err(SourceError::Disallowed { url }) if url.path() == "/geheim"),
            "{place}: {refused:?}"
        );
    }
    get(&format!("/weiter/{other}/article"), true).unwrap();
    let lost = get("/to-ftp", true);
    assert!(matches!(lost, Err(SourceError::Status { .. })), "{lost:?}");
    let start = Instant::now();
    // A person who sends the program to one page is no robot.
    get("/geheim", false).unwrap();
    get("/article", true).unwrap();
    assert!(start.elapsed() >= pause, "{:?}", start.elapsed());
}

#[test]
fn feeds_and_lists_of_feeds_name_their_articles() {
    let server = server::serve();
    let timeout = Duration::from_secs(2);
    let mut fetcher = Fetcher::default();
    let mut listing = |path: &str| {
        let place = Input::parse(&format!("{server}{path}"))?;
        fetcher.listing(&place, timeout)
    };
    let Ok(Listing::Articles(entries)) = listing("/feed.xml") else {
        panic!("no feed");
    };
    let addresses: Vec<_> = entries
        .iter()
        .map(|entry| entry.url.as_ref().map(ToString::to_string))
        .collect();
    let at = |path: &str| Some(format!("{server}{path}"));
    assert_eq!(
        addresses,
        [
            at("/nachricht/1"),
            None,
            at("/404"),
            at("/geheim"),
            at("/nachricht/2"),
            at("/article")
        ]
    );
    let Ok(Listing::Feeds(feeds)) = listing("/feeds.opml") else {
        panic!("no list of feeds");
    };
    assert_eq!(feeds.len(), 2);
    assert!(matches!(listing("/article"), Err(SourceError::Feed { .. })));
}
