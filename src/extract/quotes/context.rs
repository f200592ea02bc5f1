//! What the rules of this stage know about each token, made once for a document.

use super::lexicon::{CueWord, ENGLISH, Entry, Lexicon, Tags};
use super::marks::Marked;
use crate::base::{SentenceIx, TextRange};
use crate::source::BlockKind;
use crate::text::{Document, TokenKind};
use std::ops::Range;

const LONGEST_SENTENCE_TOKENS: u32 = 200;

/// A document with its tokens' tags and its marked stretches.
pub struct Context<'a> {
    pub doc: &'a Document,
    pub lexicon: &'static Lexicon,
    pub marked: &'a [Marked],
    /// The paragraphs that marks were read in.
    pub paragraphs: &'a [TextRange],
    /// Sentences by their tokens and their index in the document. What is longer than any sentence that
    /// people write is cut, so that every rule looks at a bounded number of tokens.
    stretches: Vec<(u32, u32, SentenceIx)>,
    entries: Vec<Entry>,
    /// By token: one more than the index of the marked stretch it lies in; 0 outside of all.
    inside: Vec<u32>,
}

impl<'a> Context<'a> {
    /// Tags all tokens: one look-up a token.
    pub fn new(doc: &'a Document, paragraphs: &'a [TextRange], marked: &'a [Marked]) -> Self {
        let lexicon: &'static Lexicon = &ENGLISH;
        let mut entries = Vec::with_capacity(doc.tokens.len());
        for sentence in &doc.sentences {
            // Tokens outside of sentences keep the default; there should be none.
            entries.resize(sentence.first_token as usize, Entry::default());
            let kind = doc.blocks.get(sentence.block as usize).map_or(BlockKind::Paragraph, |b| b.kind);
            let mut opening = true;
            for t in sentence.first_token as usize..sentence.end_token as usize {
                let entry = tag(doc, lexicon, t, opening, kind);
                if entry.tags.any(Tags::WORD.with(Tags::NUMBER)) {
                    opening = false;
                } else if entry.tags.any(Tags::COLON.with(Tags::MARK)) {
                    opening = true;
                }
                entries.push(entry);
            }
        }
        entries.resize(doc.tokens.len(), Entry::default());
        let mut inside = vec![0; doc.tokens.len()];
        for (m, marked) in marked.iter().enumerate() {
            let tokens = doc.tokens_in(marked.outer);
            if let Some(slice) = inside.get_mut(tokens) {
                slice.fill(m as u32 + 1);
            }
        }
        let mut stretches = Vec::with_capacity(doc.sentences.len());
        for (i, sentence) in doc.sentences.iter().enumerate() {
            let mut first = sentence.first_token;
            while first < sentence.end_token {
                let end = sentence.end_token.min(first + LONGEST_SENTENCE_TOKENS);
                stretches.push((first, end, SentenceIx::from(i)));
                first = end;
            }
        }
        Self { doc, lexicon, marked, paragraphs, stretches, entries, inside }
    }

    /// The tags of a token; none past the end.
    pub fn tags(&self, token: usize) -> Tags {
        self.entries.get(token).map(|e| e.tags).unwrap_or_default()
    }

    /// Whether a token has any of these tags.
    pub fn is(&self, token: usize, tags: Tags) -> bool {
        self.tags(token).any(tags)
    }

    /// The cue that a token may be.
    pub fn cue(&self, token: usize) -> Option<(u16, &'static CueWord)> {
        let id = self.entries.get(token)?.cue;
        self.lexicon.cue(id).map(|c| (id, c))
    }

    /// The noun of speech that a token may be.
    pub fn cue_noun(&self, token: usize) -> Option<&'static CueWord> {
        self.lexicon.cue(self.entries.get(token)?.noun)
    }

    /// The adjective of thought that a token may be.
    pub fn cue_adjective(&self, token: usize) -> Option<&'static CueWord> {
        self.lexicon.cue(self.entries.get(token)?.adjective)
    }

    /// The folded form of a token; empty past the end.
    pub fn folded(&self, token: usize) -> &str {
        self.doc.tokens.get(token).map_or("", |t| t.folded.of(&self.doc.folded_text))
    }

    /// The marked stretch a token lies in, marks included.
    pub fn inside(&self, token: usize) -> Option<usize> {
        self.inside.get(token).and_then(|m| (*m as usize).checked_sub(1))
    }

    /// From the start of one token to the end of another.
    pub fn range(&self, first: usize, last: usize) -> TextRange {
        match (self.doc.tokens.get(first), self.doc.tokens.get(last)) {
            (Some(a), Some(b)) if a.range.start <= b.range.end => TextRange { start: a.range.start, end: b.range.end },
            _ => TextRange::default(),
        }
    }

    /// Number of sentences, as this stage counts them.
    pub fn sentences(&self) -> usize {
        self.stretches.len()
    }

    /// The sentence that holds a token, as this stage counts them.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.stretches.partition_point(|s| s.0 as usize <= token).saturating_sub(1)
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: usize) -> Range<usize> {
        self.stretches.get(sentence).map_or(0..0, |s| s.0 as usize..s.1 as usize)
    }

    /// The kind of block that a sentence stands in.
    pub fn kind_of(&self, sentence: usize) -> BlockKind {
        self.stretches.get(sentence).map_or(BlockKind::Paragraph, |s| self.doc.block_kind(s.2))
    }

    /// Where a sentence starts in the text.
    pub fn start_of(&self, sentence: usize) -> u32 {
        self.doc.tokens.get(self.tokens_of(sentence).start).map_or(0, |t| t.range.start)
    }

    /// Whether two tokens touch without white space between them.
    pub fn touch(&self, token: usize) -> bool {
        match (self.doc.tokens.get(token), self.doc.tokens.get(token + 1)) {
            (Some(a), Some(b)) => a.range.end == b.range.start,
            _ => false,
        }
    }
}

fn tag(doc: &Document, lexicon: &Lexicon, t: usize, opening: bool, kind: BlockKind) -> Entry {
    let token = &doc.tokens[t];
    let folded = doc.folded(t);
    match token.kind {
        TokenKind::Number => Entry { tags: Tags::NUMBER, ..Entry::default() },
        TokenKind::Quote => Entry { tags: Tags::MARK, ..Entry::default() },
        TokenKind::Punct => {
            let owns = lexicon.get(folded).tags.any(Tags::POSSESSIVE)
                && t > 0
                && doc.tokens[t - 1].range.end == token.range.start
                && doc.tokens[t - 1].kind == TokenKind::Word;
            let tags = match folded {
                _ if owns => Tags::POSSESSIVE.with(Tags::WORD),
                "," | "、" => Tags::COMMA,
                "." | "!" | "?" | "…" | "..." | "。" => Tags::STOP,
                ":" => Tags::COLON,
                ";" => Tags::SEMICOLON,
                "-" | "–" | "—" | "--" | "―" => Tags::DASH,
                "(" | "[" => Tags::OPENING,
                ")" | "]" => Tags::CLOSING,
                "'" | "‘" | "’" | "\"" | "“" | "”" => Tags::MARK,
                _ => Tags::default(),
            };
            Entry { tags, ..Entry::default() }
        }
        TokenKind::Word => {
            let mut entry = lexicon.get(folded);
            if entry.tags == Tags::default()
                && let Some((stem, suffix)) = folded.rsplit_once('\'')
            {
                let stem = lexicon.get(stem);
                entry.tags = match suffix {
                    "s" if stem.tags.any(Tags::PRONOUN) => stem.tags.with(Tags::BE),
                    "s" => stem.tags.without(Tags::BASE.with(Tags::THIRD).with(Tags::PAST).with(Tags::GERUND)).with(Tags::POSSESSIVE),
                    "re" | "m" => stem.tags.with(Tags::BE),
                    "ve" | "d" => stem.tags.with(Tags::HAVE),
                    "ll" => stem.tags.with(Tags::MODAL),
                    _ => Tags::default(),
                };
            }
            let capital = doc.word(t).chars().next().is_some_and(char::is_uppercase);
            if capital {
                if !opening && !matches!(kind, BlockKind::Headline | BlockKind::Subheading) {
                    // A capital inside a sentence makes a name of most words ("May", "Will", "the Post").
                    let keep = entry.tags;
                    entry.cue = 0;
                    entry.noun = 0;
                    entry.adjective = 0;
                    entry.tags = Tags::default();
                    for tag in [
                        Tags::DETERMINER,
                        Tags::FREE,
                        Tags::WEEKDAY,
                        Tags::TITLE,
                        Tags::TITLE_HE,
                        Tags::TITLE_SHE,
                        Tags::ROLE,
                        Tags::COLLECTIVE,
                        Tags::TEXT,
                        Tags::POSSESSIVE,
                    ] {
                        if keep.any(tag) {
                            entry.tags = entry.tags.with(tag);
                        }
                    }
                    if folded == "i" || folded.starts_with("i'") {
                        entry.tags = keep;
                    }
                }
                entry.tags = entry.tags.with(Tags::CAPITAL);
            }
            if entry.tags.without(Tags::CAPITAL) == Tags::default() && folded.len() > 4 && folded.ends_with("ly") {
                entry.tags = entry.tags.with(Tags::ADVERB);
            }
            let closed = entry.tags.without(Tags::WIELD.with(Tags::TITLED));
            if !capital && closed == Tags::default() && folded.len() > 4 {
                if folded.ends_with("ed") {
                    entry.tags = entry.tags.with(Tags::PAST);
                } else if folded.ends_with("ing") {
                    entry.tags = entry.tags.with(Tags::GERUND);
                }
            }
            if entry.tags.any(Tags::VERB) && folded.ends_with("ing") {
                entry.tags = entry.tags.with(Tags::GERUND);
            }
            entry.tags = entry.tags.with(Tags::WORD);
            entry
        }
    }
}
