//! What `--explain` prints of a whole article.

use parallax::analysis::Version;
use parallax::extract::explain::explain;
use parallax::source::{self, Hints};

const ARTICLE: &str = "\
HARBOUR POST

Levee Breaks at Tarn Valley

By Jane Holt
13 April 2021

TARN VALLEY (Reuters) - At least 12 people were hurt when the levee broke on Monday at 0830, the Tarn Water Board said.

“We asked for a new wall,” said Mayor Ilse Brandt, 61. It would have cost $35m and taken two to three years.

Sign up for our newsletter
";

#[test]
fn a_whole_article_is_explained() {
    let sources = source::read(ARTICLE.as_bytes(), &Hints::default()).expect("an article");
    let version = Version::read(&sources[0]);
    insta::assert_snapshot!(explain(&version.document, &version.extract), @r#"
[headline]
Levee Breaks at Tarn Valley
                ^^^^^^^^^^^ place Tarn Valley · place-ending

TARN VALLEY (Reuters) - At least 12 people were hurt when the levee broke on Monday at 0830, the Tarn Water Board said.
                        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~  ==================== ---- indirect · the Tarn Water Board = Tarn Water Board · said (neutral) · trailing
^^^^^^^^^^^ place TARN VALLEY · place-ending
             ^^^^^^^ organisation Reuters · organisation-known
                        ^^^^^^^^^^^ number 12 (at-least) of injured · number
                                                                             ^^^^^^ date 2021-04-12 · date-weekday
                                                                                       ^^^^ time 08:30:00 · time
                                                                                                 ^^^^^^^^^^^^^^^^ organisation Tarn Water Board · organisation-ending

“We asked for a new wall,” said Mayor Ilse Brandt, 61.
 ~~~~~~~~~~~~~~~~~~~~~~~~  ---- ================= direct · Mayor Ilse Brandt = Ilse Brandt · said (neutral) · after-inverted
                                      ^^^^^^^^^^^ person Ilse Brandt of mayor · person-title
                                                   ^^ age 61 year · age-apposition

It would have cost $35m and taken two to three years.
                   ^^^^ money 35000000 USD · money-sign
                                  ^^^^^^^^^^^^^^^^^^ duration P2Y to 94608000 s (between) · duration
"#);
}
