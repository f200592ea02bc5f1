//! News feeds with whole articles: RSS and Atom. One that has summaries alone holds no article to compare.

use super::limits::MAX_ARTICLES;
use super::rich::Rich;
use super::structure::one_line;
use super::xml::{self, Element};
use super::{Format, Hints, Metadata, Moment, Note, Source, SourceError, html};

/// A summary has fewer letters than this.
const MIN_ARTICLE_CHARS: usize = 700;

/// Reads the articles of a feed in its order.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    let parsed = xml::parse(bytes)?;
    let mut items = Vec::new();
    parsed.root.find_all("item", &mut items);
    if items.is_empty() {
        parsed.root.find_all("entry", &mut items);
    }
    let channel = parsed.root.child("channel").unwrap_or(&parsed.root);
    let mut notes = parsed.notes;
    let (mut sources, mut summaries) = (Vec::new(), 0);
    for item in items.iter().take(MAX_ARTICLES) {
        match article(item, channel).map(|rich| rich.source(bytes, hints, Format::Feed, parsed.encoding)) {
            Some(Ok(mut source)) => {
                source.provenance.part = sources.len() as u32;
                sources.push(source);
            }
            _ => summaries += 1,
        }
    }
    if items.len() > MAX_ARTICLES {
        notes.push(format!("Articles after the limit of {MAX_ARTICLES} were left out."));
    }
    let Some(first) = sources.first_mut() else {
        return Err(SourceError::Unreadable(
            "It is a news feed (RSS or Atom) with summaries and links only, no article text. Open the links, save the pages and add them."
                .to_owned(),
        ));
    };
    if summaries > 0 {
        notes.push(format!("{summaries} of {} entries hold a summary or a link alone and were left out.", items.len()));
    }
    first.notes.extend(notes.into_iter().map(|text| Note::new(hints.path.clone(), text)));
    Ok(sources)
}

/// The feed's title, unless it collects what others publish: then the host of the article.
fn outlet(link: Option<&str>, channel: &Element) -> Option<String> {
    let address = |l: &Element| l.attribute("href").map_or_else(|| one_line(&l.text()), str::to_owned);
    let home = channel.elements().filter(|e| e.name == "link" && e.attribute("rel") != Some("self")).find_map(|l| html::host(&address(l)));
    // Feeds have hosts such as "feeds.post.example".
    let owner = |host: &str| host.rsplitn(3, '.').take(2).map(str::to_owned).collect::<Vec<_>>();
    match (link.and_then(html::host), home) {
        (Some(there), Some(home)) if owner(&there) != owner(&home) => Some(there),
        _ => channel.child("title").map(|t| html::clean(&t.text())).filter(|t| !t.is_empty()),
    }
}

fn article(item: &Element, channel: &Element) -> Option<Rich> {
    let words = |name: &str| item.child(name).map(|e| one_line(&e.text())).filter(|t| !t.is_empty());
    let body = |e: &Element| if e.elements().next().is_some() { e.markup() } else { e.text() };
    let whole = ["encoded", "content"].iter().filter_map(|n| item.child(n)).map(body).find(|b| !b.trim().is_empty());
    let body = whole.or_else(|| {
        let summary = ["description", "summary"].iter().filter_map(|n| item.child(n)).map(body).next()?;
        (html::tags_to_lines(&summary).chars().count() >= MIN_ARTICLE_CHARS).then_some(summary)
    })?;
    let mut rich = Rich { paras: html::paras(&body), ..Rich::default() };
    if rich.paras.is_empty() {
        return None;
    }
    let names: Vec<String> = item
        .elements()
        .filter(|e| matches!(e.name.as_str(), "author" | "creator"))
        .map(|e| e.child("name").map_or_else(|| one_line(&e.text()), |n| one_line(&n.text())))
        .map(|name| match name.split_once('(') {
            // "desk@example.org (Name)"
            Some((address, rest)) if address.contains('@') => rest.trim_end_matches(')').trim().to_owned(),
            _ => name,
        })
        .filter(|n| !n.is_empty() && !n.contains('@'))
        .collect();
    let links = item.elements().filter(|e| e.name == "link");
    let link = links
        .filter(|l| l.attribute("rel").is_none_or(|r| r == "alternate"))
        .find_map(|l| l.attribute("href").map(str::to_owned).or_else(|| Some(one_line(&l.text())).filter(|t| t.contains("://"))));
    let date = |names: &[&str]| names.iter().find_map(|n| words(n)).and_then(|d| Moment::parse(&d));
    let published = date(&["pubDate", "published", "issued", "date", "updated"]);
    rich.meta = Metadata {
        title: words("title").map(|t| html::clean(&t)),
        outlet: words("source").or_else(|| outlet(link.as_deref(), channel)),
        byline: (!names.is_empty()).then(|| super::markdown::join_names(&names)),
        published,
        updated: date(&["updated", "modified"]).filter(|u| Some(*u) != published),
        url: link,
        ..Metadata::default()
    };
    Some(rich)
}
