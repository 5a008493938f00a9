import Boundaries
import CrimeMapping
import GeoPackageStore
import Incidents
import TestSupport

/// Two municipalities side by side, with three colonias each in a column from south to north. `LAS FLORES` stands in both.
struct SmallCity {
    let folder: TemporaryFolder
    let store: GeoPackageStore

    static let colonias = [
        ("A1", "CENTRO", "01"), ("A2", "LAS FLORES", "01"), ("A3", "SAN JUAN BAUTISTA", "01"),
        ("B1", "EL MIRADOR", "02"), ("B2", "LAS FLORES", "02"), ("=B3", "VALLE VERDE", "02"),
    ]

    init() throws {
        folder = try TemporaryFolder()
        store = try GeoPackageStore.empty(in: folder)
        let municipalities = [("01", "Norteña"), ("02", "Sureña")].enumerated().map { index, area in
            Self.feature(area.0, area.1, "", column: index, rows: 0..<3)
        }
        _ = try BoundaryImport(
            path: try folder.write("m.geojson", Self.collection(municipalities)), level: .municipality
        ).run(into: store)
        let colonias = Self.colonias.enumerated().map { index, area in
            Self.feature(area.0, area.1, area.2, column: index / 3, rows: index % 3..<index % 3 + 1)
        }
        var job = BoundaryImport(path: try folder.write("c.geojson", Self.collection(colonias)), level: .colonia)
        job.parentLevel = .municipality
        _ = try job.run(into: store)
    }

    /// Brings in rows of `fecha,delito,colonia,municipio,longitud,latitud`.
    @discardableResult
    func report(_ rows: [String], as name: String = "r.csv") throws -> ReportImportSummary {
        let text = (["fecha,delito,colonia,municipio,longitud,latitud"] + rows).joined(separator: "\n") + "\n"
        return try ReportImport(path: try folder.write(name, text), profile: .generic).run(into: store)
    }

    func quality() throws -> QualityReport { try QualityReport(of: store) }

    private static func feature(
        _ id: String, _ name: String, _ parent: String, column: Int, rows: Range<Int>
    ) -> String {
        let (west, south, north) = (
            -99.2 + 0.05 * Double(column), 19.3 + 0.05 * Double(rows.lowerBound), 19.3 + 0.05 * Double(rows.upperBound)
        )
        let ring = [(west, south), (west + 0.05, south), (west + 0.05, north), (west, north), (west, south)]
        return """
            {"type":"Feature","properties":{"id":"\(id)","name":"\(name)","parent_id":"\(parent)"},"geometry":{"type":"Polygon",\
            "coordinates":[[\(ring.map { "[\($0.0),\($0.1)]" }.joined(separator: ","))]]}}
            """
    }

    private static func collection(_ features: [String]) -> String {
        "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    }
}
