//! Which picture a recording gets.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result};
use url::Url;
use vorleser::{
    Article, Input,
    output::{cover, cover::Cover},
    source::Fetcher,
};

/// Longest that a picture may take: it is not what somebody waits for.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Value of `--cover`.
pub enum Covers {
    /// That of the page, or one that is drawn.
    Auto,
    /// None.
    None,
    /// The same for all.
    Given(Cover),
}

impl Covers {
    /// Understands `auto`, `none` or a file, which is read.
    pub fn new(given: &Path) -> Result<Self> {
        if given == Path::new("auto") {
            return Ok(Self::Auto);
        }
        if given == Path::new("none") {
            return Ok(Self::None);
        }
        let name = PathBuf::from(given);
        let read = || -> Result<Cover> {
            let mut bytes = Vec::new();
            let limit = cover::MOST_BYTES as u64 + 1;
            File::open(given)?.take(limit).read_to_end(&mut bytes)?;
            Ok(Cover::new(bytes)?)
        };
        let cover = read().with_context(|| format!("{} cannot be a cover", name.display()))?;
        Ok(Self::Given(cover))
    }

    /// The picture of an article. That of the page is fetched only for a page from the web: who reads a file did not ask for
    /// a connection. What went wrong with it comes second.
    pub fn of(
        &self,
        article: &Article,
        place: &Input,
        fetcher: &mut Fetcher,
    ) -> (Option<Cover>, Option<String>) {
        match self {
            Self::None => (None, None),
            Self::Given(cover) => (Some(cover.clone()), None),
            Self::Auto => match of_page(article, place, fetcher) {
                Ok(cover) => (cover.or_else(|| drawn(article)), None),
                Err(error) => (drawn(article), Some(super::super::report::line(&error))),
            },
        }
    }

    /// The picture of several articles.
    pub fn of_all(&self, title: Option<&str>) -> Option<Cover> {
        match self {
            Self::None => None,
            Self::Given(cover) => Some(cover.clone()),
            Self::Auto => Cover::draw(title?, None),
        }
    }
}

fn of_page(article: &Article, place: &Input, fetcher: &mut Fetcher) -> Result<Option<Cover>> {
    let (Some(image), Input::Url(page)) = (&article.image, place) else {
        return Ok(None);
    };
    let page = article
        .url
        .as_deref()
        .and_then(|url| Url::parse(url).ok())
        .unwrap_or_else(|| page.clone());
    let image = page.join(image)?;
    if !matches!(image.scheme(), "http" | "https") {
        return Ok(None);
    }
    Ok(Some(Cover::new(fetcher.bytes(&image, TIMEOUT)?)?))
}

fn drawn(article: &Article) -> Option<Cover> {
    Cover::draw(article.title.as_deref()?, article.publisher.as_deref())
}
