//! Files that were changed by chance: whatever comes in, a reader gives an article or a reason, soon and within memory.
//!
//! `MUTATIONS=200000 cargo test no_mutation` tries as many instead of some hundred.

use crate::source::assert_source;
use crate::{files, inputs};
use parallax::source::{self, Hints};
use proptest::prelude::*;
use proptest::sample::Index;
use std::io::{Cursor, Read};
use std::sync::LazyLock;
use std::time::Instant;

/// No file of this size takes longer, in seconds, in a build without optimisation on a busy machine; the limit of a PDF is part of it.
const MOST_SECONDS: u64 = 40;

/// One file of each format and of each way to pack it.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut seeds = inputs::seeds();
    seeds.extend(["letter.doc", "articles.xls", "pages.wacz", "pages.warc.gz"].map(files::bytes));
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(&files::bytes("pages.warc.gz")[..]).read_to_end(&mut plain).expect("gzip");
    seeds.push(plain);
    #[cfg(feature = "pdf")]
    {
        seeds.extend(["columns.pdf", "locked.pdf", "scan.pdf"].map(files::bytes));
        let text = "BT /F 10 Tf 40 380 Td (The river rose.) Tj 0 -12 Td [(It fell ) -200 (again.)] TJ ET q 1 0 0 1 5 5 cm /X Do Q";
        seeds.push(files::pdf_of(text));
        seeds.push(files::pdf_of(&format!("/Artifact <</Type/Pagination>> BDC {text} EMC /Span <</ActualText(a)>> BDC {text} EMC")));
    }
    let page = "<!doctype html><html><head><title>Levee breaks</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Levee\"}</script></head>\
        <body><article><h1>Levee breaks</h1><p>The river broke through the levee on Tuesday, the water board said.</p><ul><li>b</li></ul></article></body></html>";
    seeds.push(page.as_bytes().to_vec());
    seeds.push(
        b"{\"title\":\"Levee\",\"text\":\"The river broke through the levee on Tuesday.\"}\n{\"title\":\"Fire\",\"text\":\"It burned.\"}"
            .to_vec(),
    );
    seeds.push(b"---\ntitle: Levee\ndate: 2021-04-13\n---\n# Levee\n\nThe *river* rose.\n\n- a\n- b\n\n> quoted\n".to_vec());
    seeds
});

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
        }
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len() + 1));
    }
}

/// Changes a part of an archive and packs it again, so that the change is not told by a sum alone.
fn mutate_part(bytes: &[u8], which: &Index, edits: &[Edit]) -> Option<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).ok()?;
        let (name, mut content) = (part.name().ok()?.into_owned(), Vec::new());
        part.read_to_end(&mut content).ok()?;
        parts.push((name, content));
    }
    let which = which.index(parts.len());
    mutate(&mut parts.get_mut(which)?.1, edits, None);
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    Some(inputs::zip_of(&parts))
}

/// How many cases a target tries: as many as the environment says.
pub fn cases(otherwise: u32) -> u32 {
    std::env::var("MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(384), max_shrink_iters: 512, ..ProptestConfig::default() })]
    #[test]
    fn no_mutation_of_a_file_stops_the_reader(
        seed in any::<Index>(),
        edits in proptest::collection::vec(edit(), 1..12),
        cut in proptest::option::weighted(0.2, any::<Index>()),
        part in proptest::option::weighted(0.8, any::<Index>()),
    ) {
        let seed = &SEEDS[seed.index(SEEDS.len())];
        let packed = part.as_ref().filter(|_| seed.starts_with(b"PK")).and_then(|part| mutate_part(seed, part, &edits));
        let bytes = packed.unwrap_or_else(|| {
            let mut bytes = seed.clone();
            mutate(&mut bytes, &edits, cut.as_ref());
            bytes
        });
        let began = Instant::now();
        match source::read(&bytes, &Hints { path: "a".into(), ..Hints::default() }) {
            Ok(sources) => sources.iter().for_each(assert_source),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        prop_assert!(began.elapsed().as_secs() < MOST_SECONDS, "{:?}", began.elapsed());
    }
}
