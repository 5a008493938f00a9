/// A level's part of an ``IncidentTable``: which area each incident lies in.
public struct AreaColumn: Hashable, Sendable {
    public var level: String
    /// The distinct area keys that occur, sorted; one key in two versions of the boundaries stands twice.
    public var keys: [String]
    /// Per key: the version of the level's boundaries in which it means an area.
    public var versions: [Int]
    /// Per incident: index into `keys`, −1 for none.
    public var index: [Int32]

    /// - Parameter versions: nil says that all keys are of version 1.
    public init(level: String, keys: [String], versions: [Int]? = nil, index: [Int32]) {
        self.level = level
        self.keys = keys
        self.versions = versions ?? Array(repeating: 1, count: keys.count)
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
    public var method: [PlacementMethod] = []
    public var grade: [PrecisionGrade] = []
    /// Whether the place is one at which reports pile up for another reason than that they happened there.
    public var isArtefact: [Bool] = []
    public var areas: [AreaColumn] = []
    /// Per level, in the order of ``areas``, and per incident: whether the published label names the area, as
    /// ``IncidentBatch/labelAgrees`` has it.
    public var labelAgrees: [[Int8]] = []
    /// Distinct texts, sorted.
    public var categories: [String] = []
    public var modalities: [String] = []
    /// The store's revision when the table was loaded.
    public var revision: Int64 = 0

    public init() {}

    public var count: Int { id.count }
    /// Of which imports its incidents are.
    /// - Complexity: O(incidents).
    public var importIDs: Set<Int64> { Set(id.lazy.map { $0 >> 32 }) }

    /// The column of a level; nil where the table was loaded without it.
    public func areas(of level: String) -> AreaColumn? { areas.first { $0.level == level } }

    /// The incidents of some rows.
    /// - Parameter rows: ascending; those beyond the table are left out.
    /// - Complexity: O(rows · columns).
    public func keeping(_ rows: [Int]) -> IncidentTable {
        let rows = rows.filter(id.indices.contains)
        func kept<Value>(_ column: [Value]) -> [Value] { column.isEmpty ? [] : rows.map { column[$0] } }
        var table = IncidentTable()
        (table.id, table.x, table.y, table.cell) = (kept(id), kept(x), kept(y), kept(cell))
        (table.instant, table.localDay, table.localMinute) = (kept(instant), kept(localDay), kept(localMinute))
        (table.category, table.modality, table.weight) = (kept(category), kept(modality), kept(weight))
        (table.outcome, table.method, table.grade) = (kept(outcome), kept(method), kept(grade))
        table.isArtefact = kept(isArtefact)
        table.areas = areas.map {
            AreaColumn(level: $0.level, keys: $0.keys, versions: $0.versions, index: kept($0.index))
        }
        table.labelAgrees = labelAgrees.map(kept)
        (table.categories, table.modalities, table.revision) = (categories, modalities, revision)
        return table
    }
}
