//! Time per page of the extractor, on the sample pages; of its stages, on invented pages; and how it grows with the page:
//! the text of one sample many times over, and a table of many cells.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use vorleser::{ExtractOptions, Page, extract, extract::stages, source::Media};

const SAMPLES: [(&str, &str); 3] = [
    ("portal", include_str!("../samples/portal/source.html")),
    ("blog", include_str!("../samples/blog/source.html")),
    ("ticker", include_str!("../samples/ticker/source.html")),
];

fn page(text: String) -> Page {
    Page {
        url: None,
        media: Media::Html,
        text,
    }
}

fn samples(c: &mut Criterion) {
    let mut group = c.benchmark_group("extract sample");
    for (name, html) in SAMPLES {
        let page = page(html.to_owned());
        group.throughput(Throughput::Bytes(html.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| extract(black_box(&page), &ExtractOptions::default()));
        });
    }
    group.finish();
}

/// Pages of the stages: a small one, a megabyte with all that surrounds articles, one with boxes in boxes, and the small
/// one as it is copied from the browser.
fn invented() -> [(&'static str, Page); 4] {
    const HEAD: &str = "<html lang=de><head><title>Neuer Bahnhof im Ort – Talbote</title><meta property='og:title' content='Neuer Bahnhof im Ort'>\
        <meta property='og:description' content='Seit Montag halten wieder Züge in Niederau.'><script type='application/ld+json'>\
        {\"@type\":\"NewsArticle\",\"headline\":\"Neuer Bahnhof im Ort\",\"author\":{\"name\":\"A. Beispiel\"},\"datePublished\":\"2026-05-04T06:00:00+02:00\"}\
        </script></head><body><nav><a href=/>Start</a> <a href=/tal>Aus dem Tal</a></nav><main><article><h1>Neuer Bahnhof im Ort</h1>\
        <p class=lead>Seit Montag halten wieder Züge in Niederau.</p><div class=article-body>";
    const PARTS: &str = "<p>Der Ort hat einen neuen Bahnhof, und <a href=/zug>die Züge</a> halten dort seit Montag jede Stunde.</p>\
        <figure><img src=b.jpg><figcaption>Der Bahnhof im Schnee. Foto: A. Beispiel</figcaption></figure><h2>Was es gekostet hat</h2>\
        <p>„Es hat sich gelohnt“, sagte der Wirt am Platz, der früher als die anderen aufmacht und nun Gäste hat.</p>\
        <div class=ad-slot>Anzeige</div><aside class=teaser><h3>Mehr zum Thema</h3><ul><li><a href=/a>Das Bad öffnet im Mai</a></ul></aside>\
        <ul><li>Ein Gleis für die Züge ins Tal.<li>Ein Gleis für die Züge in die Stadt.</ul>";
    let html = |inner: &str| {
        page(format!(
            "{HEAD}{inner}</div></article></main><footer>Impressum</footer>"
        ))
    };
    let megabyte = PARTS.repeat((1 << 20) / PARTS.len());
    let box_in_box = format!(
        "{}{PARTS}{}",
        "<div><div class=box-inner><section>".repeat(40),
        "</section></div></div>".repeat(40)
    );
    [
        ("small", html(&PARTS.repeat(3))),
        ("1 MB", html(&megabyte)),
        ("nested", html(&box_in_box.repeat(20))),
        (
            "copied",
            Page {
                media: Media::Text,
                ..page(COPIED.repeat(20))
            },
        ),
    ]
}

/// An article copied from the browser.
const COPIED: &str = "Talbote\nZum Inhalt springen\nMenü\nNeuer Bahnhof im Ort\n\nSeit Montag halten wieder Züge in Niederau.\n\n\
    Von A. Beispiel\n4. Mai 2026, 6:00 Uhr\nTeilen\n\nDer Ort hat einen neuen Bahnhof, und die Züge halten dort seit Montag jede Stunde.\n\n\
    Der Bahnhof im Schnee. Foto: A. Beispiel\n\n„Es hat sich gelohnt“, sagte der Wirt am Platz, der nun Gäste hat.\n\nLesen Sie auch: Das Bad öffnet\n\n";

fn stages_one_by_one(c: &mut Criterion) {
    for (name, page) in invented() {
        let mut group = c.benchmark_group(format!("extract stages {name}"));
        group.sample_size(20);
        group.throughput(Throughput::Bytes(page.text.len() as u64));
        stages::each(&page, &ExtractOptions::default(), &mut |stage, run| {
            group.bench_function(stage, |b| b.iter(&mut *run));
        });
        group.finish();
    }
}

fn growth(c: &mut Criterion) {
    let mut group = c.benchmark_group("extract growth");
    group.sample_size(10);
    let paragraph = "<p>Der Ort hat einen neuen Bahnhof, und <a href=/zug>die Züge</a> halten dort seit Montag.</p>";
    let row = "<tr><td>1.</td><td>A. Beispiel</td><td>12,3</td><td><b>&nbsp;</b></td></tr>";
    for times in [100, 1000] {
        let pages = [
            ("paragraphs", paragraph.repeat(times)),
            (
                "table",
                format!("{paragraph}<table>{}</table>", row.repeat(times)),
            ),
        ];
        for (name, body) in pages {
            let page = page(format!(
                "<title>Neuer Bahnhof im Ort</title><h1>Neuer Bahnhof im Ort</h1>{body}"
            ));
            group.throughput(Throughput::Bytes(page.text.len() as u64));
            group.bench_function(BenchmarkId::new(name, times), |b| {
                b.iter(|| extract(black_box(&page), &ExtractOptions::default()));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, samples, stages_one_by_one, growth);
criterion_main!(benches);
