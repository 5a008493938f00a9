import Boundaries
import Geodesy
import SimpleFeatures
import Topology

/// Makes areas of features, one at a time: to WGS 84, repaired, measured; and keeps what the audit wants to see.
struct AreaBuilder {
    /// What was met on the way, a sentence each.
    private(set) var notes: [String] = []
    private let door: FileTransformation
    private let plane: ProjectedTransformation
    private let fields: AreaFields
    private let validity: Topology.Validity
    private let overlay: Overlay
    private var repairs: [BoundaryAudit.RepairedFeature] = []
    private var areasByKey: [String: Area] = [:]
    /// As they stood in the file, since the audit reports what had to be repaired.
    private var unrepaired: [(id: String, name: String, geometry: MultiPolygon<PlanarPoint>)] = []

    init(door: FileTransformation, plane: ProjectedTransformation, fields: AreaFields) throws {
        self.door = door
        self.plane = plane
        self.fields = fields
        validity = try Topology.Validity()
        overlay = try Overlay()
    }

    /// Sorted by key.
    var areas: [Area] { areasByKey.values.sorted { $0.id < $1.id } }

    /// The audit of the layer in metres, with what had to be repaired in degrees already: rings may cross in one and not
    /// in the other.
    func audit() throws -> BoundaryAudit {
        var audit = try BoundaryAuditor().audit(planar: unrepaired)
        let known = Set(audit.repaired.map(\.feature))
        audit.repaired += repairs.filter { !known.contains($0.feature) }
        return audit
    }

    /// - Throws: ``JobError/badData(_:)`` where a key names two different places, and `GeodesyError` for a position that is
    ///   no place on the Earth.
    mutating func add(_ feature: Feature<FilePosition>, index: Int) throws {
        guard let key = fields.key(of: feature) else {
            notes.append("feature \(index + 1) has no key (\(fields.id.joined(separator: "+"))) and was left out")
            return
        }
        let name = fields.name(of: feature, key: key)
        guard let geometry = feature.geometry, let lonLat = try door.lonLat(geometry).asMultiPolygon else {
            notes.append("\(key) (\(name)) has no polygon and was left out")
            unrepaired.append((key, name, MultiPolygon([])))
            return
        }
        let planar = try plane.forward(lonLat)
        unrepaired.append((key, name, planar))
        let repair = try validity.repaired(lonLat)
        let squareMetres = try plane.forward(repair.geometry).squareMetres
        if let reason = repair.reason {
            repairs.append(
                BoundaryAudit.RepairedFeature(
                    feature: BoundaryAudit.Feature(id: key, name: name), reason: reason,
                    squareMetresBefore: planar.squareMetres,
                    squareMetresAfter: squareMetres))
        }
        guard !repair.geometry.polygons.isEmpty else {
            notes.append("\(key) (\(name)) covers no ground and was left out")
            return
        }
        try keep(
            Area(
                id: key, name: name, geometry: repair.geometry, squareMetres: squareMetres,
                properties: feature.properties))
    }

    private mutating func keep(_ area: Area) throws {
        guard var known = areasByKey[area.id] else {
            areasByKey[area.id] = area
            return
        }
        guard known.name == area.name else {
            throw JobError.badData(
                "a key must name one area, but \(area.id) is both \"\(known.name)\" and \"\(area.name)\"; "
                    + "choose another attribute with --id-field, or join two: --id-field A+B")
        }
        known.geometry = try overlay.union([known.geometry, area.geometry])
        known.squareMetres = try plane.forward(known.geometry).squareMetres
        areasByKey[area.id] = known
        notes.append("\(area.id) (\(area.name)) stands in several features, which were joined")
    }
}
