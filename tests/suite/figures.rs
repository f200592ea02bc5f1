//! Figures of languages other than English: what is read out of digits, with each language's marks, months and money.

use super::story;
use parallax::analysis::Version;
use parallax::extract::{Qualifier, Value};

/// What is read out of a sentence: `words = value`, with the unit and how exact it is where it is not plain.
fn read(language: &str, text: &str) -> String {
    let mut source = story::source("Outlet", "2026-03-05", &["-", text]);
    source.meta.language = Some(language.to_owned());
    let version = Version::read(&source);
    assert_eq!(version.document.language, language, "{text}");
    let details = version.extract.details.iter().map(|d| {
        let value = match &d.value {
            Value::Number(x) => x.to_string(),
            Value::Range(a, b) => format!("{a}..{b}"),
            Value::Date(date) => date.to_string(),
            Value::Time(time, _) => format!("{:02}:{:02}", time.hour(), time.minute()),
            other => format!("{other:?}"),
        };
        let unit = d.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
        let exact =
            if matches!(d.qualifier, Qualifier::Exact | Qualifier::Between) { String::new() } else { format!(" ({:?})", d.qualifier) };
        format!("{} = {value}{unit}{exact}", version.slice(d.range))
    });
    details.collect::<Vec<_>>().join("; ")
}

fn check(language: &str, text: &str, expected: &str) {
    assert_eq!(read(language, text), expected, "{language}: {text}");
}

#[test]
fn marks_inside_of_figures_are_those_of_the_language() {
    check("de", "Es waren 1.234,5 Tonnen.", "1.234,5 = 1234.5");
    check("de", "Es waren 12.450 und 3,5 und 7.", "12.450 = 12450; 3,5 = 3.5; 7 = 7");
    check("fr", "Il y avait 1 234,5 tonnes et 12\u{202f}450 foyers.", "1 234,5 = 1234.5; 12\u{202f}450 = 12450");
    check("it", "Erano 1’234’567 in 3.000 case.", "1’234’567 = 1234567; 3.000 = 3000");
    check("he", "היו 1,234.5 טונות ו-12,450 בתים.", "1,234.5 = 1234.5; 12,450 = 12450");
    check("ar", "كان هناك ١٬٢٣٤٫٥ طن و12,450 بيتا.", "١٬٢٣٤٫٥ = 1234.5; 12,450 = 12450");
    check("hi", "वहाँ १,२३,४५६ घर और 12,34,567 लोग थे।", "१,२३,४५६ = 123456; 12,34,567 = 1234567");
    check("zh", "共有１２，３４５户，即12,345户。", "１２ = 12; ３４５ = 345; 12,345 = 12345");
    check("sv", "Det var 12.450 hus, 3,5 ton och 1 234 personer.", "12.450 = 12450; 3,5 = 3.5; 1 234 = 1234");
}

#[test]
fn words_multiply_figures() {
    check("de", "2,5 Millionen und 3 Mrd. und 40 Tsd. Leute", "2,5 Millionen = 2500000; 3 Mrd. = 3000000000; 40 Tsd = 40000");
    check("ru", "2,5 млн человек и 40 тыс. домов", "2,5 млн = 2500000; 40 тыс. = 40000");
    check("ja", "1億2000万人と1万2450世帯、3千人", "1億2000万 = 120000000; 1万2450 = 12450; 3千 = 3000");
    check("zh", "250万人，1.5亿人", "250万 = 2500000; 1.5亿 = 150000000");
    check("ko", "1만2450가구와 3천 명", "1만2450 = 12450; 3천 = 3000");
    check("hi", "25 लाख लोग और 3 करोड़ घर", "25 लाख = 2500000; 3 करोड़ = 30000000");
    check("ar", "2 مليون و40 ألف", "2 مليون = 2000000; 40 ألف = 40000");
}

#[test]
fn money_and_shares_have_their_units() {
    check("fr", "2,5 millions d’euros, 30 € et 12,5 % des foyers", "2,5 millions d’euros = 2500000 EUR; 30 € = 30 EUR; 12,5 % = 12.5 %");
    check("pt", "R$ 1.250,50 e 3 milhões de reais", "R$ 1.250,50 = 1250.5 BRL; 3 milhões de reais = 3000000 BRL");
    check("de", "30 EUR, CHF 40 und 5 USD", "30 EUR = 30 EUR; CHF 40 = 40 CHF; 5 USD = 5 USD");
    check("pl", "2 500 zł i 40 proc. mieszkań", "2 500 zł = 2500 PLN; 40 proc = 40 %");
    check("ja", "250万円と￥300、15パーセント", "250万円 = 2500000 JPY; ￥300 = 300 JPY; 15パーセント = 15 %");
    check("ko", "250만 원과 15%", "250만 원 = 2500000 KRW; 15% = 15 %");
}

#[test]
fn dates_and_times_are_told_from_figures() {
    check(
        "de",
        "Am 3. März 2026, am 17. April und am 03.03.2026 um 14:30 Uhr",
        "3. März 2026 = 2026-03-03; 17. April = 2026-04-17; 03.03.2026 = 2026-03-03; 14:30 Uhr = 14:30",
    );
    check("es", "el 3 de marzo de 2026 a las 14:30", "3 de marzo de 2026 = 2026-03-03; 14:30 = 14:30");
    check("fr", "le 1er mars 2026 à 14h30 et à 9h", "1er mars 2026 = 2026-03-01; 14h30 = 14:30; 9h = 09:00");
    check("ar", "في 3 كانون الثاني 2026", "3 كانون الثاني 2026 = 2026-01-03");
    check("ja", "2026年3月3日の14時30分、3時間、4月17日", "2026年3月3日 = 2026-03-03; 14時30分 = 14:30; 3 = 3; 4月17日 = 2026-04-17");
    check("ko", "2026년 3월 3일 오후 2시 30분, 3시간", "2026년 3월 3일 = 2026-03-03; 2시 30분 = 02:30; 3 = 3");
    check(
        "de",
        "Am 31.02.2026 und am 99.99.2026 kamen 4711 Leute, 2019 kamen 10–15.",
        "31 = 31; 02 = 2; 2026 = 2026; 99 = 99; 99 = 99; 2026 = 2026; 4711 = 4711; 2019 = 2019; 10–15 = 10..15",
    );
    check("de", "Der A380 und COVID-19 sind keine Zahlen.", "");
}

#[test]
fn words_before_a_figure_say_how_exact_it_is() {
    check("de", "rund 30, mindestens 12, mehr als 5", "rund 30 = 30 (About); mindestens 12 = 12 (AtLeast); mehr als 5 = 5 (MoreThan)");
    check("ru", "не менее 12, менее 5", "не менее 12 = 12 (AtLeast); менее 5 = 5 (LessThan)");
    check("ja", "約30人、少なくとも12人", "約30 = 30 (About); 少なくとも12 = 12 (AtLeast)");
    check("es", "cerca de 30", "cerca de 30 = 30 (About)");
}
