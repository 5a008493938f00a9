/// Places grouped around those with most incidents near them, each in one group or in none.
struct SeededGroups {
    /// Places per group, in the order in which the groups were made.
    private(set) var groups: [[Int]] = []

    private let grid: NeighbourGrid
    private let incidents: [Int32]
    private let threshold: Double
    private var isTaken: [Bool]

    /// - Parameters:
    ///   - threshold: places must be closer than this to the seed of their group.
    ///   - minimum: the fewest incidents of a group.
    init(x: [Double], y: [Double], incidents: [Int32], threshold: Double, minimum: Int) {
        grid = NeighbourGrid(x: x, y: y, reach: threshold)
        self.incidents = incidents
        self.threshold = threshold
        isTaken = [Bool](repeating: false, count: x.count)
        // Per number of incidents that a seed would take, the places that had so many when last counted.
        var waiting: [Int: [Int]] = [:]
        var most = 0
        for place in x.indices {
            let found = free(around: place)
            guard found >= minimum else { continue }
            waiting[found, default: []].append(place)
            most = max(most, found)
        }
        // Numbers only fall, so what is recounted waits for its turn further down.
        for number in stride(from: most, through: minimum, by: -1) {
            for place in waiting.removeValue(forKey: number)?.sorted() ?? [] where !isTaken[place] {
                let found = free(around: place)
                if found == number { take(around: place) } else { waiting[found, default: []].append(place) }
            }
        }
    }

    /// Incidents not yet in a group at a place and closer to it than the threshold.
    private func free(around place: Int) -> Int {
        var found = Int(incidents[place])
        grid.forEachNeighbour(of: place, within: threshold) { other, square in
            if square < threshold * threshold, !isTaken[other] { found += Int(incidents[other]) }
        }
        return found
    }

    private mutating func take(around seed: Int) {
        var group = [seed]
        grid.forEachNeighbour(of: seed, within: threshold) { other, square in
            if square < threshold * threshold, !isTaken[other] { group.append(other) }
        }
        for place in group { isTaken[place] = true }
        groups.append(group)
    }
}
