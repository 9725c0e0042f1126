//! Sentences per second of the normaliser, on news sentences and on one long line.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use vorleser::normalise::{line, text::TextOptions};

/// Sentences as news write them: some plain, some with a number, date, sum or abbreviation.
const NEWS: [&str; 12] = [
    "Die Bundesregierung will die Förderung für Wärmepumpen im kommenden Jahr deutlich ausweiten.",
    "Am 3. Oktober 2024 kamen nach Angaben der Polizei rund 1.200 Menschen in die Innenstadt.",
    "Der Konzern rechnet mit einem Verlust von 3,5 Mio. Euro, wie ein Sprecher am Montag mitteilte.",
    "Die Opposition kritisierte den Vorschlag als unausgegoren und forderte eine neue Debatte.",
    "In der Nacht zum Dienstag brannte in der Schillerstr. 12a ein Lagerhaus vollständig aus.",
    "„Wir werden das nicht hinnehmen“, sagte die Ministerin in Berlin.",
    "Der 1. FC Köln gewann vor 50.000 Zuschauern mit 3:1 gegen den VfB Stuttgart.",
    "Nach dem Unfall auf der A7 bei Hamburg staute sich der Verkehr auf 15 km Länge.",
    "Experten halten das für wenig wahrscheinlich, weil die Nachfrage seit Monaten sinkt.",
    "Das Gericht verurteilte den 45-Jährigen zu einer Haftstrafe von zwei Jahren auf Bewährung.",
    "Um 20.15 Uhr zeigt das ZDF eine Dokumentation über Friedrich II. und seine Zeit.",
    "Der Deutsche Wetterdienst erwartet am Wochenende Höchstwerte zwischen 25 und 30 °C.",
];

fn news(c: &mut Criterion) {
    let options = TextOptions::default();
    let mut group = c.benchmark_group("normalise");
    group.throughput(Throughput::Elements(NEWS.len() as u64));
    group.bench_function("news sentences", |b| {
        b.iter(|| {
            for sentence in NEWS {
                black_box(line(black_box(sentence), &options));
            }
        });
    });
    let long = NEWS.join(" ").repeat(100);
    group.throughput(Throughput::Bytes(long.len() as u64));
    group.bench_function("one line of 100 kB", |b| {
        b.iter(|| black_box(line(black_box(&long), &options)));
    });
    group.finish();
}

criterion_group!(benches, news);
criterion_main!(benches);
