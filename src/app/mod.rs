//! The headless state of the window: everything it does, without egui.
