//! Cue verbs in use, each with the one who speaks.

use super::context::Context;
use super::lexicon::{CueWord, Frames, Tags};
use super::phrase::{self, Phrase};
use crate::base::SentenceIx;

/// A cue in use.
#[derive(Clone, Copy, Debug)]
pub struct Predicate {
    /// First token of the cue.
    pub first: usize,
    /// Last token of the cue.
    pub last: usize,
    /// The cue.
    pub word: &'static CueWord,
    /// Who speaks; the subject before the verb.
    pub subject: Option<Phrase>,
    /// The subject was taken over from an earlier verb of the sentence.
    pub carried: bool,
    /// "was accused of": the one who speaks is not the subject.
    pub passive: bool,
    /// "to discuss": after another verb.
    pub infinitive: bool,
    /// "adding that"
    pub gerund: bool,
    /// A noun or adjective: "her claim that", "is sure that".
    pub noun: bool,
    /// What it says, as far as the words around it tell.
    pub content: Option<Content>,
}

/// The content of a cue that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// How it was told.
    pub rule: &'static str,
}

/// The cues of a sentence that stand outside of quotation marks.
pub fn of_sentence(cx: &Context, sentence: SentenceIx) -> Vec<Predicate> {
    let tokens = cx.tokens_of(sentence);
    let mut found: Vec<Predicate> = Vec::new();
    for t in tokens.clone() {
        if cx.inside(t).is_some() {
            continue;
        }
        if let Some(predicate) = at(cx, t, tokens.start, found.last()) {
            found.push(predicate);
        }
    }
    let ceiling = last_word(cx, tokens);
    for i in 0..found.len() {
        let p = found[i];
        if let Some((first, rule)) = content_start(cx, &p, ceiling) {
            let end = clause_end(cx, &found, i, first, ceiling, rule);
            found[i].content = (end > first).then_some(Content { first, end, rule });
        }
    }
    found
}

/// One past the last token of a sentence that is neither a full stop nor a closing mark of its own.
pub fn last_word(cx: &Context, tokens: std::ops::Range<usize>) -> usize {
    let mut ceiling = tokens.end;
    while ceiling > tokens.start && cx.is(ceiling - 1, Tags::STOP.with(Tags::MARK)) && cx.inside(ceiling - 1).is_none() {
        ceiling -= 1;
    }
    ceiling
}

/// "Smith's claim that", "their refusal to", "criticism of".
fn noun_at(cx: &Context, t: usize, floor: usize) -> Option<Predicate> {
    let word = cx.cue_noun(t)?;
    let mut last = t;
    let by = matches!(cx.folded(t + 1), "by" | "from").then(|| phrase::starting_at(cx, t + 2, t + 12)).flatten();
    last = by.map_or(last, |b| b.last);
    if t <= floor {
        return None;
    }
    // Adjectives stand between the owner and the noun.
    let owner = (floor.max(t.saturating_sub(4))..t).rev().find(|&o| !phrase::is_nominal(cx, o) || cx.is(o, Tags::POSSESSIVE));
    let subject = by.or_else(|| {
        let o = owner?;
        if cx.is(o, Tags::POSSESSIVE) {
            phrase::ending_at(cx, o, floor)
        } else {
            cx.is(o, Tags::HE.with(Tags::SHE).with(Tags::THEY)).then_some(Phrase { first: o, last: o })
        }
    });
    let next = last + 1;
    let that = cx.is(next, Tags::THAT) && word.frames.any(Frames::THAT);
    let to = cx.is(next, Tags::TO) && word.frames.any(Frames::TO) && subject.is_some();
    let preposition = word.prepositions.contains(&cx.folded(next)) && subject.is_some();
    (that || to || preposition).then_some(Predicate { subject, last, ..Predicate::plain(t, word) })
}

/// "is confident that", "was critical of".
fn adjective_at(cx: &Context, t: usize, floor: usize) -> Option<Predicate> {
    let word = cx.cue_adjective(t)?;
    let mut i = t;
    while i > floor && cx.is(i - 1, Tags::ADVERB.with(Tags::NEGATION)) {
        i -= 1;
    }
    if i <= floor || !cx.is(i - 1, Tags::BE) {
        return None;
    }
    let mut s = i - 1;
    let subject = if cx.is(s, Tags::PRONOUN) {
        Phrase { first: s, last: s }
    } else {
        while s > floor && cx.is(s - 1, Tags::AUXILIARY.with(Tags::NEGATION).with(Tags::ADVERB)) && !cx.is(s - 1, Tags::PRONOUN) {
            s -= 1;
        }
        phrase::before(cx, s, floor)?
    };
    let next = t + 1;
    let fits = cx.is(next, Tags::THAT) && word.frames.any(Frames::THAT)
        || cx.is(next, Tags::TO) && word.frames.any(Frames::TO)
        || word.prepositions.contains(&cx.folded(next))
        || word.frames.any(Frames::THAT) && cx.is(next, Tags::PRONOUN.with(Tags::DETERMINER).with(Tags::CAPITAL).with(Tags::QUESTION));
    fits.then_some(Predicate { subject: Some(subject), ..Predicate::plain(t, word) })
}

impl Predicate {
    fn plain(t: usize, word: &'static CueWord) -> Self {
        Predicate {
            first: t,
            last: t,
            word,
            subject: None,
            carried: false,
            passive: false,
            infinitive: false,
            gerund: false,
            noun: true,
            content: None,
        }
    }
}

fn at(cx: &Context, t: usize, floor: usize, earlier: Option<&Predicate>) -> Option<Predicate> {
    if let Some(noun) = noun_at(cx, t, floor) {
        return Some(noun);
    }
    if let Some(adjective) = adjective_at(cx, t, floor) {
        return Some(adjective);
    }
    let (_, mut word) = cx.cue(t)?;
    let mut last = t;
    if let Some((_, id)) = word.phrasal.iter().find(|(particle, _)| *particle == cx.folded(t + 1)) {
        word = cx.lexicon.cue(*id)?;
        last = t + 1;
    } else if word.lemma.contains(' ') {
        return None;
    }
    // Walk back over adverbs, negations and auxiliaries to where the subject ends.
    let mut i = t;
    let (mut be, mut have, mut modal, mut to) = (false, false, false, false);
    while i > floor {
        let tags = cx.tags(i - 1);
        if cx.inside(i - 1).is_some() {
            break;
        }
        if tags.any(Tags::PRONOUN) && tags.any(Tags::AUXILIARY) {
            // "he's said"
            be |= tags.any(Tags::BE);
            have |= tags.any(Tags::HAVE);
            modal |= tags.any(Tags::MODAL);
            break;
        }
        if tags.any(Tags::NEGATION) {
            // "did not say" is still said to be about saying.
        } else if tags.any(Tags::AUXILIARY) {
            be |= tags.any(Tags::BE) && !have;
            have |= tags.any(Tags::HAVE.with(Tags::DO)) && !be;
            modal |= tags.any(Tags::MODAL.with(Tags::DO));
        } else if tags.any(Tags::TO) && i < t + 1 && !tags.any(Tags::CAPITAL) && i == t {
            to = true;
            i -= 1;
            break;
        } else if matches!(cx.folded(i - 1), "all" | "both" | "each")
            && i - 1 > floor
            && (phrase::is_nominal(cx, i - 2) || cx.is(i - 2, Tags::CLOSING.with(Tags::PRONOUN)))
        {
            // "Smith and Roe both said"
        } else if !(tags.any(Tags::ADVERB.with(Tags::WEEKDAY)) && !tags.any(Tags::PRONOUN.with(Tags::SUBORDINATOR).with(Tags::DETERMINER)))
        {
            break;
        }
        i -= 1;
    }
    let form = cx.tags(t);
    let before = i.checked_sub(1).filter(|b| *b >= floor && cx.inside(*b).is_none());
    let before_tags = before.map(|b| cx.tags(b)).unwrap_or_default();
    let next = cx.tags(t + 1);
    let bare = i == t;
    let free = before.is_some_and(|b| {
        cx.is(b, Tags::FREE) && (b == floor || cx.is(b - 1, Tags::COMMA.with(Tags::CONJUNCTION).with(Tags::MARK).with(Tags::THAT)))
    });
    let after_noun_marker = bare
        && !free
        && before_tags.any(Tags::DETERMINER.with(Tags::POSSESSIVE).with(Tags::PREPOSITION))
        && !before_tags.any(Tags::PRONOUN.with(Tags::RELATIVE));
    // "claims of fraud" is a noun; "says of her" is not.
    let of_noun =
        cx.folded(t + 1) == "of" && !word.prepositions.contains(&"of") && !(word.frames.any(Frames::QUOTE) && !word.frames.any(Frames::NP));
    let mut gerund = false;
    if form.any(Tags::GERUND) {
        if bare && before_tags.any(Tags::DETERMINER.with(Tags::POSSESSIVE)) && !before_tags.any(Tags::PRONOUN) {
            return None;
        }
        gerund = !be;
    } else if form.any(Tags::PAST) {
        if after_noun_marker && !form.any(Tags::BASE) {
            return None;
        }
        if after_noun_marker || (!be && !have && !free && before_tags.any(Tags::DETERMINER) && !before_tags.any(Tags::PRONOUN)) {
            return None;
        }
    } else if form.any(Tags::THIRD) {
        if after_noun_marker || (next.any(Tags::AUXILIARY) && !next.any(Tags::PRONOUN)) || of_noun {
            return None;
        }
        if be || modal || to || have {
            return None;
        }
        // A plural noun after an adjective, or the subject of its own verb.
        if before_tags.any(Tags::CONJUNCTION) && earlier.is_none() {
            return None;
        }
    } else if form.any(Tags::BASE) && !(to || modal) {
        if be || have || after_noun_marker || (next.any(Tags::AUXILIARY) && !next.any(Tags::PRONOUN)) || of_noun {
            return None;
        }
        let plural = before.is_some_and(|b| {
            let folded = cx.folded(b);
            (before_tags.any(Tags::PRONOUN) && !matches!(folded, "he" | "she" | "it" | "him" | "this" | "that"))
                || before_tags.any(Tags::ANONYMOUS.with(Tags::THEY).with(Tags::COLLECTIVE).with(Tags::CLOSING))
                || before_tags.any(Tags::COMMA) && earlier.is_none()
                || free
                || next.any(Tags::THAT) && word.frames.any(Frames::QUOTE)
                || (phrase::is_nominal(cx, b) && (folded.ends_with('s') || folded.ends_with("men") || folded.ends_with("people")))
                || before_tags.any(Tags::CONJUNCTION) && earlier.is_some()
                || phrase::before(cx, i, floor).is_some_and(|p| (p.first..p.last).any(|t| cx.folded(t) == "and"))
        });
        if !plural {
            return None;
        }
    }
    let passive = be && form.any(Tags::PAST) && !form.any(Tags::GERUND);
    let mut carried = false;
    let subject = if to || gerund || before_tags.any(Tags::CONJUNCTION) || before.is_none() {
        // The verb shares the subject of an earlier one.
        let own =
            if gerund && bare && !before_tags.any(Tags::COMMA.with(Tags::CONJUNCTION).with(Tags::PREPOSITION).with(Tags::SUBORDINATOR)) {
                before.and_then(|_| phrase::before(cx, i, floor))
            } else {
                None
            };
        carried = own.is_none();
        own.or_else(|| earlier.and_then(|e| e.subject)).or_else(|| if carried { first_subject(cx, floor, t) } else { None })
    } else if before_tags.any(Tags::PRONOUN.with(Tags::RELATIVE)) && before_tags.any(Tags::AUXILIARY) {
        before.map(|b| Phrase { first: b, last: b })
    } else {
        let own = phrase::before(cx, i, floor);
        if own.is_none() && before_tags.any(Tags::COMMA) {
            carried = true;
            earlier.and_then(|e| e.subject).or_else(|| first_subject(cx, floor, t))
        } else {
            own
        }
    };
    Some(Predicate { first: t, last, word, subject, carried, passive, infinitive: to, gerund, noun: false, content: None })
}

/// The noun phrase that opens a sentence, after adverbials up to the first comma.
fn first_subject(cx: &Context, floor: usize, end: usize) -> Option<Phrase> {
    let mut start = floor;
    for _ in 0..3 {
        while start < end && !phrase::is_nominal(cx, start) && !cx.is(start, Tags::DETERMINER.with(Tags::PRONOUN)) {
            if cx.is(start, Tags::PREPOSITION.with(Tags::SUBORDINATOR).with(Tags::GERUND)) {
                let comma = (start..end).find(|&t| cx.is(t, Tags::COMMA))?;
                start = comma + 1;
            } else {
                start += 1;
            }
        }
        if let Some(found) = phrase::starting_at(cx, start, end) {
            return Some(found);
        }
        start += 1;
    }
    None
}

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
        } else if t + 1 < ceiling && cx.is(t, Tags::DEICTIC) && phrase::is_nominal(cx, t + 1) && t > start {
            t += 2;
        } else if t + 1 < ceiling && cx.is(t, Tags::PREPOSITION) && cx.is(t + 1, Tags::ADVERB) {
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
    let predicates = predicates.get(own + 1..).unwrap_or(&[]);
    let object = matches!(rule, "cue-object" | "cue-preposition" | "cue-to");
    // "When she said that, he left": the clause ends with the comma.
    let floor = cx.tokens_of(cx.sentence_of(start)).start;
    let subordinate = cx.is(floor, Tags::SUBORDINATOR)
        && !cx.is(floor, Tags::THAT.with(Tags::RELATIVE))
        && !(floor..start).any(|t| cx.is(t, Tags::COMMA));
    for t in start + 1..ceiling {
        if cx.inside(t).is_some() {
            continue;
        }
        let tags = cx.tags(t);
        if tags.any(Tags::SEMICOLON) {
            return t;
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
