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
