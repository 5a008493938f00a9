import Grids
import SimpleFeatures
import Testing

@Suite struct GridTests {
    private let crs = CRS("EPSG:32614")

    @Test func `A cell owns its western and southern border`() throws {
        let grid = try Grid(crs: crs, origin: PlanarPoint(x: 100, y: 200), cellSize: .metres(10), columns: 3, rows: 2)
        #expect(grid.cell(at: PlanarPoint(x: 100, y: 200)) == 0)
        #expect(grid.cell(at: PlanarPoint(x: 110, y: 210)) == 4)
        #expect(grid.cell(at: PlanarPoint(x: 130, y: 200)) == nil)
        #expect(grid.cell(at: PlanarPoint(x: 99.999, y: 200)) == nil)
        #expect(grid.cell(at: PlanarPoint(x: .nan, y: 200)) == nil)
        #expect(grid.centre(column: 2, row: 1) == PlanarPoint(x: 125, y: 215))
        #expect(grid.cellAreaKm2 == 0.0001)
    }

    @Test func `An aligned grid begins at a multiple of the cell size and covers its envelope`() throws {
        let envelope = Envelope<PlanarPoint>(minX: 371, minY: -44, maxX: 512, maxY: 90)
        let grid = try Grid(covering: envelope, cellSize: .metres(50), crs: crs)
        #expect(grid.origin == PlanarPoint(x: 350, y: -50))
        #expect((grid.columns, grid.rows) == (4, 3))
        let unaligned = try Grid(covering: envelope, cellSize: .metres(50), crs: crs, aligned: false)
        #expect(unaligned.origin == PlanarPoint(x: 371, y: -44))
        #expect((unaligned.columns, unaligned.rows) == (3, 3))
    }

    @Test func `A grid that cannot be is refused with its reason`() {
        let origin = PlanarPoint(x: 0, y: 0)
        #expect(throws: GridError.cellSizeOutOfRange(.metres(0))) {
            try Grid(crs: crs, origin: origin, cellSize: .metres(0), columns: 1, rows: 1)
        }
        #expect(throws: GridError.empty) {
            try Grid(crs: crs, origin: origin, cellSize: .metres(1), columns: 0, rows: 1)
        }
        #expect(throws: GridError.empty) { try Grid(covering: .empty, cellSize: .metres(1), crs: crs) }
        #expect(throws: GridError.tooManyCells(1e10)) {
            try Grid(crs: crs, origin: origin, cellSize: .metres(1), columns: 100_000, rows: 100_000)
        }
        #expect(
            GridError.cellSizeOutOfRange(.metres(-5)).description
                == "the cell size must be greater than 0 m and at most 4000000 m, but is -5 m")
    }

    @Test func `The mass of a surface is its values times the cell area, without the blank cells`() throws {
        let grid = try Grid(crs: crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(500), columns: 2, rows: 2)
        let surface = Surface(grid: grid, values: [4, 8, .nan])
        #expect(surface.values.count == 4)
        #expect(surface.mass == 3)
        #expect(surface.range == 4...8)
        #expect(Surface(grid: grid, values: []).range == nil)
    }
}
