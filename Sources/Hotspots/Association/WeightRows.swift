import Grids
import SimpleFeatures

/// Neighbours row after row, while they are gathered. Those of a row ascend.
struct WeightRows {
    var starts: [Int]
    var neighbours: [Int32]
    var weights: [Double]

    init(starts: [Int] = [0], neighbours: [Int32] = [], weights: [Double] = []) {
        (self.starts, self.neighbours, self.weights) = (starts, neighbours, weights)
    }

    /// - Parameter pairs: each once, either way round.
    init(_ pairs: [SharedBorders.Pair], units: Int) throws(HotspotError) {
        guard pairs.count <= SpatialWeights.greatestLinkCount / 2 else {
            throw .tooManyLinks(limit: SpatialWeights.greatestLinkCount)
        }
        var rows = [[Int32]](repeating: [], count: units)
        for pair in pairs {
            rows[Int(pair.low)].append(pair.high)
            rows[Int(pair.high)].append(pair.low)
        }
        self.init()
        for row in rows {
            neighbours += row.sorted()
            starts.append(neighbours.count)
        }
        weights = [Double](repeating: 1, count: neighbours.count)
    }

    init(_ rule: NeighbourRule, among places: [PlanarPoint]) throws(HotspotError) {
        self.init()
        let tree = NeighbourTree(x: places.map(\.x), y: places.map(\.y))
        for unit in places.indices {
            var found: [NeighbourTree.Neighbour]
            if case .nearest(let count) = rule {
                found = tree.neighbours(of: unit, count: count)
            } else {
                found = tree.neighbours(of: unit, within: (rule.reach ?? 0) + NeighbourRule.slack)
            }
            found.sort { $0.place < $1.place }
            try appendRow(found.map { ($0.place, rule.weight(at: $0.square.squareRoot())) })
        }
    }

    init(_ offsets: CellOffsets, over mask: Mask) throws(HotspotError) {
        self.init()
        let (columns, rows) = (mask.grid.columns, mask.grid.rows)
        var unitOfCell = [Int32](repeating: -1, count: mask.isInside.count)
        let cells = mask.insideCells
        for (unit, cell) in cells.enumerated() { unitOfCell[cell] = Int32(truncatingIfNeeded: unit) }
        let expected = cells.count.multipliedReportingOverflow(by: offsets.cells.count)
        if !expected.overflow, expected.partialValue <= SpatialWeights.greatestLinkCount {
            neighbours.reserveCapacity(expected.partialValue)
            weights.reserveCapacity(expected.partialValue)
        }
        for cell in cells {
            let (column, row) = (cell % columns, cell / columns)
            for offset in offsets.cells {
                let (x, y) = (column + offset.columns, row + offset.rows)
                guard x >= 0, x < columns, y >= 0, y < rows, unitOfCell[y * columns + x] >= 0 else { continue }
                neighbours.append(unitOfCell[y * columns + x])
                weights.append(offset.weight)
            }
            try closeRow()
        }
    }

    init(given rows: [[(neighbour: Int, weight: Double)]]) throws(HotspotError) {
        self.init()
        guard rows.count <= Int(Int32.max) else { throw .tooManyLinks(limit: SpatialWeights.greatestLinkCount) }
        for (unit, row) in rows.enumerated() {
            var last = -1
            let sorted = row.sorted { $0.neighbour < $1.neighbour }
            for link in sorted {
                guard link.neighbour >= 0, link.neighbour < rows.count else {
                    throw .weightsInvalid(unit: unit, reason: "\(link.neighbour) is not one of \(rows.count) units")
                }
                guard link.neighbour > last else {
                    throw .weightsInvalid(unit: unit, reason: "unit \(last) is named twice")
                }
                guard link.weight >= 0, link.weight <= 1e100 else {
                    throw .weightsInvalid(unit: unit, reason: "that of unit \(last) is \(link.weight)")
                }
                last = link.neighbour
            }
            try appendRow(sorted.filter { $0.weight > 0 })
        }
    }

    private mutating func appendRow(_ row: [(neighbour: Int, weight: Double)]) throws(HotspotError) {
        for link in row where link.weight > 0 {
            neighbours.append(Int32(truncatingIfNeeded: link.neighbour))
            weights.append(link.weight)
        }
        try closeRow()
    }

    private mutating func closeRow() throws(HotspotError) {
        guard neighbours.count <= SpatialWeights.greatestLinkCount else {
            throw .tooManyLinks(limit: SpatialWeights.greatestLinkCount)
        }
        starts.append(neighbours.count)
    }
}

extension WeightRows {
    private var count: Int { starts.count - 1 }

    /// The units without any neighbour but themselves.
    var islands: [Int] {
        (0..<count).filter { unit in neighbours[starts[unit]..<starts[unit + 1]].allSatisfy { Int($0) == unit } }
    }

    /// The rows with each unit among its own neighbours, or without.
    ///
    /// A unit that is already in keeps its weight; one that comes in counts as much as the greatest of its row.
    func withSelf(_ includesSelf: Bool) -> WeightRows {
        var rows = WeightRows()
        rows.neighbours.reserveCapacity(neighbours.count + count)
        rows.weights.reserveCapacity(neighbours.count + count)
        for unit in 0..<count {
            let links = starts[unit]..<starts[unit + 1]
            var isIn = !includesSelf
            let greatest = links.isEmpty ? 1 : links.reduce(0) { max($0, weights[$1]) }
            func enter() {
                rows.neighbours.append(Int32(truncatingIfNeeded: unit))
                rows.weights.append(greatest)
                isIn = true
            }
            for link in links {
                let neighbour = Int(neighbours[link])
                if neighbour == unit {
                    guard includesSelf else { continue }
                    isIn = true
                } else if neighbour > unit, !isIn {
                    enter()
                }
                rows.neighbours.append(neighbours[link])
                rows.weights.append(weights[link])
            }
            if !isIn { enter() }
            rows.starts.append(rows.neighbours.count)
        }
        return rows
    }

    mutating func standardise() {
        for unit in 0..<count {
            let links = starts[unit]..<starts[unit + 1]
            let sum = links.reduce(0) { $0 + weights[$1] }
            for link in links where sum > 0 { weights[link] /= sum }
        }
    }
}
