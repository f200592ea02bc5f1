//! What is remembered between runs. `io` keeps it in a file.

use super::{Recent, View};
use crate::io;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::JoinHandle;

/// What is remembered between runs. Unknown fields are ignored and missing ones take their default, so that
/// an older or newer app can read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or as the system.
    pub theme: ThemeChoice,
    /// Text size in per cent, [`Settings::MIN_TEXT_PERCENT`] to [`Settings::MAX_TEXT_PERCENT`].
    pub text_percent: u16,
    /// Whether columns scroll together.
    pub scroll_together: bool,
    /// Whether wording is underlined faintly while its chip is off.
    pub faint_wording: bool,
    /// Whether the inspector is open.
    pub inspector: bool,
    /// Whether the strip is wide, with titles.
    pub wide_strip: bool,
    /// Stronger colours and lines.
    pub high_contrast: bool,
    /// Whether versions with the same copy are drawn as one column.
    pub fold_copies: bool,
    /// Whether columns may be narrower than reads well, so that more of them fit.
    pub fit_columns: bool,
    /// Line spacing in per cent of the face's own, [`Settings::MIN_LINE_PERCENT`] to [`Settings::MAX_LINE_PERCENT`].
    pub line_percent: u16,
    /// The widest line in characters, [`Settings::MIN_MEASURE`] to [`Settings::MAX_MEASURE`].
    pub measure: u16,
    /// Large text and heavy marks for a projector.
    pub projector: bool,
    /// Whether moves are animated.
    pub reduced_motion: bool,
    /// The view that was in front.
    pub view: View,
    /// Size of the window in points.
    pub window: Option<(f32, f32)>,
    /// The folder that files were last opened from or saved to.
    pub folder: Option<PathBuf>,
    /// Whether links may lead to this computer and its own network.
    pub allow_private_links: bool,
    /// Comparisons opened or saved lately, the latest first.
    pub recent: Vec<Recent>,
}

impl Settings {
    /// What an earlier run kept; defaults where there is nothing. A file that is no settings is set aside, and its new name given.
    pub fn load() -> (Self, Option<String>) {
        let Some(bytes) = io::read_settings() else { return (Self::default(), None) };
        let damaged = !matches!(serde_json::from_slice(&bytes), Ok(serde_json::Value::Object(_)));
        (Self::read(&bytes), damaged.then(io::set_settings_aside).flatten())
    }

    /// Reads what a file holds, as far as it can be read: one broken value costs itself, not the others. A file that is no
    /// settings at all gives the defaults.
    pub fn read(bytes: &[u8]) -> Self {
        use serde_json::{Map, Value, from_value};
        if let Ok(settings) = serde_json::from_slice(bytes) {
            return settings;
        }
        let Ok(Value::Object(fields)) = serde_json::from_slice(bytes) else { return Self::default() };
        let sound = |field: &(String, Value)| from_value::<Self>(Value::Object(Map::from_iter([field.clone()]))).is_ok();
        from_value(Value::Object(fields.into_iter().filter(sound).collect())).unwrap_or_default()
    }

    /// Writes them for the next run. A folder that can't be written costs the memory, never the work. Gives the reason.
    fn write(&self) -> Option<String> {
        let bytes = serde_json::to_vec_pretty(self).ok()?;
        io::write_settings(&bytes)
    }

    /// The smallest text.
    pub const MIN_TEXT_PERCENT: u16 = 70;
    /// The largest text.
    pub const MAX_TEXT_PERCENT: u16 = 250;
    /// The tightest lines.
    pub const MIN_LINE_PERCENT: u16 = 80;
    /// The widest spacing of lines.
    pub const MAX_LINE_PERCENT: u16 = 160;
    /// The narrowest measure.
    pub const MIN_MEASURE: u16 = 35;
    /// The widest measure.
    pub const MAX_MEASURE: u16 = 115;
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            text_percent: 100,
            scroll_together: true,
            faint_wording: true,
            inspector: true,
            wide_strip: false,
            high_contrast: false,
            fold_copies: false,
            fit_columns: false,
            line_percent: 100,
            measure: 75,
            projector: false,
            reduced_motion: false,
            view: View::SideBySide,
            window: None,
            folder: None,
            allow_private_links: false,
            recent: Vec::new(),
        }
    }
}

/// Writes settings when they change, on a thread of its own, so that nothing is lost where the app is killed.
pub struct Keeper {
    kept: Settings,
    changed: Option<f64>,
    to_thread: mpsc::Sender<Settings>,
    from_thread: mpsc::Receiver<String>,
    thread: JoinHandle<()>,
}

/// Settings rest this long before they are written, in seconds: a window being resized changes them with each frame.
const REST_S: f64 = 0.4;

impl Keeper {
    /// `kept` is what the file holds. `wake` is called when there is a [`Keeper::trouble`].
    pub fn new(kept: &Settings, wake: impl Fn() + Send + 'static) -> Self {
        let (to_thread, settings) = mpsc::channel::<Settings>();
        let (tell, from_thread) = mpsc::channel::<String>();
        let thread = std::thread::spawn(move || {
            while let Ok(mut latest) = settings.recv() {
                while let Ok(later) = settings.try_recv() {
                    latest = later;
                }
                if let Some(reason) = latest.write() {
                    let _ = tell.send(reason);
                    wake();
                }
            }
        });
        Self { kept: kept.clone(), changed: None, to_thread, from_thread, thread }
    }

    /// Why the settings could not be written, in a sentence for a person.
    pub fn trouble(&self) -> Option<String> {
        self.from_thread.try_iter().last()
    }

    /// Looks at the settings at a time in seconds. Returns how long to wait before it is asked again, where something is to be written.
    pub fn keep(&mut self, settings: &Settings, now: f64) -> Option<f64> {
        if *settings == self.kept {
            self.changed = None;
            return None;
        }
        let since = *self.changed.get_or_insert(now);
        if now - since < REST_S {
            return Some(REST_S - (now - since));
        }
        self.changed = None;
        self.kept = settings.clone();
        // The thread ends with the window alone.
        let _ = self.to_thread.send(settings.clone());
        None
    }

    /// Writes what is left and waits for it.
    pub fn finish(self, settings: &Settings) {
        let _ = self.to_thread.send(settings.clone());
        drop(self.to_thread);
        let _ = self.thread.join();
    }
}

/// The theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}
