//! Exports of press archives: many articles in a text, told by the lines that each archive puts around them.
//!
//! The same lines come as plain text, in Word documents and in RTF. What an export declares is checked: how many articles
//! it holds, which are missing, and roughly how many words each has.

use super::limits::MAX_ARTICLES;
use super::rich::{Para, Rich};
use super::structure::one_line;
use super::{BlockKind, Format, Hints, Metadata, Moment, Note, Source, SourceError};
use regex::Regex;
use std::sync::LazyLock;

/// The articles of an export.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// The archive, as [`super::Provenance::format`] names it.
    pub slug: &'static str,
    pub articles: Vec<Article>,
    /// How many the export says it holds.
    declared: Option<usize>,
    /// Numbers of the articles that were found, where they have numbers.
    numbers: Vec<usize>,
    notes: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Article {
    pub meta: Metadata,
    pub standfirst: Option<String>,
    pub body: Vec<String>,
    /// As the export counts.
    pub words: Option<usize>,
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:document|dokument)\s+)?(\d{1,6}) (?:of|von|de|sur) (\d{1,6})(?:\s+(?:documents?|dokumenten?))?\s*$")
        .expect("the pattern is valid")
});
static WORDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^([\d.,]{1,9}) (?:words|mots|wörter|palabras|parole|palavras)\b").expect("the pattern is valid"));
static FACTIVA_END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:Document|Dokument|Documento) [A-Za-z]{2,}\d{8,}\w+$").expect("the pattern is valid"));
static DOCUMENTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:Documents|Dokumente|Documentos) \((\d{1,6})\)$").expect("the pattern is valid"));

/// Stands between head and text of an article of NewsBank.
const NEWSBANK_OPENS: &str = "Read News Document";

/// The export in a plain text, if it is one.
pub(super) fn of_text(text: &str) -> Option<Export> {
    let lines: Vec<&str> = text.lines().map(|l| l.trim_start_matches('\u{feff}')).collect();
    find(&lines)
}

/// The export in a document, if it is one.
pub(super) fn of_paras(paras: &[Para]) -> Option<Export> {
    let mut lines = Vec::new();
    for para in paras {
        lines.extend(para.text.lines());
        lines.push("");
    }
    find(&lines)
}

fn find(lines: &[&str]) -> Option<Export> {
    let has = |wanted: &str| lines.iter().any(|l| l.trim_start().starts_with(wanted));
    if lines.iter().any(|l| is_rule(l)) && has("Full text:") && (has("Publication info:") || has("Publication title:")) {
        return Some(proquest(lines));
    }
    if lines.iter().any(|l| is_number(l)) && ["LENGTH:", "LÄNGE:", "LONGUEUR:", "LOAD-DATE:"].iter().any(|l| has(l)) {
        return Some(nexis(lines));
    }
    if lines.iter().any(|l| l.trim() == NEWSBANK_OPENS) && has("Record:") {
        return Some(newsbank(lines));
    }
    let body = || lines.iter().any(|l| is_body(l));
    if body() && has("Length:") && (has("Copyright") || has("Load-Date:"))
        || has("Documents (") && has("1. ") && lines.len() < 20_000 && !body()
    {
        let declared = lines.iter().filter(|l| l.trim_start().starts_with("Do")).find_map(|l| DOCUMENTS.captures(l.trim())).is_some();
        if body() || declared {
            return Some(nexis_uni(lines));
        }
    }
    lines.iter().any(|l| ends_factiva(l)).then(|| factiva(lines)).filter(|e| !e.articles.is_empty())
}

impl Export {
    pub fn of(slug: &'static str) -> Self {
        Self { slug, ..Self::default() }
    }

    /// The articles as sources. What is missing is named in the notes of the first.
    pub fn sources(
        mut self,
        bytes: &[u8],
        hints: &Hints,
        format: Format,
        encoding: &str,
        notes: Vec<String>,
    ) -> Result<Vec<Source>, SourceError> {
        let mut notes = notes;
        notes.append(&mut self.notes);
        let mut sources: Vec<Source> = Vec::new();
        let found = self.articles.len();
        for article in self.articles.into_iter().take(MAX_ARTICLES) {
            let title = article.meta.title.clone().unwrap_or_else(|| "An article without a title".to_owned());
            if article.body.is_empty() {
                notes.push(format!("“{title}” has no text in the export and was left out."));
                continue;
            }
            let counted: usize = article.body.iter().map(|p| p.split_whitespace().count()).sum();
            if let Some(words) = article.words.filter(|w| counted * 4 < w * 3) {
                notes.push(format!("“{title}” has {counted} words; the export declares {words}. It may have been cut."));
            }
            let mut rich = Rich { meta: article.meta, ..Rich::default() };
            if let Some(standfirst) = article.standfirst {
                rich.push(Some(BlockKind::Standfirst), &standfirst, false);
            }
            for paragraph in &article.body {
                rich.push(None, paragraph, false);
            }
            if let Ok(mut source) = rich.source(bytes, hints, format, encoding) {
                source.provenance.part = sources.len() as u32;
                source.provenance.format = self.slug.to_owned();
                sources.push(source);
            }
        }
        if found > MAX_ARTICLES {
            notes.push(format!("Articles after the limit of {MAX_ARTICLES} were left out."));
        }
        if let Some(declared) = self.declared.filter(|d| *d > found) {
            let missing: Vec<String> = match self.numbers.len() {
                0 => Vec::new(),
                _ => (1..=declared).filter(|n| !self.numbers.contains(n)).take(20).map(|n| n.to_string()).collect(),
            };
            let which = match missing.as_slice() {
                [] => String::new(),
                [one] => format!("; number {one} is missing"),
                many => format!("; numbers {} are missing", many.join(", ")),
            };
            notes.push(format!("{found} of {declared} articles that the export declares were found{which}. Export them again."));
        }
        let Some(first) = sources.first_mut() else {
            return Err(SourceError::NoArticle(
                "It is the list of an archive's export, without the articles themselves. Add the files with the articles.".to_owned(),
            ));
        };
        first.notes.extend(notes.into_iter().map(|text| Note::new(hints.path.clone(), text)));
        Ok(sources)
    }
}

/// Lines between blank lines, joined: archives wrap at a fixed width.
fn groups(lines: &[&str]) -> Vec<String> {
    lines.split(|l| l.trim().is_empty()).filter(|g| !g.is_empty()).map(|g| one_line(&g.join(" "))).filter(|g| !g.is_empty()).collect()
}

/// The parts of `lines` that follow each line that `starts` holds for.
fn sections<'a, 'b>(lines: &'b [&'a str], starts: impl Fn(&str) -> bool) -> Vec<&'b [&'a str]> {
    let at: Vec<usize> = (0..lines.len()).filter(|i| starts(lines[*i])).collect();
    at.iter().enumerate().map(|(n, from)| &lines[from + 1..at.get(n + 1).copied().unwrap_or(lines.len())]).collect()
}

/// A label before a colon and what follows it; Nexis puts a no-break blank there.
fn labelled(line: &str) -> Option<(String, &str)> {
    let (label, value) = line.split_once(':')?;
    let known = label.len() <= 30 && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '/'));
    known.then(|| (label.trim().to_uppercase(), value.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}')))
}

/// What a labelled line gives; whether the label is one that an archive's head has.
fn head_line(article: &mut Article, line: &str) -> bool {
    let Some((label, value)) = labelled(line) else { return false };
    let some = || Some(value.to_owned()).filter(|v| !v.is_empty());
    match label.as_str() {
        "BYLINE" | "AUTOR" | "AUTHOR" | "AUTEUR" => {
            article.meta.byline = some().map(|b| b.strip_prefix("By ").map_or(b.clone(), str::to_owned));
        }
        "DATELINE" | "ORT" => article.meta.place = some(),
        "HIGHLIGHT" => article.standfirst = some(),
        "LENGTH" | "LÄNGE" | "LONGUEUR" => article.words = number(value),
        "URL" => article.meta.url = some(),
        "SECTION" | "RUBRIK" | "GRAPHIC" | "SERIES" | "DISTRIBUTION" | "CORRECTION" | "TYPE" | "EDITION" => {}
        _ => return false,
    }
    true
}

/// The number at the start of "1,204 words".
pub(super) fn number(words: &str) -> Option<usize> {
    let digits: String = words.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn nexis(lines: &[&str]) -> Export {
    let mut export = Export::of("nexis");
    for line in lines {
        if let Some(c) = NUMBER.captures(line) {
            export.numbers.extend(c[1].parse::<usize>());
            export.declared = export.declared.or(c[2].parse().ok());
        }
    }
    for section in sections(lines, is_number) {
        let groups = groups(section);
        let mut article = Article::default();
        let first_label = groups.iter().position(|g| head_line(&mut Article::default(), g)).unwrap_or(groups.len().min(3));
        let head = &groups[..first_label];
        let dated = head.iter().position(|g| g.len() <= 80 && Moment::parse(g).is_some());
        if let Some(d) = dated {
            article.meta.published = Moment::parse(&head[d]);
            article.meta.outlet = d.checked_sub(1).map(|o| head[o].clone());
        } else {
            article.meta.outlet = head.first().cloned();
        }
        // An edition may stand between date and headline.
        article.meta.title = head.get(dated.map_or(1, |d| d + 1)..).and_then(<[String]>::last).cloned();
        let mut rest = &groups[first_label..];
        while let Some((first, more)) = rest.split_first().filter(|(g, _)| head_line(&mut article, g)) {
            debug_assert!(!first.is_empty());
            rest = more;
        }
        let ends = ["LOAD-DATE", "LANGUAGE", "SPRACHE", "LANGUE", "PUBLICATION-TYPE", "SUBJECT", "GRAPHIC", "UPDATE", "JOURNAL-CODE"];
        let end = rest
            .iter()
            .position(|g| {
                labelled(g).is_some_and(|(l, _)| ends.contains(&l.as_str()) && g.starts_with(|c: char| c.is_uppercase()) && is_capitals(g))
            })
            .or_else(|| rest.iter().position(|g| g.starts_with("Copyright ")))
            .unwrap_or(rest.len());
        article.body = rest[..end].to_vec();
        export.articles.push(article);
    }
    export
}

/// Whether the label of a line is in capitals.
fn is_capitals(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| !label.chars().any(char::is_lowercase))
}

fn is_body(line: &str) -> bool {
    matches!(line.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}'), "Body" | "Corps" | "Textkörper")
}

fn nexis_uni(lines: &[&str]) -> Export {
    let mut export = Export::of("nexis");
    export.declared = lines
        .iter()
        .filter(|l| l.trim_start().starts_with("Do"))
        .find_map(|l| DOCUMENTS.captures(l.trim()))
        .and_then(|c| c[1].parse().ok());
    let end = |l: &str| matches!(l.trim(), "End of Document" | "Ende des Dokuments" | "Fin du document");
    for section in lines.split(|l| end(l)) {
        if section.iter().any(|l| l.contains("We are sorry but there is an error in this document")) {
            export.notes.push(
                "One article failed when the archive exported it: “We are sorry but there is an error in this document”. Export it again."
                    .to_owned(),
            );
            continue;
        }
        let Some(body) = section.iter().position(|l| is_body(l)) else { continue };
        let mut article = Article::default();
        let head: Vec<&str> = section[..body].iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
        // The last date alone on a line; a cover that lists all articles may stand before the first.
        let Some(dated) =
            head.iter().rposition(|l| labelled(l).is_none() && l.len() <= 80 && !l.starts_with("Copyright") && Moment::parse(l).is_some())
        else {
            continue;
        };
        article.meta.published = Moment::parse(head[dated]);
        article.meta.outlet = dated.checked_sub(1).map(|o| head[o].to_owned());
        article.meta.title = dated.checked_sub(2).map(|t| head[t].to_owned());
        for line in &head[dated + 1..] {
            head_line(&mut article, line);
        }
        let groups = groups(&section[body + 1..]);
        let stop = |g: &String| {
            matches!(g.trim_end_matches('\u{a0}'), "Classification" | "Graphic" | "Notes")
                || labelled(g).is_some_and(|(l, _)| matches!(l.as_str(), "LOAD-DATE" | "PUBLICATION-TYPE" | "LANGUAGE" | "SUBJECT"))
        };
        let end = groups.iter().position(stop).unwrap_or(groups.len());
        article.body = groups[..end].to_vec();
        export.articles.push(article);
    }
    // A cover alone declares what other files hold.
    if export.articles.is_empty() || export.articles.len() == 1 && export.declared == Some(1) {
        export.declared = None;
    }
    export
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 40 && line.bytes().all(|b| b == b'_')
}

fn proquest(lines: &[&str]) -> Export {
    let mut export = Export::of("proquest");
    let known = [
        "Author",
        "Publication info",
        "Abstract",
        "Full text",
        "Subject",
        "Title",
        "Publication title",
        "Publication date",
        "Publication year",
        "Publisher",
        "Place of publication",
        "Country of publication",
        "Language of publication",
        "Source type",
        "Document type",
        "ProQuest document ID",
        "Document URL",
        "Copyright",
        "Last updated",
        "Database",
        "Location",
        "Section",
        "Pages",
        "ISSN",
        "Links",
        "Company / organization",
        "People",
        "First page",
        "Column",
        "Dateline",
        "Credit",
        "Illustration",
        "Identifier / keyword",
    ];
    for section in lines.split(|l| is_rule(l)) {
        if let Some(c) = section.iter().find_map(|l| NUMBER.captures(l)) {
            export.numbers.extend(c[1].parse::<usize>());
            export.declared = export.declared.or(c[2].parse().ok());
        }
        let groups: Vec<String> = groups(section).into_iter().filter(|g| !is_number(g)).collect();
        let label = |g: &str| known.iter().find_map(|k| g.strip_prefix(k)?.strip_prefix(':').map(|v| (*k, v.trim().to_owned())));
        let Some(text) = groups.iter().position(|g| g.starts_with("Full text:")) else {
            if let Some(title) = groups.first().filter(|_| groups.iter().any(|g| g.starts_with("Publication info:"))) {
                export
                    .articles
                    .push(Article { meta: Metadata { title: Some(title.clone()), ..Metadata::default() }, ..Article::default() });
            }
            continue;
        };
        let mut article = Article::default();
        article.meta.title = groups.first().filter(|g| label(g).is_none()).cloned();
        let end = (text + 1..groups.len()).find(|i| label(&groups[*i]).is_some()).unwrap_or(groups.len());
        let mut info = None;
        for (name, value) in groups[..text].iter().chain(&groups[end..]).filter_map(|g| label(g)).filter(|(_, v)| !v.is_empty()) {
            match name {
                "Author" => {
                    article.meta.byline = Some(super::markdown::join_names(&value.split("; ").map(str::to_owned).collect::<Vec<_>>()))
                }
                "Title" => article.meta.title = article.meta.title.or(Some(value)),
                "Publication title" => article.meta.outlet = Some(value),
                "Publication date" => article.meta.published = Moment::parse(&value),
                "Dateline" => article.meta.place = Some(value),
                "Document URL" => article.meta.url = Some(value),
                "Publication info" => info = Some(value),
                _ => {}
            }
        }
        if let Some(info) = info {
            article.meta.published = article.meta.published.or_else(|| Moment::parse(&info));
            article.meta.outlet = article.meta.outlet.or_else(|| info.split(" ; ").next().map(|o| o.trim().to_owned()));
        }
        let first = groups[text]["Full text:".len()..].trim().to_owned();
        if !first.to_lowercase().starts_with("not available") {
            article.body = std::iter::once(first).chain(groups[text + 1..end].iter().cloned()).filter(|p| !p.is_empty()).collect();
        }
        export.articles.push(article);
    }
    export
}

pub(super) fn factiva(lines: &[&str]) -> Export {
    let mut export = Export::of("factiva");
    let mut from = 0;
    for at in (0..lines.len()).filter(|i| ends_factiva(lines[*i])) {
        let section = &lines[from..at];
        from = at + 1;
        let Some(counted) = section.iter().position(|l| WORDS.is_match(l.trim())) else { continue };
        let mut article = Article { words: number(section[counted].trim()), ..Article::default() };
        let head = groups_of_lines(&section[..counted]);
        let byline = head.iter().skip(1).rfind(|l| l.starts_with("By ") || head.len() == 2);
        article.meta.byline = byline.map(|b| b.strip_prefix("By ").unwrap_or(b).to_owned());
        // A section's name may stand before the headline.
        article.meta.title = head.iter().rfind(|l| Some(*l) != byline).map(|l| (*l).to_owned());
        let after: Vec<usize> = (counted + 1..section.len()).filter(|i| !section[*i].trim().is_empty()).collect();
        let mut lines_after = after.iter().map(|i| (*i, section[*i].trim()));
        let mut body = counted + 1;
        let mut clock = String::new();
        while let Some((i, line)) = lines_after.next().filter(|(i, _)| *i < counted + 24) {
            body = i + 1;
            if article.meta.published.is_none() {
                if let Some(date) = Moment::parse(line) {
                    article.meta.published = Some(date);
                    continue;
                }
            } else if article.meta.outlet.is_none() {
                if line.len() <= 5 && line.contains(':') {
                    clock = line.to_owned();
                } else {
                    article.meta.outlet = Some(line.to_owned());
                }
                continue;
            }
            if line.starts_with("(c)") || line.starts_with("Copyright") || line.starts_with('©') {
                break;
            }
        }
        if let Some(date) = article.meta.published.filter(|_| !clock.is_empty()) {
            article.meta.published = Moment::parse(&format!("{} {clock}", date.date)).or(Some(date));
        }
        article.body = groups(&section[body.min(section.len())..]);
        export.articles.push(article);
    }
    export
}

/// Whether a line numbers an article: "12 of 40 documents". Most lines are told by their first letter, and most files need
/// no pattern at all.
fn is_number(line: &str) -> bool {
    line.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'd' | 'D')) && NUMBER.is_match(line)
}

/// Whether a line closes an article of Factiva.
pub(super) fn ends_factiva(line: &str) -> bool {
    line.trim_start().starts_with("Do") && FACTIVA_END.is_match(line.trim())
}

/// The count of words in a line such as "Tuesday, 12 March 2024 - 180 words, p. 1".
pub(super) fn words_in(line: &str) -> Option<usize> {
    line.split(" - ").map(str::trim).find(|part| WORDS.is_match(part)).and_then(number)
}

/// Articles of NewsBank: a headline, a line of date and outlet, labels, a line that opens the text.
fn newsbank(lines: &[&str]) -> Export {
    let mut export = Export::of("newsbank");
    let opens = |l: &str| l.trim() == NEWSBANK_OPENS;
    let at: Vec<usize> = (0..lines.len()).filter(|i| opens(lines[*i])).collect();
    let mut from = 0;
    for open in at {
        let head = groups_of_lines(&lines[from..open]);
        let mut article = Article::default();
        let place = head.iter().rposition(|l| l.split_once(" | ").is_some_and(|(date, _)| Moment::parse(date).is_some()));
        if let Some((d, (date, outlet))) = place.and_then(|d| head[d].split_once(" | ").map(|parts| (d, parts))) {
            article.meta.published = Moment::parse(date);
            let name = outlet.split(" (").next().unwrap_or(outlet).trim();
            article.meta.outlet = Some(name.strip_suffix(", The").map_or_else(|| name.to_owned(), |n| format!("The {n}")));
            article.meta.title = d.checked_sub(1).map(|t| head[t].to_owned());
            for field in head[d + 1..].iter().flat_map(|l| l.split(" | ")) {
                if let Some(name) = field.strip_prefix("Author/Byline:") {
                    article.meta.byline = Some(name.trim().to_owned()).filter(|n| !n.is_empty());
                }
            }
        }
        let rest = &lines[open + 1..];
        let end = rest.iter().position(|l| l.starts_with("Record:") || l.starts_with("Copyright") || opens(l)).unwrap_or(rest.len());
        // What closes an article is no headline of the next.
        let tail = rest[end..].iter().take_while(|l| l.trim().is_empty() || l.contains(':') || l.starts_with("Copyright")).count();
        from = open + 1 + end + tail;
        article.body = groups(&rest[..end]);
        export.articles.push(article);
    }
    export
}

fn groups_of_lines<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect()
}
