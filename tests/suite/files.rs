//! Files that other programs wrote, in `files/`: what they say is our own wording.

use crate::source::{assert_source, outline};
use parallax::source::{self, Hints, Source, SourceError};

pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/suite/files/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a sample")
}

fn try_read(bytes: &[u8]) -> Result<Vec<Source>, SourceError> {
    source::read(bytes, &Hints { path: "sample".into(), ..Hints::default() })
}

/// Reads bytes under a name that tells nothing.
fn read(bytes: &[u8]) -> Vec<Source> {
    let sources = try_read(bytes).unwrap_or_else(|e| panic!("{e}"));
    for (i, source) in sources.iter().enumerate() {
        assert_source(source);
        assert_eq!(source.provenance.part as usize, i);
        assert_eq!(source.provenance.sha256, source::sha256_hex(bytes));
    }
    sources
}

fn notes(sources: &[Source]) -> String {
    sources.iter().flat_map(|s| &s.notes).map(|n| n.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn refuse(bytes: &[u8], word: &str) {
    let error = try_read(bytes).expect_err("no article").to_string();
    assert!(error.contains(word) && error.contains(". "), "{error}");
}

/// Two columns over two pages, justified, with words broken at line ends and a running head; by ReportLab.
#[cfg(feature = "pdf")]
#[test]
fn columns_of_a_pdf_are_read_one_after_the_other() {
    let sources = read(&bytes("columns.pdf"));
    let expected = "
title: Levee breaks at Tarn Valley, forty families flee
outlet: The Harbour Post
byline: Jane Holt
published: 2021-04-14
place: Tarn Valley
headline: Levee breaks at Tarn Valley, forty families flee
standfirst: The water board was warned of the wall nine years ago
byline: By Jane Holt
paragraph: TARN VALLEY — The river broke through the levee on Tuesday, the water board said, and forty families left their homes before noon.
paragraph: The board had been warned. An inspection in 2012 found cracks in the wall, according to minutes that The Harbour Post has seen, and recommended that it be rebuilt within five years.
paragraph: “We told them in writing, and we told them again,” said Ines Holt, who led the inspection. She is now a well-known critic of the board.
subheading: A wall from 1931
paragraph: The wall was built by hand in 1931 and has been repaired three times since then, most recently after the storm of 1998.
paragraph: About 2,400 people live behind it. The fire brigade filled sandbags through the night, and the army sent sixty soldiers, a helicopter and two boats.
paragraph: Officials said that the water would fall by Friday. The minister for rivers, Pavel Orr, is expected in the valley on Thursday morning. He declined to say who will pay for a new wall, which the board puts at 31 million crowns.
paragraph: Schools stay closed, and the flooded quarter has no electricity.";
    assert_eq!(outline(&sources[0]).trim(), expected.trim());
    assert_eq!(sources[0].provenance.format, "pdf");
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_without_a_text_says_why() {
    refuse(&bytes("locked.pdf"), "password");
    refuse(&bytes("scan.pdf"), "scan");
    let whole = bytes("columns.pdf");
    for share in [3, 2] {
        refuse(&whole[..whole.len() / share], "damaged or incomplete");
    }
    // A stream that unpacks to more than memory should hold.
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    (0..300).for_each(|_| std::io::Write::write_all(&mut packed, &zeros).expect("memory"));
    let stream = packed.finish().expect("memory");
    let mut bomb = b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode/Length 9>>stream\n".to_vec();
    bomb.extend(&stream);
    refuse(&bomb, "than the limit");
    // The same packed once more.
    let mut again = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut again, &stream).expect("memory");
    let mut bomb = b"%PDF-1.4\n1 0 obj\n<</Filter[/FlateDecode/FlateDecode]>>stream\r\n".to_vec();
    bomb.extend(again.finish().expect("memory"));
    refuse(&bomb, "than the limit");
}

/// A page of a PDF with these operators, by hand.
#[cfg(feature = "pdf")]
pub fn pdf_of(content: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
         3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>\
         /XObject<</X 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length {}>>stream\n{content}\nendstream\nendobj\n\
         5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 400 400]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream\nendobj\n\
         trailer\n<</Root 1 0 R>>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

#[cfg(feature = "pdf")]
#[test]
fn paragraphs_of_a_pdf_are_told_by_what_would_have_fitted() {
    let check = |lines: &[(u32, &str)], expected: &[&str]| {
        let shown: String = lines.iter().map(|(y, words)| format!("BT /F 10 Tf 40 {y} Td ({words}) Tj ET\n")).collect();
        let source = &read(&pdf_of(&shown))[0];
        let texts: Vec<&str> = source.blocks.iter().map(|b| b.range.of(&source.text)).collect();
        assert_eq!(texts, expected);
    };
    let long = "The river broke through the levee on Tuesday, the water board said, and";
    // No gap and no indent: the first word of the next line would have fitted.
    check(
        &[
            (380, long),
            (368, "forty families left their homes."),
            (356, "The board had been warned of the wall by three inspectors in 2012"),
        ],
        &[
            "The river broke through the levee on Tuesday, the water board said, and forty families left their homes.",
            "The board had been warned of the wall by three inspectors in 2012",
        ],
    );
    // A sentence that ends at the edge ends no paragraph.
    check(
        &[
            (380, "The river broke through the levee on Tuesday, the water board tells us."),
            (368, "Forty families left their homes, many of them without any baggage,"),
            (356, "it said."),
        ],
        &[
            "The river broke through the levee on Tuesday, the water board tells us. Forty families left their homes, many of them without any baggage, it said.",
        ],
    );
    // A form that shows itself twice is no endless work.
    let looped = pdf_of("/X Do BT /F 10 Tf 40 300 Td (The river rose.) Tj ET");
    let started = std::time::Instant::now();
    let _ = try_read(&looped);
    assert!(started.elapsed().as_secs() < 30);
}

const HARBOUR: &str = "
title: Levee breaks at Tarn Valley
outlet: The Harbour Post
byline: Jane Holt
published: 2021-04-13
url: https://post.example/levee
headline: Levee breaks at Tarn Valley
byline: By Jane Holt
paragraph: The river broke through the levee on Tuesday, the water board said, and forty families left their homes before noon.
paragraph: About 2,400 people live behind the wall, which was built by hand in 1931 and has been repaired three times since then.
paragraph: “We told them in writing, and we told them again,” said Ines Holt, who led an inspection in 2012.";

/// Pages packed, in chunks and in windows-1252; a repeat, a picture, an answer that leads on and one that says 404; by warcio.
#[test]
fn pages_of_a_web_archive_are_read_as_saved_pages() {
    let whole = bytes("pages.warc.gz");
    let sources = read(&whole);
    assert_eq!(sources.len(), 2);
    assert_eq!(outline(&sources[0]).trim(), HARBOUR.trim());
    assert!(sources[1].text.contains("The café at the bridge") && sources[1].text.contains("said Zoë Marsh"));
    let said = notes(&sources);
    for words in ["gone: the server answered with status 404", "1 page was a repeat", "2 answers hold no page"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // The same without its packing, and without its end.
    let mut plain = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&whole[..]), &mut plain).expect("gzip");
    assert_eq!(read(&plain).iter().map(outline).collect::<Vec<_>>(), sources.iter().map(outline).collect::<Vec<_>>());
    let cut = read(&whole[..whole.len() - 700]);
    assert_eq!(cut.len(), 2);
    assert!(notes(&cut).contains("damaged or cut off"), "{}", notes(&cut));
}

#[test]
fn what_a_packed_web_archive_declares_is_checked() {
    let whole = bytes("pages.wacz");
    let sources = read(&whole);
    let titles: Vec<_> = sources.iter().map(|s| s.meta.title.as_deref().unwrap_or("")).collect();
    assert_eq!(titles, ["“Nobody slept”: a night in the school"], "only the page in its list");
    assert!(!notes(&sources).contains("SHA-256"), "{}", notes(&sources));
    // The same parts with another hash in the list.
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&whole)).expect("an archive");
    let mut changed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), Vec::new());
        std::io::Read::read_to_end(&mut part, &mut text).expect("its bytes");
        if name == "datapackage.json" {
            text = String::from_utf8(text).expect("JSON").replace("sha256:", "sha256:00").into_bytes();
        }
        changed.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        std::io::Write::write_all(&mut changed, &text).expect("its bytes");
    }
    let sources = read(&changed.finish().expect("an archive").into_inner());
    assert!(notes(&sources).contains("archive/pages.warc.gz does not match the SHA-256"), "{}", notes(&sources));
}

/// Written by LibreOffice.
#[cfg(feature = "doc")]
#[test]
fn a_document_of_word_97_is_read() {
    let whole = bytes("letter.doc");
    let expected = "
title: Levee breaks at Tarn Valley
byline: Jane Holt
headline: Levee breaks at Tarn Valley
standfirst: The water board was warned of the wall nine years ago
byline: By Jane Holt
paragraph: The river broke through the levee on Tuesday, the water board said, and forty families left their homes before noon.
paragraph: About 2,400 people live behind the wall, which was built by hand in 1931 and has been repaired three times since then.
paragraph: “We told them in writing, and we told them again,” said Ines Holt, who led an inspection in 2012.
subheading: A wall from 1931
list-item: the last inspection, in 2012;
list-item: the storm of 1998.
paragraph: The café at the bridge handed out soup until midnight, and neighbours brought blankets, beds and dry clothes.";
    assert_eq!(outline(&read(&whole)[0]).trim(), expected.trim());
    refuse(&whole[..whole.len() / 2], "as DOCX");
}

/// Written by xlwt.
#[cfg(feature = "xls")]
#[test]
fn a_workbook_of_excel_97_is_read() {
    let whole = bytes("articles.xls");
    let sources = read(&whole);
    let published: Vec<_> = sources.iter().filter_map(|s| s.meta.published).map(|p| p.to_string()).collect();
    assert_eq!(published, ["2021-04-13", "2021-04-14T07:30:00"]);
    assert_eq!(sources[1].meta.title.as_deref(), Some("“Nobody slept”: a night in the school"));
    assert_eq!(sources[0].blocks.len(), 4);
    refuse(&whole[..600], "XLSX");
}
