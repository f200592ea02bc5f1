//! A [`Source`] in, a [`Document`] out: sentences and tokens inside the source's blocks.
//!
//! Numbers with their signs, marks and letters (`$35,000,000`, `1.5m`, `24-year-old`), names with
//! hyphens or accents, abbreviations and contractions are one token each. Ranges stay on the text as
//! shown; what comparing needs (lower case, NFC, plain apostrophes and hyphens, no soft hyphens) is
//! kept beside it in [`Document::folded`].
//!
//! The rules of tokens, for those who match words against them:
//!
//! | written | tokens |
//! |---|---|
//! | `Kim's`, `Kim’s` | `Kim` `'s`: the possessive is a [`TokenKind::Word`] of its own, folded to `'s` |
//! | `residents'` | `residents` `'` |
//! | `don't` `it's` `they’ve` `O'Brien` | one word each |
//! | `Jeong-hyok` `anti-defection` `COVID-19` `U.S.-led` `AT&T` | one word each |
//! | `U.S.` `p.m.` `Gov.` `Jan.` `J.` | one word each, the full stop inside, even where it also ends the sentence |
//! | `$35,000,000` `1.5m` `24-year-old` `9:30` `7pm` `2019-20` `-5` `'90s` `#1` `US$30` | one number each |
//! | `60%` `25°C` | `60` `%`; `25` `°` `C` |
//! | `example.com` `a@b.org` `https://…` `@name` `#tag` | one word each |
//!
//! [`folded`](Document::folded) keeps full stops inside abbreviations (`u.s.`, `p.m.`) and drops a lone last one
//! (`gov`, `jan`, `j`); it turns `’` into `'`, all hyphens, dashes and minus signs into `-`, double marks
//! into `"`, single marks into `'`, `…` into `...`.

pub mod language;
mod sentences;
mod tokens;
mod writing;

pub(crate) use tokens::{is_hebrew, is_ideograph};
use writing::has_writing;
pub(crate) use writing::{Writing, writing};

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
    /// Letters, with inner apostrophes, hyphens, full stops and digits; also the possessive `'s`.
    Word,
    /// Starts with a digit or a sign before a digit: `35,000`, `$1.5m`, `24-year-old`, `7pm`, `3rd`, `US$30`.
    Number,
    /// A quotation mark, double or single. An apostrophe is not: inside a word it is part of the word, after
    /// one (`residents'`) it is a [`TokenKind::Punct`].
    Quote,
    /// Any other punctuation or symbol, one character each (`...` and `--` are one).
    Punct,
}

impl Document {
    /// The token as it is written.
    pub fn word(&self, token: usize) -> &str {
        self.tokens[token].range.of(&self.text)
    }

    /// The token as it is compared: lower case, NFC, plain apostrophes and hyphens; see the table of this module.
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
    let mut doc = Document {
        text: source.text.clone(),
        blocks: source.blocks.clone(),
        language: language::of(source),
        // An English word with its blank takes about six bytes, a sentence about 130.
        tokens: Vec::with_capacity(source.text.len() / 5),
        sentences: Vec::with_capacity(source.text.len() / 100),
        folded_text: String::with_capacity(source.text.len()),
    };
    let writing = writing(&doc.language);
    for (b, block) in source.blocks.iter().enumerate() {
        let first = doc.tokens.len();
        tokens::scan(&source.text, block.range, writing, &mut doc.tokens, &mut doc.folded_text);
        sentences::cut(&source.text, &doc.tokens, first, (b as u32, block.kind), writing, &mut doc.sentences);
    }
    doc
}
