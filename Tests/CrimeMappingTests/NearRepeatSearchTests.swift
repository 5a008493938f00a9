import CivilTime
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@testable import CrimeMapping

@Suite struct NearRepeatSearchTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Pairs a few days apart at scattered places over a year; the last one happens on 31 December.
    private func support(_ count: Int = 80) throws -> SpaceTimeSupport {
        var text = "x,y,fecha\n"
        let first = try #require(CalendarDate("2023-01-01"))
        for index in 0..<count {
            let (x, y) = (500_000 + index * 7919 % 6000, 2_150_000 + index * 104_729 % 5981)
            let day = index == count - 1 ? 361 : index * index * 31 % 360
            for later in [0, 3] { text += "\(x),\(y),\(first.adding(days: day + later)?.description ?? "")\n" }
        }
        var file = PointFile(path: try folder.write("p.csv", text), crs: CRS("EPSG:32614"))
        file.times = .day(nil)
        return try SpaceTimeSupport(of: #require(try file.points().dated), cellSize: .metres(200))
    }

    private func column(_ name: String, _ result: SpaceTimeTable) throws -> [Double] {
        let place = try #require(result.table.columns.firstIndex(of: name))
        return result.table.rows.map { row in
            if case .number(let value) = row.values[place] { return value }
            return .nan
        }
    }

    private let test = NearRepeat(distances: [.metres(300)], days: [5, 10], permutations: 99)

    @Test func `Risk is told for each day ahead, and goes out as the last incidents grow old`() throws {
        let support = try support()
        var job = NearRepeatSearch(test: test, rows: .risk)
        let next = try job.run(on: support)
        #expect(next.table.columns.suffix(1) == ["risk"] && next.table.panels == nil)
        job.ahead = 12
        let found = try job.run(on: support)
        #expect(found.table.columns.suffix(12) == ["risk"] + (2...12).map { "risk_day_\($0)" })
        #expect(try column("risk", found) == column("risk", next))
        let days = try (1...12).map { try column($0 == 1 ? "risk" : "risk_day_\($0)", found) }
        let raised = days.map { day in day.count { $0 > 1 } }
        // The last incident, four days of which are left in the band of five, raises its own cell; nobody else is so recent.
        #expect(raised.first.map { $0 >= 1 } == true && raised.last == 0)
        #expect(zip(raised, raised.dropFirst()).allSatisfy { $0 >= $1 })
        let panels = try #require(found.table.panels)
        #expect(panels.frames.map(\.label).first == "2024-01-01" && panels.frames.count == 12)
        #expect(
            zip(panels.frames, days).allSatisfy { frame, day in frame.kinds.map { $0 != nil } == day.map { $0 > 1 } })
        #expect(found.account.count == next.account.count + 11)
        #expect(found.account.last?.hasPrefix("  2024-01-12   0 cells above the usual risk") == true)
    }

    @Test func `Days ahead that are none or too many are refused`() throws {
        var job = NearRepeatSearch(test: test, rows: .risk)
        for ahead in [0, -1, NearRepeatSearch.greatestDaysAhead + 1, .max] {
            job.ahead = ahead
            #expect(throws: JobError.self) { try job.run(on: support(5)) }
        }
    }

    @Test func `Where Mantel's test cannot be made the table of Knox still is, with the reason`() throws {
        // Two incidents are enough for pairs, and too few for a correlation.
        let support = try support(1)
        var job = NearRepeatSearch(test: test)
        let knox = try job.run(on: support)
        job.mantel = Mantel(form: .plain, permutations: 9)
        let found = try job.run(on: support)
        #expect(found.table.rows.map(\.values) == knox.table.rows.map(\.values) && !found.table.rows.isEmpty)
        let missing = found.table.members.first { $0.name == "mantel_missing" }?.value
        #expect(missing == .text("Mantel's test needs at least 3 incidents in the study area, but there are 2"))
        #expect(found.warnings.count == 1 && found.warnings[0].hasPrefix("Mantel's test is missing: "))
        #expect(found.table.members.first { $0.name == "mantel_r" }?.value == .null)
    }

    @Test func `Where it can be made it is told, and nothing is missing`() throws {
        var job = NearRepeatSearch(test: test)
        job.mantel = Mantel(form: .reciprocal(metres: 50, days: 1), permutations: 9)
        let found = try job.run(on: support())
        #expect(found.warnings.isEmpty && !found.table.members.contains { $0.name == "mantel_missing" })
        #expect(found.account.contains { $0.hasPrefix("  Mantel (") })
    }
}
