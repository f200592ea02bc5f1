//! Files that were changed by chance: whatever comes in, a reader gives an article or a reason, soon and within memory.
//!
//! `MUTATIONS=200000 cargo test no_mutation -- --nocapture` tries as many instead of some hundred, and tells how many of each format;
//! `MUTATIONS_OF=epub` keeps to what is called so. Files that take long are kept in the folder for temporary files.

use crate::inputs;
use crate::seeds::SEEDS;
use crate::source::assert_source;
use parallax::source::{self, Hints};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;
use std::cell::RefCell;
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};

/// No file of this size takes longer, in seconds, in a build without optimisation on a busy machine; the limit of a PDF is part of it.
const MOST_SECONDS: u64 = 40;

/// In a long run, a file that takes longer is kept.
const WORTH_A_LOOK: Duration = Duration::from_secs(2);

/// What parsers trip over.
const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&#x110000;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE",
    b"{\\",
    b"\\bin99999999 ",
    b"\\u-1?",
    b"\0",
    b"\xff\xfe",
    b"\r\n\r\n",
    b"\n\n",
    b"\"",
    b"'",
    b"99999999999999999999",
    b"-1",
    b"0",
    b"4294967295",
    b"\xe2\x80",
    b"\xf0\x9f",
    b"\xe2\x80\xae",
    b"endobj",
    b"stream\n",
    b"<<",
    b">>",
    b"/Kids[2 0 R]",
    b"/Length 999999999",
    b"1 0 R",
    b"BT",
    b"ET",
    b"/X Do ",
    b"Content-Length: 18446744073709551615\r\n",
    b"<w:p><w:r><w:t>",
    b"</w:p>",
    b"<c r=\"ZZZ1\" t=\"s\"><v>99</v></c>",
    b" table:number-columns-repeated=\"999999999\"",
    b"</text:p>",
    b"\\par ",
    b"\\cell ",
    b"{\\*\\footnote ",
    b"=\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"WARC/1.0\r\n",
    b"--b",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n",
    b"End of Document",
    b"LENGTH: 0 words",
    b"\xc2\xa0",
    b"\xc2\xad",
    b"1 of 3 DOCUMENTS",
    b"From ",
    b"PK\x03\x04",
    b"\x1f\x8b",
];

#[derive(Clone, Debug)]
enum Edit {
    Set(Index, u8),
    Insert(Index, u8),
    Remove(Index, u8),
    Repeat(Index, u8),
    Token(Index, Index),
    /// A number becomes a large one.
    Number(Index),
    /// An element of markup goes, comes twice, or holds itself: the whole stays well-formed, and what is behind the parser is tried.
    Element(Index, Whole),
}

#[derive(Clone, Copy, Debug)]
enum Whole {
    Removed,
    Twice,
    InItself,
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, value)| Edit::Set(at, value)),
        (at(), any::<u8>()).prop_map(|(at, value)| Edit::Insert(at, value)),
        (at(), 1..=32u8).prop_map(|(at, n)| Edit::Remove(at, n)),
        (at(), any::<u8>()).prop_map(|(at, n)| Edit::Repeat(at, n)),
        (at(), at()).prop_map(|(at, token)| Edit::Token(at, token)),
        at().prop_map(Edit::Number),
        (at(), prop_oneof![Just(Whole::Removed), Just(Whole::Twice), Just(Whole::InItself)]).prop_map(|(at, how)| Edit::Element(at, how)),
    ]
}

fn mutate(bytes: &mut Vec<u8>, edits: &[Edit], cut: Option<&Index>) {
    for edit in edits {
        if bytes.is_empty() {
            return;
        }
        let n = bytes.len();
        match edit {
            Edit::Set(at, value) => bytes[at.index(n)] = *value,
            Edit::Insert(at, value) => bytes.insert(at.index(n), *value),
            Edit::Remove(at, count) => drop(bytes.drain(at.index(n)..(at.index(n) + usize::from(*count)).min(n))),
            Edit::Repeat(at, count) => {
                let at = at.index(n);
                let copy = bytes[at..(at + usize::from(*count)).min(n)].to_vec();
                bytes.splice(at..at, copy);
            }
            Edit::Token(at, token) => {
                let at = at.index(n);
                bytes.splice(at..at, TOKENS[token.index(TOKENS.len())].iter().copied());
            }
            Edit::Number(at) => {
                let from = at.index(n);
                let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|i| from + i) else { continue };
                let end = bytes[start..].iter().position(|b| !b.is_ascii_digit()).map_or(n, |i| start + i);
                bytes.splice(start..end, *b"4294967290");
            }
            Edit::Element(at, how) => {
                let Some((outside, inside)) = element(bytes, at.index(n)) else { continue };
                let whole = bytes[outside.clone()].to_vec();
                match how {
                    Whole::Removed => drop(bytes.drain(outside)),
                    Whole::Twice => drop(bytes.splice(outside.end..outside.end, whole)),
                    Whole::InItself => drop(bytes.splice(inside, whole)),
                }
            }
        }
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len() + 1));
    }
}

/// Where the first element after a place stands that has an end, and what is in it. Of elements of one name in each other the first
/// end counts, which is wrong often enough.
fn element(bytes: &[u8], from: usize) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let mut at = from;
    loop {
        let start = at + bytes[at..].iter().position(|b| *b == b'<')?;
        at = start + 1;
        let name = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'.')).count();
        let open = start + bytes[start..].iter().position(|b| *b == b'>')? + 1;
        if name == 0 || bytes[open - 2] == b'/' {
            continue;
        }
        let close = [b"</", &bytes[at..at + name], b">"].concat();
        if let Some(end) = memchr::memmem::find(&bytes[open..], &close).map(|i| open + i) {
            return Some((start..end + close.len(), open..end));
        }
    }
}

/// Changes a part of an archive and packs it again, so that the change is not told by a sum alone: a part of a ZIP archive, or of an
/// archive in it, or what is packed by gzip.
fn mutate_inside(bytes: &[u8], which: &[Index], edits: &[Edit]) -> Option<Vec<u8>> {
    if bytes.starts_with(b"\x1f\x8b") {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut plain).ok()?;
        mutate(&mut plain, edits, None);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&plain).ok()?;
        return packed.finish().ok();
    }
    let (first, deeper) = which.split_first().filter(|_| bytes.starts_with(b"PK"))?;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).ok()?;
        let (name, mut content) = (part.name().ok()?.into_owned(), Vec::new());
        part.read_to_end(&mut content).ok()?;
        parts.push((name, content));
    }
    // Parts are chosen by their size, or pictures and settings would get most of the changes.
    let total: usize = parts.iter().map(|(_, content)| content.len().clamp(1, 20_000)).sum();
    let mut at = first.index(total.max(1));
    let chosen = parts.iter_mut().find(|(_, content)| {
        let size = content.len().clamp(1, 20_000);
        let here = at < size;
        at = at.saturating_sub(size);
        here
    })?;
    match mutate_inside(&chosen.1, deeper, edits) {
        Some(inside) => chosen.1 = inside,
        None => mutate(&mut chosen.1, edits, None),
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    Some(inputs::zip_of(&parts))
}

/// How many cases a target tries: as many as the environment says.
pub fn cases(otherwise: u32) -> u32 {
    std::env::var("MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// How long the processor has worked for this process, where that can be told.
fn worked() -> Option<Duration> {
    #[cfg(unix)]
    {
        let t = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Some(Duration::new(u64::try_from(t.tv_sec).ok()?, u32::try_from(t.tv_nsec).ok()?))
    }
    #[cfg(not(unix))]
    None
}

/// What came of the changes of one seed.
#[derive(Clone, Copy, Default)]
struct Tried {
    cases: usize,
    read: usize,
    worst: Duration,
}

#[test]
fn no_mutation_of_a_file_stops_the_reader() {
    let config = ProptestConfig { cases: cases(512), max_shrink_iters: 512, source_file: Some(file!()), ..ProptestConfig::default() };
    let mutation = (
        any::<Index>(),
        // Few often, or what a parser refuses at its first fault is all that is tried.
        prop_oneof![proptest::collection::vec(edit(), 1..4), proptest::collection::vec(edit(), 1..12)],
        proptest::option::weighted(0.2, any::<Index>()),
        // Where in an archive; often on its outside.
        proptest::option::weighted(0.8, any::<[Index; 3]>()),
    );
    let of = std::env::var("MUTATIONS_OF").unwrap_or_default();
    let chosen: Vec<usize> = (0..SEEDS.len()).filter(|i| SEEDS[*i].name.contains(&of)).collect();
    let tried = RefCell::new(vec![Tried::default(); SEEDS.len()]);
    let result = TestRunner::new(config).run(&mutation, |(seed, edits, cut, inside)| {
        let at = chosen[seed.index(chosen.len())];
        let seed = &SEEDS[at];
        let bytes = inside.and_then(|which| mutate_inside(&seed.bytes, &which, &edits)).unwrap_or_else(|| {
            let mut bytes = seed.bytes.clone();
            mutate(&mut bytes, &edits, cut.as_ref());
            bytes
        });
        let (began, worked) = (Instant::now(), worked());
        let read = source::read(&bytes, &Hints { path: "a".into(), ..Hints::default() });
        // What waits while others work does not count.
        let took = self::worked().zip(worked).map_or(Duration::MAX, |(now, before)| now.saturating_sub(before)).min(began.elapsed());
        {
            let row = &mut tried.borrow_mut()[at];
            *row = Tried { cases: row.cases + 1, read: row.read + usize::from(read.is_ok()), worst: row.worst.max(took) };
        }
        match read {
            Ok(sources) => sources.iter().for_each(assert_source),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        if took > WORTH_A_LOOK && std::env::var_os("MUTATIONS").is_some() {
            let kept = std::env::temp_dir().join(format!("parallax-slow-{}", source::sha256_hex(&bytes)));
            let _ = std::fs::write(&kept, &bytes);
            println!("{}: {took:?}, kept as {}", seed.name, kept.display());
        }
        prop_assert!(took.as_secs() < MOST_SECONDS, "{}: {took:?}", seed.name);
        Ok(())
    });
    for (seed, row) in SEEDS.iter().zip(tried.borrow().iter()) {
        println!("{:40} {:>8} changed {:>8} read, at most {:>6} ms", seed.name, row.cases, row.read, row.worst.as_millis());
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("the peak of memory is not known here"));
    if let Err(error) = result {
        panic!("{error}");
    }
}
