//! Pages fetched from addresses, from servers made here.

use parallax::io::fetch::{FetchError, Limits, MAX_REDIRECTS, StandIn, fetch, fetch_within, is_address};
use parallax::io::{LoadError, load_address};
use parallax::source::Hints;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A server that answers each request with what `answer` writes for its first line. Returns its address.
fn server(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            while reader.read_line(&mut head).is_ok_and(|n| n > 2) {}
            answer(&head, &mut stream);
        }
    });
    address
}

fn respond(stream: &mut TcpStream, head: &str, body: &[u8]) {
    let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(body);
}

const PAGE: &str = "<html><head><title>Levee breaks</title></head><body><nav><a href=\"/\">Home</a></nav><article><h1>Levee breaks at Tarn Valley</h1>\
    <p>The river broke through the levee on Tuesday, the water board said, and forty families left their homes.</p>\
    <p>It fell again in the night, the mayor of Tarn told reporters outside of the café at the bridge.</p></article></body></html>";

fn get(address: &str) -> Result<Vec<u8>, FetchError> {
    fetch(address, true, &|| false).map(|f| f.bytes)
}

#[test]
fn a_page_is_fetched_as_it_is_and_keeps_its_address() {
    let home = server(|head, stream| {
        // Neither who asks nor from where is told.
        assert!(!head.to_lowercase().contains("cookie") && !head.to_lowercase().contains("referer"), "{head}");
        assert!(head.contains("Parallax/"), "{head}");
        match head.split(' ').nth(1).unwrap_or("") {
            "/old" => respond(stream, "302 Found\r\nLocation: news/levee", b""),
            "/news/levee" => {
                let (body, ..) = encoding_rs::WINDOWS_1252.encode(PAGE);
                respond(stream, "200 OK\r\nContent-Type: text/html; charset=windows-1252\r\nSet-Cookie: a=b", &body);
            }
            _ => respond(stream, "404 Not Found", b""),
        }
    });
    let sources = load_address(&format!("{home}/old"), &Hints::default(), true, &|| false).expect("an article");
    assert_eq!(sources[0].provenance.path, format!("{home}/old"));
    assert_eq!(sources[0].meta.url, Some(format!("{home}/news/levee")));
    assert!(sources[0].text.contains("the café at the bridge") && !sources[0].text.contains("Home"));
    assert_eq!(get(&format!("{home}/gone")), Err(FetchError::Status(404)));
}

#[test]
fn nothing_is_fetched_from_inside_unless_allowed() {
    let home = server(|head, stream| match head.split(' ').nth(1).unwrap_or("") {
        "/away" => respond(stream, "301 Moved\r\nLocation: http://169.254.169.254/latest/meta-data", b""),
        _ => respond(stream, "200 OK\r\nContent-Type: text/html", PAGE.as_bytes()),
    });
    let port = home.rsplit(':').next().expect("a port").to_owned();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "[fd00::1]",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
    ] {
        let error = fetch(&format!("http://{host}:{port}/"), false, &|| false).expect_err(host);
        assert!(matches!(error, FetchError::Private(_)), "{host}: {error:?}");
    }
    for no in ["file:///etc/passwd", "ftp://example.org/a", "example.org", "https://", "http://a b", "javascript:alert(1)", "http:///a"] {
        assert_eq!(fetch(no, true, &|| false), Err(FetchError::NoAddress), "{no}");
    }
    // Each redirect is resolved and checked like the first address: one that leads to no web address leads nowhere.
    let away = server(|head, stream| match head.split(' ').nth(1).unwrap_or("") {
        "/file" => respond(stream, "302 Found\r\nLocation: file:///etc/passwd", b""),
        path => respond(stream, &format!("302 Found\r\nLocation: {path}x"), b""),
    });
    assert_eq!(get(&format!("{away}/file")), Err(FetchError::LedAway("file:///etc/passwd".to_owned())));
    assert_eq!(get(&format!("{away}/a")), Err(FetchError::Redirects));
}

/// Names of servers with their places; the last is what a name is at from its second look-up on.
const PLACES: &[(&str, &str, Option<&str>)] = &[
    ("news.example", "93.184.216.34", None),
    ("mirror.example", "2606:2800:220:1::1", None),
    ("inside.example", "10.0.0.5", None),
    ("mapped.example", "::ffff:192.168.0.7", None),
    ("cloud.example", "169.254.169.254", None),
    ("turns.example", "93.184.216.34", Some("127.0.0.1")),
];

/// The limits of a person who allows nothing of their own network, the servers above at their places, and how often names were asked for.
fn from_outside(home: &str) -> (Limits, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let (count, before) = (asked.clone(), Mutex::new(Vec::<String>::new()));
    let lookup = move |name: &str| -> Option<IpAddr> {
        count.fetch_add(1, Ordering::Relaxed);
        if let Ok(ip) = name.trim_matches(['[', ']']).parse() {
            return Some(ip);
        }
        let (_, first, later) = PLACES.iter().find(|(n, ..)| *n == name)?;
        let mut before = before.lock().expect("a list");
        let again = before.iter().any(|n| n == name);
        before.push(name.to_owned());
        later.filter(|_| again).unwrap_or(first).parse().ok()
    };
    let server = home.trim_start_matches("http://").parse().expect("an address");
    (Limits { stand_in: Some(StandIn { lookup: Arc::new(lookup), server }), ..Limits::default() }, asked)
}

#[test]
fn each_redirect_is_checked_like_the_first_address() {
    let seen = Arc::new(Mutex::new(Vec::<String>::new()));
    let log = seen.clone();
    let home = server(move |head, stream| {
        let host = head.lines().find_map(|l| l.to_lowercase().strip_prefix("host: ").map(|h| h.trim().to_owned())).unwrap_or_default();
        log.lock().expect("a list").push(host);
        let path = head.split(' ').nth(1).unwrap_or("");
        match path.strip_prefix("/to/") {
            Some(to) => respond(stream, &format!("302 Found\r\nLocation: {to}"), b""),
            None if path.starts_with("/steps/") => {
                let left: usize = path[7..].parse().expect("a number");
                let to = if left == 0 { "/page".to_owned() } else { format!("/steps/{}", left - 1) };
                respond(stream, &format!("307 Temporary Redirect\r\nLocation: {to}"), b"");
            }
            None if path == "/round" => respond(stream, "301 Moved\r\nLocation: //news.example/round", b""),
            None => respond(stream, "200 OK\r\nContent-Type: text/html", PAGE.as_bytes()),
        }
    });
    let private = |ip: &str| Err(FetchError::Private(ip.to_owned()));
    let away = |to: &str| Err(FetchError::LedAway(to.to_owned()));
    let check = |address: &str, expected: Result<&str, FetchError>| {
        let (limits, _) = from_outside(&home);
        let found = fetch_within(address, &limits, &|| false).map(|f| f.address);
        assert_eq!(found, expected.map(str::to_owned), "{address}");
    };
    check("http://news.example/page", Ok("http://news.example/page"));
    check("http://news.example/to/http://mirror.example/page", Ok("http://mirror.example/page"));
    check("http://news.example/to/http://inside.example/page", private("10.0.0.5"));
    check("http://news.example/to/http://mapped.example/page", private("::ffff:192.168.0.7"));
    check("http://news.example/to/http://cloud.example/latest/meta-data", private("169.254.169.254"));
    check("http://news.example/to/http://127.0.0.1/admin", private("127.0.0.1"));
    check("http://news.example/to/http://[::1]/admin", private("::1"));
    check("http://news.example/to///inside.example/page", private("10.0.0.5"));
    check("http://news.example/to/http://nobody.example/", Err(FetchError::NotFound));
    for scheme in ["file:///etc/passwd", "ftp://news.example/a", "javascript:alert(1)", "data:text/html,a"] {
        check(&format!("http://news.example/to/{scheme}"), away(scheme));
    }
    // A name that hides where the address leads.
    check("http://post.example@news.example/page", Err(FetchError::Disguised));
    check("http://news.example/to/http://a:b@mirror.example/page", Err(FetchError::Disguised));
    // As many as allowed, one more, and endless ones.
    check(&format!("http://news.example/steps/{}", MAX_REDIRECTS - 1), Ok("http://news.example/page"));
    check(&format!("http://news.example/steps/{MAX_REDIRECTS}"), Err(FetchError::Redirects));
    check("http://news.example/round", Err(FetchError::Redirects));
    let hosts = seen.lock().expect("a list");
    assert!(hosts.iter().all(|h| ["news.example", "mirror.example"].contains(&h.as_str())), "nothing private was asked: {hosts:?}");
}

#[test]
fn what_was_checked_is_what_is_asked() {
    let home = server(|head, stream| match head.split(' ').nth(1).unwrap_or("") {
        "/again" => respond(stream, "302 Found\r\nLocation: /page", b""),
        _ => respond(stream, "200 OK\r\nContent-Type: text/html", PAGE.as_bytes()),
    });
    // The name turns to this computer after the first look-up: it is looked up once a request.
    let (limits, asked) = from_outside(&home);
    assert!(fetch_within("http://turns.example/page", &limits, &|| false).is_ok());
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    let (limits, asked) = from_outside(&home);
    assert_eq!(fetch_within("http://turns.example/again", &limits, &|| false), Err(FetchError::Private("127.0.0.1".to_owned())));
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[test]
fn other_spellings_of_this_computer_are_refused() {
    for host in ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "localhost."] {
        let found = fetch(&format!("http://{host}:9/"), false, &|| false).expect_err(host);
        assert!(matches!(found, FetchError::Private(_) | FetchError::NotFound | FetchError::NoAddress), "{host}: {found:?}");
    }
}

#[test]
fn a_server_that_dawdles_is_left() {
    let home = server(|head, stream| {
        if head.contains("/silent") {
            std::thread::sleep(Duration::from_secs(3));
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        while stream.write_all(b"a").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    for path in ["/drops", "/silent"] {
        let began = Instant::now();
        let limits = Limits { allow_private: true, timeout: Duration::from_millis(400), ..Limits::default() };
        assert_eq!(fetch_within(&format!("{home}{path}"), &limits, &|| false), Err(FetchError::Slow), "{path}");
        assert!(began.elapsed() < Duration::from_secs(5), "{path}");
    }
}

#[test]
fn a_page_has_to_be_one_and_to_come_in_time() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b'0'; 1 << 20];
    (0..40).for_each(|_| bomb.write_all(&zeros).expect("memory"));
    let bomb = bomb.finish().expect("memory");
    assert!(bomb.len() < 100_000);
    let home = server(move |head, stream| match head.split(' ').nth(1).unwrap_or("") {
        "/bomb" => respond(stream, "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &bomb),
        "/large" => respond(stream, "200 OK\r\nContent-Type: text/html", &vec![b'a'; 11 << 20]),
        "/picture" => respond(stream, "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        "/closed" => respond(stream, "402 Payment Required", b""),
        "/wall" => respond(
            stream,
            "200 OK\r\nContent-Type: text/html",
            b"<html><body><p>Before you continue</p><button>Accept</button></body></html>",
        ),
        "/teaser" => {
            let page = PAGE.replace(
                "</head>",
                "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isAccessibleForFree\": false}</script></head>",
            );
            respond(stream, "200 OK\r\nContent-Type: text/html", page.as_bytes());
        }
        // Never ends, a byte at a time.
        _ => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            while stream.write_all(b"a").is_ok() {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    });
    assert_eq!(get(&format!("{home}/bomb")), Err(FetchError::TooLarge));
    assert_eq!(get(&format!("{home}/large")), Err(FetchError::TooLarge));
    assert_eq!(get(&format!("{home}/picture")), Err(FetchError::Kind("image/png".to_owned())));
    assert_eq!(get(&format!("{home}/closed")), Err(FetchError::Closed(402)));
    let load = |path: &str| load_address(&format!("{home}{path}"), &Hints::default(), true, &|| false);
    let wall = load("/wall").expect_err("no article");
    assert!(matches!(wall, LoadError::Source(_)) && wall.to_string().contains("consent"), "{wall}");
    let teaser = load("/teaser").expect("an article");
    assert!(teaser[0].notes.iter().any(|n| n.text.contains("behind a paywall")));
    // A person who has waited enough stops it; else the clock does.
    let began = Instant::now();
    let stopped = fetch(&format!("{home}/slow"), true, &|| began.elapsed() > Duration::from_millis(300));
    assert_eq!(stopped, Err(FetchError::Stopped));
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[test]
fn addresses_are_told_from_words() {
    for (words, is) in [
        ("https://a.example/b", true),
        ("HTTP://a.example", true),
        ("a.example", false),
        ("https://", false),
        ("see https://a.example", false),
        ("https://a.example b", false),
    ] {
        assert_eq!(is_address(words), is, "{words}");
    }
}

#[test]
fn the_window_fetches_what_its_form_was_asked_for() {
    use parallax::app::{Action, App, Command, Cure, Dialog, Settings, links};
    let home = server(|head, stream| match head.split(' ').nth(1).unwrap_or("") {
        "/levee" => respond(stream, "200 OK\r\nContent-Type: text/html", PAGE.as_bytes()),
        _ => respond(stream, "403 Forbidden", b""),
    });
    let mut app = App::new(Settings::default(), std::sync::Arc::new(|| ()));
    app.apply(Action::Run(Command::AddLinks));
    assert_eq!(app.dialog, Some(Dialog::Links { addresses: String::new(), allow_private: false }));
    let addresses = format!("{home}/levee\n{home}/closed");
    assert_eq!(links::form_of(&addresses, true), Some(Dialog::Links { addresses: addresses.clone(), allow_private: true }));
    assert_eq!(links::form_of(&format!("Read {home}/levee"), true), None);
    // Inside of the own network nothing is asked for.
    app.apply(Action::FetchLinks { addresses: addresses.clone(), allow_private: false });
    app.wait();
    assert!(app.project.entries.is_empty() && app.problems.iter().all(|p| p.text.contains("inside your own network")));
    let cures: Vec<_> = app.problems.iter().map(|p| p.cure.clone()).collect();
    assert_eq!(cures, [Cure::AllowPrivate(format!("{home}/levee")), Cure::AllowPrivate(format!("{home}/closed"))]);
    // One address is allowed, and no other by that.
    app.apply(Action::FetchOnce(format!("{home}/levee")));
    app.wait();
    assert!(!app.settings.allow_private_links && app.project.entries.len() == 1);
    let cures: Vec<_> = app.problems.iter().map(|p| p.cure.clone()).filter(|c| matches!(c, Cure::AllowPrivate(_))).collect();
    assert_eq!(cures, [Cure::AllowPrivate(format!("{home}/closed"))]);
    // What the form allows stays allowed.
    app.apply(Action::FetchLinks { addresses, allow_private: true });
    app.wait();
    assert_eq!(app.dialog, None);
    assert!(app.settings.allow_private_links && app.problems.iter().all(|p| !matches!(p.cure, Cure::AllowPrivate(_))));
    assert_eq!(app.project.entries.len(), 1);
    assert!(app.problems.iter().any(|p| p.name.ends_with("/closed") && p.not_added && p.text.contains("status 403")), "{:?}", app.problems);
    // What was fetched is in the comparison, and needs no server to be compared again.
    let kept = parallax::project::file::read(&parallax::project::file::write(&app.project)).expect("a comparison");
    assert_eq!(kept.entries[0].source, app.project.entries[0].source);
    // With it the page itself, which can be read again.
    let page = kept.entries[0].source.page.clone().expect("the page");
    assert_eq!(page.bytes().as_deref(), Some(PAGE.as_bytes()));
    assert_eq!(page.address, format!("{home}/levee"));
    let again = parallax::io::read_again(&kept.entries[0].source, &page).expect("the same article");
    assert_eq!(again, *kept.entries[0].source);
    // An earlier reader had lost a paragraph.
    let mut poorer = (*kept.entries[0].source).clone();
    let last = poorer.blocks.pop().expect("a block");
    poorer.text.truncate(last.range.start as usize);
    let old = app.project.entries[0].clone();
    let named = parallax::project::Entry { outlet: Some("Tarn Courier".into()), ..parallax::project::Entry::new(Arc::new(poorer)) };
    let key = named.key;
    app.project.replace(old.key, named).expect("another article");
    app.apply(Action::ReadPageAgain(key));
    app.wait();
    assert_eq!(app.project.entries[0].source, old.source);
    assert_eq!(app.project.entries[0].outlet.as_deref(), Some("Tarn Courier"), "corrections stay");
    app.apply(Action::Run(Command::Undo));
    assert_eq!(app.project.entries[0].key, key);
    // A page that was damaged since is told as such.
    let other = parallax::source::Page::new(page.address.clone(), page.fetched.clone(), None, b"<p>Something else</p>");
    let error = parallax::io::read_again(&old.source, &other).expect_err("another page").to_string();
    assert!(error.contains("Fetch it again"), "{error}");
}
