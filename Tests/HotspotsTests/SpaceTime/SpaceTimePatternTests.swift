import Grids
import Hotspots
import SimpleFeatures
import Testing

/// Incidents of which only a span of time is known.
struct SpaceTimePatternTests {
    private let method = AoristicWeights()

    private var spans: [AoristicWeights.Span] {
        [
            method.span(start: 1, end: 5), method.span(start: 2.5, end: 2.5), method.span(start: .nan, end: .nan),
            method.span(start: 9, end: 10),
        ]
    }

    @Test func `A span becomes a part for each period it touches, at its beginning and with its share`() throws {
        let pattern = try SpaceTimePattern(
            x: [1, 2, 3, 4], y: [1, 1, 1, 1], spans: spans, limits: [0, 2, 4, 6], weights: [2, 1, 1, 1],
            crs: SpaceTimeFixture.crs)
        #expect((0..<4).map { pattern.day(of: $0) } == [0, 2, 2, 4])
        #expect(pattern.weight == [0.5, 1, 1, 0.5] && pattern.x == [1, 1, 2, 1] && pattern.row == [0, 0, 1, 0])
        // The third has no time; the fourth lies outside all periods, which is no fault of its own.
        #expect(pattern.dropped == 1)
    }

    @Test func `An incident spread over days weighs as much as it did, whatever its span`() throws {
        let many = (0..<50).map {
            method.span(start: Double($0) * 0.37, end: Double($0) * 0.37 + Double($0 % 7) * 0.61)
        }
        let days = (0...40).map(Double.init)
        let pattern = try SpaceTimePattern(
            x: many.map { _ in 1 }, y: many.map { _ in 1 }, spans: many, limits: days, crs: SpaceTimeFixture.crs)
        var weights = [Double](repeating: 0, count: 50)
        for part in 0..<pattern.count { weights[pattern.row[part]] += pattern.weight[part] }
        #expect(weights.allSatisfy { abs($0 - 1) < 1e-12 })
    }

    @Test func `A cube counts an incident once, however many parts it has`() throws {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(10), columns: 1, rows: 1)
        let pattern = try SpaceTimePattern(
            x: [1, 2, 3, 99], y: [1, 1, 1, 1],
            spans: [spans[0], spans[1], method.span(start: 0.5, end: 1), spans[0]], limits: [0, 1, 2, 3, 4, 5],
            crs: SpaceTimeFixture.crs)
        let cube = try SpaceTimeCube(
            of: pattern, over: Mask(grid: grid, isInside: [true]), limits: [2, 4])
        #expect(cube.values == [1.5])
        #expect((cube.counted, cube.outsideArea, cube.outsidePeriods) == (2, 1, 1))
    }

    @Test func `Columns of unequal length and too many parts are refused`() {
        #expect(throws: HotspotError.timesDiffer(incidents: 1, times: 4)) {
            try SpaceTimePattern(x: [1], y: [1], spans: spans, limits: [0, 1], crs: SpaceTimeFixture.crs)
        }
        #expect(throws: HotspotError.columnsDiffer(x: 4, y: 4, weights: 1)) {
            try SpaceTimePattern(
                x: [1, 1, 1, 1], y: [1, 1, 1, 1], spans: spans, limits: [0, 1], weights: [1], crs: SpaceTimeFixture.crs)
        }
        let long = Array(repeating: method.span(start: 0, end: 24_000), count: 700)
        #expect(throws: HotspotError.tooManyParts(limit: SpaceTimePattern.greatestPartCount)) {
            try SpaceTimePattern(
                x: long.map { _ in 1 }, y: long.map { _ in 1 }, spans: long, limits: (0...24_000).map(Double.init),
                crs: SpaceTimeFixture.crs)
        }
    }
}
