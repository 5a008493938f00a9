import PlaceNames
import SimpleFeatures

/// A house number in the order of numbers: `123-B` is 123, then `B`; `230 PONIENTE` is 230, then `PONIENTE`.
struct HouseNumberKey: Hashable {
    var value: Int
    var suffix: String

    /// nil where the text does not begin with digits.
    init?(_ text: String) {
        let folded = StreetName(text).words.filter { $0 != "-" && $0 != "(" && $0 != ")" }
        guard let first = folded.first(where: { StreetWords.isNumbered($0) }) else { return nil }
        let digits = first.prefix { $0.isNumber }
        guard let value = Int(digits), value < 1_000_000 else { return nil }
        self.value = value
        let letters = first.dropFirst(digits.count).filter { $0 != "-" }
        let side = folded.last.flatMap { StreetWords.isCompass($0) ? $0 : nil }
        suffix = side ?? String(letters)
    }
}

/// House numbers of streets, or kilometres of highways in metres, in the order of street and number.
struct NumberedPlaces: Sendable {
    struct Entry: Sendable {
        /// The key of the street's name.
        var key: Int32
        var municipality: Int32
        var number: Int
        var suffix: String
        var place: LonLat
        var street: Int32
    }

    private(set) var entries: [Entry] = []

    var count: Int { entries.count }

    mutating func insert(_ entry: Entry) { entries.append(entry) }

    mutating func finish() {
        entries.sort {
            ($0.key, $0.number, $0.suffix, $0.municipality) < ($1.key, $1.number, $1.suffix, $1.municipality)
        }
    }

    /// Entries of the number, of all municipalities for nil.
    func exact(_ key: Int32, number: Int, municipality: Int32?) -> [Entry] {
        var found: [Entry] = []
        var index = first(key, number)
        while index < entries.count, entries[index].key == key, entries[index].number == number {
            if Self.isIn(entries[index], municipality) { found.append(entries[index]) }
            index += 1
        }
        return found
    }

    /// The next numbers of the same municipality below and above, in steps of a parity where there is one, no farther
    /// than a limit.
    func neighbours(
        _ key: Int32, number: Int, municipality: Int32?, within limit: Int, sameParity: Bool
    ) -> (below: Entry, above: Entry)? {
        func fits(_ entry: Entry) -> Bool {
            Self.isIn(entry, municipality) && abs(entry.number - number) <= limit
                && (!sameParity || (entry.number - number) % 2 == 0)
        }
        let middle = first(key, number)
        var index = middle
        var above: Entry?
        while index < entries.count, entries[index].key == key, entries[index].number - number <= limit, above == nil {
            if entries[index].number > number, fits(entries[index]) { above = entries[index] }
            index += 1
        }
        index = middle - 1
        var below: Entry?
        while index >= 0, entries[index].key == key, number - entries[index].number <= limit, below == nil {
            if fits(entries[index]) { below = entries[index] }
            index -= 1
        }
        guard let below, let above, below.municipality == above.municipality else { return nil }
        return (below, above)
    }

    private func first(_ key: Int32, _ number: Int) -> Int {
        StreetIndex.first(of: entries.count) { (entries[$0].key, entries[$0].number) < (key, number) }
    }

    private static func isIn(_ entry: Entry, _ municipality: Int32?) -> Bool {
        municipality == nil || entry.municipality == municipality || entry.municipality < 0
    }
}

/// Landmarks by their names.
struct LandmarkTable: Sendable {
    struct Entry: Sendable {
        var text: String
        var municipality: Int32
        var place: LonLat
    }

    private(set) var entries: [Entry] = []
    private var vocabulary = StreetVocabulary()
    private var byName: [String: [Int]] = [:]

    var count: Int { entries.count }

    mutating func insert(_ text: String, at place: LonLat, municipality: Int32) {
        let words = Self.words(of: text)
        guard !words.isEmpty else { return }
        for word in words { _ = vocabulary.insert(word) }
        byName[words.joined(separator: " "), default: []].append(entries.count)
        entries.append(Entry(text: text, municipality: municipality, place: place))
    }

    mutating func finish() { vocabulary.finish() }

    /// Landmarks of the name, and where there is none those a slip away.
    func find(_ text: String) -> (entries: [Entry], isExact: Bool) {
        let words = Self.words(of: text)
        guard !words.isEmpty else { return ([], true) }
        if let found = byName[words.joined(separator: " ")] { return (found.map { entries[$0] }, true) }
        var found: [Int] = []
        for variant in WordCorrection.variants(of: words, in: vocabulary) {
            found += byName[variant.words.joined(separator: " ")] ?? []
        }
        return (Array(Set(found)).sorted().map { entries[$0] }, false)
    }

    private static func words(of text: String) -> [String] {
        StreetName(text).words.filter { !StreetWords.isConnective($0) && !["(", ")", "-"].contains($0) }
    }
}
