import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct AdaptiveKernelDensityTests {
    private typealias Fixture = DensityFixture

    @Test func `The example of AdaptiveKernelDensity runs`() throws {
        let grid = try Fixture.grid(20, 20, cell: 100)
        let burglaries = try PointPattern([grid.centre(column: 10, row: 10)], crs: grid.crs)

        let density = try AdaptiveKernelDensity(.abramson(global: .metres(400))).surface(of: burglaries, over: grid)

        // Alone, a place is as dense as the geometric mean, and has the global bandwidth: 3 / (π · 0.16 km²).
        #expect(abs(density.surface.values[10 * 20 + 10] - 5.968310365946075) < 1e-9)
        #expect(density.bandwidths?.pilot == .metres(400))
    }

    /// Three incidents on a line at 0, 300 and 1000 m: the nearest is 300, 300 and 700 m away.
    @Test func `Neighbour bandwidths can be worked by hand`() throws {
        let grid = try Fixture.grid(30, 11, cell: 100)
        let places = [5, 8, 15].map { grid.centre(column: $0, row: 5) }
        let pattern = try PointPattern(places, crs: grid.crs)
        let density = try AdaptiveKernelDensity(.nearest(1)).surface(of: pattern, over: grid)
        let found = try #require(density.bandwidths)
        #expect([found.least, found.median, found.greatest] == [.metres(300), .metres(300), .metres(700)])
        #expect((found.limited, found.floor) == (0, .metres(100)))
        // 200 m east of the first and 100 m west of the second; 800 m away from the third.
        let expected = 3 / (Double.pi * 0.09) * (25.0 / 81 + 64.0 / 81)
        #expect(abs(density.surface.values[5 * 30 + 7] - expected) < 1e-9)
        // Companions at a place are neighbours at 0 m, so the floor holds.
        let pairs = try PointPattern(places + places, crs: grid.crs)
        let floored = try AdaptiveKernelDensity(.nearest(1, floor: .metres(250))).surface(of: pairs, over: grid)
        #expect(floored.bandwidths?.greatest == .metres(250))
        #expect(floored.bandwidths?.limited == 3)
    }

    /// numpy 2.4 by the formulas of `bw.abram` in spatstat, and k-nearest: tools/reference/density.py.
    @Test(arguments: [
        (Kernel.quartic, [2.0925378894742592, 1.4081905745469943, 0.1503487676456985]),
        (.gaussian, [0.8506056015392958, 0.7933127906324479, 0.18124052727817339]),
        (.triangular, [2.0534117651678296, 1.4006516470992703, 0.13552451147014374]),
        (.epanechnikov, [1.98205907941398, 1.5462054749994893, 0.11970050098707279]),
        (.uniform, [2.0239061631345154, 1.422204330851281, 0.05470016657120314]),
    ])
    func `Abramson's surfaces agree with an independent computation`(kernel: Kernel, expected: [Double]) throws {
        let rule = AdaptiveKernelDensity.Bandwidths.abramson(global: .metres(1200), pilot: .metres(2000))
        try expect(AdaptiveKernelDensity(rule, kernel: kernel), expected, within: kernel == .gaussian ? 5e-8 : 1e-9)
    }

    @Test func `Neighbours' surfaces agree with an independent computation`() throws {
        try expect(
            AdaptiveKernelDensity(.nearest(3)), [2.3119534236991997, 1.2413840309335429, 0.08719156088852976],
            within: 1e-9)
    }

    private func expect(_ method: AdaptiveKernelDensity, _ expected: [Double], within tolerance: Double) throws {
        let pattern = try PointPattern(x: BandwidthRuleTests.x, y: BandwidthRuleTests.y, crs: Fixture.crs)
        // Cells of 100 m are swept over where the kernel allows, of 500 m are not.
        for cell in [100.0, 500] {
            let origin = PlanarPoint(x: 365_000 - cell / 2, y: 2_839_000 - cell / 2)
            let grid = try Fixture.grid(40, 40, cell: cell, origin: origin)
            let density = try method.surface(of: pattern, over: grid)
            let cells = [(366_500.0, 2_840_500.0), (367_000, 2_841_000), (365_000, 2_839_000)]
            for (place, value) in zip(cells, expected) {
                let index = try #require(grid.cell(at: PlanarPoint(x: place.0, y: place.1)))
                #expect(abs(density.surface.values[index] - value) < tolerance)
            }
        }
    }

    /// γ and the bandwidths by tools/reference/density.py.
    @Test func `Wide bandwidths are trimmed, and what was chosen is told`() throws {
        let pattern = try PointPattern(x: BandwidthRuleTests.x, y: BandwidthRuleTests.y, crs: Fixture.crs)
        let grid = try Fixture.grid(4, 4, cell: 500)
        let rule = AdaptiveKernelDensity.Bandwidths.abramson(global: .metres(1200), pilot: .metres(2000), trim: 1.1)
        let found = try #require(try AdaptiveKernelDensity(rule).surface(of: pattern, over: grid).bandwidths)
        #expect(abs(try #require(found.geometricMean) / 4647.058942348165 - 1) < 1e-12)
        #expect(abs(found.least.metres / 855.8190103835402 - 1) < 1e-12)
        #expect(abs(found.greatest.metres - 1320) < 1e-9)
        #expect(found.limited > 0)
    }

    @Test(arguments: Kernel.allCases)
    func `Surfaces are those of the definition`(kernel: Kernel) throws {
        let grid = try Fixture.grid(61, 43, cell: 20)
        var generator = SeededGenerator(seed: 51)
        let pattern = try Fixture.pattern(Fixture.scatter(120, over: grid, margin: 200, using: &generator))
        let density = try AdaptiveKernelDensity(.nearest(6, floor: .metres(30)), kernel: kernel)
            .surface(of: pattern, over: grid)
        let bandwidths = pattern.x.indices.map { i in
            var distances: [Double] = []
            for j in pattern.x.indices {
                let (dx, dy) = (pattern.x[i] - pattern.x[j], pattern.y[i] - pattern.y[j])
                let count = Int(pattern.multiplicity[j]) - (i == j ? 1 : 0)
                distances += Array(repeating: (dx * dx + dy * dy).squareRoot(), count: count)
            }
            return max(30, distances.sorted()[5])
        }
        var expected = [Double](repeating: 0, count: grid.cellCount)
        for i in pattern.x.indices {
            let alone = try PointPattern(
                x: [pattern.x[i]], y: [pattern.y[i]], weights: [pattern.weight[i]], crs: grid.crs)
            let method = KernelDensity(bandwidth: .metres(bandwidths[i]), kernel: kernel)
            for (cell, value) in Fixture.bruteForce(method, alone, grid).enumerated() { expected[cell] += value }
        }
        #expect(Fixture.error(of: density.surface.values, against: expected) < 1e-10)
    }

    @Test(arguments: Kernel.allCases)
    func `Rows in any order and any number of threads give the same bits`(kernel: Kernel) throws {
        let grid = try Fixture.grid(90, 150, cell: 20)
        var generator = SeededGenerator(seed: 52)
        let incidents = Fixture.scatter(300, over: grid, margin: 100, using: &generator)
        let mask = Mask(grid: grid, isInside: (0..<grid.cellCount).map { $0 % 7 != 0 })
        let rules: [AdaptiveKernelDensity.Bandwidths] = [.nearest(9), .abramson(global: .metres(130))]
        for rule in rules {
            let method = AdaptiveKernelDensity(rule, kernel: kernel)
            let alone = try method.surface(of: Fixture.pattern(incidents), over: grid, mask: mask, threads: 1)
            let shuffled = try Fixture.pattern(incidents.shuffled(using: &generator))
            let together = try method.surface(of: shuffled, over: grid, mask: mask, threads: 2)
            #expect(alone.surface.values.map(\.bitPattern) == together.surface.values.map(\.bitPattern))
            #expect((alone.mass, alone.bandwidths) == (together.mass, together.bandwidths))
        }
    }

    @Test func `Degenerate patterns give zeros or a bandwidth that is allowed`() throws {
        let grid = try Fixture.grid(9, 9, cell: 100)
        let none = try PointPattern([], crs: grid.crs)
        let heap = try PointPattern(Array(repeating: grid.centre(column: 4, row: 4), count: 5), crs: grid.crs)
        let weightless = try PointPattern(x: [0, 1], y: [0, 1], weights: [0, 0], crs: grid.crs)
        let far = try PointPattern(x: [-1e300, 1e300, 0], y: [0, 1e300, 0], crs: grid.crs)
        let rules: [AdaptiveKernelDensity.Bandwidths] = [.nearest(1), .abramson(global: .metres(150))]
        for rule in rules {
            for kernel in Kernel.allCases {
                for pattern in [none, heap, weightless, far] {
                    let density = try AdaptiveKernelDensity(rule, kernel: kernel).surface(of: pattern, over: grid)
                    #expect(density.surface.values.allSatisfy { $0.isFinite && $0 >= 0 })
                    #expect((density.bandwidths == nil) == (pattern.count == 0))
                }
            }
        }
    }

    @Test func `Parameters that cannot be used are refused`() throws {
        let grid = try Fixture.grid(9, 9, cell: 100)
        let pair = try PointPattern([PlanarPoint(x: 0, y: 0), PlanarPoint(x: 9, y: 9)], crs: grid.crs)
        func error(_ rule: AdaptiveKernelDensity.Bandwidths, _ edge: EdgeCorrection = .none) -> HotspotError? {
            do {
                _ = try AdaptiveKernelDensity(rule, edgeCorrection: edge).surface(of: pair, over: grid)
                return nil
            } catch { return error }
        }
        #expect(error(.nearest(2)) == .noSuchNeighbour(k: 2, incidents: 2))
        #expect(error(.nearest(0)) == .noSuchNeighbour(k: 0, incidents: 2))
        #expect(error(.nearest(1, floor: .metres(0))) == .bandwidthNotPositive(.metres(0)))
        #expect(error(.abramson(global: .metres(-5))) == .bandwidthNotPositive(.metres(-5)))
        #expect(
            error(.abramson(global: .metres(5), pilot: .kilometres(20_000))) == .bandwidthTooLarge(.kilometres(20_000)))
        #expect(error(.nearest(1), .uniform) == .edgeCorrectionUndefined)
        #expect(
            error(.abramson(global: .metres(5), trim: 0))?.description
                == "the trim must be above 0 and keep bandwidths within 10000000 m, but is 0.0")
        #expect(
            HotspotError.noSuchNeighbour(k: 2, incidents: 2).description
                == "the neighbour to measure to must be between 1 and one less than there are incidents, but is 2 of 2")
    }
}
