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

/// How near to a date a verb of speaking tells of the day of speaking: "said on Friday".
const SPOKEN: usize = 3;

/// The tense around the atoms `start..end`.
pub(super) fn tense(lx: &Lexed, start: usize, end: usize) -> Tense {
    let sentence = lx.atom(start).sentence;
    // "By 30 May" ends what is still to be done wherever a verb stands in the infinitive: "agreed to pay by 30 May".
    let limit = start > 0 && lx.listed(start - 1, "tense-governs") && !lx.is_any(start - 1, &["after", "since", "following"]);
    let until = start > 0 && lx.is_any(start - 1, &["until", "till"]);
    for back in 1..=REACH {
        let Some(k) = start.checked_sub(back) else { break };
        if lx.atom(k).sentence != sentence {
            break;
        }
        if limit && (is_open_infinitive(lx, k) || back == 2 && lx.is_any(k, &["has", "have"])) {
            return Tense::Future;
        }
        if back > SPOKEN && lx.listed(k, "tense-say") {
            continue;
        }
        if let Some(found) = cue(lx, k) {
            // "Was closed until 30 May" tells when it began, not when it ends.
            let lasts = found == Tense::Past && until;
            return if lasts { Tense::Open } else { found };
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
    // "Schools stay closed until Friday"
    if until && lx.atom(start - 1).sentence == sentence { Tense::Future } else { Tense::Open }
}

fn cue(lx: &Lexed, k: usize) -> Option<Tense> {
    if !lx.is_word(k) {
        return None;
    }
    if lx.is(k, "to") && lx.is_word(k + 1) && lx.is_any(k.wrapping_sub(1), &["is", "are"]) {
        return Some(Tense::Future);
    }
    let past = |k| if is_to_come(lx, k) { Tense::Future } else { Tense::Past };
    for role in lx.atom(k).roles {
        match role {
            // "May" as a month is written with a capital inside the sentence.
            Role::Future if !(lx.is(k, "may") && lx.capital(k)) => return Some(Tense::Future),
            Role::Past => return Some(past(k)),
            _ => {}
        }
    }
    let word = lx.word(k);
    // "Stay closed", "remain suspended": a state that lasts.
    let lasts = k.checked_sub(1).is_some_and(|before| lx.listed(before, "tense-lasts"));
    (word.len() > 4 && word.ends_with("ed") && !lasts && !lx.listed(k, "not-a-past")).then(|| past(k))
}

/// Whether a participle belongs to a modal or an infinitive: "to be finished", "should be held", "will have been spent".
fn is_to_come(lx: &Lexed, participle: usize) -> bool {
    let mut k = participle;
    let mut done = false;
    for _ in 0..4 {
        let Some(before) = k.checked_sub(1).filter(|b| lx.atom(*b).sentence == lx.atom(participle).sentence) else { return false };
        let adverb = lx.is_word(before) && lx.word(before).len() > 4 && lx.word(before).ends_with("ly");
        if !lx.listed(before, "tense-chain") && !adverb {
            break;
        }
        done |= lx.is_any(before, &["been", "being"]);
        k = before;
    }
    let Some(head) = k.checked_sub(1).filter(|_| k < participle) else { return false };
    // "Is said to have been finished" tells of what was.
    let modal = lx.atom(head).roles.iter().any(|r| matches!(r, Role::Future)) && !(lx.is(head, "may") && lx.capital(head));
    modal || lx.is(head, "to") && lx.is(k, "be") && !done
}

/// "To" before a verb, unless the verb before it says that it was done.
fn is_open_infinitive(lx: &Lexed, k: usize) -> bool {
    lx.is(k, "to")
        && lx.is_word(k + 1)
        && !lx.capital(k + 1)
        && !lx.listed(k + 1, "tense-no-verb")
        && !k.checked_sub(1).is_some_and(|before| lx.listed(before, "tense-done"))
}
