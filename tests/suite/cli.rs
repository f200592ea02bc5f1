//! The program as a person or a script runs it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

pub const ONE: &str = "Boats\n\nOutlet: The Harbour Post\nPublished: 2026-03-03\n\nSeven boats rowed out to the ferry on Monday night, the coast guard said. The ferry had cost $12 million.\n";
pub const TWO: &str = "Boats\n\nOutlet: Meridian Wire\nPublished: 2026-03-03\n\nNine boats rowed out to the ferry on Monday night, the coast guard said. The ferry had cost $21 million.\n";

pub struct Place(pub TempDir);

impl Place {
    pub fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.file("one.txt", ONE);
        place.file("two.txt", TWO);
        place
    }

    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, b"")
    }

    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
            .args(args)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(input);
        Run::of(child.wait_with_output().unwrap())
    }
}

#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code().expect("no signal ends it"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

#[test]
fn the_format_follows_the_name_of_the_output() {
    let place = Place::new();
    for (name, start) in [
        ("r.json", "{\n"),
        ("r.html", "<!DOCTYPE html>"),
        ("r.HTM", "<!DOCTYPE html>"),
        ("r.md", "# "),
        ("r.csv", "difference,"),
        ("r.xml", "<?xml"),
        ("r.jsonld", "{\n"),
    ] {
        let run = place.run(&["report", "one.txt", "two.txt", "-o", name]);
        assert!(run.status < 2 && run.out.is_empty() && run.err.is_empty(), "{run:?}");
        assert!(place.text(name).starts_with(start), "{name}");
    }
    let run = place.run(&["report", "one.txt", "two.txt", "-o", "r.bin"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("r.bin: The name does not tell the format."), "{run:?}");
    assert!(place.run(&["report", "one.txt", "two.txt", "--format", "md"]).out.starts_with("# "));
    assert_eq!(place.run(&["report", "one.txt", "two.txt"]).json()["schema"], "parallax.report/1");
}

#[test]
fn status_is_that_of_diff() {
    let place = Place::new();
    let report = |args: &[&str]| place.run(&[&["report"], args].concat());
    let run = report(&["one.txt", "two.txt"]);
    let found = run.json()["findings"].as_array().unwrap().len();
    assert_eq!(run.status, i32::from(found > 0), "{run:?}");
    assert_eq!(report(&["one.txt", "two.txt", "--exit-zero"]).status, 0);
    assert_eq!(report(&["one.txt", "one.txt"]).status, 0);
    assert_eq!(report(&["nowhere.txt", "one.txt", "--exit-zero"]).status, 2);
    assert_eq!(report(&[]).status, 2);
    assert_eq!(place.run(&["extract"]).status, 2);
    assert_eq!(place.run(&["--no-such-thing"]).status, 2);
    assert_eq!(place.run(&["--help"]).status, 0);
}

#[test]
fn what_can_not_be_read_stops_nothing_else() {
    let place = Place::new();
    place.file("empty.txt", "");
    std::fs::create_dir(place.0.path().join("folder")).unwrap();
    let run = place.run(&["report", "nowhere.txt", "one.txt", "empty.txt", "folder", "two.txt"]);
    assert_eq!(run.status, 2);
    for name in ["nowhere.txt: ", "empty.txt: ", "folder: "] {
        assert!(run.err.contains(&format!("parallax: {name}")), "{name}: {run:?}");
    }
    let report = run.json();
    assert_eq!(report["versions"].as_array().unwrap().len(), 2);
    let notes = report["notes"].to_string();
    assert!(notes.contains("nowhere.txt") && notes.contains("empty.txt"), "{notes}");
    let run = place.run(&["extract", "nowhere.txt", "one.txt"]);
    assert_eq!((run.status, run.out.lines().count()), (2, 1));
    let run = place.run(&["report", "nowhere.txt", "-o", "r.json"]);
    assert!(run.status == 2 && run.err.contains("No report was written.") && !place.0.path().join("r.json").exists(), "{run:?}");
    let run = place.run(&["report", "one.txt", "two.txt", "-o", "no/such/folder/r.json"]);
    assert!(run.status == 2 && run.err.contains("no/such/folder/r.json: The folder no/such/folder does not exist."), "{run:?}");
}

#[test]
fn explaining_shows_each_finding_under_its_words() {
    let place = Place::new();
    let run = place.run(&["extract", "--explain", "one.txt", "two.txt"]);
    assert!(run.status == 0 && run.err.is_empty(), "{run:?}");
    let heads: Vec<&str> = run.out.lines().filter(|l| l.starts_with("# ")).collect();
    assert_eq!(heads, ["# one.txt · The Harbour Post · published 2026-03-03", "# two.txt · Meridian Wire · published 2026-03-03"]);
    let expected = "\
Seven boats rowed out to the ferry on Monday night, the coast guard said.
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~  =============== ---- indirect · the coast guard · said (neutral) · trailing
^^^^^ number 7 of boat · ";
    assert!(run.out.contains(expected), "{}", run.out);
    assert!(run.out.contains("\n                   ^^^^^^^^^^^ money 12000000 USD · "), "{}", run.out);
}

#[test]
fn standard_input_and_output_are_files_too() {
    let place = Place::new();
    let run = place.run_with(&["extract", "-"], ONE.as_bytes());
    assert!(run.status == 0 && run.out.ends_with("}\n"), "{run:?}");
    assert_eq!(run.json()["source"]["path"], "-");
    let run = place.run_with(&["report", "-", "two.txt", "-o", "-", "--exit-zero"], ONE.as_bytes());
    assert_eq!(run.json()["versions"].as_array().unwrap().len(), 2);
    let report = place.run(&["report", "one.txt", "two.txt"]).out;
    let run = place.run_with(&["verify", "-", "one.txt", "two.txt"], report.as_bytes());
    assert_eq!(run.status, 0, "{run:?}");
}

#[test]
fn a_reader_that_goes_early_is_no_trouble() {
    let place = Place::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["report", "--sample", "--exit-zero"])
        .current_dir(place.0.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::of(child.wait_with_output().unwrap());
    assert!(run.status == 0 && run.err.is_empty(), "{run:?}");
}

#[test]
fn dates_and_outlets_can_be_said_for_all_or_for_one() {
    let place = Place::new();
    place.file("bare.txt", "Seven boats rowed out to the ferry on Monday night.\n");
    let published = |args: &[&str]| {
        let run = place.run(&[&["extract", "bare.txt"], args].concat());
        assert_eq!(run.status, 0, "{run:?}");
        run.json()["published"].as_str().map(str::to_owned)
    };
    assert_eq!(published(&[]), None);
    assert_eq!(published(&["--published", "2026-03-04"]).as_deref(), Some("2026-03-04"));
    assert_eq!(published(&["--published", "2026-03-04T09:30Z"]).as_deref(), Some("2026-03-04T09:30:00Z"));
    assert_eq!(published(&["--published", "2026-03-04 09:30+09:00"]).as_deref(), Some("2026-03-04T09:30:00+09:00"));
    let both = ["--published", "bare.txt=2026-03-05", "--published", "2026-03-04"];
    assert_eq!(published(&both).as_deref(), Some("2026-03-05"));
    let run = place.run(&["extract", "bare.txt", "--outlet", "bare.txt=The Skarn Echo"]);
    assert_eq!(run.json()["outlet"], "The Skarn Echo");
    for (args, words) in [
        (["--published", "yesterday"], "“yesterday” is no date"),
        (["--published", "2026-02-30"], "“2026-02-30” is no date"),
        (["--published", "2026-03-01T9€:30"], "is no date"),
        (["--published", "other.txt=2026-03-01"], "other.txt: This file is not among the articles"),
        (["--outlet", "The Skarn Echo"], "names no file"),
    ] {
        let run = place.run(&[&["extract", "bare.txt"], args.as_slice()].concat());
        assert!(run.status == 2 && run.err.contains(words), "{run:?}");
    }
}

#[test]
fn only_takes_kinds_and_groups() {
    let place = Place::new();
    let all = place.run(&["report", "--sample"]).json();
    let kinds = |report: &serde_json::Value| -> Vec<String> {
        let findings = report["findings"].as_array().unwrap();
        findings.iter().map(|f| f["kind"].as_str().unwrap().to_owned()).collect()
    };
    let expected: Vec<String> =
        kinds(&all).into_iter().filter(|k| ["detail-conflict", "self-contradiction", "only-in"].contains(&k.as_str())).collect();
    let run = place.run(&["report", "--sample", "--only", "conflict,only-in"]);
    assert_eq!(kinds(&run.json()), expected);
    assert_eq!(run.status, i32::from(!expected.is_empty()));
    let run = place.run(&["report", "--sample", "--only", "detail"]);
    assert!(run.status == 2 && run.err.contains("“detail” is no kind of difference"), "{run:?}");
}

#[test]
fn a_comparison_file_brings_versions_title_and_judgements() {
    let place = Place::new();
    let mut project = parallax::project::Project { title: "Boats off Skarn".into(), ..Default::default() };
    for source in parallax::app::sample::sources() {
        project.add(std::sync::Arc::new(source)).unwrap();
    }
    let file = |project: &parallax::project::Project| place.file("c.parallax", parallax::project::file::write(project));
    file(&project);
    let all = place.run(&["report", "c.parallax"]).json();
    let first = all["findings"][0]["id"].as_str().unwrap().to_owned();
    let id: parallax::base::ContentId = serde_json::from_value(first[1..].into()).unwrap();
    let dismissed = parallax::project::Judgement {
        verdict: Some(parallax::project::Verdict::Dismissed),
        note: "The same boats.".into(),
        ..Default::default()
    };
    project.judgements.insert(id, dismissed);
    file(&project);
    let page = place.run(&["report", "c.parallax", "--format", "markdown"]).out;
    assert!(page.starts_with("# Boats off Skarn") && !page.contains("The same boats."), "{page}");
    let page = place.run(&["report", "c.parallax", "--format", "markdown", "--dismissed"]).out;
    assert!(page.contains("Judgement: Dismissed. The same boats."), "{page}");
    // The same judgements for the same articles from elsewhere, and as plain JSON.
    let judged =
        |args: &[&str]| place.run(&[&["report", "--sample", "--judgements"], args].concat()).json()["findings"][0]["judgement"].to_string();
    assert!(judged(&["c.parallax"]).contains("The same boats."));
    place.file("j.json", format!("{{\"{first}\": {{\"verdict\": \"confirmed\", \"note\": \"\"}}}}"));
    assert!(judged(&["j.json"]).contains("confirmed"));
    let run = place.run(&["report", "--sample", "--judgements", "one.txt"]);
    assert!(run.status == 2 && run.err.contains("one.txt: It holds no judgements"), "{run:?}");
}

#[test]
fn copies_are_compared_once_but_extracted_each() {
    let place = Place::new();
    place.file("copy.txt", ONE);
    let run = place.run(&["report", "one.txt", "copy.txt", "two.txt", "--exit-zero"]);
    assert!(run.status == 0 && run.err.contains("copy.txt: It is the same file as one.txt"), "{run:?}");
    assert_eq!(run.json()["versions"].as_array().unwrap().len(), 2);
    assert_eq!(place.run(&["extract", "one.txt", "copy.txt"]).out.lines().count(), 2);
}

#[test]
fn verify_says_what_no_longer_holds() {
    let place = Place::new();
    for report in ["r.json", "r.html"] {
        place.file("one.txt", ONE);
        place.run(&["report", "one.txt", "two.txt", "-o", report]);
        let run = place.run(&["verify", report, "one.txt", "two.txt"]);
        assert!(run.status == 0 && run.out.contains("The report holds"), "{run:?}");
        // Without names it looks where the report says, from here or from the report.
        assert_eq!(place.run(&["verify", report]).status, 0);
        let away = Command::new(env!("CARGO_BIN_EXE_parallax"))
            .args([Path::new("verify"), &place.0.path().join(report)])
            .current_dir(std::env::temp_dir())
            .output()
            .unwrap();
        assert_eq!(Run::of(away).status, 0);

        place.file("one.txt", ONE.replace("Seven", "Eight"));
        let run = place.run(&["verify", report, "one.txt", "two.txt"]);
        assert!(run.status == 1 && run.out.contains("the file changed since the report was made"), "{run:?}");
        let run = place.run(&["verify", report, "two.txt"]);
        assert!(run.out.lines().last().is_some_and(|l| l.contains("could not be checked in full, for want of one.txt")), "{run:?}");
        assert!(run.status == 2 && run.out.contains("one.txt: not checked, because the file was not found"), "{run:?}");
    }
    let last = |args: &[&str]| {
        let run = place.run(args);
        (run.status, run.out.lines().last().unwrap_or_default().to_owned())
    };
    // A line more at the start moves all words and disproves none.
    place.file("one.txt", format!("\n{ONE}"));
    let (status, said) = last(&["verify", "r.html"]);
    assert!(
        status == 1 && said.contains("does not hold: one.txt changed since it was made; the words that its findings quote still stand"),
        "{said}"
    );
    place.file("one.txt", ONE);
    place.file("forged.html", place.text("r.html").replace(">Conflicts<", ">Harmonies<"));
    let (status, said) = last(&["verify", "forged.html"]);
    assert!(status == 1 && said.contains("does not hold: it was altered after it was written."), "{said}");
    // What was altered stays so, though a file is missing.
    let (status, said) = last(&["verify", "forged.html", "two.txt"]);
    assert!(status == 1 && said.contains("Not checked, for want of the file: one.txt"), "{said}");
    let run = place.run(&["verify", "one.txt"]);
    assert!(run.status == 2 && run.err.contains("one.txt: This is not a report of Parallax"), "{run:?}");
    assert_eq!(place.run(&["verify", "nowhere.json"]).status, 2);
}

#[test]
fn a_report_on_the_sample_needs_no_files_to_be_checked() {
    let place = Place::new();
    place.run(&["report", "--sample", "-o", "sample.html"]);
    let run = place.run(&["verify", "sample.html"]);
    assert!(run.status == 0 && run.out.contains("the same text in the sample of Parallax"), "{run:?}");
}

#[test]
fn verify_reads_the_texts_that_a_comparison_keeps() {
    let place = Place::new();
    let mut project = parallax::project::Project::default();
    for (path, text) in [("one.txt", ONE), ("two.txt", TWO)] {
        let source = parallax::io::load_bytes(path, text.as_bytes(), &parallax::source::Hints::default()).unwrap().remove(0);
        let key = project.add(std::sync::Arc::new(source)).unwrap();
        project.entries.iter_mut().filter(|e| e.key == key && path == "one.txt").for_each(|e| {
            e.outlet = Some("Skarn Echo".into());
            e.published = parallax::source::Moment::parse("2026-03-05");
        });
    }
    // What a person pinned together and judged is part of the report.
    let place_of = |i: usize, words: &str| {
        let entry = &project.entries[i];
        let at = entry.source.text.find(words).unwrap();
        parallax::align::Place { version: entry.key, range: parallax::base::TextRange::new(at, at + words.len()) }
    };
    project.groupings = vec![parallax::align::Grouping::Together(vec![place_of(0, "Seven boats"), place_of(1, "The ferry had cost")])];
    place.file("saved.parallax", parallax::project::file::write(&project));
    let first = place.run(&["report", "saved.parallax"]).json()["findings"][0]["id"].as_str().unwrap().to_owned();
    let id: parallax::base::ContentId = serde_json::from_value(first[1..].into()).unwrap();
    project
        .judgements
        .insert(id, parallax::project::Judgement { verdict: None, note: "Ask the coast guard.".into(), ..Default::default() });
    place.file("saved.parallax", parallax::project::file::write(&project));
    place.run(&["report", "saved.parallax", "-o", "r.html"]);
    for name in ["one.txt", "two.txt"] {
        std::fs::remove_file(place.0.path().join(name)).unwrap();
    }
    assert!(place.text("r.html").contains("Ask the coast guard.</bdi>"));
    assert_eq!(place.run(&["verify", "r.html"]).status, 2);
    let run = place.run(&["verify", "r.html", "saved.parallax"]);
    assert!(run.status == 0 && run.out.contains("A Skarn Echo, one.txt: the same text in saved.parallax"), "{run:?}");
    // With the file itself, what the person said is named.
    place.file("one.txt", ONE);
    let run = place.run(&["verify", "r.html", "saved.parallax", "one.txt"]);
    assert!(run.status == 0 && run.out.contains("The outlet “Skarn Echo” was given by whoever made the report."), "{run:?}");
}

#[test]
fn the_program_writes_its_completions_and_manual() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = place.run(&["completions", shell]);
        assert!(run.status == 0 && run.out.contains("parallax"), "{shell}");
    }
    let run = place.run(&["man"]);
    assert!(run.status == 0 && run.out.contains(".TH parallax") && run.out.contains("parallax\\-verify"), "{}", run.out);
}

#[test]
fn a_slip_in_a_command_opens_no_window() {
    let place = Place::new();
    for (args, words) in [
        (vec!["reprot", "one.txt"], "Did you mean `parallax report`?"),
        (vec!["verfy"], "Did you mean `parallax verify`?"),
        (vec!["extarct", "one.txt", "two.txt"], "Did you mean `parallax extract`?"),
        (vec!["hlep"], "Did you mean `parallax help`?"),
    ] {
        let run = place.run(&args);
        assert!(run.status == 2 && run.err.contains(words), "{run:?}");
    }
    // What is wrong with a command's arguments is told with that command's usage.
    for args in [vec!["report"], vec!["report", "one.txt", "--only", "detail"], vec!["report", "--no-such-thing"]] {
        let run = place.run(&args);
        assert!(run.status == 2 && run.err.contains("Usage: parallax report"), "{run:?}");
    }
    let run = place.run(&["help", "report"]);
    assert!(run.status == 0 && run.out.contains("--judgements"), "{run:?}");
    assert_eq!(run.out, place.run(&["report", "--help"]).out);
}

#[test]
#[cfg(all(feature = "gui", target_os = "linux"))]
fn without_a_display_it_says_so_once() {
    let place = Place::new();
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
        command.current_dir(place.0.path()).env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET").env("HOME", place.0.path());
        command
    };
    let run = Run::of(command().arg("one.txt").env_remove("DISPLAY").output().unwrap());
    assert_eq!(run.status, 2);
    assert_eq!(run.err.matches("could not be opened").count(), 1, "{run:?}");
    assert!(run.err.contains("there is no display") && !run.err.contains(".rs"), "{run:?}");
    let run = Run::of(command().env("DISPLAY", ":987").output().unwrap());
    assert!(run.status == 2 && (run.err.contains("does not answer") || run.err.contains("is missing")), "{run:?}");
}

#[test]
fn help_shows_examples() {
    let place = Place::new();
    for args in [vec!["--help"], vec!["report", "--help"], vec!["extract", "--help"], vec!["verify", "--help"]] {
        let run = place.run(&args);
        assert!(run.status == 0 && run.out.contains("Examples:"), "{run:?}");
    }
}

#[test]
fn nothing_is_fetched_without_being_asked() {
    let place = Place::new();
    let address = "http://127.0.0.1:9/story";
    let run = place.run(&["report", "one.txt", address]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("Add --fetch"), "{}", run.err);
    let run = place.run(&["report", "--fetch", "one.txt", "two.txt", address]);
    assert_eq!(run.status, 2);
    let words = if cfg!(feature = "links") { "The option is --allow-private." } else { "made without" };
    assert!(run.err.contains(words) && run.out.contains("parallax.report/1"), "{}", run.err);
}

#[test]
fn a_pile_is_parted_into_comparisons() {
    let place = Place::new();
    let fire = "Fire\n\nOutlet: {}\nPublished: 2026-03-03\n\nA fire destroyed the town hall of Lindholm on Sunday, Mayor Vera Falk said. Sixty firefighters came.\n";
    place.file("three.txt", fire.replace("{}", "Lindholm Echo"));
    place.file("four.txt", fire.replace("{}", "Falk Daily").replace("destroyed", "burned down"));
    let run = place.run(&["group", "one.txt", "three.txt", "two.txt", "four.txt", "-o", "events"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("1. ") && run.out.contains("2. ") && !run.out.contains("no group"), "{}", run.out);
    let mut files: Vec<_> =
        std::fs::read_dir(place.0.path().join("events")).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert!(
        files.iter().map(|f| &f[2..]).eq(["-boats.parallax", "-fire.parallax"])
            || files.iter().map(|f| &f[2..]).eq(["-fire.parallax", "-boats.parallax"]),
        "{files:?}"
    );
    let boats = files.iter().find(|f| f.contains("boats")).unwrap();
    let report = place.run(&["report", &format!("events/{boats}"), "--only", "conflict"]);
    assert_eq!(report.status, 1, "{}", report.err);
    assert!(report.out.contains("Seven boats") && !report.out.contains("Lindholm"));
    // Made again they replace what nobody has touched, and nothing else.
    let again = ["group", "one.txt", "three.txt", "two.txt", "four.txt", "-o", "events"];
    assert_eq!(place.run(&again).status, 0);
    let path = place.0.path().join("events").join(boats);
    let mut project = parallax::project::file::read(&std::fs::read(&path).unwrap()).unwrap();
    let note = parallax::project::Judgement { note: "Ask the harbour.".into(), ..Default::default() };
    project.judgements.insert(parallax::base::ContentId::from_parts([&b"a difference"[..]]), note);
    let judged = parallax::project::file::write(&project);
    std::fs::write(&path, &judged).unwrap();
    let run = place.run(&again);
    assert!(run.status == 2 && run.err.contains(boats.as_str()) && run.err.contains("judged"), "{run:?}");
    assert_eq!(std::fs::read(&path).unwrap(), judged);
    let json = place.run(&["group", "one.txt", "three.txt", "--json"]);
    assert!(json.out.contains("\"single\"") && json.out.contains("parallax.groups/1"));
}

#[test]
fn columns_of_a_table_are_what_the_person_says() {
    let place = Place::new();
    place.file("t.csv", "Kop,Inhoud,Notitie,Krant\nBoats,Seven boats rowed out to the ferry on Monday night.,Check the count with the coast guard before we print any of this.,Harbour Post\n");
    let titles = |run: &Run| {
        run.out
            .lines()
            .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
            .map(|v| format!("{}|{}|{}", v["title"], v["outlet"], v["text"]))
            .collect::<Vec<_>>()
    };
    for columns in ["text=Inhoud,title=Kop,outlet=Krant", "text=2,headline=1,outlet=4"] {
        let run = place.run(&["extract", "t.csv", "--columns", columns]);
        assert_eq!(run.status, 0, "{}", run.err);
        assert_eq!(
            titles(&run).last().unwrap(),
            "\"Boats\"|\"Harbour Post\"|\"Boats\\n\\nSeven boats rowed out to the ferry on Monday night.\""
        );
    }
    // Whoever checks a report of it need not know which columns were chosen.
    place.file("u.csv", "Kop,Inhoud,Lang\nBoats,Seven boats rowed out to the ferry on Monday night.,Much more was said of the ferry and of nine boats.\nFerry,Eight boats rowed out to the ferry on Monday night.,Nothing more was said.\n");
    for columns in ["text=Inhoud,title=Kop", "text=Lang"] {
        for report in ["r.json", "r.html"] {
            place.run(&["report", "u.csv", "--columns", columns, "-o", report]);
            let run = place.run(&["verify", report, "u.csv"]);
            assert_eq!(run.status, 0, "{columns}: {}{}", run.out, run.err);
        }
    }
    let run = place.run(&["extract", "t.csv", "--columns", "text=Body"]);
    assert!(run.status == 2 && run.err.contains("no column “Body”") && run.err.contains("inhoud"), "{}", run.err);
    assert!(place.run(&["extract", "t.csv", "--columns", "words=1"]).err.contains("names no field"));
}
