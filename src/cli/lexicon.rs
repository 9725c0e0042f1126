//! `vorleser lexicon`: the user's own dictionary.

use super::{
    args::{StyleArgs, TalkArgs},
    config, input,
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
    let path = config::path("lexicon.toml")
        .context("there is no home directory, and so no place for a dictionary")?;
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
            let old = lexicon
                .add(word, entry)
                .map_err(|fault| Usage(format!("{word:?} cannot be added: {fault}")))?;
            let before = old.map(|old| format!(" (before: {})", old.say));
            input::tell(
                talk,
                &format!("{word} is said as {spoken}{}", before.unwrap_or_default()),
            );
        }
        Action::Remove { word, talk } => {
            lexicon
                .remove(word)
                .with_context(|| format!("{word:?} is not in the dictionary {}", path.display()))?;
            input::tell(talk, &format!("Removed {word}."));
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
        &format!(
            "opened the dictionary {}: {}",
            path.display(),
            input::count(lexicon.len(), "word")
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
        .with_context(|| format!("your dictionary {} cannot be used", path.display()))
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
            out.push_str(" (in any case)");
        }
        if let Some(ipa) = &entry.ipa {
            let _ = write!(out, " [{ipa}]");
        }
        out.push('\n');
    }
    input::print(&clean(&out))
}

fn import(lexicon: &mut Lexicon, file: &Path, talk: &TalkArgs) -> Result<()> {
    let name = || format!("{} cannot be imported", file.display());
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
        input::tell(talk, &format!("warning: left out {word:?}: {fault}"));
    }
    input::tell(talk, &format!("Imported {}.", input::count(words, "word")));
    if only_ipa > 0 {
        input::tell(
            talk,
            &format!(
                "Kept {} with a pronunciation in IPA only, which natural voices use.",
                input::count(only_ipa, "word")
            ),
        );
    }
    Ok(())
}
