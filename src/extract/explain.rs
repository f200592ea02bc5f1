//! What was found, as text: the source with each finding underlined beneath it.
//!
//! ```text
//! “We will pay 35,000,” said Anna Roe.
//!  ~~~~~~~~~~~~~~~~~~~  ---- ======== direct · Anna Roe · said (neutral) · after-inverted
//!              ^^^^^^ number 35000 · digits
//! ```
//!
//! One line a sentence and one a finding; above a sentence that is no paragraph's the role of its block: `[headline]`. `~` is what was said, `=` who said it, `-` the cue, `^` a detail.
//! Every underline ends with the finding's kind, value and rule, so the same form serves people who ask why
//! and tests that compare.

use super::{Detail, Extract, Qualifier, Quote, QuoteKind, Value};
use crate::base::TextRange;
use crate::source::BlockKind;
use crate::text::Document;
use std::fmt::Write;

/// All sentences of a document in which something was found, with what was found in them.
pub fn explain(document: &Document, extract: &Extract) -> String {
    let mut out = String::new();
    for sentence in &document.sentences {
        let range = sentence.range;
        let overlaps = |r: TextRange| r.start < range.end && range.start < r.end;
        let quotes: Vec<&Quote> = extract.quotes.iter().filter(|q| q.parts.iter().any(|p| overlaps(*p))).collect();
        let details: Vec<&Detail> = extract.details.iter().filter(|d| range.start <= d.range.start && d.range.start < range.end).collect();
        if quotes.is_empty() && details.is_empty() {
            continue;
        }
        let block = document.blocks.get(sentence.block as usize).map_or(BlockKind::Paragraph, |b| b.kind);
        if block != BlockKind::Paragraph {
            let _ = writeln!(out, "[{}]", slug(&block));
        }
        let line = Line { text: range.of(&document.text), start: range.start };
        line.source(&mut out);
        for quote in quotes {
            let mut marks: Vec<(TextRange, char)> = quote.parts.iter().map(|p| (*p, '~')).collect();
            marks.extend(quote.speaker.as_ref().map(|s| (s.range, '=')));
            marks.extend(quote.cue.map(|c| (c.range, '-')));
            let first = quote.range.start >= range.start;
            let label = if first { quote_label(document, quote) } else { "…".to_owned() };
            line.underline(&mut out, &marks, &label);
        }
        for detail in details {
            line.underline(&mut out, &[(detail.range, '^')], &detail_label(detail));
        }
        out.push('\n');
    }
    out
}

/// One sentence on one line.
struct Line<'a> {
    text: &'a str,
    start: u32,
}

impl Line<'_> {
    fn source(&self, out: &mut String) {
        out.extend(self.text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
        out.push('\n');
    }

    /// The column of a byte, in characters from the start of the line; the line's end for those behind it.
    fn column(&self, offset: u32) -> usize {
        let inside = offset.saturating_sub(self.start) as usize;
        self.text.get(..inside).unwrap_or(self.text).chars().count()
    }

    fn underline(&self, out: &mut String, marks: &[(TextRange, char)], label: &str) {
        let mut line: Vec<char> = Vec::new();
        for (range, mark) in marks {
            let (from, to) = (self.column(range.start), self.column(range.end));
            if line.len() < to {
                line.resize(to, ' ');
            }
            line[from..to].fill(*mark);
        }
        out.extend(line);
        let _ = writeln!(out, " {label}");
    }
}

fn quote_label(document: &Document, quote: &Quote) -> String {
    let kind = match quote.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Partial => "partial",
        QuoteKind::Indirect => "indirect",
    };
    let mut label = kind.to_owned();
    if let Some(speaker) = &quote.speaker {
        let words = speaker.range.of(&document.text);
        match speaker.name.as_deref() {
            Some(name) if name != words => {
                let _ = write!(label, " · {words} = {name}");
            }
            _ => {
                let _ = write!(label, " · {words}");
            }
        }
    }
    if let Some(cue) = quote.cue {
        let _ = write!(label, " · {} ({})", cue.range.of(&document.text), slug(&cue.strength));
    }
    let _ = write!(label, " · {}", quote.rule);
    label.replace(['\n', '\r'], " ")
}

fn detail_label(detail: &Detail) -> String {
    let mut label = slug(&detail.kind);
    let _ = write!(label, " {}", value_text(&detail.value));
    if let Some(unit) = &detail.unit {
        let _ = write!(label, " {unit}");
    }
    if detail.qualifier != Qualifier::Exact {
        let _ = write!(label, " ({})", slug(&detail.qualifier));
    }
    if let Some(subject) = &detail.subject {
        let _ = write!(label, " of {subject}");
    }
    let _ = write!(label, " · {}", detail.rule);
    label
}

/// A value as the contract writes it.
fn value_text(value: &Value) -> String {
    match value {
        Value::Number(x) => x.to_string(),
        Value::Range(low, high) => format!("{low} to {high}"),
        Value::Date(date) => date.to_string(),
        Value::DateRange(from, to) => format!("{from} to {to}"),
        Value::Time(time, None) => format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()),
        Value::Time(time, Some(minutes)) => {
            let sign = if *minutes < 0 { '-' } else { '+' };
            let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
            format!("{:02}:{:02}:{:02}{sign}{hours:02}:{rest:02}", time.hour(), time.minute(), time.second())
        }
        Value::Duration { iso, upto: None, .. } => iso.clone(),
        Value::Duration { iso, upto: Some(upto), .. } => format!("{iso} to {upto} s"),
        Value::Name(name) => name.clone(),
    }
}

/// The name of a kind as the contract writes it: `more-than`.
fn slug<T: serde::Serialize>(kind: &T) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
