import SimpleFeatures
import TestSupport
import Tiles

/// Areas that fill a rectangle without gaps: a chessboard whose inner borders wiggle.
struct Coverage {
    var areas: [MultiPolygon<LonLat>] = []
    let west: Double
    let south: Double
    let side: Double

    /// - Parameters:
    ///   - side: of the rectangle, in degrees.
    ///   - count: of areas in a row.
    ///   - steps: of each border of an area.
    init(west: Double, south: Double, side: Double, count: Int, steps: Int, seed: UInt64) {
        (self.west, self.south, self.side) = (west, south, side)
        var generator = SeededGenerator(seed: seed)
        let width = side / Double(count)
        var corners = [[LonLat]](repeating: [], count: count + 1)
        for row in 0...count {
            for column in 0...count {
                func shift(_ index: Int) -> Double {
                    index == 0 || index == count ? 0 : width * Double.random(in: -0.2...0.2, using: &generator)
                }
                corners[row].append(
                    LonLat(
                        longitude: west + Double(column) * width + shift(column),
                        latitude: south + Double(row) * width + shift(row)))
            }
        }
        /// Wiggles across the straight way only, and less towards its ends, so lines cross neither themselves nor
        /// others.
        func line(_ start: LonLat, _ end: LonLat, straight: Bool) -> [LonLat] {
            (0...steps).map { step in
                if step == 0 { return start }
                if step == steps { return end }
                let along = Double(step) / Double(steps)
                let (dx, dy) = (end.longitude - start.longitude, end.latitude - start.latitude)
                let across = straight ? 0 : 0.5 * min(along, 1 - along) * Double.random(in: -1...1, using: &generator)
                return LonLat(
                    longitude: dx == 0 ? start.longitude : start.longitude + along * dx - across * dy,
                    latitude: dy == 0 ? start.latitude : start.latitude + along * dy + across * dx)
            }
        }
        let level = (0...count).map { row in
            (0..<count).map { line(corners[row][$0], corners[row][$0 + 1], straight: row == 0 || row == count) }
        }
        let upright = (0..<count).map { row in
            (0...count).map { line(corners[row][$0], corners[row + 1][$0], straight: $0 == 0 || $0 == count) }
        }
        for row in 0..<count {
            for column in 0..<count {
                let ring: [LonLat] =
                    level[row][column].dropLast() + upright[row][column + 1].dropLast()
                    + level[row + 1][column].reversed().dropLast() + upright[row][column].reversed()
                areas.append(MultiPolygon([Polygon(exterior: ring)]))
            }
        }
    }

    var ids: [UInt64] { areas.indices.map { UInt64($0) + 1 } }

    func pyramid(zooms: ClosedRange<Int>, buffer: Int = 64) -> AreaPyramid {
        AreaPyramid(
            layer: .areas(zooms), areas: areas, ids: ids,
            columns: [AttributeColumn(name: "row", values: .integers(ids.map { Int64($0) }))], buffer: buffer)
    }
}

extension TileLayer {
    static func areas(_ zooms: ClosedRange<Int>) -> TileLayer {
        TileLayer(id: "areas", summary: "", shape: .polygon, zooms: zooms, fields: [.init("row", .number)])
    }
}

extension TileLayerSource {
    /// The layer's features in a tile, as our own reader finds them.
    func read(_ tile: TileID, coarsening: Int = 0) -> [VectorTile.Feature] {
        var bytes: [UInt8] = []
        _ = append(tile, coarsening: coarsening, to: &bytes)
        let read = VectorTile(bytes)
        return read.isValid ? read.layers.first?.features ?? [] : []
    }

    /// Everything that the layer has at a zoom, tile by tile.
    func bytes(zoom: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for tile in tiles(zoom: zoom) { _ = append(tile, coarsening: 0, to: &bytes) }
        return bytes
    }
}

/// What rings in a tile are made of.
enum TileRings {
    /// Twice the area, positive for an exterior.
    static func doubleArea(_ ring: [TilePoint]) -> Int {
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { sum, side in
            sum + Int(side.0.x) * Int(side.1.y) - Int(side.1.x) * Int(side.0.y)
        }
    }

    /// A straight way between two places next to each other on their line, from the lesser to the greater.
    struct Step: Hashable {
        var x: Int
        var y: Int
        var dx: Int
        var dy: Int
    }

    /// How much oftener each step is gone forwards than backwards.
    static func surplus(of rings: [[TilePoint]]) -> [Step: Int] {
        var surplus: [Step: Int] = [:]
        for ring in rings {
            for (start, end) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
                let (dx, dy) = (Int(end.x) - Int(start.x), Int(end.y) - Int(start.y))
                let count = divisor(abs(dx), abs(dy))
                for index in 0..<count {
                    let from = (Int(start.x) + dx / count * index, Int(start.y) + dy / count * index)
                    if (dx, dy) > (0, 0) {
                        surplus[Step(x: from.0, y: from.1, dx: dx / count, dy: dy / count), default: 0] += 1
                    } else {
                        let to = (from.0 + dx / count, from.1 + dy / count)
                        surplus[Step(x: to.0, y: to.1, dx: -dx / count, dy: -dy / count), default: 0] -= 1
                    }
                }
            }
        }
        return surplus.filter { $0.value != 0 }
    }

    private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }

    /// Whether sides of a feature's rings meet only where they follow each other, or at common corners of rings that do
    /// not cross there; the slow obvious way.
    static func isSimple(_ ring: [TilePoint]) -> Bool {
        guard Set(ring).count == ring.count, ring.count >= 3 else { return false }
        for first in ring.indices {
            for second in (first + 1)..<ring.count where second > first + 1 && !(first == 0 && second == ring.count - 1)
            {
                let (a, b) = (ring[first], ring[first + 1])
                let (c, d) = (ring[second], ring[(second + 1) % ring.count])
                let apart = side(a, b, c) * side(a, b, d) > 0 || side(c, d, a) * side(c, d, b) > 0
                if !apart, overlap(a, b, c, d) { return false }
            }
        }
        return true
    }

    private static func side(_ a: TilePoint, _ b: TilePoint, _ c: TilePoint) -> Int {
        ((Int(b.x) - Int(a.x)) * (Int(c.y) - Int(a.y)) - (Int(b.y) - Int(a.y)) * (Int(c.x) - Int(a.x))).signum()
    }

    private static func overlap(_ a: TilePoint, _ b: TilePoint, _ c: TilePoint, _ d: TilePoint) -> Bool {
        max(min(a.x, b.x), min(c.x, d.x)) <= min(max(a.x, b.x), max(c.x, d.x))
            && max(min(a.y, b.y), min(c.y, d.y)) <= min(max(a.y, b.y), max(c.y, d.y))
    }
}
