//! Documents, mail, tables, feeds, agencies' messages, archive exports and ZIP archives. Files are made here, byte by byte.

use crate::source::{assert_source, outline};
use parallax::source::{self, Hints, Source, SourceError, limits};
use std::io::{Cursor, Write};

fn try_read(bytes: &[u8], path: &str) -> Result<Vec<Source>, SourceError> {
    source::read(bytes, &Hints { path: path.into(), ..Hints::default() })
}

pub fn read_all(bytes: &[u8], path: &str) -> Vec<Source> {
    let sources = try_read(bytes, path).unwrap_or_else(|e| panic!("{path}: {e}"));
    for (i, source) in sources.iter().enumerate() {
        assert_source(source);
        assert_eq!(source.provenance.part as usize, i);
        assert_eq!(source.provenance.path, path);
        assert_eq!(source.provenance.sha256, source::sha256_hex(bytes));
        assert_eq!(source.provenance.bytes, bytes.len() as u64);
    }
    sources
}

/// Reads bytes under names of a right, a wrong and no ending: the content decides.
fn check(bytes: &[u8], format: &str, ending: &str, expected: &str) {
    for path in [format!("story.{ending}"), "story.txt".to_owned(), "story".to_owned()] {
        let sources = read_all(bytes, &path);
        assert_eq!(sources.len(), 1, "{path}");
        assert_eq!(sources[0].provenance.format, format, "{path}");
        assert_eq!(outline(&sources[0]).trim(), expected.trim(), "{path}");
    }
}

pub fn notes(sources: &[Source]) -> String {
    sources.iter().flat_map(|s| &s.notes).map(|n| n.text.as_str()).collect::<Vec<_>>().join("\n")
}

pub fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

pub const PARAGRAPH: &str = "The river broke through the levee on Tuesday, the water board said, and forty families left their homes.";

pub fn docx_of(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"berschrift2\"><w:name w:val=\"heading 2\"/></w:style>\
                  <w:style w:styleId=\"Mine\"><w:name w:val=\"My own\"/><w:basedOn w:val=\"berschrift2\"/></w:style></w:styles>";
    zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/header1.xml", b"<w:hdr><w:p><w:r><w:t>Desk copy</w:t></w:r></w:p></w:hdr>"),
        ("word/comments.xml", b"<w:comments><w:p><w:r><w:t>Check this</w:t></w:r></w:p></w:comments>"),
    ])
}

fn para(style: &str, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

const LETTER: &str = "
title: Levee breaks at Tarn Valley
byline: Jane Holt
headline: Levee breaks at Tarn Valley
standfirst: Forty families spend the night in a school
byline: By Jane Holt
paragraph: The river broke through the levee on Tuesday, the water board said, and forty families left their homes.
subheading: A wall from 1931
list-item: the last inspection, in 2012;
paragraph: It fell again in the night, the mayor said.
";

pub fn letter() -> Vec<u8> {
    let changed = "<w:p><w:r><w:t xml:space=\"preserve\">It fell again </w:t></w:r><w:del><w:r><w:delText>at noon</w:delText></w:r></w:del>\
                   <w:ins><w:r><w:t>in the night</w:t></w:r></w:ins><w:r><w:t>, the mayor</w:t><w:footnoteReference w:id=\"2\"/><w:t xml:space=\"preserve\"> said.</w:t></w:r>\
                   <w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>";
    docx_of(&format!(
        "{}{}{}{}{}<w:p><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr><w:r><w:t>the last inspection, in 2012;</w:t></w:r></w:p>{changed}",
        para("Title", "Levee breaks at Tarn Valley"),
        para("Subtitle", "Forty families spend the night in a school"),
        "<w:p><w:r><w:t>By Jane Holt</w:t></w:r></w:p>",
        para("Normal", PARAGRAPH),
        para("Mine", "A wall from 1931"),
    ))
}

#[test]
fn a_word_document_is_read_as_if_its_changes_were_accepted() {
    check(&letter(), "docx", "docx", LETTER);
    let notes = notes(&read_all(&letter(), "a.docx"));
    assert!(notes.contains("tracked changes") && notes.contains("1 footnote was left out"), "{notes}");
    // A text box stands twice in the file and once in the text; a row of a table is a line.
    let text_box = "<w:txbxContent><w:p><w:r><w:t>Nobody listened</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "{}<w:p><w:r><w:t>{PARAGRAPH}</w:t></w:r><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice>{text_box}</mc:Choice><mc:Fallback>{text_box}\
         </mc:Fallback></mc:AlternateContent></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Dead</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        para("Heading1", "Levee breaks")
    );
    let raised = |n: &str| format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{n}</w:t></w:r>");
    let notes = format!(
        "<w:p><w:r><w:t>It was built in 1931</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> on 12 km</w:t></w:r>{}<w:r><w:t>.</w:t></w:r></w:p>",
        raised("1"),
        raised("2")
    );
    assert!(read_all(&docx_of(&notes), "a.docx")[0].text.ends_with("It was built in 1931 on 12 km²."));
    let text = &read_all(&docx_of(&body), "a.docx")[0].text;
    assert_eq!(text.matches("Nobody listened").count(), 1);
    assert!(text.contains("Dead | 3"));
}

const ODT_BODY: &str = "<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>at noon</text:p></text:deletion>\
    </text:changed-region></text:tracked-changes><text:p text:style-name=\"Title\">Levee breaks at Tarn Valley</text:p><text:p text:style-name=\"Subtitle\">Forty \
    families spend the night in a school</text:p><text:p>By Jane Holt</text:p><text:p>The river broke through the levee on\n  Tuesday,<text:s text:c=\"2\"/>the water \
    board said, and forty<text:soft-page-break/> families left their homes.</text:p><text:h text:outline-level=\"2\">A wall from 1931</text:h><text:list><text:list-item>\
    <text:p>the last inspection, in 2012;</text:p></text:list-item></text:list><text:p>It fell again in the night, the mayor<text:note><text:note-body><text:p>See \
    below</text:p></text:note-body></text:note> said.</text:p></office:text></office:body>";

pub fn odt() -> Vec<u8> {
    let content =
        format!("<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\">{ODT_BODY}</office:document-content>");
    zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

pub fn fodt() -> String {
    format!("<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"o\" xmlns:text=\"t\">{ODT_BODY}</office:document>")
}

#[test]
fn an_open_document_is_read_as_if_its_changes_were_accepted() {
    check(&odt(), "odt", "odt", LETTER);
    check(fodt().as_bytes(), "fodt", "fodt", LETTER);
    let raised = "<office:automatic-styles><style:style style:name=\"T1\" style:family=\"text\"><style:text-properties style:text-position=\"super 58%\"/></style:style></office:automatic-styles>";
    let noted = ODT_BODY.replace("forty<text:soft-page-break/> families", "forty<text:span text:style-name=\"T1\">3</text:span> families");
    let noted = format!(
        "<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\">{raised}{noted}</office:document>"
    );
    assert!(read_all(noted.as_bytes(), "a.fodt")[0].text.contains("and forty families left"));
    let locked = zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>"),
        ("content.xml", b"\x01\x02\x03"),
    ]);
    refuse(&locked, "a.odt", "password");
}

pub const RTF: &str = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}{\f1\fcharset204 Times Cyr;}}{\stylesheet{\s0 Normal;}{\s5 heading 2;}{\*\cs6 Title;}}
{\info{\title Wrong}{\author Nobody}}{\header\pard Desk copy\par}{\footer\pard Page 1\par}
\pard\qc\outlinelevel0\b Levee breaks at Tarn Valley\par
\pard\plain{\i Forty families spend the night in a school}\par
\pard\plain By Jane Holt\par
\pard\plain The river broke through the levee on
 Tuesday, {\field{\*\fldinst HYPERLINK x}{\fldrslt the water board}} said, and forty families left their homes.\par
\pard\plain\s5 A wall from 1931\par
\pard\plain{\pntext\'b7\tab}\ls1 the last inspection, in 2012;\par
\pard\plain It fell again in the night, the mayor{\footnote\pard See below\par} said.{\v unseen}{\deleted at noon}\par
{\*\unknown lost}}";

#[test]
fn rtf_keeps_its_letters() {
    let raised = r"{\rtf1\ansi\pard It was built in 1931{\super 1} on 12 km\super 2\nosupersub  of land, the 3{\super rd} time.\par\pard It fell again.\par}";
    let text = &read_all(raised.as_bytes(), "a.rtf")[0].text;
    assert!(text.contains("It was built in 1931 on 12 km² of land, the 3rd time."), "{text}");
    check(RTF.as_bytes(), "rtf", "rtf", LETTER);
    let letters = |rtf: &str, expected: &str| assert_eq!(read_all(rtf.as_bytes(), "a.rtf")[0].text, expected, "{rtf}");
    letters(r"{\rtf1\ansi caf\'e9 \u8212- a\~b \u8220\'93c\u8221\'94 \_\{x\}}", "café — a\u{a0}b “c” \u{2011}{x}");
    letters(r"{\rtf1\ansi\uc2 a\u233\'c3\'a9b{\uc0 \u8364 }c}", "aébéc".replace("béc", "b€c").as_str());
    letters(r"{\rtf1\ansi{\fonttbl{\f1\fcharset204 A;}}{\f1 \'cc\'ee\'f1\'ea\'e2\'e0} now}", "Москва now");
    letters(r"{\rtf1\ansi x\u-10179?\u-8704?y}", "x\u{1f600}y");
    letters(r"{\rtf1\ansi{\pict\bin4 }}}}unseen} here}", "here");
    let cut = read_all(br"{\rtf1\ansi The river rose {\b and", "a.rtf");
    assert!(notes(&cut).contains("cut off"));
    read_all(format!(r"{{\rtf1 The river rose. {}{}}}", "{".repeat(50_000), "}".repeat(50_000)).as_bytes(), "deep.rtf");
}

pub fn mail(extra: &str, body: &str) -> String {
    format!(
        "Return-Path: <desk@post.example>\r\nFrom: The Harbour Post <news@post.example>\r\nTo: desk@example.org\r\nSubject: Fwd: Levee breaks at Tarn Valley\r\nDate: Tue, 13 Apr 2021 09:30:00 -0400\r\n\
         MIME-Version: 1.0\r\n{extra}\r\n\r\n{body}"
    )
}

#[test]
fn mail_is_read_with_its_head() {
    let one = mail(
        "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable",
        &format!("{PARAGRAPH}\r\n\r\nIt fell again, said Zo=EB Holt.\r\n"),
    );
    check(
        one.as_bytes(),
        "eml",
        "eml",
        &format!(
            "title: Levee breaks at Tarn Valley\noutlet: The Harbour Post\npublished: 2021-04-13T09:30:00-04:00\nheadline: Levee breaks at Tarn Valley\nparagraph: {PARAGRAPH}\nparagraph: It fell again, said Zoë Holt."
        ),
    );
    let two = format!(
        "From x Tue Apr 13 09:30:00 2021\n{one}\nFrom y Wed Apr 14 09:30:00 2021\n{}",
        one.replace("It fell", ">From here it fell")
    );
    let sources = read_all(two.as_bytes(), "box");
    assert_eq!(sources.len(), 2);
    assert!(sources[1].text.contains("\n\nFrom here it fell"), "{}", sources[1].text);
    assert_eq!(sources[0].provenance.format, "eml");
    // A document that is attached is an article of its own; a picture is none and is not missed.
    let attached = mail(
        "Content-Type: multipart/mixed; boundary=b",
        &format!(
            "--b\r\nContent-Type: text/plain\r\n\r\nThe story is attached, it runs tomorrow at the latest.\r\n--b\r\nContent-Type: text/rtf; name=story.rtf\r\nContent-Disposition: attachment; filename=story.rtf\r\n\r\n{RTF}\r\n\
             --b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
        ),
    );
    let sources = read_all(attached.as_bytes(), "a.eml");
    assert_eq!(sources.iter().map(|s| s.provenance.format.as_str()).collect::<Vec<_>>(), ["eml", "rtf"]);
    assert_eq!(notes(&sources).matches("left out").count(), 1, "the footnote alone");
    // A text with a head of its own is no mail.
    let plain =
        try_read(b"Outlet: The Harbour Post\nDate: 13 April 2021\nTitle: Levee breaks\n\nThe river rose.", "a.txt").expect("an article");
    assert_eq!(plain[0].provenance.format, "text");
}

#[test]
fn a_page_saved_as_mail_has_its_address() {
    let page = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/levee\r\nSubject: Levee\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://post.example/levee\r\n\r\n<html><body><nav><a href=3D\"/\">Home</a></nav><article>\
         <h1>Levee breaks at Tarn Valley</h1><p>{PARAGRAPH}</p><p>It fell again in the caf=C3=A9, the mayor said on Wednesday morning.</p></article></body></html>\r\n--b--\r\n"
    );
    let sources = read_all(page.as_bytes(), "a.mhtml");
    assert_eq!(sources[0].provenance.format, "mhtml");
    assert_eq!(sources[0].meta.url.as_deref(), Some("https://post.example/levee"));
    assert!(sources[0].text.contains("café") && !sources[0].text.contains("Home"));
}

#[test]
fn a_row_of_a_table_is_an_article() {
    let expected = format!(
        "title: Levee breaks\noutlet: The Harbour Post\nbyline: Jane Holt\npublished: 2021-04-13\nurl: https://post.example/1\nheadline: Levee breaks\nparagraph: {PARAGRAPH}\nparagraph: It fell again."
    );
    for (sign, ending) in [(",", "csv"), (";", "csv"), ("\t", "tsv")] {
        let head = ["Title", "Publication", "Author", "Date", "URL", "Full text"].join(sign);
        let row = [
            "Levee breaks",
            "The Harbour Post",
            "Jane Holt",
            "2021-04-13",
            "https://post.example/1",
            &format!("\"{PARAGRAPH}\n\nIt fell again.\""),
        ]
        .join(sign);
        check(format!("\u{feff}{head}\r\n{row}\r\n").as_bytes(), "csv", ending, &expected);
    }
    let odd = read_all(format!("Title,Text\nOne,\"{PARAGRAPH}\"\nTwo\nThree,,more\n").as_bytes(), "a.csv");
    assert_eq!(odd.len(), 1);
    assert!(
        notes(&odd).contains("Rows without a text were left out: 3, 4.") && notes(&odd).contains("columns than the first: 3, 4."),
        "{}",
        notes(&odd)
    );
    let bare = read_all(format!("\"Levee breaks\",\"{PARAGRAPH}\"\n\"Fire\",\"{PARAGRAPH}\"\n").as_bytes(), "a.csv");
    assert_eq!((bare.len(), bare[0].meta.title.as_deref()), (2, Some("Levee breaks")));
    assert!(notes(&bare).contains("no header row") && notes(&bare).contains("Column 2 was taken for the text"));
    refuse(b"Title,Publication,Full text\nOne,Two\n\"Open, Three\n", "a.csv", "unequal");
    // A date is a number with a format; a workbook keeps words in a list of its own.
    let sheet = format!(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"D1\" t=\"inlineStr\"><is><t>Text</t></is></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>Levee </t></r><r><t>breaks</t></r></is></c><c r=\"B2\" s=\"1\"><v>44299.5</v></c><c r=\"D2\" t=\"inlineStr\"><is><t>{PARAGRAPH}</t></is></c></row></sheetData></worksheet>"
    );
    let book = zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", b"<sst><si><t>Title</t></si><si><t>Date</t></si></sst>"),
        ("xl/styles.xml", b"<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    check(
        &book,
        "xlsx",
        "xlsx",
        &format!("title: Levee breaks\npublished: 2021-04-13T12:00:00\nheadline: Levee breaks\nparagraph: {PARAGRAPH}"),
    );
    let cell = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
    let rows = format!(
        "<table:table-row>{}{}{}</table:table-row><table:table-row>{}<table:table-cell office:date-value=\"2021-04-13\"><text:p>13/04/21</text:p></table:table-cell>{}\
         <table:table-cell table:number-columns-repeated=\"999999\"/></table:table-row>",
        cell("Title"),
        cell("Date"),
        cell("Text"),
        cell("Levee breaks"),
        cell(PARAGRAPH)
    );
    let content = format!("<d><office:body><office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet></office:body></d>");
    let book = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
    check(&book, "ods", "ods", &format!("title: Levee breaks\npublished: 2021-04-13\nheadline: Levee breaks\nparagraph: {PARAGRAPH}"));
}

#[test]
fn feeds_with_whole_articles_are_read() {
    let item = |body: &str| {
        format!(
            "<item><title>Levee &amp; wall</title><link>https://post.example/1</link><author>desk@post.example (Jane Holt)</author><pubDate>Tue, 13 Apr 2021 09:30:00 +0000</pubDate>{body}</item>"
        )
    };
    let whole = item(&format!(
        "<content:encoded><![CDATA[<p>{PARAGRAPH}</p><h2>A wall from 1931</h2><ul><li>the inspection;</li></ul><p>It fell again.</p>]]></content:encoded>"
    ));
    let short = item("<description>The river rose.</description>");
    let rss = |items: &str| {
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\"><channel><title>The Harbour Post</title>{items}</channel></rss>"
        )
    };
    let expected = format!(
        "title: Levee & wall\noutlet: The Harbour Post\nbyline: Jane Holt\npublished: 2021-04-13T09:30:00Z\nurl: https://post.example/1\nheadline: Levee & wall\nparagraph: {PARAGRAPH}\nsubheading: A wall from 1931\nlist-item: the inspection;\nparagraph: It fell again."
    );
    check(rss(&format!("{whole}{short}")).as_bytes(), "feed", "rss", &expected);
    assert!(notes(&read_all(rss(&format!("{whole}{short}")).as_bytes(), "a.rss")).contains("1 of 2 entries"));
    refuse(rss(&short).as_bytes(), "a.rss", "summaries");
    // A feed that collects what others publish is not their outlet.
    let outlet = |home: &str| read_all(rss(&format!("<link>{home}</link>{whole}")).as_bytes(), "a.rss")[0].meta.outlet.clone();
    assert_eq!(outlet("https://feeds.post.example/rss").as_deref(), Some("The Harbour Post"));
    assert_eq!(outlet("https://reader.example/").as_deref(), Some("post.example"));
    let atom = format!(
        "<feed xmlns=\"a\"><title>The Harbour Post</title><entry><title>Levee &amp; wall</title><author><name>Jane Holt</name></author><link rel=\"self\" href=\"x\"/><link href=\"https://post.example/1\"/>\
         <published>2021-04-13T09:30:00Z</published><content type=\"xhtml\"><div><p>{PARAGRAPH}</p><h2>A wall from 1931</h2><ul><li>the inspection;</li></ul><p>It fell again.</p></div></content></entry></feed>"
    );
    check(atom.as_bytes(), "feed", "atom", &expected);
}

/// A message as NITF and as NewsML-G2, withdrawn.
pub fn agencies() -> [String; 2] {
    let nitf = format!(
        "<nitf><head><docdata><date.issue norm=\"20210413T093000+0000\"/></docdata><pubdata name=\"Tarn Wire\"/></head><body><body.head><hedline><hl1>Levee breaks</hl1><hl2>Forty families in a school</hl2></hedline>\
         <byline>By <person>Jane Holt</person></byline><dateline><location>TARN VALLEY</location></dateline></body.head><body.content><p>{PARAGRAPH}</p><media><media-reference/><media-caption><p>The levee on Tuesday.</p></media-caption></media>\
         <hl2>A wall from 1931</hl2><ul><li>the inspection;</li></ul></body.content></body></nitf>"
    );
    let item = format!(
        "<?xml version=\"1.0\"?><newsItem><itemMeta><provider literal=\"Tarn Wire\"/><versionCreated>2021-04-13T09:30:00Z</versionCreated><pubStatus qcode=\"stat:canceled\"/></itemMeta><contentMeta><headline>Levee breaks</headline></contentMeta>\
         <contentSet><inlineXML>{nitf}</inlineXML></contentSet></newsItem>"
    );
    [nitf, item]
}

#[test]
fn agencies_messages_are_read() {
    let [nitf, item] = agencies();
    let expected = format!(
        "title: Levee breaks\noutlet: Tarn Wire\nbyline: Jane Holt\npublished: 2021-04-13T09:30:00Z\nplace: TARN VALLEY\nheadline: Levee breaks\nstandfirst: Forty families in a school\nbyline: By Jane Holt\ndateline: TARN VALLEY\nparagraph: {PARAGRAPH}\ncaption: The levee on Tuesday.\nsubheading: A wall from 1931\nlist-item: the inspection;"
    );
    check(nitf.as_bytes(), "newsml", "xml", &expected);
    check(item.as_bytes(), "newsml", "xml", &expected);
    assert!(notes(&read_all(item.as_bytes(), "a.xml")).contains("withdrawn"));
}

#[test]
fn a_book_is_read_in_its_order() {
    let page = |title: &str, words: &str| {
        format!("<?xml version=\"1.0\"?><html><head><title>x</title></head><body><h2>{title}</h2><p>{words}</p></body></html>")
    };
    let book = zip_of(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>"),
        (
            "OPS/book.opf",
            b"<package><metadata><title>Levee breaks</title><creator>Jane Holt</creator></metadata><manifest><item id=\"n\" href=\"nav.xhtml\" properties=\"nav\"/><item id=\"b\" href=\"b.xhtml\"/><item id=\"a\" href=\"a.xhtml\"/></manifest>\
              <spine><itemref idref=\"n\"/><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>",
        ),
        ("OPS/nav.xhtml", b"<html><body><p>Contents</p></body></html>"),
        ("OPS/b.xhtml", page("A wall from 1931", "It fell again.").as_bytes()),
        ("OPS/a.xhtml", page("Levee breaks", PARAGRAPH).as_bytes()),
    ]);
    check(
        &book,
        "epub",
        "epub",
        &format!(
            "title: Levee breaks\nbyline: Jane Holt\nheadline: Levee breaks\nparagraph: {PARAGRAPH}\nsubheading: A wall from 1931\nparagraph: It fell again."
        ),
    );
}

#[test]
fn files_in_an_archive_are_read_one_by_one() {
    let page = format!(
        "<!DOCTYPE html><html><body><article><h1>Levee breaks</h1><p>{PARAGRAPH}</p><p>It fell again in the night, they said.</p></article></body></html>"
    );
    let inner = zip_of(&[("deep/b.txt", b"A fire burned at the port.")]);
    let all = zip_of(&[
        ("pages/levee.html", page.as_bytes()),
        ("pages/levee_files/script.txt", b"var a = 1;"),
        ("__MACOSX/._a.txt", b"x"),
        (".DS_Store", b"x"),
        ("README.md", b"# About"),
        ("a.docx", &letter()),
        ("copy.docx", &letter()),
        ("inner.zip", &inner),
        ("../../outside.txt", b"The mill closed on Monday."),
        ("pier.png", b"\x89PNG\r\n\x1a\n\0\0\0\0"),
    ]);
    let sources = read_all(&all, "all.zip");
    let formats: Vec<_> = sources.iter().map(|s| s.provenance.format.as_str()).collect();
    assert_eq!(formats, ["html", "docx", "text", "text"]);
    let notes = notes(&sources);
    for said in ["pier.png: This is not text", "copy.docx is the same as a.docx", "1 of the names in the archive lead outside"] {
        assert!(notes.contains(said), "{said}: {notes}");
    }
    assert!(!notes.contains("DS_Store") && !notes.contains("README"), "{notes}");
}

fn refuse(bytes: &[u8], path: &str, word: &str) {
    let error = try_read(bytes, path).expect_err("no article").to_string();
    assert!(error.contains(word), "{path}: {error}");
    assert!(error.contains(". ") && error.ends_with(['.', ')']), "{path} says what to do: {error}");
}

#[test]
fn hostile_files_are_refused_with_a_reason() {
    let mut nested = zip_of(&[("a.txt", b"The river rose.")]);
    for _ in 0..12 {
        nested = zip_of(&[("inner.zip", &nested)]);
    }
    refuse(&nested, "nested.zip", "nested deeper than the limit");
    let bomb = vec![b'0'; limits::MAX_BYTES as usize + 10];
    refuse(&zip_of(&[("bomb.txt", &bomb)]), "bomb.zip", "limit of 64 MB");
    drop(bomb);
    let whole = letter();
    refuse(&whole[..whole.len() * 2 / 3], "cut.docx", "damaged or incomplete");
    refuse(&zip_of(&[("word/document.xml", b"<w:document><w:body><w:p>")]), "cut.docx", "damaged or incomplete");
    refuse(&zip_of(&[("pier.png", b"\x89PNG\r\n\x1a\n\0\0\0\0")]), "pictures.zip", "PNG");
    refuse(&zip_of(&[]), "nothing.zip", "no articles");
    refuse("<nitf><body><body.content>".to_owned().as_bytes(), "a.xml", "damaged");
    let deep = format!("<nitf>{}{}</nitf>", "<block>".repeat(30_000), "</block>".repeat(30_000));
    refuse(deep.as_bytes(), "deep.xml", "nested too deeply");
    for entity in ["<!ENTITY a \"b\">", "<!ENTITY a SYSTEM \"file:///etc/passwd\">"] {
        refuse(format!("<?xml version=\"1.0\"?><!DOCTYPE nitf [{entity}]><nitf><p>&a;</p></nitf>").as_bytes(), "a.xml", "entities");
        refuse(&zip_of(&[("word/document.xml", format!("<!DOCTYPE d [{entity}]><d/>").as_bytes())]), "a.docx", "entities");
    }
    let messages = "Content-Type: message/rfc822\r\n\r\n".repeat(5000);
    refuse(mail(messages.trim_end(), "x").as_bytes(), "a.eml", "nested too deeply");
}

#[test]
fn articles_of_one_file_have_names_of_their_own() {
    let table =
        format!("Title,Text,URL\na,\"{PARAGRAPH}\",\nb,\"{PARAGRAPH} Twice.\",\nc,\"{PARAGRAPH} Thrice.\",https://www.post.example/c\n");
    let sources = read_all(table.as_bytes(), "dump.csv");
    let versions: Vec<_> = sources.iter().map(parallax::analysis::Version::read).collect();
    assert_eq!(versions.iter().map(|v| v.outlet()).collect::<Vec<_>>(), ["dump", "dump 2", "post.example"]);
}
