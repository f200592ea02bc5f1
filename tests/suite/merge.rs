//! Two people's files of one comparison.

use super::app::two_versions;
use super::cli::Place;
use parallax::app::{Action, Command};
use parallax::base::ContentId;
use parallax::project::merge::{Agreement, Conflict, merge};
use parallax::project::{Judgement, Project, Verdict, file};

fn agreement(both_confirmed: usize, both_dismissed: usize, first_alone: usize, second_alone: usize) -> Agreement {
    Agreement { both_confirmed, both_dismissed, first_alone, second_alone, ..Agreement::default() }
}

#[test]
fn agreement_is_what_the_books_say() {
    let check = |a: Agreement, share: Option<f64>, kappa: Option<f64>| {
        let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
            (Some(x), Some(y)) => (x - y).abs() < 1e-9,
            (x, y) => x == y,
        };
        assert!(near(a.share(), share) && near(a.kappa(), kappa), "{a:?}: {:?} {:?}", a.share(), a.kappa());
    };
    // 20 yes and 15 no of 50 in common, 5 and 10 apart: the worked example of most textbooks.
    check(agreement(20, 15, 5, 10), Some(0.7), Some(0.4));
    check(agreement(45, 15, 25, 15), Some(0.6), Some(0.130_434_782_608_695_62));
    check(agreement(3, 2, 0, 0), Some(1.0), Some(1.0));
    check(agreement(0, 0, 1, 1), Some(0.0), Some(-1.0));
    check(agreement(4, 0, 0, 0), Some(1.0), None);
    check(agreement(0, 0, 0, 0), None, None);
}

/// A comparison with verdicts and notes on findings by number.
fn judged(said: &[(u64, Option<Verdict>, &str)]) -> Project {
    let mut project = two_versions().project;
    for (id, verdict, note) in said {
        project.judgements.insert(ContentId(*id), Judgement { verdict: *verdict, note: (*note).into(), ..Judgement::default() });
    }
    project
}

#[test]
fn merging_keeps_what_nobody_contradicts() {
    use Verdict::{Confirmed, Dismissed};
    let a = judged(&[(1, Some(Confirmed), ""), (2, Some(Confirmed), "Sure."), (3, Some(Dismissed), ""), (5, None, "Ask.")]);
    let b = judged(&[(1, Some(Confirmed), "Yes."), (2, Some(Dismissed), "No."), (4, Some(Confirmed), ""), (5, Some(Confirmed), "Asked.")]);
    let merged = merge(&a, &b, ["anna", "ben"]).unwrap();
    let said = |id: u64| {
        let judgement = &merged.project.judgements[&ContentId(id)];
        (judgement.verdict, judgement.note.as_str())
    };
    assert_eq!(said(1), (Some(Confirmed), "Yes."));
    assert_eq!(said(2), (None, "anna: confirmed. Sure.\nben: dismissed. No."));
    assert_eq!(said(3), (Some(Dismissed), ""));
    assert_eq!(said(4), (Some(Confirmed), ""));
    assert_eq!(said(5), (Some(Confirmed), "anna: Ask.\nben: Asked."));
    assert_eq!((merged.agreement.both(), merged.agreement.share()), (2, Some(0.5)));
    assert_eq!((merged.agreement.judged_by_first, merged.agreement.judged_by_second), (1, 2));
    assert_eq!(merged.conflicts.len(), 1);
    let turned = merge(&b, &a, ["ben", "anna"]).unwrap();
    assert_eq!(turned.agreement.kappa(), merged.agreement.kappa());
    let alone = merge(&a, &a, ["anna", "anna"]).unwrap();
    assert_eq!((alone.project, alone.conflicts.len()), (a, 0));
}

#[test]
fn corrections_of_both_are_kept_or_told() {
    let (mut a, mut b) = (judged(&[]), judged(&[]));
    a.entries[0].outlet = Some("The Gazette".into());
    b.entries[0].outlet = Some("Morning Gazette, Lowmere".into());
    b.entries[1].title = Some("Storm".into());
    let merged = merge(&a, &b, ["anna", "ben"]).unwrap();
    assert_eq!(merged.project.entries[0].outlet.as_deref(), Some("The Gazette"));
    assert_eq!(merged.project.entries[1].title.as_deref(), Some("Storm"));
    assert!(matches!(&merged.conflicts[..], [Conflict::Correction { what: "outlet", .. }]), "{:?}", merged.conflicts);
}

#[test]
fn the_command_tells_agreement_and_conflicts() {
    let place = Place::new();
    let mut app = two_versions();
    app.apply(Action::Run(Command::FirstDifference));
    app.apply(Action::Run(Command::ConfirmAndStay));
    place.file("anna.parallax", file::write(&app.project));
    app.apply(Action::Run(Command::DismissAndStay));
    app.apply(Action::SetNote(app.selection.finding.unwrap(), "Two counts.\u{202E}".into()));
    place.file("ben.parallax", file::write(&app.project));
    let run = place.run(&["merge", "anna.parallax", "ben.parallax", "-o", "both.parallax"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""), "{run:?}");
    for words in [
        "Both judged 1 difference: 0% agreement.",
        "Cohen’s kappa 0.00.",
        "“Houses in Lowmere” (Conflict)",
        "anna.parallax: Confirmed",
        ": Two counts.\u{FFFD}",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let both = file::read(place.text("both.parallax").as_bytes()).unwrap();
    assert_eq!(both.judgements.values().next().unwrap().verdict, None);
    let run = place.run(&["merge", "anna.parallax", "anna.parallax", "-o", "-"]);
    assert_eq!((run.status, file::read(run.out.as_bytes()).unwrap()), (0, file::read(place.text("anna.parallax").as_bytes()).unwrap()));
    assert!(run.err.contains("Cohen’s kappa is not defined"), "{run:?}");

    let mut other = app.project.clone();
    other.remove(other.entries[0].key);
    place.file("less.parallax", file::write(&other));
    let run = place.run(&["merge", "anna.parallax", "less.parallax", "-o", "no.parallax"]);
    assert!(run.status == 2 && run.err.contains("Morning Gazette is not in less.parallax, or with another text."), "{run:?}");
    assert!(!place.0.path().join("no.parallax").exists());
    let run = place.run(&["merge", "anna.parallax", "one.txt"]);
    assert!(run.status == 2 && run.err.contains("one.txt: This is no comparison file"), "{run:?}");
}
