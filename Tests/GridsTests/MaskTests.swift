import Grids
import SimpleFeatures
import TestSupport
import Testing

@Suite struct MaskTests {
    private func grid(_ columns: Int, _ rows: Int, cell: Double = 10, x: Double = 0, y: Double = 0) throws -> Grid {
        try Grid(
            crs: CRS("EPSG:32614"), origin: PlanarPoint(x: x, y: y), cellSize: .metres(cell), columns: columns,
            rows: rows)
    }

    private func ring(_ positions: [(Double, Double)]) -> [PlanarPoint] {
        (positions + positions.prefix(1)).map { PlanarPoint(x: $0.0, y: $0.1) }
    }

    private func picture(_ mask: Mask) -> [String] {
        (0..<mask.grid.rows).reversed().map { row in
            String((0..<mask.grid.columns).map { mask.contains(column: $0, row: row) ? "#" : "." })
        }
    }

    @Test func `A cell belongs when its centre lies inside, and a hole is outside`() throws {
        let area = MultiPolygon([
            Polygon(
                exterior: ring([(4, 4), (46, 4), (46, 46), (4, 46)]),
                holes: [ring([(16, 16), (34, 16), (34, 34), (16, 34)])])
        ])
        let mask = Mask(grid: try grid(6, 5), area: area)
        // Of the centres at 5, 15, 25, … only 25 lies between 16 and 34.
        #expect(picture(mask) == ["#####.", "#####.", "##.##.", "#####.", "#####."])
        #expect(mask.count == 24)
        #expect(abs(mask.areaKm2 - 24 * 1e-4) < 1e-15)
    }

    @Test func `Areas that share a border share no cell and leave none out`() throws {
        // The border runs exactly through the centres of column 2 and of row 2.
        let grid = try grid(5, 5)
        let west = MultiPolygon([Polygon(exterior: ring([(0, 0), (25, 0), (25, 50), (0, 50)]))])
        let east = MultiPolygon([Polygon(exterior: ring([(25, 0), (50, 0), (50, 50), (25, 50)]))])
        let south = MultiPolygon([Polygon(exterior: ring([(0, 0), (50, 0), (50, 25), (0, 25)]))])
        let north = MultiPolygon([Polygon(exterior: ring([(0, 25), (50, 25), (50, 50), (0, 50)]))])
        for (a, b) in [(west, east), (south, north)] {
            let (first, second) = (Mask(grid: grid, area: a), Mask(grid: grid, area: b))
            #expect(zip(first.isInside, second.isInside).allSatisfy { $0 != $1 })
            #expect((first.count, second.count) == (10, 15))
            #expect(Mask(grid: grid, areas: [a, b]).count == 25)
        }
    }

    @Test func `Overlapping areas add up, overlapping polygons of one area cancel`() throws {
        let grid = try grid(4, 1)
        let left = Polygon(exterior: ring([(0, 0), (30, 0), (30, 10), (0, 10)]))
        let right = Polygon(exterior: ring([(10, 0), (40, 0), (40, 10), (10, 10)]))
        #expect(picture(Mask(grid: grid, areas: [MultiPolygon([left]), MultiPolygon([right])])) == ["####"])
        #expect(picture(Mask(grid: grid, area: MultiPolygon([left, right]))) == ["#..#"])
    }

    @Test func `Random polygons give what testing every centre gives`() throws {
        var generator = SeededGenerator(seed: 20)
        for round in 0..<30 {
            // Every second study lies where UTM coordinates do.
            let (x, y) = round.isMultiple(of: 2) ? (0, 0) : (366_000.0, 2_840_000.0)
            let grid = try grid(23, 17, cell: 7.5, x: x, y: y)
            let corners = (0..<12).map { _ in
                (
                    x + Double.random(in: -60...240, using: &generator),
                    y + Double.random(in: -60...190, using: &generator)
                )
            }
            let exterior = ring(corners)
            let mask = Mask(grid: grid, area: MultiPolygon([Polygon(exterior: exterior)]))
            for row in 0..<17 {
                for column in 0..<23 {
                    let centre = grid.centre(column: column, row: row)
                    #expect(mask.contains(column: column, row: row) == Self.isInside(centre, exterior))
                }
            }
        }
    }

    /// The even-odd rule by counting the edges to the west of a place.
    private static func isInside(_ place: PlanarPoint, _ ring: [PlanarPoint]) -> Bool {
        var inside = false
        for (a, b) in zip(ring, ring.dropFirst()) where (a.y > place.y) != (b.y > place.y) {
            let x = a.x + (place.y - a.y) * (b.x - a.x) / (b.y - a.y)
            if x < place.x { inside.toggle() }
        }
        return inside
    }

    @Test func `Odd rings are taken as they are`() throws {
        let grid = try grid(3, 3)
        #expect(Mask(grid: grid, area: MultiPolygon([])).count == 0)
        #expect(Mask(grid: grid, area: MultiPolygon([Polygon(exterior: [])])).count == 0)
        #expect(Mask(grid: grid, area: MultiPolygon([Polygon(exterior: ring([(5, 5)]))])).count == 0)
        #expect(
            Mask(
                grid: grid, area: MultiPolygon([Polygon(exterior: ring([(.nan, 0), (.infinity, 9), (1e308, -1e308)]))])
            ).count <= 9)
        let huge = ring([(-1e300, -1e300), (1e300, -1e300), (1e300, 1e300), (-1e300, 1e300)])
        #expect(Mask(grid: grid, area: MultiPolygon([Polygon(exterior: huge)])).count == 9)
        #expect(Mask(grid: grid, isInside: [true]).isInside == [true] + Array(repeating: false, count: 8))
    }
}
