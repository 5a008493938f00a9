import Grids
import SimpleFeatures
import TestSupport
import Testing

@Suite struct SurfacePyramidTests {
    static func surface(columns: Int, rows: Int, cellSize: Double = 100, _ values: [Double]) throws -> Surface {
        Surface(
            grid: try Grid(
                crs: CRS("EPSG:32614"), origin: PlanarPoint(x: 1000, y: 2000), cellSize: .metres(cellSize),
                columns: columns, rows: rows), values: values)
    }

    @Test func `A cell of the next level is the mean of those below that have a value`() throws {
        let pyramid = SurfacePyramid(
            try Self.surface(
                columns: 3, rows: 3,
                [
                    1, 3, 5,
                    .nan, 8, .nan,
                    .nan, .nan, 7,
                ]))
        #expect(pyramid.levels.map(\.grid.columns) == [3, 2, 1])
        #expect(pyramid.levels.map(\.grid.cellSize.metres) == [100, 200, 400])
        #expect(pyramid.levels.allSatisfy { $0.grid.origin == PlanarPoint(x: 1000, y: 2000) })
        let middle = pyramid.levels[1].values
        #expect(middle[0] == 4 && middle[1] == 5 && middle[2].isNaN && middle[3] == 7)
        // (1 + 3 + 8 + 5 + 7) / 5: each cell of the surface counts once.
        #expect(pyramid.levels[2].values == [4.8])
    }

    @Test func `The mean of an area, and so the number of its events, is the same at every level`() throws {
        var random = SeededGenerator(seed: 3)
        let values = (0..<(37 * 22)).map { _ in
            Double.random(in: 0..<1, using: &random) < 0.3 ? .nan : Double.random(in: 0..<500, using: &random)
        }
        let pyramid = SurfacePyramid(try Self.surface(columns: 37, rows: 22, values))
        #expect(pyramid.levels.count == 7)
        for level in pyramid.levels.indices {
            #expect(abs(pyramid.mass(level: level) / pyramid.levels[0].mass - 1) < 1e-12)
        }
        let known = values.filter { !$0.isNaN }
        let mean = known.reduce(0, +) / Double(known.count)
        #expect(abs(try #require(pyramid.levels.last?.values.first) / mean - 1) < 1e-12)
        #expect(pyramid.mass(level: 99) == pyramid.mass(level: 6) && pyramid.mass(level: -1) == pyramid.levels[0].mass)
    }

    @Test(arguments: [(10.0, 0), (100, 0), (100.1, 1), (399, 2), (400, 2), (1e9, 3)])
    func `The level is the finest whose cells are not smaller than a pixel`(pixel: Double, level: Int) throws {
        let pyramid = SurfacePyramid(try Self.surface(columns: 8, rows: 5, Array(repeating: 1, count: 40)))
        #expect(pyramid.level(forPixelSize: .metres(pixel)) == level)
    }

    @Test func `Between centres values change evenly, beyond the outer ones not at all`() throws {
        let pyramid = SurfacePyramid(try Self.surface(columns: 2, rows: 2, [0, 10, 20, 30]))
        func value(_ x: Double, _ y: Double, level: Int = 0) -> Double? {
            pyramid.value(at: PlanarPoint(x: 1000 + x, y: 2000 + y), level: level)
        }
        #expect(value(50, 50) == 0 && value(150, 50) == 10 && value(50, 150) == 20 && value(150, 150) == 30)
        #expect(value(100, 100) == 15)
        #expect(value(75, 50) == 2.5)
        #expect(value(0, 0) == 0 && value(199.9, 0) == 10 && value(1, 100) == 10)
        #expect(value(-0.1, 50) == nil && value(50, 200) == nil && value(.nan, 0) == nil && value(.infinity, 0) == nil)
        // Near the only cell's corner, of weights that rounding keeps from being 1.
        for level in [1, 50] { #expect(value(3, 190, level: level).map { abs($0 - 15) < 1e-12 } == true) }
        #expect(value(50, 50, level: -3) == 0)
    }

    @Test func `Neighbours without a value do not count, and a cell without one has none`() throws {
        let surface = try Self.surface(columns: 2, rows: 2, [4, 8, .nan, .nan])
        func value(_ x: Double, _ y: Double) -> Double? {
            surface.interpolatedValue(at: PlanarPoint(x: 1000 + x, y: 2000 + y))
        }
        #expect(value(100, 50) == 6)
        // Halfway to the row without values, still halfway between the two that have one: no step at the border.
        #expect(value(100, 99) == 6 && value(99.999, 99).map { abs($0 - 6) < 1e-3 } == true)
        #expect(value(50, 101) == nil && value(100, 150) == nil)
    }

    @Test func `Values agree with weighing every cell`() throws {
        var random = SeededGenerator(seed: 9)
        let (columns, rows) = (7, 5)
        let values = (0..<(columns * rows)).map { _ in
            Double.random(in: 0..<1, using: &random) < 0.25 ? .nan : Double.random(in: 0..<9, using: &random)
        }
        let surface = try Self.surface(columns: columns, rows: rows, values)
        for _ in 0..<2000 {
            let point = PlanarPoint(
                x: Double.random(in: 900..<1800, using: &random), y: Double.random(in: 1900..<2600, using: &random))
            var (sum, weights) = (0.0, 0.0)
            for row in 0..<rows {
                for column in 0..<columns {
                    let centre = surface.grid.centre(column: column, row: row)
                    let weight = max(0, 1 - abs(point.x - centre.x) / 100) * max(0, 1 - abs(point.y - centre.y) / 100)
                    let value = values[row * columns + column]
                    if weight > 0, !value.isNaN { (sum, weights) = (sum + value * weight, weights + weight) }
                }
            }
            let isKnown = surface.grid.cell(at: point).map { !values[$0].isNaN } ?? false
            let found = surface.interpolatedValue(at: point)
            #expect((found != nil) == isKnown)
            if let found { #expect(abs(found - sum / weights) < 1e-9) }
        }
    }

    @Test func `One cell, no values and odd ones are pyramids too`() throws {
        #expect(SurfacePyramid(try Self.surface(columns: 1, rows: 1, [3])).levels.count == 1)
        let empty = SurfacePyramid(try Self.surface(columns: 4, rows: 1, []))
        #expect(empty.levels.count == 3 && empty.levels.allSatisfy { $0.range == nil })
        #expect(empty.mass(level: 2) == 0)
        var short = try Self.surface(columns: 2, rows: 2, [1, 2, 3, 4])
        short.values = [1]
        #expect(short.interpolatedValue(at: PlanarPoint(x: 1050, y: 2050)) == nil)
        #expect(SurfacePyramid(short).levels[1].values == [1])
        // Cells of 4,000 km have no larger ones.
        #expect(SurfacePyramid(try Self.surface(columns: 2, rows: 2, cellSize: 4e6, [1, 2, 3, 4])).levels.count == 1)
        #expect(SurfacePyramid(try Self.surface(columns: 2, rows: 1, [.infinity, 1])).levels.count == 2)
    }

    @Test func `A ladder's rungs are 1, 2 and 5 times powers of ten, the last above the value`() {
        #expect(RoundBreaks.ladder(above: 1107, count: 7) == [20, 50, 100, 200, 500, 1000, 2000])
        #expect(RoundBreaks.ladder(above: 1000, count: 2) == [1000, 2000])
        #expect(RoundBreaks.ladder(above: 0.3, count: 4) == [0.05, 0.1, 0.2, 0.5])
        #expect(RoundBreaks.ladder(above: 4.9e-5, count: 1) == [5e-5])
        for greatest in [0, -1, Double.nan, .infinity, 1e-300, 1e300] {
            #expect(RoundBreaks.ladder(above: greatest, count: 7) == nil)
        }
        #expect(RoundBreaks.ladder(above: 1, count: 0) == nil && RoundBreaks.ladder(above: 1, count: 301) == nil)
        #expect(RoundBreaks.ladder(above: 1e-200, count: 300)?.first.map { $0 > 0 } == true)
    }
}
