//! The map of the house holds: no module uses one below it.

use std::path::Path;

/// Modules with what each may use, besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("source", &["base"]),
    ("text", &["base", "source"]),
    ("extract", &["base", "source", "text"]),
    ("align", &["base", "source", "text", "extract", "analysis"]),
    ("compare", &["base", "source", "text", "extract", "align", "analysis"]),
    ("analysis", &["base", "source", "text", "extract", "align", "compare"]),
    ("project", &["base", "source", "text", "extract", "align", "compare", "analysis"]),
    ("report", &["base", "source", "text", "extract", "align", "compare", "analysis", "project"]),
    ("io", &["base", "source"]),
];

fn files(path: &Path, out: &mut Vec<std::path::PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        entries.iter().for_each(|p| files(p, out));
    } else if path.extension().is_some_and(|e| e == "rs") {
        out.push(path.to_owned());
    }
}

#[test]
fn arrows_never_point_up() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let used = regex::Regex::new(r"crate::(?:\{([^}]*)\}|([a-z]+))").unwrap();
    let mut wrong = Vec::new();
    for (module, allowed) in LAYERS {
        let mut found = Vec::new();
        files(&src.join(module), &mut found);
        files(&src.join(format!("{module}.rs")), &mut found);
        found.retain(|f| f.exists());
        assert!(!found.is_empty(), "{module} has no file");
        for file in found {
            for line in std::fs::read_to_string(&file).unwrap().lines().filter(|l| !l.trim_start().starts_with("//")) {
                for hit in used.captures_iter(line) {
                    let list = hit.get(1).or(hit.get(2)).map_or("", |m| m.as_str());
                    for name in list.split(',').map(|n| n.trim().split("::").next().unwrap_or("")) {
                        let known = LAYERS.iter().any(|(m, _)| m == &name) || ["app", "gui", "cli"].contains(&name);
                        if known && name != *module && !allowed.contains(&name) {
                            wrong.push(format!("{}: {module} uses {name}", file.display()));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_window_uses_egui_and_only_io_touches_files() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    for file in all {
        let inside = file.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        if !inside.starts_with("gui") {
            assert!(!code.iter().any(|l| l.contains("egui::") || l.contains("eframe::")), "{inside} uses egui");
        }
        if !inside.starts_with("io") {
            assert!(!code.iter().any(|l| l.contains("std::fs") || l.contains("fs::")), "{inside} touches files");
        }
        if !inside.starts_with("compare") {
            assert!(!code.iter().any(|l| l.contains("similar::")), "{inside} uses the diff crate");
        }
    }
}
