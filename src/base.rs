//! Ranges, typed ids and notes: what every other module shares.

use serde::{Deserialize, Serialize};
use std::cmp;
use std::sync::atomic::{AtomicU64, Ordering};

/// A half-open range of bytes in one version's text, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct TextRange {
    /// First byte inside.
    pub start: u32,
    /// First byte after.
    pub end: u32,
}

impl TextRange {
    /// A range from byte offsets. Texts are limited to 4 GiB by `source`, so the casts hold.
    ///
    /// # Panics
    /// In debug builds when `start > end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "range {start}..{end} runs backwards");
        Self { start: start as u32, end: end as u32 }
    }

    /// The part of `text` inside the range; empty when the range does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: TextRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub fn contains_offset(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether both share at least one byte.
    pub fn overlaps(self, other: TextRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether it shares a byte with one of `others`, which are sorted by their start and lie over each other little or not at all.
    pub fn overlaps_one<T>(self, others: &[T], range_of: impl Fn(&T) -> TextRange) -> bool {
        // What starts long before and still reaches here would cover all between.
        const LOOKED_AT: usize = 8;
        let end = others.partition_point(|o| range_of(o).start < self.end);
        others[..end].iter().rev().take(LOOKED_AT).any(|o| range_of(o).overlaps(self))
    }

    /// The smallest range that holds both.
    pub fn cover(self, other: TextRange) -> TextRange {
        TextRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a `std` range, for slicing.
    pub fn as_range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into the vector that owns the items.
            pub fn ix(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(ix: usize) -> Self {
                Self(ix as u32)
            }
        }
    };
}

index_type!(
    /// Index of a version in [`crate::analysis::Analysis::versions`].
    VersionIx
);
impl VersionIx {
    /// The letter that stands for the version on the screen and in reports: A to Z, then AA, AB…
    pub fn letter(self) -> String {
        let mut n = u64::from(self.0) + 1;
        let mut letters = Vec::new();
        while n > 0 {
            n -= 1;
            letters.push(char::from(b'A' + (n % 26) as u8));
            n /= 26;
        }
        letters.iter().rev().collect()
    }
}

index_type!(
    /// Index of a sentence in its [`crate::text::Document`].
    SentenceIx
);
index_type!(
    /// Index of a passage in [`crate::analysis::Analysis::passages`].
    PassageIx
);
index_type!(
    /// Index of a finding in [`crate::analysis::Analysis::findings`].
    FindingIx
);
index_type!(
    /// Index of a quote in its version's [`crate::extract::Extract::quotes`].
    QuoteIx
);
index_type!(
    /// Index of a detail in its version's [`crate::extract::Extract::details`].
    DetailIx
);

/// An id derived from content, so that it stays the same across runs and orders of loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentId(pub u64);

impl ContentId {
    /// Hashes parts in order. The parts are length-prefixed, so `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn from_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        use sha2::{Digest, Sha256};
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let digest = hasher.finalize();
        let mut first = [0u8; 8];
        first.copy_from_slice(&digest[..8]);
        Self(u64::from_le_bytes(first))
    }
}

/// The pairs of items with equal keys, in order. Both lists are sorted by the key, and each key stands once in either.
pub(crate) fn in_both<'s, T, K: Ord>(a: &'s [T], b: &'s [T], key: impl Fn(&T) -> K) -> impl Iterator<Item = (&'s T, &'s T)> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            match key(x).cmp(&key(y)) {
                cmp::Ordering::Less => i += 1,
                cmp::Ordering::Greater => j += 1,
                cmp::Ordering::Equal => {
                    i += 1;
                    j += 1;
                    return Some((x, y));
                }
            }
        }
        None
    })
}

/// Which of many things have each of what is numbered, terms or concepts: an inverted index without a map.
pub(crate) struct ByNumber<T> {
    /// By number, where those that have it start.
    starts: Vec<u32>,
    all: Vec<T>,
}

impl<T: Copy> ByNumber<T> {
    /// From pairs of a number and what has it; there are so many numbers.
    pub fn of(numbers: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut starts = vec![0u32; numbers + 1];
        pairs.clone().for_each(|(number, _)| starts[number as usize + 1] += 1);
        (0..numbers).for_each(|number| starts[number + 1] += starts[number]);
        let mut next = starts.clone();
        let mut all: Vec<T> = pairs.clone().next().map_or_else(Vec::new, |(_, any)| vec![any; starts[numbers] as usize]);
        for (number, holder) in pairs {
            all[next[number as usize] as usize] = holder;
            next[number as usize] += 1;
        }
        Self { starts, all }
    }

    /// Those that have a number, in the order in which they were given; none for a number that there is not.
    pub fn holders(&self, number: u32) -> &[T] {
        match self.starts.get(number as usize..).unwrap_or_default() {
            [from, upto, ..] => &self.all[*from as usize..*upto as usize],
            _ => &[],
        }
    }
}

/// Which of all things that were ever made in this process something is; says nothing of what is in it. What is kept of a thing is kept
/// under this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Serial(u64);

impl Serial {
    /// The next one.
    pub fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// FNV-1a (Fowler, Noll, Vo 1991) of some bytes: the same on every machine, unlike the hashers of maps, and quick for short words.
pub(crate) fn fnv<'b>(bytes: impl IntoIterator<Item = &'b u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

impl std::fmt::Display for ContentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for ContentId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ContentId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(Self).map_err(serde::de::Error::custom)
    }
}

/// Something a person should know about a source or a stage that went on all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The file, link or title it is about; empty when it is about the whole comparison.
    pub about: String,
    /// One or more short sentences: what happened, what did not suffer, what to do.
    pub text: String,
}

impl Note {
    /// A note about a named thing.
    pub fn new(about: impl Into<String>, text: impl Into<String>) -> Self {
        Self { about: about.into(), text: text.into() }
    }
}

/// Reports how far a long piece of work is, and learns whether to stop.
///
/// Stages call it between units of work. The return value is `true` to go on.
pub trait Progress: Sync {
    /// `done` of `of` units of `stage` are finished.
    fn step(&self, stage: Stage, done: usize, of: usize) -> bool;
}

/// Ignores progress and never cancels.
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _: Stage, _: usize, _: usize) -> bool {
        true
    }
}

/// The stages as a person sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Reading and decoding sources.
    Read,
    /// Sentences, quotes and details.
    Extract,
    /// Lining up passages.
    Align,
    /// Comparing.
    Compare,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Stage; 4] = [Stage::Read, Stage::Extract, Stage::Align, Stage::Compare];

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Read => "Read",
            Stage::Extract => "Quotes and details",
            Stage::Align => "Line up passages",
            Stage::Compare => "Compare",
        }
    }
}

/// The lines of a word table in `assets/`: trimmed, without blank lines and `#` comments.
/// Fields inside a line are parted by tabs.
pub fn table_lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
