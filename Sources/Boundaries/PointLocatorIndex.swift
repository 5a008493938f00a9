import SimpleFeatures

extension PointLocator {
    /// What the raster's words refer to. Written once by its initialiser, in `PointLocatorBuild.swift`.
    struct Index {
        /// One word per cell, row by row from the south-west, and one more for everywhere else.
        ///
        /// A word is a node less 1. Node 0 is nothing, nodes 1 to *n* are the *n* areas, each covering a cell wholly and
        /// alone: their words -1 to *n* - 1 are answers. Greater words are lists of areas.
        var raster: [Int32]
        var nodes: [Node]
        /// The edges of area 0 in its lowest raster row, in its next row, and so on; then those of area 1.
        var edges: [EdgePair]
        /// Where in `edges` each row of each area begins, and at last where the last one ends.
        var rowStarts: [UInt32]
        /// What to add to a raster row to find an area's entry in `rowStarts`.
        var rowOffsets: [Int]
        var determinantError: Double

        /// How many pairs are fetched ahead of use for each area in question.
        static let pairsAhead = 4
    }

    /// One area that a cell concerns, and the rest of the cell's list.
    ///
    /// Lists share their rests: all cells along the border of the same two areas carry the same word.
    struct Node {
        var area: Int32
        /// Whether the area covers the cell wholly; otherwise its edges cross the cell.
        var covers: Bool
        /// The node of the list without this area, always of lower areas.
        var rest: Int32
        /// The latest list that puts another area in front of this one: covering the cell, or crossing it. 0 for none.
        var latestCovered: Int32 = 0
        var latestCrossed: Int32 = 0
    }

    /// Two edges of an area in a raster row, lower ends first, so that neighbours compute alike on the border they share:
    /// both lower x, both lower y, both upper x, both upper y. One pair fills one line of the processor's cache. Where a row
    /// has an odd number of edges, the second edge of its last pair is NaN, which no comparison holds for.
    typealias EdgePair = SIMD8<Double>

    enum Side { case exterior, edge, interior }
}

extension PointLocator.Index {
    /// The arrays as pointers, for as long as one query lasts.
    struct Tables {
        let raster: UnsafeBufferPointer<Int32>
        let nodes: UnsafeBufferPointer<PointLocator.Node>
        let edges: UnsafeBufferPointer<PointLocator.EdgePair>
        let rowStarts: UnsafeBufferPointer<UInt32>
        let rowOffsets: UnsafeBufferPointer<Int>
        let areaCount: Int32
        let determinantError: Double
    }

    @inline(__always) func withTables<Result>(_ body: (Tables) -> Result) -> Result {
        raster.withUnsafeBufferPointer { raster in
            nodes.withUnsafeBufferPointer { nodes in
                edges.withUnsafeBufferPointer { edges in
                    rowStarts.withUnsafeBufferPointer { rowStarts in
                        rowOffsets.withUnsafeBufferPointer { rowOffsets in
                            body(
                                Tables(
                                    raster: raster, nodes: nodes, edges: edges, rowStarts: rowStarts,
                                    rowOffsets: rowOffsets, areaCount: Int32(rowOffsets.count),
                                    determinantError: determinantError))
                        }
                    }
                }
            }
        }
    }
}

extension Int32 {
    /// In place of an area: the rule is needed to choose one.
    static let unsettled: Int32 = -2
}

extension PointLocator.Index.Tables {
    /// Loads the edges that deciding about a point takes, for the sake of having them near.
    ///
    /// - Returns: a number without meaning, which keeps the loads from being left out.
    @inline(__always) func fetch(_ word: Int32, row: Int) -> Int32 {
        var bits: UInt64 = 0
        var node = Int(word) &+ 1
        while node > Int(areaCount) {
            let entry = nodes[node]
            if !entry.covers {
                // Rows have about five pairs; beyond the last row stand as many as this reads.
                let start = Int(rowStarts[rowOffsets[Int(entry.area)] &+ row])
                for ahead in 0..<PointLocator.Index.pairsAhead { bits |= edges[start &+ ahead][0].bitPattern }
            }
            node = Int(entry.rest)
        }
        return Int32(truncatingIfNeeded: bits)
    }

    /// The only area of a list whose interior holds the point, or -1, where floating point decides about all of them and
    /// no rule is needed; `unsettled` otherwise.
    ///
    /// An edge is crossed by the way from the point eastward where it begins at or below the point's latitude, ends above
    /// it, and has the point on its left. Masks stand in place of conditions: which edges a point meets is not for a branch
    /// to predict, and a wrong guess would wait for the edges to arrive from memory.
    @inline(__always) func settle(_ word: Int32, _ point: LonLat, row: Int) -> Int32 {
        let (x, y) = (SIMD2(repeating: point.longitude), SIMD2(repeating: point.latitude))
        let error = SIMD2(repeating: determinantError)
        var doubts = SIMDMask<SIMD2<Int64>>(repeating: false)
        var interiors: Int32 = 0
        var found: Int32 = -1
        var node = Int(word) &+ 1
        while node > 0 {
            let entry = nodes[node]
            var inside: Int32 = 1
            if !entry.covers {
                var crossed = SIMDMask<SIMD2<Int64>>(repeating: false)
                for index in pairs(of: entry.area, row) {
                    let pair = edges[index]
                    let (lowX, lowY) = (pair.lowHalf.lowHalf, pair.lowHalf.highHalf)
                    let (highX, highY) = (pair.highHalf.lowHalf, pair.highHalf.highHalf)
                    let determinant = (highX - lowX) * (y - lowY) - (x - lowX) * (highY - lowY)
                    let begun = lowY .<= y
                    crossed .^= begun .& (y .< highY) .& (determinant .> 0)
                    doubts .|= begun .& (y .<= highY) .& (determinant .<= error) .& (determinant .>= -error)
                }
                inside = crossed[0] != crossed[1] ? 1 : 0
            }
            interiors &+= inside
            found = inside == 1 ? entry.area : found
            node = Int(entry.rest)
        }
        return !doubts[0] && !doubts[1] && interiors <= 1 ? found : .unsettled
    }

    /// On which side of an area's border a point lies, exactly.
    func side(of point: LonLat, area: Int32, row: Int) -> PointLocator.Side {
        let (x, y) = (point.longitude, point.latitude)
        var inside = false
        for index in pairs(of: area, row) {
            for edge in 0..<2 {
                let (low, high) = (edges[index].end(0, of: edge), edges[index].end(1, of: edge))
                guard low.y <= y, y <= high.y else { continue }
                let turn = Predicates.orientation(low, high, point)
                if turn == .collinear, min(low.x, high.x) <= x, x <= max(low.x, high.x) { return .edge }
                if turn == .counterClockwise, y < high.y { inside.toggle() }
            }
        }
        return inside ? .interior : .exterior
    }

    @inline(__always) private func pairs(of area: Int32, _ row: Int) -> Range<Int> {
        let entry = rowOffsets[Int(area)] &+ row
        return Int(rowStarts[entry])..<Int(rowStarts[entry &+ 1])
    }
}

extension PointLocator.EdgePair {
    /// The lower (0) or upper (1) end of an edge of the pair.
    fileprivate func end(_ end: Int, of edge: Int) -> LonLat {
        LonLat(x: self[4 * end + edge], y: self[4 * end + 2 + edge])
    }
}
