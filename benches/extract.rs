//! Time per page of the extractor, on the sample pages, and how it grows with the page: the text of one sample many
//! times over, and a table of many cells.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use vorleser::{ExtractOptions, Page, extract, source::Media};

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

criterion_group!(benches, samples, growth);
criterion_main!(benches);
