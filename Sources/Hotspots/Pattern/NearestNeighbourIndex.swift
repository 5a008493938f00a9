public import SimpleFeatures
import Statistics

/// Compares how far incidents are from their nearest neighbours with how far they would be if spread at random.
///
/// Below 1 incidents stand closer together than chance would have them, above 1 farther apart. The area decides: twice
/// the area lowers the index by √2, so it must be that in which incidents could have happened, and is asked for.
/// Every incident counts once, whatever it weighs. Incidents at one place are neighbours at 0 m; how many there are is told.
///
/// ## Units
/// Metres; the index is a ratio.
///
/// ## Example
/// ```swift
/// let index = try NearestNeighbourIndex().index(of: burglaries, in: .polygon(city))
/// ```
///
/// ## Source
/// Clark & Evans (1954), *Distance to nearest neighbor as a measure of spatial relationships in populations*: expected
/// distance 0.5/√(n/A), standard error 0.26136/√(n²/A). Thompson (1956), *Distribution of distance to nth neighbour in a
/// population of randomly distributed individuals*, for neighbours of higher order. No correction is made for the border.
public struct NearestNeighbourIndex: Hashable, Codable, Sendable {
    /// 1 for the nearest neighbour, k for the k-th nearest.
    public var order: Int

    public init(order: Int = 1) { self.order = order }

    /// No more than so many neighbours: beyond, distances say nothing that the pattern's shape does not.
    public static let greatestOrder = 100

    /// - Parameter area: where incidents could have happened. Those outside a polygon are left out, and counted.
    /// - Throws: ``HotspotError/tooFew(method:needed:found:)`` where there are not more than ``order`` incidents,
    ///   ``HotspotError/studyAreaWithoutArea``, ``HotspotError/coordinatesTooLarge(method:)``,
    ///   ``HotspotError/countOutOfRange(name:least:most:found:)``.
    /// - Complexity: O(*n* log *n* · *k*).
    public func index(of pattern: PointPattern, in area: StudyArea) throws(HotspotError) -> NearestNeighbourIndexResult
    {
        let method = "the nearest-neighbour index"
        guard (1...Self.greatestOrder).contains(order) else {
            throw .countOutOfRange(name: "the order of neighbours", least: 1, most: Self.greatestOrder, found: order)
        }
        let window = try StudyWindow(area.borders(for: pattern), method: method)
        let places = window.places(of: pattern, area: area)
        guard places.count > order else { throw .tooFew(method: method, needed: order + 1, found: places.count) }
        let tree = NeighbourTree(x: places.x, y: places.y, multiplicity: places.multiplicity)
        var sum = CompensatedSum()
        for place in places.x.indices {
            sum.add(tree.distance(from: place, toNeighbour: order) * Double(places.multiplicity[place]))
        }
        return NearestNeighbourIndexResult(
            method: self, area: area.name, squareMetres: window.squareMetres, incidents: places.count,
            outside: pattern.count - places.count, dropped: pattern.dropped,
            duplicates: DuplicateShareResult(multiplicity: places.multiplicity),
            meanDistance: .metres(sum.value / Double(places.count)))
    }

    /// k(2k)!/(2ᵏk!)², in units of 1/√(n/A): 0.5 for the nearest.
    fileprivate var expectedDistance: Double {
        var value = 0.5
        for k in stride(from: 2, through: order, by: 1) { value *= (2 * Double(k) - 1) / (2 * Double(k) - 2) }
        return value
    }
}

/// The nearest-neighbour index of a pattern.
public struct NearestNeighbourIndexResult: Hashable, Sendable {
    public let method: NearestNeighbourIndex
    /// How the study area was chosen: `polygon`, `bbox`, `hull`.
    public let area: String
    public let squareMetres: Double
    /// Incidents in the study area, which all figures are about.
    public let incidents: Int
    /// Incidents left out because they lie outside the study area.
    public let outside: Int
    /// Incidents that the pattern had left out.
    public let dropped: Int
    /// Those that share their place: at 0 m from a neighbour, they lower the index.
    public let duplicates: DuplicateShareResult
    /// The mean distance from an incident to its k-th nearest neighbour.
    public let meanDistance: Length

    /// What ``meanDistance`` would be of incidents spread at random.
    public var expectedDistance: Length {
        .metres(method.expectedDistance / (Double(incidents) / squareMetres).squareRoot())
    }

    /// ``meanDistance`` ÷ ``expectedDistance``.
    public var index: Double { meanDistance.metres / expectedDistance.metres }

    /// The standard error of ``meanDistance`` under chance; nil for orders above 1, whose distances depend on one another
    /// too much for a test.
    public var standardError: Length? {
        method.order == 1 ? .metres(0.26136 / Double(incidents) * squareMetres.squareRoot()) : nil
    }

    /// How many standard errors the mean distance is above what chance would make it; negative for clustering.
    public var z: Double? { standardError.map { (meanDistance.metres - expectedDistance.metres) / $0.metres } }

    /// The probability of a ``z`` at least as far from 0 under chance, on either side.
    public var p: Double? { z.map { NormalDistribution.twoSidedP($0) } }
}
