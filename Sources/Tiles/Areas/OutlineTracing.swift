import Glibc

/// One exterior with its holes on the grid of a zoom: simple rings, not closed, exterior positive, holes negative.
struct GridPolygon {
    var exterior: [GridPoint]
    var holes: [[GridPoint]] = []
}

/// Makes valid polygons of an area whose sides meet at their ends only, but may meet there in any way.
///
/// Sides that are there in both directions cancel. The others are walked along, always turning sharply towards the
/// inside, and cut into rings that come to no point twice. A ring inside another is a hole or fills one; a ring that
/// simplifying has turned over, or one lobe of a bow-tie, counts as area all the same.
enum OutlineTracing {
    /// - Complexity: O(points · log points) for few rings; each ring is compared with all larger ones.
    static func polygons(of outline: AreaOutline) -> [GridPolygon] {
        let rings = outline.isHole.indices.map { ring in
            Array(outline.points[outline.ringStarts[ring]..<outline.ringStarts[ring + 1]])
        }
        let (polygons, turnedAny) = polygons(of: rings)
        // A ring that was turned over may now have sides in common with others: these cancel in a second round.
        return turnedAny ? self.polygons(of: polygons.flatMap { [$0.exterior] + $0.holes }).polygons : polygons
    }

    /// Cuts a ring that comes back to a point into rings that do not, without those that have no area.
    static func simpleRings(of ring: [GridPoint]) -> [[GridPoint]] {
        var rings: [Ring] = []
        cut(ring, into: &rings)
        return rings.map(\.points)
    }

    private static func polygons(of outline: [[GridPoint]]) -> (polygons: [GridPolygon], turnedAny: Bool) {
        var rings: [Ring] = []
        for walk in walks(along: sides(of: outline)) { cut(walk, into: &rings) }
        return nest(rings)
    }

    private struct Side: Hashable {
        var start: GridPoint
        var end: GridPoint
    }

    private struct Ring {
        var points: [GridPoint]
        var doubleArea: Double
        var low: GridPoint
        var high: GridPoint

        init(_ points: [GridPoint], doubleArea: Double) {
            (self.points, self.doubleArea) = (points, doubleArea)
            low = GridPoint(x: .max, y: .max)
            high = GridPoint(x: .min, y: .min)
            for point in points {
                low = GridPoint(x: min(low.x, point.x), y: min(low.y, point.y))
                high = GridPoint(x: max(high.x, point.x), y: max(high.y, point.y))
            }
        }

        func contains(_ other: Ring) -> Bool {
            low.x <= other.low.x && low.y <= other.low.y && high.x >= other.high.x && high.y >= other.high.y
                && RingNesting.contains(points, other.points)
        }
    }

    /// The sides that remain when those in opposite directions have cancelled, ascending.
    private static func sides(of rings: [[GridPoint]]) -> [Side] {
        var surplus: [Side: Int] = [:]
        for ring in rings {
            guard var last = ring.last else { continue }
            for point in ring {
                if last < point {
                    surplus[Side(start: last, end: point), default: 0] += 1
                } else if point < last {
                    surplus[Side(start: point, end: last), default: 0] -= 1
                }
                last = point
            }
        }
        return surplus.flatMap { side, count in
            repeatElement(count > 0 ? side : Side(start: side.end, end: side.start), count: abs(count))
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    private static func walks(along sides: [Side]) -> [[GridPoint]] {
        var isUsed = [Bool](repeating: false, count: sides.count)
        var firstFrom: [GridPoint: Int] = [:]
        for (index, side) in sides.enumerated() where firstFrom[side.start] == nil { firstFrom[side.start] = index }
        var walks: [[GridPoint]] = []
        for start in sides.indices where !isUsed[start] {
            var walk: [GridPoint] = []
            var current: Int? = start
            while let index = current {
                isUsed[index] = true
                walk.append(sides[index].start)
                current = firstFrom[sides[index].end].flatMap { next(after: sides[index], from: $0, sides, isUsed) }
            }
            walks.append(walk)
        }
        return walks
    }

    /// Of the unused sides that go on from a side's end, the one with nothing but inside between the two.
    private static func next(after side: Side, from first: Int, _ sides: [Side], _ isUsed: [Bool]) -> Int? {
        func angle(_ to: GridPoint) -> Double {
            atan2(Double(to.y) - Double(side.end.y), Double(to.x) - Double(side.end.x))
        }
        let back = angle(side.start)
        var (best, least): (Int?, Double) = (nil, .infinity)
        var index = first
        while index < sides.count, sides[index].start == side.end {
            if !isUsed[index] {
                let turn = back - angle(sides[index].end)
                let clockwise = turn <= 0 ? turn + 2 * .pi : turn
                if clockwise < least { (best, least) = (index, clockwise) }
            }
            index += 1
        }
        return best
    }

    /// Cuts a closed walk wherever it comes back to a point.
    private static func cut(_ walk: [GridPoint], into rings: inout [Ring]) {
        var path: [GridPoint] = []
        var places: [GridPoint: Int] = [:]
        func close(from start: Int) {
            let points = Array(path[start...])
            let doubleArea = GridTurn.doubleArea(points)
            if points.count >= 3, doubleArea != 0 { rings.append(Ring(points, doubleArea: doubleArea)) }
        }
        for point in walk {
            if let start = places[point] {
                close(from: start)
                for dropped in path[(start + 1)...] { places[dropped] = nil }
                path.removeSubrange((start + 1)...)
            } else {
                places[point] = path.count
                path.append(point)
            }
        }
        if !path.isEmpty { close(from: 0) }
    }

    private enum Role {
        case exterior(Int)
        case hole(of: Int)
        case nothing
    }

    /// Attaches holes to the exterior right around them.
    /// - Returns: also whether any ring had to be turned to be an exterior.
    private static func nest(_ rings: [Ring]) -> (polygons: [GridPolygon], turnedAny: Bool) {
        var turnedAny = false
        let rings = rings.sorted { abs($0.doubleArea) > abs($1.doubleArea) }
        var roles: [Role] = []
        var polygons: [GridPolygon] = []
        for ring in rings {
            let around = roles.indices.reversed().first { other in
                if case .nothing = roles[other] { return false }
                return rings[other].contains(ring)
            }
            switch (around.map { roles[$0] }, ring.doubleArea > 0) {
            case (.exterior(let polygon)?, false):
                polygons[polygon].holes.append(ring.points)
                roles.append(.hole(of: polygon))
            case (.exterior?, true), (.hole?, false), (.nothing?, _): roles.append(.nothing)
            case (nil, _), (.hole?, true):
                roles.append(.exterior(polygons.count))
                polygons.append(GridPolygon(exterior: ring.doubleArea > 0 ? ring.points : ring.points.reversed()))
                if ring.doubleArea < 0 { turnedAny = true }
            }
        }
        return (polygons, turnedAny)
    }
}

/// Which of two rings that do not cross contains the other.
enum RingNesting {
    /// Whether a ring lies inside another; they may touch.
    /// - Complexity: O(points of the outer) unless the inner touches it.
    static func contains(_ outer: [GridPoint], _ inner: [GridPoint]) -> Bool {
        guard var last = inner.last else { return false }
        for point in inner {
            if let inside = contains(outer, 2 * Double(point.x), 2 * Double(point.y)) { return inside }
        }
        for point in inner {
            let middle = (Double(point.x) + Double(last.x), Double(point.y) + Double(last.y))
            if let inside = contains(outer, middle.0, middle.1) { return inside }
            last = point
        }
        return false
    }

    /// Whether a place, given by twice its coordinates, lies inside; nil on the border.
    private static func contains(_ ring: [GridPoint], _ x: Double, _ y: Double) -> Bool? {
        guard let end = ring.last else { return false }
        var isInside = false
        var (lastX, lastY) = (2 * Double(end.x), 2 * Double(end.y))
        for point in ring {
            let (nextX, nextY) = (2 * Double(point.x), 2 * Double(point.y))
            let side = (nextX - lastX) * (y - lastY) - (x - lastX) * (nextY - lastY)
            if side == 0, x >= min(lastX, nextX), x <= max(lastX, nextX), y >= min(lastY, nextY),
                y <= max(lastY, nextY)
            {
                return nil
            }
            if (lastY <= y) != (nextY <= y), (side > 0) == (nextY > lastY) { isInside.toggle() }
            (lastX, lastY) = (nextX, nextY)
        }
        return isInside
    }
}
