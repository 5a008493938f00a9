import Boundaries
import Bytes
import CivilTime
import CrimeMapping
import Foundation
import Formats
import Geodesy
import GeoPackageStore
import Grids
import Hotspots
import Incidents
import Indicators
import SimpleFeatures
import TestSupport
import Testing
import Topology

@Suite struct DemoCityTests {
    /// What `verdad.csv` says of a row: what its coordinates come to, and where it really was.
    private struct Truth {
        var outcome: String
        var reason: String
        var place: LonLat
        var colonia: String
        var dirt: String
    }

    @Test func `Every offence of the demo city is counted in a class`() throws {
        let demo = try DemoStore()
        _ = try demo.demo.importTaxonomy(into: demo.store)
        let report = try TaxonomyReport(of: demo.store)
        #expect(report.mapped == report.incidents && report.incidents > 0)
    }

    @Test func `Every row of the demo city ends as it was planted`() throws {
        let demo = try DemoStore()
        let truth = try truth(in: demo.folder)
        var seen = 0
        var wrong: [String] = []
        try demo.store.incidents { incident in
            let year = Int(incident.source.filter(\.isNumber)) ?? 0
            let expected = truth["\(year)/\(incident.sourceRow)"]
            seen += 1
            if expected?.outcome == "unplaced" { return }  // words may place it: the next test
            if expected?.outcome != incident.outcome.name || expected?.reason != incident.method.name {
                wrong.append(
                    "\(year)/\(incident.sourceRow): \(incident.outcome.name) \(incident.method.name), planted \(String(describing: expected))"
                )
            }
        }
        var sources: [Int64: String] = [:]
        for record in try demo.store.imports() { sources[record.id] = record.source }
        try demo.store.issues(of: nil) { importID, issue in
            guard issue.outcome == .rejected else { return }
            let year = Int((sources[importID] ?? "").filter(\.isNumber)) ?? 0
            let expected = truth["\(year)/\(issue.row)"]
            seen += 1
            if expected?.outcome != "rejected" || expected?.reason != issue.reason {
                wrong.append("\(year)/\(issue.row): rejected \(issue.reason), planted \(String(describing: expected))")
            }
        }
        #expect(wrong.prefix(5).isEmpty, "\(wrong.count) rows: \(wrong.prefix(5).joined(separator: "\n"))")
        #expect(seen == truth.count)
    }

    @Test func `Rows without usable coordinates are found at their corner or in their colonia`() throws {
        let demo = try DemoStore(scale: 0.2)
        let truth = try truth(in: demo.folder)
        let geodesic = try Geodesic()
        var counts: [PlacementMethod: Int] = [:]
        var atCorner: [Double] = []
        var wrong: [String] = []
        try demo.store.incidents { incident in
            let key = "\(Int(incident.source.filter(\.isNumber)) ?? 0)/\(incident.sourceRow)"
            guard let expected = truth[key], expected.outcome == "unplaced" else { return }
            counts[incident.method, default: 0] += 1
            let colonia = incident.areas.first { $0.level == "colonia" }?.key
            switch incident.method {
            case .crossing:
                let place = LonLat(longitude: incident.longitude ?? .nan, latitude: incident.latitude ?? .nan)
                atCorner.append(geodesic.distance(from: place, to: expected.place)?.metres ?? .infinity)
            case .coloniaName:
                if !expected.dirt.contains("colonia_equivocada"), colonia != expected.colonia {
                    wrong.append("\(key): in \(colonia ?? "none"), planted \(expected.colonia)")
                }
            case .street, .severalPlaces: break
            default: wrong.append("\(key): \(incident.method.name)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
        #expect(counts[.coloniaName] ?? 0 > 0 && counts[.crossing] ?? 0 > 0, "\(counts)")
        // The corner that a report names is the one it happened next to.
        #expect(atCorner.allSatisfy { $0 < 400 }, "\(atCorner.sorted().suffix(5))")
    }

    @Test func `Every import accounts for every row of its file`() throws {
        let demo = try DemoStore()
        for summary in demo.reports {
            let reader = try CSVReader(source: ByteSource(path: demo.folder.file(summary.file)))
            while try reader.next() {}
            #expect(summary.counts.read == Int(reader.rowNumber))
            #expect(summary.counts.kept + summary.counts.rejected == summary.counts.read)
        }
        #expect(try StoreValidation.validate(path: demo.demo.storePath).isEmpty)
    }

    @Test func `The audit finds the planted faults`() throws {
        let demo = try DemoStore()
        let audit = try #require(demo.boundaries.last?.audit)
        #expect(audit.features == 150)
        #expect(audit.repaired.count == 1)
        #expect(audit.overlaps.pairs == 7)
        #expect(audit.overlaps.overOneHectare == 4)
        #expect(audit.gaps?.number == 1)
        #expect(demo.boundaries.allSatisfy { $0.withoutParent == 0 })
    }

    @Test func `The counts of every table sum to the incidents`() throws {
        let demo = try DemoStore()
        let selection = try IncidentSelection(from: demo.store, filter: IncidentFilter())
        let kept = demo.reports.reduce(0) { $0 + $1.counts.kept }
        #expect(selection.rows.count == kept)
        for level in [nil, "municipality", "district", "colonia"] {
            for period in [nil, PeriodLength.month, .week, .year] {
                let rows = try AreaSummary(level: level.flatMap { .init($0) }, period: period).run(
                    on: selection, in: demo.store)
                #expect(rows.reduce(0) { $0 + $1.count } == kept)
            }
        }
    }

    @Test func `The surface of the city holds every placed incident`() throws {
        let demo = try DemoStore()
        let selection = try IncidentSelection(from: demo.store, filter: IncidentFilter())
        let result = try DensityMap(bandwidth: .fixed(.metres(500)), cellSize: .metres(50)).run(on: selection.pattern())
        let placed = demo.reports.reduce(0) { $0 + ($1.grades["point"] ?? 0) + ($1.grades["crossing"] ?? 0) }
        #expect(result.mass.incidents == placed)
        #expect(abs(result.surface.mass / Double(placed) - 1) < 1e-3)
    }

    private func truth(in folder: TemporaryFolder) throws -> [String: Truth] {
        let reader = try CSVReader(source: ByteSource(path: folder.file("verdad.csv")))
        func column(_ name: String) throws -> Int { try #require(reader.header.firstIndex(of: name)) }
        let (year, row) = (try column("anio"), try column("fila"))
        let (outcome, reason) = (try column("resultado"), try column("motivo"))
        let (longitude, latitude) = (try column("longitud"), try column("latitud"))
        let (colonia, dirt) = (try column("colonia"), try column("suciedad"))
        var truth: [String: Truth] = [:]
        while try reader.next() {
            func text(_ index: Int) -> String { String(decoding: reader.row[index], as: UTF8.self) }
            truth["\(text(year))/\(text(row))"] = Truth(
                outcome: text(outcome), reason: text(reason),
                place: LonLat(longitude: Double(text(longitude)) ?? .nan, latitude: Double(text(latitude)) ?? .nan),
                colonia: text(colonia), dirt: text(dirt))
        }
        return truth
    }
}
