//! The last part of a Piper network, the decoder (HiFi-GAN), which makes sound from 86 frames a second and takes nine tenths of
//! the time. `rten` runs what comes before it, and this runs the decoder, four times as fast and in little memory: the sound is
//! made in chunks, each from the part of the frames that it depends on.
//!
//! Nothing here knows HiFi-GAN: [`Decoder::read`] takes, from the end of the network, all that is convolution, upsampling,
//! leaky ReLU, sum or tanh. A network that does not end so has no decoder, and `rten` runs the whole.

mod conv;
mod read;

use std::{
    ops::Range,
    path::Path,
    sync::{Mutex, PoisonError},
    thread,
};

use conv::{ROWS, Rows, RowsMut, SLACK, Weights};

/// Samples of a chunk. What lies around a chunk is computed twice, so small ones cost; large ones leave the processor's cache.
const CHUNK: usize = 1 << 15;

/// The end of a network.
#[derive(Debug)]
pub struct Decoder {
    /// Names of the values that it starts from.
    sources: Vec<String>,
    /// In an order in which they can be done; the last one gives the sound.
    steps: Vec<Step>,
    /// Channels of the sources and of what the steps give.
    channels: Vec<usize>,
}

/// One thing to do. Values have numbers: first the sources, then what the steps give.
#[derive(Debug)]
struct Step {
    op: Op,
    inputs: Vec<usize>,
}

#[derive(Debug)]
enum Op {
    /// As long as what it reads.
    Conv {
        weights: Weights,
        inputs: usize,
        outputs: usize,
        /// Samples that an output reads from before its own place.
        before: usize,
    },
    /// A convolution with `stride` times as many samples: the rows of the weights are `stride` for each channel.
    Upsample {
        weights: Weights,
        inputs: usize,
        outputs: usize,
        stride: usize,
        /// Samples that are cut off at the beginning.
        before: usize,
    },
    /// Multiplies what is negative.
    Leaky(f32),
    /// Multiplies.
    Scale(f32),
    Tanh,
    /// Sum of two; one of a single sample is added to all.
    Add,
}

/// What the front part of the network gives: channels of equal length, one after the other.
#[derive(Debug, Clone)]
pub struct Source {
    /// How many channels there are.
    pub channels: usize,
    /// All samples.
    pub samples: Vec<f32>,
}

/// What the front part gave does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the parts of the network do not fit each other")]
pub struct Misfit;

/// Memory that is used again, by one thread: fresh memory costs more than what is computed in it.
#[derive(Debug, Default)]
pub struct Workspace(Vec<Vec<f32>>);

/// A stretch of a value. Samples before the first and behind the last of the whole value are zero.
struct Signal {
    /// Samples of the whole value that are in it; may go beyond both ends.
    range: Range<isize>,
    /// From one channel to the next: the range and [`SLACK`].
    stride: usize,
    samples: Vec<f32>,
}

impl Decoder {
    /// Finds the decoder in a model. `None` where there is none.
    pub fn read(path: &Path) -> Option<Self> {
        read::read(path)
    }

    /// Checks that the channels fit.
    fn new(sources: Vec<String>, steps: Vec<Step>) -> Option<Self> {
        let count = sources.len();
        let mut channels = vec![None; count + steps.len()];
        for (at, step) in steps.iter().enumerate() {
            let first = *step.inputs.first()?;
            if let Op::Conv { inputs, .. } | Op::Upsample { inputs, .. } = &step.op
                && *channels[first].get_or_insert(*inputs) != *inputs
            {
                return None;
            }
            channels[count + at] = match &step.op {
                Op::Conv { outputs, .. } | Op::Upsample { outputs, .. } => Some(*outputs),
                Op::Add => {
                    let known = channels[first].or(channels[step.inputs[1]])?;
                    for input in &step.inputs {
                        if *channels[*input].get_or_insert(known) != known {
                            return None;
                        }
                    }
                    Some(known)
                }
                Op::Leaky(_) | Op::Scale(_) | Op::Tanh => channels[first],
            };
        }
        let channels: Vec<usize> = channels.into_iter().collect::<Option<_>>()?;
        (channels.last() == Some(&1)).then_some(Self {
            sources,
            steps,
            channels,
        })
    }

    /// Names of the values that [`Decoder::run`] is to be given.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// Samples of sound for each of the longest source, at most.
    fn stride(&self) -> usize {
        (self.steps.iter())
            .filter_map(|step| match step.op {
                Op::Upsample { stride, .. } => Some(stride),
                _ => None,
            })
            .fold(1, usize::saturating_mul)
    }

    /// Lengths of all values.
    fn lengths(&self, sources: &[Source]) -> Result<Vec<usize>, Misfit> {
        let mut lengths = Vec::with_capacity(self.channels.len());
        if sources.len() != self.sources.len() {
            return Err(Misfit);
        }
        for (source, channels) in sources.iter().zip(&self.channels) {
            if source.channels != *channels || source.samples.len() % channels != 0 {
                return Err(Misfit);
            }
            lengths.push(source.samples.len() / channels);
        }
        for step in &self.steps {
            let of = |at: usize| lengths[step.inputs[at]];
            let length = match step.op {
                Op::Upsample { stride, .. } => of(0).checked_mul(stride).ok_or(Misfit)?,
                Op::Add if of(0) == of(1) || of(1) == 1 => of(0),
                Op::Add if of(0) == 1 => of(1),
                Op::Add => return Err(Misfit),
                _ => of(0),
            };
            lengths.push(length);
        }
        Ok(lengths)
    }

    /// How many samples of sound there will be.
    ///
    /// # Errors
    /// When the sources do not fit.
    pub fn length(&self, sources: &[Source]) -> Result<usize, Misfit> {
        Ok(self.lengths(sources)?.pop().unwrap_or_default())
    }

    /// Makes the sound, on as many processors at once as there are workspaces.
    ///
    /// # Errors
    /// When the sources do not fit.
    pub fn run(
        &self,
        sources: &[Source],
        workspaces: &mut [Workspace],
    ) -> Result<Vec<f32>, Misfit> {
        let lengths = self.lengths(sources)?;
        let mut sound = vec![0.0; *lengths.last().unwrap_or(&0)];
        let threads = workspaces.len().max(1);
        let chunk = CHUNK.min(sound.len().div_ceil(threads)).max(1);
        let chunks = Mutex::new(sound.chunks_mut(chunk).enumerate());
        let work = |workspace: &mut Workspace| {
            loop {
                let next = chunks.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some((at, out)) = next else { return };
                self.chunk(sources, &lengths, at * chunk, out, workspace);
            }
        };
        thread::scope(|scope| {
            let mut workspaces = workspaces.iter_mut();
            let own = workspaces.next();
            for other in workspaces {
                scope.spawn(|| work(other));
            }
            work(own.unwrap_or(&mut Workspace::default()));
        });
        Ok(sound)
    }

    /// Makes the sound from the sample `from` on.
    fn chunk(
        &self,
        sources: &[Source],
        lengths: &[usize],
        from: usize,
        out: &mut [f32],
        workspace: &mut Workspace,
    ) {
        let first = self.sources.len();
        let ranges = self.ranges(lengths, from, out.len());
        let mut values: Vec<Option<Signal>> = (ranges.iter())
            .zip(sources)
            .zip(lengths)
            .map(|((range, source), length)| {
                (range.clone()).map(|range| Signal::of(source, *length, range, workspace))
            })
            .collect();
        // After its last reader a value is not kept.
        let mut last_read = vec![0; self.channels.len()];
        for (at, step) in self.steps.iter().enumerate() {
            for input in &step.inputs {
                last_read[*input] = at;
            }
        }
        for (at, step) in self.steps.iter().enumerate() {
            let value = first + at;
            let made = ranges[value].clone().and_then(|range| {
                let whole = 0..lengths[value].cast_signed();
                step.run(
                    &values,
                    Signal::new(self.channels[value], range, workspace),
                    &whole,
                )
            });
            values.push(made);
            for input in &step.inputs {
                if last_read[*input] == at
                    && let Some(signal) = values[*input].take()
                {
                    workspace.0.push(signal.samples);
                }
            }
        }
        if let Some(Some(sound)) = values.pop() {
            out.copy_from_slice(&sound.samples[..out.len()]);
            workspace.0.push(sound.samples);
        }
    }

    /// Which samples of every value a stretch of the sound depends on; they may lie beyond the ends of the value. `None` for
    /// what it does not depend on.
    fn ranges(&self, lengths: &[usize], from: usize, count: usize) -> Vec<Option<Range<isize>>> {
        let mut ranges: Vec<Option<Range<isize>>> = vec![None; lengths.len()];
        let sound = from.cast_signed()..(from + count).cast_signed();
        if let Some(last) = ranges.last_mut() {
            *last = Some(sound);
        }
        for (at, step) in self.steps.iter().enumerate().rev() {
            let value = self.sources.len() + at;
            let Some(range) = ranges[value].clone() else {
                continue;
            };
            for input in &step.inputs {
                let spread = lengths[*input] == 1 && lengths[value] > 1;
                let needed = if spread && matches!(step.op, Op::Add) {
                    0..1
                } else {
                    step.op.needs(&range, lengths[value])
                };
                ranges[*input] = Some(match ranges[*input].take() {
                    Some(range) => range.start.min(needed.start)..range.end.max(needed.end),
                    None => needed,
                });
            }
        }
        ranges
    }
}

/// The part of a range that lies in another.
fn within(range: &Range<isize>, whole: &Range<isize>) -> Range<isize> {
    let start = range.start.clamp(whole.start, whole.end);
    start..range.end.clamp(start, whole.end)
}

impl Op {
    /// What is read to make a range of a value with this length.
    fn needs(&self, range: &Range<isize>, length: usize) -> Range<isize> {
        let made = within(range, &(0..length.cast_signed()));
        match self {
            Self::Conv {
                weights, before, ..
            } => {
                let start = made.start - before.cast_signed();
                start..start + made.len().cast_signed() + weights.reach().cast_signed()
            }
            Self::Upsample {
                weights,
                stride,
                before,
                ..
            } => {
                let steps = upsampled(&made, *stride, *before);
                steps.start - weights.reach().cast_signed()..steps.end
            }
            Self::Leaky(_) | Self::Scale(_) | Self::Tanh | Self::Add => range.clone(),
        }
    }
}

/// The samples of the input that a range of the upsampled output belongs to.
fn upsampled(made: &Range<isize>, stride: usize, before: usize) -> Range<isize> {
    let (stride, before) = (stride.cast_signed(), before.cast_signed());
    let start = (made.start + before) / stride;
    start..((made.end + before + stride - 1) / stride).max(start)
}

impl Signal {
    /// A stretch that holds anything yet.
    fn new(channels: usize, range: Range<isize>, workspace: &mut Workspace) -> Self {
        let stride = range.len() + SLACK;
        let size = channels * stride;
        // The smallest that is large enough, else the largest.
        let free = &mut workspace.0;
        let best = (0..free.len()).min_by_key(|at| {
            let room = free[*at].capacity();
            (room < size, room.abs_diff(size))
        });
        let mut samples = best.map_or_else(Vec::new, |at| free.swap_remove(at));
        samples.resize(size, 0.0);
        Self {
            range,
            stride,
            samples,
        }
    }

    /// Clears what lies outside of the whole value, and what was written behind the end.
    fn clear_around(&mut self, made: &Range<isize>) {
        let (from, to) = (self.offset(made.start), self.offset(made.end));
        for row in self.samples.chunks_exact_mut(self.stride) {
            row[..from].fill(0.0);
            row[to..].fill(0.0);
        }
    }

    /// A stretch of a source.
    fn of(source: &Source, length: usize, range: Range<isize>, workspace: &mut Workspace) -> Self {
        let mut signal = Self::new(source.channels, range, workspace);
        let inside = within(&signal.range, &(0..length.cast_signed()));
        let to = signal.offset(inside.start);
        let from = inside.start.cast_unsigned();
        let rows = source.samples.chunks_exact(length.max(1));
        for (row, source) in signal.samples.chunks_exact_mut(signal.stride).zip(rows) {
            row[to..to + inside.len()].copy_from_slice(&source[from..from + inside.len()]);
        }
        signal.clear_around(&inside);
        signal
    }

    /// Where a sample of the whole value lies in each row.
    fn offset(&self, at: isize) -> usize {
        (at - self.range.start).cast_unsigned()
    }

    fn rows(&self, from: isize) -> Rows<'_> {
        Rows {
            data: &self.samples[self.offset(from)..],
            stride: self.stride,
        }
    }
}

impl Step {
    /// Makes a stretch of its value, of which `whole` are all samples. `None` if what it reads is not there.
    fn run(
        &self,
        values: &[Option<Signal>],
        mut out: Signal,
        whole: &Range<isize>,
    ) -> Option<Signal> {
        let input = |at: usize| values.get(*self.inputs.get(at)?)?.as_ref();
        let channels = out.samples.len() / out.stride;
        let made = within(&out.range, whole);
        match &self.op {
            Op::Conv {
                weights, before, ..
            } => {
                let from = input(0)?.rows(made.start - before.cast_signed());
                let (start, stride) = (out.offset(made.start), out.stride);
                for block in 0..weights.blocks() {
                    let first = block * ROWS;
                    let rows = RowsMut {
                        data: &mut out.samples[first * stride + start..],
                        stride,
                        rows: (channels - first).min(ROWS),
                    };
                    weights.convolve(block, from, rows, made.len());
                }
                out.clear_around(&made);
            }
            Op::Upsample {
                weights,
                stride,
                before,
                ..
            } => {
                let steps = upsampled(&made, *stride, *before);
                let from = input(0)?.rows(steps.start - weights.reach().cast_signed());
                let (start, width) = (out.offset(made.start), steps.len() + SLACK);
                let mut phases = vec![0.0; ROWS * width];
                // The first sample of the first step, seen from the first that is wanted.
                let begin = steps.start * stride.cast_signed() - before.cast_signed() - made.start;
                for block in 0..weights.blocks() {
                    let rows = RowsMut {
                        data: &mut phases,
                        stride: width,
                        rows: ROWS,
                    };
                    weights.convolve(block, from, rows, steps.len());
                    for (row, phase) in phases.chunks_exact(width).enumerate() {
                        let (channel, shift) =
                            ((block * ROWS + row) / stride, (block * ROWS + row) % stride);
                        if channel >= channels {
                            break;
                        }
                        let out = &mut out.samples[channel * out.stride + start..][..made.len()];
                        let begin = begin + shift.cast_signed();
                        // A step that begins before the first sample that is wanted has none for us in this phase.
                        let skip = usize::from(begin < 0);
                        let first = begin + (skip * stride).cast_signed();
                        let to = out.iter_mut().skip(first.cast_unsigned()).step_by(*stride);
                        for (out, sample) in to.zip(&phase[skip..]) {
                            *out = *sample;
                        }
                    }
                }
                out.clear_around(&made);
            }
            Op::Leaky(slope) => out.map(input(0)?, |x| if x < 0.0 { x * slope } else { x }),
            Op::Scale(factor) => out.map(input(0)?, |x| x * factor),
            Op::Tanh => out.map(input(0)?, f32::tanh),
            Op::Add => {
                let (mut long, mut short) = (input(0)?, input(1)?);
                if whole.len() > 1 && long.range == (0..1) && short.range != (0..1) {
                    (long, short) = (short, long);
                }
                out.map(long, |x| x);
                out.add(short, &made, whole.len() > 1);
            }
        }
        Some(out)
    }
}

impl Signal {
    /// Every sample from the same one of another signal, which reaches as far.
    fn map(&mut self, from: &Self, f: impl Fn(f32) -> f32) {
        let start = from.offset(self.range.start);
        let rows = from.samples.chunks_exact(from.stride);
        for (to, from) in self.samples.chunks_exact_mut(self.stride).zip(rows) {
            for (to, from) in to.iter_mut().zip(&from[start..start + self.range.len()]) {
                *to = f(*from);
            }
        }
    }

    /// Adds another signal; a single sample of a longer value is added to all of `made`.
    fn add(&mut self, other: &Self, made: &Range<isize>, spread: bool) {
        let rows = other.samples.chunks_exact(other.stride);
        let from = self.offset(made.start);
        let single = spread && other.range == (0..1);
        let start = if single {
            0
        } else {
            other.offset(self.range.start)
        };
        for (to, other) in self.samples.chunks_exact_mut(self.stride).zip(rows) {
            if single {
                for to in &mut to[from..from + made.len()] {
                    *to += other[0];
                }
            } else {
                for (to, other) in to.iter_mut().zip(&other[start..start + self.range.len()]) {
                    *to += other;
                }
            }
        }
    }
}
