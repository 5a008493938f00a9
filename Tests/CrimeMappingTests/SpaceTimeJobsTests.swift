import Boundaries
import CivilTime
import Files
import Grids
import Hotspots
import Incidents
import SimpleFeatures
import TestSupport
import Testing

@testable import CrimeMapping

@Suite struct SpaceTimeJobsTests {
    private func support(_ demo: DemoStore, _ categories: [String] = []) throws -> SpaceTimeSupport {
        var filter = IncidentFilter()
        filter.categories = categories
        let selection = try IncidentSelection(from: demo.store, filter: filter)
        return try SpaceTimeSupport(
            of: selection, cellSize: .metres(500), studyArea: selection.studyArea(in: demo.store))
    }

    private func number(_ table: FeatureTable, _ column: String, _ row: Int) -> Double? {
        guard let index = table.columns.firstIndex(of: column) else { return nil }
        switch table.rows[row].values[index] {
        case .number(let number): return number
        case .integer(let integer): return Double(integer)
        case .null, .text, .bool, .json: return nil
        }
    }

    @Test func `Two periods together leave out what each of them leaves out, and nothing of the days between`() throws {
        let demo = try DemoStore()
        _ = try PlaceCheck().run(in: demo.store)
        func days(_ first: String, _ last: String) throws -> ClosedRange<CalendarDate> {
            try #require(CalendarDate(first))...#require(CalendarDate(last))
        }
        func selection(_ days: ClosedRange<CalendarDate>) throws -> IncidentSelection {
            var filter = IncidentFilter()
            (filter.from, filter.to) = (days.lowerBound, days.upperBound)
            return try IncidentSelection(from: demo.store, filter: filter)
        }
        let (before, after) = try (days("2021-03-01", "2021-06-30"), days("2022-03-01", "2022-06-30"))
        let both = try selection(before.lowerBound...after.upperBound).keeping([before, after])
        let (one, two) = try (selection(before).placeAccount, selection(after).placeAccount)
        #expect(one.leftOutAsCoarse + one.leftOutAtArtefacts + two.leftOutAsCoarse + two.leftOutAtArtefacts > 0)
        #expect(both.placeAccount.incidents == one.incidents + two.incidents)
        #expect(both.placeAccount.leftOutAtArtefacts == one.leftOutAtArtefacts + two.leftOutAtArtefacts)
        #expect(both.placeAccount.leftOutAsCoarse == one.leftOutAsCoarse + two.leftOutAsCoarse)
        #expect(both.filter.from == nil && both.filter.to == nil)
    }

    @Test func `On the demo city every job gives a row a cell, accounts for the incidents and stops when told`() throws
    {
        let demo = try DemoStore()
        let support = try support(demo)
        let cells = support.counts.units.count
        let emerging = try EmergingMap(period: .months(3)).run(on: support)
        #expect(emerging.table.rows.count == cells)
        let counted = (0..<cells).reduce(0.0) { $0 + (number(emerging.table, "count", $1) ?? 0) }
        #expect(counted == Double(try integer(emerging.table, "incidents_counted")))
        #expect(
            try integer(emerging.table, "incidents_counted") + integer(emerging.table, "incidents_outside")
                + integer(emerging.table, "incidents_outside_periods") == support.pattern.count)
        #expect(try ClassificationMap(period: .months(3)).run(on: support).table.rows.count == cells)
        let split = try #require(CalendarDate("2022-07-01"))
        let change = try ChangeMap(.since(split)).run(on: support)
        #expect(change.table.rows.count == cells)
        let forecast = try ForecastMap(method: .recent, days: 30).run(on: support)
        let expected = (0..<cells).reduce(0.0) { $0 + (number(forecast.table, "expected", $1) ?? 0) }
        // About 600 a year in the small city.
        #expect(expected > 20 && expected < 80)
        #expect(throws: JobError.self) { try ChangeMap(.since(support.days.lowerBound)).run(on: support) }
        #expect(throws: JobError.self) { try ForecastMap(days: 0).run(on: support) }
        let stopped = JobControl(isCancelled: { true })
        #expect(throws: JobError.interrupted("nothing was written")) {
            try NearRepeatSearch(test: NearRepeat()).run(on: support, control: stopped)
        }
        #expect(throws: JobError.interrupted("nothing was written")) {
            try ScanSearch(period: .months(1)).run(on: support, control: stopped)
        }
    }

    @Test func `Forecasts are judged beside both naive ones`() throws {
        let support = try support(DemoStore())
        let result = try ForecastEvaluation(
            methods: [ForecastMap(method: .recent)], period: .months(3), periods: 3, areaShares: [0.05, 0.2]
        ).run(on: support)
        #expect(result.table.rows.count == 6)
        let naive = result.table.rows.count { $0.values[1] == .bool(true) }
        #expect(naive == 4)
        #expect(throws: JobError.self) {
            try ForecastEvaluation(methods: [], period: .months(3), periods: 99).run(on: support)
        }
    }

    @Test func `A film has a frame a period, one legend, and as much in each as happened around it`() throws {
        let support = try support(DemoStore())
        let film = try DensityFilm(bandwidth: .fixed(.metres(1500)), timeKernel: .uniform, period: .months(3))
            .run(on: support)
        #expect(film.labels.count == 12 && film.labels.first == "2021 T1" && film.labels.last == "2023 T4")
        #expect(film.table.table.columns.count == 14 && film.table.table.rows.count == support.counts.units.count)
        // With a uniform kernel as long as a quarter on either side, a frame holds half of what two quarters hold.
        let sums = film.film.surfaces.map { $0.values.reduce(0) { $0 + ($1.isNaN ? 0 : $1) } * 0.25 }
        #expect(sums.allSatisfy { $0 > 0.5 && $0 < 3 })
        #expect(throws: JobError.self) { try DensityFilm(period: .days(1)).run(on: support) }
        let subject = PictureSubject(categories: [], days: nil, outlines: [], source: "demo")
        let picture = FilmPicture(film, subject: subject)
        for bytes in [try picture.mosaic(), try picture.animation()] {
            #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
        #expect(try picture.geoTIFF().starts(with: [0x49, 0x49]))
    }

    @Test func `Emerging hot spots can be drawn period by period`() throws {
        let support = try support(DemoStore())
        var job = EmergingMap(period: .months(3))
        job.showsPeriods = true
        let found = try job.run(on: support)
        let panels = try #require(found.table.panels)
        #expect(panels.frames.count == 12 && panels.frames.map(\.label).first == "2021 T1")
        for index in found.table.rows.indices {
            let hot = panels.frames.count { $0.kinds[index] == 0 }
            #expect(number(found.table, "hot_periods", index) == Double(hot))
        }
        let subject = PictureSubject(categories: [], days: nil, outlines: [], source: "demo")
        #expect(try TablePicture(found.table, subject: subject).png().starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test func `A bandwidth is chosen by one half of the periods and told by the other`() throws {
        let demo = try DemoStore()
        let selection = try IncidentSelection(from: demo.store, filter: IncidentFilter())
        let points = DatedPoints(selection)
        var job = BandwidthChoice(
            map: ForecastMap(method: .longRun), bandwidths: [.metres(500), .metres(2000)],
            cellSizes: [.metres(500), .metres(1000)], period: .months(3), periods: 4, areaShare: 0.1)
        let area = try selection.studyArea(in: demo.store)
        let table = try job.run(on: points, studyArea: area).table
        #expect(table.rows.count == 6 && table.rows.count { $0.values[5] == .bool(true) } == 1)
        let best = (0..<6).filter { table.rows[$0].values[2] == .bool(false) }.compactMap {
            number(table, "pai_first_half", $0)
        }
        .max()
        let chosen = try #require(table.rows.firstIndex { $0.values[5] == .bool(true) })
        #expect(number(table, "pai_first_half", chosen) == best)
        // The same as judging that half alone.
        let support = try SpaceTimeSupport(of: selection, cellSize: .metres(500), studyArea: area)
        let alone = try ForecastEvaluation(
            methods: [ForecastMap(method: .longRun, bandwidth: .metres(500))], period: .months(3), periods: 2,
            areaShares: [0.1]
        ).run(on: support).table
        let row = try #require(alone.rows.lastIndex { $0.values[1] == .bool(true) })
        #expect(number(alone, "pai", row) == number(table, "pai_second_half", 0))
        job.periods = 1
        #expect(throws: JobError.self) { try job.run(on: points, studyArea: area) }
        job.map.method = .lastPeriod
        #expect(throws: JobError.self) { try job.run(on: points, studyArea: area) }
    }

    @Test func `A Poisson scan expects incidents by people, and tells of those where nobody lives`() throws {
        let demo = try DemoStore()
        _ = try demo.demo.importPopulation(into: demo.store)
        let support = try support(demo)
        let spread = try #require(PopulationSpread(words: "colonia:residents"))
        let found = try ScanSearch(period: .months(6), permutations: 19).run(
            on: support, people: { try spread.pattern(in: demo.store, over: $0) })
        #expect(found.table.members.first?.value == .text("Poisson scan"))
        #expect(!found.table.rows.isEmpty)
        let nowhere = try integer(found.table, "incidents_where_nobody_lives")
        #expect(nowhere == 0 || found.warnings.count == 1)
    }

    @Test func `Hours of uncertain times are summed by hour of the week, faults told`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "a.csv",
            """
            desde,hasta
            2024-03-04 22:30,2024-03-05T01:00:00
            2024-03-04 10:15,
            ,2024-03-10 23:59
            2024-03-06 08:00,2024-03-06 07:00
            nunca,2024-02-30 07:00

            """)
        let found = try AoristicTable(path: path, startColumn: "DESDE", endColumn: "hasta").run()
        // A Monday: 0.2 of it in hour 22, 0.4 in 23 and in hour 0 of Tuesday.
        #expect(found.profile.weight(day: 0, hour: 22) == 0.2 && found.profile.weight(day: 0, hour: 23) == 0.4)
        #expect(found.profile.weight(day: 1, hour: 0) == 0.4 && found.profile.weight(day: 0, hour: 10) == 1)
        #expect(found.profile.weight(day: 6, hour: 23) == 1 && found.profile.weight(day: 2, hour: 8) == 1)
        #expect(found.rows == 5 && found.profile.weights.reduce(0, +) == 4)
        let lines = String(decoding: found.csv, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 169 && lines[0] == "day,hour,weight" && lines[23] == "1,22,0.2")
        #expect(
            found.unreadable == [
                .init(column: "desde", count: 1, firstRow: 5, firstText: "nunca"),
                .init(column: "hasta", count: 1, firstRow: 5, firstText: "2024-02-30 07:00"),
            ])
        #expect(found.account.count == 8)
        #expect(throws: JobError.self) { try AoristicTable(path: path, startColumn: "x", endColumn: "hasta").run() }
    }

    @Test func `The share of an incident that lies in some hours is a column that every map takes as weights`() throws {
        let folder = try TemporaryFolder()
        // Mondays: two and a half hours from 22:30 on, an hour in the morning, and one without a time.
        let path = try folder.write(
            "a.csv",
            """
            x,y,desde,hasta,nota
            500000,2150000,2024-03-04 22:30,2024-03-05T01:00:00,"uno, dos"
            500400,2150300,2024-03-04 10:00,2024-03-04 11:00,
            500800,2150000,,,

            """)
        let job = AoristicTable(path: path, startColumn: "desde", endColumn: "hasta")
        func weighed(_ hours: String?, _ days: String?, _ name: String) throws -> (lines: [String], sum: Double) {
            let output = try AtomicFile(path: folder.file(name), overwrite: false)
            let found = try job.weigh(
                hours: hours.map { try HourRange($0) }, days: days.map { try WeekdaySet($0) }, to: output)
            try output.commit()
            #expect(found.0.rows == 3)
            return ((folder.content(name) ?? "").split(separator: "\n").map(String.init), found.sum)
        }
        let night = try weighed("22-5", nil, "night.csv")
        #expect(
            night.lines == [
                "x,y,desde,hasta,nota,aoristic_weight",
                "500000,2150000,2024-03-04 22:30,2024-03-05T01:00:00,\"uno, dos\",1",
                "500400,2150300,2024-03-04 10:00,2024-03-04 11:00,,0", "500800,2150000,,,,0",
            ])
        #expect(night.sum == 1)
        let monday = try weighed("22-5", "mon", "monday.csv")
        #expect(abs(monday.sum - 0.6) < 1e-12 && monday.lines[1].hasSuffix(",0.6"))
        let morning = try weighed("10", nil, "morning.csv")
        #expect(morning.sum == 1 && morning.lines[2].hasSuffix(",1"))
        let again = AoristicTable(path: folder.file("night.csv"), startColumn: "desde", endColumn: "hasta")
        #expect(throws: JobError.self) {
            try again.weigh(hours: nil, days: nil, to: AtomicFile(path: folder.file("again.csv"), overwrite: false))
        }
        // On the map the incident of the night weighs 0.6 on Monday: the surface integrates to it.
        let points = try PointFile(
            path: folder.file("monday.csv"), crs: CRS("EPSG:32614"), weights: AoristicTable.weightColumn
        ).points()
        #expect(abs(points.pattern.weight.reduce(0, +) - 0.6) < 1e-12)
    }

    @Test func `Corridors keep the attributes of their lines, and are areas that a store takes`() throws {
        let demo = try DemoStore()
        let table = try CorridorFile(path: demo.folder.path + "/rio.geojson", reach: .metres(100)).run()
        #expect(table.crs.name == "EPSG:32613" && table.columns == ["corridor", "km2", "nombre", "fictional"])
        #expect(table.rows.count == 1 && table.text("nombre", row: 0) == "Río Almenar")
        let path = demo.folder.file("corridor.geojson")
        try table.write(to: FeatureTextFile(.collection, path: path, overwrite: false))
        var job = BoundaryImport(path: path, level: try #require(Level("corridor")))
        job.idField = "corridor"
        #expect(try job.run(into: demo.store).version.areaCount == 1)
        for reach in [0, -1, .nan, 1e9] {
            #expect(throws: JobError.self) {
                try CorridorFile(path: demo.folder.path + "/rio.geojson", reach: .metres(reach)).run()
            }
        }
    }

    private func integer(_ table: FeatureTable, _ name: String) throws -> Int {
        guard case .integer(let value)? = table.members.first(where: { $0.name == name })?.value else {
            throw JobError.badData("no member \(name)")
        }
        return Int(value)
    }
}
