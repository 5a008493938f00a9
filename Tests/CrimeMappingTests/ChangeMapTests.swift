import CivilTime
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@testable import CrimeMapping

@Suite struct ChangeMapTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    private func days(_ first: String, _ last: String) throws -> ClosedRange<CalendarDate> {
        try date(first)...date(last)
    }

    /// 20 in March 2023 and 5 in March 2024 in the first cell, 3 and 3 in the second, 40 in between.
    private func support(weights: String? = nil) throws -> SpaceTimeSupport {
        func rows(_ count: Int, _ x: Int, _ month: String) -> String {
            (0..<count).map { "\(x),2150050,\(month)-\(10 + $0 % 20),0.5\n" }.joined()
        }
        let text =
            "x,y,fecha,w\n" + rows(20, 500_050, "2023-03") + rows(5, 500_050, "2024-03") + rows(3, 500_150, "2023-03")
            + rows(3, 500_150, "2024-03") + rows(40, 500_150, "2023-09")
        var file = PointFile(path: try folder.write("p.csv", text), crs: CRS("EPSG:32614"), weights: weights)
        file.times = .day(nil)
        return try SpaceTimeSupport(of: #require(try file.points().dated), cellSize: .metres(100))
    }

    private func values(_ result: SpaceTimeTable, _ columns: String...) -> [[PropertyValue]] {
        let places = columns.map { result.table.columns.firstIndex(of: $0) ?? 0 }
        return result.table.rows.map { row in places.map { row.values[$0] } }
    }

    @Test func `The same month of two years is compared, and what lies between is told and not counted`() throws {
        let job = ChangeMap(
            .between(try days("2024-03-01", "2024-03-31"), against: try days("2023-03-01", "2023-03-31")))
        let result = try job.run(on: support())
        #expect(values(result, "before", "after") == [[.integer(20), .integer(5)], [.integer(3), .integer(3)]])
        #expect(values(result, "class") == [[.text("fewer")], [.text("not significant")]])
        let members = Dictionary(result.table.members.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(members["before"] == .text("2023-03-01 to 2023-03-31") && members["days_after"] == .number(31))
        #expect(members["incidents_counted"] == .integer(31) && members["incidents_outside_periods"] == .integer(40))
        #expect(
            result.account.first?.hasPrefix("change 2023-03 → 2024-03: 23 in 31 days before, 8 in 31 after") == true)
    }

    @Test func `Periods are named as shortly as they can be`() throws {
        let march = try days("2023-03-01", "2023-03-31")
        for (first, last, words) in [
            ("2024-01-01", "2024-12-31", "2024"), ("2024-02-01", "2024-02-29", "2024-02"),
            ("2024-02-01", "2024-02-28", "2024-02-01 – 2024-02-28"), ("2024-01-01", "2024-03-31", "2024-01 – 2024-03"),
            ("2024-03-08", "2024-03-08", "2024-03-08"),
        ] {
            let result = try ChangeMap(.between(try days(first, last), against: march)).run(on: support())
            #expect(result.account[0].hasPrefix("change 2023-03 → \(words): "), "\(result.account[0])")
        }
    }

    @Test func `Turned round, what was more is fewer; days that are shared are refused`() throws {
        let (march, later) = (try days("2023-03-01", "2023-03-31"), try days("2024-03-01", "2024-03-31"))
        let result = try ChangeMap(.between(march, against: later)).run(on: support())
        #expect(values(result, "before", "after", "class")[0] == [.integer(5), .integer(20), .text("more")])
        let year = try days("2023-01-01", "2023-12-31")
        #expect(throws: JobError.self) { try ChangeMap(.between(march, against: year)).run(on: support()) }
    }

    @Test func `Since a day is the same as the days from it on against all before`() throws {
        let since = try ChangeMap(.since(date("2024-01-01"))).run(on: support())
        let pair = try ChangeMap(
            .between(try days("2024-01-01", "2024-03-14"), against: try days("2023-03-10", "2023-12-31"))
        ).run(on: support())
        #expect(since.table.rows.map(\.values) == pair.table.rows.map(\.values))
        #expect(since.account.first?.hasPrefix("change since 2024-01-01: 63 in ") == true)
    }

    @Test func `Weights that are no whole counts are refused`() throws {
        #expect(throws: JobError.self) { try ChangeMap(.since(date("2024-01-01"))).run(on: support(weights: "w")) }
    }
}
