//! What servers show in the place of an article: a paywall, a question about cookies, a test for robots.

use crate::base::table_lines;
use std::sync::LazyLock;

/// A page with fewer words than these is taken for a teaser where it has the words of a wall.
pub(super) const SHORT_WORDS: usize = 250;

/// A page with the words of a wall and fewer than these holds no article.
pub(super) const FEWEST_WORDS: usize = 30;

/// What stands before an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wall {
    /// The page says of itself that it is not free to read.
    Closed,
    /// The words of a paywall.
    Paywall,
    /// The words of a page that asks for consent.
    Consent,
    /// The words of a test for robots.
    Robots,
}

impl Wall {
    /// Whether the page itself says so.
    pub fn is_sure(self) -> bool {
        self == Wall::Closed
    }

    /// What to do where there is no article.
    pub fn without_article(self) -> &'static str {
        match self {
            Wall::Closed | Wall::Paywall => {
                "The page is behind a paywall and holds no article. Open it in a browser where you are logged in, save the page and add the file."
            }
            Wall::Consent => {
                "The page asks for consent to cookies and holds no article. Open it in a browser, agree or decline, save the page and add the file."
            }
            Wall::Robots => "The server asks for a proof that you are no robot. Open the page in a browser, save it and add the file.",
        }
    }

    /// What to know where there are words of an article.
    pub fn with_article(self) -> &'static str {
        match self {
            Wall::Closed | Wall::Paywall => {
                "The page seems to be behind a paywall: perhaps it gave only the start of the article. What is missing may count as left out. Save the \
                 whole page in a browser and add the file."
            }
            Wall::Consent => {
                "The page asks for consent to cookies: perhaps it gave no article. Save the page in a browser and add the file."
            }
            Wall::Robots => {
                "The server asks for a proof that you are no robot: perhaps it gave no article. Save the page in a browser and add the file."
            }
        }
    }
}

/// What stands before the article of a page, if anything.
pub(super) fn before(bytes: &[u8]) -> Option<Wall> {
    static WORDS: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/walls.txt")).filter_map(|l| l.split_once('\t')).collect());
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let free = text.split("isaccessibleforfree").skip(1).map(|rest| {
        let value = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ':' | '='));
        value.trim_start_matches("content=\"").starts_with("false")
    });
    if free.collect::<Vec<_>>().first() == Some(&true) {
        return Some(Wall::Closed);
    }
    let (_, kind) = WORDS.iter().map(|(kind, words)| (words, kind)).find(|(words, _)| text.contains(**words))?;
    Some(match *kind {
        "consent" => Wall::Consent,
        "robots" => Wall::Robots,
        _ => Wall::Paywall,
    })
}
