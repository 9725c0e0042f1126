//! Stop, pause, jump and change the speed, from any thread.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use crate::script::Utterance;

/// The speeds that there are; 1.0 is the voice's own.
pub const RATES: std::ops::RangeInclusive<f32> = 0.5..=3.0;

/// Handle with which one thread (a signal handler, a key reader) steers what another one is saying.
/// Clones are the same handle.
#[derive(Debug, Clone, Default)]
pub struct Control(Arc<State>);

#[derive(Debug)]
struct State {
    stopped: AtomicBool,
    paused: AtomicBool,
    /// The same as in [`Course`], for the thread of the sound device, which must not wait for a lock.
    turn: AtomicU32,
    /// Speed, as the bits of an `f32`.
    rate: AtomicU32,
    course: Mutex<Course>,
}

/// Where the speech is and where it is to go.
#[derive(Debug)]
struct Course {
    /// Counts the jumps.
    turn: u32,
    jump: Option<Jump>,
    place: Place,
}

impl Default for State {
    fn default() -> Self {
        Self {
            stopped: AtomicBool::new(false),
            paused: AtomicBool::new(false),
            turn: AtomicU32::new(0),
            rate: AtomicU32::new(1.0_f32.to_bits()),
            course: Mutex::new(Course {
                turn: 0,
                jump: None,
                place: Place::default(),
            }),
        }
    }
}

/// A place in a script.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Place {
    /// Number of the utterance, counted from 0.
    pub index: usize,
    /// How much of its speech has been heard, 0 to 1.
    pub heard: f32,
}

impl Place {
    /// The beginning of an utterance.
    #[must_use]
    pub fn start_of(index: usize) -> Self {
        Self { index, heard: 0.0 }
    }
}

/// Where to go on, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Jump {
    /// Counts the jumps; what is said for an older turn falls silent.
    pub turn: u32,
    /// Where to go on.
    pub place: Place,
    /// Something that is not in the script and is said before, such as a word spelled out.
    pub aside: Option<Box<Utterance>>,
}

impl Control {
    /// A new handle: neither paused nor stopped, at the beginning, at rate 1.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the speech for good; the loudspeaker is silent within 100 ms.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether [`Control::stop`] was called.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }

    /// Holds the speech where it is.
    pub fn pause(&self) {
        self.0.paused.store(true, Ordering::Relaxed);
    }

    /// Goes on where [`Control::pause`] held.
    pub fn resume(&self) {
        self.0.paused.store(false, Ordering::Relaxed);
    }

    /// Whether the speech is held.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.0.paused.load(Ordering::Relaxed)
    }

    /// Falls silent within 100 ms and goes on at another place; a pause ends.
    pub fn go_to(&self, place: Place) {
        self.turn_to(place, None);
        self.resume();
    }

    /// Says something that is not in the script, then goes on at the beginning of the utterance.
    pub fn say_aside(&self, aside: Utterance) {
        let index = self.place().index;
        self.turn_to(Place::start_of(index), Some(Box::new(aside)));
        self.resume();
    }

    /// Changes the speed (0.5 to 3.0), also of the sentence that is being said; its pitch stays.
    pub fn set_rate(&self, rate: f32) {
        let rate = rate.clamp(*RATES.start(), *RATES.end());
        self.0.rate.store(rate.to_bits(), Ordering::Relaxed);
    }

    /// The speed, 0.5 to 3.0.
    #[must_use]
    pub fn rate(&self) -> f32 {
        f32::from_bits(self.0.rate.load(Ordering::Relaxed))
    }

    /// Where the speech is, or where it was last told to go.
    #[must_use]
    pub fn place(&self) -> Place {
        self.course().place
    }

    /// Number of the last jump. Whoever speaks falls silent as soon as it changes.
    #[must_use]
    pub fn turn(&self) -> u32 {
        self.0.turn.load(Ordering::Acquire)
    }

    /// Whether whoever speaks sentence by sentence has to fall silent now: stopped, paused, or sent elsewhere.
    #[must_use]
    pub fn wants_silence(&self) -> bool {
        self.is_stopped() || self.is_paused() || self.course().jump.is_some()
    }

    /// The jump that was asked for since the last call.
    #[must_use]
    pub fn take_jump(&self) -> Option<Jump> {
        self.course().jump.take()
    }

    /// The same, or going on at the same place: how speech begins, and begins anew after a failure.
    #[must_use]
    pub fn first_jump(&self) -> Jump {
        if let Some(jump) = self.take_jump() {
            return jump;
        }
        let place = self.place();
        self.turn_to(place, None);
        self.take_jump().unwrap_or(Jump {
            turn: self.turn(),
            place,
            aside: None,
        })
    }

    /// Tells where the speech of a turn has come; ignored when somebody has jumped since.
    pub fn arrive(&self, turn: u32, place: Place) {
        let mut course = self.course();
        if course.turn == turn {
            course.place = place;
        }
    }

    fn turn_to(&self, place: Place, aside: Option<Box<Utterance>>) {
        let mut course = self.course();
        course.turn = course.turn.wrapping_add(1);
        course.place = place;
        course.jump = Some(Jump {
            turn: course.turn,
            place,
            aside,
        });
        self.0.turn.store(course.turn, Ordering::Release);
    }

    fn course(&self) -> MutexGuard<'_, Course> {
        self.0.course.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_jump_counts_and_nobody_who_is_late_moves_the_place() {
        let control = Control::new();
        let first = control.first_jump();
        assert_eq!(first.place, Place::default());
        control.go_to(Place::start_of(3));
        control.go_to(Place::start_of(5));
        control.arrive(first.turn, Place::start_of(1));
        assert_eq!(control.place(), Place::start_of(5));
        let jump = control.take_jump().unwrap();
        assert_eq!((jump.turn, jump.place.index), (first.turn + 2, 5));
        assert_eq!(control.take_jump(), None);
        control.arrive(
            jump.turn,
            Place {
                index: 5,
                heard: 0.5,
            },
        );
        assert_eq!(control.place().index, 5);
        assert!(control.place().heard > 0.4);
        assert_ne!(control.first_jump().turn, jump.turn, "an old turn goes on");
    }

    #[test]
    fn a_jump_ends_a_pause_and_a_change_of_speed_does_not() {
        let control = Control::new();
        control.pause();
        control.set_rate(9.0);
        assert!(control.is_paused());
        assert!((control.rate() - 3.0).abs() < f32::EPSILON);
        control.go_to(Place::start_of(1));
        assert!(!control.is_paused());
    }
}
