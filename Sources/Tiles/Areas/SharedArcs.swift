/// The borders of many areas as arcs, of which each is held once, whoever has it as a border.
///
/// Rings are cut where a vertex has other neighbours in one ring than in another. An arc runs from cut to cut, or is a
/// whole ring that has no cut. Whatever is done to an arc is thereby done to the areas on both of its sides: this keeps
/// neighbours without gaps. Its direction depends on its positions alone.
///
/// ## Source
/// The idea is that of TopoJSON (Bostock 2012).
struct SharedArcs: Sendable {
    /// The positions of all arcs, one after the other; a closed arc ends with its first position.
    private(set) var positions: [MercatorPosition] = []
    /// Arc `a` is `positions[arcStarts[a]..<arcStarts[a + 1]]`.
    private(set) var arcStarts: [Int] = [0]
    /// The arcs along which each ring goes, one after the other; the complement of an arc's number means backwards.
    private(set) var uses: [Int32] = []
    /// The uses of ring `r` are `useStarts[r]..<useStarts[r + 1]`.
    private(set) var useStarts: [Int] = [0]
    let isHole: [Bool]
    /// The rings of area `a` are `areaStarts[a]..<areaStarts[a + 1]`.
    let areaStarts: [Int]
    let places: [MercatorPosition?]

    var arcCount: Int { arcStarts.count - 1 }
    var areaCount: Int { areaStarts.count - 1 }

    /// - Complexity: O(vertices).
    init(_ rings: AreaRings) {
        isHole = rings.rings.map(\.isHole)
        areaStarts = rings.areaStarts
        places = rings.places
        let isCut = Self.cuts(of: rings)
        var arcOfStart: [UInt64: Int32] = [:]
        arcOfStart.reserveCapacity(rings.rings.count * 4)
        for ring in rings.rings {
            cut(rings.vertices[ring.range], rings.table.positions, isCut, &arcOfStart)
            useStarts.append(uses.count)
        }
    }

    /// Whether a vertex has other neighbours in one place of the rings than in another.
    private static func cuts(of rings: AreaRings) -> [Bool] {
        let count = rings.table.positions.count
        var neighbours = [SIMD2<Int32>](repeating: SIMD2(-1, -1), count: count)
        var isCut = [Bool](repeating: false, count: count)
        for ring in rings.rings {
            var before = rings.vertices[ring.range.upperBound - 1]
            for index in ring.range {
                let vertex = rings.vertices[index]
                let after = rings.vertices[index + 1 < ring.range.upperBound ? index + 1 : ring.range.lowerBound]
                let pair = SIMD2(min(before, after), max(before, after))
                let known = neighbours[Int(vertex)]
                if known.x < 0 { neighbours[Int(vertex)] = pair } else if known != pair { isCut[Int(vertex)] = true }
                before = vertex
            }
        }
        return isCut
    }

    private mutating func cut(
        _ ring: ArraySlice<Int32>, _ positions: [MercatorPosition], _ isCut: [Bool], _ arcOfStart: inout [UInt64: Int32]
    ) {
        let ring = Array(ring)
        guard let first = ring.firstIndex(where: { isCut[Int($0)] }) else {
            let start = ring.indices.min { precedes(positions[Int(ring[$0])], positions[Int(ring[$1])]) } ?? 0
            let closed = Array(ring[start...]) + Array(ring[...start])
            return use(closed[...], positions, &arcOfStart)
        }
        let closed = Array(ring[first...]) + Array(ring[...first])
        var start = 0
        for index in 1..<closed.count where isCut[Int(closed[index])] {
            use(closed[start...index], positions, &arcOfStart)
            start = index
        }
    }

    /// Appends the use of an arc, and the arc where it is new.
    ///
    /// Between its cuts an arc has no choice, so its first two vertices name it.
    private mutating func use(
        _ vertices: ArraySlice<Int32>, _ positions: [MercatorPosition], _ arcOfStart: inout [UInt64: Int32]
    ) {
        let (low, high) = (vertices.startIndex, vertices.endIndex - 1)
        let isBackwards =
            vertices[low] == vertices[high]
            ? precedes(positions[Int(vertices[high - 1])], positions[Int(vertices[low + 1])])
            : precedes(positions[Int(vertices[high])], positions[Int(vertices[low])])
        let (first, second) =
            isBackwards ? (vertices[high], vertices[high - 1]) : (vertices[low], vertices[low + 1])
        let key = UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
        let arc = arcOfStart[key] ?? Int32(truncatingIfNeeded: arcCount)
        if Int(arc) == arcCount {
            arcOfStart[key] = arc
            if isBackwards {
                self.positions.append(contentsOf: vertices.reversed().lazy.map { positions[Int($0)] })
            } else {
                self.positions.append(contentsOf: vertices.lazy.map { positions[Int($0)] })
            }
            arcStarts.append(self.positions.count)
        }
        uses.append(isBackwards ? ~arc : arc)
    }

    private func precedes(_ left: MercatorPosition, _ right: MercatorPosition) -> Bool {
        left.x == right.x ? left.y < right.y : left.x < right.x
    }
}
