import Boundaries
import CivilTime
import Incidents

/// Incidents counted by the areas of one version of a level.
struct AreaTally {
    let layer: BoundaryLayer
    /// Per area of the layer.
    private(set) var counts: [Int]
    /// Incidents in no area of the layer.
    private(set) var outside = 0

    /// - Throws: ``JobError/usage(_:)`` for a level that the store has not.
    init(of selection: IncidentSelection, by level: Level, in store: any BoundarySource) throws {
        let versions = try store.boundaryVersions().filter { $0.level == level }
        guard let version = versions.holding(in: selection.days).last else {
            throw JobError.usage("the store has no level \(level); bring one in with faro boundaries import")
        }
        try self.init(of: selection, by: try store.boundaryLayer(level, number: version.number))
    }

    init(of selection: IncidentSelection, by layer: BoundaryLayer) throws {
        self.layer = layer
        counts = Array(repeating: 0, count: layer.areas.count)
        guard let column = selection.table.areas(of: layer.version.level.name) else {
            outside = selection.rows.count
            return
        }
        let places = Dictionary(layer.areas.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let placeOfKey = zip(column.keys, column.versions).map { $1 == layer.version.number ? places[$0] : nil }
        for row in selection.rows {
            let key = Int(column.index[row])
            guard placeOfKey.indices.contains(key), let place = placeOfKey[key] else {
                outside += 1
                continue
            }
            counts[place] += 1
        }
    }
}
