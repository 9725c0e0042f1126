//! `vorleser lexicon`: the user's own dictionary.

use super::{input, report::Usage, sanitise::clean};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use etcetera::BaseStrategy;
use std::{fmt::Write as _, fs, io::Read, path::PathBuf, sync::Arc};
use vorleser::normalise::lexicon::{Entry, Lexicon, MAX_FILE};

/// Arguments of `vorleser lexicon`.
#[derive(Debug, Args)]
pub struct LexiconArgs {
    #[command(subcommand)]
    command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
enum LexiconCommand {
    /// Say WORD as SPOKEN from now on
    Add {
        /// Word or phrase as it is written
        word: String,
        /// How to say it, in ordinary German spelling
        spoken: String,
        /// Let `gif` also stand for `GIF`
        #[arg(long)]
        ignore_case: bool,
    },
    /// Print all entries
    List {
        /// Print as JSON
        #[arg(long)]
        json: bool,
    },
    /// Forget an entry
    Remove {
        /// Word or phrase as it was added
        word: String,
    },
    /// Add the entries of a W3C pronunciation lexicon (PLS 1.0)
    Import {
        /// The XML file
        file: PathBuf,
    },
    /// Print where the dictionary is
    Path,
}

/// `vorleser/lexicon.toml` in the XDG config directory.
fn path() -> Result<PathBuf> {
    Ok(etcetera::choose_base_strategy()?
        .config_dir()
        .join("vorleser/lexicon.toml"))
}

/// The user's dictionary; `None` if it is empty.
///
/// # Errors
/// When it cannot be read or an entry is wrong.
pub fn load() -> Result<Option<Arc<Lexicon>>> {
    let lexicon = Lexicon::load(&path()?)?;
    Ok((!lexicon.is_empty()).then(|| Arc::new(lexicon)))
}

/// Runs the command.
pub fn run(args: &LexiconArgs) -> Result<()> {
    let path = path()?;
    let mut lexicon = Lexicon::load(&path)?;
    match &args.command {
        LexiconCommand::Add {
            word,
            spoken,
            ignore_case,
        } => {
            let entry = Entry {
                say: spoken.clone(),
                ignore_case: *ignore_case,
                ipa: lexicon.get(word).and_then(|old| old.ipa.clone()),
            };
            lexicon
                .add(word, entry)
                .with_context(|| format!("\"{word}\" was not added"))?;
            lexicon.save(&path)?;
            Ok(())
        }
        LexiconCommand::Remove { word } => {
            if lexicon.remove(word).is_none() {
                return Err(Usage(format!("there is no entry \"{word}\"")).into());
            }
            lexicon.save(&path)?;
            Ok(())
        }
        LexiconCommand::Import { file } => {
            let imported = lexicon.import_pls(&read(file)?)?;
            lexicon.save(&path)?;
            let mut out = format!("{} words added\n", imported.words);
            if !imported.only_ipa.is_empty() {
                let _ = writeln!(
                    out,
                    "{} words have only a pronunciation in IPA, which is kept but not used yet",
                    imported.only_ipa.len()
                );
            }
            for (word, fault) in &imported.refused {
                let _ = writeln!(out, "refused: \"{word}\": {fault}");
            }
            input::print(&clean(&out))
        }
        LexiconCommand::List { json: true } => {
            let entries: Vec<_> = lexicon
                .entries()
                .map(|(word, entry)| serde_json::json!({"word": word, "say": entry.say, "ignore_case": entry.ignore_case, "ipa": entry.ipa}))
                .collect();
            input::print(&format!("{}\n", serde_json::to_string_pretty(&entries)?))
        }
        LexiconCommand::List { json: false } => {
            let mut out = String::new();
            for (word, entry) in lexicon.entries() {
                let _ = writeln!(out, "{word} → {}", entry.say);
            }
            input::print(&clean(&out))
        }
        LexiconCommand::Path => input::print(&format!("{}\n", path.display())),
    }
}

fn read(file: &PathBuf) -> Result<String> {
    let wrong = || format!("{} could not be read", file.display());
    let mut text = String::new();
    // One byte more than is accepted, so that the importer sees that it is too much.
    fs::File::open(file)
        .with_context(wrong)?
        .take(MAX_FILE + 1)
        .read_to_string(&mut text)
        .with_context(wrong)?;
    Ok(text)
}
