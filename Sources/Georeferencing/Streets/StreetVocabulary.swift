import PlaceNames

/// The words of a table's names, found exactly or with a typist's slips.
///
/// A slip is a wrong, missing, superfluous or swapped letter: one in a word of 5 to 8 letters, two in one of 9 and
/// more (letters of the word that is meant). Words are found through their deletion neighbourhood: two words within k
/// edits share a form that deleting at most k letters of each gives (Mor and Fraenkel, 1982).
struct StreetVocabulary: Sendable {
    private(set) var words: [String] = []
    private var numbers: [String: Int32] = [:]
    /// Hashes of the words with letters deleted, sorted, each with its word.
    private var forms: [(hash: UInt64, word: Int32)] = []

    func number(of word: String) -> Int32? { numbers[word] }

    func contains(_ word: String) -> Bool { numbers[word] != nil }

    mutating func insert(_ word: String) -> Int32 {
        if let number = numbers[word] { return number }
        let number = Int32(clamping: words.count)
        words.append(word)
        numbers[word] = number
        return number
    }

    /// To be called once after the last word.
    /// - Complexity: O(words · letters²), sorted.
    mutating func finish() {
        forms.removeAll()
        for (index, word) in words.enumerated() where !StreetWords.isFixed(word) || StreetWords.isCompass(word) {
            let edits = StreetVocabulary.edits(inWordOf: word.utf8.count)
            guard edits > 0 else { continue }
            for hash in Self.deletions(of: Array(word.utf8), upTo: edits) {
                forms.append((hash, Int32(clamping: index)))
            }
        }
        forms.sort { ($0.hash, $0.word) < ($1.hash, $1.word) }
    }

    /// How many slips a word may have.
    static func edits(inWordOf letters: Int) -> Int { letters < 5 ? 0 : letters < 9 ? 1 : 2 }

    /// Longer words are not corrected, so that none costs much.
    private static let longest = 24

    /// The words that a mistyped one may be, the nearest first, without itself; none for a number, a compass word or
    /// the like, or a word of more than 24 letters.
    func neighbours(of word: String, atMost count: Int) -> [(word: String, edits: Int)] {
        guard !StreetWords.isFixed(word), (4...Self.longest).contains(word.utf8.count) else { return [] }
        let bytes = Array(word.utf8)
        var seen: Set<Int32> = []
        var found: [(word: String, edits: Int)] = []
        for hash in Self.deletions(of: bytes, upTo: bytes.count >= 7 ? 2 : 1) {
            var index = firstForm(hash)
            while index < forms.count, forms[index].hash == hash {
                let number = forms[index].word
                index += 1
                guard seen.insert(number).inserted else { continue }
                let other = words[Int(number)]
                let allowed = StreetWords.isCompass(other) ? 1 : Self.edits(inWordOf: other.utf8.count)
                let edits = SlipDistance.between(bytes, Array(other.utf8), limit: allowed)
                if edits > 0, edits <= allowed { found.append((other, edits)) }
            }
        }
        found.sort { ($0.edits, $0.word) < ($1.edits, $1.word) }
        return Array(found.prefix(count))
    }

    private func firstForm(_ hash: UInt64) -> Int {
        var (low, high) = (0, forms.count)
        while low < high {
            let middle = (low + high) / 2
            if forms[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Hashes of a word and of what is left when letters are deleted.
    private static func deletions(of word: [UInt8], upTo edits: Int) -> Set<UInt64> {
        var hashes: Set<UInt64> = [hash(word)]
        guard edits > 0, word.count > 1 else { return hashes }
        for place in word.indices {
            var shorter = word
            shorter.remove(at: place)
            hashes.insert(hash(shorter))
            guard edits > 1 else { continue }
            for second in place..<shorter.count {
                var shortest = shorter
                shortest.remove(at: second)
                hashes.insert(hash(shortest))
            }
        }
        return hashes
    }

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// The optimal string alignment distance: letters wrong, missing, superfluous, or two neighbours swapped.
enum SlipDistance {
    /// - Returns: the distance, or limit + 1 where it is greater.
    /// - Complexity: O(product of the lengths).
    static func between(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int {
        guard abs(a.count - b.count) <= limit else { return limit + 1 }
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
                row.append(least)
            }
            if row.allSatisfy({ $0 > limit }) { return limit + 1 }
            (before, last) = (last, row)
        }
        return min(last[b.count], limit + 1)
    }
}
