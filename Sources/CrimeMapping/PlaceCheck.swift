public import Boundaries
public import Georeferencing
public import Incidents
import SimpleFeatures

/// Checks where the incidents of a store are said to be: what runs at the end of `faro import` and `faro assign`.
///
/// A source whose coordinates stand for areas is downgraded to ``PrecisionGrade/snapped``, with the radius that goes with it;
/// see `PositionalDiversity`. Of the rest, places at which reports pile up for another reason than that they happened there
/// are marked; see `ArtefactDetector`. Nothing is moved, taken out or counted otherwise.
///
/// Run again, it comes to the same result and writes nothing. What is no longer so is taken back.
public struct PlaceCheck: Sendable {
    public init() {}

    /// - Throws: the store's errors, `GeodesyError`, ``JobError/interrupted(_:)``.
    /// - Complexity: O(incidents · log incidents).
    public func run(in store: any IncidentStore & BoundaryStore, control: JobControl = .silent) throws
        -> PlaceCheckSummary
    {
        var input = try StoreInput(of: store, control: control)
        return try run(on: &input.table, layers: input.layers, in: store, control: control)
    }

    /// - Parameter table: all current incidents with all levels; it becomes what the store then holds.
    func run(
        on table: inout IncidentTable, layers: [BoundaryLayer], in store: any IncidentStore,
        control: JobControl = .silent
    ) throws -> PlaceCheckSummary {
        control.progress("checking places")
        let places = try StoredPlaceColumns(
            of: table, crs: store.settings.crs, level: PositionsOfSource.level(of: table))
        let sources = PositionsOfSource.all(in: places, of: try store.imports())
        var downgrade = Downgrade(sources)
        let found = ArtefactDetector().findings(
            in: places.columns.without(downgrade.snapped), suspects: Self.suspects(in: layers))
        try control.stopIfCancelled("the places are as they were; faro assign checks them")
        try downgrade.write(to: store, &table)
        try Self.mark(found, on: &table, in: store)
        return PlaceCheckSummary(
            artefacts: found.places, incidentsAtArtefacts: found.rows.count, sources: sources.map(\.summary),
            changed: downgrade.changed)
    }

    /// Where default coordinates are put: the middles of colonias and municipalities, and the points by which Faro itself
    /// stands for them.
    private static func suspects(in layers: [BoundaryLayer]) -> [SuspectPoint] {
        layers.filter { [.colonia, .municipality].contains($0.version.level) }.flatMap { layer in
            layer.areas.flatMap { area in
                [area.geometry.centroid, area.geometry.interiorPoint].compactMap { $0 }.map {
                    SuspectPoint(place: $0, name: "the centre of the \(layer.version.level.name) \(area.name)")
                }
            }
        }
    }

    private static func mark(
        _ found: ArtefactFindings, on table: inout IncidentTable, in store: any IncidentStore
    ) throws {
        var marks = [Bool](repeating: false, count: table.count)
        for row in found.rows { marks[row] = true }
        guard try store.artefacts() != found.places || table.isArtefact != marks else { return }
        try store.setArtefacts(found.places, incidents: found.rows.map { table.id[$0] })
        table.isArtefact = marks
    }
}

/// What a check of a store's places found.
public struct PlaceCheckSummary: Sendable, Encodable {
    /// Most incidents first.
    public var artefacts: [ArtefactPlace]
    public var incidentsAtArtefacts: Int
    /// Per source, in the order of the imports.
    public var sources: [PositionsOfSource.Summary]
    /// How many incidents changed their grade.
    public var changed: Int

    private enum CodingKeys: String, CodingKey {
        case artefacts, sources, changed
        case incidentsAtArtefacts = "incidents_at_artefacts"
    }
}

/// What the coordinates of one source stand for.
public struct PositionsOfSource: Sendable {
    /// The figures without the rows.
    public struct Summary: Hashable, Sendable, Encodable {
        public var importID: Int64
        public var source: String
        /// `points`, `corners` or `areas`.
        public var kind: PositionalVerdict.Kind
        public var incidents: Int
        public var distinctPlaces: Int
        /// The chance that the next incident falls on a place already seen.
        public var coverage: Double
        /// The median distance from a place to the fourth nearest, in metres; nil where places hardly repeat.
        public var spacing: Double?
        /// One sentence with the figures.
        public var explanation: String

        private enum CodingKeys: String, CodingKey {
            case source, kind, incidents, coverage, explanation
            case importID = "import_id"
            case distinctPlaces = "distinct_places"
            case spacing = "spacing_m"
        }
    }

    public var summary: Summary
    public var verdict: PositionalVerdict
    /// The rows of the columns that the verdict's own rows are.
    var rows: [Int]

    /// The level whose areas tell whether coordinates stand for areas: the colonias, where the table has them.
    static func level(of table: IncidentTable) -> String? {
        table.areas(of: Level.colonia.name).map(\.level)
    }

    /// One for each import that has coordinates.
    static func all(in places: StoredPlaceColumns, of imports: [ImportRecord]) -> [PositionsOfSource] {
        var rows: [Int64: [Int]] = [:]
        for (row, incident) in places.incidents.enumerated() where places.columns.longitude[row].isFinite {
            rows[incident >> 32, default: []].append(row)
        }
        return imports.compactMap { record in
            guard let rows = rows[record.id] else { return nil }
            let verdict = PositionalDiversity().verdict(on: places.columns.taking(rows))
            return PositionsOfSource(
                summary: Summary(
                    importID: record.id, source: record.source, kind: verdict.kind, incidents: verdict.incidents,
                    distinctPlaces: verdict.distinctPlaces, coverage: verdict.coverage,
                    spacing: verdict.spacing.map { $0.metres.rounded() }, explanation: verdict.explanation),
                verdict: verdict, rows: rows)
        }
    }
}

/// The incidents whose grade must change so that those of files drawn to few points, and no others, are snapped.
private struct Downgrade {
    /// Per row of the table that is to be snapped: its radius in metres.
    private var radius: [Int: Double] = [:]
    private(set) var changed = 0

    /// Rows that stand for areas.
    var snapped: [Int] { radius.keys.sorted() }

    init(_ sources: [PositionsOfSource]) {
        for source in sources where source.verdict.kind == .areas {
            for (own, row) in source.rows.enumerated() where source.verdict.grade(ofRow: own) == .snapped {
                radius[row] = source.verdict.radius[own]
            }
        }
    }

    mutating func write(to store: any IncidentStore, _ table: inout IncidentTable) throws {
        var rows: [Int64: Int] = [:]
        for row in table.id.indices where table.method[row].isCoordinates {
            guard (table.grade[row] == .snapped) != (radius[row] != nil) else { continue }
            rows[table.id[row]] = row
        }
        guard !rows.isEmpty else { return }
        changed = rows.count
        // A store does not write while it is being read.
        var parts: [(incidents: [Int64], batch: IncidentBatch)] = [([], IncidentBatch())]
        try store.places { place in
            guard let row = rows[place.incident] else { return }
            if parts[parts.count - 1].incidents.count == AreaAssignment.batchSize { parts.append(([], IncidentBatch())) }
            parts[parts.count - 1].incidents.append(place.incident)
            parts[parts.count - 1].batch.append(place, table, row, radius: radius[row])
        }
        for part in parts { try store.relocate(part.incidents, to: part.batch) }
        for row in rows.values { table.grade[row] = radius[row] == nil ? .point : .snapped }
    }
}

extension IncidentBatch {
    /// The place as it stands, snapped where a radius is given and a point otherwise.
    fileprivate mutating func append(_ place: StoredPlace, _ table: IncidentTable, _ row: Int, radius: Double?) {
        outcome.append(place.outcome)
        method.append(place.method)
        grade.append(radius == nil ? .point : .snapped)
        uncertainty.append(radius ?? 0)
        longitude.append(place.longitude)
        latitude.append(place.latitude)
        x.append(table.x[row])
        y.append(table.y[row])
        cell.append(table.cell[row])
    }
}

extension PlaceColumns {
    fileprivate func taking(_ rows: [Int]) -> PlaceColumns {
        if rows.count == count { return self }
        var columns = PlaceColumns()
        columns.longitude = rows.map { longitude[$0] }
        columns.latitude = rows.map { latitude[$0] }
        columns.category = rows.map { category[$0] }
        columns.localMinute = rows.map { localMinute[$0] }
        columns.area = rows.map { area[$0] }
        return columns
    }

    fileprivate func without(_ rows: [Int]) -> PlaceColumns {
        var columns = self
        for row in rows { columns.longitude[row] = .nan }
        return columns
    }
}

extension MultiPolygon where P == LonLat {
    /// The centre of mass, as other programs put it, holes left out: of degrees, which for a colonia is that of metres. Nil for an
    /// area that is flat.
    fileprivate var centroid: LonLat? {
        guard let origin = polygons.first?.exterior.first else { return nil }
        var (area, x, y) = (0.0, 0.0, 0.0)
        func add(_ ring: [LonLat], _ sign: Double) {
            var (doubled, momentX, momentY) = (0.0, 0.0, 0.0)
            for (a, b) in zip(ring, ring.dropFirst()) {
                // From a vertex nearby, so that no digits are lost.
                let (ax, ay) = (a.longitude - origin.longitude, a.latitude - origin.latitude)
                let (bx, by) = (b.longitude - origin.longitude, b.latitude - origin.latitude)
                let cross = ax * by - bx * ay
                doubled += cross
                momentX += (ax + bx) * cross
                momentY += (ay + by) * cross
            }
            let turn = doubled < 0 ? -sign : sign
            area += turn * doubled
            x += turn * momentX
            y += turn * momentY
        }
        for polygon in polygons {
            add(polygon.exterior, 1)
            for hole in polygon.holes { add(hole, -1) }
        }
        guard area > 0, x.isFinite, y.isFinite else { return nil }
        return LonLat(longitude: origin.longitude + x / (3 * area), latitude: origin.latitude + y / (3 * area))
    }
}
