//! What the names in the markup say: class words and cue labels, from the tables.

use super::text::tidy;
use scraper::node::Element;
use std::sync::LazyLock;

/// What an element is for, as its names say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Advertisement.
    Ad,
    /// Link to other articles.
    Teaser,
    /// Share bar and other tools.
    Share,
    /// Readers' comments.
    Comment,
    /// Newsletter, app and channel offers.
    Newsletter,
    /// Author line or box.
    Author,
    /// Image caption, credit or gallery.
    Caption,
    /// Navigation, footer, search.
    Navigation,
    /// Keywords.
    Tags,
    /// Date, reading time.
    Meta,
    /// Subscription offer.
    Paywall,
    /// Cookie and embed consent.
    Consent,
    /// Audio or video player.
    Player,
    /// Poll, quiz, rating.
    Poll,
    /// Any other widget.
    Widget,
    /// Info box.
    Box,
    /// Lead.
    Lead,
    /// Kicker.
    Kicker,
    /// The article's text.
    Body,
    /// Footnotes.
    Footnote,
    /// Question of an interview.
    Question,
    /// Pull quote.
    Pullquote,
    /// Live ticker.
    Ticker,
    /// Post on a social network.
    Social,
}

const ROLES: [(&str, Role); 24] = [
    ("ad", Role::Ad),
    ("teaser", Role::Teaser),
    ("share", Role::Share),
    ("comment", Role::Comment),
    ("newsletter", Role::Newsletter),
    ("author", Role::Author),
    ("caption", Role::Caption),
    ("navigation", Role::Navigation),
    ("tags", Role::Tags),
    ("meta", Role::Meta),
    ("paywall", Role::Paywall),
    ("consent", Role::Consent),
    ("player", Role::Player),
    ("poll", Role::Poll),
    ("widget", Role::Widget),
    ("box", Role::Box),
    ("lead", Role::Lead),
    ("kicker", Role::Kicker),
    ("body", Role::Body),
    ("footnote", Role::Footnote),
    ("question", Role::Question),
    ("pullquote", Role::Pullquote),
    ("ticker", Role::Ticker),
    ("social", Role::Social),
];

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Roles(u32);

impl Roles {
    /// Whether the role is in the set.
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u32) != 0
    }

    /// Whether any of the roles is in the set.
    pub fn any(self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// Both sets together.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn insert(&mut self, role: Role) {
        self.0 |= 1 << role as u32;
    }

    /// Why an element with these roles is not read, if so.
    pub fn unspoken(self) -> Option<&'static str> {
        Some(match () {
            () if self.has(Role::Ad) => "advertisement",
            () if self.has(Role::Comment) => "readers' comments",
            () if self.has(Role::Newsletter) => "newsletter or app offer",
            () if self.has(Role::Consent) => "consent text",
            () if self.has(Role::Paywall) => "subscription offer",
            () if self.has(Role::Teaser) => "link to other articles",
            () if self.has(Role::Share) => "share bar or tool",
            () if self.has(Role::Caption) => "caption or credit",
            () if self.has(Role::Player) => "audio or video player",
            () if self.has(Role::Author) => "author line or box",
            () if self.has(Role::Navigation) => "navigation",
            () if self.has(Role::Tags) => "keywords",
            () if self.has(Role::Meta) => "date or reading time",
            () if self.has(Role::Poll) => "poll, quiz or rating",
            () if self.has(Role::Footnote) => "footnotes",
            () if self.has(Role::Widget) => "widget",
            () => return None,
        })
    }
}

struct Word {
    text: &'static str,
    prefix: bool,
    role: Role,
}

/// Words by first letter.
static WORDS: LazyLock<[Vec<Word>; 26]> = LazyLock::new(|| {
    let mut words: [Vec<Word>; 26] = std::array::from_fn(|_| Vec::new());
    for row in rows(include_str!("tables/class_words.tsv")) {
        let text = row[0].trim_end_matches('*');
        let role = ROLES
            .iter()
            .find(|(name, _)| *name == row[1])
            .map(|(_, role)| *role);
        if let (Some(role), Some(b @ b'a'..=b'z')) = (role, text.bytes().next()) {
            words[usize::from(b - b'a')].push(Word {
                text,
                prefix: row[0].ends_with('*'),
                role,
            });
        }
    }
    words
});

/// Cues, and how a text opens that goes on behind each.
static CUES: LazyLock<Vec<(&'static str, Opening)>> = LazyLock::new(|| {
    rows(include_str!("tables/cues.tsv"))
        .map(|row| {
            let opening = match row.get(3) {
                Some(&"weak") => Opening::Weak,
                Some(&"line") => Opening::Line,
                _ => Opening::Label,
            };
            (row[0], opening)
        })
        .collect()
});

/// How a label opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opening {
    /// As only lines about the house's own programme do, however long they are.
    Line,
    /// As only labels do, or it is the label and no more.
    Label,
    /// As labels do, but sentences and headings of articles open so too.
    Weak,
}

/// The rows of a table, without comments.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// Attributes whose values name what an element is for.
const NAMING: [&str; 13] = [
    "class",
    "id",
    "data-testid",
    "data-test",
    "data-qa",
    "data-component",
    "data-module",
    "data-type",
    "data-block-type",
    "data-area",
    "data-role",
    "data-name",
    "itemprop",
];

/// What the element's names say.
pub fn roles(element: &Element) -> Roles {
    let mut found = Roles::default();
    // The label of a region names it for readers; that of a link or an article is its text.
    let is_container = matches!(element.name(), "section" | "div" | "aside" | "ul");
    if element.name().contains('-') {
        read_name(element.name(), &mut found);
    }
    for (name, value) in element.attrs() {
        if NAMING.contains(&name)
            || (matches!(name, "aria-label" | "type") && is_container && value.len() <= 40)
        {
            read_name(value, &mut found);
        }
    }
    found
}

/// Splits `ArticleHeader__kicker--large` into lower-case words, and joins neighbours of one name (`article-body` is also
/// read as `articlebody`).
fn read_name(names: &str, found: &mut Roles) {
    for name in names.split_ascii_whitespace() {
        // Utility classes with variants, such as `lg:hidden`, say nothing about the content.
        if name.contains([':', '[', '(']) || name.len() > 120 {
            continue;
        }
        // Generated names, such as `sc-a884a83d-0`, have digits inside: their letters are no words.
        let is_generated = |part: &str| {
            part.trim_end_matches(|c: char| c.is_ascii_digit())
                .contains(|c: char| c.is_ascii_digit())
        };
        let cleaned: String = name
            .split(['-', '_'])
            .filter(|part| !is_generated(part))
            .collect::<Vec<_>>()
            .join("-");
        let mut word = String::with_capacity(24);
        let mut previous = String::new();
        let mut lower_before = false;
        let mut chars = cleaned.chars();
        loop {
            let c = chars.next();
            let boundary = c.is_none_or(|c| {
                !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && lower_before)
            });
            if boundary && !word.is_empty() {
                // `with-sidebar`, `has-comments`, `no-ads` describe the page, not the element.
                if matches!(
                    word.as_str(),
                    "with" | "has" | "no" | "without" | "mit" | "ohne" | "hide" | "enable" | "is"
                ) {
                    break;
                }
                look_up(&word, found);
                if !previous.is_empty() {
                    let joined = format!("{previous}{word}");
                    look_up(&joined, found);
                }
                previous = std::mem::take(&mut word);
            }
            let Some(c) = c else { break };
            if c.is_ascii_alphabetic() {
                word.push(c.to_ascii_lowercase());
            }
            lower_before = c.is_ascii_lowercase();
        }
    }
}

fn look_up(word: &str, found: &mut Roles) {
    let Some(b @ b'a'..=b'z') = word.bytes().next() else {
        return;
    };
    for known in &WORDS[usize::from(b - b'a')] {
        if if known.prefix {
            word.starts_with(known.text)
        } else {
            word == known.text
        } {
            found.insert(known.role);
        }
    }
}

/// Whether a label opens as those do under which only links or tools stand.
pub fn is_cue(label: &str) -> bool {
    opening(label).is_some()
}

/// How a text opens, if as a label does under which only links or tools stand.
pub fn opening(label: &str) -> Option<Opening> {
    let label = tidy(label).to_lowercase();
    let label = label.trim_start_matches(|c: char| !c.is_alphanumeric());
    let found = CUES.iter().filter_map(|(cue, opening)| {
        let rest = label.strip_prefix(cue)?;
        let goes_on = rest.contains(char::is_alphanumeric);
        let opening = if goes_on { *opening } else { Opening::Label };
        (!rest.starts_with(char::is_alphanumeric)).then_some(opening)
    });
    // A stronger cue may begin as a weak one does.
    found.min()
}

static NOTICES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("tables/notices.tsv"))
        .map(|row| (row[0], row[1]))
        .collect()
});

/// How many different words of one kind of notice (`consent`, `credit`) a text in lower case holds.
pub fn notices(text: &str, kind: &str) -> usize {
    NOTICES
        .iter()
        .filter(|(word, of)| *of == kind && text.contains(word))
        .count()
}

/// Marks with which words that somebody else says may begin.
pub const QUOTES: [char; 5] = ['„', '»', '«', '“', '"'];

/// Whether a text asks its readers for something, as a house does below an article, and not somebody who is quoted.
pub fn is_appeal(text: &str) -> bool {
    let lower = text.to_lowercase();
    let said = lower.split(QUOTES).next();
    said.is_some_and(|said| notices(said, "appeal") > 0)
}

/// Whether a text names, as captions do, who made the picture: `Foto: …`, `© …`.
pub fn is_credit(text: &str) -> bool {
    let lower = text.to_lowercase();
    NOTICES
        .iter()
        .filter(|(_, kind)| *kind == "credit")
        .any(|(word, _)| {
            lower.rfind(word).is_some_and(|at| {
                // In quotation marks it is the title of something.
                let begins =
                    !lower[..at].ends_with(|c: char| c.is_alphanumeric() || "„“\"»«‚".contains(c));
                if at == 0 && is_running(&lower[word.len()..]) {
                    return false;
                }
                // Without a colon it may be a word of a sentence, unless it stands in brackets.
                let in_brackets = lower[..at].rfind('(') > lower[..at].rfind(')');
                if !word.ends_with(':') && *word != "©" && lower.ends_with('.') && !in_brackets {
                    return false;
                }
                // `Bild: Wie kam es dazu?` is a newspaper that asks.
                begins && lower[at..].chars().count() < 120 && !lower.ends_with(['?', '!'])
            })
        })
}

/// Whether what follows a word is more than a name and a caption: a long text that ends as a sentence does.
fn is_running(rest: &str) -> bool {
    const LONG: usize = 80;
    rest.chars().count() >= LONG && rest.ends_with('.') && !rest.contains(['/', '©'])
}

/// Whether a text only says how long ago something was written: `vor 5 Minuten`, `il y a 2 heures`, `3 ore fa`.
pub fn is_age(text: &str) -> bool {
    const AROUND: [(&str, &str); 4] = [("vor ", ""), ("il y a ", ""), ("", " fa"), ("", " ago")];
    const UNITS: [&str; 12] = [
        "sek", "min", "stunde", "std", "tag", "hour", "day", "heure", "jour", "ore", "ora", "giorn",
    ];
    let text = text.trim().to_lowercase();
    AROUND.iter().any(|(before, after)| {
        text.strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .and_then(|rest| rest.split_once(' '))
            .is_some_and(|(count, unit)| {
                (1..=3).contains(&count.len())
                    && count.bytes().all(|b| b.is_ascii_digit())
                    && !unit.contains(' ')
                    && UNITS.iter().any(|known| unit.starts_with(known))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_hold_the_words_of_a_credit_are_none() {
        for innocent in [
            "Bild: Das war das Wort, das ihm an diesem Abend fehlte, als er den Rat um eine Entscheidung über die Mühle bat.",
            "Das Blatt trug die Aufschrift „Foto: Mühle“.",
            "Die Zeitung zeigte dazu nur ein Symbolbild.",
            "Seit drei Jahren arbeitet sie für Getty Images.",
        ] {
            assert!(!is_credit(innocent), "{innocent}");
        }
        for credit in [
            "Foto: A. Beispiel",
            "Bild: Agentur/Beispiel",
            "Der Hafen (Foto: Agentur).",
            "Ein Hafen (Symbolbild).",
            "Der Hafen. Getty Images",
        ] {
            assert!(is_credit(credit), "{credit}");
        }
    }

    #[test]
    fn ages() {
        for yes in [
            "vor 5 Minuten",
            "Vor 2 Std.",
            "il y a 2 heures",
            "3 ore fa",
            "1 hour ago",
        ] {
            assert!(is_age(yes), "{yes}");
        }
        for no in [
            "vor 5 Minuten begann es",
            "vor 20 Zeugen",
            "5 Minuten",
            "vor Tagen",
        ] {
            assert!(!is_age(no), "{no}");
        }
    }

    #[test]
    fn every_class_word_has_an_example_that_works() {
        let wrong: Vec<_> = rows(include_str!("tables/class_words.tsv"))
            .filter(|row| {
                let mut found = Roles::default();
                read_name(row[2], &mut found);
                let role = ROLES.iter().find(|(name, _)| *name == row[1]);
                !role.is_some_and(|(_, role)| found.has(*role))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn every_cue_has_an_example_that_works() {
        let wrong: Vec<_> = rows(include_str!("tables/cues.tsv"))
            .filter(|row| !is_cue(row[2]))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn every_notice_has_an_example_that_works() {
        let wrong: Vec<_> = rows(include_str!("tables/notices.tsv"))
            .filter(|row| match row[1] {
                "credit" => !is_credit(row[2]),
                kind => notices(&row[2].to_lowercase(), kind) == 0,
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn tables_are_sorted_and_unique() {
        for table in [
            include_str!("tables/class_words.tsv"),
            include_str!("tables/cues.tsv"),
        ] {
            let keys: Vec<_> = rows(table)
                .map(|row| row[0].trim_end_matches('*'))
                .collect();
            let wrong: Vec<_> = keys.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
        }
    }

    #[test]
    fn names_that_describe_the_page_are_no_roles() {
        let mut found = Roles::default();
        read_name(
            "page has-sidebar no-ads lg:hidden article--with-comments",
            &mut found,
        );
        assert_eq!(found, Roles::default());
    }
}
