import CivilTime
import Privacy
import Testing

@Suite struct PublicReleaseTests {
    private let gate = Gate()

    private func month(_ number: Int) -> Int32 { TestTerritory.firstMonth + Int32(number - 1) }

    private func empty() -> TestTerritory {
        var territory = TestTerritory(seed: 1, municipalities: 1, areas: 2, mean: 0)
        (territory.columns, territory.cells) = (LatticeColumns(), [])
        return territory
    }

    @Test func `A table small enough to check by hand`() throws {
        var territory = empty()
        // January: 20 robberies, 3 frauds. February: 5 robberies. All in area 0.
        for _ in 0..<20 { territory.add(municipality: 0, area: 0, month: month(1), category: 0) }
        for _ in 0..<3 { territory.add(municipality: 0, area: 0, month: month(1), category: 1) }
        for _ in 0..<5 { territory.add(municipality: 0, area: 0, month: month(2), category: 0) }
        // March, elsewhere: months without a report anywhere after the last one are not known to be empty.
        for _ in 0..<9 { territory.add(municipality: -1, area: -1, month: month(3), category: 0) }
        for _ in 0..<9 { territory.add(municipality: -1, area: -1, month: month(12), category: 0) }
        let release = try territory.release()
        let range = try #require(Period("2023-01"))...#require(Period("2023-03"))
        let totals = try gate.counts(PublicQuery(months: range, municipalities: [0]), of: release)
        #expect(totals.value.map(\.count.spanish) == ["23", "suprimido", "0"])
        #expect(totals.account.suppressed == 1)
        #expect(totals.account.spanish.first?.hasPrefix("suprimido: menos de 8") == true)
        let parts = try gate.counts(
            PublicQuery(byCategory: true, months: range, municipalities: [0]), of: release)
        // The frauds are few, so the robberies hide them, with the rest (no category); sensitive ones are a release apart.
        #expect(parts.value.prefix(5).map(\.count.spanish) == ["suprimido", "suprimido", "0", "0", "suprimido"])
        #expect(parts.value[0].category == "ROBO")
        let areas = try gate.counts(TestTerritory.areas, of: release)
        // February's total is suppressed, so the year's areas are: their sum would tell it.
        #expect(areas.value.count >= 2 && areas.value.allSatisfy { $0.count.spanish == "suprimido" })
    }

    @Test(arguments: [(1, 11), (2, 12), (1, 12)])
    func `A year within which the incidents begin or end has no areas`(first: Int, last: Int) throws {
        var territory = empty()
        for number in first...last {
            for _ in 0..<20 { territory.add(municipality: 0, area: 0, month: month(number), category: 0) }
        }
        let release = try territory.release()
        let areas = try gate.counts(TestTerritory.areas, of: release)
        #expect(areas.value.isEmpty == (last - first < 11))
        #expect(release.wholeYears.map(\.description) == (last - first < 11 ? [] : ["2023"]))
    }

    @Test func `Sums say how much of them is hidden`() throws {
        var territory = empty()
        for _ in 0..<20 { territory.add(municipality: 0, area: 0, month: month(1), category: 0) }
        for _ in 0..<5 { territory.add(municipality: 0, area: 0, month: month(2), category: 0) }
        let whole = try gate.counts(PublicQuery(ground: .territory, period: nil), of: try territory.release())
        #expect(whole.value.map(\.count) == [PublicCount(shown: 20, suppressed: 1)])
        #expect(whole.value[0].count.exact == nil)
        #expect(whole.value[0].count.spanish == "al menos 20")
        #expect(whole.value[0].count.english == "at least 20")
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `No output holds a count of 1 to 7, and what is whole is right`(
        seed: UInt64
    ) throws {
        let territory = TestTerritory(seed: seed, mean: 1 + Int(seed))
        let release = try territory.release()
        for byCategory in [false, true] {
            for period in [PeriodLength.month, .quarter, .year, nil] {
                for ground in [PublicQuery.Ground.territory, .municipalities] {
                    let query = PublicQuery(ground: ground, period: period, byCategory: byCategory)
                    for row in try gate.counts(query, of: release).value { expectHonest(row, territory, byCategory) }
                }
            }
        }
        for row in try gate.counts(TestTerritory.areas, of: release).value {
            #expect(!gate.smallCounts.isSmall(row.count.shown))
            guard let exact = row.count.exact else { continue }
            let m = try #require(territory.axes.municipalities.firstIndex { $0.areas.contains { $0 == row.area } })
            let a = try #require(territory.axes.municipalities[m].areas.firstIndex { $0 == row.area })
            #expect(exact == territory.count { $0 == Int32(m) && $1 == Int32(a) && $3 < 2 && $2 >= 0 })
        }
    }

    private func expectHonest(_ row: PublicRow, _ territory: TestTerritory, _ byCategory: Bool) {
        #expect(!gate.smallCounts.isSmall(row.count.shown), "\(row)")
        let m = row.area.map { key in territory.axes.municipalities.firstIndex { $0.key == key }.map { Int32($0) } ?? -1
        }
        let c = territory.axes.categories.firstIndex { $0.label == row.category }.map { Int32($0) } ?? -1
        let truth = territory.count { municipality, _, month, category in
            (m == nil || municipality == m) && (!byCategory || category == c)
                && (row.period.map { $0.contains(Period(.month, index: month).first) } ?? true)
        }
        // The row of incidents in no municipality has no key, as the whole territory has.
        guard row.area != nil || row.count.shown > 0 else { return }
        if let exact = row.count.exact {
            #expect(exact == truth, "\(row)")
        } else {
            #expect(row.count.shown <= truth, "\(row)")
        }
    }

    @Test func `Sensitive offences have no part in what is published of areas and cells`() throws {
        var territory = TestTerritory(seed: 5, mean: 30)
        let before = try gate.counts(TestTerritory.areas, of: try territory.release()).value
        for _ in 0..<100 { territory.add(municipality: 1, area: 1, month: month(4), category: 3) }
        let after = try gate.counts(TestTerritory.areas, of: try territory.release()).value
        #expect(before == after)
    }

    @Test func `A category with sensitive words is sensitive though the caller says it is ordinary`() throws {
        var territory = empty()
        territory.axes.categories = [.init("ABUSO SEXUAL")]
        for m in 1...12 { for _ in 0..<20 { territory.add(municipality: 0, area: 0, month: month(m), category: 0) } }
        let areas = try gate.counts(TestTerritory.areas, of: try territory.release())
        #expect(areas.value.allSatisfy { $0.count.shown == 0 })
    }

    @Test func `A withheld report leaves no trace`() throws {
        var territory = TestTerritory(
            seed: 7, categories: TestTerritory.categories + [.init("REPORTE DE INFORMANTE", .withheld)], mean: 0)
        let columns = LatticeColumns()
        territory.columns = columns
        for m in 1...12 { for _ in 0..<9 { territory.add(municipality: 0, area: 0, month: month(m), category: 0) } }
        func answers(_ territory: TestTerritory) throws -> [[PublicRow]] {
            let release = try territory.release()
            return try [
                PublicQuery(), PublicQuery(byCategory: true), TestTerritory.areas,
                PublicQuery(ground: .territory, period: nil),
            ].map { try gate.counts($0, of: release).value }
        }
        var with = territory
        for m in [1, 30] { with.add(municipality: 0, area: 0, month: month(m), category: 4) }
        with.add(municipality: 0, area: 0, month: month(-50), category: 4)
        #expect(try answers(territory) == answers(with))
        #expect(try answers(with).joined().allSatisfy { $0.category != "REPORTE DE INFORMANTE" })
    }

    @Test func `The order of rows changes nothing, nor does asking again`() throws {
        let territory = TestTerritory(seed: 11)
        var turned = territory
        turned.columns = LatticeColumns(
            municipality: territory.columns.municipality.reversed(), area: territory.columns.area.reversed(),
            category: territory.columns.category.reversed(), month: territory.columns.month.reversed())
        let (a, b) = (try territory.release(), try turned.release())
        for query in [PublicQuery(byCategory: true), TestTerritory.areas] {
            #expect(try gate.counts(query, of: a) == gate.counts(query, of: b))
            #expect(try gate.counts(query, of: a) == gate.counts(query, of: a))
        }
    }

    @Test func `A month is published when it has been over for thirty days, and is not decided again later`() throws {
        let territory = TestTerritory(seed: 3, mean: 6)
        let early = try territory.release(today: "2023-07-30")
        #expect(early.months?.upperBound.description == "2023-05")
        #expect(try territory.release(today: "2023-07-31").months?.upperBound.description == "2023-06")
        let query = PublicQuery(byCategory: true, months: try #require(Period("2023-01"))...#require(Period("2023-05")))
        #expect(try gate.counts(query, of: early).value == gate.counts(query, of: try territory.release()).value)
        // Areas wait for the whole year: two releases of a year to date would tell the month between them.
        #expect(try gate.counts(TestTerritory.areas, of: early).value.isEmpty)
        #expect(
            try gate.counts(TestTerritory.areas, of: try territory.release(today: "2024-01-30"))
                .value.isEmpty)
        #expect(
            try !gate.counts(TestTerritory.areas, of: try territory.release(today: "2024-01-31"))
                .value.isEmpty)
    }

    @Test func `Indexes beyond the axes are counted as none, and columns of other lengths refused`() throws {
        var territory = empty()
        for _ in 0..<9 {
            territory.add(municipality: .max >> 33, area: .max >> 33, month: month(1), category: .max >> 33)
        }
        territory.add(municipality: -5, area: -7, month: .max, category: -9)
        territory.add(municipality: -5, area: -7, month: .min, category: -9)
        let rows = try gate.counts(PublicQuery(), of: try territory.release()).value
        #expect(rows.last { $0.period?.description == "2023-01" }?.count == PublicCount(shown: 9))
        territory.columns.area.removeLast()
        #expect(throws: PrivacyError.columnsDiffer("area", 10, expected: 11)) { try territory.release() }
    }

    @Test func `An empty store answers with nothing`() throws {
        let release = try empty().release()
        #expect(release.months == nil)
        #expect(try gate.counts(PublicQuery(), of: release).value.isEmpty)
        #expect(try gate.counts(TestTerritory.areas, of: release).value.isEmpty)
    }

    @Test func `An answer of too many rows is refused before it is made`() throws {
        var territory = TestTerritory(seed: 2, municipalities: 1, mean: 3)
        territory.axes.municipalities += (0..<30_000).map { .init(AreaKey("X\($0)")) }
        let release = try territory.release()
        #expect(throws: PrivacyError.self) { try gate.counts(PublicQuery(byCategory: true), of: release) }
        #expect(throws: Never.self) { try gate.counts(PublicQuery(ground: .territory, byCategory: true), of: release) }
    }
}
