import Boundaries
import CrimeMapping
import Grids
import Hotspots
import Incidents
import SimpleFeatures
import TestSupport
import Testing

@Suite struct AssociationMapTests {
    /// Counts on an L of 75 cells of 100 m.
    private static func counts(_ type: CountMap.GridType = .rect) throws -> SupportCounts {
        var generator = SeededGenerator(seed: 4)
        let places = (0..<300).map { _ in
            (
                1000 * pow2(Double.random(in: 0..<1, using: &generator)),
                1000 * pow2(Double.random(in: 0..<1, using: &generator))
            )
        }
        let ell = PlaneFixture.area([(0, 0), (1000, 0), (1000, 500), (500, 500), (500, 1000), (0, 1000)])
        return try CountMap(gridType: type, cellSize: .metres(100)).run(
            on: PlaneFixture.pattern(places), studyArea: PlaneFixture.studyArea(ell))
    }

    private static func pow2(_ value: Double) -> Double { value * value }

    private func numbers(_ table: AssociationTable, _ column: String) throws -> [Double?] {
        let place = try #require(table.columns.firstIndex(of: column))
        return table.rows.map { if case .number(let number) = $0[place] { number } else { nil } }
    }

    /// Equation 14 of Ord & Getis (1995), written out.
    private func giStar(_ values: [Double], _ weight: (Int, Int) -> Double) -> [Double] {
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        let spread = (values.reduce(0) { $0 + $1 * $1 } / n - mean * mean).squareRoot()
        return values.indices.map { i in
            let weights = values.indices.map { weight(i, $0) }
            let (sum, squares) = (weights.reduce(0, +), weights.reduce(0) { $0 + $1 * $1 })
            let lag = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
            return (lag - mean * sum) / (spread * ((n * squares - sum * sum) / (n - 1)).squareRoot())
        }
    }

    @Test func `Cells by distance need no list of neighbours, and come to what a list comes to`() throws {
        let counts = try Self.counts()
        #expect(counts.units.count == 75)
        let usual = AssociationMap.usualNeighbours(of: counts)
        #expect(usual == .distanceBand(.metres(150)))
        let quick = try AssociationMap(neighbours: usual).hotSpots(in: counts)
        // The eight cells around, as a rule of its own that goes by the list; and the formula as it stands.
        let listed = try AssociationMap(neighbours: .queen()).hotSpots(in: counts)
        let slow = giStar(counts.units.map(\.weight)) { i, j in
            let (a, b) = (counts.units[i].centre, counts.units[j].centre)
            return max(abs(a.x - b.x), abs(a.y - b.y)) < 101 ? 1 : 0
        }
        for column in ["z", "p", "q"] {
            for (a, b) in zip(try numbers(quick, column), try numbers(listed, column)) {
                #expect(abs((a ?? .nan) - (b ?? .nan)) < 1e-9)
            }
        }
        for (a, b) in zip(try numbers(quick, "z"), slow) { #expect(abs((a ?? .nan) - b) < 1e-9) }
        #expect(quick.tally.map(\.name) == listed.tally.map(\.name))
        #expect(quick.tally.map(\.count) == listed.tally.map(\.count))
        #expect(quick.tally.reduce(0) { $0 + $1.count } == 75)
        #expect(quick.tally.contains { $0.name == "hot 99 %" })
    }

    @Test func `Threads change nothing, with permutations too`() throws {
        let counts = try Self.counts()
        let drawn = Permutations(count: 99, seed: 3)
        for rule in [NeighbourRule.distanceBand(.metres(150)), .nearest(5)] {
            let tables = try [1, 2].map { threads in
                let map = AssociationMap(neighbours: rule, threads: threads)
                return (
                    try map.hotSpots(in: counts, by: GetisOrd(permutations: drawn)).rows,
                    try map.associations(in: counts, by: LocalMoran(inference: .permutation(drawn))).rows,
                    try map.globalTests(of: counts, permutations: drawn).map(\.test)
                )
            }
            #expect(tables[0].0 == tables[1].0 && tables[0].1 == tables[1].1)
            #expect(tables[0].2.map(\.statistic) == tables[1].2.map(\.statistic))
            #expect(tables[0].2.map(\.permuted?.p) == tables[1].2.map(\.permuted?.p))
        }
    }

    @Test func `Hexagons have the six around them as neighbours`() throws {
        let counts = try Self.counts(.hex)
        let values = counts.units.map(\.weight)
        let slow = giStar(values) { i, j in
            let (a, b) = (counts.units[i].centre, counts.units[j].centre)
            return Self.pow2(a.x - b.x) + Self.pow2(a.y - b.y) < 101 * 101 ? 1 : 0
        }
        let found = try AssociationMap(neighbours: AssociationMap.usualNeighbours(of: counts)).hotSpots(in: counts)
        for (a, b) in zip(try numbers(found, "z"), slow) { #expect(abs((a ?? .nan) - b) < 1e-9) }
    }

    /// Two columns of three colonias; each touches all of its own column and the next that are at most one row away.
    private func city() throws -> SupportCounts {
        let city = try SmallCity()
        var rows: [String] = []
        for (column, row, count) in [(0, 0, 5), (0, 1, 3), (0, 2, 1), (1, 0, 2), (1, 2, 1)] {
            let place = "\(-99.175 + 0.05 * Double(column)),\(19.325 + 0.05 * Double(row))"
            for day in 1...count { rows.append("2024-03-0\(day),ROBO,,,\(place)") }
        }
        try city.report(rows)
        return try IncidentSelection(from: city.store, filter: IncidentFilter()).counts(by: .colonia, in: city.store)
    }

    @Test func `Areas are neighbours by queen contiguity, and the statistics are those of the formulas`() throws {
        let counts = try city()
        let rows = ["A1": (0, 0), "A2": (0, 1), "A3": (0, 2), "B1": (1, 0), "B2": (1, 1), "=B3": (1, 2)]
        let places = try counts.units.map { try #require(rows[$0.id]) }
        let values = counts.units.map(\.weight)
        #expect(values.reduce(0, +) == 12)
        func isNear(_ i: Int, _ j: Int) -> Bool { abs(places[i].1 - places[j].1) <= 1 }
        let map = AssociationMap(neighbours: AssociationMap.usualNeighbours(of: counts))
        let hot = try map.hotSpots(in: counts)
        // The middle ones have everyone as a neighbour: 0/0, and nothing to tell.
        for (index, expected) in (giStar(values) { isNear($0, $1) ? 1 : 0 }).enumerated() {
            guard case .number(let z) = hot.table().rows[index].values[4] else {
                #expect(places[index].1 == 1 && expected.isNaN)
                continue
            }
            #expect(abs(z - expected) < 1e-8)
        }
        // Iᵢ = (zᵢ/m₂) Σ wᵢⱼzⱼ with rows standardised and m₂ of divisor n.
        let z = values.map { $0 - 2 }
        let m2 = z.reduce(0) { $0 + $1 * $1 } / 6
        let local = try map.associations(in: counts, by: LocalMoran(inference: .randomisation, divisor: .units))
        var sum = 0.0
        for (i, found) in try numbers(local, "i").enumerated() {
            let near = values.indices.filter { $0 != i && isNear(i, $0) }
            let expected = z[i] / m2 * near.reduce(0) { $0 + z[$1] } / Double(near.count)
            #expect(abs((found ?? .nan) - expected) < 1e-9)
            sum += expected
        }
        let tests = try map.globalTests(of: counts)
        #expect(tests.map(\.name) == ["Moran's I", "Geary's C", "general G"])
        #expect(abs(tests[0].test.statistic - sum / 6) < 1e-9)
        let table = hot.table([Property("source", .text("s.gpkg"))])
        #expect(table.columns == ["level", "area_id", "area_name", "count", "z", "p", "q", "class"])
        #expect(table.members["method"] == .text("Getis-Ord Gi*") && table.members["source"] == .text("s.gpkg"))
        #expect(table.members["islands"] == .integer(0) && table.members["weights"] != nil)
    }

    @Test func `An island is counted, told, and has no value rather than a number that is none`() throws {
        var counts = try city()
        var island = counts.units[0]
        (island.id, island.outline) = ("Z", PlaneFixture.square(100, x: 500_000))
        counts.units.append(island)
        let map = AssociationMap(neighbours: .queen())
        let local = try map.associations(
            in: counts, by: LocalMoran(inference: .permutation(Permutations(count: 19, seed: 1))))
        let table = local.table()
        #expect(table.members["islands"] == .integer(1))
        #expect(Array(table.rows[6].values.suffix(5)) == [.null, .null, .null, .null, .text("no neighbours")])
        #expect(table.rows[0].values.suffix(5).allSatisfy { $0 != .null })
        #expect(try map.hotSpots(in: counts, by: GetisOrd(form: .gi)).table().rows[6].values[4] == .null)
    }

    @Test func `Counts that are all alike, and too few units, are refused`() throws {
        let map = AssociationMap(neighbours: .distanceBand(.metres(150)))
        let none = try PlaneFixture.pattern([(5000, 5000)])
        let flat = try CountMap(cellSize: .metres(100)).run(
            on: none, studyArea: PlaneFixture.studyArea(PlaneFixture.square(300)))
        let single = try CountMap(cellSize: .metres(100)).run(on: none)
        for counts in [flat, single] {
            #expect(throws: HotspotError.self) { try map.hotSpots(in: counts) }
            #expect(throws: HotspotError.self) { try map.associations(in: counts) }
            #expect(throws: HotspotError.self) { try map.globalTests(of: counts) }
        }
    }

    @Test func `Work that is cancelled is interrupted, and says so`() throws {
        let counts = try Self.counts()
        let map = AssociationMap(neighbours: .queen())
        #expect(throws: JobError.self) {
            try map.associations(in: counts, control: JobControl(isCancelled: { true }))
        }
    }
}
