//! A [`Document`] in, an [`Extract`] out: quotes and details, each a range plus a comparable value.
//!
//! Order: details of amount and time, then names, then quotes, which use the names for speakers.
//! Words are data in `assets/lang/`; each rule has a name that `--explain` prints.

use crate::base::{SentenceIx, TextRange};
use crate::source::Metadata;
use crate::text::Document;
use jiff::civil;
use serde::{Deserialize, Serialize};

pub mod details;
pub mod explain;
pub mod names;
pub mod quotes;
pub mod value;

/// What was read out of one version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extract {
    /// In text order.
    pub quotes: Vec<Quote>,
    /// In text order; details of different kinds may overlap ("24-year-old" is an age, not also a number).
    pub details: Vec<Detail>,
}

impl Extract {
    /// The details of one sentence.
    pub fn details_of(&self, sentence: SentenceIx) -> &[Detail] {
        let from = self.details.partition_point(|d| d.sentence < sentence);
        let to = from + self.details[from..].partition_point(|d| d.sentence == sentence);
        &self.details[from..to]
    }
}

/// Words that somebody else is said to have said.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// What stands inside the marks, without them; for indirect speech the content clause.
    /// Over several paragraphs it reaches from the first to the last.
    pub range: TextRange,
    /// The words themselves, without what stands between them: one range a paragraph, and one on either
    /// side of an attribution that interrupts (`"A," she said, "B"`). At least one; the first starts and
    /// the last ends with `range`.
    pub parts: Vec<TextRange>,
    /// How it is told.
    pub kind: QuoteKind,
    /// Who is said to have said it.
    pub speaker: Option<Speaker>,
    /// The word that says so.
    pub cue: Option<Cue>,
    /// The sentence in which it starts.
    pub sentence: SentenceIx,
    /// The rule that found it.
    pub rule: &'static str,
}

/// How words are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// Whole clauses inside marks.
    Direct,
    /// A few words inside marks, within a sentence of the outlet's own.
    Partial,
    /// Reported speech without marks.
    Indirect,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The mention beside the quote: "the resident", "he", "Jeong Kyeong Doo".
    pub range: TextRange,
    /// The name that the mention stands for, where the article gives it.
    pub name: Option<String>,
}

/// The word that marks speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// "said", "according to", "admitted".
    pub range: TextRange,
    /// What the word claims about the speech.
    pub strength: CueStrength,
}

/// What a cue claims about the speech. Data in `assets/lang/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueStrength {
    /// said, told, according to.
    Neutral,
    /// claimed, alleged, insisted.
    Claiming,
    /// admitted, conceded, acknowledged.
    Admitting,
    /// denied, rejected, dismissed.
    Denying,
    /// demanded, urged, ordered.
    Demanding,
    /// warned, threatened.
    Warning,
    /// promised, vowed, pledged.
    Promising,
    /// accused, criticised, condemned.
    Accusing,
    /// asked, wondered.
    Asking,
    /// thinks, hopes, believes, plans.
    Thinking,
}

/// A typed value in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// The words that carry it, qualifier included ("around 35,000").
    pub range: TextRange,
    /// Its type.
    pub kind: DetailKind,
    /// What it is compared by.
    pub value: Value,
    /// How exact the words say it is.
    pub qualifier: Qualifier,
    /// The unit as said, by its symbol (for a date that was counted, "two years ago", the grain of the count): "km", "lb", "month" for an age, the ISO 4217 code for money with `/100`
    /// for its cents. [`Detail::base_unit`] and [`Detail::interval`] convert.
    pub unit: Option<String>,
    /// What is counted or measured, folded and singular where it can be told: "defector".
    pub subject: Option<String>,
    /// The sentence in which it starts.
    pub sentence: SentenceIx,
    /// The rule that found it.
    pub rule: &'static str,
}

/// The types of details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetailKind {
    /// A count or a bare number, or a measure with a unit.
    Number,
    /// An amount of money; `unit` is the ISO 4217 code.
    Money,
    /// Per cent or percentage points.
    Percent,
    /// The age of a person or thing; `unit` is `year`, `month`, `week` or `day`.
    Age,
    /// A day, month, year or span of days.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A person's name.
    Person,
    /// The name of an organisation.
    Organisation,
    /// The name of a place, or an adjective for it.
    Place,
}

impl DetailKind {
    /// The word in JSON and tables.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Age => "age",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
        }
    }
}

/// What a detail is compared by.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// One number, counted in the detail's unit.
    Number(f64),
    /// Two numbers, low first.
    Range(f64, f64),
    /// A date, maybe without day or month.
    Date(PartialDate),
    /// From one date to another, both inside.
    DateRange(PartialDate, PartialDate),
    /// A time of day, with minutes from UTC where the zone is said.
    Time(civil::Time, Option<i32>),
    /// A length of time: ISO 8601 as said, and its length in seconds (months of 30 days, years of 365).
    Duration {
        /// `PT3H`, `P2W`, `PT1.5H`.
        iso: String,
        /// For comparing.
        seconds: f64,
        /// The longer end in seconds, where the words give two: "two to three weeks".
        upto: Option<f64>,
    },
    /// A name in its fullest form in the article.
    Name(String),
}

/// A date as far as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    /// Year, if known ("July 24" takes it from the published date).
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month, 1 to 31.
    pub day: Option<i8>,
}

impl PartialDate {
    /// First and last day that it may mean; `None` without a year.
    pub fn span(self) -> Option<(civil::Date, civil::Date)> {
        let year = self.year?;
        match (self.month, self.day) {
            (Some(m), Some(d)) => civil::Date::new(year, m, d).ok().map(|x| (x, x)),
            (Some(m), None) => civil::Date::new(year, m, 1).ok().map(|x| (x, x.last_of_month())),
            (None, _) => Some((civil::Date::new(year, 1, 1).ok()?, civil::Date::new(year, 12, 31).ok()?)),
        }
    }
}

impl std::fmt::Display for PartialDate {
    /// `2020-07-24`, `2020-07`, `2020`; unknown leading parts as X: `XXXX-07-24`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.year {
            Some(y) => write!(f, "{y:04}")?,
            None => write!(f, "XXXX")?,
        }
        match (self.month, self.day) {
            (Some(m), Some(d)) => write!(f, "-{m:02}-{d:02}"),
            (Some(m), None) => write!(f, "-{m:02}"),
            (None, Some(d)) => write!(f, "-XX-{d:02}"),
            (None, None) => Ok(()),
        }
    }
}

/// How exact the words say a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Qualifier {
    /// No qualifier.
    #[default]
    Exact,
    /// about, around, some, roughly, estimated.
    About,
    /// nearly, almost, just under: a little less than the value.
    Nearly,
    /// more than, over, upwards of: above the value.
    MoreThan,
    /// at least, no fewer than: the value or above.
    AtLeast,
    /// less than, fewer than, under, below.
    LessThan,
    /// up to, at most, no more than: the value or below.
    UpTo,
    /// between a and b, a to b.
    Between,
}

/// Whether the full rules apply to a document.
pub fn is_english(document: &Document) -> bool {
    document.language.get(..2).is_some_and(|l| l.eq_ignore_ascii_case("en")) && !document.language[2..].starts_with(char::is_alphabetic)
}

/// Reads quotes and details out of a document. Total: any document yields a value.
///
/// `meta.published` anchors relative dates; without it "Tuesday" has a value without a year.
pub fn extract(document: &Document, meta: &Metadata) -> Extract {
    // Names and speakers are read by English words around them; in other languages these rules guess.
    if !is_english(document) {
        return Extract { quotes: quotes::marked_quotes(document), details: details::details(document, meta) };
    }
    let (mut details, sighted) = rayon::join(|| details::details(document, meta), || names::sighted(document));
    let names = names::names(document, sighted, &details);
    details.extend(names);
    details.sort_by_key(|d| (d.range.start, d.range.end, d.kind));
    Extract { quotes: quotes::quotes(document, &details), details }
}
