import SimpleFeatures
import Testing
import TestSupport
import Tiles

struct CellPyramidTests {
    /// Squares of a chessboard in degrees, `count` in a row.
    private func level(_ zooms: ClosedRange<Int>, count: Int) -> CellPyramid.Level {
        let side = 0.08 / Double(count)
        func corner(_ column: Int, _ row: Int) -> LonLat {
            LonLat(longitude: -99.17 + Double(column) * side, latitude: 19.38 + Double(row) * side)
        }
        let cells = (0..<count * count).map { ($0 % count, $0 / count) }
        return CellPyramid.Level(
            zooms: zooms,
            outlines: cells.map { column, row in
                [
                    corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1),
                    corner(column, row),
                ]
            },
            ids: cells.indices.map { UInt64($0) + 1 },
            columns: [
                AttributeColumn(name: "count", values: .integers(cells.map { Int64($0.0 + 10 * $0.1) })),
                AttributeColumn(name: "z", values: .numbers(cells.map { $0.0 == 0 ? .nan : Double($0.1) / 4 })),
            ])
    }

    private func layer(_ zooms: ClosedRange<Int>) -> TileLayer {
        TileLayer(id: "grid", summary: "", shape: .polygon, zooms: zooms, fields: [.init("count", .number)])
    }

    @Test func `Every zoom shows the cells of its level and their counts`() {
        let pyramid = CellPyramid(layer: layer(9...13), levels: [level(9...11, count: 4), level(12...13, count: 8)])
        #expect(pyramid.accounts == [AreaAccount(), AreaAccount()])
        for zoom in 9...13 {
            let count = zoom < 12 ? 4 : 8
            var counts: [UInt64: PropertyValue] = [:]
            for tile in pyramid.tiles(zoom: zoom) {
                for feature in pyramid.read(tile) {
                    #expect(feature.parts.count == 1 && TileRings.isSimple(feature.parts[0]))
                    if let id = feature.id { counts[id] = feature["count"] }
                    #expect((feature["z"] == nil) == ((feature.id ?? 0) % UInt64(count) == 1))
                }
            }
            #expect(counts.count == count * count)
            for (id, value) in counts {
                #expect(value == .integer(Int64((Int(id) - 1) % count + 10 * ((Int(id) - 1) / count))))
            }
        }
        #expect(pyramid.tiles(zoom: 8).isEmpty && pyramid.tiles(zoom: 14).isEmpty)
    }

    @Test(arguments: 6...14)
    func `Cells have no gap between them`(zoom: Int) {
        let pyramid = CellPyramid(layer: layer(zoom...zoom), levels: [level(zoom...zoom, count: 8)])
        let whole = CellPyramid(layer: layer(zoom...zoom), levels: [level(zoom...zoom, count: 1)])
        #expect(pyramid.tiles(zoom: zoom) == whole.tiles(zoom: zoom))
        for tile in pyramid.tiles(zoom: zoom) {
            let sum = pyramid.read(tile).flatMap(\.parts).reduce(0) { $0 + TileRings.doubleArea($1) }
            #expect(sum == whole.read(tile).flatMap(\.parts).reduce(0) { $0 + TileRings.doubleArea($1) })
        }
    }

    // Flat-topped hexagons, whose corners are given equally by the three cells around each.
    @Test(arguments: [9, 12, 14])
    func `Hexagons share their sides`(zoom: Int) {
        func corner(_ x: Int, _ y: Int) -> LonLat {
            LonLat(longitude: -99.17 + 0.002 * Double(x), latitude: 19.38 + 0.0034 * Double(y))
        }
        var outlines: [[LonLat]] = []
        for column in 0..<8 {
            for row in 0..<8 {
                let (x, y) = (3 * column, 2 * row + column % 2)
                outlines.append(
                    [(-2, 0), (-1, 1), (1, 1), (2, 0), (1, -1), (-1, -1)].map { corner(x + $0.0, y + $0.1) })
            }
        }
        let level = CellPyramid.Level(
            zooms: zoom...zoom, outlines: outlines, ids: outlines.indices.map { UInt64($0) }, columns: [])
        let pyramid = CellPyramid(layer: layer(zoom...zoom), levels: [level])
        var oneSided = 0
        for tile in pyramid.tiles(zoom: zoom) {
            let features = pyramid.read(tile)
            #expect(features.allSatisfy { $0.parts.count == 1 && (3...8).contains($0.parts[0].count) })
            let surplus = TileRings.surplus(of: features.flatMap(\.parts))
            #expect(surplus.values.allSatisfy { abs($0) == 1 })
            oneSided += surplus.count
        }
        #expect(oneSided > 0)
    }

    @Test func `Levels that miss a zoom or share one leave nothing undefined`() {
        let pyramid = CellPyramid(layer: layer(9...14), levels: [level(9...10, count: 1), level(10...12, count: 2)])
        func cells(_ zoom: Int) -> Set<UInt64> {
            Set(pyramid.tiles(zoom: zoom).flatMap { pyramid.read($0).compactMap(\.id) })
        }
        #expect(cells(9) == [1] && cells(10) == [1] && cells(11) == [1, 2, 3, 4])
        #expect(pyramid.tiles(zoom: 13).isEmpty)
        #expect(pyramid.coarsestStep == 0)
        #expect(CellPyramid(layer: layer(0...3), levels: []).tiles(zoom: 0).isEmpty)
    }
}
