import CivilTime
import Incidents

/// The three axes of a table of counts: areas, periods, categories, each with a last place for none.
///
/// A combination of the three is one number, its slot; slots in order are the table's rows in order.
struct CountAxes {
    private let parameters: AreaCounts
    private let table: IncidentTable
    private let areaNames: [String: String]
    /// Keys of all known areas, sorted.
    private let areaKeys: [String]
    /// Per incident an index into `areaOfIndex`, which leads to a place on the axis.
    private let areaIndex: [Int32]
    private let areaOfIndex: [Int]
    private let firstPeriod: Int
    private let periodCount: Int
    /// The places on the period axis that zeros fill.
    private let filledPeriods: Range<Int>
    /// Codes of the categories that occur, sorted, and per code its place on the axis.
    private let categoryCodes: [Int]
    private let categoryOfCode: [Int]
    private let slotCount: Int

    init(
        _ parameters: AreaCounts, of table: IncidentTable, rows: [Int], areaNames: [String: String],
        span: ClosedRange<Period>?
    ) throws(IndicatorError) {
        self.parameters = parameters
        self.table = table
        self.areaNames = areaNames
        let column = try Self.column(parameters.level, of: table)
        areaKeys = parameters.level == nil ? [] : Set(column.keys).union(areaNames.keys).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(areaKeys, areaKeys.indices))
        areaOfIndex = column.keys.map { places[$0] ?? places.count }
        areaIndex = column.index
        let periods = try Self.periods(parameters.period, of: table, rows: rows, span: span)
        firstPeriod = periods.all.lowerBound
        periodCount = periods.all.count
        filledPeriods = periods.filled
        categoryCodes = parameters.byCategory ? Self.codes(table, rows) : []
        var categoryOfCode = [Int](repeating: categoryCodes.count, count: table.categories.count)
        for (place, code) in categoryCodes.enumerated() { categoryOfCode[code] = place }
        self.categoryOfCode = categoryOfCode
        slotCount = try Self.product(areaKeys.count + 1, periodCount, categoryCodes.count + 1)
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
        var area = areaKeys.count
        if areaIndex.indices.contains(row), areaOfIndex.indices.contains(Int(areaIndex[row])) {
            area = areaOfIndex[Int(areaIndex[row])]
        }
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
        return (area < areaKeys.count || parameters.level == nil) && filledPeriods.contains(period)
            && (category < categoryCodes.count || !parameters.byCategory)
    }

    private func areaCount(_ slot: Int, _ count: Int) -> AreaCount {
        let (area, period, category) = places(slot)
        let key = area < areaKeys.count ? areaKeys[area] : nil
        return AreaCount(
            level: parameters.level, areaID: key, areaName: key.flatMap { areaNames[$0] },
            period: parameters.period.map { Period($0, index: Int32(clamping: firstPeriod + period)).description },
            category: category < categoryCodes.count ? table.categories[categoryCodes[category]] : nil, count: count)
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
