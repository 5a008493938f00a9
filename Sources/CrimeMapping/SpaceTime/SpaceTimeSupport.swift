public import CivilTime
import Grids
public import Hotspots
import Incidents
public import SimpleFeatures

/// A selection of dated incidents on the cells of a grid: what the analyses of space and time work on.
///
/// Times are local days: a near-repeat "within 7 days" is one of dates, and hours that many sources do not know play no part.
public struct SpaceTimeSupport: Sendable {
    /// With the rows of the selection that a point analysis takes.
    public let pattern: SpaceTimePattern
    /// Cells with their outlines.
    public let counts: SupportCounts
    /// From the first day to the last, as the filter says or the incidents do.
    public let days: ClosedRange<CalendarDate>
    /// How the grid and the days were chosen, for a result's record.
    public let members: [Property]

    /// - Parameters:
    ///   - cellSize: nil to choose by the extent.
    /// - Throws: `HotspotError`, `GridError`, ``JobError/usage(_:)`` for a selection without incidents.
    public init(
        of selection: IncidentSelection, cellSize: Length? = nil, studyArea: StudyArea? = nil
    ) throws {
        guard let seen = selection.days else {
            throw JobError.usage("no incident is selected, and none can be analysed")
        }
        let first = selection.filter.from ?? seen.lowerBound
        let last = selection.filter.to ?? seen.upperBound
        days = min(first, last)...max(first, last)
        pattern = try selection.spaceTimePattern()
        counts = try CountMap(gridType: .rect, cellSize: cellSize, extent: selection.extent)
            .run(on: try pattern.places(), studyArea: studyArea)
        members =
            counts.parameters + [
                Property("first_day", .text(days.lowerBound.description)),
                Property("last_day", .text(days.upperBound.description)),
                Property("crs", .text(counts.crs.name)), Property("cells", .integer(Int64(counts.units.count))),
                Property("incidents", .integer(Int64(pattern.count))),
                Property("incidents_without_place", .integer(Int64(pattern.dropped))),
                Property("faro_version", .text(FaroVersion.current)),
            ]
    }

    /// The cells of the study area.
    /// - Throws: ``JobError/usage(_:)`` for anything but square cells.
    func mask() throws -> Mask {
        guard case .squares(let mask) = counts.support else { throw JobError.usage("space and time need square cells") }
        return mask
    }

    /// Incidents by cell and period.
    func cube(_ limits: [CalendarDate]) throws -> SpaceTimeCube {
        try SpaceTimeCube(of: pattern, over: mask(), limits: limits.map { Double($0.daysSince1970) })
    }

    /// One row a cell, with its centre.
    func table(_ columns: [String], members own: [Property], _ values: (Int) -> [PropertyValue]) -> FeatureTable {
        counts.table(columns, members: own + members, values: values)
    }
}

extension IncidentSelection {
    /// Places and local days of the selected incidents that a point analysis takes, as ``placeAccount`` says.
    public func spaceTimePattern() throws -> SpaceTimePattern {
        let rows = points().rows
        return try SpaceTimePattern(
            x: rows.map { table.x[$0] }, y: rows.map { table.y[$0] }, days: rows.map { Double(table.localDay[$0]) },
            weights: rows.map { table.weight[$0] }, crs: crs)
    }
}

/// Runs an analysis that reports a share of its work.
func interruptible<Result>(
    _ control: JobControl, _ step: String, _ body: (@escaping @Sendable (Double) -> Bool) throws -> Result
) throws -> Result {
    do {
        return try body { done in
            control.progress(step, fraction: done)
            return !control.isCancelled
        }
    } catch HotspotError.cancelled {
        throw JobError.interrupted("nothing was written")
    }
}

/// A result as a table, with what a person is told.
public struct SpaceTimeTable {
    public var table: FeatureTable
    public var account: [String]
    public var warnings: [String] = []
    public var explanation: Explanation
}
