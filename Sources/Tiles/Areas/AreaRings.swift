import Glibc
import SimpleFeatures

/// The rings of many areas on the mercator square, cleaned: no position twice in a row, no way there and back.
///
/// Exteriors have a positive area as MVT counts it (they run clockwise as one sees them), holes a negative one.
/// Positions are numbered, so that equal ones are one vertex.
struct AreaRings {
    /// One ring: a stretch of ``vertices``.
    struct Ring {
        var range: Range<Int>
        var isHole: Bool
    }

    private(set) var table: VertexTable
    /// The numbers of the vertices of all rings, one after the other; no ring repeats its first at its end.
    private(set) var vertices: [Int32] = []
    private(set) var rings: [Ring] = []
    /// The rings of area `a` are `areaStarts[a]..<areaStarts[a + 1]`.
    private(set) var areaStarts: [Int] = [0]
    /// Where each area stands: the vertex nearest to the middle of its longest ring; nil where it has no position at
    /// all.
    private(set) var places: [MercatorPosition?] = []
    private(set) var account = AreaAccount()

    /// - Complexity: O(vertices).
    init(_ areas: [MultiPolygon<LonLat>], order: [Int]) {
        var count = 0
        for area in areas {
            for polygon in area.polygons {
                count += polygon.exterior.count
                for hole in polygon.holes { count += hole.count }
            }
        }
        table = VertexTable(capacity: count)
        vertices.reserveCapacity(count)
        for area in order { append(areas[area]) }
    }

    private mutating func append(_ area: MultiPolygon<LonLat>) {
        var longest: Range<Int> = 0..<0
        var anyVertex: Int32?
        for polygon in area.polygons {
            for index in 0...polygon.holes.count {
                let isHole = index > 0
                let start = vertices.count
                project(isHole ? polygon.holes[index - 1] : polygon.exterior)
                if anyVertex == nil, start < vertices.count { anyVertex = vertices[start] }
                clean(from: start)
                guard vertices.count - start >= 3 else {
                    vertices.removeSubrange(start...)
                    continue
                }
                orient(from: start, hole: isHole)
                rings.append(Ring(range: start..<vertices.count, isHole: isHole))
                if !isHole, vertices.count - start > longest.count { longest = start..<vertices.count }
            }
        }
        areaStarts.append(rings.count)
        places.append(place(of: longest) ?? anyVertex.map { table.positions[Int($0)] })
    }

    /// Appends a ring's vertices without repetitions in a row, not even around its end.
    private mutating func project(_ ring: [LonLat]) {
        let start = vertices.count
        for place in ring {
            guard place.longitude.isFinite, place.latitude.isFinite else {
                account.positionsThatAreNone += 1
                continue
            }
            let inside = LonLat(
                longitude: max(-180, min(180, place.longitude)),
                latitude: max(-MercatorPosition.northernmost, min(MercatorPosition.northernmost, place.latitude)))
            if inside != place { account.positionsMoved += 1 }
            let (x, y) = MercatorPosition.square(inside)
            let number = table.number(
                of: MercatorPosition(
                    x: UInt32(clamping: Int64(x.rounded(.down))), y: UInt32(clamping: Int64(y.rounded(.down)))))
            if vertices.count == start || vertices[vertices.count - 1] != number { vertices.append(number) }
        }
        while vertices.count - start > 1, vertices[start] == vertices[vertices.count - 1] { vertices.removeLast() }
    }

    /// Takes out ways there and back along one edge until there is none.
    private mutating func clean(from start: Int) {
        var kept = start
        for index in start..<vertices.count {
            let vertex = vertices[index]
            if kept - start >= 2, vertices[kept - 2] == vertex {
                kept -= 1
            } else if kept == start || vertices[kept - 1] != vertex {
                vertices[kept] = vertex
                kept += 1
            }
        }
        var first = start
        while kept - first >= 3 {
            if vertices[first] == vertices[kept - 1] {
                kept -= 1
            } else if vertices[first + 1] == vertices[kept - 1] {
                first += 1
            } else if vertices[first] == vertices[kept - 2] {
                kept -= 1
            } else {
                break
            }
        }
        vertices.removeSubrange(kept...)
        vertices.removeSubrange(start..<first)
    }

    private mutating func orient(from start: Int, hole: Bool) {
        let positions = table.positions
        let first = positions[Int(vertices[start])]
        var last = positions[Int(vertices[vertices.count - 1])]
        var sum = 0.0
        for vertex in vertices[start...] {
            let next = positions[Int(vertex)]
            sum += (Double(last.x) - Double(first.x)) * (Double(next.y) - Double(first.y))
            sum -= (Double(next.x) - Double(first.x)) * (Double(last.y) - Double(first.y))
            last = next
        }
        if (sum < 0) != hole { vertices[start...].reverse() }
    }

    /// The vertex nearest to the middle of what lies around a ring; of several the least.
    private func place(of ring: Range<Int>) -> MercatorPosition? {
        guard !ring.isEmpty else { return nil }
        var (low, high) = (SIMD2(Double.infinity, .infinity), SIMD2(-Double.infinity, -.infinity))
        for vertex in vertices[ring] {
            let place = Self.vector(table.positions[Int(vertex)])
            (low, high) = (pointwiseMin(low, place), pointwiseMax(high, place))
        }
        let middle = (low + high) / 2
        var (best, least): (MercatorPosition?, Double) = (nil, .infinity)
        for vertex in vertices[ring] {
            let position = table.positions[Int(vertex)]
            let away = Self.vector(position) - middle
            let distance = (away * away).sum()
            if distance < least || distance == least && best.map({ (position.x, position.y) < ($0.x, $0.y) }) == true {
                (best, least) = (position, distance)
            }
        }
        return best
    }

    private static func vector(_ position: MercatorPosition) -> SIMD2<Double> {
        SIMD2(Double(position.x), Double(position.y))
    }
}
