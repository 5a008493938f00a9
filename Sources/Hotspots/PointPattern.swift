public import SimpleFeatures

/// Where incidents happened: places in metres of one projected reference system, and how much each weighs.
///
/// Places stand in one canonical order (by y, then x), and incidents at exactly the same place are merged into one whose
/// weight is their sum. So what is computed from a pattern does not depend on the order of the rows it came from.
public struct PointPattern: Hashable, Sendable {
    /// The projected reference system of the places; its unit is taken to be the metre.
    public let crs: CRS
    /// Eastings of the places, in metres.
    public let x: [Double]
    /// Northings of the places, in metres, ascending.
    public let y: [Double]
    /// Sum of the weights of the incidents at each place.
    public let weight: [Double]
    /// How many incidents were merged at each place.
    public let multiplicity: [Int32]
    /// How many incidents the pattern holds: all that were given, less the dropped ones.
    public let count: Int
    /// How many incidents were left out because a coordinate was not finite, or the weight negative or not finite.
    public let dropped: Int

    /// - Parameters:
    ///   - x: eastings, one per incident; NaN where an incident has no place.
    ///   - y: northings.
    ///   - weights: how much each incident counts, 0 or more; nil for 1 each.
    ///   - crs: the projected reference system of the coordinates.
    /// - Throws: ``HotspotError/columnsDiffer(x:y:weights:)``, and ``HotspotError/notProjected(_:)`` for degrees.
    /// - Complexity: O(*n*) where the incidents are spread over the range of y, at worst O(*n* log *n*).
    public init(x: [Double], y: [Double], weights: [Double]? = nil, crs: CRS) throws(HotspotError) {
        guard x.count == y.count, weights.map({ $0.count == x.count }) ?? true else {
            throw .columnsDiffer(x: x.count, y: y.count, weights: weights?.count)
        }
        guard crs != .wgs84 else { throw .notProjected(crs) }
        let places = CanonicalOrder.places(x: x, y: y, weights: weights)
        self.crs = crs
        self.x = places.x
        self.y = places.y
        weight = places.weight
        multiplicity = places.multiplicity
        count = places.accepted
        dropped = x.count - places.accepted
    }

    /// - Throws: ``HotspotError/notProjected(_:)`` for degrees.
    public init(_ points: [PlanarPoint], crs: CRS) throws(HotspotError) {
        try self.init(x: points.map(\.x), y: points.map(\.y), crs: crs)
    }

    /// The smallest upright rectangle around the places.
    public var envelope: Envelope<PlanarPoint> {
        guard let south = y.first, let north = y.last, let west = x.min(), let east = x.max() else { return .empty }
        return Envelope(minX: west, minY: south, maxX: east, maxY: north)
    }
}
