import SimpleFeatures
import Testing
import TestSupport
import Tiles

struct SharedBordersTests {
    static let wide = Coverage(west: -115, south: 14, side: 18, count: 5, steps: 40, seed: 7)
    static let narrow = Coverage(west: -99.2, south: 19.3, side: 0.15, count: 5, steps: 50, seed: 8)

    @Test(arguments: 0...14)
    func `Neighbours share their sides exactly at every zoom`(zoom: Int) throws {
        let coverage = zoom < 7 ? Self.wide : Self.narrow
        let pyramid = coverage.pyramid(zooms: zoom...zoom)
        #expect(pyramid.account == AreaAccount())
        var seen = Set<UInt64>()
        for tile in pyramid.tiles(zoom: zoom) {
            let features = pyramid.read(tile)
            #expect(!features.isEmpty)
            seen.formUnion(features.compactMap(\.id))
            let rim = Rim(coverage, tile)
            let oneSided = TileRings.surplus(of: features.flatMap(\.parts)).keys.filter { !rim.contains($0) }
            #expect(oneSided.isEmpty, "in \(tile) these sides have an area on one side only")
            let doubleArea = features.flatMap(\.parts).reduce(0) { $0 + TileRings.doubleArea($1) }
            #expect(doubleArea == rim.doubleArea, "\(tile)")
        }
        #expect(seen == Set(coverage.ids))
    }

    @Test(arguments: [2, 5])
    func `Neighbours share their sides when they are coarsened`(step: Int) throws {
        let pyramid = Self.narrow.pyramid(zooms: 9...9)
        var seen = Set<UInt64>()
        for tile in pyramid.tiles(zoom: 9) {
            var bytes: [UInt8] = []
            let account = pyramid.append(tile, coarsening: step, to: &bytes)
            #expect(account.coarsened?.hasPrefix("borders simplified to \(1 << step)/4096 of the tile") == true)
            let features = pyramid.read(tile, coarsening: step)
            seen.formUnion(features.compactMap(\.id))
            let points = features.flatMap(\.parts).joined().count
            #expect(points < pyramid.read(tile).flatMap(\.parts).joined().count)
            let rim = Rim(Self.narrow, tile)
            let oneSided = TileRings.surplus(of: features.flatMap(\.parts)).keys.filter { !rim.contains($0) }
            #expect(oneSided.isEmpty)
        }
        #expect(seen == Set(Self.narrow.ids))
    }

    @Test func `A tile that is too large is simplified and says so`() throws {
        let source = Self.narrow.pyramid(zooms: 12...12)
        var pyramid = try TilePyramid(layers: [source], zooms: 12...12)
        pyramid.sizeLimit = 1000
        var seen = Set<UInt64>()
        var notes = Set<String>()
        for tile in source.tiles(zoom: 12) {
            let read = VectorTile(try #require(try pyramid.message(tile)))
            #expect(read.findings.isEmpty)
            seen.formUnion(read["areas"]?.features.compactMap(\.id) ?? [])
            for note in read[TilePyramid.notesLayer]?.features ?? [] {
                if case .text(let text)? = note["coarsened"] { notes.insert(text) }
            }
        }
        #expect(seen == Set(Self.narrow.ids))
        #expect(notes.contains { $0.hasPrefix("borders simplified to ") })
    }

    @Test func `Borders stay within a unit and a half of where they are`() throws {
        let pyramid = Self.narrow.pyramid(zooms: 10...10)
        for tile in pyramid.tiles(zoom: 10) {
            let lines = Dictionary(uniqueKeysWithValues: pyramid.read(tile).map { ($0.id ?? 0, $0.parts) })
            for (area, id) in zip(Self.narrow.areas, Self.narrow.ids) {
                for place in area.polygons[0].exterior {
                    let (x, y) = MercatorPosition.square(place)
                    let scale = Double(1 << (20 - 10))
                    let local = (x / scale - Double(tile.x) * 4096, y / scale - Double(tile.y) * 4096)
                    guard (0...4096).contains(local.0), (0...4096).contains(local.1) else { continue }
                    let rings = try #require(lines[id])
                    #expect(rings.map { distance(local, $0) }.min() ?? .infinity < 1 + 0.5.squareRoot())
                }
            }
        }
    }

    private func distance(_ place: (Double, Double), _ ring: [TilePoint]) -> Double {
        zip(ring, ring.dropFirst() + ring.prefix(1)).map { start, end in
            let (x, y) = (Double(start.x), Double(start.y))
            let (dx, dy) = (Double(end.x) - x, Double(end.y) - y)
            let along = max(0, min(1, ((place.0 - x) * dx + (place.1 - y) * dy) / (dx * dx + dy * dy)))
            let (ex, ey) = (place.0 - x - along * dx, place.1 - y - along * dy)
            return (ex * ex + ey * ey).squareRoot()
        }.min() ?? .infinity
    }

    /// The border of a tile's buffer and of the whole coverage.
    struct Rim {
        var minX: Int
        var minY: Int
        var maxX: Int
        var maxY: Int

        init(_ coverage: Coverage, _ tile: TileID) {
            let scale = Double(1 << (20 - tile.zoom))
            func place(_ longitude: Double, _ latitude: Double) -> (Int, Int) {
                let square = MercatorPosition.square(LonLat(longitude: longitude, latitude: latitude))
                return (
                    Int((square.x.rounded(.down) / scale).rounded(.toNearestOrAwayFromZero)) - 4096 * tile.x,
                    Int((square.y.rounded(.down) / scale).rounded(.toNearestOrAwayFromZero)) - 4096 * tile.y
                )
            }
            (minX, maxY) = place(coverage.west, coverage.south)
            (maxX, minY) = place(coverage.west + coverage.side, coverage.south + coverage.side)
            (minX, minY, maxX, maxY) = (max(minX, -64), max(minY, -64), min(maxX, 4160), min(maxY, 4160))
        }

        var doubleArea: Int { 2 * (maxX - minX) * (maxY - minY) }

        func contains(_ step: TileRings.Step) -> Bool {
            step.dx == 0 && (step.x == minX || step.x == maxX) || step.dy == 0 && (step.y == minY || step.y == maxY)
        }
    }
}
