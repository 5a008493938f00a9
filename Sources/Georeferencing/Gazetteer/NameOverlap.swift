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
        order.sort { (index.postings(of: $0).count, $0) < (index.postings(of: $1).count, $1) }
        var entries = 0
        for stem in order {
            let postings = index.postings(of: stem)
            entries += postings.count
            if entries > Self.mostEntries, entries > postings.count { break }
            let weight = index.weights[Int(stem)]
            for form in postings.prefix(Self.mostEntries) {
                if counts[Int(form)] == 0 { touched.append(form) }
                counts[Int(form)] += 1
                shared[Int(form)] += weight
            }
        }
        for number in touched {
            let form = index.forms[Int(number)]
            if membership.isIn(scope, form.area), let hit = hit(number, form, terms) { body(hit) }
            counts[Int(number)] = 0
            shared[Int(number)] = 0
        }
        touched.removeAll(keepingCapacity: true)
    }

    private func hit(_ number: Int32, _ form: NameIndex.Form, _ terms: NameTerms) -> NameHit? {
        let common = shared[Int(number)]
        let containsName = terms.unknown == 0 && Int(counts[Int(number)]) == terms.stems.count
        let isContained = counts[Int(number)] == form.stems.upperBound - form.stems.lowerBound
        let score = common / max(1e-3, terms.weight * form.weight).squareRoot()
        guard containsName || isContained || score >= Self.lowestScore else { return nil }
        switch terms.marks.relation(to: form.marks) {
        case .contradiction: return nil
        case .missing, .kindDiffers, .equal: break
        }
        let rule: PlaceRule = containsName || isContained ? .nameContained : .wordsShared
        return NameHit(area: form.area, rule: rule, score: rule.score * score, containsName: containsName)
    }
}
