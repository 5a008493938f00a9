/// Cuts polygons on the grid of a zoom into tiles.
///
/// The smallest block of tiles around a polygon is halved until single tiles are left, and the polygon with it: a tile
/// costs what lies in it, and a block that lies inside altogether costs four corners.
struct AreaCutter {
    let zoom: Int
    /// How far a tile's parts reach beyond it, in units of 1/4096 tile.
    let buffer: Int
    /// Where only one tile is wanted: that one.
    var only: TileID?

    private static let fine = 4
    private static let tileBits = GridPoint.tileBits + fine

    private struct Block {
        var level: Int
        var x: Int
        var y: Int
    }

    /// - Complexity: O(points · log tiles) for the sides, O(tiles) for the inside.
    func cut(_ polygon: GridPolygon, into parts: inout TilePartsCollector) {
        guard let box = Box(polygon.exterior) else { return }
        let block = block(around: box)
        if block.level == 0 {
            take(polygon, block, &parts)
        } else {
            let rings = ([polygon.exterior] + polygon.holes).map { ring in ring.map { fine($0) } }
            split(rings, block, Int64(buffer) << Int64(Self.fine), into: &parts)
        }
    }

    private func fine(_ point: GridPoint) -> FinePoint {
        let middle = Int64(1) << Int64(zoom + Self.tileBits - 1)
        return FinePoint(Int64(point.x) << Int64(Self.fine) + middle, Int64(point.y) << Int64(Self.fine) + middle)
    }

    /// The smallest block with all tiles whose buffers a box reaches into.
    private func block(around box: Box) -> Block {
        let last = (1 << zoom) - 1
        let middle = 1 << (zoom + GridPoint.tileBits - 1)
        func tile(_ place: Int) -> Int { max(0, min(last, (place + middle) >> GridPoint.tileBits)) }
        let (minX, maxX) = (tile(Int(box.low.x) - buffer), tile(Int(box.high.x) + buffer - 1))
        let (minY, maxY) = (tile(Int(box.low.y) - buffer), tile(Int(box.high.y) + buffer - 1))
        let level = Int.bitWidth - ((minX ^ maxX) | (minY ^ maxY)).leadingZeroBitCount
        return Block(level: level, x: minX >> level, y: minY >> level)
    }

    /// Takes a polygon that lies within one tile as it is.
    private func take(_ polygon: GridPolygon, _ block: Block, _ parts: inout TilePartsCollector) {
        guard let tile = TileID(zoom: zoom, x: block.x, y: block.y) else { return }
        if let only, only != tile { return }
        let middle = 1 << (zoom + GridPoint.tileBits - 1)
        let (left, top) = (block.x << GridPoint.tileBits - middle, block.y << GridPoint.tileBits - middle)
        parts.append(
            tile,
            ([polygon.exterior] + polygon.holes).map { ring in
                ring.map { point in
                    TilePoint(
                        x: Int32(truncatingIfNeeded: Int(point.x) - left),
                        y: Int32(truncatingIfNeeded: Int(point.y) - top))
                }
            })
    }

    /// The least and the greatest coordinates of points.
    private struct Box {
        var low: FinePoint
        var high: FinePoint

        init?(_ ring: [GridPoint]) {
            guard let first = ring.first else { return nil }
            low = FinePoint(Int64(first.x), Int64(first.y))
            high = low
            for point in ring { include(FinePoint(Int64(point.x), Int64(point.y))) }
        }

        init?(_ rings: [[FinePoint]]) {
            guard let first = rings.first?.first else { return nil }
            (low, high) = (first, first)
            for ring in rings {
                for point in ring { include(point) }
            }
        }

        private mutating func include(_ point: FinePoint) {
            low = pointwiseMin(low, point)
            high = pointwiseMax(high, point)
        }
    }

    private func split(_ rings: [[FinePoint]], _ block: Block, _ reach: Int64, into parts: inout TilePartsCollector) {
        guard block.level > 0 else { return emit(rings, block, &parts) }
        let bits = Int64(block.level - 1 + Self.tileBits)
        let (middleX, middleY) = (Int64(2 * block.x + 1) << bits, Int64(2 * block.y + 1) << bits)
        for right in 0...1 {
            let column = clip(rings, 0, right == 0 ? middleX + reach : middleX - reach, below: right == 0)
            if column.isEmpty { continue }
            for down in 0...1 {
                let child = Block(level: block.level - 1, x: 2 * block.x + right, y: 2 * block.y + down)
                if let only, only.x >> child.level != child.x || only.y >> child.level != child.y { continue }
                let quarter = clip(column, 1, down == 0 ? middleY + reach : middleY - reach, below: down == 0)
                if !quarter.isEmpty { split(quarter, child, reach, into: &parts) }
            }
        }
    }

    private func clip(_ rings: [[FinePoint]], _ axis: Int, _ limit: Int64, below: Bool) -> [[FinePoint]] {
        guard let box = Box(rings) else { return [] }
        if below ? box.high[axis] <= limit : box.low[axis] >= limit { return rings }
        if below ? box.low[axis] >= limit : box.high[axis] <= limit { return [] }
        return HalfPlane(axis: axis, limit: limit, keepsBelow: below).clip(rings)
    }

    /// Rounds to the tile's units, drops what that makes flat, and puts holes behind their exteriors.
    private func emit(_ rings: [[FinePoint]], _ block: Block, _ parts: inout TilePartsCollector) {
        guard let tile = TileID(zoom: zoom, x: block.x, y: block.y) else { return }
        if let only, only != tile { return }
        let origin = FinePoint(Int64(block.x) << Int64(Self.tileBits), Int64(block.y) << Int64(Self.tileBits))
        var exteriors: [[GridPoint]] = []
        var holes: [[GridPoint]] = []
        for ring in rings {
            let rounded = rounded(ring, origin)
            for simple in Self.comesBack(rounded) ? OutlineTracing.simpleRings(of: rounded) : [rounded] {
                let doubleArea = simple.count < 3 ? 0 : GridTurn.doubleArea(simple)
                if doubleArea > 0 { exteriors.append(simple) } else if doubleArea < 0 { holes.append(simple) }
            }
        }
        for exterior in exteriors {
            let inside = exteriors.count == 1 ? holes : holes.filter { RingNesting.contains(exterior, $0) }
            parts.append(tile, ([exterior] + inside).map { ring in ring.map { TilePoint(x: $0.x, y: $0.y) } })
        }
    }

    /// Whether a ring comes twice to one point, as one does that was joined from an exterior and a hole touching it.
    private static func comesBack(_ ring: [GridPoint]) -> Bool {
        let keys = ring.map { UInt64(UInt32(bitPattern: $0.x)) << 32 | UInt64(UInt32(bitPattern: $0.y)) }.sorted()
        return zip(keys, keys.dropFirst()).contains { $0 == $1 }
    }

    private func rounded(_ ring: [FinePoint], _ origin: FinePoint) -> [GridPoint] {
        var points: [GridPoint] = []
        points.reserveCapacity(ring.count)
        let half = Int64(1) << Int64(Self.fine - 1)
        for point in ring {
            let place = point &- origin
            let next = GridPoint(
                x: Int32(truncatingIfNeeded: (place.x + half) >> Int64(Self.fine)),
                y: Int32(truncatingIfNeeded: (place.y + half) >> Int64(Self.fine)))
            while points.count >= 2, isNeedless(points[points.count - 1], between: points[points.count - 2], next) {
                points.removeLast()
            }
            if points.last != next { points.append(next) }
        }
        while points.count > 1, points.first == points.last { points.removeLast() }
        while points.count >= 3, isNeedless(points[points.count - 1], between: points[points.count - 2], points[0]) {
            points.removeLast()
        }
        while points.count >= 3, isNeedless(points[0], between: points[points.count - 1], points[1]) {
            points.removeFirst()
        }
        return points
    }

    /// Whether a point lies on the rim of the buffer, where lines are cut, on a straight line along it.
    private func isNeedless(_ point: GridPoint, between before: GridPoint, _ after: GridPoint) -> Bool {
        let (low, high) = (Int32(-buffer), Int32(GridPoint.tileSide + buffer))
        return (point.x == low || point.x == high) && before.x == point.x && after.x == point.x
            || (point.y == low || point.y == high) && before.y == point.y && after.y == point.y
    }
}
