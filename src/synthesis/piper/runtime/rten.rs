//! Networks in Rust, nothing to install: the crate `rten` runs the front part, our own [`Decoder`] makes the sound.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value};

use super::{
    INPUT, Input, LENGTHS, Mismatch, Network, Runner, RuntimeError, SCALES, SPEAKER, check_inputs,
    decoder::{Decoder, Misfit, Source, Workspace},
};

struct RtenNetwork {
    model: Model,
    input: NodeId,
    lengths: NodeId,
    scales: NodeId,
    speaker: Option<NodeId>,
    output: NodeId,
    /// Where it is found, and the values that it starts from; else `rten` makes the sound as well.
    decoder: Option<(Decoder, Vec<NodeId>)>,
    /// Runners that are making sound just now.
    busy: AtomicUsize,
}

/// Loads a model.
pub fn load(path: &Path) -> Result<Arc<dyn Network>, RuntimeError> {
    Ok(Arc::new(open(path)?))
}

fn open(path: &Path) -> Result<RtenNetwork, RuntimeError> {
    guarded(|| {
        // First, so that its copy of the file is gone before `rten` makes another.
        let decoder = Decoder::read(path);
        let model = ModelOptions::with_all_ops()
            .load_file(path)
            .map_err(|error| RuntimeError::Load(error.into()))?;
        let name = |id: &NodeId| model.node_info(*id).and_then(|node| node.name());
        let has_speakers = check_inputs(model.input_ids().iter().filter_map(name))?;
        let node = |name: &'static str| {
            model
                .find_node(name)
                .ok_or(RuntimeError::Foreign(Mismatch::MissingInput(name)))
        };
        let decoder = decoder.and_then(|decoder| {
            let sources = decoder.sources().iter();
            let nodes: Option<_> = sources.map(|name| model.find_node(name)).collect();
            Some((decoder, nodes?))
        });
        Ok(RtenNetwork {
            decoder,
            busy: AtomicUsize::new(0),
            input: node(INPUT)?,
            lengths: node(LENGTHS)?,
            scales: node(SCALES)?,
            speaker: has_speakers.then(|| node(SPEAKER)).transpose()?,
            output: *(model.output_ids().first())
                .ok_or(RuntimeError::Foreign(Mismatch::NoOutput))?,
            model,
        })
    })
}

impl Network for RtenNetwork {
    fn has_speakers(&self) -> bool {
        self.speaker.is_some()
    }

    fn runner(self: Arc<Self>, threads: usize) -> Box<dyn Runner> {
        Box::new(RtenRunner {
            network: self,
            pool: Arc::new(ThreadPool::with_num_threads(threads)),
            threads,
            workspaces: Vec::new(),
        })
    }
}

struct RtenRunner {
    network: Arc<RtenNetwork>,
    /// Its own, because the noise comes from a generator of the thread: see [`RtenRunner::values`].
    pool: Arc<ThreadPool>,
    threads: usize,
    /// One for each thread of the decoder.
    workspaces: Vec<Workspace>,
}

impl Runner for RtenRunner {
    fn run(&mut self, input: Input) -> Result<Vec<f32>, RuntimeError> {
        guarded(|| {
            if let Some((decoder, nodes)) = &self.network.decoder {
                let sources = self.values(input, nodes)?;
                let sources: Result<Vec<_>, _> = sources.into_iter().map(source).collect();
                let sources = sources?;
                if decoder.length(&sources)? > input.longest {
                    return Err(RuntimeError::Endless);
                }
                // Where the others have nothing to do, as at the beginning and at the end, their processors are taken too.
                let (_busy, runners) = Busy::among(&self.network.busy);
                let processors = thread::available_parallelism().map_or(1, usize::from);
                let threads = self.threads.max(processors / runners);
                self.workspaces.resize_with(threads, Workspace::default);
                return Ok(decoder.run(&sources, &mut self.workspaces)?);
            }
            let sound = self
                .values(input, &[self.network.output])?
                .into_iter()
                .next();
            let sound = sound.and_then(Value::into_tensor::<f32>);
            let sound = sound
                .ok_or(RuntimeError::Foreign(Mismatch::Output))?
                .into_data();
            if sound.len() > input.longest {
                return Err(RuntimeError::Endless);
            }
            Ok(sound)
        })
    }
}

/// A runner counts as busy as long as this lives, which ends with a panic as well.
struct Busy<'a>(&'a AtomicUsize);

impl<'a> Busy<'a> {
    /// One more, and how many there are now.
    fn among(count: &'a AtomicUsize) -> (Self, usize) {
        let before = count.fetch_add(1, Ordering::Relaxed);
        (Self(count), before + 1)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl RtenRunner {
    /// Runs the network as far as some of its values.
    fn values(&self, input: Input, wanted: &[NodeId]) -> Result<Vec<Value>, RuntimeError> {
        let network = &self.network;
        let failed = |error: Box<dyn std::error::Error + Send + Sync>| RuntimeError::Run(error);
        let count = input.ids.len();
        let mut inputs = vec![
            (
                network.input,
                Value::from_shape([1, count], input.ids.to_vec())
                    .map_err(|error| failed(error.into()))?
                    .into(),
            ),
            (
                network.lengths,
                Value::from_shape([1], vec![i32::try_from(count).unwrap_or(i32::MAX)])
                    .map_err(|error| failed(error.into()))?
                    .into(),
            ),
            (
                network.scales,
                Value::from_shape([3], input.scales.to_vec())
                    .map_err(|error| failed(error.into()))?
                    .into(),
            ),
        ];
        if let Some(speaker) = network.speaker {
            let value = Value::from_shape([1], vec![input.speaker.cast_signed()])
                .map_err(|error| failed(error.into()))?;
            inputs.push((speaker, value.into()));
        }
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        self.pool.run(|| {
            // `rten` draws the noise from `fastrand`'s generator of the thread that walks the network, and inside its
            // pool that is this one.
            fastrand::seed(input.seed);
            network
                .model
                .run(inputs, wanted, Some(options))
                .map_err(|error| failed(error.into()))
        })
    }
}

/// What the front part gives, for the decoder: one batch of channels.
fn source(value: Value) -> Result<Source, RuntimeError> {
    let ([batch, channels, _], samples) = value
        .into_shape_vec::<f32, 3>()
        .map_err(|error| RuntimeError::Run(error.into()))?;
    if batch != 1 {
        return Err(Misfit.into());
    }
    Ok(Source { channels, samples })
}

/// Runs what handles a foreign model: `rten` promises errors, not that none of its checks is an assertion.
fn guarded<T>(work: impl FnOnce() -> Result<T, RuntimeError>) -> Result<T, RuntimeError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        Err(RuntimeError::Broken {
            reason: reason(panic.as_ref()),
        })
    })
}

/// What a panic said.
fn reason(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().copied();
    let said = said.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    said.unwrap_or("no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `rten` alone is the reference.
    #[test]
    fn the_decoder_makes_the_sound_that_the_whole_network_makes() {
        for (name, speaker) in [("singer", 0), ("duet", 0), ("duet", 1)] {
            let path = format!(
                "{}/tests/piper/{name}/{name}.onnx",
                env!("CARGO_MANIFEST_DIR")
            );
            let sound = |alone: bool, count: usize, threads| {
                let mut network = open(path.as_ref()).unwrap();
                assert!(network.decoder.is_some(), "{name} has no decoder");
                if alone {
                    network.decoder = None;
                }
                let ids: Vec<i32> = (0..i32::try_from(count).unwrap())
                    .map(|n| n * 37 % 256)
                    .collect();
                let input = Input {
                    ids: &ids,
                    scales: [0.7, 1.0, 0.8],
                    speaker,
                    seed: 3,
                    longest: 96 * count,
                };
                let mut runner = Arc::new(network).runner(threads);
                // What lies in used memory must not be heard.
                let other = Input {
                    ids: &[200; 500],
                    longest: usize::MAX,
                    ..input
                };
                runner.run(other).unwrap();
                runner.run(input).unwrap()
            };
            // One frame, some, and as many as fill several chunks.
            for count in [1, 2, 40, 800] {
                let whole = sound(true, count, 1);
                assert_eq!(whole.len(), 96 * count);
                assert!(whole.iter().any(|sample| sample.abs() > 0.01));
                for threads in [1, 2] {
                    let own = sound(false, count, threads);
                    assert_eq!(own.len(), whole.len());
                    let worst = own.iter().zip(&whole).map(|(a, b)| (a - b).abs());
                    let worst = worst.fold(0.0, f32::max);
                    assert!(
                        worst < 1e-5,
                        "{name}, {count} ids, {threads} threads: {worst}"
                    );
                }
            }
        }
    }

    #[test]
    fn who_panics_is_not_busy_any_more() {
        let count = AtomicUsize::new(0);
        let (_other, alone) = Busy::among(&count);
        let failed: Result<(), _> = guarded(|| {
            let (_busy, runners) = Busy::among(&count);
            panic!("with {runners}")
        });
        assert!(matches!(failed, Err(RuntimeError::Broken { reason }) if reason == "with 2"));
        assert_eq!((alone, count.load(Ordering::Relaxed)), (1, 1));
    }

    #[test]
    fn too_much_sound_is_refused_before_it_is_made() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/piper/singer/singer.onnx"
        );
        let input = Input {
            ids: &[1, 2, 3],
            scales: [0.7, 1.0, 0.8],
            speaker: 0,
            seed: 0,
            longest: 3 * 96 - 1,
        };
        let spoken = load(path.as_ref()).unwrap().runner(1).run(input);
        assert!(matches!(spoken, Err(RuntimeError::Endless)));
    }
}
