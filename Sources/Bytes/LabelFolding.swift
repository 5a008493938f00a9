/// Folds a label so that spellings of the same words compare equal: `Gustavo A. Madero` is `GUSTAVO A MADERO`.
///
/// Letters become upper case and lose their accents (Ñ becomes N). Apostrophes and the ordinal marks `º ª °`
/// vanish. Other punctuation, underscores and blanks become one blank between words. Letters beyond Latin stay as they
/// are. Names that differ in words or abbreviations (`STA` and `SANTA`) stay different: that is the gazetteer's work.
public enum LabelFolding {
    /// The folded form of UTF-8 text. Bytes that are no UTF-8 are kept.
    /// - Complexity: O(length).
    public static func fold(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.count)
        var needsBlank = false
        func put(_ byte: UInt8) {
            if needsBlank, !folded.isEmpty { folded.append(0x20) }
            needsBlank = false
            folded.append(byte)
        }
        var index = 0
        while index < text.count {
            let byte = text[index]
            let following = index + 1 < text.count ? text[index + 1] : 0
            index += 1
            if byte < 0x80 {
                switch ascii(byte) {
                case vanishes: continue
                case blank: needsBlank = true
                case let letter: put(letter)
                }
            } else if (0xC2...0xC5).contains(byte), following & 0xC0 == 0x80 {
                index += 1
                latin(lead: byte, trail: following, put: put) { needsBlank = true }
            } else if byte == 0xCC || (byte == 0xCD && following < 0xB0), following & 0xC0 == 0x80 {
                index += 1  // a combining accent
            } else if byte == 0xE2, following == 0x80, index + 1 < text.count {
                // General punctuation: typographic apostrophes vanish, dashes, quotes and odd blanks separate.
                let last = text[index + 1]
                index += 2
                if last != 0x98 && last != 0x99 { needsBlank = true }
            } else {
                put(byte)
            }
        }
        return folded
    }

    /// The folded form of a text.
    public static func fold(_ text: String) -> String {
        var text = text
        return text.withUTF8 { String(decoding: fold($0), as: UTF8.self) }
    }

    private static let vanishes: UInt8 = 0
    private static let blank: UInt8 = 0x20

    private static func ascii(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xDF
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "'"), UInt8(ascii: "`"): vanishes
        default: blank
        }
    }

    /// U+0080–U+017F, in two bytes.
    private static func latin(lead: UInt8, trail: UInt8, put: (UInt8) -> Void, separate: () -> Void) {
        let scalar = Int(lead & 0x1F) << 6 | Int(trail & 0x3F)
        switch scalar {
        case 0xAA, 0xB0, 0xB4, 0xBA: return  // ª ° ´ º
        case 0x80..<0xC0, 0xD7, 0xF7: separate()
        case 0xC6, 0xE6: letters("AE", put)
        case 0xDE, 0xFE: letters("TH", put)
        case 0xDF: letters("SS", put)
        case 0xFF: put(UInt8(ascii: "Y"))
        case 0x132, 0x133: letters("IJ", put)
        case 0x152, 0x153: letters("OE", put)
        case 0xC0...0xFF: put(latin1[(scalar - 0xC0) % 32])
        default: put(extendedA[scalar - 0x100])
        }
    }

    private static func letters(_ text: StaticString, _ put: (UInt8) -> Void) {
        for index in 0..<text.utf8CodeUnitCount { put(text.utf8Start[index]) }
    }

    /// Base letters of U+00C0–U+00DF; lower case stands 32 later. Æ, × and Þ are answered before.
    private static let latin1 = Array("AAAAAAACEEEEIIIIDNOOOOO_OUUUUY__".utf8)
    /// Base letters of U+0100–U+017F. Digraphs are answered before.
    private static let extendedA = Array(
        ("AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNN"
            + "OOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS").utf8)
}
