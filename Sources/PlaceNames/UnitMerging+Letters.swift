/// Single letters: initials, Roman numerals, abbreviations of one letter.
extension UnitMerging {
    /// `S M` before a number, spaced Roman numerals (`I I`), initials (`C.T.M.`), and what a letter alone stands for.
    static func letters(at index: Int, _ units: inout [NameUnit], _ lexicon: NameLexicon) -> Int {
        var end = index + 1
        while end < units.count, units[end].isSingleLetter, units[end].group == units[index].group, !units[end].isAnd {
            end += 1
        }
        let run = index..<end
        if run.count == 1, let length = single(at: index, &units, lexicon) { return length }
        if run.count > 1, let length = joined(run, &units, lexicon) { return length }
        settle(&units[index])
        return 1
    }

    private static func single(at index: Int, _ units: inout [NameUnit], _ lexicon: NameLexicon) -> Int? {
        if let word = saintOrBearing(at: index, units) { return become(lexicon.entry(of: word), index, 1, &units) }
        guard let value = Numerals.roman(units[index].letter), index + 1 < units.count,
            units[index + 1].role == .ending, units[index + 1].group == units[index].group
        else { return nil }
        units[index].value = value
        units[index].letter = 0
        return endings(behind: index, &units)
    }

    private static func joined(_ run: Range<Int>, _ units: inout [NameUnit], _ lexicon: NameLexicon) -> Int? {
        let index = run.lowerBound
        let word = run.map { units[$0].letter }
        let isBeforeNumber =
            word.count == 2 && run.upperBound < units.count && isNumeral(units[run.upperBound])
            || word.count == 3 && Numerals.roman(word[2]) != nil && isBehindPart(index, units)
        if isBeforeNumber, word.prefix(2) == [UInt8(ascii: "S"), UInt8(ascii: "M")] {
            return become(lexicon.entry(of: "SUPERMANZANA"), index, 2, &units)
        }
        if let value = word.withUnsafeBufferPointer({ Numerals.roman(word.indices, in: $0) }) {
            units[index].role = .numeral
            units[index].value = value
            units[index].letter = 0
            units[index].canonical = 0..<0
            swallow(index, run.count, &units)
            return run.count - 1 + endings(behind: run.upperBound - 1, of: index, &units)
        } else if run.count >= 3, !units[index].isAnd, !isBehindPart(index, units), lexicon.entry(of: word) == nil {
            // Letters that spell a word of the lexicon would be read as that word the next time.
            units[index].role = .word
            units[index].letter = NameUnit.initials
        } else {
            return nil
        }
        units[index].canonical = 0..<0
        swallow(index, run.count, &units)
        return run.count
    }

    /// `S. JUAN` is `SAN JUAN`; `EJE 8 S` is `SUR`. Elsewhere a single `S` stays what it is.
    private static func saintOrBearing(at index: Int, _ units: [NameUnit]) -> StaticString? {
        let unit = units[index]
        guard unit.letter == UInt8(ascii: "S") || unit.letter == UInt8(ascii: "N") else { return nil }
        let isSouth = unit.letter == UInt8(ascii: "S")
        if index + 1 < units.count, units[index + 1].group == unit.group {
            guard isSouth, units[index + 1].role == .saint else { return nil }
            guard index > 0, units[index - 1].group == unit.group else { return "SAN" }
            switch units[index - 1].role {
            case .label, .type, .extension, .connective, .adjective: return "SAN"
            default: return nil
            }
        }
        guard index > 1, isNumeral(units[index - 1]), units[index - 2].role == .numberNoun,
            units[index - 1].group == unit.group
        else { return nil }
        return isSouth ? "SUR" : "NORTE"
    }

    /// Letters behind `SECTOR` or `SECTOR 4` are letters of parts.
    private static func isBehindPart(_ index: Int, _ units: [NameUnit]) -> Bool {
        let before = units[..<index].last { $0.role != .merged && $0.role != .numeral }
        return before?.role == .partWord
    }
}
