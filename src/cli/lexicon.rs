//! `vorleser lexicon`: the user's own dictionary.

use super::{
    args::{StyleArgs, TalkArgs},
    config, input,
    locales::{errors, t},
    report::Usage,
    sanitise::clean,
};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use std::{
    fmt::Write as _,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};
use vorleser::{
    normalise::lexicon::{Entry, Lexicon, MAX_FILE},
    synthesis::piper::Pronunciations,
};

/// Arguments of `vorleser lexicon`.
#[derive(Debug, Args)]
pub struct LexiconArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a word, or replace how it is said
    Add {
        /// The word or words as they are written
        word: String,
        /// How they are said, in ordinary German spelling
        spoken: String,
        /// Take `gif` for `GIF` and `Gif`, too
        #[arg(long)]
        ignore_case: bool,
        /// Pronunciation in the International Phonetic Alphabet, for natural voices
        #[arg(long)]
        ipa: Option<String>,
        #[command(flatten)]
        talk: TalkArgs,
    },
    /// List the words
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a word
    Remove {
        /// The word or words as they are written
        word: String,
        #[command(flatten)]
        talk: TalkArgs,
    },
    /// Add the words of a file: a dictionary of this program (TOML) or a W3C pronunciation lexicon (PLS)
    Import {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        talk: TalkArgs,
    },
    /// Print where the dictionary is
    Path,
}

/// Runs the command.
pub fn run(args: &LexiconArgs) -> Result<()> {
    let path = config::path("lexicon.toml").with_context(|| t!("no-home"))?;
    let mut lexicon = match args.action {
        // Also where the dictionary has a fault: that is when somebody looks for it.
        Action::Path => return input::print(&clean(&format!("{}\n", path.display()))),
        _ => load(&path)?,
    };
    match &args.action {
        Action::List { json } => return list(&lexicon, *json),
        Action::Add {
            word,
            spoken,
            ignore_case,
            ipa,
            talk,
        } => {
            let entry = Entry {
                say: spoken.clone(),
                ignore_case: *ignore_case,
                ipa: ipa.clone().or_else(|| lexicon.get(word)?.ipa.clone()),
            };
            let old = lexicon.add(word, entry).map_err(|fault| {
                let fault = errors::words(&fault);
                Usage(t!("dictionary-cannot-add", word = word, fault = fault))
            })?;
            let done = match old {
                None => t!("dictionary-said-as", word = word, spoken = spoken),
                Some(old) => t!(
                    "dictionary-said-as-before",
                    word = word,
                    spoken = spoken,
                    before = old.say
                ),
            };
            input::tell(talk, &done);
        }
        Action::Remove { word, talk } => {
            lexicon.remove(word).with_context(|| {
                t!(
                    "dictionary-not-in",
                    word = word,
                    path = path.display().to_string()
                )
            })?;
            input::tell(talk, &t!("dictionary-removed", word = word));
        }
        Action::Path => return Ok(()),
        Action::Import { file, talk } => import(&mut lexicon, file, talk)?,
    }
    lexicon.save(&path)?;
    Ok(())
}

/// The user's dictionary, unless there is none or it is not wanted.
pub fn wanted(style: &StyleArgs, talk: &TalkArgs) -> Result<Option<Arc<Lexicon>>> {
    let Some(path) = config::path("lexicon.toml").filter(|_| !style.no_lexicon) else {
        return Ok(None);
    };
    let lexicon = load(&path)?;
    if lexicon.is_empty() {
        return Ok(None);
    }
    input::detail(
        talk,
        &t!(
            "dictionary-opened",
            path = path.display().to_string(),
            words = t!("words", n = lexicon.len())
        ),
    );
    Ok(Some(Arc::new(lexicon)))
}

/// The words of the dictionary that have sounds of their own, as they stand in the spoken text.
pub fn pronunciations(style: &StyleArgs) -> Result<Pronunciations> {
    let Some(path) = config::path("lexicon.toml").filter(|_| !style.no_lexicon) else {
        return Ok(Pronunciations::default());
    };
    Ok(load(&path)?
        .entries()
        .filter_map(|(word, entry)| {
            let spoken = if entry.say.is_empty() {
                word
            } else {
                &entry.say
            };
            Some((spoken.to_owned(), entry.ipa.clone()?))
        })
        .collect())
}

fn load(path: &Path) -> Result<Lexicon> {
    Lexicon::load(path)
        .with_context(|| t!("dictionary-unusable", path = path.display().to_string()))
}

fn list(lexicon: &Lexicon, json: bool) -> Result<()> {
    if json {
        let words: Vec<_> = lexicon
            .entries()
            .map(|(word, entry)| {
                serde_json::json!({
                    "word": word,
                    "say": entry.say,
                    "ignore_case": entry.ignore_case,
                    "ipa": entry.ipa,
                })
            })
            .collect();
        return input::print_json(&words);
    }
    let mut out = String::new();
    for (word, entry) in lexicon.entries() {
        let _ = write!(out, "{word} → {}", entry.say);
        if entry.ignore_case {
            let _ = write!(out, " {}", t!("dictionary-any-case"));
        }
        if let Some(ipa) = &entry.ipa {
            let _ = write!(out, " [{ipa}]");
        }
        out.push('\n');
    }
    input::print(&clean(&out))
}

fn import(lexicon: &mut Lexicon, file: &Path, talk: &TalkArgs) -> Result<()> {
    let name = || {
        t!(
            "dictionary-cannot-import",
            file = file.display().to_string()
        )
    };
    let mut text = String::new();
    File::open(file)
        .and_then(|file| file.take(MAX_FILE + 1).read_to_string(&mut text))
        .with_context(name)?;
    let (words, only_ipa, refused) = if text.trim_start().starts_with('<') {
        let imported = lexicon.import_pls(&text).with_context(name)?;
        (imported.words, imported.only_ipa.len(), imported.refused)
    } else {
        let new = Lexicon::from_toml(&text).with_context(name)?;
        let mut refused = Vec::new();
        for (word, entry) in new.entries() {
            if let Err(fault) = lexicon.add(word, entry.clone()) {
                refused.push((word.to_owned(), fault));
            }
        }
        (new.len() - refused.len(), 0, refused)
    };
    for (word, fault) in refused {
        let fault = errors::words(&fault);
        input::warn(talk, &t!("dictionary-left-out", word = word, fault = fault));
    }
    input::tell(
        talk,
        &t!("dictionary-imported", words = t!("words", n = words)),
    );
    if only_ipa > 0 {
        input::tell(
            talk,
            &t!("dictionary-only-ipa", words = t!("words", n = only_ipa)),
        );
    }
    Ok(())
}
