//! Cue verbs in use, each with the one who speaks.

use super::content::{Bounds, bounds, content_start};
use super::context::Context;
use super::lexicon::{CueWord, Frames, Tags};
use super::phrase::{self, Phrase};

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
    /// "did not respond"
    pub negated: bool,
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
    /// One past the last token that the cue still governs.
    pub reach: usize,
    /// How it was told.
    pub rule: &'static str,
}

/// The cues of a sentence that stand outside of quotation marks.
pub fn of_sentence(cx: &Context, sentence: usize) -> Vec<Predicate> {
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
            let Bounds { end, reach } = bounds(cx, &found, i, first, ceiling, rule);
            found[i].content = (end > first).then_some(Content { first, end, reach, rule });
        }
    }
    found
}

/// One past the last token of a sentence that is neither a full stop, a colon nor a closing mark of its own.
pub fn last_word(cx: &Context, tokens: std::ops::Range<usize>) -> usize {
    let mut ceiling = tokens.end;
    while ceiling > tokens.start && cx.is(ceiling - 1, Tags::STOP.with(Tags::MARK).with(Tags::COLON)) && cx.inside(ceiling - 1).is_none() {
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
            let owner = if matches!(cx.folded(o), "'s" | "'") { o.checked_sub(1)? } else { o };
            phrase::ending_at(cx, owner, floor)
        } else {
            cx.is(o, Tags::HE.with(Tags::SHE).with(Tags::THEY)).then_some(Phrase { first: o, last: o })
        }
    });
    // "Residents fear that"
    let speaks = Tags::ANONYMOUS.with(Tags::PRONOUN).with(Tags::CAPITAL).with(Tags::ROLE).with(Tags::COLLECTIVE);
    if subject.is_none() && cx.is(t, Tags::BASE.with(Tags::THIRD)) && cx.is(t - 1, speaks) {
        return None;
    }
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
            negated: false,
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
    let group = Group::before(cx, t, floor);
    if !reads_as_verb(cx, t, &group, word, floor, earlier) {
        return None;
    }
    let form = cx.tags(t);
    let gerund = form.any(Tags::GERUND) && !group.be;
    let (subject, carried) = subject(cx, t, &group, gerund, floor, earlier);
    // "when asked whether"
    let participle =
        group.start == t && group.before.is_some_and(|b| cx.is(b, Tags::SUBORDINATOR) && !cx.is(b, Tags::THAT.with(Tags::RELATIVE)));
    let passive = (group.be || participle && !form.any(Tags::BASE)) && form.any(Tags::PAST) && !form.any(Tags::GERUND);
    Some(Predicate {
        first: t,
        last,
        word,
        subject,
        carried,
        passive,
        infinitive: group.to,
        gerund,
        negated: group.negated,
        noun: false,
        content: None,
    })
}

/// What stands between the subject and a verb: auxiliaries, adverbs, negations, "to".
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    /// Its first token.
    start: usize,
    /// The token before it, in the same sentence and outside of marks.
    before: Option<usize>,
    /// That token's tags.
    tags: Tags,
    be: bool,
    have: bool,
    modal: bool,
    to: bool,
    negated: bool,
}

impl Group {
    fn before(cx: &Context, verb: usize, floor: usize) -> Self {
        let mut group = Group { start: verb, ..Group::default() };
        while group.start > floor && cx.inside(group.start - 1).is_none() {
            let t = group.start - 1;
            let tags = cx.tags(t);
            if tags.any(Tags::PRONOUN) && tags.any(Tags::AUXILIARY) {
                // "he's said"
                group.be |= tags.any(Tags::BE);
                group.have |= tags.any(Tags::HAVE);
                group.modal |= tags.any(Tags::MODAL);
                break;
            }
            if tags.any(Tags::TO) && group.start == verb {
                group.to = true;
                group.start = t;
                break;
            }
            if tags.any(Tags::AUXILIARY) {
                group.be |= tags.any(Tags::BE) && !group.have;
                group.have |= tags.any(Tags::HAVE.with(Tags::DO)) && !group.be;
                group.modal |= tags.any(Tags::MODAL.with(Tags::DO));
            } else {
                // "Smith and Roe both said"
                let floated = t > floor
                    && matches!(cx.folded(t), "all" | "both" | "each")
                    && (phrase::is_nominal(cx, t - 1) || cx.is(t - 1, Tags::CLOSING.with(Tags::PRONOUN)));
                let adverb =
                    tags.any(Tags::ADVERB.with(Tags::WEEKDAY)) && !tags.any(Tags::PRONOUN.with(Tags::SUBORDINATOR).with(Tags::DETERMINER));
                if !(floated || adverb || tags.any(Tags::NEGATION)) {
                    break;
                }
            }
            group.negated |= tags.any(Tags::NEGATION) || cx.folded(t).ends_with("n't");
            group.start = t;
        }
        group.before = group.start.checked_sub(1).filter(|b| *b >= floor && cx.inside(*b).is_none());
        group.tags = group.before.map(|b| cx.tags(b)).unwrap_or_default();
        group
    }
}

/// Whether a word that may be a cue is used as a verb: many are nouns or adjectives too.
fn reads_as_verb(cx: &Context, t: usize, group: &Group, word: &CueWord, floor: usize, earlier: Option<&Predicate>) -> bool {
    let form = cx.tags(t);
    let next = cx.tags(t + 1);
    let bare = group.start == t;
    // "all agreed", "some say"
    let free = group.before.is_some_and(|b| {
        cx.is(b, Tags::FREE) && (b == floor || cx.is(b - 1, Tags::COMMA.with(Tags::CONJUNCTION).with(Tags::MARK).with(Tags::THAT)))
    });
    // "a mother of three replied", "one of those said": the phrase is whole.
    let whole = group.before.is_some_and(|b| {
        let owner = Tags::HE.with(Tags::SHE).with(Tags::THEY);
        b > floor && cx.folded(b - 1) == "of" && !cx.is(b, owner) && !matches!(cx.folded(b), "the" | "a" | "an" | "no" | "every")
    });
    // "a letter that says": the relative pronoun is the subject.
    let relative = group.before.is_some_and(|b| cx.is(b, Tags::THAT) && b > floor && phrase::is_nominal(cx, b - 1));
    let marked = group.tags.any(Tags::DETERMINER.with(Tags::POSSESSIVE).with(Tags::PREPOSITION))
        && !group.tags.any(Tags::PRONOUN.with(Tags::RELATIVE))
        && !free
        && !whole
        && !relative;
    let noun_marker = marked && bare;
    if form.any(Tags::PREPOSITION) {
        // "regarding the plan"
        return false;
    }
    if form.any(Tags::GERUND) {
        return !(bare && group.tags.any(Tags::DETERMINER.with(Tags::POSSESSIVE)) && !group.tags.any(Tags::PRONOUN));
    }
    if form.any(Tags::PAST) {
        // "the widely criticised plan", "from publicly disclosed records"
        let adjective = marked && !(group.be || group.have) && (group.start..t).all(|a| cx.is(a, Tags::ADVERB) && !cx.is(a, Tags::WEEKDAY));
        // "99 alleged members", "a key suspected thief"
        let stranger = group.before.is_none_or(|b| {
            let who = Tags::SPEAKS.with(Tags::PERSON).with(Tags::CAPITAL).with(Tags::PRONOUN).with(Tags::CLOSING).with(Tags::COMMA);
            cx.is(b, Tags::NUMBER) || phrase::is_nominal(cx, b) && !cx.is(b, who)
        });
        let attributive = bare && stranger && word.frames.any(Frames::ADJECTIVE) && phrase::is_nominal(cx, t + 1);
        let attributive = attributive && !cx.is(t + 1, Tags::DETERMINER.with(Tags::NUMBER));
        return !(noun_marker || adjective || attributive || bare && names_thing(cx, group, word, t, floor));
    }
    // "claims of fraud" is a noun; "says of her" is not.
    let takes_of = word.prepositions.contains(&"of") || word.frames.any(Frames::QUOTE) && !word.frames.any(Frames::NP);
    let of_noun = cx.folded(t + 1) == "of" && !takes_of;
    // "advocates say"
    let next_speaks = next.any(Tags::BASE)
        && cx.cue(t + 1).is_some_and(|(_, w)| w.frames.any(Frames::QUOTE) && !w.frames.any(Frames::NP.with(Frames::WEAK)));
    let own_verb = next.any(Tags::AUXILIARY) && !next.any(Tags::PRONOUN) || next_speaks || cx.folded(t + 1) == "such";
    let verb_behind_that =
        next.any(Tags::THAT) && cx.is(t + 2, Tags::AUXILIARY.with(Tags::VERB).with(Tags::THIRD)) && !cx.is(t + 2, Tags::PRONOUN);
    if form.any(Tags::THIRD) {
        let after_auxiliary = group.be || group.modal || group.to || group.have;
        let plural = bare && group.tags.any(Tags::DETERMINER.with(Tags::NUMBER)) && !group.tags.any(Tags::PRONOUN) && !(whole || relative);
        let attacks_that = verb_behind_that && word.frames.any(Frames::NP);
        return !(noun_marker
            || plural
            || attacks_that
            || own_verb
            || of_noun
            || after_auxiliary
            || group.tags.any(Tags::CONJUNCTION) && earlier.is_none());
    }
    if !form.any(Tags::BASE) || group.to || group.modal {
        return true;
    }
    if group.be || group.have || noun_marker || own_verb || of_noun {
        return false;
    }
    // The plain form needs a subject in the plural.
    let Some(before) = group.before else { return false };
    let folded = cx.folded(before);
    free || (group.tags.any(Tags::PRONOUN) && !matches!(folded, "he" | "she" | "it" | "him" | "this" | "that"))
        || group.tags.any(Tags::ANONYMOUS.with(Tags::THEY).with(Tags::COLLECTIVE).with(Tags::CLOSING))
        || group.tags.any(Tags::COMMA) && earlier.is_none()
        || group.tags.any(Tags::CONJUNCTION) && earlier.is_some()
        || next.any(Tags::THAT) && word.frames.any(Frames::QUOTE) && !verb_behind_that
        || phrase::is_nominal(cx, before) && ["s", "men", "people"].iter().any(|e| folded.ends_with(e))
        || phrase::before(cx, group.start, floor).is_some_and(|p| (p.first..p.last).any(|t| cx.folded(t) == "and"))
}

/// "a stream called Long Water", "a group called Harbour Watch": the participle of a verb that labels, behind what has the name.
fn names_thing(cx: &Context, group: &Group, word: &CueWord, t: usize, floor: usize) -> bool {
    let name_follows = cx.is(t + 1, Tags::CAPITAL) || cx.inside(t + 1).is_some() && cx.is(t + 2, Tags::CAPITAL);
    let Some(noun) = group.before.filter(|_| word.frames.any(Frames::PAIR) && name_follows) else { return false };
    let who = Tags::SPEAKS.with(Tags::PERSON).with(Tags::CAPITAL).with(Tags::PRONOUN);
    if !phrase::is_nominal(cx, noun) {
        return false;
    }
    let any_one = phrase::ending_at(cx, noun, floor).is_some_and(|p| matches!(cx.folded(p.first), "a" | "an"));
    !cx.is(noun, who) || any_one && cx.is(noun, Tags::COLLECTIVE.with(Tags::TEXT))
}

/// The subject of a verb, and whether it is taken over from an earlier verb of the sentence.
fn subject(cx: &Context, t: usize, group: &Group, gerund: bool, floor: usize, earlier: Option<&Predicate>) -> (Option<Phrase>, bool) {
    let carried = || earlier.and_then(|e| e.subject).or_else(|| first_subject(cx, floor, t)).or_else(|| behind_participle(cx, t, gerund));
    // `"…," said Roe, adding that`: behind words in marks the verb comes first.
    let behind_mark = t > floor && (cx.inside(t - 1).is_some() || cx.is(t - 1, Tags::COMMA) && t > floor + 1 && cx.inside(t - 2).is_some());
    if behind_mark
        && group.start == t
        && !gerund
        && let Some(who) = phrase::starting_at(cx, t + 1, cx.tokens_of(cx.sentence_of(t)).end)
        && !cx.is(who.first, Tags::OBJECT)
    {
        return (Some(who), false);
    }
    // "quoted him as saying"
    if let Some(cites) =
        earlier.filter(|e| gerund && e.word.frames.any(Frames::CITES) && group.before.is_some_and(|b| cx.folded(b) == "as"))
    {
        let who = if cites.passive { cites.subject } else { phrase::starting_at(cx, cites.last + 1, t) };
        return (who, false);
    }
    if group.to || gerund || group.tags.any(Tags::CONJUNCTION) || group.before.is_none() {
        // "Smith saying that"
        let apart = Tags::COMMA.with(Tags::CONJUNCTION).with(Tags::PREPOSITION).with(Tags::SUBORDINATOR);
        let own = gerund && group.start == t && group.before.is_some() && !group.tags.any(apart);
        return match own.then(|| phrase::before(cx, group.start, floor)).flatten() {
            Some(own) => (Some(own), false),
            None => (carried(), true),
        };
    }
    if group.tags.any(Tags::PRONOUN.with(Tags::RELATIVE)) && group.tags.any(Tags::AUXILIARY) {
        return (group.before.map(|b| Phrase { first: b, last: b }), false);
    }
    // "a letter that says"
    if group.before.is_some_and(|b| cx.is(b, Tags::THAT) && b > floor && phrase::is_nominal(cx, b - 1)) {
        return (group.before.map(|b| Phrase { first: b, last: b }), false);
    }
    match phrase::before(cx, group.start, floor) {
        None if group.tags.any(Tags::COMMA) => (carried(), true),
        // "The owner of the ship that sank on Sunday said": what opens the sentence, where no other verb of speech came before.
        None if earlier.is_none() => (first_subject(cx, floor, t), true),
        own => (own, false),
    }
}

/// "Claiming that he was ill, Roe left": the subject follows the comma.
fn behind_participle(cx: &Context, t: usize, gerund: bool) -> Option<Phrase> {
    let end = cx.tokens_of(cx.sentence_of(t)).end;
    let comma = gerund.then(|| (t + 1..end).find(|&c| cx.is(c, Tags::COMMA) && cx.inside(c).is_none())).flatten()?;
    phrase::starting_at(cx, comma + 1, end)
}

/// The noun phrase that opens a sentence, after adverbials up to the first comma.
fn first_subject(cx: &Context, floor: usize, end: usize) -> Option<Phrase> {
    let mut start = floor;
    for _ in 0..3 {
        let opens = |t: usize| phrase::is_nominal(cx, t) || cx.is(t, Tags::DETERMINER.with(Tags::PRONOUN));
        while start < end && (cx.inside(start).is_some() || !opens(start)) {
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
