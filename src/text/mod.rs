//! A [`Source`] in, a [`Document`] out: sentences and tokens inside the source's blocks.
//!
//! Numbers with their signs, marks and letters (`$35,000,000`, `1.5m`, `24-year-old`), names with
//! hyphens or accents, and contractions are one token each. Ranges stay on the text as shown;
//! what comparing needs (lower case, NFC, plain apostrophes and hyphens, no soft hyphens) is kept
//! beside it in [`Document::folded`].

use crate::base::{SentenceIx, TextRange};
use crate::source::{Block, BlockKind, Source};

/// One version's text, cut into blocks, sentences and tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The text that all ranges count. The same as [`Source::text`].
    pub text: String,
    /// Blocks in text order.
    pub blocks: Vec<Block>,
    /// Sentences in text order; none crosses a block.
    pub sentences: Vec<Sentence>,
    /// Tokens in text order; each lies in one sentence.
    pub tokens: Vec<Token>,
    /// BCP 47 language tag; "en" where unsure.
    pub language: String,
    /// The folded forms of all tokens, end to end; see [`Document::folded`].
    pub folded_text: String,
}

/// A sentence, or a headline, byline, caption… that is none but stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without surrounding white space.
    pub range: TextRange,
    /// Index into [`Document::blocks`].
    pub block: u32,
    /// First token, index into [`Document::tokens`].
    pub first_token: u32,
    /// One past the last token.
    pub end_token: u32,
}

/// The smallest unit that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub range: TextRange,
    /// What it is made of.
    pub kind: TokenKind,
    /// Where its folded form stands in [`Document::folded_text`].
    pub folded: TextRange,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and hyphens.
    Word,
    /// Starts with a digit or a sign before a digit: `35,000`, `$1.5m`, `24-year-old`, `7pm`, `3rd`.
    Number,
    /// A quotation mark. Apostrophes inside words are not.
    Quote,
    /// Any other punctuation or symbol, one character each (`...` and `--` are one).
    Punct,
}

impl Document {
    /// The token as it is written.
    pub fn word(&self, token: usize) -> &str {
        self.tokens[token].range.of(&self.text)
    }

    /// The token as it is compared: lower case, NFC, `’` as `'`, all hyphens as `-`, soft hyphens dropped.
    pub fn folded(&self, token: usize) -> &str {
        self.tokens[token].folded.of(&self.folded_text)
    }

    /// The sentence as it is written.
    pub fn sentence_text(&self, sentence: SentenceIx) -> &str {
        self.sentences[sentence.ix()].range.of(&self.text)
    }

    /// The token indices of a sentence.
    pub fn sentence_tokens(&self, sentence: SentenceIx) -> std::ops::Range<usize> {
        let s = &self.sentences[sentence.ix()];
        s.first_token as usize..s.end_token as usize
    }

    /// The kind of block a sentence stands in.
    pub fn block_kind(&self, sentence: SentenceIx) -> BlockKind {
        self.blocks[self.sentences[sentence.ix()].block as usize].kind
    }

    /// The sentence that holds the byte at `offset`, or the last one before it.
    pub fn sentence_at(&self, offset: u32) -> Option<SentenceIx> {
        let after = self.sentences.partition_point(|s| s.range.start <= offset);
        after.checked_sub(1).map(SentenceIx::from)
    }

    /// The first token that ends after `offset`; may be one past the last.
    pub fn token_at(&self, offset: u32) -> usize {
        self.tokens.partition_point(|t| t.range.end <= offset)
    }

    /// The token indices that overlap a range.
    pub fn tokens_in(&self, range: TextRange) -> std::ops::Range<usize> {
        let first = self.token_at(range.start);
        let end = self.tokens.partition_point(|t| t.range.start < range.end);
        first..end.max(first)
    }
}

/// Cuts a source into sentences and tokens. Total: any source yields a document.
pub fn document(source: &Source) -> Document {
    use unicode_segmentation::UnicodeSegmentation;
    let mut doc = Document { text: source.text.clone(), blocks: source.blocks.clone(), language: "en".into(), ..Document::default() };
    for (b, block) in source.blocks.iter().enumerate() {
        let text = block.range.of(&source.text);
        for (at, sentence) in text.split_sentence_bound_indices() {
            let trimmed = sentence.trim();
            if trimmed.is_empty() {
                continue;
            }
            let start = block.range.start as usize + at + (sentence.len() - sentence.trim_start().len());
            let first_token = doc.tokens.len() as u32;
            for (t, word) in trimmed.split_word_bound_indices() {
                if word.trim().is_empty() {
                    continue;
                }
                let first = word.chars().next().unwrap_or(' ');
                let kind = match first {
                    c if c.is_numeric() => TokenKind::Number,
                    c if c.is_alphabetic() => TokenKind::Word,
                    '"' | '“' | '”' | '«' | '»' => TokenKind::Quote,
                    _ => TokenKind::Punct,
                };
                let folded_start = doc.folded_text.len();
                doc.folded_text.push_str(&word.to_lowercase());
                doc.tokens.push(Token {
                    range: TextRange::new(start + t, start + t + word.len()),
                    kind,
                    folded: TextRange::new(folded_start, doc.folded_text.len()),
                });
            }
            doc.sentences.push(Sentence {
                range: TextRange::new(start, start + trimmed.len()),
                block: b as u32,
                first_token,
                end_token: doc.tokens.len() as u32,
            });
        }
    }
    doc
}
