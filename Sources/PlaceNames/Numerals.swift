/// Numbers as place names write them.
enum Numerals {
    /// The value of a Roman numeral of two letters or more, of `I`, `V` and `X` only. Single letters are decided by
    /// their place in the name; `L`, `C`, `D`, `M` make too many words (`CD`, `MI`, `LI`).
    static func roman(_ word: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        guard (2...7).contains(word.count) else { return nil }
        var value: Int32 = 0
        var last: Int32 = 0
        for index in word.reversed() {
            guard index < bytes.count, let digit = roman(bytes[index]) else { return nil }
            value += digit < last ? -digit : digit
            last = max(last, digit)
        }
        // Only the one correct spelling is a numeral: `IIX` is a word.
        guard value > 0, spells(value, word, bytes) else { return nil }
        return value
    }

    /// The value of the single letters that can be numerals.
    static func roman(_ letter: UInt8) -> Int32? {
        switch letter {
        case UInt8(ascii: "I"): 1
        case UInt8(ascii: "V"): 5
        case UInt8(ascii: "X"): 10
        default: nil
        }
    }

    private static func spells(_ value: Int32, _ word: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value < 40 else { return false }
        var index = word.lowerBound
        func take(_ letters: StaticString) -> Bool {
            for offset in 0..<letters.utf8CodeUnitCount {
                guard index < word.upperBound, bytes[index] == letters.utf8Start[offset] else { return false }
                index += 1
            }
            return true
        }
        for _ in 0..<(value / 10) where !take("X") { return false }
        return take(ones[Int(value % 10)]) && index == word.upperBound
    }

    private static let ones: [StaticString] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]

    /// The value of up to nine digits, else −1.
    static func value(_ digits: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        guard digits.count <= 9 else { return -1 }
        var value: Int32 = 0
        for index in digits { value = value * 10 + Int32(bytes[index] &- 0x30) }
        return value
    }

    /// The end of an ordinal ending that touches digits (`2DA`, `1ER`, `3ERA`), also where the next word was glued on
    /// (`4TOSECTOR`, `1ERY2DO`).
    static func ordinalEnding(behind start: Int, in bytes: UnsafeBufferPointer<UInt8>, lexicon: NameLexicon) -> Int? {
        var end = start
        while end < bytes.count, FoldedSpelling.isLetter(bytes[end]) { end += 1 }
        guard end > start, end - start < 20 else { return nil }
        for ending in endings where ending.utf8CodeUnitCount <= end - start {
            let length = ending.utf8CodeUnitCount
            guard (0..<length).allSatisfy({ bytes[start + $0] == ending.utf8Start[$0] }) else { continue }
            let rest = start + length..<end
            if rest.isEmpty { return end }
            if length > 1, let entry = lexicon.entry(of: rest, in: bytes), entry.role == .partWord || rest.count == 1 {
                return start + length
            }
        }
        return nil
    }

    /// Longer ones first.
    private static let endings: [StaticString] = [
        "ERA", "ERO", "AVA", "AVO", "RA", "RO", "ER", "DA", "DO", "TA", "TO", "MA", "MO", "VA", "VO", "NA", "NO", "A",
        "O",
    ]
}
