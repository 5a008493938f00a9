import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct PointPatternTests {
    private let crs = CRS("EPSG:32614")

    @Test func `Places stand by y, then x, and incidents at one place are merged`() throws {
        let pattern = try PointPattern(x: [5, 2, 5, 9, 5], y: [7, 7, 7, 1, 7], weights: [1, 2, 0.5, 4, 3], crs: crs)
        #expect(pattern.x == [9, 2, 5])
        #expect(pattern.y == [1, 7, 7])
        #expect(pattern.weight == [4, 2, 4.5])
        #expect(pattern.multiplicity == [1, 1, 3])
        #expect((pattern.count, pattern.dropped) == (5, 0))
        #expect(pattern.envelope == Envelope(minX: 2, minY: 1, maxX: 9, maxY: 7))
    }

    @Test func `Incidents without a usable place or weight are dropped and counted`() throws {
        let pattern = try PointPattern(
            x: [1, .nan, 3, 4, 5, 6, 7], y: [1, 2, .infinity, 4, 5, 6, 7], weights: [1, 1, 1, .nan, -1, .infinity, 0],
            crs: crs)
        #expect(pattern.x == [1, 7])
        #expect((pattern.count, pattern.dropped) == (2, 5))
    }

    @Test func `Minus zero is zero`() throws {
        let pattern = try PointPattern(x: [0, -0.0], y: [-0.0, 0], crs: crs)
        #expect(pattern.multiplicity == [2])
        #expect((pattern.x[0].sign, pattern.y[0].sign) == (.plus, .plus))
    }

    @Test(arguments: [1, 2, 30, 5000])
    func `Rows in any order make the same pattern`(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        // Whole numbers repeat; a few far away crowd the others into one bucket of the sort.
        var rows = (0..<count).map { _ in
            (
                Double(Int.random(in: 0...40, using: &generator)), Double(Int.random(in: 0...40, using: &generator)),
                Double.random(in: 0...3, using: &generator)
            )
        }
        rows[0].1 = -1e12
        let pattern = try pattern(of: rows)
        // The slow way: sort the rows, and begin a new place wherever one differs from the row before.
        var (places, weights): ([PlanarPoint], [Double]) = ([], [])
        for row in rows.sorted(by: { ($0.1, $0.0, $0.2) < ($1.1, $1.0, $1.2) }) {
            if places.last == PlanarPoint(x: row.0, y: row.1) {
                weights[weights.count - 1] += row.2
            } else {
                places.append(PlanarPoint(x: row.0, y: row.1))
                weights.append(row.2)
            }
        }
        #expect(pattern.x == places.map(\.x))
        #expect(pattern.y == places.map(\.y))
        #expect(pattern.weight == weights)
        #expect(pattern.multiplicity.reduce(0) { $0 + Int($1) } == count)
        for _ in 0..<5 {
            rows.shuffle(using: &generator)
            #expect(try self.pattern(of: rows) == pattern)
        }
    }

    private func pattern(of rows: [(Double, Double, Double)]) throws -> PointPattern {
        try PointPattern(x: rows.map(\.0), y: rows.map(\.1), weights: rows.map(\.2), crs: crs)
    }

    @Test func `Coordinates near the ends of what a number can hold do no harm`() throws {
        let huge = Double.greatestFiniteMagnitude
        let pattern = try PointPattern(x: [0, huge, -huge], y: [huge, -huge, 1], crs: crs)
        #expect(pattern.y == [-huge, 1, huge])
        let tiny = try PointPattern(x: [0, 0], y: [0, .leastNonzeroMagnitude], crs: crs)
        #expect(tiny.y == [0, .leastNonzeroMagnitude])
    }

    @Test func `Columns of different length and degrees are refused`() {
        #expect(throws: HotspotError.columnsDiffer(x: 2, y: 1, weights: nil)) {
            try PointPattern(x: [1, 2], y: [1], crs: crs)
        }
        #expect(throws: HotspotError.columnsDiffer(x: 1, y: 1, weights: 0)) {
            try PointPattern(x: [1], y: [1], weights: [], crs: crs)
        }
        #expect(throws: HotspotError.notProjected(.wgs84)) { try PointPattern(x: [-100], y: [25], crs: .wgs84) }
        #expect(
            HotspotError.notProjected(.wgs84).description
                == "a point pattern must be in a projected reference system in metres, but is in EPSG:4326; transform it first"
        )
    }

    @Test func `No incidents are a pattern too`() throws {
        let pattern = try PointPattern([], crs: crs)
        #expect(pattern.count == 0)
        #expect(pattern.envelope.isEmpty)
    }
}
