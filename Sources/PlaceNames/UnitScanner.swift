/// Cuts a folded spelling into words and looks each up.
struct UnitScanner {
    /// The folded bytes, with ``FoldedSpelling/padding`` behind.
    private let bytes: UnsafeBufferPointer<UInt8>
    private let origins: UnsafeBufferPointer<UInt16>
    private let count: Int
    private let lexicon: NameLexicon
    private var gap = NameUnit.Gap.blank
    private var depth = 0
    private var group: UInt8 = 0
    private var groups: UInt8 = 0

    /// Appends the words of `spelling` to `units`.
    static func scan(_ spelling: FoldedSpelling, lexicon: NameLexicon, into units: inout [NameUnit]) {
        spelling.bytes.withUnsafeBufferPointer { bytes in
            spelling.origins.withUnsafeBufferPointer { origins in
                var scanner = UnitScanner(bytes: bytes, origins: origins, count: spelling.count, lexicon: lexicon)
                scanner.scan(into: &units)
            }
        }
    }

    private init(
        bytes: UnsafeBufferPointer<UInt8>, origins: UnsafeBufferPointer<UInt16>, count: Int, lexicon: NameLexicon
    ) {
        self.bytes = bytes
        self.origins = origins
        self.count = count
        self.lexicon = lexicon
    }

    private mutating func scan(into units: inout [NameUnit]) {
        var index = 0
        while index < count {
            let byte = bytes[index]
            guard FoldedSpelling.isWord(byte) else {
                separate(byte, &units)
                index += 1
                continue
            }
            var end = index + 1
            let isDigit = FoldedSpelling.isDigit(byte)
            // Digits and letters are words of their own: `2DA`, `SM12`, `CP32000`.
            while end < count, FoldedSpelling.isWord(bytes[end]), FoldedSpelling.isDigit(bytes[end]) == isDigit {
                end += 1
            }
            if isDigit {
                index = number(index..<end, &units)
            } else {
                word(index..<end, &units)
                index = end
            }
        }
    }

    private mutating func separate(_ byte: UInt8, _ units: inout [NameUnit]) {
        switch byte {
        case UInt8(ascii: "("):
            depth += 1
            if depth == 1, groups < .max {
                groups += 1
                group = groups
            }
            gap = .bracket
        case UInt8(ascii: ")"):
            depth = max(0, depth - 1)
            if depth == 0 { group = 0 }
            gap = .bracket
        case UInt8(ascii: ","): if gap != .bracket { gap = .comma }
        case UInt8(ascii: "-"), UInt8(ascii: "/"): if gap == .blank { gap = .hyphen }
        case FoldedSpelling.ordinalMark:
            if let last = units.indices.last, units[last].isDigits { units[last].isOrdinal = true }
        default: break
        }
    }

    private mutating func append(_ unit: NameUnit, _ units: inout [NameUnit]) {
        units.append(unit)
        gap = .blank
    }

    private func unit(_ word: Range<Int>) -> NameUnit {
        NameUnit(
            folded: Int32(truncatingIfNeeded: word.lowerBound)..<Int32(truncatingIfNeeded: word.upperBound),
            source: source(of: word), group: group, gap: gap)
    }

    private mutating func word(_ word: Range<Int>, _ units: inout [NameUnit]) {
        var unit = unit(word)
        if word.count == 1 { unit.letter = bytes[word.lowerBound] }
        if let entry = lexicon.entry(of: word, in: bytes) {
            unit.take(entry)
        } else if let value = Numerals.roman(word, in: bytes) {
            unit.role = .numeral
            unit.value = value
        }
        append(unit, &units)
    }

    /// Digits, and the ordinal ending that stands behind them.
    /// - Returns: the index behind what was read.
    private mutating func number(_ digits: Range<Int>, _ units: inout [NameUnit]) -> Int {
        var unit = unit(digits)
        unit.digits = UInt8(truncatingIfNeeded: min(digits.count, 255))
        unit.value = Numerals.value(digits, in: bytes)
        unit.role = unit.value >= 0 ? .numeral : .word
        var end = digits.upperBound
        if let ending = Numerals.ordinalEnding(behind: end, in: bytes, lexicon: lexicon) {
            unit.isOrdinal = true
            end = ending
            unit.folded = unit.folded.lowerBound..<Int32(truncatingIfNeeded: end)
            unit.source = source(of: digits.lowerBound..<end)
        }
        append(unit, &units)
        return end
    }

    /// Where a range of folded bytes stood in the input.
    private func source(of range: Range<Int>) -> Range<UInt16> {
        guard range.lowerBound >= 0, range.upperBound <= count, count < origins.count else { return 0..<0 }
        let start = origins[range.lowerBound]
        return start..<max(start, origins[range.upperBound])
    }
}

extension NameUnit {
    mutating func take(_ entry: NameLexicon.Entry) {
        role = entry.role
        payload = entry.payload
        value = entry.value
        isOrdinal = entry.isOrdinal
        isPlural = entry.isPlural
        canonical = entry.text
    }
}
