//! One file at least for each reader, to be changed by chance. A reader or a format without one fails a test.

use crate::inputs::{self, PARAGRAPH, RTF, zip_of};
use crate::samples::SAMPLES;
use crate::{exports, files, inputs::mail};
use parallax::source::{self, Hints};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

/// A file that is read.
pub struct Seed {
    /// What it is, for the table of what was tried.
    pub name: String,
    /// The function that reads it, `docx::read`; empty for the second of its kind.
    pub reader: &'static str,
    pub bytes: Vec<u8>,
}

/// All of them.
pub static SEEDS: LazyLock<Vec<Seed>> = LazyLock::new(|| {
    let mut seeds = Vec::new();
    let mut add = |name: &str, reader: &'static str, bytes: Vec<u8>| seeds.push(Seed { name: name.to_owned(), reader, bytes });
    for (name, reader, _) in SAMPLES {
        add(name, reader, files::bytes(name));
    }
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(&files::bytes("pages.warc.gz")[..]).read_to_end(&mut plain).expect("gzip");
    add("pages.warc", "warc::read", plain);
    #[cfg(feature = "pdf")]
    {
        add("locked.pdf", "pdf::read", files::bytes("locked.pdf"));
        add("scan.pdf", "pdf::read", files::bytes("scan.pdf"));
        for name in ["letter.pdf", "columns.pdf"] {
            add(&format!("{name}, streams unpacked"), "pdf::read", unpacked(&files::bytes(name)));
        }
        let text = "BT /F 10 Tf 40 380 Td (The river rose.) Tj 0 -12 Td [(It fell ) -200 (again.)] TJ ET q 1 0 0 1 5 5 cm /X Do Q";
        add("PDF, by hand", "pdf::read", files::pdf_of(text));
        let tagged = format!("/Artifact <</Type/Pagination>> BDC {text} EMC /Span <</ActualText(a)>> BDC {text} EMC");
        add("PDF with marked content, by hand", "pdf::read", files::pdf_of(&tagged));
    }
    for (format, text) in exports::exports() {
        let rtf: String = text.lines().map(|l| format!("{}\\par\n", l.replace('\u{a0}', "\\~"))).collect();
        let paras: String = text.lines().map(|l| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", l.replace('&', "&amp;"))).collect();
        add(&format!("{format}, text"), "exports", text.into_bytes());
        add(&format!("{format}, RTF"), "exports", format!("{{\\rtf1\\ansi {rtf}}}").into_bytes());
        add(&format!("{format}, DOCX"), "exports", inputs::docx_of(&paras));
    }
    for (format, page) in exports::export_pages() {
        add(&format!("{format}, HTML"), "exports::read_page", page.into_bytes());
    }
    let [nitf, newsml] = inputs::agencies();
    add("NITF", "newsml::read", nitf.into_bytes());
    add("NewsML-G2", "newsml::read", newsml.into_bytes());
    add("DOCX, by hand", "docx::read", inputs::letter());
    add("ODT, by hand", "odt::read", inputs::odt());
    add("FODT, by hand", "odt::read_flat", inputs::fodt().into_bytes());
    add("RTF, by hand", "rtf::read", RTF.as_bytes().to_vec());
    let inner = mail("X: y", PARAGRAPH);
    let nested = format!("--b\r\n\r\n{PARAGRAPH}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--");
    add("EML in EML", "mail::read", mail("Content-Type: multipart/mixed; boundary=b", &nested).into_bytes());
    add("CSV", "csv::read", format!("Title,Text,Date\n\"a\",\"{PARAGRAPH}\",2021-04-13\n").into_bytes());
    add("ZIP", "zipped::read", zip_of(&[("a.txt", PARAGRAPH.as_bytes()), ("b.rtf", RTF.as_bytes())]));
    let page = "<!doctype html><html><head><title>Levee breaks</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Levee\"}</script></head>\
        <body><article><h1>Levee breaks</h1><p>The river broke through the levee on Tuesday, the water board said.</p><ul><li>b</li></ul></article></body></html>";
    add("HTML", "html::read", page.as_bytes().to_vec());
    let json =
        "{\"title\":\"Levee\",\"text\":\"The river broke through the levee on Tuesday.\"}\n{\"title\":\"Fire\",\"text\":\"It burned.\"}";
    add("JSONL", "json::read", json.as_bytes().to_vec());
    let front = "---\ntitle: Levee\ndate: 2021-04-13\n---\n# Levee\n\nThe *river* rose.\n\n- a\n- b\n\n> quoted\n";
    add("Markdown", "markdown", front.as_bytes().to_vec());
    let text = format!("Outlet: The Harbour Post\nPublished: 2021-04-13\n\nLevee breaks\n\nBy Jane Holt\n\n{PARAGRAPH}\n");
    add("text", "plain", text.clone().into_bytes());
    add("text, UTF-16", "plain", text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    seeds
});

/// A PDF whose packed streams are as they are when they are unpacked, so that a change is one of what is drawn. Its list of places
/// no longer holds, which readers mend.
#[cfg(feature = "pdf")]
fn unpacked(pdf: &[u8]) -> Vec<u8> {
    let find = |needle: &[u8], from: usize| memchr::memmem::find(&pdf[from..], needle).map(|n| from + n);
    let (mut out, mut from) = (Vec::new(), 0);
    while let Some(start) = find(b"stream\n", from).or_else(|| find(b"stream\r\n", from)) {
        let body = start + pdf[start..].iter().position(|b| *b == b'\n').expect("a line end") + 1;
        let end = find(b"endstream", body).expect("an end");
        let dictionary = pdf[from..start].rsplit(|b| *b == b'<').next().map_or(start, |d| start - d.len());
        let mut raw = Vec::new();
        let flat = memchr::memmem::find(&pdf[dictionary..start], b"FlateDecode").is_some()
            && memchr::memmem::find(&pdf[dictionary..start], b"ASCII85").is_none()
            && flate2::read::ZlibDecoder::new(&pdf[body..end]).read_to_end(&mut raw).is_ok();
        if flat && raw.len() < 20_000 {
            let words = String::from_utf8_lossy(&pdf[from..start]).replace("/Filter/FlateDecode", "").replace("/Filter /FlateDecode", "");
            out.extend(words.replace("/Length ", "/Was ").replace("<<", &format!("<</Length {} ", raw.len())).into_bytes());
            out.extend(b"stream\n");
            out.extend(raw);
            out.push(b'\n');
        } else {
            out.extend(&pdf[from..end]);
        }
        from = end;
        out.extend(b"endstream");
        from += b"endstream".len();
    }
    out.extend(&pdf[from..]);
    out
}

/// The functions of `source` that turn the bytes of a file into articles.
fn readers() -> BTreeSet<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/source");
    let reads = regex::Regex::new(r"pub\(super\) fn (read\w*)\(\s*bytes: &\[u8\]").expect("a pattern");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(src).expect("the folder") {
        let path = entry.expect("an entry").path();
        let module = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let file = if path.is_dir() { path.join("mod.rs") } else { path };
        let code = std::fs::read_to_string(file).expect("a module");
        found.extend(reads.captures_iter(&code).map(|c| format!("{module}::{}", &c[1])));
    }
    found
}

#[test]
fn each_reader_has_a_seed() {
    let all = readers();
    assert!(all.len() > 15, "{all:?}");
    let seeded: BTreeSet<String> = SEEDS.iter().map(|s| s.reader.to_owned()).collect();
    let left_out = [("pdf", cfg!(feature = "pdf")), ("doc", cfg!(feature = "doc")), ("xls", cfg!(feature = "xls"))];
    let built = |reader: &&String| left_out.iter().all(|(module, built)| *built || !reader.starts_with(&format!("{module}::")));
    let without: Vec<_> = all.difference(&seeded).filter(built).collect();
    assert!(without.is_empty(), "no seed for {without:?}");
}

/// The formats that a source can be told as.
#[test]
fn each_format_has_a_seed() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/source");
    let archives = std::fs::read_dir(src.join("exports")).expect("the folder").map(|e| e.expect("a file").path());
    let code: String = archives.chain([src.join("detect.rs")]).map(|f| std::fs::read_to_string(f).expect("a module")).collect();
    let names = regex::Regex::new(r#"(?:Format::\w+(?: \| Format::\w+)* => |Export::of\()"(\w+)""#).expect("a pattern");
    let told: BTreeSet<String> = names.captures_iter(&code).map(|c| c[1].to_owned()).collect();
    assert!(told.len() > 20, "{told:?}");
    let mut seen = BTreeSet::new();
    for seed in SEEDS.iter() {
        for source in source::read(&seed.bytes, &Hints::default()).unwrap_or_default() {
            seen.insert(source.provenance.format);
        }
    }
    // An archive's files and a box's messages are told as what they are; some formats are left out of some builds.
    let without: Vec<_> = told.difference(&seen).filter(|f| !matches!(f.as_str(), "zip" | "mbox")).collect();
    if cfg!(all(feature = "pdf", feature = "doc", feature = "xls")) {
        assert!(without.is_empty(), "no seed for {without:?}");
    }
}
