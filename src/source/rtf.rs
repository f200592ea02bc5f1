//! RTF: tokens, groups and the state that a group inherits. Running heads, notes, pictures and field codes stay out.
//!
//! Letters beyond ASCII come as bytes in the code page of the font, or as numbers followed by a stand-in for readers
//! that know no Unicode, which is skipped.

use super::docx::role;
use super::raised;
use super::rich::Rich;
use super::{BlockKind, Format, Hints, Source, SourceError};
use encoding_rs::Encoding;
use rustc_hash::FxHashMap;

/// Groups inside each other keep a state of their own up to here; deeper ones share that of the group around them.
const MAX_STATES: usize = 2000;

/// What is shown of a group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Text,
    Nothing,
    Fonts,
    Styles,
}

#[derive(Clone, Copy)]
struct State {
    into: Into,
    /// Stand-ins after a number.
    fallbacks: usize,
    italic: bool,
    hidden: bool,
    deleted: bool,
    raised: bool,
    encoding: &'static Encoding,
}

/// What a paragraph is set to until it is set anew.
#[derive(Clone, Copy, Default)]
struct Setting {
    style: Option<i32>,
    outline: Option<i32>,
    list: bool,
    in_table: bool,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    states: Vec<State>,
    /// Groups opened beyond [`MAX_STATES`].
    deeper: usize,
    state: State,
    default: &'static Encoding,
    setting: Setting,
    /// Bytes of the code page that are not decoded yet.
    pending: Vec<u8>,
    /// The first half of a letter beyond U+FFFF.
    surrogate: Option<u16>,
    /// Stand-ins that are still to be skipped.
    skip: usize,
    line: String,
    /// Raised signs that are not in the line yet.
    raised: String,
    chars: usize,
    italic: usize,
    cells: Vec<String>,
    /// Words of a style or font table.
    label: String,
    font: i32,
    fonts: FxHashMap<i32, &'static Encoding>,
    styles: FxHashMap<i32, BlockKind>,
    style: i32,
    footnotes: usize,
    changes: bool,
    out: Rich,
}

/// Reads a document, or the articles of an export in one.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    let default = encoding_rs::WINDOWS_1252;
    let state = State { into: Into::Text, fallbacks: 1, italic: false, hidden: false, deleted: false, raised: false, encoding: default };
    let mut reader = Reader {
        bytes,
        at: 0,
        states: Vec::new(),
        deeper: 0,
        state,
        default,
        setting: Setting::default(),
        pending: Vec::new(),
        surrogate: None,
        skip: 0,
        line: String::new(),
        raised: String::new(),
        chars: 0,
        italic: 0,
        cells: Vec::new(),
        label: String::new(),
        font: 0,
        fonts: FxHashMap::default(),
        styles: FxHashMap::default(),
        style: 0,
        footnotes: 0,
        changes: false,
        out: Rich::default(),
    };
    let complete = reader.run();
    if !complete {
        reader.out.notes.push("The document is cut off: its last group is not closed. What is missing may count as left out.".to_owned());
    }
    reader.out.note_left_out(reader.changes, reader.footnotes);
    let encoding = reader.default.name();
    reader.out.sources(bytes, hints, Format::Rtf, encoding)
}

impl Reader<'_> {
    /// Reads all; whether every group was closed.
    fn run(&mut self) -> bool {
        while let Some(&b) = self.bytes.get(self.at) {
            self.at += 1;
            match b {
                b'{' => self.open(),
                b'}' => {
                    self.close();
                    if self.states.is_empty() && self.deeper == 0 {
                        break;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                _ if self.skip > 0 => self.skip -= 1,
                _ => self.byte(b),
            }
        }
        let complete = self.states.is_empty() && self.deeper == 0;
        self.paragraph();
        complete
    }

    fn open(&mut self) {
        self.flush();
        self.skip = 0;
        if self.states.len() >= MAX_STATES {
            self.deeper += 1;
        } else {
            self.states.push(self.state);
        }
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        match self.state.into {
            Into::Styles => {
                let name = std::mem::take(&mut self.label);
                if let Some(kind) = role(&name.trim().trim_end_matches(';').to_lowercase()) {
                    self.styles.entry(self.style).or_insert(kind);
                }
            }
            Into::Fonts => self.label.clear(),
            _ => {}
        }
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(state) = self.states.pop() {
            self.state = state;
        }
    }

    fn byte(&mut self, b: u8) {
        self.surrogate = None;
        self.pending.push(b);
    }

    /// Decodes what has come in so far.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let (words, _) = self.state.encoding.decode_without_bom_handling(&self.pending);
        let words = words.into_owned();
        self.pending.clear();
        self.add(&words);
    }

    fn add(&mut self, words: &str) {
        match self.state.into {
            Into::Text if !self.state.hidden && !self.state.deleted && self.state.raised => self.raised.push_str(words),
            Into::Text if !self.state.hidden && !self.state.deleted => {
                self.settle();
                let letters = words.chars().filter(|c| !c.is_whitespace()).count();
                self.chars += letters;
                self.italic += if self.state.italic { letters } else { 0 };
                self.line.push_str(words);
            }
            Into::Styles | Into::Fonts if self.label.len() < 200 => self.label.push_str(words),
            _ => {}
        }
    }

    /// Puts raised signs into the line, where they are not the call of a note.
    fn settle(&mut self) {
        if !self.raised.is_empty() {
            let signs = std::mem::take(&mut self.raised);
            let shown = raised::signs(&self.line, &signs, false).unwrap_or(signs);
            self.line.push_str(&shown);
        }
    }

    /// A control word or sign, after its backslash.
    fn control(&mut self) {
        let Some(&b) = self.bytes.get(self.at) else { return };
        if !b.is_ascii_alphabetic() {
            self.at += 1;
            self.sign(b);
            return;
        }
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or("");
        let number_start = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let digits = std::str::from_utf8(&self.bytes[number_start..self.at]).unwrap_or("");
        let number: Option<i32> = digits.parse().ok();
        if digits == "-" {
            self.at = number_start;
        }
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if word == "bin" {
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
            return;
        }
        if self.skip > 0 && word != "u" {
            self.skip -= 1;
            return;
        }
        self.flush();
        self.word(word, number);
    }

    fn sign(&mut self, b: u8) {
        if b == b'\'' {
            let hex = self.bytes.get(self.at..self.at + 2).and_then(|h| std::str::from_utf8(h).ok());
            if let Some(byte) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
                self.at += 2;
                if self.skip > 0 {
                    self.skip -= 1;
                } else {
                    self.byte(byte);
                }
            }
            return;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match b {
            b'\\' | b'{' | b'}' => self.byte(b),
            _ => {
                self.flush();
                match b {
                    b'~' => self.add("\u{a0}"),
                    b'_' => self.add("\u{2011}"),
                    b'\r' | b'\n' => self.paragraph(),
                    // Destinations that older readers may pass over.
                    b'*' if self.state.into == Into::Text && !self.bytes[self.at..].starts_with(b"\\footnote") => {
                        self.state.into = Into::Nothing;
                    }
                    _ => {}
                }
            }
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        match word {
            "par" | "sect" | "page" if self.state.into == Into::Text => {
                if self.setting.in_table && word == "par" {
                    self.line.push(' ');
                } else {
                    self.paragraph();
                }
            }
            "cell" if self.state.into == Into::Text => {
                self.settle();
                self.cells.push(std::mem::take(&mut self.line));
                (self.chars, self.italic) = (0, 0);
            }
            "row" if self.state.into == Into::Text => {
                let cells = std::mem::take(&mut self.cells);
                self.out.push_row(&cells);
            }
            "line" => self.add("\n"),
            "tab" => self.add(" "),
            "emdash" => self.add("—"),
            "endash" => self.add("–"),
            "lquote" => self.add("‘"),
            "rquote" => self.add("’"),
            "ldblquote" => self.add("“"),
            "rdblquote" => self.add("”"),
            "bullet" => self.add("• "),
            "emspace" | "enspace" | "qmspace" => self.add(" "),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.fallbacks = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(16),
            // What a bullet or a note is set to is not what the paragraph is set to that it stands in.
            "pard" | "intbl" | "ls" | "outlinelevel" if self.state.into == Into::Nothing => {}
            "pard" => self.setting = Setting::default(),
            "plain" => (self.state.italic, self.state.hidden, self.state.deleted, self.state.raised) = (false, false, false, false),
            "super" => self.state.raised = on,
            "nosupersub" => self.state.raised = false,
            "i" => self.state.italic = on,
            "v" => self.state.hidden = on,
            "deleted" => {
                self.state.deleted = on;
                self.changes |= on;
            }
            "revised" => self.changes |= on,
            "intbl" => self.setting.in_table = true,
            "ls" => self.setting.list = on,
            "outlinelevel" => self.setting.outline = number,
            "s" => match self.state.into {
                Into::Styles => self.style = number.unwrap_or(0),
                Into::Nothing => {}
                _ => self.setting.style = number,
            },
            // Styles of letters share no numbers with styles of paragraphs.
            "cs" | "ts" | "ds" if self.state.into == Into::Styles => self.style = -1,
            "f" => {
                self.font = number.unwrap_or(0);
                if self.state.into != Into::Fonts {
                    self.state.encoding = self.fonts.get(&self.font).copied().unwrap_or(self.default);
                }
            }
            "fcharset" if self.state.into == Into::Fonts => {
                if let Some(encoding) = of_charset(number.unwrap_or(0)) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "ansicpg" => self.set_default(number.and_then(of_code_page)),
            "mac" => self.set_default(Some(encoding_rs::MACINTOSH)),
            "fonttbl" => self.state.into = Into::Fonts,
            "stylesheet" => {
                self.style = 0;
                self.state.into = Into::Styles;
            }
            // Words in a drawn box stand in a destination that older readers pass over.
            "shptxt" => {
                self.paragraph();
                self.state.into = Into::Text;
            }
            "footnote" => {
                self.footnotes += usize::from(self.state.into == Into::Text);
                self.state.into = Into::Nothing;
            }
            "colortbl" | "info" | "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf"
            | "annotation" | "pict" | "objdata" | "nonshppict" | "listtable" | "listoverridetable" | "pntext" | "listtext" | "fldinst"
            | "bkmkstart" | "bkmkend" | "atnid" | "atnauthor" | "xe" | "tc" | "rxe" | "template" | "themedata" | "revtbl" | "upr"
            | "sv" | "sn" => self.state.into = Into::Nothing,
            _ => {}
        }
    }

    fn set_default(&mut self, encoding: Option<&'static Encoding>) {
        if let Some(encoding) = encoding {
            self.default = encoding;
            self.state.encoding = encoding;
        }
    }

    fn unicode(&mut self, number: i32) {
        self.skip = self.state.fallbacks;
        // Numbers are 16 bits with a sign.
        let unit = (number & 0xffff) as u16;
        let decoded = match (self.surrogate.take(), unit) {
            (None, 0xd800..=0xdbff) => {
                self.surrogate = Some(unit);
                return;
            }
            (Some(high), low) => char::decode_utf16([high, low]).next().and_then(Result::ok),
            (None, unit) => char::from_u32(u32::from(unit)),
        };
        if let Some(c) = decoded.filter(|c| !c.is_control()) {
            self.add(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        self.settle();
        let kind = match (self.setting.style.and_then(|s| self.styles.get(&s).copied()), self.setting.outline) {
            (Some(kind), _) => Some(kind),
            (None, Some(0)) => Some(BlockKind::Headline),
            (None, Some(1..=8)) => Some(BlockKind::Subheading),
            _ => self.setting.list.then_some(BlockKind::ListItem),
        };
        let mut words = std::mem::take(&mut self.line);
        // Some writers name a picture that they left out.
        let left_out = words.trim().starts_with("[image:") && words.trim().ends_with(']');
        let kind = if left_out { Some(BlockKind::Boilerplate) } else { kind };
        // Cells without a row end.
        for cell in std::mem::take(&mut self.cells) {
            words = format!("{cell} {words}");
        }
        self.out.push(kind, &words, self.chars > 0 && self.chars == self.italic);
        (self.chars, self.italic) = (0, 0);
    }
}

fn of_code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        n => format!("windows-{n}"),
    };
    Encoding::for_label(label.as_bytes())
}

fn of_charset(number: i32) -> Option<&'static Encoding> {
    of_code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
