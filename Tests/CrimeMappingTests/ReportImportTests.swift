import Bytes
@testable import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import SimpleFeatures
import Synchronization
import TestSupport
import Testing

@Suite struct ReportImportTests {
    private let profile = ImportProfile.generic

    private func csv(rows: Int, shift: Double = 0) -> String {
        var text = "folio,fecha,hora,delito,colonia,municipio,longitud,latitud\n"
        for row in 0..<rows {
            let longitude = -99.1 - Double(row % 1000) / 20_000 + shift
            text +=
                "F\(row),2024-03-\(String(format: "%02d", row % 28 + 1)),1\(row % 10):30,ROBO,Centro,CUAUHTEMOC,\(longitude),19.4\n"
        }
        return text
    }

    @Test func `The same file again changes nothing`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let file = try folder.write("a.csv", csv(rows: 500))
        let first = try ReportImport(path: file, profile: profile).run(into: store)
        let revision = try store.revision()
        let second = try ReportImport(path: file, profile: profile).run(into: store)
        #expect(!first.alreadyImported && second.alreadyImported)
        #expect(second.counts == first.counts)
        #expect(try store.revision() == revision)
    }

    @Test func `A corrected file takes the place of the earlier one, which as-of brings back`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        _ = try ReportImport(path: try folder.write("a.csv", csv(rows: 300)), profile: profile).run(into: store)
        Thread.sleep(forTimeInterval: 1.1)  // the store knows instants to the second
        let between = UTCTextNow.value
        Thread.sleep(forTimeInterval: 1.1)
        _ = try ReportImport(path: try folder.write("a.csv", csv(rows: 200, shift: 0.01)), profile: profile).run(
            into: store)
        #expect(try IncidentSelection(from: store, filter: IncidentFilter()).rows.count == 200)
        #expect(try IncidentSelection(from: store, filter: IncidentFilter(), asOf: between).rows.count == 300)
        #expect(try store.imports().map(\.state) == [.superseded, .complete])
    }

    @Test func `A stopped import keeps whole batches, and a rerun goes on where they end`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        // Every third row stands twice, so that duplicates cross the place where the import is stopped.
        let lines = csv(rows: 600).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let doubled =
            lines.prefix(1)
            + lines.dropFirst().enumerated().flatMap { $0.offset % 3 == 0 ? [$0.element, $0.element] : [$0.element] }
        let file = try folder.write("a.csv", doubled.joined(separator: "\n"))
        var job = ReportImport(path: file, profile: profile)
        job.batchSize = 100
        let asked = Atomic<Int>(0)
        let stop = JobControl(isCancelled: { asked.add(1, ordering: .relaxed).newValue == 3 })
        #expect(throws: JobError.self) { try job.run(into: store, control: stop) }
        #expect(try store.imports().map(\.state) == [.incomplete])
        #expect(try store.imports().map(\.counts.read) == [300])
        // Until it is complete none of its rows count, so that a corrected file never counts beside the one it corrects.
        #expect(try IncidentSelection(from: store, filter: IncidentFilter()).rows.isEmpty)

        let summary = try job.run(into: store)
        #expect(summary.counts.read == 800)
        #expect(summary.counts.placed == 800)
        #expect(summary.counts.duplicates == 200)
        #expect(try IncidentSelection(from: store, filter: IncidentFilter()).rows.count == 800)
        #expect(try store.imports().map(\.state) == [.complete])

        // A store that was never stopped holds the same.
        let other = try TemporaryFolder()
        let whole = try GeoPackageStore.empty(in: other)
        _ = try ReportImport(path: file, profile: profile).run(into: whole)
        #expect(try duplicates(in: whole) == duplicates(in: store))
    }

    private func duplicates(in store: GeoPackageStore) throws -> [Int64] {
        var rows: [Int64] = []
        try store.incidents { if $0.isDuplicate { rows.append($0.sourceRow) } }
        return rows
    }

    @Test func `A missing column is named with what the file has`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let file = try folder.write("a.csv", "folio,donde,que\n1,aqui,robo\n")
        let error = #expect(throws: ProfileError.self) {
            try ReportImport(path: file, profile: profile).run(into: store)
        }
        let text = try #require(error?.description)
        #expect(text.contains("date") && text.contains("folio, donde, que"))
        #expect(try store.imports().isEmpty)
    }

    @Test func `A title above the header is passed over`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let file = try folder.write("a.csv", "Reporte mensual, Observatorio\n\n" + csv(rows: 20))
        let summary = try ReportImport(path: file, profile: profile).run(into: store)
        #expect(summary.counts.read == 20 && summary.counts.placed == 20)
    }

    @Test func `A dry run reads and counts and writes nothing`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        var job = ReportImport(path: try folder.write("a.csv", csv(rows: 50)), profile: profile)
        job.dryRun = true
        let revision = try store.revision()
        #expect(try job.run(into: store).counts.placed == 50)
        #expect(try store.imports().isEmpty && store.revision() == revision)
    }

    @Test func `Projected coordinates are placed as their degrees are`() throws {
        let folder = try TemporaryFolder()
        let degrees = try GeoPackageStore.empty(in: folder)
        _ = try ReportImport(
            path: try folder.write("d.csv", "fecha,delito,longitud,latitud\n2024-03-01,ROBO,-99.1332,19.4326\n"),
            profile: profile
        ).run(into: degrees)
        let table = try IncidentSelection(from: degrees, filter: IncidentFilter()).table

        let other = try TemporaryFolder()
        let metres = try GeoPackageStore.empty(in: other)
        var projected = try profile.mapping(["x=este", "y=norte"])
        projected.crs = .init("EPSG:32614")
        _ = try ReportImport(
            path: try other.write("m.csv", "fecha,delito,este,norte\n2024-03-01,ROBO,\(table.x[0]),\(table.y[0])\n"),
            profile: projected
        ).run(into: metres)
        try metres.incidents { incident in
            #expect(incident.outcome == .placed)
            #expect(abs((incident.longitude ?? 0) + 99.1332) < 1e-9)
            #expect(abs((incident.latitude ?? 0) - 19.4326) < 1e-9)
        }
        #expect(try IncidentSelection(from: metres, filter: IncidentFilter()).table.cell == table.cell)
    }

    @Test func `Times are kept in UTC with their local parts across the end of daylight saving`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let file = try folder.write(
            "a.csv",
            "fecha,hora,delito,longitud,latitud\n2022-07-15,20:00,ROBO,-99.1,19.4\n2023-07-15,20:00,ROBO,-99.1,19.4\n2023-07-15,,ROBO,-99.1,19.4\n"
        )
        _ = try ReportImport(path: file, profile: profile).run(into: store)
        var instants: [String] = []
        var hours: [Int?] = []
        try store.incidents {
            instants.append($0.occurredAt)
            hours.append($0.localHour)
        }
        // Mexico City was at −5 h in the summer of 2022 and has been at −6 h all year since.
        #expect(
            instants.map { String($0.prefix(19)) } == [
                "2022-07-16T01:00:00", "2023-07-16T02:00:00", "2023-07-15T06:00:00",
            ])
        #expect(instants.allSatisfy { $0.hasSuffix("Z") })
        #expect(hours == [20, 20, nil])
    }
}

enum UTCTextNow {
    static var value: String { String(ISO8601DateFormatter().string(from: Date())) }
}
