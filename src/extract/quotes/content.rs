//! What a cue says: where its content starts and where it ends.
//!
//! The table of cues tells which contents a verb takes; the token behind the cue tells which of them is
//! there. A content runs to the end of its sentence unless a new clause with a verb of speech starts, or,
//! for objects, any clause that is added on.

use super::context::Context;
use super::lexicon::{Frames, Tags};
use super::phrase::{self, Phrase};
use super::predicate::Predicate;
use crate::extract::CueStrength;

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
    if t >= ceiling || p.negated && frames.any(Frames::REPLY) {
        return None;
    }
    if p.passive && cx.folded(t) == "by" {
        t = phrase::starting_at(cx, t + 1, ceiling)?.last + 1;
    }
    // "was accused by the town of hiding it", "was criticised for hiding it"
    if p.passive && p.word.strength == CueStrength::Accusing && matches!(cx.folded(t), "of" | "for") && t + 1 < ceiling {
        return Some((t + 1, "passive"));
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
    // "the judges who will decide": a relative clause behind a noun.
    let relative = cx.is(t, Tags::RELATIVE) && cx.is(p.last, Tags::THIRD.with(Tags::BASE));
    if cx.is(t, Tags::QUESTION) && frames.any(Frames::THAT) && !relative {
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
    if frames.any(Frames::TO) && opens_infinitive(cx, t) {
        return Some((t, "cue-to"));
    }
    if let Some(rule) = cx.is(t, Tags::PREPOSITION).then(|| p.word.prepositions.contains(&cx.folded(t))) {
        if rule {
            // "as all had hoped for, it came": nothing follows.
            let follows = cx.is(t + 1, Tags::WORD.with(Tags::NUMBER)) || cx.inside(t + 1).is_some();
            return (follows && t + 1 < ceiling).then_some((t + 1, "cue-preposition"));
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
            // "told the paper's “Morning Hour” that"
            let behind_mark = cx.inside(after).map(|m| (after..ceiling).find(|&w| cx.inside(w) != Some(m)).unwrap_or(ceiling));
            if let Some(that) = behind_mark.filter(|&w| cx.is(w, Tags::THAT)) {
                return Some((that, "tell-that"));
            }
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
                if opens_infinitive(cx, a) && (frames.any(Frames::TO) || frames.any(Frames::NP)) {
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
    if frames.any(Frames::CITES)
        && phrase::starting_at(cx, t, ceiling).is_some_and(|p| cx.folded(p.last + 1) == "as" && cx.is(p.last + 2, Tags::GERUND))
    {
        return None;
    }
    let nominal = phrase::is_nominal(cx, t) || cx.is(t, Tags::DETERMINER.with(Tags::PRONOUN)) && !cx.is(t, Tags::RELATIVE);
    if frames.any(Frames::NP) && (nominal || cx.is(t, Tags::GERUND)) && !tells_act(cx, p, t, ceiling) {
        return Some((t, "cue-object"));
    }
    let sure = matches!(p.word.strength, CueStrength::Neutral | CueStrength::Claiming)
        && frames.any(Frames::QUOTE)
        && !frames.any(Frames::FINITE.with(Frames::SAID).with(Frames::THING));
    if frames.any(Frames::THAT) && opens_clause(cx, t, ceiling) && (sure || has_verb(cx, t, ceiling)) {
        return Some((t, "cue-clause"));
    }
    None
}

/// "to" before a verb; before a name or a determiner it is a preposition.
fn opens_infinitive(cx: &Context, t: usize) -> bool {
    let noun = Tags::CAPITAL.with(Tags::DETERMINER).with(Tags::PRONOUN).with(Tags::NUMBER).with(Tags::POSSESSIVE);
    cx.is(t, Tags::TO) && (cx.inside(t + 1).is_some() || !cx.is(t + 1, noun))
}

/// Whether a verb that may tell of speech tells of an act here, as its object and subject show: "dismissed a
/// general", "recalled 2,000 cars", "called a meeting", and troops that "attacked the harbour".
fn tells_act(cx: &Context, p: &Predicate, t: usize, ceiling: usize) -> bool {
    let frames = p.word.frames;
    if !frames.any(Frames::SAID.with(Frames::THING).with(Frames::PAIR).with(Frames::FIGHT)) {
        return false;
    }
    let marks_follow = (t..ceiling).any(|w| cx.inside(w).is_some());
    let Some(object) = phrase::starting_at(cx, t, ceiling).filter(|_| !marks_follow) else { return false };
    if frames.any(Frames::FIGHT) && p.subject.is_some_and(|s| cx.is(phrase::head(cx, s), Tags::FORCE)) {
        return true;
    }
    if frames.any(Frames::PAIR) {
        return !has_second_part(cx, object, ceiling);
    }
    let head = phrase::head(cx, object);
    if !frames.any(Frames::SAID.with(Frames::THING)) {
        // "defended the title"
        return cx.is(head, Tags::CONCRETE);
    }
    if cx.folded(object.last + 1) == "as" || cx.is(t, Tags::GERUND) {
        return false;
    }
    let sayable = cx.lexicon.is_abstract(cx.folded(head));
    let counted = cx.is(t, Tags::NUMBER) || cx.is(t, Tags::DETERMINER) && cx.is(t, Tags::COUNT);
    let thing = cx.is(head, Tags::CONCRETE);
    let person = cx.is(head, Tags::ROLE.with(Tags::ANONYMOUS).with(Tags::PERSON)) && !cx.is(head, Tags::CAPITAL);
    if frames.any(Frames::SAID) { !sayable } else { person || thing || counted && !sayable }
}

/// "the plan a disgrace", "him dangerous", "the plan as ominous".
fn has_second_part(cx: &Context, object: Phrase, ceiling: usize) -> bool {
    let next = object.last + 1;
    let pronoun = object.first == object.last && cx.is(object.first, Tags::PRONOUN.with(Tags::OBJECT));
    let adjective = object.last > object.first && cx.lexicon.is_adjective(cx.folded(object.last));
    let name_and_noun = cx.is(object.first, Tags::CAPITAL) && !cx.is(object.last, Tags::CAPITAL) && object.last > object.first;
    let follows = next < ceiling
        && (cx.folded(next) == "as"
            || cx.is(next, Tags::DETERMINER.with(Tags::QUESTION).with(Tags::ADVERB).with(Tags::PAST).with(Tags::GERUND))
            || pronoun && phrase::is_nominal(cx, next));
    // "the state of the roads and of the quay a disgrace": a second part may stand behind a long first one.
    let clause = next..ceiling.min(next + 24);
    let late = clause
        .take_while(|&t| !cx.is(t, Tags::COMMA))
        .any(|t| matches!(cx.folded(t), "a" | "an") && t > next && phrase::is_nominal(cx, t - 1));
    adjective || name_and_noun || follows || late
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

/// Whether a verb follows soon, so that what starts at `t` can be a clause: "decide the case" has none.
fn has_verb(cx: &Context, t: usize, ceiling: usize) -> bool {
    let relative = |v: usize| v > t && cx.is(v, Tags::RELATIVE.with(Tags::THAT));
    (t..ceiling.min(t + 16))
        .take_while(|&v| !relative(v))
        .any(|v| cx.is(v, Tags::AUXILIARY.with(Tags::VERB).with(Tags::THIRD)) || v > t + 1 && cx.is(v, Tags::PAST))
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

/// Where a content ends, as token indices one past its last token.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The end of the content.
    pub end: usize,
    /// How far the cue still governs: additions that the content leaves out are the speaker's too, a new clause is not.
    pub reach: usize,
}

/// The bounds of a content that starts at `start` and belongs to the predicate at `own`.
pub fn bounds(cx: &Context, predicates: &[Predicate], own: usize, start: usize, ceiling: usize, rule: &str) -> Bounds {
    let noun = predicates.get(own).is_some_and(|p| p.noun);
    let later = predicates.get(own + 1..).unwrap_or(&[]);
    let object = matches!(rule, "cue-object" | "cue-preposition" | "cue-to");
    let timed = matches!(rule, "cue-object" | "cue-preposition");
    let floor = cx.tokens_of(cx.sentence_of(start)).start;
    // "When she said that, he left", "Claiming that he was ill, Roe left": the clause ends with the comma.
    let opens_subordinate = cx.is(floor, Tags::SUBORDINATOR.with(Tags::GERUND)) && !cx.is(floor, Tags::THAT.with(Tags::RELATIVE));
    let subordinate = opens_subordinate && !(floor..start).any(|t| cx.is(t, Tags::COMMA));
    // "The claim that he left is false": the second verb is the outer sentence's.
    let mut verbs_left = if noun && start <= floor + 6 { Some(1) } else { None };
    let mut end = None;
    for t in (start + 1..ceiling).filter(|&t| cx.inside(t).is_none()) {
        let outer_verb = match verbs_left {
            Some(0) => opens_verb(cx, t),
            Some(_) if opens_verb(cx, t) => {
                verbs_left = Some(0);
                false
            }
            _ => false,
        };
        if cx.is(t, Tags::COMMA.with(Tags::CONJUNCTION).with(Tags::SUBORDINATOR)) {
            verbs_left = None;
        }
        if outer_verb || cx.is(t, Tags::SEMICOLON) || cx.is(t, Tags::COMMA) && (subordinate || new_clause(cx, later, t)) {
            return Bounds { end: end.unwrap_or(t), reach: t };
        }
        if end.is_none() && addition(cx, later, t, object, timed) {
            end = Some(t);
        }
    }
    Bounds { end: end.unwrap_or(ceiling), reach: ceiling }
}

/// "on Friday", "in a statement on Friday" at the end of a clause: when and how it was said, not what.
fn dates(cx: &Context, t: usize) -> bool {
    let ends = |t: usize| cx.is(t, Tags::STOP.with(Tags::COMMA).with(Tags::SEMICOLON).with(Tags::CONJUNCTION)) || t >= cx.doc.tokens.len();
    let day = |t: usize| cx.is(t, Tags::WEEKDAY) && cx.is(t, Tags::CAPITAL) && ends(t + 1);
    let dated = |t: usize| cx.is(t, Tags::PREPOSITION) && day(t + 1);
    let told = cx.folded(t) == "in" && matches!(cx.folded(t + 1), "a" | "an") && cx.is(t + 2, Tags::TEXT);
    let bare = day(t) && !cx.is(t - 1, Tags::PREPOSITION.with(Tags::DEICTIC).with(Tags::PAST).with(Tags::DETERMINER).with(Tags::GERUND));
    dated(t) || bare || told && (ends(t + 3) || dated(t + 3) || day(t + 3))
}

fn opens_verb(cx: &Context, t: usize) -> bool {
    let goes_on = Tags::AUXILIARY.with(Tags::ADVERB).with(Tags::NEGATION).with(Tags::CONJUNCTION).with(Tags::RELATIVE);
    cx.is(t, Tags::AUXILIARY) && !cx.is(t, Tags::PRONOUN) && !cx.is(t - 1, goes_on)
}

/// Whether a clause with its own speaker starts behind the comma at `t`: ", but Hale said", ", and when asked".
fn new_clause(cx: &Context, later: &[Predicate], t: usize) -> bool {
    let joined = cx.is(t + 1, Tags::CONJUNCTION.with(Tags::SUBORDINATOR));
    if cx.is(t + 1, Tags::CONJUNCTION) && cx.is(t + 2, Tags::SUBORDINATOR) && !cx.is(t + 2, Tags::THAT.with(Tags::RELATIVE)) {
        return true;
    }
    let next = if joined { t + 2 } else { t + 1 };
    let from = later.partition_point(|p| p.first < next);
    later[from..]
        .iter()
        .take_while(|p| p.first < next + 8)
        .any(|p| !p.carried && (joined || !p.noun) && p.subject.is_some_and(|s| s.first == next))
}

/// Whether something is added at `t` that is the outlet's rather than the speaker's: ", adding that",
/// " and warned", ", which …", and behind objects most of what a comma or dash adds.
fn addition(cx: &Context, later: &[Predicate], t: usize, object: bool, timed: bool) -> bool {
    if timed && dates(cx, t) {
        return true;
    }
    let near = |limit: usize| later[later.partition_point(|p| p.first <= t)..].iter().take_while(move |p| p.first <= limit);
    if cx.is(t, Tags::COMMA) {
        let joined = cx.is(t + 1, Tags::CONJUNCTION.with(Tags::SUBORDINATOR));
        let shared = near(t + 3).any(|p| if p.gerund { !joined && p.first <= t + 2 } else { joined && p.carried });
        let opens = Tags::DETERMINER.with(Tags::PREPOSITION).with(Tags::PAST).with(Tags::PRONOUN);
        return shared
            || cx.folded(t + 1) == "according"
            || cx.folded(t + 1) == "but"
            || cx.is(t + 1, Tags::RELATIVE.with(Tags::GERUND))
            || object && !joined && cx.is(t + 1, opens);
    }
    if cx.is(t, Tags::CONJUNCTION) {
        return near(t + 2).any(|p| {
            let finite = p.carried && !p.gerund && !p.infinitive && cx.is(p.first, Tags::PAST.with(Tags::THIRD));
            finite && p.word.frames.any(Frames::QUOTE)
        });
    }
    object && cx.is(t, Tags::DASH)
}
