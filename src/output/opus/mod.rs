//! Opus in Ogg, usually 32 kbit/s (RFC 7845).

mod encoder;

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use ogg::{PacketWriteEndInfo as End, PacketWriter};

use self::encoder::{Encoder, FRAME, RATE};
use super::{OutputError, format::Sink, resample::Resampler, tags::Tags};

/// Bits per second: speech in the full band is clear at it.
const BIT_RATE: i32 = 32_000;

/// Number of the stream in the file. Always the same, so that the same article gives the same bytes.
const SERIAL: u32 = 0x564F_524C;

/// Packets of a page: one second, as players seek by pages.
const PAGE: u64 = 50;

/// An Opus file being written.
pub(super) struct OpusSink {
    writer: PacketWriter<'static, BufWriter<File>>,
    /// Named in errors.
    place: PathBuf,
    encoder: Encoder,
    resampler: Resampler,
    pending: Vec<f32>,
    /// Samples that a player drops at the beginning.
    skip: u64,
    /// Samples at 48 kHz that were given.
    samples: u64,
    packets: u64,
    /// The last packet, kept back because the very last one says so.
    kept: Option<Vec<u8>>,
}

impl OpusSink {
    pub(super) fn new(
        file: File,
        place: &Path,
        sample_rate: u32,
        bit_rate: Option<u32>,
        tags: &Tags,
    ) -> Result<Self, OutputError> {
        let bit_rate = bit_rate.map_or(BIT_RATE, u32::cast_signed);
        let mut encoder = Encoder::new(bit_rate).map_err(|e| other(place, e))?;
        let skip = encoder.lookahead().map_err(|e| other(place, e))?;
        let mut writer = PacketWriter::new(BufWriter::with_capacity(1 << 16, file));
        let mut head = b"OpusHead\x01\x01".to_vec();
        head.extend(skip.to_le_bytes());
        head.extend(sample_rate.to_le_bytes());
        // No gain, one channel.
        head.extend([0, 0, 0]);
        let mut comments = b"OpusTags".to_vec();
        comments.extend(tags.opus_block());
        for packet in [head, comments] {
            writer
                .write_packet(packet, SERIAL, End::EndPage, 0)
                .map_err(|error| OutputError::write(place, error))?;
        }
        Ok(Self {
            writer,
            place: place.to_owned(),
            encoder,
            resampler: Resampler::new(sample_rate, RATE).map_err(|e| other(place, e))?,
            pending: Vec::new(),
            skip: skip.into(),
            samples: 0,
            packets: 0,
            kept: None,
        })
    }

    /// Encodes all whole packets that are pending.
    fn encode(&mut self) -> Result<(), OutputError> {
        let (frames, rest) = self.pending.as_chunks::<FRAME>();
        for frame in frames {
            let packet = self
                .encoder
                .encode(frame)
                .map_err(|e| other(&self.place, e))?;
            if let Some(before) = self.kept.replace(packet) {
                let end = if self.packets.is_multiple_of(PAGE) {
                    End::EndPage
                } else {
                    End::NormalPacket
                };
                let position = self.packets * FRAME as u64;
                self.writer
                    .write_packet(before, SERIAL, end, position)
                    .map_err(|error| OutputError::write(&self.place, error))?;
            }
            self.packets += 1;
        }
        self.pending = rest.to_vec();
        Ok(())
    }
}

impl Sink for OpusSink {
    fn write(&mut self, samples: &[f32]) -> Result<(), OutputError> {
        let before = self.pending.len();
        self.resampler
            .process(samples, &mut self.pending)
            .map_err(|e| other(&self.place, e))?;
        self.samples += (self.pending.len() - before) as u64;
        self.encode()
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        let before = self.pending.len();
        self.resampler
            .flush(&mut self.pending)
            .map_err(|e| other(&self.place, e))?;
        self.samples += (self.pending.len() - before) as u64;
        // The encoder is late: silence pushes the last sound out. The end is cut off by the position of the last page.
        let end = self.skip + self.samples;
        let missing =
            end.div_ceil(FRAME as u64).max(1) * FRAME as u64 - self.packets * FRAME as u64;
        self.pending.resize(missing as usize, 0.0);
        self.encode()?;
        let last = self.kept.take().unwrap_or_default();
        self.writer
            .write_packet(last, SERIAL, End::EndStream, end)
            .and_then(|()| self.writer.inner_mut().flush())
            .map_err(|error| OutputError::write(&self.place, error))
    }
}

fn other(place: &Path, error: impl std::error::Error + Send + Sync + 'static) -> OutputError {
    OutputError::write(place, io::Error::other(error))
}
