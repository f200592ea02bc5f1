//! Dates that are said in full or in part: numbers, months, years, decades, holidays.

use super::super::lexicon::Role;
use super::super::numeral::cardinal;
use super::{Dates, Found, calendar, full, year_month, year_only};
use crate::extract::{PartialDate, Value};
use jiff::civil::Date;

/// Years that a bare number of four digits can be.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1500..=2100;

/// How long after a holiday its name alone still means the one that was.
const JUST_BEEN_DAYS: i64 = 45;

impl Dates<'_> {
    /// A year written out: four digits, `'87`, words.
    pub(super) fn year_number(&self, i: usize) -> Option<(usize, i16)> {
        let lx = self.lx;
        if let Some(year) = lx.plain(i, 4, 4).filter(|y| (1000..=2199).contains(y)) {
            let runs_on = lx.glued(i + 1)
                && (lx.is_word(i + 1) && !lx.is(i + 1, "s") || lx.is_any(i + 1, &["/", "%", "°"]) || lx.is(i + 1, ":") && lx.glued(i + 2));
            return (!runs_on).then_some((i + 1, year as i16));
        }
        if lx.is_apostrophe(i) && lx.plain(i + 1, 2, 2).is_some() && lx.glued(i + 1) && !lx.is(i + 2, "s") {
            return Some((i + 2, self.century(lx.plain(i + 1, 2, 2)?)));
        }
        self.spoken_year(i)
    }

    /// "Nineteen eighty six", "twenty nineteen", "two thousand and five".
    fn spoken_year(&self, i: usize) -> Option<(usize, i16)> {
        let lx = self.lx;
        if !lx.is_word(i) || lx.is_any(i, &["a", "an"]) {
            return None;
        }
        let first = cardinal(lx, i)?;
        if (1000.0..=2199.0).contains(&first.value) {
            return Some((first.end, first.value as i16));
        }
        if !(10.0..=20.0).contains(&first.value) {
            return None;
        }
        let at = lx.skip_hyphen(first.end);
        if !lx.is_word(at) {
            return None;
        }
        let second = cardinal(lx, at).filter(|c| (10.0..100.0).contains(&c.value))?;
        Some((second.end, (first.value * 100.0 + second.value) as i16))
    }

    /// Two digits as a year: at most twenty years ahead of publication.
    pub(super) fn century(&self, two: u32) -> i16 {
        let now = self.today.map_or(2025, |d| d.year());
        let year = now - now.rem_euclid(100) + two as i16;
        if year > now + 20 { year - 100 } else { year }
    }

    /// A day of the month: `24`, `24th`, "the eleventh", "thirty first". Says whether it is an ordinal.
    pub(super) fn day_number(&self, i: usize) -> Option<(usize, i8, bool)> {
        let lx = self.lx;
        if let Some(day) = lx.plain(i, 1, 2).filter(|d| (1..=31).contains(d)) {
            let ordinal = lx.is_any(i + 1, &["st", "nd", "rd", "th"]) && lx.glued(i + 1);
            return Some((if ordinal { i + 2 } else { i + 1 }, day as i8, ordinal));
        }
        let ordinal_at = |k: usize| lx.role(k, |r| if let Role::Ordinal(v) = r { Some(*v) } else { None });
        let (end, day) = match lx.cardinal(i).filter(|v| matches!(*v as u32, 20 | 30)) {
            Some(tens) => {
                let next = lx.skip_hyphen(i + 1);
                (next + 1, tens + ordinal_at(next).filter(|v| *v < 10.0)?)
            }
            None => (i + 1, ordinal_at(i)?),
        };
        (day <= 31.0).then_some((end, day as i8, true))
    }

    /// The year behind a day or month: ", 2020", " of 1995", " 2017", "-2020".
    fn year_behind(&self, i: usize, glue: bool) -> Option<(usize, i16)> {
        let lx = self.lx;
        let at = if lx.is_word(i) || lx.is_digits(i) { i } else { i + 1 };
        if i.checked_sub(1).is_some_and(|before| lx.atom(at).sentence != lx.atom(before).sentence) {
            return None;
        }
        if lx.is_any(i, &["of", "in"]) {
            if let Some(two) = lx.plain(i + 1, 2, 2).filter(|_| lx.is(i, "of")) {
                return Some((i + 2, self.century(two)));
            }
            return self.year_number(i + 1);
        }
        if lx.is(i, ",") {
            let written = lx.is_apostrophe(i + 1) || lx.plain(i + 1, 4, 4).is_some_and(|y| YEARS.contains(&y));
            return self.year_number(i + 1).filter(|_| written);
        }
        if glue && (lx.is_hyphen(i) || lx.is_any(i, &["/", "."])) && lx.glued(i) {
            if let Some(two) = lx.plain(i + 1, 2, 2) {
                return Some((i + 2, self.century(two)));
            }
            return self.year_number(i + 1);
        }
        self.year_number(i)
    }

    /// Whether a month word means the month when a day or year stands with it.
    fn month_here(&self, i: usize) -> Option<(usize, i8)> {
        let lx = self.lx;
        let (month, short) = lx.month(i)?;
        let end = if short && lx.is(i + 1, ".") && lx.glued(i + 1) { i + 2 } else { i + 1 };
        Some((end, month))
    }

    /// "July 24, 2020", "Sept. 30", "January first 2000", "April 2017", "in April".
    pub(super) fn month_led(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let (after_month, month) = self.month_here(i)?;
        let capital = lx.capital(i);
        let joiner = lx.is_hyphen(after_month) || lx.is_any(after_month, &["/", ","]);
        // September-2020-23
        if joiner
            && let Some(year) = lx.plain(after_month + 1, 4, 4).filter(|y| YEARS.contains(y))
            && (lx.is_hyphen(after_month + 2) || lx.is(after_month + 2, "/"))
            && let Some(day) = lx.plain(after_month + 3, 1, 2)
            && let Ok(date) = Date::new(year as i16, month, day as i8)
        {
            return Some(Found::day(after_month + 4, date, "date-numeric"));
        }
        let mut day_at = if joiner && lx.glued(after_month) && !lx.is(after_month, ",") { after_month + 1 } else { after_month };
        if lx.is(day_at, "the") {
            day_at += 1;
        }
        if let Some((end, day, ordinal)) = self.day_number(day_at).filter(|d| self.day_stands(d.0, day_at, d.2)) {
            let led = lx.listed(i.wrapping_sub(1), "date-lead");
            let wordy =
                lx.is_any(i, &["may", "march", "mar", "sun"]) && !capital && !ordinal && !led && self.year_behind(end, true).is_none();
            if !wordy && Date::new(2000, month, day).is_ok() {
                return self.month_days(i, month, day, end);
            }
        }
        if let Some((end, year)) = self.year_behind(after_month, true)
            && YEARS.contains(&u32::try_from(year).unwrap_or(0))
            && (capital || !lx.is_any(i, &["may", "march"]) || lx.listed(i.wrapping_sub(1), "month-lead"))
        {
            return Some(Found::new(end, Value::Date(year_month(Some(year), month)), "date-month"));
        }
        if let Some((end, year)) = self.relative_year(after_month) {
            return Some(Found::new(end, Value::Date(year_month(Some(year), month)), "date-month"));
        }
        // Alone, a month needs a word that leads it: names and verbs look the same.
        let led = lx.listed(i.wrapping_sub(1), "month-lead") || i == 0 || lx.is_break(i - 1) && lx.is_break(i + 1);
        let named = lx.capital(i + 1) && lx.is_word(i + 1) && lx.weekday(i + 1).is_none() && !lx.listed(i.wrapping_sub(1), "month-sure");
        let (_, short) = lx.month(i)?;
        if !led
            || named
            || !capital && (lx.is_any(i, &["may", "march"]) || short)
            || short && after_month == i + 1 && lx.word(i).len() < 4 && !capital
        {
            return None;
        }
        if lx.is_any(i, &["may", "march"]) && lx.listed(i.wrapping_sub(1), "month-unsure") && !lx.is(i.wrapping_sub(2), "end") {
            let paired =
                lx.month(i.wrapping_sub(2)).is_some() || lx.weekday(i.wrapping_sub(2)).is_some() || lx.span(i.wrapping_sub(2)).is_some();
            if !paired && !lx.is_any(i.wrapping_sub(2), &["mid", "early", "late"]) {
                return None;
            }
        }
        let value = self.nearest(month, None, i, after_month);
        Some(Found::new(i + 1, Value::Date(value), "date-month"))
    }

    /// Whether digits behind a month are its day: not an hour, not a count with a scale.
    fn day_stands(&self, end: usize, at: usize, ordinal: bool) -> bool {
        let lx = self.lx;
        if ordinal {
            return true;
        }
        let hour = lx.is(end, ":") && lx.is_digits(end + 1) && lx.glued(end + 1)
            || lx.is_any(end, &["am", "pm", "%", "o"])
            || lx.is_any(end, &["a", "p"]) && lx.is(end + 1, ".");
        let runs_on = lx.glued(end) && lx.is_word(end);
        let counts = lx.scale(end).is_some() || lx.is_any(end, &["percent", "people", "per"]);
        !(hour || runs_on || counts) && lx.is_digits(at)
    }

    /// The day of a month, or days of it.
    fn month_days(&self, i: usize, month: i8, day: i8, end: usize) -> Option<Found> {
        let lx = self.lx;
        // July 24-26, July 24 to 26, July 24 and 25 is left as one day.
        let joint = lx.is_dash(end) || lx.is_any(end, &["to", "through", "until"]);
        if joint
            && let Some((last_end, last, ordinal)) = self.day_number(end + 1)
            && last > day
            && self.day_stands(last_end, end + 1, ordinal)
            && lx.month(last_end).is_none()
            && !(lx.is_hyphen(last_end) && lx.is_digits(last_end + 1) && lx.glued(last_end))
        {
            let (stop, year) = self.year_behind(last_end, false).map_or((last_end, None), |y| (y.0, Some(y.1)));
            let first = self.resolve(month, day, year, i, stop);
            let last = PartialDate { day: Some(last), ..first };
            return Some(Found::new(stop, Value::DateRange(first, last), "date-span"));
        }
        let (stop, year) = self.year_of_day(end).map_or((end, None), |y| (y.0, Some(y.1)));
        self.valid(Found::new(stop, Value::Date(self.resolve(month, day, year, i, stop)), "date-day"))
    }

    fn year_of_day(&self, end: usize) -> Option<(usize, i16)> {
        self.year_behind(end, true).filter(|y| (1000..2200).contains(&y.1)).or_else(|| self.relative_year(end))
    }

    /// "This year", "of last year" behind a month.
    fn relative_year(&self, i: usize) -> Option<(usize, i16)> {
        let lx = self.lx;
        let at = if lx.is_any(i, &["of", "in", ","]) { i + 1 } else { i };
        let year = self.today?.year();
        if !lx.is(at + 1, "year") {
            return None;
        }
        match lx.word(at) {
            "this" => Some((at + 2, year)),
            "last" | "previous" => Some((at + 2, year - 1)),
            "next" => Some((at + 2, year + 1)),
            _ => None,
        }
    }

    fn resolve(&self, month: i8, day: i8, year: Option<i16>, start: usize, end: usize) -> PartialDate {
        match year {
            Some(year) => PartialDate { year: Some(year), month: Some(month), day: Some(day) },
            None => self.nearest(month, Some(day), start, end),
        }
    }

    fn valid(&self, found: Found) -> Option<Found> {
        match found.value {
            Value::Date(PartialDate { year: Some(y), month: Some(m), day: Some(d) }) => Date::new(y, m, d).is_ok().then_some(found),
            _ => Some(found),
        }
    }

    /// "24 July 2020", "the 4th of July", "05-Aug-2016", "24-26 July", "twenty five January", "the 21st".
    pub(super) fn day_led(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let at = if lx.is(i, "the") { i + 1 } else { i };
        if at > 0 && lx.glued(at) && lx.is_any(at - 1, &["$", "£", "€", ".", ":"]) {
            return None;
        }
        let (end, day, ordinal) = self.day_number(at).or_else(|| self.spoken_day(at))?;
        // 24-26 July
        let range = (lx.is_dash(end) || lx.is_any(end, &["to", "and"]) && (lx.is(end, "to") || lx.is(i.wrapping_sub(1), "between")))
            .then(|| self.day_number(end + 1))
            .flatten()
            .filter(|last| last.1 > day);
        if let Some((range_end, last, _)) = range {
            let month_at = if lx.is(range_end, "of") { range_end + 1 } else { range_end };
            if let Some((after, month)) = self.month_here(month_at).filter(|_| self.month_written(month_at)) {
                let (stop, year) = self.year_of_day(after).map_or((after, None), |y| (y.0, Some(y.1)));
                let first = self.resolve(month, day, year, i, stop);
                return Some(Found::new(stop, Value::DateRange(first, PartialDate { day: Some(last), ..first }), "date-span"));
            }
        }
        // "5 and 6 May": the month stands once, behind the last day.
        if lx.is_any(end, &["and", "or", ","])
            && let Some((last_end, last, _)) = self.day_number(end + 1).filter(|last| last.1 > day)
            && lx.is_digits(at)
            && lx.is_digits(end + 1)
            && last <= 31
            && let Some((after, month)) = self.month_here(last_end).filter(|_| self.month_written(last_end) && lx.capital(last_end))
        {
            let year = self.year_of_day(after).map(|y| y.1);
            return self.valid(Found::new(end, Value::Date(self.resolve(month, day, year, i, after)), "date-day"));
        }
        let mut month_at = end;
        if lx.is(month_at, "of") || (lx.is_hyphen(month_at) || lx.is_any(month_at, &["/", ".", ","])) && lx.glued(month_at) {
            month_at += 1;
        }
        if lx.is_any(month_at, &["of"]) {
            month_at += 1;
        }
        if let Some((after, month)) = self
            .month_here(month_at)
            .filter(|_| (self.month_written(month_at) || ordinal) && lx.atom(month_at).sentence == lx.atom(at).sentence)
            && Date::new(2000, month, day).is_ok()
        {
            let (stop, year) = self.year_of_day(after).map_or((after, None), |y| (y.0, Some(y.1)));
            return self.valid(Found::new(stop, Value::Date(self.resolve(month, day, year, i, stop)), "date-day"));
        }
        if !ordinal {
            return None;
        }
        self.day_of_period(i, end, day)
    }

    /// Cardinals as days stand only before a month: "twenty five January".
    fn spoken_day(&self, at: usize) -> Option<(usize, i8, bool)> {
        if !self.lx.is_word(at) || self.lx.is_any(at, &["a", "an"]) {
            return None;
        }
        let day = cardinal(self.lx, at).filter(|c| (1.0..=31.0).contains(&c.value))?;
        self.lx.month(day.end).filter(|_| self.month_written(day.end))?;
        Some((day.end, day.value as i8, false))
    }

    /// "May" and "march" behind a number need their capital: "24 may die".
    fn month_written(&self, i: usize) -> bool {
        self.lx.capital(i) || !self.lx.listed(i, "month-ambiguous") || self.year_behind(i + 1, true).is_some()
    }

    /// "The 21st", "the 21st of this month", "21st of next month".
    fn day_of_period(&self, i: usize, end: usize, day: i8) -> Option<Found> {
        let lx = self.lx;
        let today = self.today?;
        let at = if lx.is(end, "of") { end + 1 } else { end };
        let shift = match (lx.word(at), lx.word(at + 1)) {
            ("this" | "the", "month") => Some(0.0),
            ("next", "month") => Some(1.0),
            ("last", "month") => Some(-1.0),
            _ => None,
        };
        if let Some(shift) = shift {
            let month = calendar::add(Date::new(today.year(), today.month(), 1).ok()?, shift, super::Span::Month)?;
            return Date::new(month.year(), month.month(), day).ok().map(|d| Found::day(at + 2, d, "date-day"));
        }
        // Alone it needs "on the" and nothing that it could count.
        let lead = i.checked_sub(1)?;
        let alone = lx.is_break(end) || lx.is_any(end, &[".", ",", "!", "?", ";"]);
        (lx.is(i, "the") && lx.is(lead, "on") && alone && lx.is_digits(i + 1)).then_some(())?;
        let candidates = [-1.0, 0.0, 1.0].into_iter().filter_map(|shift| {
            let month = calendar::add(Date::new(today.year(), today.month(), 1).ok()?, shift, super::Span::Month)?;
            Date::new(month.year(), month.month(), day).ok()
        });
        let wanted = super::tense(lx, i, end);
        let best = candidates.filter(|d| match wanted {
            super::Tense::Future => *d >= today,
            _ => *d <= today,
        });
        let best = if wanted == super::Tense::Future { best.min() } else { best.max() };
        best.map(|d| Found::day(end, d, "date-day"))
    }

    /// "The 1990s", "the '90s", "the nineties", "nineteen nineties".
    pub(super) fn decade(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let mut at = if lx.is(i, "the") { i + 1 } else { i };
        let article = at > i;
        if lx.is_any(at, &["early", "mid", "late"]) {
            at = lx.skip_hyphen(at + 1);
        }
        let range = |end: usize, first: i16| Some(Found::new(end, Value::DateRange(year_only(first), year_only(first + 9)), "date-decade"));
        let s = |k: usize| {
            let k = if lx.is_apostrophe(k) && lx.glued(k) { k + 1 } else { k };
            (lx.is(k, "s") && lx.glued(k)).then_some(k + 1)
        };
        if let Some(year) = lx.plain(at, 4, 4).filter(|y| YEARS.contains(y) && y % 10 == 0)
            && let Some(end) = s(at + 1)
        {
            // "2010's" is a possessive as often as a decade; the years of hundred are centuries.
            return (!lx.is_apostrophe(at + 1) || article).then(|| range(end, year as i16)).flatten();
        }
        let apostrophe = lx.is_apostrophe(at);
        let two_at = if apostrophe { at + 1 } else { at };
        if let Some(two) = lx.plain(two_at, 2, 2).filter(|y| y % 10 == 0)
            && (apostrophe || article && two >= 50)
            && let Some(end) = s(two_at + 1)
        {
            return range(end, self.century(two));
        }
        let century = cardinal(lx, at).filter(|c| (10.0..=20.0).contains(&c.value) && !lx.is_digits(at));
        let word_at = century.as_ref().map_or(at, |c| lx.skip_hyphen(c.end));
        let tens = lx.role(word_at, |r| if let Role::Tens(x) = r { Some(*x) } else { None })?;
        match century {
            Some(c) => range(word_at + 1, (c.value * 100.0 + tens) as i16),
            None if article => range(word_at + 1, self.century(tens as u32)),
            None => None,
        }
    }

    /// "The 19th century", "the early twenty-first century", "a 19th-century chapel".
    pub(super) fn century_led(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let mut at = if lx.is(i, "the") { i + 1 } else { i };
        if lx.is_any(at, &["early", "mid", "late"]) {
            at = lx.skip_hyphen(at + 1);
        }
        let (end, number, ordinal) = self.day_number(at)?;
        let word = lx.skip_hyphen(end);
        let fits = ordinal && (1..=21).contains(&number) && lx.is_any(word, &["century", "centuries"]) && !lx.capital(word);
        let last = i16::from(number) * 100;
        fits.then(|| Found::new(word + 1, Value::DateRange(year_only(last - 99), year_only(last)), "date-century"))
    }

    /// "2014", "the year 2011", "cy18".
    pub(super) fn year(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let mut at = i;
        let mut named = false;
        if lx.is(at, "the") && lx.is(at + 1, "year") {
            at += 1;
        }
        if lx.is_any(at, &["calendar", "fiscal"]) && lx.is(at + 1, "year") {
            at += 1;
        }
        if lx.is_any(at, &["year", "cy"]) {
            named = true;
            if let Some(two) = lx.plain(at + 1, 2, 2).filter(|_| lx.is(at, "cy")) {
                return Some(Found::new(at + 2, Value::Date(year_only(self.century(two))), "date-year"));
            }
            at += 1;
        } else if lx.is(i, "the") {
            return None;
        }
        if named {
            let (end, year) = self.year_number(at)?;
            return Some(Found::new(end, Value::Date(year_only(year)), "date-year"));
        }
        if lx.is_word(at) && lx.listed(i.wrapping_sub(1), "spoken-year-lead") {
            let (end, year) = self.spoken_year(at).filter(|y| (1500..=2100).contains(&y.1))?;
            let alone = !lx.is_word(end) || lx.has(end, Role::Stop);
            return alone.then(|| Found::new(end, Value::Date(year_only(year)), "date-year"));
        }
        let year = lx.plain(at, 4, 4).filter(|y| YEARS.contains(y))?;
        let (end, _) = self.year_number(at)?;
        let before = i.checked_sub(1);
        let led = before.is_some_and(|k| lx.listed(k, "year-lead"))
            || before.is_some_and(|k| lx.is_hyphen(k) && lx.is_any(k.wrapping_sub(1), &["mid", "pre", "post", "late", "early"]));
        if lx.glued(i)
            && before.is_some_and(|k| lx.is_word(k) || lx.is_digits(k) || lx.is_any(k, &["$", "£", "€", "#", "/", "@", "_", "."]))
        {
            return None;
        }
        if before.is_some_and(|k| lx.has(k, Role::Label) && !lx.is(k, "season")) {
            return None;
        }
        // A noun in the plural behind it is what it counts, unless a preposition says that it is a year.
        let counts = lx.is_word(end)
            && !lx.capital(end)
            && (super::super::subject::counts_people(lx, end) || lx.span(end).is_some() || lx.scale(end).is_some());
        let recent = (1900..=2099).contains(&year);
        let counted = counts && !before.is_some_and(|k| lx.listed(k, "year-sure"));
        let measured =
            lx.is_any(end, &["%", "percent", "per"]) || self.lexicon.units.starting(lx, end).is_some() && !lx.is_any(end, &["in", "m"]);
        let fits = (led || recent) && !counted && !measured;
        fits.then(|| Found::new(end, Value::Date(year_only(year as i16)), "date-year"))
    }

    /// "Christmas", "last Easter", "Thanksgiving of 2016", "New Year's Day 2019".
    pub(super) fn holiday(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let (modifier, at) = match lx.word(i) {
            "last" | "previous" | "past" => (-1, i + 1),
            "next" | "following" | "coming" | "upcoming" => (1, i + 1),
            "this" => (2, i + if lx.is_any(i + 1, &["coming", "past"]) { 2 } else { 1 }),
            _ => (0, i),
        };
        let (end, rule) = self.lexicon.holidays.starting(lx, at)?;
        let today = self.today;
        let day = |year: i16| calendar::holiday(rule, year);
        // "A new year", "white monday mornings": names are written with capitals, in news at least.
        let sentence_lower = !lx.capital(at) && end <= at + 2 && lx.is(at, "new") && !lx.listed(i.wrapping_sub(1), "date-lead");
        if sentence_lower && modifier == 0 {
            return None;
        }
        if lx.listed(end, "holiday-compound") && modifier == 0 {
            return None;
        }
        if let Some((stop, year)) = self.year_behind(end, false).filter(|y| (1500..2200).contains(&y.1)).or_else(|| self.relative_year(end))
        {
            return day(year).map(|d| Found::day(stop, d, "date-holiday"));
        }
        let today = today?;
        let years = || (today.year() - 1..=today.year() + 1).filter_map(day);
        let date = match modifier {
            -1 => years().filter(|d| *d < today).max(),
            1 => years().filter(|d| *d > today).min(),
            2 => day(today.year()),
            _ => {
                let counted = lx.is_any(i.wrapping_sub(1), &["after", "before", "from", "until", "till"]);
                match super::tense(lx, i, end) {
                    super::Tense::Past if !counted => years().filter(|d| *d <= today).max(),
                    // Where no word tells, one that has just been is told of rather than the next.
                    super::Tense::Open if !counted => years()
                        .filter(|d| *d <= today && d.duration_since(today).as_hours() >= -24 * JUST_BEEN_DAYS)
                        .max()
                        .or_else(|| years().filter(|d| *d >= today).min()),
                    _ => years().filter(|d| *d >= today).min(),
                }
            }
        }?;
        Some(Found { value: Value::Date(full(date)), ..Found::day(end, date, "date-holiday") })
    }
}
