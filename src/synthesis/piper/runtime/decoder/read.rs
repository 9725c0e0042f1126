//! Finds, in an ONNX file, the end of the network that is nothing but convolutions and what stands between them.

use std::{
    collections::{HashMap, hash_map::Entry},
    fs::File,
    path::Path,
};

use rten_onnx::onnx::{AttributeProto, DataType, GraphProto, ModelProto, NodeProto, TensorProto};

use super::{Decoder, Op, Step, conv::Weights};

/// Most steps; Piper's largest voices have 200.
const MAX_STEPS: usize = 1000;

/// Most values that come from the front part: what is to be spoken, and who speaks.
const MAX_SOURCES: usize = 4;

/// Most samples that one sample of a source may become; Piper's voices have 256.
const MAX_STRIDE: usize = 4096;

/// Most channels; Piper's largest voices have 512.
const MAX_CHANNELS: usize = 1024;

/// Most taps of a convolution, and most samples between two of them.
const MAX_TAPS: usize = 1024;

/// Reads the file. `None` where it is not ONNX or its network does not end with convolutions; whether the file can be used all
/// the same is for the runtime to say.
pub fn read(path: &Path) -> Option<Decoder> {
    let model = ModelProto::parse_file(File::open(path).ok()?).ok()?;
    let graph = model.graph?;
    Reader::new(&graph)?.decoder(graph.output.first()?.name.as_deref()?)
}

struct Reader<'g> {
    /// Which node makes a value.
    makers: HashMap<&'g str, &'g NodeProto>,
    constants: HashMap<&'g str, &'g TensorProto>,
}

/// What a value is called while the steps are put in order.
#[derive(Debug, Clone, Copy)]
enum Place {
    Source(usize),
    Step(usize),
}

impl<'g> Reader<'g> {
    fn new(graph: &'g GraphProto) -> Option<Self> {
        let mut makers = HashMap::new();
        let mut constants = HashMap::new();
        for tensor in &graph.initializer {
            constants.insert(tensor.name.as_deref()?, tensor);
        }
        for node in &graph.node {
            let output = node.output.first().map(String::as_str);
            if node.op_type.as_deref() == Some("Constant") {
                let value = attribute(node, "value").and_then(|value| value.t.as_ref());
                constants.extend(output.zip(value));
            }
            // A name that is given twice is no network's.
            for output in &node.output {
                match makers.entry(output.as_str()) {
                    Entry::Vacant(free) => free.insert(node),
                    Entry::Occupied(_) => return None,
                };
            }
        }
        Some(Self { makers, constants })
    }

    fn decoder(&self, output: &str) -> Option<Decoder> {
        // The sound gets an axis more at the end.
        let mut sound = output;
        while let Some(node) = self.makers.get(sound)
            && matches!(node.op_type.as_deref(), Some("Unsqueeze" | "Identity"))
        {
            sound = node.input.first()?;
            if sound == output {
                return None;
            }
        }
        let mut places: HashMap<&str, Place> = HashMap::new();
        let mut sources: Vec<String> = Vec::new();
        let mut steps: Vec<(Op, Vec<Place>)> = Vec::new();
        // First what a step needs, then the step.
        let mut to_do = vec![(sound, false)];
        while let Some((name, ready)) = to_do.pop() {
            if places.contains_key(name) {
                continue;
            }
            if to_do.len() + steps.len() > MAX_STEPS {
                return None;
            }
            let Some((op, inputs)) = self.makers.get(name).and_then(|node| self.op(node)) else {
                places.insert(name, Place::Source(sources.len()));
                sources.push(name.to_owned());
                continue;
            };
            if ready {
                let inputs: Option<Vec<_>> = inputs
                    .iter()
                    .map(|name| places.get(name).copied())
                    .collect();
                places.insert(name, Place::Step(steps.len()));
                steps.push((op, inputs?));
            } else {
                to_do.push((name, true));
                to_do.extend(inputs.into_iter().map(|name| (name, false)));
            }
        }
        if sources.len() > MAX_SOURCES || !matches!(places.get(sound), Some(Place::Step(_))) {
            return None;
        }
        let count = sources.len();
        let steps = steps
            .into_iter()
            .map(|(op, inputs)| Step {
                op,
                inputs: (inputs.into_iter())
                    .map(|place| match place {
                        Place::Source(at) => at,
                        Place::Step(at) => count + at,
                    })
                    .collect(),
            })
            .collect();
        Decoder::new(sources, steps).filter(|decoder| {
            let channels = decoder.channels.iter();
            decoder.stride() <= MAX_STRIDE && channels.max() <= Some(&MAX_CHANNELS)
        })
    }

    /// A node as a step, with the names of the values that it reads. `None` for what is not ours.
    fn op(&self, node: &'g NodeProto) -> Option<(Op, Vec<&'g str>)> {
        let input = |at: usize| node.input.get(at).map(String::as_str);
        let first = input(0)?;
        let one = |op| Some((op, vec![first]));
        match node.op_type.as_deref()? {
            "Conv" => one(self.conv(node)?),
            "ConvTranspose" => one(self.upsample(node)?),
            "LeakyRelu" => one(Op::Leaky(
                attribute(node, "alpha").and_then(|a| a.f).unwrap_or(0.01),
            )),
            "Tanh" => one(Op::Tanh),
            "Div" => one(Op::Scale(1.0 / self.scalar(input(1)?)?)),
            "Add" => {
                let second = input(1)?;
                let constant = |name| self.constants.contains_key(name);
                (!constant(first) && !constant(second)).then(|| (Op::Add, vec![first, second]))
            }
            _ => None,
        }
    }

    fn conv(&self, node: &NodeProto) -> Option<Op> {
        let ([outputs, inputs, taps], weights, bias) = self.weights(node)?;
        let dilation = one_of(node, "dilations", 1)?;
        let [before, after] = pads(node)?;
        if one_of(node, "strides", 1)? != 1
            || dilation > MAX_TAPS
            || before + after != (taps - 1) * dilation
        {
            return None;
        }
        let weight = |o, i, k| weights[(o * inputs + i) * taps + k];
        Some(Op::Conv {
            weights: Weights::new([outputs, inputs, taps], dilation, weight, |o| bias[o]),
            inputs,
            outputs,
            before,
        })
    }

    /// A transposed convolution is a convolution for each of the samples between two of the input: [`Op::Upsample`].
    fn upsample(&self, node: &NodeProto) -> Option<Op> {
        let ([inputs, outputs, taps], weights, bias) = self.weights(node)?;
        let stride = one_of(node, "strides", 1)?;
        let [before, after] = pads(node)?;
        let made_longer = attribute(node, "output_padding").is_some_and(|a| a.ints != [0]);
        if made_longer
            || one_of(node, "dilations", 1)? != 1
            || !(1..=taps).contains(&stride)
            || before + after != taps - stride
        {
            return None;
        }
        let reach = taps.div_ceil(stride);
        // Row `output * stride + phase`; the newest sample comes last, the weights begin with it.
        let weight = |row: usize, i: usize, k: usize| {
            let (output, phase) = (row / stride, row % stride);
            let tap = phase + (reach - 1 - k) * stride;
            if tap < taps {
                weights[(i * outputs + output) * taps + tap]
            } else {
                0.0
            }
        };
        let rows = outputs * stride;
        Some(Op::Upsample {
            weights: Weights::new([rows, inputs, reach], 1, weight, |row| bias[row / stride]),
            inputs,
            outputs,
            stride,
            before,
        })
    }

    /// Shape, weights and bias of a convolution over time in one group.
    fn weights(&self, node: &NodeProto) -> Option<([usize; 3], Vec<f32>, Vec<f32>)> {
        let tensor = *self.constants.get(node.input.get(1)?.as_str())?;
        let [a, b, taps] = tensor.dims[..] else {
            return None;
        };
        let size = |n: i64| usize::try_from(n).ok().filter(|n| *n > 0);
        let shape @ [a, b, taps] = [size(a)?, size(b)?, size(taps)?];
        let weights = floats(tensor)?;
        let grouped = one_of(node, "group", 1)? != 1
            || attribute(node, "auto_pad").is_some_and(|a| a.s.as_deref() != Some("NOTSET"));
        if grouped || taps > MAX_TAPS || a.checked_mul(b)?.checked_mul(taps)? != weights.len() {
            return None;
        }
        let outputs = if node.op_type.as_deref() == Some("Conv") {
            a
        } else {
            b
        };
        let bias = match node.input.get(2).filter(|name| !name.is_empty()) {
            Some(name) => floats(self.constants.get(name.as_str())?)?,
            None => vec![0.0; outputs],
        };
        (bias.len() == outputs).then_some((shape, weights, bias))
    }

    fn scalar(&self, name: &str) -> Option<f32> {
        let values = floats(self.constants.get(name)?)?;
        let [value] = values[..] else { return None };
        (value != 0.0).then_some(value)
    }
}

fn attribute<'n>(node: &'n NodeProto, name: &str) -> Option<&'n AttributeProto> {
    (node.attribute.iter()).find(|attribute| attribute.name.as_deref() == Some(name))
}

/// An attribute that is one number, in a list or not.
fn one_of(node: &NodeProto, name: &str, otherwise: usize) -> Option<usize> {
    let Some(attribute) = attribute(node, name) else {
        return Some(otherwise);
    };
    let number = match (attribute.i, &attribute.ints[..]) {
        (Some(number), []) => number,
        (_, [number]) => *number,
        _ => return None,
    };
    usize::try_from(number).ok().filter(|number| *number > 0)
}

/// Zeros before the first and behind the last sample.
fn pads(node: &NodeProto) -> Option<[usize; 2]> {
    let Some(pads) = attribute(node, "pads") else {
        return Some([0, 0]);
    };
    let [before, after] = pads.ints[..] else {
        return None;
    };
    Some([before.try_into().ok()?, after.try_into().ok()?])
}

/// The values of a tensor of 32-bit floats, however they are kept.
fn floats(tensor: &TensorProto) -> Option<Vec<f32>> {
    if tensor.data_type != Some(DataType::FLOAT) {
        return None;
    }
    let Some(raw) = &tensor.raw_data else {
        return Some(tensor.float_data.clone());
    };
    let (numbers, rest) = (
        raw.borrow().as_chunks::<4>().0.to_vec(),
        raw.borrow().len() % 4,
    );
    (rest == 0).then(|| numbers.into_iter().map(f32::from_le_bytes).collect())
}
