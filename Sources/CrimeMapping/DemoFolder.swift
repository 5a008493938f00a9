public import Boundaries
import DemoCity
import Formats
import Foundation
public import Incidents
import SimpleFeatures

/// The fictional city as files in a folder, and as a store made of them: the job behind `faro demo`.
public struct DemoFolder {
    public let path: String
    public let cityName = "Valle del Faro"
    private let city: DemoCity
    private let overwrite: Bool

    /// - Throws: `DemoCityError`.
    /// - Complexity: O(reports); about 36,000 at scale 1.
    public init(path: String, seed: UInt64, scale: Double, overwrite: Bool) throws {
        self.path = path
        self.overwrite = overwrite
        city = try DemoCity(seed: seed, scale: scale)
    }

    public var storePath: String { path + "/faro.gpkg" }

    /// - Throws: `FileError` where a file stands there already, or cannot be written.
    public func writeFiles(control: JobControl = .silent) throws {
        try makeFolder()
        for (index, file) in city.files.enumerated() {
            let output = try AtomicFile(path: "\(path)/\(file.name)", overwrite: overwrite)
            try output.write(file.bytes)
            try output.commit()
            control.progress("writing \(file.name)", fraction: Double(index + 1) / Double(city.files.count))
        }
    }

    /// The zone of the invented city: UTM 13N, and the time of Monterrey.
    public func definition() throws -> NewStore.Definition {
        try NewStore(settings: StoreSettings(crs: CRS("EPSG:32613"), timeZone: "America/Monterrey")).validated()
    }

    public func importBoundaries(
        into store: any IncidentStore & BoundaryStore, control: JobControl = .silent
    ) throws -> [BoundaryImportSummary] {
        let layers: [(file: String, level: Level, parent: Level?)] = [
            ("municipios.geojson", .municipality, nil), ("distritos.geojson", .district, nil),
            ("colonias.geojson", .colonia, .municipality),
        ]
        return try layers.map { layer in
            var job = BoundaryImport(path: "\(path)/\(layer.file)", level: layer.level)
            job.parentLevel = layer.parent
            return try job.run(into: store, control: control)
        }
    }

    public func importReports(
        into store: any IncidentStore & BoundaryStore, control: JobControl = .silent
    ) throws -> [ReportImportSummary] {
        let profile = try ImportProfile.named("generic")
        return try city.files.map(\.name).filter { $0.hasPrefix("reportes_") }.sorted().map { name in
            try ReportImport(path: "\(path)/\(name)", profile: profile).run(into: store, control: control)
        }
    }

    private func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FileError.unwritable(path: path, reason: error.localizedDescription)
        }
    }
}
