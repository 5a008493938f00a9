public import Boundaries
import Geodesy
public import Hotspots
public import Incidents
public import SimpleFeatures

/// The incidents of a store that a filter takes, as columns: what every analysis of a store begins with.
public struct IncidentSelection: Sendable {
    /// All current incidents as of the instant asked for, selected or not.
    public let table: IncidentTable
    /// Rows of the table that the filter takes.
    public let rows: [Int]
    /// The filter as applied; it has no box where that was given in another system than the store's.
    public let filter: IncidentFilter
    /// What the box covers on the plane; nil where none was given.
    public let extent: Envelope<PlanarPoint>?
    /// The store's working CRS, in which the table's `x` and `y` are.
    public let crs: CRS
    /// Imports that were begun and not finished; their figures are not whole.
    public let incompleteImports: [ImportRecord]

    /// - Parameters:
    ///   - box: in the CRS given beside it, in which it is decided; borders belong to it.
    ///   - asOf: the instant as of which the incidents were known, `2024-03-01T12:00:00Z`; nil for now.
    /// - Throws: `FilterError`, `GeodesyError`, the store's errors.
    public init(
        from store: any IncidentStore & BoundaryStore, filter: IncidentFilter,
        box: (envelope: Envelope<FilePosition>, crs: CRS)? = nil, asOf: String? = nil
    ) throws {
        let versions = try store.boundaryVersions()
        let levels = Set(versions.map(\.level.name)).sorted()
        table = try store.incidentTable(levels: levels, asOf: asOf)
        crs = store.settings.crs
        var filter = filter
        extent = try box.map { try Self.planar($0.envelope, from: $0.crs, to: store.settings.crs) } ?? filter.box
        if box?.crs == crs { filter.box = extent }
        var keys: [String: [String]] = [:]
        for level in Set(filter.areas.map(\.level)) {
            for version in versions where version.level.name == level {
                keys[level, default: []] += try store.boundaryLayer(version.level, number: version.number).areas.map(
                    \.id)
            }
        }
        let selected = try filter.rows(of: table, areaKeys: keys)
        if let box, box.crs != crs {
            rows = try Self.rows(selected, of: table, in: box, from: crs)
        } else {
            rows = selected
        }
        self.filter = filter
        incompleteImports = try store.imports().filter { $0.state == .incomplete }
    }

    /// The places of the selected incidents; those without one are counted as dropped.
    public func pattern() throws -> PointPattern {
        try PointPattern(
            x: rows.map { table.x[$0] }, y: rows.map { table.y[$0] }, weights: rows.map { table.weight[$0] }, crs: crs)
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
    /// municipality, district, colonia, then any other.
    /// - Parameter level: a level's name, `none` for the whole grid, nil to choose.
    /// - Returns: nil where there is none.
    public func studyArea(in store: any IncidentStore & BoundaryStore, level: String? = nil) throws -> StudyArea? {
        if level == "none" { return nil }
        let versions = try store.boundaryVersions()
        let plane = try ProjectedTransformation(crs)
        if let selector = filter.areas.first, level == nil {
            let keys = Set(filter.areas.filter { $0.level == selector.level }.map(\.key))
            let areas = try Self.areas(of: selector.level, versions, store).filter { keys.contains($0.id) }
            return StudyArea(
                name: filter.areas.map(\.description).joined(separator: ", "),
                polygons: try areas.map { try plane.forward($0.geometry) })
        }
        let names = Set(versions.map(\.level.name))
        let usual = [Level.municipality.name, Level.district.name, Level.colonia.name]
        guard let chosen = level ?? usual.first(where: names.contains) ?? names.min() else { return nil }
        guard names.contains(chosen) else {
            throw JobError.usage(
                "the study area must be a level of the store or none, but is \(chosen); it has \(names.sorted().joined(separator: ", "))"
            )
        }
        return StudyArea(
            name: chosen, polygons: try Self.areas(of: chosen, versions, store).map { try plane.forward($0.geometry) })
    }

    /// The areas of the version of a level that holds longest into the future.
    private static func areas(
        of level: String, _ versions: [BoundaryVersion], _ store: any BoundaryStore
    ) throws -> [Area] {
        let last = versions.filter { $0.level.name == level }.max { a, b in
            guard let aFrom = a.validity.from else { return b.validity.from != nil }
            return b.validity.from.map { aFrom < $0 } ?? false
        }
        guard let last else { return [] }
        return try store.boundaryLayer(last.level, number: last.number).areas
    }
}

extension BoundaryStore {
    /// Every version of every level with its areas.
    func allBoundaryLayers() throws -> [BoundaryLayer] {
        try boundaryVersions().map { try boundaryLayer($0.level, number: $0.number) }
    }
}
