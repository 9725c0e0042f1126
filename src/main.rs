//! The program: parses flags, wires the stages, prints, and picks the exit code.

fn main() {}
