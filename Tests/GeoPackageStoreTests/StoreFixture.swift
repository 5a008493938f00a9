import Boundaries
import Bytes
import CivilTime
import Foundation
import GeoPackageStore
import Incidents
import SimpleFeatures
import TestSupport

/// A folder of its own for one test, gone when the test is.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "faro-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    /// Writes a text and returns its path.
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

/// Costa Rica's clocks stand six hours behind UTC all year, as those of the fixtures do.
let utm14 = StoreSettings(crs: CRS("EPSG:32614"), timeZone: "America/Costa_Rica")
let utm14Definition = (
    name: "WGS 84 / UTM zone 14N",
    wkt: """
    PROJCS["WGS 84 / UTM zone 14N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],\
    PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],\
    PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",-99],PARAMETER["scale_factor",0.9996],\
    PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32614"]]
    """
)

func newStore(in folder: TemporaryFolder, _ name: String = "faro.gpkg") throws -> GeoPackageStore {
    try GeoPackageStore.create(at: folder.file(name), settings: utm14, crsDefinition: utm14Definition)
}

/// One row of a batch in plain values.
struct TestRow {
    var row: Int64
    var recordID: String?
    var category: String?
    var modality: String?
    var day: Int32 = 19_783  // 2024-03-01
    var minute: Int16 = -1
    var place: LonLat? = LonLat(longitude: -100.25, latitude: 25.5)
    var cell: Int64 = 77
    var colonia: String?
    var municipality: String?
    var text: String?
    var weight = 1.0
    var outcome = Outcome.placed
    var method = PlacementMethod.coordinates
    var grade = PrecisionGrade.point
    var uncertainty = Double.nan
    var isDuplicate = false
    var areas: [Int32] = []

    /// Local time of the fixtures is six hours behind UTC.
    var instant: Int64 { Int64(day) * 86_400 + Int64(max(minute, 0)) * 60 + 21_600 }
    /// Numbers that are no projection, but follow from the place.
    var x: Double { place.map { $0.longitude * 1000 } ?? .nan }
    var y: Double { place.map { $0.latitude * 1000 } ?? .nan }
}

func batch(_ rows: [TestRow], levels: Int = 0) -> IncidentBatch {
    var batch = IncidentBatch(levels: levels)
    func append(_ text: String?, _ column: inout TextColumn) {
        if let text { column.append(text) } else { column.appendAbsent() }
    }
    for row in rows {
        batch.sourceRow.append(row.row)
        append(row.recordID, &batch.recordID)
        append(row.category, &batch.category)
        append(row.modality, &batch.modality)
        batch.localDay.append(row.day)
        batch.localMinute.append(row.minute)
        batch.instant.append(row.instant)
        batch.longitude.append(row.place?.longitude ?? .nan)
        batch.latitude.append(row.place?.latitude ?? .nan)
        batch.x.append(row.x)
        batch.y.append(row.y)
        batch.cell.append(row.cell)
        append(row.colonia, &batch.coloniaLabel)
        append(row.municipality, &batch.municipalityLabel)
        append(row.text, &batch.placeText)
        batch.weight.append(row.weight)
        batch.outcome.append(row.outcome)
        batch.method.append(row.method)
        batch.grade.append(row.grade)
        batch.uncertainty.append(row.uncertainty)
        batch.isDuplicate.append(row.isDuplicate)
        for level in 0..<levels {
            batch.areas[level].append(row.areas[level])
            // Every kind: rows without an area have no label to compare.
            batch.labelAgrees[level].append(row.areas[level] < 0 ? -1 : Int8(row.row % 2))
        }
    }
    return batch
}

func counts(of rows: [TestRow]) -> ImportCounts {
    var counts = ImportCounts()
    for row in rows {
        counts.count(row.outcome)
        if row.isDuplicate { counts.duplicates += 1 }
    }
    return counts
}

/// Rows of every kind: with and without place, time, texts and areas; texts of one and of several bytes a letter.
func randomRows(_ range: ClosedRange<Int64>, areas: [Int], seed: UInt64) -> [TestRow] {
    var generator = SeededGenerator(seed: seed)
    let words = ["ROBO A TRANSEÚNTE", "HOMICIDIO DOLOSO", "", "Lesiones 'graves'", "Фрауд", "漢字", "a\u{301}rea"]
    func word() -> String? {
        Int.random(in: 0..<8, using: &generator) == 0 ? nil : words.randomElement(using: &generator)
    }
    return range.map { row in
        var value = TestRow(row: row, recordID: word().map { $0 + String(row) }, category: word(), modality: word())
        value.day = Int32.random(in: 18_000...20_000, using: &generator)
        value.minute = Int16.random(in: -1...1439, using: &generator)
        if Int.random(in: 0..<5, using: &generator) > 0 {
            value.place = LonLat(
                longitude: Double.random(in: -100.5 ... -100, using: &generator),
                latitude: Double.random(in: 25.5...26, using: &generator))
            value.cell = Int64.random(in: 0..<(1 << 28), using: &generator) & ~0xFF
            value.grade = PrecisionGrade.allCases.filter { $0 < .none }.randomElement(using: &generator) ?? .point
        } else {
            (value.place, value.cell, value.grade) = (nil, -1, .none)
            value.outcome = Bool.random(using: &generator) ? .unplaced : .ambiguous
            value.method = PlacementMethod.allCases.randomElement(using: &generator) ?? .noCoordinates
        }
        value.uncertainty = [.nan, 0, 0, 12.5, 900].randomElement(using: &generator) ?? .nan
        value.colonia = word()
        value.municipality = word()
        value.text = word()
        value.weight = [1, 1, 0.5, 2].randomElement(using: &generator) ?? 1
        value.isDuplicate = Int.random(in: 0..<20, using: &generator) == 0
        value.areas = areas.map { Int32.random(in: -1..<Int32($0), using: &generator) }
        return value
    }
}

/// A square of `size` degrees with its south-west corner at a place.
func square(_ longitude: Double, _ latitude: Double, _ size: Double = 1) -> MultiPolygon<LonLat> {
    let corners = [(0.0, 0.0), (size, 0), (size, size), (0, size), (0, 0)]
    return MultiPolygon([
        Polygon(exterior: corners.map { LonLat(longitude: longitude + $0.0, latitude: latitude + $0.1) })
    ])
}

func layer(
    _ level: Level, _ keys: [String], from: String? = nil, to: String? = nil, parent: Level? = nil
) -> BoundaryLayer {
    let version = BoundaryVersion(
        level: level, number: 0,
        validity: Validity(from: from.flatMap { CalendarDate($0) }, to: to.flatMap { CalendarDate($0) }),
        parentLevel: parent, source: "areas.geojson", sha256: "c0ffee", areaCount: 0)
    let areas = keys.enumerated().map { index, key in
        Area(
            id: key, name: "Área \(key)", geometry: square(-101 + Double(index), 25), squareMetres: 1_000_000,
            properties: [Property("CVE", .text(key)), Property("n", .integer(Int64(index)))])
    }
    return BoundaryLayer(version: version, areas: areas)
}

func issue(_ row: Int64, _ outcome: Outcome, raw: String? = nil) -> ImportIssue {
    ImportIssue(
        row: row, line: row + 1, column: "fecha", found: "31/02/2024", reason: "time_unreadable",
        message: "reports.csv:\(row + 1): column fecha: \"31/02/2024\" is no day; kept without time", outcome: outcome,
        rawRow: raw)
}

let noon = "2024-03-01T12:00:00Z"
let evening = "2024-03-01T20:00:00Z"
let nextDay = "2024-03-02T12:00:00Z"
let nextEvening = "2024-03-02T20:00:00Z"

/// Begins an import, adds all rows in one batch, and finishes it.
@discardableResult
func importRows(
    _ rows: [TestRow], into store: any IncidentStore, source: String = "a.csv", sha256: String = "aa",
    areas: [AreaKeys] = [],
    from start: String = noon, to end: String = evening
) throws -> ImportRecord {
    let ticket = try store.beginImport(source: source, sha256: sha256, profile: "p 1", settings: "{}", at: start)
    guard case .new(let record) = ticket else { throw UnexpectedTicket(ticket: ticket) }
    try store.append(
        batch(rows, levels: areas.count), areas: areas, notes: [], issues: [], counts: counts(of: rows), to: record.id)
    return try store.finishImport(record.id, at: end)
}

struct UnexpectedTicket: Error { var ticket: ImportTicket }
