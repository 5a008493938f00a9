import Boundaries
import CivilTime
import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import SimpleFeatures

/// W5: how long does a CSV file of *n* reports take to become a store on disk, by the jobs the command line runs?
///
/// Timed from opening a store, in which two levels of boundaries lie, to closing it: reading, placing, indexes. What is
/// already known when a file arrives, the store and its boundaries, is made beforehand. The check reads the store anew.
struct ReportImportIntoStore {
    private let reportCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw BenchError("usage: faro-bench bench w5 <n>")
        }
        reportCount = count
    }

    func run() throws {
        let reports = try BenchInput.path("incidents_\(reportCount).csv")
        let folder = BenchInput.scratch.appending(path: "faro-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let empty = folder.appending(path: "empty.gpkg")
        let store = folder.appending(path: "store.gpkg")
        try makeStore(at: empty.path)

        let (measurement, summary) = try Measurement.of(
            repetitions: 3,
            preparing: {
                try? FileManager.default.removeItem(at: store)
                try FileManager.default.copyItem(at: empty, to: store)
            }
        ) {
            let store = try GeoPackageStore.open(at: store.path)
            let summary = try ReportImport(path: reports, profile: .generic).run(into: store)
            try store.close()
            return summary
        }
        let counts = summary.counts
        let (query, answer) = try Measurement.of(repetitions: 3) { try StoreAnswer(of: store.path) }
        let megabytes = Double(try store.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) / 1e6
        measurement.report(
            "W5", case: "ingest n=\(reportCount)",
            check: """
                {"rows":\(answer.rows),"located":\(answer.located),"sum":\((answer.sum * 1000).rounded() / 1000),\
                "bbox":\(answer.inBox),"file_mb":\((megabytes * 10).rounded() / 10),"query_s":\(query.wall),\
                "query_cpu":\(query.cpu)}
                """,
            note: "\(counts.placed) placed, \(counts.ambiguous) ambiguous, \(counts.unplaced) unplaced, "
                + "\(counts.rejected) rejected; in the areas of two levels, with indexes; rss is of all repetitions")
    }

    private func makeStore(at path: String) throws {
        let definition = try NewStore(
            settings: StoreSettings(crs: CRS("EPSG:32614"), timeZone: "America/Mexico_City")
        ).validated()
        let store = try GeoPackageStore.create(
            at: path, settings: definition.settings, crsDefinition: (name: definition.crsName, wkt: definition.crsWKT))
        for (file, level) in [("municipios.geojson", Level.municipality), ("colonias.geojson", .colonia)] {
            var job = BoundaryImport(path: try BenchInput.path(file), level: level)
            job.idField = "id"
            job.nameField = "nombre"
            _ = try job.run(into: store)
        }
        try store.close()
    }
}

/// What the peers ask of what they have stored: its rows, those with coordinates of their own (words place the others here), the sum of all longitudes and
/// latitudes, and the rows in a box.
private struct StoreAnswer {
    var rows = 0
    var located = 0
    var sum = 0.0
    var inBox = 0

    init(of path: String) throws {
        let store = try GeoPackageStore.open(at: path, readOnly: true)
        try store.places { place in
            rows += 1
            guard place.longitude.isFinite, place.method.isCoordinates else { return }
            located += 1
            sum += place.longitude + place.latitude
            let isInside = (-99.15 ... -99.10).contains(place.longitude) && (19.40...19.45).contains(place.latitude)
            inBox += isInside ? 1 : 0
        }
        try store.close()
    }
}
