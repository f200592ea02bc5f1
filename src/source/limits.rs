//! How much of a file is read. All limits on input stand here, so that the worst that a file can do is known:
//! what is over a limit is refused or left out with a note, never read in part without a word.

/// Larger inputs are refused: no article is that long, and archives are added piece by piece. Each file inside
/// of an archive is held to the same.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// All that is inflated while one input is read, by our own count: an archive can claim any size. Four of the
/// largest files, so that a bomb ends long before memory does.
pub const MAX_INFLATED: u64 = 4 * MAX_BYTES;
/// Entries of an archive; as many as files of a folder.
pub const MAX_ENTRIES: usize = 5000;
/// Archives in archives are opened this deep.
pub const MAX_NESTED_ARCHIVES: u32 = 3;
/// Elements of XML inside each other. Documents of word processors stay under 100; the readers walk by recursion.
pub const MAX_XML_DEPTH: usize = 256;
/// Elements and pieces of text in one XML document.
pub const MAX_XML_NODES: usize = 1_500_000;
/// Articles that are read from one file.
pub const MAX_ARTICLES: usize = 5000;
/// Messages in messages are opened this deep.
pub const MAX_NESTED_MAIL: u32 = 4;
/// Rows of a table.
pub const MAX_ROWS: usize = 50_000;
/// Columns of a table.
pub const MAX_COLUMNS: usize = 500;
/// Notes of the same kind about one file, after which they are counted.
pub const MAX_NOTES: usize = 20;
/// Pages of a PDF.
pub const MAX_PDF_PAGES: usize = 500;
/// Letters of a PDF.
pub const MAX_PDF_GLYPHS: usize = 3_000_000;
/// Things drawn by a PDF: letters, lines, pictures. Forms that show each other ask for endless ones.
pub const MAX_PDF_STEPS: usize = 2_000_000;
/// The longest that the pages of a PDF may take, in seconds. A long PDF takes one or two.
pub const PDF_SECONDS: u64 = 20;
/// Records of a web archive.
pub const MAX_RECORDS: usize = 200_000;
