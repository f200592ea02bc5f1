//! Which column of a table holds what: told by the names in its first row, guessed, or said by a person.

use super::limits::MAX_NOTES;
use super::table::key;
use super::{Hints, Metadata, Moment, SourceError, json};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Nothing that is read.
    #[default]
    Nothing,
    /// The headline.
    Headline,
    /// The text of the article.
    Text,
    /// The outlet's name.
    Outlet,
    /// When it was published.
    Date,
    /// Who wrote it.
    Author,
    /// Its address.
    Address,
}

impl Role {
    /// All roles in the order in which a person is asked for them.
    pub const ALL: [Role; 7] = [Role::Headline, Role::Text, Role::Outlet, Role::Date, Role::Author, Role::Address, Role::Nothing];

    /// The word for people.
    pub fn label(self) -> &'static str {
        match self {
            Role::Nothing => "not used",
            Role::Headline => "headline",
            Role::Text => "text",
            Role::Outlet => "outlet",
            Role::Date => "date",
            Role::Author => "author",
            Role::Address => "address",
        }
    }

    /// The field of an article, as dumps of scrapers name it.
    fn field(self) -> Option<&'static str> {
        Some(match self {
            Role::Nothing => return None,
            Role::Headline => "title",
            Role::Text => "text",
            Role::Outlet => "outlet",
            Role::Date => "published",
            Role::Author => "byline",
            Role::Address => "url",
        })
    }
}

/// What a person said of a table's columns. It holds for every table with the same first row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChoice {
    /// The cells of the first row, by which a table is known again.
    pub first_row: Vec<String>,
    /// What each column holds.
    pub roles: Vec<Role>,
    /// Whether the first row holds names and no article.
    pub header: bool,
}

impl TableChoice {
    /// Gives a column a role; another column that had it has none then.
    pub fn set(&mut self, column: usize, role: Role) {
        for (i, r) in self.roles.iter_mut().enumerate() {
            if i == column {
                *r = role;
            } else if *r == role {
                *r = Role::Nothing;
            }
        }
    }

    /// Whether a column is said to hold the text, without which there is no article.
    pub fn has_text(&self) -> bool {
        self.roles.contains(&Role::Text)
    }

    /// The names of fields that the columns stand for.
    fn keys(&self) -> Vec<String> {
        let of = |i: usize, role: Role| match role.field() {
            Some(field) => field.to_owned(),
            None => {
                // What nobody is asked for stays as its name says.
                let name = self.first_row.get(i).filter(|_| self.header).map(|c| key(c)).unwrap_or_default();
                if matches!(json::meaning(&name), Some("language" | "updated")) { name } else { format!("column_{i}") }
            }
        };
        self.roles.iter().enumerate().map(|(i, role)| of(i, *role)).collect()
    }
}

/// How the columns of a table were read where its first row alone does not say it, so that a report can be checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableReading {
    /// The field that each column stands for, empty where it stands for none.
    pub fields: Vec<String>,
    /// Whether the first row was taken for names.
    pub header: bool,
}

/// A table whose columns a person shall choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its rows with anything in them, the first one too.
    pub rows: Vec<Vec<String>>,
    /// What its columns hold as it was chosen before, or as it looks.
    pub choice: TableChoice,
}

/// What would be read of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Rows with a text.
    pub articles: usize,
    /// Rows without one, the names aside.
    pub without: usize,
    /// The first article: what is known about it, and its text.
    pub first: Option<(Metadata, String)>,
}

impl Table {
    /// The number of columns that the widest row has.
    pub fn width(&self) -> usize {
        self.choice.first_row.len()
    }

    /// What would be read with a choice.
    pub fn outlook(&self, choice: &TableChoice) -> Outlook {
        let mut outlook = Outlook::default();
        let Some(text) = choice.roles.iter().position(|r| *r == Role::Text) else { return outlook };
        let keys = choice.keys();
        for row in self.rows.iter().skip(usize::from(choice.header)) {
            if row.get(text).is_none_or(|c| c.trim().is_empty()) {
                outlook.without += 1;
                continue;
            }
            outlook.articles += 1;
            if outlook.first.is_none() {
                let article = json::article(&object(&keys, row), &Hints::default());
                outlook.first = article.map(|(text, _, meta)| (meta, text));
            }
        }
        outlook
    }
}

/// A row as an object of a scraper's dump. Of columns with one name the first that is filled counts.
pub(super) fn object(keys: &[String], row: &[String]) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, cell) in keys.iter().zip(row).filter(|(_, cell)| !cell.trim().is_empty()) {
        object.entry(name.clone()).or_insert_with(|| Value::String(cell.clone()));
    }
    object
}

/// How a table is read.
pub(super) struct Decided {
    /// The field that each column stands for.
    pub keys: Vec<String>,
    /// Rows before the first article.
    pub skip: usize,
    /// What was guessed, in words for people.
    pub note: Option<String>,
    /// Whether the names in the first row say all of it.
    by_names: bool,
}

impl Decided {
    /// What has to be known to read the table in the same way again.
    pub fn reading(&self) -> Option<TableReading> {
        let field = |key: &String| if json::meaning(key).is_some() { key.clone() } else { String::new() };
        (!self.by_names).then(|| TableReading { fields: self.keys.iter().map(field).collect(), header: self.skip > 0 })
    }
}

/// Decides by what the person said, else by the names of the columns, else by what is in them.
///
/// # Errors
/// When the person named a column that is not there, or wants to be asked where nothing tells the columns.
pub(super) fn decide(rows: &[&Vec<String>], hints: &Hints) -> Result<Decided, SourceError> {
    let first = rows.first().map(|r| r.as_slice()).unwrap_or_default();
    if let Some(before) = &hints.reading {
        return Ok(Decided { keys: before.fields.clone(), skip: usize::from(before.header), note: None, by_names: false });
    }
    if !hints.columns.is_empty() {
        return named(rows, &hints.columns);
    }
    if let Some(choice) = hints.tables.iter().find(|t| t.first_row == first) {
        return Ok(Decided { keys: choice.keys(), skip: usize::from(choice.header), note: None, by_names: false });
    }
    let (choice, told) = guess(rows);
    match told {
        Told::Names => Ok(Decided { keys: first.iter().map(|c| key(c)).collect(), skip: 1, note: None, by_names: true }),
        _ if hints.ask_columns => Err(ask(rows, choice)),
        _ => Ok(Decided { note: Some(note(&choice, told)), keys: choice.keys(), skip: usize::from(choice.header), by_names: false }),
    }
}

/// The error that hands the table to the person.
pub(super) fn ask(rows: &[&Vec<String>], choice: TableChoice) -> SourceError {
    SourceError::Columns(Box::new(Table { rows: rows.iter().map(|r| (*r).clone()).collect(), choice }))
}

/// The table with the choice that was made for it, or else a guess.
pub(super) fn table(rows: &[&Vec<String>], hints: &Hints) -> SourceError {
    let first = rows.first().map(|r| r.as_slice()).unwrap_or_default();
    let chosen = hints.tables.iter().find(|t| t.first_row == first).cloned();
    ask(rows, chosen.unwrap_or_else(|| guess(rows).0))
}

/// By what the columns of a table are told.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    /// The first row names all that is needed.
    Names,
    /// It names some; what holds the text is guessed.
    Some,
    /// It names none that is known.
    Nothing,
}

/// What the columns look like.
fn guess(rows: &[&Vec<String>]) -> (TableChoice, Told) {
    let first = rows.first().map(|r| r.as_slice()).unwrap_or_default();
    let width = first.len();
    let names: Vec<String> = first.iter().map(|c| key(c)).collect();
    let mut choice = TableChoice { first_row: first.to_vec(), roles: vec![Role::Nothing; width], header: true };
    for role in Role::ALL {
        let known = role.field().into_iter().flat_map(json::names);
        if let Some(at) = known.filter_map(|name| names.iter().position(|n| n == name)).next() {
            choice.roles[at] = role;
        }
    }
    if choice.has_text() {
        return (choice, Told::Names);
    }
    let lengths: Vec<usize> = (0..width).map(|c| rows.iter().map(|r| r.get(c).map_or(0, String::len)).sum()).collect();
    let Some(longest) = (0..width).max_by_key(|c| lengths[*c]) else { return (choice, Told::Nothing) };
    let told = if names.iter().any(|n| json::meaning(n).is_some()) { Told::Some } else { Told::Nothing };
    // Names are short, and shorter by far than a text.
    let short = first.iter().all(|c| c.chars().count() <= 40 && !c.trim_end().ends_with('.'));
    let below = lengths[longest].saturating_sub(first[longest].len()) / rows.len().saturating_sub(1).max(1);
    choice.header = told == Told::Some || short && rows.len() > 1 && below > 4 * first[longest].len().max(20);
    let skip = usize::from(choice.header);
    let sample = || rows.iter().skip(skip).take(20);
    let most = |column: usize, is: &dyn Fn(&str) -> bool| {
        let filled: Vec<&str> = sample().filter_map(|r| r.get(column)).map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
        !filled.is_empty() && filled.iter().filter(|c| is(c)).count() * 2 > filled.len()
    };
    let of = |column: usize| {
        if most(column, &|c| c.starts_with("http://") || c.starts_with("https://")) {
            Role::Address
        } else if most(column, &|c| c.len() < 40 && Moment::parse(c).is_some()) {
            Role::Date
        } else {
            Role::Nothing
        }
    };
    let found: Vec<Role> = (0..width).map(of).collect();
    choice.set(longest, Role::Text);
    for (column, role) in found.iter().enumerate().filter(|(_, r)| **r != Role::Nothing) {
        if choice.roles[column] == Role::Nothing && !choice.roles.contains(role) {
            choice.roles[column] = *role;
        }
    }
    // Numbers of rows are no headlines.
    let words = |column: usize| most(column, &|c| c.chars().any(char::is_alphabetic));
    let title = (0..width).find(|c| choice.roles[*c] == Role::Nothing && found[*c] == Role::Nothing && words(*c));
    if let Some(title) = title.filter(|_| !choice.roles.contains(&Role::Headline)) {
        choice.roles[title] = Role::Headline;
    }
    (choice, told)
}

/// What was guessed, and how to say it better.
fn note(choice: &TableChoice, told: Told) -> String {
    let at = |role: Role| choice.roles.iter().position(|r| *r == role);
    let text = at(Role::Text).unwrap_or(0);
    if told == Told::Some {
        let name = choice.first_row.get(text).map_or("", |n| n.trim());
        return format!(
            "No column is called “text” or the like. Column {} (“{name}”) was taken for it. Where that is wrong, choose the columns \
             (--columns text=… on the command line).",
            text + 1
        );
    }
    let title = at(Role::Headline).map_or_else(String::new, |t| format!(", column {} for the headline", t + 1));
    let row = if choice.header { "no header row with names that are known" } else { "no header row with names of columns" };
    format!(
        "The table has {row}. Column {} was taken for the text{title}. Where that is wrong, choose the columns (--columns text=2,title=1 \
         on the command line).",
        text + 1
    )
}

/// By the columns that a person named on the command line; the others as their names say.
fn named(rows: &[&Vec<String>], said: &[(String, String)]) -> Result<Decided, SourceError> {
    let first = rows.first().map(|r| r.as_slice()).unwrap_or_default();
    let names: Vec<String> = first.iter().map(|c| key(c)).collect();
    let mut taken = vec![None; names.len()];
    for (field, column) in said {
        let by_name = names.iter().position(|k| *k == key(column));
        let by_number = column.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < names.len());
        let Some(at) = by_name.or(by_number) else {
            let has: Vec<&str> = names.iter().map(String::as_str).filter(|n| n.len() < 40).take(MAX_NOTES).collect();
            return Err(SourceError::Unreadable(format!("The table has no column “{column}”. Its columns are: {}.", has.join(", "))));
        };
        taken[at] = Some(key(field));
    }
    let fields: Vec<_> = taken.iter().flatten().filter_map(|f| json::meaning(f)).collect();
    let mut keys = names;
    for (i, name) in keys.iter_mut().enumerate() {
        if let Some(field) = &taken[i] {
            name.clone_from(field);
        } else if json::meaning(name).is_some_and(|m| fields.contains(&m)) {
            // The person knows better which column it is.
            *name = format!("column_{i}");
        }
    }
    let (guessed, told) = guess(rows);
    let mut decided = Decided { keys, skip: 1, note: None, by_names: false };
    if !decided.keys.iter().any(|k| json::meaning(k) == Some("text")) {
        // What holds the text was not said.
        if let Some(at) = guessed.roles.iter().position(|r| *r == Role::Text) {
            decided.keys[at] = "text".to_owned();
        }
        decided.note = Some(note(&guessed, if told == Told::Names { Told::Some } else { told }));
        decided.skip = usize::from(told != Told::Nothing || guessed.header);
    }
    Ok(decided)
}
