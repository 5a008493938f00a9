import Incidents
import PlaceNames

/// What is asked beside the name; decides between the areas that were found.
struct PlaceQuestion {
    var postalCode: Int32
    var scope = PlaceScope.anywhere
    var standing = MunicipalityStanding.notGiven
    /// The areas were found outside the municipality that was given.
    var isElsewhere = false

    private let source: NameSource

    init(postalCode: Int32, _ source: NameSource) {
        self.postalCode = postalCode
        self.source = source
    }

    mutating func settle(_ municipalities: [Int32]) {
        scope = PlaceScope(municipalities: municipalities)
        standing = municipalities.isEmpty ? .unknown : municipalities.count == 1 ? .known : .several
    }

    /// A match needs a municipality that is known, or none that was given.
    private var allowsMatch: Bool { standing != .unknown && standing != .contradicted }

    func answer(_ status: PlaceStatus, _ rule: PlaceRule) -> PlaceAnswer {
        var answer = PlaceAnswer(
            status: status, method: status == .ambiguous ? .severalPlaces : rule.method, rule: rule)
        answer.municipalityStanding = standing
        return answer
    }

    func answer(_ alias: AliasTable.Entry, _ names: LevelNames) -> PlaceAnswer {
        guard alias.area >= 0 else { return answer(.unmatched, .aliasOfNoPlace) }
        return match(NameHit(area: alias.area, rule: .alias, score: 1, containsName: true), names, by: nil)
    }

    private func match(_ hit: NameHit, _ names: LevelNames, by evidence: PlaceEvidence?) -> PlaceAnswer {
        var answer = answer(.match, hit.rule)
        answer.area = names.reference(hit.area)
        answer.decidedBy = evidence
        answer.candidates = [
            PlaceCandidate(area: names.reference(hit.area), score: Double(hit.score), rule: hit.rule)
        ]
        answer.candidateCount = 1
        return answer
    }

    private func ambiguous(_ hits: ArraySlice<NameHit>, _ names: LevelNames, _ rule: PlaceRule) -> PlaceAnswer {
        var answer = answer(.ambiguous, rule)
        answer.candidateCount = hits.count
        answer.candidates = hits.prefix(PlaceAnswer.longestList).map {
            PlaceCandidate(area: names.reference($0.area), score: Double($0.score), rule: $0.rule)
        }
        return answer
    }

    /// The areas of the postal code, where the name says nothing.
    func answerByPostalCode(_ names: LevelNames, orElse rule: PlaceRule) -> PlaceAnswer {
        guard postalCode > 0 else { return answer(.unmatched, rule) }
        let hits = names.byPostalCode.values[names.byPostalCode.range(of: UInt64(postalCode))]
            .filter { names.membership.isIn(scope, $0) }
            .map { NameHit(area: $0, rule: .postalCode, score: PlaceRule.postalCode.score, containsName: false) }
        guard let first = hits.first else { return answer(.unmatched, rule) }
        if hits.count == 1, rule == .nothingAsked, allowsMatch { return match(first, names, by: .postalCode) }
        return ambiguous(hits[...], names, .postalCode)
    }

    /// - Parameter hits: not empty, the best first.
    func decide(_ hits: [NameHit], _ name: PlaceName, _ names: LevelNames) -> PlaceAnswer {
        let best = hits[0]
        if isElsewhere { return ambiguous(hits[...], names, .otherMunicipality) }
        let equals = hits.prefix { $0.rule == best.rule && $0.score == best.score }
        if allowsMatch, best.rule.mayMatch {
            let evidence = self.evidence(among: equals, name, names)
            let chosen = equals.count == 1 ? best : evidence?.hit
            if let chosen,
                !needsNoRival(best.rule) || !hits.contains(where: { $0.containsName && $0.area != chosen.area })
            {
                return match(chosen, names, by: evidence?.kind)
            }
        }
        if best.rule == .sameName, equals.count > 1 { return ambiguous(equals, names, .sameName) }
        return ambiguous(worthListing(hits), names, best.rule)
    }

    /// Whether the area must be the only one whose name has all words of the name that is looked for.
    private func needsNoRival(_ rule: PlaceRule) -> Bool {
        rule != .alias && (source == .otherCatalogue || rule > .otherSpacing)
    }

    /// The one area among equals that the postal code or the settlement type points at.
    private func evidence(
        among equals: ArraySlice<NameHit>, _ name: PlaceName, _ names: LevelNames
    ) -> (hit: NameHit, kind: PlaceEvidence)? {
        guard equals.count > 1 else { return nil }
        if postalCode > 0 {
            let same = equals.filter { names.postalCodes[Int($0.area)] == postalCode }
            if same.count == 1 { return (same[0], .postalCode) }
        }
        let type = SettlementCode.code(name.settlementType)
        if type > 0 {
            let same = equals.filter { names.types[Int($0.area)] == type }
            if same.count == 1 { return (same[0], .settlementType) }
        }
        return nil
    }

    /// The list is cut where the candidates become much worse than the best.
    private func worthListing(_ hits: [NameHit]) -> ArraySlice<NameHit> {
        let limit = hits[0].score * NameMatcher.worthShare
        return hits.prefix { $0.score >= limit }
    }
}

extension PlaceRule {
    /// Whether one area of the rule may be a match.
    var mayMatch: Bool { self <= .typingError }
}
