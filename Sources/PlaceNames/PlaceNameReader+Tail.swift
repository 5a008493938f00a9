extension PlaceNameReader {
    /// Cuts the postal code, municipality and state from the units and puts them into the name.
    mutating func cutTail(into name: inout PlaceName) {
        guard units.contains(where: { $0.gap == .comma || $0.role == .postalMark || $0.role == .municipalMark || $0.digits >= 4 })
        else { return }
        cutPostalCode(into: &name)
        guard let start = tailStart else { return }
        var begin = start
        while begin < units.count {
            var end = begin + 1
            while end < units.count, !startsSegment(end) { end += 1 }
            name.tail.append(segment(begin..<end))
            begin = end
        }
        units.removeSubrange(start...)
    }

    /// Cuts `C.P. 32000`, and five digits that end or begin a segment.
    private mutating func cutPostalCode(into name: inout PlaceName) {
        for index in units.indices {
            let unit = units[index]
            let isMarked = index > 0 && units[index - 1].role == .postalMark
            guard unit.isDigits, unit.role == .numeral, isMarked || isBareCode(at: index) else { continue }
            let start = isMarked ? index - 1 : index
            if (1000...99999).contains(unit.value) {
                name.postalCode = PostalCode(
                    value: unit.value, source: Int(unit.source.lowerBound)..<Int(unit.source.upperBound))
            } else if unit.value != 0 {
                continue
            }
            // What follows a code is no more the name.
            if index + 1 < units.count, start > 0, units[index + 1].group == 0 { units[index + 1].gap = .comma }
            units.removeSubrange(start...index)
            return
        }
    }

    private func isBareCode(at index: Int) -> Bool {
        let unit = units[index]
        guard unit.digits == 5, !unit.isOrdinal, (1000...99999).contains(unit.value), unit.group == 0 else { return false }
        if index > 0, units[index - 1].role == .numberNoun || units[index - 1].isOf { return false }
        let endsSegment = index + 1 == units.count || units[index + 1].gap == .comma
        return endsSegment || index == 0 || unit.gap == .comma
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
            guard let found = MexicanState.named(letters), found.isCertain || start == words.lowerBound else { continue }
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
