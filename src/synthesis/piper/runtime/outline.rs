//! A look at the outline of a model before a runtime sees it, for the runtimes believe in what a file says of itself: they take
//! as much memory as a length in it asks for, and follow messages within messages until the stack is full.
//!
//! The file is read as Protocol Buffers (<https://protobuf.dev/programming-guides/encoding>) with the fields of `onnx.proto`;
//! weights are skipped. What is told here is that the file holds what it declares, not that the network comes to an end with
//! little memory: that is only seen when it is tried, see [`super::super::trial`].

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read as _, Seek},
    path::Path,
};

/// Most fields; Piper's voices have 50,000. Each costs the runtime up to 200 bytes.
const MAX_FIELDS: u64 = 1_000_000;

/// Most nodes; Piper's voices have 3,000.
const MAX_NODES: u64 = 50_000;

/// Most graphs within each other. Exporters of networks like Piper's put small ones into `If`.
const MAX_DEPTH: u32 = 4;

/// Most axes of a tensor, and most numbers along all of them.
const MAX_AXES: usize = 16;
const MAX_NUMBERS: u64 = 1 << 40;

/// Longest name of an operator that is looked at, in bytes.
const MAX_NAME: u64 = 100;

/// Operators that may never come to an end. No Piper voice has them.
const ENDLESS: [&str; 3] = ["Loop", "Scan", "SequenceMap"];

/// Why no runtime gets to see the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutlineError {
    /// It cannot be read.
    #[error("it cannot be read")]
    Read(#[source] io::Error),
    /// Another kind of file.
    #[error("it is no ONNX file")]
    Foreign,
    /// A part of it ends behind the end.
    #[error("it is cut off, or a length in it is wrong")]
    CutOff,
    /// More than any voice has.
    #[error("it has more {0} than any voice")]
    TooMany(&'static str),
    /// Graphs within graphs.
    #[error("its graphs lie within each other without end")]
    Deep,
    /// Weights that are not there, or that are more or less than their shape says.
    #[error("a tensor in it has not as many numbers as it says")]
    Tensor,
    /// What no Piper voice has, and the runtimes cannot all do.
    #[error("it has {0}, which no voice needs")]
    Unusual(String),
}

/// Looks at a file.
///
/// # Errors
/// If no runtime should see it.
pub fn check(path: &Path) -> Result<(), OutlineError> {
    let file = File::open(path).map_err(OutlineError::Read)?;
    let length = file.metadata().map_err(OutlineError::Read)?.len();
    check_in(BufReader::new(file), length)
}

/// Looks at what is read, `length` bytes.
///
/// # Errors
/// As [`check`].
pub fn check_in(reader: impl BufRead + Seek, length: u64) -> Result<(), OutlineError> {
    let mut outline = Outline {
        reader,
        at: 0,
        fields: 0,
        nodes: 0,
        graphs: 0,
    };
    outline.message(Message::Model, length, 0)?;
    if outline.graphs == 0 {
        return Err(OutlineError::Foreign);
    }
    Ok(())
}

struct Outline<R> {
    reader: R,
    /// Bytes that were read or skipped.
    at: u64,
    fields: u64,
    nodes: u64,
    graphs: u64,
}

/// The messages that are looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Message {
    Model,
    Graph,
    Node,
    Attribute,
    /// What is known of a value's type, in all its layers; it may not hold itself.
    Value,
    Type,
}

#[derive(Debug, Clone, Copy)]
enum Value {
    /// A whole number.
    Number(u64),
    /// 4 or 8 bytes, which were skipped.
    Fixed(u64),
    /// So many bytes, which come next.
    Bytes(u64),
}

impl<R: BufRead + Seek> Outline<R> {
    fn message(&mut self, kind: Message, end: u64, depth: u32) -> Result<(), OutlineError> {
        while let Some((number, value)) = self.field(end)? {
            let Value::Bytes(length) = value else {
                continue;
            };
            let stop = self.at + length;
            match (kind, number) {
                (Message::Model, 7) | (Message::Attribute, 6 | 11) => {
                    if depth >= MAX_DEPTH {
                        return Err(OutlineError::Deep);
                    }
                    self.graphs += 1;
                    self.message(Message::Graph, stop, depth + 1)?;
                }
                (Message::Graph, 1) => {
                    self.nodes += 1;
                    if self.nodes > MAX_NODES {
                        return Err(OutlineError::TooMany("nodes"));
                    }
                    self.message(Message::Node, stop, depth)?;
                }
                (Message::Graph, 5) | (Message::Attribute, 5 | 10) => self.tensor(stop)?,
                (Message::Graph, 11..=13) => self.message(Message::Value, stop, depth)?,
                (Message::Node, 4) => self.operator(length)?,
                (Message::Node, 5) => self.message(Message::Attribute, stop, depth)?,
                (Message::Value, 2) => self.message(Message::Type, stop, depth)?,
                (Message::Model, 20 | 25) => return Err(unusual("functions or training")),
                (Message::Graph, 15) | (Message::Attribute, 22 | 23) => {
                    return Err(unusual("sparse tensors"));
                }
                // Sequences, maps and options have a type within the type.
                (Message::Type, 4 | 5 | 9) => return Err(unusual("sequences")),
                // The last field that `onnx.proto` has; other files have any.
                (Message::Model, number) if number > 26 => return Err(OutlineError::Foreign),
                _ => self.skip(length)?,
            }
        }
        Ok(())
    }

    /// The next field of a message that ends at `end`. Before its bytes are skipped or read nothing else may be.
    fn field(&mut self, end: u64) -> Result<Option<(u64, Value)>, OutlineError> {
        if self.at == end {
            return Ok(None);
        }
        self.fields += 1;
        if self.fields > MAX_FIELDS {
            return Err(OutlineError::TooMany("parts"));
        }
        let key = self.number(end)?;
        let value = match key & 7 {
            0 => Value::Number(self.number(end)?),
            1 => Value::Fixed(8),
            2 => Value::Bytes(self.number(end)?),
            5 => Value::Fixed(4),
            _ => return Err(OutlineError::Foreign),
        };
        if let Value::Fixed(length) | Value::Bytes(length) = value
            && length > end - self.at
        {
            return Err(OutlineError::CutOff);
        }
        if let Value::Fixed(length) = value {
            self.skip(length)?;
        }
        match key >> 3 {
            0 => Err(OutlineError::Foreign),
            number => Ok(Some((number, value))),
        }
    }

    /// A number of up to 64 bits, seven to a byte, the lowest first.
    fn number(&mut self, end: u64) -> Result<u64, OutlineError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            if self.at == end {
                return Err(OutlineError::CutOff);
            }
            let mut byte = [0];
            self.reader.read_exact(&mut byte).map_err(cut_off)?;
            self.at += 1;
            number |= u64::from(byte[0] & 0x7f) << shift;
            if byte[0] < 0x80 {
                return Ok(number);
            }
        }
        Err(OutlineError::Foreign)
    }

    fn skip(&mut self, length: u64) -> Result<(), OutlineError> {
        let far = i64::try_from(length).map_err(|_| OutlineError::CutOff)?;
        self.reader.seek_relative(far).map_err(cut_off)?;
        self.at += length;
        Ok(())
    }

    fn operator(&mut self, length: u64) -> Result<(), OutlineError> {
        if length > MAX_NAME {
            return Err(OutlineError::Foreign);
        }
        let mut name = String::new();
        let read = self.reader.by_ref().take(length).read_to_string(&mut name);
        if read.map_err(|_| OutlineError::Foreign)? as u64 != length {
            return Err(OutlineError::CutOff);
        }
        self.at += length;
        if ENDLESS.contains(&name.as_str()) {
            return Err(OutlineError::Unusual(name));
        }
        Ok(())
    }

    /// Whether a tensor has as many numbers as its shape says.
    fn tensor(&mut self, end: u64) -> Result<(), OutlineError> {
        let (mut kind, mut axes, mut raw) = (0, Vec::new(), None);
        // Numbers that are kept one by one: of 32 bits as floats and as integers, the same of 64 bits, and of 64 bits unsigned.
        let mut single = [0_u64; 5];
        while let Some((field, value)) = self.field(end)? {
            match (field, value) {
                (1, Value::Number(length)) => axes.push(length),
                (1, Value::Bytes(length)) => {
                    let stop = self.at + length;
                    while self.at < stop && axes.len() <= MAX_AXES {
                        axes.push(self.number(stop)?);
                    }
                }
                (2, Value::Number(number)) => kind = number,
                (4, value) => single[0] += self.fixed(value, 4)?,
                (5, value) => single[1] += self.numbers(value)?,
                (7, value) => single[2] += self.numbers(value)?,
                (10, value) => single[3] += self.fixed(value, 8)?,
                (11, value) => single[4] += self.numbers(value)?,
                (9, Value::Bytes(length)) => {
                    self.skip(length)?;
                    raw = Some(length);
                }
                (13, _) | (14, Value::Number(1..)) => {
                    return Err(unusual("numbers in another file"));
                }
                (3 | 6, _) => return Err(unusual("texts or tensors in parts")),
                (_, Value::Bytes(length)) => self.skip(length)?,
                _ => {}
            }
            if axes.len() > MAX_AXES {
                return Err(OutlineError::Tensor);
            }
        }
        let product = |axes: &[u64], least| {
            let lengths = axes.iter().map(|length| u64::max(*length, least));
            lengths.fold(1, u64::saturating_mul)
        };
        // With an axis of no length the others still count, because runtimes multiply them in any order.
        if product(&axes, 1) > MAX_NUMBERS {
            return Err(OutlineError::Tensor);
        }
        let numbers = product(&axes, 0);
        // The numbers of `TensorProto.DataType`.
        let (size, kept) = match kind {
            1 => (4, single[0]),
            2 | 3 | 9 => (1, single[1]),
            4 | 5 | 10 | 16 => (2, single[1]),
            6 => (4, single[1]),
            7 => (8, single[2]),
            11 => (8, single[3]),
            12 => (4, single[4]),
            13 => (8, single[4]),
            _ => return Err(unusual("numbers of a rare kind")),
        };
        let right = match raw {
            Some(bytes) => numbers.checked_mul(size) == Some(bytes),
            None => numbers == kept,
        };
        if right {
            Ok(())
        } else {
            Err(OutlineError::Tensor)
        }
    }

    /// How many numbers of `size` bytes there are in a field.
    fn fixed(&mut self, value: Value, size: u64) -> Result<u64, OutlineError> {
        match value {
            Value::Fixed(length) if length == size => Ok(1),
            Value::Bytes(length) if length % size == 0 => {
                self.skip(length)?;
                Ok(length / size)
            }
            _ => Err(OutlineError::Tensor),
        }
    }

    /// How many numbers of any length there are in a field.
    fn numbers(&mut self, value: Value) -> Result<u64, OutlineError> {
        let Value::Bytes(length) = value else {
            return match value {
                Value::Number(_) => Ok(1),
                _ => Err(OutlineError::Tensor),
            };
        };
        let (stop, mut count) = (self.at + length, 0);
        while self.at < stop {
            self.number(stop)?;
            count += 1;
        }
        Ok(count)
    }
}

fn unusual(what: &str) -> OutlineError {
    OutlineError::Unusual(what.to_owned())
}

fn cut_off(error: io::Error) -> OutlineError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput => OutlineError::CutOff,
        _ => OutlineError::Read(error),
    }
}
