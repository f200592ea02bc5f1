//! Bytes in the encodings of the world, with nothing that names them.

use parallax::source::{self, Hints};

/// What a text gives when its file is in an encoding that it does not name.
#[test]
fn an_encoding_is_told_from_the_bytes() {
    let english = "The council said the repair would cost £85,000, and that all of it had been paid for by the company that built the \
                   bridge. It was the first time that such a thing had been done there.\n";
    let polish = "Rada miejska powiedziała, że naprawa mostu będzie kosztować osiemdziesiąt pięć tysięcy złotych i że pieniądze są już \
                  zapewnione. Mieszkańcy śródmieścia czekają na nią od ośmiu lat.\n";
    let czech = "Městská rada oznámila, že oprava mostu bude stát osmdesát pět tisíc korun a že peníze už jsou zajištěny. Obyvatelé \
                 čtvrti na ni čekají osm let.\n";
    let russian = "Городской совет сообщил, что ремонт моста обойдётся в восемьдесят пять тысяч рублей и что деньги уже выделены.\n";
    let greek = "Το δημοτικό συμβούλιο ανακοίνωσε ότι η επισκευή της γέφυρας θα κοστίσει ογδόντα πέντε χιλιάδες ευρώ.\n";
    let german = "Der Stadtrat erklärte, die Reparatur der Brücke werde fünfundachtzigtausend Euro kosten, das Geld dafür sei längst da.\n";
    let japanese = "市議会は、橋の修理には八万五千ユーロかかり、その費用はすでに確保されていると発表した。\n";
    let chinese = "市议会表示，修桥需要八万五千欧元，这笔钱已经到位。居民们已经等了八年。\n";
    use encoding_rs::{GBK, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253};
    let read = |bytes: &[u8]| source::read(bytes, &Hints::default()).expect("an article").remove(0);
    for (text, encoding) in [
        (english.to_owned(), WINDOWS_1252),
        (english.replace("£85,000", "£1.2m (€1.4m)"), WINDOWS_1252),
        (english.replace("The council", "“Zoë’s café” – the council’s"), WINDOWS_1252),
        (english.replace("£85,000", "3°C more"), WINDOWS_1252),
        (english.replace("the company", "Łukasz Wałęsa’s company").replace('£', "€"), WINDOWS_1250),
        (english.replace("£", "€").replace("the company", "Иван Петров, the owner of Мостострой,"), WINDOWS_1251),
        (polish.repeat(3), WINDOWS_1250),
        (czech.repeat(3), WINDOWS_1250),
        (russian.repeat(3), WINDOWS_1251),
        (greek.repeat(3), WINDOWS_1253),
        (german.repeat(3), WINDOWS_1252),
        (japanese.repeat(3), SHIFT_JIS),
        (chinese.repeat(3), GBK),
    ] {
        let (bytes, _, unmapped) = encoding.encode(&text);
        assert!(!unmapped, "{text}");
        assert_eq!(read(&bytes).text, text, "{}", encoding.name());
    }
    for text in [english, polish, japanese] {
        let bytes: Vec<u8> =
            ['\u{feff}'].into_iter().chain(text.chars()).collect::<String>().encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&bytes).text, text);
    }
}

#[test]
fn encodings_are_told() {
    let text = "Café closes\n\nThe café on the quay closed on Friday, “for good”, its owner Zoë Marchetti said. It’s over.";
    let read = |bytes: &[u8]| source::read(bytes, &Hints::default()).expect("an article").remove(0);
    assert_eq!(read(text.as_bytes()).text, text);
    let mut bom = b"\xef\xbb\xbf".to_vec();
    bom.extend(text.as_bytes());
    assert_eq!(read(&bom).text, text);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&utf16).text, text);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&utf16).text, text);
    let windows = read(&encoding_rs::WINDOWS_1252.encode(text).0);
    assert_eq!(windows.text, text);
    assert!(windows.notes[0].text.contains("windows-1252"));
    let twice: String = text.bytes().map(|b| encoding_rs::WINDOWS_1252.decode(&[b]).0.into_owned()).collect();
    let repaired = read(twice.as_bytes());
    assert_eq!(repaired.text, text);
    assert!(repaired.notes[0].text.contains("repaired"));
}
