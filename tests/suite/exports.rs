//! Exports of press archives, line by line as they write them.

use crate::inputs::{PARAGRAPH, docx_of, notes, read_all};

/// Two of three articles as archives write them, with what each says of the third.
pub fn exports() -> Vec<(&'static str, String)> {
    let nexis = |n: u32, title: &str| {
        format!(
            "\n                  {n} of 3 DOCUMENTS\n\n\n            The Harbour Post\n\n       April 13, 2021 Tuesday\n            Late Edition\n\n{title}\n\nBYLINE: Jane Holt\n\nLENGTH: 20 words\n\nDATELINE: TARN VALLEY\n\nThe river broke through the levee\non Tuesday, the water board said, and\nforty families left their homes.\n\nIt fell again.\n\nLOAD-DATE: April 14, 2021\n\n    Copyright 2021 The Harbour Post\n"
        )
    };
    let uni = |title: &str| {
        format!(
            "{title}\n\nThe Harbour Post\n\nApril 13, 2021 Tuesday\n\nCopyright 2021 The Harbour Post\n\nLength:\u{a0}20 words\n\nByline:\u{a0}Jane Holt\n\nBody\n\n{PARAGRAPH}\n\nIt fell again.\n\nClassification\n\nLoad-Date: April 14, 2021\n\nEnd of Document\n\n"
        )
    };
    let proquest = |n: u32, title: &str| {
        format!(
            "{}\n\nDocument {n} of 3\n\n{title}\n\nAuthor: Jane Holt\n\nPublication info: The Harbour Post ; Tarn [Tarn]. 13 Apr 2021: 1.\n\nFull text: {PARAGRAPH}\n\nIt fell again.\n\nSubject: Floods\n\nPublication title: The Harbour Post\n\nPublication date: Apr 13, 2021\n\n",
            "_".repeat(60)
        )
    };
    let factiva = |id: &str, title: &str| {
        format!(
            "{title}\n\nBy Jane Holt\n20 words\n13 April 2021\nThe Harbour Post\nHARB\nEnglish\n(c) 2021 The Harbour Post\n\n{PARAGRAPH}\n\nIt fell again.\n\nDocument HARB000020210413{id}\n\n"
        )
    };
    let newsbank = |title: &str| {
        format!(
            "{title}\n\nApril 13, 2021 | Harbour Post, The (Tarn, TV)\n\nAuthor/Byline: Jane Holt | Section: News\n\n20\nWords\n\nRead News Document\n\n{PARAGRAPH}\n\nIt fell again.\n\nRecord: 1\nCopyright: Copyright (c) 2021 The Harbour Post\n\n"
        )
    };
    let two = ["Levee breaks at Tarn Valley", "Board was warned of levee"];
    vec![
        ("nexis", nexis(1, two[0]) + &nexis(3, two[1])),
        (
            "nexis",
            format!(
                "User Name: Reader\n\nDate and Time: April 20, 2021\n\nDocuments (3)\n\n1. {}\n\nClient/Matter: -None-\n\n{}{}",
                two[0],
                uni(two[0]),
                uni(two[1])
            ),
        ),
        ("proquest", format!("{}{}{}\n\nContact us at: x", proquest(1, two[0]), proquest(3, two[1]), "_".repeat(60))),
        ("factiva", factiva("a", two[0]) + &factiva("b", two[1]) + "Search Summary\nResults Found\t3\n"),
        ("newsbank", newsbank(two[0]) + &newsbank(two[1])),
    ]
}

#[test]
fn exports_of_archives_give_all_their_articles() {
    for (format, text) in exports() {
        let sources = read_all(text.as_bytes(), "export.txt");
        let titles: Vec<_> = sources.iter().filter_map(|s| s.meta.title.as_deref()).collect();
        assert_eq!(titles, ["Levee breaks at Tarn Valley", "Board was warned of levee"], "{format}: {text}");
        for source in &sources {
            let m = &source.meta;
            assert_eq!(source.provenance.format, format);
            assert_eq!((m.outlet.as_deref(), m.byline.as_deref()), (Some("The Harbour Post"), Some("Jane Holt")), "{format}");
            assert_eq!(m.published.map(|p| p.to_string()).as_deref(), Some("2021-04-13"), "{format}");
            assert!(source.text.ends_with(&format!("{PARAGRAPH}\n\nIt fell again.")), "{format}: {}", source.text);
        }
        let notes = notes(&sources);
        match format {
            "nexis" | "proquest" => assert!(notes.contains("2 of 3 articles"), "{format}: {notes}"),
            _ => assert_eq!(notes, "", "{format}"),
        }
        if text.contains("of 3") {
            assert!(notes.contains("number 2 is missing"), "{format}: {notes}");
        }
        // The same as RTF and as a Word document.
        let rtf: String = text.lines().map(|l| format!("{}\\par\n", l.replace('\u{a0}', "\\~"))).collect();
        let paras: String = text.lines().map(|l| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", l.replace('&', "&amp;"))).collect();
        if format != "nexis" || !text.contains("DOCUMENTS") {
            assert_eq!(read_all(format!("{{\\rtf1\\ansi {rtf}}}").as_bytes(), "a.rtf").len(), 2, "{format} as RTF");
            assert_eq!(read_all(&docx_of(&paras), "a.docx").len(), 2, "{format} as DOCX");
        }
    }
}

/// Two articles as archives write them into a page.
pub fn export_pages() -> Vec<(&'static str, String)> {
    let row = |code: &str, value: &str| format!("<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>");
    let tagged = |title: &str| {
        format!(
            "<div class=\"article enArticle\"><table>{}{}{}{}{}{}</table></div>",
            row("HD", title),
            row("BY", "By Jane Holt"),
            row("PD", "13 April 2021"),
            row("ET", "09:30"),
            row("SN", "The Harbour Post"),
            row("LP", &format!("<p class=\"articleParagraph\">{PARAGRAPH}</p>"))
        )
    };
    let europresse = |title: &str| {
        format!(
            "<article><header><span class=\"DocPublicationName\">The Harbour Post, no. 12</span><span class=\"DocHeader\">mardi 13 avril 2021 - 20 mots, p. 1</span><p class=\"titreArticleVisu\">{title}</p><div class=\"docAuthors\">Jane Holt</div>\
             </header><div class=\"docOcurrContainer\"><p>{}</p></div><footer><div class=\"publiC-lblNodoc\">news·20210413·HP·1</div></footer></article>",
            PARAGRAPH.replace("levee", "<mark>levee</mark>")
        )
    };
    let page = |body: String| format!("<!DOCTYPE html><html><body>{body}</body></html>");
    vec![
        ("factiva", page(tagged("Levee breaks") + &tagged("Board was warned"))),
        ("europresse", page(europresse("Levee breaks") + &europresse("Board was warned"))),
    ]
}

#[test]
fn exports_as_pages_give_all_their_articles() {
    for (format, page) in export_pages() {
        let sources = read_all(page.as_bytes(), "a.html");
        assert_eq!(sources.len(), 2, "{format}");
        let m = &sources[1].meta;
        assert_eq!(
            (m.title.as_deref(), m.outlet.as_deref(), m.byline.as_deref()),
            (Some("Board was warned"), Some("The Harbour Post"), Some("Jane Holt"))
        );
        let time = if format == "factiva" { "2021-04-13T09:30:00" } else { "2021-04-13" };
        assert_eq!(m.published.map(|p| p.to_string()).as_deref(), Some(time), "{format}");
        assert!(sources[1].text.ends_with(PARAGRAPH), "{format}: {}", sources[1].text);
        assert_eq!(sources[1].provenance.format, format);
    }
}
