public import CivilTime
import Grids
public import Hotspots
import Incidents
public import SimpleFeatures

/// Dated incidents on the cells of a grid: what the analyses of space and time work on.
public struct SpaceTimeSupport: Sendable {
    /// Whole incidents, each on its day or, where that is uncertain, on the day in the middle, if that is one of the ``days``.
    public let pattern: SpaceTimePattern
    /// Cells with their outlines.
    public let counts: SupportCounts
    /// From the first day to the last, as the filter says or the incidents do.
    public let days: ClosedRange<CalendarDate>
    /// How the grid and the days were chosen, for a result's record.
    public let members: [Property]
    let points: DatedPoints
    /// With a place, on some of the ``days``.
    let incidents: Int
    let withoutPlace: Int

    /// - Parameters:
    ///   - cellSize: nil to choose by the extent.
    /// - Throws: `HotspotError`, `GridError`, ``JobError/badData(_:)`` where there are no incidents.
    public init(of points: DatedPoints, cellSize: Length? = nil, studyArea: StudyArea? = nil) throws {
        guard let days = points.days else {
            throw JobError.badData("no incident is selected, and none can be analysed")
        }
        self.days = days
        self.points = points
        let whole = try points.whole()
        let (first, last) = (days.lowerBound.daysSince1970, days.upperBound.daysSince1970)
        pattern = points.areSpread ? whole.within(days: Double(first)..<Double(last) + 1) : whole
        (incidents, withoutPlace) = (whole.count, whole.dropped)
        counts = try CountMap(gridType: .rect, cellSize: cellSize, extent: points.extent)
            .run(on: try whole.places(), studyArea: studyArea)
        members =
            counts.parameters + [
                Property("first_day", .text(days.lowerBound.description)),
                Property("last_day", .text(days.upperBound.description)),
                Property("crs", .text(counts.crs.name)), Property("cells", .integer(Int64(counts.units.count))),
                Property("incidents", .integer(Int64(incidents))),
                Property("incidents_without_place", .integer(Int64(withoutPlace))),
                Property("faro_version", .text(FaroVersion.current)),
            ]
    }

    /// The selected incidents of a store.
    /// - Throws: as the other initialiser.
    public init(of selection: IncidentSelection, cellSize: Length? = nil, studyArea: StudyArea? = nil) throws {
        try self.init(of: DatedPoints(selection), cellSize: cellSize, studyArea: studyArea)
    }

    /// The cells of the study area.
    /// - Throws: ``JobError/usage(_:)`` for anything but square cells.
    func mask() throws -> Mask {
        guard case .squares(let mask) = counts.support else { throw JobError.usage("space and time need square cells") }
        return mask
    }

    /// Incidents that may have happened on some of the ``days`` though the middle of their span lies outside.
    var withMiddleOutside: Int { incidents - pattern.count }

    /// Incidents, those of uncertain time as an analysis takes them.
    func pattern(_ times: UncertainTimes) throws -> SpaceTimePattern {
        points.areSpread && times == .spread ? try points.spreadOverDays() : pattern
    }

    /// Incidents by cell and period.
    func cube(_ limits: [CalendarDate], _ times: UncertainTimes) throws -> SpaceTimeCube {
        let limits = limits.map { Double($0.daysSince1970) }
        let pattern = points.areSpread && times == .spread ? try points.spread(over: limits) : pattern
        return try SpaceTimeCube(of: pattern, over: mask(), limits: limits)
    }

    /// What became of the incidents in a cube, for a result's record.
    func members(of cube: SpaceTimeCube, _ times: UncertainTimes) -> [Property] {
        let all = times == .spread ? incidents : pattern.count
        return [
            Property("incidents_counted", .integer(Int64(cube.counted))),
            Property("incidents_outside", .integer(Int64(cube.outsideArea))),
            Property("incidents_outside_periods", .integer(Int64(all - cube.counted - cube.outsideArea))),
        ]
    }

    /// One row a cell, with its centre.
    func table(_ columns: [String], members own: [Property], _ values: (Int) -> [PropertyValue]) -> FeatureTable {
        counts.table(columns, members: own + members, values: values)
    }
}

extension IncidentSelection {
    /// Places and local days of the selected incidents that a point analysis takes, as ``placeAccount`` says.
    public func spaceTimePattern() throws -> SpaceTimePattern { try DatedPoints(self).whole() }
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
