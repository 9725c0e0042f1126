//! Convolution of signals, written for networks with few channels and many samples, as at the end of a vocoder.
//!
//! Frameworks spread the signal out to a matrix and multiply; with 32 channels that costs more than the arithmetic itself.
//! Here a block of output channels and samples stays in registers while the signal is read where it lies, shifted by a sample
//! for each tap ("direct convolution", Zhang et al. 2018, arXiv:1809.10170).

#![expect(
    clippy::inline_always,
    reason = "the processor's vectors are only reached where all is one function, see `rten_simd`"
)]

use rten_simd::{
    Isa, SimdOp,
    ops::{BitOps as _, NumOps as _},
};

/// Output channels that are computed together; all blocks have so many, the last one is filled up with zeros.
pub const ROWS: usize = 8;

/// Vectors of samples that are computed together: with [`ROWS`] of them each, what AVX-512 and NEON have registers for.
const VECTORS: usize = 3;

/// Columns behind a signal that may be read and written, because whole vectors are: `VECTORS` of the longest.
pub const SLACK: usize = 48;

/// What a convolution multiplies with.
#[derive(Debug)]
pub struct Weights {
    /// By block, input channel, tap and row of the block.
    packed: Vec<f32>,
    /// One for each row of all blocks.
    bias: Vec<f32>,
    inputs: usize,
    taps: usize,
    dilation: usize,
}

impl Weights {
    /// Orders weights as they will be read. `weight` gives the one of an output channel, an input channel and a tap, `bias`
    /// what is added to an output channel.
    pub fn new(
        [outputs, inputs, taps]: [usize; 3],
        dilation: usize,
        weight: impl Fn(usize, usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Self {
        let blocks = outputs.div_ceil(ROWS);
        let mut packed = Vec::with_capacity(blocks * inputs * taps * ROWS);
        for block in 0..blocks {
            for input in 0..inputs {
                for tap in 0..taps {
                    packed.extend((block * ROWS..(block + 1) * ROWS).map(|output| {
                        if output < outputs {
                            weight(output, input, tap)
                        } else {
                            0.0
                        }
                    }));
                }
            }
        }
        let bias = (0..blocks * ROWS)
            .map(|output| if output < outputs { bias(output) } else { 0.0 })
            .collect();
        Self {
            packed,
            bias,
            inputs,
            taps,
            dilation,
        }
    }

    /// Blocks of output channels.
    pub fn blocks(&self) -> usize {
        self.bias.len() / ROWS
    }

    /// Samples of the input that one of the output is made from, less one.
    pub fn reach(&self) -> usize {
        (self.taps - 1) * self.dilation
    }

    /// Computes `count` samples of the output channels of a block. `input` begins with the first sample of the first channel
    /// that is needed; it and `out` have [`SLACK`] samples behind the last. Samples of `out` behind `count` are overwritten.
    pub fn convolve(&self, block: usize, input: Rows<'_>, out: RowsMut<'_>, count: usize) {
        self.block(block, input, out, count).dispatch();
    }

    fn block<'a>(
        &'a self,
        block: usize,
        input: Rows<'a>,
        out: RowsMut<'a>,
        count: usize,
    ) -> Convolve<'a> {
        let size = self.inputs * self.taps * ROWS;
        Convolve {
            weights: &self.packed[block * size..][..size],
            bias: &self.bias[block * ROWS..][..ROWS],
            shape: self,
            input,
            out,
            count,
        }
    }
}

/// Channels of a signal below each other.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// All samples, from the first that is meant.
    pub data: &'a [f32],
    /// From one channel to the next.
    pub stride: usize,
}

/// The same, to be written.
#[derive(Debug)]
pub struct RowsMut<'a> {
    /// All samples, from the first that is meant.
    pub data: &'a mut [f32],
    /// From one channel to the next.
    pub stride: usize,
    /// How many channels there are to write; what a block has more is dropped.
    pub rows: usize,
}

struct Convolve<'a> {
    weights: &'a [f32],
    bias: &'a [f32],
    shape: &'a Weights,
    input: Rows<'a>,
    out: RowsMut<'a>,
    count: usize,
}

impl SimdOp for Convolve<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(mut self, isa: I) {
        let step = VECTORS * isa.f32().len();
        for from in (0..self.count).step_by(step) {
            // AVX2 has 16 registers, so it takes a block in two halves; the others have 32.
            if isa.f32().len() == 8 {
                self.tile::<I, { ROWS / 2 }>(isa, from, 0);
                self.tile::<I, { ROWS / 2 }>(isa, from, ROWS / 2);
            } else {
                self.tile::<I, ROWS>(isa, from, 0);
            }
        }
    }
}

impl Convolve<'_> {
    /// Computes `N` rows, from the row `first`, of as many samples as there are in [`VECTORS`].
    #[inline(always)]
    fn tile<I: Isa, const N: usize>(&mut self, isa: I, from: usize, first: usize) {
        let ops = isa.f32();
        let lanes = ops.len();
        let Weights {
            inputs,
            taps,
            dilation,
            ..
        } = *self.shape;
        let mut sums = [[ops.zero(); VECTORS]; N];
        for (sums, bias) in sums.iter_mut().zip(&self.bias[first..]) {
            *sums = [ops.splat(*bias); VECTORS];
        }
        let span = self.shape.reach() + VECTORS * lanes;
        let mut weights = self.weights.chunks_exact(ROWS);
        for channel in 0..inputs {
            let row = &self.input.data[channel * self.input.stride + from..][..span];
            for tap in 0..taps {
                let Some(weights) = weights.next() else {
                    return;
                };
                let samples = &row[tap * dilation..][..VECTORS * lanes];
                let mut vectors = [ops.zero(); VECTORS];
                for (at, vector) in vectors.iter_mut().enumerate() {
                    *vector = ops.load(&samples[at * lanes..]);
                }
                for (sums, weight) in sums.iter_mut().zip(&weights[first..]) {
                    let weight = ops.splat(*weight);
                    for (sum, vector) in sums.iter_mut().zip(vectors) {
                        *sum = ops.mul_add(vector, weight, *sum);
                    }
                }
            }
        }
        let rows = self.out.rows.saturating_sub(first);
        for (row, sums) in sums.into_iter().enumerate().take(rows) {
            let out = &mut self.out.data[(first + row) * self.out.stride + from..];
            for (at, sum) in sums.into_iter().enumerate() {
                ops.store(sum, &mut out[at * lanes..][..lanes]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rten_simd::isa::{self, GenericIsa};

    /// A way to compute that this processor has.
    type Way = (&'static str, fn(Convolve<'_>));

    /// All ways that this processor has, the portable one first. Without the processor's features around them they are slow,
    /// and give the same.
    fn ways() -> Vec<Way> {
        let mut ways: Vec<Way> = vec![
            ("portable", |op| op.eval(GenericIsa::new())),
            ("chosen", |op| op.dispatch()),
        ];
        #[cfg(target_arch = "x86_64")]
        {
            if isa::Avx2Isa::new().is_some() {
                ways.push(("AVX2", |op| {
                    op.eval(isa::Avx2Isa::new().expect("it was there"));
                }));
            }
            if isa::Avx512Isa::new().is_some() {
                ways.push(("AVX-512", |op| {
                    op.eval(isa::Avx512Isa::new().expect("it was there"));
                }));
            }
        }
        #[cfg(target_arch = "aarch64")]
        if isa::ArmNeonIsa::new().is_some() {
            ways.push(("NEON", |op| {
                op.eval(isa::ArmNeonIsa::new().expect("it was there"));
            }));
        }
        ways
    }

    #[test]
    fn every_way_is_the_sum_that_the_book_says() {
        for [outputs, inputs, taps, dilation, count] in [
            [1, 1, 1, 1, 1],
            [5, 3, 3, 2, 50],
            [16, 7, 7, 12, 131],
            [9, 2, 1, 1, 48],
            [8, 4, 11, 5, 47],
            [3, 1, 3, 1, 49],
        ] {
            // Small whole numbers and halves: all sums are exact, in whatever order they are made.
            let weight = |o: usize, i: usize, k: usize| ((o * 7 + i * 3 + k) % 11) as f32 - 5.0;
            let weights = Weights::new([outputs, inputs, taps], dilation, weight, |o| {
                o as f32 * 0.5
            });
            let stride = count + weights.reach() + SLACK;
            let input: Vec<f32> = (0..inputs * stride)
                .map(|n| (n % 23) as f32 - 9.0)
                .collect();
            for (name, way) in ways() {
                let mut out = vec![f32::NAN; outputs * stride];
                for block in 0..weights.blocks() {
                    let rows = (outputs - block * ROWS).min(ROWS);
                    let input = Rows {
                        data: &input,
                        stride,
                    };
                    let data = &mut out[block * ROWS * stride..];
                    way(weights.block(block, input, RowsMut { data, stride, rows }, count));
                }
                for o in 0..outputs {
                    for t in 0..count {
                        let mut sum = o as f32 * 0.5;
                        for i in 0..inputs {
                            for k in 0..taps {
                                sum += weight(o, i, k) * input[i * stride + t + k * dilation];
                            }
                        }
                        let got = out[o * stride + t];
                        assert!(
                            (got - sum).abs() < 1e-6,
                            "{name}, {o} {t}: {got}, not {sum}"
                        );
                    }
                }
            }
        }
    }
}
