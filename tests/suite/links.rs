//! Pages fetched from addresses, from servers made here.

use parallax::io::fetch::{FetchError, fetch, is_address};
use parallax::io::{LoadError, load_address};
use parallax::source::Hints;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
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
    assert_eq!(get(&format!("{away}/file")), Err(FetchError::Status(302)));
    assert_eq!(get(&format!("{away}/a")), Err(FetchError::Redirects));
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
    use parallax::app::{Action, App, Command, Dialog, Settings, links};
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
    app.problems.clear();
    app.apply(Action::FetchLinks { addresses, allow_private: true });
    app.wait();
    assert_eq!(app.dialog, None);
    assert_eq!(app.project.entries.len(), 1);
    assert!(app.problems.iter().any(|p| p.name.ends_with("/closed") && p.not_added && p.text.contains("status 403")), "{:?}", app.problems);
    // What was fetched is in the comparison, and needs no server to be compared again.
    let kept = parallax::project::file::read(&parallax::project::file::write(&app.project)).expect("a comparison");
    assert_eq!(kept.entries[0].source, app.project.entries[0].source);
}
