public import Grids
public import SimpleFeatures

/// How much likelier an incident is near where one has just happened: a layer that decays by the day.
///
/// Around each incident, the ratios of a near-repeat table hold for the bands of distance and time they were found in:
/// "within 200 m and 14 days: 1.8 times". Where several incidents reach a place, the greatest ratio holds; where none
/// does, 1.
///
/// ## Units
/// Metres and days.
///
/// ## Example
/// ```swift
/// let risk = NearRepeatRisk(try NearRepeat().table(of: burglaries))
/// let today = try risk.multipliers(of: burglaries, onDay: 365, over: mask)
/// ```
///
/// ## Source
/// Bowers, Johnson & Pease (2004), *Prospective hot-spotting*, British Journal of Criminology 44, 641–658; Johnson et al.
/// (2007), Journal of Quantitative Criminology 23, 201–219.
public struct NearRepeatRisk: Hashable, Codable, Sendable {
    /// Upper limits of the distance bands, the same place (0 m) first.
    public var distances: [Length]
    /// Upper limits of the time bands.
    public var days: [Double]
    /// The limit that belongs to a band.
    public var closed: NearRepeat.Closed
    /// By distance band, then by time band; 1 for no more risk than usual.
    public var ratios: [Double]

    /// - Parameter ratios: those that are missing are 1, and so are those that are not finite and above 0.
    public init(distances: [Length], days: [Double], ratios: [Double], closed: NearRepeat.Closed = .left) {
        self.distances = distances
        self.days = days
        self.closed = closed
        let count = distances.count * days.count
        self.ratios = (0..<count).map { $0 < ratios.count && ratios[$0] > 0 && ratios[$0] < 1e6 ? ratios[$0] : 1 }
    }

    /// The ratios of a table that are notable; all others are 1.
    public init(_ table: NearRepeatTable) {
        self.init(
            distances: [.metres(0)] + table.method.distances, days: table.method.days,
            ratios: table.cells.map { $0.isNotable ? $0.ratio : 1 }, closed: table.method.closed)
    }

    /// Whether any band raises the risk.
    public var isAboveUsual: Bool { ratios.contains { $0 > 1 } }

    /// - Parameters:
    ///   - pattern: incidents; those at or after the day do not count.
    ///   - day: the moment that is looked at.
    /// - Returns: one per cell of the grid, for its centre; an incident's own cell counts as the same place too. NaN outside
    ///   the study area.
    /// - Throws: ``HotspotError/crsMismatch(pattern:grid:)``.
    /// - Complexity: O(*n* + *rk*) with *r* recent incidents and *k* cells within the greatest distance.
    public func multipliers(
        of pattern: SpaceTimePattern, onDay day: Double, over mask: Mask
    ) throws(HotspotError) -> [Double] {
        let grid = mask.grid
        guard pattern.crs == grid.crs else { throw .crsMismatch(pattern: pattern.crs, grid: grid.crs) }
        var risk = mask.isInside.map { $0 ? 1 : Double.nan }
        guard let reach = distances.last?.metres, reach < 1e9, isAboveUsual else { return risk }
        let now = SpaceTimePattern.seconds(day)
        let limits = days.map { SpaceTimePattern.seconds($0) }
        for incident in pattern.seconds.indices where pattern.seconds[incident] < now {
            let ago = now - pattern.seconds[incident]
            guard let time = limits.firstIndex(where: { closed == .left ? ago < $0 : ago <= $0 }) else { continue }
            let place = PlanarPoint(x: pattern.x[incident], y: pattern.y[incident])
            let own = grid.cell(at: place)
            for cell in grid.cells(within: reach, of: place) where mask.isInside[cell] {
                let centre = grid.centre(column: cell % grid.columns, row: cell / grid.columns)
                let (dx, dy) = (centre.x - place.x, centre.y - place.y)
                let distance = (dx * dx + dy * dy).squareRoot()
                let band = distances.indices.dropFirst().first {
                    closed == .left ? distance < distances[$0].metres : distance <= distances[$0].metres
                }
                // An incident's own cell holds its very place and what lies around it.
                for band in [cell == own ? 0 : nil, band].compactMap(\.self) {
                    risk[cell] = max(risk[cell], ratios[band * days.count + time])
                }
            }
        }
        return risk
    }
}

extension Grid {
    /// The cells in the upright square around a circle; some of their centres may lie outside the circle.
    fileprivate func cells(within radius: Double, of place: PlanarPoint) -> [Int] {
        func range(_ centre: Double, _ origin: Double, _ count: Int) -> Range<Int> {
            let low = ((centre - radius - origin) / cellSize.metres).rounded(.down)
            let high = ((centre + radius - origin) / cellSize.metres).rounded(.down)
            guard high >= 0, low < Double(count) else { return 0..<0 }
            return Int(max(0, low))..<Int(min(Double(count - 1), high)) + 1
        }
        let columns = range(place.x, origin.x, self.columns)
        return range(place.y, origin.y, rows).flatMap { row in columns.map { row * self.columns + $0 } }
    }
}
