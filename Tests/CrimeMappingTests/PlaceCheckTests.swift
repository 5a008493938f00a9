import CrimeMapping
import Foundation
import GeoPackageStore
import Georeferencing
import Hotspots
import Incidents
import Indicators
import TestSupport
import Testing

struct PlaceCheckTests {
    private func rows(_ places: [(Double, Double)], hour: String = "") -> [String] {
        places.map { "2024-03-01\(hour),ROBO,,,\($0.0),\($0.1)" }
    }

    private func scattered(_ count: Int, seed: UInt64) -> [(Double, Double)] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (Double.random(in: -99.2 ... -99.1, using: &random), Double.random(in: 19.3...19.45, using: &random))
        }
    }

    @Test func `A file drawn to six points far apart is no hit any more, and its neighbour stays as it is`() throws {
        let city = try SmallCity()
        let middles = [-99.175, -99.125].flatMap { x in [19.325, 19.375, 19.425].map { y in (x, y) } }
        try city.report(rows((0..<300).map { middles[$0 % 6] }), as: "snapped.csv")
        try city.report(rows(scattered(300, seed: 1)), as: "own.csv")
        let summary = try PlaceCheck().run(in: city.store)
        #expect(summary.sources.map(\.source) == ["snapped.csv", "own.csv"])
        #expect(summary.sources.map(\.kind) == [.areas, .points])
        #expect(summary.changed == 300)
        var grades: [String: Set<PrecisionGrade>] = [:]
        var radius: Set<Double> = []
        try city.store.incidents { incident in
            grades[incident.source, default: []].insert(incident.grade)
            if incident.grade == .snapped, let metres = incident.uncertainty { radius.insert(metres.rounded()) }
            #expect(incident.method == .coordinates && incident.outcome == .placed)
        }
        #expect(grades == ["snapped.csv": [.snapped], "own.csv": [.point]])
        // Places lie 5.2 km apart from west to east and 5.5 km from south to north; the fourth nearest is farther.
        #expect(radius.allSatisfy { (5_000...13_000).contains($0) } && !radius.isEmpty)
        let report = try city.quality()
        #expect(report.overall.hits == 300 && report.overall.incidents == 600)
        #expect(try StoreValidation.validate(path: city.store.path).isEmpty)
        #expect(try PlaceValidation.findings(in: city.store).isEmpty)
    }

    @Test func `Checked again nothing is written, and what is no longer so is taken back`() throws {
        let city = try SmallCity()
        try city.report(rows(Array(repeating: (-99.15, 19.35), count: 300) + scattered(2000, seed: 2)), as: "a.csv")
        let first = try PlaceCheck().run(in: city.store)
        #expect(first.artefacts.count == 1 && first.incidentsAtArtefacts == 300)
        let revision = try city.store.revision()
        let second = try PlaceCheck().run(in: city.store)
        #expect(second.artefacts == first.artefacts && second.changed == 0)
        #expect(try city.store.revision() == revision)
        // The corrected file has no pile.
        try city.report(rows(scattered(2000, seed: 2)), as: "a.csv")
        let third = try PlaceCheck().run(in: city.store)
        #expect(third.artefacts.isEmpty)
        #expect(try city.store.incidentTable(levels: [], asOf: nil).isArtefact.allSatisfy { !$0 })
    }

    @Test func `A downgrade is taken back where the file's points turn out to be its own`() throws {
        let city = try SmallCity()
        try city.report(rows(scattered(50, seed: 3)), as: "a.csv")
        var ids: [Int64] = []
        var batch = IncidentBatch()
        let table = try city.store.incidentTable(levels: [], asOf: nil)
        try city.store.places { place in
            guard let row = table.id.firstIndex(of: place.incident) else { return }
            ids.append(place.incident)
            batch.outcome.append(.placed)
            batch.method.append(.coordinates)
            batch.grade.append(.snapped)
            batch.uncertainty.append(700)
            batch.longitude.append(place.longitude)
            batch.latitude.append(place.latitude)
            batch.x.append(table.x[row])
            batch.y.append(table.y[row])
            batch.cell.append(table.cell[row])
        }
        try city.store.relocate(ids, to: batch)
        #expect(try PlaceCheck().run(in: city.store).changed == 50)
        #expect(try city.store.incidentTable(levels: [], asOf: nil).grade.allSatisfy { $0 == .point })
    }

    @Test func `An empty store has nothing to check`() throws {
        let city = try SmallCity()
        let summary = try PlaceCheck().run(in: city.store)
        #expect(summary.artefacts.isEmpty && summary.sources.isEmpty && summary.changed == 0)
        let report = try QualityReport(checking: city.store)
        #expect(report.overall.rate == nil && report.firstDate == nil && report.byCrime.isEmpty)
        #expect(QualityPage(report, store: "s").html.contains("no tiene incidentes"))
        #expect(throws: Never.self) { try JSONText.of(report) }
    }
}
