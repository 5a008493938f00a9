import Boundaries
import Bytes
import Foundation
import Formats
import SimpleFeatures

/// The real data that tests may be given, see geodata/README.md; nothing of it is in the repository.
enum RealGeodata {
    static let folder = ProcessInfo.processInfo.environment["FARO_REALDATA"]
    static var isThere: Bool { folder != nil }
    static func path(_ name: String) -> String { "\(folder ?? "")/\(name)" }

    /// A GeoJSON file as a layer. Sizes are in square degrees: enough to know the smaller of two.
    static func layer(
        _ level: Level, _ name: String, id: (Feature<FilePosition>, Int) -> String,
        name label: (Feature<FilePosition>) -> String
    ) throws -> BoundaryLayer {
        let reader = try GeoJSONReader(try ByteSource.readAll(path: path(name), limit: 1 << 30))
        var areas: [Area] = []
        try reader.features { feature in
            guard let geometry = feature.geometry?.asMultiPolygon else { return }
            let lonLat = MultiPolygon<LonLat>(
                geometry.polygons.map { polygon in
                    Polygon(exterior: polygon.exterior.map(degrees), holes: polygon.holes.map { $0.map(degrees) })
                })
            areas.append(
                Area(
                    id: id(feature, areas.count), name: label(feature), geometry: lonLat,
                    squareMetres: lonLat.envelope.maxX - lonLat.envelope.minX, properties: feature.properties))
        }
        areas.sort { $0.id < $1.id }
        return .test(level, areas)
    }

    private static func degrees(_ position: FilePosition) -> LonLat {
        LonLat(longitude: position.x, latitude: position.y)
    }

    /// Hands over each row's values of the columns named, as text.
    static func rows(_ name: String, _ columns: [String], _ body: ([String]) -> Void) throws {
        let reader = try CSVReader(source: try ByteSource(path: path(name)))
        let places = columns.map { column in reader.header.firstIndex(of: column) ?? -1 }
        while try reader.next() {
            let row = reader.row
            body(places.map { String(decoding: row[$0], as: UTF8.self) })
        }
    }
}

extension BoundaryLayer {
    /// Version 1 of a level, open at both ends.
    static func test(_ level: Level, _ areas: [Area]) -> BoundaryLayer {
        BoundaryLayer(
            version: BoundaryVersion(
                level: level, number: 1, validity: .always, parentLevel: nil, source: "", sha256: "",
                areaCount: areas.count), areas: areas)
    }
}

/// A square of a small town, at whole degrees.
struct TestPlace {
    var id: String
    var name: String
    var x: Double
    var properties: [Property] = []

    init(_ id: String, _ name: String, x: Double = 0, _ properties: [Property] = []) {
        (self.id, self.name, self.x, self.properties) = (id, name, x, properties)
    }

    func area(side: Double = 0.5) -> Area {
        let ring = [(x, 0.0), (x + side, 0), (x + side, side), (x, side), (x, 0)]
            .map { LonLat(longitude: $0.0, latitude: $0.1) }
        return Area(
            id: id, name: name, geometry: MultiPolygon([Polygon(exterior: ring)]), squareMetres: side,
            properties: properties)
    }
}
