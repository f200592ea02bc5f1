//! Money.

use super::{check, values};
use parallax::extract::DetailKind;

#[test]
fn money() {
    values(
        DetailKind::Money,
        &[
            ("a $35m deal", "35000000"),
            ("US$ 150 million", "150000000"),
            ("C$ 2.5 billion", "2500000000"),
            ("$ 20 , 000", "20"),
            ("£4,200", "4200"),
            ("EUR 300", "300"),
            ("300EUR", "300"),
            ("Rs. 500", "500"),
            ("rmb 25", "25"),
            ("25 rmb", "25"),
            ("35 million dollars", "35000000"),
            ("600 million Swedish kronor", "600000000"),
            ("a quarter million euros", "250000"),
            ("fourteen dollars and thirty-five cents", "14.35"),
            ("7 dollars 20 cents", "7.2"),
            ("70 cents", "70"),
            ("145 pence", "145"),
            ("9 $", "9"),
            ("9 lakh rupees", "900000"),
            ("$5-7 million", "5000000..7000000"),
            ("$5 million to $7 million", "5000000..7000000"),
            ("between €10 and €15", "10..15"),
            ("millions of dollars", "2000000..10000000"),
            ("he was fined 500 pounds", "500"),
        ],
    );
    check("It weighed 40 pounds.", &["40 pounds = number 40 lb"]);
    check("His team won 12 of them.", &["12 = number 12"]);
    check("50 cents", &["50 cents = money 50 USD/100"]);
}

#[test]
fn money_in_other_notations() {
    values(
        DetailKind::Money,
        &[
            ("$78m", "78000000"),
            ("a $78-million plan", "78000000"),
            ("$1.9tn", "1900000000000"),
            ("€1,5 million", "1500000"),
            ("€1,500", "1500"),
            ("$1bn-plus", "1000000000"),
            ("between 5 and 7 million dollars", "5000000..7000000"),
            ("100,000 won", "100000"),
            ("a 10-dollar bill", "10"),
            ("a 99p fee", "99"),
            ("Shares fell to 212.5p.", "212.5"),
        ],
    );
}
