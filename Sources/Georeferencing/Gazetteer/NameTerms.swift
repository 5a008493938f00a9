import PlaceNames

/// A name that is looked for, in the terms of an index.
struct NameTerms {
    /// Per word: its number in the vocabulary, or −1.
    var words: [Int32] = []
    /// Per word: the number of its stem, or −1.
    var wordStems: [Int32] = []
    /// Where each word stands in the name's text.
    var places: [Range<Int>] = []
    /// In ascending order, each once; of known stems only.
    var stems: [Int32] = []
    var unknown = 0
    var marks = NameMarks()
    var settlementType: UInt8 = 0
    var spelling: UInt64 = 0
    var weight: Float = 0

    /// So many words of a name are looked up; a name of more has a tail that no area's name has.
    static let longest = 32

    /// Numbers are marks, see ``NameMarks``.
    static func isWord(_ token: PlaceName.Token) -> Bool { token.kind == .word }

    /// - Parameter form: which part of the name.
    mutating func fill(_ name: PlaceName, _ index: NameIndex, as form: NameIndex.FormKind = .whole) {
        words.removeAll(keepingCapacity: true)
        wordStems.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        marks = NameMarks()
        settlementType = SettlementCode.code(name.settlementType)
        var hash = HashedLists.Hash()
        for token in name.tokens {
            if form.hasMark(of: token) { marks.add(token) }
            guard form.contains(token), Self.isWord(token), words.count < Self.longest else { continue }
            let bytes = name.bytes(of: token)
            for byte in bytes { hash.add(byte) }
            let word = index.vocabulary.number(of: bytes)
            words.append(word)
            wordStems.append(
                word >= 0 ? index.vocabulary.stems[Int(word)] : index.vocabulary.stemNumber(of: bytes))
            places.append(token.bytes)
        }
        spelling = hash.value
        collectStems(index)
    }

    /// After a change of ``wordStems``.
    mutating func collectStems(_ index: NameIndex) {
        stems.removeAll(keepingCapacity: true)
        unknown = 0
        for stem in wordStems {
            if stem < 0 {
                unknown += 1
                continue
            }
            var place = stems.count
            while place > 0, stems[place - 1] > stem { place -= 1 }
            if place > 0, stems[place - 1] == stem { continue }
            stems.insert(stem, at: place)
        }
        weight = stems.reduce(Float(unknown) * index.unknownWeight) { $0 + index.weights[Int($1)] }
    }
}
