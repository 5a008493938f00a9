internal import SimpleFeatures

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
        var edges: [Edge]
        /// Where in `edges` each row of each area begins, and at last their count.
        var rowStarts: [UInt32]
        /// What to add to a raster row to find an area's entry in `rowStarts`.
        var rowOffsets: [Int]
        var determinantError: Double
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

    /// An edge as `lower end x, y, upper end x, y`, so that neighbours compute alike on the border they share.
    typealias Edge = SIMD4<Double>

    enum Side { case exterior, edge, interior }
}

extension PointLocator.Index {
    /// The arrays as pointers, for as long as one query lasts.
    struct Tables {
        let raster: UnsafeBufferPointer<Int32>
        let nodes: UnsafeBufferPointer<PointLocator.Node>
        let edges: UnsafeBufferPointer<PointLocator.Edge>
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
    @inline(__always) func touch(_ word: Int32, row: Int) -> Int32 {
        var touched: UInt64 = 0
        var node = Int(word) &+ 1
        while node > Int(areaCount) {
            let entry = nodes[node]
            if !entry.covers {
                let start = Int(rowStarts[rowOffsets[Int(entry.area)] &+ row])
                touched |= edges[start].x.bitPattern
            }
            node = Int(entry.rest)
        }
        return Int32(truncatingIfNeeded: touched)
    }

    /// The only area of a list whose interior holds the point, or -1, where floating point decides about all of them and
    /// no rule is needed; `unsettled` otherwise.
    ///
    /// An edge is crossed by the way from the point eastward where it begins at or below the point's latitude, ends above
    /// it, and has the point on its left. Ones and noughts stand in place of conditions: which edges a point meets is not
    /// for a branch to predict, and a wrong guess would wait for the edges to arrive from memory.
    @inline(__always) func settle(_ word: Int32, _ point: LonLat, row: Int) -> Int32 {
        let (x, y) = (point.longitude, point.latitude)
        var interiors: Int32 = 0
        var doubts: Int32 = 0
        var found: Int32 = -1
        var node = Int(word) &+ 1
        while node > 0 {
            let entry = nodes[node]
            var inside: Int32 = entry.covers ? 1 : 0
            if !entry.covers {
                for index in edgeRange(entry.area, row) {
                    let edge = edges[index]
                    let determinant = (edge.z - edge.x) * (y - edge.y) - (x - edge.x) * (edge.w - edge.y)
                    let begun: Int32 = edge.y <= y ? 1 : 0
                    inside ^= begun & (y < edge.w ? 1 : 0) & (determinant > 0 ? 1 : 0)
                    doubts |= begun & (y <= edge.w ? 1 : 0) & (abs(determinant) <= determinantError ? 1 : 0)
                }
            }
            interiors &+= inside
            found = inside == 1 ? entry.area : found
            node = Int(entry.rest)
        }
        return doubts == 0 && interiors <= 1 ? found : .unsettled
    }

    /// On which side of an area's border a point lies, exactly.
    func side(of point: LonLat, area: Int32, row: Int) -> PointLocator.Side {
        let (x, y) = (point.longitude, point.latitude)
        var inside = false
        for index in edgeRange(area, row) {
            let edge = edges[index]
            guard edge.y <= y, y <= edge.w else { continue }
            let turn = Predicates.orientation(LonLat(x: edge.x, y: edge.y), LonLat(x: edge.z, y: edge.w), point)
            if turn == .collinear, min(edge.x, edge.z) <= x, x <= max(edge.x, edge.z) { return .edge }
            if turn == .counterClockwise, y < edge.w { inside.toggle() }
        }
        return inside ? .interior : .exterior
    }

    /// Where in `edges` those of one area in one row stand.
    @inline(__always) private func edgeRange(_ area: Int32, _ row: Int) -> Range<Int> {
        let entry = rowOffsets[Int(area)] &+ row
        return Int(rowStarts[entry])..<Int(rowStarts[entry &+ 1])
    }
}
