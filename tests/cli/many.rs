//! Many articles: folders of files, feeds, lists, one file of all.

use super::*;
use serde_json::Value;
use std::path::Path;

/// Renders without waiting between requests, and gives exit code, report and standard error.
fn render(home: &TempDir, arguments: &[&str]) -> (i32, Value, String) {
    let (code, out, err) = outcome(
        vorleser(home)
            .args([
                "render",
                "-v",
                "tone",
                "--json",
                "--pause",
                "0",
                "--format-out",
                "flac",
            ])
            .args(arguments),
    );
    (code, serde_json::from_str(&out).unwrap_or_default(), err)
}

/// How often each status is in the report.
fn counts(report: &Value) -> [u64; 3] {
    ["written", "present", "failed"].map(|key| report[key].as_u64().unwrap_or(99))
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_feed_with_broken_items_gives_the_others_and_a_second_run_only_what_is_new() {
    let home = home();
    let web = server::serve();
    let feed = format!("{web}/feed.xml");
    let folder = text(&home.path().join("folder"));
    let arguments = ["--feed", &feed, "--since", "2025-05-20", "-o", &folder];
    let (code, report, err) = render(&home, &arguments);
    assert_eq!((code, counts(&report)), (1, [2, 0, 3]), "{report:#}\n{err}");
    let written = names(Path::new(&folder));
    assert_eq!(written.len(), 2, "{written:?}");
    assert!(
        written[0].starts_with("2025-05-25-fluss-steigt-b-"),
        "{written:?}"
    );
    assert!(
        written[1].starts_with("laenge-laenge-") && written[1].len() < 110,
        "{written:?}"
    );
    let errors: Vec<_> = report["articles"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["error"].as_str())
        .collect();
    for (error, wanted) in errors.iter().zip(["no web address", "404", "robots.txt"]) {
        assert!(error.contains(wanted), "{errors:?}");
    }
    // Every failure is named when it happens and again at the end, and no character of a title steers the terminal.
    assert!(
        err.matches("robots.txt").count() == 2 && err.contains("3 failed"),
        "{err}"
    );
    assert!(!err.contains('\u{7}'), "{err}");

    let before: Vec<_> = written
        .iter()
        .map(|name| fs::read(Path::new(&folder).join(name)).unwrap())
        .collect();
    let (code, report, _) = render(&home, &arguments);
    assert_eq!((code, counts(&report)), (1, [0, 2, 3]), "{report:#}");
    let (code, report, err) = render(&home, &[&arguments[..], &["--force"]].concat());
    assert_eq!((code, counts(&report)), (1, [2, 0, 3]), "{report:#}\n{err}");
    assert_eq!(names(Path::new(&folder)), written);
    let after: Vec<_> = written
        .iter()
        .map(|name| fs::read(Path::new(&folder).join(name)).unwrap())
        .collect();
    assert!(before == after, "the same articles gave other bytes");
}

#[test]
fn a_list_of_feeds_is_followed_and_what_is_no_feed_is_named() {
    let home = home();
    let web = server::serve();
    let folder = text(&home.path().join("folder"));
    let (code, report, err) = render(
        &home,
        &["--feed", &format!("{web}/feeds.opml"), "-o", &folder],
    );
    assert_eq!((code, counts(&report)), (1, [3, 0, 4]), "{report:#}\n{err}");
    assert!(err.contains("this is no feed"), "{err}");
}

#[test]
fn files_and_a_list_go_into_a_folder_with_all_that_lies_beside() {
    let home = home();
    let web = server::serve();
    let a = text(&file(&home, "a.html", server::ARTICLE));
    let b = text(&file(
        &home,
        "b.html",
        server::ARTICLE.replace("Der Fluss steigt", "Der Fluss fällt"),
    ));
    let empty = text(&file(&home, "empty.html", ""));
    let list = text(&file(
        &home,
        "list.txt",
        format!("# heute\n\n{web}/nachricht/1 # gut\nkein Artikel\n{web}/nachricht/1\n"),
    ));
    let folder = home.path().join("folder");
    let arguments = [
        &a,
        &b,
        &empty,
        "--list",
        &list,
        "--subtitles",
        "--timing",
        &text(&folder),
        "--chapters",
        &text(&folder),
        "-o",
        &text(&folder),
    ];
    let (code, report, err) = render(&home, &arguments);
    assert_eq!((code, counts(&report)), (1, [3, 0, 2]), "{report:#}\n{err}");
    let names = names(&folder);
    for ending in [".flac", ".vtt", ".srt", ".timing.json", ".chapters.json"] {
        assert_eq!(
            names.iter().filter(|name| name.ends_with(ending)).count(),
            3,
            "{names:?}"
        );
    }
    assert!(
        names
            .iter()
            .any(|name| name.starts_with("der-fluss-faellt-")),
        "{names:?}"
    );
}

#[test]
fn two_runs_at_once_share_a_folder() {
    let home = home();
    let pages: Vec<_> = (0..6)
        .map(|n| {
            text(&file(
                &home,
                &format!("{n}.html"),
                server::ARTICLE.replace("steigt", &format!("steigt zum {n}. Mal")),
            ))
        })
        .collect();
    let folder = text(&home.path().join("folder"));
    let mut arguments: Vec<&str> = pages.iter().map(String::as_str).collect();
    arguments.extend(["-o", &folder]);
    let reports: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| render(&home, &arguments)))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let mut written = 0;
    for (code, report, err) in &reports {
        let [new, present, failed] = counts(report);
        assert!(
            *code == 0 && new + present == 6 && failed == 0,
            "{report:#}\n{err}"
        );
        written += new;
    }
    assert_eq!((written, names(Path::new(&folder)).len()), (6, 6));
}

#[test]
fn joined_articles_are_chapters_of_one_file() {
    let home = home();
    let web = server::serve();
    let chapters = text(&home.path().join("chapters.json"));
    let target = text(&home.path().join("all.flac"));
    let page = |path: &str| format!("{web}/{path}");
    let (code, report, err) = render(
        &home,
        &[
            &page("article"),
            &page("404"),
            &page("weg"),
            "--join",
            "-o",
            &target,
            "--chapters",
            &chapters,
        ],
    );
    assert_eq!((code, counts(&report)), (1, [2, 0, 1]), "{report:#}\n{err}");
    let chapters: Value = serde_json::from_str(&fs::read_to_string(chapters).unwrap()).unwrap();
    let titles: Vec<_> = chapters["chapters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|chapter| chapter["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["Der Fluss steigt", "Der lange Weg"]);
    assert!(fs::read(target).unwrap().starts_with(b"fLaC"));
}

#[test]
fn a_folder_that_cannot_be_written_ends_the_run_at_once() {
    let home = home();
    let page = text(&file(&home, "a.html", server::ARTICLE));
    let blocked = text(&file(&home, "file", "no folder"));
    for folder in ["/proc/vorleser", &blocked] {
        let (code, report, err) =
            render(&home, &[&page, &page, "--list", "/dev/null", "-o", folder]);
        assert!(
            code == 1 && report.is_null() && err.contains("cannot write to"),
            "{code} {err}"
        );
    }
}

#[test]
fn arguments_for_many_that_make_no_sense_are_refused() {
    let home = home();
    let page = text(&file(&home, "a.html", server::ARTICLE));
    check(&[
        (&["render", "-o", "x"], 2, &["INPUT"]),
        (
            &["render", &page, "--list", "/dev/null", "-o", "-"],
            2,
            &["--join"],
        ),
        (&["render", &page, "-o", "-", "--json"], 2, &["--json"]),
        (
            &["render", &page, "-o", "x", "--since", "2025-05-25"],
            2,
            &["--feed"],
        ),
        (
            &["render", "--feed", &page, "-o", "x", "--since", "gestern"],
            2,
            &["--since"],
        ),
        (
            &["render", "--list", "/no/such/list", "-o", "x"],
            1,
            &["/no/such/list cannot be read"],
        ),
    ]);
}
