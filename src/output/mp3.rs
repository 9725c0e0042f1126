//! MP3: usually 96 kbit/s, constant, mono, 44.1 kHz, with ID3v2.4 tags and chapters.

use std::{
    fs::File,
    io::{self, BufWriter, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use id3::{
    Tag, TagLike as _, Version,
    frame::{Chapter, Comment, ExtendedText, Frame, Picture, PictureType, TableOfContents},
};
use mp3lame_encoder::{
    Bitrate, Builder, Encoder, FlushGap, Mode, MonoPcm, Quality, VbrMode, max_required_buffer_size,
};

use super::{
    OutputError,
    format::Sink,
    resample::Resampler,
    tags::{SYNTHETIC, Tags},
};

/// Rate of the file, in Hz; the one that every player has.
const RATE: u32 = 44_100;

/// LAME turns everything down at this bit rate (`presets.c`, column `scale`), against clipping. The limiter has seen to that.
const SCALE: f32 = 0.95;

/// LAME could not be made or set up.
#[derive(Debug, thiserror::Error)]
#[error("the MP3 encoder cannot be opened")]
struct NoEncoder;

/// An MP3 file being written.
pub(super) struct Mp3Sink {
    writer: BufWriter<File>,
    /// Named in errors.
    place: PathBuf,
    encoder: Encoder,
    resampler: Resampler,
    /// Bytes before the first frame.
    head: u64,
    pending: Vec<f32>,
    bytes: Vec<u8>,
}

impl Mp3Sink {
    pub(super) fn new(
        file: File,
        place: &Path,
        sample_rate: u32,
        bit_rate: Option<u32>,
        tags: &Tags,
    ) -> Result<Self, OutputError> {
        let mut head = Vec::new();
        id3(tags)
            .write_to(&mut head, Version::Id3v24)
            .map_err(|e| other(place, e))?;
        let mut sink = Self {
            writer: BufWriter::with_capacity(1 << 16, file),
            place: place.to_owned(),
            encoder: encoder(bit_rate).map_err(|e| other(place, e))?,
            resampler: Resampler::new(sample_rate, RATE).map_err(|e| other(place, e))?,
            head: head.len() as u64,
            pending: Vec::new(),
            bytes: head,
        };
        sink.put()?;
        Ok(sink)
    }

    /// Writes the bytes that are ready.
    fn put(&mut self) -> Result<(), OutputError> {
        self.writer
            .write_all(&self.bytes)
            .map_err(|error| OutputError::write(&self.place, error))?;
        self.bytes.clear();
        Ok(())
    }

    fn encode(&mut self) -> Result<(), OutputError> {
        self.bytes
            .reserve(max_required_buffer_size(self.pending.len()));
        for sample in &mut self.pending {
            *sample /= SCALE;
        }
        self.encoder
            .encode_to_vec(MonoPcm(self.pending.as_slice()), &mut self.bytes)
            .map_err(|e| other(&self.place, e))?;
        self.pending.clear();
        self.put()
    }
}

impl Sink for Mp3Sink {
    fn write(&mut self, samples: &[f32]) -> Result<(), OutputError> {
        self.resampler
            .process(samples, &mut self.pending)
            .map_err(|e| other(&self.place, e))?;
        self.encode()
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        self.resampler
            .flush(&mut self.pending)
            .map_err(|e| other(&self.place, e))?;
        self.encode()?;
        self.bytes.reserve(max_required_buffer_size(0));
        self.encoder
            .flush_to_vec::<FlushGap>(&mut self.bytes)
            .map_err(|e| other(&self.place, e))?;
        self.put()?;
        // The first frame tells players the length, and how much the encoder added at both ends.
        self.bytes.reserve(self.encoder.lame_tag_size());
        self.encoder.lame_tag_encode_to_vec(&mut self.bytes);
        self.writer
            .seek(SeekFrom::Start(self.head))
            .map_err(|error| OutputError::write(&self.place, error))?;
        self.put()?;
        self.writer
            .flush()
            .map_err(|error| OutputError::write(&self.place, error))
    }
}

/// The constant bit rates of MPEG-1 layer III, in bits per second, but for the highest, which no voice needs.
pub(super) const BIT_RATES: [(u32, Bitrate); 9] = [
    (32_000, Bitrate::Kbps32),
    (40_000, Bitrate::Kbps40),
    (48_000, Bitrate::Kbps48),
    (64_000, Bitrate::Kbps64),
    (80_000, Bitrate::Kbps80),
    (96_000, Bitrate::Kbps96),
    (128_000, Bitrate::Kbps128),
    (160_000, Bitrate::Kbps160),
    (192_000, Bitrate::Kbps192),
];

fn encoder(bit_rate: Option<u32>) -> Result<Encoder, NoEncoder> {
    let mut known = BIT_RATES.into_iter();
    let bit_rate = match bit_rate {
        None => Bitrate::Kbps96,
        Some(wanted) => {
            let found = known.find(|(rate, _)| *rate == wanted);
            found.ok_or(NoEncoder)?.1
        }
    };
    let mut builder = Builder::new().ok_or(NoEncoder)?;
    let set = [
        builder.set_num_channels(1),
        builder.set_sample_rate(RATE),
        builder.set_brate(bit_rate),
        builder.set_mode(Mode::Mono),
        builder.set_quality(Quality::Good),
        builder.set_vbr_mode(VbrMode::Off),
        builder.set_to_write_vbr_tag(true),
    ];
    if set.iter().any(Result::is_err) {
        return Err(NoEncoder);
    }
    builder.build().map_err(|_| NoEncoder)
}

/// The tags: ID3v2.4, with the chapters of its addendum 1.0 (`CHAP` and `CTOC`).
fn id3(tags: &Tags) -> Tag {
    let mut tag = Tag::new();
    let language = iso_639_2(&tags.language);
    for (id, value) in [
        ("TIT2", tags.title.as_ref()),
        ("TPE1", tags.artist.as_ref()),
        ("TPUB", tags.publisher.as_ref()),
        ("TDRC", tags.date.as_ref()),
    ] {
        if let Some(value) = value {
            tag.set_text(id, value);
        }
    }
    tag.set_text("TLAN", language);
    tag.set_text("TCON", "Speech");
    tag.add_frame(ExtendedText {
        description: "SYNTHETIC_SPEECH".into(),
        value: SYNTHETIC.into(),
    });
    if let Some(cover) = &tags.cover {
        tag.add_frame(Picture {
            mime_type: cover.media.into(),
            picture_type: PictureType::CoverFront,
            description: String::new(),
            data: cover.bytes.clone(),
        });
    }
    if let Some(url) = &tags.url {
        tag.add_frame(Frame::link("WOAS", url));
    }
    if let Some(text) = &tags.comment {
        tag.add_frame(Comment {
            lang: language.into(),
            description: String::new(),
            text: text.clone(),
        });
    }
    let ms = |seconds: f64| (seconds * 1000.0).round() as u32;
    for (number, chapter) in tags.chapters.iter().enumerate() {
        let end = tags
            .chapters
            .get(number + 1)
            .map_or(tags.duration, |next| next.start);
        tag.add_frame(Chapter {
            element_id: format!("chp{number}"),
            start_time: ms(chapter.start),
            end_time: ms(end),
            // Not known in bytes.
            start_offset: u32::MAX,
            end_offset: u32::MAX,
            frames: vec![Frame::text("TIT2", &chapter.title)],
        });
    }
    for table in tables(tags.chapters.len()) {
        tag.add_frame(table);
    }
    tag
}

/// The tables of contents of so many chapters. One counts its entries in 8 bits (addendum 1.0, 3.2): where there are more, the
/// one at the top lists others.
fn tables(chapters: usize) -> Vec<TableOfContents> {
    let table = |element_id: String, top_level, elements: Vec<String>| TableOfContents {
        element_id,
        top_level,
        ordered: true,
        elements,
        frames: Vec::new(),
    };
    let elements: Vec<_> = (0..chapters).map(|n| format!("chp{n}")).collect();
    let parts: Vec<_> = elements.chunks(MOST_ENTRIES).collect();
    match parts.as_slice() {
        [] => Vec::new(),
        [all] => vec![table("toc".into(), true, all.to_vec())],
        parts => {
            let ids: Vec<_> = (0..parts.len()).map(|n| format!("toc{n}")).collect();
            let inner =
                (parts.iter().zip(ids.clone())).map(|(part, id)| table(id, false, part.to_vec()));
            std::iter::once(table("toc".into(), true, ids))
                .chain(inner)
                .collect()
        }
    }
}

/// Most entries of a table of contents.
const MOST_ENTRIES: usize = 255;

/// ID3 names languages by three letters.
fn iso_639_2(tag: &str) -> &'static str {
    match tag.split('-').next().unwrap_or_default() {
        "de" => "deu",
        "en" => "eng",
        "fr" => "fra",
        "it" => "ita",
        "es" => "spa",
        "nl" => "nld",
        "pl" => "pol",
        "pt" => "por",
        "tr" => "tur",
        _ => "und",
    }
}

fn other(place: &Path, error: impl std::error::Error + Send + Sync + 'static) -> OutputError {
    OutputError::write(place, io::Error::other(error))
}
