import Boundaries
import Bytes
import CrimeMapping
import Formats
import GeoPackageStore
import Georeferencing
import Incidents
import SimpleFeatures
import TestSupport
import Testing

/// Mexico City 2022 with its coordinates hidden: what published colonia and alcaldía alone say, against where the point was.
@Suite(.enabled(if: RealData.isThere, "FARO_REALDATA is not set"), .serialized)
struct HiddenCoordinatesTests {
    /// What came of the rows, each a share of all.
    private struct Account {
        var rows = 0
        var match = 0
        var ambiguous = 0
        var served = 0
        var wrong = 0

        mutating func count(_ report: PlaceReport, _ held: Set<String>) {
            rows += 1
            switch report.status {
            case .match:
                match += 1
                let isRight = report.areaID.map(held.contains) ?? false
                served += isRight ? 1 : 0
                wrong += isRight ? 0 : 1
            case .ambiguous:
                ambiguous += 1
                served += held.isDisjoint(with: report.candidateIDs) ? 0 : 1
            case .unmatched: break
            }
        }

        func share(_ count: Int) -> Double { Double(count) / Double(max(1, rows)) }

        var description: String {
            "\(rows) rows: match \(share(match)), ambiguous \(share(ambiguous)), served \(share(served)), wrong \(share(wrong))"
        }
    }

    private func account(_ colonias: String, idField: String, nameField: String) throws -> Account {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        _ = try BoundaryImport(
            path: RealData.path("municipios/09_ciudad_de_mexico_AGEM_original.geojson.gz"), level: .municipality
        ).run(into: store)
        var job = BoundaryImport(path: RealData.path(colonias), level: .colonia)
        (job.idField, job.nameField, job.parentLevel) = (idField, nameField, .municipality)
        _ = try job.run(into: store)
        let areas = try store.boundaryLayer(.colonia, number: 1).areas
        let locators = areas.map { (box: $0.geometry.envelope, locator: PointLocator([$0])) }
        let search = try PlaceSearch(in: store)
        let rows = try RealData.fgj2022()
        search.georeferencer.survey(Set(rows.prefix(5_000).map(\.words)))
        // Answers by label, and whether an area holds a point asked for candidates only.
        var answers: [PlaceWords: (report: PlaceReport, candidates: [Int])] = [:]
        var account = Account()
        for row in rows {
            let known = answers[row.words]
            let report = known?.report ?? search.answer(to: search.find(row.words))
            let ids = Set(report.candidateIDs + (report.areaID.map { [$0] } ?? []))
            let candidates = known?.candidates ?? areas.indices.filter { ids.contains(areas[$0].id) }
            answers[row.words] = (report, candidates)
            let held = candidates.filter {
                locators[$0].box.contains(row.place) && locators[$0].locator.locate(row.place).index >= 0
            }
            account.count(report, Set(held.map { areas[$0].id }))
        }
        print("\(colonias): \(account.description)")
        return account
    }

    @Test func `By the electoral institute's areas at least 85 % of rows are served, and at most 2 % matched wrongly`()
        throws
    {
        let account = try account(
            "colonias/cdmx_colonias_iecm2022.geojson.gz", idField: "CVEUT", nameField: "NOMUT")
        #expect(account.rows == 224_393)
        #expect(account.share(account.served) >= 0.85)
        #expect(account.share(account.wrong) <= 0.02)
    }

    @Test func `By the prosecutor's own areas nine rows in ten match, and 97 % of those hold the point`() throws {
        let account = try account(
            "colonias/cdmx_colonias_catalogo_fgj.geojson.gz", idField: "alcaldia+colonia", nameField: "colonia")
        #expect(account.rows == 224_393)
        #expect(account.share(account.match) >= 0.9)
        #expect(Double(account.wrong) / Double(account.match) <= 0.035)
    }
}

extension RealData {
    /// The words of each row, and its place.
    fileprivate static func fgj2022() throws -> [(words: PlaceWords, place: LonLat)] {
        let reader = try CSVReader(source: ByteSource(path: path("incidentes/cdmx_fgj_2022.csv.gz")))
        func column(_ name: String) throws -> Int { try #require(reader.header.firstIndex(of: name)) }
        let (colonia, municipality) = (try column("colonia"), try column("alcaldia"))
        let (longitude, latitude) = (try column("longitud"), try column("latitud"))
        var rows: [(words: PlaceWords, place: LonLat)] = []
        while try reader.next() {
            func text(_ index: Int) -> String { String(decoding: reader.row[index], as: UTF8.self) }
            rows.append(
                (
                    PlaceWords(municipality: text(municipality), place: text(colonia)),
                    LonLat(longitude: Double(text(longitude)) ?? .nan, latitude: Double(text(latitude)) ?? .nan)
                ))
        }
        return rows
    }
}
