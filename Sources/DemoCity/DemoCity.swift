import Bytes
import SimpleFeatures

/// A file of the demo city, in memory.
public struct DemoFile: Hashable, Sendable {
    /// Without a folder: `colonias.geojson`.
    public var name: String
    /// The whole file, in its own encoding.
    public var bytes: [UInt8]
}

/// Valle del Faro: a city that does not exist, with boundaries, streets, population and three years of crime reports.
///
/// The reports are as dirty as real ones, and every fault is planted and counted: ``manifest`` says how many rows of
/// which kind there are, `verdad.csv` says the truth of each row. Nothing in it is anybody's data, and every file
/// says that it is fictional.
///
/// The city lies in an empty part of the Bolsón de Mapimí near 103.1° W, 26.6° N (EPSG:32613) and measures 20 by
/// 15 km. Seed and scale settle every byte; borders and streets depend on the seed only.
///
/// ## Example
/// ```swift
/// let city = try DemoCity(seed: 1810, scale: 0.1)
/// for file in city.files { print(file.name, file.bytes.count) }
/// ```
public struct DemoCity: Sendable {
    /// In the order in which a reader should look at them, `LEEME.md` first.
    public let files: [DemoFile]
    /// What was planted; the same as `manifest.json`.
    public let manifest: Manifest

    /// What a scale may be: at the lowest every kind of dirt still occurs twice a year.
    public static let scales = 0.05...20.0

    /// - Parameters:
    ///   - seed: settles everything that is drawn.
    ///   - scale: 1 gives about 12,000 reports a year.
    /// - Throws: ``DemoCityError/scaleOutOfRange(_:)``.
    /// - Complexity: O(reports), beside a fixed effort for the map.
    public init(seed: UInt64 = 1810, scale: Double = 1) throws(DemoCityError) {
        guard Self.scales.contains(scale) else { throw .scaleOutOfRange(scale) }
        let territory = Territory(seed: seed)
        let locator = ColoniaLocator(territory: territory)
        let defects = Defects(seed: seed, territory: territory)
        let streets = Streets(seed: seed, territory: territory, locator: locator)
        let field = CrimeField(seed: seed, territory: territory, streets: streets)
        let office = PlanarPoint(x: Terrain.centres[0].x + 210, y: Terrain.centres[0].y - 340)
        let reports = ReportFile(
            territory: territory, locator: locator, defects: defects, streets: streets, labels: Labels(territory),
            office: office)
        let history = History(field: field, locator: locator, defects: defects)

        var manifest = Manifest(seed: seed, scale: scale)
        manifest.describe(territory, defects, field, office: reports.officePlace)
        var files = Self.mapFiles(territory, defects, streets)
        var truth = ByteWriter()
        truth.text(ReportAccounts.truthHeader)
        for year in History.years {
            let (events, effect) = history.events(in: year, seed: seed, scale: scale)
            let accounts = reports.write(events, year: year, seed: seed)
            files.append(DemoFile(name: accounts.counts.file, bytes: accounts.bytes))
            truth.raw(accounts.truth.bytes)
            manifest.years.append(accounts.counts)
            manifest.operation.add(effect, in: year)
        }
        files.append(DemoFile(name: "verdad.csv", bytes: truth.bytes))
        let council = CouncilFiles(territory: territory, seed: seed, scale: scale)
        let survey = council.survey()
        manifest.survey = survey.truth
        files += [
            DemoFile(name: "metas.json", bytes: council.goals()),
            DemoFile(name: "preguntas.json", bytes: council.questions()),
            DemoFile(name: "encuesta.csv", bytes: survey.rows),
            DemoFile(name: "medidas.csv", bytes: council.measures()),
        ]
        files.append(DemoFile(name: "manifest.json", bytes: manifest.json))
        self.files = [DemoFile(name: "LEEME.md", bytes: TableFiles.readme(manifest))] + files
        self.manifest = manifest
    }

    private static func mapFiles(_ territory: Territory, _ defects: Defects, _ streets: Streets) -> [DemoFile] {
        let boundaries = BoundaryFiles(territory: territory, defects: defects)
        return [
            DemoFile(name: "municipios.geojson", bytes: boundaries.municipalities()),
            DemoFile(name: "distritos.geojson", bytes: boundaries.districts()),
            DemoFile(name: "colonias.geojson", bytes: boundaries.colonias()),
            DemoFile(name: "rio.geojson", bytes: boundaries.river()),
            DemoFile(name: "operativo.geojson", bytes: boundaries.operation(Operation())),
            DemoFile(name: "calles.csv", bytes: TableFiles.streets(streets, territory)),
            DemoFile(name: "poblacion.csv", bytes: TableFiles.population(territory)),
            DemoFile(name: "delitos.csv", bytes: TableFiles.offences()),
        ]
    }
}

/// Why there is no demo city.
public enum DemoCityError: Error, Hashable, CustomStringConvertible {
    /// The scale is not in ``DemoCity/scales``, or not a number.
    case scaleOutOfRange(Double)

    public var description: String {
        switch self {
        case .scaleOutOfRange(let scale):
            "the scale must be between \(DemoCity.scales.lowerBound) and \(DemoCity.scales.upperBound), but is \(scale)"
        }
    }
}

extension Manifest {
    /// Fills in what the map holds.
    mutating func describe(_ territory: Territory, _ defects: Defects, _ field: CrimeField, office: LonLat) {
        municipalities = Territory.municipalities.count
        districts = Territory.districts.count
        colonias = territory.colonias.count
        crossings = field.streets.crossings.count
        population = territory.population { _ in true }
        func disputes(_ kind: Defects.Kind) -> [Dispute] {
            defects.disputes.filter { $0.kind == kind }.map {
                Dispute(colonia: territory.colonias[$0.colonia].key, neighbour: territory.colonias[$0.neighbour].key)
            }
        }
        overlaps = disputes(.overlap)
        slivers = disputes(.sliver)
        gaps = disputes(.gap)
        bowTie = defects.bowTie.map { territory.colonias[$0.colonia].key } ?? ""
        namesInSeveralMunicipalities = ColoniaNames.sharedBetweenMunicipalities
        namesRepeatedInside = [ColoniaNames.repeatedInside]
        hotStreets = field.hotStreets.map(\.name)
        hotCorners = field.hotCorners.map { index in
            let crossing = field.streets.crossings[index]
            return Self.place("\(crossing.street) Y \(crossing.crossStreet)", crossing.place)
        }
        emerging = [
            Self.place("ROBO QUE SURGE", MapPosition.rounded(MapPosition.place(field.emerging.centre), decimals: 5))
        ]
        fading = [Self.place("ROBO QUE CEDE", MapPosition.rounded(MapPosition.place(field.fading.centre), decimals: 5))]
        operation = PlantedOperation(Operation())
        defaultPoint = Self.place("FISCALIA FICTICIA", office)
    }

    private static func place(_ name: String, _ place: LonLat) -> HotPlace {
        HotPlace(name: name, longitude: place.longitude, latitude: place.latitude)
    }
}
