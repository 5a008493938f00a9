/// The steps of ``DBSCAN`` over cells: which places are cores, which cells are joined, which cluster a border place
/// joins.
struct DensitySearch {
    let cells: ReachCells
    let minimum: Int
    let progress: (@Sendable (Double) -> Bool)?
    /// In the order of the cells.
    private var isCore: [Bool]
    private var coresOfCell: [Int32]
    private var sets: DisjointSets
    /// Per set, the number of its cluster, at the cell that the set is known by.
    private var clusterOfSet: [Int32] = []
    private var clusterCount = 0
    /// In the order of the cells: the cluster of a border place, or −1.
    private var borderCluster: [Int32]

    init(cells: ReachCells, minimum: Int, progress: (@Sendable (Double) -> Bool)?) {
        self.cells = cells
        self.minimum = minimum
        self.progress = progress
        isCore = [Bool](repeating: false, count: cells.place.count)
        coresOfCell = [Int32](repeating: 0, count: cells.count)
        sets = DisjointSets(count: cells.count)
        borderCluster = [Int32](repeating: -1, count: cells.place.count)
    }

    /// - Returns: false where it was given up.
    mutating func run() -> Bool {
        guard findCores(), joinCells() else { return false }
        numberClusters()
        return assignBorders()
    }

    private func goesOn(row: Int, step: Double) -> Bool {
        guard let progress, row.isMultiple(of: 64) else { return true }
        return progress((step + Double(row) / Double(max(1, cells.rowNumber.count))) / 3)
    }

    private func places(_ cell: Int) -> Range<Int> { Int(cells.start[cell])..<Int(cells.start[cell + 1]) }

    private func incidents(_ first: Int, _ end: Int) -> Int {
        cells.incidentsBefore[Int(cells.start[end])] - cells.incidentsBefore[Int(cells.start[first])]
    }

    private mutating func findCores() -> Bool {
        var (isCore, coresOfCell) = (isCore, coresOfCell)
        defer { (self.isCore, self.coresOfCell) = (isCore, coresOfCell) }
        for row in cells.rowNumber.indices {
            guard goesOn(row: row, step: 0) else { return false }
            cells.forEachCell(inRow: row, where: { _ in true }) { cell, around in
                var possible = 0
                for index in 0..<around.count { possible += incidents(around.first[index], around.end[index]) }
                guard possible >= minimum else { return }
                let all = incidents(cell, cell + 1) >= minimum
                for place in places(cell) where all || hasEnough(around: place, around) {
                    isCore[place] = true
                    coresOfCell[cell] += 1
                }
            }
        }
        return true
    }

    /// Whether at least the minimum of incidents lie in reach of a place.
    private func hasEnough(around place: Int, _ around: borrowing ReachCells.Surroundings) -> Bool {
        let (x, y, reach) = (cells.x[place], cells.y[place], cells.squaredReach)
        var found = 0
        for index in 0..<around.count {
            let others = Int(cells.start[around.first[index]])..<Int(cells.start[around.end[index]])
            cells.x.withUnsafeBufferPointer { xs in
                cells.y.withUnsafeBufferPointer { ys in
                    cells.incidentsBefore.withUnsafeBufferPointer { before in
                        for other in others {
                            let (dx, dy) = (xs[other] - x, ys[other] - y)
                            found &+= dx * dx + dy * dy <= reach ? before[other &+ 1] &- before[other] : 0
                        }
                    }
                }
            }
            if found >= minimum { return true }
        }
        return false
    }

    private mutating func joinCells() -> Bool {
        var sets = sets
        defer { self.sets = sets }
        for row in cells.rowNumber.indices {
            guard goesOn(row: row, step: 1) else { return false }
            cells.forEachCell(inRow: row, where: { coresOfCell[$0] > 0 }) { cell, around in
                for index in 0..<around.count {
                    for other in max(cell + 1, around.first[index])..<max(cell + 1, around.end[index])
                    where coresOfCell[other] > 0 {
                        guard sets.find(cell) != sets.find(other) else { continue }
                        if isJoined(cell, other) { sets.merge(cell, other) }
                    }
                }
            }
        }
        return true
    }

    /// Whether a core of one cell is in reach of a core of another.
    private func isJoined(_ a: Int, _ b: Int) -> Bool {
        var (first, second) = (cores(of: a), cores(of: b))
        if first.count * second.count > 256 {
            // In crowded cells only places near the other cell's can decide.
            first = near(first, second)
            second = near(second, first)
        }
        for place in first where isAnyInReach(of: place, second) { return true }
        return false
    }

    private func cores(of cell: Int) -> [Int] { places(cell).filter { isCore[$0] } }

    private func isAnyInReach(of place: Int, _ others: [Int]) -> Bool {
        for other in others where isInReach(place, other) { return true }
        return false
    }

    private func isCoreInReach(of place: Int, in cell: Int) -> Bool {
        for other in places(cell) where isCore[other] && isInReach(place, other) { return true }
        return false
    }

    @inline(__always)
    private func isInReach(_ a: Int, _ b: Int) -> Bool {
        let (dx, dy) = (cells.x[a] - cells.x[b], cells.y[a] - cells.y[b])
        return dx * dx + dy * dy <= cells.squaredReach
    }

    /// The places that are in reach of the rectangle around others.
    private func near(_ places: [Int], _ others: [Int]) -> [Int] {
        var (west, east, south, north) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        for other in others {
            (west, east) = (min(west, cells.x[other]), max(east, cells.x[other]))
            (south, north) = (min(south, cells.y[other]), max(north, cells.y[other]))
        }
        return places.filter {
            let (dx, dy) = (
                max(0, max(west - cells.x[$0], cells.x[$0] - east)),
                max(0, max(south - cells.y[$0], cells.y[$0] - north))
            )
            return dx * dx + dy * dy <= cells.squaredReach
        }
    }

    /// Numbers the sets by the lowest of their core places.
    private mutating func numberClusters() {
        var lowest = [Int32](repeating: .max, count: cells.count)
        for cell in 0..<cells.count where coresOfCell[cell] > 0 {
            guard let core = places(cell).first(where: { isCore[$0] }) else { continue }
            let set = sets.find(cell)
            lowest[set] = min(lowest[set], cells.place[core])
        }
        let found = lowest.indices.filter { lowest[$0] < .max }.sorted { lowest[$0] < lowest[$1] }
        clusterOfSet = [Int32](repeating: -1, count: cells.count)
        for (number, set) in found.enumerated() { clusterOfSet[set] = Int32(number) }
        clusterCount = found.count
    }

    private mutating func assignBorders() -> Bool {
        var (sets, border) = (sets, borderCluster)
        defer { (self.sets, borderCluster) = (sets, border) }
        for row in cells.rowNumber.indices {
            guard goesOn(row: row, step: 2) else { return false }
            cells.forEachCell(inRow: row, where: { coresOfCell[$0] > 0 }) { cell, around in
                let cluster = clusterOfSet[sets.find(cell)]
                for index in 0..<around.count {
                    for other in around.first[index]..<around.end[index]
                    where Int(coresOfCell[other]) < places(other).count {
                        for place in places(other) where !isCore[place] {
                            guard border[place] < 0 || cluster < border[place] else { continue }
                            if isCoreInReach(of: place, in: cell) { border[place] = cluster }
                        }
                    }
                }
            }
        }
        return true
    }

    /// Per place of the pattern its cluster, and how many clusters there are.
    func labels() -> (labels: [Int32], count: Int) {
        var sets = sets
        var labels = [Int32](repeating: PlaceClusters.noCluster, count: cells.place.count)
        for cell in 0..<cells.count {
            let cluster = coresOfCell[cell] > 0 ? clusterOfSet[sets.find(cell)] : PlaceClusters.noCluster
            for index in places(cell) {
                labels[Int(cells.place[index])] = isCore[index] ? cluster : borderCluster[index]
            }
        }
        return (labels, clusterCount)
    }

    func coresByPlace() -> [Bool] {
        var cores = [Bool](repeating: false, count: isCore.count)
        for (index, place) in cells.place.enumerated() { cores[Int(place)] = isCore[index] }
        return cores
    }
}
