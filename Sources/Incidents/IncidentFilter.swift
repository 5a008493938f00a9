import Bytes
public import CQL2
public import CivilTime
public import SimpleFeatures

/// Which incidents an analysis takes. Everything that is set must hold; what is empty or nil asks nothing.
///
/// The struct is the parameter record: it is saved beside its result, in JSON.
public struct IncidentFilter: Hashable, Sendable {
    /// Any of these; compared without case, accents and punctuation, so that one name takes all its spellings.
    public var categories: [String] = []
    public var modalities: [String] = []
    /// First and last local day, both included.
    public var from: CalendarDate?
    public var to: CalendarDate?
    /// Local hours. An incident without a time of day is in no hour.
    public var hours: HourRange?
    /// Days of the week of the local day: Saturday at 02:00 is Saturday.
    public var days: WeekdaySet?
    /// In the working CRS, borders included. An incident without a place is in no box.
    public var box: Envelope<PlanarPoint>?
    /// Of one level any, of several levels one each.
    public var areas: [AreaSelector] = []
    /// Only incidents with a place that analyses may use.
    public var placedOnly = false
    /// Only places known this closely; nil leaves it to the analysis: counts by area take all, point maps take hits.
    public var grades: Set<PrecisionGrade>?
    /// Whether point maps keep the places at which reports pile up for another reason than that they happened there. Counts
    /// by area keep them in any case.
    public var includesArtefacts = false
    /// A condition in CQL2 on the attributes and the place of an incident; nil asks nothing.
    public var condition: CQL2Filter?

    public init() {}

    /// Whether it takes every incident.
    public var isEmpty: Bool { self == IncidentFilter() }

    /// The rows of the table that it takes, in the table's order: all but its ``condition``, which needs to know the plane.
    /// - Parameter areaKeys: the keys that the layers of a level have, in the versions that matter. An area of these that no
    ///   incident lies in gives no rows; for a level not named here it is an error, as a misspelt key is.
    /// - Parameter candidates: the only rows that can be taken, ascending; nil for all.
    /// - Throws: ``FilterError`` for a category, modality, level or area that is not there, for a key that means another area
    ///   in each of several versions, for days out of order, and for a ``condition``: whoever can decide it takes it out
    ///   first, so that it is never passed over.
    /// - Complexity: O(rows · conditions set).
    public func rows(of table: IncidentTable, areaKeys: [AreaKeys] = [], among candidates: [Int]? = nil)
        throws(FilterError) -> [Int]
    {
        guard condition == nil else { throw .conditionWithoutPlane }
        if let from, let to, from > to { throw .badDates(from: from.description, to: to.description) }
        if let candidates, isEmpty { return candidates }
        var keep = [Bool](repeating: true, count: table.count)
        if !categories.isEmpty {
            let wanted = try Self.matches(categories, among: table.categories) { .unknownCategory($0, near: $1) }
            Self.narrow(&keep) { wanted.contains(table.category[$0]) }
        }
        if !modalities.isEmpty {
            let wanted = try Self.matches(modalities, among: table.modalities) { .unknownModality($0, near: $1) }
            Self.narrow(&keep) { wanted.contains(table.modality[$0]) }
        }
        narrowByTime(&keep, table)
        if let box { Self.narrow(&keep) { box.contains(PlanarPoint(x: table.x[$0], y: table.y[$0])) } }
        if placedOnly { Self.narrow(&keep) { table.outcome[$0] == .placed } }
        if let grades { Self.narrow(&keep) { grades.contains(table.grade[$0]) } }
        try narrowByArea(&keep, table, areaKeys)
        return candidates?.filter { keep[$0] } ?? keep.indices.filter { keep[$0] }
    }

    private func narrowByTime(_ keep: inout [Bool], _ table: IncidentTable) {
        if let from { Self.narrow(&keep) { table.localDay[$0] >= from.daysSince1970 } }
        if let to { Self.narrow(&keep) { table.localDay[$0] <= to.daysSince1970 } }
        if let hours {
            Self.narrow(&keep) { table.localMinute[$0] >= 0 && hours.contains(hour: Int(table.localMinute[$0]) / 60) }
        }
        if let days {
            let isWanted = (1...7).map(days.isoDays.contains)
            Self.narrow(&keep) { isWanted[CalendarDate(daysSince1970: table.localDay[$0]).isoWeekday - 1] }
        }
    }

    private func narrowByArea(
        _ keep: inout [Bool], _ table: IncidentTable, _ areaKeys: [AreaKeys]
    ) throws(FilterError) {
        for level in Set(areas.map(\.level)).sorted() {
            guard let column = table.areas(of: level) else {
                throw .unknownLevel(level, known: table.areas.map(\.level))
            }
            let known =
                areaKeys.first { $0.level == level }
                ?? AreaKeys(level: level, keys: column.keys, versions: column.versions)
            var wanted = CodeSet(count: column.keys.count)
            for area in areas where area.level == level {
                let found = try area.resolved(among: known)
                for index in column.keys.indices
                where column.keys[index] == found.key && column.versions[index] == found.version {
                    wanted.insert(index)
                }
            }
            Self.narrow(&keep) { wanted.contains(column.index[$0]) }
        }
    }

    private static func matches(
        _ names: [String], among known: [String], error: (String, [String]) -> FilterError
    ) throws(FilterError) -> CodeSet {
        let folded = known.map { LabelFolding.fold($0) }
        var codes = CodeSet(count: known.count)
        for name in names {
            let wanted = LabelFolding.fold(name)
            let found = folded.indices.filter { folded[$0] == wanted }
            guard !found.isEmpty else { throw error(name, NearNames.of(name, among: known)) }
            for code in found { codes.insert(code) }
        }
        return codes
    }

    @inline(__always)
    private static func narrow(_ keep: inout [Bool], _ condition: (Int) -> Bool) {
        for row in keep.indices where keep[row] { keep[row] = condition(row) }
    }
}

extension AreaSelector {
    /// The same area with its version.
    /// - Throws: ``FilterError/unknownArea(level:key:near:)`` where none of the keys is meant,
    ///   ``FilterError/unknownVersion(level:key:version:known:)``, ``FilterError/severalVersions(level:key:versions:)``.
    public func resolved(among known: AreaKeys) throws(FilterError) -> AreaSelector {
        func versions(of key: String) -> [Int] {
            known.keys.indices.filter { known.keys[$0] == key }.map { known.versions[$0] }.sorted()
        }
        let literal = version == nil ? [] : versions(of: keyText)
        guard literal.isEmpty else { return try AreaSelector.one(level, keyText, literal) }
        let found = versions(of: key)
        guard !found.isEmpty else {
            throw .unknownArea(level: level, key: key, near: NearNames.of(key, among: known.keys))
        }
        guard let version else { return try AreaSelector.one(level, key, found) }
        guard found.contains(version) else {
            throw .unknownVersion(level: level, key: key, version: version, known: found)
        }
        return self
    }

    private static func one(_ level: String, _ key: String, _ versions: [Int]) throws(FilterError) -> AreaSelector {
        guard versions.count == 1 else { throw .severalVersions(level: level, key: key, versions: versions) }
        return AreaSelector(level: level, key: key, version: versions[0])
    }
}

/// A set of a column's codes. −1, the code for none, is in no set.
private struct CodeSet {
    private var isMember: [Bool]

    init(count: Int) { isMember = Array(repeating: false, count: count) }

    mutating func insert(_ code: Int) { isMember[code] = true }

    func contains(_ code: Int32) -> Bool { isMember.indices.contains(Int(code)) && isMember[Int(code)] }
}

/// Reads `minx,miny,maxx,maxy` in whatever CRS the caller was told.
public enum BoxText {
    /// - Throws: ``FilterError/badBox(_:)`` unless they are four finite numbers, minima first.
    public static func envelope(_ text: String) throws(FilterError) -> Envelope<FilePosition> {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Double($0) }.filter(\.isFinite)
        guard parts.count == 4, numbers.count == 4, numbers[0] <= numbers[2], numbers[1] <= numbers[3] else {
            throw .badBox(text)
        }
        return Envelope(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3])
    }
}
