import Grids
import Hotspots
import SimpleFeatures
import Testing

@Suite struct DualDensityTests {
    private func surface(_ values: [Double]) throws -> Surface {
        Surface(grid: try DensityFixture.grid(values.count, 1, cell: 100), values: values)
    }

    private func same(_ a: [Double], _ b: [Double]) -> Bool {
        zip(a, b).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) || abs($0 - $1) < 1e-12 }
    }

    /// 6/3, 0/2, 4 to 0 taken as 0.5, 0 to 0, 1 to 0.25 taken as 0.5, and one outside. ln 2, ln ¼, ln 8, ln 2.
    @Test(arguments: [
        (DualDensity.Comparison.ratio, [2, 0, 8, .nan, 2, .nan]),
        (.logRatio, [0.6931471805599453, -1.3862943611198906, 2.0794415416798357, .nan, 0.6931471805599453, .nan]),
        (.difference, [3, -2, 4, 0, 0.75, .nan]), (.sum, [9, 2, 4, 0, 1.25, .nan]),
    ])
    func `Comparisons can be worked by hand`(comparison: DualDensity.Comparison, expected: [Double]) throws {
        let first = try surface([6, 0, 4, 0, 1, .nan])
        let second = try surface([3, 2, 0, 0, 0.25, 1])
        let dual = try DualDensity(comparison, denominatorFloor: 0.5).surface(of: first, against: second)
        #expect(same(dual.surface.values, expected))
        let usesFloor = comparison == .ratio || comparison == .logRatio
        #expect(dual.denominatorFloor == (usesFloor ? 0.5 : nil))
        #expect((dual.cellsWithoutData, dual.cellsFloored) == (usesFloor ? 1 : 0, usesFloor ? 2 : 0))
    }

    @Test func `Without a floor given it is a hundredth of the greatest denominator`() throws {
        let dual = try DualDensity(.ratio).surface(of: surface([1, 1]), against: surface([50, 0.1]))
        #expect(dual.denominatorFloor == 0.5)
        #expect(same(dual.surface.values, [0.02, 2]))
    }

    @Test func `Of equal patterns the ratio is 1 where there is something`() throws {
        let grid = try DensityFixture.grid(20, 20, cell: 100)
        let pattern = try PointPattern(
            [grid.centre(column: 8, row: 9), grid.centre(column: 10, row: 9)], crs: grid.crs)
        let dual = try DualDensity(.ratio, denominatorFloor: 1e-9).surface(
            of: pattern, against: pattern, by: KernelDensity(bandwidth: .metres(400)), over: grid)
        #expect(dual.surface.values.allSatisfy { $0.isNaN || abs($0 - 1) < 1e-9 || $0 < 1e-3 })
        #expect(dual.surface.values[9 * 20 + 8] == 1)
        #expect(dual.surface.values[0].isNaN && dual.cellsWithoutData > 0)
        #expect(dual.first?.mass == dual.second?.mass && dual.first?.mass.incidents == 2)
    }

    @Test func `Nothing becomes infinite`() throws {
        let extremes = [0, 1e308, 1e-308, -1, .nan, .infinity]
        let first = try surface(extremes.flatMap { Array(repeating: $0, count: 6) })
        let second = try surface(Array(repeating: extremes, count: 6).flatMap { $0 })
        for comparison in DualDensity.Comparison.allCases {
            let floored = try DualDensity(comparison, denominatorFloor: 1e-300).surface(of: first, against: second)
            #expect(floored.surface.values.allSatisfy { !$0.isInfinite })
        }
        let empty = try DualDensity(.ratio).surface(of: surface([1, 0]), against: surface([0, 0]))
        #expect(empty.surface.values.allSatisfy { $0.isNaN })
        #expect(empty.cellsWithoutData == 2)
    }

    @Test func `Grids that differ and floors that are none are refused`() throws {
        #expect(throws: HotspotError.gridsDiffer) {
            try DualDensity(.sum).surface(of: surface([1]), against: surface([1, 2]))
        }
        for floor in [0, -1, .infinity] {
            #expect(
                throws: HotspotError.parameterOutOfRange(
                    name: "denominator floor", must: "be above 0 and finite", found: floor)
            ) { try DualDensity(.ratio, denominatorFloor: floor).surface(of: surface([1]), against: surface([1])) }
        }
        #expect(
            HotspotError.gridsDiffer.description == "surfaces to compare must lie on one grid, but their grids differ")
    }
}
