import Boundaries
import CrimeMapping
import Foundation
import GeoPackageStore
import SimpleFeatures
import TestSupport
import Testing
import Topology

@Suite struct BoundaryImportTests {
    private func square(_ id: String, x: Double, y: Double, side: Double = 0.01) -> String {
        let ring = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].map { "[\($0.0),\($0.1)]" }
            .joined(separator: ",")
        return "{\"type\":\"Feature\",\"properties\":{\"CVE\":\"\(id)\",\"NOMBRE\":\"Área \(id)\"},"
            + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[\(ring)]]}}"
    }

    private func collection(_ features: [String], crs: String? = nil) -> String {
        let member = crs.map { "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"\($0)\"}}," } ?? ""
        return "{\"type\":\"FeatureCollection\",\(member)\"features\":[\(features.joined(separator: ","))]}"
    }

    private func job(_ path: String, level: Level = .colonia) -> BoundaryImport {
        var job = BoundaryImport(path: path, level: level)
        job.idField = "CVE"
        return job
    }

    @Test func `Keys keep their leading zeros and areas their size`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let file = try folder.write(
            "a.geojson", collection([square("09002", x: -99.1, y: 19.4), square("09001", x: -99.2, y: 19.4)]))
        let summary = try job(file).run(into: store)
        let layer = try store.boundaryLayer(.colonia, number: summary.version.number)
        #expect(layer.areas.map(\.id) == ["09001", "09002"])
        #expect(layer.areas.map(\.name) == ["Área 09001", "Área 09002"])
        // 0.01° at 19.405° N is 1,106.8 m by 1,050.3 m on WGS 84; the zone's scale there is within 4 in 10,000.
        #expect(layer.areas.allSatisfy { abs($0.squareMetres / (1106.8 * 1050.3) - 1) < 2e-3 })
    }

    @Test func `Metres without a declared reference system are refused in one sentence`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let file = try folder.write("a.geojson", collection([square("1", x: 480_000, y: 2_140_000, side: 500)]))
        let error = #expect(throws: JobError.self) { try job(file).run(into: store) }
        #expect(error?.description.contains("declares no reference system") == true)
        #expect(error?.description.contains("--crs") == true)
        #expect(try store.boundaryVersions().isEmpty)
    }

    @Test(arguments: ["EPSG:32614", "urn:ogc:def:crs:EPSG::32614"])
    func `Metres that are declared are transformed, and so are metres the user declares`(crs: String) throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let declared = try folder.write(
            "a.geojson", collection([square("1", x: 480_000, y: 2_140_000, side: 500)], crs: crs))
        let summary = try job(declared).run(into: store)
        let area = try #require(try store.boundaryLayer(.colonia, number: summary.version.number).areas.first)
        #expect(abs(area.squareMetres - 250_000) < 1)

        let silent = try folder.write("b.geojson", collection([square("1", x: 480_000, y: 2_140_000, side: 500)]))
        var told = job(silent, level: .district)
        told.crs = CRS("EPSG:32614")
        let other = try told.run(into: store)
        let same = try #require(try store.boundaryLayer(.district, number: other.version.number).areas.first)
        #expect(same.geometry.envelope == area.geometry.envelope)
    }

    @Test func `A bow-tie is repaired and the audit says so`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let bowTie =
            "{\"type\":\"Feature\",\"properties\":{\"CVE\":\"1\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
            + "[[[-99.1,19.4],[-99.09,19.41],[-99.09,19.4],[-99.1,19.41],[-99.1,19.4]]]}}"
        let summary = try job(try folder.write("a.geojson", collection([bowTie]))).run(into: store)
        #expect(summary.audit.repaired.map(\.feature.id) == ["1"])
        let area = try #require(try store.boundaryLayer(.colonia, number: 1).areas.first)
        #expect(area.geometry.polygons.count == 2)
    }

    @Test func `A key that names two different areas is refused`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let twice = [
            square("7", x: -99.1, y: 19.4),
            square("7", x: -99.2, y: 19.4).replacingOccurrences(of: "Área 7", with: "Otra"),
        ]
        let error = #expect(throws: JobError.self) {
            try job(try folder.write("a.geojson", collection(twice))).run(into: store)
        }
        #expect(
            error?.description
                == "a key must name one area, but 7 is both \"Área 7\" and \"Otra\"; choose another attribute with --id-field, or join two: --id-field A+B"
        )
    }

    @Test func `Features of one key and one name become one area`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let pieces = [square("7", x: -99.1, y: 19.4), square("7", x: -99.09, y: 19.4)]
        let summary = try job(try folder.write("a.geojson", collection(pieces))).run(into: store)
        #expect(summary.version.areaCount == 1)
        #expect(summary.notes.contains { $0.contains("several features") })
    }

    @Test func `Each area finds its parent by a place inside it`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        _ = try job(
            try folder.write("m.geojson", collection([square("M", x: -99.2, y: 19.3, side: 0.2)])), level: .municipality
        ).run(into: store)
        var colonias = job(
            try folder.write(
                "c.geojson", collection([square("in", x: -99.1, y: 19.4), square("out", x: -98.5, y: 19.4)])))
        colonias.parentLevel = .municipality
        let summary = try colonias.run(into: store)
        let areas = try store.boundaryLayer(.colonia, number: 1).areas
        #expect(areas.map(\.parentID) == ["M", nil])
        #expect(summary.withoutParent == 1)
    }

    @Test func `A damaged file is refused and leaves nothing`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let whole = collection([square("1", x: -99.1, y: 19.4), square("2", x: -99.2, y: 19.4)])
        for length in stride(from: 1, to: whole.count - 1, by: 37) {
            let file = try folder.write("a.geojson", String(whole.prefix(length)))
            #expect(throws: (any Error).self) { try job(file).run(into: store) }
        }
        #expect(try store.boundaryVersions().isEmpty)
    }
}
