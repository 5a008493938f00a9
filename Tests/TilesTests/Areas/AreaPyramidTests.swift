import SimpleFeatures
import Testing
import TestSupport
import Tiles

struct AreaPyramidTests {
    /// A ring on the grid of zoom 0: units from the middle of the world eastwards and southwards.
    private func ring(_ places: [(Double, Double)]) -> [LonLat] {
        (places + places.prefix(1)).map { place in
            MercatorPosition.lonLat(
                x: (place.0 + 2048) * 1_048_576 + 1024, y: (place.1 + 2048) * 1_048_576 + 1024)
        }
    }

    private func pyramid(_ areas: [MultiPolygon<LonLat>], zooms: ClosedRange<Int> = 0...0) -> AreaPyramid {
        let ids = areas.indices.map { UInt64($0) + 1 }
        return AreaPyramid(
            layer: .areas(zooms), areas: areas, ids: ids,
            columns: [AttributeColumn(name: "row", values: .integers(ids.map { Int64($0) }))])
    }

    private func area(_ places: [(Double, Double)], holes: [[(Double, Double)]] = []) -> MultiPolygon<LonLat> {
        MultiPolygon([Polygon(exterior: ring(places), holes: holes.map(ring))])
    }

    /// The rings of an area in the one tile of zoom 0, as units from its middle, each begun at its least point.
    private func rings(_ area: MultiPolygon<LonLat>) -> [[[Int]]] {
        let features = pyramid([area]).read(.world)
        return features.flatMap(\.parts).map { ring in
            let points = ring.map { [Int($0.x) - 2048, Int($0.y) - 2048] }
            let start = points.indices.min { points[$0].lexicographicallyPrecedes(points[$1]) } ?? 0
            return Array(points[start...]) + Array(points[..<start])
        }
    }

    @Test func `Exteriors run clockwise and holes the other way whatever the data do`() {
        let square = [(0.0, 0.0), (10, 0), (10, 10), (0, 10)]
        let hole = [(2.0, 2.0), (4, 2), (4, 4), (2, 4)]
        let expected = [[[0, 0], [10, 0], [10, 10], [0, 10]], [[2, 2], [2, 4], [4, 4], [4, 2]]]
        for exterior in [square, square.reversed()] {
            for inner in [hole, hole.reversed()] { #expect(rings(area(exterior, holes: [inner])) == expected) }
        }
    }

    @Test func `What a zoom cannot show is left out of a line`() {
        // Half a unit beside the line is nothing; three units are seen.
        let expected = [[[0, 0], [20, 0], [23, 5], [20, 10], [0, 10]]]
        #expect(rings(area([(0, 0), (7, 0.6), (20, 0), (23, 5), (20, 10), (12, 9.5), (0, 10)])) == expected)
    }

    @Test func `A bow-tie becomes its two lobes`() {
        let expected = [[[0, 0], [5, 5], [0, 10]], [[5, 5], [10, 0], [10, 10]]]
        let found = rings(area([(0, 0), (10, 10), (10, 0), (0, 10)]))
        #expect(Set(found.map { Set($0) }) == Set(expected.map { Set($0) }) && found.count == 2)
    }

    @Test func `A border that comes back to a point is cut there`() {
        // A ring around a bay that closes at one point: the bay is a hole.
        let pinched = area([(0, 0), (10, 0), (10, 10), (0, 10), (0, 5), (3, 7), (5, 5), (3, 3), (0, 5)])
        #expect(
            rings(pinched) == [
                [[0, 0], [10, 0], [10, 10], [0, 10], [0, 5]], [[0, 5], [3, 7], [5, 5], [3, 3]],
            ])
    }

    @Test func `Parts of an area that share a side become one`() {
        let parts = MultiPolygon([
            Polygon(exterior: ring([(0, 0), (5, 0), (5, 10), (0, 10)])),
            Polygon(exterior: ring([(5, 0), (10, 0), (10, 10), (5, 10)])),
        ])
        let found = rings(parts)
        #expect(found.count == 1)
        #expect(found.joined().contains([5, 5]) == false)
        #expect(Set(found.joined()).isSuperset(of: [[0, 0], [10, 0], [10, 10], [0, 10]]))
    }

    @Test(arguments: [
        [(3.0, 3.0), (3.2, 3), (3.2, 3.2), (3, 3.2)], [(3, 3), (3.1, 3)], [(3, 3), (3, 3), (3, 3)], [(3, 3)],
        [(1, 3), (3, 3), (5, 3)], [(1, 3), (5, 3), (3, 3)],
    ])
    func `An area below a unit is a square of two units at its place`(places: [(Double, Double)]) throws {
        let pyramid = pyramid([area(places)])
        #expect(pyramid.account.areasDrawnAsSquares == [0: 1])
        #expect(pyramid.account.rowsWithoutPlace.isEmpty)
        let feature = try #require(pyramid.read(.world).first)
        #expect(feature.parts.map { TileRings.doubleArea($0) } == [8])
        #expect(feature["row"] == .integer(1))
        let ring = try #require(feature.parts.first)
        #expect(ring.allSatisfy { (2048...2054).contains($0.x) && (2050...2052).contains($0.y) })
        var bytes: [UInt8] = []
        let account = pyramid.append(.world, coarsening: 0, to: &bytes)
        #expect(account.coarsened == "areas below a unit drawn as squares of two units: 1")
    }

    @Test func `A hole as large as its exterior leaves a square`() {
        let square = [(0.0, 0.0), (10, 0), (10, 10), (0, 10)]
        let pyramid = pyramid([area(square, holes: [square])])
        #expect(pyramid.account.areasDrawnAsSquares == [0: 1])
        #expect(pyramid.read(.world).count == 1)
    }

    @Test func `An area that fills a hole shares its whole border`() {
        let square = [(0.0, 0.0), (40, 0), (40, 40), (0, 40)]
        let hole = [(10.0, 10.0), (20.2, 9.8), (30, 10), (30, 30), (21, 30.4), (10, 30)]
        let pyramid = pyramid([area(square, holes: [hole]), area(hole.reversed())], zooms: 0...3)
        for zoom in 0...3 {
            for tile in pyramid.tiles(zoom: zoom) {
                let features = pyramid.read(tile)
                let doubleArea = features.flatMap(\.parts).reduce(0) { $0 + TileRings.doubleArea($1) }
                let outline = self.pyramid([area(square)], zooms: zoom...zoom).read(tile).flatMap(\.parts)
                #expect(doubleArea == outline.reduce(0) { $0 + TileRings.doubleArea($1) })
            }
        }
    }

    @Test func `Areas without any position are counted and the others are drawn`() {
        let nowhere = LonLat(longitude: .nan, latitude: 0)
        let areas: [MultiPolygon<LonLat>] = [
            MultiPolygon([]), MultiPolygon([Polygon(exterior: [])]), area([(0, 0), (9, 0), (9, 9)]),
            MultiPolygon([Polygon(exterior: [nowhere, LonLat(longitude: 1, latitude: .infinity), nowhere])]),
            MultiPolygon([Polygon(exterior: ring([(0, 0), (9, 0)]) + [nowhere] + ring([(9, 9), (0, 9)]))]),
        ]
        let pyramid = pyramid(areas, zooms: 0...2)
        #expect(pyramid.account.rowsWithoutPlace == [0, 1, 3])
        #expect(pyramid.account.positionsThatAreNone == 4)
        for zoom in 0...2 {
            let ids = pyramid.tiles(zoom: zoom).flatMap { pyramid.read($0).compactMap(\.id) }
            #expect(Set(ids) == [3, 5])
        }
    }

    @Test func `What lies beyond the square of the world is moved to its border`() throws {
        let places = [(-200.0, 89.0), (200, 89), (200, -89), (-200, -89)]
        let world = MultiPolygon([
            Polygon(exterior: (places + places.prefix(1)).map { LonLat(longitude: $0.0, latitude: $0.1) })
        ])
        let pyramid = pyramid([world], zooms: 0...4)
        #expect(pyramid.account.positionsMoved == 5)
        for zoom in 0...4 {
            let tiles = pyramid.tiles(zoom: zoom)
            #expect(tiles.count == 1 << (2 * zoom))
            for tile in tiles {
                let rings = pyramid.read(tile).flatMap(\.parts)
                let side = 1 << zoom
                let (across, down) = (
                    4096 + (tile.x > 0 ? 64 : 0) + (tile.x < side - 1 ? 64 : 0),
                    4096 + (tile.y > 0 ? 64 : 0) + (tile.y < side - 1 ? 64 : 0)
                )
                #expect(rings.count == 1 && rings.first?.count == 4)
                #expect(TileRings.doubleArea(rings.first ?? []) == 2 * across * down)
            }
        }
    }

    @Test func `The deepest zoom draws what is smaller than its grid, at the corners of the world too`() throws {
        let latitude = MercatorPosition.northernmost
        let corners: [(Double, Double)] = [
            (-180, latitude), (180, latitude), (180, -latitude), (-180, -latitude), (12, 34),
        ]
        for (longitude, latitude) in corners {
            let place = LonLat(longitude: longitude, latitude: latitude)
            let pyramid = pyramid([MultiPolygon([Polygon(exterior: [place, place, place, place])])], zooms: 19...20)
            for zoom in 19...20 {
                let tile = try #require(MercatorPosition(place)?.tile(zoom: zoom))
                #expect(pyramid.tiles(zoom: zoom).contains(tile))
                #expect(pyramid.read(tile).flatMap(\.parts).map { TileRings.doubleArea($0) } == [8])
            }
        }
    }

    @Test func `An area at the date line stays on its side`() {
        let places = [(179.0, 10.0), (180, 10), (180, 11), (179, 11), (179, 10)]
        let area = MultiPolygon([Polygon(exterior: places.map { LonLat(longitude: $0.0, latitude: $0.1) })])
        let pyramid = pyramid([area], zooms: 0...5)
        #expect(pyramid.account.positionsMoved == 0)
        for zoom in 0...5 { #expect(pyramid.tiles(zoom: zoom).map(\.x) == [(1 << zoom) - 1]) }
    }

    @Test func `Tiles have no more than what reaches into their buffer`() {
        // At zoom 1 a tile's side is half of the world; the square reaches 40 units of zoom 1 beyond the middle.
        let pyramid = pyramid([area([(-500, -500), (20, -500), (20, -100), (-500, -100)])], zooms: 1...1)
        #expect(pyramid.tiles(zoom: 1).map(\.description) == ["1/0/0", "1/1/0"])
        let beyond = pyramid.read(pyramid.tiles(zoom: 1)[1]).flatMap(\.parts)
        #expect(
            beyond.map { Set($0) } == [
                [
                    TilePoint(x: -64, y: 3096), TilePoint(x: 40, y: 3096), TilePoint(x: 40, y: 3896),
                    TilePoint(x: -64, y: 3896),
                ]
            ])
        let far = self.pyramid([area([(-500, -500), (-40, -500), (-40, -100), (-500, -100)])], zooms: 1...1)
        #expect(far.tiles(zoom: 1).map(\.description) == ["1/0/0"])
    }

    @Test func `Tiles do not depend on threads nor on the order of the rows`() {
        let coverage = Coverage(west: -99.2, south: 19.3, side: 0.1, count: 4, steps: 30, seed: 21)
        let texts = coverage.ids.map { "colonia \($0)" }
        func pyramid(_ rows: [Int], threads: Int?) -> AreaPyramid {
            AreaPyramid(
                layer: .areas(8...13), areas: rows.map { coverage.areas[$0] }, ids: rows.map { coverage.ids[$0] },
                columns: [
                    AttributeColumn(name: "row", values: .integers(rows.map { Int64($0) })),
                    AttributeColumn(name: "name", values: .codes(rows.map { Int32($0) }, of: texts)),
                ], threads: threads)
        }
        let rows = Array(coverage.areas.indices)
        var generator = SeededGenerator(seed: 5)
        let one = pyramid(rows, threads: 1)
        let others = [pyramid(rows, threads: 2), pyramid(rows.shuffled(using: &generator), threads: nil)]
        for zoom in 8...13 {
            let bytes = one.bytes(zoom: zoom)
            #expect(!bytes.isEmpty)
            for other in others { #expect(other.bytes(zoom: zoom) == bytes) }
        }
        let turned = AreaPyramid(
            layer: .areas(8...13),
            areas: coverage.areas.map { MultiPolygon($0.polygons.map { Polygon(exterior: $0.exterior.reversed()) }) },
            ids: coverage.ids, columns: [])
        let straight = AreaPyramid(layer: .areas(8...13), areas: coverage.areas, ids: coverage.ids, columns: [])
        for zoom in 8...13 {
            for tile in straight.tiles(zoom: zoom) {
                for (left, right) in zip(straight.read(tile), turned.read(tile)) {
                    #expect(Set(left.parts.map { Set($0) }) == Set(right.parts.map { Set($0) }))
                }
            }
        }
    }

    /// Stars whose points cross each other, overlapping, with edges of all lengths.
    @Test(arguments: 0..<6)
    func `Rings are simple and wound right whatever the data are`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let areas = (0..<12).map { _ in
            let (x, y) = (
                Double.random(in: -300...300, using: &generator), Double.random(in: -300...300, using: &generator)
            )
            let reach = Double.random(in: 1...60, using: &generator)
            func shift() -> Double { Double.random(in: -reach...reach, using: &generator) }
            let count = Int.random(in: 3...24, using: &generator)
            return area(
                (0..<count).map { _ in (x + shift(), y + shift()) },
                holes: [(0..<3).map { _ in (x + shift() / 3, y + shift() / 3) }])
        }
        let pyramid = pyramid(areas, zooms: 0...4)
        for zoom in 0...4 {
            var seen = Set<UInt64>()
            for tile in pyramid.tiles(zoom: zoom) {
                let features = pyramid.read(tile)
                #expect(!features.isEmpty)
                seen.formUnion(features.compactMap(\.id))
                for feature in features {
                    #expect(TileRings.doubleArea(feature.parts[0]) > 0)
                    #expect(feature.parts.allSatisfy { TileRings.isSimple($0) }, "\(feature.id ?? 0) in \(tile)")
                }
            }
            #expect(seen.count == 12)
        }
    }

    @Test func `A zoom or tile that the layer does not have is empty`() throws {
        let pyramid = pyramid([area([(0, 0), (9, 0), (9, 9)])], zooms: 2...3)
        #expect(pyramid.tiles(zoom: 1).isEmpty && pyramid.tiles(zoom: 99).isEmpty && pyramid.tiles(zoom: -1).isEmpty)
        var bytes: [UInt8] = []
        #expect(pyramid.append(.world, coarsening: 0, to: &bytes).features == 0)
        let corner = try #require(TileID(zoom: 2, x: 0, y: 0))
        #expect(pyramid.append(corner, coarsening: 3, to: &bytes).features == 0)
        #expect(pyramid.features(in: corner, coarsening: 0) == 0 && bytes.isEmpty)
        #expect(self.pyramid([], zooms: 0...3).tiles(zoom: 2).isEmpty)
    }
}
