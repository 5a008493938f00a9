import Grids
@testable import Hotspots
import SimpleFeatures
import TestSupport
import Testing

/// The fast ways against the definition.
@Suite struct KernelDensityOracleTests {
    /// From a third of a cell to many times the grid, so that kernels are scattered, swept, cut by tiles, and wider than all.
    @Test(arguments: Kernel.allCases, [0.3, 1, 4.5, 6, 7.3, 12, 40, 300])
    func `Surfaces are those of the definition to a hundred-billionth of the maximum`(kernel: Kernel, cells: Double)
        throws
    {
        var generator = SeededGenerator(seed: UInt64(cells * 10))
        for origin in [PlanarPoint(x: 0, y: 0), DensityFixture.utm] {
            let grid = try DensityFixture.grid(67, 41, cell: 32, origin: origin)
            let method = KernelDensity(bandwidth: .metres(32 * cells), kernel: kernel)
            let pattern = try DensityFixture.pattern(
                DensityFixture.scatter(150, over: grid, margin: 32 * cells * kernel.support, using: &generator))
            let values = try method.surface(of: pattern, over: grid).surface.values
            #expect(DensityFixture.error(of: values, against: DensityFixture.bruteForce(method, pattern, grid)) < 1e-11)
        }
    }

    /// Many tiles in a row, and a crowd whose sums must leave nothing behind when its cells are left.
    @Test(arguments: [Kernel.quartic, .epanechnikov])
    func `Rounding does not travel along a row`(kernel: Kernel) throws {
        let grid = try DensityFixture.grid(900, 5, cell: 10)
        var generator = SeededGenerator(seed: 77)
        let places = (0..<1200).map { index in
            // Eleven of twelve in the first tenth of the row.
            let east = index.isMultiple(of: 12) ? 9000.0 : 900
            return PlanarPoint(
                x: grid.origin.x + Double.random(in: 0...east, using: &generator),
                y: grid.origin.y + Double.random(in: -60...110, using: &generator))
        }
        let pattern = try PointPattern(places, crs: grid.crs)
        let method = KernelDensity(bandwidth: .metres(80), kernel: kernel)
        let values = try method.surface(of: pattern, over: grid).surface.values
        #expect(DensityFixture.error(of: values, against: DensityFixture.bruteForce(method, pattern, grid)) < 1e-11)
    }

    /// All of a row's sums are then at their largest, and the farther from the middle of a tile the larger.
    @Test(arguments: [Kernel.quartic, .epanechnikov], [1, 36, 71, 72, 110])
    func `A heap of incidents keeps to the stated bound wherever it lies`(kernel: Kernel, column: Int) throws {
        let grid = try DensityFixture.grid(144, 3, cell: 10)
        var generator = SeededGenerator(seed: UInt64(column))
        let corner = grid.centre(column: column, row: 1)
        let heap = (0..<4000).map { _ in
            PlanarPoint(
                x: corner.x + Double.random(in: -5...5, using: &generator),
                y: corner.y + Double.random(in: -5...5, using: &generator))
        }
        let pattern = try PointPattern(heap, crs: grid.crs)
        let method = KernelDensity(bandwidth: .metres(120), kernel: kernel)
        let values = try method.surface(of: pattern, over: grid).surface.values
        let expected = DensityFixture.bruteForce(method, pattern, grid)
        #expect(DensityFixture.error(of: values, against: expected) < 2e-14 * 4000.0.squareRoot())
    }

    /// The half width of a kernel along a row is not computed to the last digit where the kernel is flat at its end.
    @Test(arguments: [Kernel.quartic, .epanechnikov, .uniform, .triangular])
    func `Cell centres just within the radius have the value of the definition`(kernel: Kernel) throws {
        let grid = try DensityFixture.grid(40, 30, cell: 10, origin: PlanarPoint(x: 0, y: 0))
        let method = KernelDensity(bandwidth: .metres(125), kernel: kernel)
        for short in [1e-4, 1e-5, 5e-6, 2e-6, 1.2e-6, 1e-6, 5e-7, 1e-7, 1e-9] {
            for direction in [0, 0.3, 1, 1.5] {
                let (cosine, sine) = (
                    1 / (1 + direction * direction).squareRoot(), direction / (1 + direction * direction).squareRoot()
                )
                let centre = grid.centre(column: 20, row: 15)
                let distance = 125 * (1 - short)
                let place = PlanarPoint(x: centre.x - distance * cosine, y: centre.y - distance * sine)
                let pattern = try PointPattern(x: [place.x], y: [place.y], weights: [1000], crs: grid.crs)
                let values = try method.surface(of: pattern, over: grid).surface.values
                let expected = DensityFixture.bruteForce(method, pattern, grid)
                #expect(DensityFixture.error(of: values, against: expected) < 1e-11)
            }
        }
    }

    @Test func `An approximate root is never above the root, nor below by more than is said`() {
        var generator = SeededGenerator(seed: 40)
        for _ in 0..<100_000 {
            let c = SIMD2(
                Double.random(in: 1...4, using: &generator),
                Double.random(in: 1...2, using: &generator)
                    * Double(sign: .plus, exponent: .random(in: -60...60, using: &generator), significand: 1))
            let error = approximateRoot(c) / c.squareRoot() - 1
            #expect(error.max() < 0 && error.min() > -1.2e-6)
        }
    }

    @Test(arguments: Kernel.allCases)
    func `Rows in any order and any number of threads give the same bits`(kernel: Kernel) throws {
        let grid = try DensityFixture.grid(210, 300, cell: 20)
        var generator = SeededGenerator(seed: 31)
        let incidents = DensityFixture.scatter(400, over: grid, margin: 150, using: &generator)
        let pattern = try DensityFixture.pattern(incidents)
        let mask = Mask(grid: grid, isInside: (0..<grid.cellCount).map { $0 % 7 != 0 })
        for metres in [30.0, 140] {
            let method = KernelDensity(bandwidth: .metres(metres), kernel: kernel)
            let alone = try method.surface(of: pattern, over: grid, mask: mask, threads: 1)
            for threads in [2, 8] {
                let together = try method.surface(of: pattern, over: grid, mask: mask, threads: threads)
                #expect(bits(together) == bits(alone))
                #expect(together.mass == alone.mass)
            }
            let shuffled = try DensityFixture.pattern(incidents.shuffled(using: &generator))
            let again = try method.surface(of: shuffled, over: grid, mask: mask)
            #expect(bits(again) == bits(alone))
            #expect(again.mass == alone.mass)
        }
    }

    private func bits(_ density: DensityResult) -> [UInt64] { density.surface.values.map(\.bitPattern) }

    @Test(arguments: Kernel.allCases)
    func `Degenerate studies come through`(kernel: Kernel) throws {
        var generator = SeededGenerator(seed: 9)
        // One cell, one row, one column; all incidents at one place; a bandwidth no cell sees; one that sees everything.
        for (columns, rows) in [(1, 1), (50, 1), (1, 50)] {
            let grid = try DensityFixture.grid(columns, rows, cell: 10)
            let scattered = try DensityFixture.pattern(
                DensityFixture.scatter(40, over: grid, margin: 30, using: &generator))
            let heap = try PointPattern(Array(repeating: grid.centre(column: 0, row: 0), count: 40), crs: grid.crs)
            for (pattern, metres) in [
                (scattered, 70.0), (heap, 70), (scattered, 1e-6), (heap, 1e-6), (scattered, 1e7), (heap, 1e7),
            ] {
                let method = KernelDensity(bandwidth: .metres(metres), kernel: kernel)
                let values = try method.surface(of: pattern, over: grid).surface.values
                #expect(
                    DensityFixture.error(of: values, against: DensityFixture.bruteForce(method, pattern, grid)) < 1e-11)
            }
        }
    }
}
