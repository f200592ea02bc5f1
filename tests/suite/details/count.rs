//! Counts and what they count; results and votes.

use super::check;

#[test]
fn what_is_counted() {
    check("At least 12 people were killed.", &["At least 12 = number 12 at-least of dead"]);
    check("The blast killed 12 people.", &["12 = number 12 of dead"]);
    check("The storm killed nearly 40.", &["nearly 40 = number 40 nearly of dead"]);
    check("The death toll rose to 15.", &["15 = number 15 of dead"]);
    check("It left 12 dead and 40 others wounded.", &["12 = number 12 of dead", "40 = number 40 of injured"]);
    check("Three soldiers were killed.", &["Three = number 3 of dead soldier"]);
    check("About 35,000 river pilots who work there", &["About 35,000 = number 35000 about of pilot"]);
    check("Two police officers arrived.", &["Two = number 2 of officer"]);
    check("A three-member panel met.", &["three = number 3 of member"]);
    check("some 200 ferries and 40 buses", &["some 200 = number 200 about of ferry", "40 = number 40 of bus"]);
    check("Dozens of families fled.", &["Dozens = number 24..120 about of family"]);
    check("tens of thousands of voters", &["tens of thousands = number 20000..99000 about of voter"]);
    check("Several hundred farmers marched.", &["Several hundred = number 300..900 about of farmer"]);
    check("Only one person survived.", &["one = number 1 of person"]);
    check("The 45th minister took office.", &["45th = number 45 of nth minister"]);
}

#[test]
fn results_and_votes() {
    check("Harlow won 3-2.", &["3 = number 3 of score", "2 = number 2 of score against"]);
    check("Harlow lost 2-3.", &["2 = number 2 of score against", "3 = number 3 of score"]);
    check("The council voted 52 to 48.", &["52 = number 52 of vote", "48 = number 48 of vote against"]);
}

#[test]
fn lives_and_losses() {
    check("He mourned the deaths of two sailors.", &["two = number 2 of dead sailor"]);
    check("It claimed 12 lives.", &["12 = number 12 of dead"]);
    check("The collapse took nine lives.", &["nine = number 9 of dead"]);
    check("Twelve people, including three children, were killed.", &["Twelve = number 12 of dead", "three = number 3 of child"]);
    check("A man and two women died.", &["two = number 2 of dead woman"]);
    check("Police made 14 arrests.", &["14 = number 14 of arrested"]);
    check("There were 12 of them, 7 missing.", &["12 = number 12", "7 = number 7 of missing"]);
}

#[test]
fn states_told_without_a_noun() {
    check("Three died and four were hurt.", &["Three = number 3 of dead", "four = number 4 of injured"]);
    check("Four of them were killed.", &["Four = number 4 of dead"]);
    check("Two of them teenagers", &["Two = number 2 of teenager"]);
    check("Nine people suffered minor injuries.", &["Nine = number 9 of injured"]);
    check("Six walkers were treated for slight wounds.", &["Six = number 6 of injured walker"]);
    check("Some 30 sailors lost their lives.", &["Some 30 = number 30 about of dead sailor"]);
    check("It led to the evacuation of 214 people.", &["214 = number 214 of evacuated"]);
    check("Four people with missing relatives came.", &["Four = number 4 of person"]);
    check("Two dead, five hurt.", &["Two = number 2 of dead", "five = number 5 of injured"]);
    check("The fire left nine dead.", &["nine = number 9 of dead"]);
    check("The toll climbed from 12 to 19.", &["12 = number 12 of dead", "19 = number 19 of dead"]);
    check("Officials said four were missing.", &["four = number 4 of missing"]);
}

#[test]
fn parts_of_a_whole_name_it() {
    check("nine of the 10 pumps", &["nine = number 9 of pump", "10 = number 10 of pump"]);
    check("half the village", &["half = number 0.5 of village"]);
    check("nearly half of the town", &["nearly half = number 0.5 nearly of town"]);
    check("a third of residents", &["a third = number 0.333333 of resident"]);
    check("two-thirds of registered voters", &["two-thirds = number 0.666667 of voter"]);
    check("more than half of his medical advice is old", &["more than half = number 0.5 more-than of advice"]);
    check("half of Orla Venn's voters", &["half = number 0.5 of voter"]);
    check("half of Ruritania's exports", &["half = number 0.5 of export"]);
    check("two little-known local radio presenters", &["two = number 2 of presenter"]);
    check("half of them", &["half = number 0.5"]);
    check("one in five homes", &["one in five = number 0.2 of home"]);
}

#[test]
fn votes_with_their_word_between() {
    check("It failed 48 votes to 52.", &["48 = number 48 of vote against", "52 = number 52 of vote"]);
    check("by 52 votes to 48", &["52 = number 52 of vote", "48 = number 48 of vote against"]);
    check("The judges ruled 6-3.", &["6 = number 6 of vote", "3 = number 3 of vote against"]);
    check("Harlow beat Tarn 3-1 at home.", &["3 = number 3 of score", "1 = number 1 of score against"]);
    check("A 2-2 draw", &["2 = number 2 of score", "2 = number 2 of score against"]);
}

#[test]
fn ordinals_where_they_count() {
    check("the third such fire", &["third = number 3 of nth fire"]);
    check("its 12th victim", &["12th = number 12 of nth victim"]);
    check("her fourth term", &["fourth = number 4 of nth term"]);
    check("the third strike in a year", &["third = number 3 of nth strike", "a year = duration P1Y"]);
}
