/// Places along a Z-order curve, with the box around every eight, every sixteen and so on.
///
/// ## Source
/// Morton (1966), *A Computer Oriented Geodetic Data Base*.
struct BoxTree {
    private struct Box {
        var west = Double.infinity
        var south = Double.infinity
        var east = -Double.infinity
        var north = -Double.infinity
        /// The least core distance in it.
        var core = Double.infinity

        mutating func formUnion(_ other: Box) {
            (west, south) = (min(west, other.west), min(south, other.south))
            (east, north) = (max(east, other.east), max(north, other.north))
            core = min(core, other.core)
        }

        @inline(__always)
        func squaredDistance(_ x: Double, _ y: Double) -> Double {
            let dx = max(0, max(west - x, x - east))
            let dy = max(0, max(south - y, y - north))
            return dx * dx + dy * dy
        }
    }

    private static let leafSize = 8
    private let place: [Int32]
    private let x: [Double]
    private let y: [Double]
    private let core: [Double]
    /// A complete binary tree: the children of node i are 2i + 1 and 2i + 2.
    private var boxes: [Box]
    private let leaves: Int

    init(x: [Double], y: [Double], core: [Double]) {
        let order = Self.order(x, y)
        place = order
        self.x = order.map { x[Int($0)] }
        self.y = order.map { y[Int($0)] }
        self.core = order.map { core[Int($0)] }
        var leaves = 1
        while leaves * Self.leafSize < order.count { leaves *= 2 }
        self.leaves = leaves
        boxes = [Box](repeating: Box(), count: 2 * leaves - 1)
        for index in order.indices {
            let (x, y) = (self.x[index], self.y[index])
            boxes[leaves - 1 + index / Self.leafSize].formUnion(
                Box(west: x, south: y, east: x, north: y, core: self.core[index]))
        }
        for node in stride(from: leaves - 2, through: 0, by: -1) {
            boxes[node].formUnion(boxes[2 * node + 1])
            boxes[node].formUnion(boxes[2 * node + 2])
        }
    }

    private static func order(_ x: [Double], _ y: [Double]) -> [Int32] {
        let (west, south) = (x.min() ?? 0, y.min() ?? 0)
        let size = max((x.max() ?? 0) - west, (y.max() ?? 0) - south)
        let scale = size > 0 ? 0x1p31 / size : 0
        let codes = x.indices.map { index in
            spread(UInt64((x[index] - west) * scale)) | spread(UInt64((y[index] - south) * scale)) << 1
        }
        return (0..<Int32(x.count)).sorted { a, b in
            let (first, second) = (codes[Int(a)], codes[Int(b)])
            return first != second ? first < second : a < b
        }
    }

    /// Puts a 0 between the lowest 32 bits.
    private static func spread(_ value: UInt64) -> UInt64 {
        var bits = value & 0xFFFF_FFFF
        bits = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF
        bits = (bits | bits << 8) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits << 2) & 0x3333_3333_3333_3333
        return (bits | bits << 1) & 0x5555_5555_5555_5555
    }

    /// The shortest way, by mutual reachability, from each part to a place of another one.
    /// - Parameter part: per place of the pattern, a member of its part.
    func shortestWays(_ part: [Int32]) -> [ReachabilityTree.Edge] {
        let parts = place.map { part[Int($0)] }
        let partOfBox = partsOfBoxes(parts)
        var best = [(square: Double, from: Int32, to: Int32)](
            repeating: (.infinity, -1, -1), count: part.count)
        var waiting: [(node: Int, square: Double)] = []
        for index in parts.indices {
            let own = Int(parts[index])
            let (px, py, reach) = (x[index], y[index], core[index] * core[index])
            guard reach < best[own].square else { continue }
            waiting.append((0, boxes[0].squaredDistance(px, py)))
            while let (node, square) = waiting.popLast() {
                guard square < best[own].square, partOfBox[node] != parts[index] else { continue }
                let nodeCore = boxes[node].core
                guard nodeCore * nodeCore < best[own].square else { continue }
                guard node >= leaves - 1 else {
                    let (a, b) = (2 * node + 1, 2 * node + 2)
                    let (toA, toB) = (boxes[a].squaredDistance(px, py), boxes[b].squaredDistance(px, py))
                    waiting.append(toA < toB ? (b, toB) : (a, toA))
                    waiting.append(toA < toB ? (a, toA) : (b, toB))
                    continue
                }
                let first = (node - leaves + 1) * Self.leafSize
                for other in first..<min(first + Self.leafSize, parts.count) where parts[other] != parts[index] {
                    let (dx, dy) = (x[other] - px, y[other] - py)
                    let square = max(max(reach, core[other] * core[other]), dx * dx + dy * dy)
                    if square < best[own].square { best[own] = (square, place[index], place[other]) }
                }
            }
        }
        return best.compactMap {
            $0.from < 0 ? nil : .init(a: min($0.from, $0.to), b: max($0.from, $0.to), distance: $0.square.squareRoot())
        }
    }

    /// Per box the part that all of its places belong to; −1 where they differ, −2 where it is empty.
    private func partsOfBoxes(_ parts: [Int32]) -> [Int32] {
        var common = [Int32](repeating: -2, count: boxes.count)
        func join(_ a: Int32, _ b: Int32) -> Int32 { a == b || b == -2 ? a : a == -2 ? b : -1 }
        for (index, part) in parts.enumerated() {
            let leaf = leaves - 1 + index / Self.leafSize
            common[leaf] = join(common[leaf], part)
        }
        for node in stride(from: leaves - 2, through: 0, by: -1) {
            common[node] = join(common[2 * node + 1], common[2 * node + 2])
        }
        return common
    }
}
