import Grids
import SimpleFeatures
import TestSupport
import Testing

@Suite struct HexGridTests {
    private let crs = CRS("EPSG:32614")

    private func grid(_ orientation: HexGrid.Orientation, shifted: Bool = false) throws -> HexGrid {
        try HexGrid(
            crs: crs, anchor: PlanarPoint(x: 0, y: 0), cellSize: .metres(2), columns: 4, rows: 4,
            orientation: orientation, isFirstLineShifted: shifted)
    }

    /// Cell size 2: the corner is 2/√3 = 1.1547 from the centre, lines are √3 = 1.7321 apart, the area is 2√3 = 3.4641.
    @Test func `The cell size is the distance between opposite sides`() throws {
        let pointy = try grid(.pointyTop)
        #expect(abs(pointy.cellAreaKm2 * 1e6 - 3.4641016151377544) < 1e-12)
        let ring = pointy.ring(column: 0, row: 0)
        #expect(ring.count == 7 && ring.first == ring.last)
        #expect((ring.map(\.x).min(), ring.map(\.x).max()) == (-1, 1))
        #expect(abs((ring.map(\.y).max() ?? 0) - 1.1547005383792515) < 1e-12)
        for orientation in HexGrid.Orientation.allCases {
            let ring = try grid(orientation).ring(column: 1, row: 1)
            #expect(abs(Predicates.signedSquareMetres(of: ring) - 3.4641016151377544) < 1e-12)
        }
        #expect(pointy.centre(column: 1, row: 1).x == 3)
        #expect(try grid(.pointyTop, shifted: true).centre(column: 1, row: 1).x == 2)
        #expect(try grid(.flatTop).centre(column: 1, row: 1).y == 3)
    }

    @Test func `A border belongs to the cell further east, of two to the northern one`() throws {
        let pointy = try grid(.pointyTop)
        #expect(pointy.cell(at: PlanarPoint(x: 1, y: 0)) == 1)
        #expect(pointy.cell(at: PlanarPoint(x: 0.999, y: 0)) == 0)
        #expect(pointy.cell(at: PlanarPoint(x: -1, y: 0)) == 0)
        #expect(pointy.cell(at: PlanarPoint(x: -1.001, y: 0)) == nil)
        let flat = try grid(.flatTop)
        #expect(flat.cell(at: PlanarPoint(x: 0, y: 1)) == 4)
        #expect(flat.cell(at: PlanarPoint(x: 0, y: 0.999)) == 0)
    }

    @Test(arguments: HexGrid.Orientation.allCases, [false, true])
    func `Points belong to the nearest centre`(orientation: HexGrid.Orientation, shifted: Bool) throws {
        let grid = try grid(orientation, shifted: shifted)
        var generator = SeededGenerator(seed: 8)
        var found = 0
        for _ in 0..<2000 {
            let point = PlanarPoint(
                x: Double.random(in: -3...12, using: &generator), y: Double.random(in: -3...12, using: &generator))
            var best: (Double, Int?) = (.infinity, nil)
            for row in -3...8 {
                for column in -3...8 {
                    let distance = grid.centre(column: column, row: row).distance(to: point).metres
                    let isInGrid = (0..<4).contains(row) && (0..<4).contains(column)
                    if distance < best.0 { best = (distance, isInGrid ? row * 4 + column : nil) }
                }
            }
            #expect(grid.cell(at: point) == best.1)
            found += best.1 == nil ? 0 : 1
        }
        #expect(found > 300)
    }

    @Test(arguments: HexGrid.Orientation.allCases, [false, true])
    func `A grid covers its envelope, and aligned ones share their cells`(
        orientation: HexGrid.Orientation, aligned: Bool
    ) throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<20 {
            let (x, y) = (
                Double.random(in: -900...366_000, using: &generator), Double.random(in: -900...900, using: &generator)
            )
            let box = Envelope<PlanarPoint>(
                minX: x, minY: y, maxX: x + Double.random(in: 0...3000, using: &generator),
                maxY: y + Double.random(in: 0...3000, using: &generator))
            let grid = try HexGrid(
                covering: box, cellSize: .metres(150), crs: crs, orientation: orientation, aligned: aligned)
            for _ in 0..<60 {
                let point = PlanarPoint(
                    x: Double.random(in: box.minX...box.maxX, using: &generator),
                    y: Double.random(in: box.minY...box.maxY, using: &generator))
                #expect(grid.cell(at: point) != nil)
            }
            guard aligned else { continue }
            let world = try HexGrid(
                covering: Envelope(minX: -1000, minY: -1000, maxX: 400_000, maxY: 4000), cellSize: .metres(150),
                crs: crs,
                orientation: orientation)
            let cell = try #require(world.cell(at: grid.centre(column: 0, row: 0)))
            let same = world.centre(column: cell % world.columns, row: cell / world.columns)
            #expect(same.distance(to: grid.centre(column: 0, row: 0)).metres < 1e-6)
        }
    }

    @Test(arguments: HexGrid.Orientation.allCases, [false, true])
    func `A mask holds the cells whose centres lie inside`(orientation: HexGrid.Orientation, shifted: Bool) throws {
        let grid = try HexGrid(
            crs: crs, anchor: PlanarPoint(x: 10, y: 20), cellSize: .metres(7), columns: 23, rows: 19,
            orientation: orientation, isFirstLineShifted: shifted)
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<10 {
            var ring = (0..<9).map { _ in
                PlanarPoint(
                    x: Double.random(in: -20...190, using: &generator),
                    y: Double.random(in: -20...170, using: &generator))
            }
            ring.append(ring[0])
            let mask = HexMask(grid: grid, area: MultiPolygon([Polygon(exterior: ring)]))
            for row in 0..<grid.rows {
                for column in 0..<grid.columns {
                    let centre = grid.centre(column: column, row: row)
                    var inside = false
                    for (a, b) in zip(ring, ring.dropFirst()) where (a.y > centre.y) != (b.y > centre.y) {
                        if a.x + (centre.y - a.y) * (b.x - a.x) / (b.y - a.y) < centre.x { inside.toggle() }
                    }
                    #expect(mask.isInside[row * grid.columns + column] == inside)
                }
            }
            #expect(mask.count == mask.isInside.count { $0 })
        }
        let odd = Polygon(exterior: [PlanarPoint(x: .nan, y: 0), PlanarPoint(x: 1e308, y: -1e308)])
        #expect(HexMask(grid: grid, area: MultiPolygon([odd])).count <= grid.cellCount)
        #expect(HexMask(grid: grid, area: MultiPolygon([])).count == 0)
    }

    @Test func `Grids that cannot be are refused`() {
        let box = Envelope<PlanarPoint>(minX: 0, minY: 0, maxX: 1e9, maxY: 1e9)
        #expect(throws: GridError.self) { try HexGrid(covering: box, cellSize: .metres(1), crs: crs) }
        #expect(throws: GridError.cellSizeOutOfRange(.metres(0))) {
            try HexGrid(covering: box, cellSize: .metres(0), crs: crs)
        }
        #expect(throws: GridError.empty) { try HexGrid(covering: .empty, cellSize: .metres(1), crs: crs) }
    }
}
