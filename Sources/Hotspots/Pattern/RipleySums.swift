import SimpleFeatures

/// The distances at which K is taken: r₁ … r_s, in equal steps.
struct RipleyDistances: Sendable {
    let upper: [Double]
    /// The distance before, −1 before the first: a pair belongs to the least distance that is not below its own.
    let lower: [Double]
    let perMetre: Double

    init(greatest: Double, steps: Int) {
        var upper = (1...max(1, steps)).map { greatest * Double($0) / Double(max(1, steps)) }
        upper[upper.count - 1] = greatest
        self.upper = upper
        lower = [-1] + upper.dropLast()
        perMetre = Double(upper.count) / greatest
    }

    var greatest: Double { upper[upper.count - 1] }

    /// How many of the distances are at most `length`.
    func count(upTo length: Double) -> Int { upper.count { $0 <= length } }
}

/// Sums the pairs of a pattern by distance, and makes them K.
struct RipleySums: Sendable {
    let window: StudyWindow
    let distances: RipleyDistances
    private let correction: RipleyK.Correction
    private let border: BorderIndex?
    private let covariance: SetCovariance?

    init(window: StudyWindow, distances: RipleyDistances, _ correction: RipleyK.Correction) {
        self.window = window
        self.distances = distances
        self.correction = correction
        let needsBorder = correction == .border || correction == .isotropic
        border = needsBorder ? BorderIndex(window, reach: distances.greatest) : nil
        covariance = correction == .translation ? SetCovariance(window, reach: distances.greatest) : nil
    }

    /// K at each distance; nil where no incident is as far from the border as the border correction asks.
    func curve(of places: StudyWindow.Places) -> [Double?] {
        let pattern = RipleyPattern(places, window, distances, border)
        return curve(of: pattern, [sums(over: 0..<places.x.count, of: pattern)])
    }

    /// As above, in pieces of work.
    func curve(of places: StudyWindow.Places, _ work: ParallelWork) throws(HotspotError) -> [Double?] {
        let pattern = RipleyPattern(places, window, distances, border)
        let count = 64
        let parts = try work.products(count) { unit in
            let firsts = unit * places.x.count / count..<(unit + 1) * places.x.count / count
            return sums(over: firsts, of: pattern)
        }
        return curve(of: pattern, parts)
    }

    private func curve(of pattern: RipleyPattern, _ parts: [[Double]]) -> [Double?] {
        let (n, area) = (pattern.incidents, window.squareMetres)
        var reached = 0.0
        return distances.upper.indices.map { step in
            for part in parts { reached += part[step] }
            guard correction == .border else { return reached * (area / (n * (n - 1))) }
            let centres = pattern.incidentsWithin(step)
            return centres > 0 ? reached * (area / ((n - 1) * centres)) : nil
        }
    }

    /// What the pairs whose first place is one of `firsts` add at each distance, both ways round.
    private func sums(over firsts: Range<Int>, of pattern: RipleyPattern) -> [Double] {
        switch correction {
        case .none: return pattern.sums(over: firsts, by: PlainTally())
        case .border: return pattern.sums(over: firsts, by: BorderTally(within: pattern.stepsWithin))
        case .translation:
            guard let covariance else { return [] }
            return pattern.sums(over: firsts, by: TranslationTally(covariance: covariance))
        case .isotropic:
            let whole = pattern.sums(over: firsts, by: WholeCircleTally(border: pattern.borderDistance))
            return zip(whole, pattern.cutCircleSums(over: firsts)).map { $0 + $1 }
        }
    }
}
