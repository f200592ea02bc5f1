//! Quotes: marks, speakers, cues and reported speech.

use parallax::extract::{Extract, Quote, explain::explain, quotes::quotes};
use parallax::source::{Hints, read};
use parallax::text::{self, Document};
use proptest::prelude::*;

fn document(text: &str) -> Document {
    // A headline first, so that what is tested is a paragraph.
    let whole = format!("The old bridge over the harbour\n\n{text}\n");
    let sources = read(whole.as_bytes(), &Hints::default()).expect("text is readable");
    text::document(&sources[0])
}

/// `kind | speaker (= name) | cue | words` of each quote, in order.
fn found(text: &str) -> Vec<String> {
    let doc = document(text);
    quotes(&doc, &[]).iter().map(|q| line(&doc, q)).collect()
}

fn line(doc: &Document, q: &Quote) -> String {
    let words: Vec<&str> = q.parts.iter().map(|p| p.of(&doc.text)).collect();
    let speaker = q.speaker.as_ref().map_or(String::new(), |s| {
        let words = s.range.of(&doc.text);
        match s.name.as_deref() {
            Some(name) if name != words => format!("{words} = {name}"),
            _ => words.to_owned(),
        }
    });
    let cue = q.cue.map_or("", |c| c.range.of(&doc.text));
    format!("{:?} | {speaker} | {cue} | {}", q.kind, words.join(" // ")).to_lowercase()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|e| e.to_lowercase()).collect();
    assert_eq!(found(text), expected, "in {text}");
}

#[test]
fn all_marks_are_read() {
    for (open, close) in
        [("\"", "\""), ("“", "”"), ("‘", "’"), ("'", "'"), ("«", "»"), ("»", "«"), ("„", "“"), ("「", "」"), ("''", "''"), ("``", "''")]
    {
        check(
            &format!("{open}The bridge will stay open all year,{close} said Anna Roe."),
            &["direct | Anna Roe | said | The bridge will stay open all year,"],
        );
    }
}

#[test]
fn apostrophes_are_no_marks() {
    check("The workers’ hall and the ’90s sign weren’t Roe’s to sell.", &[]);
    check("'The workers' hall isn't for sale,' said Anna Roe.", &["direct | Anna Roe | said | The workers' hall isn't for sale,"]);
    check("‘It’s the drivers’ choice,’ said Anna Roe.", &["direct | Anna Roe | said | It’s the drivers’ choice,"]);
}

#[test]
fn the_speaker_stands_before_behind_or_between() {
    check("Anna Roe said: “We will repair the bridge.”", &["direct | Anna Roe | said | We will repair the bridge."]);
    check("“We will repair the bridge,” Anna Roe told reporters.", &["direct | Anna Roe | told | We will repair the bridge,"]);
    check(
        "“We will repair it,” Roe said on Monday. “It will take a year.”",
        &["direct | Roe | said | We will repair it, // It will take a year."],
    );
    check("“We will,” she added, “if they pay.”", &["direct | she | added | We will, // if they pay."]);
    check("“Is it safe?” asked Tom Hale, who lives nearby.", &["direct | Tom Hale | asked | Is it safe?"]);
    check("“Nobody asked us,” Tom Hale, the owner of a shop on the quay, said.", &["direct | Tom Hale | said | Nobody asked us,"]);
    check("“It was loud,” according to a neighbour.", &["direct | a neighbour | according to | It was loud,"]);
    check("The town voted on Monday. “Build it now.” — Anna Roe", &["direct | Anna Roe | — | Build it now."]);
}

#[test]
fn the_sentence_before_a_colon_tells_the_speaker() {
    check(
        "Anna Roe wrote in a letter to the council:\n\n“The bridge is old. It must be repaired.”",
        &["direct | Anna Roe | wrote | The bridge is old. It must be repaired."],
    );
}

#[test]
fn paragraphs_left_open_are_one_quote() {
    check(
        "“The bridge is old,” said Anna Roe. “It has carried us for a century.\n\n“It must carry our children too.”",
        &["direct | Anna Roe | said | The bridge is old, // It has carried us for a century. // It must carry our children too."],
    );
    check(
        "“The bridge is closed,” Anna Roe said. “It was never safe.” “We will open it in May,” Tom Hale said.",
        &["direct | Anna Roe | said | The bridge is closed, // It was never safe.", "direct | Tom Hale | said | We will open it in May,"],
    );
}

#[test]
fn nested_marks_stay_inside() {
    check("“He told me ‘go home’ and left,” said Anna Roe.", &["direct | Anna Roe | said | He told me ‘go home’ and left,"]);
    check("\"She called it 'a gift' to the town,\" said Tom Hale.", &["direct | Tom Hale | said | She called it 'a gift' to the town,"]);
}

#[test]
fn a_few_words_in_marks_are_partial() {
    check("Anna Roe called the plan “a gift to the builders”.", &["partial | Anna Roe | called | a gift to the builders"]);
    check("The mayor said the bridge was “beyond repair” and would close.", &["partial | The mayor | said | beyond repair"]);
}

#[test]
fn titles_nicknames_and_scare_quotes_are_nobodys_words() {
    check("In “The Long Road Home” the town is a harbour.", &[]);
    check("Maria “Molly” Brown left the hall.", &[]);
    check("The “free” parking costs three pounds.", &[]);
}

#[test]
fn transcripts_give_each_turn_to_its_name() {
    check(
        "ROE: When will the bridge open?\n\nHALE: In spring, if the money comes.\n\nROE: And if not?",
        &[
            "direct | ROE | : | When will the bridge open?",
            "direct | HALE | : | In spring, if the money comes.",
            "direct | ROE | : | And if not?",
        ],
    );
}

#[test]
fn reported_speech_has_content_cue_and_source() {
    check("The company said that the bridge would close in May.", &["indirect | The company | said | that the bridge would close in May"]);
    check("Officials say there is no danger.", &["indirect | Officials | say | there is no danger"]);
    check("The bridge is safe, a spokeswoman said on Monday.", &["indirect | a spokeswoman | said | The bridge is safe"]);
    check(
        "The bridge, the engineers said, is safe for another year.",
        &["indirect | the engineers | said | The bridge // is safe for another year"],
    );
    check("According to the report, the bolts were rusty.", &["indirect | the report | according to | the bolts were rusty"]);
    check("The bolts were rusty, according to two engineers.", &["indirect | two engineers | according to | The bolts were rusty"]);
    check("Roe accused the company of hiding the damage.", &["indirect | Roe | accused | the company of hiding the damage"]);
    check("Hale told the council that he would sue.", &["indirect | Hale | told | that he would sue"]);
    check("Roe vowed to fight the closure.", &["indirect | Roe | vowed | to fight the closure"]);
    check("The bolts were rusty, two engineers told the paper on Friday.", &["indirect | two engineers | told | The bolts were rusty"]);
    check(
        "OSLO, March 2 (Agency) — The bolts were rusty, two engineers said.",
        &["indirect | two engineers | said | The bolts were rusty"],
    );
    check("The poll shows a close race in the north.", &["indirect | The poll | shows | a close race in the north"]);
    check("Roe is confident that the bridge will hold.", &["indirect | Roe | confident | that the bridge will hold"]);
    check("The owner declined to discuss the repairs.", &["indirect | The owner | declined | the repairs"]);
    check("All agreed that the bridge was old.", &["indirect | All | agreed | that the bridge was old"]);
    check("Roe said in a letter on Monday that she would go.", &["indirect | Roe | said | that she would go"]);
    check("Claiming that he was ill, Hale went home.", &["indirect | Hale | claiming | that he was ill"]);
    check("The owner of the ship that sank on Sunday said it was safe.", &["indirect | The owner of the ship | said | it was safe"]);
    check("The judges who will decide are old.", &[]);
    check("Neither side knew whose claim that was.", &[]);
    check("Roe's claim that the bolts were new is disputed.", &["indirect | Roe | claim | that the bolts were new"]);
}

#[test]
fn contents_end_where_another_clause_starts() {
    check(
        "Roe said the bridge was safe, but Hale said it was not.",
        &["indirect | Roe | said | the bridge was safe", "indirect | Hale | said | it was not"],
    );
    check(
        "Roe said the bridge would stay and warned against panic.",
        &["indirect | Roe | said | the bridge would stay", "indirect | Roe | warned | panic"],
    );
    check("When Roe said that the bridge was safe, the crowd left.", &["indirect | Roe | said | that the bridge was safe"]);
}

#[test]
fn acts_are_no_reported_speech() {
    for act in [
        "The president dismissed a general on Friday.",
        "The board dismissed the director over the losses.",
        "The hospital admitted two children on Monday.",
        "The firm recalled 2,000 cars.",
        "The firm recalled two million cars that were made in May.",
        "The crew welcomed several hundred guests.",
        "The club promoted the goalkeeper to captain.",
        "The senate confirmed the judge.",
        "The police questioned two men on Monday.",
        "The storm claimed 14 lives on Sunday.",
        "The wind hammered the coast.",
        "The beams support the roof.",
        "The army attacked the harbour at dawn.",
        "The soldiers defended the town.",
        "The engineers charged the battery overnight.",
        "The town answered the call for help.",
        "The factory reported a loss of two million.",
        "The town boasts a castle.",
        "The actor repeated the scene.",
        "The mayor called an emergency meeting on Monday.",
        "A program called River opened in May.",
        "A stream called “Long Water” runs by.",
        "The union called off the strike.",
        "The team defended the title.",
        "The driver fled after claiming the lives of two men.",
        "The police held one of 99 alleged members of the gang.",
        "A key suspected thief was found on Monday.",
        "Hale conceded a goal.",
        "The gauge indicated a leak.",
        "The widely panned show closed.",
        "Several judges handling the case were ill.",
        "The 10 judges who will hear it are old.",
        "Roe did not respond to a request for comment.",
    ] {
        check(act, &[]);
    }
}

#[test]
fn the_same_verbs_tell_speech_where_their_object_can_be_said() {
    check("Roe dismissed the claim.", &["indirect | Roe | dismissed | the claim"]);
    check("Roe dismissed Hale as a dreamer.", &["indirect | Roe | dismissed | Hale as a dreamer"]);
    check("Roe admitted the mistake.", &["indirect | Roe | admitted | the mistake"]);
    check("Roe admitted taking the money.", &["indirect | Roe | admitted | taking the money"]);
    check("Roe recalled that the bridge was old.", &["indirect | Roe | recalled | that the bridge was old"]);
    check("Roe claimed the bridge was old.", &["indirect | Roe | claimed | the bridge was old"]);
    check("The mayor welcomed the decision.", &["indirect | The mayor | welcomed | the decision"]);
    check("Hale attacked the mayor over the delay.", &["indirect | Hale | attacked | the mayor over the delay"]);
    check("Hale questioned the figures.", &["indirect | Hale | questioned | the figures"]);
    check("Prosecutors charge that the driver was drunk.", &["indirect | Prosecutors | charge | that the driver was drunk"]);
    check("The mayor called the plan a disgrace.", &["indirect | The mayor | called | the plan a disgrace"]);
    check("The mayor called the plan dangerous.", &["indirect | The mayor | called | the plan dangerous"]);
    check("The report says the storm hit at noon.", &["indirect | The report | says | the storm hit at noon"]);
    check("Roe responded that she would stay.", &["indirect | Roe | responded | that she would stay"]);
}

#[test]
fn the_day_of_telling_is_no_content() {
    check("The mayor welcomed the decision on Friday.", &["indirect | The mayor | welcomed | the decision"]);
    check("Roe called for calm in a statement on Monday.", &["indirect | Roe | called | calm"]);
    check("Roe vowed to open the bridge on Friday.", &["indirect | Roe | vowed | to open the bridge on Friday"]);
}

#[test]
fn the_passive_voice_has_its_speaker_behind_by() {
    check("Hale was accused by the council of hiding the bill.", &["indirect | the council | accused | hiding the bill"]);
    check("Hale was criticised for hiding the bill.", &["indirect |  | criticised | hiding the bill"]);
    check("It was reported on Monday that the bridge was old.", &["indirect |  | reported | that the bridge was old"]);
}

#[test]
fn those_who_are_cited_are_the_speakers() {
    check("The paper quoted Roe as saying that she would go.", &["indirect | Roe | saying | that she would go"]);
    check("Roe was quoted as saying that she would go.", &["indirect | Roe | saying | that she would go"]);
    check("The paper quoted Roe as saying: “I will go.”", &["direct | Roe | saying | I will go."]);
    check("To quote Roe, “the deal is dead.”", &["direct | Roe | quote | the deal is dead."]);
}

#[test]
fn sources_stand_in_phrases_too() {
    check("Per the report, the bolts were rusty.", &["indirect | the report | Per | the bolts were rusty"]);
    check("The bolts were rusty, per the report.", &["indirect | the report | per | The bolts were rusty"]);
    check("In Roe's view, the bolts were rusty.", &["indirect | Roe | view | the bolts were rusty"]);
    check("In the words of Roe, the deal is “dead”.", &["partial | Roe | In the words of | dead"]);
    check("The bolts, according to Roe, were rusty.", &["indirect | Roe | according to | The bolts // were rusty"]);
    check("The bridge, said Roe, would open in May.", &["indirect | Roe | said | The bridge // would open in May"]);
    check("For Hale, it was “the worst day” of the year.", &["partial | Hale | For | the worst day"]);
    check("As Roe put it, “the deal is dead.”", &["direct | Roe | put it | the deal is dead."]);
    check("“The deal is dead,” as Roe put it.", &["direct | Roe | put it | The deal is dead,"]);
    check("It costs 40 euros per person, and the town pays.", &[]);
}

#[test]
fn statements_collectives_and_sources_without_a_name_speak() {
    check("In a statement, the company said it would pay.", &["indirect | the company | said | it would pay"]);
    check(
        "“We will pay,” a spokesman for the company said in a statement.",
        &["direct | a spokesman for the company | said | We will pay,"],
    );
    check("“We are ready,” residents said.", &["direct | residents | said | We are ready,"]);
    check("“We are ready,” one of the drivers said.", &["direct | one of the drivers | said | We are ready,"]);
    check("“It is over,” said a source close to the talks.", &["direct | a source close to the talks | said | It is over,"]);
    check(
        "Two officials, speaking on condition of anonymity, said the deal was near.",
        &["indirect | Two officials | said | the deal was near"],
    );
    check("A mother of three replied, “It is not safe.”", &["direct | A mother of three | replied | It is not safe."]);
    check("Roe's message was blunt: “Pay now.”", &["direct | Roe | : | Pay now."]);
}

#[test]
fn words_picked_out_of_a_sentence_stay_apart() {
    check(
        "Roe called Hale a “liar,” a “cheat” and a “thief.”",
        &["partial | Roe | called | liar,", "partial | Roe | called | cheat", "partial | Roe | called | thief."],
    );
    check(
        "The pay is “not enough,” Roe said, and the work “too hard.”",
        &["partial | Roe | said | not enough,", "partial | Roe | said | too hard."],
    );
    check(
        "“It is open,” Roe said after the vote. It has reached “too little,” she added. “We will try again.”",
        &["direct | Roe | said | It is open,", "partial | she | added | too little,", "direct | she | added | We will try again."],
    );
    check("The guards, Roe explained on Monday, were “well paid” for it.", &["partial | Roe | explained | well paid"]);
    check("Roe has often used the phrase “lost harbour” for it.", &["partial | Roe | used | lost harbour"]);
    check("Roe hailed Hale as “The Comeback Kid” on Monday.", &["partial | Roe | hailed | The Comeback Kid"]);
    check("Roe told her friends at a rally to “go home and vote” now.", &["partial | Roe | told | go home and vote"]);
    check("He showed me a letter that says she has “perfect eyes” for it.", &["partial | that = a letter | says | perfect eyes"]);
}

#[test]
fn an_interruption_may_be_long() {
    check(
        "“Every time you say that,” Hale said, pointing at the wall, “you help them.”",
        &["direct | Hale | said | Every time you say that, // you help them."],
    );
    check("“No,” said Roe. “I will stay.”", &["direct | Roe | said | No, // I will stay."]);
    check(
        "“It is ours!” shouted Roe's niece, Maria “Mia” Berg. “The town looks at us.”",
        &["direct | Roe's niece | shouted | It is ours! // The town looks at us."],
    );
    check("“Pay,” she said. “Now,” he said.", &["direct | she | said | Pay,", "direct | he | said | Now,"]);
}

#[test]
fn a_second_verb_keeps_the_speaker() {
    check(
        "“We will pay,” said Roe, adding: “But not now.”",
        &["direct | Roe | said | We will pay,", "direct | Roe | adding | But not now."],
    );
    check(
        "“We will pay,” said Roe, adding that it would take time.",
        &["direct | Roe | said | We will pay,", "indirect | Roe | adding | that it would take time"],
    );
}

#[test]
fn an_ellipsis_or_a_stop_may_end_the_words_before_their_speaker() {
    check("“We will ...” Roe said. “We will try.”", &["direct | Roe | said | We will ... // We will try."]);
    check("“We will pay.” Roe said.", &["direct | Roe | said | We will pay."]);
    check("“We will pay.” Roe left the hall.", &[]);
}

#[test]
fn words_beside_the_marks_are_no_speaker() {
    check("Officers found a “substantial” sum of money, a spokesman said.", &["partial | a spokesman | said | substantial"]);
}

#[test]
fn a_topic_before_a_colon_says_nothing() {
    let headline = |text: &str| {
        let whole =
            format!("{text}\n\nThe bridge by the mill was closed by Mayor Anna Hale and the council on Friday, and it stays closed.\n");
        let doc = text::document(&read(whole.as_bytes(), &Hints::default()).expect("text is readable")[0]);
        let found = parallax::extract::extract(&doc, &Default::default()).quotes;
        found.iter().filter(|q| q.rule == "headline-colon").map(|q| line(&doc, q)).collect::<Vec<_>>()
    };
    for topic in
        ["Old mill bridge: repair money moved to car park", "Live: bridge closed after inspection", "Explainer: why a bridge fails so fast"]
    {
        assert_eq!(headline(topic), Vec::<String>::new(), "{topic}");
    }
    assert_eq!(headline("Mayor: bridge was safe in spring"), ["indirect | mayor | : | bridge was safe in spring"]);
    assert_eq!(headline("Council: bridge was safe in spring"), ["indirect | council | : | bridge was safe in spring"]);
    assert_eq!(headline("Anna Hale: bridge was safe in spring").len(), 1);
}

#[test]
fn it_is_the_body_that_spoke_or_was_named_last() {
    let named = |text: &str| {
        let doc = document(text);
        let found = parallax::extract::extract(&doc, &Default::default()).quotes;
        found
            .iter()
            .filter_map(|q| q.speaker.as_ref())
            .filter(|s| s.range.of(&doc.text) == "It")
            .map(|s| s.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(named("The council said the money had been moved. It added that more would follow."), [Some("The council".into())]);
    assert_eq!(named("The storm came at night. It said: “Stop.”").iter().flatten().count(), 0);
}

#[test]
fn headlines_name_their_speaker_on_either_side_of_a_colon() {
    let headline = |text: &str| {
        let sources = read(format!("{text}\n\nThe council met on Monday. It will meet again.\n").as_bytes(), &Hints::default())
            .expect("text is readable");
        let doc = text::document(&sources[0]);
        quotes(&doc, &[]).iter().map(|q| line(&doc, q)).collect::<Vec<_>>()
    };
    assert_eq!(headline("‘We were lied to’: Hale on the bridge"), ["direct | hale | : | we were lied to"]);
    assert_eq!(headline("Hale: ‘We were lied to’"), ["direct | hale | : | we were lied to"]);
}

#[test]
fn marks_that_stand_beside_a_comma_enclose_whole_clauses() {
    check("‘The bridge is closed’, said Anna Roe.", &["direct | Anna Roe | said | The bridge is closed"]);
    check("„The bridge is closed“, said Anna Roe.", &["direct | Anna Roe | said | The bridge is closed"]);
}

#[test]
fn marks_of_another_kind_do_not_go_on_with_a_paragraph() {
    check("\"Roe walked in.\n\n“Here I am,” she said.", &["direct | she | said | Here I am,"]);
}

#[test]
fn titles_in_reported_speech_leave_it_whole() {
    check("Roe said the film “The Long Road” was too slow.", &["indirect | Roe | said | the film “The Long Road” was too slow"]);
    check("Her new film, titled “Glass,” opens in May.", &[]);
    check("He read “The Long Road” twice.", &[]);
    check("“Build It Now!” the crowd chanted.", &["direct | the crowd | chanted | Build It Now!"]);
}

#[test]
fn dashes_open_speech_where_a_verb_tells_so() {
    check("— We will not sell, said Roe.", &["direct | Roe | said | We will not sell,"]);
    check(
        "– Will you pay? – asked Hale.\n\n– No, – said Roe. – We will not.\n\n– Then go.",
        &["direct | Hale | asked | Will you pay?", "direct | Roe | said | No, // We will not.", "direct |  |  | Then go."],
    );
    check("— The bridge closes at five\n\n— The ferry leaves at six", &[]);
}

#[test]
fn a_label_that_comes_once_counts_in_an_interview() {
    check(
        "Interviewer: Will you pay?\n\nAnna Roe: We will.\n\nInterviewer: When?",
        &["direct | Interviewer | : | Will you pay?", "direct | Anna Roe | : | We will.", "direct | Interviewer | : | When?"],
    );
}

#[test]
fn mentions_get_the_full_name() {
    check(
        "Mr. Thomas Hale owns the quay. “I was not asked,” he said. “Not once,” Hale added.",
        &["direct | he = Thomas Hale | said | I was not asked,", "direct | Hale = Thomas Hale | added | Not once,"],
    );
    check(
        "Company spokesman Peter Lang arrived late. “We are sorry,” the spokesman said.",
        &["direct | the spokesman = Peter Lang | said | We are sorry,"],
    );
}

#[test]
fn relative_pronouns_stand_for_what_is_before_them() {
    check("Roe met Anna Berg, who said the hall was cold.", &["indirect | who = Anna Berg | said | the hall was cold"]);
    check("Anna Berg met a driver who said the hall was cold.", &["indirect | who = a driver | said | the hall was cold"]);
    check("The town sent a letter that said the hall was cold.", &["indirect | that = a letter | said | the hall was cold"]);
}

#[test]
fn an_apposition_gives_the_name() {
    check(
        "Mayor Lena Berg opened the hall. The mayor, Lena Berg, said the roof was new.",
        &["indirect | The mayor = Lena Berg | said | the roof was new"],
    );
}

#[test]
fn a_speaker_keeps_what_tells_who_it_is() {
    check("“It is loud,” said a trader in Hamar.", &["direct | a trader in Hamar | said | It is loud,"]);
    check("“It is loud,” said a spokesman for Anna Roe.", &["direct | a spokesman for Anna Roe | said | It is loud,"]);
}

#[test]
fn cues_carry_their_strength() {
    let cases = [
        ("Roe said the bridge was safe.", "neutral"),
        ("Roe claimed the bridge was safe.", "claiming"),
        ("Roe admitted the bridge was unsafe.", "admitting"),
        ("Roe denied the bridge was unsafe.", "denying"),
        ("Roe demanded that the bridge be closed.", "demanding"),
        ("Roe warned that the bridge would fall.", "warning"),
        ("Roe promised that the bridge would stay.", "promising"),
        ("Roe accused the town of waste.", "accusing"),
        ("Roe asked whether the bridge was safe.", "asking"),
        ("Roe believes that the bridge is safe.", "thinking"),
    ];
    for (text, strength) in cases {
        let found = quotes(&document(text), &[]);
        let cue = found.first().and_then(|q| q.cue).map(|c| format!("{:?}", c.strength).to_lowercase());
        assert_eq!(cue.as_deref(), Some(strength), "in {text}");
    }
}

#[test]
fn explaining_underlines_the_source() {
    let doc = document("“We will pay,” said Anna Roe. The mayor denied that the town was poor.");
    let extract = Extract { quotes: quotes(&doc, &[]), details: Vec::new() };
    insta::assert_snapshot!(explain(&doc, &extract), @r#"
“We will pay,” said Anna Roe.
 ~~~~~~~~~~~~  ---- ======== direct · Anna Roe · said (neutral) · after-inverted

The mayor denied that the town was poor.
========= ------ ~~~~~~~~~~~~~~~~~~~~~~ indirect · The mayor · denied (denying) · cue-that
"#);
}

#[test]
fn many_marks_stay_linear() {
    for mark in
        ["“a” ", "\"a ", "'a' ", "“ ", "‘a ", "’ ", "«a", "\"WORD: ", "he said, ", "— a, said b. ", "— a, said b.\n\n", "called a “B C”, "]
    {
        let doc = document(&mark.repeat(10_000));
        let started = std::time::Instant::now();
        let n = quotes(&doc, &[]).len();
        assert!(started.elapsed().as_secs() < 20, "{mark:?} took {:?} for {n} quotes", started.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn ranges_lie_inside_the_text(text in "([“”‘’\"'«»„「」—:,.?!\n ]|said|that|he|Anna|Roe|NAME|é|😀|told|the|, who |\n\n|''|``|according to|said|\n\n— |called|who|per |in the words of |, said Roe|\\PC){0,80}") {
        let doc = document(&text);
        let whole = quotes(&doc, &[]);
        for q in &whole {
            prop_assert!(!q.parts.is_empty());
            prop_assert_eq!(q.parts[0].start, q.range.start);
            prop_assert_eq!(q.parts[q.parts.len() - 1].end, q.range.end);
            let ranges = q.parts.iter().copied().chain([q.range]).chain(q.speaker.iter().map(|s| s.range)).chain(q.cue.map(|c| c.range));
            for r in ranges {
                prop_assert!(r.start < r.end, "{:?}", q);
                prop_assert!(doc.text.get(r.start as usize..r.end as usize).is_some(), "{:?}", q);
            }
            prop_assert!(q.sentence.ix() < doc.sentences.len());
        }
        prop_assert!(whole.windows(2).all(|w| w[0].range.start <= w[1].range.start));
        explain(&doc, &Extract { quotes: whole, details: Vec::new() });
    }
}
