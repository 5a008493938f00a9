import Compression
import SimpleFeatures
import Testing
import TestSupport
import Tiles

struct PointPyramidTests {
    private static let merging = PointPyramid.Merging(below: 9, cellBits: 5, countsBy: ["category", "period"])

    private static func archive(
        _ points: MercatorPoints, zooms: ClosedRange<Int> = 0...14, merging: PointPyramid.Merging, threads: Int = 2
    ) throws -> (ArchiveInMemory, TilePyramidAccount) {
        let pyramid = try PointPyramid(layer: "incidents", zooms: zooms, points: points, merging: merging)
        var tiles = try TilePyramid(layers: [pyramid], zooms: zooms)
        tiles.threads = threads
        let archive = ArchiveInMemory()
        return (archive, try tiles.write(to: archive))
    }

    @Test func `At every zoom the counts are those of the table, by category too`() throws {
        let points = PointFixture(count: 1200, seed: 1)
        let (archive, account) = try Self.archive(points.columns(), merging: Self.merging)
        for zoom in 0...14 {
            let features = try archive.read(zoom: zoom).flatMap { $0.content["incidents"]?.features ?? [] }
            #expect(account.zooms[zoom]?.features == [features.count])
            let isMerged = zoom < 9
            #expect(features.reduce(0) { $0 + (isMerged ? $1.integer("count") : 1) } == points.count)
            for (code, text) in PointFixture.texts.enumerated() {
                let found = features.reduce(0) {
                    $0 + (isMerged ? $1.integer("count_\(text)") : $1["category"] == .text(text) ? 1 : 0)
                }
                #expect(found == points.categories.count { Int($0) == code }, "\(zoom) \(text)")
            }
            if isMerged {
                let weight = features.reduce(0) { $0 + $1.number("weight") }
                #expect(abs(weight - points.weights.reduce(0, +)) < 1e-6)
            }
        }
    }

    /// What is known of a cell, counted one point after the other.
    private struct Cell: Equatable {
        var count = 0
        var x: UInt64 = 0
        var y: UInt64 = 0
        var millionths = 0
        var categories = [0, 0, 0]
    }

    @Test func `Merged zooms are what a count of the points gives`() throws {
        let points = PointFixture(count: 1000, seed: 2)
        let (archive, _) = try Self.archive(points.columns(), merging: Self.merging)
        for zoom in 0..<9 {
            var cells: [UInt64: Cell] = [:]
            let shift = UInt32(32 - zoom - 5)
            for row in 0..<points.count {
                let key = UInt64(points.x[row] >> shift) << 32 | UInt64(points.y[row] >> shift)
                cells[key, default: Cell()].count += 1
                cells[key, default: Cell()].x += UInt64(points.x[row])
                cells[key, default: Cell()].y += UInt64(points.y[row])
                cells[key, default: Cell()].millionths += Int((points.weights[row] * 1e6).rounded())
                if points.categories[row] >= 0 {
                    cells[key, default: Cell()].categories[Int(points.categories[row])] += 1
                }
            }
            let unit = UInt64(32 - zoom - 12)
            var found = 0
            for (tile, content) in try archive.read(zoom: zoom) {
                for feature in try #require(content["incidents"]).features {
                    found += 1
                    let place = try #require(feature.point)
                    let x = UInt64(tile.x) << 12 + UInt64(place.x)
                    let y = UInt64(tile.y) << 12 + UInt64(place.y)
                    let cell = try #require(cells[(x >> 7) << 32 | (y >> 7)])
                    #expect(cell.count == feature.integer("count"))
                    #expect((cell.x / UInt64(cell.count)) >> unit == x && (cell.y / UInt64(cell.count)) >> unit == y)
                    #expect(Double(cell.millionths) / 1e6 == feature.number("weight"))
                    #expect(cell.categories == PointFixture.texts.map { feature.integer("count_\($0)") })
                    #expect((feature.id != nil) == (cell.count == 1) && (feature["years"] != nil) == (cell.count == 1))
                }
            }
            #expect(found == cells.count)
        }
    }

    @Test func `In full detail every point is itself, in the tile of its place`() throws {
        let points = PointFixture(count: 1500, seed: 3)
        let (archive, _) = try Self.archive(
            points.columns(), zooms: 3...20, merging: PointPyramid.Merging(below: 0))
        for zoom in [3, 8, 14, 20] {
            var seen: Set<Int> = []
            for (tile, content) in try archive.read(zoom: zoom) {
                for feature in try #require(content["incidents"]).features {
                    let row = Int(try #require(feature.id) - 1) / 3
                    let position = MercatorPosition(x: points.x[row], y: points.y[row])
                    #expect(seen.insert(row).inserted && position.tile(zoom: zoom) == tile)
                    #expect(feature.properties == points.properties(row))
                    let unit = UInt32(20 - zoom)
                    let expected = TilePoint(
                        x: Int32(position.x >> unit & 4095), y: Int32(position.y >> unit & 4095))
                    #expect(feature.point == expected)
                }
            }
            #expect(seen.count == points.count)
        }
    }

    @Test(arguments: [0, 9, 15])
    func `Neither the order of the rows nor the number of threads changes a byte`(below: Int) throws {
        var points = PointFixture(count: 800, seed: 4)
        let merging = PointPyramid.Merging(below: below, countsBy: ["category"])
        let (one, _) = try Self.archive(points.columns(), merging: merging, threads: 1)
        points.shuffle(seed: 5)
        let (other, _) = try Self.archive(points.columns(), merging: merging, threads: 2)
        #expect(one.tiles.map(\.tile) == other.tiles.map(\.tile))
        #expect(one.tiles.map(\.bytes) == other.tiles.map(\.bytes))
    }

    @Test(arguments: [0, 5])
    func `No step of coarsening loses a point, and its features are known beforehand`(below: Int) throws {
        let points = PointFixture(count: 400, seed: 13)
        let pyramid = try PointPyramid(
            layer: "incidents", zooms: 0...4, points: points.columns(),
            merging: .init(below: below, cellBits: 6, countsBy: ["category"]))
        for tile in pyramid.tiles(zoom: 0) + pyramid.tiles(zoom: 3) {
            let full = try #require(pyramid.features(in: tile, coarsening: 0))
            var (last, total): (Int, Int?) = (Int.max, nil)
            for step in 0...pyramid.coarsestStep {
                var bytes: [UInt8] = []
                let account = pyramid.append(tile, coarsening: step, to: &bytes)
                let features = try #require(VectorTile(bytes)["incidents"]).features
                #expect(features.count == account.features && features.count <= last)
                #expect(pyramid.features(in: tile, coarsening: step) == features.count)
                #expect((account.coarsened == nil) == (step == 0))
                let count = features.reduce(0) { $0 + max(1, $1.integer("count")) }
                #expect(count == total ?? count)
                (last, total) = (features.count, count)
            }
            #expect(last == 1 && full >= last)
        }
    }

    @Test func `The bounds are around what is in tiles`() throws {
        let points = try MercatorPoints(longitudes: [-99.2, -99.1, 0], latitudes: [19.3, 19.5, 89])
        let bounds = try PointPyramid(layer: "a", zooms: 0...1, points: points).bounds
        #expect(abs(bounds.minX + 99.2) < 1e-6 && abs(bounds.maxX + 99.1) < 1e-6)
        #expect(abs(bounds.minY - 19.3) < 1e-6 && abs(bounds.maxY - 19.5) < 1e-6)
        #expect(try PointPyramid(layer: "a", zooms: 0...1, points: MercatorPoints(x: [], y: [])).bounds.isEmpty)
    }

    @Test func `A point on the border of tiles belongs to the eastern and southern one`() throws {
        // The middle of the world is the corner of four tiles at every zoom but the first.
        let middle = UInt32(1) << 31
        let points = try MercatorPoints(x: [middle, middle - 1], y: [middle, middle - 1])
        let (archive, _) = try Self.archive(points, zooms: 1...2, merging: .init(below: 0))
        #expect(archive.tiles.map(\.tile.description) == ["1/0/0", "1/1/1", "2/1/1", "2/2/2"])
        let found = try archive.read(zoom: 1).map { $0.content["incidents"]?.features.map(\.point) }
        #expect(found == [[TilePoint(x: 4095, y: 4095)], [TilePoint(x: 0, y: 0)]])
    }

    @Test func `The corners of the world have their tiles, and what lies beyond is counted`() throws {
        let north = MercatorPosition.northernmost
        let points = try MercatorPoints(
            longitudes: [-180, 180, 180, -180, 0, .nan, 0], latitudes: [north, north, -north, -north, 86, 0, -90],
            ids: [1, 2, 3, 4, 5, 6, 7],
            attributes: [AttributeColumn(name: "n", values: .integers([1, 2, 3, 4, 5, 6, 7]))],
            weights: [1, 1, 1, 1, 1, 1, 1])
        #expect(points.leftOut == 3 && points.count == 4 && points.ids == [1, 2, 3, 4])
        for below in [0, 21] {
            let (archive, _) = try Self.archive(points, zooms: 0...20, merging: .init(below: below, cellBits: 12))
            for zoom in 0...20 {
                let last = (1 << zoom) - 1
                let tiles = Set(try archive.read(zoom: zoom).map(\.tile.description))
                #expect(tiles == Set(["0/0", "\(last)/0", "0/\(last)", "\(last)/\(last)"].map { "\(zoom)/\($0)" }))
            }
        }
    }

    @Test func `No points are no tiles, and one is one at each zoom`() throws {
        let (none, account) = try Self.archive(MercatorPoints(x: [], y: []), merging: Self.plainMerging)
        #expect(none.tiles.isEmpty && account.tiles == 0)
        let (one, _) = try Self.archive(MercatorPoints(x: [7], y: [9], ids: [-1]), merging: Self.plainMerging)
        #expect(one.tiles.count == 15)
        for zoom in 0...14 {
            let features = try one.read(zoom: zoom).flatMap { $0.content["incidents"]?.features ?? [] }
            #expect(features.count == 1 && features.first?.id == nil)
        }
    }

    private static let plainMerging = PointPyramid.Merging(below: 9)

    @Test func `Features of many attributes and long texts are whole`() throws {
        let long = String(repeating: "ñ", count: 9000)
        var attributes: [AttributeColumn] = []
        for column in 0..<100 {
            attributes.append(AttributeColumn(name: "t\(column)", values: .codes([0, 1], of: [long, "b\(column)"])))
            attributes.append(AttributeColumn(name: "i\(column)", values: .integers([Int64(column) - 50, .min])))
            attributes.append(AttributeColumn(name: "n\(column)", values: .numbers([Double(column), -0.0])))
        }
        let points = try MercatorPoints(x: [1, 2], y: [1, 2], ids: [.max, 5], attributes: attributes)
        for below in [0, 1] {
            let (archive, _) = try Self.archive(points, zooms: 0...0, merging: .init(below: below, cellBits: 12))
            let features = try archive.read(zoom: 0).flatMap { $0.content["incidents"]?.features ?? [] }
            if below == 1 {
                #expect(features.map { $0.integer("count") } == [2])
            } else {
                #expect(features.map(\.properties.count) == [300, 300] && features.first?.id == UInt64(Int64.max))
                #expect(features.first?["t0"] == .text(long) && features.last?["i1"] == .integer(.min))
            }
        }
    }

    @Test func `What cannot be a pyramid is refused in a sentence`() throws {
        #expect(
            throws: PointPyramidError.columnLength(name: "ids", found: 1, expected: 2),
            performing: { try MercatorPoints(x: [1, 2], y: [1, 2], ids: [1]) })
        #expect(
            throws: PointPyramidError.weight(row: 1),
            performing: { try MercatorPoints(x: [1, 2], y: [1, 2], weights: [1, .nan]) })
        #expect(
            throws: PointPyramidError.weight(row: 0),
            performing: { try MercatorPoints(x: [1], y: [1], weights: [1e300]) })
        let points = try MercatorPoints(
            x: [1], y: [1], attributes: [AttributeColumn(name: "count", values: .integers([1]))])
        #expect(
            throws: PointPyramidError.nameTaken("count"),
            performing: { try PointPyramid(layer: "a", zooms: 0...1, points: points) })
        #expect(
            throws: PointPyramidError.noTexts("count"),
            performing: {
                try PointPyramid(
                    layer: "a", zooms: 0...1, points: points, merging: .init(below: 1, countsBy: ["count"]))
            })
        #expect(
            PointPyramidError.columnLength(name: "ids", found: 1, expected: 2).description
                == "columns must have an entry for each of the 2 points, but ids has 1")
    }
}
