/// The letters of one input in capitals without accents, and where each came from.
///
/// `bytes` holds `A`–`Z`, `0`–`9`, ``PlaceName/lostLetter``, the UTF-8 of letters beyond Latin, and separators:
/// blank, `.`, `,`, `(`, `)`, `-`, `/`, `#` and ``ordinalMark``. Sixteen zero bytes follow, so that any word can be
/// loaded as two machine words.
struct FoldedSpelling: Sendable {
    /// Stands for `º`, `ª` or `°` behind a digit.
    static let ordinalMark: UInt8 = 0x01
    static let padding = 16

    /// Wherever a name is, no byte of it becomes more than two.
    private static let capacity = 2 * PlaceNameReader.longestInput + padding

    private(set) var bytes = [UInt8](repeating: 0, count: capacity)
    /// For each byte, and the end, its place in the input.
    private(set) var origins = [UInt16](repeating: 0, count: capacity)
    private(set) var count = 0
    private(set) var isRepaired = false
    private(set) var hasLostLetters = false
    private var characters = CharacterRepair()

    mutating func fold(_ text: UnsafeBufferPointer<UInt8>) {
        isRepaired = false
        hasLostLetters = false
        count = 0
        if !foldPlain(text) {
            count = 0
            characters.read(text)
            isRepaired = characters.isRepaired
            foldCharacters()
        }
        origins[count] = UInt16(truncatingIfNeeded: text.count)
        for index in count..<count + Self.padding { bytes[index] = 0 }
    }

    /// The last byte written, or a blank.
    private var last: UInt8 { count > 0 ? bytes[count - 1] : 0x20 }

    /// Folds text of ASCII characters that stand for themselves.
    /// - Returns: false where another character stands; then nothing is to be used.
    private mutating func foldPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count + Self.padding <= bytes.count else { return false }
        var written = 0
        let isPlain = Self.ascii.withUnsafeBufferPointer { ascii in
            bytes.withUnsafeMutableBufferPointer { bytes in
                origins.withUnsafeMutableBufferPointer { origins in
                    for index in text.indices {
                        let folded = ascii[Int(text[index])]
                        guard folded != Self.vanishes else { continue }
                        guard folded != Self.undecided else { return false }
                        bytes[written] = folded
                        origins[written] = UInt16(truncatingIfNeeded: index)
                        written += 1
                    }
                    return true
                }
            }
        }
        count = written
        return isPlain
    }

    private mutating func foldCharacters() {
        for index in characters.scalars.indices {
            let scalar = characters.scalars[index]
            let origin = characters.origins[index]
            if scalar < 0x80 {
                switch Self.ascii[Int(scalar)] {
                case Self.vanishes: continue
                case _ where scalar == 0x26: put("Y", origin)  // &
                case Self.undecided: putLost(at: index, origin)
                case let folded: put(folded, origin)
                }
            } else {
                foldBeyondASCII(scalar, at: index, origin)
            }
        }
    }

    private mutating func foldBeyondASCII(_ scalar: UInt32, at index: Int, _ origin: UInt16) {
        switch scalar {
        case 0xAA: putOrdinal(else: UInt8(ascii: "A"), origin)  // ª
        case 0xB0, 0xBA, 0x2DA: putOrdinal(else: UInt8(ascii: "O"), origin)  // ° º ˚
        case 0xAD, 0xB4, 0x300...0x36F, 0x200B...0x200F, 0x2018, 0x2019, 0xFE00...0xFE0F, 0xFEFF: return
        case 0xC6, 0xE6: put("AE", origin)
        case 0xDE, 0xFE: put("TH", origin)
        case 0xDF: put("SS", origin)
        case 0xD7, 0xF7, 0x80...0xBF: put(0x20, origin)
        case 0x152, 0x153: put("OE", origin)
        case 0xC0...0xFF: put(Self.latin1[Int(scalar - 0xC0) % 32], origin)
        case 0x100...0x17F: put(Self.extendedA[Int(scalar - 0x100)], origin)
        case 0x2010...0x2015, 0x2212: put(UInt8(ascii: "-"), origin)
        case CharacterRepair.lost: putLost(at: index, origin)
        case 0x2000...0x2BFF, 0x3000...0x303F: put(0x20, origin)
        default: for byte in Character(Unicode.Scalar(scalar) ?? " ").utf8 { put(byte, origin) }
        }
    }

    private mutating func put(_ byte: UInt8, _ origin: UInt16) {
        guard count + Self.padding < bytes.count else { return }
        bytes[count] = byte
        origins[count] = origin
        count += 1
    }

    private mutating func put(_ letters: StaticString, _ origin: UInt16) {
        for index in 0..<letters.utf8CodeUnitCount { put(letters.utf8Start[index], origin) }
    }

    /// An ordinal mark counts behind a number (`1º`, `2 °`); behind a letter it is one (`Nº`, `Mª`).
    private mutating func putOrdinal(else letter: UInt8, _ origin: UInt16) {
        put(Self.isLetter(last) ? letter : Self.ordinalMark, origin)
    }

    /// A question mark is a lost letter where it touches a letter; else it is punctuation.
    private mutating func putLost(at index: Int, _ origin: UInt16) {
        if last == PlaceName.lostLetter { return }
        let next = index + 1 < characters.scalars.count ? characters.scalars[index + 1] : 0x20
        let nextIsLetter = next < 0x80 ? Self.isLetter(Self.ascii[Int(next)]) : (0xC0...0x17F).contains(next)
        let isLost = Self.isLetter(last) || nextIsLetter
        put(isLost ? PlaceName.lostLetter : 0x20, origin)
        if isLost { hasLostLetters = true }
    }

    static func isLetter(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    /// Part of a word: letter, digit, lost letter, or a letter beyond Latin.
    static func isWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == PlaceName.lostLetter || byte >= 0x80
    }

    private static let vanishes: UInt8 = 0
    /// Needs the slow way: beyond ASCII, `&` and `?`.
    private static let undecided: UInt8 = 0xFF

    private static let ascii: [UInt8] = (0..<256).map { value in
        let byte = UInt8(truncatingIfNeeded: value)
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): return byte & 0xDF
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): return byte
        case UInt8(ascii: "'"), UInt8(ascii: "`"): return vanishes
        case UInt8(ascii: "&"), UInt8(ascii: "?"), 0x1A, 0x80...0xFF: return undecided
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): return UInt8(ascii: "(")
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return UInt8(ascii: ")")
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"): return UInt8(ascii: ",")
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "#"): return byte
        default: return 0x20
        }
    }

    /// Base letters of U+00C0–U+00DF; lower case stands 32 later.
    private static let latin1 = Array("AAAAAAACEEEEIIIIDNOOOOO_OUUUUY__".utf8)
    /// Base letters of U+0100–U+017F.
    private static let extendedA = Array(
        ("AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNN"
            + "OOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS").utf8)
}
