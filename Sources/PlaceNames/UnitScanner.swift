/// Cuts a folded spelling into words and looks each up.
struct UnitScanner {
    let spelling: FoldedSpelling
    let lexicon: NameLexicon
    private var gap = NameUnit.Gap.blank
    private var depth = 0
    private var group: UInt8 = 0
    private var groups: UInt8 = 0

    init(spelling: FoldedSpelling, lexicon: NameLexicon) {
        self.spelling = spelling
        self.lexicon = lexicon
    }

    mutating func scan(into units: inout [NameUnit]) {
        var index = 0
        while index < spelling.count {
            let byte = spelling.bytes[index]
            guard FoldedSpelling.isWord(byte) else {
                separate(byte, &units)
                index += 1
                continue
            }
            var end = index + 1
            let isDigit = FoldedSpelling.isDigit(byte)
            // Digits and letters are words of their own: `2DA`, `SM12`, `CP32000`.
            while end < spelling.count, FoldedSpelling.isWord(spelling.bytes[end]),
                FoldedSpelling.isDigit(spelling.bytes[end]) == isDigit
            {
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
            source: spelling.source(of: word), group: group, gap: gap)
    }

    private mutating func word(_ word: Range<Int>, _ units: inout [NameUnit]) {
        var unit = unit(word)
        if word.count == 1 { unit.letter = spelling.bytes[word.lowerBound] }
        if let entry = lexicon.entry(of: word, in: spelling.bytes) {
            unit.take(entry)
        } else if let value = Numerals.roman(word, in: spelling.bytes) {
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
        unit.value = Numerals.value(digits, in: spelling.bytes)
        unit.role = unit.value >= 0 ? .numeral : .word
        var end = digits.upperBound
        if let ending = Numerals.ordinalEnding(behind: end, in: spelling.bytes, lexicon: lexicon) {
            unit.isOrdinal = true
            end = ending
            unit.folded = unit.folded.lowerBound..<Int32(truncatingIfNeeded: end)
            unit.source = spelling.source(of: digits.lowerBound..<end)
        }
        append(unit, &units)
        return end
    }
}

extension FoldedSpelling {
    /// Where a range of folded bytes stood in the input.
    func source(of range: Range<Int>) -> Range<UInt16> {
        guard range.lowerBound >= 0, range.upperBound < origins.count else { return 0..<0 }
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
