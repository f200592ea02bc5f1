//! Pixels and actions; the only user of egui.
