import Incidents
public import PlaceNames
import SimpleFeatures

extension StreetIndex {
    /// Finds what an address says, asking for the finest first: house number, crossing, block, kilometre, landmark, and
    /// a street alone where the table has it in one short stretch.
    ///
    /// - Parameters:
    ///   - readings: of one text, the likeliest first: ``AddressParser/readings(of:)-(String)``.
    ///   - municipality: the key of the municipality in which it lies; nil for any. What lies only in another one is
    ///     ambiguous.
    /// - Complexity: O(readings · words · log places); independent of how many places there are but for that.
    public func find(_ readings: [Address], municipality: String? = nil) -> StreetAnswer {
        let readings = readings.prefix(AddressParser.mostReadings)
        let number = self.municipality(municipality)
        var ambiguous: StreetAnswer?
        let steps: [(Address) -> StreetAnswer] = [
            { address(of: $0, municipality: number) }, { kilometre(of: $0, municipality: number) },
            { landmark(of: $0, municipality: number) }, { street(of: $0, municipality: number) },
        ]
        for (place, step) in steps.enumerated() {
            for (index, reading) in readings.enumerated() {
                var answer = step(reading)
                answer.reading = answer.verdict == .none ? nil : index
                if answer.verdict == .match { return answer }
                if answer.verdict == .ambiguous, ambiguous == nil { ambiguous = answer }
            }
            guard place == 0 else { continue }
            let crossing = self.crossing(of: Array(readings), municipality: number)
            if crossing.verdict == .match { return crossing }
            if crossing.verdict == .ambiguous, ambiguous == nil { ambiguous = crossing }
        }
        return ambiguous ?? .unknown
    }

    /// Finds the crossing of two streets, in either order.
    public func crossing(_ a: StreetName, _ b: StreetName, municipality: String? = nil) -> StreetAnswer {
        let query = CrossingSearch.Query(a: a, b: b, reading: 0)
        return CrossingSearch(index: self, municipality: self.municipality(municipality), queries: [query]).answer()
    }

    private func crossing(of readings: [Address], municipality: Int32?) -> StreetAnswer {
        var queries: [CrossingSearch.Query] = []
        for (index, reading) in readings.enumerated() {
            guard let street = reading.street?.name, let other = reading.crossing?.name else { continue }
            queries.append(CrossingSearch.Query(a: street, b: other, reading: index))
        }
        var found = StreetAnswer.unknown
        if !queries.isEmpty {
            found = CrossingSearch(index: self, municipality: municipality, queries: queries).answer()
        }
        if found.verdict == .match { return found }
        for (index, reading) in readings.enumerated() where reading.between.count == 2 {
            var block = self.block(of: reading, municipality: municipality)
            block.reading = index
            if block.verdict == .match { return block }
        }
        return found
    }

    /// `Olmo entre Pino y Cedro`: half-way between the two crossings, or at the one that the table has.
    private func block(of reading: Address, municipality: Int32?) -> StreetAnswer {
        guard let street = reading.street?.name, reading.between.count == 2 else { return .unknown }
        let ends = reading.between.map { end in
            let query = CrossingSearch.Query(a: street, b: end.name, reading: 0)
            return CrossingSearch(index: self, municipality: municipality, queries: [query]).answer()
        }
        let places = ends.filter { $0.verdict == .match }.compactMap(\.place)
        guard let first = places.first, let best = ends.first(where: { $0.verdict == .match }) else { return .unknown }
        let length = places.count == 2 ? StreetDistance.metres(first, places[1]) : 2 * Self.unknownBlock
        guard length <= Self.longestBlock else {
            return StreetAnswer(candidates: ends.flatMap(\.candidates), reading: 0)
        }
        var answer = best
        answer.place = places.count == 2 ? Self.between(first, places[1], share: 0.5) : first
        answer.grade = .street
        answer.uncertainty = length / 2 + (ends.compactMap(\.uncertainty).max() ?? Self.baseRadius)
        answer.score = ends.map(\.score).min() ?? 0
        answer.candidates = ends.flatMap(\.candidates)
        return answer
    }

    /// A block longer than this was misread, in metres.
    private static let longestBlock = 1_000.0
    /// How far the middle of a block may lie from its only known end, in metres.
    private static let unknownBlock = 200.0

    static func between(_ a: LonLat, _ b: LonLat, share: Double) -> LonLat {
        LonLat(
            longitude: a.longitude + (b.longitude - a.longitude) * share,
            latitude: a.latitude + (b.latitude - a.latitude) * share)
    }

    // MARK: A street alone

    /// The table knows a street by its crossings; where they lie within a short stretch, that is its place.
    private func street(of reading: Address, municipality: Int32?) -> StreetAnswer {
        guard reading.crossing == nil, reading.between.isEmpty, reading.kilometre == nil, reading.landmark == nil,
            let name = reading.street?.name
        else { return .unknown }
        let keys = name.parts.compactMap { names.key($0.key) }
        guard keys.count == name.parts.count, let key = keys.last else { return .unknown }
        let numbers = crossings(of: key, atMost: 200).filter { number in
            let own = crossings[Int(number)].municipality
            return (municipality == nil || own == municipality || own < 0) && hasType(name, number)
        }
        guard let cluster = PlaceCluster(numbers.flatMap { crossings[Int($0)].places }), let first = numbers.first,
            cluster.spread <= Self.greatestSpread
        else { return .unknown }
        let candidate = StreetCandidate(
            name: reading.street?.text ?? "", municipality: municipalityKey(crossings[Int(first)].municipality),
            place: cluster.medoid, score: 0.5)
        return StreetAnswer(
            verdict: .match, place: cluster.medoid, method: .street, grade: .street,
            uncertainty: Self.streetRadius + cluster.spread, score: 0.5, candidates: [candidate], reading: nil)
    }

    private func hasType(_ name: StreetName, _ crossing: Int32) -> Bool {
        let streets = crossings[Int(crossing)].streets
        return [streets.0, streets.1].contains { street in
            names.streets[Int(street)].parts.contains { own in
                name.parts.contains { part in
                    names.key(part.key) == own.key
                        && (part.type == own.type || !(part.type?.isMinor ?? false) && !(own.type?.isMinor ?? false))
                }
            }
        }
    }
}
