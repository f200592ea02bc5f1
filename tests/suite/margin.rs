//! What stands beside an article in its body: credits under pictures and calls to subscribe.

use crate::source::read;
use parallax::source::{BlockKind, Source};

/// The same lines of an article as plain text, with and without blank lines, as Markdown and as a page.
fn in_all_formats(title: &str, lines: &[&str]) -> Vec<Source> {
    let page: String = lines.iter().map(|l| format!("<p>{l}</p>\n")).collect();
    let page = format!("<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{page}</article></body></html>");
    [
        ("a.txt", format!("{title}\n\n{}\n", lines.join("\n\n"))),
        ("b.txt", format!("{title}\n{}\n", lines.join("\n"))),
        ("a.md", format!("# {title}\n\n{}\n", lines.join("\n\n"))),
        ("a.html", page),
    ]
    .map(|(path, text)| read(&text, path))
    .into()
}

#[test]
fn credits_in_the_body_are_captions() {
    let around = "The levee by the mill broke on Tuesday after a night of rain, the valley board said.";
    for credit in [
        "Photo: R. Amin",
        "(Photo: R. Amin)",
        "Photograph by R. Amin",
        "Photo courtesy of the valley board",
        "Picture credit: R. Amin",
        "Image by R. Amin from Pixabay",
        "Levee in fog. Pixabay",
        "The levee … Pixabay",
        "The levee before it broke on Tuesday. Photo: R. Amin",
        "Pixabay",
    ] {
        for source in in_all_formats("Levee breaks", &[around, credit, around]) {
            let kind = source.blocks.iter().find(|b| b.range.of(&source.text) == credit).map(|b| b.kind);
            assert_eq!(kind, Some(BlockKind::Caption), "{credit} in {}", source.provenance.path);
        }
    }
    for words in ["The board owns Instagram", "The board put the film of the levee on YouTube, it said."] {
        for source in in_all_formats("Levee breaks", &[around, words, around]) {
            assert!(source.blocks.iter().all(|b| b.kind != BlockKind::Caption), "{words} in {}", source.provenance.path);
        }
    }
}

#[test]
fn a_call_at_the_end_of_a_paragraph_takes_nothing_with_it() {
    let told = "The levee by the mill broke on Tuesday after a night of rain, the valley board said.";
    for call in ["Sign up to our morning newsletter.", "Read more: How the levee was built"] {
        for source in in_all_formats("Levee breaks", &[&format!("{told} {call}"), "It had held for 40 years, until the pumps were sold."]) {
            let kinds: Vec<(BlockKind, &str)> = source.blocks.iter().map(|b| (b.kind, b.range.of(&source.text))).collect();
            assert_eq!(kinds[1..3], [(BlockKind::Paragraph, told), (BlockKind::Boilerplate, call)], "{}", source.provenance.path);
        }
    }
}
