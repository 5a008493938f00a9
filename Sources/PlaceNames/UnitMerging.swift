/// Puts together words that mean one thing: `U HAB`, `EX HACIENDA`, `C T M`, `TREINTA Y UNO`, `NO. 7`.
enum UnitMerging {
    static func merge(_ units: inout [NameUnit], lexicon: NameLexicon) {
        var index = 0
        var needsCompaction = false
        while index < units.count {
            let length = mergeRun(at: index, &units, lexicon)
            if length > 1 { needsCompaction = true }
            index += max(1, length)
        }
        if needsCompaction { units.removeAll { $0.role == .merged } }
    }

    /// - Returns: how many units were read; all but the one that stays are marked as merged.
    private static func mergeRun(at index: Int, _ units: inout [NameUnit], _ lexicon: NameLexicon) -> Int {
        let next = index + 1 < units.count && units[index + 1].group == units[index].group
            ? units[index + 1] : nil
        switch units[index].role {
        case .unit, .ensemble: return settlement(at: index, next, &units, lexicon)
        case .former: return former(at: index, next, &units, lexicon)
        case .superWord:
            guard let next, next.role == .partWord, next.payload == PlaceName.PartKind.block.rawValue else { break }
            return become(lexicon.entry(of: "SUPERMANZANA"), index, 2, &units)
        case .numberMark:
            guard let next, next.role == .numeral, next.isDigits else { break }
            units[index].role = .merged
            return 2
        case .codeWord:
            guard let next, next.role == .postalWord else { break }
            return become(lexicon.entry(of: "CP"), index, 2, &units)
        case .tens: return tens(at: index, next, &units)
        case .numeral where units[index].isDigits && !units[index].isOrdinal:
            // `2 DO SECTOR`
            guard let next, next.gap == .blank, next.role == .ending else { break }
            units[index].isOrdinal = true
            units[index].extend(over: next)
            units[index + 1].role = .merged
            return 2
        default:
            if units[index].letter > 0 { return letters(at: index, &units, lexicon) }
        }
        settle(&units[index])
        return 1
    }

    /// Roles that only mattered for merging are words again.
    private static func settle(_ unit: inout NameUnit) {
        switch unit.role {
        case .unit: unit.role = unit.isSingleLetter ? .word : .type
        case .ensemble, .housing, .former, .superWord, .numberMark, .codeWord, .postalWord, .ending: unit.role = .word
        default: break
        }
    }

    /// The unit at `index` takes the meaning of `entry` and swallows what follows.
    private static func become(
        _ entry: NameLexicon.Entry?, _ index: Int, _ length: Int, _ units: inout [NameUnit]
    ) -> Int {
        guard let entry else { return 1 }
        units[index].take(entry)
        units[index].letter = 0
        swallow(index, length, &units)
        return length
    }

    private static func swallow(_ index: Int, _ length: Int, _ units: inout [NameUnit]) {
        units[index].extend(over: units[index + length - 1])
        for merged in index + 1..<index + length { units[merged].role = .merged }
    }

    /// `U HAB`, `U.H.`, `UNIDAD HABITACIONAL`, `CONJ HAB`, and `U` alone in brackets.
    private static func settlement(
        at index: Int, _ next: NameUnit?, _ units: inout [NameUnit], _ lexicon: NameLexicon
    ) -> Int {
        let isHousing = next.map { $0.role == .housing || $0.letter == UInt8(ascii: "H") } ?? false
        let isUnit = units[index].role == .unit
        if isHousing {
            return become(isUnit ? lexicon.entry(of: "UH") : lexicon.entry(of: "CONJHAB"), index, 2, &units)
        }
        let isAlone = units[index].group > 0 && next == nil
            && (index == 0 || units[index - 1].group != units[index].group)
        if isUnit, units[index].isSingleLetter, isAlone { return become(lexicon.entry(of: "UH"), index, 1, &units) }
        if isUnit, units[index].isSingleLetter { return letters(at: index, &units, lexicon) }
        settle(&units[index])
        return 1
    }

    private static func former(
        at index: Int, _ next: NameUnit?, _ units: inout [NameUnit], _ lexicon: NameLexicon
    ) -> Int {
        if let next, let type = next.settlementType {
            if type == .hacienda { return become(lexicon.entry(of: "EXHACIENDA"), index, 2, &units) }
            if type == .ejido { return become(lexicon.entry(of: "EXEJIDO"), index, 2, &units) }
        }
        settle(&units[index])
        return 1
    }

    /// `TREINTA Y UNO`, `DIEZ Y SEIS`, `DECIMA SEGUNDA`.
    private static func tens(at index: Int, _ next: NameUnit?, _ units: inout [NameUnit]) -> Int {
        units[index].role = .numeral
        guard let next else { return 1 }
        let length = next.isAnd && !units[index].isOrdinal ? 3 : 2
        guard index + length <= units.count, length == 3 || units[index].isOrdinal else { return 1 }
        let last = units[index + length - 1]
        guard last.role == .numeral, !last.isDigits, !last.canonical.isEmpty, (1...9).contains(last.value),
            last.group == units[index].group, last.isOrdinal == units[index].isOrdinal
        else { return 1 }
        units[index].value += last.value
        swallow(index, length, &units)
        return length
    }

    /// `C P` before digits, `S M` before a number, and three or more single letters: `C.T.M.`
    private static func letters(at index: Int, _ units: inout [NameUnit], _ lexicon: NameLexicon) -> Int {
        var end = index + 1
        while end < units.count, units[end].isSingleLetter, units[end].gap == .blank,
            units[end].group == units[index].group, !units[end].isAnd
        {
            end += 1
        }
        let followsPart = index > 0 && units[index - 1].role == .partWord
        if end - index >= 3, !units[index].isAnd, !followsPart {
            units[index].role = .word
            units[index].letter = 0xFF
            units[index].canonical = 0..<0
            swallow(index, end - index, &units)
            return end - index
        }
        if end - index == 2, end < units.count, units[end].isDigits {
            switch (units[index].letter, units[index + 1].letter) {
            case (UInt8(ascii: "C"), UInt8(ascii: "P")): return become(lexicon.entry(of: "CP"), index, 2, &units)
            case (UInt8(ascii: "S"), UInt8(ascii: "M")):
                return become(lexicon.entry(of: "SUPERMANZANA"), index, 2, &units)
            default: break
            }
        }
        settle(&units[index])
        return 1
    }
}
