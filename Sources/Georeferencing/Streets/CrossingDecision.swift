import Incidents
import PlaceNames
import SimpleFeatures

extension CrossingSearch {
    /// The hits that score best, each crossing once.
    func best(_ hits: [Hit]) -> [Hit] {
        var byCrossing: [Int32: Hit] = [:]
        for hit in hits where hit.score > byCrossing[hit.crossing]?.score ?? 0 { byCrossing[hit.crossing] = hit }
        let top = byCrossing.values.map(\.score).max() ?? 0
        return byCrossing.values.filter { top - $0.score < Self.margin }
            .sorted { ($1.score, $0.crossing) < ($0.score, $1.crossing) }
    }

    func decide(_ hits: [Hit]) -> StreetAnswer {
        let rivals = best(hits)
        let crossings = rivals.map { index.crossings[Int($0.crossing)] }
        guard let first = rivals.first, let cluster = PlaceCluster(crossings.flatMap(\.places)) else { return .unknown }
        let limit = isOneCrossing(crossings) ? StreetIndex.greatestSpread : StreetIndex.mergeDistance
        guard cluster.spread <= limit else { return ambiguous(rivals) }
        let isStreet = crossings.contains { index.isOneStreet($0) }
        let candidate = StreetCandidate(
            name: index.name(of: crossings[0]), municipality: index.municipalityKey(crossings[0].municipality),
            place: cluster.medoid, score: first.score)
        return StreetAnswer(
            verdict: .match, place: cluster.medoid, method: isStreet ? .street : .crossing,
            grade: isStreet ? .street : .crossing,
            uncertainty: (isStreet ? StreetIndex.streetRadius : StreetIndex.baseRadius) + cluster.spread,
            score: first.score, candidates: [candidate], reading: first.reading)
    }

    /// Whether all are spellings of one crossing in one municipality: they share two names, of which none has two
    /// types.
    private func isOneCrossing(_ crossings: [StreetIndex.Crossing]) -> Bool {
        guard let first = crossings.first, crossings.count > 1 else { return true }
        guard crossings.allSatisfy({ $0.municipality == first.municipality }) else { return false }
        var shared = Set(parts(first).map(\.key))
        var types: [Int32: StreetType] = [:]
        for crossing in crossings {
            shared.formIntersection(parts(crossing).map(\.key))
            for part in parts(crossing) {
                guard let type = part.type else { continue }
                if let other = types[part.key], other != type { return false }
                types[part.key] = type
            }
        }
        return shared.count > 1
    }

    private func parts(_ crossing: StreetIndex.Crossing) -> [(key: Int32, type: StreetType?)] {
        index.names.streets[Int(crossing.streets.0)].parts + index.names.streets[Int(crossing.streets.1)].parts
    }

    func ambiguous(_ rivals: [Hit]) -> StreetAnswer {
        var candidates: [StreetCandidate] = []
        for rival in rivals {
            let crossing = index.crossings[Int(rival.crossing)]
            for place in crossing.places where candidates.count < StreetIndex.mostCandidates {
                candidates.append(
                    StreetCandidate(
                        name: index.name(of: crossing), municipality: index.municipalityKey(crossing.municipality),
                        place: place, score: rival.score))
            }
        }
        return StreetAnswer(candidates: candidates, reading: rivals.first?.reading)
    }
}

extension StreetAnswer {
    /// Several places, the best first.
    init(candidates: [StreetCandidate], reading: Int?) {
        self.init(
            verdict: .ambiguous, place: nil, method: .severalPlaces, grade: .none, uncertainty: nil,
            score: candidates.first?.score ?? 0, candidates: candidates, reading: reading)
    }
}

extension StreetIndex {
    func name(of crossing: Crossing) -> String {
        names.streets[Int(crossing.streets.0)].text + " y " + names.streets[Int(crossing.streets.1)].text
    }

    /// Whether both are names of one street: tables have it so where they know no more than the street.
    func isOneStreet(_ crossing: Crossing) -> Bool {
        names.streets[Int(crossing.streets.0)].parts.contains { part in
            names.streets[Int(crossing.streets.1)].parts.contains { $0.key == part.key }
        }
    }

    func municipalityKey(_ number: Int32) -> String? {
        municipalities.indices.contains(Int(number)) ? municipalities[Int(number)] : nil
    }
}
