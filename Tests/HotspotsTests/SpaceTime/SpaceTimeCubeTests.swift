import Grids
import Hotspots
import SimpleFeatures
import Testing

struct SpaceTimeCubeTests {
    private func mask() throws -> Mask {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(10), columns: 2, rows: 1)
        return Mask(grid: grid, isInside: [true, true])
    }

    @Test func `Every incident is in one bin or accounted for`() throws {
        let rows = SpaceTimeFixture.Rows(
            x: [1, 1, 10, 19.9, 20, 1, 1, .nan], y: [5, 5, 5, 5, 5, 5, 5, 5], days: [0, 6.9, 7, 13, 3, -1, 14, 2])
        let cube = try SpaceTimeCube(of: rows.pattern(), over: mask(), limits: [0, 7, 14])
        #expect(cube.values == [2, 0, 0, 2])
        #expect(cube.series(ofCell: 1) == [0, 2])
        #expect(Array(cube.period(1)) == [0, 2])
        #expect((cube.counted, cube.outsideArea, cube.outsidePeriods, cube.dropped) == (4, 1, 2, 1))
    }

    @Test func `Cells outside the study area stay zero, and weights are summed`() throws {
        let mask = try Mask(grid: mask().grid, isInside: [true, false])
        let pattern = try SpaceTimePattern(
            x: [1, 2, 11], y: [1, 1, 1], days: [0, 1, 1], weights: [0.5, 0.25, 1], crs: SpaceTimeFixture.crs)
        let cube = try SpaceTimeCube(of: pattern, over: mask, limits: [0, 2])
        #expect(cube.values == [0.75, 0])
        #expect(cube.outsideArea == 1)
    }

    @Test func `Limits count back from the end, and what is no period is refused`() throws {
        #expect(SpaceTimeCube.limits(endingAt: 30, days: 7, count: 2) == [16, 23, 30])
        #expect(SpaceTimeCube.limits(endingAt: 30, days: 0, count: 2).isEmpty)
        #expect(SpaceTimeCube.limits(endingAt: .infinity, days: 1, count: 2).isEmpty)
        let pattern = try SpaceTimeFixture.Rows(x: [1], y: [1], days: [0]).pattern()
        for limits in [[], [1.0], [2, 1], [1, 1], [0, .nan]] {
            #expect(throws: HotspotError.periodsNotAscending) {
                try SpaceTimeCube(of: pattern, over: mask(), limits: limits)
            }
        }
    }
}
