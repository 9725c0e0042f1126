//! Many articles: one after another, none stopped by the failure of another, and a report at the end.

use std::{
    fmt::Write as _,
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
};

use anyhow::Result;
use serde::Serialize;
use vorleser::{
    Input, NormaliseOptions,
    output::{
        OutputError,
        cover::Cover,
        name,
        programme::{Programme, Reading},
    },
    source::Fetcher,
    synthesis::cast::{Manners, set_pauses},
};

use super::{
    super::{
        args::{ReadArgs, TalkArgs},
        input,
        locales::{self, t},
        report::{self, SomeFailed},
    },
    covers::Covers,
    jobs::Job,
    recorder::{Beside, LostOf, Recorder, Target},
};

/// Reads articles one by one.
pub struct Reader<'a> {
    pub fetcher: Fetcher,
    pub read: &'a ReadArgs,
    pub options: &'a NormaliseOptions,
    pub manners: &'a Manners,
    pub covers: &'a Covers,
    pub talk: &'a TalkArgs,
}

impl Reader<'_> {
    /// Fetches an article and finds out what will be said of it. What is `listed` is not read where `robots.txt` forbids it.
    pub fn reading(&mut self, place: &Input, listed: bool) -> Result<Reading> {
        self.fetcher.obey_robots(listed);
        guarded(|| {
            let article = input::article(&mut self.fetcher, place, self.read, self.talk)?;
            let mut script = input::spoken(&article, self.options, self.talk);
            set_pauses(&mut script, self.manners);
            input::needs_words(&script)?;
            Ok(Reading { article, script })
        })
    }

    /// The picture of an article.
    pub fn cover(&mut self, reading: &Reading, place: &Input) -> Option<Cover> {
        let (cover, trouble) = self.covers.of(&reading.article, place, &mut self.fetcher);
        if let Some(trouble) = trouble {
            input::detail(self.talk, &format!("no picture of the page: {trouble}"));
        }
        cover
    }

    /// The article of one job of many.
    fn of_job(&mut self, job: &Job) -> Result<Reading, String> {
        let place = job.input.as_ref().map_err(report::line)?;
        self.reading(place, job.listed)
            .map_err(|error| report::line(&error))
    }
}

/// A fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("{}", t!("fault"))]
struct Fault;

/// An error where `work` panics: a fault of ours costs one article, not all that stand behind it.
pub fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Fault.into()))
}

/// What became of all articles.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    articles: Vec<Entry>,
    written: usize,
    present: usize,
    failed: usize,
}

/// What became of one.
#[derive(Debug, Serialize)]
struct Entry {
    input: String,
    #[serde(flatten)]
    outcome: Outcome,
}

/// Where an article is, or why not.
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// A new file; several articles may share one.
    Written {
        file: PathBuf,
        title: Option<String>,
        /// Length of the file.
        seconds: f64,
    },
    /// A file of the article was there already.
    Present { file: PathBuf },
    /// There is none.
    Failed { error: String },
}

impl Report {
    /// Adds what became of an article and tells about it.
    pub fn add(&mut self, input: &str, outcome: Outcome, talk: &TalkArgs) {
        match &outcome {
            Outcome::Written { file, .. } => {
                self.written += 1;
                input::detail(
                    talk,
                    &t!(
                        "article-is-in",
                        article = input,
                        file = file.display().to_string()
                    ),
                );
            }
            Outcome::Present { file } => {
                self.present += 1;
                input::detail(
                    talk,
                    &t!("there-already", file = file.display().to_string()),
                );
            }
            Outcome::Failed { error } => {
                self.failed += 1;
                report::say(&t!("error", what = format!("{input}: {error}")));
            }
        }
        self.articles.push(Entry {
            input: input.to_owned(),
            outcome,
        });
    }

    /// Tells how it went. An error if anything failed.
    pub fn finish(&self, place: &Path, talk: &TalkArgs) -> Result<()> {
        let mut files: Vec<(&PathBuf, f64)> = (self.articles.iter())
            .filter_map(|entry| match &entry.outcome {
                Outcome::Written { file, seconds, .. } => Some((file, *seconds)),
                _ => None,
            })
            .collect();
        files.dedup_by_key(|(file, _)| *file);
        let seconds = files.iter().map(|(_, seconds)| seconds).sum();
        let mut summary = t!(
            "wrote-many",
            articles = t!("articles", n = self.written),
            place = place.display().to_string(),
            length = locales::duration(seconds)
        );
        if self.present > 0 {
            let _ = write!(summary, "; {}", t!("many-present", n = self.present));
        }
        if self.failed > 0 {
            let _ = write!(summary, "; {}", t!("many-failed", n = self.failed));
        }
        input::tell(talk, &format!("{summary}."));
        if self.failed == 0 {
            return Ok(());
        }
        for entry in &self.articles {
            if let Outcome::Failed { error } = &entry.outcome {
                input::tell(
                    talk,
                    &t!("failed-line", article = &entry.input, error = error),
                );
            }
        }
        Err(SomeFailed {
            failed: self.failed,
            all: self.articles.len(),
        }
        .into())
    }
}

/// The folder that the files go to, and what is written beside them.
pub struct Folder<'a> {
    pub path: &'a Path,
    /// Ending of the files, without a dot.
    pub ending: &'static str,
    /// Whether files of the same articles are replaced.
    pub force: bool,
    pub subtitles: bool,
    /// Folders, too.
    pub timing: Option<&'a Path>,
    pub chapters: Option<&'a Path>,
}

/// Renders every article into a file of its own.
pub fn into_folder(
    jobs: &[Job],
    folder: &Folder,
    reader: &mut Reader,
    recorder: &mut Recorder,
) -> Result<Report> {
    for path in [Some(folder.path), folder.timing, folder.chapters]
        .into_iter()
        .flatten()
    {
        fs::create_dir_all(path).map_err(|source| OutputError::Create {
            path: path.to_owned(),
            source,
        })?;
    }
    let mut report = Report::default();
    for (number, job) in jobs.iter().enumerate() {
        recorder.place = Some((number + 1, jobs.len()));
        let outcome = match one(job, folder, reader, recorder) {
            Ok(outcome) => outcome,
            Err(error) if stops_all(&error) => return Err(error),
            Err(error) => Outcome::Failed {
                error: report::line(&error),
            },
        };
        report.add(&job.name, outcome, reader.talk);
    }
    Ok(report)
}

/// Errors after which the other articles would fail as well.
pub fn stops_all(error: &anyhow::Error) -> bool {
    report::is_stop(error)
        || matches!(
            error.downcast_ref(),
            Some(OutputError::DiskFull { .. } | OutputError::Create { .. })
        )
}

fn one(
    job: &Job,
    folder: &Folder,
    reader: &mut Reader,
    recorder: &mut Recorder,
) -> Result<Outcome> {
    let source = source(job);
    let there = name::find(folder.path, &source, folder.ending);
    if let Some(file) = &there
        && !folder.force
    {
        return Ok(Outcome::Present { file: file.clone() });
    }
    let reading = match reader.of_job(job) {
        Ok(reading) => reading,
        Err(error) => return Ok(Outcome::Failed { error }),
    };
    let article = &reading.article;
    let title = article.title.clone().or_else(|| job.said.title.clone());
    let date = article.published.map(|moment| moment.date);
    let date = date.or(job.said.date).map(|date| date.to_string());
    let stem = name::stem(date.as_deref(), title.as_deref(), &source);
    let file = format!("{stem}.{}", folder.ending);
    let file = there.unwrap_or_else(|| folder.path.join(file));
    let mut target = folder.target(file.clone());
    let programme = Programme::new(vec![reading]);
    Ok(
        match guarded(|| recorder.record(&programme, &mut target))? {
            Some(rendered) => Outcome::Written {
                title,
                seconds: rendered.seconds(),
                file,
            },
            None => Outcome::Present { file },
        },
    )
}

impl Folder<'_> {
    /// A file of the folder with all that goes beside it.
    fn target(&self, file: PathBuf) -> Target {
        let stem = file.with_extension("");
        let stem = stem.file_name().unwrap_or_default().to_string_lossy();
        let beside = |folder: Option<&Path>, end: &str| Some(folder?.join(format!("{stem}{end}")));
        Target {
            stream: None,
            replace: self.force,
            beside: Beside {
                subtitles: self.subtitles.then(|| file.clone()),
                timing: beside(self.timing, ".timing.json"),
                chapters: beside(self.chapters, ".chapters.json"),
            },
            path: file,
        }
    }
}

/// What tells an article from all others.
pub fn source(job: &Job) -> String {
    match &job.input {
        Ok(Input::Url(url)) => {
            let mut url = url.clone();
            // A place within the page.
            url.set_fragment(None);
            url.into()
        }
        Ok(Input::File(path)) => match path.canonicalize() {
            Ok(path) => path.to_string_lossy().into_owned(),
            Err(_) => job.name.clone(),
        },
        _ => job.name.clone(),
    }
}

/// Renders all articles into one file. One that cannot be rendered is left out.
pub fn into_one(
    jobs: &[Job],
    target: &mut Target,
    reader: &mut Reader,
    recorder: &mut Recorder,
) -> Result<Report> {
    let mut report = Report::default();
    let mut readings = Vec::new();
    for job in jobs {
        match reader.of_job(job) {
            Ok(reading) => readings.push((job, reading)),
            Err(error) => report.add(&job.name, Outcome::Failed { error }, reader.talk),
        }
    }
    while !readings.is_empty() {
        let all = readings.iter().map(|(_, reading)| reading.clone());
        let programme = Programme::new(all.collect());
        let cover = reader.covers.of_all(programme.script().title.as_deref());
        let programme = programme.with_cover(cover);
        let error = match guarded(|| recorder.record(&programme, target)) {
            Ok(rendered) => {
                let seconds = rendered.map_or(0.0, |rendered| rendered.seconds());
                for (job, reading) in readings {
                    let outcome = Outcome::Written {
                        file: target.path.clone(),
                        title: reading.article.title,
                        seconds,
                    };
                    report.add(&job.name, outcome, reader.talk);
                }
                break;
            }
            Err(error) => error,
        };
        // What the voice cannot say is told, and the rest is rendered without it.
        let Some(LostOf { reading, .. }) = error.downcast_ref() else {
            return Err(error);
        };
        let (job, _) = readings.remove(*reading);
        let error = report::line(&error);
        report.add(&job.name, Outcome::Failed { error }, reader.talk);
    }
    Ok(report)
}
