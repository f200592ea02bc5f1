//! Made-up coverage that is meant to break what reads it: fragments of news beside letters, marks and numbers that
//! no newspaper prints, put together by chance.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What reports are made of, so that the rules for names, numbers, dates and quotes have something to hold on to.
const NEWS: &[&str] = &[
    "Mayor Ilse Brandt",
    "Gov. J. P. Holt",
    "the U.S. Senate",
    "Acme Corp.",
    "Brandt",
    "she",
    "the council",
    "police",
    "in Westhaven",
    "a 24-year-old driver",
    "said",
    "said that",
    "told reporters",
    "asked",
    "denied",
    "according to",
    "in a statement",
    "died",
    "were hurt",
    "was closed",
    "on Tuesday",
    "on March 3, 2026",
    "last week",
    "two years ago",
    "at 9:30 p.m.",
    "between 10 and 12",
    "35,000 people",
    "at least 12",
    "nearly 30 per cent",
    "£2.4 million",
    "$1.2bn",
    "two-thirds",
    "a dozen",
    "more than 1,000 homes",
    "By Jane Holt",
    "(Reuters)",
    "VESS, March 2 —",
    "not",
    "no one",
    "and",
    "of the",
    "but",
];

/// What stands between them.
const JOINTS: &[&str] = &[
    " ", " ", " ", " ", ", ", ". ", ".", "? ", "! ", "… ", "; ", ": ", " — ", "--", "/", "“", "”", "\"", "\" ", " \"", "'", "’", "‘",
    "’s ", "'s ", "„", "«", "»", "‹", "›", "「", "」", "(", ") ", "[", "]", "\n", "\t", "\u{a0}", "\u{2009}", "\u{2028}", "。", "،", "؟",
    "।", "%", "$", "€", "-", "–", "+", "#", "@", "&", "*", "_", "`", "|", "<", ">", "\\", "=", "~",
];

/// Letters and signs of many scripts, and what has no shape of its own.
const SCRIPTS: &[&str] = &[
    "Größe",
    "Straße",
    "İstanbul",
    "ıI",
    "Привет мир",
    "т. е.",
    "καλημέρα ΣΑΣ",
    "שלום עולם",
    "صباح الخير",
    "١٢٬٣٤٥٫٦",
    "۱۲۳",
    "नमस्ते १२३",
    "東京都で３人",
    "一億二千万円",
    "한국어 문장",
    "ไทยไม่มีช่องว่าง",
    "１２，３４５",
    "𝟙𝟚𝟛",
    "Ⅻ",
    "½",
    "²",
    "①",
    "ﬁne",
    "e\u{301}\u{301}\u{301}",
    "\u{301}",
    "👩‍👩‍👧‍👦",
    "🇩🇪",
    "\u{200b}",
    "\u{200d}",
    "\u{200e}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{ad}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fe0f}",
    "\u{e000}",
    "\u{10ffff}",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "ǅ",
    "ŉ",
    "ẞ",
    "ΐ",
];

/// Numbers, dates and times beyond what there is.
const BEYOND: &[&str] = &[
    "February 31, 2026",
    "30 February",
    "99/99/9999",
    "2026-13-45",
    "31/12/-4",
    "December 31, 9999",
    "the year 0",
    "32767",
    "99999 BC",
    "25:61",
    "00:00:99",
    "24:00",
    "13 p.m.",
    "1.2.3.4.5",
    "1,2,3,4",
    "-0",
    "0.000000000000000000001",
    "1e999",
    "NaN",
    "Infinity",
    "1/0",
    "340282366920938463463374607431768211456",
    "999999999999999 years ago",
    "in 400000 weeks",
    "9999999 months ago",
    "a trillion trillion trillion",
    "hundred thousand million billion",
    "$$$5",
    "5%%%",
    "minus five",
    "-5 to -3",
    "10 to 5",
    "10–5",
    "1990s",
    "'90s",
    "0th",
    "101st",
    "1000-year-old",
    "999999999-year-old",
];

/// A fragment that is long because one thing is repeated.
fn long() -> impl Strategy<Value = String> {
    let thing = select(
        &[
            "a",
            "Aa ",
            "9",
            "9,",
            "9.",
            "9 ",
            "“",
            "”",
            "\"",
            "\" ",
            "'",
            "‘",
            "’s",
            "U.",
            "U. ",
            "-",
            "- ",
            ".",
            ". ",
            "…",
            "(",
            ")",
            "“a” ",
            "“‘",
            "said ",
            "Mr. ",
            "Ann ",
            "Ann-",
            "and ",
            "no ",
            "1 to ",
            "1-",
            "million ",
            "twenty-",
            "March ",
            "e\u{301}",
            "\u{301}",
            "\u{200b}",
            "\u{202e}",
            "東",
            "。",
            "़",
            "🇩",
            "👩\u{200d}",
            "@a",
            "http://",
            "&",
            "<b>",
            "\\",
            "*",
        ][..],
    );
    (thing, prop_oneof![4 => 2..40usize, 2 => 40..420usize, 1 => 1000..4000usize]).prop_map(|(thing, times)| thing.repeat(times))
}

/// A few words, or what is none.
pub fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        18 => select(NEWS).prop_map(str::to_owned),
        18 => select(JOINTS).prop_map(str::to_owned),
        3 => select(SCRIPTS).prop_map(str::to_owned),
        3 => select(BEYOND).prop_map(str::to_owned),
        1 => long(),
        2 => "[ a-zA-Z0-9.,:'\"’“”$%/-]{0,10}",
        1 => "\\PC{0,6}",
        1 => any::<String>().prop_map(|s| s.chars().take(12).collect()),
    ]
}

/// Pieces of figures, dates and times of many languages, in an order that none of them has.
pub fn figures() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "1",
        "12",
        "450",
        "2026",
        "31",
        "٣",
        "٢٠٢٦",
        "१२",
        "３",
        "五",
        "1e9",
        ",",
        ".",
        "٬",
        "٫",
        " ",
        "\u{a0}",
        "\u{202f}",
        "’",
        "-",
        "–",
        "/",
        ":",
        "h",
        "年",
        "月",
        "日",
        "時",
        "分",
        "間",
        "万",
        "億",
        "千",
        "만",
        "년",
        "월",
        "일",
        "시",
        "원",
        "円",
        "元",
        "%",
        "٪",
        "€",
        "$",
        "₪",
        "¥",
        "Uhr",
        "März",
        "mars",
        "de",
        "marzo",
        "марта",
        "Μαρτίου",
        "מרץ",
        "مارس",
        "كانون الثاني",
        "मार्च",
        "lakh",
        "लाख",
        "करोड़",
        "Mio.",
        "млн",
        "millions d’euros",
        "milhões de reais",
        "prozent",
        "rund ",
        "не более ",
        "約",
        "ב-",
        "A",
        "İ",
        "ẞ",
        "\u{301}",
        "😀",
        "。",
        "؟",
        "।",
    ];
    proptest::collection::vec(select(PIECES), 1..24).prop_map(|pieces| {
        let mut text: String = pieces.concat();
        // Longer texts tell their language themselves.
        text.truncate(text.floor_char_boundary(190));
        text
    })
}

/// A paragraph; may be empty.
fn paragraph() -> impl Strategy<Value = String> {
    (proptest::collection::vec(fragment(), 0..24), any::<bool>()).prop_map(|(parts, spaced)| parts.join(if spaced { " " } else { "" }))
}

/// What makes one version's paragraph from another's.
#[derive(Clone, Debug)]
enum Change {
    Keep,
    Drop,
    Digit(Index, u8),
    Insert(Index, String),
    Cut(Index),
    Twice,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => Just(Change::Keep),
        1 => Just(Change::Drop),
        3 => (any::<Index>(), 0..10u8).prop_map(|(at, digit)| Change::Digit(at, digit)),
        2 => (any::<Index>(), fragment()).prop_map(|(at, words)| Change::Insert(at, words)),
        1 => any::<Index>().prop_map(Change::Cut),
        1 => Just(Change::Twice),
    ]
}

fn boundary(text: &str, at: &Index) -> usize {
    let mut at = at.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn changed(text: &str, change: &Change) -> Vec<String> {
    let mut text = text.to_owned();
    match change {
        Change::Keep => {}
        Change::Drop => return Vec::new(),
        Change::Twice => return vec![text.clone(), text],
        Change::Digit(at, digit) => {
            let digits: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(i, _)| i).collect();
            if !digits.is_empty() {
                let at = digits[at.index(digits.len())];
                text.replace_range(at..=at, &digit.to_string());
            }
        }
        Change::Insert(at, words) => text.insert_str(boundary(&text, at), words),
        Change::Cut(at) => text.truncate(boundary(&text, at)),
    }
    vec![text]
}

/// The paragraphs of some versions of one event: alike, reordered, shortened, the same twice, or nothing at all.
pub fn event() -> impl Strategy<Value = Vec<Vec<String>>> {
    let version = prop_oneof![
        8 => (proptest::collection::vec(change(), 8), 0..8usize).prop_map(|(changes, turn)| (Some(changes), turn)),
        1 => Just((Some(vec![Change::Keep; 8]), 0)),
        1 => Just((None, 0)),
    ];
    (proptest::collection::vec(paragraph(), 1..8), proptest::collection::vec(version, 1..6)).prop_map(|(base, versions)| {
        let tell = |(changes, turn): (Option<Vec<Change>>, usize)| {
            let Some(changes) = changes else { return base.iter().take(1).cloned().collect() };
            let mut told: Vec<String> = base.iter().zip(&changes).flat_map(|(text, change)| changed(text, change)).collect();
            let turn = turn % told.len().max(1);
            told.rotate_left(turn);
            told
        };
        versions.into_iter().map(tell).collect()
    })
}

/// A text of about `bytes` bytes in one paragraph or many, made of few fragments again and again; the second differs a little.
pub fn monotony(bytes: usize) -> impl Strategy<Value = [String; 2]> {
    let ends = select(&["", " ", ". ", "\n\n", " said. ", "” "][..]);
    (proptest::collection::vec(fragment(), 1..6), ends, 0..9u8).prop_map(move |(parts, end, digit)| {
        let unit = format!("{}{end}", parts.join(" "));
        let unit = if unit.trim().is_empty() { format!("a{unit}") } else { unit };
        let times = (bytes / unit.len()).max(1);
        let one = unit.repeat(times);
        let two: String =
            (0..times).map(|i| if i % 7 == 3 { unit.replace(char::is_numeric, &digit.to_string()) } else { unit.clone() }).collect();
        [one, two]
    })
}
