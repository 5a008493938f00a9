import Boundaries
import Foundation
import Incidents
import SimpleFeatures
import Tiles

extension IncidentSelection {
    /// The areas of a level as a layer of vector tiles, named like the level, with the selected incidents counted on each.
    ///
    /// Attributes: `area_id`, `area_name`, `parent_id`, `count`, `weight`, `area_km2`, `per_km2`. The figures are those of
    /// `faro hotspot count --by`: every incident counts whose area is known, however coarsely its place.
    /// - Throws: ``JobError/usage(_:)`` for a level that the store has not, the store's errors.
    func tileLayer(
        of level: Level, in store: any BoundarySource, zooms: ClosedRange<Int>
    ) throws -> (layer: AreaPyramid, bounds: Envelope<LonLat>, members: [Property]) {
        let counts = try counts(by: level, in: store)
        guard case .areas(_, let version) = counts.support else {
            throw JobError.usage("\(level) must be a level of areas")
        }
        let areas = try store.boundaryLayer(level, number: version).areas
        let incidents = counts.units.map { Int64($0.incidents) }
        let columns: [AttributeColumn] = [
            .texts("area_id", areas.map { $0.id }), .texts("area_name", areas.map { $0.name }),
            .texts("parent_id", areas.map { $0.parentID }),
            AttributeColumn(name: "count", values: .integers(incidents)),
            AttributeColumn(name: "weight", values: .numbers(counts.units.map(\.weight))),
            AttributeColumn(
                name: "area_km2", values: .numbers(areas.map { SurfaceFile.rounded($0.squareMetres / 1e6) })),
            AttributeColumn(
                name: "per_km2",
                values: .numbers(
                    zip(counts.units, areas).map {
                        $1.squareMetres > 0 ? SurfaceFile.rounded($0.weight / ($1.squareMetres / 1e6)) : .nan
                    })),
        ]
        let layer = TileLayer(
            id: level.name, summary: "Areas of the level \(level), version \(version), with the incidents in each",
            shape: .polygon, zooms: zooms, fields: columns.map { .init($0.name, $0.kind) })
        let order = areas.indices.sorted { areas[$0].id < areas[$1].id }
        var ids = [UInt64](repeating: 0, count: areas.count)
        for (place, area) in order.enumerated() { ids[area] = UInt64(place) }
        let pyramid = AreaPyramid(layer: layer, areas: areas.map(\.geometry), ids: ids, columns: columns)
        let bounds = areas.reduce(Envelope<LonLat>.empty) { $0.union($1.geometry.envelope) }
        let name = level.name
        return (
            pyramid, bounds,
            [
                Property("\(name)_version", .integer(Int64(version))),
                Property("\(name)_areas", .integer(Int64(areas.count))),
                Property("\(name)_incidents_counted", .integer(Int64(counts.counted))),
                Property("\(name)_incidents_in_none", .integer(Int64(counts.outside))),
            ]
        )
    }
}

extension AttributeColumn {
    /// As a layer's description says it.
    var kind: TileLayer.Field.Kind {
        if case .codes = values { return .text }
        return .number
    }
}
