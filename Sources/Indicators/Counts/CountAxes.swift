import Boundaries
import CivilTime
import Incidents

/// The three axes of a table of counts: areas, periods, categories, each with a last place for none.
///
/// A combination of the three is one number, its slot; slots in order are the table's rows in order.
struct CountAxes {
    private let parameters: AreaCounts
    private let table: IncidentTable
    private let areas: AreaAxis
    private let firstPeriod: Int
    private let periodCount: Int
    /// Per area the places on the period axis that zeros fill; one more for the whole territory.
    private let filledPeriods: [Range<Int>]
    /// Codes of the categories that occur, sorted, and per code its place on the axis.
    private let categoryCodes: [Int]
    private let categoryOfCode: [Int]
    private let slotCount: Int

    init(
        _ parameters: AreaCounts, of table: IncidentTable, rows: [Int], areas known: [CountedArea],
        span: ClosedRange<Period>?
    ) throws(IndicatorError) {
        self.parameters = parameters
        self.table = table
        let areas = AreaAxis(
            try Self.column(parameters.level, of: table), rows: rows, known: parameters.level == nil ? [] : known)
        self.areas = areas
        let periods = try Self.periods(parameters.period, of: table, rows: rows, span: span)
        firstPeriod = periods.all.lowerBound
        periodCount = periods.all.count
        filledPeriods =
            areas.areas.map { area in
                area.map { Self.places($0.validity, parameters.period, periods.all.lowerBound, in: periods.filled) }
                    ?? 0..<0
            } + [parameters.level == nil ? periods.filled : 0..<0]
        categoryCodes = parameters.byCategory ? Self.codes(table, rows) : []
        var categoryOfCode = [Int](repeating: categoryCodes.count, count: table.categories.count)
        for (place, code) in categoryCodes.enumerated() { categoryOfCode[code] = place }
        self.categoryOfCode = categoryOfCode
        slotCount = try Self.product(areas.count + 1, periodCount, categoryCodes.count + 1)
        if parameters.fillsZeros, slotCount > AreaCounts.rowLimit {
            throw .tooManyRows(slotCount, limit: AreaCounts.rowLimit)
        }
    }

    /// The rows of the table.
    func counts(_ rows: [Int]) throws(IndicatorError) -> [AreaCount] {
        // A dense tally where it is filled well or is small; otherwise only what occurs.
        if parameters.fillsZeros || slotCount <= max(1 << 16, rows.count * 8) {
            var tally = [Int](repeating: 0, count: slotCount)
            for row in rows { tally[slot(of: row)] += 1 }
            return tally.indices.compactMap { slot in
                tally[slot] > 0 || isFilled(slot) ? areaCount(slot, tally[slot]) : nil
            }
        }
        var tally: [Int: Int] = [:]
        for row in rows { tally[slot(of: row), default: 0] += 1 }
        return tally.sorted { $0.key < $1.key }.map { areaCount($0.key, $0.value) }
    }

    private func slot(of row: Int) -> Int {
        let area = areas.place(ofRow: row)
        let period = parameters.period.map { Self.index($0, table.localDay[row]) - firstPeriod } ?? 0
        var category = categoryCodes.count
        if parameters.byCategory, categoryOfCode.indices.contains(Int(table.category[row])) {
            category = categoryOfCode[Int(table.category[row])]
        }
        return (area * periodCount + period) * (categoryCodes.count + 1) + category
    }

    private func places(_ slot: Int) -> (area: Int, period: Int, category: Int) {
        let categories = categoryCodes.count + 1
        return (slot / categories / periodCount, slot / categories % periodCount, slot % categories)
    }

    /// Whether a row stands for this combination even where nothing happened. None has no row of zeros.
    private func isFilled(_ slot: Int) -> Bool {
        guard parameters.fillsZeros else { return false }
        let (area, period, category) = places(slot)
        return filledPeriods[area].contains(period) && (category < categoryCodes.count || !parameters.byCategory)
    }

    private func areaCount(_ slot: Int, _ count: Int) -> AreaCount {
        let (area, period, category) = places(slot)
        let found = area < areas.count ? areas.keys[area] : nil
        return AreaCount(
            level: parameters.level, areaID: found?.key, areaName: area < areas.count ? areas.areas[area]?.name : nil,
            period: parameters.period.map { Period($0, index: Int32(clamping: firstPeriod + period)).description },
            category: category < categoryCodes.count ? table.categories[categoryCodes[category]] : nil, count: count,
            boundaryVersion: found?.version)
    }

    private static func column(_ level: String?, of table: IncidentTable) throws(IndicatorError) -> AreaColumn {
        guard let level else { return AreaColumn(level: "", keys: [], index: []) }
        guard let column = table.areas(of: level) else {
            throw .unknownLevel(level, known: table.areas.map(\.level))
        }
        return column
    }

    /// Indexes of the periods on the axis, and the places on it that zeros fill.
    private static func periods(
        _ length: PeriodLength?, of table: IncidentTable, rows: [Int], span: ClosedRange<Period>?
    ) throws(IndicatorError) -> (all: Range<Int>, filled: Range<Int>) {
        guard let length else { return (0..<1, 0..<1) }
        if let span, let odd = [span.lowerBound, span.upperBound].first(where: { $0.length != length }) {
            throw .spanOfOtherLength(span: odd.description, period: length.rawValue)
        }
        var (low, high) = (Int.max, Int.min)
        for row in rows {
            let index = index(length, table.localDay[row])
            (low, high) = (min(low, index), max(high, index))
        }
        guard let span else { return low <= high ? (low..<high + 1, 0..<high - low + 1) : (0..<0, 0..<0) }
        let asked = (Int(span.lowerBound.index), Int(span.upperBound.index))
        (low, high) = (min(low, asked.0), max(high, asked.1))
        return (low..<high + 1, asked.0 - low..<asked.1 - low + 1)
    }

    /// The places on the period axis whose period has a day on which a version holds.
    private static func places(
        _ validity: Validity, _ length: PeriodLength?, _ firstPeriod: Int, in filled: Range<Int>
    ) -> Range<Int> {
        guard let length else { return filled }
        let first = validity.from.map { index(length, $0.daysSince1970) - firstPeriod } ?? filled.lowerBound
        let last = validity.to.map { index(length, $0.daysSince1970 - 1) - firstPeriod } ?? filled.upperBound - 1
        let low = max(first, filled.lowerBound)
        let high = min(last, filled.upperBound - 1)
        return low <= high ? low..<high + 1 : 0..<0
    }

    private static func index(_ length: PeriodLength, _ day: Int32) -> Int {
        Int(Period(length, containing: CalendarDate(daysSince1970: day)).index)
    }

    private static func codes(_ table: IncidentTable, _ rows: [Int]) -> [Int] {
        var occurs = [Bool](repeating: false, count: table.categories.count)
        for row in rows where occurs.indices.contains(Int(table.category[row])) {
            occurs[Int(table.category[row])] = true
        }
        return occurs.indices.filter { occurs[$0] }
    }

    private static func product(_ areas: Int, _ periods: Int, _ categories: Int) throws(IndicatorError) -> Int {
        let (places, overflow) = areas.multipliedReportingOverflow(by: periods)
        let (slots, overflow2) = places.multipliedReportingOverflow(by: categories)
        if overflow || overflow2 { throw .tooManyRows(.max, limit: AreaCounts.rowLimit) }
        return slots
    }
}

/// The areas of a table of counts, each version's apart, sorted by key and version.
private struct AreaAxis {
    struct Key: Hashable {
        var key: String
        var version: Int
    }

    let keys: [Key]
    /// Per place what is known of the area; nil where it only has incidents.
    let areas: [CountedArea?]
    /// Per incident an index into `placeOfIndex`, which leads to a place on the axis.
    private let index: [Int32]
    private let placeOfIndex: [Int]

    var count: Int { keys.count }

    init(_ column: AreaColumn, rows: [Int], known: [CountedArea]) {
        var occurs = [Bool](repeating: known.isEmpty, count: column.keys.count)
        for row in rows where column.index.indices.contains(row) && occurs.indices.contains(Int(column.index[row])) {
            occurs[Int(column.index[row])] = true
        }
        var areas: [Key: CountedArea?] = [:]
        for place in occurs.indices where occurs[place] {
            let key = Key(key: column.keys[place], version: column.versions[place])
            areas[key] = .some(known.isEmpty ? CountedArea(key: key.key, version: key.version, name: nil) : nil)
        }
        for area in known { areas[Key(key: area.key, version: area.version)] = area }
        let sorted = areas.sorted { ($0.key.key, $0.key.version) < ($1.key.key, $1.key.version) }
        keys = sorted.map(\.key)
        self.areas = sorted.map(\.value)
        let places = Dictionary(uniqueKeysWithValues: zip(keys, keys.indices))
        placeOfIndex = zip(column.keys, column.versions).map { places[Key(key: $0, version: $1)] ?? places.count }
        index = column.index
    }

    /// ``count`` where the incident lies in no area.
    @inline(__always)
    func place(ofRow row: Int) -> Int {
        guard index.indices.contains(row), placeOfIndex.indices.contains(Int(index[row])) else { return count }
        return placeOfIndex[Int(index[row])]
    }
}
