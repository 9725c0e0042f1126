//! What the voices' own files say of them, in the user's language.

use crate::cli::locales::t;
use vorleser::synthesis::Voice;

/// A voice's name or quality: what stands between its commas is known, or stays as it is (a name, a voice of the user's own).
pub fn in_words(text: &str) -> String {
    let parts = text
        .split("; ")
        .map(|half| half.split(", ").map(part).collect::<Vec<_>>().join(", "));
    parts.collect::<Vec<_>>().join("; ")
}

fn part(text: &str) -> String {
    match text {
        "German" => t!("voice-word-german"),
        "English" => t!("voice-word-english"),
        "in eight moods" => t!("voice-word-moods"),
        "Voices of the operating system" => t!("voice-word-system"),
        "any" => t!("voice-word-any"),
        "depends on the system" => t!("voice-word-depends"),
        "clear" => t!("voice-word-clear"),
        "synthetic" => t!("voice-word-synthetic"),
        "natural" => t!("voice-word-natural"),
        "fast" => t!("voice-word-fast"),
        "a little muffled" => t!("voice-word-muffled"),
        "high" => t!("voice-word-high"),
        "medium" => t!("voice-word-medium"),
        "low" => t!("voice-word-low"),
        "three times slower" => t!("voice-word-slower"),
        "no speech" => t!("voice-word-no-speech"),
        other => other.to_owned(),
    }
}

/// What there is to know of a voice; of the user's own what its file says.
pub fn about(voice: &Voice) -> String {
    match voice.id.as_str() {
        "de_DE-eva_k-x_low" => t!("voice-about-de-de-eva-k-x-low"),
        "de_DE-karlsson-low" => t!("voice-about-de-de-karlsson-low"),
        "de_DE-kerstin-low" => t!("voice-about-de-de-kerstin-low"),
        "de_DE-pavoque-low" => t!("voice-about-de-de-pavoque-low"),
        "de_DE-ramona-low" => t!("voice-about-de-de-ramona-low"),
        "de_DE-thorsten-high" => t!("voice-about-de-de-thorsten-high"),
        "de_DE-thorsten-low" => t!("voice-about-de-de-thorsten-low"),
        "de_DE-thorsten-medium" => t!("voice-about-de-de-thorsten-medium"),
        "de_DE-thorsten_emotional-medium" => t!("voice-about-de-de-thorsten-emotional-medium"),
        "en_US-joe-medium" => t!("voice-about-en-us-joe-medium"),
        "pico-de" => t!("voice-about-pico-de"),
        "system" => t!("voice-about-system"),
        _ => voice.description.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::about;
    use vorleser::synthesis::registry;

    #[test]
    fn the_english_words_are_those_of_the_files() {
        for voice in registry::voices() {
            assert_eq!(about(&voice), voice.description, "{}", voice.id);
        }
    }
}
