public import Boundaries
import Incidents
import PlaceNames

/// Searches a gazetteer, name after name, with buffers that are kept.
///
/// - Complexity: about a microsecond or two for a name; at most 1,000 bytes and 32 words of it are read, 4 words set
///   right and 8,192 entries of the index looked at, so none takes long.
public struct GazetteerSearch {
    private let gazetteer: Gazetteer
    private let names: [LevelNames]
    private var matchers: [NameMatcher]
    private var reader = PlaceNameReader()
    private var name = PlaceName()
    private var municipalities: MunicipalityFinder
    private var scopes = ScopeCache()

    private let source: NameSource

    init(_ gazetteer: Gazetteer, _ source: NameSource) {
        self.source = source
        self.gazetteer = gazetteer
        names = gazetteer.levels
        matchers = names.map { NameMatcher($0.names, $0.membership) }
        municipalities = MunicipalityFinder(gazetteer.municipalities, gazetteer.municipalityMatcher)
    }

    /// The area that a name means.
    public mutating func find(_ query: PlaceQuery) -> PlaceAnswer {
        query.name.withUnsafeBufferPointer { name in
            query.municipality.withUnsafeBufferPointer { municipality in
                query.postalCode.withUnsafeBufferPointer { postalCode in
                    find(name, municipality: municipality, postalCode: postalCode, level: query.level)
                }
            }
        }
    }

    /// The same for bytes, for hot loops. Empty is not given.
    public mutating func find(
        _ text: UnsafeBufferPointer<UInt8>, municipality: UnsafeBufferPointer<UInt8>,
        postalCode: UnsafeBufferPointer<UInt8>, level: Level
    ) -> PlaceAnswer {
        if level == .municipality { return findMunicipality(text) }
        reader.read(text, into: &name)
        let code = postalCode.isEmpty ? 0 : AreaAttributes.postalCode(Array(postalCode.prefix(32))[...])
        var question = PlaceQuestion(postalCode: code > 0 ? code : name.postalCode?.value ?? 0, source)
        settleScope(municipality, &question)
        guard let level = names.firstIndex(where: { $0.version.level == level }) else {
            return question.answer(.unmatched, .nothingSimilar)
        }
        var answer = find(in: level, &question)
        answer.municipality = reference(question.scope)
        return answer
    }

    /// The municipality that a text means: its name, the beginning of its name where no other begins so, or its code.
    public mutating func findMunicipality(_ text: UnsafeBufferPointer<UInt8>) -> PlaceAnswer {
        let found = municipalities.find(Array(text.prefix(PlaceNameReader.longestInput)), state: nil)
        let rule = found.isEmpty ? .nothingSimilar : municipalities.rule
        guard let names = names.first(where: { $0.version.level == .municipality }) else {
            return PlaceAnswer(status: .unmatched, method: .unknownPlace, rule: .nothingSimilar)
        }
        let areas = found.filter { gazetteer.municipalities.entries[Int($0)].area >= 0 }
        var answer = PlaceAnswer(
            status: areas.isEmpty ? .unmatched : areas.count == 1 ? .match : .ambiguous,
            method: areas.isEmpty ? .unknownPlace : areas.count == 1 ? .municipalityName : .severalPlaces, rule: rule)
        answer.candidateCount = areas.count
        answer.candidates = areas.prefix(PlaceAnswer.longestList).map {
            PlaceCandidate(area: names.reference($0), score: Double(rule.score), rule: rule)
        }
        if areas.count == 1 { answer.area = answer.candidates.first?.area }
        return answer
    }

    /// The same for a `String`.
    public mutating func findMunicipality(_ text: String) -> PlaceAnswer {
        var text = text
        return text.withUTF8 { findMunicipality($0) }
    }

    /// The municipality of the column beside the name, or else of the name's own tail.
    private mutating func settleScope(_ text: UnsafeBufferPointer<UInt8>, _ question: inout PlaceQuestion) {
        if !text.isEmpty {
            question.settle(scopes.entries(of: text, name.state, &municipalities))
            if question.standing == .unknown, name.state != nil {
                question.settle(scopes.entries(of: text, nil, &municipalities))
                if question.standing != .unknown { question.standing = .contradicted }
            }
        }
        for segment in name.tail.reversed() where !segment.text.isEmpty {
            let found = segment.text.withUnsafeBufferPointer {
                scopes.entries(of: $0, segment.state ?? name.state, &municipalities)
            }
            if question.standing == .notGiven {
                if !found.isEmpty || segment.isMunicipality || segment.state != nil { question.settle(found) }
            } else if !found.isEmpty, !question.scope.municipalities.isEmpty,
                !found.contains(where: { question.scope.municipalities.contains($0) })
            {
                question.standing = .contradicted
            }
        }
    }

    private func reference(_ scope: PlaceScope) -> AreaReference? {
        guard scope.municipalities.count == 1, let entry = scope.municipalities.first,
            let names = names.first, names.version.level == .municipality,
            gazetteer.municipalities.entries[Int(entry)].area >= 0
        else { return nil }
        return names.reference(entry)
    }

    private mutating func find(in level: Int, _ question: inout PlaceQuestion) -> PlaceAnswer {
        let names = self.names[level]
        guard !name.text.isEmpty else {
            return answerToNothing(question, names, orElse: name.unknown == nil ? .nothingAsked : .pseudoPlace)
        }
        if let alias = gazetteer.aliases[level].entry(for: name, in: question.scope) {
            return question.answer(alias, names)
        }
        matchers[level].findSameText(name, in: question.scope)
        if !matchers[level].hits.isEmpty {
            if source == .otherCatalogue { matchers[level].addSimilar(name, in: question.scope) }
            return question.decide(matchers[level].hits, name, names)
        }
        if name.unknown != nil { return answerToNothing(question, names, orElse: .pseudoPlace) }
        matchers[level].findSimilar(
            name, in: question.scope, sameWordsSuffice: source == .sameCatalogue)
        if matchers[level].hits.isEmpty, !question.scope.municipalities.isEmpty {
            findElsewhere(level, &question)
        }
        if matchers[level].hits.isEmpty { return question.answerByPostalCode(names, orElse: .nothingSimilar) }
        return question.decide(matchers[level].hits, name, names)
    }

    private func answerToNothing(_ question: PlaceQuestion, _ names: LevelNames, orElse rule: PlaceRule) -> PlaceAnswer
    {
        var answer = question.answerByPostalCode(names, orElse: rule)
        answer.unknown = name.unknown
        return answer
    }

    /// Areas of the name in other municipalities than the one that was given.
    private mutating func findElsewhere(_ level: Int, _ question: inout PlaceQuestion) {
        matchers[level].findSameText(name, in: .anywhere)
        if matchers[level].hits.isEmpty {
            matchers[level].findSimilar(name, in: .anywhere)
            matchers[level].keepEqualNames()
        }
        if !matchers[level].hits.isEmpty {
            question.standing = .contradicted
            question.isElsewhere = true
        }
    }
}

/// Remembers what municipalities texts mean: a file has few of them, and many rows.
struct ScopeCache {
    private struct Slot {
        var text: [UInt8] = []
        var state: MexicanState?
        var entries: [Int32] = []
        var isFilled = false
    }

    private var slots = [Slot](repeating: Slot(), count: 256)

    mutating func entries(
        of text: UnsafeBufferPointer<UInt8>, _ state: MexicanState?, _ finder: inout MunicipalityFinder
    ) -> [Int32] {
        let text = UnsafeBufferPointer(rebasing: text.prefix(PlaceNameReader.longestInput))
        let slot = Int(truncatingIfNeeded: HashedLists.hash(text) & 255)
        if slots[slot].isFilled, slots[slot].state == state, slots[slot].text.elementsEqual(text) {
            return slots[slot].entries
        }
        let entries = finder.find(Array(text), state: state)
        slots[slot] = Slot(text: Array(text), state: state, entries: entries, isFilled: true)
        return entries
    }
}
