/// The words of a level's names, numbered; and their stems, in which singular and plural are one.
struct Vocabulary: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int32] = []
    private let byHash: HashedLists
    /// Per word.
    let stems: [Int32]
    private let stemsByHash: HashedLists
    let stemCount: Int

    /// - Parameter words: each once.
    init(_ words: [[UInt8]]) {
        var stemNumbers: [[UInt8]: Int32] = [:]
        var stems: [Int32] = []
        for word in words {
            bytes += word
            ends.append(Int32(clamping: bytes.count))
            let next = Int32(clamping: stemNumbers.count)
            stems.append(stemNumbers[Array(Self.stem(word[...])), default: next])
            if stems.last == next { stemNumbers[Array(Self.stem(word[...]))] = next }
        }
        self.stems = stems
        stemCount = stemNumbers.count
        byHash = HashedLists(words.enumerated().map { (HashedLists.hash($1), Int32(clamping: $0)) })
        stemsByHash = HashedLists(stemNumbers.map { (HashedLists.hash($0.key), $0.value) })
    }

    var count: Int { ends.count }

    subscript(word: Int32) -> ArraySlice<UInt8> {
        let index = Int(word)
        return bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
    }

    /// The number of a word, or −1.
    func number(of word: ArraySlice<UInt8>) -> Int32 {
        for entry in byHash.range(of: HashedLists.hash(word)) {
            let candidate = byHash.values[entry]
            if self[candidate].elementsEqual(word) { return candidate }
        }
        return -1
    }

    /// The number of the stem of a word that is none of these, or −1.
    ///
    /// Two stems of one hash would be taken for one; a stem alone never makes a match of different words.
    func stemNumber(of word: ArraySlice<UInt8>) -> Int32 {
        let range = stemsByHash.range(of: HashedLists.hash(Self.stem(word)))
        return range.isEmpty ? -1 : stemsByHash.values[range.lowerBound]
    }

    /// A word without the ending of its plural: `JARDINES` and `JARDIN` are one, so are `VALLES` and `VALLE`.
    static func stem(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard word.count >= 5 else { return word }
        var stem = word
        if stem.last == UInt8(ascii: "S") { stem = stem.dropLast() }
        if stem.last == UInt8(ascii: "E"), stem.count >= 5 { stem = stem.dropLast() }
        return stem
    }
}
