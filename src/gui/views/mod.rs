//! The other views: passages, details, quotes, overview. They share the selection, the filters and the columns' order.

mod detail_rows;
mod details;
mod grid;
mod heights;
mod origins;
mod overview;
mod passages;
mod quotes;
mod readings;
mod telling;
mod utterances;

use super::kit;
use super::side::SideContext;
use super::theme::Theme;
use crate::app::{Action, App, Command, View};
use crate::base::PassageIx;
use egui::{Key, Modifiers, Rect, Ui};

/// What the views keep between frames.
#[derive(Default)]
pub struct ViewsState {
    passages: passages::PassagesState,
    details: details::DetailsState,
    quotes: quotes::QuotesState,
    overview: overview::OverviewState,
}

/// Draws the view in front.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, state: &mut ViewsState, out: &mut Vec<Action>) {
    let ui = &mut kit::region(ui, rect, Theme::of(ui).paper, "view");
    if cx.app.view != View::SideBySide {
        arrows(ui, cx.app, out);
    }
    match cx.app.view {
        View::SideBySide => {}
        View::Passages => passages::ui(ui, rect, cx, &mut state.passages, out),
        View::Details => details::ui(ui, rect, cx, &mut state.details, out),
        View::Quotes => quotes::ui(ui, rect, cx, &mut state.quotes, out),
        View::Overview => overview::ui(ui, rect, cx, &mut state.overview, out),
    }
}

/// Up and down step through what the view lists, where no control has the keyboard.
fn arrows(ui: &Ui, app: &App, out: &mut Vec<Action>) {
    let taken = app.dialog.is_some() || ui.memory(|m| m.focused().is_some()) || egui::Popup::is_any_open(ui.ctx());
    if taken {
        return;
    }
    for (key, command) in [(Key::ArrowDown, Command::NextDifference), (Key::ArrowUp, Command::PreviousDifference)] {
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
            out.push(Action::Run(command));
        }
    }
}

/// A short name for a passage: the title of its strongest finding, or how it starts.
pub fn passage_title(app: &App, passage: PassageIx) -> String {
    let mut of = app.analysis.findings.iter().filter(|f| f.passage == Some(passage));
    if let Some(f) = of.clone().find(|f| f.detail.is_none() && f.kind.group() != crate::compare::FilterGroup::Wording).or_else(|| of.next())
    {
        return f.title.clone();
    }
    let Some(p) = app.analysis.passages.get(passage.ix()) else { return String::new() };
    let Some(member) = p.members.first() else { return String::new() };
    let version = app.version(member.version);
    let words = member.sentences.first().map_or("", |s| version.document.sentence_text(*s));
    super::side::shorten(words, 34)
}

/// The first shown finding of a passage, or the passage itself.
fn select_passage(app: &App, passage: PassageIx) -> Option<Action> {
    let first = app.shown().iter().find(|f| app.analysis.findings[f.ix()].passage == Some(passage));
    match first {
        Some(f) => Some(Action::Select { finding: app.analysis.findings[f.ix()].id, version: None }),
        None => app.analysis.passages.get(passage.ix()).map(|p| Action::SelectPassage(p.id)),
    }
}
