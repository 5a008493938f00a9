/// Puts together words that mean one thing: `U HAB`, `EX HACIENDA`, `C T M`, `TREINTA Y UNO`, `NO. 7`.
enum UnitMerging {
    static func merge(_ units: inout [NameUnit], lexicon: NameLexicon) {
        var index = 0
        while index < units.count { index += max(1, mergeRun(at: index, &units, lexicon)) }
        compact(&units)
    }

    /// `NO. 7` is 7, before postal codes are looked for.
    static func dropNumberMarks(_ units: inout [NameUnit]) {
        guard units.contains(where: { $0.role == .numberMark }) else { return }
        for index in units.indices where units[index].role == .numberMark { dropNumberMarks(at: index, &units) }
        compact(&units)
    }

    private static func compact(_ units: inout [NameUnit]) {
        if units.contains(where: { $0.role == .merged }) { units.removeAll { $0.role == .merged } }
    }

    /// - Returns: how many units were read; all but the one that stays are marked as merged.
    private static func mergeRun(at index: Int, _ units: inout [NameUnit], _ lexicon: NameLexicon) -> Int {
        let next =
            index + 1 < units.count && units[index + 1].group == units[index].group
            ? units[index + 1] : nil
        switch units[index].role {
        case .unit, .ensemble: return settlement(at: index, next, &units, lexicon)
        case .former: return former(at: index, next, &units, lexicon)
        case .superWord:
            guard let next, isBlock(next) else { break }
            return become(lexicon.entry(of: "SUPERMANZANA"), index, 2, &units)
        case .superLetters:
            guard let next, isNumeral(next) || Numerals.roman(next.letter) != nil else { break }
            return become(lexicon.entry(of: "SUPERMANZANA"), index, 1, &units)
        case .ending:
            // `1 SECCION RA`
            let isBehindCounted =
                index > 1 && (isNumeral(units[index - 2]) || Numerals.roman(units[index - 2].letter) != nil)
                && units[index - 1].role == .partWord
                && units[index - 2].group == units[index].group && units[index - 1].group == units[index].group
            guard isBehindCounted else { break }
            units[index].role = .merged
            return 1
        case .tens: return tens(at: index, next, &units)
        case .numeral: return endings(behind: index, &units)
        default:
            if units[index].letter > 0 { return letters(at: index, &units, lexicon) }
        }
        settle(&units[index])
        return 1
    }

    private static func isNumeral(_ unit: NameUnit) -> Bool { unit.role == .numeral || unit.role == .tens }

    private static func isBlock(_ unit: NameUnit) -> Bool {
        unit.role == .partWord && unit.payload == PlaceName.PartKind.block.rawValue
    }

    /// Roles that only mattered for merging are words again.
    private static func settle(_ unit: inout NameUnit) {
        switch unit.role {
        case .unit: unit.role = unit.isSingleLetter ? .word : .type
        case .ensemble, .housing, .former, .superLetters, .codeWord, .postalWord: unit.role = .word
        default: break
        }
    }

    private static func dropNumberMarks(at index: Int, _ units: inout [NameUnit]) {
        var end = index + 1
        while end < units.count, units[end].role == .numberMark, units[end].group == units[index].group { end += 1 }
        let marksNumber =
            end < units.count && units[end].group == units[index].group
            && (isNumeral(units[end]) || Numerals.roman(units[end].letter) != nil)
        for mark in index..<end {
            units[mark].role = marksNumber ? .merged : .word
            // `NO` without a number is no number mark.
            units[mark].canonical = 0..<0
        }
    }

    /// `2 DO SECTOR`
    private static func endings(behind index: Int, _ units: inout [NameUnit]) -> Int {
        var end = index + 1
        while end < units.count, units[end].role == .ending, units[end].group == units[index].group { end += 1 }
        if end == index + 1, isSpacedEnding(end, units) { end += 1 }
        guard end > index + 1, units[index].digits < 4 else { return 1 }
        units[index].role = .numeral
        units[index].isOrdinal = true
        swallow(index, end - index, &units)
        return end - index
    }

    /// `1 A SECCION`
    private static func isSpacedEnding(_ index: Int, _ units: [NameUnit]) -> Bool {
        guard index + 1 < units.count, units[index].gap != .hyphen,
            units[index].letter == UInt8(ascii: "A") || units[index].letter == UInt8(ascii: "O"),
            units[index].group == units[index - 1].group, units[index + 1].group == units[index].group
        else { return false }
        if units[index + 1].role == .extension { return true }
        guard units[index + 1].role == .partWord else { return false }
        guard index + 2 < units.count else { return true }
        return !isNumeral(units[index + 2]) && units[index + 2].role != .partWord && !units[index + 2].isSingleLetter
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
        let isAlone =
            units[index].group > 0 && next == nil
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
        let length = next.map { $0.isAnd && !units[index].isOrdinal ? 3 : 2 } ?? 1
        guard index + length <= units.count, length == 3 || length == 2 && units[index].isOrdinal else {
            return endings(behind: index, &units)
        }
        let last = units[index + length - 1]
        guard last.role == .numeral, !last.isDigits, !last.canonical.isEmpty, (1...9).contains(last.value),
            last.group == units[index].group, last.isOrdinal == units[index].isOrdinal
        else { return endings(behind: index, &units) }
        units[index].value += last.value
        swallow(index, length, &units)
        return length
    }

    /// `S M` before a number, spaced Roman numerals (`I I`) and initials (`C.T.M.`).
    private static func letters(at index: Int, _ units: inout [NameUnit], _ lexicon: NameLexicon) -> Int {
        var end = index + 1
        while end < units.count, units[end].isSingleLetter,
            units[end].group == units[index].group, !units[end].isAnd
        {
            end += 1
        }
        guard end - index > 1 else {
            if let word = saintOrBearing(at: index, units) { return become(lexicon.entry(of: word), index, 1, &units) }
            if let value = Numerals.roman(units[index].letter), end < units.count, units[end].role == .ending,
                units[end].group == units[index].group
            {
                units[index].value = value
                units[index].letter = 0
                return endings(behind: index, &units)
            }
            settle(&units[index])
            return 1
        }
        let run = index..<end
        let word = run.map { units[$0].letter }
        let isSpared = units[index].isAnd || isBehindPart(index, units)
        if run.count >= 2, let value = word.withUnsafeBufferPointer({ Numerals.roman(word.indices, in: $0) }) {
            units[index].role = .numeral
            units[index].value = value
            units[index].letter = 0
            units[index].canonical = 0..<0
            swallow(index, run.count, &units)
            return run.count
        }
        // Letters that spell a word of the lexicon would be read as that word the next time.
        if run.count >= 3, !isSpared, lexicon.entry(of: word) == nil {
            units[index].role = .word
            units[index].letter = 0xFF
            units[index].canonical = 0..<0
            swallow(index, run.count, &units)
            return run.count
        }
        if run.count == 2 {
            let isBeforeNumber = end < units.count && isNumeral(units[end])
            if isBeforeNumber, units[index].letter == UInt8(ascii: "S"), units[index + 1].letter == UInt8(ascii: "M") {
                return become(lexicon.entry(of: "SUPERMANZANA"), index, 2, &units)
            }
        }
        settle(&units[index])
        return 1
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
        var before = index - 1
        while before >= 0, units[before].role == .merged { before -= 1 }
        if before > 0, units[before].role == .numeral {
            before -= 1
            while before > 0, units[before].role == .merged { before -= 1 }
        }
        return before >= 0 && units[before].role == .partWord
    }
}
