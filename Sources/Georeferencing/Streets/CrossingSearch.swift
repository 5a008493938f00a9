import Incidents
import PlaceNames
import SimpleFeatures

/// Finds the crossing that one of several readings names: see ``StreetIndex`` for the steps.
struct CrossingSearch {
    /// What one reading says: two streets.
    struct Query {
        var a: StreetName
        var b: StreetName
        var reading: Int

        /// How much of the text the two names take up.
        var wordCount: Int { (a.words + b.words).count { !["(", ")", "-"].contains($0) } }
    }

    private enum Step: CaseIterable {
        case exact, corrected, titles, axis, longer, realWord

        var score: Double {
            switch self {
            case .exact, .corrected: 1
            case .titles: 0.9
            case .axis: 0.85
            case .longer: 0.8
            case .realWord: 0.8
            }
        }
    }

    struct Hit {
        var crossing: Int32
        var score: Double
        var reading: Int
    }

    /// A name as it was written or corrected.
    private struct Spelling {
        var name: StreetName
        var edits = 0
    }

    private static let scorePerEdit = 0.1
    /// A reading that takes up fewer words than another explains less.
    private static let scorePerWord = 0.06
    /// Scores closer than this are equal: types left out decide nothing, types stated do.
    static let margin = 0.025

    let index: StreetIndex
    /// nil for any, −2 for one that the table does not have.
    let municipality: Int32?
    private let queries: [Query]
    private let spellings: [(a: [Spelling], b: [Spelling])]
    private let mostWords: Int

    init(index: StreetIndex, municipality: Int32?, queries: [Query]) {
        self.index = index
        self.municipality = municipality
        let queries = queries.filter {
            max($0.a.words.count, $0.b.words.count) <= StreetIndex.longestName
        }
        self.queries = queries
        spellings = queries.map { (Self.corrected($0.a, index), Self.corrected($0.b, index)) }
        mostWords = queries.map(\.wordCount).max() ?? 0
    }

    /// The corrected spellings of a name with unknown words; the name itself where there are none.
    private static func corrected(_ name: StreetName, _ index: StreetIndex) -> [Spelling] {
        let variants = WordCorrection.variants(of: name.words, in: index.names.vocabulary)
        guard !variants.isEmpty else { return [Spelling(name: name)] }
        return variants.map { Spelling(name: StreetName(words: $0.words), edits: $0.edits) }
    }

    func answer() -> StreetAnswer {
        var elsewhere: [Hit] = []
        for step in Step.allCases {
            var hits: [Hit] = []
            for place in queries.indices { hits += self.hits(step, place) }
            let inside = hits.filter { isInside($0) }
            if !inside.isEmpty { return decide(inside) }
            if elsewhere.isEmpty, step == .exact || step == .corrected { elsewhere = hits }
        }
        return elsewhere.isEmpty ? .unknown : ambiguous(best(elsewhere))
    }

    private func isInside(_ hit: Hit) -> Bool {
        guard let municipality else { return true }
        let own = index.crossings[Int(hit.crossing)].municipality
        return own == municipality || own < 0
    }

    // MARK: Hits

    private func hits(_ step: Step, _ place: Int) -> [Hit] {
        let query = queries[place]
        let lost = Self.scorePerWord * Double(mostWords - query.wordCount)
        var hits: [Hit] = []
        let isSelf = Self.shareName(query.a, query.b)
        if isSelf, step != .exact, step != .corrected { return [] }
        for (a, b) in pairs(step, place) {
            let edits = Double(a.edits + b.edits) * Self.scorePerEdit
            for (crossing, penalty) in matches(a.name, b.name, step) {
                hits.append(
                    Hit(
                        crossing: crossing, score: max(0.1, step.score - lost - edits - penalty), reading: query.reading
                    ))
            }
        }
        return hits
    }

    private static func shareName(_ a: StreetName, _ b: StreetName) -> Bool {
        a.parts.contains { part in b.parts.contains { $0.key == part.key } }
    }

    /// Which spellings a step asks for.
    private func pairs(_ step: Step, _ place: Int) -> [(Spelling, Spelling)] {
        let query = queries[place]
        let written = (Spelling(name: query.a), Spelling(name: query.b))
        switch step {
        case .exact: return [written]
        case .corrected, .titles, .axis, .longer:
            var pairs = spellings[place].a.flatMap { a in spellings[place].b.map { (a, $0) } }
            let isCorrected = pairs.contains { $0.0.edits + $0.1.edits > 0 }
            if step == .corrected { return isCorrected ? Array(pairs.prefix(Self.mostPairs)) : [] }
            if isCorrected { pairs.insert(written, at: 0) }
            return Array(pairs.prefix(Self.mostPairs))
        case .realWord: return realWordPairs(place)
        }
    }

    private static let mostPairs = 64

    private func realWordPairs(_ place: Int) -> [(Spelling, Spelling)] {
        func changed(_ spelling: Spelling) -> [Spelling] {
            WordCorrection.realWordVariants(of: spelling.name.words, in: index.names.vocabulary).map {
                Spelling(name: StreetName(words: $0.words), edits: $0.edits)
            }
        }
        let (a, b) = (Spelling(name: queries[place].a), Spelling(name: queries[place].b))
        let pairs = changed(a).map { ($0, b) } + changed(b).map { (a, $0) }
        return Array(pairs.prefix(Self.mostPairs))
    }

    private func keys(_ key: String, _ step: Step) -> [Int32] {
        switch step {
        case .titles, .realWord, .longer: index.names.keysEqualButTitles(key)
        case .exact, .corrected, .axis: index.names.key(key).map { [$0] } ?? []
        }
    }

    /// The crossings of two names, with what types take off their scores.
    private func matches(_ a: StreetName, _ b: StreetName, _ step: Step) -> [(crossing: Int32, penalty: Double)] {
        let first = a.parts.map { (type: $0.type, keys: keys($0.key, step)) }
        let second = b.parts.map { (type: $0.type, keys: keys($0.key, step)) }
        guard step == .longer else { return matches(first, second, step) }
        return matches(longer(a), second, step) + matches(first, longer(b), step)
    }

    /// Only one of the two names may be cut short.
    private func longer(_ name: StreetName) -> Parts {
        name.parts.map { (type: $0.type, keys: index.names.keysLongerOrShorter($0.key)) }
    }

    private func matches(_ first: Parts, _ second: Parts, _ step: Step) -> [(crossing: Int32, penalty: Double)] {
        var found: [(crossing: Int32, penalty: Double)] = []
        var seen: Set<Int32> = []
        for one in first.flatMap(\.keys) {
            for other in second.flatMap(\.keys) {
                for crossing in index.crossings(of: one, and: other) where seen.insert(crossing).inserted {
                    if step != .exact, step != .corrected, index.isOneStreet(index.crossings[Int(crossing)]) {
                        continue
                    }
                    if let penalty = penalty(first, second, crossing, step) { found.append((crossing, penalty)) }
                }
            }
        }
        return found
    }

    private typealias Parts = [(type: StreetType?, keys: [Int32])]

    /// nil where the names are those of other streets after all.
    private func penalty(_ a: Parts, _ b: Parts, _ crossing: Int32, _ step: Step) -> Double? {
        let streets = index.crossings[Int(crossing)].streets
        let straight = both(side(a, streets.0, step), side(b, streets.1, step))
        let reversed = both(side(a, streets.1, step), side(b, streets.0, step))
        return [straight, reversed].compactMap { $0 }.min()
    }

    private func both(_ a: Double?, _ b: Double?) -> Double? { a.flatMap { a in b.map { a + $0 } } }

    private func side(_ parts: Parts, _ street: Int32, _ step: Step) -> Double? {
        let own = index.names.streets[Int(street)].parts
        var shared = 0
        var greatest: Double?
        var isAxis = false
        for asked in parts {
            let matches = own.filter { asked.keys.contains($0.key) }
            let penalties = matches.compactMap { penalty(asked: asked.type, own: $0) }
            guard let least = penalties.min() else {
                // Another stretch of an axis has a name that the table knows, and this is none of them.
                if step == .axis, own.count > 1, !asked.keys.isEmpty { return nil }
                continue
            }
            shared += 1
            greatest = max(greatest ?? least, least)
            isAxis = isAxis || matches.contains { index.names.isAxis($0.key) }
        }
        guard let greatest else { return nil }
        let isConflict = shared < min(parts.count, own.count)
        if isConflict, !(step == .axis && isAxis) { return nil }
        return greatest + (shared < max(parts.count, own.count) ? Self.partialName : 0)
    }

    /// One of the two says more names of the street than the other.
    private static let partialName = 0.03

    /// nil where the types are those of different streets.
    private func penalty(asked: StreetType?, own part: (key: Int32, type: StreetType?)) -> Double? {
        let own = part.type
        if asked == own { return 0 }
        if asked?.isMinor != own?.isMinor, index.names.isNumber(part.key), asked?.isMinor ?? own?.isMinor ?? false {
            return nil
        }
        guard let asked else { return own.map(\.isMinor) ?? false ? 0.06 : 0.01 }
        guard let own else { return asked.isMinor ? 0.04 : 0.03 }
        return asked.isMinor || own.isMinor || asked == .viaducto || own == .viaducto ? nil : 0.06
    }
}
