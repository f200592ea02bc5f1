//! Comparisons that were opened or saved lately.

use super::App;
use crate::io;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// One of them, as it was when it was last open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// The comparison file.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
    /// Versions in it.
    pub versions: usize,
    /// Differences, wording apart.
    pub differences: usize,
    /// Differences with a verdict.
    pub judged: usize,
    /// The day it was last open.
    pub day: jiff::civil::Date,
}

/// More than these are forgotten.
const MAX_RECENT: usize = 8;

impl Recent {
    /// "6 versions, 41 differences, 12 judged".
    pub fn summary(&self) -> String {
        let of = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let mut words = format!("{}, {}", of(self.versions, "version", "versions"), of(self.differences, "difference", "differences"));
        if self.judged > 0 {
            words.push_str(&format!(", {} judged", self.judged));
        }
        words
    }

    /// "Today", "Yesterday", "Monday" within a week, "12 November" within a year.
    pub fn when(&self, today: jiff::civil::Date) -> String {
        let days = self.day.until(today).map(|span| span.get_days()).unwrap_or(0);
        match days {
            i32::MIN..=0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            2..=6 => self.day.strftime("%A").to_string(),
            _ if self.day.year() == today.year() => self.day.strftime("%-d %B").to_string(),
            _ => self.day.strftime("%-d %B %Y").to_string(),
        }
    }
}

impl App {
    /// Puts the open comparison first among the recent ones, if it has a file.
    pub fn remember(&mut self) {
        use crate::compare::FilterGroup;
        let Some(path) = self.path.clone() else { return };
        let recent = Recent {
            title: self.title().to_owned(),
            versions: self.analysis.versions.len(),
            differences: self.analysis.findings.iter().filter(|f| f.kind.group() != FilterGroup::Wording).count(),
            judged: self.judged_count(),
            day: io::today(),
            // A window may start in another folder the next time.
            path: std::path::absolute(&path).unwrap_or(path),
        };
        self.forget_recent(&recent.path.clone());
        self.settings.recent.insert(0, recent);
        self.settings.recent.truncate(MAX_RECENT);
    }

    pub(super) fn forget_recent(&mut self, path: &Path) {
        self.settings.recent.retain(|r| r.path != path);
        self.missing.remove(path);
    }

    /// Looks which of the recent comparisons are still where they were.
    pub fn look_for_recent(&mut self) {
        self.missing = self.settings.recent.iter().map(|r| r.path.clone()).filter(|p| !io::exists(p)).collect();
    }

    /// The day it is, for the list.
    pub fn today(&self) -> jiff::civil::Date {
        io::today()
    }
}
