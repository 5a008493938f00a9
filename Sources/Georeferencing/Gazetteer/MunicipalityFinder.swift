import PlaceNames

/// Finds municipalities by what reports write for them: a name, its short form, a code.
struct MunicipalityFinder {
    private let index: MunicipalityIndex
    private var matcher: NameMatcher
    private var reader = PlaceNameReader()
    private var name = PlaceName()

    init(_ index: MunicipalityIndex, _ matcher: NameMatcher) {
        self.index = index
        self.matcher = matcher
    }

    /// How the last name was found.
    private(set) var rule = PlaceRule.nothingSimilar

    /// The municipalities of a name or code, in ascending order; empty for none.
    /// - Parameter state: only those of the state, where the text itself names none.
    mutating func find(_ text: [UInt8], state: MexicanState?) -> [Int32] {
        rule = .nothingSimilar
        let trimmed = text.drop { $0 == 0x20 }
        let end = trimmed.lastIndex { $0 != 0x20 } ?? trimmed.startIndex - 1
        if let code = AreaAttributes.number(trimmed[..<(end + 1)]) {
            rule = .code
            return filtered(Array(index.entries(ofCode: code)), state)
        }
        text.withUnsafeBufferPointer { reader.read($0, into: &name) }
        return findName(name.state ?? state)
    }

    private mutating func findName(_ state: MexicanState?) -> [Int32] {
        guard !name.text.isEmpty, name.unknown == nil else { return [] }
        matcher.findSameText(name, in: .anywhere)
        rule = .sameName
        let same = filtered(matcher.hits.map(\.area), state)
        if !same.isEmpty { return same }
        let short = filtered(areas(beginningWith: name.text), state)
        matcher.findSimilar(name, in: .anywhere)
        if let best = matcher.hits.first, best.rule < .partKindDiffers {
            rule = best.rule
            let similar = filtered(matcher.hits.filter { $0.rule == best.rule }.map(\.area), state)
            if !similar.isEmpty { return similar }
        }
        rule = .shortForm
        if !short.isEmpty { return short }
        return findWithoutCity(state)
    }

    /// `CIUDAD JUAREZ` is in the municipality of Juárez.
    private mutating func findWithoutCity(_ state: MexicanState?) -> [Int32] {
        let city = Array("CIUDAD ".utf8)
        guard name.text.starts(with: city), name.text.count > city.count else { return [] }
        return find(Array(name.text.dropFirst(city.count)), state: state)
    }

    /// `SAN NICOLAS` begins `SAN NICOLAS DE LOS GARZA`.
    private func areas(beginningWith text: [UInt8]) -> [Int32] {
        let names = index.names
        guard text.count >= 4, let first = matcher.index.vocabulary.firstWord(of: text) else { return [] }
        let stem = names.vocabulary.stems[Int(first)]
        return names.postings(of: stem).filter { form in
            let whole = names.text(of: form)
            return whole.count > text.count && whole.starts(with: text)
                && whole[whole.startIndex + text.count] == 0x20
        }.map { names.forms[Int($0)].area }
    }

    private func filtered(_ entries: [Int32], _ state: MexicanState?) -> [Int32] {
        guard let state else { return entries.sorted() }
        let code = Int(state.code)
        return entries.filter { index.entries[Int($0)].state == 0 || index.entries[Int($0)].state == code }.sorted()
    }
}

extension Vocabulary {
    /// The first word of a text that is in the vocabulary.
    fileprivate func firstWord(of text: [UInt8]) -> Int32? {
        for word in text.split(separator: 0x20) {
            let number = number(of: word)
            if number >= 0 { return number }
        }
        return nil
    }
}
