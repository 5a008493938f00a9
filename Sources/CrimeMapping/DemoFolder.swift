public import Boundaries
import DemoCity
import Files
import Formats
import Foundation
public import Incidents
import Indicators
import SimpleFeatures

/// The fictional city as files in a folder, and as a store made of them: the job behind `faro demo`.
public struct DemoFolder {
    /// The folder, made where it does not exist.
    public let path: String
    /// Fictional, as every file of the demo says.
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

    /// Where the store of the demo belongs; making it is the caller's.
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

    /// Brings in municipalities, districts and colonias, in this order: colonias have municipalities as parents.
    /// - Throws: as ``BoundaryImport/run(into:geoPackage:control:)``; the files must have been written.
    public func importBoundaries(
        into store: any IncidentStore & BoundaryStore & GazetteerStore, control: JobControl = .silent
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

    /// Brings in the crossings of the main streets, so that reports without coordinates are found at their corner.
    /// - Throws: as ``StreetTableImport/run(into:control:)``; the files must have been written.
    public func importStreets(into store: any GazetteerStore, control: JobControl = .silent) throws
        -> StreetTableSummary
    {
        try StreetTableImport(
            path: "\(path)/calles.csv", columns: [.street: "calle1", .crossStreet: "calle2", .municipality: "cve_mun"]
        ).run(into: store, control: control)
    }

    /// Says under which classes the labels of the reports are counted.
    /// - Throws: as ``TaxonomyImport/run(into:)``; the files must have been written.
    public func importTaxonomy(into store: any TaxonomyStore) throws -> TaxonomyImport.Result {
        try TaxonomyImport(path: "\(path)/delitos.csv").run(into: store)
    }

    /// Brings in how many people live where.
    /// - Throws: as ``PopulationImport/run(into:control:onIssue:)``; the files must have been written.
    public func importPopulation(
        into store: any SeriesStore & IncidentStore & BoundaryStore, control: JobControl = .silent
    ) throws -> PopulationSummary {
        try PopulationImport(path: "\(path)/poblacion.csv").run(into: store, control: control)
    }

    /// Brings in every file of reports, in the order of the names, with the profile `generic`.
    /// - Throws: as ``ReportImport/run(into:control:onIssue:)``; the files must have been written.
    public func importReports(
        into store: any IncidentStore & BoundaryStore & GazetteerStore, control: JobControl = .silent
    ) throws -> [ReportImportSummary] {
        let profile = try ImportProfile.named("generic")
        return try city.files.map(\.name).filter { $0.hasPrefix("reportes_") }.sorted().map { name in
            try ReportImport(path: "\(path)/\(name)", profile: profile).run(into: store, control: control)
        }
    }

    /// Brings in what the council has: its goals, its survey, and what institutions say of themselves.
    /// - Throws: as ``CouncilImport/run(into:)``, ``SurveyImport/run(into:onIssue:)`` and ``MeasureImport/run(into:onIssue:)``; the files
    ///   must have been written.
    public func importCouncil(into store: any IndicatorStore & StoreSource) throws -> [CouncilSummary] {
        func document(_ name: String) throws -> CouncilImport {
            CouncilImport(json: Data(try ByteSource.readAll(path: "\(path)/\(name)", limit: 1 << 20)))
        }
        _ = try document("metas.json").run(into: store)
        let questions = try document("preguntas.json")
        _ = try questions.run(into: store)
        let survey = try Questionnaire(json: questions.json).survey
        return [
            try SurveyImport(path: "\(path)/encuesta.csv", survey: survey, level: .municipality).run(into: store),
            try MeasureImport(path: "\(path)/medidas.csv", level: .municipality).run(into: store),
        ]
    }

    private func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FileError.unwritable(path: path, reason: error.localizedDescription)
        }
    }
}
