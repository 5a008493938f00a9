import PlaceNames

/// The street names of a table, each kept once, with the ways to find one by its words.
struct StreetNames: Sendable {
    /// A street as the table knows it.
    struct Street: Sendable {
        /// As the table writes it first.
        var text: String
        /// The keys of its parts, with their types; one or two.
        var parts: [(key: Int32, type: StreetType?)]
    }

    private(set) var streets: [Street] = []
    /// The words of each key.
    private(set) var keys: [[String]] = []
    private(set) var vocabulary = StreetVocabulary()
    private var numbers: [String: Int32] = [:]
    /// Keys by what is left of them without titles.
    private var cores: [String: [Int32]] = [:]
    /// Keys by each of their words, as numbers of the vocabulary.
    private var keysOfWord: [[Int32]] = []
    private var streetOfText: [String: Int32] = [:]
    private var streetOfName: [StreetName: Int32] = [:]

    /// More keys than this share a word too common to tell streets apart.
    private static let mostKeys = 2_000

    init() {
        for word in StreetWords.vocabulary { _ = vocabulary.insert(word) }
    }

    /// The street of a name in a table; nil for a name without words.
    mutating func insert(_ text: String) -> Int32? {
        if let known = streetOfText[text] { return known }
        let name = StreetName(text)
        guard !name.parts.isEmpty else { return nil }
        let street: Int32
        if let known = streetOfName[name] {
            street = known
        } else {
            street = Int32(clamping: streets.count)
            let parts = name.parts.map { (key: insert(key: $0.key), type: $0.type) }
            streets.append(Street(text: text, parts: parts))
            streetOfName[name] = street
        }
        streetOfText[text] = street
        return street
    }

    private mutating func insert(key: String) -> Int32 {
        if let known = numbers[key] { return known }
        let number = Int32(clamping: keys.count)
        let words = key.split(separator: " ").map(String.init)
        numbers[key] = number
        keys.append(words)
        cores[Self.core(of: words), default: []].append(number)
        for word in words {
            let place = Int(vocabulary.insert(word))
            while keysOfWord.count <= place { keysOfWord.append([]) }
            if keysOfWord[place].last != number { keysOfWord[place].append(number) }
        }
        return number
    }

    /// To be called once after the last name.
    mutating func finish() {
        vocabulary.finish()
        streetOfText = [:]
        streetOfName = [:]
    }

    // MARK: Finding keys

    /// The key that is equal.
    func key(_ key: String) -> Int32? { numbers[key] }

    /// The keys that are equal but for titles: `GENERAL ANAYA` and `ANAYA`.
    func keysEqualButTitles(_ key: String) -> [Int32] {
        cores[Self.core(of: key.split(separator: " ").map(String.init))] ?? []
    }

    private static func core(of words: [String]) -> String {
        let core = words.filter { !StreetWords.isTitle($0) }
        return (core.isEmpty ? words : core).joined(separator: " ")
    }

    /// The keys that say the same in more words or fewer: `VASCONCELOS` and `JOSE VASCONCELOS`. The shorter one is the
    /// longer one's beginning or end, and numbers and compass words are the same in both.
    /// - Complexity: O(keys that have the rarest of its words), and O(words²).
    func keysLongerOrShorter(_ key: String) -> [Int32] {
        let words = key.split(separator: " ").map(String.init)
        let lists = words.map { keys(withWord: $0) }
        var found: [Int32] = []
        // A longer key has all the words, so the rarest of them leads to it.
        if let rarest = lists.min(by: { $0.count < $1.count }), rarest.count <= Self.mostKeys {
            found = rarest.filter { Self.isPiece(words, keys[Int($0)]) }
        }
        for length in 2..<max(2, words.count) {
            for start in Set([0, words.count - length]).sorted() {
                let piece = Array(words[start..<start + length])
                guard let number = numbers[piece.joined(separator: " ")], Self.isPiece(piece, words),
                    lists[start..<start + length].contains(where: { $0.count <= Self.mostKeys })
                else { continue }
                found.append(number)
            }
        }
        return found
    }

    private func keys(withWord word: String) -> [Int32] {
        guard let number = vocabulary.number(of: word), keysOfWord.indices.contains(Int(number)) else { return [] }
        return keysOfWord[Int(number)]
    }

    private static func isPiece(_ short: [String], _ long: [String]) -> Bool {
        guard short.count < long.count, short.contains(where: { !StreetWords.isFixed($0) && !StreetWords.isTitle($0) })
        else { return false }
        let left: ArraySlice<String>
        if long.suffix(short.count).elementsEqual(short) {
            left = long.dropLast(short.count)
        } else if short.count > 1, long.prefix(short.count).elementsEqual(short) {
            left = long.dropFirst(short.count)
        } else {
            return false
        }
        return !left.contains { StreetWords.isCompass($0) || StreetWords.isNumbered($0) }
    }

    /// Whether a key is a number alone: `12`, `79-A`.
    func isNumber(_ key: Int32) -> Bool {
        keys.indices.contains(Int(key)) && keys[Int(key)].count == 1 && StreetWords.isNumbered(keys[Int(key)][0])
    }

    /// Whether a key is that of a road whose stretches have other names: `8 SUR`, `CENTRAL`, `INTERIOR`, `PERIFERICO`.
    func isAxis(_ key: Int32) -> Bool {
        guard let first = keys.indices.contains(Int(key)) ? keys[Int(key)].first : nil else { return false }
        let count = keys[Int(key)].count
        return ["CENTRAL", "INTERIOR", "PERIFERICO"].contains(first) && count <= 2
            || count == 2 && StreetWords.isNumbered(first) && StreetWords.isCompass(keys[Int(key)][1])
    }
}
