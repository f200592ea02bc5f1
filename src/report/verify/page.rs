//! What people see in a page, set against the page that Parallax writes: each block of words, and then the elements and
//! their attributes, which make links, tooltips and looks.

use super::super::model::marks::balanced;
use super::super::words::clean;
use super::{Claims, brief};
use dom_query::{Document, NodeRef};
use std::collections::BTreeMap;

/// Elements whose words belong together.
const BLOCKS: &[&str] =
    &["p", "li", "dt", "dd", "h1", "h2", "h3", "th", "td", "summary", "caption", "title", "style", "script", "div", "article", "section"];
/// No page of ours is nested this deep.
const DEPTH: usize = 48;
/// Characters shown before the place where two texts part, and in all.
const LEAD: usize = 30;
const SHOWN: usize = 90;

/// A page as people see it.
struct Seen {
    /// What the differences in it are called, by their ids.
    names: BTreeMap<String, String>,
    /// The words of each block, with the part of the page they stand in.
    words: Vec<(String, String)>,
    /// The elements with their attributes and how deep they stand, and how deep words stand.
    looks: Vec<String>,
}

/// Where a page shows something else than the one that Parallax writes.
pub(super) fn differences(given: &str, expected: &str) -> Vec<String> {
    let (given, expected) = (seen(given), seen(expected));
    let mut out = Vec::new();
    let mut parts: Vec<&String> = Vec::new();
    for (part, _) in expected.words.iter().chain(&given.words) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let in_part = |page: &Seen| -> BTreeMap<String, Vec<String>> {
        let mut by_part: BTreeMap<String, Vec<String>> = BTreeMap::new();
        page.words.iter().for_each(|(part, words)| by_part.entry(part.clone()).or_default().push(words.clone()));
        by_part
    };
    let (given_by, expected_by) = (in_part(&given), in_part(&expected));
    for part in parts {
        let none = Vec::new();
        let (g, e) = (given_by.get(part).unwrap_or(&none), expected_by.get(part).unwrap_or(&none));
        let place = expected.names.get(part).unwrap_or(part);
        if g.len() == e.len() {
            for (g, e) in g.iter().zip(e).filter(|(g, e)| g != e) {
                let (g, e) = around_difference(g, e);
                out.push(format!("{place}: The page says “{g}”. It should say “{e}”."));
            }
            continue;
        }
        let lacking = |of: &[String], other: &[String]| -> Vec<String> {
            let mut rest = other.to_vec();
            of.iter().filter(|w| rest.iter().position(|r| r == *w).map(|at| rest.swap_remove(at)).is_none()).cloned().collect()
        };
        out.extend(lacking(g, e).iter().map(|w| format!("{place}: The page says “{}”, which does not belong there.", brief(w))));
        out.extend(lacking(e, g).iter().map(|w| format!("{place}: “{}” is missing from the page.", brief(w))));
    }
    if out.is_empty() {
        let pair = given.looks.iter().zip(&expected.looks).find(|(g, e)| g != e);
        let (g, e) = match pair {
            Some((g, e)) => (g.as_str(), e.as_str()),
            None if given.looks.len() == expected.looks.len() => return out,
            None => {
                let at = given.looks.len().min(expected.looks.len());
                (given.looks.get(at).map_or("nothing", |l| l), expected.looks.get(at).map_or("nothing", |l| l))
            }
        };
        let (g, e) = around_difference(g, e);
        out.push(format!("The page is built otherwise: it has “{g}” where “{e}” should stand."));
    }
    out
}

/// Words of articles, outlets and titles in a page that its data does not hold: what can be said of a page that can't be
/// made again.
pub(super) fn strays(page: &str, claims: &Claims) -> Vec<String> {
    let page = Document::from(page);
    let texts: BTreeMap<String, String> = claims
        .versions
        .iter()
        .enumerate()
        .map(|(i, v)| (format!("#version-{}", crate::base::VersionIx::from(i).letter()), clean(&v.text)))
        .collect();
    let mut out = Vec::new();
    page.select("span.hidden").remove();
    for line in page.select("dd, li.reading-line, table.passages td").iter() {
        let Some(text) = line.select("a.badge").attr("href").and_then(|href| texts.get(href.as_ref())) else { continue };
        let words = line.select("bdi").iter().next().map(|b| b.text().to_string()).unwrap_or_default();
        let held = |part: &str| text.contains(clean(part).trim());
        if let Some(part) = words.split("[…]").flat_map(|p| p.split('…')).find(|p| !held(p)) {
            out.push(format!("The page quotes “{}”, which the text in its data does not hold.", brief(part)));
        }
    }
    for (i, outlet) in page.select("table.versions .outlet").iter().enumerate() {
        let (shown, held) = (clean(&outlet.text()), claims.versions.get(i).map(|v| clean(&v.outlet)).unwrap_or_default());
        if shown != held {
            out.push(format!("The page names the outlet “{}”; its data says “{}”.", brief(&shown), brief(&held)));
        }
    }
    for f in &claims.findings {
        let title = page.select(&format!("article[id=\"{}\"] h3 bdi", f.id.replace(['"', '\\'], ""))).text();
        if !f.title.is_empty() && clean(&title) != balanced(clean(&f.title)) {
            out.push(format!("The page calls a difference “{}”; its data says “{}”.", brief(&title), brief(&f.title)));
        }
    }
    out
}

fn seen(page: &str) -> Seen {
    let page = Document::from(page);
    page.select(&format!("script#{}", super::super::html::DATA_ID)).set_html("");
    let mut seen = Seen { names: BTreeMap::new(), words: Vec::new(), looks: Vec::new() };
    for article in page.select("article[id]").iter() {
        let id = article.attr("id").map(|id| id.to_string()).unwrap_or_default();
        let (number, title) = (article.select("h3 a.no").text(), article.select("h3 bdi").text());
        seen.names.insert(id, format!("{}, “{}”", clean(&number), brief(&title)));
    }
    let mut block = None;
    for node in page.root().descendants_it() {
        if node.is_element() {
            // Browsers that save a page say its encoding in their own way.
            let encoding = node.has_name("meta")
                && (node.has_attr("charset") || node.attr("http-equiv").is_some_and(|h| h.eq_ignore_ascii_case("content-type")));
            if encoding {
                continue;
            }
            let mut attributes: Vec<String> = node.attrs().iter().map(|a| format!("{}={}", a.name.local, a.value)).collect();
            attributes.sort();
            let depth = node.ancestors_it(Some(DEPTH)).count();
            let look = format!("{depth} {} {}", node.node_name().unwrap_or_default(), attributes.join(" "));
            seen.looks.push(look.trim_end().to_owned());
        } else if node.is_text() {
            let above: Vec<NodeRef> = node.ancestors(Some(DEPTH));
            // A closing tag that went missing may hide or mark words that stand as they stood.
            if !node.text().trim().is_empty() {
                seen.looks.push(format!("{} words", above.len()));
            }
            let holder = above.iter().find(|n| is_block(n)).map(|n| n.id);
            match seen.words.last_mut().filter(|_| block == Some(holder)) {
                Some((_, words)) => words.push_str(&node.text()),
                None => seen.words.push((part_of(&above), node.text().to_string())),
            }
            block = Some(holder);
        }
    }
    seen.words.iter_mut().for_each(|(_, words)| *words = clean(words));
    seen.words.retain(|(_, words)| !words.is_empty());
    seen
}

/// Whether the words of an element stand apart from those around it.
fn is_block(node: &NodeRef) -> bool {
    node.node_name().is_some_and(|name| BLOCKS.contains(&name.as_ref())) || node.has_class("headline")
}

/// The part of the page that words stand in: a difference, a section, or where people look first.
fn part_of(above: &[NodeRef]) -> String {
    let of = |name: &str| above.iter().find(|n| n.node_name().is_some_and(|n| n.as_ref() == name));
    if let Some(id) = of("article").and_then(|a| a.attr("id")) {
        return id.to_string();
    }
    if of("style").is_some() {
        return "The style".into();
    }
    match of("section").and_then(|s| s.attr("aria-labelledby")) {
        Some(section) => format!("Section “{section}”"),
        None => "Head of the page".into(),
    }
}

/// Both texts around the first letter at which they part.
fn around_difference(a: &str, b: &str) -> (String, String) {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let cut = |text: &str| {
        let from = same.saturating_sub(LEAD);
        let words: String = text.chars().skip(from).take(SHOWN).collect();
        let more = text.chars().count() > from + SHOWN;
        format!("{}{}{}", if from > 0 { "…" } else { "" }, clean(&words), if more { "…" } else { "" })
    };
    (cut(a), cut(b))
}
