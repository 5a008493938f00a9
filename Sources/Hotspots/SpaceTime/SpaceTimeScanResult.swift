import Grids
public import SimpleFeatures

/// What ``SpaceTimeScan`` found, and how.
public struct SpaceTimeScanResult: Sendable {
    /// The parameters it was made with.
    public let method: SpaceTimeScan
    public let cube: SpaceTimeCube
    /// The likeliest first; no cell is in two.
    public let clusters: [ScanCluster]
    /// Incidents that were scanned.
    public let incidents: Int
    /// Incidents left out since nobody is counted where they happened; 0 without a population.
    public let unpopulated: Int
    /// Circles that were tried; each over all runs of periods.
    public let circles: Int
    /// The greatest ratio of each data set that was dealt, ascending.
    public let dealt: [Double]

    /// The ratio that is significant at a level, by the dealt data sets; nil where there are too few for it.
    public func criticalRatio(_ level: Double) -> Double? {
        guard level > 0, level < 1 else { return nil }
        let rank = Int((level * Double(dealt.count + 1) + 1e-9).rounded(.down))
        return rank >= 1 ? dealt[dealt.count - rank] : nil
    }

    init(
        method: SpaceTimeScan, cube: SpaceTimeCube, cases: ScanCases, circles: ScanCircles,
        found: [ScanScore.Cylinder], dealt: [Double]
    ) {
        self.method = method
        self.cube = cube
        incidents = cases.total
        unpopulated = cases.unpopulated
        self.circles = circles.ends.count
        let dealt = dealt.sorted()
        self.dealt = dealt
        // Centres come in the grid's order, and of equal ratios the first stays first.
        let order = found.indices.sorted { a, b in
            found[a].ratio != found[b].ratio ? found[a].ratio > found[b].ratio : a < b
        }
        var isTaken = [Bool](repeating: false, count: cases.cells.count)
        var clusters: [ScanCluster] = []
        for index in order where clusters.count < method.greatestClusterCount {
            let cylinder = found[index]
            let places = circles.places(ofCircle: cylinder.circle)
            guard !places.contains(where: { isTaken[Int($0)] }) else { continue }
            for place in places { isTaken[Int(place)] = true }
            // Sums of the same terms in another order count as equal.
            let asGreat = dealt.count { $0 >= cylinder.ratio * (1 - 1e-12) }
            clusters.append(
                ScanCluster(
                    cylinder, cells: places.map { cases.cells[Int($0)] }, radius: circles.radii[cylinder.circle], cube,
                    p: Double(1 + asGreat) / Double(1 + dealt.count)))
        }
        self.clusters = clusters
    }
}

/// A place and a time with unusually many incidents.
public struct ScanCluster: Hashable, Sendable {
    /// The middle of its circle, and its radius to the centres of its outermost cells.
    public let centre: PlanarPoint
    public let radius: Length
    /// Its cells, those without incidents or people left out, in the grid's order.
    public let cells: [Int]
    /// In days: from its first period on, and until the end of its last.
    public let days: Range<Double>
    /// The periods.
    public let periods: Range<Int>
    public let observed: Int
    public let expected: Double
    /// The logarithm of the likelihood ratio.
    public let ratio: Double
    /// Rank of the ratio among the greatest of the dealt data sets / (their number + 1).
    public let p: Double

    /// ``observed`` / ``expected``.
    public var risk: Double { Double(observed) / expected }

    /// How many days pass on average until chance makes something as surprising, if the scan is repeated every so often.
    public func recurrenceDays(every days: Double) -> Double { days / p }

    init(_ cylinder: ScanScore.Cylinder, cells: [Int], radius: Double, _ cube: SpaceTimeCube, p: Double) {
        // The first place of a circle is its centre.
        let grid = cube.mask.grid
        let middle = cells.first ?? 0
        centre = grid.centre(column: middle % grid.columns, row: middle / grid.columns)
        self.radius = .metres(radius)
        self.cells = cells.sorted()
        periods = cylinder.first..<cylinder.first + cylinder.length
        days = cube.limits[periods.lowerBound]..<cube.limits[periods.upperBound]
        observed = cylinder.count
        expected = cylinder.expected
        ratio = cylinder.ratio
        self.p = p
    }
}
