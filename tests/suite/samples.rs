//! Files as other programs write them, in `files/`: the same articles, whatever they are packed in.

use crate::files;
use crate::source::{assert_source, outline};
use parallax::source::{self, Hints, Source};

/// What a sample holds.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    /// The letter, with what its format can tell of it.
    Letter { standfirst: bool, date: bool },
    /// The page that the letter was made of.
    Page,
    /// Two articles, with or without their address.
    Two,
    /// Read by a test of its own.
    Else,
}
use Holds::{Else, Letter, Page, Two};

const WHOLE: Holds = Letter { standfirst: true, date: false };
const DATED: Holds = Letter { standfirst: true, date: true };

/// Each sample with the reader that reads it and the format that it is told as.
pub const SAMPLES: &[(&str, &str, &str)] = &[
    ("letter.docx", "docx::read", "docx"),
    ("pandoc.docx", "docx::read", "docx"),
    ("letter.odt", "odt::read", "odt"),
    ("letter.fodt", "odt::read_flat", "fodt"),
    ("letter.rtf", "rtf::read", "rtf"),
    ("pandoc.rtf", "rtf::read", "rtf"),
    ("book.epub", "epub::read", "epub"),
    #[cfg(feature = "pdf")]
    ("letter.pdf", "pdf::read", "pdf"),
    #[cfg(feature = "pdf")]
    ("columns.pdf", "pdf::read", "pdf"),
    #[cfg(feature = "doc")]
    ("letter.doc", "doc::read", "doc"),
    ("articles.xlsx", "xlsx::read", "xlsx"),
    ("articles.ods", "ods::read", "ods"),
    ("articles.csv", "csv::read", "csv"),
    #[cfg(feature = "xls")]
    ("articles.xls", "xls::read", "xls"),
    ("articles.jsonl", "json::read", "json"),
    ("feed.rss", "feed::read", "feed"),
    ("feed.atom", "feed::read", "feed"),
    ("message.eml", "mail::read", "eml"),
    ("messages.mbox", "mbox::read", "eml"),
    ("page.mhtml", "mhtml::read", "mhtml"),
    ("singlefile.html", "html::read", "html"),
    ("pages.warc.gz", "warc::read", "warc"),
    ("pages.wacz", "wacz::read", "warc"),
    ("articles.zip", "zipped::read", "rtf"),
];

fn holds(name: &str) -> Holds {
    match name {
        "letter.docx" | "letter.odt" | "letter.fodt" | "letter.rtf" | "letter.pdf" | "letter.doc" => WHOLE,
        "pandoc.docx" | "book.epub" => DATED,
        // Its writer leaves the subtitle out.
        "pandoc.rtf" => Letter { standfirst: false, date: true },
        "page.mhtml" | "singlefile.html" => Page,
        name if name.starts_with("articles.") && !name.ends_with("xls") && !name.ends_with("zip") || name.starts_with("feed.") => Two,
        "messages.mbox" => Two,
        _ => Else,
    }
}

const STANDFIRST: &str = "standfirst: The water board was warned of the wall nine years ago\n";
const LETTER: &str = "\
paragraph: The river broke through the levee on Tuesday, the water board said, and forty families left their homes before noon.
paragraph: About 2,400 people live behind the wall, which was built by hand in 1931 and has been repaired three times since then.
paragraph: “We told them in writing, and we told them again,” said Ines Holt, who led an inspection in 2012.";
const REST: &str = "
subheading: A wall from 1931
list-item: the last inspection, in 2012;
list-item: the storm of 1998.
paragraph: The café at the bridge handed out soup until midnight, and neighbours brought blankets, beds and dry clothes.";
const NIGHT: &str = "\
paragraph: The café at the bridge handed out soup until midnight, and neighbours brought blankets, beds and dry clothes.
paragraph: “Nobody slept,” said the caretaker of the school, where 163 people spent the night.";

fn read(bytes: &[u8], name: &str) -> Vec<Source> {
    let sources = source::read(bytes, &Hints { path: name.to_owned(), ..Hints::default() }).unwrap_or_else(|e| panic!("{name}: {e}"));
    sources.iter().for_each(assert_source);
    sources
}

/// The blocks alone.
fn blocks(source: &Source) -> String {
    let is_block = |l: &&str| ["paragraph", "subheading", "list-item"].iter().any(|k| l.split(':').next() == Some(k));
    outline(source).lines().filter(is_block).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_other_programs_wrote_is_read_whatever_its_name() {
    for (name, _, format) in SAMPLES {
        let bytes = files::bytes(name);
        // The content decides: no ending, one of another format, one of a picture.
        for path in [*name, "sample", "sample.txt", "sample.pdf", "sample.png"] {
            let sources = read(&bytes, path);
            assert_eq!(sources[0].provenance.format, *format, "{name} as {path}");
            let first = &sources[0];
            let m = &first.meta;
            match holds(name) {
                Letter { standfirst, date } => {
                    assert_eq!(blocks(first), format!("{LETTER}{REST}"), "{name} as {path}");
                    assert_eq!(outline(first).contains(STANDFIRST), standfirst, "{name}: {}", outline(first));
                    assert_eq!(
                        (m.title.as_deref(), m.byline.as_deref()),
                        (Some("Levee breaks at Tarn Valley"), Some("Jane Holt")),
                        "{name}"
                    );
                    assert_eq!(m.published.map(|p| p.to_string()).as_deref(), date.then_some("2021-04-13"), "{name}");
                    let notes: String = first.notes.iter().map(|n| n.text.as_str()).collect();
                    let noted = !matches!(*format, "pdf" | "doc");
                    assert_eq!(notes.contains("1 footnote was left out"), noted, "{name}: {notes}");
                }
                Page => {
                    assert_eq!(blocks(first), format!("{LETTER}{REST}"), "{name} as {path}");
                    assert!(
                        outline(first).contains("caption: The levee on Tuesday afternoon.") && outline(first).contains(STANDFIRST),
                        "{name}"
                    );
                    assert_eq!(
                        (m.outlet.as_deref(), m.url.as_deref()),
                        (Some("The Harbour Post"), Some("https://post.example/levee")),
                        "{name}"
                    );
                }
                Two => {
                    assert_eq!(sources.iter().map(blocks).collect::<Vec<_>>(), [LETTER, NIGHT], "{name} as {path}");
                    let days: Vec<_> = sources.iter().filter_map(|s| s.meta.published).map(|p| p.date.to_string()).collect();
                    assert_eq!(days, ["2021-04-13", "2021-04-14"], "{name}");
                    assert_eq!(sources[1].meta.title.as_deref(), Some("“Nobody slept”: a night in the school"), "{name}");
                }
                Else => {}
            }
        }
    }
}

#[test]
fn an_archive_in_an_archive_and_a_document_in_a_message_are_read() {
    let zip = read(&files::bytes("articles.zip"), "articles.zip");
    assert_eq!(zip.iter().map(blocks).collect::<Vec<_>>(), [format!("{LETTER}{REST}"), NIGHT.to_owned()]);
    assert_eq!(zip.iter().map(|s| s.meta.outlet.as_deref().unwrap_or("")).collect::<Vec<_>>(), ["letter", "night"]);
    let mail = read(&files::bytes("message.eml"), "message.eml");
    assert_eq!(mail.iter().map(blocks).collect::<Vec<_>>(), [NIGHT.to_owned(), format!("{LETTER}{REST}")]);
    assert_eq!(mail[1].provenance.format, "docx");
}

#[test]
fn the_list_of_samples_says_who_wrote_each() {
    let folder = format!("{}/tests/suite/files", env!("CARGO_MANIFEST_DIR"));
    let list = std::fs::read_to_string(format!("{folder}/README.md")).expect("the list");
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
        assert!(name == "README.md" || list.contains(&format!("`{name}`")), "{name} is not in the list");
    }
}
