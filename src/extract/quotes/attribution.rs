//! Who said the words that stand in quotation marks, and which word says so.
//!
//! The cue is looked for where news puts it: behind the closing mark, before the opening mark, in the
//! sentence that ends in a colon. Stretches that share one attribution are one quote: `"A," she said. "B."`

use super::context::Context;
use super::lexicon::{Frames, Tags};
use super::phrase::{self, Phrase};
use super::predicate::Predicate;
use super::shape;
use crate::base::TextRange;
use crate::extract::CueStrength;
use crate::source::BlockKind;
use std::ops::Range;

/// A cue and the one who speaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribution {
    pub speaker: Option<Phrase>,
    /// First and last token of the cue, and its strength.
    pub cue: Option<(usize, usize, CueStrength)>,
    /// Where it was found.
    pub rule: &'static str,
    /// The tokens that the attribution takes up, for telling whether words stand between two stretches.
    pub end: usize,
}

/// One utterance: marked stretches that share an attribution.
#[derive(Clone, Debug)]
pub struct Utterance {
    pub parts: Vec<TextRange>,
    /// Tokens from the first opening mark to the last closing mark.
    pub tokens: Range<usize>,
    pub first_paragraph: usize,
    pub last_paragraph: usize,
    pub attribution: Option<Attribution>,
    /// Whole clauses rather than a few words.
    pub direct: bool,
}

/// All predicates of a document by sentence.
pub struct Predicates {
    pub all: Vec<Predicate>,
    /// By sentence: where its predicates start in `all`; one entry more than sentences.
    pub starts: Vec<usize>,
}

impl Predicates {
    /// Reads all sentences.
    pub fn new(cx: &Context) -> Self {
        let mut all = Vec::new();
        let mut starts = Vec::with_capacity(cx.sentences() + 1);
        for s in 0..cx.sentences() {
            starts.push(all.len());
            all.extend(super::predicate::of_sentence(cx, s));
        }
        starts.push(all.len());
        Self { all, starts }
    }

    /// The predicates of a sentence.
    pub fn of(&self, sentence: usize) -> &[Predicate] {
        match (self.starts.get(sentence), self.starts.get(sentence + 1)) {
            (Some(&a), Some(&b)) => &self.all[a..b],
            _ => &[],
        }
    }
}

/// Joins marked stretches to utterances and finds their attributions. Stretches that nobody is said to have
/// said (titles, scare quotes) have none.
pub fn utterances(cx: &Context, predicates: &Predicates) -> Vec<Utterance> {
    let mut all: Vec<Utterance> = Vec::new();
    for (m, marked) in cx.marked.iter().enumerate() {
        let tokens = cx.doc.tokens_in(marked.outer);
        if tokens.is_empty() {
            continue;
        }
        let mut utterance = Utterance {
            parts: marked.parts.clone(),
            direct: marked.turn_of.is_some() || shape::is_direct(cx, marked, &tokens),
            tokens,
            first_paragraph: marked.first_paragraph,
            last_paragraph: marked.last_paragraph,
            attribution: None,
        };
        let next = cx.marked.get(m + 1).map_or(cx.doc.tokens.len(), |n| cx.doc.token_at(n.outer.start));
        if let Some(name) = marked.turn_of {
            let name = cx.doc.tokens_in(name);
            let last = name.end.max(name.start + 1) - 1;
            utterance.attribution = Some(Attribution {
                speaker: Some(Phrase { first: name.start, last }),
                cue: Some((last + 1, last + 1, CueStrength::Neutral)),
                rule: "turn",
                end: utterance.tokens.end,
            });
            all.push(utterance);
            continue;
        }
        if shape::is_name(cx, predicates, &utterance) {
            continue;
        }
        if let Some(last) = all.last_mut()
            && joins(cx, predicates, last, &utterance, next)
        {
            last.parts.append(&mut utterance.parts);
            last.tokens.end = utterance.tokens.end;
            last.last_paragraph = utterance.last_paragraph;
            if last.attribution.is_none() {
                last.attribution = after(cx, predicates, &utterance, next);
            }
            continue;
        }
        utterance.attribution = attribute(cx, predicates, &utterance, all.last(), next);
        // Behind dashes the speakers take turns.
        let dashed = marked.parts.first().is_some_and(|p| p.start == marked.outer.start);
        if dashed && utterance.attribution.is_none_or(|a| a.rule == "implicit") {
            utterance.attribution = Some(Attribution { speaker: None, cue: None, rule: "dash", end: utterance.tokens.end });
        }
        all.push(utterance);
    }
    all
}

/// Whether a stretch goes on with what the one before it said. Words picked out of a sentence stay apart, so that
/// the range of each holds nothing but words in marks.
fn joins(cx: &Context, predicates: &Predicates, earlier: &Utterance, later: &Utterance, next: usize) -> bool {
    if earlier.last_paragraph != later.first_paragraph || earlier.attribution.is_some_and(|a| a.rule == "turn") {
        return false;
    }
    let between = earlier.tokens.end..later.tokens.start;
    if between.is_empty() {
        // With speakers of their own they are two speeches, though nothing stands between.
        let own = earlier.attribution.is_some() && after(cx, predicates, later, next).is_some();
        return earlier.direct == later.direct && !own;
    }
    if !earlier.direct {
        return false;
    }
    if let Some(a) = earlier.attribution
        && a.rule.starts_with("after")
        && between.contains(&a.end.saturating_sub(1))
    {
        // Nothing but the attribution, and perhaps where and when, stands between.
        let rest = a.end..between.end;
        let sentences = cx.sentence_of(between.start)..=cx.sentence_of(between.end - 1);
        let same_sentence = cx.sentence_of(between.end - 1) == cx.sentence_of(later.tokens.start) && !cx.is(between.end - 1, Tags::STOP);
        if same_sentence {
            // `"A," she said, pointing at the wall, "b"`
            let resumes = ends_open(cx, earlier) && starts_small(cx, later) && cx.is(between.end - 1, Tags::COMMA.with(Tags::DASH));
            let longest = if resumes { 30 } else { 12 };
            return sentences.count() == 1 && !new_cue(cx, predicates, &rest, resumes) && rest.len() <= longest;
        }
        return later.direct
            && after(cx, predicates, later, next).is_none()
            && sentences.count() == 1
            && !cx.is(between.end - 1, Tags::COLON)
            && rest.len() <= 40;
    }
    false
}

fn ends_open(cx: &Context, u: &Utterance) -> bool {
    u.parts.last().is_some_and(|p| p.of(&cx.doc.text).ends_with([',', '—', '–', '-', '…']))
}

fn starts_small(cx: &Context, u: &Utterance) -> bool {
    u.parts.first().and_then(|p| p.of(&cx.doc.text).chars().find(|c| c.is_alphanumeric())).is_some_and(char::is_lowercase)
}

fn new_cue(cx: &Context, predicates: &Predicates, between: &Range<usize>, but_gerunds: bool) -> bool {
    let first = cx.sentence_of(between.start);
    let last = cx.sentence_of(between.end.max(1) - 1);
    (first..=last).any(|s| predicates.of(s).iter().any(|p| between.contains(&p.first) && !(but_gerunds && p.gerund)))
}

fn attribute(cx: &Context, predicates: &Predicates, u: &Utterance, earlier: Option<&Utterance>, next: usize) -> Option<Attribution> {
    let sentence = cx.sentence_of(u.tokens.start);
    let sentence_start = cx.tokens_of(sentence).start;
    let opens_sentence = u.tokens.start <= sentence_start
        || (sentence_start..u.tokens.start).all(|t| !cx.is(t, Tags::WORD.with(Tags::NUMBER)))
        || cx.is(u.tokens.start - 1, Tags::STOP);
    let adjacent = u.tokens.start > sentence_start && cx.is(u.tokens.start - 1, Tags::COMMA.with(Tags::COLON).with(Tags::THAT));
    let behind = after(cx, predicates, u, next);
    if !opens_sentence {
        let ahead = before(cx, predicates, u, earlier);
        if ahead.is_some() && (adjacent || behind.is_none() || !u.direct) {
            return ahead;
        }
        return behind.or_else(|| later_in_sentence(cx, predicates, u));
    }
    if let Some(found) = colon_before(cx, predicates, u) {
        return Some(found);
    }
    behind.or_else(|| later_in_sentence(cx, predicates, u)).or_else(|| implicit(cx, predicates, u, earlier))
}

/// `"…," said X`, `"…," X told Y`, `"…," according to X`.
fn after(cx: &Context, predicates: &Predicates, u: &Utterance, next: usize) -> Option<Attribution> {
    let mut s = u.tokens.end;
    let block_end = cx.paragraphs.get(u.last_paragraph)?.end;
    if cx.doc.tokens.get(s)?.range.start >= block_end {
        return None;
    }
    let text_end = u.parts.last()?.of(&cx.doc.text).trim_end_matches(['\'', '’', '”', '"']).chars().next_back()?;
    let mut sentence = cx.sentence_of(s);
    if let Some(found) = signature(cx, s, block_end) {
        return Some(found);
    }
    // A headline: ‘We were lied to’: Hale on the bridge
    if cx.is(s, Tags::COLON) && cx.kind_of(sentence) == BlockKind::Headline {
        let speaker = phrase::starting_at(cx, s + 1, cx.tokens_of(sentence).end)?;
        let cue = Some((s, s, CueStrength::Neutral));
        return Some(Attribution { speaker: Some(speaker), cue, rule: "after-colon", end: speaker.last + 1 });
    }
    // "…” as Roe said": an aside on other words; "as Roe put it" is not.
    if cx.is(s, Tags::SUBORDINATOR.with(Tags::PREPOSITION)) && !cx.is(s, Tags::PRONOUN) {
        return manner(cx, predicates, s);
    }
    if cx.is(s, Tags::COMMA.with(Tags::DASH)) && cx.folded(s + 1) == "as" {
        return manner(cx, predicates, s + 1);
    }
    if cx.is(s, Tags::COMMA.with(Tags::DASH)) {
        s += 1;
    } else if text_end == '.' && cx.is(s, Tags::CAPITAL) {
        // The quote ended its sentence, so what follows is the next one, unless that says nothing else: “We will.” Roe said.
        let told = predicates.of(cx.sentence_of(s)).iter().find(|p| {
            let speech = p.word.frames.any(Frames::QUOTE) && !p.noun && !p.carried;
            speech && p.subject.is_some_and(|q| q.first == s) && cx.is(p.last + 1, Tags::STOP) && p.last < s + 8
        })?;
        let cue = Some((told.first, told.last, told.word.strength));
        return Some(Attribution { speaker: told.subject, cue, rule: "after-subject", end: told.last + 1 });
    } else if cx.sentence_of(u.tokens.end - 1) != sentence && !matches!(text_end, '?' | '!' | ',' | '—' | '-' | '–' | '…') {
        return None;
    }
    if s >= cx.doc.tokens.len() {
        return None;
    }
    if cx.sentence_of(s) != sentence {
        sentence = cx.sentence_of(s);
    }
    let limit = cx.tokens_of(sentence).end.min(next.max(s));
    if let Some(found) = according(cx, s, limit) {
        return Some(Attribution { rule: "after-according", ..found });
    }
    // Inverted: verb, then subject.
    let mut v = s;
    while v < limit && cx.is(v, Tags::ADVERB) && !cx.is(v, Tags::PRONOUN) {
        v += 1;
    }
    if let Some((_, word)) = cx.cue(v)
        && word.frames.any(Frames::QUOTE)
        && cx.is(v, Tags::PAST.with(Tags::THIRD).with(Tags::BASE))
        && let Some(subject) = phrase::starting_at(cx, v + 1, limit)
        && !cx.is(subject.first, Tags::OBJECT)
        && !word.lemma.contains(' ')
    {
        return Some(Attribution {
            speaker: Some(subject),
            cue: Some((v, v, word.strength)),
            rule: "after-inverted",
            end: subject.last + 1,
        });
    }
    // Subject, then verb; an apposition between commas, brackets or "who …" may stand between.
    let own = predicates.of(sentence);
    let near = |p: &&Predicate| {
        let opens = p.subject.is_some_and(|q| q.first >= s && q.first <= s + 2 && q.last < p.first);
        p.first >= s && p.first < limit && !p.noun && !p.carried && opens && p.word.frames.any(Frames::QUOTE)
    };
    if let Some(p) = own.iter().find(near).filter(|p| !(s..p.first).any(|t| cx.is(t, Tags::SEMICOLON))) {
        return Some(Attribution {
            speaker: p.subject,
            cue: Some((p.first, p.last, p.word.strength)),
            rule: "after-subject",
            end: p.last + 1,
        });
    }
    // "a “large” sum of money, Roe said": the words beside the marks go on with them.
    if s == u.tokens.end && !matches!(text_end, ',' | '?' | '!' | '…' | '—' | '–' | '-') {
        return None;
    }
    let subject = phrase::starting_at(cx, s, limit)?;
    if !cx.is(subject.last + 1, Tags::COMMA.with(Tags::OPENING).with(Tags::DASH).with(Tags::RELATIVE)) {
        return None;
    }
    let p = own.iter().find(|p| {
        p.first > subject.last
            && p.first < limit
            && p.first <= s + 40
            && !p.gerund
            && !p.noun
            && !p.passive
            && p.word.frames.any(Frames::QUOTE)
            && !p.word.frames.any(Frames::WEAK)
            && p.subject.is_none_or(|q| !cx.is(q.first, Tags::RELATIVE))
            && cx.is(p.first.saturating_sub(1), Tags::COMMA.with(Tags::CLOSING).with(Tags::DASH).with(Tags::ADVERB).with(Tags::WORD))
    })?;
    Some(Attribution { speaker: Some(subject), cue: Some((p.first, p.last, p.word.strength)), rule: "after-apposition", end: p.last + 1 })
}

/// "as Roe put it" at `t`.
fn manner(cx: &Context, predicates: &Predicates, t: usize) -> Option<Attribution> {
    let p = predicates
        .of(cx.sentence_of(t))
        .iter()
        .find(|p| p.first > t && p.word.frames.any(Frames::MANNER) && p.subject.is_some_and(|s| s.first == t + 1))?;
    (cx.folded(t) == "as").then_some(Attribution {
        speaker: p.subject,
        cue: Some((p.first, p.last, p.word.strength)),
        rule: "after-manner",
        end: p.last + 1,
    })
}

/// `"…" — Jane Roe`, alone to the end of the paragraph.
fn signature(cx: &Context, dash: usize, paragraph_end: u32) -> Option<Attribution> {
    if !cx.is(dash, Tags::DASH) || !cx.is(dash + 1, Tags::CAPITAL) {
        return None;
    }
    let speaker = phrase::starting_at(cx, dash + 1, cx.doc.tokens_in(TextRange { start: 0, end: paragraph_end }).end)?;
    let names = (speaker.first..=speaker.last).all(|t| cx.is(t, Tags::CAPITAL) || cx.folded(t) == ".");
    let next = speaker.last + 1 + usize::from(cx.is(speaker.last + 1, Tags::STOP));
    let ends = cx.doc.tokens.get(next).is_none_or(|t| t.range.start >= paragraph_end) || cx.is(next, Tags::COMMA.with(Tags::OPENING));
    (names && ends).then_some(Attribution {
        speaker: Some(speaker),
        cue: Some((dash, dash, CueStrength::Neutral)),
        rule: "after-signature",
        end: next,
    })
}

/// `according to X`, `per X`, `in X's view` or `in the words of X` at `t`.
pub fn according(cx: &Context, t: usize, limit: usize) -> Option<Attribution> {
    viewpoint(cx, t, limit).or_else(|| according_to(cx, t, limit))
}

fn viewpoint(cx: &Context, t: usize, limit: usize) -> Option<Attribution> {
    let opens = t == 0 || cx.is(t - 1, Tags::COMMA.with(Tags::DASH).with(Tags::OPENING)) || cx.tokens_of(cx.sentence_of(t)).start == t;
    let neutral = |first, last, speaker: Phrase, end| Attribution {
        speaker: Some(speaker),
        cue: Some((first, last, CueStrength::Neutral)),
        rule: "according",
        end,
    };
    if !opens || t + 1 >= limit {
        return None;
    }
    if cx.folded(t) == "per" && cx.is(t + 1, Tags::DETERMINER.with(Tags::CAPITAL)) {
        let speaker = phrase::starting_at(cx, t + 1, limit)?;
        return Some(neutral(t, t, speaker, speaker.last + 1));
    }
    if !matches!(cx.folded(t), "in" | "to") {
        return None;
    }
    let noun = (t + 2..limit.min(t + 10)).find(|&n| cx.is(n, Tags::VIEWPOINT))?;
    if cx.folded(noun + 1) == "of" && (t + 1..noun).all(|d| cx.is(d, Tags::DETERMINER)) {
        let speaker = phrase::starting_at(cx, noun + 2, limit)?;
        return Some(neutral(t, noun + 1, speaker, speaker.last + 1));
    }
    let owner = noun - 1;
    let speaker = if matches!(cx.folded(owner), "'s" | "'") {
        phrase::ending_at(cx, owner - 1, t + 1)?
    } else if cx.is(owner, Tags::HE.with(Tags::SHE).with(Tags::THEY)) && owner == t + 1 {
        Phrase { first: owner, last: owner }
    } else if cx.is(owner, Tags::POSSESSIVE) {
        phrase::ending_at(cx, owner, t + 1)?
    } else {
        return None;
    };
    (speaker.first == t + 1).then(|| neutral(noun, noun, speaker, noun + 1))
}

fn according_to(cx: &Context, t: usize, limit: usize) -> Option<Attribution> {
    if cx.folded(t) != "according" || cx.folded(t + 1) != "to" || t + 1 >= limit {
        return None;
    }
    let speaker = phrase::starting_at(cx, t + 2, limit.max(t + 2));
    let end = speaker.map_or(t + 2, |s| s.last + 1);
    Some(Attribution { speaker, cue: Some((t, t + 1, CueStrength::Neutral)), rule: "according", end })
}

/// `X said: "…"`, `X called it "…"`.
fn before(cx: &Context, predicates: &Predicates, u: &Utterance, earlier: Option<&Utterance>) -> Option<Attribution> {
    let sentence = cx.sentence_of(u.tokens.start);
    let floor = cx.tokens_of(sentence).start;
    // After a quote with its own attribution, its words do not count again, unless nothing else is there.
    let own = predicates.of(sentence);
    let at = u.tokens.start;
    let covers = |p: &Predicate| p.content.is_some_and(|c| c.first <= at && at < c.reach);
    let labels = |p: &Predicate| p.word.frames.any(Frames::LABEL) && covers(p) && at <= p.last + 6;
    let p = own
        .iter()
        .rev()
        .filter(|p| p.last < at)
        .find(|p| labels(p) || p.content.is_some_and(|c| c.first == at && c.rule.ends_with("-mark")))
        .or_else(|| own.iter().filter(|p| p.last < at).find(|p| covers(p)))
        .copied();
    let Some(p) = p else {
        if let Some(found) = (floor..u.tokens.start).find_map(|t| according(cx, t, u.tokens.start)) {
            return Some(Attribution { rule: "before-according", ..found });
        }
        return colon_before(cx, predicates, u)
            .or_else(|| chosen_words(cx, at, floor))
            .or_else(|| inserted(cx, own, at))
            .or_else(|| for_whom(cx, at, floor))
            .or_else(|| {
                let e = earlier?;
                (cx.sentence_of(e.tokens.end.saturating_sub(1)) == sentence && !u.direct)
                    .then_some(e.attribution?)
                    .map(|a| Attribution { rule: "shared", ..a })
            });
    };
    let speaker = match (p.passive, p.word.frames.any(Frames::CITES)) {
        // "was quoted as", "to quote Roe"
        (true, true) => p.subject,
        (false, true) => phrase::starting_at(cx, p.last + 1, at).or(p.subject),
        (true, false) => by_agent(cx, p.last + 1, at),
        (false, false) => p.subject,
    };
    Some(Attribution { speaker, cue: Some((p.first, p.last, p.word.strength)), rule: "before", end: u.tokens.start })
}

/// `X used the phrase "…"`
fn chosen_words(cx: &Context, at: usize, floor: usize) -> Option<Attribution> {
    let noun = at.checked_sub(1).filter(|&t| t > floor && cx.is(t, Tags::WORDING))?;
    let verb = (floor.max(noun.saturating_sub(5))..noun).rev().find(|&t| cx.is(t, Tags::WIELD))?;
    let mut end = verb;
    while end > floor && cx.is(end - 1, Tags::AUXILIARY.with(Tags::ADVERB).with(Tags::NEGATION)) && !cx.is(end - 1, Tags::PRONOUN) {
        end -= 1;
    }
    let speaker = phrase::before(cx, end, floor)?;
    Some(Attribution { speaker: Some(speaker), cue: Some((verb, verb, CueStrength::Neutral)), rule: "before-wording", end: at })
}

/// `For X, it was "the worst day"`
fn for_whom(cx: &Context, at: usize, floor: usize) -> Option<Attribution> {
    let speaker = matches!(cx.folded(floor), "to" | "for").then(|| phrase::starting_at(cx, floor + 1, at)).flatten()?;
    let who = (speaker.first..=speaker.last).any(|t| cx.is(t, Tags::CAPITAL.with(Tags::ROLE).with(Tags::ANONYMOUS).with(Tags::PERSON)));
    (who && cx.is(speaker.last + 1, Tags::COMMA)).then_some(Attribution {
        speaker: Some(speaker),
        cue: Some((floor, floor, CueStrength::Thinking)),
        rule: "before-for",
        end: at,
    })
}

/// `The workers, X explained on Monday, were "well paid"`
fn inserted(cx: &Context, own: &[Predicate], at: usize) -> Option<Attribution> {
    let p = own.iter().rev().filter(|p| p.last < at).find(|p| {
        let speech = p.word.frames.any(Frames::QUOTE) && p.word.frames.any(Frames::THAT) && !p.word.frames.any(Frames::WEAK);
        let opens = p.subject.is_some_and(|s| s.first > 0 && s.last < p.first && cx.is(s.first - 1, Tags::COMMA.with(Tags::DASH)));
        let rest = super::content::adjunct(cx, p.last + 1, at).unwrap_or(p.last + 1);
        speech && opens && !(p.gerund || p.noun || p.passive || p.carried) && cx.is(rest, Tags::COMMA.with(Tags::DASH))
    })?;
    Some(Attribution { speaker: p.subject, cue: Some((p.first, p.last, p.word.strength)), rule: "before-inserted", end: at })
}

/// "by X" behind a passive verb.
pub fn by_agent(cx: &Context, from: usize, limit: usize) -> Option<Phrase> {
    let by = (from..limit.min(from + 8)).find(|&t| cx.folded(t) == "by")?;
    phrase::starting_at(cx, by + 1, limit)
}

/// The sentence or paragraph before ends in a colon: its last cue, or the name before the colon.
fn colon_before(cx: &Context, predicates: &Predicates, u: &Utterance) -> Option<Attribution> {
    let colon = u.tokens.start.checked_sub(1).filter(|&t| cx.is(t, Tags::COLON))?;
    let sentence = cx.sentence_of(colon);
    let floor = cx.tokens_of(sentence).start;
    if let Some(p) = predicates.of(sentence).iter().rev().find(|p| p.last < colon && p.word.frames.any(Frames::QUOTE)) {
        return Some(Attribution {
            speaker: p.subject,
            cue: Some((p.first, p.last, p.word.strength)),
            rule: "colon-cue",
            end: u.tokens.start,
        });
    }
    if let Some(found) = (floor..colon).find_map(|t| according(cx, t, colon)) {
        return Some(Attribution { rule: "colon-according", end: u.tokens.start, ..found });
    }
    let speaks = |p: &Phrase| {
        let who = Tags::CAPITAL.with(Tags::SPEAKS).with(Tags::PERSON).with(Tags::HE).with(Tags::SHE).with(Tags::THEY);
        (p.first..=p.last).any(|t| cx.is(t, who))
    };
    let speaker = phrase::ending_at(cx, colon.checked_sub(1)?, floor)
        .filter(speaks)
        .or_else(|| predicates.of(sentence).first().and_then(|p| p.subject))
        .or_else(|| phrase::starting_at(cx, floor, colon).map(|p| owner(cx, p)).filter(speaks));
    Some(Attribution { speaker, cue: Some((colon, colon, CueStrength::Neutral)), rule: "colon", end: u.tokens.start })
}

/// "Roe" in "Roe's message".
fn owner(cx: &Context, phrase: Phrase) -> Phrase {
    match (phrase.first..=phrase.last).find(|&t| cx.is(t, Tags::POSSESSIVE)) {
        Some(mark) if matches!(cx.folded(mark), "'s" | "'") && mark > phrase.first => Phrase { last: mark - 1, ..phrase },
        Some(last) => Phrase { last, ..phrase },
        None if cx.is(phrase.first, Tags::HE.with(Tags::SHE).with(Tags::THEY)) => Phrase { last: phrase.first, ..phrase },
        None => phrase,
    }
}

/// `In "…" words, he said` or `The "…" plan, according to X`.
fn later_in_sentence(cx: &Context, predicates: &Predicates, u: &Utterance) -> Option<Attribution> {
    let sentence = cx.sentence_of(u.tokens.end.saturating_sub(1));
    let limit = cx.tokens_of(sentence).end;
    if let Some(found) = (u.tokens.end..limit).find_map(|t| according(cx, t, limit)) {
        return Some(Attribution { rule: "later-according", ..found });
    }
    let p = predicates.of(sentence).iter().find(|p| {
        p.first >= u.tokens.end
            && p.subject.is_some_and(|s| s.first > u.tokens.end && cx.is(s.first - 1, Tags::COMMA))
            && p.word.frames.any(Frames::QUOTE)
            && !p.word.frames.any(Frames::WEAK)
    })?;
    let ends = cx.is(p.last + 1, Tags::STOP.with(Tags::COMMA))
        || p.last + 1 >= limit
        || super::content::adjunct(cx, p.last + 1, limit).is_some_and(|a| a >= limit || cx.is(a, Tags::STOP));
    ends.then(|| Attribution { speaker: p.subject, cue: Some((p.first, p.last, p.word.strength)), rule: "later", end: p.last + 1 })
}

/// A quote of whole sentences without a cue goes on from the speaker before it.
fn implicit(cx: &Context, predicates: &Predicates, u: &Utterance, earlier: Option<&Utterance>) -> Option<Attribution> {
    let sentence = cx.sentence_of(u.tokens.start);
    if !u.direct || cx.kind_of(sentence) == BlockKind::Subheading {
        return None;
    }
    let floor = cx.paragraphs.get(u.first_paragraph)?.start;
    // The sentence before, in the same paragraph, tells of someone who speaks.
    if let Some(before) = sentence.checked_sub(1).filter(|s| cx.start_of(*s) >= floor) {
        if let Some(e) = earlier.filter(|e| cx.sentence_of(e.tokens.end.saturating_sub(1)) >= before) {
            return e.attribution.map(|a| Attribution { rule: "implicit", ..a });
        }
        if let Some(p) = predicates.of(before).iter().rev().find(|p| p.subject.is_some()) {
            return Some(Attribution {
                speaker: p.subject,
                cue: Some((p.first, p.last, p.word.strength)),
                rule: "implicit",
                end: u.tokens.end,
            });
        }
    }
    let e = earlier.filter(|e| e.last_paragraph + 1 >= u.first_paragraph && e.direct)?;
    e.attribution.map(|a| Attribution { rule: "implicit", ..a })
}
