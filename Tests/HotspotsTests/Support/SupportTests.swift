import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct GridCountsTests {
    private let crs = ClusterFixture.crs

    @Test func `Cells of the study area count true zeros, and what is outside is told`() throws {
        let grid = try Grid(
            crs: crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(10), columns: 3, rows: 2)
        // The western two columns.
        let mask = Mask(grid: grid, area: ClusterFixture.square(20))
        let pattern = try PointPattern(
            x: [5, 5, 10, 25, -4, .nan], y: [5, 5, 0, 5, 5, 1], weights: [1, 2, 0.5, 8, 16, 1], crs: crs)
        let counts = try GridCounts().counts(of: pattern, over: mask)
        #expect(counts.incidents == [2, 1, 0, 0, 0, 0])
        #expect(counts.weight == [3, 0.5, 0, 0, 0, 0])
        #expect(counts.incidentsInside == [2, 1, 0, 0])
        #expect(counts.weightInside == [3, 0.5, 0, 0])
        #expect((counts.counted, counts.outside, counts.weightOutside, counts.dropped) == (3, 2, 24, 1))
    }

    @Test(arguments: HexGrid.Orientation.allCases)
    func `Hexagons count what testing each cell counts`(orientation: HexGrid.Orientation) throws {
        let points = ClusterFixture.lattice(seed: 4, count: 400, size: 100)
        let pattern = try PointPattern(points, crs: crs)
        let grid = try HexGrid(
            covering: pattern.envelope, cellSize: .metres(13), crs: crs, orientation: orientation)
        let all = HexMask(grid: grid, isInside: Array(repeating: true, count: grid.cellCount))
        let counts = try GridCounts().counts(of: pattern, over: all)
        #expect((counts.counted, counts.outside) == (400, 0))
        for cell in 0..<grid.cellCount { #expect(counts.incidents[cell] == points.count { grid.cell(at: $0) == cell }) }
        let other = try PointPattern(points, crs: CRS("EPSG:32613"))
        #expect(throws: HotspotError.crsMismatch(pattern: CRS("EPSG:32613"), grid: crs)) {
            try GridCounts().counts(of: other, over: all)
        }
    }
}

@Suite struct CornerPlacesTests {
    @Test func `Incidents are counted by exact place, known corners with zeros`() throws {
        let pattern = try ClusterFixture.pattern([(1, 1), (2, 1), (1, 1), (0, 5), (0, 5), (9, 9)])
        let plain = try CornerPlaces().counts(of: pattern)
        #expect(plain.incidents == [2, 2, 1, 1])
        #expect(plain.places[0].point == PlanarPoint(x: 1, y: 1))
        #expect((plain.counted, plain.placesNotKnown) == (6, nil))
        let known = [(1, 1), (7, 7), (7, 7), (0, 5), (.nan, 1)].map { PlanarPoint(x: $0.0, y: $0.1) }
        let corners = try CornerPlaces().counts(of: pattern, known: known)
        #expect(corners.incidents == [2, 2, 1, 1, 0])
        #expect((corners.known, corners.placesNotKnown) == (3, 2))
        #expect(try CornerPlaces().counts(of: PointPattern([], crs: ClusterFixture.crs)).places.isEmpty)
    }
}

@Suite struct ConcentrationTests {
    /// Ten places with 3, 1 and 1 crimes, the example of the R package lorenzgini 0.1.2 (Steenbeek & Bernasco), G =
    /// 0.78; G′ by hand from the figure: an even spread fills half the places, the area below it is 0.25 and below the
    /// curve 0.11, so (0.25 − 0.11)/0.25 = 0.56. crimeineq's BernSteen: max(n/c, 1)·(G − 1) + 1 = 2·(−0.22) + 1 = 0.56.
    @Test func `Fewer crimes than places are allowed for`() throws {
        let result = try Concentration().concentration(of: [0, 3, 0, 0, 1, 0, 0, 1, 0, 0])
        #expect(abs(try #require(result.gini) - 0.78) < 1e-12)
        #expect(abs(try #require(result.generalisedGini) - 0.56) < 1e-12)
        #expect((result.places, result.placesWithCrime, result.incidents) == (10, 3, 5))
        #expect(result.mostEvenLorenz.map(\.places) == [0, 0.5, 1])
        #expect(abs(try #require(result.crimeShare(ofTopPlaces: 0.2)) - 0.8) < 1e-12)
        #expect(abs(try #require(result.crimeShare(ofTopPlaces: 0.05)) - 0.3) < 1e-12)
        #expect(abs(try #require(result.placesShare(holdingCrime: 0.8)) - 0.2) < 1e-12)
        #expect(result.lorenz.first.map { [$0.places, $0.crime] } == [0, 0])
        #expect(result.lorenz.last.map { [$0.places, $0.crime] } == [1, 1])
    }

    /// The other example of lorenzgini: 100 crimes at 10 places; G by hand: Σi·yᵢ = 7.46, (14.92 − 11)/10 = 0.392.
    @Test func `With more crimes than places both coefficients are one`() throws {
        let result = try Concentration().concentration(of: [22, 18, 17, 12, 11, 8, 6, 3, 2, 1])
        let gini = try #require(result.gini)
        #expect(abs(gini - 0.392) < 1e-12)
        #expect(abs(try #require(result.generalisedGini) - gini) < 1e-12)
    }

    @Test func `Random counts give half the mean difference over the mean`() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20 {
            let counts = (0..<40).map { _ in Int.random(in: 0...9, using: &generator) }
            let sum = counts.reduce(0, +)
            let differences = counts.reduce(0) { total, a in total + counts.reduce(0) { $0 + abs(a - $1) } }
            let gini = Double(differences) / (2 * 40 * Double(sum))
            let result = try Concentration().concentration(of: counts)
            #expect(abs(try #require(result.gini) - gini) < 1e-12)
            #expect(result == (try Concentration().concentration(of: counts.shuffled(using: &generator))))
        }
    }

    @Test func `Degenerate counts have an answer`() throws {
        for counts in [[], [0, 0, 0]] {
            let none = try Concentration().concentration(of: counts)
            #expect(none.gini == nil && none.generalisedGini == nil && none.curve.isEmpty)
            #expect(none.crimeShare(ofTopPlaces: 0.2) == nil)
        }
        let one = try Concentration().concentration(of: [4])
        #expect((one.gini, one.generalisedGini, one.crimeShare(ofTopPlaces: 0.5)) == (0, 0, 0.5))
        let apart = try Concentration().concentration(of: [1, 0, 0, 1])
        #expect(apart.generalisedGini == 0)
        let huge = try Concentration().concentration(of: [.max, .max, 0])
        #expect(try #require(huge.gini).isFinite)
        #expect(throws: HotspotError.countTooSmall(name: "count of incidents at a place", least: 0, found: -1)) {
            try Concentration().concentration(of: [3, -1])
        }
        #expect(one.crimeShare(ofTopPlaces: .nan) == nil)
    }
}
