//! What stands beside an article: calls to subscribe, links to other stories, rights, words under pictures. Words are tables in
//! `assets/lang/`.

use super::{Block, BlockKind};
use crate::base::{TextRange, table_lines};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// Longer blocks are no boilerplate, whatever phrase they hold.
const MAX_BOILERPLATE_CHARS: usize = 300;

struct Phrases {
    whole: Vec<&'static str>,
    /// How the block starts, and what it also holds.
    pair: Vec<(&'static str, &'static str)>,
    tail: Vec<&'static str>,
    start: AhoCorasick,
    inside: AhoCorasick,
}

static BOILERPLATE: LazyLock<Phrases> = LazyLock::new(|| {
    let of = |kind: &str| -> Vec<&'static str> {
        [
            include_str!("../../assets/lang/en/boilerplate.txt"),
            include_str!("../../assets/lang/de/boilerplate.txt"),
            include_str!("../../assets/lang/es/boilerplate.txt"),
            include_str!("../../assets/lang/fr/boilerplate.txt"),
            include_str!("../../assets/lang/it/boilerplate.txt"),
            include_str!("../../assets/lang/pt/boilerplate.txt"),
            include_str!("../../assets/lang/ru/boilerplate.txt"),
        ]
        .into_iter()
        .flat_map(str::lines)
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .filter(|(k, _)| *k == kind)
        .map(|(_, phrase)| phrase)
        .collect()
    };
    // Blocks are short: to build a faster automaton would take longer than it saves.
    let kind = Some(AhoCorasickKind::ContiguousNFA);
    let automaton = |phrases: Vec<&str>| AhoCorasickBuilder::new().kind(kind).match_kind(MatchKind::LeftmostLongest).build(phrases);
    let empty = || AhoCorasick::new([""; 0]).expect("an empty automaton builds");
    Phrases {
        pair: of("pair").into_iter().filter_map(|p| p.split_once('|')).collect(),
        whole: of("whole"),
        tail: of("tail"),
        start: automaton(of("start")).unwrap_or_else(|_| empty()),
        inside: automaton(of("inside")).unwrap_or_else(|_| empty()),
    }
});

/// Whether a block is a call to subscribe, a link to other stories, rights and the like.
pub(super) fn is_boilerplate(text: &str) -> bool {
    is_boilerplate_up_to(text, 160)
}

/// The same, where a phrase at the start counts in blocks of at most so many characters: a phrase could also open
/// a sentence of the article.
pub(super) fn is_boilerplate_up_to(text: &str, max_chars: usize) -> bool {
    if text.len() > MAX_BOILERPLATE_CHARS * 4 || text.chars().count() > MAX_BOILERPLATE_CHARS {
        return false;
    }
    let lower = text.to_lowercase();
    let bare = bare(&lower);
    if bare.is_empty() {
        return text.chars().all(|c| !c.is_alphanumeric());
    }
    // An address or a handle alone.
    if !bare.contains(char::is_whitespace) && (text.contains('@') || bare.contains(".com") || bare.contains("://")) {
        return true;
    }
    if BOILERPLATE.whole.contains(&bare) {
        return true;
    }
    let opening = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    for opening in [opening, opening.trim_start_matches('(')] {
        if let Some(found) = BOILERPLATE.start.find(opening).filter(|m| m.start() == 0) {
            // "Share this" but not "Share thistles"; a phrase that ends in a sign needs nothing after it.
            let ends_word =
                !opening[..found.end()].ends_with(char::is_alphanumeric) || !opening[found.end()..].starts_with(char::is_alphanumeric);
            if ends_word && lower.chars().count() <= max_chars {
                return true;
            }
        }
    }
    let pair = |(start, inside): &(&str, &str)| opening.strip_prefix(start).is_some_and(|rest| rest.contains(inside));
    if lower.chars().count() <= 160 && BOILERPLATE.pair.iter().any(pair) {
        return true;
    }
    BOILERPLATE.inside.is_match(&lower) && lower.chars().count() <= 250
}

/// Whether a block is a heading after which only links and calls follow.
pub(super) fn opens_tail(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let lower = text.to_lowercase();
    let bare = bare(&lower);
    BOILERPLATE.tail.iter().any(|t| *t == bare || (t.ends_with("from") && bare.starts_with(t)))
}

fn bare(lower: &str) -> &str {
    lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '…')
}

/// Whether a block is words under a picture: it starts or ends with a credit.
pub(super) fn is_caption(text: &str) -> bool {
    static CREDITS: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/credits.txt")).filter_map(|l| l.split_once('\t')).collect());
    // Most blocks hold no such phrase at all.
    static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let kind = Some(AhoCorasickKind::ContiguousNFA);
        AhoCorasickBuilder::new().kind(kind).build(CREDITS.iter().map(|credit| credit.1)).ok()
    });
    if text.len() > 600 || ANY.as_ref().is_some_and(|any| !any.is_match(text)) {
        return false;
    }
    let text = text.trim();
    CREDITS.iter().any(|(kind, phrase)| match *kind {
        "start" => text.starts_with(phrase),
        "end" => last_place(text, phrase).is_some_and(|at| {
            let after = &text[at + phrase.len()..];
            // What follows a credit is a name or two, no clause.
            let before_ok = at == 0 || !text[..at].ends_with(char::is_alphanumeric) || phrase.starts_with('/');
            before_ok
                && after.len() <= AFTER_CREDIT
                && words(after) <= 6
                && after.split_whitespace().all(|w| {
                    !w.starts_with(char::is_lowercase)
                        || matches!(w, "for" | "via" | "the" | "and" | "of" | "de" | "von" | "van" | "photographer")
                })
        }),
        _ => text.strip_suffix(phrase).is_some_and(|before| {
            let words_before = before.trim_end();
            // A few words make no sentence, so they need a sign that ends them.
            let ended = words_before.ends_with(['.', '…', '|', '/', '–', '—', '-', ')', '©']);
            before.is_empty()
                || before.ends_with(char::is_whitespace)
                    && (words(before) >= 4 || ended)
                    && !ends_with_preposition(before)
                    && !words_before.ends_with(',')
        }),
    })
}

/// Most bytes after a credit: a name or two.
const AFTER_CREDIT: usize = 60;

/// The last place of a credit that may stand at the end of a text.
fn last_place(text: &str, phrase: &str) -> Option<usize> {
    let from = text.floor_char_boundary(text.len().saturating_sub(phrase.len() + AFTER_CREDIT));
    text[from..].rfind(phrase).map(|at| from + at)
}

/// "posted it on Twitter", "according to Reuters" are no credits.
fn ends_with_preposition(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or("");
    matches!(
        last,
        "on" | "to"
            | "with"
            | "by"
            | "for"
            | "of"
            | "from"
            | "in"
            | "via"
            | "and"
            | "or"
            | "at"
            | "the"
            | "told"
            | "a"
            | "an"
            | "use"
            | "using"
    )
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count()
}

/// Where a call or a link stands at the end of a paragraph of the article, as its last sentences: "… papers show. Sign up to our
/// newsletter." What stands before it belongs to the article all the same.
pub(super) fn call_at_end(text: &str) -> Option<usize> {
    const SENTENCES: usize = 2;
    const MIN_WORDS_BEFORE: usize = 10;
    let ends = |i: usize| text[..i].ends_with(['.', '!', '?', '”', '"', '’', ')']);
    let starts = text.char_indices().rev().filter(|&(i, c)| c.is_uppercase() && text[..i].ends_with(char::is_whitespace));
    let starts = starts.filter(|&(i, _)| ends(text[..i].trim_end().len()));
    starts
        .take(SENTENCES)
        .map(|(i, _)| i)
        .filter(|&i| {
            let (before, call) = text.split_at(i);
            is_boilerplate(call) && words(before) >= MIN_WORDS_BEFORE && !is_boilerplate(before.trim_end())
        })
        .last()
}

/// Blocks in which calls at the end of paragraphs stand apart.
pub(super) fn part_calls(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let words = block.range.of(text);
        match Some(block.kind).filter(|k| *k == BlockKind::Paragraph).and_then(|_| call_at_end(words)) {
            None => out.push(block),
            Some(at) => {
                let start = block.range.start as usize;
                let end = start + words[..at].trim_end().len();
                out.push(Block { kind: BlockKind::Paragraph, range: TextRange::new(start, end) });
                out.push(Block { kind: BlockKind::Boilerplate, range: TextRange::new(start + at, block.range.end as usize) });
            }
        }
    }
    out
}
