public import Boundaries
import Georeferencing
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
                [area.geometry.centreOfMass, area.geometry.interiorPoint].compactMap { $0 }.map {
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
            if parts[parts.count - 1].incidents.count == AreaAssignment.batchSize {
                parts.append(([], IncidentBatch()))
            }
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
    fileprivate func without(_ rows: [Int]) -> PlaceColumns {
        var columns = self
        for row in rows { columns.longitude[row] = .nan }
        return columns
    }
}
