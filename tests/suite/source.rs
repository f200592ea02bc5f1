//! Decoding, detection, plain text, Markdown, and files that can't be read.

use parallax::base::Silent;
use parallax::io;
use parallax::source::{self, BlockKind, Hints, Moment, Source, SourceError};
use proptest::prelude::*;
use std::fmt::Write as _;

/// A source as text: its metadata, then a line a block; boilerplate left out.
pub fn outline(source: &Source) -> String {
    let m = &source.meta;
    let mut out = String::new();
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    };
    line("title", m.title.clone());
    line("outlet", m.outlet.clone());
    line("byline", m.byline.clone());
    line("published", m.published.map(|p| p.to_string()));
    line("updated", m.updated.map(|p| p.to_string()));
    line("url", m.url.clone());
    line("agency", m.agency.clone());
    line("place", m.place.clone());
    for block in source.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate) {
        let kind = serde_json::to_value(block.kind).expect("a name");
        line(kind.as_str().unwrap_or(""), Some(block.range.of(&source.text).replace('\n', "~")));
    }
    out
}

/// What every source keeps.
pub fn assert_source(source: &Source) {
    let mut last = 0;
    assert!(!source.blocks.is_empty());
    for block in &source.blocks {
        let words = source.text.get(block.range.as_range()).expect("a block lies inside on character boundaries");
        assert!(block.range.start >= last, "blocks overlap or are out of order");
        assert!(!words.is_empty() && words.trim() == words, "a block is empty or not trimmed: {words:?}");
        last = block.range.end;
    }
    crate::text::assert_document(&parallax::text::document(source));
}

/// Reads a text under a name.
pub fn read(text: &str, path: &str) -> Source {
    let sources = source::read(text.as_bytes(), &Hints { path: path.into(), ..Hints::default() }).expect("an article");
    assert_source(&sources[0]);
    sources.into_iter().next().expect("one")
}

fn check(text: &str, expected: &str) {
    assert_eq!(outline(&read(text, "article.txt")).trim(), expected.trim());
}

const ARTICLE: &str = "\
Levee breaks at Tarn Valley

Forty families spend the night in a school

By Jane Holt and Omar Reyes, Associated Press

The Harbour Post, 13 April 2021

TARN VALLEY, April 13 (Reuters) — The river broke through the levee on Tuesday, the water board said.

The levee on Tuesday. Photograph: O. Reyes

“We asked for a new wall four times,” Mayor Ilse Brandt said. “Nobody listened.”

A wall from 1931

The board has been asked about:

the last inspection, in 2012;

the missing pumps.

It promised an answer by the end of the week.

Related topics: Floods
";

const ARTICLE_OUTLINE: &str = "
title: Levee breaks at Tarn Valley
outlet: The Harbour Post
byline: Jane Holt and Omar Reyes
published: 2021-04-13
agency: Associated Press
place: Tarn Valley
headline: Levee breaks at Tarn Valley
standfirst: Forty families spend the night in a school
byline: By Jane Holt and Omar Reyes, Associated Press
paragraph: TARN VALLEY, April 13 (Reuters) — The river broke through the levee on Tuesday, the water board said.
caption: The levee on Tuesday. Photograph: O. Reyes
paragraph: “We asked for a new wall four times,” Mayor Ilse Brandt said. “Nobody listened.”
subheading: A wall from 1931
paragraph: The board has been asked about:
list-item: the last inspection, in 2012;
list-item: the missing pumps.
paragraph: It promised an answer by the end of the week.
";

#[test]
fn a_plain_text_has_its_parts() {
    check(ARTICLE, ARTICLE_OUTLINE);
}

#[test]
fn paragraphs_may_be_parted_by_lines_or_indents() {
    check(&ARTICLE.replace("\n\n", "\n"), ARTICLE_OUTLINE);
    check(&ARTICLE.replace("\n\n", "\n    "), ARTICLE_OUTLINE);
    check(&ARTICLE.replace('\n', "\r\n"), ARTICLE_OUTLINE);
}

#[test]
fn hard_wrapped_lines_are_one_paragraph() {
    check(
        "Levee breaks at Tarn Valley\n\nThe river broke through the levee on Tuesday morning and\nflooded the lower part of the town, the water board said in\na statement.\n\n\
         About 40 families were brought to the school on the hill,\nwhere volunteers had set up beds and a kitchen during the\nnight.\n",
        "
title: Levee breaks at Tarn Valley
headline: Levee breaks at Tarn Valley
paragraph: The river broke through the levee on Tuesday morning and~flooded the lower part of the town, the water board said in~a statement.
paragraph: About 40 families were brought to the school on the hill,~where volunteers had set up beds and a kitchen during the~night.
",
    );
}

#[test]
fn lines_with_labels_are_metadata() {
    check(
        "Title: Levee breaks\nOutlet: Harbour Post\nPublished: April 13, 2021 at 9:30 a.m.\nUpdated: 2021-04-14T10:00:00Z\nURL: https://harbourpost.example/1\nAuthor: Jane Holt\n\nThe river rose.\n\nIt fell again.",
        "
title: Levee breaks
outlet: Harbour Post
byline: Jane Holt
published: 2021-04-13T09:30:00
updated: 2021-04-14T10:00:00Z
url: https://harbourpost.example/1
headline: Levee breaks
byline: Jane Holt
paragraph: The river rose.
paragraph: It fell again.
",
    );
}

#[test]
fn lone_words_are_never_lost() {
    check("Published: 2021-04-13\n\nThe river rose by 3 metres", "published: 2021-04-13\nparagraph: The river rose by 3 metres");
    check("Published: 2021-04-13\n\n13 April 2021", "published: 2021-04-13\nparagraph: 13 April 2021");
    check("By noon", "paragraph: By noon");
    check("River rises\n\nWater is at the school", "title: River rises\nheadline: River rises\nparagraph: Water is at the school");
    check("- 40 k", "paragraph: - 40 k");
}

#[test]
fn a_picture_has_its_name_and_caption() {
    check(
        "Levee breaks\n\nThe river broke through the levee on Tuesday, the water board said.\n\nIlse Brandt\nMayor Ilse Brandt looks at the broken levee Twitter\n\nNo money\n\nShe had asked for a new wall four times, she said.",
        "
title: Levee breaks
headline: Levee breaks
paragraph: The river broke through the levee on Tuesday, the water board said.
caption: Ilse Brandt
caption: Mayor Ilse Brandt looks at the broken levee Twitter
subheading: No money
paragraph: She had asked for a new wall four times, she said.
",
    );
}

#[test]
fn the_text_of_a_plain_file_stays_as_it_is() {
    let source = read("  Levee breaks\n\n\n   The river\u{a0}rose.  \n", "a.txt");
    assert_eq!(source.text, "  Levee breaks\n\n\n   The river\u{a0}rose.  \n");
}

#[test]
fn names_of_files_are_the_last_resort() {
    let source = read("The river rose.\n\nIt fell.", "in/2021-04-13_Harbour-Post_levee.txt");
    assert_eq!(source.meta.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(source.meta.published.map(|p| p.to_string()).as_deref(), Some("2021-04-13"));
    assert_eq!(read("The river rose.", "v01.txt").meta.outlet, None);
    assert_eq!(read("Outlet: The Wall\n\nThe river rose.", "2021-04-13_Post_x.txt").meta.outlet.as_deref(), Some("The Wall"));
}

#[test]
fn hints_win() {
    let hints = Hints { outlet: Some("Typed".into()), published: Moment::parse("2001-02-03"), ..Hints::default() };
    let source = &source::read(ARTICLE.as_bytes(), &hints).expect("an article")[0];
    assert_eq!(source.meta.outlet.as_deref(), Some("Typed"));
    assert_eq!(source.meta.published.map(|p| p.to_string()).as_deref(), Some("2001-02-03"));
    let pasted = source::pasted("The river rose.", &Hints { title: Some("Levee breaks".into()), ..Hints::default() }).expect("an article");
    assert_eq!(outline(&pasted).trim(), "title: Levee breaks\nheadline: Levee breaks\nparagraph: The river rose.");
}

#[test]
fn markdown_has_no_marks_left() {
    let source = read(
        "---\ntitle: \"Levee breaks\"\nauthors: [Jane Holt, Omar Reyes]\ndate: 2021-04-13\npublication: Harbour Post\n---\n\n# Levee breaks\n\n*Forty families in a school*\n\n\
         The *river* [rose](https://x.example) on **Tuesday**.\n\n![The levee. Photo: O. Reyes](a.jpg)\n\n## A wall from 1931\n\n- It was built in 1931.\n- It broke in 2021.\n\n> “Nobody listened,” she said.\n",
        "a.md",
    );
    assert_eq!(
        outline(&source).trim(),
        "
title: Levee breaks
outlet: Harbour Post
byline: Jane Holt and Omar Reyes
published: 2021-04-13
headline: Levee breaks
standfirst: Forty families in a school
paragraph: The river rose on Tuesday.
caption: The levee. Photo: O. Reyes
subheading: A wall from 1931
list-item: It was built in 1931.
list-item: It broke in 2021.
paragraph: “Nobody listened,” she said."
            .trim()
    );
}

#[test]
fn dates_of_publication() {
    let check = |text: &str, expected: Option<&str>| assert_eq!(Moment::parse(text).map(|m| m.to_string()).as_deref(), expected, "{text}");
    check("2021-04-13", Some("2021-04-13"));
    check("2021-04-13T09:30:00Z", Some("2021-04-13T09:30:00Z"));
    check("2021-04-13T09:30:00.000+02:00", Some("2021-04-13T09:30:00+02:00"));
    check("2021-04-13 09:30:00 -0500", Some("2021-04-13T09:30:00-05:00"));
    check("Tue, 13 Apr 2021 09:30:00 GMT", Some("2021-04-13T09:30:00Z"));
    check("April 13th, 2021", Some("2021-04-13"));
    check("13th of April 2021", Some("2021-04-13"));
    check("Apr. 13, 2021 at 9:30 p.m. EDT", Some("2021-04-13T21:30:00-04:00"));
    check("9:30 pm PST, Tuesday, April 13, 2021", Some("2021-04-13T21:30:00-08:00"));
    check("13\u{a0}April\u{a0}2021", Some("2021-04-13"));
    check("20210413", Some("2021-04-13"));
    check("13/04/2021", Some("2021-04-13"));
    check("04/05/2021", None);
    check("April 2021", None);
    check("31 April 2021", None);
}

#[test]
fn what_is_not_seen_is_dropped_with_a_note() {
    let source = read("The ri\0ver \u{202e}rose\u{202c} by the wa\u{200b}ll.", "a.txt");
    assert_eq!(source.text, "The river rose by the wa\u{200b}ll.");
    assert_eq!(source.notes.len(), 2);
}

/// Files that hold no article, with a word that their message must have.
fn bad_files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    vec![
        ("empty.txt", Vec::new(), "empty"),
        ("spaces.txt", b" \n\t \n ".to_vec(), "empty"),
        ("noise.txt", noise.clone(), "binary"),
        ("picture.html", [b"\x89PNG\r\n\x1a\n".as_slice(), &noise].concat(), "PNG"),
        ("photo.txt", [b"\xff\xd8\xff\xe0".as_slice(), &noise].concat(), "JPEG"),
        ("page.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj".to_vec(), "PDF"),
        ("old.doc", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &noise].concat(), "old Office program"),
        ("letter.docx", b"PK\x03\x04\x14\0\0\0\x08\0word/document.xml".to_vec(), "Word"),
        ("all.zip", b"PK\x03\x04\x14\0\0\0\x08\0a.txt".to_vec(), "ZIP"),
        ("all.tar.gz", b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), "gzip"),
        ("film.mp4", [b"\0\0\0\x18ftypmp42".as_slice(), &noise].concat(), "film"),
        ("song.mp3", [b"ID3\x03\0\0".as_slice(), &noise].concat(), "sound"),
        ("program", [b"\x7fELF\x02\x01".as_slice(), &noise].concat(), "program"),
        ("data.sqlite", [b"SQLite format 3\0".as_slice(), &noise].concat(), "database"),
        ("menu.html", b"<html><body><nav><ul><li><a href=/>Home</a></li></ul></nav></body></html>".to_vec(), "No article"),
        ("scripts.html", b"<html><script>var a = 1;</script></html>".to_vec(), "No article"),
        ("links.json", br#"{"articles":[{"url":"https://x.example/1","title":"Levee breaks"}]}"#.to_vec(), "links"),
        ("deep.json", "[".repeat(100_000).into_bytes(), "deep"),
        ("bomb.xml", b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_vec(), "entities"),
        ("feed.rss", b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>".to_vec(), "feed"),
        ("list.ris", b"TY  - NEWS\nTI  - Levee breaks\nER  - \n".to_vec(), "references"),
    ]
}

#[test]
fn each_bad_file_says_what_is_wrong_and_none_stops_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    let mut add = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        paths.push(path);
    };
    add("first.txt", b"The river rose.");
    let bad = bad_files();
    bad.iter().for_each(|(name, bytes, _)| add(name, bytes));
    add("last.txt", "Der Fluss stieg über das Ufer.".as_bytes());
    add("copy.txt", b"The river rose.");
    paths.push(folder.path().join("missing.txt"));
    let inner = folder.path().join("nothing");
    std::fs::create_dir(&inner).expect("a folder");
    paths.push(inner);
    let loaded = io::load_all(&paths, |_| Hints::default(), &Silent);
    let names: Vec<&str> = loaded.sources.iter().map(|s| s.provenance.path.rsplit(['/', '\\']).next().unwrap_or("")).collect();
    assert_eq!(names, ["first.txt", "last.txt"]);
    let said = |name: &str| loaded.problems.iter().find(|p| p.name.ends_with(name)).unwrap_or_else(|| panic!("{name} is not named"));
    for (name, _, word) in &bad {
        let problem = said(name);
        assert!(problem.to_string().contains(word), "{problem}");
        assert!(!problem.remedy.is_empty(), "{problem} does not say what to do");
    }
    assert!(said("copy.txt").reason.contains("first.txt"));
    assert!(!said("copy.txt").loss);
    assert!(said("missing.txt").reason.contains("no such file"));
    assert!(said("nothing").reason.contains("empty"));
    assert_eq!(loaded.problems.len(), bad.len() + 3);
}

#[test]
fn dumps_of_scrapers_hold_many_articles() {
    let one = r#"{"headline":"Levee breaks","maintext":"The river rose.\n\nIt fell.","authors":["Jane Holt","Omar Reyes"],"date_publish":"2021-04-13 09:30:00","source_domain":"x.example"}"#;
    let two = r#"{"title":"Levee holds","content":"<p>The river rose.</p><p>It fell.</p>"}"#;
    let jsonl = format!("{one}\n{{\"title\":\"cut\n{two}\n");
    let sources = source::read(jsonl.as_bytes(), &Hints::default()).expect("articles");
    assert_eq!(
        outline(&sources[0]).trim(),
        "title: Levee breaks\noutlet: x.example\nbyline: Jane Holt and Omar Reyes\npublished: 2021-04-13T09:30:00\nheadline: Levee breaks\nparagraph: The river rose.\nparagraph: It fell."
    );
    assert_eq!(outline(&sources[1]).trim(), "title: Levee holds\nheadline: Levee holds\nparagraph: The river rose.\nparagraph: It fell.");
    assert!(sources[0].notes[0].text.contains("Line 2"));
    sources.iter().for_each(assert_source);
}

#[test]
fn folders_are_read_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("b")).expect("a folder");
    for name in ["c.txt", "a.txt", "b/d.txt", ".hidden.txt"] {
        std::fs::write(folder.path().join(name), format!("The river rose in {name}.")).expect("a file");
    }
    let loaded = io::load_all(&[folder.path().to_path_buf()], |_| Hints::default(), &Silent);
    let names: Vec<&str> = loaded.sources.iter().map(|s| s.provenance.path.rsplit('/').next().unwrap_or("")).collect();
    assert_eq!(names, ["a.txt", "c.txt", "d.txt"]);
    assert!(loaded.problems.is_empty());
}

#[test]
fn too_large_files_are_refused_before_they_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("huge.txt");
    std::fs::File::create(&path).and_then(|f| f.set_len(source::MAX_BYTES + 1)).expect("a file");
    let error = io::load(&path, &Hints::default()).expect_err("too large");
    assert!(matches!(error, io::LoadError::Source(SourceError::TooLarge { .. })), "{error}");
}

#[test]
fn a_wrong_ending_still_opens() {
    let html =
        "<!DOCTYPE html><html><body><h1>Levee breaks</h1><p>The river rose over the wall on Tuesday, the board said.</p></body></html>";
    assert_eq!(read(html, "a.docx").provenance.format, "html");
    assert_eq!(read("---\ntitle: Levee\n---\n\nThe river rose.", "a.html").provenance.format, "markdown");
    assert_eq!(read("The river rose.", "a.pdf").provenance.format, "text");
}

#[test]
fn long_lines_take_no_time() {
    let line = "The river rose and the wall broke, \"they\" said. ".repeat(40_000);
    let source = read(&line, "a.txt");
    assert_eq!(source.blocks.len(), 1);
    read(&"“".repeat(20_000), "a.txt");
    read(&"'a ".repeat(20_000), "a.txt");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_text_is_read_or_refused(lines in proptest::collection::vec(prop_oneof![
        crate::text::odd_text(), Just(String::new()), Just("By Jane Holt".to_owned()), Just("Published: 2021-04-13".to_owned()), Just("- item".to_owned()),
        Just("Related stories".to_owned()), Just("# Heading".to_owned()), Just("---".to_owned()), Just("TARN (AP) —".to_owned()), Just("13 April 2021".to_owned())], 0..12),
        md in any::<bool>()) {
        let path = if md { "a.md" } else { "a.txt" };
        if let Ok(sources) = source::read(lines.join("\n").as_bytes(), &Hints { path: path.into(), ..Hints::default() }) {
            sources.iter().for_each(assert_source);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), start in prop_oneof![
        Just(&b""[..]), Just(&b"<html><p>"[..]), Just(&b"PK\x03\x04"[..]), Just(&b"%PDF-"[..]), Just(&b"{\\rtf"[..]), Just(&b"\xff\xfe"[..]), Just(&b"\xfe\xff"[..]), Just(&b"---\n"[..])]) {
        let all = [start, &bytes].concat();
        if let Ok(sources) = source::read(&all, &Hints::default()) {
            sources.iter().for_each(assert_source);
        }
    }
}

#[test]
fn what_stands_above_and_under_the_headline() {
    check(
        "HARBOUR POST\nNews | Region\n\nLevee breaks at Tarn Valley, forty families homeless\n\nWater board says wall was never inspected\nBy JANE HOLT\nand OMAR REYES\nStaff writers\n\n\
         Published 9:30 am EDT April 13, 2021\nLast updated on April 14, 2021\n\nTARN VALLEY, Ruritania (AP) -- The river broke through the levee on Tuesday.\n\nIt fell again.",
        "
title: Levee breaks at Tarn Valley, forty families homeless
outlet: Harbour Post
byline: JANE HOLT and OMAR REYES
published: 2021-04-13T09:30:00-04:00
updated: 2021-04-14
agency: Associated Press
place: Tarn Valley
headline: Levee breaks at Tarn Valley, forty families homeless
standfirst: Water board says wall was never inspected
byline: By JANE HOLT
byline: and OMAR REYES
byline: Staff writers
paragraph: TARN VALLEY, Ruritania (AP) -- The river broke through the levee on Tuesday.
paragraph: It fell again.
",
    );
    check(
        "Levee breaks at Tarn Valley\n\nA flood warning stays in force until Friday\n\nJane Holt\nTarn Valley\n\nThe river broke through the levee on Tuesday, the water board said.\n\nIt fell again.",
        "
title: Levee breaks at Tarn Valley
byline: Jane Holt
headline: Levee breaks at Tarn Valley
standfirst: A flood warning stays in force until Friday
byline: Jane Holt
byline: Tarn Valley
paragraph: The river broke through the levee on Tuesday, the water board said.
paragraph: It fell again.
",
    );
    // A headline is no masthead when a sentence follows it.
    check(
        "Harbour Post\n\nThe river broke through the levee on Tuesday, the water board said.\n\nIt fell again.",
        "
title: Harbour Post
headline: Harbour Post
paragraph: The river broke through the levee on Tuesday, the water board said.
paragraph: It fell again.
",
    );
}

#[test]
fn bylines_and_dates_in_many_forms() {
    let head = |line: &str| {
        let m =
            read(&format!("Levee breaks at Tarn Valley\n\n{line}\n\nThe river broke through the levee on Tuesday.\n\nIt fell."), "a.txt")
                .meta;
        let moment = |m: Option<Moment>| m.map_or("-".to_owned(), |m| m.to_string());
        format!("{} · {} · {}", m.byline.unwrap_or("-".into()), moment(m.published), moment(m.updated))
    };
    assert_eq!(head("By Jane Holt, Staff Writer"), "Jane Holt · - · -");
    assert_eq!(head("Jane Holt, Political Correspondent"), "Jane Holt · - · -");
    assert_eq!(head("Jane Holt — 13 April 2021"), "Jane Holt · 2021-04-13 · -");
    assert_eq!(head("By Jane Holt | April 13, 2021"), "Jane Holt · 2021-04-13 · -");
    assert_eq!(head("Author: By Jane Holt"), "Jane Holt · - · -");
    assert_eq!(head("13 April 2021, 09:30 BST"), "- · 2021-04-13T09:30:00+01:00 · -");
    assert_eq!(head("April 13, 2021 / 9:30 AM"), "- · 2021-04-13T09:30:00 · -");
    assert_eq!(head("Published: April 13, 2021 · Updated: April 14, 2021"), "- · 2021-04-13 · 2021-04-14");
    assert_eq!(head("Last modified on Tue 13 Apr 2021 14.40 BST"), "- · - · 2021-04-13T14:40:00+01:00");
}

#[test]
fn numbered_lines_are_a_list() {
    check(
        "Levee breaks\n\nThree things failed at once:\n\n1. The pumps were off.\n2. The gate was stuck.\n3) Nobody was there.\n\n2021 was a wet year.",
        "
title: Levee breaks
headline: Levee breaks
paragraph: Three things failed at once:
list-item: The pumps were off.
list-item: The gate was stuck.
list-item: Nobody was there.
paragraph: 2021 was a wet year.
",
    );
    check(
        "Levee breaks\n\nThe river rose on Tuesday.\n\n12. May was dry.",
        "title: Levee breaks\nheadline: Levee breaks\nparagraph: The river rose on Tuesday.\nparagraph: 12. May was dry.",
    );
}

#[test]
fn a_label_before_a_byline_is_not_shown() {
    let text = "By: Hannah Lowe\n\nLevee breaks at Tarn\n\nThe levee by the mill broke on Tuesday, the valley board said.\n";
    let source = read(text, "a.txt");
    assert_eq!(source.meta.byline.as_deref(), Some("Hannah Lowe"));
    assert_eq!(source.meta.title.as_deref(), Some("Levee breaks at Tarn"));
    assert!(source.blocks.iter().any(|b| b.kind == BlockKind::Byline && b.range.of(&source.text) == "Hannah Lowe"));
}

#[test]
fn calls_links_and_rights_are_boilerplate() {
    for line in [
        "READ MORE: How the levee was built",
        "Related: Tarn Valley in numbers",
        "Sign up for our morning newsletter",
        "Get the best of the Post straight to your inbox",
        "Follow Jane Holt on Twitter @jholt",
        "Post writer Lena Dray contributed to this report.",
        "Additional reporting by Omar Reyes",
        "© 2021 The Harbour Post. All rights reserved.",
        "Have you been affected? Email newsdesk@example.org",
        "Share via Email",
        "Advertisement",
        "View image in fullscreen",
        "(END)",
        "***",
    ] {
        let text = format!("Levee breaks\n\nThe river rose on Tuesday, the board said.\n\n{line}\n\nIt fell again on Friday, it said.");
        let source = read(&text, "a.txt");
        let kept = source.blocks.iter().any(|b| b.kind != BlockKind::Boilerplate && b.range.of(&text) == line);
        assert!(!kept, "{line}: {}", outline(&source));
    }
    check(
        "Levee breaks\n\nThe river rose on Tuesday, the board said.\n\nRead also\nMayor resigns over budget\n\nIt fell again.\n\nFollow the river north and it widens.",
        "
title: Levee breaks
headline: Levee breaks
paragraph: The river rose on Tuesday, the board said.
paragraph: It fell again.
paragraph: Follow the river north and it widens.
",
    );
}

#[test]
fn markdown_tables_figures_and_headings() {
    let source = read(
        "Levee breaks\n===\n\n### Forty families spend the night in a school\n\n_Jane Holt_ — _13 April 2021_\n\nThe river\nbroke through.\n\n\
         | Year | Height |\n|---|---|\n| 1931 | 3 m |\n\n<figure><img src=\"a.jpg\"><figcaption>The levee &amp; the gate</figcaption></figure>\n\n<script>var a;</script>\n\n## Why\n\n1. The pumps were off.\n",
        "a.md",
    );
    assert_eq!(
        outline(&source).trim(),
        "
title: Levee breaks
byline: Jane Holt
published: 2021-04-13
headline: Levee breaks
standfirst: Forty families spend the night in a school
byline: Jane Holt — 13 April 2021
paragraph: The river broke through.
list-item: Year | Height
list-item: 1931 | 3 m
caption: The levee & the gate
subheading: Why
list-item: The pumps were off."
            .trim()
    );
}

#[test]
fn shown_text_keeps_its_marks_and_comparing_does_not() {
    let text = "Levee breaks\n\nThe co\u{ad}operative at Cafe\u{301}\u{a0}Zoe\u{308} paid 35\u{a0}000 crowns\u{200b} on 13\u{a0}April.\n";
    let source = read(text, "a.txt");
    assert_eq!(source.text, text);
    let doc = parallax::text::document(&source);
    let folded: Vec<&str> = (0..doc.tokens.len()).map(|t| doc.folded(t)).collect();
    assert_eq!(folded.join(" "), "levee breaks the cooperative at café zoë paid 35 000 crowns on 13 april .");
}
