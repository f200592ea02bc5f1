//! Pages fetched from addresses that a person gave.

use super::progress::Shared;
use super::worker::{Read, ReadItem, problems_of};
use super::{App, Dialog};
use crate::base::{Progress, Stage};
use crate::io::{self, fetch};
use crate::source::Hints;
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

    /// Fetches pages and adds what they hold. Asked for by the form alone, whose words say what is sent.
    pub(super) fn fetch_links(&mut self, words: &str, allow_private: bool) {
        let Some(addresses) = fetch::addresses(words) else { return };
        self.dialog = None;
        self.settings.allow_private_links = allow_private;
        self.start(super::worker::Request::Links { addresses, allow_private });
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
            loaded.map(Read::Articles).map_err(|e| e.to_string())
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
