//! What the commands say below their options: examples, and what a script has to know.

pub(super) const EXAMPLES: &str = "\
Examples:
  parallax a.txt b.html c.txt                   Open three articles in the window
  parallax --sample                             Open the sample event
  parallax report a.txt b.html -o report.html   Write a page to read, print and send
  parallax report *.html --only conflict -o -   Print the conflicts as JSON
  parallax extract a.txt                        Print the quotes and details of one article
  parallax group export.zip -o events           Part many articles by event
  parallax merge anna.parallax ben.parallax     Compare two people's judgements
  parallax verify report.html a.txt b.html      Check that a report still holds

Files: text, Markdown, saved pages, PDF with text, DOCX, DOC, ODT, FODT, RTF, EPUB, mail (EML, mbox, MHTML), JSON, JSONL, CSV,
TSV, XLSX, XLS, ODS, feeds (RSS, Atom, JSON Feed), NITF, NewsML-G2, ninjs, web archives (WARC, WACZ), exports of Nexis, Factiva,
ProQuest, NewsBank and Europresse, ZIP archives of all these, and .parallax comparisons. A file may hold several articles. The
content decides, not the ending.";

pub(super) const REPORT_HELP: &str = "\
Examples:
  parallax report a.txt b.html -o report.html
  parallax report a.txt b.html --format markdown --only conflict,quotes
  parallax report --published a.txt=2026-03-01 --published 2026-03-02 a.txt b.txt -o report.md
  parallax report --fetch https://example.org/story mine.txt -o report.html
  curl -s https://example.org/story | parallax report - mine.txt -o report.json
  parallax report --sample -o sample.html

Kinds and groups of kinds for --only:
  conflict (detail-conflict, self-contradiction), later (detail-later), compatible (detail-compatible, name-spelling),
  quotes (quote-altered, quote-trimmed, quote-speaker, quote-indirect, attribution), only-in, silent, order, wording

JSON lists all that was found, with wording and dismissed differences; the other formats leave both out unless asked. The numbers
of each stand in its field `counts`.

Exit status: 0 if nothing differs, 1 if something does, 2 if a file could not be read or written.";

pub(super) const WORKSHEET_HELP: &str = "\
Examples:
  parallax worksheet a.txt b.html -o sheet.html --key key.html
  parallax worksheet --sample -o sheet.docx --key key.docx --only conflict,quotes

A worksheet has the articles with their passages numbered, the same number for the same passage in each, and tables to fill
in. The key lists the differences. Formats: HTML, DOCX, PDF.

Exit status: 0, or 2 if a file could not be read or written.";

pub(super) const BATCH_HELP: &str = "\
Examples:
  parallax batch list.jsonl > reports.jsonl
  ls -d events/*/ | jq -R '{id: ., files: [.]}' -c | parallax batch - | jq -c '[.id, .status, (.report.findings | length)]'

A line of the list is a JSON array of files or folders, or an object with `files`, or with `versions` (articles as objects with
`text` and, as far as known, `outlet`, `title`, `published`, `url`), and if you like `id`, `title` and `judgements` (a comparison
file). For each a line comes out, in the same order: {\"id\": …, \"status\": \"same\", \"differs\" or \"trouble\", \"report\": {…}}, or
\"error\" in the report's place. Files are looked for from the present folder.

Exit status: the worst of all comparisons: 0 if nothing differs, 1 if something does, 2 for trouble.";

pub(super) const EXTRACT_HELP: &str = "\
Examples:
  parallax extract a.txt | jq '.quotes[].text'
  parallax extract archive/*.html > versions.jsonl
  parallax extract --explain a.txt              Shows each finding under its words, with the rule that found it

Exit status: 0, or 2 if a file gave no article. The others are printed all the same.";

pub(super) const MERGE_HELP: &str = "\
Examples:
  parallax merge anna.parallax ben.parallax -o both.parallax
  parallax merge anna.parallax ben.parallax         Says how far they agree, and writes nothing

Both have to hold the same texts. Where one confirms what the other dismisses, the merged file has neither verdict and both notes.

Exit status: 0 if nothing contradicts, 1 if something does, 2 if a file could not be read or written.";

pub(super) const GROUP_HELP: &str = "\
Examples:
  parallax group export.zip                     Print the groups
  parallax group archive/ -o events             Write a comparison file for each group into the folder events
  parallax report events/01-*.parallax -o report.html

Articles are grouped by names, figures, rare words, shared copy and date. The same pile gives the same groups in any order.

Exit status: 0, or 2 if a file gave no article. The others are grouped all the same.";

pub(super) const VERIFY_HELP: &str = "\
Examples:
  parallax verify report.json a.txt b.html
  parallax verify report.html                   Looks for the files where the report names them
  parallax verify report.html saved.parallax    Checks against the texts that a comparison keeps
  parallax verify saved.parallax                Checks that the files still are what the comparison keeps

The report is made again from its texts, and every word in it set against that.

Exit status: 0 if all holds, 1 if something is disproved, 2 if nothing is but a source or the report could not be read.";
