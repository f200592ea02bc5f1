//! Saved web pages.

use crate::source::outline;
use parallax::source::{self, BlockKind, Hints};
use proptest::prelude::*;

fn page(head: &str, body: &str) -> String {
    format!("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">{head}</head><body>{body}</body></html>")
}

/// A page as outlets make them, with the given story in the middle.
fn cluttered(head: &str, story: &str) -> String {
    page(
        head,
        &format!(
            "<header><a href=/>The Harbour Post</a><nav><ul><li><a href=/w>World</a></li><li><a href=/s>Sport</a></li></ul></nav></header>\
             <div class=cookie-banner><p>We use cookies to make this site work. <a href=#>Accept</a></p></div>\
             <main><article class=story>{story}</article>\
             <section class=related><h3>Related stories</h3><ul><li><a href=/1>Storm closes the northern road for a week</a></li>\
             <li><a href=/2>Council argues about the price of salt</a></li></ul></section>\
             <section id=comments><h3>Comments</h3><p>I was there and nobody told us anything, as usual in this town.</p></section></main>\
             <footer><p>Copyright The Harbour Post. All rights reserved.</p></footer>"
        ),
    )
}

const STORY: &str = "<h1>Levee breaks at Tarn Valley</h1>\
    <p class=standfirst>Forty families spent the night in a school after the river came over the wall.</p>\
    <p class=byline>By <a rel=author href=/a/holt>Jane Holt</a></p>\
    <figure><img src=a.jpg><figcaption>The levee on Tuesday. Photograph: O. Reyes</figcaption></figure>\
    <p>TARN VALLEY — The river broke through the levee on Tuesday morning and flooded the lower part of the town, the water board said.</p>\
    <p>About 40 families were brought to the school on the hill, where volunteers had set up beds and a kitchen during the night.</p>\
    <aside class=newsletter><p>Sign up for our morning newsletter and never miss a story again.</p></aside>\
    <h2>A wall from 1931</h2>\
    <p>“We asked for a new wall four times,” Mayor Ilse Brandt said. “Each time the answer was that there was no money for it.”</p>\
    <ul><li>The wall was built in 1931.</li><li>It was last inspected in 2012.</li></ul>\
    <p>The water board promised to publish its inspection reports by the end of the week and to pay for the damage.</p>";

fn check(html: &str, expected: &str) {
    let sources = source::read(html.as_bytes(), &Hints { path: "page.html".into(), ..Hints::default() }).expect("a page");
    assert_eq!(outline(&sources[0]).trim(), expected.trim());
}

#[test]
fn an_article_is_told_from_its_page() {
    let head = "<title>Levee breaks at Tarn Valley | The Harbour Post</title><meta property=og:site_name content='The Harbour Post'>\
        <meta property=article:published_time content=2021-04-13T09:30:00+01:00><link rel=canonical href=https://harbourpost.example/levee>";
    check(
        &cluttered(head, STORY),
        r#"
title: Levee breaks at Tarn Valley
outlet: The Harbour Post
byline: Jane Holt
published: 2021-04-13T09:30:00+01:00
url: https://harbourpost.example/levee
place: Tarn Valley
headline: Levee breaks at Tarn Valley
standfirst: Forty families spent the night in a school after the river came over the wall.
byline: By Jane Holt
caption: The levee on Tuesday. Photograph: O. Reyes
paragraph: TARN VALLEY — The river broke through the levee on Tuesday morning and flooded the lower part of the town, the water board said.
paragraph: About 40 families were brought to the school on the hill, where volunteers had set up beds and a kitchen during the night.
subheading: A wall from 1931
paragraph: “We asked for a new wall four times,” Mayor Ilse Brandt said. “Each time the answer was that there was no money for it.”
list-item: The wall was built in 1931.
list-item: It was last inspected in 2012.
paragraph: The water board promised to publish its inspection reports by the end of the week and to pay for the damage.
"#,
    );
}

/// The metadata lines of an outline.
fn meta_of(html: &str) -> String {
    let sources = source::read(html.as_bytes(), &Hints { path: "page.html".into(), ..Hints::default() }).expect("a page");
    let all = outline(&sources[0]);
    all.split("headline: ").next().unwrap_or("").trim().to_owned()
}

#[test]
fn json_ld_is_read_in_all_its_forms() {
    let ld = |json: &str| cluttered(&format!("<script type=application/ld+json>{json}</script>"), STORY);
    let graph = r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
        {"@type":["NewsArticle","Article"],"headline":"Levee breaks at Tarn Valley","datePublished":"2021-04-13T08:30:00Z",
         "author":[{"@id":"a1"},{"@type":"Person","name":"Omar Reyes"}],"publisher":{"@id":"pub"}},
        {"@id":"a1","@type":"Person","name":"Jane Holt"},{"@id":"pub","@type":"Organization","name":"Harbour Post"}]}"#;
    let expected = "title: Levee breaks at Tarn Valley\noutlet: Harbour Post\nbyline: Jane Holt and Omar Reyes\npublished: 2021-04-13T08:30:00Z\nplace: Tarn Valley";
    assert_eq!(meta_of(&ld(graph)), expected);
    let array = r#"[{"@type":"BreadcrumbList"},{"@type":"NewsArticle","headline":"Levee breaks at Tarn Valley","datePublished":"2021-04-13T08:30:00Z",
        "author":["Jane Holt","Omar Reyes"],"publisher":"Harbour Post",}]"#;
    assert_eq!(meta_of(&ld(array)), expected);
}

#[test]
fn microdata_and_time_are_read() {
    let story = STORY.replace("<p class=byline>By", "<time datetime=2021-04-13T08:30:00Z>today</time><p class=byline itemprop=author>By");
    assert_eq!(
        meta_of(&cluttered("<title>Levee breaks at Tarn Valley - Harbour Post</title>", &story)),
        "title: Levee breaks at Tarn Valley\noutlet: Harbour Post\nbyline: Jane Holt\npublished: 2021-04-13T08:30:00Z\nplace: Tarn Valley"
    );
}

#[test]
fn a_body_behind_a_wall_is_read_from_json_ld() {
    let body = "The river broke through the levee on Tuesday and flooded the lower town.\\n\\nAbout 40 families were brought to the school on the hill, where \
        volunteers had set up beds.\\n\\nThe mayor said that she had asked for a new wall four times and never got an answer from the board.";
    let head = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Levee breaks","articleBody":"{body}"}}</script>"#
    );
    let html = page(
        &head,
        "<main><h1>Levee breaks</h1><p>The river broke through the levee on Tuesday and flooded the lower town.</p><p>Subscribe to read on.</p></main>",
    );
    let sources = source::read(html.as_bytes(), &Hints::default()).expect("a page");
    let paragraphs = sources[0].blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).count();
    assert_eq!(paragraphs, 3);
    assert!(sources[0].notes.iter().any(|n| n.text.contains("JSON-LD")));
}

#[test]
fn a_page_that_breaks_off_says_so() {
    let story = "<h1>Levee breaks</h1><p>The levee by the mill broke on Tuesday after a night of rain, the valley board said.</p>\
                 <p>The board had asked for money twice, and found nothing that would pay for the pumps.</p>";
    let noted = |html: &str| {
        let sources = source::read(html.as_bytes(), &Hints::default()).expect("a page");
        sources[0].notes.iter().any(|n| n.text.contains("seems cut off"))
    };
    let whole = format!("<html><body><main>{story}</main></body></html>");
    let open = format!("<html><body>{story}");
    for (html, expected) in [
        (whole.as_str(), false),
        // Body and paragraph need no closing tags.
        (open.as_str(), false),
        (open.strip_suffix("</p>").unwrap(), false),
        (&whole[..whole.find("nothing that wou").unwrap() + 16], true),
        (&open[..open.find("nothing that wou").unwrap() + 16], true),
        (&whole[..whole.find("</main>").unwrap()], true),
        (&whole[..whole.rfind("<p>").unwrap() + 2], true),
    ] {
        assert_eq!(noted(html), expected, "{html}");
    }
}

#[test]
fn encodings_of_pages() {
    let html = page(
        "<meta charset=windows-1252>",
        "<h1>Café closes</h1><p>The café on the quay closed on Friday, its owner Zoë Marchetti said.</p>",
    )
    .replace("utf-8", "windows-1252");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&html);
    let sources = source::read(&bytes, &Hints::default()).expect("a page");
    assert!(sources[0].text.contains("Café closes"));
    assert_eq!(sources[0].provenance.encoding, "windows-1252");
    assert!(sources[0].notes.is_empty());
    // Valid UTF-8 beats a wrong label, with a note.
    let sources = source::read(html.as_bytes(), &Hints::default()).expect("a page");
    assert!(sources[0].text.contains("Zoë"));
    assert_eq!(sources[0].notes.len(), 1);
}

#[test]
fn endless_nesting_is_survived() {
    let html = page("", &format!("<h1>Deep</h1>{}<p>At the bottom there is a sentence that is long enough.</p>", "<div>".repeat(50_000)));
    let sources = source::read(html.as_bytes(), &Hints::default()).expect("a page");
    assert!(sources[0].text.contains("At the bottom"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_soup_is_read_or_refused(parts in proptest::collection::vec(prop_oneof![
        Just("<div class=related>".to_owned()), Just("<p>".to_owned()), Just("</p>".to_owned()), Just("<article>".to_owned()), Just("</div>".to_owned()),
        Just("<h1>".to_owned()), Just("<li>".to_owned()), Just("<br><br>".to_owned()), Just("<table><tr><td>".to_owned()), Just("<script type=application/ld+json>".to_owned()),
        Just("</script>".to_owned()), Just("<!--".to_owned()), Just("<a href=x>".to_owned()), Just("<svg><title>".to_owned()), Just("<template>".to_owned()),
        Just("The river rose and the wall broke, the water board said on Tuesday.".to_owned()), "\\PC{0,20}", Just("\u{f0001}".to_owned()),
        Just("{\"@type\":\"NewsArticle\",\"articleBody\":\"x\"}".to_owned()), Just("&nbsp;&#0;&lt;".to_owned())], 0..30)) {
        let html = format!("<html>{}", parts.concat());
        if let Ok(sources) = source::read(html.as_bytes(), &Hints::default()) {
            sources.iter().for_each(crate::source::assert_source);
        }
    }
}

#[test]
fn pages_that_hold_no_single_article_say_so() {
    let page = |kind: &str| {
        let data = format!(
            "{{\"@type\":\"{kind}\",\"headline\":\"Levee breaks\",\"liveBlogUpdate\":[{{\"@type\":\"BlogPosting\",\"headline\":\"14:10\"}}]}}"
        );
        let body = "<article><h1>Levee breaks</h1><p>The river broke through the levee on Tuesday, the water board said, and forty families left.</p></article>";
        let html = format!("<html><head><script type=\"application/ld+json\">{data}</script></head><body>{body}</body></html>");
        let sources = parallax::source::read(html.as_bytes(), &parallax::source::Hints::default()).expect("an article");
        sources[0].notes.iter().map(|n| n.text.clone()).collect::<String>()
    };
    assert!(page("LiveBlogPosting").contains("live blog"));
    assert!(page("ImageGallery").contains("photo gallery"));
    assert_eq!(page("NewsArticle"), "");
}

#[test]
fn the_call_of_a_note_makes_no_other_number() {
    for (markup, expected) in [
        ("built in 1931<sup>1</sup> and", "built in 1931 and"),
        ("since then<sup><a href=\"#n2\">2</a></sup>, for 2,400<sup>[3]</sup> crowns<sup>*</sup>", "since then, for 2,400 crowns"),
        ("an area of 12 km<sup>2</sup> and 40m<sup>3</sup>", "an area of 12 km² and 40m³"),
        ("10<sup>6</sup> litres", "10⁶ litres"),
        // A link is no power.
        ("over 12 km<sup><a href=\"#n2\">2</a></sup> of wall", "over 12 km of wall"),
        ("on the 3<sup>rd</sup> floor", "on the 3rd floor"),
        ("31<sup>1</sup>⁄<sub>2</sub> metres of CO<sub>2</sub>", "31 1⁄2 metres of CO2"),
        ("<sup>1</sup> Minutes of the board", "1 Minutes of the board"),
    ] {
        let story = format!("{STORY}<p>The report says: {markup}, as the board was told at length on Tuesday.</p>");
        let sources =
            source::read(cluttered("", &story).as_bytes(), &Hints { path: "page.html".into(), ..Hints::default() }).expect("a page");
        assert!(sources[0].text.contains(&format!("The report says: {expected}, as")), "{markup}: {}", sources[0].text);
    }
}
