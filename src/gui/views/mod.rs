//! The other views: passages, details, quotes, overview.

use super::fonts::Face;
use super::kit;
use super::side::SideContext;
use super::theme::Theme;
use crate::app::Action;
use egui::{Rect, Ui, pos2};

/// What the views keep between frames.
#[derive(Default)]
pub struct ViewsState {}

/// Draws the view in front.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, _state: &mut ViewsState, _out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.paper, "view");
    let words = format!("{} is not built yet. Side by side shows the same differences in the text.", cx.app.view.label());
    kit::text(ui.painter(), rect.left() + 40.0, rect.top() + 60.0, &words, Face::Serif.at(17.0), theme.ink2, rect.width() - 80.0);
    let _ = pos2(0.0, 0.0);
}
