//! Many chapters in an MP3.

use super::{render_with, run, tags};
use vorleser::output::{
    format::Format,
    render::{Rendered, Settings},
    tags::Chapter,
};

/// One table of contents of ID3 has at most 255 entries, and no chapter may be lost for that.
#[test]
fn more_chapters_than_a_table_holds_are_all_there() {
    let directory = tempfile::tempdir().unwrap();
    for count in [255, 256, 700] {
        let path = directory.path().join("a.mp3");
        let chaptered = |rendered: &Rendered| {
            let mut tags = tags(rendered);
            let start = |n: usize| rendered.seconds() * n as f64 / count as f64;
            let chapter = |n| Chapter {
                start: start(n),
                title: format!("Kapitel {n}"),
            };
            tags.chapters = (0..count).map(chapter).collect();
            tags
        };
        let settings = Settings {
            format: Format::Mp3,
            ..Settings::default()
        };
        render_with(&path, settings, chaptered);
        let tag = id3::Tag::read_from_path(&path).unwrap();
        let chapters: Vec<_> = tag.chapters().collect();
        assert_eq!(chapters.len(), count);
        // From the table at the top every chapter is reached once, in its order.
        let tables: Vec<_> = tag.tables_of_contents().collect();
        assert!(tables.iter().all(|table| table.elements.len() <= 255));
        let tops: Vec<_> = tables.iter().filter(|table| table.top_level).collect();
        assert_eq!(tops.len(), 1, "{count}");
        let mut reached = Vec::new();
        for id in &tops[0].elements {
            match tables.iter().find(|table| table.element_id == *id) {
                Some(table) => reached.extend(table.elements.clone()),
                None => reached.push(id.clone()),
            }
        }
        let ids: Vec<_> = chapters.iter().map(|c| c.element_id.clone()).collect();
        assert_eq!(reached, ids, "{count}");
        if let Some(json) = run(
            "ffprobe",
            &["-v", "error", "-of", "json", "-show_chapters"],
            &path,
        ) {
            let seen: serde_json::Value = serde_json::from_slice(&json).unwrap();
            let seen = seen["chapters"].as_array().unwrap();
            assert_eq!(seen.len(), count);
            let last = format!("Kapitel {}", count - 1);
            assert_eq!(seen[count - 1]["tags"]["title"], last.as_str());
        }
    }
}
