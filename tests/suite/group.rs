//! Articles of many events in one pile.

use parallax::align::{Story, stories};
use parallax::analysis::Version;
use parallax::app::sample;
use parallax::base::Silent;
use parallax::source::{self, Hints, Moment, Source};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// Versions from one text: `=== Outlet | published` opens each.
fn of_table(table: &str) -> Vec<Source> {
    let articles = table.split("=== ").filter(|part| !part.trim().is_empty() && !part.starts_with('#'));
    articles
        .filter_map(|part| {
            let (head, body) = part.split_once('\n')?;
            let (outlet, published) = head.split_once(" | ")?;
            let date = published.trim().get(..10)?.parse().ok()?;
            let hints = Hints { outlet: Some(outlet.to_owned()), published: Some(Moment::day(date)), ..Hints::default() };
            source::pasted(body, &hints).ok()
        })
        .collect()
}

/// All articles of the tests' events, each with its event.
static PILE: LazyLock<Vec<(&str, Arc<Version>)>> = LazyLock::new(|| {
    let mut pile: Vec<(&str, Source)> = Vec::new();
    for (event, table) in [
        ("storm", include_str!("events/storm.txt")),
        ("election", include_str!("events/election.txt")),
        ("court", include_str!("events/court.txt")),
        ("bridge", include_str!("events/bridge.txt")),
    ] {
        pile.extend(of_table(table).into_iter().map(|s| (event, s)));
    }
    pile.extend(sample::sources().into_iter().map(|s| ("sample", s)));
    pile.into_iter().map(|(event, s)| (event, Arc::new(Version::read(&s)))).collect()
});

fn sets(versions: &[Arc<Version>], stories: &[Story]) -> BTreeSet<BTreeSet<u64>> {
    stories.iter().map(|s| s.versions.iter().map(|v| versions[v.ix()].key.0).collect()).collect()
}

#[test]
fn a_pile_is_parted_by_event() {
    let versions: Vec<Arc<Version>> = PILE.iter().map(|(_, v)| v.clone()).collect();
    let found = stories(&versions, &Silent).expect("not cancelled");
    let mut expected: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for (event, version) in PILE.iter() {
        expected.entry(event).or_default().insert(version.key.0);
    }
    assert_eq!(sets(&versions, &found), expected.into_values().collect());
    assert!(found.windows(2).all(|w| w[0].versions.len() >= w[1].versions.len()), "the largest first");
    assert!(found.iter().all(|s| s.versions.contains(&s.center)));
    assert_eq!(stories(&[], &Silent), Some(Vec::new()));
}

#[test]
fn days_and_copy_tell_events_apart() {
    let article = |outlet: &str, date: &str, body: &str| {
        let hints = Hints { outlet: Some(outlet.into()), published: Some(Moment::day(date.parse().expect("a date"))), ..Hints::default() };
        Arc::new(Version::read(&source::pasted(body, &hints).expect("an article")))
    };
    let robbed = |sum: &str, place: &str| {
        format!(
            "Bank robbed\n\nTwo men robbed the Tarn savings bank in {place} and fled with {sum} crowns in a grey van, the police said. Nobody was hurt."
        )
    };
    let versions = [
        article("A", "2021-04-13", &robbed("31,000", "Harbour Street")),
        article("B", "2021-04-13", &robbed("31,000", "Harbour Street").replace("fled", "escaped")),
        article("C", "2021-07-20", &robbed("8,500", "Mill Lane").replace("Two men", "A woman").replace("grey van", "taxi")),
    ];
    let found = stories(&versions, &Silent).expect("not cancelled");
    assert_eq!(found.iter().map(|s| s.versions.len()).collect::<Vec<_>>(), [2, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_order_of_a_pile_changes_nothing(order in Just((0..PILE.len()).collect::<Vec<_>>()).prop_shuffle()) {
        let versions: Vec<Arc<Version>> = PILE.iter().map(|(_, v)| v.clone()).collect();
        let shuffled: Vec<Arc<Version>> = order.iter().map(|&i| versions[i].clone()).collect();
        let (a, b) = (stories(&versions, &Silent).unwrap_or_default(), stories(&shuffled, &Silent).unwrap_or_default());
        let told = |versions: &[Arc<Version>], stories: &[Story]| -> Vec<Vec<u64>> {
            stories.iter().map(|s| std::iter::once(s.center).chain(s.versions.iter().copied()).map(|v| versions[v.ix()].key.0).collect()).collect()
        };
        prop_assert_eq!(told(&versions, &a), told(&shuffled, &b));
    }
}

/// The pile as a dump of a scraper, an article a line.
fn lines_of_the_pile() -> Vec<String> {
    let line = |version: &Version| {
        let meta = &version.meta;
        let date = meta.published.map(|p| p.date.to_string());
        serde_json::json!({"title": meta.title, "text": version.document.text, "date": date, "source": meta.outlet}).to_string()
    };
    PILE.iter().map(|(_, version)| line(version)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn the_order_of_lines_in_a_dump_changes_no_group(lines in Just(lines_of_the_pile()).prop_shuffle()) {
        let groups = |lines: &[String]| -> BTreeSet<BTreeSet<String>> {
            let hints = Hints { path: "dump.jsonl".into(), ..Hints::default() };
            let sources = source::read(lines.join("\n").as_bytes(), &hints).expect("articles");
            let versions: Vec<Arc<Version>> = sources.iter().map(|s| Arc::new(Version::read(s))).collect();
            let found = stories(&versions, &Silent).unwrap_or_default();
            found.iter().map(|s| s.versions.iter().map(|v| versions[v.ix()].document.text.clone()).collect()).collect()
        };
        let found = groups(&lines);
        prop_assert_eq!(found.len(), 5);
        prop_assert_eq!(found, groups(&lines_of_the_pile()));
    }
}

#[test]
fn a_person_chooses_from_the_events_of_a_pile() {
    use parallax::app::pile::Chosen;
    use parallax::app::{Action, App, Command, Dialog, Settings};
    let folder = tempfile::tempdir().expect("a folder");
    for (i, (_, version)) in PILE.iter().enumerate() {
        let meta = &version.meta;
        let head = format!(
            "Outlet: {}\nPublished: {}\n\n",
            meta.outlet.as_deref().unwrap_or(""),
            meta.published.map_or(String::new(), |p| p.date.to_string())
        );
        std::fs::write(folder.path().join(format!("{i}.txt")), head + &version.document.text).expect("a file");
    }
    let mut app = App::new(Settings::default(), Arc::new(|| ()));
    app.apply(Action::Open(vec![folder.path().to_owned()]));
    app.wait();
    assert!(app.project.entries.is_empty(), "nothing is compared before it is chosen");
    assert_eq!(app.dialog, Some(Dialog::Groups(Chosen::default())));
    let sizes = |app: &App| app.pile.as_ref().expect("a pile").groups.iter().map(|g| g.sources.len()).collect::<Vec<_>>();
    let before = sizes(&app);
    assert_eq!((before.len(), before.iter().sum::<usize>()), (5, PILE.len()));
    // Two are put together, and one article of them leaves again.
    app.apply(Action::MergeGroups([3, 4].into()));
    let merged = before[3] + before[4];
    let Some(Dialog::Groups(chosen)) = &app.dialog else { panic!("the form stays") };
    let at = *chosen.groups.first().expect("what was merged is ticked");
    assert_eq!((sizes(&app).len(), sizes(&app)[at]), (4, merged));
    // What was merged by mistake is taken back, and a split, too.
    app.apply(Action::UndoGroups);
    assert_eq!(sizes(&app), before);
    app.apply(Action::SplitGroup(0, [0].into()));
    app.apply(Action::UndoGroups);
    app.apply(Action::UndoGroups);
    assert_eq!(sizes(&app), before);
    app.apply(Action::MergeGroups([3, 4].into()));
    app.apply(Action::SplitGroup(at, [0].into()));
    assert_eq!((sizes(&app)[at], sizes(&app)[at + 1]), (merged - 1, 1));
    app.apply(Action::CompareGroups([0].into()));
    app.wait();
    assert_eq!((app.dialog.clone(), app.project.entries.len()), (None, sizes(&app)[0]));
    // Another event takes its place.
    app.apply(Action::Run(Command::ShowGroups));
    app.apply(Action::CompareGroups([1].into()));
    app.wait();
    assert_eq!(app.project.entries.len(), sizes(&app)[1]);
}
