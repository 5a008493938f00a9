import Incidents
import PlaceNames
import SimpleFeatures

extension StreetIndex {
    /// What a house is known to, in metres.
    private static let houseRadius = 25.0
    /// Between house numbers farther apart than this, in numbers and in metres, nothing is supposed.
    private static let (mostNumbers, longestStretch) = (100, 300.0)
    /// Between kilometres farther apart than this, in metres of the highway, nothing is supposed.
    private static let mostKilometres = 2_000
    /// What a landmark is known to, in metres.
    private static let landmarkRadius = 100.0

    // MARK: House numbers

    /// The house of the number; else, of grade `street`, a place between the next numbers of its side of the street.
    func address(of reading: Address, municipality: Int32?) -> StreetAnswer {
        guard addresses.count > 0, let street = reading.street?.name, let text = reading.exteriorNumber?.text,
            let number = HouseNumberKey(text)
        else { return .unknown }
        for key in keys(of: street) {
            let all = addresses.exact(key, number: number.value, municipality: municipality)
            let same = all.filter { $0.suffix == number.suffix }
            if let found = answer(same.isEmpty ? all : same, .address, .point, radius: Self.houseRadius, score: 1) {
                return found
            }
            let near = addresses.neighbours(
                key, number: number.value, municipality: municipality, within: Self.mostNumbers, sameParity: true)
            if let near, let found = between(near, number: number.value, method: .address, grade: .street) {
                return found
            }
        }
        return .unknown
    }

    /// The keys of a name, as written and corrected, the fullest part first.
    private func keys(of street: StreetName) -> [Int32] {
        let parts = street.parts.reversed()
        let written = parts.compactMap { names.key($0.key) }
        if !written.isEmpty { return written }
        let variants = WordCorrection.variants(of: street.words, in: names.vocabulary)
        let corrected = Set(variants.flatMap { StreetName(words: $0.words).parts }.compactMap { names.key($0.key) })
        return corrected.count == 1 ? Array(corrected) : []
    }

    /// Along the straight line between two numbers of one municipality.
    private func between(
        _ near: (below: NumberedPlaces.Entry, above: NumberedPlaces.Entry), number: Int, method: PlacementMethod,
        grade: PrecisionGrade
    ) -> StreetAnswer? {
        let length = StreetDistance.metres(near.below.place, near.above.place)
        let steps = near.above.number - near.below.number
        guard steps > 0, method == .kilometre || length <= Self.longestStretch else { return nil }
        let share = Double(number - near.below.number) / Double(steps)
        let place = Self.between(near.below.place, near.above.place, share: share)
        return StreetAnswer(
            verdict: .match, place: place, method: method, grade: grade, uncertainty: length / 2 + Self.houseRadius,
            score: 0.8, candidates: [near.below, near.above].map { candidate($0, score: 0.8) }, reading: nil)
    }

    private func candidate(_ entry: NumberedPlaces.Entry, score: Double) -> StreetCandidate {
        StreetCandidate(
            name: "\(names.streets[Int(entry.street)].text) \(entry.number)",
            municipality: municipalityKey(entry.municipality), place: entry.place, score: score)
    }

    /// One place where all lie close together, else ambiguous; nil for none.
    private func answer(
        _ entries: [NumberedPlaces.Entry], _ method: PlacementMethod, _ grade: PrecisionGrade, radius: Double,
        score: Double
    ) -> StreetAnswer? {
        guard let cluster = PlaceCluster(entries.map(\.place)), let first = entries.first else { return nil }
        let candidates = entries.prefix(Self.mostCandidates).map { candidate($0, score: score) }
        guard cluster.spread <= Self.mergeDistance else { return StreetAnswer(candidates: candidates, reading: nil) }
        var one = candidate(first, score: score)
        one.place = cluster.medoid
        return StreetAnswer(
            verdict: .match, place: cluster.medoid, method: method, grade: grade, uncertainty: radius + cluster.spread,
            score: score, candidates: [one], reading: nil)
    }

    // MARK: Kilometres

    /// The kilometre of the table; else a place between two of one municipality within two kilometres of it.
    func kilometre(of reading: Address, municipality: Int32?) -> StreetAnswer {
        guard kilometres.count > 0, let highway = reading.street?.name, let sought = reading.kilometre else {
            return .unknown
        }
        let slack = Double(sought.resolution) / 2
        for key in keys(of: highway) {
            let exact = kilometres.exact(key, number: sought.metres, municipality: municipality)
            if let found = answer(exact, .kilometre, .crossing, radius: Self.houseRadius + slack, score: 1) {
                return found
            }
            let near = kilometres.neighbours(
                key, number: sought.metres, municipality: municipality, within: Self.mostKilometres, sameParity: false)
            guard let near, near.below.municipality >= 0,
                var found = between(near, number: sought.metres, method: .kilometre, grade: .crossing)
            else { continue }
            found.uncertainty = (found.uncertainty ?? 0) + slack
            return found
        }
        return .unknown
    }

    // MARK: Landmarks

    func landmark(of reading: Address, municipality: Int32?) -> StreetAnswer {
        guard landmarks.count > 0, let text = reading.landmark?.text else { return .unknown }
        let (all, isExact) = landmarks.find(text)
        let found = all.filter { municipality == nil || $0.municipality == municipality || $0.municipality < 0 }
        let score = isExact ? 1 : 0.9
        let candidates = found.prefix(Self.mostCandidates).map {
            StreetCandidate(
                name: $0.text, municipality: municipalityKey($0.municipality), place: $0.place, score: score)
        }
        guard let cluster = PlaceCluster(found.map(\.place)), var one = candidates.first else { return .unknown }
        guard cluster.spread <= Self.mergeDistance else { return StreetAnswer(candidates: candidates, reading: nil) }
        one.place = cluster.medoid
        return StreetAnswer(
            verdict: .match, place: cluster.medoid, method: .landmark, grade: .crossing,
            uncertainty: Self.landmarkRadius + cluster.spread, score: score, candidates: [one], reading: nil)
    }
}
