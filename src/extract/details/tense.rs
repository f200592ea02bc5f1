//! Whether a sentence speaks of what was or of what will be, near a place in it.
//!
//! The nearest cue decides, first to the left, then to the right: in "said on Friday it will", "said"
//! stands nearer to "Friday". A full parse would do better with long subordinate clauses and costs a
//! hundred times as much.

use super::lex::Lexed;
use super::lexicon::Role;

/// Time as grammar sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// A past form is nearest.
    Past,
    /// A future form is nearest.
    Future,
    /// Nothing says.
    Open,
}

/// How far a cue reaches, in atoms.
const REACH: usize = 14;

/// The tense around the atoms `start..end`.
pub(super) fn tense(lx: &Lexed, start: usize, end: usize) -> Tense {
    let sentence = lx.atom(start).sentence;
    for back in 1..=REACH {
        let Some(k) = start.checked_sub(back) else { break };
        if lx.atom(k).sentence != sentence {
            break;
        }
        if let Some(found) = cue(lx, k) {
            return found;
        }
    }
    for k in end..end + REACH {
        if lx.atom(k).sentence != sentence {
            break;
        }
        // What stands behind as "by" or "until" governs something else.
        if !lx.listed(k, "tense-governs")
            && let Some(found) = cue(lx, k)
        {
            return found;
        }
    }
    Tense::Open
}

fn cue(lx: &Lexed, k: usize) -> Option<Tense> {
    if !lx.is_word(k) {
        return None;
    }
    for role in lx.atom(k).roles {
        match role {
            // "May" as a month is written with a capital inside the sentence.
            Role::Future if !(lx.is(k, "may") && lx.capital(k)) => return Some(Tense::Future),
            Role::Past => return Some(Tense::Past),
            _ => {}
        }
    }
    let word = lx.word(k);
    if lx.is(k, "to") && lx.is_word(k + 1) && lx.before(k, 1) == "is" {
        return Some(Tense::Future);
    }
    (word.len() > 4 && word.ends_with("ed") && !lx.listed(k, "not-a-past")).then_some(Tense::Past)
}
