public import Boundaries
import CQL2
public import CivilTime
import Geodesy
public import Incidents
public import SimpleFeatures

/// The incidents of a store that a filter takes, as columns: what every analysis of a store begins with.
public struct IncidentSelection: Sendable {
    /// All current incidents as of the instant asked for, selected or not.
    public let table: IncidentTable
    /// Rows of the table that the filter takes.
    public private(set) var rows: [Int]
    /// The filter as applied; it has no box where that was given in another system than the store's.
    public private(set) var filter: IncidentFilter
    /// The areas that the filter names, each with its version.
    public let areas: [AreaSelector]
    /// What the box covers on the plane; nil where none was given.
    public let extent: Envelope<PlanarPoint>?
    /// The store's working CRS, in which the table's `x` and `y` are.
    public let crs: CRS
    /// Where the table's incidents lie in degrees, if that is known already.
    let degrees: DegreeColumns?
    /// Imports that were begun and not finished; their figures are not whole.
    public let incompleteImports: [ImportRecord]

    /// - Parameters:
    ///   - box: in the CRS given beside it, in which it is decided; borders belong to it.
    ///   - asOf: the instant as of which the incidents were known, `2024-03-01T12:00:00Z`; nil for now.
    /// - Throws: `FilterError`, `GeodesyError`, the store's errors.
    public init(
        from store: any IncidentSource & BoundarySource, filter: IncidentFilter,
        box: (envelope: Envelope<FilePosition>, crs: CRS)? = nil, asOf: String? = nil
    ) throws {
        let versions = try store.boundaryVersions()
        let levels = Set(versions.map(\.level.name)).sorted()
        table = try store.incidentTable(levels: levels, asOf: asOf)
        crs = store.settings.crs
        var filter = filter
        extent = try box.map { try Self.planar($0.envelope, from: $0.crs, to: store.settings.crs) } ?? filter.box
        if box?.crs == crs { filter.box = extent }
        let keys = try Self.keys(of: Set(filter.areas.map(\.level)), versions, asked: filter, in: store)
        areas = try filter.areas.map { area in
            try keys.first { $0.level == area.level }.map { try area.resolved(among: $0) } ?? area
        }
        let index = (store as? StoreSnapshot)?.places
        rows = try Self.rows(of: table, filter: filter, areaKeys: keys, box: box, crs: crs, index: index)
        degrees = index?.degrees
        self.filter = filter
        incompleteImports = try store.imports().filter { $0.state == .incomplete }
    }

    /// The same without the incidents of other days than those of some periods. Its filter has no days then: no two bounds say
    /// them.
    public func keeping(_ periods: [ClosedRange<CalendarDate>]) -> IncidentSelection {
        var kept = self
        kept.rows = rows.filter { row in
            let day = CalendarDate(daysSince1970: table.localDay[row])
            return periods.contains { $0.contains(day) }
        }
        (kept.filter.from, kept.filter.to) = (nil, nil)
        return kept
    }

    /// The keys of each level named, in the versions that hold on a day asked for: a key that has changed its meaning since
    /// then is no question where the days say which is meant.
    static func keys(
        of levels: Set<String>, _ versions: [BoundaryVersion], asked filter: IncidentFilter,
        in store: any BoundarySource
    ) throws -> [AreaKeys] {
        try levels.sorted().compactMap { level in
            let all = versions.filter { $0.level.name == level }
            guard !all.isEmpty else { return nil }
            var keys = AreaKeys(level: level, keys: [])
            for version in all.holding(from: filter.from, to: filter.to) {
                let found = try store.boundaryLayer(version.level, number: version.number).areas.map(\.id)
                keys.keys += found
                keys.versions += Array(repeating: version.number, count: found.count)
            }
            return keys
        }
    }

    /// The rows that a filter with all its parts takes, ascending.
    /// - Parameter index: of the table, where there is one: boxes in degrees and shapes cost much less then.
    static func rows(
        of table: IncidentTable, filter: IncidentFilter, areaKeys: [AreaKeys],
        box: (envelope: Envelope<FilePosition>, crs: CRS)?, crs: CRS, index: PlaceIndex?
    ) throws -> [Int] {
        var plain = filter
        plain.condition = nil
        var candidates: [Int]?
        if let box, let index, box.crs == .wgs84 {
            let box = box.envelope
            candidates = index.rows(in: Envelope(minX: box.minX, minY: box.minY, maxX: box.maxX, maxY: box.maxY))
        }
        var rows = try plain.rows(of: table, areaKeys: areaKeys, among: candidates)
        if let box, candidates == nil, box.crs != crs { rows = try Self.rows(rows, of: table, in: box, from: crs) }
        guard let condition = filter.condition else { return rows }
        return try ConditionEvaluation(over: rows, of: table) {
            try index?.degrees ?? DegreeColumns(of: table, crs: crs)
        }.rows(where: condition.condition)
    }

    /// The rows whose places lie in a box, decided in the box's own system: its image on the plane is no rectangle.
    ///
    /// Going back from the plane costs the last digits, so the box is a ten-billionth of a degree wider (10⁻⁵ m), and a place
    /// on its border is in it.
    private static func rows(
        _ rows: [Int], of table: IncidentTable, in box: (envelope: Envelope<FilePosition>, crs: CRS), from crs: CRS
    ) throws -> [Int] {
        var (x, y) = (rows.map { table.x[$0] }, rows.map { table.y[$0] })
        _ = try Transformation(from: crs, to: box.crs).transform(x: &x, y: &y)
        let slack = box.crs == .wgs84 ? 1e-10 : 1e-5
        let wider = Envelope<FilePosition>(
            minX: box.envelope.minX - slack, minY: box.envelope.minY - slack, maxX: box.envelope.maxX + slack,
            maxY: box.envelope.maxY + slack)
        return zip(rows, zip(x, y)).filter { wider.contains(FilePosition(x: $1.0, y: $1.1)) }.map(\.0)
    }

    /// The envelope of a box's border in another system, which bends straight lines: 65 places a side are looked at.
    static func planar(_ box: Envelope<FilePosition>, from: CRS, to: CRS) throws -> Envelope<PlanarPoint> {
        guard from != to else { return Envelope(minX: box.minX, minY: box.minY, maxX: box.maxX, maxY: box.maxY) }
        let steps = (0...64).map { Double($0) / 64 }
        var x: [Double] = []
        var y: [Double] = []
        for a in steps {
            for b in steps {
                x.append(box.minX + a * box.width)
                y.append(box.minY + b * box.height)
            }
        }
        _ = try Transformation(from: from, to: to).transform(x: &x, y: &y)
        return Envelope(zip(x, y).lazy.filter { $0.0.isFinite && $0.1.isFinite }.map { PlanarPoint(x: $0, y: $1) })
    }
}

extension IncidentSelection {
    /// The study area of an analysis of a store.
    ///
    /// Areas the filter names are the study area themselves. Otherwise it is the level asked for, or the widest there is:
    /// municipality, district, colonia, then any other. Of several versions of a level it is those that hold on some day of
    /// the incidents.
    /// - Parameter level: a level's name, `none` for the whole grid, nil to choose.
    /// - Returns: nil where there is none.
    public func studyArea(in store: any IncidentSource & BoundarySource, level: String? = nil) throws -> StudyArea? {
        if level == "none" { return nil }
        let versions = try store.boundaryVersions()
        if let selector = areas.first, level == nil { return try namedArea(of: selector.level, versions, store) }
        let names = Set(versions.map(\.level.name))
        let usual = [Level.municipality.name, Level.district.name, Level.colonia.name]
        guard let chosen = level ?? usual.first(where: names.contains) ?? names.min() else { return nil }
        guard names.contains(chosen) else {
            throw JobError.usage(
                "the study area must be a level of the store or none, but is \(chosen); it has \(names.sorted().joined(separator: ", "))"
            )
        }
        let all = versions.filter { $0.level.name == chosen }
        let holding = all.holding(in: days)
        let plane = try ProjectedTransformation(crs)
        var polygons: [MultiPolygon<PlanarPoint>] = []
        for version in holding {
            polygons += try store.outlines(version.level, number: version.number, on: plane)
        }
        return StudyArea(name: Self.name(of: chosen, holding, among: all), polygons: polygons)
    }

    private func namedArea(
        of level: String, _ versions: [BoundaryVersion], _ store: any BoundarySource
    ) throws -> StudyArea {
        let plane = try ProjectedTransformation(crs)
        var polygons: [MultiPolygon<PlanarPoint>] = []
        for version in versions where version.level.name == level {
            let keys = Set(areas.filter { $0.level == level && $0.version == version.number }.map(\.key))
            guard !keys.isEmpty else { continue }
            let areas = try store.boundaryLayer(version.level, number: version.number).areas
            if let outlines = store.planarOutlines(version.level, number: version.number) {
                polygons += zip(areas, outlines).filter { keys.contains($0.0.id) }.map(\.1)
            } else {
                polygons += try areas.filter { keys.contains($0.id) }.map { try plane.forward($0.geometry) }
            }
        }
        return StudyArea(name: filter.areas.map(\.description).joined(separator: ", "), polygons: polygons)
    }

    /// `district`, or where that has several versions, `district, version 2`.
    private static func name(of level: String, _ used: [BoundaryVersion], among all: [BoundaryVersion]) -> String {
        guard all.count > 1 else { return level }
        return "\(level), version" + (used.count > 1 ? "s " : " ")
            + used.map { "\($0.number)" }.joined(separator: " and ")
    }
}

extension [BoundaryVersion] {
    /// Those that hold on some day from the first to the last, both included; nil is open.
    func holding(from first: CalendarDate?, to last: CalendarDate?) -> [BoundaryVersion] {
        let asked = Validity(from: first, to: last?.adding(days: 1))
        return filter { $0.validity.overlaps(asked) }
    }

    /// Those that hold on some of the days; without days, or where none holds on any, the one that holds last.
    func holding(in days: ClosedRange<CalendarDate>?) -> [BoundaryVersion] {
        let found = days.map { holding(from: $0.lowerBound, to: $0.upperBound) } ?? []
        return found.isEmpty ? [self.last].compactMap { $0 } : found
    }

    /// The one that holds longest into the future.
    var last: BoundaryVersion? {
        self.max { a, b in
            guard let aFrom = a.validity.from else { return b.validity.from != nil }
            return b.validity.from.map { aFrom < $0 } ?? false
        }
    }
}

extension BoundarySource {
    /// Every version of every level with its areas.
    func allBoundaryLayers() throws -> [BoundaryLayer] {
        try boundaryVersions().map { try boundaryLayer($0.level, number: $0.number) }
    }

    /// The outlines of a version's areas, in the layer's order.
    /// - Parameter plane: to the store's working CRS.
    func outlines(
        _ level: Level, number: Int, on plane: ProjectedTransformation
    ) throws -> [MultiPolygon<PlanarPoint>] {
        if let ready = planarOutlines(level, number: number) { return ready }
        return try boundaryLayer(level, number: number).areas.map { try plane.forward($0.geometry) }
    }
}
