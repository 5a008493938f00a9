import Grids
public import SimpleFeatures
public import Statistics

/// Tells new, growing, lasting, on-and-off and former hot spots apart, by what each cell of a cube was in every period.
///
/// First every bin (a cell in a period) is tested by Gi* against the whole cube, with the neighbours in space and in the
/// periods just before; false discoveries are controlled over all bins. Then the scores of a cell, period after period,
/// are tested for a trend. Both together decide its category, by rules that exclude one another; the result says which
/// rule spoke.
///
/// ## Units
/// Distances in metres. Periods should be of equal length.
///
/// ## Example
/// ```swift
/// let result = try EmergingHotSpots(distance: .metres(400)).hotSpots(in: cube)
/// result.cells.count { $0.category == .new(.hot) }
/// ```
///
/// ## Source
/// Esri, *How Emerging Hot Spot Analysis works* (ArcGIS Pro documentation), for the categories; Ord & Getis (1995),
/// Geographical Analysis 27, 286–306; Mann (1945) and Kendall (1975) for the trend. Unlike sfdep's version, false
/// discoveries are controlled, cold periods do not count as hot ones, and a former hot spot needs no negative score.
public struct EmergingHotSpots: Hashable, Codable, Sendable {
    /// When on-and-off hot spots are called sporadic.
    public enum SporadicRule: String, Hashable, Codable, Sendable, CaseIterable {
        /// Hot in some periods, cold in none.
        case ever
        /// The same, and hot in the last period: as Esri words it in later versions.
        case lastPeriod
    }

    /// Between centres of cells: who is a neighbour in space.
    public var distance: Length
    /// How many periods before its own belong to a bin's neighbourhood, 0 to 1000.
    public var periodsBefore: Int
    /// The greatest adjusted probability of a hot or cold bin.
    public var significance: Double
    /// The greatest probability of a trend.
    public var trendSignificance: Double
    public var correction: FalseDiscovery
    public var sporadic: SporadicRule

    /// All parameters as given; those out of range are refused where they are used.
    public init(
        distance: Length, periodsBefore: Int = 1, significance: Double = 0.05, trendSignificance: Double = 0.05,
        correction: FalseDiscovery = .benjaminiHochberg, sporadic: SporadicRule = .ever
    ) {
        self.distance = distance
        self.periodsBefore = periodsBefore
        self.significance = significance
        self.trendSignificance = trendSignificance
        self.correction = correction
        self.sporadic = sporadic
    }

    /// - Throws: ``HotspotError/lengthNotPositive(name:_:)``, ``HotspotError/countOutOfRange(name:least:most:found:)``,
    ///   ``HotspotError/significanceOutOfRange(_:)``, ``HotspotError/noVariation(_:)``,
    ///   ``HotspotError/tooFewUnits(needed:found:)``, ``HotspotError/valueNotUsable(unit:value:needed:)``,
    ///   ``HotspotError/cancelled``.
    /// - Complexity: O(*b* log *b* + *ct²*) with *b* bins, *c* cells and *t* periods.
    public func hotSpots(
        in cube: SpaceTimeCube, threads: Int? = nil, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> EmergingHotSpotsResult {
        guard distance.metres >= 0, distance.metres < .infinity else {
            throw .lengthNotPositive(name: "distance", distance)
        }
        guard (0...1000).contains(periodsBefore) else {
            throw .countOutOfRange(name: "number of periods before", least: 0, most: 1000, found: periodsBefore)
        }
        for level in [significance, trendSignificance] where !(level > 0 && level < 1) {
            throw .significanceOutOfRange(level)
        }
        let z = try SpaceTimeGetisOrd(distance: distance, periodsBefore: periodsBefore).scores(of: cube)
        let q = correction.adjusted(z.map { $0.isNaN ? .nan : NormalDistribution.twoSidedP($0) })
        let cells = try histories(cube, z, q, ParallelWork(threads: threads, progress: progress))
        return EmergingHotSpotsResult(method: self, cube: cube, z: z, q: q, cells: cells)
    }

    private func histories(
        _ cube: SpaceTimeCube, _ z: [Double], _ q: [Double], _ work: ParallelWork
    ) throws(HotspotError) -> [CellHistory] {
        let inside = cube.mask.insideCells
        let (cells, periods, piece) = (cube.mask.grid.cellCount, cube.periods, 1024)
        let parts = try work.products((inside.count + piece - 1) / piece) { part in
            inside[part * piece..<min(inside.count, (part + 1) * piece)].map { cell in
                let bins = (0..<periods).map { Int($0) * cells + Int(cell) }
                let states = bins.map { BinState(z: z[$0], q: q[$0], significance) }
                return CellHistory(cell: Int(cell), states: states, scores: bins.map { z[$0] }, method: self)
            }
        }
        return parts.flatMap { $0 }
    }
}

extension BinState {
    fileprivate init(z: Double, q: Double, _ significance: Double) {
        guard q <= significance, z != 0 else {
            self = .neither
            return
        }
        self = z > 0 ? .hot : .cold
    }
}
