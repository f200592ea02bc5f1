//! The faces that the program ships: Source Serif 4 for everything an outlet wrote, Inter for everything the program says.

/// Serif, upright.
pub const SERIF: &[u8] = include_bytes!("../assets/fonts/SourceSerif4_400Regular.ttf");
/// Serif, italic.
pub const SERIF_ITALIC: &[u8] = include_bytes!("../assets/fonts/SourceSerif4_400Regular_Italic.ttf");
/// Serif, semibold.
pub const SERIF_SEMIBOLD: &[u8] = include_bytes!("../assets/fonts/SourceSerif4_600SemiBold.ttf");
/// Serif, semibold italic.
pub const SERIF_SEMIBOLD_ITALIC: &[u8] = include_bytes!("../assets/fonts/SourceSerif4_600SemiBold_Italic.ttf");
/// Serif, bold.
pub const SERIF_BOLD: &[u8] = include_bytes!("../assets/fonts/SourceSerif4_700Bold.ttf");
/// Sans, upright.
pub const SANS: &[u8] = include_bytes!("../assets/fonts/Inter_400Regular.ttf");
/// Sans, medium.
pub const SANS_MEDIUM: &[u8] = include_bytes!("../assets/fonts/Inter_500Medium.ttf");
/// Sans, semibold.
pub const SANS_SEMIBOLD: &[u8] = include_bytes!("../assets/fonts/Inter_600SemiBold.ttf");

/// Characters that show nothing by themselves: joiners, marks of direction, selectors, soft hyphens.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E01EF}')
}

/// The name of a script by blocks of Unicode, for those that news is most often written in.
pub fn script_of(c: char) -> &'static str {
    match c as u32 {
        0x0530..=0x058F => "Armenian",
        0x0590..=0x05FF | 0xFB1D..=0xFB4F => "Hebrew",
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => "Arabic",
        0x0900..=0x097F => "Devanagari",
        0x0980..=0x09FF => "Bengali",
        0x0A00..=0x0A7F => "Gurmukhi",
        0x0A80..=0x0AFF => "Gujarati",
        0x0B80..=0x0BFF => "Tamil",
        0x0C00..=0x0C7F => "Telugu",
        0x0E00..=0x0E7F => "Thai",
        0x1000..=0x109F => "Burmese",
        0x10A0..=0x10FF => "Georgian",
        0x1200..=0x137F => "Ethiopic",
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => "Korean",
        0x3040..=0x30FF => "Japanese",
        0x2E80..=0x303F | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF => "Chinese or Japanese",
        0x2600..=0x27BF | 0x1F000..=0x1FAFF => "emoji",
        _ => "other",
    }
}
