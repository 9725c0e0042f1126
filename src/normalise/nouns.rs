//! Gender and form of nouns: from the table by the longest known ending of a compound, else by the ending alone.

use super::grammar::{Case, Cells, Gender, lower};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("tables/nouns.tsv");

/// Lower-case form of a noun to the cells it can fill.
static FORMS: LazyLock<FxHashMap<String, Cells>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for row in super::tables::rows(TABLE) {
        let (&[noun, gender, ..], plural) = (&row[..], row.get(2).copied().unwrap_or("-")) else {
            continue;
        };
        add(&mut forms, noun, gender, plural);
    }
    forms
});

fn add(forms: &mut FxHashMap<String, Cells>, noun: &str, gender: &str, plural: &str) {
    let noun = noun.to_lowercase();
    let plural = plural.to_lowercase();
    let masculine = gender == "m" && noun.strip_suffix('r') == Some(&plural);
    if masculine || gender == "f" && noun == plural && noun.ends_with('e') {
        add_adjectival(forms, &plural, masculine);
        return;
    }
    let mut put = |form: String, cells: Cells| {
        let entry = forms.entry(form).or_insert(Cells::NONE);
        *entry = entry.or(cells);
    };
    for gender in gender.split('/') {
        let all = match gender {
            "m" => Cells::MASCULINE,
            "f" => Cells::FEMININE,
            "n" => Cells::NEUTER,
            _ => Cells::PLURAL,
        };
        match gender {
            "f" => put(noun.clone(), all),
            "m" | "n" => {
                let ends_in_s = noun.ends_with(['s', 'ß', 'x', 'z']);
                // Weak masculines (`der Mensch, des Menschen`) take -(e)n everywhere but in the nominative.
                let weak = gender == "m"
                    && plural.ends_with("en")
                    && (noun.ends_with('e') || plural == format!("{noun}en"));
                let direct = if weak && noun.ends_with('e') {
                    all.and(Cells::NOMINATIVE)
                } else {
                    all.and(Cells::GENITIVE.not())
                };
                put(noun.clone(), direct);
                if noun.ends_with('s') {
                    put(noun.clone(), all);
                }
                if weak {
                    put(plural.clone(), all.and(Cells::NOMINATIVE.not()));
                }
                if !ends_in_s {
                    put(format!("{noun}s"), all.and(Cells::GENITIVE));
                }
                put(format!("{noun}es"), all.and(Cells::GENITIVE));
                // `dem Jahre`, `im Falle`
                if plural != format!("{noun}e") && !noun.ends_with('e') {
                    put(format!("{noun}e"), all.and(Cells::DATIVE));
                }
            }
            _ => put(noun.clone(), all),
        }
    }
    if plural != "-" && !plural.is_empty() {
        let dative_differs = !plural.ends_with(['n', 's']);
        let all = if dative_differs {
            Cells::PLURAL.and(Cells::DATIVE.not())
        } else {
            Cells::PLURAL
        };
        put(plural.clone(), all);
        if dative_differs {
            put(format!("{plural}n"), Cells::PLURAL.and(Cells::DATIVE));
        }
    }
}

/// The forms of an adjective used as a noun (`der Beamte`, `ein Toter`, `die Toten`), by the stem with -e.
fn add_adjectival(forms: &mut FxHashMap<String, Cells>, stem: &str, masculine: bool) {
    use Case::{Accusative, Dative, Genitive, Nominative};
    let gender = if masculine {
        Gender::Masculine
    } else {
        Gender::Feminine
    };
    let mut put = |form: String, cells: &[(Case, Gender)]| {
        let entry = forms.entry(form).or_insert(Cells::NONE);
        for &(case, gender) in cells {
            *entry = entry.or(Cells::of(case, gender));
        }
    };
    let direct_plural = [(Nominative, Gender::Plural), (Accusative, Gender::Plural)];
    put(stem.to_owned(), &[(Nominative, gender)]);
    put(stem.to_owned(), &direct_plural);
    let weak = [
        (Genitive, gender),
        (Dative, gender),
        (Nominative, Gender::Plural),
        (Genitive, Gender::Plural),
        (Dative, Gender::Plural),
        (Accusative, Gender::Plural),
    ];
    put(format!("{stem}n"), &weak);
    put(format!("{stem}r"), &[(Genitive, Gender::Plural)]);
    if masculine {
        put(format!("{stem}n"), &[(Accusative, gender)]);
        put(format!("{stem}r"), &[(Nominative, gender)]);
        put(format!("{stem}m"), &[(Dative, gender)]);
    } else {
        put(stem.to_owned(), &[(Accusative, gender)]);
        put(format!("{stem}r"), &[(Genitive, gender), (Dative, gender)]);
    }
}

/// Cells that a noun form can fill; `None` where neither table nor ending tell.
#[must_use]
pub fn cells(noun: &str) -> Option<Cells> {
    let noun = lower(noun);
    let noun = noun.as_ref();
    if noun.len() > 80 {
        return None;
    }
    for (at, _) in noun.char_indices() {
        let tail = &noun[at..];
        if tail.len() < 3 && at > 0 {
            break;
        }
        if let Some(&cells) = FORMS.get(tail) {
            return Some(cells);
        }
    }
    by_ending(noun)
}

/// Lower-case plural to the gender of its singular.
static PLURALS: LazyLock<FxHashMap<String, Gender>> = LazyLock::new(|| {
    super::tables::rows(TABLE)
        .filter_map(|row| {
            let gender = match *row.get(1)? {
                "m" => Gender::Masculine,
                "f" => Gender::Feminine,
                "n" => Gender::Neuter,
                _ => return None,
            };
            let plural = row.get(2).filter(|plural| **plural != "-")?;
            Some((plural.to_lowercase(), gender))
        })
        .collect()
});

/// The gender of what a plural is made of: `Frauen`, `Bewerbern`.
#[must_use]
pub fn gender_of_plural(noun: &str) -> Option<Gender> {
    let noun = lower(noun);
    let noun = noun.as_ref();
    if noun.len() > 80 {
        return None;
    }
    if noun.ends_with("innen") || noun.ends_with("ungen") {
        return Some(Gender::Feminine);
    }
    // The dative adds an -n: `Bewerbern`.
    let shorter = noun.strip_suffix('n').unwrap_or(noun);
    noun.char_indices()
        .map(|(at, _)| at)
        .take_while(|at| noun.len() - at > 2)
        .find_map(|at| {
            let tail = |form: &str| form.get(at..).and_then(|tail| PLURALS.get(tail)).copied();
            tail(noun).or_else(|| tail(shorter))
        })
}

/// Gender by the ending of the word (Duden grammar, "Genusbestimmung nach Wortausgang").
fn by_ending(noun: &str) -> Option<Cells> {
    const FEMININE: &[&str] = &[
        "ung", "heit", "keit", "schaft", "tion", "sion", "tät", "ei", "ur", "ik", "enz", "anz",
        "ie", "ade", "age", "ette", "ine", "in", "itis", "ose",
    ];
    const FEMININE_PLURAL: &[&str] = &[
        "ungen", "heiten", "keiten", "schaften", "ionen", "täten", "eien", "uren", "iken", "enzen",
        "anzen", "ien", "innen",
    ];
    const NEUTER: &[&str] = &["chen", "lein", "ment", "um", "ium", "ing"];
    const MASCULINE: &[&str] = &[
        "ling", "ismus", "or", "ant", "ent", "ist", "eur", "er", "ig", "ich", "us", "ent", "loge",
    ];
    let ends = |list: &[&str]| {
        list.iter()
            .any(|ending| noun.len() > ending.len() + 2 && noun.ends_with(ending))
    };
    if ends(FEMININE_PLURAL) {
        return Some(Cells::PLURAL);
    }
    if ends(NEUTER) {
        return Some(Cells::NEUTER.and(Cells::GENITIVE.not()));
    }
    if ends(FEMININE) {
        return Some(Cells::FEMININE);
    }
    if ends(MASCULINE) {
        return Some(
            Cells::MASCULINE
                .and(Cells::GENITIVE.not())
                .or(Cells::PLURAL),
        );
    }
    if let Some(stem) = noun.strip_suffix('s')
        && (stem.ends_with("er")
            || stem.ends_with("ment")
            || stem.ends_with("um")
            || stem.ends_with("chen"))
    {
        let gender = if stem.ends_with("er") {
            Gender::Masculine
        } else {
            Gender::Neuter
        };
        return Some(Cells::of(Case::Genitive, gender));
    }
    if noun.ends_with("ern") {
        return Some(Cells::PLURAL.and(Cells::DATIVE));
    }
    if noun.ends_with('e') && noun.len() > 3 {
        return Some(Cells::FEMININE);
    }
    None
}
