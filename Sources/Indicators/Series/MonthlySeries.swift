public import CivilTime
public import Incidents

/// Monthly counts by indicator and area: what lights, changes, goals and rankings are computed from.
///
/// **A figure that is missing is not zero.** Months that nobody has published, months before a source begins and areas that a source
/// does not cover have no figure, and nothing that is computed from them takes them for zeros.
///
/// **A figure that is withheld is not missing either.** It exists and is not shown, because it is small or protects one that is; so
/// whatever would be computed from it is withheld too, and not computed from the rest: the rest are the greater ones.
///
/// ## Shape
/// One row an indicator and area, one column a month, without gaps in the months; 4 bytes a figure.
///
/// ## Breaks
/// Where figures are counted differently from a day on, ``breaks`` says so by indicator, and ``start(of:before:)`` cuts: bases,
/// totals and comparisons never reach back over a break.
public struct MonthlySeries: Hashable, Sendable {
    /// An area as a series knows it.
    public struct Area: Hashable, Sendable, Codable {
        public var key: String
        /// Of the level's boundaries; nil where the figures came without any.
        public var version: Int?
        public var name: String?

        public init(key: String, version: Int? = nil, name: String? = nil) {
            self.key = key
            self.version = version
            self.name = name
        }

        /// The name where there is one, otherwise the key.
        public var label: String { name ?? key }
    }

    /// Names of the indicators, as the catalogue has them.
    public let indicators: [String]
    public let areas: [Area]
    /// The first month and the last.
    public let months: ClosedRange<Period>
    /// By indicator, in their order: the breaks that its figures go over.
    public var breaks: [[SeriesBreak]]
    /// Figures by indicator, area and month; ``missing`` for none.
    private var counts: [Int32]
    private let areaPlaces: [String: Int]
    private let indicatorPlaces: [String: Int]

    /// Stands for a figure that nobody has given.
    static let missing: Int32 = -1
    /// Stands for a figure that exists and is not shown.
    static let withheld: Int32 = -2
    /// The most figures that a series may have room for: 1.6 GB.
    public static let figureLimit = 400_000_000

    /// A series without figures.
    /// - Throws: ``IndicatorError/spanOfOtherLength(span:period:)`` unless the months are months,
    ///   ``IndicatorError/tooManyRows(_:limit:)``.
    public init(indicators: [String], areas: [Area], months: ClosedRange<Period>) throws(IndicatorError) {
        for end in [months.lowerBound, months.upperBound] where end.length != .month {
            throw .spanOfOtherLength(span: end.description, period: PeriodLength.month.rawValue)
        }
        self.indicators = indicators
        self.areas = areas
        self.months = months
        let monthCount = Int(months.upperBound.index) - Int(months.lowerBound.index) + 1
        let (rows, overflow) = indicators.count.multipliedReportingOverflow(by: areas.count)
        let (figures, overflow2) = rows.multipliedReportingOverflow(by: monthCount)
        guard !overflow, !overflow2, figures <= Self.figureLimit else {
            throw .tooManyRows(overflow || overflow2 ? .max : figures, limit: Self.figureLimit)
        }
        counts = Array(repeating: Self.missing, count: figures)
        breaks = Array(repeating: [], count: indicators.count)
        areaPlaces = Dictionary(areas.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        indicatorPlaces = Dictionary(
            indicators.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public var monthCount: Int { Int(months.upperBound.index) - Int(months.lowerBound.index) + 1 }

    /// The month at a place of the series.
    public func month(at place: Int) -> Period {
        Period(.month, index: Int32(clamping: Int(months.lowerBound.index) + place))
    }

    /// The place of a month; nil where the series does not have it.
    public func place(of month: Period) -> Int? {
        guard month.length == .month, months.contains(month) else { return nil }
        return Int(month.index) - Int(months.lowerBound.index)
    }

    public func place(ofArea key: String) -> Int? { areaPlaces[key] }
    public func place(ofIndicator name: String) -> Int? { indicatorPlaces[name] }

    /// The figure of an indicator and area in a month, all by their places; nil where it is missing, and outside the series.
    public func count(_ indicator: Int, _ area: Int, _ month: Int) -> Int? {
        guard let slot = slot(indicator, area, month), counts[slot] >= 0 else { return nil }
        return Int(counts[slot])
    }

    /// Whether a figure exists and is not shown.
    public func isWithheld(_ indicator: Int, _ area: Int, _ month: Int) -> Bool {
        slot(indicator, area, month).map { counts[$0] == Self.withheld } ?? false
    }

    /// Whether one of consecutive months, as far as the series has them, is withheld.
    public func isWithheld(_ indicator: Int, _ area: Int, from: Int, through: Int) -> Bool {
        guard from <= through else { return false }
        return (max(0, from)...max(0, through)).contains { isWithheld(indicator, area, $0) }
    }

    /// All figures of an indicator and area in the order of the months; empty outside the series.
    public func figures(_ indicator: Int, _ area: Int) -> [Int?] {
        (0..<monthCount).map { count(indicator, area, $0) }
    }

    /// As they stand, for hot loops.
    func row(_ indicator: Int, _ area: Int) -> ArraySlice<Int32> {
        guard let first = slot(indicator, area, 0) else { return [] }
        return counts[first..<first + monthCount]
    }

    private func slot(_ indicator: Int, _ area: Int, _ month: Int) -> Int? {
        guard indicators.indices.contains(indicator), areas.indices.contains(area), (0..<monthCount).contains(month)
        else { return nil }
        return (indicator * areas.count + area) * monthCount + month
    }
}

// MARK: - Figures in

extension MonthlySeries {
    /// Sets one figure, which must not be there yet.
    /// - Throws: ``IndicatorError`` for a negative count, an indicator, area or month that the series does not have, and for a
    ///   second figure of a month.
    public mutating func set(_ count: Int, indicator: String, area: String, month: Period) throws(IndicatorError) {
        let slot = try checkedSlot(count, indicator, area, month)
        guard counts[slot] == Self.missing else {
            throw .twoFigures(
                indicator: indicator, area: area, month: month.description, first: Int(counts[slot]), second: count)
        }
        counts[slot] = Int32(clamping: count)
    }

    /// Adds to a figure; a missing one becomes the count. For figures that are sums of finer ones.
    /// - Throws: as ``set(_:indicator:area:month:)``, but for second figures.
    public mutating func add(_ count: Int, indicator: String, area: String, month: Period) throws(IndicatorError) {
        let slot = try checkedSlot(count, indicator, area, month)
        add(count, atSlot: slot)
    }

    /// Adds by places; what lies outside the series, or is withheld, is passed over.
    public mutating func add(_ count: Int, indicator: Int, area: Int, month: Int) {
        guard count >= 0, let slot = slot(indicator, area, month) else { return }
        add(count, atSlot: slot)
    }

    private mutating func add(_ count: Int, atSlot slot: Int) {
        guard counts[slot] != Self.withheld else { return }
        counts[slot] = Int32(clamping: Int(max(0, counts[slot])) + min(count, Int(Int32.max)))
    }

    /// Says of a figure that it exists and is not shown.
    public mutating func withhold(indicator: Int, area: Int, month: Int) {
        guard let slot = slot(indicator, area, month) else { return }
        counts[slot] = Self.withheld
    }

    /// Says of months that they are known: figures that are missing there become zeros. For sources of which every incident is
    /// given, over the months that they cover.
    public mutating func fillZeros(indicator: Int, months: ClosedRange<Int>) {
        for area in areas.indices {
            for month in months {
                guard let slot = slot(indicator, area, month), counts[slot] == Self.missing else { continue }
                counts[slot] = 0
            }
        }
    }

    private func checkedSlot(
        _ count: Int, _ indicator: String, _ area: String, _ month: Period
    ) throws(IndicatorError) -> Int {
        guard count >= 0 else {
            throw .negativeCount(count, indicator: indicator, area: area, month: month.description)
        }
        guard let indicatorPlace = place(ofIndicator: indicator) else {
            throw .unknownIndicator(indicator, known: indicators)
        }
        guard let areaPlace = place(ofArea: area) else {
            throw .unknownArea(area, near: NearNames.of(area, among: areas.map(\.key)))
        }
        guard let monthPlace = place(of: month), let slot = slot(indicatorPlace, areaPlace, monthPlace) else {
            throw .monthOutsideSeries(
                month.description, first: months.lowerBound.description, last: months.upperBound.description)
        }
        return slot
    }
}

// MARK: - What is known

extension MonthlySeries {
    /// The first month from which figures may be compared with those of a month: that of the last break at or before it.
    ///
    /// A break within a month cuts before the next one: a month of both ways of counting belongs to the old.
    /// - Returns: a place from 0 on.
    public func start(of indicator: Int, before month: Int) -> Int {
        guard breaks.indices.contains(indicator) else { return 0 }
        var start = 0
        for seriesBreak in breaks[indicator] {
            let holding = Period(.month, containing: seriesBreak.date)
            let isWhole = holding.first == seriesBreak.date
            let first = Int(holding.index) - Int(months.lowerBound.index) + (isWhole ? 0 : 1)
            if first <= month { start = max(start, first) }
        }
        return start
    }

    /// The last month in which some area has a figure of an indicator: where its data are cut. nil where none has any.
    public func cut(of indicator: Int) -> Period? {
        (0..<monthCount).reversed().first { month in areas.indices.contains { count(indicator, $0, month) != nil } }
            .map(month)
    }

    /// The first month in which some area has a figure of an indicator.
    public func begin(of indicator: Int) -> Period? {
        (0..<monthCount).first { month in areas.indices.contains { count(indicator, $0, month) != nil } }.map(month)
    }

    /// The sum of the figures of consecutive months of one row; nil unless each of them is there, on one side of every break.
    public func sum(_ indicator: Int, _ area: Int, from: Int, through: Int) -> Int? {
        guard from >= 0, from <= through, through < monthCount, start(of: indicator, before: through) <= from else {
            return nil
        }
        var sum = 0
        for month in from...through {
            guard let count = count(indicator, area, month) else { return nil }
            sum += count
        }
        return sum
    }

    /// The areas that have a figure of an indicator in any month, shown or withheld.
    public func areasCovered(_ indicator: Int) -> [Int] {
        areas.indices.filter { row(indicator, $0).contains { $0 != Self.missing } }
    }

    /// A series of one row an indicator: the sums of the areas that have figures of it. A month in which one of them has none
    /// has no sum; one in which a figure is withheld has a withheld one.
    /// - Throws: never, unless the series was too large to be made.
    public func total(named name: String) throws(IndicatorError) -> MonthlySeries {
        var total = try MonthlySeries(indicators: indicators, areas: [Area(key: "", name: name)], months: months)
        total.breaks = breaks
        for indicator in indicators.indices {
            let covered = areasCovered(indicator)
            for month in 0..<monthCount {
                var sum: Int? = covered.isEmpty ? nil : 0
                for area in covered {
                    guard let known = sum, let count = count(indicator, area, month) else {
                        sum = nil
                        break
                    }
                    sum = known + count
                }
                if let sum {
                    total.add(sum, indicator: indicator, area: 0, month: month)
                } else if covered.contains(where: { isWithheld(indicator, $0, month) }) {
                    total.withhold(indicator: indicator, area: 0, month: month)
                }
            }
        }
        return total
    }
}

/// A figure that was told differently before.
public struct Restatement: Hashable, Sendable, Codable {
    public var indicator: String
    public var areaID: String
    public var areaName: String?
    public var month: String
    /// nil where there was none.
    public var before: Int?
    /// nil where it was withdrawn.
    public var now: Int?

    private enum CodingKeys: String, CodingKey {
        case indicator, month, before, now
        case areaID = "area_id"
        case areaName = "area_name"
    }

    /// Writes every member, so that none stands as `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(indicator, forKey: .indicator)
        try container.encode(areaID, forKey: .areaID)
        try container.encode(areaName, forKey: .areaName)
        try container.encode(month, forKey: .month)
        try container.encode(before, forKey: .before)
        try container.encode(now, forKey: .now)
    }
}

extension MonthlySeries {
    /// The figures that an earlier edition told differently, by indicator, area and month. Figures of months before the earlier
    /// edition's first or after its cut are new, not moved, and are left out.
    /// - Complexity: O(figures).
    public func restatements(of earlier: MonthlySeries) -> [Restatement] {
        var moved: [Restatement] = []
        for (indicator, name) in indicators.enumerated() {
            guard let old = earlier.place(ofIndicator: name), let begin = earlier.begin(of: old),
                let cut = earlier.cut(of: old)
            else { continue }
            for (area, place) in areas.enumerated() {
                guard let oldArea = earlier.place(ofArea: place.key) else { continue }
                for month in 0..<monthCount where (begin...cut).contains(self.month(at: month)) {
                    let before = earlier.place(of: self.month(at: month)).flatMap { earlier.count(old, oldArea, $0) }
                    let now = count(indicator, area, month)
                    guard before != now else { continue }
                    moved.append(
                        Restatement(
                            indicator: name, areaID: place.key, areaName: place.name,
                            month: self.month(at: month).description, before: before, now: now))
                }
            }
        }
        return moved
    }
}
