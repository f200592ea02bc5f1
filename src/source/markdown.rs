//! Markdown, with YAML front matter.
//!
//! The parser gives the structure; the text is rebuilt from its words, so emphasis marks, link targets and
//! escapes are no part of it. Front matter is a list of `key: value` lines here; nested YAML is skipped.

use super::roles::{self, Field};
use super::structure::{self, Unit};
use super::{Block, BlockKind, Metadata, Moment};
use crate::base::TextRange;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The text and its blocks.
pub(super) fn read(input: &str, meta: &mut Metadata) -> (String, Vec<Block>) {
    let body = front_matter(input, meta);
    let mut out = Builder::default();
    let mut skip = 0u32;
    let mut html = String::new();
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(tag) => match tag {
                Tag::Heading { level, .. } => {
                    let title = out.first_heading() && level == HeadingLevel::H1;
                    out.open(if title { BlockKind::Headline } else { BlockKind::Subheading });
                }
                Tag::Item => out.open(BlockKind::ListItem),
                Tag::Paragraph if out.kind != Some(BlockKind::ListItem) => out.open(BlockKind::Paragraph),
                Tag::Image { .. } => out.open_caption(),
                Tag::Emphasis => out.emphasis(true),
                Tag::TableHead | Tag::TableRow => out.open(BlockKind::ListItem),
                Tag::TableCell => out.cell(),
                Tag::HtmlBlock => html.clear(),
                Tag::CodeBlock(_) | Tag::MetadataBlock(_) => skip += 1,
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => out.close(),
                TagEnd::HtmlBlock => out.html(&html),
                TagEnd::Image => out.close_caption(),
                TagEnd::Emphasis => out.emphasis(false),
                TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => skip = skip.saturating_sub(1),
                _ => {}
            },
            Event::Html(markup) => html.push_str(&markup),
            Event::Text(words) if skip == 0 => out.push(&words),
            Event::Code(words) => out.push(&words),
            Event::SoftBreak => out.push(" "),
            Event::HardBreak => out.push("\n"),
            _ => {}
        }
    }
    out.close();
    let mut blocks = out.finish(meta);
    if let Some(title) = meta.title.clone()
        && !blocks.1.iter().any(|b| b.kind == BlockKind::Headline)
    {
        blocks = with_title(&title, blocks);
    }
    blocks
}

/// Puts a title from the front matter before the text.
fn with_title(title: &str, (text, blocks): (String, Vec<Block>)) -> (String, Vec<Block>) {
    let shift = title.len() + 2;
    let mut out = vec![Block { kind: BlockKind::Headline, range: TextRange::new(0, title.len()) }];
    out.extend(
        blocks.iter().map(|b| Block { kind: b.kind, range: TextRange::new(b.range.start as usize + shift, b.range.end as usize + shift) }),
    );
    (format!("{title}\n\n{text}"), out)
}

/// Reads front matter into `meta` and returns what follows it.
fn front_matter<'a>(input: &'a str, meta: &mut Metadata) -> &'a str {
    let start = input.trim_start_matches('\u{feff}');
    let Some(rest) = start.strip_prefix("---\n").or_else(|| start.strip_prefix("+++\n")) else { return input };
    let mut at = 0;
    let mut authors: Vec<String> = Vec::new();
    let mut in_authors = false;
    let mut found = Vec::new();
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end();
        if matches!(line, "---" | "..." | "+++") {
            for (field, value) in found {
                roles::set(meta, field, value);
            }
            if !authors.is_empty() {
                meta.byline.get_or_insert(join_names(&authors));
            }
            return &rest[at..];
        }
        if let Some(item) = line.trim_start().strip_prefix("- ").filter(|_| in_authors) {
            authors.push(unquote(item.trim().trim_start_matches("name:")).to_owned());
            continue;
        }
        let Some((key, value)) = line.split_once([':', '=']).filter(|(k, _)| !k.starts_with([' ', '\t'])) else { continue };
        let (key, value) = (key.trim(), value.trim());
        let field = roles::field(key);
        in_authors = field == Some(Field::Byline) && value.is_empty();
        let Some(field) = field else { continue };
        if field == Field::Byline
            && let Some(list) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']'))
        {
            authors.extend(list.split(',').map(|n| unquote(n).to_owned()));
        } else if !unquote(value).is_empty() {
            found.push((field, unquote(value)));
        }
    }
    input
}

fn unquote(value: &str) -> &str {
    let value = value.trim();
    for mark in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark)) {
            return inner;
        }
    }
    value
}

/// "A", "A and B", "A, B and C".
pub(super) fn join_names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[derive(Default)]
struct Builder {
    text: String,
    units: Vec<Unit>,
    kind: Option<BlockKind>,
    start: usize,
    headings: usize,
    /// Bytes of the open block that stand in emphasis, and where emphasis started.
    emphasised: usize,
    emphasis_start: Option<usize>,
    /// The block around an image.
    around: Option<BlockKind>,
}

impl Builder {
    fn first_heading(&mut self) -> bool {
        self.headings += 1;
        self.headings == 1
    }

    fn open(&mut self, kind: BlockKind) {
        self.close();
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.kind = Some(kind);
        self.start = self.text.len();
        self.emphasised = 0;
        self.emphasis_start = None;
    }

    fn open_caption(&mut self) {
        self.around = self.kind;
        self.open(BlockKind::Caption);
    }

    fn close_caption(&mut self) {
        self.close();
        if let Some(kind) = self.around.take() {
            self.open(kind);
        }
    }

    /// Cells of a row stand on one line.
    fn cell(&mut self) {
        if self.text.len() > self.start {
            self.text.push_str(" | ");
        }
    }

    /// The words of markup: those of a figure are its caption.
    fn html(&mut self, markup: &str) {
        let lower = markup.to_ascii_lowercase();
        if ["<script", "<style", "<iframe", "<nav", "<form"].iter().any(|tag| lower.contains(tag)) {
            return;
        }
        let caption = lower.contains("<fig") || lower.contains("<img");
        self.open(if caption { BlockKind::Caption } else { BlockKind::Paragraph });
        let words = super::html::clean(markup);
        self.push(super::structure::one_line(&words).as_str());
        self.close();
    }

    fn push(&mut self, words: &str) {
        if self.kind.is_none() {
            self.open(BlockKind::Paragraph);
        }
        self.text.push_str(words);
    }

    fn emphasis(&mut self, on: bool) {
        if on {
            self.emphasis_start.get_or_insert(self.text.len());
        } else if let Some(start) = self.emphasis_start.take() {
            self.emphasised += self.text.len().saturating_sub(start);
        }
    }

    fn close(&mut self) {
        let Some(kind) = self.kind.take() else { return };
        let words = &self.text[self.start..];
        let trimmed = words.trim();
        if trimmed.is_empty() {
            self.text.truncate(self.start);
            let end = self.text.trim_end().len();
            self.text.truncate(end);
            return;
        }
        let lead = words.len() - words.trim_start().len();
        let range = TextRange::new(self.start + lead, self.start + lead + trimmed.len());
        // A paragraph all in italics right under the headline is the standfirst; others are judged by their words.
        let whole = self.emphasised >= trimmed.len();
        let under = self.units.last().is_some_and(|u| u.kind == Some(BlockKind::Headline));
        let kind = match kind {
            BlockKind::Paragraph if whole && under && Moment::parse(trimmed).is_none() && roles::byline(trimmed).is_none() => {
                Some(BlockKind::Standfirst)
            }
            BlockKind::Paragraph => None,
            other => Some(other),
        };
        self.units.push(Unit { range, kind, group: self.units.len() as u32 });
    }

    fn finish(mut self, meta: &mut Metadata) -> (String, Vec<Block>) {
        self.close();
        let blocks = structure::assign(&self.text, &self.units, meta);
        (self.text, blocks)
    }
}
