import CivilTime
import Foundation
import Incidents

/// The months of which incidents are known to the end.
///
/// A source that ends on the tenth has a third of its last month, and the rest is missing, not zero: no light may judge it. That
/// the last days are silent does not say so where incidents are rare, so where nobody has said up to which day the source goes it
/// is asked how likely such a silence is. The gate does not ask: its answer would depend on single incidents.
enum WholeMonths {
    /// The last whole month of a selection, and the day on which its sources end: said by those that say it, and of the others' own
    /// incidents guessed.
    static func end(of selection: IncidentSelection, _ imports: [ImportRecord]) -> (month: Period?, day: CalendarDate?)
    {
        let table = selection.table
        var ends: [Int64: CalendarDate] = [:]
        for record in imports { ends[record.id] = record.dates.dataTo }
        let holding = table.importIDs
        let declared = ends.filter { holding.contains($0.key) }.values.max()
        let days = selection.rows.lazy.filter { ends[table.id[$0] >> 32] == nil }.map { table.localDay[$0] }
        let last = days.max().map { CalendarDate(daysSince1970: $0) }
        let months = [declared.flatMap(Self.last(through:)), last.map { Self.last(of: days, endingOn: $0) }]
        return (months.compactMap(\.self).max(), [declared, last].compactMap(\.self).max())
    }

    /// The last day that the public is told of: up to which those sources go that say it, or else the day on which the last was
    /// published or brought in.
    static func publicEnd(of table: IncidentTable, _ imports: [ImportRecord]) -> CalendarDate? {
        let holding = table.importIDs
        let records = imports.filter { holding.contains($0.id) }
        return records.compactMap(\.dates.dataTo).max()
            ?? records.compactMap(\.knownFrom).max().flatMap { CalendarDate(String($0.prefix(10))) }
    }

    /// The last month that is over by the end of a day.
    static func last(through day: CalendarDate) -> Period? {
        let month = Period(.month, containing: day)
        return month.last == day ? month : month.advanced(by: -1)
    }

    /// As likely as this, silence is taken for missing days.
    private static let leastProbability = 0.001

    /// - Parameters:
    ///   - localDays: of all incidents, in any order.
    ///   - last: the last of them.
    /// - Returns: the month of the last day, or the one before where the days after it are silent although, at the pace of the year
    ///   before (Poisson), such a silence would be less likely than one in a thousand.
    static func last(of localDays: some Sequence<Int32>, endingOn last: CalendarDate) -> Period {
        let month = Period(.month, containing: last)
        let end = Int(last.daysSince1970)
        let silent = Double(Int(month.last.daysSince1970) - end)
        guard silent > 0, let before = month.advanced(by: -1) else { return month }
        var (count, first) = (0, end)
        for day in localDays.lazy.map(Int.init) where day > end - 365 && day <= end {
            count += 1
            first = min(first, day)
        }
        // A few days tell of no pace.
        let pace = Double(count) / Double(max(28, end - first + 1))
        return exp(-pace * silent) < leastProbability ? before : month
    }
}
