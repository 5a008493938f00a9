/// Decides which numbers and letters count parts of a place, and of which kind.
///
/// A number belongs to the part word (`SECCION`, `ETAPA`) before it, else to the one behind it; to `AMPLIACION` beside
/// it; behind the name it is a bare part. Elsewhere it is a number of the name: `14 DE MARZO`, `HEROES DE 1910`.
enum NumeralBinding {
    static func bind(_ units: inout [NameUnit]) {
        decideRareOrdinals(&units)
        var binder = Binder()
        var index = 0
        while index < units.count {
            index = binder.step(at: index, &units)
        }
        if binder.hasMerged { units.removeAll { $0.role == .merged } }
        dropEndings(&units)
    }

    /// `QUINTA SECCION` is the fifth, `QUINTA COLONIAL` a villa.
    private static func decideRareOrdinals(_ units: inout [NameUnit]) {
        for index in units.indices where units[index].role == .rareOrdinal {
            let following = units[(index + 1)...].prefix(2).filter { $0.group == units[index].group }
            let isTaken =
                following.count == 2 && (following.last?.role == .numeral || following.last?.role == .partWord)
            let countsPart = following.first?.role == .partWord && !isTaken || following.first?.role == .extension
            units[index].role = countsPart ? .numeral : .word
        }
    }

    /// `1 SECCION RA`: the ending says nothing that the number does not say.
    private static func dropEndings(_ units: inout [NameUnit]) {
        guard units.contains(where: { $0.role == .ending }) else { return }
        var index = 1
        while index < units.count {
            let before = units[index - 1]
            if units[index].role == .ending, before.role == .numeral, before.letter == 0, before.digits < 4,
                before.group == units[index].group
            {
                units.remove(at: index)
            } else {
                index += 1
            }
        }
    }
}

private struct Binder {
    var hasMerged = false
    /// A word stood before: numbers behind it may be parts.
    private var hasWord = false

    /// - Returns: the index behind what was decided.
    mutating func step(at index: Int, _ units: inout [NameUnit]) -> Int {
        let unit = units[index]
        if unit.role == .partWord {
            if !isDateWithOf(index + 1, units),
                let end = itemEnd(at: index + 1, &units, group: unit.group, acceptsLetters: true)
            {
                return bindForward(index, firstEnd: end, &units)
            }
            units[index].role = .word
            hasWord = true
            return index + 1
        }
        guard isNumeral(index, units) || unit.isSingleLetter && hasWord else {
            switch unit.role {
            case .connective, .label, .compass, .extension, .ending, .merged: break
            default: hasWord = true
            }
            return index + 1
        }
        return isNumeral(index, units)
            ? bindNumeral(at: index, &units) : bindLetter(at: index, &units)
    }

    // MARK: Numbers behind their part word

    private mutating func bindForward(_ word: Int, firstEnd: Int, _ units: inout [NameUnit]) -> Int {
        guard let kind = PlaceName.PartKind(rawValue: units[word].payload) else { return word + 1 }
        let isPlural = units[word].isPlural
        mark(word + 1, kind, &units)
        units[word + 1].source = units[word].source.lowerBound..<units[word + 1].source.upperBound
        merge(word, &units)
        return bindList(from: firstEnd, kind, isPlural: isPlural, &units)
    }

    /// `2 Y 3`, `2, 3`, `32-33`, and after a plural `I II Y III`.
    private mutating func bindList(
        from start: Int, _ kind: PlaceName.PartKind, isPlural: Bool, _ units: inout [NameUnit]
    ) -> Int {
        var end = start
        while let (item, itemEnd) = nextItem(at: end, isPlural: isPlural, &units) {
            if item > end { merge(end, &units) }
            mark(item, kind, &units)
            end = itemEnd
        }
        return end
    }

    /// The next item of a list, whose connective or gap stands at `index`.
    private mutating func nextItem(
        at index: Int, isPlural: Bool, _ units: inout [NameUnit]
    ) -> (item: Int, end: Int)? {
        guard index > 0, index < units.count, units[index].group == units[index - 1].group else { return nil }
        let gap = units[index].gap
        let item = units[index].isAnd ? index + 1 : index
        let continues = item > index || gap == .comma || gap == .hyphen || isPlural
        guard continues, item < units.count, units[item].group == units[index].group,
            isNumeral(item, units) || isClosedLetter(item, units, inList: true),
            !isDate(item, units),
            !isBoundBehind(item, units),
            let end = itemEnd(
                at: item, &units, group: units[index].group, acceptsLetters: item > index || gap != .blank)
        else { return nil }
        return (item, end)
    }

    /// `1RA SECCION Y 2DA ETAPA`: the second number has a part word of its own.
    private func isBoundBehind(_ item: Int, _ units: [NameUnit]) -> Bool {
        let next = item + 1
        return next < units.count && units[next].role == .partWord && units[next].group == units[item].group
            && bindsBackward(next, units)
    }

    // MARK: Numbers before their part word, and alone

    private mutating func bindNumeral(at index: Int, _ units: inout [NameUnit]) -> Int {
        let isLetter = units[index].role != .numeral
        let end = listEnd(from: index, units, byGaps: true)
        if let kind = kindBehind(end, index, units) { return bindBackward(index..<end, kind, &units) }
        let extended = listEnd(from: index, units, byGaps: false)
        if extended < units.count, units[extended].role == .extension, !isLetter || index > 0 {
            markList(index..<extended, .extension, &units)
            return extended
        }
        let isBehindExtension = index > 0 && units[index - 1].role == .extension
        let list = index..<extended
        guard hasWord || isBehindExtension, isTrailing(list, units), !isOfTheName(list, units) else {
            hasWord = true
            return index + 1
        }
        return bindTrailing(list, isBehindExtension ? .extension : .bare, &units)
    }

    /// What the part word behind a list counts, if it takes the list.
    private func kindBehind(_ end: Int, _ index: Int, _ units: [NameUnit]) -> PlaceName.PartKind? {
        guard end < units.count, units[end].role == .partWord, units[end].group == units[index].group,
            !isDate(end - 1, units), !isDate(end, units), bindsBackward(end, units),
            // `SUPER 5 MANZANA` would become a superblock.
            index == 0 || units[index - 1].role != .superWord
        else { return nil }
        // Two part words in a row: neither can be told to be the one counted.
        let isDoubled = end + 1 < units.count && units[end + 1].role == .partWord
        return isDoubled ? nil : PlaceName.PartKind(rawValue: units[end].payload)
    }

    private mutating func bindTrailing(
        _ list: Range<Int>, _ kind: PlaceName.PartKind, _ units: inout [NameUnit]
    ) -> Int {
        let last = list.upperBound - 1
        let end = itemEnd(at: last, &units, group: units[last].group, acceptsLetters: false) ?? list.upperBound
        markList(list, kind, &units)
        return end
    }

    private mutating func bindBackward(
        _ list: Range<Int>, _ kind: PlaceName.PartKind, _ units: inout [NameUnit]
    ) -> Int {
        let word = list.upperBound
        markList(list, kind, &units)
        let last = word - 1
        units[last].source = units[last].source.lowerBound..<units[word].source.upperBound
        merge(word, &units)
        // `2DO SECTOR A`
        if isClosedLetter(word + 1, units), units[word + 1].group == units[last].group,
            Numerals.roman(units[word + 1].letter) == nil, units[last].letter == 0
        {
            units[last].letter = units[word + 1].letter
            merge(word + 1, &units)
            return word + 2
        }
        return bindList(from: word + 1, kind, isPlural: false, &units)
    }

    /// The end of `I Y II`, `1RA, 2DA`: no part word is asked for yet.
    private func listEnd(from index: Int, _ units: [NameUnit], byGaps: Bool) -> Int {
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

    private mutating func markList(_ list: Range<Int>, _ kind: PlaceName.PartKind, _ units: inout [NameUnit]) {
        for index in list {
            if !units[index].isAnd {
                mark(index, kind, &units)
            } else if kind != .extension {
                merge(index, &units)
            }
        }
    }

    /// Whether the part word at `word` takes the number before it. In `2 SECCION 3` it takes the one behind, unless
    /// the one before is an ordinal; in `1 SECCION 2 ETAPA` each takes the one before.
    private func bindsBackward(_ word: Int, _ units: [NameUnit]) -> Bool {
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

    private mutating func bindLetter(at index: Int, _ units: inout [NameUnit]) -> Int {
        guard isClosedLetter(index, units), !units[index].isAnd else { return index + 1 }
        mark(index, .bare, &units)
        return index + 1
    }

    // MARK: What stands where

    /// A number word, digits, or a letter that can be a Roman numeral where one is expected.
    private func isNumeral(_ index: Int, _ units: [NameUnit]) -> Bool {
        guard index < units.count else { return false }
        // Nobody counts so many parts; four digits are years, five postal codes.
        if units[index].role == .numeral { return units[index].value < 1000 }
        guard Numerals.roman(units[index].letter) != nil else { return false }
        if index > 0 { return true }
        return units.count > 1 && units[1].group == units[0].group && (units[1].role == .partWord || units[1].isAnd)
    }

    /// A single letter with nothing behind it that it could introduce.
    private func isClosedLetter(_ index: Int, _ units: [NameUnit], inList: Bool = false) -> Bool {
        guard index < units.count, units[index].isSingleLetter, !units[index].isAnd else { return false }
        let next = index + 1
        guard next < units.count, units[next].group == units[index].group else { return true }
        switch units[next].role {
        case .partWord, .label, .type, .extension, .compass, .numeral: return true
        default: break
        }
        if inList, units[next].isAnd { return isClosedLetter(next + 1, units, inList: true) }
        let continues = inList && units[next].gap == .comma || Numerals.roman(units[next].letter) != nil
        return continues && isClosedLetter(next, units, inList: inList)
    }

    /// The end of one number with the letter that belongs to it (`1-A`, `1 A`), or of one letter.
    private mutating func itemEnd(
        at index: Int, _ units: inout [NameUnit], group: UInt8, acceptsLetters: Bool
    ) -> Int? {
        guard index < units.count, units[index].group == group else { return nil }
        guard isNumeral(index, units) else {
            return acceptsLetters && isClosedLetter(index, units, inList: true) ? index + 1 : nil
        }
        let next = index + 1
        guard isClosedLetter(next, units), units[next].group == group, Numerals.roman(units[next].letter) == nil
        else { return next }
        if units[index].role != .numeral { units[index].value = Numerals.roman(units[index].letter) ?? -1 }
        units[index].role = .numeral
        units[index].letter = units[next].letter
        units[index].source = units[index].source.lowerBound..<units[next].source.upperBound
        merge(next, &units)
        return next + 1
    }

    /// `SECCION 16 DE SEPTIEMBRE`
    private func isDateWithOf(_ index: Int, _ units: [NameUnit]) -> Bool {
        index + 1 < units.count && units[index + 1].isOf && isDate(index, units)
    }

    /// `16 DE SEPTIEMBRE`, `16 SEPTIEMBRE`
    private func isDate(_ index: Int, _ units: [NameUnit]) -> Bool {
        var next = index + 1
        if next < units.count, units[next].isOf { next += 1 }
        return next < units.count && units[next].role == .month
    }

    /// Nothing of the name follows in the same bracket but small numbers, parts, types and compass words.
    private func isTrailing(_ list: Range<Int>, _ units: [NameUnit]) -> Bool {
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
    private func isOfTheName(_ list: Range<Int>, _ units: [NameUnit]) -> Bool {
        if units[list].contains(where: { $0.value > 99 }) { return true }
        guard list.lowerBound > 0 else { return false }
        let before = units[list.lowerBound - 1]
        return before.isOf || before.role == .numberNoun
    }

    private func mark(_ index: Int, _ kind: PlaceName.PartKind, _ units: inout [NameUnit]) {
        units[index].isPart = true
        units[index].partKind = kind
        if units[index].role != .numeral, let value = Numerals.roman(units[index].letter) {
            units[index].value = value
            units[index].letter = 0
        } else if units[index].role != .numeral {
            units[index].value = -1
        }
        units[index].role = .numeral
    }

    private mutating func merge(_ index: Int, _ units: inout [NameUnit]) {
        units[index].role = .merged
        hasMerged = true
    }
}
