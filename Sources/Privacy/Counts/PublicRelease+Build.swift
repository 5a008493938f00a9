import CivilTime

extension PublicRelease {
    /// Counts and decides.
    /// - Parameter last: the last month that is published; rows after it are not looked at.
    /// - Throws: ``PrivacyError/columnsDiffer(_:_:expected:)``.
    /// - Complexity: O(rows + municipalities · (months · categories + areas)).
    init(
        of columns: LatticeColumns, on axes: LatticeAxes, through last: Period?, rule: SmallCounts
    ) throws(PrivacyError) {
        try columns.check()
        let counts = LatticeCounts(columns, axes, through: last)
        self.axes = axes
        self.rule = rule
        withholds = axes.categories.contains { $0.treatment == .withheld }
        let byMonth = Self.months(counts, axes, rule)
        // From the first month that shows anything: the first with an incident would tell of that one. To the last that has
        // any: after it nothing is known, which is not zero. A month that is suppressed says itself that it has some.
        let first = byMonth.filter { $0.value.total != nil }.map(\.key.month).min()
        months = first.flatMap { first in
            byMonth.keys.map(\.month).max().map { Period(.month, index: first)...Period(.month, index: $0) }
        }
        self.last = last
        self.byMonth = byMonth
        byYear = Self.years(counts, axes, rule, byMonth, through: last)
    }

    private static func months(
        _ counts: LatticeCounts, _ axes: LatticeAxes, _ rule: SmallCounts
    ) -> [MonthKey: Month] {
        let suppression = ComplementarySuppression(rule)
        let names = axes.categories.map { Optional($0.label) } + [nil]
        var decided: [MonthKey: Month] = [:]
        for (key, parts) in counts.byMonth {
            let total = parts.reduce(0, +)
            guard rule.mayStandAlone(total) else {
                decided[key] = Month(total: nil, parts: [])
                continue
            }
            let members = counts.members(sensitive: key.isSensitive)
            let scope = "\(name(of: key.municipality, axes)) \(Period(.month, index: key.month))"
            let order = ComplementarySuppression.order(of: members.map { names[$0] }, in: scope)
            let hidden = suppression.hidden(members.map { parts[$0] }, order: order)
            var shown: [Int?] = Array(repeating: 0, count: parts.count)
            for (index, member) in members.enumerated() { shown[member] = hidden[index] ? nil : parts[member] }
            decided[key] = Month(total: total, parts: shown)
        }
        return decided
    }

    private static func years(
        _ counts: LatticeCounts, _ axes: LatticeAxes, _ rule: SmallCounts, _ months: [MonthKey: Month],
        through last: Period?
    ) -> [YearKey: [Int?]] {
        let suppression = ComplementarySuppression(rule)
        var decided: [YearKey: [Int?]] = [:]
        for (key, parts) in counts.byYear {
            let first = Period(.year, index: key.year).firstMonth
            guard let last, last.index >= first + 11 else { continue }
            let isOpen = (first..<(first + 12)).allSatisfy { month in
                let key = MonthKey(municipality: key.municipality, month: month, isSensitive: false)
                return months[key].map { $0.total != nil } ?? true
            }
            guard isOpen else {
                decided[key] = parts.map { _ in nil }
                continue
            }
            let municipality = axes.municipalities.indices.contains(Int(key.municipality)) ? Int(key.municipality) : nil
            let names =
                (municipality.map { axes.municipalities[$0].areas } ?? []).map { Optional($0.description) } + [nil]
            let scope = "\(name(of: key.municipality, axes)) \(Period(.year, index: key.year))"
            let hidden = suppression.hidden(parts, order: ComplementarySuppression.order(of: names, in: scope))
            decided[key] = zip(parts, hidden).map { $1 ? nil : $0 }
        }
        return decided
    }

    private static func name(of municipality: Int32, _ axes: LatticeAxes) -> String {
        let index = Int(municipality)
        return axes.municipalities.indices.contains(index) ? axes.municipalities[index].key.description : ""
    }
}

extension Period {
    /// The index of the month of its first day.
    var firstMonth: Int32 { Period(.month, containing: first).index }
}

/// True counts of the lattice's points; they leave this file decided only.
struct LatticeCounts {
    /// By category, the rest last.
    private(set) var byMonth: [PublicRelease.MonthKey: [Int]] = [:]
    /// Of ordinary offences by area, the rest last.
    private(set) var byYear: [PublicRelease.YearKey: [Int]] = [:]
    private let treatments: [SensitiveCategories.Treatment]

    init(_ columns: LatticeColumns, _ axes: LatticeAxes, through last: Period?) {
        // What has no category in the list may be anything, and is ordinary: callers pass sensitive labels as categories.
        treatments = axes.categories.map(\.treatment) + [.ordinary]
        guard let last else { return }
        for row in 0..<columns.count where columns.month[row] <= last.index {
            count(row, columns, axes)
        }
    }

    /// The categories of a release, as indexes.
    func members(sensitive: Bool) -> [Int] {
        treatments.indices.filter { treatments[$0] == (sensitive ? .byMunicipalityAndMonth : .ordinary) }
    }

    private mutating func count(_ row: Int, _ columns: LatticeColumns, _ axes: LatticeAxes) {
        let given = Int(columns.category[row])
        let category = axes.categories.indices.contains(given) ? given : axes.categories.count
        guard treatments[category] != .withheld else { return }
        let isSensitive = treatments[category] == .byMunicipalityAndMonth
        let month = columns.month[row]
        let (municipality, area) = axes.place(columns.municipality[row], columns.area[row])
        byMonth[
            .init(municipality: municipality, month: month, isSensitive: isSensitive),
            default: Array(repeating: 0, count: treatments.count)
        ][category] += 1
        guard !isSensitive else { return }
        let year = Period(.year, containing: Period(.month, index: month).first).index
        byYear[
            .init(municipality: municipality, year: year),
            default: Array(repeating: 0, count: axes.areaCount(of: municipality))][
                area] += 1
    }
}
