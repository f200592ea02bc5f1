//! JSON-LD: what a page says about its article for machines.
//!
//! Pages write it as one object, an array, or a `@graph` whose nodes refer to each other by `@id`; `@type` may be a
//! list, an author a name, an object, a reference or a list of these. No crate reads all of it.

use serde_json::Value;

/// What was found about the article.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub headline: Option<String>,
    pub description: Option<String>,
    pub authors: Vec<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub body: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// Whether the page is a live blog, or one of pictures.
    pub special: Option<Special>,
}

/// Pages that hold something else than one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// Short reports of different hours under each other.
    LiveBlog,
    /// Pictures with captions.
    Gallery,
}

impl Special {
    /// What a person should know.
    pub fn note(self) -> &'static str {
        match self {
            Special::LiveBlog => {
                "It is a live blog: its entries were written at different hours, and a later one may correct an earlier one. An article on the event \
                 compares better."
            }
            Special::Gallery => "It is a photo gallery: little more than captions. An article on the event compares better.",
        }
    }
}

fn special(object: &Value) -> Option<Special> {
    let is = |t: &str| match t.rsplit(['/', ':', '#']).next().unwrap_or(t) {
        "LiveBlogPosting" => Some(Special::LiveBlog),
        "ImageGallery" | "MediaGallery" => Some(Special::Gallery),
        _ => None,
    };
    match object.get("@type")? {
        Value::String(t) => is(t),
        Value::Array(list) => list.iter().filter_map(Value::as_str).find_map(is),
        _ => None,
    }
}

/// Objects looked at in one page at most.
const MAX_OBJECTS: usize = 5000;

/// Reads the contents of all `application/ld+json` scripts.
pub(super) fn read(scripts: &[String]) -> Option<Article> {
    let values: Vec<Value> = scripts.iter().filter_map(|s| parse(s)).collect();
    let mut objects = Vec::new();
    let mut open: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(map) => {
                if objects.len() >= MAX_OBJECTS {
                    break;
                }
                objects.push(value);
                for (key, inner) in map.iter().rev() {
                    // Lists of other stories hold articles too.
                    if !matches!(
                        key.as_str(),
                        "itemListElement" | "hasPart" | "blogPost" | "liveBlogUpdate" | "comment" | "mentions" | "relatedLink" | "review"
                    ) {
                        open.push(inner);
                    }
                }
            }
            _ => {}
        }
    }
    let best =
        objects.iter().enumerate().filter_map(|(i, o)| Some((article_rank(o)?, i, *o))).max_by_key(|(rank, i, _)| (*rank, usize::MAX - i));
    let gallery = objects.iter().find_map(|o| special(o)).filter(|s| *s == Special::Gallery);
    let Some((_, _, article)) = best else { return gallery.map(|g| Article { special: Some(g), ..Article::default() }) };
    let special = special(article).or(gallery.filter(|_| article_rank(article).is_some_and(|r| r < 20)));
    let find = Objects { objects };
    Some(Article { special, ..find.article(article) })
}

/// How good an object is as the article of the page.
fn article_rank(object: &Value) -> Option<u32> {
    let types = object.get("@type")?;
    let name = |t: &str| -> u32 {
        match t.rsplit(['/', ':', '#']).next().unwrap_or(t) {
            "NewsArticle"
            | "ReportageNewsArticle"
            | "AnalysisNewsArticle"
            | "OpinionNewsArticle"
            | "BackgroundNewsArticle"
            | "ReviewNewsArticle"
            | "LiveBlogPosting" => 40,
            "Article" | "BlogPosting" | "Report" | "TechArticle" | "ScholarlyArticle" | "SatiricalArticle" | "AdvertiserContentArticle" => {
                30
            }
            "MedicalWebPage" | "SocialMediaPosting" | "DiscussionForumPosting" | "CreativeWork" | "VideoObject" => 10,
            "WebPage" | "ItemPage" => 5,
            _ => 0,
        }
    };
    let rank = match types {
        Value::String(t) => name(t),
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(name).max().unwrap_or(0),
        _ => 0,
    };
    if rank == 0 {
        return None;
    }
    let has = |key: &str| u32::from(object.get(key).is_some_and(|v| !v.is_null()));
    Some(rank + has("headline") * 4 + has("articleBody") * 3 + has("datePublished") * 2 + has("author"))
}

struct Objects<'a> {
    objects: Vec<&'a Value>,
}

impl<'a> Objects<'a> {
    fn article(&self, o: &'a Value) -> Article {
        let is_page = article_rank(o).is_some_and(|r| r < 20);
        let mut authors = Vec::new();
        for key in ["author", "creator"] {
            if authors.is_empty()
                && let Some(value) = o.get(key)
            {
                self.names(value, &mut authors, 0);
            }
        }
        authors.retain(|a| !a.starts_with("http") && a.len() <= 100);
        let mut outlets = Vec::new();
        for key in ["publisher", "sourceOrganization", "provider", "isPartOf"] {
            if outlets.is_empty()
                && let Some(value) = o.get(key)
            {
                self.names(value, &mut outlets, 0);
            }
        }
        Article {
            special: None,
            headline: text(o, "headline").or_else(|| if is_page { None } else { text(o, "name") }),
            description: text(o, "description").or_else(|| text(o, "alternativeHeadline")),
            authors,
            outlet: outlets.into_iter().next().filter(|o| !o.starts_with("http")),
            published: text(o, "datePublished").or_else(|| text(o, "dateCreated")),
            modified: text(o, "dateModified"),
            body: o.get("articleBody").and_then(body_text).or_else(|| if is_page { None } else { o.get("text").and_then(body_text) }),
            url: text(o, "url").or_else(|| match o.get("mainEntityOfPage") {
                Some(Value::String(url)) => Some(url.clone()),
                Some(page) => text(page, "@id"),
                None => None,
            }),
            language: text(o, "inLanguage")
                .or_else(|| o.get("inLanguage").and_then(|l| text(l, "alternateName").or_else(|| text(l, "name")))),
        }
    }

    /// The names in an author or publisher, in order, each once.
    fn names(&self, value: &Value, out: &mut Vec<String>, depth: usize) {
        if depth > 4 || out.len() >= 20 {
            return;
        }
        match value {
            Value::String(name) => push_name(name, out),
            Value::Array(list) => list.iter().for_each(|v| self.names(v, out, depth + 1)),
            Value::Object(_) => {
                let named = text(value, "name").or_else(|| {
                    let given = text(value, "givenName")?;
                    Some(format!("{given} {}", text(value, "familyName").unwrap_or_default()))
                });
                match (named, value.get("name"), value.get("@id").and_then(Value::as_str)) {
                    (Some(name), ..) => push_name(&name, out),
                    (None, Some(list @ Value::Array(_)), _) => self.names(list, out, depth + 1),
                    (None, _, Some(id)) => {
                        if let Some(target) =
                            self.objects.iter().find(|o| o.get("@id").and_then(Value::as_str) == Some(id) && o.get("name").is_some())
                        {
                            self.names(target, out, depth + 1);
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn push_name(name: &str, out: &mut Vec<String>) {
    let name = super::clean(name);
    let name = name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(&name).trim();
    if !name.is_empty() && !out.iter().any(|o| o == name) {
        out.push(name.to_owned());
    }
}

fn text(object: &Value, key: &str) -> Option<String> {
    let value = match object.get(key)? {
        Value::String(s) => s,
        Value::Array(list) => list.iter().find_map(Value::as_str)?,
        Value::Object(map) => map.get("@value").and_then(Value::as_str)?,
        _ => return None,
    };
    Some(super::clean(value)).filter(|s| !s.is_empty())
}

/// The body keeps its line ends; they part paragraphs.
fn body_text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Array(list) => {
            let parts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            (!parts.is_empty()).then(|| parts.join("\n\n"))
        }
        _ => None,
    }
}

/// Parses a script, with the repairs that pages need: comment marks around it, raw line ends in strings, a comma too many.
fn parse(script: &str) -> Option<Value> {
    let trimmed = script.trim().trim_start_matches("<!--").trim_start_matches("//").trim_start_matches("<![CDATA[").trim();
    let trimmed = trimmed.trim_end_matches("-->").trim_end().trim_end_matches("//]]>").trim_end_matches("]]>").trim_end_matches(';').trim();
    if let Ok(value) = serde_json::from_str(trimmed) {
        return Some(value);
    }
    serde_json::from_str(&repair(trimmed)).ok()
}

fn repair(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut in_string = false;
    let mut escaped = false;
    for c in json.chars() {
        if in_string {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                '\n' => {
                    out.push_str("\\n");
                    continue;
                }
                c if c.is_control() => {
                    out.push(' ');
                    continue;
                }
                _ => {}
            }
        } else if c == '"' {
            in_string = true;
        } else if matches!(c, '}' | ']') {
            let kept = out.trim_end().len();
            if out[..kept].ends_with(',') {
                out.truncate(kept - 1);
            }
        }
        out.push(c);
    }
    out
}
