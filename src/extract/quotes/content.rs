//! What a cue says: where its content starts and where it ends.
//!
//! The table of cues tells which contents a verb takes; the token behind the cue tells which of them is
//! there. A content runs to the end of its sentence unless a new clause with a verb of speech starts, or,
//! for objects, any clause that is added on.

use super::context::Context;
use super::lexicon::{Frames, Tags};
use super::phrase::{self, Phrase};
use super::predicate::Predicate;

/// Whether the words from `t` on open a clause, an infinitive or a noun phrase that this cue takes as its
/// content; gives the first token of the content and the rule's name.
pub fn content_start(cx: &Context, p: &Predicate, ceiling: usize) -> Option<(usize, &'static str)> {
    let frames = p.word.frames;
    let weak = frames.any(Frames::WEAK);
    let mut t = p.last + 1;
    // "said Tuesday that", "said in a statement that"
    while t < ceiling
        && cx.is(t, Tags::WEEKDAY.with(Tags::ADVERB))
        && !cx.is(t, Tags::DETERMINER.with(Tags::PRONOUN).with(Tags::SUBORDINATOR))
    {
        t += 1;
    }
    if t >= ceiling {
        return None;
    }
    if cx.inside(t).is_some() {
        return frames.any(Frames::QUOTE.with(Frames::NP)).then_some((t, "cue-mark"));
    }
    if cx.is(t, Tags::COMMA.with(Tags::COLON)) && cx.inside(t + 1).is_some() && frames.any(Frames::QUOTE) {
        return Some((t + 1, "cue-mark"));
    }
    if frames.any(Frames::QUOTE)
        && let Some(a) = adjunct(cx, t, ceiling)
        && cx.is(a, Tags::COMMA)
        && cx.inside(a + 1).is_some()
    {
        return Some((a + 1, "cue-mark"));
    }
    if cx.is(t, Tags::THAT) && frames.any(Frames::THAT) {
        // "rules that could": a relative clause.
        if cx.is(t + 1, Tags::AUXILIARY)
            && !cx.is(t + 1, Tags::PRONOUN)
            && (p.noun || frames.any(Frames::WEAK) || cx.cue_noun(p.first).is_some())
            && !cx.is(p.last, Tags::PAST.with(Tags::GERUND))
        {
            return None;
        }
        return Some((t, "cue-that"));
    }
    if cx.is(t, Tags::QUESTION) && frames.any(Frames::THAT) {
        return Some((t, "cue-question"));
    }
    if cx.is(t, Tags::TO) && frames.any(Frames::PASS) {
        // "declined to discuss the plan": the plan is what is told of.
        if let Some((_, word)) = cx.cue(t + 1)
            && cx.is(t + 1, Tags::BASE)
            && !(frames.any(Frames::WEAK) && word.frames.any(Frames::WEAK))
        {
            let inner = Predicate { first: t + 1, last: t + 1, word, ..*p };
            if !word.frames.any(Frames::PASS)
                && let Some((first, _)) = content_start(cx, &inner, ceiling)
            {
                return Some((first, "cue-to-cue"));
            }
        }
    }
    if cx.is(t, Tags::TO) && frames.any(Frames::TO) {
        return Some((t, "cue-to"));
    }
    if let Some(rule) = cx.is(t, Tags::PREPOSITION).then(|| p.word.prepositions.contains(&cx.folded(t))) {
        if rule {
            return Some((t + 1, "cue-preposition"));
        }
        // "said in a statement that", "said on Monday the plan"
        if frames.any(Frames::THAT) {
            let adjunct_end = adjunct(cx, t, ceiling)?;
            if cx.is(adjunct_end, Tags::COMMA)
                && let Some(that) =
                    (adjunct_end + 1..ceiling.min(adjunct_end + 5)).find(|&w| cx.is(w, Tags::THAT) && cx.is(w - 1, Tags::COMMA))
            {
                return Some((that, "cue-adjunct-that"));
            }
            if cx.is(adjunct_end, Tags::THAT) {
                return Some((adjunct_end, "cue-adjunct-that"));
            }
            if !weak && !frames.any(Frames::NP) && opens_clause(cx, adjunct_end, ceiling) {
                return Some((adjunct_end, "cue-adjunct-clause"));
            }
        }
        return None;
    }
    if frames.any(Frames::TELL) {
        if let Some(addressee) = addressee(cx, t, ceiling) {
            let after = addressee.last + 1;
            let skip = adjunct(cx, after, ceiling).unwrap_or(after);
            for a in [after, skip] {
                if cx.is(a, Tags::COMMA.with(Tags::COLON)) && cx.inside(a + 1).is_some() {
                    return Some((a + 1, "tell-mark"));
                }
                if cx.inside(a).is_some() {
                    return Some((a, "tell-mark"));
                }
                if cx.is(a, Tags::THAT.with(Tags::QUESTION)) {
                    return Some((a, "tell-that"));
                }
                if cx.is(a, Tags::TO) && (frames.any(Frames::TO) || frames.any(Frames::NP)) {
                    return Some((a, "tell-to"));
                }
            }
            if !frames.any(Frames::NP) && !weak && opens_clause(cx, after, ceiling) {
                return Some((after, "tell-clause"));
            }
        }
        if !frames.any(Frames::NP) {
            return None;
        }
    }
    let text =
        frames.any(Frames::TEXT) && p.subject.is_some_and(|s| (s.first..=s.last).any(|t| cx.is(t, Tags::TEXT) || cx.folded(t) == "it"));
    if weak && !text {
        // "sure he would"
        let clause = p.noun && frames.any(Frames::THAT) && opens_clause(cx, t, ceiling);
        return clause.then_some((t, "cue-clause"));
    }
    if text && (phrase::is_nominal(cx, t) || cx.is(t, Tags::DETERMINER.with(Tags::PRONOUN))) {
        return Some((t, "text-shows"));
    }
    if frames.any(Frames::NP) && (phrase::is_nominal(cx, t) || cx.is(t, Tags::DETERMINER.with(Tags::PRONOUN))) {
        return Some((t, "cue-object"));
    }
    if frames.any(Frames::THAT) && opens_clause(cx, t, ceiling) {
        return Some((t, "cue-clause"));
    }
    None
}

/// Whether a clause without "that" may start here: a noun phrase comes first, and a verb may follow.
fn opens_clause(cx: &Context, t: usize, ceiling: usize) -> bool {
    t + 1 < ceiling
        && (phrase::is_nominal(cx, t)
            || cx.is(t, Tags::DETERMINER.with(Tags::PRONOUN))
            || (cx.is(t, Tags::ADVERB) && cx.is(t + 1, Tags::BE))
            || (cx.is(t, Tags::SUBORDINATOR) && !cx.is(t, Tags::PREPOSITION))
            || cx.is(t, Tags::GERUND))
}

/// A phrase of place or time after a cue: "in a statement", "at a rally in Ohio", "on Tuesday". Gives the token after it.
pub fn adjunct(cx: &Context, start: usize, ceiling: usize) -> Option<usize> {
    let mut t = start;
    for _ in 0..4 {
        if t < ceiling && cx.is(t, Tags::WEEKDAY.with(Tags::ADVERB)) {
            t += 1;
        } else if t + 1 < ceiling
            && (cx.is(t, Tags::DEICTIC) && phrase::is_nominal(cx, t + 1) && t > start
                || cx.is(t, Tags::PREPOSITION) && cx.is(t + 1, Tags::ADVERB))
        {
            // "this month", "by now"
            t += 2;
        } else if t + 1 < ceiling && cx.is(t, Tags::PREPOSITION) && !cx.is(t, Tags::THAT) {
            let noun = phrase::starting_at(cx, t + 1, ceiling).map(|p| p.last).or_else(|| cx.is(t + 1, Tags::WEEKDAY).then_some(t + 1))?;
            t = noun + 1;
        } else {
            break;
        }
    }
    (t > start).then_some(t)
}

fn addressee(cx: &Context, t: usize, ceiling: usize) -> Option<Phrase> {
    if cx.is(t, Tags::OBJECT) {
        return Some(Phrase { first: t, last: t });
    }
    phrase::starting_at(cx, t, ceiling)
}

/// Where a content that starts at `start` ends (one past its last token).
pub fn clause_end(cx: &Context, predicates: &[Predicate], own: usize, start: usize, ceiling: usize, rule: &str) -> usize {
    let noun = predicates.get(own).is_some_and(|p| p.noun);
    let predicates = predicates.get(own + 1..).unwrap_or(&[]);
    let object = matches!(rule, "cue-object" | "cue-preposition" | "cue-to");
    // "When she said that, he left": the clause ends with the comma.
    let floor = cx.tokens_of(cx.sentence_of(start)).start;
    let subordinate = cx.is(floor, Tags::SUBORDINATOR)
        && !cx.is(floor, Tags::THAT.with(Tags::RELATIVE))
        && !(floor..start).any(|t| cx.is(t, Tags::COMMA));
    let subject_noun = noun && start <= floor + 6;
    let mut verbs = 0;
    for t in start + 1..ceiling {
        if cx.inside(t).is_some() {
            continue;
        }
        let tags = cx.tags(t);
        if tags.any(Tags::SEMICOLON) {
            return t;
        }
        // "The claim that he left is false": the second verb is the outer sentence's.
        if subject_noun {
            if tags.any(Tags::AUXILIARY)
                && !tags.any(Tags::PRONOUN)
                && !cx.is(t - 1, Tags::AUXILIARY.with(Tags::ADVERB).with(Tags::NEGATION).with(Tags::CONJUNCTION).with(Tags::RELATIVE))
            {
                verbs += 1;
                if verbs > 1 {
                    return t;
                }
            } else if tags.any(Tags::COMMA.with(Tags::CONJUNCTION).with(Tags::SUBORDINATOR)) {
                verbs = i32::MIN;
            }
        }
        if tags.any(Tags::COMMA) {
            if cx.folded(t + 1) == "according"
                || (cx.is(t + 1, Tags::CONJUNCTION) && cx.is(t + 2, Tags::SUBORDINATOR) && !cx.is(t + 2, Tags::THAT.with(Tags::RELATIVE)))
            {
                return t;
            }
            if subordinate {
                return t;
            }
            let (conjunction, next) = if cx.is(t + 1, Tags::CONJUNCTION.with(Tags::SUBORDINATOR)) { (true, t + 2) } else { (false, t + 1) };
            for p in predicates.iter().filter(|p| p.first >= next && p.first < next + 8) {
                let starts_here = p.subject.is_some_and(|s| s.first == next && !p.carried) && conjunction;
                let gerund = p.gerund && p.first <= next + 1 && !conjunction;
                let spliced = p.subject.is_some_and(|s| s.first == next && !p.carried) && !p.noun && !conjunction;
                if starts_here || spliced || gerund || (p.carried && p.first <= next + 1 && !p.gerund && conjunction) {
                    return t;
                }
            }
            if cx.is(t + 1, Tags::RELATIVE.with(Tags::GERUND))
                || cx.folded(t + 1) == "but"
                || object
                    && !conjunction
                    && cx.is(
                        t + 1,
                        Tags::DETERMINER
                            .with(Tags::RELATIVE)
                            .with(Tags::GERUND)
                            .with(Tags::PREPOSITION)
                            .with(Tags::PAST)
                            .with(Tags::PRONOUN)
                            .with(Tags::SUBORDINATOR),
                    )
            {
                return t;
            }
        }
        if object && tags.any(Tags::DASH) {
            return t;
        }
        if tags.any(Tags::CONJUNCTION)
            && predicates.iter().any(|p| {
                p.carried
                    && !p.gerund
                    && !p.infinitive
                    && p.first > t
                    && p.first <= t + 2
                    && p.word.frames.any(Frames::QUOTE)
                    && cx.is(p.first, Tags::PAST.with(Tags::THIRD))
            })
        {
            return t;
        }
    }
    ceiling
}
