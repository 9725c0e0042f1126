//! WAV: mono, 16 bit. Past 4 GiB it becomes an RF64.

use std::{
    fs::File,
    io::{BufWriter, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use super::{
    OutputError,
    format::{Sink, to_16_bit},
};

/// Bytes before the samples.
const HEADER: usize = 80;

/// Bytes of a sample.
const SAMPLE: u64 = 2;

/// A WAV file being written.
///
/// Its header has room for the 64-bit sizes of an RF64 (EBU Tech 3306): a `JUNK` chunk that players skip, and that becomes
/// the `ds64` chunk where 32 bits are not enough.
pub(super) struct WavSink {
    writer: BufWriter<File>,
    /// Named in errors.
    place: PathBuf,
    sample_rate: u32,
    samples: u64,
    /// For the samples of one call; kept so that it is not made anew each time.
    bytes: Vec<u8>,
}

impl WavSink {
    pub(super) fn new(file: File, place: &Path, sample_rate: u32) -> Result<Self, OutputError> {
        let mut writer = BufWriter::with_capacity(1 << 16, file);
        writer
            .write_all(&header(sample_rate, 0))
            .map_err(|error| OutputError::write(place, error))?;
        Ok(Self {
            writer,
            place: place.to_owned(),
            sample_rate,
            samples: 0,
            bytes: Vec::new(),
        })
    }
}

impl Sink for WavSink {
    fn write(&mut self, samples: &[f32]) -> Result<(), OutputError> {
        self.bytes.resize(samples.len() * SAMPLE as usize, 0);
        let (words, _) = self.bytes.as_chunks_mut();
        for (word, sample) in words.iter_mut().zip(samples) {
            *word = to_16_bit(*sample).to_le_bytes();
        }
        self.writer
            .write_all(&self.bytes)
            .map_err(|error| OutputError::write(&self.place, error))?;
        self.samples += samples.len() as u64;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        let header = header(self.sample_rate, self.samples);
        self.writer
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.writer.write_all(&header))
            .and_then(|()| self.writer.flush())
            .map_err(|error| OutputError::write(&self.place, error))
    }
}

/// Everything before the samples.
fn header(sample_rate: u32, samples: u64) -> [u8; HEADER] {
    let data = samples * SAMPLE;
    let riff = data + HEADER as u64 - 8;
    let long = u32::try_from(riff).is_err();
    // In an RF64 the 32-bit sizes say that the true ones are elsewhere.
    let size = |bytes: u64| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let (riff_size, data_size) = if long {
        (size(u64::MAX), size(u64::MAX))
    } else {
        (size(riff), size(data))
    };
    let mut header = Vec::with_capacity(HEADER);
    header.extend(if long { b"RF64" } else { b"RIFF" });
    header.extend(riff_size);
    header.extend(b"WAVE");
    header.extend(if long { b"ds64" } else { b"JUNK" });
    header.extend(28_u32.to_le_bytes());
    let sizes = if long { [riff, data, samples] } else { [0; 3] };
    header.extend(sizes.map(u64::to_le_bytes).as_flattened());
    header.extend(0_u32.to_le_bytes());
    header.extend(b"fmt ");
    header.extend(16_u32.to_le_bytes());
    header.extend(1_u16.to_le_bytes()); // PCM
    header.extend(1_u16.to_le_bytes()); // mono
    header.extend(sample_rate.to_le_bytes());
    header.extend((sample_rate * SAMPLE as u32).to_le_bytes());
    header.extend((SAMPLE as u16).to_le_bytes());
    header.extend(16_u16.to_le_bytes());
    header.extend(b"data");
    header.extend(data_size);
    let mut out = [0; HEADER];
    out.copy_from_slice(&header);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{io::Read as _, process::Command};

    #[test]
    fn past_four_gibibytes_it_is_an_rf64() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.wav");
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)
            .unwrap();
        let mut sink = Box::new(WavSink::new(file.try_clone().unwrap(), &path, 48_000).unwrap());
        // A hole of six hours: nothing is written there, and the file system stores nothing.
        let hole = 3_u64 << 30;
        sink.writer
            .seek(SeekFrom::Current((hole * SAMPLE).cast_signed()))
            .unwrap();
        sink.samples += hole;
        sink.write(&[0.5; 1000]).unwrap();
        sink.finish().unwrap();
        let mut bytes = [0; HEADER];
        File::open(&path).unwrap().read_exact(&mut bytes).unwrap();
        let u64_at = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
        assert_eq!((&bytes[..4], &bytes[12..16]), (&b"RF64"[..], &b"ds64"[..]));
        let data = (hole + 1000) * SAMPLE;
        assert_eq!(
            [u64_at(20), u64_at(28), u64_at(36)],
            [data + 72, data, hole + 1000]
        );
        assert_eq!(file.metadata().unwrap().len(), data + 80);
        let Ok(seen) = Command::new("ffprobe")
            .args([
                "-v",
                "error",
                "-show_entries",
                "stream=duration",
                "-of",
                "csv=p=0",
            ])
            .arg(&path)
            .output()
        else {
            eprintln!("skipped: ffprobe is not installed");
            return;
        };
        let seconds: f64 = String::from_utf8_lossy(&seen.stdout)
            .trim()
            .parse()
            .unwrap();
        assert!(
            (seconds - (hole + 1000) as f64 / 48_000.0).abs() < 0.01,
            "{seconds}"
        );
    }

    #[test]
    fn below_it_is_a_plain_wav() {
        let most = (u64::from(u32::MAX) - 72) / SAMPLE;
        assert_eq!(&header(16_000, most)[..4], b"RIFF");
        assert_eq!(&header(16_000, most + 1)[..4], b"RF64");
        let mut file = header(16_000, 3).to_vec();
        file.extend([0, 0, 1, 0, 255, 255]);
        let mut reader = hound::WavReader::new(file.as_slice()).unwrap();
        let samples: Vec<i16> = reader.samples().map(Result::unwrap).collect();
        assert_eq!(samples, [0, 1, -1]);
    }
}
