//! FLAC: lossless, 16 bit, at the rate of the voice (RFC 9639).

use std::{
    fs::File,
    io::{self, BufWriter, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use flacenc::{
    bitsink::MemSink,
    component::{BitRepr as _, StreamInfo},
    config,
    error::{Verified, Verify as _},
    source::{Context, Fill as _, FrameBuf},
};

use super::{
    OutputError,
    cover::Cover,
    format::{Sink, to_16_bit},
    tags::Tags,
};

/// Samples of a frame.
const BLOCK: usize = 4096;

/// Fewest samples of a frame; the last one is filled up with silence.
const LEAST: usize = 32;

/// A FLAC file being written, frame by frame.
pub(super) struct FlacSink {
    writer: BufWriter<File>,
    /// Named in errors.
    place: PathBuf,
    sample_rate: u32,
    config: Verified<config::Encoder>,
    info: StreamInfo,
    /// Counts samples and frames and keeps the MD5 sum.
    context: Context,
    pending: Vec<i32>,
}

impl FlacSink {
    pub(super) fn new(
        file: File,
        place: &Path,
        sample_rate: u32,
        tags: &Tags,
    ) -> Result<Self, OutputError> {
        let fail = |error: String| OutputError::write(place, io::Error::other(error));
        let config = config::Encoder::default()
            .into_verified()
            .map_err(|(_, error)| fail(error.to_string()))?;
        let info = StreamInfo::new(sample_rate as usize, 1, 16)
            .map_err(|error| fail(error.to_string()))?;
        let mut sink = Self {
            writer: BufWriter::with_capacity(1 << 16, file),
            place: place.to_owned(),
            sample_rate,
            config,
            info,
            context: Context::new(16, 1),
            pending: Vec::with_capacity(BLOCK),
        };
        let comments = tags.vorbis_block();
        let head = sink.head();
        sink.put(&head)?;
        let picture = tags.cover.as_ref().map(Cover::block);
        // Kind of the block in 8 bits, of which the highest says that it is the last one; length in 24 bits.
        let last = |is_last: bool| if is_last { 0x8000_0000 } else { 0 };
        let head = |block: &[u8], kind: u32| (kind | block.len() as u32).to_be_bytes();
        sink.put(&head(&comments, last(picture.is_none()) | 4 << 24))?;
        sink.put(&comments)?;
        if let Some(picture) = picture {
            sink.put(&head(&picture, last(true) | 6 << 24))?;
            sink.put(&picture)?;
        }
        Ok(sink)
    }

    /// The mark of the format and the block STREAMINFO.
    fn head(&self) -> Vec<u8> {
        let mut head = b"fLaC\x00\x00\x00\x22".to_vec();
        head.extend([(BLOCK as u16).to_be_bytes(); 2].as_flattened());
        // Least and largest frame in bytes: not known.
        head.extend([0; 6]);
        let (rate, depth) = (u64::from(self.sample_rate), 16_u64);
        let samples = self.context.total_samples() as u64;
        head.extend((rate << 44 | (depth - 1) << 36 | samples).to_be_bytes());
        head.extend(self.context.md5_digest());
        head
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        self.writer
            .write_all(bytes)
            .map_err(|error| OutputError::write(&self.place, error))
    }

    /// Writes what is pending as a frame.
    fn frame(&mut self) -> Result<(), OutputError> {
        let fail = |error: String| OutputError::write(&self.place, io::Error::other(error));
        let number = self
            .context
            .current_frame_number()
            .map_or(0, |last| last + 1);
        self.context
            .fill_interleaved(&self.pending)
            .map_err(|error| fail(error.to_string()))?;
        let mut buffer =
            FrameBuf::with_size(1, self.pending.len()).map_err(|error| fail(error.to_string()))?;
        buffer
            .fill_interleaved(&self.pending)
            .map_err(|error| fail(error.to_string()))?;
        let frame = flacenc::encode_fixed_size_frame(&self.config, &buffer, number, &self.info)
            .map_err(|error| fail(error.to_string()))?;
        let mut bytes = MemSink::<u8>::new();
        frame
            .write(&mut bytes)
            .map_err(|error| fail(error.to_string()))?;
        self.pending.clear();
        self.put(bytes.as_slice())
    }
}

impl Sink for FlacSink {
    fn write(&mut self, samples: &[f32]) -> Result<(), OutputError> {
        for sample in samples {
            self.pending.push(to_16_bit(*sample).into());
            if self.pending.len() == BLOCK {
                self.frame()?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        if !self.pending.is_empty() {
            let length = self.pending.len().max(LEAST);
            self.pending.resize(length, 0);
            self.frame()?;
        }
        let head = self.head();
        self.writer
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.writer.write_all(&head))
            .and_then(|()| self.writer.flush())
            .map_err(|error| OutputError::write(&self.place, error))
    }
}
