//! Undo and redo by whole earlier states.

use super::Project;

/// One state to go back or forward to.
#[derive(Clone, Debug)]
pub struct Step {
    /// What the edit did, for the menu and the toast: "Remove Eastline Daily".
    pub label: String,
    /// The state on the other side of the edit.
    pub state: Project,
}

/// The edits made so far and those undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
}

/// Steps kept; a state is a few kilobytes, its sources are shared.
const MAX_STEPS: usize = 500;

impl History {
    /// Remembers the state before an edit. What was undone can't be redone after it.
    pub fn record(&mut self, label: impl Into<String>, before: Project) {
        self.redo.clear();
        self.undo.push(Step { label: label.into(), state: before });
        if self.undo.len() > MAX_STEPS {
            self.undo.remove(0);
        }
    }

    /// Goes one edit back. Returns its label.
    pub fn undo(&mut self, now: &mut Project) -> Option<String> {
        let step = self.undo.pop()?;
        let after = std::mem::replace(now, step.state);
        self.redo.push(Step { label: step.label.clone(), state: after });
        Some(step.label)
    }

    /// Goes one undone edit forward again. Returns its label.
    pub fn redo(&mut self, now: &mut Project) -> Option<String> {
        let step = self.redo.pop()?;
        let before = std::mem::replace(now, step.state);
        self.undo.push(Step { label: step.label.clone(), state: before });
        Some(step.label)
    }

    /// The edit that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|s| s.label.as_str())
    }

    /// The edit that redo would make again.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|s| s.label.as_str())
    }
}
