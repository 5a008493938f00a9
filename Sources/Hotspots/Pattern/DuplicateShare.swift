/// Counts the incidents that share their place with another.
///
/// A large share means places that were rounded, or set to a corner, a centre or an office. Statistics of distances then
/// find a clustering that is the geocoder's.
///
/// ## Example
/// ```swift
/// let share = DuplicateShare().count(in: burglaries).share
/// ```
public struct DuplicateShare: Hashable, Codable, Sendable {
    public init() {}

    /// - Complexity: O(*n*).
    public func count(in pattern: PointPattern) -> DuplicateShareResult {
        DuplicateShareResult(multiplicity: pattern.multiplicity)
    }
}

/// How many incidents share their place.
public struct DuplicateShareResult: Hashable, Sendable {
    public let incidents: Int
    /// Places that differ in at least one bit of a coordinate.
    public let places: Int
    /// Incidents at places with two or more.
    public let incidentsSharingAPlace: Int
    public let mostAtOnePlace: Int

    init(multiplicity: [Int32]) {
        let counts = multiplicity.lazy.map { Int($0) }
        incidents = counts.reduce(0, +)
        places = multiplicity.count
        incidentsSharingAPlace = counts.filter { $0 > 1 }.reduce(0, +)
        mostAtOnePlace = counts.max() ?? 0
    }

    /// Of all incidents; nil where there are none.
    public var share: Double? { incidents > 0 ? Double(incidentsSharingAPlace) / Double(incidents) : nil }
}
