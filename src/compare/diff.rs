//! The word diff: what one version's sentences have that another's have not.
//!
//! Tokens without blanks and punctuation are aligned by Histogram diff of the `similar` crate, which
//! anchors on rare tokens; Myers was rejected, since on a reworded sentence it anchors on articles and
//! commas. No deadline is set, so the result never depends on the machine.
//!
//! Three steps then turn edits into what a person would mark:
//! 1. *Clauses that moved* are the longest runs of words that one side lost and the other gained; the
//!    words inside them are equal.
//! 2. *Stray anchors*: equal function words between two changes join the changes, since "\[in\] the \[town\]"
//!    is one phrase.
//! 3. A deletion beside an insertion is a replacement.

use super::context::is_function;
use crate::base::{SentenceIx, TextRange};
use crate::text::{Document, TokenKind};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// One step from the words of `a` to the words of `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The words in `a`, from the first to the last; `None` for [`ChangeKind::Insert`].
    pub a: Option<TextRange>,
    /// The words in `b`; `None` for [`ChangeKind::Delete`].
    pub b: Option<TextRange>,
}

/// The kinds of step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The same words.
    Equal,
    /// Words that only `b` has.
    Insert,
    /// Words that only `a` has.
    Delete,
    /// Words of `a` in whose place `b` has others.
    Replace,
    /// The same words at another place. Listed once, at their place in `a`.
    Moved,
}

/// The steps from sentences of one document to sentences of another, in the order of `a`; words that only
/// `b` has stand where `b` has them. Each word of either side lies in exactly one step, apart from words
/// between two parts of one range. Marks and case make no difference.
pub fn words(a: &Document, a_sentences: &[SentenceIx], b: &Document, b_sentences: &[SentenceIx]) -> Vec<Change> {
    let (a_tokens, b_tokens) = (tokens(a, a_sentences), tokens(b, b_sentences));
    let ops = steps(&folded(a, &a_tokens), &folded(b, &b_tokens));
    ops.into_iter().map(|s| Change { kind: s.kind, a: range(a, &a_tokens[s.a.clone()]), b: range(b, &b_tokens[s.b.clone()]) }).collect()
}

/// The same for two ranges of words, such as two quotes.
pub fn ranges(a: &Document, a_ranges: &[TextRange], b: &Document, b_ranges: &[TextRange]) -> Vec<Change> {
    let pick = |doc: &Document, ranges: &[TextRange]| -> Vec<usize> {
        ranges.iter().flat_map(|r| doc.tokens_in(*r)).filter(|&t| is_word(doc, t)).collect()
    };
    let (a_tokens, b_tokens) = (pick(a, a_ranges), pick(b, b_ranges));
    steps(&folded(a, &a_tokens), &folded(b, &b_tokens))
        .into_iter()
        .map(|s| Change { kind: s.kind, a: range(a, &a_tokens[s.a.clone()]), b: range(b, &b_tokens[s.b.clone()]) })
        .collect()
}

/// A step over word positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub kind: ChangeKind,
    pub a: std::ops::Range<usize>,
    pub b: std::ops::Range<usize>,
}

/// Shortest run of words that counts as moved rather than as coincidence.
const MOVED_WORDS: usize = 3;

/// Most words on a side for which moved clauses are looked for.
const MOVED_LIMIT: usize = 1500;

/// Aligns two rows of words.
pub(super) fn steps(a: &[&str], b: &[&str]) -> Vec<Step> {
    let mut steps = Vec::new();
    for op in capture_diff_slices(Algorithm::Histogram, a, b) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                steps.push(Step { kind: ChangeKind::Equal, a: old_index..old_index + len, b: new_index..new_index + len });
            }
            DiffOp::Delete { old_index, old_len, new_index } => {
                steps.push(Step { kind: ChangeKind::Delete, a: old_index..old_index + old_len, b: new_index..new_index });
            }
            DiffOp::Insert { old_index, new_index, new_len } => {
                steps.push(Step { kind: ChangeKind::Insert, a: old_index..old_index, b: new_index..new_index + new_len });
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                steps.push(Step { kind: ChangeKind::Replace, a: old_index..old_index + old_len, b: new_index..new_index + new_len });
            }
        }
    }
    // The search for moves compares all lost words with all gained ones: only for texts of a passage's size.
    let moves = if a.len().max(b.len()) <= MOVED_LIMIT { find_moves(a, b, &steps) } else { Vec::new() };
    let joined = join_strays(a, &steps);
    let mut out = cut_moves(joined, &moves);
    out.retain(|s| !(s.a.is_empty() && s.b.is_empty()));
    out
}

/// Runs that one change lost and another gained: (start in a, start in b, length), longest first, not
/// overlapping.
fn find_moves(a: &[&str], b: &[&str], steps: &[Step]) -> Vec<(usize, usize, usize)> {
    let changed = |s: &&Step| s.kind != ChangeKind::Equal;
    let lost: Vec<&Step> = steps.iter().filter(changed).filter(|s| s.a.len() >= MOVED_WORDS).collect();
    let gained: Vec<&Step> = steps.iter().filter(changed).filter(|s| s.b.len() >= MOVED_WORDS).collect();
    let mut runs = Vec::new();
    for from in &lost {
        for to in &gained {
            for i in from.a.clone() {
                for j in to.b.clone() {
                    // Only the first word of a run starts one.
                    if a[i] != b[j] || (i > from.a.start && j > to.b.start && a[i - 1] == b[j - 1]) {
                        continue;
                    }
                    let len = (0..).take_while(|k| i + k < from.a.end && j + k < to.b.end && a[i + k] == b[j + k]).count();
                    let content = a[i..i + len].iter().filter(|w| !is_function(w)).count();
                    if len >= MOVED_WORDS && content >= 2 {
                        runs.push((i, j, len));
                    }
                }
            }
        }
    }
    runs.sort_by_key(|&(i, j, len)| (std::cmp::Reverse(len), i, j));
    let mut kept: Vec<(usize, usize, usize)> = Vec::new();
    for (i, j, len) in runs {
        if kept.iter().all(|&(k, l, n)| (i + len <= k || k + n <= i) && (j + len <= l || l + n <= j)) {
            kept.push((i, j, len));
        }
    }
    kept.sort_unstable();
    kept
}

/// Joins changes that only function words divide.
fn join_strays(a: &[&str], steps: &[Step]) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        let stray = step.kind == ChangeKind::Equal
            && step.a.len() <= 2
            && n > 0
            && n + 1 < steps.len()
            && a[step.a.clone()].iter().all(|w| is_function(w))
            // Between two phrases of some length one shared word is chance; beside single words it holds the frame.
            && (replaced(&steps[n - 1]) && replaced(&steps[n + 1]))
            && (steps[n - 1].a.len().max(steps[n - 1].b.len()) > 1 || steps[n + 1].a.len().max(steps[n + 1].b.len()) > 1);
        let change = stray || step.kind != ChangeKind::Equal;
        match out.last_mut() {
            Some(last) if change && last.kind != ChangeKind::Equal => {
                last.a.end = step.a.end;
                last.b.end = step.b.end;
                last.kind = kind_of(last);
            }
            _ => out.push(Step { kind: if change { kind_of(step) } else { ChangeKind::Equal }, ..step.clone() }),
        }
    }
    out
}

fn replaced(step: &Step) -> bool {
    !step.a.is_empty() && !step.b.is_empty()
}

fn kind_of(step: &Step) -> ChangeKind {
    match (step.a.is_empty(), step.b.is_empty()) {
        (false, true) => ChangeKind::Delete,
        (true, false) => ChangeKind::Insert,
        _ => ChangeKind::Replace,
    }
}

/// Cuts moved runs out of the changes that hold them.
fn cut_moves(steps: Vec<Step>, moves: &[(usize, usize, usize)]) -> Vec<Step> {
    if moves.is_empty() {
        return steps;
    }
    let mut out = Vec::new();
    for step in steps {
        if step.kind == ChangeKind::Equal {
            out.push(step);
            continue;
        }
        let out_of_a: Vec<_> = moves.iter().filter(|m| step.a.contains(&m.0)).collect();
        let mut into_b: Vec<_> = moves.iter().filter(|m| step.b.contains(&m.1)).collect();
        if out_of_a.is_empty() && into_b.is_empty() {
            out.push(step);
            continue;
        }
        into_b.sort_by_key(|m| m.1);
        // What remains of each side, in pieces; only the first pieces face each other.
        let mut a_pieces = Vec::new();
        let mut at = step.a.start;
        for m in &out_of_a {
            a_pieces.push((at..m.0, Some(**m)));
            at = m.0 + m.2;
        }
        a_pieces.push((at..step.a.end, None));
        let mut b_pieces = Vec::new();
        let mut at = step.b.start;
        for m in &into_b {
            b_pieces.push(at..m.1);
            at = m.1 + m.2;
        }
        b_pieces.push(at..step.b.end);
        b_pieces.retain(|p| !p.is_empty());
        let mut b_pieces = b_pieces.into_iter();
        for (piece, moved) in a_pieces {
            if !piece.is_empty() {
                let b = b_pieces.next().unwrap_or(step.b.end..step.b.end);
                let s = Step { kind: ChangeKind::Replace, a: piece.clone(), b };
                out.push(Step { kind: kind_of(&s), ..s });
            }
            if let Some((i, j, len)) = moved {
                out.push(Step { kind: ChangeKind::Moved, a: i..i + len, b: j..j + len });
            }
        }
        for b in b_pieces {
            out.push(Step { kind: ChangeKind::Insert, a: step.a.end..step.a.end, b });
        }
    }
    out
}

fn is_word(doc: &Document, token: usize) -> bool {
    matches!(doc.tokens[token].kind, TokenKind::Word | TokenKind::Number)
}

fn tokens(doc: &Document, sentences: &[SentenceIx]) -> Vec<usize> {
    sentences.iter().filter(|s| s.ix() < doc.sentences.len()).flat_map(|&s| doc.sentence_tokens(s)).filter(|&t| is_word(doc, t)).collect()
}

fn folded<'a>(doc: &'a Document, tokens: &[usize]) -> Vec<&'a str> {
    tokens.iter().map(|&t| doc.folded(t)).collect()
}

fn range(doc: &Document, tokens: &[usize]) -> Option<TextRange> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    Some(doc.tokens[*first].range.cover(doc.tokens[*last].range))
}
