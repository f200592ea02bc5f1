//! What reports say about themselves: how many differences of which sort, which versions, and judgements that fit nothing.

use super::app::two_versions;
use super::cli::Place;
use parallax::app::{Action, Command};
use parallax::compare::FindingKind;
use parallax::project::{Judgement, Judgements, Verdict, file};
use parallax::report::model::Model;
use parallax::report::{Format, Options, render};
use serde_json::{Value, json};

fn json_of(analysis: &parallax::analysis::Analysis, judgements: &Judgements, options: &Options) -> Value {
    serde_json::from_slice(&render(Format::Json, analysis, judgements, options).unwrap()).unwrap()
}

#[test]
fn numbers_of_differences_are_told_apart() {
    let a = super::story::ferry();
    let dismissed = a.findings.iter().find(|f| f.kind != FindingKind::Wording).unwrap().id;
    let judgements: Judgements = [(dismissed, Judgement { verdict: Some(Verdict::Dismissed), ..Judgement::default() })].into();
    let report = json_of(&a, &judgements, &Options::everything());
    let counts = &report["counts"];
    assert_eq!(counts["found"], a.findings.len());
    assert_eq!(counts["listed"], report["findings"].as_array().unwrap().len());
    assert_eq!(counts["dismissed"], 1);
    let model = Model::new(&a, &judgements, &Options::default());
    assert_eq!(counts["differences"], model.finding_count(), "what the formats for people list");
    let narrow = json_of(&a, &judgements, &Options { kinds: [FindingKind::DetailConflict].into(), ..Options::default() });
    assert_eq!(narrow["counts"]["listed"], narrow["findings"].as_array().unwrap().len());
    assert_eq!(narrow["counts"]["differences"], counts["differences"]);
}

#[test]
fn a_comparison_has_one_title_everywhere() {
    let place = Place::new();
    let app = two_versions();
    place.file("texts.parallax", file::write(&app.project));
    let run = place.run(&["report", "texts.parallax", "--format", "md"]);
    assert_eq!(run.out.lines().next(), Some(format!("# {}", app.title()).as_str()));
}

#[test]
fn each_article_of_a_file_has_its_number() {
    let place = Place::new();
    let lines: Vec<String> = (0..3)
        .map(|i| {
            json!({"outlet": format!("Outlet {i}"), "title": "Boats", "text": format!("{i} boats rowed out to the ferry on Monday night.")})
                .to_string()
        })
        .collect();
    place.file("all.jsonl", lines.join("\n"));
    let run = place.run(&["report", "all.jsonl", "--format", "md", "--exit-zero"]);
    for n in 1..=3 {
        assert!(run.out.contains(&format!("| all.jsonl, article {n} |")), "{n}: {}", run.out);
    }
    let run = place.run(&["report", "one.txt", "two.txt", "--format", "md", "--exit-zero"]);
    assert!(run.out.contains("| one.txt |") && !run.out.contains("article 1"));
}

#[test]
fn many_versions_are_listed_after_what_differs() {
    let place = Place::new();
    let lines: Vec<String> = (0..13)
        .map(|i| json!({"outlet": format!("Outlet {i}"), "text": format!("Boats\n\n{} boats rowed out to the ferry on Monday night, the coast guard said.", 7 + i % 2)}).to_string())
        .collect();
    place.file("all.jsonl", lines.join("\n"));
    let report = |format: &str| place.run(&["report", "all.jsonl", "--format", format, "--exit-zero"]).out;
    let page = report("html");
    assert!(page.contains("<details class=\"index\"><summary>All 13 versions</summary><table class=\"versions\">"));
    let text = report("md");
    let (versions, differences) = (text.find("## Versions").unwrap(), text.find("## Conflicts").unwrap());
    assert!(versions > differences && text.contains("The list of all 13 versions stands at the end."));
    place.file("page.html", page);
    assert_eq!(place.run(&["verify", "page.html", "all.jsonl"]).status, 0);
}

#[test]
fn judgements_that_fit_nothing_are_named_in_reports_and_can_be_checked() {
    let place = Place::new();
    let mut app = two_versions();
    app.apply(Action::Run(Command::FirstDifference));
    app.apply(Action::Run(Command::ConfirmAndStay));
    app.apply(Action::SetNote(app.selection.finding.unwrap(), "Ask <them>.".into()));
    let mut project = app.project.clone();
    let (id, judgement) = project.judgements.pop_first().unwrap();
    let about = judgement.about.clone().map(|a| parallax::project::About { readings: vec!["99".into()], places: Default::default(), ..a });
    project.judgements.insert(parallax::base::ContentId(id.0 ^ 1), Judgement { about, ..judgement });
    place.file("texts.parallax", file::write(&project));
    for format in ["html", "json"] {
        let name = format!("r.{format}");
        assert_eq!(place.run(&["report", "texts.parallax", "-o", &name]).status, 1);
        let run = place.run(&["verify", &name, "texts.parallax"]);
        assert_eq!(run.status, 0, "{run:?}");
        assert!(run.out.ends_with("This checks quotations and calculations; it does not say what is true.\n"), "{}", run.out);
    }
    let text = place.run(&["report", "texts.parallax", "--format", "md"]).out;
    assert!(
        text.contains("a judgement that fits no difference any more, Confirmed: “Houses in Lowmere” (conflict). Note: Ask \\<them\\>"),
        "{text}"
    );
    assert!(
        !place.text("r.json").contains("\"by\":") || place.text("r.json").contains("\"by\": null"),
        "who judged stays in the comparison"
    );
}

#[test]
fn parts_can_be_left_out() {
    let place = Place::new();
    let mut app = two_versions();
    app.apply(Action::Run(Command::FirstDifference));
    app.apply(Action::SetNote(app.selection.finding.unwrap(), "Ask them.".into()));
    place.file("texts.parallax", file::write(&app.project));
    let report = |without: &[&str]| place.run(&[&["report", "texts.parallax", "--format", "md", "--exit-zero"], without].concat()).out;
    for (part, words) in [("notes", "Ask them."), ("details", "## Details by outlet"), ("passages", "## Side by side")] {
        assert!(report(&[]).contains(words), "{words}");
        assert!(!report(&["--without", part]).contains(words), "{words}");
    }
    assert!(!report(&["--without", "notes,details,passages"]).contains("Ask them."));
}

#[test]
fn a_comparison_is_checked_against_its_files() {
    let place = Place::new();
    let mut app = super::app::app();
    app.apply(Action::Open(vec![place.0.path().join("one.txt"), place.0.path().join("two.txt")]));
    app.wait();
    place.file("saved.parallax", file::write(&app.project));
    let run = place.run(&["verify", "saved.parallax"]);
    assert!(run.status == 0 && run.out.contains("The comparison holds"), "{run:?}");
    place.file("one.txt", place.text("one.txt").replace("Seven", "Eight"));
    let run = place.run(&["verify", "saved.parallax"]);
    assert!(
        run.status == 1 && run.out.contains("The comparison does not hold: ") && run.out.contains("one.txt changed since it was made"),
        "{run:?}"
    );
    std::fs::remove_file(place.0.path().join("one.txt")).unwrap();
    assert_eq!(place.run(&["verify", "saved.parallax"]).status, 2);
    let text = place.text("saved.parallax");
    place.file("cut.parallax", &text[..text.len() / 2]);
    let run = place.run(&["verify", "cut.parallax"]);
    assert!(run.status == 2 && run.err.contains("damaged"), "{run:?}");
}
