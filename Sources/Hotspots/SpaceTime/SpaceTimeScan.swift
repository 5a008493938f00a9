import Grids
public import SimpleFeatures
import Statistics

/// Finds where and when incidents are unusually many: Kulldorff's scan statistic over cylinders of space and time.
///
/// A circle around the centre of a cell, over some periods in a row, is a cylinder. For each one the incidents in it are
/// compared with those expected; the likelihood ratio says how surprising the excess is. The same search in data dealt by
/// chance, many times, says how surprising the *greatest* surprise of a whole city is: p = rank / (*R* + 1). So however
/// many cylinders are tried, only one study in twenty finds anything at p ≤ 0.05 by chance.
///
/// The permutation model needs no population: it deals the times anew among the incidents, so that neither a dangerous
/// place nor a dangerous month is a cluster, only a place in a month. The Poisson model takes the population for a
/// measure of the risk.
///
/// ## Units
/// Metres; periods of a ``SpaceTimeCube``, whose cells are the places.
///
/// ## Example
/// ```swift
/// let scan = SpaceTimeScan(radius: .metres(1500), longest: 4, greatestShare: 0.1, timing: .prospective)
/// let unusual = try scan.clusters(in: cube).clusters.filter { $0.p <= 0.05 }
/// ```
///
/// ## Source
/// Kulldorff (1997), *A spatial scan statistic*, Communications in Statistics 26, 1481–1496; Kulldorff et al. (2005), *A
/// space-time permutation scan statistic for disease outbreak detection*, PLoS Medicine 2, e59, doi
/// 10.1371/journal.pmed.0020059.
public struct SpaceTimeScan: Hashable, Codable, Sendable {
    public enum Timing: String, Hashable, Codable, Sendable, CaseIterable {
        /// Cylinders over any periods: what has been unusual.
        case retrospective
        /// Cylinders that last until the end: what is unusual today.
        case prospective
    }

    /// Of the largest circle.
    public var radius: Length
    /// Of the longest cylinder, in periods.
    public var longest: Int
    /// The greatest share of all incidents (of all people, where there is a population) that a circle may hold: 0.1 for
    /// patrols, 0.5 for studies.
    public var greatestShare: Double
    public var timing: Timing
    /// How many data sets are dealt by chance, 1 to 999,999.
    public var permutations: Int
    public var seed: UInt64
    /// How many clusters are told at most, the likeliest first.
    public var greatestClusterCount: Int

    /// All parameters as given; those out of range are refused where they are used.
    public init(
        radius: Length, longest: Int, greatestShare: Double = 0.1, timing: Timing = .retrospective,
        permutations: Int = 999, seed: UInt64 = 1, greatestClusterCount: Int = 10
    ) {
        self.radius = radius
        self.longest = longest
        self.greatestShare = greatestShare
        self.timing = timing
        self.permutations = permutations
        self.seed = seed
        self.greatestClusterCount = greatestClusterCount
    }

    /// *c* ln(*c*/*E*) + (*C*−*c*) ln((*C*−*c*)/(*C*−*E*)) where *c* > *E*, otherwise 0: how much likelier the incidents
    /// are if the cylinder has a rate of its own.
    ///
    /// - Parameters:
    ///   - count: in the cylinder.
    ///   - expected: in the cylinder; all cylinders' expectations sum to the total.
    ///   - total: in the whole study.
    /// - Returns: NaN unless 0 < expected < total and 0 ≤ count ≤ total.
    public static func logLikelihoodRatio(count: Double, expected: Double, total: Double) -> Double {
        guard count >= 0, count <= total, expected > 0, expected < total else { return .nan }
        guard count > expected else { return 0 }
        return ScanScore.ratio(count, expected, total)
    }

    /// Clusters by the space-time permutation model.
    ///
    /// - Parameter cube: counts; weights that are not whole numbers are refused.
    /// - Throws: ``HotspotError/lengthNotPositive(name:_:)``, ``HotspotError/countOutOfRange(name:least:most:found:)``,
    ///   ``HotspotError/numberOutOfRange(name:must:found:)``, ``HotspotError/permutationsOutOfRange(_:)``,
    ///   ``HotspotError/tooFew(method:needed:found:)``, ``HotspotError/valueNotUsable(unit:value:needed:)``,
    ///   ``HotspotError/tooManyPairs(limit:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*Rlt*(*k* + *w*)) with *l* places that have incidents, *k* places and *w* distances within a
    ///   radius, *t* periods and *l* times *w* circles; prospective scans save the factor *t* of windows.
    public func clusters(
        in cube: SpaceTimeCube, threads: Int? = nil, progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> SpaceTimeScanResult {
        try clusters(ScanCases(cube, population: nil), cube, ParallelWork(threads: threads, progress: progress))
    }

    /// Clusters by the Poisson model: what is expected is in proportion to people times days.
    ///
    /// - Parameters:
    ///   - cube: counts. Incidents in cells where nobody is counted are left out and told.
    ///   - population: people per cell, in the grid's order; 0 or more.
    /// - Throws: as without population, and ``HotspotError/valuesDiffer(units:values:)``.
    public func clusters(
        in cube: SpaceTimeCube, population: [Double], threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> SpaceTimeScanResult {
        try clusters(ScanCases(cube, population: population), cube, ParallelWork(threads: threads, progress: progress))
    }

    private func clusters(
        _ cases: ScanCases, _ cube: SpaceTimeCube, _ work: ParallelWork
    ) throws(HotspotError) -> SpaceTimeScanResult {
        try check(cube)
        guard cases.total >= 2 else { throw .tooFew(method: "the scan statistic", needed: 2, found: cases.total) }
        let circles = try ScanCircles(cases, cube.mask.grid, radius: radius, share: greatestShare)
        let windows = ScanWindows(cases, periods: cube.periods, longest: longest, timing: timing)
        let scores = ScanScore(total: Double(cases.total), circles: circles, windows: windows)
        let found = scores.best(ofEachCentre: cases.counts)
        let dealt = try dealtMaxima(cases, scores, work)
        return SpaceTimeScanResult(
            method: self, cube: cube, cases: cases, circles: circles, found: found, dealt: dealt)
    }

    /// The greatest ratio of each data set dealt.
    private func dealtMaxima(
        _ cases: ScanCases, _ scores: ScanScore, _ work: ParallelWork
    ) throws(HotspotError) -> [Double] {
        let seed = seed
        return try work.values(permutations, piece: 4) { deal in
            var mixed = SplitMix64(seed: UInt64(deal))
            var generator = SplitMix64(seed: seed ^ mixed.next())
            return scores.greatest(cases.dealt(by: &generator))
        }
    }

    private func check(_ cube: SpaceTimeCube) throws(HotspotError) {
        guard radius.metres >= 0, radius.metres < .infinity else { throw .lengthNotPositive(name: "radius", radius) }
        guard (1...cube.periods).contains(longest) else {
            throw .countOutOfRange(
                name: "number of periods of the longest cylinder", least: 1, most: cube.periods, found: longest)
        }
        guard greatestShare > 0, greatestShare <= 1 else {
            throw .numberOutOfRange(
                name: "greatest share of a circle", must: "above 0 and at most 1", found: greatestShare)
        }
        guard (1...ConditionalPermutations.greatestCount).contains(permutations) else {
            throw .permutationsOutOfRange(permutations)
        }
        guard (1...1000).contains(greatestClusterCount) else {
            throw .countOutOfRange(
                name: "number of clusters to tell", least: 1, most: 1000, found: greatestClusterCount)
        }
    }
}
