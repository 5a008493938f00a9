import Foundation
import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct KernelDensityTests {
    /// The quartic kernel's peak is 3 / (π · 0.09 km²).
    @Test func `The example of KernelDensity runs`() throws {
        let grid = try DensityFixture.grid(9, 9, cell: 100)
        let burglaries = try PointPattern([grid.centre(column: 4, row: 4)], crs: grid.crs)

        let density = try KernelDensity(bandwidth: .metres(300)).surface(of: burglaries, over: grid)

        #expect(abs(density.surface.values[4 * 9 + 4] - 10.6103295395) < 1e-9)
        #expect(density.warnings.isEmpty)
    }

    /// The kernels' peaks: 3, ½, 2, 3 and 1 over π · 0.25 km².
    @Test(arguments: [
        (Kernel.quartic, 3.8197186342), (.gaussian, 0.6366197724), (.epanechnikov, 2.5464790895),
        (.triangular, 3.8197186342),
        (.uniform, 1.2732395447),
    ])
    func `A single incident is as dense at its place as the kernel's peak`(kernel: Kernel, peak: Double) throws {
        // Cells of 100 m are swept over where the kernel allows, of 300 m are not.
        for cell in [50.0, 300] {
            let grid = try DensityFixture.grid(31, 31, cell: cell)
            let pattern = try PointPattern([grid.centre(column: 15, row: 15)], crs: grid.crs)
            let values = try KernelDensity(bandwidth: .metres(500), kernel: kernel).surface(of: pattern, over: grid)
                .surface.values
            // Cutting the gaussian at six standard deviations raises it by 1.5 · 10⁻⁸ of its value.
            #expect(abs(values[15 * 31 + 15] / peak - 1) < 2e-8)
        }
    }

    /// Distances of 300 and 400 m with a bandwidth of 500 m: u² = 0.36 and 0.64; at 500 m all but the gaussian are 0.
    @Test func `Values away from the incident can be worked by hand`() throws {
        let grid = try DensityFixture.grid(21, 21, cell: 50)
        let pattern = try PointPattern([grid.centre(column: 10, row: 10)], crs: grid.crs)
        let peak = 1e6 / (Double.pi * 250_000)
        let cases: [(Kernel, Double, Double)] = [
            (.quartic, 3 * 0.64 * 0.64, 3 * 0.36 * 0.36), (.epanechnikov, 2 * 0.64, 2 * 0.36),
            (.triangular, 3 * 0.4, 3 * 0.2),
            (.uniform, 1, 1),
        ]
        for (kernel, at300, at400) in cases {
            let values = try KernelDensity(bandwidth: .metres(500), kernel: kernel).surface(of: pattern, over: grid)
                .surface.values
            #expect(abs(values[10 * 21 + 16] - peak * at300) < 1e-12)
            #expect(abs(values[2 * 21 + 10] - peak * at400) < 1e-12)
            // 500 m east, and 300 m east with 400 m north: exactly at the radius, so not within it.
            #expect(values[10 * 21 + 20] == 0)
            #expect(values[18 * 21 + 16] == 0)
        }
    }

    /// Computed in NumPy from the definitions (gaussian confirmed by `scipy.stats.multivariate_normal`), for these weighted
    /// places and the three cells whose centres are at (366500, 2840500), (367000, 2841000) and (365000, 2839000).
    @Test(arguments: [
        (Kernel.quartic, [2.2460466569318576, 1.823373338852509, 0.14898731192098377]),
        (.epanechnikov, [1.8828666387543587, 1.652740380298522, 0.1676400629221181]),
        (.triangular, [2.0057463266340836, 1.702400265849901, 0.15348224941979563]),
        (.uniform, [1.273239544735163, 1.4147106052612919, 0.1414710605261292]),
        (.gaussian, [0.694149930815216, 0.6871108712657296, 0.27361868898270747]),
    ])
    func `Values agree with an independent computation`(kernel: Kernel, expected: [Double]) throws {
        let pattern = try PointPattern(
            x: BandwidthRuleTests.x, y: BandwidthRuleTests.y, weights: BandwidthRuleTests.weights,
            crs: DensityFixture.crs)
        for cell in [100.0, 500] {
            let first = PlanarPoint(x: 365_000 - cell / 2, y: 2_839_000 - cell / 2)
            let grid = try DensityFixture.grid(40, 40, cell: cell, origin: first)
            let density = try KernelDensity(bandwidth: .metres(1500), kernel: kernel).surface(of: pattern, over: grid)
            for (place, value) in zip([(366_500.0, 2_840_500.0), (367_000, 2_841_000), (365_000, 2_839_000)], expected)
            {
                let index = try #require(grid.cell(at: PlanarPoint(x: place.0, y: place.1)))
                #expect(abs(density.surface.values[index] - value) < 1e-9)
            }
        }
    }

    @Test(arguments: Kernel.allCases)
    func `Without incidents, or without one in reach, every cell is exactly zero`(kernel: Kernel) throws {
        let grid = try DensityFixture.grid(30, 20, cell: 25)
        let method = KernelDensity(bandwidth: .metres(400), kernel: kernel)
        for points in [[], [PlanarPoint(x: 0, y: 0)], [PlanarPoint(x: -1e300, y: 1e300)]] {
            let density = try method.surface(of: PointPattern(points, crs: grid.crs), over: grid)
            #expect(density.surface.values == Array(repeating: 0, count: 600))
            #expect(density.mass.weightInReach == 0)
            #expect(density.mass.shareLeaving == 0)
        }
    }

    @Test(arguments: [Kernel.quartic, .epanechnikov, .uniform])
    func `Cells that no incident reaches are exactly zero between crowds`(kernel: Kernel) throws {
        let grid = try DensityFixture.grid(400, 40, cell: 10)
        var generator = SeededGenerator(seed: 4)
        let points = (0..<2000).map { index in
            PlanarPoint(
                x: grid.origin.x + (index.isMultiple(of: 2) ? 500 : 3500)
                    + Double.random(in: -300...300, using: &generator),
                y: grid.origin.y + Double.random(in: 0...400, using: &generator))
        }
        let density = try KernelDensity(bandwidth: .metres(150), kernel: kernel)
            .surface(of: PointPattern(points, crs: grid.crs), over: grid)
        // From 500 + 300 + 150 m to 3500 − 300 − 150 m.
        for row in 0..<40 {
            #expect(density.surface.values[row * 400 + 95..<row * 400 + 305].allSatisfy { $0 == 0 })
        }
        #expect(density.surface.values.allSatisfy { $0 >= 0 })
    }

    @Test func `Weights scale the surface`() throws {
        let grid = try DensityFixture.grid(50, 40, cell: 20)
        var generator = SeededGenerator(seed: 12)
        let pattern = try DensityFixture.pattern(
            DensityFixture.scatter(300, over: grid, margin: 100, using: &generator))
        let eightfold = try PointPattern(
            x: pattern.x, y: pattern.y, weights: pattern.weight.map { $0 * 8 }, crs: grid.crs)
        for kernel in Kernel.allCases {
            let method = KernelDensity(bandwidth: .metres(160), kernel: kernel)
            let values = try method.surface(of: pattern, over: grid).surface.values
            // A power of two changes no digit.
            #expect(try method.surface(of: eightfold, over: grid).surface.values == values.map { $0 * 8 })
        }
    }

    @Test func `Cells outside the mask are blank and the others are as without it`() throws {
        let grid = try DensityFixture.grid(60, 50, cell: 20)
        var generator = SeededGenerator(seed: 2)
        let pattern = try DensityFixture.pattern(DensityFixture.scatter(200, over: grid, margin: 0, using: &generator))
        let mask = Mask(grid: grid, isInside: (0..<3000).map { $0 % 60 > 9 && $0 / 60 < 41 })
        let method = KernelDensity(bandwidth: .metres(200))
        let (whole, masked) = (
            try method.surface(of: pattern, over: grid), try method.surface(of: pattern, over: grid, mask: mask)
        )
        for cell in 0..<3000 {
            if mask.isInside[cell] {
                #expect(masked.surface.values[cell] == whole.surface.values[cell])
            } else {
                #expect(masked.surface.values[cell].isNaN)
            }
        }
        #expect(masked.mass.onGrid == whole.mass.onGrid)
        #expect(abs(masked.mass.inArea - masked.surface.mass) < 1e-9)
    }

    @Test func `What cannot be estimated is refused with its reason`() throws {
        let grid = try DensityFixture.grid(4, 4, cell: 20)
        let other = try DensityFixture.grid(4, 5, cell: 20)
        let pattern = try PointPattern([], crs: CRS("EPSG:32613"))
        #expect(throws: HotspotError.crsMismatch(pattern: CRS("EPSG:32613"), grid: grid.crs)) {
            try KernelDensity(bandwidth: .metres(5)).surface(of: pattern, over: grid)
        }
        let matching = try PointPattern([], crs: grid.crs)
        for metres in [0, -50, Double.nan] {
            #expect(throws: HotspotError.self) {
                try KernelDensity(bandwidth: .metres(metres)).surface(of: matching, over: grid)
            }
        }
        #expect(throws: HotspotError.bandwidthTooLarge(.metres(.infinity))) {
            try KernelDensity(bandwidth: .metres(.infinity)).surface(of: matching, over: grid)
        }
        #expect(throws: HotspotError.maskOfAnotherGrid) {
            try KernelDensity(bandwidth: .metres(5)).surface(
                of: matching, over: grid, mask: Mask(grid: other, isInside: []))
        }
        #expect(
            HotspotError.bandwidthNotPositive(.metres(-50)).description
                == "the bandwidth must be greater than 0 m, but is -50 m")
        #expect(
            HotspotError.crsMismatch(pattern: CRS("EPSG:32613"), grid: CRS("EPSG:32614")).description
                == "points and grid must share a reference system, but the points are in EPSG:32613 and the grid in EPSG:32614"
        )
    }

    @Test func `Progress rises to one, and a refusal cancels`() throws {
        let grid = try DensityFixture.grid(40, 700, cell: 20)
        var generator = SeededGenerator(seed: 6)
        let pattern = try DensityFixture.pattern(DensityFixture.scatter(100, over: grid, margin: 0, using: &generator))
        let method = KernelDensity(bandwidth: .metres(200))
        let told = Told()
        _ = try method.surface(of: pattern, over: grid, progress: told.hear)
        #expect(told.shares.count > 1)
        #expect(told.shares == told.shares.sorted())
        #expect(told.shares.last == 1)
        #expect(throws: HotspotError.cancelled) { try method.surface(of: pattern, over: grid) { _ in false } }
    }

    @Test func `A method reads back from what it was saved as`() throws {
        let method = KernelDensity(bandwidth: .metres(350), kernel: .epanechnikov)
        let saved = try JSONEncoder().encode(method)
        #expect(try JSONDecoder().decode(KernelDensity.self, from: saved) == method)
        #expect(String(decoding: saved, as: UTF8.self).contains(#""kernel":"epanechnikov""#))
    }
}

/// Hears of progress from any thread.
private final class Told: @unchecked Sendable {
    // Calls come one at a time, which is what the test relies on.
    private(set) var shares: [Double] = []

    func hear(_ share: Double) -> Bool {
        shares.append(share)
        return true
    }
}
