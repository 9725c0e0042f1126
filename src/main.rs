//! The program: parses flags, wires the stages, prints, and picks the exit code.

use std::io::{BufRead, Write};
use vorleser::normalise::{line, text::TextOptions};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for written in std::io::stdin().lock().lines() {
        writeln!(out, "{}", line(&written?, &TextOptions::default()))?;
    }
    out.flush()
}
