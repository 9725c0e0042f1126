//! The Opus encoder: the one place that calls `unsafe-libopus`, a translation of libopus 1.3.1.
#![allow(unsafe_code, reason = "the library has the interface of C")]

use std::ptr::NonNull;

use unsafe_libopus::{
    OPUS_APPLICATION_AUDIO, OPUS_GET_LOOKAHEAD_REQUEST, OPUS_SET_BITRATE_REQUEST,
    OPUS_SET_SIGNAL_REQUEST, OPUS_SIGNAL_VOICE, OpusEncoder, opus_encode_float,
    opus_encoder_create, opus_encoder_ctl, opus_encoder_destroy,
};

/// Rate of the encoder, in Hz.
pub const RATE: u32 = 48_000;

/// The same, as the library counts.
const C_RATE: i32 = 48_000;

/// Samples of a packet: 20 ms.
pub const FRAME: usize = 960;

/// The same, as the library counts.
const C_FRAME: i32 = 960;

/// Longest packet, in bytes, that the library recommends room for.
const LONGEST: i32 = 4000;

/// What the library has against a call; its number is that of `opus_errorcodes`.
#[derive(Debug, thiserror::Error)]
#[error("the Opus encoder failed ({0})")]
pub struct EncoderError(i32);

/// An encoder for mono speech at 48 kHz.
pub struct Encoder(NonNull<OpusEncoder>);

impl Encoder {
    /// An encoder of a bit rate, in bits per second.
    pub fn new(bit_rate: i32) -> Result<Self, EncoderError> {
        let mut code = 0;
        // SAFETY: `code` lives through the call; the arguments are checked by the library.
        let state =
            unsafe { opus_encoder_create(C_RATE, 1, OPUS_APPLICATION_AUDIO, &raw mut code) };
        let encoder = Self(NonNull::new(state).ok_or(EncoderError(code))?);
        for (request, value) in [
            (OPUS_SET_BITRATE_REQUEST, bit_rate),
            (OPUS_SET_SIGNAL_REQUEST, OPUS_SIGNAL_VOICE),
        ] {
            // SAFETY: the state is whole, and both requests take one number.
            match unsafe { opus_encoder_ctl!(encoder.0.as_ptr(), request, value) } {
                0 => {}
                code => return Err(EncoderError(code)),
            }
        }
        Ok(encoder)
    }

    /// Samples by which what comes out of a decoder is late.
    pub fn lookahead(&mut self) -> Result<u16, EncoderError> {
        let mut samples = 0_i32;
        let request = OPUS_GET_LOOKAHEAD_REQUEST;
        // SAFETY: the state is whole, and the request writes one number, which lives through the call.
        match unsafe { opus_encoder_ctl!(self.0.as_ptr(), request, &mut samples) } {
            0 => Ok(samples as u16),
            code => Err(EncoderError(code)),
        }
    }

    /// The packet of 20 ms of sound.
    pub fn encode(&mut self, samples: &[f32; FRAME]) -> Result<Vec<u8>, EncoderError> {
        let mut packet = vec![0; LONGEST as usize];
        // SAFETY: the state is whole; the library reads `FRAME` samples and writes at most `LONGEST` bytes.
        let length = unsafe {
            opus_encode_float(
                self.0.as_ptr(),
                samples.as_ptr(),
                C_FRAME,
                packet.as_mut_ptr(),
                LONGEST,
            )
        };
        packet.truncate(usize::try_from(length).map_err(|_| EncoderError(length))?);
        Ok(packet)
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: made by `opus_encoder_create` and used by nobody else.
        unsafe { opus_encoder_destroy(self.0.as_ptr()) }
    }
}
