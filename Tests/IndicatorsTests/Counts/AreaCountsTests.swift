import Boundaries
import CivilTime
import Foundation
import Incidents
import Indicators
import TestSupport
import Testing

struct AreaCountsTests {
    /// Five incidents: January twice and March in "a", February in no area, March in "b" without a category.
    private func table() -> IncidentTable {
        var table = IncidentTable()
        table.id = [1, 2, 3, 4, 5]
        table.localDay = [19_723, 19_753, 19_783, 19_754, 19_813]  // 2024-01-01, 01-31, 03-01, 02-01, 03-31
        table.category = [0, 1, 0, 0, -1]
        table.categories = ["EXTORSION", "ROBO", "UNUSED"]
        table.areas = [AreaColumn(level: "colonia", keys: ["a", "b"], index: [0, 0, 0, -1, 1])]
        return table
    }

    private let areas = [
        CountedArea(key: "c", name: "Centro"), CountedArea(key: "a", name: "Alameda"),
        CountedArea(key: "b", name: "Balbuena"),
    ]

    private func text(_ counts: [AreaCount]) -> [String] {
        counts.map { row in
            [row.level, row.areaID, row.areaName, row.period, row.category].map { $0 ?? "–" }.joined(separator: " ")
                + " \(row.count)"
        }
    }

    @Test func `Without an axis there is one row with the total`() throws {
        let rows = try AreaCounts().rows(of: table(), rows: [0, 1, 2, 3, 4])
        #expect(text(rows) == ["– – – – – 5"])
        #expect(text(try AreaCounts().rows(of: table(), rows: [4])) == ["– – – – – 1"])
    }

    @Test func `Rows are sorted by area and period, and those in no area come last`() throws {
        let rows = try AreaCounts(level: "colonia", period: .month).rows(
            of: table(), rows: [4, 3, 2, 1, 0], areas: areas)
        #expect(
            text(rows) == [
                "colonia a Alameda 2024-01 – 2", "colonia a Alameda 2024-03 – 1", "colonia b Balbuena 2024-03 – 1",
                "colonia – – 2024-02 – 1",
            ])
    }

    @Test func `Categories are told apart, and none is a row of its own`() throws {
        let rows = try AreaCounts(period: .year, byCategory: true).rows(of: table(), rows: [0, 1, 2, 3, 4])
        #expect(text(rows) == ["– – – 2024 EXTORSION 3", "– – – 2024 ROBO 1", "– – – 2024 – 1"])
    }

    @Test func `Filled with zeros every known area has every period, and none has no row of zeros`() throws {
        let counts = AreaCounts(level: "colonia", period: .month, fillsZeros: true)
        let rows = try counts.rows(of: table(), rows: [0, 1, 2, 4], areas: areas)
        #expect(
            text(rows) == [
                "colonia a Alameda 2024-01 – 2", "colonia a Alameda 2024-02 – 0", "colonia a Alameda 2024-03 – 1",
                "colonia b Balbuena 2024-01 – 0", "colonia b Balbuena 2024-02 – 0", "colonia b Balbuena 2024-03 – 1",
                "colonia c Centro 2024-01 – 0", "colonia c Centro 2024-02 – 0", "colonia c Centro 2024-03 – 0",
            ])
    }

    @Test func `A span says which periods zeros fill, and drops no incident outside it`() throws {
        let span = try #require(Period("2023-12"))...(try #require(Period("2024-02")))
        let rows = try AreaCounts(period: .month, fillsZeros: true).rows(of: table(), rows: [0, 4], span: span)
        #expect(text(rows) == ["– – – 2023-12 – 0", "– – – 2024-01 – 1", "– – – 2024-02 – 0", "– – – 2024-03 – 1"])
        let none = try AreaCounts(period: .month, fillsZeros: true).rows(of: table(), rows: [], span: span)
        #expect(none.map(\.count) == [0, 0, 0])
    }

    @Test func `Without incidents there are no rows, but for zeros`() throws {
        #expect(try AreaCounts(level: "colonia", period: .day, byCategory: true).rows(of: table(), rows: []).isEmpty)
        #expect(try AreaCounts(period: .week, fillsZeros: true).rows(of: table(), rows: []).isEmpty)
        #expect(try AreaCounts(level: "colonia", fillsZeros: true).rows(of: table(), rows: []).map(\.count) == [0, 0])
        #expect(try AreaCounts(fillsZeros: true).rows(of: table(), rows: []).map(\.count) == [0])
    }

    /// "a" of version 1 until February 2024, "a" and "b" of version 2 from then on; the key "a" means another area in each.
    private func versionedTable() -> IncidentTable {
        var table = table()
        table.areas = [
            AreaColumn(level: "colonia", keys: ["a", "a", "b"], versions: [1, 2, 2], index: [0, 0, 1, 1, 2])
        ]
        return table
    }

    private func versioned(_ counts: [AreaCount]) -> [String] {
        counts.map {
            "\($0.areaID ?? "–")@\($0.boundaryVersion ?? 0) \($0.areaName ?? "–") \($0.period ?? "–") \($0.count)"
        }
    }

    @Test func `A key counts apart in each version, under the name that it has there`() throws {
        let february = CalendarDate("2024-02-01")
        let areas = [
            CountedArea(key: "a", version: 2, name: "New", validity: Validity(from: february)),
            CountedArea(key: "a", version: 1, name: "Old", validity: Validity(to: february)),
        ]
        let rows = try AreaCounts(level: "colonia", period: .month).rows(
            of: versionedTable(), rows: [0, 1, 2, 3, 4], areas: areas)
        #expect(
            versioned(rows) == [
                "a@1 Old 2024-01 2", "a@2 New 2024-02 1", "a@2 New 2024-03 1", "b@2 – 2024-03 1",
            ])
        let whole = try AreaCounts(level: "colonia").rows(of: versionedTable(), rows: [0, 1, 2, 3, 4], areas: areas)
        #expect(versioned(whole) == ["a@1 Old – 2", "a@2 New – 2", "b@2 – – 1"])
    }

    @Test func `Zeros stand only in periods in which the version holds, on whichever of their days`() throws {
        let change = CalendarDate("2024-02-15")
        let areas = [
            CountedArea(key: "a", version: 1, name: "Old", validity: Validity(to: change)),
            CountedArea(key: "a", version: 2, name: "New", validity: Validity(from: change)),
            CountedArea(key: "z", version: 3, name: "Later", validity: Validity(from: CalendarDate("2030-01-01"))),
        ]
        let counts = AreaCounts(level: "colonia", period: .month, fillsZeros: true)
        let rows = try counts.rows(of: versionedTable(), rows: [0, 4], areas: areas)
        #expect(
            versioned(rows) == [
                "a@1 Old 2024-01 1", "a@1 Old 2024-02 0", "a@2 New 2024-02 0", "a@2 New 2024-03 0", "b@2 – 2024-03 1",
            ])
        // A version that ends on the first day of a month does not hold in it.
        let ends = [CountedArea(key: "a", version: 1, name: "Old", validity: Validity(to: CalendarDate("2024-03-01")))]
        #expect(versioned(try counts.rows(of: versionedTable(), rows: [0, 4], areas: ends)).dropLast().count == 2)
        // An incident that was placed in a version on a day on which that no longer holds is counted all the same.
        let stale = try counts.rows(of: versionedTable(), rows: [2], areas: areas)
        #expect(stale.reduce(0) { $0 + $1.count } == 1)
    }

    @Test func `What cannot be counted is said`() throws {
        #expect(throws: IndicatorError.unknownLevel("district", known: ["colonia"])) {
            try AreaCounts(level: "district").rows(of: table(), rows: [])
        }
        #expect(throws: IndicatorError.rowBeyondTable(5, count: 5)) {
            try AreaCounts().rows(of: table(), rows: [0, 5])
        }
        #expect(throws: IndicatorError.rowBeyondTable(-1, count: 5)) { try AreaCounts().rows(of: table(), rows: [-1]) }
        let year = try #require(Period("2024"))
        #expect(throws: IndicatorError.spanOfOtherLength(span: "2024", period: "month")) {
            try AreaCounts(period: .month).rows(of: table(), rows: [], span: year...year)
        }
        var wide = table()
        wide.localDay[0] = .min
        wide.localDay[1] = .max
        #expect(throws: IndicatorError.self) {
            try AreaCounts(level: "colonia", period: .day, fillsZeros: true).rows(of: wide, rows: [0, 1])
        }
        #expect(try AreaCounts(level: "colonia", period: .day).rows(of: wide, rows: [0, 1]).map(\.count) == [1, 1])
    }

    @Test func `Parameters and rows are written under the names of the contract`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let row = AreaCount(level: "colonia", areaID: "a", areaName: "A", period: "2024", category: nil, count: 3)
        #expect(
            String(decoding: try encoder.encode(row), as: UTF8.self)
                == #"{"area_id":"a","area_name":"A","boundary_version":null,"category":null,"count":3,"level":"colonia","period":"2024"}"#
        )
        #expect(try JSONDecoder().decode(AreaCount.self, from: encoder.encode(row)) == row)
        let counts = AreaCounts(level: "colonia", period: .week, byCategory: true)
        #expect(try JSONDecoder().decode(AreaCounts.self, from: encoder.encode(counts)) == counts)
    }

    @Test(arguments: [nil] + PeriodLength.allCases.map(Optional.some), [false, true])
    func `The counts are those of a plain dictionary and sum to the incidents given`(
        period: PeriodLength?, fillsZeros: Bool
    ) throws {
        var generator = SeededGenerator(seed: 71)
        var table = IncidentTable()
        let count = 3000
        table.id = (0..<count).map { Int64($0) }
        table.localDay = (0..<count).map { _ in Int32.random(in: 19_000...19_400, using: &generator) }
        table.category = (0..<count).map { _ in Int32.random(in: -1...4, using: &generator) }
        table.categories = ["A", "B", "C", "D", "E"]
        // Fifteen keys, each in two versions.
        let keys = (0..<30).map { "k\($0 / 2 + 10)" }
        let versions = (0..<30).map { $0 % 2 + 1 }
        table.areas = [
            AreaColumn(
                level: "colonia", keys: keys, versions: versions,
                index: (0..<count).map { _ in Int32.random(in: -1..<30, using: &generator) })
        ]
        let rows = (0..<count).filter { _ in Int.random(in: 0...2, using: &generator) > 0 }
        let made = try AreaCounts(level: "colonia", period: period, byCategory: true, fillsZeros: fillsZeros)
            .rows(of: table, rows: rows)
        var expected: [[String?]: Int] = [:]
        for row in rows {
            let area = table.areas[0].index[row]
            let label = period.map {
                Period($0, containing: CalendarDate(daysSince1970: table.localDay[row])).description
            }
            let category = table.category[row]
            expected[
                [
                    area < 0 ? nil : keys[Int(area)], area < 0 ? nil : "\(versions[Int(area)])", label,
                    category < 0 ? nil : table.categories[Int(category)],
                ], default: 0] += 1
        }
        #expect(made.reduce(0) { $0 + $1.count } == rows.count)
        let occurring = made.filter { $0.count > 0 }
        #expect(occurring.count == expected.count)
        for row in occurring { #expect(expected[Self.key(row)] == row.count) }
        let sorted = made.sorted { a, b in
            let last = "\u{FFFF}"
            return (a.areaID ?? last, a.boundaryVersion ?? 0, a.period ?? last, a.category ?? last) < (
                b.areaID ?? last, b.boundaryVersion ?? 0, b.period ?? last, b.category ?? last
            )
        }
        #expect(made == sorted)
        #expect(Set(made.map(Self.key)).count == made.count)
        #expect(made.contains { $0.count == 0 } == (fillsZeros && made.count > expected.count))
    }

    private static func key(_ row: AreaCount) -> [String?] {
        [row.areaID, row.boundaryVersion.map(String.init), row.period, row.category]
    }
}
