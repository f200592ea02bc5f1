//! Many comparisons at once, and judgements that come with groupings.

use super::app::two_versions;
use super::cli::{ONE, Place, TWO};
use parallax::app::{Action, Command};
use parallax::project::file;
use serde_json::{Value, json};

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

#[test]
fn a_line_in_is_a_line_out() {
    let place = Place::new();
    let versions = json!([{"outlet": "The Harbour Post", "text": ONE}, {"outlet": "Meridian Wire", "text": TWO}]);
    let list = [
        json!(["one.txt", "two.txt"]).to_string(),
        json!({"id": "twice", "files": ["one.txt", "one.txt"], "title": "Once"}).to_string(),
        String::new(),
        "not json".to_owned(),
        json!({"id": {"n": 4}, "files": ["nowhere.txt"]}).to_string(),
        json!({"id": "inline", "versions": versions}).to_string(),
        json!({"id": "typo", "flies": ["one.txt"]}).to_string(),
    ];
    let run = place.run_with(&["batch", "-"], list.join("\n").as_bytes());
    assert_eq!(run.status, 2, "the worst of all");
    let out = lines(&run.out);
    let told: Vec<(String, &str)> = out.iter().map(|l| (l["id"].to_string(), l["status"].as_str().unwrap())).collect();
    let expected = [
        ("1", "differs"),
        ("\"twice\"", "same"),
        ("4", "trouble"),
        ("{\"n\":4}", "trouble"),
        ("\"inline\"", "differs"),
        ("\"typo\"", "trouble"),
    ];
    assert_eq!(told, expected.map(|(id, status)| (id.to_owned(), status)));
    assert!(out[2]["error"].as_str().unwrap().starts_with("Line 4 is no comparison."), "{}", out[2]);
    assert!(out[3]["report"].is_null() && out[3]["error"].as_str().unwrap().contains("no file gave an article"));
    assert_eq!(out[1]["report"]["settings"]["title"], "Once");
    // Each report is one that can be used by itself.
    place.file("first.json", out[0]["report"].to_string());
    assert_eq!(place.run(&["verify", "first.json", "one.txt", "two.txt"]).status, 0);
    assert_eq!(out[0]["report"]["findings"].as_array().unwrap().len(), out[4]["report"]["findings"].as_array().unwrap().len());

    place.file("list.jsonl", &list[0]);
    let run = place.run(&["batch", "list.jsonl", "-o", "out.jsonl", "--exit-zero", "--only", "conflict"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{run:?}");
    let out = lines(&place.text("out.jsonl"));
    assert!(out[0]["report"]["findings"].as_array().unwrap().iter().all(|f| f["kind"] == "detail-conflict"));
}

#[test]
fn judgements_come_with_pins_and_splits_and_find_their_difference() {
    let place = Place::new();
    let mut app = two_versions();
    app.apply(Action::Run(Command::FirstDifference));
    app.apply(Action::Run(Command::DismissAndStay));
    let passage = app.selected_passage().unwrap();
    let sentences = app.sentences_of(passage);
    let id = app.analysis.passages[passage.ix()].id;
    place.file("texts.parallax", file::write(&app.project));
    app.apply(Action::SplitApart(id, [sentences[1]].into()));
    app.wait();
    let mut alone = app.project.clone();
    alone.entries.clear();
    alone.columns.clear();
    place.file("judged.parallax", file::write(&alone));
    let report = |args: &[&str]| place.run(&[&["report", "texts.parallax", "--exit-zero"], args].concat()).json();
    let kinds = |report: &Value| -> Vec<String> {
        report["findings"].as_array().unwrap().iter().map(|f| f["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert!(kinds(&report(&[])).contains(&"detail-conflict".to_owned()));
    let split = report(&["--judgements", "judged.parallax"]);
    assert!(!kinds(&split).contains(&"detail-conflict".to_owned()), "{:?}", kinds(&split));
    assert_eq!(split["settings"]["groupings"].as_array().unwrap().len(), 1);
}

#[test]
fn the_program_writes_its_own_manual_and_completions() {
    let place = Place::new();
    let man = place.run(&["man"]).out;
    for command in ["report", "worksheet", "batch", "extract", "verify", "merge", "completions"] {
        assert!(man.contains(command), "{command}");
        for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
            let run = place.run(&["completions", shell]);
            assert!(run.status == 0 && run.out.contains(command), "{shell} {command}");
        }
    }
    assert!(man.starts_with(".ie") && man.contains(".TH parallax"));
}
