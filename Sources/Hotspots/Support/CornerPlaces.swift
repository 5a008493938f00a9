public import SimpleFeatures

/// Counts incidents by exact place: where data are published snapped to street corners, by corner.
///
/// Corners known from elsewhere may be given, so that those where nothing happened count 0; a place that is none of
/// them is counted by itself, and told. Places are the same where their coordinates are, to the last bit; nothing is
/// snapped.
///
/// ## Example
/// ```swift
/// let corners = try CornerPlaces().counts(of: burglaries)
/// let worst = corners.places.first
/// ```
///
/// ## Source
/// Sherman, Gartin & Buerger (1989), *Hot Spots of Predatory Crime*, Criminology 27, 27–56 (counting by address and
/// intersection).
public struct CornerPlaces: Hashable, Codable, Sendable {
    /// The method has no parameters.
    public init() {}

    /// - Parameter known: places to count at although nothing may have happened there, in the reference system of the
    ///   pattern; repeated ones and those that are not finite are passed over.
    /// - Returns: the places, those with most incidents first.
    /// - Throws: nothing but what ``PointPattern`` throws of the known places.
    /// - Complexity: O(*n* log *n*).
    public func counts(of pattern: PointPattern, known: [PlanarPoint] = []) throws(HotspotError) -> CornerCounts {
        let corners = try PointPattern(known, crs: pattern.crs)
        var places = pattern.x.indices.map {
            CornerCounts.Place(
                point: PlanarPoint(x: pattern.x[$0], y: pattern.y[$0]), incidents: Int(pattern.multiplicity[$0]),
                weight: pattern.weight[$0])
        }
        let occupied = Set(places.map(\.point))
        var matched = 0
        for corner in corners.x.indices {
            let point = PlanarPoint(x: corners.x[corner], y: corners.y[corner])
            if occupied.contains(point) {
                matched += 1
            } else {
                places.append(CornerCounts.Place(point: point, incidents: 0, weight: 0))
            }
        }
        places.sort(by: <)
        return CornerCounts(
            places: places, counted: pattern.count, dropped: pattern.dropped, known: corners.x.count,
            placesNotKnown: known.isEmpty ? nil : occupied.count - matched)
    }
}

/// Incidents per place.
public struct CornerCounts: Hashable, Sendable {
    /// One exact place.
    public struct Place: Hashable, Sendable, Comparable {
        public let point: PlanarPoint
        public let incidents: Int
        /// The sum of the weights of the incidents.
        public let weight: Double

        /// More incidents first; of equally many the southern, then the western place.
        public static func < (a: Place, b: Place) -> Bool {
            if a.incidents != b.incidents { return a.incidents > b.incidents }
            return a.point.y != b.point.y ? a.point.y < b.point.y : a.point.x < b.point.x
        }
    }

    /// Those with most incidents first.
    public let places: [Place]
    /// Incidents counted: all of the pattern.
    public let counted: Int
    /// Incidents that the pattern left out, having no usable place or weight.
    public let dropped: Int
    /// Known places that were given, repeated ones once.
    public let known: Int
    /// Places with incidents that are not among the known ones; nil where none were given.
    public let placesNotKnown: Int?

    /// Incidents per place, zeros included: what ``Concentration`` takes.
    public var incidents: [Int] { places.map(\.incidents) }
}
