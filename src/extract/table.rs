//! Tables: data tables are read row by row as `Spalte: Wert, Spalte: Wert`; tables that only lay out the page are read
//! as prose, cell by cell.

use super::{
    blocks::RawBlock,
    dom::{Dom, Id, heading_level},
    left_out,
    text::shorten,
    vocabulary::Roles,
};
use crate::article::{BlockKind, Dropped, Text};
use std::collections::HashMap;

/// More rows or columns than this cannot be followed by ear: one sentence says that the table is left out.
const MAX_ROWS: usize = 12;
const MAX_COLUMNS: usize = 6;
const SEVERAL: &str = "Mehrere Tabellen sind hier ausgelassen.";
/// A cell that holds more characters is running text, and its table a layout.
const MAX_CELL: usize = 160;
/// Cells beyond this are not looked at; a hostile `colspan` ends here too.
const MAX_SPAN: usize = 50;
const MAX_CELLS: usize = 5000;

/// A data table, without its markup.
struct Table {
    caption: Option<String>,
    /// Rows of equal length, the header not among them. The flag says that the first cell names the row.
    rows: Vec<(Id, bool, Vec<String>)>,
    /// Names of the columns, if there are any.
    header: Vec<String>,
}

/// All data tables of the page, in order.
pub fn find(dom: &Dom) -> Vec<Id> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < dom.len() {
        if dom.tag(at) == "table" && is_data(dom, at) {
            found.push(at);
            at = dom.nodes[at].end;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether the element is a `figure` around one of the tables, and so no picture.
pub fn is_framed(dom: &Dom, id: Id, tables: &[Id]) -> bool {
    dom.tag(id) == "figure" && {
        let next = tables.partition_point(|table| *table < id);
        tables
            .get(next)
            .is_some_and(|table| dom.contains(id, *table))
    }
}

/// Appends the rows of a data table, or the sentence that it is left out.
pub fn read(
    dom: &Dom,
    id: Id,
    roles: Roles,
    blocks: &mut Vec<RawBlock>,
    dropped: &mut Vec<Dropped>,
) {
    let Some(table) = parse(dom, id) else { return };
    let push = |blocks: &mut Vec<RawBlock>, owner, kind, text: String| {
        blocks.push(RawBlock {
            owner,
            text: Text::plain(text),
            linked: 0,
            bold: 0,
            roles,
            made: Some(kind),
            drop_cap: false,
            is_line: false,
        });
    };
    let columns = table.rows.iter().map(|(_, _, row)| row.len()).max();
    if table.rows.len() > MAX_ROWS || columns.is_some_and(|columns| columns > MAX_COLUMNS) {
        let count = table.rows.len();
        let note = match &table.caption {
            Some(caption) => format!(
                "Eine Tabelle mit {count} Zeilen ist hier ausgelassen: {}",
                caption.trim_end_matches(':')
            ),
            None => format!("Eine Tabelle mit {count} Zeilen ist hier ausgelassen."),
        };
        // One after the other: said once.
        match blocks.last_mut() {
            Some(last) if last.made == Some(BlockKind::Note) && table.caption.is_none() => {
                last.text = Text::plain(SEVERAL);
            }
            _ => push(blocks, id, BlockKind::Note, note),
        }
        let reason = "table too large to be followed by ear";
        dropped.extend(left_out::element(dom, id, reason));
        return;
    }
    if let Some(caption) = table.caption {
        push(blocks, id, BlockKind::Paragraph, caption);
    }
    for (owner, named, row) in table.rows {
        let text = speak(&table.header, named, &row);
        if !text.is_empty() {
            push(blocks, owner, BlockKind::TableRow, text);
        }
    }
}

/// `Land: Bayern, Einwohner: 13 Millionen`; `Bayern: 13 Millionen` where two columns have no names.
fn speak(header: &[String], named: bool, row: &[String]) -> String {
    let mut cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let names_row = named || row.len() == 2 && row[0].starts_with(char::is_alphabetic);
    if header.is_empty() && names_row {
        let Some((_, first)) = cells.next() else {
            return String::new();
        };
        let rest: Vec<&str> = cells.map(|(_, cell)| cell.as_str()).collect();
        if rest.is_empty() {
            return first.clone();
        }
        return format!("{}: {}", first.trim_end_matches(':'), rest.join(", "));
    }
    if let ([amount, what], true) = (row, header.is_empty())
        && is_amount(amount)
        && what.starts_with(char::is_alphabetic)
    {
        return format!("{amount} {what}");
    }
    let cells: Vec<String> = cells
        .map(
            |(n, cell)| match header.get(n).map(|name| name.trim_end_matches(':')) {
                Some(name) if !name.is_empty() && name != cell => format!("{name}: {cell}"),
                _ => cell.clone(),
            },
        )
        .collect();
    cells.join(", ")
}

/// How much of something, as in recipes: `500 g`, `1/2`, `2 EL`. A year alone is none.
fn is_amount(text: &str) -> bool {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    number.starts_with(|c: char| c.is_ascii_digit() || "½¼¾".contains(c))
        && number.ends_with(|c: char| c.is_ascii_digit() || "½¼¾".contains(c))
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || ",/-–½¼¾".contains(c))
        && (number.len() < 4 || !unit.is_empty())
        && unit.chars().count() <= 8
        && unit.chars().all(|c| c.is_alphabetic() || c == '.')
}

fn is_data(dom: &Dom, id: Id) -> bool {
    if matches!(dom.attr(id, "role"), Some("presentation" | "none"))
        || dom.attr(id, "datatable") == Some("0")
    {
        return false;
    }
    let end = dom.nodes[id].end;
    let (mut named, mut linked) = (false, 0);
    for inner in id + 1..end {
        match dom.tag(inner) {
            "table" | "form" | "iframe" | "textarea" | "article" | "pre" | "blockquote" => {
                return false;
            }
            tag if heading_level(tag).is_some() => return false,
            "th" | "thead" | "caption" => named = true,
            "a" => linked += dom.text(inner).len(),
            _ => {}
        }
    }
    let Some(table) = parse(dom, id) else {
        return false;
    };
    let columns = table.rows.iter().map(|(_, _, row)| row.len()).max();
    if table.rows.is_empty() || columns.is_none_or(|columns| columns < 2) {
        return false;
    }
    let cells = || table.rows.iter().flat_map(|(_, _, row)| row);
    let length: usize = cells().map(String::len).sum();
    let filled = cells().filter(|cell| !cell.is_empty()).count();
    // Names of rows may be links; a grid of links without any names is a menu.
    linked * 10 <= length * if named { 9 } else { 5 }
        && cells().all(|cell| cell.chars().count() <= MAX_CELL)
        // Layouts leave most cells empty.
        && filled * 2 > cells().count()
        && (named || !table.header.is_empty() || (table.rows.len() >= 2 && filled >= 4))
}

fn parse(dom: &Dom, id: Id) -> Option<Table> {
    let end = dom.nodes[id].end;
    let mut caption = None;
    let mut rows: Vec<(Id, Vec<Id>, Vec<String>)> = Vec::new();
    // Cells that reach down from rows above, by column: how many rows more, and what they hold.
    let mut reaching: HashMap<usize, (usize, String)> = HashMap::new();
    let mut cells = 0;
    let mut at = id + 1;
    while at < end {
        match dom.tag(at) {
            "caption" => {
                caption = Some(dom.text(at)).filter(|text| !text.is_empty());
                at = dom.nodes[at].end;
            }
            "tr" => {
                let children: Vec<Id> = dom
                    .children(at)
                    .filter(|cell| matches!(dom.tag(*cell), "td" | "th"))
                    .collect();
                cells += children.len();
                if cells > MAX_CELLS {
                    return None;
                }
                let row = row(dom, &children, &mut reaching);
                if row.iter().any(|cell| !cell.is_empty()) {
                    rows.push((at, children, row));
                }
                at = dom.nodes[at].end;
            }
            _ => at += 1,
        }
    }
    let header = header(dom, &rows);
    let rows = rows
        .into_iter()
        .skip(usize::from(!header.is_empty()))
        .map(|(id, cells, row)| {
            let named = cells.first().is_some_and(|cell| dom.tag(*cell) == "th");
            (id, named, row)
        })
        .collect();
    Some(Table {
        caption,
        rows,
        header,
    })
}

fn row(dom: &Dom, cells: &[Id], reaching: &mut HashMap<usize, (usize, String)>) -> Vec<String> {
    let span = |cell: Id, name: &str| {
        let given = dom
            .attr(cell, name)
            .and_then(|v| v.trim().parse::<usize>().ok());
        given.unwrap_or(1).clamp(1, MAX_SPAN)
    };
    let mut row: Vec<String> = Vec::new();
    let from_above = |row: &mut Vec<String>, reaching: &mut HashMap<usize, (usize, String)>| {
        while let Some((left, text)) = reaching.remove(&row.len()) {
            if left > 1 {
                reaching.insert(row.len(), (left - 1, text.clone()));
            }
            row.push(text);
        }
    };
    for cell in cells {
        from_above(&mut row, reaching);
        // Longer ones make no data table; nothing long is repeated here.
        let text = shorten(&dom.text(*cell), MAX_CELL + 1);
        let down = span(*cell, "rowspan");
        for n in 0..span(*cell, "colspan") {
            // The value is said once, in the first of its columns.
            let text = if n == 0 { text.clone() } else { String::new() };
            if down > 1 {
                reaching.insert(row.len(), (down - 1, text.clone()));
            }
            row.push(text);
        }
    }
    from_above(&mut row, reaching);
    row
}

/// The names of the columns: a first row in `thead` or of `th` only, or one without digits above columns of numbers.
fn header(dom: &Dom, rows: &[(Id, Vec<Id>, Vec<String>)]) -> Vec<String> {
    let [(first, cells, names), rest @ ..] = rows else {
        return Vec::new();
    };
    if rest.is_empty() || names.len() < 2 {
        return Vec::new();
    }
    let marked = dom.tag(dom.nodes[*first].parent) == "thead"
        || cells.iter().all(|cell| dom.tag(*cell) == "th");
    let has_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let wordy = names.len() > 2
        && names
            .iter()
            .skip(1)
            .all(|name| !name.is_empty() && !has_digit(name))
        && !rest
            .iter()
            .any(|(_, cells, _)| cells.iter().any(|cell| dom.tag(*cell) == "th"))
        && rest.iter().all(|(_, _, row)| {
            row.iter().skip(1).filter(|cell| has_digit(cell)).count() * 2 >= row.len() - 1
        });
    if marked || wordy {
        names.clone()
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speaks_rows() {
        let row = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
        let rows = [
            (
                row(&["Land", "Seen"]),
                false,
                row(&["Uri", "3"]),
                "Land: Uri, Seen: 3",
            ),
            (row(&["", "Seen"]), true, row(&["Uri", "3"]), "Uri, Seen: 3"),
            (row(&[]), false, row(&["Höhe:", "312 m"]), "Höhe: 312 m"),
            (
                row(&[]),
                false,
                row(&["26 | 01", "Praxis"]),
                "26 | 01, Praxis",
            ),
            (row(&[]), false, row(&["a", "b", "c"]), "a, b, c"),
            (row(&[]), false, row(&["500 g", "Mehl"]), "500 g Mehl"),
            (row(&[]), false, row(&["1/2", "Apfel"]), "1/2 Apfel"),
            (
                row(&[]),
                false,
                row(&["1931", "Eröffnung"]),
                "1931, Eröffnung",
            ),
            (
                row(&["Land", "Seen"]),
                false,
                row(&["Uri", ""]),
                "Land: Uri",
            ),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .map(|(header, named, row, want)| (speak(header, *named, row), want))
            .filter(|(got, want)| got != *want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
