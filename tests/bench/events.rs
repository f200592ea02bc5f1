//! Events of any size in our own wording, with planted differences, the same for the same seed.

use parallax::source::{Hints, Source, read};

/// A small generator of pseudo-random numbers (xorshift64*): the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const PLACES: &[&str] = &[
    "Lowmere",
    "Aldbury",
    "Castle Rook",
    "Sanderby",
    "Tarnholm",
    "Westrey",
    "Ostwick",
    "Brackenford",
    "Mirefield",
    "Northolm",
    "Quay Street",
    "Harrow Sound",
    "Elmstead",
    "Port Varn",
    "Greyhaven",
    "Stonebeck",
];
const PEOPLE: &[&str] = &[
    "Maria Oduya",
    "Tomas Brandt",
    "Ellen Farrow",
    "Jin Watanabe",
    "Rosa Delgado",
    "Peter Lindqvist",
    "Amina Yusuf",
    "Colin Marsh",
    "Greta Holm",
    "Samuel Achebe",
    "Nora Keane",
    "Victor Pell",
    "Ines Carvalho",
    "Hugo Stern",
    "Leila Haddad",
    "Owen Price",
];
const ROLES: &[&str] = &["mayor", "fire chief", "engineer", "shop owner", "harbour master", "police spokesman", "teacher", "nurse"];
const THINGS: &[&str] = &[
    "houses",
    "boats",
    "trees",
    "schools",
    "cars",
    "bridges",
    "power lines",
    "families",
    "shops",
    "greenhouses",
    "ferries",
    "cranes",
    "wells",
    "barns",
    "buses",
    "clinics",
];
const DONE: &[(&str, &str)] = &[
    ("were damaged", "suffered damage"),
    ("were closed", "had to shut"),
    ("were flooded", "stood under water"),
    ("were cut off", "could not be reached"),
    ("were repaired", "are working again"),
    ("were inspected", "had an inspection"),
    ("were evacuated", "had to be cleared"),
    ("were insured", "had cover"),
];
const SAYINGS: &[&str] = &[
    "We have never seen the water rise so fast, and nobody told us what to do",
    "The wall was built for another century and it broke like bread",
    "People carried what they could and left the rest to the river",
    "It will take years before this street looks like a street again",
    "The pumps ran all night but the sea had more patience",
    "I counted the boats twice and could not believe the number",
    "Our neighbours opened their doors before anybody had to ask",
    "The warning came an hour after the first cellar had filled",
];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/// One event of `versions` articles of about `sentences` sentences each, as plain texts with a head.
pub fn texts(versions: usize, sentences: usize, seed: u64) -> Vec<String> {
    let mut dice = Dice::new(seed);
    let facts: Vec<[usize; 8]> = (0..sentences).map(|_| std::array::from_fn(|_| dice.below(10_000))).collect();
    (0..versions)
        .map(|v| {
            let mut dice = Dice::new(seed ^ ((v as u64 + 1) << 32));
            let mut text = format!(
                "Storm leaves {} counting the cost\n\nOutlet: Outlet {v}\nPublished: 2024-03-{:02}\n\n",
                PLACES[seed as usize % PLACES.len()],
                12 + v % 3
            );
            let mut order: Vec<usize> = (0..sentences).collect();
            for _ in 0..sentences / 8 {
                let (a, b) = (dice.below(sentences), dice.below(sentences));
                order.swap(a, b);
            }
            for (n, &i) in order.iter().enumerate() {
                // One report in eight is left out, so that versions differ in what they tell.
                if dice.below(8) == 0 {
                    continue;
                }
                text.push_str(&sentence(i, &facts[i], &mut dice));
                text.push_str(if n % 3 == 2 { "\n\n" } else { " " });
            }
            text
        })
        .collect()
}

fn sentence(i: usize, fact: &[usize; 8], dice: &mut Dice) -> String {
    let place = PLACES[fact[0] % PLACES.len()];
    let person = PEOPLE[fact[1] % PEOPLE.len()];
    let role = ROLES[fact[2] % ROLES.len()];
    let thing = THINGS[fact[3] % THINGS.len()];
    let done = DONE[fact[4] % DONE.len()];
    let day = DAYS[fact[5] % DAYS.len()];
    // One value in ten differs from the others'.
    let number = fact[6] % 900 + 20 + if dice.below(10) == 0 { 7 } else { 0 };
    let code = format!("section {}{}", (b'A' + (i % 26) as u8) as char, i / 26 + 2);
    match fact[7] % 4 {
        0 => match dice.below(2) {
            0 => format!("In {place}, {number} {thing} in {code} {} on {day}.", done.0),
            _ => format!("{number} {thing} in {code} of {place} {} on {day}.", done.1),
        },
        1 => {
            let saying = SAYINGS[(fact[6] + i) % SAYINGS.len()];
            let verb = dice.pick(&["said", "told reporters", "admitted"]);
            format!("“{saying} in {code},” {verb} {person}, a {role} from {place}.")
        }
        2 => format!(
            "{person}, the {role} of {place}, {} {number} {thing} from {code} by {day}.",
            dice.pick(&["promised to replace", "wants to rebuild", "will bring back"])
        ),
        _ => match dice.below(2) {
            0 => format!("The repair of {code} in {place} will cost ${number} million, {person} said."),
            _ => format!("{person} put the cost of repairing {code} in {place} at {number} million dollars."),
        },
    }
}

/// The same as sources, read.
#[allow(dead_code, reason = "not every bench that includes this file reads sources")]
pub fn sources(versions: usize, sentences: usize, seed: u64) -> Vec<Source> {
    texts(versions, sentences, seed)
        .iter()
        .enumerate()
        .flat_map(|(i, text)| {
            let hints = Hints { path: format!("outlet-{i}.txt"), ..Hints::default() };
            read(text.as_bytes(), &hints).expect("a generated text is an article")
        })
        .collect()
}
