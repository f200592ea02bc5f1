//! The roles of paragraphs that carry no markup: which is the headline, the standfirst, a caption, a list item.
//!
//! A head zone (title, standfirst, byline, date lines) is read until the first paragraph that fits none of
//! these; after it each paragraph is judged by its own form and its neighbours. Rules are about length, end
//! marks and position; a learned classifier would know no more from plain text and could not say why.

use super::margin;
use super::roles::{self, Field};
use super::{Block, BlockKind, Metadata};
use crate::base::TextRange;

/// A paragraph as the reader of a format found it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Trimmed.
    pub range: TextRange,
    /// The role, where markup says it.
    pub kind: Option<BlockKind>,
    /// Number of the group between blank lines that it stands in.
    pub group: u32,
}

/// How much of the head of an article is searched for title, byline and dates.
const HEAD_UNITS: usize = 14;
const MAX_HEADLINE_CHARS: usize = 200;
const MAX_STANDFIRST_CHARS: usize = 320;
const MAX_SUBHEADING_CHARS: usize = 90;
const MIN_STANDFIRST_HEADING_CHARS: usize = 30;
/// Groups of more lines than this are whole articles without blank lines.
const MAX_LINES_IN_GROUP: usize = 6;

/// Gives each unit its role and reads the head into `meta`. Units that hold metadata alone give no block.
pub(super) fn assign(text: &str, units: &[Unit], meta: &mut Metadata) -> Vec<Block> {
    let mut kinds: Vec<Option<BlockKind>> = units.iter().map(|u| u.kind).collect();
    let mut ranges: Vec<TextRange> = units.iter().map(|u| u.range).collect();
    let mut dropped = vec![false; units.len()];
    let body = head(text, units, meta, &mut kinds, &mut ranges, &mut dropped);
    self::body(text, units, body, meta, &mut kinds, &mut ranges);
    let blocks = (0..units.len())
        .filter(|&i| !dropped[i] && !ranges[i].is_empty())
        .map(|i| Block { kind: kinds[i].unwrap_or(BlockKind::Paragraph), range: ranges[i] })
        .collect();
    margin::part_calls(text, blocks)
}

/// Reads the head; returns the first unit of the body.
fn head(
    text: &str,
    units: &[Unit],
    meta: &mut Metadata,
    kinds: &mut [Option<BlockKind>],
    ranges: &mut [TextRange],
    dropped: &mut [bool],
) -> usize {
    let mut titled = false;
    let mut standfirst = false;
    let mut bylined = false;
    let title_hint = meta.title.clone();
    let marked = units.iter().take(HEAD_UNITS).rposition(|u| u.kind == Some(BlockKind::Headline));
    let mut body = 0;
    for i in 0..units.len().min(HEAD_UNITS) {
        let words = units[i].range.of(text);
        match kinds[i] {
            Some(BlockKind::Headline) => {
                titled = true;
                meta.title.get_or_insert_with(|| one_line(words));
                body = i + 1;
                continue;
            }
            Some(BlockKind::Standfirst) => {
                standfirst = true;
                body = i + 1;
                continue;
            }
            Some(BlockKind::Byline) => {
                let found = roles::byline(words);
                meta.byline.get_or_insert_with(|| found.map_or_else(|| one_line(words), |f| f.authors));
                bylined = true;
                body = i + 1;
                continue;
            }
            Some(BlockKind::Dateline) => {
                meta.place.get_or_insert_with(|| one_line(words));
                body = i + 1;
                continue;
            }
            // A long heading right under the title says what the article is about.
            Some(BlockKind::Subheading)
                if titled && !standfirst && i == body && char_count(words) >= MIN_STANDFIRST_HEADING_CHARS && units.len() > i + 1 =>
            {
                kinds[i] = Some(BlockKind::Standfirst);
                standfirst = true;
                body = i + 1;
                continue;
            }
            Some(_) => break,
            None => {}
        }
        if let Some((field, value)) = roles::labelled(words).filter(|_| !words.contains('\n')) {
            let known = match field {
                // The words of a title or byline are shown; the label is not.
                Field::Title if !titled => {
                    kinds[i] = Some(BlockKind::Headline);
                    ranges[i] = value_range(units[i].range, words, value);
                    titled = true;
                    roles::set(meta, field, value)
                }
                Field::Byline => {
                    kinds[i] = Some(BlockKind::Byline);
                    ranges[i] = value_range(units[i].range, words, value);
                    bylined = true;
                    roles::set(meta, field, value)
                }
                _ => {
                    let known = roles::set(meta, field, value);
                    dropped[i] = known;
                    known
                }
            };
            if known {
                body = i + 1;
                continue;
            }
        }
        // The last words of a file are never mere metadata: they may be all it holds.
        if i + 1 == units.len() {
            break;
        }
        if !titled
            && i == 0
            && let Some(outlet) = masthead(text, units)
        {
            meta.outlet.get_or_insert(outlet);
            dropped[i] = true;
            body = i + 1;
            continue;
        }
        if !titled && roles::is_section(words) && next_content(text, units, i).is_some_and(|n| is_headline(text, units, n)) {
            kinds[i] = Some(BlockKind::Boilerplate);
            body = i + 1;
            continue;
        }
        if bylined && goes_on_byline(text, units, kinds, i) {
            if let Some(more) = words.strip_prefix("and ")
                && let Some(byline) = &mut meta.byline
                && !byline.contains(more)
            {
                byline.push_str(" and ");
                byline.push_str(more.trim());
            }
            kinds[i] = Some(BlockKind::Byline);
            body = i + 1;
            continue;
        }
        if titled && !bylined && is_name_alone(text, units, i) {
            kinds[i] = Some(BlockKind::Byline);
            meta.byline.get_or_insert_with(|| words.to_owned());
            bylined = true;
            body = i + 1;
            continue;
        }
        if !bylined && let Some(found) = roles::byline(words) {
            kinds[i] = Some(BlockKind::Byline);
            // "By:" is a label, "By" a part of the line.
            if words.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by:")) {
                ranges[i] = value_range(units[i].range, words, words[3..].trim_start());
            }
            meta.byline.get_or_insert(found.authors);
            if let Some(agency) = found.agency {
                meta.agency.get_or_insert(agency);
            }
            if let Some(date) = found.date {
                meta.published.get_or_insert(date);
            }
            bylined = true;
            body = i + 1;
            continue;
        }
        if roles::date_line(words, meta) {
            dropped[i] = true;
            body = i + 1;
            continue;
        }
        if let Some(dateline) = roles::dateline(words)
            && dateline.end >= words.len()
        {
            kinds[i] = Some(BlockKind::Dateline);
            place(meta, dateline);
            body = i + 1;
            continue;
        }
        let is_title = title_hint.as_deref().is_some_and(|t| same_words(t, words));
        if !titled && !is_title && marked.is_some_and(|m| m > i) && is_headline(text, units, i) {
            // A line above the headline that markup tells.
            kinds[i] = Some(BlockKind::Boilerplate);
            body = i + 1;
            continue;
        }
        if !titled && (is_title || is_headline(text, units, i)) {
            kinds[i] = Some(BlockKind::Headline);
            meta.title.get_or_insert_with(|| one_line(words));
            titled = true;
            body = i + 1;
            continue;
        }
        if titled && !standfirst && is_standfirst(text, units, i) {
            kinds[i] = Some(BlockKind::Standfirst);
            standfirst = true;
            body = i + 1;
            continue;
        }
        if margin::is_boilerplate(words) || margin::is_caption(words) {
            continue;
        }
        break;
    }
    body
}

fn body(text: &str, units: &[Unit], from: usize, meta: &mut Metadata, kinds: &mut [Option<BlockKind>], ranges: &mut [TextRange]) {
    let mut in_list = false;
    let mut first_paragraph = true;
    for i in 0..units.len() {
        if kinds[i].is_some() {
            if i >= from && kinds[i] == Some(BlockKind::Paragraph) && first_paragraph {
                first_paragraph = false;
                if let Some(dateline) = roles::dateline(ranges[i].of(text)) {
                    place(meta, dateline);
                }
            }
            continue;
        }
        let words = ranges[i].of(text);
        let beside = |n: Option<usize>| n.and_then(|n| units.get(n)).is_some_and(|u| bullet(u.range.of(text)).is_some());
        // "- 10" alone is a number; among other items its dash is a bullet.
        let sign = || words.strip_prefix(['-', '–']).is_some_and(|w| w.trim_start().starts_with(char::is_numeric));
        if let Some(inner) = bullet(words)
            && (!sign() || beside(i.checked_sub(1)) || beside(Some(i + 1)))
        {
            kinds[i] = Some(BlockKind::ListItem);
            ranges[i].start += inner as u32;
            continue;
        }
        if let Some(inner) = numbered_item(text, units, i) {
            kinds[i] = Some(BlockKind::ListItem);
            ranges[i].start += inner as u32;
            continue;
        }
        kinds[i] = Some(if margin::is_boilerplate(words) && margin::call_at_end(words).is_none() {
            BlockKind::Boilerplate
        } else if margin::is_caption(words) || names_picture(text, units, i) {
            BlockKind::Caption
        } else if i < from {
            // Metadata that was dropped.
            continue;
        } else if in_list || opens_list(text, units, i) {
            let more = is_list_item(words) && !ends_sentence(words);
            in_list = more;
            BlockKind::ListItem
        } else if i + 1 >= units.len().saturating_sub(1) && i > from && roles::byline(words).is_some() && words.len() < 80 {
            BlockKind::Byline
        } else if is_subheading(text, units, kinds, i, from) {
            BlockKind::Subheading
        } else {
            BlockKind::Paragraph
        });
        if kinds[i] == Some(BlockKind::Paragraph)
            && std::mem::take(&mut first_paragraph)
            && let Some(dateline) = roles::dateline(words)
        {
            place(meta, dateline);
        }
    }
    captions_before_credits(text, units, kinds, from);
    links(text, units, kinds, from);
    tail(text, units, kinds, from);
}

/// Lines right under a heading such as "Read also" are titles of other articles.
fn links(text: &str, units: &[Unit], kinds: &mut [Option<BlockKind>], from: usize) {
    for i in from..units.len() {
        if kinds[i] != Some(BlockKind::Boilerplate) || !margin::opens_tail(units[i].range.of(text)) {
            continue;
        }
        let below = (i + 1..units.len()).take_while(|n| units[*n].group == units[i].group).take(MAX_LINES_IN_GROUP);
        for n in below.take_while(|n| units[*n].range.len() <= 120 && !ends_sentence(units[*n].range.of(text))) {
            kinds[n] = Some(BlockKind::Boilerplate);
        }
    }
}

fn group_len(units: &[Unit], i: usize) -> usize {
    units.iter().filter(|u| u.group == units[i].group).count()
}

/// The outlet's name in the first line, where the second is a headline: "HARBOUR POST".
fn masthead(text: &str, units: &[Unit]) -> Option<String> {
    let words = units.first()?.range.of(text);
    let next = (1..units.len().min(4)).find(|n| !roles::is_section(units[*n].range.of(text)))?;
    let longer = units[next].range.len() > units[0].range.len();
    (roles::is_outlet(words) && longer && is_headline(text, units, next)).then(|| roles::title_case(words))
}

/// A line under a byline that belongs to it: "and Omar Reyes", "Staff writers", "Associated Press", and in a group of few
/// lines a place.
fn goes_on_byline(text: &str, units: &[Unit], kinds: &[Option<BlockKind>], i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    if units[before].group != units[i].group || kinds[before] != Some(BlockKind::Byline) {
        return false;
    }
    let words = units[i].range.of(text);
    if words.strip_prefix("and ").is_some_and(|names| roles::byline(&format!("By {names}")).is_some()) {
        return true;
    }
    let count = words.split_whitespace().count();
    let capitals = words.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "in"));
    let bare = count <= 4 && !ends_sentence(words) && !words.contains(|c: char| c.is_ascii_digit());
    bare && (roles::agency_name(words).is_some() || roles::has_role(words) || capitals && group_len(units, i) <= MAX_LINES_IN_GROUP)
}

/// A person's name alone between headline and body.
fn is_name_alone(text: &str, units: &[Unit], i: usize) -> bool {
    if !units[i].range.of(text).split(" and ").all(roles::is_name) {
        return false;
    }
    let next = (i + 1..units.len().min(i + 4)).map(|n| units[n].range.of(text)).find(|w| w.len() > 60 || roles::is_date_line(w));
    next.is_some_and(|w| roles::is_date_line(w) || ends_sentence(w))
}

/// The bytes of "2. " or "3) " before an item whose neighbour has the next number, or that a colon announces.
fn numbered_item(text: &str, units: &[Unit], i: usize) -> Option<usize> {
    let number = |i: usize| {
        let words = units.get(i)?.range.of(text);
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        let rest = words.get(digits..)?.strip_prefix(['.', ')'])?;
        let inner = rest.trim_start();
        let n: u32 = words.get(..digits).filter(|d| (1..=2).contains(&d.len()))?.parse().ok()?;
        (inner.len() < rest.len() && inner.contains(char::is_alphabetic)).then(|| (n, words.len() - inner.len()))
    };
    let (n, inner) = number(i)?;
    let before = i.checked_sub(1);
    let beside = before.and_then(number).is_some_and(|b| b.0 + 1 == n) || number(i + 1).is_some_and(|a| a.0 == n + 1);
    let announced = n == 1 && before.is_some_and(|b| units[b].range.of(text).ends_with(':'));
    (beside || announced).then_some(inner)
}

/// Two lines between blank lines of which the second is a caption: the first names the picture.
fn captions_before_credits(text: &str, units: &[Unit], kinds: &mut [Option<BlockKind>], from: usize) {
    for i in from..units.len().saturating_sub(1) {
        let pair = units[i].group == units[i + 1].group && kinds[i + 1] == Some(BlockKind::Caption);
        let alone = (i == 0 || units[i - 1].group != units[i].group) && units.get(i + 2).is_none_or(|u| u.group != units[i].group);
        if pair
            && alone
            && kinds[i] != Some(BlockKind::Boilerplate)
            && !ends_sentence(units[i].range.of(text))
            && units[i].range.len() <= 100
        {
            kinds[i] = Some(BlockKind::Caption);
        }
    }
}

/// The first or second of two lines that stand together, neither ended by a full stop, the first a short name:
/// a picture's name and its caption.
fn names_picture(text: &str, units: &[Unit], i: usize) -> bool {
    let pair = |a: usize| {
        let (Some(x), Some(y)) = (units.get(a), units.get(a + 1)) else { return false };
        let alone = (a == 0 || units[a - 1].group != x.group) && units.get(a + 2).is_none_or(|u| u.group != x.group);
        let (first, second) = (x.range.of(text), y.range.of(text));
        x.group == y.group
            && alone
            && a > 0
            && first.len() <= 60
            && second.len() <= 300
            && second.len() > first.len()
            && !ends_sentence(first)
            && !ends_sentence(second)
            && !first.ends_with([':', ','])
            && second.starts_with(char::is_uppercase)
    };
    pair(i) || i > 0 && pair(i - 1)
}

/// A heading such as "Related stories" makes what follows boilerplate, when only short pieces follow.
fn tail(text: &str, units: &[Unit], kinds: &mut [Option<BlockKind>], from: usize) {
    let start = from.max(units.len() * 2 / 3);
    for i in start..units.len() {
        if !margin::opens_tail(units[i].range.of(text)) {
            continue;
        }
        if units[i..].iter().all(|u| u.range.len() <= 160) {
            kinds[i..].iter_mut().for_each(|k| *k = Some(BlockKind::Boilerplate));
            return;
        }
    }
}

fn place(meta: &mut Metadata, dateline: roles::Dateline) {
    if !dateline.place.is_empty() {
        meta.place.get_or_insert(dateline.place);
    }
    if let Some(agency) = dateline.agency {
        meta.agency.get_or_insert(agency);
    }
    if let Some(date) = dateline.date {
        meta.published.get_or_insert(date);
    }
}

fn value_range(unit: TextRange, words: &str, value: &str) -> TextRange {
    let at = words.rfind(value).unwrap_or(0);
    TextRange::new(unit.start as usize + at, unit.start as usize + at + value.len())
}

/// Words on one line, single blanks between them.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether two texts have the same letters and digits.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}

fn char_count(text: &str) -> usize {
    text.chars().count()
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let core = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '“']);
    core.ends_with(['.', '!', '?', '…', '。']) || core.ends_with(':') && text.len() > 60
}

/// Number of sentence ends inside a text, its own end aside.
fn inner_ends(text: &str) -> usize {
    let mut ends = 0;
    let mut word_start = 0;
    for (i, c) in text.char_indices() {
        if c.is_whitespace() {
            word_start = i + c.len_utf8();
        }
        if matches!(c, '.' | '!' | '?') {
            let word = &text[word_start..i];
            let abbreviated = c == '.' && (word.chars().count() <= 3 && word.starts_with(char::is_uppercase) || word.contains('.'));
            let rest = text[i + 1..].trim_start_matches(['"', '”', '’', '\'', ')']);
            let mut after = rest.chars();
            if !abbreviated && after.next().is_some_and(char::is_whitespace) && after.next().is_some_and(|c| !c.is_lowercase()) {
                ends += 1;
            }
        }
    }
    ends
}

fn title_cased(text: &str) -> bool {
    let long: Vec<&str> = text.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 4).collect();
    let capitals = long.iter().filter(|w| w.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)).count();
    long.len() >= 2 && capitals * 5 >= long.len() * 4
}

/// The next unit that is neither metadata nor a byline.
fn next_content(text: &str, units: &[Unit], i: usize) -> Option<usize> {
    ((i + 1)..units.len().min(i + 6)).find(|&n| {
        let words = units[n].range.of(text);
        !(roles::labelled(words).is_some() || roles::byline(words).is_some() || roles::date_line(words, &mut Metadata::default()))
    })
}

fn is_headline(text: &str, units: &[Unit], i: usize) -> bool {
    let words = units[i].range.of(text);
    let chars = char_count(words);
    if chars > MAX_HEADLINE_CHARS || bullet(words).is_some() || roles::dateline(words).is_some() || margin::is_boilerplate(words) {
        return false;
    }
    // Something must follow that it is the headline of.
    let Some(next) = next_content(text, units, i) else { return false };
    let following = units[next].range.of(text);
    if words.ends_with([',', ';']) || words.ends_with(':') && !title_cased(words) {
        return false;
    }
    let stop = words.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with('.');
    if stop && !words.ends_with("...") {
        // "Council Votes to Close Bridge." is a headline, "The council voted on Monday to close the bridge." a sentence.
        return title_cased(words) && chars <= 150 && inner_ends(words) == 0 && char_count(following) > chars / 2;
    }
    inner_ends(words) <= 1 && words.contains(char::is_alphabetic)
}

fn is_standfirst(text: &str, units: &[Unit], i: usize) -> bool {
    let words = units[i].range.of(text);
    let chars = char_count(words);
    if !(20..=MAX_STANDFIRST_CHARS).contains(&chars)
        || bullet(words).is_some()
        || roles::dateline(words).is_some()
        || margin::is_boilerplate(words)
    {
        return false;
    }
    if margin::is_caption(words) || names_picture(text, units, i) || words.starts_with(['“', '"', '‘', '«']) {
        return false;
    }
    let Some(next) = units.get(i + 1).map(|u| u.range.of(text)) else { return false };
    // Right before a byline or a date.
    let head_follows =
        roles::byline(next).is_some() || is_name_alone(text, units, i + 1) || roles::date_line(next, &mut Metadata::default());
    if head_follows && inner_ends(words) <= 2 {
        return true;
    }
    if inner_ends(words) > 0 || units.len() < i + 3 {
        return false;
    }
    if !ends_sentence(words) {
        return char_count(next) > chars && chars > 30 && ends_sentence(next);
    }
    // A short sentence before a much longer paragraph that starts the story anew.
    chars <= 170 && char_count(next) >= 280 && char_count(next) >= 2 * chars && inner_ends(next) >= 1
}

/// The bytes of a bullet and the blanks after it.
fn bullet(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if !matches!(first, '-' | '*' | '•' | '·' | '▪' | '◦' | '–' | '‣' | '●' | '■' | '○' | '►' | '▶') {
        return None;
    }
    let rest = chars.as_str();
    let inner = rest.trim_start();
    (inner.len() < rest.len() && inner.contains(char::is_alphanumeric)).then(|| text.len() - inner.len())
}

fn is_list_item(text: &str) -> bool {
    char_count(text) <= 300
        && (text.ends_with([';', ',']) || text.starts_with(char::is_lowercase) || text.ends_with("; and") || text.ends_with(" and"))
}

/// After a paragraph that ends with a colon, lines that start small or end with a semicolon are a list.
fn opens_list(text: &str, units: &[Unit], i: usize) -> bool {
    let words = units[i].range.of(text);
    i > 0 && units[i - 1].range.of(text).ends_with(':') && is_list_item(words) && units.len() > i + 1
}

fn is_subheading(text: &str, units: &[Unit], kinds: &[Option<BlockKind>], i: usize, from: usize) -> bool {
    let words = units[i].range.of(text);
    let chars = char_count(words);
    if i <= from || !(3..=MAX_SUBHEADING_CHARS).contains(&chars) || words.split_whitespace().count() > 14 {
        return false;
    }
    if words.ends_with(['.', ',', ';', ':', '!', '—', '–', '-']) || words.ends_with(".”") || words.ends_with(".\"") || words.ends_with(",”")
    {
        return false;
    }
    let head = words.trim_start_matches(['“', '"', '‘', '\'', '«', '(']);
    if !head.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || !words.contains(char::is_alphabetic) {
        return false;
    }
    // A question is a heading unless it stands among short lines of speech.
    if words.ends_with('?') && (words.starts_with(['“', '"']) || chars > 70) {
        return false;
    }
    // It must head a paragraph, and stand after one.
    let before =
        kinds[..i].iter().rev().take(3).any(|k| matches!(k, Some(BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Caption)));
    let Some(next) = units.get(i + 1).map(|u| u.range.of(text)) else { return false };
    before && char_count(next) > chars && (ends_sentence(next) || next.ends_with(':') || char_count(next) > 160)
}
