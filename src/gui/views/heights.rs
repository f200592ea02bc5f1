//! Heights of a table's rows: exact where they are in sight, guessed elsewhere and made exact in slices, so that a long table
//! opens at once.

use std::time::{Duration, Instant};

/// Time of a frame that goes into rows out of sight.
const SLICE: Duration = Duration::from_millis(3);

/// The heights of all rows and their sums.
#[derive(Default)]
pub struct Heights {
    heights: Vec<f32>,
    exact: Vec<bool>,
    tops: Vec<f32>,
    left: usize,
}

impl Heights {
    /// Starts again with as many rows as there are guesses.
    pub fn reset(&mut self, guesses: impl Iterator<Item = f32>) {
        self.heights = guesses.collect();
        self.left = self.heights.len();
        self.exact = vec![false; self.left];
        self.sum();
    }

    /// Height of all rows.
    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Top of a row; of one past the last the end.
    pub fn top(&self, row: usize) -> f32 {
        self.tops.get(row).copied().unwrap_or_else(|| self.total())
    }

    /// Height of a row.
    pub fn height(&self, row: usize) -> f32 {
        self.heights.get(row).copied().unwrap_or(0.0)
    }

    /// Top and bottom of a row.
    pub fn place(&self, row: usize) -> (f32, f32) {
        (self.top(row), self.top(row) + self.height(row))
    }

    /// The row at `y`.
    pub fn row_at(&self, y: f32) -> usize {
        self.tops.partition_point(|t| *t <= y).saturating_sub(1).min(self.heights.len().saturating_sub(1))
    }

    /// Makes one row exact.
    pub fn need(&mut self, row: usize, measure: &mut impl FnMut(usize) -> f32) {
        if self.measure(row, measure) {
            self.sum();
        }
    }

    /// Makes exact what is in sight of `y..y + view`, and of the rest what a slice of time allows. The row at `y` keeps its place:
    /// returns what `y` becomes, and whether work is left.
    pub fn settle(&mut self, y: f32, view: f32, measure: &mut impl FnMut(usize) -> f32) -> (f32, bool) {
        if self.left == 0 {
            return (y, false);
        }
        let anchor = self.row_at(y);
        let into = y - self.top(anchor);
        let mut bottom = -into;
        let mut row = anchor;
        while row < self.heights.len() && bottom < view {
            self.measure(row, measure);
            bottom += self.heights[row];
            row += 1;
        }
        let began = Instant::now();
        for row in 0..self.heights.len() {
            if self.left == 0 || began.elapsed() > SLICE {
                break;
            }
            self.measure(row, measure);
        }
        self.sum();
        (self.top(anchor) + into.min(self.height(anchor)), self.left > 0)
    }

    fn measure(&mut self, row: usize, measure: &mut impl FnMut(usize) -> f32) -> bool {
        if self.exact.get(row).is_none_or(|exact| *exact) {
            return false;
        }
        self.heights[row] = measure(row);
        self.exact[row] = true;
        self.left -= 1;
        true
    }

    fn sum(&mut self) {
        self.tops.clear();
        let mut y = 0.0;
        self.tops.push(y);
        for height in &self.heights {
            y += height;
            self.tops.push(y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Heights;

    #[test]
    fn the_row_in_sight_keeps_its_place() {
        let mut h = Heights::default();
        h.reset((0..1000).map(|_| 10.0));
        let mut measured = 0;
        // Ten rows are taken for a hundred points, and are six hundred.
        let (y, _) = h.settle(2005.0, 300.0, &mut |_| {
            measured += 1;
            60.0
        });
        assert!(measured >= 5, "what is in sight is exact");
        assert_eq!(h.row_at(y), 200);
        assert_eq!(y - h.top(200), 5.0);
        let (mut y, mut left) = (y, true);
        while left {
            (y, left) = h.settle(y, 300.0, &mut |_| 60.0);
        }
        assert_eq!((h.row_at(y), h.total(), h.place(3)), (200, 60_000.0, (180.0, 240.0)));
    }
}
