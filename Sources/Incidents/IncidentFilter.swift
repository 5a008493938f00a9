import Bytes
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

    public init() {}

    /// Whether it takes every incident.
    public var isEmpty: Bool { self == IncidentFilter() }

    /// The rows of the table that it takes, in the table's order.
    /// - Parameter areaKeys: per level all keys its layers have. An area of these that no incident lies in gives no rows;
    ///   for a level not named here it is an error, as a misspelt key is.
    /// - Throws: ``FilterError`` for a category, modality, level or area that is not there, and for days out of order.
    /// - Complexity: O(rows · conditions set).
    public func rows(of table: IncidentTable, areaKeys: [String: [String]] = [:]) throws(FilterError) -> [Int] {
        if let from, let to, from > to { throw .badDates(from: from.description, to: to.description) }
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
        try narrowByArea(&keep, table, areaKeys)
        return keep.indices.filter { keep[$0] }
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
        _ keep: inout [Bool], _ table: IncidentTable, _ areaKeys: [String: [String]]
    ) throws(FilterError) {
        for level in Set(areas.map(\.level)).sorted() {
            guard let column = table.areas(of: level) else {
                throw .unknownLevel(level, known: table.areas.map(\.level))
            }
            var wanted = CodeSet(count: column.keys.count)
            for area in areas where area.level == level {
                if let index = column.keys.firstIndex(of: area.key) {
                    wanted.insert(index)
                } else if areaKeys[level]?.contains(area.key) != true {
                    let known = areaKeys[level] ?? column.keys
                    throw .unknownArea(level: level, key: area.key, near: NearNames.of(area.key, among: known))
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
