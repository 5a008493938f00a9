import PlaceNames

/// Municipalities in which an area is looked for: those of the set, or any.
struct PlaceScope {
    /// In ascending order; empty for any.
    var municipalities: [Int32] = []

    static let anywhere = PlaceScope()
}

/// Which municipalities hold the areas of a layer.
struct Membership: Sendable {
    private var starts: [Int32] = [0]
    private var members: [Int32] = []

    init(_ lists: [[Int32]] = []) {
        for list in lists {
            members += list
            starts.append(Int32(clamping: members.count))
        }
    }

    func municipalities(of area: Int32) -> ArraySlice<Int32> {
        guard Int(area) + 1 < starts.count else { return [] }
        return members[Int(starts[Int(area)])..<Int(starts[Int(area) + 1])]
    }

    func isIn(_ scope: PlaceScope, _ area: Int32) -> Bool {
        if scope.municipalities.isEmpty { return true }
        guard Int(area) + 1 < starts.count else { return false }
        for index in Int(starts[Int(area)])..<Int(starts[Int(area) + 1]) {
            for municipality in scope.municipalities where municipality == members[index] { return true }
        }
        return false
    }
}

/// An area whose name has something in common with the one that is looked for.
struct NameHit {
    var area: Int32
    var rule: PlaceRule
    var score: Float
    /// All words of the name that is looked for stand in the area's name.
    var containsName: Bool
}

/// Collects the areas that a name may mean, with the difference between the names; decides nothing.
///
/// The buffers are kept from one name to the next.
struct NameMatcher {
    let index: NameIndex
    let membership: Membership
    /// One per area at most, the best first.
    private(set) var hits: [NameHit] = []
    private(set) var terms = NameTerms()
    private var overlap: NameOverlap
    private var typing = TypingErrors()
    /// Areas are listed down to this share of the best one's score.
    static let worthShare: Float = 0.5

    init(_ index: NameIndex, _ membership: Membership) {
        self.index = index
        self.membership = membership
        overlap = NameOverlap(formCount: index.forms.count)
    }

    /// The areas that have exactly this name, once both are normalised.
    mutating func findSameText(_ name: PlaceName, in scope: PlaceScope) {
        hits.removeAll(keepingCapacity: true)
        for entry in index.byText.range(of: HashedLists.hash(name.text)) {
            let number = index.byText.values[entry]
            let form = index.forms[Int(number)]
            guard index.text(of: number) == name.text[...], membership.isIn(scope, form.area) else { continue }
            hits.append(NameHit(area: form.area, rule: .sameName, score: 1, containsName: true))
        }
    }

    /// Whatever is similar to a name that some area has exactly, beside that area.
    mutating func addSimilar(_ name: PlaceName, in scope: PlaceScope) {
        let same = hits
        findSimilar(name, in: scope)
        hits.removeAll { hit in same.contains { $0.area == hit.area } }
        hits.insert(contentsOf: same, at: 0)
    }

    /// Whatever is similar.
    /// - Parameter isEnough: whether areas of the same words make all others needless.
    mutating func findSimilar(_ name: PlaceName, in scope: PlaceScope, sameWordsSuffice isEnough: Bool = false) {
        hits.removeAll(keepingCapacity: true)
        terms.fill(name, index)
        findSameStems(in: scope)
        if isEnough, hits.contains(where: { $0.rule == .sameWords }) { return keepBestOfEachArea() }
        findSameSpelling(name, in: scope)
        let isAnswered = hits.contains { $0.rule < .otherSettlement }
        if !isAnswered { findMistyped(name, in: scope) }
        if !isAnswered, name.tokens.contains(where: \.isBracketed) { findWithoutBrackets(name, in: scope) }
        overlap.collect(terms, index, membership, scope) { hits.append($0) }
        keepBestOfEachArea()
    }

    private mutating func findSameStems(in scope: PlaceScope, slips: Int? = nil, bracket: PlaceRule? = nil) {
        guard terms.unknown == 0, !terms.stems.isEmpty else { return }
        for entry in index.byStems.range(of: NameIndex.key(ofStems: terms.stems)) {
            let number = index.byStems.values[entry]
            let form = index.forms[Int(number)]
            guard index.stems(of: number) == terms.stems[...], membership.isIn(scope, form.area) else { continue }
            let rule: PlaceRule
            switch terms.marks.relation(to: form.marks) {
            case .contradiction: continue
            case .missing: rule = .partMissing
            case .kindDiffers: rule = .partKindDiffers
            case .equal: rule = slips == nil ? bracket ?? difference(from: form, number) : .typingError
            }
            let score = rule.score - Float(slips ?? 0) * 0.02
            hits.append(NameHit(area: form.area, rule: rule, score: score, containsName: true))
        }
    }

    /// In what the name differs from one of the same stems and marks.
    private func difference(from form: NameIndex.Form, _ number: Int32) -> PlaceRule {
        switch form.kind {
        case .whole: break
        case .withoutBrackets: return .withoutBrackets
        case .inBrackets: return .nameInBrackets
        }
        guard index.words(of: number) == terms.words[...] else {
            return index.words(of: number).sorted() == terms.words.sorted() ? .otherOrder : .grammaticalNumber
        }
        return SettlementCode.difference(terms.settlementType, form.settlementType)
    }

    private mutating func findSameSpelling(_ name: PlaceName, in scope: PlaceScope) {
        guard !terms.words.isEmpty else { return }
        for entry in index.bySpelling.range(of: terms.spelling) {
            let number = index.bySpelling.values[entry]
            let form = index.forms[Int(number)]
            guard form.kind == .whole, membership.isIn(scope, form.area), index.words(of: number) != terms.words[...],
                isSameSpelling(name, number)
            else { continue }
            let rule: PlaceRule
            switch terms.marks.relation(to: form.marks) {
            case .contradiction: continue
            case .missing: rule = .partMissing
            case .kindDiffers: rule = .partKindDiffers
            case .equal: rule = .otherSpacing
            }
            hits.append(NameHit(area: form.area, rule: rule, score: rule.score, containsName: true))
        }
    }

    private func isSameSpelling(_ name: PlaceName, _ form: Int32) -> Bool {
        let asked = terms.places.lazy.flatMap { name.text[$0] }
        return asked.elementsEqual(index.words(of: form).lazy.flatMap { index.vocabulary[$0] })
    }

    /// Tries the name with each of its unknown words set right.
    private mutating func findMistyped(_ name: PlaceName, in scope: PlaceScope) {
        guard terms.unknown > 0 else { return }
        typing.collect(terms, name, index)
        let before = hits.count
        while let slips = typing.next(&terms, index) {
            if hits.count > before, slips > typing.fewest { break }
            findSameStems(in: scope, slips: slips)
            if hits.count > before { typing.fewest = min(typing.fewest, slips) }
        }
        typing.restore(&terms, index)
    }

    private mutating func findWithoutBrackets(_ name: PlaceName, in scope: PlaceScope) {
        let before = hits.count
        terms.fill(name, index, as: .withoutBrackets)
        findSameStems(in: scope, bracket: .withoutBrackets)
        if hits.count == before {
            terms.fill(name, index, as: .inBrackets)
            findSameStems(in: scope, bracket: .nameInBrackets)
        }
        terms.fill(name, index)
    }

    /// Leaves the areas whose names differ in nothing that tells areas apart.
    mutating func keepEqualNames() { hits.removeAll { $0.rule >= .typingError } }

    /// Of several hits of an area the best; areas that are much worse than the best are left out.
    private mutating func keepBestOfEachArea() {
        guard hits.count > 1 else { return }
        let limit = hits.reduce(0) { max($0, $1.score) } * Self.worthShare
        hits.removeAll { $0.score < limit && !$0.containsName }
        hits.sort { a, b in
            if a.area != b.area { return a.area < b.area }
            return a.score != b.score ? a.score > b.score : a.rule < b.rule
        }
        var kept = 0
        for index in hits.indices where index == 0 || hits[index].area != hits[kept - 1].area {
            hits[kept] = hits[index]
            kept += 1
        }
        hits.removeLast(hits.count - kept)
        // Areas stand in the order of their keys.
        hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.area < $1.area }
    }
}
