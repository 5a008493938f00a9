import SimpleFeatures

/// Pairs of incidents by how far and how long they lie apart, and what chance would make of them.
public struct NearRepeatTable: Hashable, Sendable {
    /// One band of distance and one of time.
    public struct Cell: Hashable, Codable, Sendable {
        /// Pairs of incidents.
        public let observed: Int
        /// Mean of all ways there are to deal the times, worked out: pairs as near, times the share of all pairs as soon.
        public let expected: Double
        /// Mean of the tables that were dealt.
        public let simulated: Double
        /// How many of the dealt tables have at least as many pairs.
        public let asMany: Int
        /// (1 + ``asMany``) / (1 + tables).
        public let p: Double

        /// ``observed`` / ``simulated``; NaN where no dealt table has a pair.
        public var ratio: Double { simulated > 0 ? Double(observed) / simulated : .nan }

        /// Whether repeats are notably frequent: p below 0.05 and a ratio of at least 1.2.
        ///
        /// Ratcliffe (2009), *Near Repeat Calculator*, for both limits.
        public var isNotable: Bool { p < 0.05 && ratio >= 1.2 }
    }

    /// The parameters it was made with.
    public let method: NearRepeat
    public let incidents: Int
    /// By distance band, the same place first, then by time band.
    public let cells: [Cell]

    init(
        method: NearRepeat, incidents: Int, observed: [Int], dealt: [DealtTimes.Tally], expected: [Double]
    ) {
        self.method = method
        self.incidents = incidents
        let tables = Double(method.permutations)
        cells = observed.indices.map {
            Cell(
                observed: observed[$0], expected: expected[$0], simulated: Double(dealt[$0].sum) / tables,
                asMany: dealt[$0].asMany, p: Double(1 + dealt[$0].asMany) / (1 + tables))
        }
    }

    /// Bands of distance, the same place among them.
    public var distanceBands: Int { method.distances.count + 1 }
    public var timeBands: Int { method.days.count }

    /// - Precondition: both bands exist; the same place is band 0 of distance.
    public subscript(distance band: Int, days time: Int) -> Cell { cells[band * timeBands + time] }

    /// `same place`, `[100, 200) m`.
    public func distanceLabel(_ band: Int) -> String {
        guard band > 0, band <= method.distances.count else { return "same place" }
        let low = band == 1 ? "0" : Self.text(method.distances[band - 2].metres)
        let high = Self.text(method.distances[band - 1].metres)
        let opens = method.closed == .left && band > 1 ? "[" : "("
        return "\(opens)\(low), \(high)\(method.closed == .left ? ")" : "]") m"
    }

    /// `[0, 7) days`.
    public func timeLabel(_ band: Int) -> String {
        guard method.days.indices.contains(band) else { return "" }
        let low = band == 0 ? "0" : Self.text(method.days[band - 1])
        let opens = method.closed == .left || band == 0 ? "[" : "("
        return "\(opens)\(low), \(Self.text(method.days[band]))\(method.closed == .left ? ")" : "]") days"
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
    }
}
