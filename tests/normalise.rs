//! Lines of news and of the kind that test suites hold, written and spoken. One row adds a line.

use vorleser::normalise::{line, text::TextOptions};

/// Compares every row of a table and reports all that are wrong.
fn check(table: &str) {
    let options = TextOptions::default();
    let rows: Vec<(&str, &str)> = table
        .lines()
        .filter(|row| !row.starts_with("# "))
        .map(|row| row.split_once('\t').expect("two cells"))
        .collect();
    assert!(rows.len() > 100, "only {} rows", rows.len());
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(written, spoken)| {
            let got = line(written, &options);
            (got != *spoken).then(|| format!("{written:?}\n  want {spoken:?}\n  got  {got:?}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

#[test]
fn news_lines_are_read_as_a_news_reader_would() {
    check(include_str!("data/news_lines.tsv"));
}

#[test]
fn short_lines_are_read_right() {
    check(include_str!("data/short_lines.tsv"));
}
