import CivilTime
import CrimeMapping
import Hotspots
import Incidents
import SimpleFeatures
import Testing

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
        let change = try ChangeMap(split: split).run(on: support)
        #expect(change.table.rows.count == cells)
        let forecast = try ForecastMap(method: .recent, days: 30).run(on: support)
        let expected = (0..<cells).reduce(0.0) { $0 + (number(forecast.table, "expected", $1) ?? 0) }
        // About 600 a year in the small city.
        #expect(expected > 20 && expected < 80)
        #expect(throws: JobError.self) { try ChangeMap(split: support.days.lowerBound).run(on: support) }
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

    private func integer(_ table: FeatureTable, _ name: String) throws -> Int {
        guard case .integer(let value)? = table.members.first(where: { $0.name == name })?.value else {
            throw JobError.badData("no member \(name)")
        }
        return Int(value)
    }
}
