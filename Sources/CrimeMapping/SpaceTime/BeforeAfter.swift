public import Boundaries
public import CivilTime
import Hotspots
public import Incidents
import Pictures
public import SimpleFeatures
import Statistics

/// Whether crime fell where something was done, beside a place where nothing was, and whether it only moved next door: the
/// job behind `faro evaluate before-after`.
///
/// The days from the first one on are compared with as many days right before. An incident counts in one area only, the
/// first of: treated, control, ring of the treated, ring of the control.
public struct BeforeAfter: Sendable {
    /// Where something was done.
    public var treated: NamedArea
    /// A place like it where nothing was done; nil compares each area with itself only.
    public var control: NamedArea?
    /// Where crime may have gone; nil for none, or for ``ring``.
    public var treatedRing: NamedArea?
    /// What ``treatedRing`` is compared with.
    public var controlRing: NamedArea?
    /// How wide rings are drawn around both areas; nil for none.
    public var ring: Length?
    /// The first day on which something was done.
    public var since: CalendarDate
    /// Days of either period; nil for as many as there are on both sides, whole years if at least one.
    public var days: Int?

    /// All fields as given; those without a parameter are nil.
    public init(
        treated: NamedArea, control: NamedArea? = nil, ring: Length? = nil, since: CalendarDate, days: Int? = nil
    ) {
        self.treated = treated
        self.control = control
        self.ring = ring
        self.since = since
        self.days = days
    }

    /// One area with what happened in it.
    struct Zone {
        var role: Role
        var shape: MultiPolygon<PlanarPoint>
        var squareMetres: Double
        var before = 0
        var after = 0
    }

    enum Role: String, CaseIterable {
        case treated, control
        case treatedRing = "treated_ring"
        case controlRing = "control_ring"
    }

    /// - Throws: `HotspotError`, `TopologyError`, as ``NamedArea``, and ``JobError/usage(_:)`` where days or areas do not fit.
    public func run(
        on selection: IncidentSelection, in store: any IncidentSource & BoundarySource
    ) throws -> SpaceTimeTable {
        let length = try periodDays(selection)
        var zones = try InterventionZones(self, selection, store).zones
        let first = Double(since.daysSince1970)
        let pattern = try selection.spaceTimePattern()
        try Self.count(pattern.within(days: first - Double(length)..<first), in: &zones, \.before)
        try Self.count(pattern.within(days: first..<first + Double(length)), in: &zones, \.after)
        return BeforeAfterTable(job: self, zones: zones, days: length).table(selection, incidents: pattern.count)
    }

    /// Whole years keep the seasons out of the comparison.
    private func periodDays(_ selection: IncidentSelection) throws -> Int {
        guard let seen = selection.days else {
            throw JobError.badData("no incident is selected, and none can be compared")
        }
        let first = Int((selection.filter.from ?? seen.lowerBound).daysSince1970)
        let last = Int((selection.filter.to ?? seen.upperBound).daysSince1970)
        let start = Int(since.daysSince1970)
        let most = min(start - first, last + 1 - start)
        guard most >= 1 else {
            throw JobError.usage(
                "the first day must have days before and after it in \(seen.lowerBound) to \(seen.upperBound), but is \(since)"
            )
        }
        guard let days else { return most >= 365 ? most / 365 * 365 : most }
        guard (1...most).contains(days) else {
            throw JobError.usage(
                "the days of a period must be 1 to \(most), as many as lie on both sides of \(since), but are \(days)")
        }
        return days
    }

    /// What lies in all areas so far less what lay in those before: a place on a border counts once, in the first.
    private static func count(
        _ pattern: SpaceTimePattern, in zones: inout [Zone], _ period: WritableKeyPath<Zone, Int>
    ) throws {
        let places = try pattern.places()
        var (parts, counted) = ([MultiPolygon<PlanarPoint>](), 0)
        for index in zones.indices {
            parts.append(zones[index].shape)
            let inside = try places.inside(InterventionZones.union(parts)).count
            zones[index][keyPath: period] = inside - counted
            counted = inside
        }
    }
}
