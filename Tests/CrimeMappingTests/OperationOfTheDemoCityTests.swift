import CivilTime
import CrimeMapping
import DemoCity
import Foundation
import GeoPackageStore
import Hotspots
import Incidents
import SimpleFeatures
import TestSupport
import Testing

/// What the city's generator has planted, found again by the jobs in the reports as they come.
struct OperationOfTheDemoCityTests {
    private static let manifest = Result { try DemoCity(seed: 1810, scale: 1).manifest }

    /// The city's files, and a store of one crime's reports: the others would take most of the time.
    private func city(_ category: String) throws -> (folder: TemporaryFolder, store: GeoPackageStore) {
        let folder = try TemporaryFolder()
        let demo = try DemoFolder(path: folder.path, seed: 1810, scale: 1, overwrite: false)
        try demo.writeFiles()
        let store = try GeoPackageStore.create(at: demo.storePath, try demo.definition())
        for year in try Self.manifest.get().years {
            let lines = try Data(contentsOf: URL(fileURLWithPath: folder.file(year.file))).split(
                separator: 10, omittingEmptySubsequences: false)
            // Few rows run over two lines; they are left out.
            let kept = lines.enumerated().filter { index, line in
                index <= year.preambleLines
                    || line.range(of: Data(category.utf8)) != nil && line.count { $0 == 34 }.isMultiple(of: 2)
            }
            let path = try folder.write("few_" + year.file, Array(kept.map(\.element).joined(separator: [10])) + [10])
            _ = try ReportImport(path: path, profile: .generic).run(into: store)
        }
        return (folder, store)
    }

    private func selection(_ category: String, _ store: GeoPackageStore) throws -> IncidentSelection {
        var filter = IncidentFilter()
        filter.categories = [category]
        return try IncidentSelection(from: store, filter: filter)
    }

    private func row(_ name: String, _ table: FeatureTable) throws -> [String: Double] {
        let row = try #require(table.rows.first { $0.values.first == .text(name) })
        return Dictionary(uniqueKeysWithValues: zip(table.columns, row.values)).compactMapValues { value in
            switch value {
            case .number(let number): number
            case .integer(let integer): Double(integer)
            default: nil
            }
        }
    }

    @Test
    func `Before and after, the operation's effect, what it moved next door and what is left lie in their intervals`()
        throws
    {
        let operation = try Self.manifest.get().operation
        let (folder, store) = try city(operation.offence)
        let planted = try #require(operation.years.first { $0.year == 2022 })
        let file = folder.file("operativo.geojson")
        var job = BeforeAfter(
            treated: NamedArea(file + "#zona"), control: NamedArea(file + "#control"),
            since: try #require(CalendarDate(operation.from)), days: 365)
        (job.treatedRing, job.controlRing) = (NamedArea(file + "#anillo-zona"), NamedArea(file + "#anillo-control"))
        let selection = try selection(operation.offence, store)
        let found = try job.run(on: selection, in: store).table
        for (name, truth) in [
            ("effect", -(planted.movedNextDoor + planted.movedAway)), ("displacement", planted.movedNextDoor),
            ("net", -planted.movedAway),
        ] {
            let row = try row(name, found)
            let (low, high) = (try #require(row["low"]), try #require(row["high"]))
            #expect(low...high ~= Double(truth), "\(name): \(truth) in \(low) to \(high)")
        }
        // The zone alone looks like a success beyond chance; that it is none for the city, the rings say.
        #expect(try #require(row("effect", found)["high"]) < 0)
        #expect(try #require(row("displacement", found)["low"]) > 0)
        #expect(try #require(row("treated", found)["p"]) < 0.001)

        // Rings drawn by the job are those of the file, but for the corners of a circle.
        var drawn = BeforeAfter(
            treated: job.treated, control: job.control, ring: .metres(operation.ringMetres - operation.zoneMetres),
            since: job.since, days: 365)
        let other = try drawn.run(on: selection, in: store).table
        for name in ["treated_ring", "control_ring"] {
            #expect(try abs(#require(row(name, other)["km2"]) - #require(row(name, found)["km2"])) < 0.02)
        }
        drawn.control = nil
        let alone = try drawn.run(on: selection, in: store)
        #expect(alone.table.rows.count == 2 && alone.warnings.contains { $0.contains("without a control") })
    }

    @Test func `The near-repeat test finds as many pairs beyond chance as were planted`() throws {
        let planted = try Self.manifest.get().years.reduce(0) { $0 + $1.nearRepeatPairs }
        let burglary = "ROBO A CASA HABITACION"
        let (folder, store) = try city(burglary)
        let pattern = try selection(burglary, store).spaceTimePattern()
        // Bands hold their lower limit: 14 days are within 15.
        let table = try NearRepeat(distances: [.metres(200)], days: [15], permutations: 199).table(of: pattern)
        let cells = [table[distance: 0, days: 0], table[distance: 1, days: 0]]
        let observed = cells.reduce(0) { $0 + Double($1.observed) }
        let simulated = cells.reduce(0) { $0 + $1.simulated }
        // Planted pairs are among those whose times are dealt anew too: any two days lie so near with this probability.
        let span = Double((pattern.seconds.last ?? 0) - (pattern.seconds.first ?? 0)) / 86_400 + 1
        let chance = (29 * span - 14 * 15) / (span * span)
        let excess = (observed - simulated) / (1 - chance)
        let reach = 1.96 * observed.squareRoot()
        #expect(
            excess - reach...excess + reach ~= Double(planted), "\(planted) in \(excess) ± \(reach) of \(observed)")
        #expect(table[distance: 1, days: 0].isNotable)
        withExtendedLifetime(folder) {}
    }

    @Test func `Areas that overlap, days that do not fit and areas that are not there are refused`() throws {
        let demo = try DemoStore()
        let file = demo.folder.path + "/operativo.geojson"
        let selection = try selection("FRAUDE", demo.store)
        let since = try #require(CalendarDate("2022-01-01"))
        func run(
            _ treated: String, _ control: String?, since: CalendarDate, days: Int? = nil, reach: Length? = nil
        ) throws -> SpaceTimeTable {
            try BeforeAfter(
                treated: NamedArea(treated, reach: reach), control: control.map { NamedArea($0) }, since: since,
                days: days
            ).run(on: selection, in: demo.store)
        }
        #expect(throws: JobError.self) { try run(file + "#zona", file, since: since) }
        #expect(throws: JobError.self) { try run(file + "#nada", nil, since: since) }
        #expect(throws: JobError.self) { try run(file, nil, since: since, days: 9_999) }
        #expect(throws: JobError.self) { try run(file, nil, since: #require(CalendarDate("1999-01-01"))) }
        #expect(throws: (any Error).self) { try run("colonia:nowhere", nil, since: since) }
        #expect(throws: (any Error).self) { try run("nothing.geojson", nil, since: since) }
        let river = demo.folder.path + "/rio.geojson"
        #expect(throws: JobError.self) { try run(river, nil, since: since) }
        let corridor = try run(river, file + "#zona", since: since, reach: .metres(300))
        #expect(corridor.table.rows.count == 3)
        let colonia = try run("municipality:00901", "municipality:00902", since: since)
        #expect(colonia.table.rows.count == 3)
    }
}
