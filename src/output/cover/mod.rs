//! Covers: a picture of the page, or one that is drawn with the title.

use std::hash::Hasher as _;

use fontdue::{Font, FontSettings};

/// Most bytes of a picture: it is in every file, and players load it whole.
pub const MOST_BYTES: usize = 2 << 20;

/// Longest side of a picture, in pixels.
pub const LONGEST_SIDE: usize = 4096;

/// Shortest side of a picture: smaller ones are marks and counters, not pictures.
pub const SHORTEST_SIDE: usize = 100;

/// DejaVu Sans Condensed Bold with the Latin letters; see `LICENSE-DEJAVU` beside it.
const FONT: &[u8] = include_bytes!("dejavu.ttf");

/// Shortest side of a podcast's cover, in pixels (Apple, "Artwork requirements": square, 1400 to 3000).
pub const SHOW_SHORTEST: u32 = 1400;

/// Longest side of a podcast's cover, in pixels.
pub const SHOW_LONGEST: u32 = 3000;

/// Side of a cover that is drawn, in pixels. Players show it half as large and smaller.
const SIDE: usize = 600;

/// Side of a podcast's cover that is drawn, in pixels: as much larger, and otherwise the same.
const SHOW_SIDE: usize = 1800;

/// Empty edge, in pixels of a cover of [`SIDE`], as the following are.
const EDGE: usize = 44;

/// Sizes of the title that are tried, in pixels; the last one is 20 px high where the cover is shown at 300 px.
const SIZES: [f32; 6] = [92.0, 80.0, 68.0, 58.0, 48.0, 40.0];

/// Size of the publisher's name, in pixels.
const SMALL: f32 = 34.0;

/// Height of a line as a part of its size.
const LEADING: f32 = 1.2;

/// Room for the publisher's name below the title, in pixels.
const FOOT: usize = 60;

/// Dark colours, on which white has a contrast of more than 7 to 1 (WCAG 2.2, 1.4.6).
const COLOURS: [[u8; 3]; 6] = [
    [0x1b, 0x3a, 0x57],
    [0x4a, 0x1f, 0x3d],
    [0x1f, 0x4a, 0x3a],
    [0x55, 0x2b, 0x12],
    [0x30, 0x2a, 0x5c],
    [0x3d, 0x3d, 0x3d],
];

/// A picture for a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Why something is no cover.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CoverError {
    /// Neither JPEG nor PNG.
    #[error("a cover has to be a JPEG or a PNG")]
    Format,
    /// Too many bytes.
    #[error("the picture has more than {} MiB", MOST_BYTES >> 20)]
    Bytes,
    /// Too large, or too small to be seen.
    #[error(
        "the picture has {width} × {height} pixels, not {SHORTEST_SIDE} to {LONGEST_SIDE} on each side"
    )]
    Pixels {
        /// Width.
        width: usize,
        /// Height.
        height: usize,
    },
    /// No cover for a podcast.
    #[error(
        "the picture has {width} × {height} pixels; that of a podcast has to be square, with {SHOW_SHORTEST} to {SHOW_LONGEST} on each side"
    )]
    Show {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
}

impl Cover {
    /// Takes a JPEG or PNG as it is. Only its head is read, so that a hostile one can do no harm here.
    ///
    /// # Errors
    /// When it is something else, too large or too small.
    pub fn new(bytes: Vec<u8>) -> Result<Self, CoverError> {
        let media = match imagesize::image_type(&bytes) {
            Ok(imagesize::ImageType::Jpeg) => "image/jpeg",
            Ok(imagesize::ImageType::Png) => "image/png",
            _ => return Err(CoverError::Format),
        };
        if bytes.len() > MOST_BYTES {
            return Err(CoverError::Bytes);
        }
        let size = imagesize::blob_size(&bytes).map_err(|_| CoverError::Format)?;
        let (width, height) = (size.width, size.height);
        let fits = |side| (SHORTEST_SIDE..=LONGEST_SIDE).contains(&side);
        if !fits(width) || !fits(height) {
            return Err(CoverError::Pixels { width, height });
        }
        Ok(Self {
            bytes,
            media,
            width: width as u32,
            height: height as u32,
        })
    }

    /// Whether directories take it for a podcast.
    ///
    /// # Errors
    /// [`CoverError::Show`].
    pub fn check_for_show(&self) -> Result<(), CoverError> {
        let (width, height) = (self.width, self.height);
        if width != height || !(SHOW_SHORTEST..=SHOW_LONGEST).contains(&width) {
            return Err(CoverError::Show { width, height });
        }
        Ok(())
    }

    /// Draws a cover with a title and the publisher's name below it, always the same for the same words. `None` where the font
    /// has no letter for any of it.
    #[must_use]
    pub fn draw(title: &str, publisher: Option<&str>) -> Option<Self> {
        Self::draw_large(title, publisher, SIDE)
    }

    /// The same, as large as a podcast's has to be.
    #[must_use]
    pub fn draw_for_show(title: &str, author: Option<&str>) -> Option<Self> {
        Self::draw_large(title, author, SHOW_SIDE)
    }

    fn draw_large(title: &str, publisher: Option<&str>, pixels: usize) -> Option<Self> {
        let font = Font::from_bytes(FONT, FontSettings::default()).ok()?;
        let mut canvas = Canvas::new(&font, pixels);
        let width = (SIDE - 2 * EDGE) as f32;
        let height = (SIDE - 2 * EDGE - FOOT) as f32;
        // What no size can hold is cut anyway.
        let title: String = title.chars().take(300).collect();
        let (mut size, mut lines) = (SMALL, Vec::new());
        for candidate in SIZES {
            size = candidate;
            lines = canvas.wrap(&title, size, width);
            let fits = lines.iter().all(|line| canvas.width(line, size) <= width);
            if fits && lines.len() as f32 * size * LEADING <= height {
                break;
            }
        }
        let most = (height / (size * LEADING)) as usize;
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.push('…');
            }
        }
        for (number, line) in lines.iter().enumerate() {
            let base = EDGE as f32 + (number as f32 * LEADING + 0.95) * size;
            canvas.write(line, size, base);
        }
        let publisher = publisher.unwrap_or_default();
        let name = canvas.wrap(publisher, SMALL, width);
        let name = name.first().map_or("", String::as_str);
        canvas.write(name, SMALL, (SIDE - EDGE) as f32);
        if !canvas.inked {
            return None;
        }
        let mut hasher = rustc_hash::FxHasher::default();
        hasher.write(publisher.as_bytes());
        let colour = COLOURS[(hasher.finish() % COLOURS.len() as u64) as usize];
        Some(Self {
            bytes: canvas.png(colour)?,
            media: "image/png",
            width: pixels as u32,
            height: pixels as u32,
        })
    }

    /// The block that FLAC has for pictures, and Opus as a comment (RFC 9639, 8.8).
    pub(super) fn block(&self) -> Vec<u8> {
        let mut block = Vec::with_capacity(self.bytes.len() + 64);
        // 3 is the front cover; no description; 24 bits a pixel, no palette.
        block.extend(3_u32.to_be_bytes());
        block.extend((self.media.len() as u32).to_be_bytes());
        block.extend(self.media.as_bytes());
        for number in [0, self.width, self.height, 24, 0, self.bytes.len() as u32] {
            block.extend(number.to_be_bytes());
        }
        block.extend(&self.bytes);
        block
    }
}

/// What is drawn: how much of each pixel is covered with ink.
struct Canvas<'a> {
    font: &'a Font,
    side: usize,
    /// How much larger it is than [`SIDE`].
    scale: f32,
    ink: Vec<u8>,
    inked: bool,
}

impl<'a> Canvas<'a> {
    fn new(font: &'a Font, side: usize) -> Self {
        Self {
            font,
            side,
            scale: side as f32 / SIDE as f32,
            ink: vec![0; side * side],
            inked: false,
        }
    }

    /// The letters that the font has.
    fn letters(&self, text: &str) -> String {
        text.chars()
            .filter(|c| self.font.lookup_glyph_index(*c) != 0)
            .collect()
    }

    fn width(&self, line: &str, size: f32) -> f32 {
        let advance = |c| self.font.metrics(c, size).advance_width;
        line.chars().map(advance).sum()
    }

    /// Lines no wider than `width`, unless a single word is.
    fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in self.letters(text).split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// Writes a line whose letters stand on `base`; what is beyond the picture is cut off.
    fn write(&mut self, line: &str, size: f32, base: f32) {
        let (mut x, base) = (EDGE as f32 * self.scale, base * self.scale);
        for c in line.chars() {
            let (metrics, coverage) = self.font.rasterize(c, size * self.scale);
            let left = x as isize + metrics.xmin as isize;
            let bottom = base as isize - metrics.ymin as isize;
            let top = bottom - metrics.height.cast_signed();
            for (i, ink) in coverage.iter().enumerate().filter(|(_, ink)| **ink > 0) {
                let column = left.checked_add_unsigned(i % metrics.width);
                let row = top.checked_add_unsigned(i / metrics.width);
                let inside = |place: Option<isize>| {
                    let place = usize::try_from(place?).ok()?;
                    (place < self.side).then_some(place)
                };
                if let (Some(column), Some(row)) = (inside(column), inside(row)) {
                    let pixel = &mut self.ink[row * self.side + column];
                    *pixel = (*pixel).max(*ink);
                    self.inked = true;
                }
            }
            x += metrics.advance_width;
        }
    }

    /// White on a colour.
    fn png(&self, colour: [u8; 3]) -> Option<Vec<u8>> {
        // In eight steps: no eye sees more at the edge of a letter, and the file is half as large.
        let mix = |part: u8, ink: u8| {
            let (part, ink) = (u16::from(part), u16::from(ink >> 5));
            (part + (255 - part) * ink / 7) as u8
        };
        let pixels: Vec<u8> = (self.ink.iter())
            .flat_map(|ink| colour.map(|part| mix(part, *ink)))
            .collect();
        let mut bytes = Vec::new();
        let side = self.side as u32;
        let mut encoder = png::Encoder::new(&mut bytes, side, side);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&pixels).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pixels of a cover, from its PNG.
    fn pixels(cover: &Cover) -> Vec<u8> {
        let decoder = png::Decoder::new(std::io::Cursor::new(cover.bytes.as_slice()));
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    }

    #[test]
    fn the_title_is_drawn_within_the_edges_and_large_enough() {
        let long = "Donaudampfschifffahrtsgesellschaft ".repeat(20);
        for title in [
            "Öl",
            "Der Pegel steigt weiter, und die Stadt bittet alle, zu Hause zu bleiben",
            &long,
        ] {
            let cover = Cover::draw(title, Some("Musterblatt")).unwrap();
            assert!(cover.bytes.len() < 40_000, "{}", cover.bytes.len());
            assert_eq!(Cover::new(cover.bytes.clone()).unwrap(), cover);
            let pixels = pixels(&cover);
            let inked: Vec<_> = (pixels.chunks(SIDE * 3).enumerate())
                .filter(|(_, row)| row.contains(&255))
                .map(|(number, _)| number)
                .collect();
            assert!(
                inked[0] >= EDGE / 2 && inked[inked.len() - 1] < SIDE - EDGE / 2,
                "{title}"
            );
            // Of a title in the smallest size, capital letters are 28 px high: 14 px at half the size.
            assert!(
                inked.windows(2).filter(|w| w[1] == w[0] + 1).count() > 28,
                "{title}"
            );
        }
        assert_eq!(Cover::draw("字字🎧", None), None);
        assert_eq!(Cover::draw("Öl", None), Cover::draw("Öl", None));
        assert!(Cover::draw("Öl", None) != Cover::draw("Ol", None));
    }

    #[test]
    fn a_podcasts_cover_is_the_same_only_larger_and_others_are_told_from_it() {
        let (small, large) = (
            Cover::draw("Vorgelesen", Some("Maria Muster")).unwrap(),
            Cover::draw_for_show("Vorgelesen", Some("Maria Muster")).unwrap(),
        );
        assert!(large.check_for_show().is_ok() && large.bytes.len() < 100_000);
        assert_eq!(Cover::new(large.bytes.clone()).unwrap(), large);
        let share = |cover: &Cover| {
            let pixels = pixels(cover);
            pixels.iter().map(|part| f64::from(*part)).sum::<f64>() / pixels.len() as f64
        };
        let (small_share, large_share) = (share(&small), share(&large));
        assert!(
            (large_share / small_share - 1.0).abs() < 0.01,
            "{small_share} {large_share}"
        );
        for (width, height, fits) in [
            (1400, 1400, true),
            (3000, 3000, true),
            (1399, 1399, false),
            (3001, 3001, false),
            (2000, 1999, false),
            (600, 600, false),
        ] {
            let cover = Cover {
                width,
                height,
                ..small.clone()
            };
            assert_eq!(cover.check_for_show().is_ok(), fits, "{width} × {height}");
        }
    }

    #[test]
    fn only_pictures_of_a_bounded_size_are_taken() {
        let good = Cover::draw("Öl", None).unwrap().bytes;
        let sized = |width: u32| {
            let mut bytes = good.clone();
            bytes[16..20].copy_from_slice(&width.to_be_bytes());
            Cover::new(bytes)
        };
        assert!(sized(600).is_ok());
        for width in [1, 5000, u32::MAX] {
            assert!(
                matches!(sized(width), Err(CoverError::Pixels { .. })),
                "{width}"
            );
        }
        let mut heavy = good.clone();
        heavy.resize(MOST_BYTES + 1, 0);
        assert!(matches!(Cover::new(heavy), Err(CoverError::Bytes)));
        for bytes in [
            &b""[..],
            b"GIF89a\x01\x00\x01\x00",
            b"<svg/>",
            &good[..10],
            b"\xff\xd8\xff",
        ] {
            assert!(
                matches!(Cover::new(bytes.to_vec()), Err(CoverError::Format)),
                "{bytes:?}"
            );
        }
    }
}
