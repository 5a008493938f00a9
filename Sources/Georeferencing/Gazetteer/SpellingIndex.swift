import PlaceNames

/// Finds the words of a vocabulary from which a word differs by what a typist slips on.
///
/// One letter too many, too few, another one, or two neighbours exchanged, in words of 5 letters or more; two such slips
/// in words of 9 or more. The length is that of the shorter word. A letter that an encoding destroyed is no slip.
///
/// ## Source
/// Symmetric deletion: W. Garbe, *SymSpell* (2012). Distance: optimal string alignment (Damerau 1964, Wagner and
/// Lowrance 1975 without overlapping exchanges).
struct SpellingIndex: Sendable {
    /// Longer words are not corrected, so that no word costs much.
    static let longest = 24
    /// So many words that share a shortened form are compared.
    private static let longestList = 64

    private let byDeletion: HashedLists

    init(_ vocabulary: Vocabulary) {
        var entries: [(key: UInt64, value: Int32)] = []
        for word in 0..<Int32(clamping: vocabulary.count) {
            let bytes = vocabulary[word]
            guard Self.isCorrectable(bytes), bytes.count >= 5 else { continue }
            Self.forEachDeletion(of: bytes, depth: Self.slips(allowedIn: bytes.count)) { entries.append(($0, word)) }
        }
        byDeletion = HashedLists(entries)
    }

    static func slips(allowedIn length: Int) -> Int { length >= 9 ? 2 : length >= 5 ? 1 : 0 }

    private static func isCorrectable(_ word: ArraySlice<UInt8>) -> Bool {
        word.count <= longest && !word.contains { (0x30...0x39).contains($0) }
    }

    struct Correction {
        var word: Int32
        var slips: Int
    }

    /// The words nearest to one that is not in the vocabulary; all of the smallest distance and of the next.
    func corrections(of word: ArraySlice<UInt8>, in vocabulary: Vocabulary, into found: inout [Correction]) {
        found.removeAll(keepingCapacity: true)
        guard word.count >= 4, Self.isCorrectable(word) else { return }
        let lost = word.reduce(0) { $0 + ($1 == PlaceName.lostLetter ? 1 : 0) }
        let kept = lost == 0 ? word : word.filter { $0 != PlaceName.lostLetter }[...]
        let depth = lost > 0 ? min(2, Self.slips(allowedIn: word.count)) : Self.slips(allowedIn: word.count)
        Self.forEachDeletion(of: kept, depth: depth) { key in
            for entry in byDeletion.range(of: key).prefix(Self.longestList) {
                let candidate = byDeletion.values[entry]
                if found.contains(where: { $0.word == candidate }) { continue }
                let known = vocabulary[candidate]
                let allowed = Self.slips(allowedIn: min(word.count, known.count))
                if let slips = Self.distance(word, known, atMost: allowed) {
                    found.append(Correction(word: candidate, slips: slips))
                }
            }
        }
        found.sort { ($0.slips, $0.word) < ($1.slips, $1.word) }
    }

    /// The hash of the word, and of the word without any one letter, any two letters.
    private static func forEachDeletion(of word: ArraySlice<UInt8>, depth: Int, _ body: (UInt64) -> Void) {
        word.withUnsafeBufferPointer { bytes in
            body(hash(bytes, without: -1, -1))
            guard depth >= 1 else { return }
            for first in bytes.indices {
                body(hash(bytes, without: first, -1))
                guard depth >= 2 else { continue }
                for second in (first + 1)..<max(first + 1, bytes.count) {
                    body(hash(bytes, without: first, second))
                }
            }
        }
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, without first: Int, _ second: Int) -> UInt64 {
        var hash = HashedLists.Hash()
        for index in bytes.indices where index != first && index != second { hash.add(bytes[index]) }
        return hash.value
    }

    /// The slips between two words, or nil where there are more.
    static func distance(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>, atMost limit: Int) -> Int? {
        guard abs(a.count - b.count) <= max(limit, 2), a.count <= longest, b.count <= longest else { return nil }
        let width = b.count + 1
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3 * (longest + 1)) { buffer in
            var (before, above, row) = (0, longest + 1, 2 * (longest + 1))
            for column in 0..<width { buffer[above + column] = UInt8(column) }
            var previousA: UInt8 = 0
            for letterA in a {
                let isLost = letterA == PlaceName.lostLetter
                buffer[row] = buffer[above] + (isLost ? 0 : 1)
                var previousB: UInt8 = 0
                for column in 1..<max(1, width) {
                    let letterB = b[b.startIndex + column - 1]
                    var best = buffer[above + column - 1] + (letterA == letterB || isLost ? 0 : 1)
                    best = min(best, buffer[above + column] + (isLost ? 0 : 1), buffer[row + column - 1] + 1)
                    if letterA == previousB, letterB == previousA, column >= 2, previousA != 0 {
                        best = min(best, buffer[before + column - 2] + 1)
                    }
                    buffer[row + column] = best
                    previousB = letterB
                }
                previousA = letterA
                (before, above, row) = (above, row, before)
            }
            let slips = Int(buffer[above + b.count])
            return slips <= limit ? slips : nil
        }
    }
}
