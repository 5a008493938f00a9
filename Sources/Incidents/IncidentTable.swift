/// A level's part of an ``IncidentTable``: which area each incident lies in.
public struct AreaColumn: Hashable, Sendable {
    public var level: String
    /// The distinct area keys that occur, sorted.
    public var keys: [String]
    /// Per incident: index into `keys`, −1 for none.
    public var index: [Int32]

    public init(level: String, keys: [String], index: [Int32]) {
        self.level = level
        self.keys = keys
        self.index = index
    }
}

/// The store's incidents as columns: what analyses, tiles and summaries read.
///
/// Sorted by (`cell`, `id`), so that neighbours in space are neighbours in memory; incidents without a place come
/// first. Every column has ``count`` entries.
public struct IncidentTable: Sendable {
    /// The incident's key in the store.
    public var id: [Int64] = []
    /// Metres in the store's working CRS; NaN where there is no usable place.
    public var x: [Double] = []
    public var y: [Double] = []
    /// Key of the web-mercator tile of zoom 14; −1 where there is no usable place.
    public var cell: [Int64] = []
    /// Seconds since 1970-01-01 UTC; where the source gives no time of day, of local midnight.
    public var instant: [Int64] = []
    /// Day of occurrence in local time, as days since 1970-01-01.
    public var localDay: [Int32] = []
    /// Minute of the local day; −1 where the source gives no time of day.
    public var localMinute: [Int16] = []
    /// Index into ``categories``; −1 for none.
    public var category: [Int32] = []
    /// Index into ``modalities``; −1 for none.
    public var modality: [Int32] = []
    public var weight: [Double] = []
    public var outcome: [Outcome] = []
    public var areas: [AreaColumn] = []
    /// Distinct texts, sorted.
    public var categories: [String] = []
    public var modalities: [String] = []
    /// The store's revision when the table was loaded.
    public var revision: Int64 = 0

    public init() {}

    public var count: Int { id.count }

    /// The column of a level; nil where the table was loaded without it.
    public func areas(of level: String) -> AreaColumn? { areas.first { $0.level == level } }
}
