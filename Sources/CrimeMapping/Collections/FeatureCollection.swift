public import CQL2
public import Incidents
public import SimpleFeatures

/// Features of one kind that are asked for page by page: the incidents of a store, or the areas of a level.
public protocol FeatureCollection: Sendable {
    /// One word, as an address names it: `incidents`, `colonia`.
    var id: String { get }
    /// For people.
    var title: String { get }
    var summary: String { get }
    /// What a filter may ask about.
    var queryables: [Queryable] { get }
    /// Around every place, in degrees; empty where there is none.
    var bounds: Envelope<LonLat> { get }
    /// First and last instant in seconds since 1970-01-01 UTC; nil is open.
    var interval: (first: Int64?, last: Int64?) { get }
    /// What a time says of the features.
    func condition(at time: TimeSpan) -> CQL2Condition

    /// The features that a question takes.
    /// - Throws: `FilterError`, `GeodesyError`, `TopologyError`.
    func matches(_ question: FeatureQuestion) throws -> FeatureMatches
    /// Some of them.
    /// - Parameter cursor: what the page before gave as its next; nil for the first page.
    /// - Throws: ``JobError/usage(_:)`` for a cursor that no page gave.
    func page(of matches: FeatureMatches, after cursor: String?, limit: Int) throws -> FeaturePage
    /// One feature as GeoJSON; nil where there is none.
    func feature(_ id: String) throws -> [UInt8]?
}

/// Which features are asked for. Everything that is set must hold.
public struct FeatureQuestion: Sendable {
    /// Incidents only: what the command line's options say.
    public var filter = IncidentFilter()
    /// In degrees; borders belong to it.
    public var box: DegreeBox?
    public var time: TimeSpan?
    public var conditions: [CQL2Condition] = []

    /// Asks for everything.
    public init() {}

    /// All conditions as one; nil where there is none.
    func condition(of collection: some FeatureCollection) -> CQL2Condition? {
        let all =
            conditions + (time.map { [collection.condition(at: $0)] } ?? [])
            + (filter.condition.map { [$0.condition] } ?? [])
        return all.isEmpty ? nil : all.count == 1 ? all[0] : .all(all)
    }
}

/// A box in degrees; one whose western border lies east of its eastern one lies across the antimeridian.
public struct DegreeBox: Hashable, Sendable {
    public var west: Double
    public var south: Double
    public var east: Double
    public var north: Double

    public init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    var isAcrossAntimeridian: Bool { west > east }

    var shape: CQL2Shape { .box(west: west, south: south, east: east, north: north) }

    var envelope: Envelope<LonLat> { Envelope(minX: west, minY: south, maxX: east, maxY: north) }
}

/// The features that a question takes, by their numbers in the collection, in the order of the pages.
public struct FeatureMatches: Sendable {
    let rows: [Int32]

    /// How many there are.
    public var count: Int { rows.count }
    /// What they take in a cache.
    public var byteCount: Int { 4 * rows.count + 64 }
}

/// Some features of a question.
public struct FeaturePage: Sendable {
    /// GeoJSON features with commas between them.
    public var features: [UInt8]
    public var count: Int
    /// Where the next page begins; nil where this is the last.
    public var next: String?
}
