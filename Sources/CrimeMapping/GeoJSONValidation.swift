import Files
import Formats
import SimpleFeatures

/// Checks a GeoJSON file against RFC 7946, as far as map clients trip over it.
public struct GeoJSONValidation: Sendable {
    /// A GeoJSON file, also packed as .gz.
    public var path: String

    /// The file is read when ``findings()`` is asked for.
    public init(path: String) { self.path = path }

    /// - Returns: a sentence a finding; empty where every rule holds.
    /// - Throws: `GeoJSONError` and `JSONError` where the file is no GeoJSON at all, `FileError`.
    /// - Complexity: O(bytes).
    public func findings() throws -> [String] {
        let reader = try GeoJSONReader(try ByteSource.readAll(path: path, limit: FeatureFile.byteLimit))
        var findings: [String] = []
        var misplaced = 0
        var misWound = 0
        let notes = try reader.features { feature in
            guard let geometry = feature.geometry else { return }
            let box = geometry.envelope
            if !box.isEmpty, box.minX < -180 || box.maxX > 180 || box.minY < -90 || box.maxY > 90 { misplaced += 1 }
            if let area = geometry.asMultiPolygon, area.polygons.contains(where: Self.isMisWound) { misWound += 1 }
        }
        func say(_ count: Int, _ text: String) { if count > 0 { findings.append("\(count) \(text)") } }
        if let crs = reader.declaredCRS {
            findings.append("a crs member stands in the file (\(crs)), which RFC 7946 has removed")
        }
        say(misplaced, "features lie beyond ±180 or ±90 degrees")
        say(misWound, "features have an exterior that winds clockwise or a hole that does not")
        say(notes.closedRings, "rings are not closed")
        say(notes.degenerateParts, "parts have too few positions")
        say(notes.malformedGeometries, "geometries cannot be read")
        say(notes.repeatedProperties, "properties stand twice in a feature")
        for (type, count) in notes.unknownGeometryTypes.sorted(by: { $0.key < $1.key }) {
            say(count, "geometries have the unknown type \(type)")
        }
        return findings
    }

    private static func isMisWound(_ polygon: Polygon<FilePosition>) -> Bool {
        Predicates.winding(of: polygon.exterior) == .clockwise
            || polygon.holes.contains { Predicates.winding(of: $0) == .counterClockwise }
    }
}
