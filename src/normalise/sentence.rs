//! Where a sentence ends.

use super::token::{Kind, Sheet};

/// Whether the mark at atom `i` ends a sentence: a full stop, question or exclamation mark or ellipsis with a new start behind.
///
/// Full stops of abbreviations, ordinals and dates never come here when a rule has read them; a rule that is in doubt asks
/// here itself.
#[must_use]
pub fn ends(sheet: &Sheet, i: usize) -> bool {
    let Some(mark) = sheet.mark(i) else {
        return false;
    };
    if !matches!(mark, '.' | '!' | '?' | '…') {
        return false;
    }
    let mut at = i + 1;
    // More end marks, then closing quotes and brackets, and footnote-like marks; not endlessly many.
    while at < sheet.len().min(i + 32)
        && matches!(
            sheet.mark(at),
            Some(
                '.' | '!'
                    | '?'
                    | '…'
                    | '“'
                    | '”'
                    | '"'
                    | '«'
                    | '»'
                    | '‘'
                    | '’'
                    | ')'
                    | ']'
                    | '\''
                    | '‹'
                    | '›'
            )
        )
    {
        at += 1;
    }
    if at >= sheet.len() {
        return true;
    }
    if !sheet.space(at) {
        return false;
    }
    at += 1;
    if at >= sheet.len() {
        return true;
    }
    let ellipsis = mark == '…' || mark == '.' && i > 0 && sheet.is(i - 1, ".");
    match sheet.kind(at) {
        Some(Kind::Word) => {
            let word = sheet.text(at);
            if !word.starts_with(char::is_uppercase) {
                // `Apple. iPhones`: a lower-case start is no start, but a question or call may stand alone.
                return word.chars().nth(1).is_some_and(char::is_uppercase)
                    && word.chars().count() > 2;
            }
            mark != '.' || !initial(sheet, i)
        }
        // An ellipsis before a number is a pause, as it is before the number's words.
        Some(Kind::Digits) => !ellipsis && (mark != '.' || !initial(sheet, i)),
        Some(Kind::Mark)
            if ellipsis && matches!(sheet.mark(at), Some('§' | '€' | '$' | '+' | '#' | '@')) =>
        {
            false
        }
        Some(Kind::Mark) if mark == '.' && aside_goes_on(sheet, at) => false,
        Some(Kind::Mark) => match sheet.mark(at) {
            Some(
                '„' | '“' | '"' | '»' | '«' | '‚' | '(' | '[' | '–' | '—' | '-' | '\'' | '#' | '@'
                | '+' | '§' | '€' | '$' | '*' | '•' | '…' | '›' | '‹',
            ) => {
                let next = sheet.skip_space(at + 1);
                !sheet
                    .word(next)
                    .is_some_and(|word| word.starts_with(char::is_lowercase))
                    && (mark != '.' || !initial(sheet, i))
            }
            Some(c) => !c.is_ascii_punctuation(),
            None => true,
        },
        _ => true,
    }
}

/// Whether a bracket opens at `open`, holds no sentence of its own, and the sentence around it goes on behind it:
/// `1,2 Mio. (0,8 %) auf`, `Peter M. (Name geändert), der`.
fn aside_goes_on(sheet: &Sheet, open: usize) -> bool {
    /// Longer asides are sentences; the bound keeps the search linear.
    const LONGEST: usize = 80;
    let close = match sheet.mark(open) {
        Some('(') => ')',
        Some('[') => ']',
        _ => return false,
    };
    let Some(end) = (open + 1..sheet.len().min(open + LONGEST))
        .find(|&at| sheet.mark(at) == Some(close))
        .filter(|&end| !matches!(sheet.mark(end - 1), Some('.' | '!' | '?' | '…')))
    else {
        return false;
    };
    let next = sheet.skip_space(end + 1);
    sheet
        .word(next)
        .is_some_and(|word| word.starts_with(char::is_lowercase))
        || matches!(
            sheet.mark(next),
            Some(',' | ';' | ':' | '.' | '!' | '?' | '–')
        )
}

/// Whether the full stop at `i` follows a single letter that stands for a first name: `J. R. R. Tolkien`, `Donald J. Trump`.
fn initial(sheet: &Sheet, i: usize) -> bool {
    let Some(letter) = i.checked_sub(1).and_then(|at| sheet.word(at)) else {
        return false;
    };
    if letter.chars().count() > 1 && !matches!(letter, "Ch" | "Sch" | "St" | "Th" | "Ph" | "Chr")
        || !letter.starts_with(char::is_uppercase)
    {
        return false;
    }
    // `Vitamin C. Der`, `Plan B. Das`: what follows is an ordinary word in front of a sentence, not a name.
    let next = sheet.text(sheet.skip_space(i + 1));
    let function_word = matches!(
        next,
        "Der"
            | "Die"
            | "Das"
            | "Ein"
            | "Eine"
            | "Er"
            | "Sie"
            | "Es"
            | "Wir"
            | "Ich"
            | "Und"
            | "Aber"
            | "Doch"
            | "Denn"
            | "In"
            | "Im"
            | "Am"
            | "An"
            | "Auf"
            | "Bei"
            | "Mit"
            | "Nach"
            | "Für"
            | "Wie"
            | "Was"
            | "Wer"
            | "Wenn"
            | "Als"
            | "Auch"
            | "Dabei"
            | "Damit"
            | "Dann"
            | "Dort"
            | "Hier"
            | "Nun"
            | "So"
            | "Diese"
            | "Dieser"
            | "Dieses"
            | "Seit"
            | "Zu"
            | "Zum"
            | "Zur"
            | "Vor"
            | "Von"
            | "Vom"
            | "Um"
            | "Unter"
            | "Über"
            | "Man"
            | "Nur"
            | "Noch"
            | "Jetzt"
    );
    !function_word
}

#[cfg(test)]
mod tests {
    use crate::normalise::{line, text::TextOptions};

    #[test]
    fn a_bracket_behind_an_abbreviation_does_not_end_the_sentence() {
        let spoken = line(
            "Sie wuchs um 1,2 Mio. (0,8 %) auf 84,7 Mio.",
            &TextOptions::default(),
        );
        assert!(
            spoken.starts_with("Sie wuchs um eins Komma zwei Millionen, null Komma"),
            "{spoken}"
        );
    }
}
