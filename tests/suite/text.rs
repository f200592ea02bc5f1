//! Sentences and tokens.

use parallax::base::TextRange;
use parallax::source::{Block, BlockKind, Metadata, Provenance, Source};
use parallax::text::{self, Document, TokenKind};
use proptest::prelude::*;

fn paragraph(text: &str) -> Document {
    let start = text.len() - text.trim_start().len();
    block(text, BlockKind::Paragraph, TextRange::new(start, start + text.trim().len()))
}

/// The document of a text with one block.
fn block(text: &str, kind: BlockKind, range: TextRange) -> Document {
    let block = Block { kind, range };
    let source = Source {
        text: text.into(),
        blocks: vec![block],
        meta: Metadata::default(),
        provenance: Provenance::default(),
        notes: Vec::new(),
        page: None,
    };
    text::document(&source)
}

/// The sentences of a paragraph in which `|` marks every expected cut.
fn check_sentences(marked: &str) {
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    let text = expected.join(" ");
    let doc = paragraph(&text);
    let found: Vec<&str> = doc.sentences.iter().map(|s| s.range.of(&doc.text)).collect();
    assert_eq!(found, expected);
}

/// Tokens as written, parted by blanks.
fn check_tokens(text: &str, expected: &str) {
    let doc = paragraph(text);
    let found: Vec<&str> = (0..doc.tokens.len()).map(|t| doc.word(t)).collect();
    assert_eq!(found.join(" "), expected, "{text}");
}

fn check_folded(text: &str, expected: &str) {
    let doc = paragraph(text);
    let found: Vec<&str> = (0..doc.tokens.len()).map(|t| doc.folded(t)).collect();
    assert_eq!(found.join(" "), expected, "{text}");
}

#[test]
fn sentences_end_at_full_stops_and_marks() {
    check_sentences("The bridge closed. | Who ordered it? | Nobody knew! | It reopened.");
    check_sentences("It cost 2.5 million. | In 2019 it had cost 1.2 million.");
    check_sentences("He left in 2020. | 25 residents followed.");
    check_sentences("Really?! | Yes.");
    check_sentences("It shook at magnitude 4. 6 on Thursday.");
    check_sentences("The Yahoo! page was down.");
}

#[test]
fn abbreviations_end_sentences_only_before_a_new_one() {
    check_sentences("Gov. Mara Ellison met Lt. Col. Dray. | Neither spoke.");
    check_sentences("The U.S. Senate met. | It left the U.S. | The vote was close.");
    check_sentences("She flew to the U.S. in May.");
    check_sentences("It opened at 9 p.m. Friday. | It closed at 10 p.m. | Police came.");
    check_sentences("It opened at 9 p.m. (2100 GMT) on Friday.");
    check_sentences("By 8 p. m. Thursday it was over.");
    check_sentences("Acme Corp. Chairman J. P. Holt resigned. | He gave no reason.");
    check_sentences("He worked for Acme Inc. | The company denied it.");
    check_sentences("Robert C. “Bob” Scott spoke.");
    check_sentences("See No. 5 and No. 12. | Did he agree? | No. | He refused.");
    check_sentences("It took place on Jan. 5 in St. Orrin.");
    check_sentences("Birch vs. Crane, approx. 40 pages, i.e. too long.");
    check_sentences("He chose plan B. | The others chose A.");
    check_sentences("Rail, water, etc. were cut. | Power was not.");
    check_sentences("It went at 120 km/h. | The line was closed. | The dam is 30 m. | Rain fell. | Then came e. coli.");
}

#[test]
fn a_quote_stays_with_its_attribution() {
    check_sentences("“Who pays?” she asked. | “We do!” the mayor said.");
    check_sentences("\"Who pays?\" Mr. Holt asked. | Nobody answered.");
    check_sentences("“Who pays?” Mayor Ilse Brandt of Westhaven asked.");
    check_sentences("“They left.” | He wept. | “All of them.”");
    check_sentences("He said: “They left. | All of them.” | 25 people stayed.");
    check_sentences("“We waited,” she said. | “Nobody came.”");
    check_sentences("'We waited.' | 'Nobody came.'");
    check_sentences("He called it “a mess.” | The board met.");
    check_sentences("He called it ``a mess.'' | The board met.");
    check_sentences("He said \" they left . \" | The board met .");
}

#[test]
fn brackets_ellipses_and_lists() {
    check_sentences("It rained. | (It often does.) | Then it stopped.");
    check_sentences("It rained (as it does.) and stopped.");
    check_sentences("Well… maybe not. | He paused … | Then he left.");
    check_sentences("1. Close the road. | 2. Open shelters.");
}

#[test]
fn a_lost_blank_still_ends_a_sentence() {
    let doc = paragraph("The river rose.Then it fell.");
    assert_eq!(doc.sentences.len(), 2);
}

#[test]
fn numbers_are_one_token() {
    check_tokens("It cost $35,000,000, or 1.5m.", "It cost $35,000,000 , or 1.5m .");
    check_tokens("a 24-year-old at 9:30 or 7pm", "a 24-year-old at 9:30 or 7pm");
    check_tokens("US$30 A$2.5bn £4 €5 -5 #1", "US$30 A$2.5bn £4 €5 -5 #1");
    check_tokens("60% of 10–15 or 2019-20, 9/11", "60 % of 10–15 or 2019-20 , 9/11");
    check_tokens("the 1980s, the ’90s, the 1980's", "the 1980s , the ’90s , the 1980 's");
    check_tokens("at 8p.m. on the 3rd, 7½ miles", "at 8p.m. on the 3rd , 7½ miles");
    check_tokens("In 2020.", "In 2020 .");
}

#[test]
fn words_keep_hyphens_accents_and_stops() {
    check_tokens("Jeong-hyok’s anti-defection law, COVID-19", "Jeong-hyok ’s anti-defection law , COVID-19");
    check_tokens("U.S.-led forces at 9 p.m. with Gov. J. Zoë", "U.S.-led forces at 9 p.m. with Gov. J. Zoë");
    check_tokens("AT&T, example.com, a@b.org and @name", "AT&T , example.com , a@b.org and @name");
    check_tokens("See https://example.com/a?b=1, now.", "See https://example.com/a?b=1 , now .");
    check_tokens("a -- b — c ... d…", "a -- b — c ... d …");
    check_tokens("naïve cafe\u{301} co\u{ad}operate", "naïve cafe\u{301} co\u{ad}operate");
}

#[test]
fn possessives_part_and_contractions_stay() {
    check_tokens("Kim's men don't say it's O'Brien's.", "Kim 's men don't say it's O'Brien 's .");
    check_tokens("the residents’ fear, that’s all", "the residents ’ fear , that’s all");
    check_tokens("rock 'n' roll 'til dawn", "rock 'n ' roll 'til dawn");
}

#[test]
fn quotes_are_told_from_apostrophes() {
    fn kinds(text: &str) -> Vec<&str> {
        let doc = paragraph(text);
        doc.tokens.iter().filter(|t| t.kind == TokenKind::Quote).map(|t| t.range.of(text)).collect()
    }
    assert_eq!(kinds("'We left,' he said of the residents' fear."), ["'", "'"]);
    assert_eq!(kinds("The residents' fear and the workers' anger"), Vec::<&str>::new());
    assert_eq!(kinds("‘It’s the residents’ fear,’ he said."), ["‘", "’"]);
    assert_eq!(kinds("«Oui» “no” „ja“"), ["«", "»", "“", "”", "„", "“"]);
}

#[test]
fn folding_hides_what_makes_no_difference() {
    check_folded("Don’t “Go” co\u{ad}op cafe\u{301}", "don't \" go \" coop café");
    check_folded("non‑stop 10–15 — U.S. Gov.", "non-stop 10-15 - u.s. gov");
    check_folded("zero\u{200b}width \u{202e}turned\u{202c}", "zerowidth turned");
}

#[test]
fn headlines_and_bylines_are_whole() {
    let text = "By J. Holt. Westhaven";
    assert_eq!(block(text, BlockKind::Byline, TextRange::new(0, text.len())).sentences.len(), 1);
}

/// Text that a scanner is likely to stumble over.
pub fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ a-zA-Z0-9.,;:!?'\"’‘“”()$£€%#@&/_-]{0,12}",
        "\\PC{0,6}",
        prop_oneof![
            Just("U.S."),
            Just("p.m."),
            Just("'s"),
            Just("…"),
            Just("\u{ad}"),
            Just("\u{200b}"),
            Just("\u{202e}"),
            Just("́"),
            Just("$3"),
            Just("https://"),
            Just("。"),
            Just("中文"),
            Just("\n"),
            Just("\u{a0}"),
            Just("\0"),
            Just("''")
        ]
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|v| v.concat())
}

/// What every document keeps.
pub fn assert_document(doc: &Document) {
    let mut last = 0;
    let mut next_token = 0;
    for s in &doc.sentences {
        let block = doc.blocks[s.block as usize].range;
        assert!(block.contains(s.range), "a sentence leaves its block");
        assert!(s.range.start >= last && !s.range.is_empty(), "sentences overlap or are empty");
        assert!(doc.text.get(s.range.as_range()).is_some(), "a sentence is not on character boundaries");
        last = s.range.end;
        assert_eq!(s.first_token, next_token, "tokens are lost between sentences");
        next_token = s.end_token;
        let mut at = s.range.start;
        for t in &doc.tokens[s.first_token as usize..s.end_token as usize] {
            assert!(s.range.contains(t.range) && t.range.start >= at && !t.range.is_empty(), "a token leaves its sentence");
            assert!(doc.text.get(t.range.as_range()).is_some() && doc.folded_text.get(t.folded.as_range()).is_some());
            let between = doc.text.get(at as usize..t.range.start as usize).unwrap_or("x");
            assert!(!between.chars().any(char::is_alphanumeric), "letters are lost between tokens: {between:?}");
            at = t.range.end;
        }
        assert_eq!(at, s.range.end);
    }
    assert_eq!(next_token as usize, doc.tokens.len());
}

proptest! {
    #[test]
    fn any_text_gives_sound_tokens(text in odd_text()) {
        prop_assume!(!text.trim().is_empty());
        assert_document(&paragraph(&text));
    }
}
