//! Networks in the crate `rten`: pure Rust, nothing to install.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value};

use super::{
    INPUT, Input, LENGTHS, Mismatch, Network, Runner, RuntimeError, SCALES, SPEAKER, check_inputs,
};

struct RtenNetwork {
    model: Model,
    input: NodeId,
    lengths: NodeId,
    scales: NodeId,
    speaker: Option<NodeId>,
    output: NodeId,
}

/// Loads a model.
pub fn load(path: &Path) -> Result<Arc<dyn Network>, RuntimeError> {
    guarded(|| {
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
        let network: Arc<dyn Network> = Arc::new(RtenNetwork {
            input: node(INPUT)?,
            lengths: node(LENGTHS)?,
            scales: node(SCALES)?,
            speaker: has_speakers.then(|| node(SPEAKER)).transpose()?,
            output: *(model.output_ids().first())
                .ok_or(RuntimeError::Foreign(Mismatch::NoOutput))?,
            model,
        });
        Ok(network)
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
        })
    }
}

struct RtenRunner {
    network: Arc<RtenNetwork>,
    /// Its own, because the noise comes from a generator of the thread: see [`RtenRunner::run`].
    pool: Arc<ThreadPool>,
}

impl Runner for RtenRunner {
    fn run(&mut self, input: Input) -> Result<Vec<f32>, RuntimeError> {
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
        let outputs = guarded(|| {
            self.pool.run(|| {
                // `rten` draws the noise from `fastrand`'s generator of the thread that walks the network, and inside its
                // pool that is this one.
                fastrand::seed(input.seed);
                network
                    .model
                    .run(inputs, &[network.output], Some(options))
                    .map_err(|error| failed(error.into()))
            })
        })?;
        let sound = outputs
            .into_iter()
            .next()
            .and_then(Value::into_tensor::<f32>)
            .ok_or(RuntimeError::Foreign(Mismatch::Output))?;
        Ok(sound.into_data())
    }
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
