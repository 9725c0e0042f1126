//! Networks in ONNX Runtime, whose library is loaded from the system (feature `ort`).
//!
//! The noise comes from ONNX Runtime's own generator, so a seed means nothing here.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use ort::{
    environment::Environment,
    session::{Session, SessionInputValue},
    value::{Outlet, Tensor, TensorElementType},
};

use super::{
    INPUT, Input, LENGTHS, Mismatch, Network, Runner, RuntimeError, SCALES, SPEAKER, check_inputs,
};

/// Environment variable with the path of the library.
const LIBRARY: &str = "ORT_DYLIB_PATH";

/// Where it is looked for otherwise.
const NAME: &str = if cfg!(windows) {
    "onnxruntime.dll"
} else if cfg!(target_os = "macos") {
    "libonnxruntime.dylib"
} else {
    "libonnxruntime.so"
};

struct OrtNetwork {
    /// Runs on all processors; one run at a time.
    session: Mutex<Session>,
    /// Whether the numbers are of 64 bits, not 32.
    wide: bool,
    has_speakers: bool,
    output: String,
    /// Must not end before the session does.
    _environment: Environment,
}

/// Loads a model, and before the first one the library.
pub fn load(path: &Path) -> Result<Arc<dyn Network>, RuntimeError> {
    let library = std::env::var_os(LIBRARY).unwrap_or_else(|| NAME.into());
    let environment = ort::init_from(library)
        .map_err(|error| RuntimeError::Missing(error.into()))?
        .build()
        .map_err(|error| RuntimeError::Missing(error.into()))?;
    let session = Session::builder(&environment)
        .and_then(|mut builder| builder.commit_from_file(path))
        .map_err(|error| RuntimeError::Load(error.into()))?;
    let has_speakers = check_inputs(session.inputs().iter().map(Outlet::name))?;
    let wide = session.inputs().iter().any(|input| {
        input.name() == INPUT && input.dtype().tensor_type() == Some(TensorElementType::Int64)
    });
    let output = session
        .outputs()
        .first()
        .ok_or(RuntimeError::Foreign(Mismatch::NoOutput))?;
    Ok(Arc::new(OrtNetwork {
        wide,
        has_speakers,
        output: output.name().to_owned(),
        session: Mutex::new(session),
        _environment: environment,
    }))
}

impl Network for OrtNetwork {
    fn has_speakers(&self) -> bool {
        self.has_speakers
    }

    fn runner(self: Arc<Self>, _threads: usize) -> Box<dyn Runner> {
        Box::new(OrtRunner(self))
    }
}

struct OrtRunner(Arc<OrtNetwork>);

impl OrtRunner {
    /// Whole numbers as the model wants them.
    fn numbers(&self, numbers: &[i32], shape: &[usize]) -> ort::Result<SessionInputValue<'static>> {
        Ok(if self.0.wide {
            let wide: Vec<i64> = numbers.iter().map(|n| i64::from(*n)).collect();
            Tensor::from_array((shape.to_vec(), wide))?.into()
        } else {
            Tensor::from_array((shape.to_vec(), numbers.to_vec()))?.into()
        })
    }

    fn inputs(&self, input: Input) -> ort::Result<Vec<(&'static str, SessionInputValue<'static>)>> {
        let count = i32::try_from(input.ids.len()).unwrap_or(i32::MAX);
        let mut inputs = vec![
            (INPUT, self.numbers(input.ids, &[1, input.ids.len()])?),
            (LENGTHS, self.numbers(&[count], &[1])?),
            (
                SCALES,
                Tensor::from_array(([3_usize], input.scales.to_vec()))?.into(),
            ),
        ];
        if self.0.has_speakers {
            let speaker = self.numbers(&[input.speaker.cast_signed()], &[1])?;
            inputs.push((SPEAKER, speaker));
        }
        Ok(inputs)
    }
}

impl Runner for OrtRunner {
    fn run(&mut self, input: Input) -> Result<Vec<f32>, RuntimeError> {
        let failed = |error: ort::Error| RuntimeError::Run(error.into());
        let inputs = self.inputs(input).map_err(failed)?;
        let mut session = self
            .0
            .session
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let outputs = session.run(inputs).map_err(failed)?;
        let sound = outputs
            .get(&self.0.output)
            .ok_or(RuntimeError::Foreign(Mismatch::NoOutput))?;
        let (_, sound) = sound
            .try_extract_tensor::<f32>()
            .map_err(|_| RuntimeError::Foreign(Mismatch::Output))?;
        if sound.len() > input.longest {
            return Err(RuntimeError::Endless);
        }
        Ok(sound.to_vec())
    }
}
