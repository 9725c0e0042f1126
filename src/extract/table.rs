//! Data tables, row by row: `Spalte: Wert, Spalte: Wert`. Tables that only arrange a page are no data.

use super::dom::{Dom, Id};

/// Longer tables are announced instead of read.
const MAX_ROWS: usize = 20;
/// A table with a cell longer than this arranges a page.
const MAX_CELL: usize = 200;

/// What is said of a table.
pub enum Spoken {
    /// Its rows, each with the element it is from.
    Rows(Vec<(Id, String)>),
    /// That it was left out; the number of its rows.
    TooLong(usize),
}

/// Reads a table, if it is one of data.
pub fn read(dom: &Dom, table: Id) -> Option<Spoken> {
    let end = dom.nodes[table].end;
    // Before any text is read: tables within tables would be read once for each around them.
    let arranges = |id| {
        matches!(
            dom.tag(id),
            "table" | "form" | "h1" | "h2" | "iframe" | "ul"
        )
    };
    if (table + 1..end).any(arranges) {
        return None;
    }
    let mut rows: Vec<(Id, Vec<(bool, String)>)> = Vec::new();
    let mut at = table + 1;
    while at < end {
        match dom.tag(at) {
            "tr" => rows.push((at, Vec::new())),
            tag @ ("td" | "th") => {
                let text = dom.text(at);
                if text.chars().count() > MAX_CELL {
                    return None;
                }
                if let Some((_, cells)) = rows.last_mut() {
                    cells.push((tag == "th", text));
                }
            }
            _ => {}
        }
        at += 1;
    }
    let width = rows.iter().map(|(_, cells)| cells.len()).max()?;
    let filled = rows
        .iter()
        .filter(|(_, cells)| cells.iter().filter(|(_, text)| !text.is_empty()).count() > 1)
        .count();
    // One row or one column is a frame, not a table.
    if width < 2 || rows.len() < 2 || filled * 2 < rows.len() {
        return None;
    }
    let has_head = rows[0].1.len() == width && rows[0].1.iter().all(|(is_head, _)| *is_head);
    let head: Vec<String> = if has_head {
        rows.remove(0).1.into_iter().map(|(_, text)| text).collect()
    } else {
        Vec::new()
    };
    if rows.len() > MAX_ROWS {
        return Some(Spoken::TooLong(rows.len()));
    }
    let spoken = rows
        .into_iter()
        .map(|(row, cells)| {
            let parts = cells
                .iter()
                .enumerate()
                .filter(|(_, (_, text))| !text.is_empty());
            let parts: Vec<String> = parts
                .map(|(column, (is_head, text))| {
                    match head.get(column).filter(|name| !name.is_empty()) {
                        Some(name) => format!("{name}: {text}"),
                        // `<th>` at the beginning of a row names the row.
                        None if *is_head && column == 0 && cells.len() == 2 => format!("{text}:"),
                        None => text.clone(),
                    }
                })
                .collect();
            (row, parts.join(", ").replace(":, ", ": "))
        })
        .filter(|(_, text)| !text.is_empty())
        .collect();
    Some(Spoken::Rows(spoken))
}
