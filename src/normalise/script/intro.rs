//! What is said before an article: who wrote it, and when.

use crate::{article::Moment, normalise::rules::date::written};

/// `Von Anna Schmidt, Jan Meyer und dpa.`
pub fn byline(authors: &[String], language: &str) -> String {
    let names: Vec<&str> = authors
        .iter()
        .map(|author| {
            author
                .trim()
                .trim_start_matches("Von ")
                .trim_start_matches("von ")
        })
        .filter(|name| !name.is_empty())
        .collect();
    let (by, and) = match language {
        "de" => ("Von ", " und "),
        "en" => ("By ", " and "),
        "fr" => ("Par ", " et "),
        _ => ("", ", "),
    };
    match names.split_last() {
        Some((last, [])) => format!("{by}{last}."),
        Some((last, rest)) => format!("{by}{}{and}{last}.", rest.join(", ")),
        None => String::new(),
    }
}

/// `Vom 25. Mai 2024.`, `Aktualisiert am 25. Mai 2024.`, `Vom 24. Mai 2024, aktualisiert am 25. Mai 2024.`
pub fn date_line(
    published: Option<Moment>,
    updated: Option<Moment>,
    language: &str,
) -> Option<String> {
    let updated =
        updated.filter(|updated| published.is_none_or(|published| published.date != updated.date));
    let day = |moment: Moment| day(moment, language);
    let german = language == "de";
    Some(match (published.map(day), updated.map(day)) {
        (Some(published), Some(updated)) if german => {
            format!("Vom {published}, aktualisiert am {updated}.")
        }
        (None, Some(updated)) if german => format!("Aktualisiert am {updated}."),
        (Some(published), None) if german => format!("Vom {published}."),
        (Some(date), _) | (None, Some(date)) => format!("{date}."),
        (None, None) => return None,
    })
}

fn day(moment: Moment, language: &str) -> String {
    let date = moment.date;
    match language {
        "de" => written(date),
        "en" => date.strftime("%-d %B %Y").to_string(),
        _ => date.strftime("%d.%m.%Y").to_string(),
    }
}
