pub mod electronic;
pub mod gender;
