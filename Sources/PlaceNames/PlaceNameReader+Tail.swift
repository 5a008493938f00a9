extension PlaceNameReader {
    /// Cuts `C.P. 32000`, and five digits that end or begin a segment, and puts the code into the name.
    mutating func cutPostalCode(into name: inout PlaceName) {
        guard units.contains(where: { $0.digits > 3 || $0.value == 0 || $0.role == .postalMark }) else { return }
        var index = 0
        while index < units.count {
            let unit = units[index]
            let start = index - postalMarkLength(before: index)
            guard unit.isDigits, unit.role == .numeral, start < index || isBareCode(at: index),
                unit.value == 0 || (1000...99999).contains(unit.value)
            else {
                index += 1
                continue
            }
            if unit.value > 0 {
                name.postalCode = PostalCode(
                    value: unit.value, source: Int(unit.source.lowerBound)..<Int(unit.source.upperBound))
            }
            // What follows a code is no more the name.
            if index + 1 < units.count, start > 0, units[index + 1].group == 0 { units[index + 1].gap = .comma }
            units.removeSubrange(start...index)
            // What stood before may now end its segment.
            index = max(0, start - 1)
        }
    }

    /// A postal mark without a code says nothing.
    mutating func dropTrailingMarks() {
        while true {
            let length = postalMarkLength(before: units.count)
            guard length > 0, units.count > length else { return }
            // The end of initials is no mark: `J.C.P.`; a Roman numeral is no initial.
            let before = units[units.count - length - 1]
            if length == 2, before.isSingleLetter, Numerals.roman(before.letter) == nil { return }
            units.removeLast(length)
        }
    }

    /// How many units before say that a postal code follows: `CP`, `C P`, `CODIGO POSTAL`.
    private func postalMarkLength(before index: Int) -> Int {
        guard index > 0, index <= units.count else { return 0 }
        let last = units[index - 1]
        if last.role == .postalMark { return 1 }
        guard index > 1 else { return 0 }
        let first = units[index - 2]
        let isAbbreviated = first.letter == UInt8(ascii: "C") && last.letter == UInt8(ascii: "P")
        return isAbbreviated || first.role == .codeWord && last.role == .postalWord ? 2 : 0
    }

    private func isBareCode(at index: Int) -> Bool {
        let unit = units[index]
        guard unit.digits == 5, !unit.isOrdinal, (1000...99999).contains(unit.value), unit.group == 0 else {
            return false
        }
        if index > 0, units[index - 1].role == .numberNoun || units[index - 1].isOf {
            return false
        }
        let endsSegment =
            index + 1 == units.count || startsSegment(index + 1) || postalMarkLength(before: index + 2) == 1
            || postalMarkLength(before: index + 3) == 2
        return endsSegment || index == 0 || unit.gap == .comma
    }

    /// Cuts municipality and state from the units and puts them into the name.
    mutating func cutTail(into name: inout PlaceName) {
        guard units.contains(where: { $0.gap == .comma || $0.role == .municipalMark }), let start = tailStart else {
            return
        }
        var begin = start
        while begin < units.count {
            var end = begin + 1
            while end < units.count, !startsSegment(end) { end += 1 }
            name.tail.append(segment(begin..<end))
            begin = end
        }
        units.removeSubrange(start...)
    }

    private func startsSegment(_ index: Int) -> Bool {
        guard units[index].group == 0 else { return false }
        if units[index].gap == .comma { return true }
        // `MUNICIPIO LIBRE` is a name.
        return units[index].role == .municipalMark && index + 1 < units.count && !isWord("LIBRE", units[index + 1])
    }

    private func isWord(_ word: StaticString, _ unit: NameUnit) -> Bool {
        let range = Int(unit.folded.lowerBound)..<Int(unit.folded.upperBound)
        guard range.count == word.utf8CodeUnitCount else { return false }
        return range.enumerated().allSatisfy { spelling.bytes[$1] == word.utf8Start[$0] }
    }

    /// The first segment that is no part, type or number, and has a name before it.
    private var tailStart: Int? {
        var hasName = false
        for index in units.indices {
            if hasName, startsSegment(index), isTailLike(units[index]) { return index }
            switch units[index].role {
            case .label, .connective, .partWord: break
            default: hasName = true
            }
        }
        return nil
    }

    private func isTailLike(_ unit: NameUnit) -> Bool {
        switch unit.role {
        case .partWord, .numeral, .label, .extension, .compass: false
        case .type: unit.settlementType == .city || unit.settlementType == .villa || unit.settlementType == .port
        default: !unit.isSingleLetter || unit.role == .connective || startsState(unit)
        }
    }

    /// `N.L.` begins with a letter like a part.
    private func startsState(_ unit: NameUnit) -> Bool {
        guard let index = units.firstIndex(where: { $0.source == unit.source }) else { return false }
        var end = index + 1
        while end < units.count, !startsSegment(end) { end += 1 }
        return end > index + 1
    }

    private func segment(_ range: Range<Int>) -> PlaceName.TailSegment {
        var words = range
        var segment = PlaceName.TailSegment(
            text: [],
            source: Int(units[range.lowerBound].source.lowerBound)..<Int(units[range.upperBound - 1].source.upperBound))
        if units[words.lowerBound].role == .municipalMark {
            segment.isMunicipality = true
            words = words.dropFirst()
            if let first = words.first, units[first].isOf { words = words.dropFirst() }
        }
        for start in words {
            let letters = words.upperBound - start > 8 ? [] : letters(of: start..<words.upperBound)
            guard let found = MexicanState.named(letters), found.isCertain || start == words.lowerBound else {
                continue
            }
            segment.state = found.state
            if found.isCertain { words = words.lowerBound..<start }
            break
        }
        segment.text = canonicalText(of: words)
        return segment
    }

    /// The letters and digits of the units as written, folded, without blanks.
    private func letters(of range: Range<Int>) -> [UInt8] {
        range.flatMap { index in
            spelling.bytes[Int(units[index].folded.lowerBound)..<Int(units[index].folded.upperBound)].filter {
                FoldedSpelling.isWord($0)
            }
        }
    }

    private func canonicalText(of range: Range<Int>) -> [UInt8] {
        var text: [UInt8] = []
        for index in range {
            if !text.isEmpty { text.append(0x20) }
            NameEmission.put(units[index], spelling, lexicon, &text)
        }
        return text
    }
}
