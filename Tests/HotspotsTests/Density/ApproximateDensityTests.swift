import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct ApproximateDensityTests {
    private typealias Fixture = DensityFixture

    /// Uniform, two crowds, one place, almost one place, on cells' borders, a few lonely ones, a line, and at a corner.
    private func patterns(_ grid: Grid, _ generator: inout SeededGenerator) throws -> [PointPattern] {
        let (window, middle) = (grid.envelope, grid.centre(column: grid.columns / 2, row: grid.rows / 2))
        func random(_ count: Int, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> [PlanarPoint] {
            (0..<count).map { _ in
                PlanarPoint(x: Double.random(in: x, using: &generator), y: Double.random(in: y, using: &generator))
            }
        }
        let (width, height) = (window.minX...window.maxX, window.minY...window.maxY)
        let crowd = random(250, middle.x - 40...middle.x + 40, middle.y - 300...middle.y + 10)
        let all: [[PlanarPoint]] = [
            random(500, width, height), crowd + random(100, width, height),
            Array(repeating: PlanarPoint(x: middle.x + 3.3, y: middle.y - 7.7), count: 50),
            random(300, middle.x + 3...middle.x + 3.5, middle.y - 8...middle.y - 7.5),
            random(500, width, height).map {
                PlanarPoint(x: ($0.x / 10).rounded() * 10, y: ($0.y / 10).rounded() * 10)
            },
            random(3, width, height),
            random(200, width, middle.y...middle.y),
            random(90, window.minX...window.minX + 30, window.maxY...window.maxY + 90),
        ]
        return try all.map { try PointPattern($0, crs: grid.crs) }
    }

    @Test(arguments: [130.0, 300, 500], [1, 2])
    func `The error stays below the stated bound`(bandwidth: Double, seed: UInt64) throws {
        let grid = try Fixture.grid(90, 97, cell: 10)
        var generator = SeededGenerator(seed: seed)
        for pattern in try patterns(grid, &generator) {
            let exact = KernelDensity(bandwidth: .metres(bandwidth))
            let expected = try exact.surface(of: pattern, over: grid).surface.values
            for tolerance in [1, 0.005] {
                let density = try ApproximateDensity(exact, tolerance: tolerance).surface(of: pattern, over: grid)
                let error = Fixture.error(of: density.density.surface.values, against: expected)
                #expect(error <= density.errorBound + 1e-9)
                #expect(density.errorBound <= tolerance)
                #expect((density.rowPitch == 1) == (density.errorBound == 0))
                #expect(abs(density.density.mass.onGrid / max(1e-9, expected.reduce(0, +) * 1e-4) - 1) < 1e-2)
            }
        }
    }

    @Test func `The example of ApproximateDensity runs, and leaves cells between nodes out`() throws {
        let grid = try Fixture.grid(100, 130, cell: 20)
        var generator = SeededGenerator(seed: 81)
        let thefts = try Fixture.pattern(Fixture.scatter(1000, over: grid, margin: 600, using: &generator))

        let density = try ApproximateDensity(KernelDensity(bandwidth: .metres(500))).surface(of: thefts, over: grid)

        #expect(density.errorBound <= 0.001)
        // So few incidents leave each rim to be seen: a looser tolerance lets rows be left out.
        let loose = try ApproximateDensity(KernelDensity(bandwidth: .metres(500)), tolerance: 0.01)
            .surface(of: thefts, over: grid)
        #expect(loose.rowPitch > 1 && loose.errorBound > 0.001)
    }

    @Test(arguments: Kernel.allCases)
    func `Where rows cannot be left out the surface is exact`(kernel: Kernel) throws {
        let grid = try Fixture.grid(40, 40, cell: 50)
        var generator = SeededGenerator(seed: 82)
        let pattern = try Fixture.pattern(Fixture.scatter(60, over: grid, margin: 60, using: &generator))
        let exact = KernelDensity(bandwidth: .metres(500), kernel: kernel)
        let density = try ApproximateDensity(exact).surface(of: pattern, over: grid)
        #expect((density.rowPitch, density.errorBound) == (1, 0))
        let expected = try exact.surface(of: pattern, over: grid).surface.values
        #expect(density.density.surface.values == expected)
    }

    @Test func `Scale, mask and edge correction are those of the method`() throws {
        let grid = try Fixture.grid(60, 90, cell: 10)
        var generator = SeededGenerator(seed: 83)
        let pattern = try Fixture.pattern(Fixture.scatter(500, over: grid, margin: 60, using: &generator))
        let mask = Mask(grid: grid, isInside: (0..<grid.cellCount).map { $0 % 60 > 20 })
        for edge in EdgeCorrection.allCases {
            let exact = KernelDensity(bandwidth: .metres(250), scale: .probability, edgeCorrection: edge)
            let density = try ApproximateDensity(exact, tolerance: 0.02).surface(of: pattern, over: grid, mask: mask)
            let expected = try exact.surface(of: pattern, over: grid, mask: mask)
            let greatest = try #require(expected.surface.range).upperBound
            for (a, b) in zip(density.density.surface.values, expected.surface.values) {
                #expect(a.isNaN == b.isNaN && (a.isNaN || abs(a - b) <= 0.02 * greatest))
            }
            #expect(density.rowPitch > 1)
            #expect(abs(density.density.mass.inArea / expected.mass.inArea - 1) < 1e-3)
        }
    }

    @Test func `The surface accounts for the whole weight, even of incidents at one place`() throws {
        let grid = try Fixture.grid(120, 130, cell: 10)
        let centre = grid.centre(column: 50, row: 71)
        // 400 places within a hand's breadth, each of its own weight.
        let incidents = (0..<400).map { index -> Fixture.Incident in
            let (east, south) = (Double(index) / 4000, Double(index % 7) / 70)
            return Fixture.Incident(x: centre.x + east, y: centre.y - south, weight: Double(1 + index % 3))
        }
        let density = try ApproximateDensity(KernelDensity(bandwidth: .metres(260)), tolerance: 1)
            .surface(of: Fixture.pattern(incidents), over: grid)
        #expect(density.rowPitch == 4)
        let weight = incidents.reduce(0) { $0 + $1.weight }
        // Negative values are taken for 0.
        #expect(abs(density.density.mass.onGrid / weight - 1) < 0.01)
    }

    @Test func `Weights of any size come through`() throws {
        let grid = try Fixture.grid(90, 90, cell: 10)
        var generator = SeededGenerator(seed: 85)
        let incidents = Fixture.scatter(800, over: grid, margin: 50, using: &generator)
        for factor in [0, Double.leastNonzeroMagnitude, 1e-300, 1e300] {
            let weighted = incidents.map { Fixture.Incident(x: $0.x, y: $0.y, weight: $0.weight * factor) }
            let density = try ApproximateDensity(KernelDensity(bandwidth: .metres(250)), tolerance: 0.05)
                .surface(of: Fixture.pattern(weighted), over: grid)
            #expect(density.density.surface.values.allSatisfy { $0.isFinite && $0 >= 0 })
            #expect((density.rowPitch > 1) == (factor > 1e-301))
        }
    }

    @Test func `Rows in any order and any number of threads give the same bits`() throws {
        let grid = try Fixture.grid(110, 170, cell: 20)
        var generator = SeededGenerator(seed: 84)
        let incidents = Fixture.scatter(900, over: grid, margin: 150, using: &generator)
        let method = ApproximateDensity(KernelDensity(bandwidth: .metres(500)), tolerance: 0.02)
        let alone = try method.surface(of: Fixture.pattern(incidents), over: grid, threads: 1)
        let together = try method.surface(
            of: Fixture.pattern(incidents.shuffled(using: &generator)), over: grid, threads: 2)
        #expect(alone.density.surface.values.map(\.bitPattern) == together.density.surface.values.map(\.bitPattern))
        #expect((alone.errorBound, alone.rowPitch) == (together.errorBound, together.rowPitch))
        #expect(alone.rowPitch > 1)
    }

    @Test func `Degenerate patterns come through, and useless parameters do not`() throws {
        let grid = try Fixture.grid(70, 1, cell: 10)
        let heap = try PointPattern(Array(repeating: grid.centre(column: 0, row: 0), count: 4), crs: grid.crs)
        for pattern in [try PointPattern([], crs: grid.crs), heap] {
            for metres in [1e-6, 200, 1e7] {
                let density = try ApproximateDensity(KernelDensity(bandwidth: .metres(metres)))
                    .surface(of: pattern, over: grid)
                #expect(density.density.surface.values.allSatisfy { $0.isFinite && $0 >= 0 })
                #expect(density.errorBound <= 0.001)
            }
        }
        #expect(throws: HotspotError.self) {
            try ApproximateDensity(KernelDensity(bandwidth: .metres(5)), tolerance: .nan).surface(of: heap, over: grid)
        }
        #expect(throws: HotspotError.cancelled) {
            try ApproximateDensity(KernelDensity(bandwidth: .metres(200))).surface(of: heap, over: grid) { _ in false }
        }
    }
}
