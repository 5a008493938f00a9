import Boundaries
import Incidents
import SimpleFeatures
import Topology

/// The areas of a comparison before and after, none of them on the ground of another.
struct InterventionZones {
    let zones: [BeforeAfter.Zone]

    init(
        _ job: BeforeAfter, _ selection: IncidentSelection, _ store: any IncidentSource & BoundarySource
    ) throws {
        let overlay = try Overlay()
        func shape(_ area: NamedArea?) throws -> MultiPolygon<PlanarPoint>? {
            try area.map { try $0.shape(for: selection, in: store) }
        }
        let (treated, control) = (try shape(job.treated), try shape(job.control))
        if let treated, let control {
            let shared = try overlay.intersectionArea(treated, control)
            guard shared <= 0.001 * min(try overlay.area(treated), try overlay.area(control)) else {
                throw JobError.usage(
                    "treated area and control must not overlap, but share \(shared.rounded().inWords) square metres")
            }
        }
        func ring(_ named: NamedArea?, around area: MultiPolygon<PlanarPoint>?) throws -> MultiPolygon<PlanarPoint>? {
            if let named { return try shape(named) }
            guard let width = job.ring, let area else { return nil }
            return try overlay.buffer(.multiPolygon(area), by: width)
        }
        let wishes: [(BeforeAfter.Role, MultiPolygon<PlanarPoint>?)] = [
            (.treated, treated), (.control, control), (.treatedRing, try ring(job.treatedRing, around: treated)),
            (.controlRing, try ring(job.controlRing, around: control)),
        ]
        var taken: [MultiPolygon<PlanarPoint>] = []
        var zones: [BeforeAfter.Zone] = []
        for (role, wish) in wishes {
            guard let wish else { continue }
            let rest = taken.isEmpty ? wish : try overlay.difference(wish, without: overlay.union(taken))
            guard !rest.polygons.isEmpty else {
                throw JobError.usage("\(role.rawValue) must have ground of its own, but lies wholly on that of others")
            }
            zones.append(.init(role: role, shape: rest, squareMetres: try overlay.area(rest)))
            taken.append(rest)
        }
        self.zones = zones
    }

    static func union(_ shapes: [MultiPolygon<PlanarPoint>]) throws -> MultiPolygon<PlanarPoint> {
        shapes.count == 1 ? shapes[0] : try Overlay().union(shapes)
    }
}
