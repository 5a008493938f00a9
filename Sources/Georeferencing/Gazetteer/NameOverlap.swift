/// Finds the names that share their rarer words with another.
struct NameOverlap {
    /// So many entries of the index are read for one name, those of its rarest words first.
    private static let mostEntries = 8192
    /// Names that share less are left out.
    static let lowestScore: Float = 0.4

    private var shared: [Float]
    private var counts: [Int32]
    private var touched: [Int32] = []
    private var order: [Int32] = []

    init(formCount: Int) {
        shared = [Float](repeating: 0, count: formCount)
        counts = [Int32](repeating: 0, count: formCount)
    }

    mutating func collect(
        _ terms: NameTerms, _ index: NameIndex, _ membership: Membership, _ scope: PlaceScope,
        _ body: (NameHit) -> Void
    ) {
        order.removeAll(keepingCapacity: true)
        order += terms.stems
        order.sort { (index.postingCount(of: $0), $0) < (index.postingCount(of: $1), $1) }
        var entries = 0
        for stem in order {
            let postings = index.postings(of: stem)
            entries += postings.count
            if entries > Self.mostEntries, entries > postings.count { break }
            let weight = index.weights[Int(stem)]
            Self.add(weight, to: postings.prefix(Self.mostEntries), &counts, &shared, &touched)
        }
        for number in touched {
            if let hit = hit(number, terms, index), membership.isIn(scope, hit.area) { body(hit) }
            counts[Int(number)] = 0
            shared[Int(number)] = 0
        }
        touched.removeAll(keepingCapacity: true)
    }

    private static func add(
        _ weight: Float, to postings: ArraySlice<Int32>, _ counts: inout [Int32], _ shared: inout [Float],
        _ touched: inout [Int32]
    ) {
        counts.withUnsafeMutableBufferPointer { counts in
            shared.withUnsafeMutableBufferPointer { shared in
                for form in postings {
                    if counts[Int(form)] == 0 { touched.append(form) }
                    counts[Int(form)] += 1
                    shared[Int(form)] += weight
                }
            }
        }
    }

    @inline(__always) private func hit(_ number: Int32, _ terms: NameTerms, _ index: NameIndex) -> NameHit? {
        let measure = index.measures[Int(number)]
        let common = shared[Int(number)]
        let containsName = terms.unknown == 0 && Int(counts[Int(number)]) == terms.stems.count
        let isContained = counts[Int(number)] == measure.stemCount
        let square = common * common / max(1e-3, terms.weight * measure.weight)
        guard containsName || isContained || square >= Self.lowestScore * Self.lowestScore,
            terms.marks.relation(to: index.forms[Int(number)].marks) != .contradiction
        else { return nil }
        let rule: PlaceRule = containsName || isContained ? .nameContained : .wordsShared
        return NameHit(
            area: measure.area, rule: rule, score: rule.score * square.squareRoot(), containsName: containsName)
    }
}
