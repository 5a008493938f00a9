/// What stands beside a number, by which its meaning is decided.
extension NumeralBinder {
    /// A number word, digits, or a letter that can be a Roman numeral where one is expected.
    func isNumeral(_ index: Int, _ units: [NameUnit]) -> Bool {
        guard index < units.count else { return false }
        // Nobody counts so many parts; four digits are years, five postal codes.
        if units[index].role == .numeral { return units[index].value < 1000 }
        guard Numerals.roman(units[index].letter) != nil else { return false }
        if index > 0 { return true }
        return units.count > 1 && units[1].group == units[0].group && (units[1].role == .partWord || units[1].isAnd)
    }

    /// A single letter with nothing behind it that it could introduce.
    func isClosedLetter(_ index: Int, _ units: [NameUnit], inList: Bool = false) -> Bool {
        guard index < units.count, units[index].isSingleLetter, !units[index].isAnd else { return false }
        let next = index + 1
        guard next < units.count, units[next].group == units[index].group else { return true }
        switch units[next].role {
        case .partWord, .label, .type, .extension, .compass, .numeral: return true
        default: break
        }
        if inList, units[next].isAnd { return isClosedLetter(next + 1, units, inList: true) }
        if inList, units[next].gap == .comma { return isClosedLetter(next, units, inList: true) }
        // A Roman numeral, with a letter of its own or without.
        guard Numerals.roman(units[next].letter) != nil else { return false }
        let hasLetter = next + 1 < units.count && units[next + 1].group == units[next].group
        return isClosedLetter(next, units, inList: inList) || hasLetter && isClosedLetter(next + 1, units)
    }

    /// `SECCION 16 DE SEPTIEMBRE`
    func isDateWithOf(_ index: Int, _ units: [NameUnit]) -> Bool {
        index + 1 < units.count && units[index + 1].isOf && isDate(index, units)
    }

    /// `16 DE SEPTIEMBRE`, `16 SEPTIEMBRE`
    func isDate(_ index: Int, _ units: [NameUnit]) -> Bool {
        var next = index + 1
        if next < units.count, units[next].isOf { next += 1 }
        return next < units.count && units[next].role == .month
    }

    /// Nothing of the name follows in the same bracket but small numbers, parts, types and compass words.
    func isTrailing(_ list: Range<Int>, _ units: [NameUnit]) -> Bool {
        let group = units[list.lowerBound].group
        var end = list.upperBound
        while end < units.count, units[end].group == group {
            let next = units[end].isAnd ? end + 1 : end
            guard isNumeral(next, units), units[next].group == group else { break }
            end = next + 1
        }
        guard end < units.count, units[end].group == group else { return true }
        switch units[end].role {
        case .label, .compass, .extension, .partWord: return true
        default: return isClosedLetter(end, units)
        }
    }

    /// `HEROES DE 1910`, `KILOMETRO 20`, `FOMERREY 105`
    func isOfTheName(_ list: Range<Int>, _ units: [NameUnit]) -> Bool {
        if units[list].contains(where: { $0.value > 99 }) { return true }
        guard list.lowerBound > 0 else { return false }
        let before = units[list.lowerBound - 1]
        return before.isOf || before.role == .numberNoun
    }

    /// What the part word behind a list counts, if it takes the list.
    func kindBehind(_ end: Int, _ index: Int, _ units: [NameUnit]) -> PlaceName.PartKind? {
        guard end < units.count, units[end].role == .partWord, units[end].group == units[index].group,
            !isDate(end - 1, units), !isDate(end, units), bindsBackward(end, units)
        else { return nil }
        // Two part words in a row: neither can be told to be the one counted.
        let isDoubled = end + 1 < units.count && units[end + 1].role == .partWord
        return isDoubled ? nil : PlaceName.PartKind(rawValue: units[end].payload)
    }

    /// Whether the part word at `word` takes the number before it. In `2 SECCION 3` it takes the one behind, unless
    /// the one before is an ordinal; in `1 SECCION 2 ETAPA` each takes the one before.
    func bindsBackward(_ word: Int, _ units: [NameUnit]) -> Bool {
        if units[word - 1].isOrdinal { return true }
        var part = word
        for _ in 0..<8 {
            let next = part + 1
            guard next < units.count, units[next].group == units[word].group,
                isNumeral(next, units) || isClosedLetter(next, units), !isDate(next, units)
            else { return true }
            guard next + 1 < units.count, units[next + 1].role == .partWord,
                units[next + 1].group == units[word].group
            else { return false }
            part = next + 1
        }
        return true
    }

    /// `1RA SECCION Y 2DA ETAPA`: the second number has a part word of its own.
    func isBoundBehind(_ item: Int, _ units: [NameUnit]) -> Bool {
        let next = item + 1
        return next < units.count && units[next].role == .partWord && units[next].group == units[item].group
            && bindsBackward(next, units)
    }

    /// The end of `I Y II`, `1RA, 2DA`: no part word is asked for yet.
    func listEnd(from index: Int, _ units: [NameUnit], byGaps: Bool) -> Int {
        var end = index + 1
        while end < units.count, units[end].group == units[index].group {
            if units[end].isAnd, isNumeral(end + 1, units), units[end + 1].group == units[index].group {
                end += 2
            } else if byGaps, units[end].gap == .comma || units[end].gap == .hyphen, isNumeral(end, units),
                units[end].value < 100
            {
                end += 1
            } else {
                break
            }
        }
        return end
    }
}
