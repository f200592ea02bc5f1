//! Which versions have a column, which are folded into another's, and which columns a selection needs in sight.

use super::App;
use crate::base::{ContentId, FindingIx, VersionIx};
use crate::compare::{Finding, Origin};

/// A version is folded where at least this share of its own text is copy: of one that shares less, too much would be out of sight.
const LEAST_COPY: f32 = 0.5;

/// Of a pair or three the column still says enough of what differs.
const LEAST_COPY_OF_FEW: f32 = 0.33;
const FEW: usize = 3;

/// To fold is suggested for as many copies as this.
const WORTH_FOLDING: usize = 3;

/// A folded copy that says something else than the column that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The copy.
    pub version: VersionIx,
    /// Where it differs.
    pub finding: FindingIx,
}

impl App {
    /// The columns to show, left to right: pinned first, hidden left out, and where copies are folded one of each origin.
    pub fn columns(&self) -> Vec<VersionIx> {
        let index = |key: &ContentId| self.version_ix(*key);
        let folded = |key: &ContentId| index(key).is_some_and(|v| self.folded_into(v).is_some());
        let visible = self.project.columns.iter().filter(|k| !self.project.hidden.contains(k) && !folded(k));
        let (pinned, rest): (Vec<_>, Vec<_>) = visible.partition(|k| self.project.pinned.contains(k));
        pinned.into_iter().chain(rest).filter_map(index).collect()
    }

    /// The version whose column stands for this one while shared copy is folded: the source of their copy, else the first.
    pub fn folded_into(&self, version: VersionIx) -> Option<VersionIx> {
        if !self.settings.fold_copies || self.unfolded.contains(&self.key(version)) {
            return None;
        }
        self.copy_of(version)
    }

    /// The version whose column would stand for this one, were shared copy folded.
    fn copy_of(&self, version: VersionIx) -> Option<VersionIx> {
        let origin = self.analysis.origins.iter().find(|o| o.versions.contains(&version))?;
        let least = if origin.versions.len() > FEW { LEAST_COPY } else { LEAST_COPY_OF_FEW };
        let is_copy = |v: &VersionIx| !self.is_hidden(*v) && (origin.share_of(*v) >= least || origin.source == Some(*v));
        if !is_copy(&version) {
            return None;
        }
        let first = head(origin, is_copy)?;
        (first != version).then_some(first)
    }

    /// The versions that a column stands for beside its own.
    pub fn folded_under(&self, version: VersionIx) -> Vec<VersionIx> {
        let all = (0..self.analysis.versions.len()).map(VersionIx::from);
        all.filter(|v| self.folded_into(*v) == Some(version) && !self.is_hidden(*v)).collect()
    }

    /// The versions that were taken out of a column one by one.
    pub fn unfolded_from(&self, version: VersionIx) -> Vec<VersionIx> {
        let all = (0..self.analysis.versions.len()).map(VersionIx::from);
        all.filter(|v| self.unfolded.contains(&self.key(*v)) && self.copy_of(*v) == Some(version)).collect()
    }

    /// How many columns folding would take away, where that is worth a suggestion and nothing is folded yet.
    pub fn worth_folding(&self) -> Option<usize> {
        if self.settings.fold_copies {
            return None;
        }
        let copies = (0..self.analysis.versions.len()).map(VersionIx::from).filter(|v| self.copy_of(*v).is_some()).count();
        (copies >= WORTH_FOLDING).then_some(copies)
    }

    /// The column in which a version is seen: its own, or that which stands for it; none where it is hidden.
    pub fn column_of(&self, version: VersionIx) -> Option<VersionIx> {
        if self.is_hidden(version) {
            return None;
        }
        Some(self.folded_into(version).unwrap_or(version))
    }

    /// Where folded copies say something else than the columns that stand for them, among the differences shown.
    pub fn deviations(&self) -> Vec<Deviation> {
        let mut out = Vec::new();
        if !self.settings.fold_copies {
            return out;
        }
        let heads: Vec<Option<VersionIx>> =
            (0..self.analysis.versions.len()).map(|v| self.folded_into(v.into()).filter(|_| !self.is_hidden(v.into()))).collect();
        for &finding in self.shown() {
            let f = &self.analysis.findings[finding.ix()];
            let told = told(f, heads.len());
            for (v, head) in heads.iter().enumerate() {
                let Some(head) = *head else { continue };
                // Of what it leaves out, a shorter copy says nothing else: only a silence that is a finding counts.
                if told[v] != told[head.ix()] && told[v] != 0 {
                    out.push(Deviation { version: v.into(), finding });
                }
            }
        }
        out
    }

    /// The versions of a finding in groups that say different things: those of the reference version's reading first, else
    /// those of the reading that most have. Silence is one of the groups where it is what was found.
    pub fn sides(&self, finding: FindingIx) -> Vec<Vec<VersionIx>> {
        let f = &self.analysis.findings[finding.ix()];
        let mut groups: Vec<Vec<VersionIx>> = f.readings.iter().map(|r| r.evidence.iter().map(|e| e.version).collect()).collect();
        if f.kind == crate::compare::FindingKind::Silent {
            groups.push(f.silent.clone());
        }
        for group in &mut groups {
            group.sort();
            group.dedup();
        }
        groups.retain(|g| !g.is_empty());
        let of_reference = self.reference().and_then(|v| groups.iter().position(|g| g.contains(&v)));
        let base = of_reference.or_else(|| (0..groups.len()).max_by_key(|i| (groups[*i].len(), std::cmp::Reverse(*i))));
        if let Some(base) = base {
            groups[..=base].rotate_right(1);
        }
        groups
    }
}

fn head(origin: &Origin, is_copy: impl Fn(&VersionIx) -> bool) -> Option<VersionIx> {
    origin.source.filter(&is_copy).or_else(|| origin.versions.iter().copied().find(is_copy))
}

/// By version the readings that it has, a bit each, the highest one for silence that was found.
fn told(f: &Finding, versions: usize) -> Vec<u64> {
    let mut told = vec![0; versions];
    for (i, reading) in f.readings.iter().enumerate() {
        for e in &reading.evidence {
            told[e.version.ix()] |= 1 << i.min(62);
        }
    }
    if f.kind == crate::compare::FindingKind::Silent {
        f.silent.iter().for_each(|v| told[v.ix()] |= 1 << 63);
    }
    told
}

/// Which columns are in sight beside the pinned ones, which are counted first among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct InSight {
    /// The first of those in a row.
    pub first: usize,
    /// One from farther away that takes the place of the last of them, or of the first where it stands before them.
    pub guest: Option<usize>,
}

/// What there is to be seen, by places among the columns.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    /// How many columns there are.
    pub columns: usize,
    /// How many of them stay at the left.
    pub pinned: usize,
    /// How many others can be seen at once.
    pub free: usize,
    /// The columns of each side of what is selected, the base first.
    pub sides: &'a [Vec<usize>],
    /// One that stays in sight whatever comes.
    pub keep: Option<usize>,
    /// Whether one may come from farther away.
    pub guests: bool,
}

impl InSight {
    /// The places of the columns in sight, pinned ones left out, left to right.
    pub fn places(self, room: &Room<'_>) -> Vec<usize> {
        let rest = room.columns.saturating_sub(room.pinned);
        let guest = self.guest.filter(|g| *g >= room.pinned && *g < room.columns && room.free > 1);
        let row = if guest.is_some() { room.free - 1 } else { room.free };
        let first = room.pinned + self.first.min(rest.saturating_sub(row));
        let mut places: Vec<usize> = (first..(first + row).min(room.columns)).collect();
        if let Some(guest) = guest.filter(|g| !places.contains(g)) {
            places.push(guest);
            places.sort_unstable();
        }
        places
    }

    /// The nearest place to scroll to from here where the base and one that differs from it are in sight. What is out of reach
    /// of one row of columns comes as a guest.
    pub fn bring(self, room: &Room<'_>) -> InSight {
        let rest = room.columns.saturating_sub(room.pinned);
        let seen = |at: InSight| {
            let places = at.places(room);
            let is_in = |c: &usize| *c < room.pinned || places.contains(c);
            let kept = room.keep.is_none_or(|k| is_in(&k));
            let sides: Vec<bool> = room.sides.iter().map(|s| s.iter().any(is_in)).collect();
            let base = sides.first().copied().unwrap_or(true);
            let others = sides.iter().skip(1).filter(|s| **s).count();
            (kept, usize::from(base) + others.min(1), base)
        };
        let wanted = room.sides.len().min(2);
        let here = seen(self);
        if here.0 && here.1 == wanted {
            return self;
        }
        let mut guests = vec![None];
        if room.free > 1 && room.guests {
            guests.extend(room.sides.iter().flatten().copied().filter(|c| *c >= room.pinned).map(Some));
        }
        let mut best = (None, self);
        for guest in guests {
            let row = if guest.is_some() { room.free - 1 } else { room.free };
            for first in 0..=rest.saturating_sub(row) {
                let at = InSight { first, guest };
                // A guest that stands in the row is none.
                if guest.is_some_and(|g| (room.pinned + first..room.pinned + first + row).contains(&g)) {
                    continue;
                }
                let (kept, sides, base) = seen(at);
                // Scrolling is easier to follow than a column from elsewhere, and little of it easier than much.
                let away = first.abs_diff(self.first) + if guest.is_some() { room.columns } else { 0 };
                let of_guest = guest.map_or(0, |g| g.abs_diff(room.pinned + first));
                let worth = (kept, sides, base, std::cmp::Reverse(away * room.columns.max(1) + of_guest));
                if best.0.is_none_or(|b| worth > b) {
                    best = (Some(worth), at);
                }
            }
        }
        best.1
    }
}
