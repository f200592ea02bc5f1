//! Colour tokens and egui's style made from them.
//!
//! Widgets ask [`Theme::of`] for tokens and never name a colour. Yellow belongs to the selection, kind
//! colours belong to kinds; everything else is ink on paper or chrome.

use super::fonts::Face;
use crate::compare::{FilterGroup, FindingKind};
use egui::{Color32, CornerRadius, Margin, Shadow, Stroke, TextStyle, Ui, vec2};

/// All colours of one theme.
#[derive(Debug, PartialEq)]
pub struct Theme {
    /// Whether text is lighter than its ground.
    pub dark: bool,
    /// Whether its contrast is higher than usual.
    pub high: bool,
    /// Ground of text columns and tables.
    pub paper: Color32,
    /// Ground of bars, strip and inspector.
    pub chrome: Color32,
    /// Ground of quoted words and of empty progress.
    pub well: Color32,
    /// Text, primary buttons.
    pub ink: Color32,
    /// Secondary text.
    pub ink2: Color32,
    /// Captions.
    pub ink3: Color32,
    /// Borders of controls, wording marks.
    pub hair: Color32,
    /// Rules between rows; carries no meaning.
    pub line: Color32,
    /// Conflicts.
    pub conflict: Color32,
    /// Compatible values and spellings.
    pub compatible: Color32,
    /// Later values.
    pub later: Color32,
    /// Quotes, speakers, attribution.
    pub quote: Color32,
    /// Only in one, silent, order.
    pub neutral: Color32,
    /// Ground of selected words and the selected row.
    pub mark: Color32,
    /// Ground of the selected passage.
    pub passage: Color32,
    /// Frames and lines of the selection: ink on paper; in the dark, where the grounds stay dark for what stands on them, yellow.
    pub frame: Color32,
    /// Ribbons of passages that are not selected.
    pub ribbon: Color32,
    /// Their edges.
    pub ribbon_edge: Color32,
    /// The ring around what has the keyboard.
    pub focus: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Ink on paper.
pub const LIGHT: Theme = Theme {
    dark: false,
    high: false,
    paper: rgb(0xFDFCFA),
    chrome: rgb(0xF2F0EC),
    well: rgb(0xE9E6E0),
    ink: rgb(0x1D1B18),
    ink2: rgb(0x524E47),
    ink3: rgb(0x69645C),
    hair: rgb(0x857F76),
    line: rgb(0xD9D5CC),
    conflict: rgb(0xB23A0A),
    compatible: rgb(0x1F5C9C),
    later: rgb(0x0B6A66),
    quote: rgb(0x7B2F86),
    neutral: rgb(0x524E47),
    mark: rgb(0xFFE27A),
    passage: rgb(0xFFF6D6),
    frame: rgb(0x1D1B18),
    ribbon: rgb(0xE3DDD0),
    ribbon_edge: rgb(0xC3BBAB),
    focus: rgb(0x1257CC),
};

/// Paper at night.
pub const DARK: Theme = Theme {
    dark: true,
    high: false,
    paper: rgb(0x1B1C1F),
    chrome: rgb(0x141517),
    well: rgb(0x26272B),
    ink: rgb(0xECE9E3),
    ink2: rgb(0xB9B5AD),
    ink3: rgb(0x9B968D),
    hair: rgb(0x7F7B74),
    line: rgb(0x37383D),
    conflict: rgb(0xFF9B6A),
    compatible: rgb(0x82B8F2),
    later: rgb(0x5BC7BF),
    quote: rgb(0xDFA0E6),
    neutral: rgb(0xB9B5AD),
    mark: rgb(0x544400),
    passage: rgb(0x332E18),
    frame: rgb(0xFFD866),
    ribbon: rgb(0x303138),
    ribbon_edge: rgb(0x565860),
    focus: rgb(0x8FB6FF),
};

/// Black on white: every text at 7:1 or more, every border at 4.5:1 or more.
pub const LIGHT_HIGH: Theme = Theme {
    dark: false,
    high: true,
    paper: rgb(0xFFFFFF),
    chrome: rgb(0xF7F7F7),
    well: rgb(0xE4E4E4),
    ink: rgb(0x000000),
    ink2: rgb(0x262626),
    ink3: rgb(0x3D3D3D),
    hair: rgb(0x4A4A4A),
    line: rgb(0x8C8C8C),
    conflict: rgb(0x8A2500),
    compatible: rgb(0x0B3F7A),
    later: rgb(0x004A47),
    quote: rgb(0x5E1169),
    neutral: rgb(0x262626),
    mark: rgb(0xFFDD55),
    passage: rgb(0xFFF3C4),
    frame: rgb(0x000000),
    ribbon: rgb(0xD4D4D4),
    ribbon_edge: rgb(0x7A7A7A),
    focus: rgb(0x0036A3),
};

/// White on black: every text at 7:1 or more, every border at 4.5:1 or more.
pub const DARK_HIGH: Theme = Theme {
    dark: true,
    high: true,
    paper: rgb(0x000000),
    chrome: rgb(0x0C0C0C),
    well: rgb(0x2E2E2E),
    ink: rgb(0xFFFFFF),
    ink2: rgb(0xE6E6E6),
    ink3: rgb(0xCCCCCC),
    hair: rgb(0xB8B8B8),
    line: rgb(0x7A7A7A),
    conflict: rgb(0xFFB48C),
    compatible: rgb(0xA6D0FF),
    later: rgb(0x7FE5DD),
    quote: rgb(0xF0BDF5),
    neutral: rgb(0xE6E6E6),
    mark: rgb(0x5C4B00),
    passage: rgb(0x332D00),
    frame: rgb(0xFFE27A),
    ribbon: rgb(0x333333),
    ribbon_edge: rgb(0x8C8C8C),
    focus: rgb(0xA9C8FF),
};

impl Theme {
    /// The theme that `ui` is drawn in: the one whose chrome its panels have.
    pub fn of(ui: &Ui) -> &'static Theme {
        let visuals = ui.visuals();
        let high = if visuals.dark_mode { &DARK_HIGH } else { &LIGHT_HIGH };
        match (visuals.panel_fill == high.chrome, visuals.dark_mode) {
            (true, _) => high,
            (false, true) => &DARK,
            (false, false) => &LIGHT,
        }
    }

    /// Differs from theme to theme: what is painted from colours is kept under it.
    pub fn key(&self) -> u64 {
        match (self.dark, self.high) {
            (false, false) => 0,
            (true, false) => 0x9E37_79B9,
            (false, true) => 0x7F4A_7C15,
            (true, true) => 0xE17D_058C,
        }
    }

    /// The colour of a kind of finding.
    pub fn kind(&self, kind: FindingKind) -> Color32 {
        self.group(kind.group())
    }

    /// The colour of a group of kinds.
    pub fn group(&self, group: FilterGroup) -> Color32 {
        match group {
            FilterGroup::Conflict => self.conflict,
            FilterGroup::Later => self.later,
            FilterGroup::Compatible => self.compatible,
            FilterGroup::Quotes => self.quote,
            FilterGroup::OnlyIn | FilterGroup::Silent | FilterGroup::Order => self.neutral,
            FilterGroup::Wording => self.hair,
        }
    }
}

/// Gives egui both themes, before the first frame and when contrast changes.
pub fn apply(ctx: &egui::Context, high: bool) {
    let (light, dark) = if high { (&LIGHT_HIGH, &DARK_HIGH) } else { (&LIGHT, &DARK) };
    for (egui_theme, theme) in [(egui::Theme::Light, light), (egui::Theme::Dark, dark)] {
        ctx.style_mut_of(egui_theme, |style| style_from(theme, style));
    }
}

fn style_from(theme: &Theme, style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Small, Face::Sans.at(11.5)),
        (TextStyle::Body, Face::Sans.at(13.0)),
        (TextStyle::Monospace, Face::Sans.at(13.0)),
        (TextStyle::Button, Face::Sans.at(13.0)),
        (TextStyle::Heading, Face::SerifSemibold.at(18.0)),
    ]
    .into();
    style.animation_time = 0.12;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(8.0, 3.0);
    spacing.menu_margin = Margin::same(4);
    spacing.interact_size.y = 22.0;
    spacing.tooltip_width = 420.0;
    let visuals = &mut style.visuals;
    *visuals = if theme.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    visuals.panel_fill = theme.chrome;
    visuals.window_fill = theme.paper;
    visuals.window_stroke = Stroke::new(1.0, theme.hair);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(5);
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.extreme_bg_color = theme.paper;
    visuals.text_edit_bg_color = Some(theme.paper);
    visuals.faint_bg_color = theme.chrome;
    visuals.weak_text_color = Some(theme.ink3);
    visuals.hyperlink_color = theme.ink;
    visuals.error_fg_color = theme.ink;
    visuals.warn_fg_color = theme.ink;
    visuals.selection.bg_fill = theme.mark;
    visuals.selection.stroke = Stroke::new(1.0, theme.ink);
    visuals.text_cursor.stroke = Stroke::new(1.5, theme.focus);
    visuals.text_cursor.blink = false;
    let text = Stroke::new(1.0, theme.ink);
    for widget in [
        &mut visuals.widgets.noninteractive,
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        widget.corner_radius = CornerRadius::same(5);
        widget.expansion = 0.0;
        widget.fg_stroke = text;
        widget.bg_stroke = Stroke::new(1.0, theme.hair);
        widget.bg_fill = theme.paper;
        widget.weak_bg_fill = theme.paper;
    }
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, theme.line);
    for widget in [&mut visuals.widgets.hovered, &mut visuals.widgets.active, &mut visuals.widgets.open] {
        widget.weak_bg_fill = theme.well;
        widget.bg_fill = theme.well;
    }
    visuals.widgets.active.bg_stroke = Stroke::new(1.0, theme.ink);
}
