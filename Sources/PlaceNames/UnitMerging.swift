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
            return superblock(at: index, &units, lexicon)
        case .superLetters:
            guard let next, isNumeral(next) || next.role == .rareOrdinal || Numerals.roman(next.letter) != nil
            else { break }
            return become(lexicon.entry(of: "SUPERMANZANA"), index, 1, &units)
        case .ending:
            // `1 SECCION RA`
            let isBehindCounted =
                index > 1
                && (isNumeral(units[index - 2]) || units[index - 2].role == .rareOrdinal
                    || Numerals.roman(units[index - 2].letter) != nil)
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

    static func isNumeral(_ unit: NameUnit) -> Bool {
        unit.role == .numeral || unit.role == .tens
    }

    /// `SUPER MANZANA 5`, `SUPER 5 MANZANA`
    private static func superblock(at index: Int, _ units: inout [NameUnit], _ lexicon: NameLexicon) -> Int {
        var block = index + 1
        while block < units.count, isNumeral(units[block]) || units[block].role == .rareOrdinal || units[block].isAnd {
            block += 1
        }
        guard block < units.count, isBlock(units[block]), units[block].group == units[index].group else { return 1 }
        let source = units[index].source
        _ = become(lexicon.entry(of: "SUPERMANZANA"), block, 1, &units)
        if block == index + 1 { units[block].source = source.lowerBound..<units[block].source.upperBound }
        units[index].role = .merged
        return 1
    }

    private static func isBlock(_ unit: NameUnit) -> Bool {
        unit.role == .partWord && unit.payload == PlaceName.PartKind.block.rawValue
    }

    /// Roles that only mattered for merging are words again.
    static func settle(_ unit: inout NameUnit) {
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
    static func endings(behind index: Int, _ units: inout [NameUnit]) -> Int {
        endings(behind: index, of: index, &units)
    }

    /// - Parameter number: the unit whose number it is; those up to `last` are merged into it.
    /// - Returns: how many units from `last` on were read.
    static func endings(behind last: Int, of number: Int, _ units: inout [NameUnit]) -> Int {
        var end = last + 1
        while end < units.count, units[end].role == .ending, units[end].group == units[number].group { end += 1 }
        if end == last + 1, end < units.count, number == 0 || units[end].gap != .hyphen,
            isSpacedEnding(end, of: units[number], units)
        {
            end += 1
        }
        guard end > last + 1, units[number].digits < 4 else { return 1 }
        units[number].role = .numeral
        units[number].isOrdinal = true
        swallow(number, end - number, &units)
        return end - last
    }

    /// `1 A SECCION`
    static func isSpacedEnding(_ index: Int, of number: NameUnit, _ units: [NameUnit]) -> Bool {
        guard index + 1 < units.count, number.value < 100,
            units[index].letter == UInt8(ascii: "A") || units[index].letter == UInt8(ascii: "O"),
            units[index].group == number.group, units[index + 1].group == number.group
        else { return false }
        if units[index + 1].role == .extension { return true }
        guard units[index + 1].role == .partWord else { return false }
        guard index + 2 < units.count else { return true }
        return !isNumeral(units[index + 2]) && units[index + 2].role != .partWord
    }

    /// The unit at `index` takes the meaning of `entry` and swallows what follows.
    static func become(
        _ entry: NameLexicon.Entry?, _ index: Int, _ length: Int, _ units: inout [NameUnit]
    ) -> Int {
        guard let entry else { return 1 }
        units[index].take(entry)
        units[index].letter = 0
        swallow(index, length, &units)
        return length
    }

    static func swallow(_ index: Int, _ length: Int, _ units: inout [NameUnit]) {
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
}
