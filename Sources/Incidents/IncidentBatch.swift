public import Bytes

/// Incidents on their way from a file into a store, as columns.
///
/// All columns have the same length. Producers append to every column for each row; `areas` is filled by the
/// locator once the coordinates are known.
public struct IncidentBatch: Sendable {
    /// Row of the source file, counted from 1 after the header.
    public var sourceRow: [Int64] = []
    public var recordID = TextColumn()
    public var category = TextColumn()
    public var modality = TextColumn()
    /// Day of occurrence in local time, as days since 1970-01-01.
    public var localDay: [Int32] = []
    /// Minute of the local day, 0–1439; −1 where the source gives no time of day.
    public var localMinute: [Int16] = []
    /// Seconds since 1970-01-01 UTC; where the source gives no time of day, of local midnight.
    public var instant: [Int64] = []
    /// Degrees on WGS 84; NaN where there is no usable place.
    public var longitude: [Double] = []
    public var latitude: [Double] = []
    /// Metres in the store's working CRS; NaN where there is no usable place.
    public var x: [Double] = []
    public var y: [Double] = []
    /// Key of the web-mercator tile of zoom 14; −1 where there is no usable place.
    public var cell: [Int64] = []
    /// What the source says the place is, kept beside what the polygons say.
    public var coloniaLabel = TextColumn()
    public var municipalityLabel = TextColumn()
    public var placeText = TextColumn()
    public var weight: [Double] = []
    public var outcome: [Outcome] = []
    public var method: [PlacementMethod] = []
    public var grade: [PrecisionGrade] = []
    /// Metres within which the true place lies around the one given; NaN where there is no place.
    public var uncertainty: [Double] = []
    /// Whether every mapped field equals that of an earlier row of the same source.
    public var isDuplicate: [Bool] = []
    /// Per level, in the order the import states: index of the area in its layer, −1 for none.
    public var areas: [[Int32]] = []
    /// Per level: whether the published label names the area: 1 it does, 0 it names another, −1 none was published, there is
    /// no area, or the words themselves gave the area.
    public var labelAgrees: [[Int8]] = []

    public init(levels: Int = 0) {
        areas = Array(repeating: [], count: levels)
        labelAgrees = Array(repeating: [], count: levels)
    }

    public var count: Int { sourceRow.count }

    /// Empties every column and keeps the memory.
    public mutating func removeAll() {
        sourceRow.removeAll(keepingCapacity: true)
        recordID.removeAll()
        category.removeAll()
        modality.removeAll()
        localDay.removeAll(keepingCapacity: true)
        localMinute.removeAll(keepingCapacity: true)
        instant.removeAll(keepingCapacity: true)
        longitude.removeAll(keepingCapacity: true)
        latitude.removeAll(keepingCapacity: true)
        x.removeAll(keepingCapacity: true)
        y.removeAll(keepingCapacity: true)
        cell.removeAll(keepingCapacity: true)
        coloniaLabel.removeAll()
        municipalityLabel.removeAll()
        placeText.removeAll()
        weight.removeAll(keepingCapacity: true)
        outcome.removeAll(keepingCapacity: true)
        method.removeAll(keepingCapacity: true)
        grade.removeAll(keepingCapacity: true)
        uncertainty.removeAll(keepingCapacity: true)
        isDuplicate.removeAll(keepingCapacity: true)
        for level in areas.indices { areas[level].removeAll(keepingCapacity: true) }
        for level in labelAgrees.indices { labelAgrees[level].removeAll(keepingCapacity: true) }
    }
}
