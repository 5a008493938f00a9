import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct EdgeCorrectionTests {
    private typealias Fixture = DensityFixture

    /// What a single incident weighs after the Jones–Diggle correction is 1 / e at its place; of the value at its cell the
    /// kernel's peak is known.
    private func share(kernel: Kernel, bandwidth: Double, of grid: Grid, at place: PlanarPoint) throws -> Double {
        let pattern = try PointPattern([place], crs: grid.crs)
        let plain = KernelDensity(bandwidth: .metres(bandwidth), kernel: kernel)
        var corrected = plain
        corrected.edgeCorrection = .diggle
        let cell = try #require(grid.cell(at: place))
        let before = try plain.surface(of: pattern, over: grid).surface.values[cell]
        return before / (try corrected.surface(of: pattern, over: grid).surface.values[cell])
    }

    /// The same at the centre of a cell, from the uniform correction.
    private func uniformShare(kernel: Kernel, bandwidth: Double, of grid: Grid, at place: PlanarPoint) throws -> Double
    {
        let pattern = try PointPattern([place], crs: grid.crs)
        let plain = KernelDensity(bandwidth: .metres(bandwidth), kernel: kernel)
        var corrected = plain
        corrected.edgeCorrection = .uniform
        let cell = try #require(grid.cell(at: place))
        let before = try plain.surface(of: pattern, over: grid).surface.values[cell]
        return before / (try corrected.surface(of: pattern, over: grid).surface.values[cell])
    }

    /// scipy 1.17: `stats.norm.cdf`, and `integrate.quad` of the quartic's marginal; tools/reference/density.py. Places at
    /// 0.25 and 0.5 radii, or 0.5 and 1 deviations, from a border of cells whose other sides are out of reach.
    @Test(arguments: [
        (Kernel.quartic, 0.25, 0.741755223849387), (.quartic, 0.5, 0.9147646696064731),
        (.gaussian, 0.5, 0.6914624612740131), (.gaussian, 1, 0.8413447460685429),
    ])
    func `Half planes have their exact shares`(kernel: Kernel, distance: Double, expected: Double) throws {
        // Twelve and a half cells to a radius, six and a quarter to a deviation: the promised 0.1 %; then four and two.
        for (cells, bound) in kernel == .gaussian ? [(6.25, 1e-3), (2, 1e-2)] : [(12.5, 1e-3), (40, 1e-3), (4, 1e-2)] {
            let reach = Int(cells * kernel.support) + 2
            let grid = try Fixture.grid(reach * 2, reach * 2 + 1, cell: 20)
            let place = PlanarPoint(
                x: grid.origin.x + distance * cells * 20, y: grid.centre(column: 0, row: reach).y)
            #expect(abs(try share(kernel: kernel, bandwidth: cells * 20, of: grid, at: place) / expected - 1) < bound)
        }
    }

    /// scipy 1.17's `dblquad` and `norm.cdf`: a rectangle of 1.2 by 0.8 bandwidths, the place 0.3 and 0.2 inside.
    @Test(arguments: [(Kernel.quartic, 0.5049703287285976), (.gaussian, 0.13232750534970272)])
    func `Rectangles have their exact shares`(kernel: Kernel, expected: Double) throws {
        for cells in [50.0, 25] {
            let grid = try Fixture.grid(Int(1.2 * cells), Int(0.8 * cells), cell: 10)
            // The centre of a cell, or half a cell off it, as it comes.
            let place = PlanarPoint(
                x: grid.origin.x + 0.3 * cells * 10, y: grid.origin.y + 0.2 * cells * 10)
            #expect(abs(try share(kernel: kernel, bandwidth: cells * 10, of: grid, at: place) / expected - 1) < 2e-3)
        }
        let grid = try Fixture.grid(54, 36, cell: 10)
        // With 45 cells to a bandwidth, 13.5 and 9 cells inside: the centre of cell (13, 9) is half a cell farther north.
        let centre = grid.centre(column: 13, row: 9)
        let uniform = try uniformShare(kernel: kernel, bandwidth: 450, of: grid, at: centre)
        let diggle = try share(kernel: kernel, bandwidth: 450, of: grid, at: centre)
        // One sums over cells, the other integrates along rows.
        #expect(abs(uniform / diggle - 1) < 1e-4)
    }

    /// The bounds that are stated for a straight border.
    @Test(arguments: [(2.0, 0.01), (6, 0.001)])
    func `A gaussian's share is as exact as stated`(deviation: Double, bound: Double) throws {
        let reach = Int(deviation * 6) + 2
        let grid = try Fixture.grid(2 * reach, 2 * reach + 1, cell: 10)
        // Φ(t) at 0.1, 0.7, 1.3 and 2.2.
        let exact = [0.539827837277029, 0.758036347776927, 0.903199515414390, 0.986096552486501]
        for (t, value) in zip([0.1, 0.7, 1.3, 2.2], exact) {
            let place = PlanarPoint(
                x: grid.origin.x + t * deviation * 10, y: grid.centre(column: 0, row: reach).y)
            let found = try share(kernel: .gaussian, bandwidth: deviation * 10, of: grid, at: place)
            #expect(abs(found / value - 1) < bound)
        }
    }

    @Test(arguments: Kernel.allCases)
    func `The correction at the places keeps the incidents' weight`(kernel: Kernel) throws {
        let grid = try Fixture.grid(40, 30, cell: 20)
        var generator = SeededGenerator(seed: 61)
        let pattern = try Fixture.pattern(Fixture.scatter(80, over: grid, margin: 90, using: &generator))
        let centre = grid.centre(column: 20, row: 15)
        // A disc with a bite.
        let mask = Mask(
            grid: grid,
            isInside: (0..<grid.cellCount).map { cell in
                let place = grid.centre(column: cell % 40, row: cell / 40)
                let (dx, dy) = (place.x - centre.x, place.y - centre.y)
                return dx * dx + dy * dy < 270 * 270 && (dx - 150) * (dx - 150) + dy * dy > 80 * 80
            })
        let metres = kernel == .gaussian ? 80.0 : 200
        let method = KernelDensity(bandwidth: .metres(metres), kernel: kernel, edgeCorrection: .diggle)
        let density = try method.surface(of: pattern, over: grid, mask: mask)
        #expect(density.mass.weightUsed == density.mass.weightInArea)
        // Ten cells to a radius, four to a deviation: as near as sums over cells come to integrals of a kernel.
        #expect(abs(density.mass.inArea / density.mass.weightUsed - 1) < 2e-2)
        #expect(density.warnings.isEmpty)
        let adaptive = AdaptiveKernelDensity(.nearest(12, floor: .metres(80)), kernel: kernel, edgeCorrection: .diggle)
        let other = try adaptive.surface(of: pattern, over: grid, mask: mask).mass
        #expect(abs(other.inArea / other.weightUsed - 1) < 3e-2)
    }

    /// An incident in each cell of an L: a uniform density, 2,500 per km², which the uniform correction gives everywhere.
    @Test(arguments: Kernel.allCases)
    func `A uniform density stays uniform to the border`(kernel: Kernel) throws {
        let grid = try Fixture.grid(30, 26, cell: 20)
        let inside = (0..<grid.cellCount).map { $0 % 30 < 12 || $0 / 30 < 9 }
        let mask = Mask(grid: grid, isInside: inside)
        let places = inside.indices.filter { inside[$0] }.map { grid.centre(column: $0 % 30, row: $0 / 30) }
        let outside = PlanarPoint(x: grid.origin.x + 500, y: grid.origin.y + 450)
        let pattern = try PointPattern(places + [outside], crs: grid.crs)
        let method = KernelDensity(bandwidth: .metres(150), kernel: kernel, edgeCorrection: .uniform)
        let density = try method.surface(of: pattern, over: grid, mask: mask)
        let values = density.surface.values
        let middle = values[4 * 30 + 4]
        // A sum over cells, not an integral.
        #expect(abs(middle / 2500 - 1) < 0.05)
        for cell in values.indices {
            #expect(inside[cell] ? abs(values[cell] / middle - 1) < 1e-9 : values[cell].isNaN)
        }
        #expect(density.mass.weight == Double(places.count + 1))
        #expect(density.mass.weightUsed == Double(places.count))
        #expect(density.mass.onGrid == density.mass.inArea)
    }

    @Test func `An empty study area has no density, and a wide kernel no overflow`() throws {
        let grid = try Fixture.grid(5, 4, cell: 100)
        let pattern = try PointPattern([grid.centre(column: 2, row: 2)], crs: grid.crs)
        let nothing = Mask(grid: grid, isInside: [])
        for edge in EdgeCorrection.allCases {
            for kernel in Kernel.allCases {
                let empty = try KernelDensity(bandwidth: .metres(300), kernel: kernel, edgeCorrection: edge)
                    .surface(of: pattern, over: grid, mask: nothing)
                #expect(empty.surface.values.allSatisfy { $0.isNaN })
                #expect(empty.mass.inArea == 0)
                for metres in [1e-3, 1e7] {
                    let density = try KernelDensity(bandwidth: .metres(metres), kernel: kernel, edgeCorrection: edge)
                        .surface(of: pattern, over: grid)
                    #expect(density.surface.values.allSatisfy { $0.isFinite && $0 >= 0 })
                }
            }
        }
    }

    @Test(arguments: EdgeCorrection.allCases)
    func `Rows in any order and any number of threads give the same bits`(edge: EdgeCorrection) throws {
        let grid = try Fixture.grid(60, 150, cell: 20)
        var generator = SeededGenerator(seed: 62)
        let incidents = Fixture.scatter(200, over: grid, margin: 60, using: &generator)
        let mask = Mask(grid: grid, isInside: (0..<grid.cellCount).map { $0 % 60 > 7 })
        let method = KernelDensity(bandwidth: .metres(130), edgeCorrection: edge)
        let alone = try method.surface(of: Fixture.pattern(incidents), over: grid, mask: mask, threads: 1)
        let shuffled = try Fixture.pattern(incidents.shuffled(using: &generator))
        let together = try method.surface(of: shuffled, over: grid, mask: mask, threads: 2)
        #expect(alone.surface.values.map(\.bitPattern) == together.surface.values.map(\.bitPattern))
        #expect(alone.mass == together.mass)
    }
}
