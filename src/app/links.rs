//! Pages fetched from addresses that a person gave.

use super::progress::Shared;
use super::reading::{Read, ReadItem, problems_of};
use super::{App, Cure, Dialog};
use crate::base::ContentId;
use crate::base::{Progress, Stage};
use crate::io::fetch::FetchError;
use crate::io::{self, LoadError, fetch};
use crate::project::Entry;
use crate::source::{Hints, Page};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The form for addresses, filled with words that are nothing but addresses; `None` for other words.
pub fn form_of(words: &str, allow_private: bool) -> Option<Dialog> {
    fetch::addresses(words).map(|found| Dialog::Links { addresses: found.join("\n"), allow_private })
}

/// What of typed words is no address, where anything is.
pub fn no_address(words: &str) -> Option<&str> {
    words.split_whitespace().find(|w| !fetch::is_address(w))
}

impl App {
    /// Whether this build can fetch pages.
    pub const FETCHES: bool = cfg!(feature = "links");

    /// Fetches pages and adds what they hold. Asked for by the form, whose words say what is sent, and by the problem of
    /// an address that it was not allowed.
    pub(super) fn fetch_links(&mut self, words: &str, allow_private: bool) {
        let Some(addresses) = fetch::addresses(words) else { return };
        self.dialog = None;
        self.problems.retain(|p| !matches!(&p.cure, Cure::AllowPrivate(address) if addresses.contains(address)));
        self.start(super::worker::Request::Links { addresses, allow_private });
    }

    /// The page that a version was read from, where it was fetched.
    pub fn page_of(&self, version: ContentId) -> Option<&Arc<Page>> {
        self.project.entries.iter().find(|e| e.key == version)?.source.page.as_ref()
    }

    /// Reads the page that a version keeps once more, with the reader as it is now. What the person corrected stays.
    pub(super) fn read_page_again(&mut self, version: ContentId) {
        let Some(entry) = self.project.entries.iter().find(|e| e.key == version).cloned() else { return };
        let Some(page) = entry.source.page.clone() else { return };
        match io::read_again(&entry.source, &page) {
            Err(error) => self.say(error.to_string(), false),
            Ok(source) if source == *entry.source => self.say("Read again from the page that was kept: nothing is different.", false),
            Ok(source) => {
                let fresh = Entry { outlet: entry.outlet, title: entry.title, published: entry.published, ..Entry::new(Arc::new(source)) };
                let new = fresh.key;
                self.edit(|p| p.replace(version, fresh).unwrap_or_default(), "Read the page again");
                self.focused = Some(new);
                self.say("Read again from the page that was kept.", true);
            }
        }
    }
}

/// Fetches pages one after the other, with a pause where a server is asked again; `None` when it was cancelled.
pub(super) fn read(addresses: &[String], allow_private: bool, shared: &Shared) -> Option<Vec<ReadItem>> {
    let stopped = || shared.cancel.load(Ordering::Relaxed);
    let mut out = Vec::with_capacity(addresses.len());
    shared.step(Stage::Read, 0, addresses.len());
    for (i, address) in addresses.iter().enumerate() {
        let again = addresses[..i].iter().any(|a| fetch::server(a) == fetch::server(address));
        let until = Instant::now() + if again { fetch::PAUSE } else { Duration::ZERO };
        while Instant::now() < until && !stopped() {
            std::thread::sleep(Duration::from_millis(20));
        }
        let result = if shared.enough.load(Ordering::Relaxed) {
            Ok(Read::LeftOut)
        } else {
            let loaded = io::load_address(address, &Hints::default(), allow_private, &stopped);
            match loaded {
                Err(LoadError::Fetch(refused @ FetchError::Private(_))) => Ok(Read::Refused(refused.to_string())),
                loaded => loaded.map(Read::Articles).map_err(|e| e.to_string()),
            }
        };
        shared.add(problems_of(address, None, result.as_ref().map_err(String::as_str)), 0);
        shared.tell(i, address, result.as_ref().map_err(Clone::clone));
        if !shared.step(Stage::Read, i + 1, addresses.len()) {
            return None;
        }
        out.push((address.clone(), None, result));
    }
    Some(out)
}
