import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct DensityMassTests {
    /// The sum over cells is the midpoint rule for the kernel's integral. With 25 cells to a bandwidth it is off by some
    /// 10⁻⁵ where the kernel ends smoothly, and by what the jagged rim of the disc makes where it does not.
    @Test(arguments: Kernel.allCases)
    func `A grid with a margin of one support holds all mass`(kernel: Kernel) throws {
        let margin = Int(25 * kernel.support) + 1
        let side = 20 + 2 * margin
        let grid = try DensityFixture.grid(side, side, cell: 20)
        var generator = SeededGenerator(seed: 14)
        let inner = Double(margin) * 20
        let points = (0..<60).map { _ in
            PlanarPoint(
                x: grid.origin.x + Double.random(in: inner...inner + 400, using: &generator),
                y: grid.origin.y + Double.random(in: inner...inner + 400, using: &generator))
        }
        let density = try KernelDensity(bandwidth: .metres(500), kernel: kernel)
            .surface(of: PointPattern(points, crs: grid.crs), over: grid)
        #expect(abs(density.mass.onGrid / 60 - 1) < 1e-3)
        #expect(density.mass.weightInReach == 60)
        #expect(density.mass.weightInArea == 60)
        #expect(density.mass.inArea == density.mass.onGrid)
        #expect(abs(density.surface.mass - density.mass.onGrid) < 1e-9)
        #expect(density.warnings.isEmpty)
    }

    @Test func `An incident on the border leaves half its weight outside`() throws {
        let grid = try DensityFixture.grid(100, 100, cell: 20)
        let border = PlanarPoint(x: grid.origin.x, y: grid.origin.y + 1000)
        let density = try KernelDensity(bandwidth: .metres(500)).surface(
            of: PointPattern([border], crs: grid.crs), over: grid)
        #expect(abs(density.mass.shareLeaving - 0.5) < 1e-3)
        #expect(density.mass.leavesStudyArea)
        #expect(density.warnings == [.massLeavesStudyArea(share: density.mass.shareLeaving)])
        #expect(
            DensityWarning.massLeavesStudyArea(share: 0.0512).description
                == "5.1 % of the incidents' weight leaves the study area: densities near its border are too low")
    }

    @Test func `Weight is accounted for in the pattern, in reach, and in the study area`() throws {
        let grid = try DensityFixture.grid(50, 50, cell: 20)
        let (x, y) = (grid.origin.x, grid.origin.y)
        // In the western half; in the eastern half; 100 m outside; out of reach; without a place.
        let pattern = try PointPattern(
            x: [x + 250, x + 750, x - 100, x - 600, .nan], y: [y + 500, y + 500, y + 500, y + 500, y],
            weights: [1, 2, 4, 8, 16],
            crs: grid.crs)
        let west = Mask(grid: grid, isInside: (0..<2500).map { $0 % 50 < 25 })
        let mass = try KernelDensity(bandwidth: .metres(200)).surface(of: pattern, over: grid, mask: west).mass
        #expect((mass.incidents, mass.dropped) == (4, 1))
        #expect(mass.weight == 15)
        #expect(mass.weightInReach == 7)
        #expect(mass.weightInArea == 1)
        // The first two lie wholly within; of the third's disc, the cap beyond half its radius reaches in. That cap holds
        // less of a quartic than its share of the disc, 19.55 %.
        #expect(mass.onGrid > 3 && mass.onGrid < 3 + 4 * 0.1955)
        #expect(abs(mass.onGrid - mass.inArea - 2) < 0.01)
        #expect(mass.shareLeaving == 0)
    }

    @Test func `A bandwidth below the cell size is warned of`() throws {
        let grid = try DensityFixture.grid(50, 50, cell: 20)
        let pattern = try PointPattern([PlanarPoint(x: grid.origin.x + 510, y: grid.origin.y + 510)], crs: grid.crs)
        let warning = DensityWarning.bandwidthBelowCellSize(bandwidth: .metres(15), cellSize: .metres(20))
        #expect(try KernelDensity(bandwidth: .metres(15)).surface(of: pattern, over: grid).warnings.contains(warning))
        #expect(
            warning.description == "the bandwidth should be at least the cell size, but is 15 m with cells of 20 m")
    }

    /// Cells of 0.01 km²; three incidents of weight 2, one of them out of the grid and of reach.
    @Test func `Values count events per square kilometre, per cell, or as a share`() throws {
        let grid = try DensityFixture.grid(40, 40, cell: 100)
        let places = [grid.centre(column: 20, row: 20), grid.centre(column: 22, row: 20), PlanarPoint(x: 0, y: 0)]
        let pattern = try PointPattern(
            x: places.map(\.x), y: places.map(\.y), weights: [2, 2, 2], crs: grid.crs)
        let perKm2 = try KernelDensity(bandwidth: .metres(900)).surface(of: pattern, over: grid)
        for (scale, factor) in [(KernelDensity.Scale.count, 0.01), (.probability, 0.01 / 6), (.eventsPerKm2, 1)] {
            let density = try KernelDensity(bandwidth: .metres(900), scale: scale).surface(of: pattern, over: grid)
            for (a, b) in zip(density.surface.values, perKm2.surface.values) { #expect(abs(a - b * factor) <= 1e-15) }
            #expect(density.mass == perKm2.mass)
            #expect(density.mass.weightUsed == 6)
        }
        let nothing = try PointPattern([], crs: grid.crs)
        let empty = try KernelDensity(bandwidth: .metres(900), scale: .probability).surface(of: nothing, over: grid)
        #expect(empty.surface.values.allSatisfy { $0 == 0 })
    }
}
