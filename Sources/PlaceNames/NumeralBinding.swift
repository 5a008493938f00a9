/// Decides which numbers and letters count parts of a place, and of which kind.
///
/// A number belongs to the part word (`SECCION`, `ETAPA`) before it, else to the one behind it; to `AMPLIACION` beside
/// it; behind the name it is a bare part. Elsewhere it is a number of the name: `14 DE MARZO`, `HEROES DE 1910`.
enum NumeralBinding {
    static func bind(_ units: inout [NameUnit]) {
        decideRareOrdinals(&units)
        var binder = NumeralBinder()
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

struct NumeralBinder {
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

    // MARK: Numbers before their part word, and alone

    private mutating func bindNumeral(at index: Int, _ units: inout [NameUnit]) -> Int {
        let isLetter = units[index].role != .numeral
        let end = listEnd(from: index, units, byGaps: true)
        if let kind = kindBehind(end, index, units) { return bindBackward(index..<end, to: end, kind, &units) }
        let extended = listEnd(from: index, units, byGaps: false)
        if extended < units.count, units[extended].role == .extension, !isLetter || index > 0 {
            markList(index..<extended, .extension, &units)
            return extended
        }
        let isBehindExtension = index > 0 && units[index - 1].role == .extension
        let list = index..<extended
        guard hasWord || isBehindExtension, isTrailing(list, units), !isOfTheName(list, units) else {
            if UnitMerging.isSpacedEnding(index + 1, of: units[index], units) {
                return bindHyphenated(index, &units)
            }
            hasWord = true
            return index + 1
        }
        return bindTrailing(list, isBehindExtension ? .extension : .bare, &units)
    }

    /// `DE 2-A ETAPA`: where the letter is none of the number's, it is the ending of an ordinal.
    private mutating func bindHyphenated(_ index: Int, _ units: inout [NameUnit]) -> Int {
        let word = index + 2
        merge(index + 1, &units)
        if units[word].role == .extension {
            mark(index, .extension, &units)
            return word
        }
        guard let kind = PlaceName.PartKind(rawValue: units[word].payload) else { return word }
        return bindBackward(index..<index + 1, to: word, kind, &units)
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
        _ list: Range<Int>, to word: Int, _ kind: PlaceName.PartKind, _ units: inout [NameUnit]
    ) -> Int {
        markList(list, kind, &units)
        let last = list.upperBound - 1
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

    private mutating func markList(_ list: Range<Int>, _ kind: PlaceName.PartKind, _ units: inout [NameUnit]) {
        for index in list {
            if !units[index].isAnd {
                mark(index, kind, &units)
            } else if kind != .extension {
                merge(index, &units)
            }
        }
    }

    private mutating func bindLetter(at index: Int, _ units: inout [NameUnit]) -> Int {
        guard isClosedLetter(index, units), !units[index].isAnd else { return index + 1 }
        mark(index, .bare, &units)
        return index + 1
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
