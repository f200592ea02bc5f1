//! Forms and sheets over the window.

mod columns;
mod grouping;
mod groups;
mod keys;
mod left;
mod links;
mod place;
mod problems;
pub use problems::problems_list;

use crate::app::{Action, App, Dialog, ExportRequest, ExportSort, PastedArticle};
use crate::gui::files::{self, Files};
use crate::gui::fonts::Face;
use crate::gui::kit::{Button, Look};
use crate::gui::theme::Theme;
use egui::{Color32, Frame, Id, Key, Margin, Modal, Modifiers, Rect, RichText, ScrollArea, Stroke, TextEdit, Ui, pos2, vec2};

/// What dialogs keep between frames.
#[derive(Default)]
pub struct DialogState {
    pin: grouping::PinState,
    columns: columns::Seen,
}

/// Draws the dialog in front.
pub fn ui(ui: &mut Ui, app: &App, dialog: &Dialog, files: &mut Files, state: &mut DialogState, out: &mut Vec<Action>) {
    let screen = ui.ctx().content_rect();
    let width = match dialog {
        Dialog::Paste(_) | Dialog::Edit { .. } | Dialog::PinTogether { .. } | Dialog::SplitApart { .. } => 620.0,
        Dialog::Keys => 800.0,
        Dialog::Groups(_) => 760.0,
        Dialog::Columns(_) => 860.0,
        Dialog::Problems | Dialog::Left | Dialog::Unfit => 620.0,
        Dialog::Export(_) | Dialog::Links { .. } | Dialog::Path { .. } => 560.0,
        _ => 460.0,
    };
    let width = f32::min(width, screen.width() - 48.0);
    let changed = app.form_holds_work();
    let response = modal(ui, "dialog", width, |ui| match dialog {
        Dialog::Paste(article) => {
            heading(ui, "Paste an article");
            article_form(ui, article, changed, "Add version", out, Action::AddPasted, Dialog::Paste);
        }
        Dialog::Edit { version, article } => {
            heading(ui, "Edit text and data");
            let version = *version;
            article_form(
                ui,
                article,
                changed,
                "Save",
                out,
                |a| Action::EditVersion(version, a),
                |article| Dialog::Edit { version, article },
            );
        }
        Dialog::Date { version, text } => {
            let outlet = app.version_ix(*version).map_or("the version", |v| app.version(v).outlet());
            one_field(
                ui,
                "Published",
                &format!("When {outlet} was published"),
                text,
                false,
                out,
                |t| Dialog::Date { version: *version, text: t },
                |t| Action::SetDate(*version, t),
            );
        }
        Dialog::PinTogether { passage, query } => grouping::pin_together(ui, app, *passage, query, &mut state.pin, out),
        Dialog::SplitApart { passage, leave } => grouping::split_apart(ui, app, *passage, leave, out),
        Dialog::Groups(chosen) => match &app.pile {
            Some(pile) => groups::ui(ui, pile, chosen, out),
            None => close_row(ui, out),
        },
        Dialog::Columns(form) => columns::ui(ui, form, &mut state.columns, out),
        Dialog::Links { addresses, allow_private } => links::ui(ui, addresses, *allow_private, out),
        Dialog::Export(request) => export(ui, app, request, files, out),
        Dialog::Keys => keys::ui(ui, out),
        Dialog::Path { purpose, path, why } => place::path(ui, purpose, path, why, out),
        Dialog::Replace(what) => place::replace(ui, app, what, out),
        Dialog::About => about(ui, out),
        Dialog::Note { finding, text } => {
            let title = app.analysis.findings.iter().find(|f| f.id == *finding).map_or("Note", |f| f.title.as_str());
            one_field(
                ui,
                "Note",
                title,
                text,
                true,
                out,
                |t| Dialog::Note { finding: *finding, text: t },
                |t| Action::SetNote(*finding, t),
            );
        }
        Dialog::Rename { version, text } => {
            one_field(
                ui,
                "Outlet",
                "Rename outlet",
                text,
                false,
                out,
                |t| Dialog::Rename { version: *version, text: t },
                |t| Action::Rename(*version, t),
            );
        }
        Dialog::Left => left::left(ui, app, out),
        Dialog::ForgetLeft(file) => left::forget(ui, app, file, out),
        Dialog::Unfit => left::unfit(ui, app, out),
        Dialog::Problems => {
            let height = (screen.height() - 260.0).clamp(160.0, 520.0);
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), egui::Sense::hover());
            problems_list(ui, rect, app, &[], out);
            close_row(ui, out);
        }
        Dialog::Unsaved => unsaved(ui, app, out),
        Dialog::DraftLeft => draft_left(ui, out),
        Dialog::Palette => {}
    });
    // A slip of the hand closes no form that holds words.
    if response && !app.form_holds_work() {
        out.push(Action::CloseDialog);
    }
}

/// A sheet over the dimmed window. Returns whether a click beside it asks to close it.
fn modal(ui: &Ui, id: &str, width: f32, add: impl FnOnce(&mut Ui)) -> bool {
    let theme = Theme::of(ui);
    let frame = Frame::new().fill(theme.paper).stroke(Stroke::new(1.0, theme.ink2)).corner_radius(8).inner_margin(Margin::same(24));
    let shown = Modal::new(Id::unique(id)).frame(frame).backdrop_color(backdrop(theme)).show(ui.ctx(), |ui| {
        ui.set_width(width - 48.0);
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        add(ui);
    });
    shown.backdrop_response.clicked()
}

/// Ink over the window while something lies in front of it.
pub fn backdrop(theme: &Theme) -> Color32 {
    if theme.dark { Color32::from_black_alpha(140) } else { Color32::from_rgba_unmultiplied(0x1D, 0x1B, 0x18, 107) }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(Face::SerifSemibold.at(20.0)));
    ui.add_space(4.0);
}

fn caption(ui: &mut Ui, text: &str) -> egui::Response {
    ui.label(RichText::new(text).font(Face::SansMedium.at(12.5)).color(Theme::of(ui).ink2))
}

/// A caption under a field.
fn hint(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(Face::Sans.at(12.0)).color(Theme::of(ui).ink3));
}

/// The buttons at the end of a form. Returns whether the primary one was pressed.
fn buttons(ui: &mut Ui, primary: &str, enabled: bool, out: &mut Vec<Action>) -> bool {
    buttons_with(ui, None, primary, enabled, out)
}

/// With one more at the left: its words and what it does. Made from left to right, as Tab goes.
fn buttons_with(ui: &mut Ui, first: Option<(&str, Action)>, primary: &str, enabled: bool, out: &mut Vec<Action>) -> bool {
    ui.add_space(8.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), egui::Sense::hover());
    if let Some((label, action)) = first {
        let button = Button::framed(label).look(Look::Plain);
        let r = Rect::from_min_size(rect.min - vec2(8.0, 0.0), vec2(button.width(ui.painter()), 30.0));
        if button.show(ui, r, Id::unique(("dialog", label))).clicked() {
            out.push(action);
        }
    }
    let button = Button::framed(primary).look(Look::Primary).enabled(enabled);
    let r = rect.with_min_x(rect.right() - button.width(ui.painter()) - 8.0);
    let cancel = Button::framed("Cancel").keys(Some("Esc"));
    let left = Rect::from_min_max(pos2(r.left() - 10.0 - cancel.width(ui.painter()), r.top()), pos2(r.left() - 10.0, r.bottom()));
    if cancel.show(ui, left, Id::unique("dialog cancel")).clicked() {
        out.push(Action::CloseDialog);
    }
    button.show(ui, r, Id::unique(("dialog", primary))).clicked()
}

fn close_row(ui: &mut Ui, out: &mut Vec<Action>) {
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), egui::Sense::hover());
    let button = Button::framed("Close").keys(Some("Esc"));
    let w = button.width(ui.painter());
    let r = Rect::from_min_max(pos2(rect.right() - w, rect.top()), rect.right_bottom());
    if button.show(ui, r, Id::unique("dialog close")).clicked() {
        out.push(Action::CloseDialog);
    }
}

/// The form of an article: a new one, or one that is open already.
fn article_form(
    ui: &mut Ui,
    article: &PastedArticle,
    changed: bool,
    done: &str,
    out: &mut Vec<Action>,
    action: impl Fn(PastedArticle) -> Action,
    dialog: impl Fn(PastedArticle) -> Dialog,
) {
    let mut a = article.clone();
    let half = (ui.available_width() - 12.0) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        field(ui, "Outlet", &mut a.outlet, "The Harbour Post", half);
        field(ui, "Published", &mut a.date, "1 August 2020, or 2020-08-01 08:40", half);
    });
    let width = ui.available_width();
    field(ui, "Headline", &mut a.title, "Leave empty if the text starts with it", width);
    let label = caption(ui, "Text");
    let entered = command_enter(ui);
    let room = (ui.ctx().content_rect().height() - 420.0).clamp(100.0, 320.0);
    ScrollArea::vertical().max_height(room).min_scrolled_height(room).id_salt("pasted text").show(ui, |ui| {
        let rows = (room / 22.0) as usize;
        let edit = TextEdit::multiline(&mut a.text)
            .id(Id::unique("paste text"))
            .font(Face::Serif.at(15.0))
            .desired_rows(rows)
            .desired_width(f32::INFINITY);
        let response = ui.add(edit.margin(Margin::symmetric(8, 6))).labelled_by(label.id);
        focus_once(ui, &response, "paste");
    });
    let ready = !a.text.trim().is_empty();
    let mut words = "A date lets words such as “Tuesday” be compared. Paragraphs are divided by blank lines.".to_owned();
    if done == "Save" {
        words.push_str(" Another text makes another version: judgements on its differences do not go along.");
    }
    hint(ui, &words);
    let discard = changed.then_some(("Discard", Action::DiscardForm));
    if buttons_with(ui, discard, done, ready, out) || (entered && ready) {
        out.push(action(a));
    } else if a != *article {
        out.push(Action::SetDialog(Some(dialog(a))));
    }
}

fn field(ui: &mut Ui, label: &str, value: &mut String, hint: &str, width: f32) {
    ui.vertical(|ui| {
        ui.set_width(width);
        let label = caption(ui, label);
        let hint = RichText::new(hint).color(Theme::of(ui).ink3);
        let edit = TextEdit::singleline(value).hint_text(hint).desired_width(f32::INFINITY).margin(Margin::symmetric(8, 5));
        ui.add(edit).labelled_by(label.id);
    });
}

/// Gives a field the keyboard when its dialog opens.
fn focus_once(ui: &Ui, response: &egui::Response, dialog: &str) {
    let id = Id::unique(("focused once", dialog));
    let frame = ui.ctx().cumulative_frame_nr();
    let last = ui.ctx().data_mut(|d| std::mem::replace(d.get_temp_mut_or_default::<u64>(id), frame));
    if frame > last + 1 {
        response.request_focus();
    }
}

/// Whether Enter was pressed in a field of one line.
fn entered(ui: &Ui, response: &egui::Response) -> bool {
    response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
}

/// Whether Ctrl+Enter was pressed, which ends a form with a field of several lines. Asked before the field takes it for a new line.
fn command_enter(ui: &Ui) -> bool {
    ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter))
}

#[expect(clippy::too_many_arguments, reason = "two small forms share one body")]
fn one_field(
    ui: &mut Ui,
    label: &str,
    title: &str,
    text: &str,
    multiline: bool,
    out: &mut Vec<Action>,
    dialog: impl Fn(String) -> Dialog,
    done: impl Fn(String) -> Action,
) {
    heading(ui, title);
    let mut value = text.to_owned();
    let label = caption(ui, label);
    let ended = multiline && command_enter(ui);
    let edit = if multiline { TextEdit::multiline(&mut value).desired_rows(4) } else { TextEdit::singleline(&mut value) };
    let response = ui.add(edit.desired_width(f32::INFINITY).margin(Margin::symmetric(8, 5))).labelled_by(label.id);
    focus_once(ui, &response, title);
    let entered = match multiline {
        true => ended,
        false => entered(ui, &response),
    };
    if multiline {
        hint(ui, "Ctrl+Enter saves.");
    }
    if buttons(ui, "Save", true, out) || entered {
        out.push(done(value));
    } else if value != text {
        out.push(Action::SetDialog(Some(dialog(value))));
    }
}

fn export(ui: &mut Ui, app: &App, request: &ExportRequest, files: &mut Files, out: &mut Vec<Action>) {
    let mut r = request.clone();
    heading(ui, "Export");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        for sort in ExportSort::ALL {
            if ui.radio(r.sort == sort, sort.label()).clicked() {
                r = files::with_sort(&r, sort);
            }
        }
    });
    match r.sort {
        ExportSort::Report => hint(ui, "What differs, with every word that shows it. Others can check it."),
        ExportSort::Worksheet => hint(ui, "For teaching: the articles with passages numbered, no difference shown, and tables to fill in."),
        ExportSort::Key => hint(ui, "The differences to be found, by passage number."),
    }
    ui.add_space(4.0);
    caption(ui, "Format");
    // In two columns, or a low window could not hold them.
    let formats = r.sort.formats();
    let (left, right) = formats.split_at(formats.len().div_ceil(2));
    ui.columns(2, |columns| {
        for (ui, formats) in columns.iter_mut().zip([left, right]) {
            for format in formats {
                if ui.radio(r.format == *format, format.label()).clicked() {
                    r = files::with_format(&r, *format);
                }
            }
        }
    });
    if r.sort != ExportSort::Worksheet {
        ui.add_space(4.0);
        let wording = app.count(crate::compare::FilterGroup::Wording);
        ui.columns(2, |columns| {
            columns[0].checkbox(&mut r.wording, format!("With wording differences ({wording})"));
            columns[0].checkbox(&mut r.dismissed, "With dismissed differences");
            let mut notes = !r.without_notes;
            if columns[1].checkbox(&mut notes, "With notes").changed() {
                r.without_notes = !notes;
            }
            columns[1].checkbox(&mut r.shown_kinds, "Only the kinds switched on");
        });
    }
    ui.add_space(4.0);
    let label = caption(ui, "File");
    let mut path = r.path.display().to_string();
    let mut enter = false;
    ui.horizontal(|ui| {
        let choose = Button::framed("Choose…");
        let w = choose.width(ui.painter());
        let edit = TextEdit::singleline(&mut path).desired_width(ui.available_width() - w - 8.0).margin(Margin::symmetric(8, 5));
        let field = ui.add(edit).labelled_by(label.id);
        focus_once(ui, &field, "export");
        if field.changed() {
            r.path = path.clone().into();
        }
        enter = entered(ui, &field);
        let (rect, _) = ui.allocate_exact_size(vec2(w, field.rect.height()), egui::Sense::hover());
        if choose.show(ui, rect, Id::unique("choose report")).clicked() {
            files.ask_where_to_export(ui.ctx(), &r);
        }
    });
    if app.project.sample {
        hint(ui, "It says that the sample is constructed.");
    }
    let named = r.path.file_name().is_some();
    if buttons(ui, "Export", named, out) || (enter && named) {
        out.push(files.export(r));
    } else if r != *request {
        out.push(Action::SetDialog(Some(Dialog::Export(r))));
    }
}

fn unsaved(ui: &mut Ui, app: &App, out: &mut Vec<Action>) {
    heading(ui, "Save before closing");
    let words = format!("Judgements and corrections in “{}” are in no file yet. Closing without saving loses them.", app.title());
    ui.label(RichText::new(words).font(Face::Serif.at(15.0)).line_height(Some(22.0)));
    if buttons_with(ui, Some(("Close without saving", Action::QuitWithoutSaving)), "Save and close", true, out) {
        out.push(Action::SetDialog(None));
        out.push(Action::SaveAndQuit);
    }
}

fn draft_left(ui: &mut Ui, out: &mut Vec<Action>) {
    heading(ui, "A draft is left");
    let words = "What you typed in a form is in no comparison yet. Closing loses it.";
    ui.label(RichText::new(words).font(Face::Serif.at(15.0)).line_height(Some(22.0)));
    if buttons_with(ui, Some(("Close and lose it", Action::QuitWithoutSaving)), "Back to the draft", true, out) {
        out.push(Action::ReopenDraft);
    }
}

fn about(ui: &mut Ui, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    heading(ui, &format!("Parallax {}", env!("CARGO_PKG_VERSION")));
    for text in [
        "Parallax shows one event from every outlet’s angle. It lines up the passages in which versions report the same thing and marks the details and quotes where they differ.",
        "It never rates an outlet and never says who is right. Every mark can be explained by pointing at it, and every report can be checked against its sources.",
        "Articles stay on this computer.",
    ] {
        ui.label(RichText::new(text).font(Face::Serif.at(15.0)).line_height(Some(22.0)));
    }
    ui.label(
        RichText::new("MIT licence. Source Serif 4 and Inter are under the SIL Open Font License 1.1.")
            .font(Face::Sans.at(12.0))
            .color(theme.ink3),
    );
    close_row(ui, out);
}
