//! What a number counts.
//!
//! Without a parser the words behind a number are read up to the first one that can be no part of its
//! noun phrase; the last plural among them is the head ("35,000 North Korean defectors who" gives
//! "defector"). What has become of people is more telling than the noun, and outlets vary the noun
//! freely, so a state found beside the count leads:
//!
//! | words | subject |
//! |---|---|
//! | "12 dead", "12 people were killed", "killed 12", "the death toll rose to 12" | `dead` |
//! | "40 others were wounded", "injuring 40" | `injured` |
//! | "three soldiers were killed", "two women died" | `dead soldier`, `dead woman` |
//! | "12 percent of voters" | `voter` |
//! | "the third attack" | `nth attack` |
//!
//! Subjects are lower case and singular; the last word is the noun where there is one.

use super::lex::Lexed;
use super::lexicon::Role;

/// How many words behind a number can belong to its noun phrase.
const REACH: usize = 8;

/// The subject of the number whose words, qualifier included, are `start..end`.
pub(super) fn subject(lx: &Lexed, start: usize, end: usize, single: bool) -> Option<String> {
    let phrase = noun_phrase(lx, end, single);
    let head_person = phrase.head.is_none_or(|h| lx.has(h, Role::Anyone) || state_at(lx, h).is_some());
    let state = state_after(lx, phrase.end, phrase.state).or_else(|| state_before(lx, start));
    match (state, phrase.head) {
        (Some(state), _) if head_person => Some(state.to_owned()),
        (Some(state), Some(head)) => Some(format!("{state} {}", singular(lx, head))),
        (None, Some(head)) => Some(singular(lx, head)),
        (state, None) => state.map(str::to_owned),
    }
}

/// The noun that is counted, where it stands right behind: for percentages and ordinals.
pub(super) fn noun(lx: &Lexed, end: usize, single: bool) -> Option<String> {
    noun_phrase(lx, end, single).head.map(|h| singular(lx, h))
}

/// What a fraction is a share of: "half the village", "three-quarters of the town", "a third of residents".
pub(super) fn share(lx: &Lexed, end: usize) -> Option<String> {
    let sentence = lx.atom(end.saturating_sub(1)).sentence;
    let of = lx.is(end, "of");
    let mut at = if of { end + 1 } else { end };
    while lx.listed(at, "determiner") {
        at += 1;
    }
    let determined = at > end + usize::from(of);
    if !(of || determined) || lx.atom(at).sentence != sentence || lx.is_any(at, &["them", "us", "whom", "which", "you"]) {
        return None;
    }
    // "Half of Ruritania's exports", "half of Orla Venn's voters"
    let owner = |k: &usize| lx.is_apostrophe(*k) && lx.glued(*k) && lx.is(*k + 1, "s") && lx.glued(*k + 1);
    if let Some(mark) = (at + 1..at + 4).take_while(|k| lx.is_word(*k - 1)).find(owner) {
        at = mark + 2;
    }
    // As a phrase behind its own number.
    let fits = |k: usize| {
        let verb = k > at && (lx.word(k).len() > 4 && lx.word(k).ends_with("ed") || lx.has(k, Role::Past));
        lx.is_word(k)
            && !lx.has(k, Role::Stop)
            && !verb
            && lx.atom(k).sentence == sentence
            && lx.cardinal(k).is_none()
            && lx.span(k).is_none()
    };
    let words: Vec<usize> = (at..at + REACH).take_while(|k| fits(*k)).collect();
    let plural =
        words.iter().copied().take_while(|k| *k == at || is_plural(lx, *k) || !is_plural(lx, *k - 1)).filter(|k| is_plural(lx, *k)).last();
    // "Half of the medical advice was": what stands before a verb is the noun, if it is near.
    plural.or(words.last().copied().filter(|_| words.len() <= 2)).or(words.first().copied()).map(|h| singular(lx, h))
}

struct Phrase {
    head: Option<usize>,
    state: Option<usize>,
    end: usize,
}

fn noun_phrase(lx: &Lexed, end: usize, single: bool) -> Phrase {
    let sentence = lx.atom(end.saturating_sub(1)).sentence;
    let mut at = lx.skip_hyphen(end);
    if at > end && lx.glued(at) && lx.is_word(at) && !lx.has(at, Role::Stop) {
        // "52-count complaint", "three-member panel": the joined word is what is counted.
        return Phrase { head: Some(at), state: None, end: at + 1 };
    }
    if lx.is(at, "of") {
        at += 1;
        while lx.listed(at, "determiner") {
            at += 1;
        }
        // "Four of them were killed"
        if lx.is_any(at, &["them", "us", "whom", "which", "you"]) {
            // "Two of them teenagers"
            let head = Some(at + 1).filter(|k| is_plural(lx, *k) && lx.atom(*k).sentence == sentence);
            return Phrase { head, state: None, end: head.map_or(at + 1, |h| h + 1) };
        }
        // "Nine of the 10 pumps"
        if at > end + 1 && (lx.is_digits(at) || lx.cardinal(at).is_some()) {
            at += 1;
        }
    } else if lx.is_any(at, &["more", "other", "additional", "further"]) && lx.is_word(at + 1) && !lx.has(at + 1, Role::Stop) {
        at += 1;
    }
    let first = at;
    let (mut head, mut last) = (None, None);
    let mut state = None;
    while at < first + REACH && lx.is_word(at) && lx.atom(at).sentence == sentence {
        let word = lx.word(at);
        if lx.has(at, Role::Stop) || lx.month(at).is_some_and(|m| !m.1) || lx.weekday(at).is_some_and(|w| !w.1) {
            break;
        }
        if state_at(lx, at).is_some() {
            state = Some(at);
            if at > first || !is_plural(lx, at) {
                if at == first {
                    at += 1;
                    continue;
                }
                break;
            }
        }
        let verb = at > first
            && (word.len() > 4 && word.ends_with("ed")
                || word.len() > 5 && word.ends_with("ing")
                || word.ends_with("ly") && word.len() > 4);
        if verb || lx.cardinal(at).is_some() {
            break;
        }
        // After a plural only another plural goes on ("police officers"); "men armed", "people near" do not.
        if head.is_some() && !is_plural(lx, at) {
            break;
        }
        if is_plural(lx, at) || lx.has(at, Role::Person) && !lx.is_any(at, &["more", "other"]) {
            head = Some(at);
        }
        last = Some(at);
        at += 1;
        if lx.is_hyphen(at) && lx.glued(at) && lx.is_word(at + 1) {
            at += 1;
        }
    }
    if head.is_none() && single {
        head = last;
    }
    let end = head.map_or(first, |h| h + 1);
    Phrase { head, state, end }
}

fn state_at(lx: &Lexed, i: usize) -> Option<&'static str> {
    lx.role(i, |r| if let Role::State(s) = r { Some(*s) } else { None })
}

/// "Were killed", "dead", "have been reported missing" behind the noun.
fn state_after(lx: &Lexed, end: usize, inside: Option<usize>) -> Option<&'static str> {
    if let Some(state) = inside.and_then(|k| state_at(lx, k)) {
        return Some(state);
    }
    let sentence = lx.atom(end.saturating_sub(1)).sentence;
    let end = past_insertion(lx, end, sentence);
    let mut suffers = false;
    for at in end..end + 7 {
        if lx.atom(at).sentence != sentence {
            return None;
        }
        // "Suffered minor injuries", "were treated for wounds": only what one can have leads on from there.
        if let Some(state) = state_at(lx, at).filter(|_| !suffers || lx.listed(at, "state-suffered")) {
            return Some(state);
        }
        if suffers && lx.is(at, "lives") {
            return Some("dead");
        }
        if lx.listed(at, "state-path") {
            suffers = true;
        } else if !lx.listed(at, "state-helper") {
            return None;
        }
    }
    None
}

/// Behind ", including three children," where a verb goes on.
fn past_insertion(lx: &Lexed, end: usize, sentence: u32) -> usize {
    if !lx.is(end, ",") {
        return end;
    }
    (end + 1..end + 16)
        .take_while(|k| lx.atom(*k).sentence == sentence)
        .find(|k| lx.is(*k, ","))
        .filter(|k| lx.is_any(*k + 1, &["were", "was", "have", "had", "are", "died"]))
        .map_or(end, |k| k + 1)
}

/// "Killed", "injuring" right before the number, "death toll rose to" further ahead.
fn state_before(lx: &Lexed, start: usize) -> Option<&'static str> {
    let before = start.checked_sub(1)?;
    let sentence = lx.atom(start).sentence;
    if lx.atom(before).sentence != sentence {
        return None;
    }
    let active = |k: usize| state_at(lx, k).filter(|_| !lx.listed(k, "state-noun"));
    if let Some(state) = active(before) {
        // "Were killed 12 …" counts something else.
        return Some(state).filter(|_| !lx.is_any(before.wrapping_sub(1), &["were", "was", "been"]));
    }
    // "The deaths of two", "the lives of 12"
    let lost = |k: usize| state_at(lx, k).or_else(|| lx.is(k, "lives").then_some("dead"));
    if lx.is(before, "of")
        && let Some(state) = before.checked_sub(1).and_then(lost).filter(|_| !lx.is(before - 1, "dead"))
    {
        return Some(state);
    }
    if lx.listed(before, "takes-lives") && (start..start + 8).any(|k| lx.is(k, "lives")) {
        return Some("dead");
    }
    // "Climbed from 12 to 19"
    if lx.is(before, "to")
        && let Some(first) = before.checked_sub(1).filter(|k| lx.is_digits(*k) || lx.cardinal(*k).is_some())
        && lx.is(first.wrapping_sub(1), "from")
    {
        return state_before(lx, first);
    }
    let climbs = lx.is(before, "from") && lx.is(start + 1, "to");
    if !climbs && !lx.listed(before, "toll-link") {
        return None;
    }
    for back in 1..=9 {
        let k = start.checked_sub(back).filter(|k| lx.atom(*k).sentence == sentence)?;
        if lx.is_digits(k) || lx.is_any(k, &[",", ";", ":"]) {
            return None;
        }
        if let Some(toll) = lx.role(k, |r| if let Role::Toll(s) = r { Some(*s) } else { None }) {
            return Some(toll);
        }
        if lx.is_any(k, &["number", "count"]) {
            return (k..start).find_map(|m| state_at(lx, m));
        }
    }
    None
}

/// A noun or state that a number before it counts, even where it could be a year: "2000 people", "1950 dead".
pub(super) fn counts_people(lx: &Lexed, i: usize) -> bool {
    lx.atom(i).roles.iter().any(|r| matches!(r, Role::Person | Role::Plural(_) | Role::State(_)))
        && !lx.is_any(i, &["news", "series", "deaths", "death"])
}

/// A plural by its form or by the tables.
pub(super) fn is_plural(lx: &Lexed, i: usize) -> bool {
    if !lx.is_word(i) || lx.has(i, Role::Stop) {
        return false;
    }
    if lx.role(i, |r| matches!(r, Role::Plural(_)).then_some(())).is_some() {
        return true;
    }
    let word = lx.word(i);
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is")
}

fn singular(lx: &Lexed, i: usize) -> String {
    if let Some(word) = lx.role(i, |r| if let Role::Plural(s) = r { Some(*s) } else { None }) {
        return word.to_owned();
    }
    let word = lx.word(i);
    if !is_plural(lx, i) {
        return word.to_owned();
    }
    let cut = |n: usize| word.get(..word.len() - n).unwrap_or(word).to_owned();
    if word.ends_with("ies") && word.len() > 4 {
        return cut(3) + "y";
    }
    if ["ches", "shes", "xes", "sses", "zzes"].iter().any(|e| word.ends_with(e)) {
        return cut(2);
    }
    cut(1)
}
