//! One page from its address, because a person asked for it: within limits of time, size and redirects, and never from inside
//! the person's own network unless they allow it. No cookies, no referrer, and nothing in the page is run or followed.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// Redirects that are followed, each checked as the first address is.
pub const MAX_REDIRECTS: usize = 5;
/// The longest wait for a connection.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest wait for the page, redirects and all.
pub const TIMEOUT: Duration = Duration::from_secs(30);
/// The largest page, unpacked.
pub const MAX_PAGE_BYTES: u64 = 10 * 1024 * 1024;
/// Between two pages of one server.
pub const PAUSE: Duration = Duration::from_secs(1);

/// A page as the server gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
    /// Where it was in the end.
    pub address: String,
    /// The encoding that the server names.
    pub charset: Option<String>,
}

/// Why a page was not fetched. Each message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No address of the web.
    #[error("This is no web address. Write it from https:// on.")]
    NoAddress,
    /// The server stands in the person's own network, or claims to.
    #[error("It leads to {0}, which is inside your own network. If you trust the link, allow such addresses and try again.")]
    Private(String),
    /// Nobody knows the server.
    #[error("There is no server of that name, or this computer is offline. Check the address.")]
    NotFound,
    /// It did not answer in time.
    #[error("The server did not answer in time. Try again later, or save the page in a browser and add the file.")]
    Slow,
    /// Redirects without an end.
    #[error("The address leads on and on to others. Open it in a browser, save the page and add the file.")]
    Redirects,
    /// Over [`MAX_PAGE_BYTES`].
    #[error("The page is larger than {} MB. Save the article alone and add the file.", MAX_PAGE_BYTES / 1024 / 1024)]
    TooLarge,
    /// The server wants a login or a subscription.
    #[error("The server shows the page to subscribers or users only (status {0}). Open it in a browser, save the page and add the file.")]
    Closed(u16),
    /// Another answer than the page.
    #[error("The server answered with status {0} and not with the page. Check the address in a browser.")]
    Status(u16),
    /// A redirect to something that is no page of the web, such as a file.
    #[error("The address leads on to {0}, which is no web address. Check the address in a browser.")]
    LedAway(String),
    /// A name or a password stands before the server's name, which hides where the address leads.
    #[error("A name stands before the server in the address (…@…), which hides where it leads. Write it without that.")]
    Disguised,
    /// Neither a page nor a document.
    #[error("The address leads to no page but to {0}. Give the address of the article.")]
    Kind(String),
    /// The connection failed.
    #[error("The connection failed ({0}). Try again, or save the page in a browser and add the file.")]
    Failed(String),
    /// The person stopped it.
    #[error("It was stopped before the page was there.")]
    Stopped,
    /// This build can't.
    #[error("This build of Parallax fetches nothing (it was made without “links”). Save the page in a browser and add the file.")]
    NotBuilt,
}

/// Whether words are a web address and nothing else.
pub fn is_address(words: &str) -> bool {
    let scheme = ["http://", "https://"].iter().find_map(|s| words.get(..s.len()).filter(|w| w.eq_ignore_ascii_case(s)));
    scheme.is_some_and(|s| words.len() > s.len() && !words.contains(|c: char| c.is_whitespace() || c.is_control()))
}

/// The addresses in words that hold nothing else, by blanks or lines.
pub fn addresses(words: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    (!parts.is_empty() && parts.iter().all(|p| is_address(p))).then(|| parts.into_iter().map(str::to_owned).collect())
}

/// Where a server is, by its name.
pub type Lookup = dyn Fn(&str) -> Option<IpAddr> + Send + Sync;

/// Servers for tests, in the place of the network: where a name leads, and the one server that all connections go to in truth.
#[derive(Clone)]
pub struct StandIn {
    /// The place of a server by its name, asked as often as a name is looked up.
    pub lookup: Arc<Lookup>,
    /// What answers.
    pub server: SocketAddr,
}

impl std::fmt::Debug for StandIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StandIn({})", self.server)
    }
}

/// How far fetching may go.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Whether an address may lie in the person's own network.
    pub allow_private: bool,
    /// The longest wait for the page, redirects and all.
    pub timeout: Duration,
    /// For tests.
    pub stand_in: Option<StandIn>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { allow_private: false, timeout: TIMEOUT, stand_in: None }
    }
}

/// Fetches a page with the usual limits. `stopped` is asked between pieces of it.
///
/// # Errors
/// See [`FetchError`].
pub fn fetch(address: &str, allow_private: bool, stopped: &dyn Fn() -> bool) -> Result<Fetched, FetchError> {
    fetch_within(address, &Limits { allow_private, ..Limits::default() }, stopped)
}

/// The server that an address names, for the pause between its pages.
pub fn server(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

#[cfg(not(feature = "links"))]
/// This build fetches nothing.
///
/// # Errors
/// Always.
pub fn fetch_within(_: &str, _: &Limits, _: &dyn Fn() -> bool) -> Result<Fetched, FetchError> {
    Err(FetchError::NotBuilt)
}

#[cfg(feature = "links")]
pub use client::fetch_within;

#[cfg(feature = "links")]
mod client {
    use super::{CONNECT_TIMEOUT, FetchError, Fetched, Limits, MAX_PAGE_BYTES, MAX_REDIRECTS, StandIn, is_address};
    use std::io::Read;
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
    use std::sync::{Arc, Mutex};
    use std::time::{Duration, Instant};
    use ureq::http::{Response, Uri};
    use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
    use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
    use ureq::{Agent, Body, Error};

    const ACCEPT: &str =
        "text/html, application/xhtml+xml, text/plain;q=0.9, application/pdf;q=0.9, application/xml;q=0.8, application/json;q=0.7";
    const USER_AGENT: &str = concat!("Parallax/", env!("CARGO_PKG_VERSION"), " (compares articles; one page at its user's request)");

    /// Fetches a page. `stopped` is asked between pieces of it.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub fn fetch_within(address: &str, limits: &Limits, stopped: &dyn Fn() -> bool) -> Result<Fetched, FetchError> {
        let deadline = Instant::now() + limits.timeout;
        let mut address = address.trim().to_owned();
        for _ in 0..=MAX_REDIRECTS {
            if stopped() {
                return Err(FetchError::Stopped);
            }
            let response = ask(&address, limits, deadline.saturating_duration_since(Instant::now()))?;
            let status = response.status().as_u16();
            let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
            let (kind, location) = (header("content-type"), header("location"));
            match status {
                200 => return page(response, address, &kind, stopped),
                301 | 302 | 303 | 307 | 308 => {
                    address = match absolute(&address, &location) {
                        Some(next) => next,
                        None if location.trim().is_empty() => return Err(FetchError::Status(status)),
                        None => return Err(FetchError::LedAway(location.chars().filter(|c| !c.is_control()).take(120).collect())),
                    }
                }
                401 | 402 | 403 | 407 | 451 => return Err(FetchError::Closed(status)),
                _ => return Err(FetchError::Status(status)),
            }
        }
        Err(FetchError::Redirects)
    }

    fn ask(address: &str, limits: &Limits, left: Duration) -> Result<Response<Body>, FetchError> {
        if left.is_zero() {
            return Err(FetchError::Slow);
        }
        let uri = address.parse::<Uri>().ok().filter(|u| is_address(address) && u.host().is_some_and(|h| !h.is_empty()));
        let Some(uri) = uri else { return Err(FetchError::NoAddress) };
        if uri.authority().is_some_and(|a| a.as_str().contains('@')) {
            return Err(FetchError::Disguised);
        }
        let refused = Arc::new(Mutex::new(None));
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // Through a proxy nobody could tell where an address leads.
            .proxy(None)
            .timeout_global(Some(left.max(Duration::from_millis(1))))
            .timeout_resolve(Some(CONNECT_TIMEOUT))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .build();
        let resolver = Public {
            allow_private: limits.allow_private,
            stand_in: limits.stand_in.clone(),
            refused: refused.clone(),
            inner: DefaultResolver::default(),
        };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        agent.get(address).call().map_err(|error| match refused.lock().ok().and_then(|mut r| r.take()) {
            Some(server) => FetchError::Private(server),
            None => explained(&error),
        })
    }

    fn explained(error: &Error) -> FetchError {
        match error {
            Error::Timeout(_) => FetchError::Slow,
            Error::HostNotFound => FetchError::NotFound,
            // The standard library has no kind for it.
            Error::Io(e) if e.to_string().contains("failed to lookup address") => FetchError::NotFound,
            Error::BadUri(_) | Error::Http(_) => FetchError::NoAddress,
            Error::BodyExceedsLimit(_) => FetchError::TooLarge,
            other => FetchError::Failed(other.to_string().trim_end_matches('.').to_owned()),
        }
    }

    fn page(response: Response<Body>, address: String, kind: &str, stopped: &dyn Fn() -> bool) -> Result<Fetched, FetchError> {
        let kind = kind.to_ascii_lowercase();
        let known = ["text/", "application/xhtml", "application/pdf", "application/xml", "application/json", "application/ld+json"];
        let main = kind.split(';').next().unwrap_or("").trim();
        if !main.is_empty() && !known.iter().any(|k| main.starts_with(k)) && !main.ends_with("+xml") {
            return Err(FetchError::Kind(main.to_owned()));
        }
        let charset = kind.split("charset=").nth(1).map(|c| c.split(';').next().unwrap_or("").trim_matches(['"', '\'', ' ']).to_owned());
        // Counted as it comes out of the packing.
        let mut reader = response.into_body().into_with_config().limit(u64::MAX).reader();
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            if stopped() {
                return Err(FetchError::Stopped);
            }
            match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => bytes.extend_from_slice(&buffer[..n]),
                Err(error) if error.kind() == std::io::ErrorKind::TimedOut => return Err(FetchError::Slow),
                Err(error) => {
                    let timeout = error.get_ref().and_then(|e| e.downcast_ref::<Error>()).is_some_and(|e| matches!(e, Error::Timeout(_)));
                    return Err(if timeout { FetchError::Slow } else { FetchError::Failed(error.to_string()) });
                }
            }
            if bytes.len() as u64 > MAX_PAGE_BYTES {
                return Err(FetchError::TooLarge);
            }
        }
        Ok(Fetched { bytes, address, charset: charset.filter(|c| !c.is_empty()) })
    }

    /// Where a redirect leads, seen from the page that it stands on.
    fn absolute(from: &str, to: &str) -> Option<String> {
        let to = to.trim();
        let base: Uri = from.parse().ok()?;
        let (scheme, authority) = (base.scheme_str()?, base.authority()?.as_str());
        Some(if is_address(to) {
            to.to_owned()
        } else if to.is_empty() || to.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
            // Nowhere, or to another scheme.
            return None;
        } else if let Some(rest) = to.strip_prefix("//") {
            format!("{scheme}://{rest}")
        } else if to.starts_with('/') {
            format!("{scheme}://{authority}{to}")
        } else {
            let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{scheme}://{authority}{folder}/{to}")
        })
    }

    /// Finds servers, and refuses those that are not on the public network: what is connected to is what was checked.
    #[derive(Debug)]
    struct Public {
        allow_private: bool,
        stand_in: Option<StandIn>,
        refused: Arc<Mutex<Option<String>>>,
        inner: DefaultResolver,
    }

    impl Resolver for Public {
        fn resolve(&self, uri: &Uri, config: &ureq::config::Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
            let mut found = match &self.stand_in {
                None => self.inner.resolve(uri, config, timeout)?,
                Some(stand_in) => {
                    let ip = (stand_in.lookup)(uri.host().unwrap_or("")).ok_or(Error::HostNotFound)?;
                    let mut found = self.empty();
                    found.push(SocketAddr::new(ip, uri.port_u16().unwrap_or(80)));
                    found
                }
            };
            if !self.allow_private
                && let Some(inside) = found.iter().find(|a| !is_public(a.ip()))
            {
                if let Ok(mut refused) = self.refused.lock() {
                    *refused = Some(inside.ip().to_string());
                }
                return Err(Error::HostNotFound);
            }
            if let Some(stand_in) = &self.stand_in {
                found = self.empty();
                found.push(stand_in.server);
            }
            // These are connected to; the name is not looked up again.
            Ok(found)
        }
    }

    /// Whether an address is one of the public network: not this computer, not a private or local network, not what clouds
    /// answer questions about themselves on, not reserved.
    fn is_public(ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => is_public_v4(ip),
            IpAddr::V6(ip) => is_public_v6(ip),
        }
    }

    fn is_public_v4(ip: Ipv4Addr) -> bool {
        let [a, b, c, _] = ip.octets();
        !(ip.is_private()
            || ip.is_loopback()
            || ip.is_link_local()
            || ip.is_broadcast()
            || ip.is_documentation()
            || ip.is_multicast()
            || a == 0
            || a >= 240
            // Networks of carriers, of protocols, and for measurements.
            || a == 100 && (64..128).contains(&b)
            || a == 192 && b == 0 && c == 0
            || a == 198 && (b == 18 || b == 19)
            || ip.octets() == [168, 63, 129, 16])
    }

    fn is_public_v6(ip: Ipv6Addr) -> bool {
        let s = ip.segments();
        // An address of IPv4 in one of IPv6: mapped, translated, or in a tunnel.
        let inner = |high: u16, low: u16| Ipv4Addr::new((high >> 8) as u8, high as u8, (low >> 8) as u8, low as u8);
        match s {
            [0, 0, 0, 0, 0, 0xffff | 0, high, low] => is_public_v4(inner(high, low)) && s[5] == 0xffff,
            [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(inner(high, low)),
            [0x2002, high, low, ..] => is_public_v4(inner(high, low)),
            // Of all others, those given out to the public network; Teredo and documentation are in that range.
            [first, second, ..] => first & 0xe000 == 0x2000 && !(first == 0x2001 && (second == 0 || second == 0xdb8)),
        }
    }
}
