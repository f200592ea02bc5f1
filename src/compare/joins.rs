//! Groups out of scored pairs, where a rule says which groups may become one.

/// Items that were joined.
pub(super) struct Joined {
    /// Their numbers, in the order of joining.
    pub items: Vec<usize>,
    /// The score of the last, weakest join; infinite for one item.
    pub score: f32,
}

/// Joins `count` items by pairs, the best first, wherever `may_join` lets both groups be one. Every item stands in one
/// group; groups are in the order of their first items. Equal scores are taken in the order of the items.
pub(super) fn best_first(count: usize, mut pairs: Vec<(f32, usize, usize)>, may_join: impl Fn(&[usize], &[usize]) -> bool) -> Vec<Joined> {
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut group_of: Vec<usize> = (0..count).collect();
    let mut groups: Vec<Joined> = (0..count).map(|i| Joined { items: vec![i], score: f32::INFINITY }).collect();
    for (score, i, j) in pairs {
        let (a, b) = (group_of[i], group_of[j]);
        if a == b || !may_join(&groups[a].items, &groups[b].items) {
            continue;
        }
        let moved = std::mem::take(&mut groups[b].items);
        moved.iter().for_each(|&m| group_of[m] = a);
        groups[a].items.extend(moved);
        groups[a].score = score;
    }
    groups.retain(|g| !g.items.is_empty());
    groups
}
