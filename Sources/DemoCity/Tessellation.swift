import SimpleFeatures

/// Cells that fill the city without overlap or gap. Areas of every level are unions of them.
///
/// Each border between two cells is one line, used by both: forwards by one, backwards by the other.
struct Tessellation {
    /// Two neighbouring cells, the lower number first. Numbers from ``count`` on lie outside the city.
    struct Pair: Hashable {
        var first: Int
        var second: Int

        init(_ a: Int, _ b: Int) { (first, second) = (min(a, b), max(a, b)) }
    }

    /// How many cells the city has.
    let count: Int
    let sites: [PlanarPoint]
    /// Per cell of the city its sides, counter-clockwise.
    let sides: [[Voronoi.Side]]
    /// The lines run with the pair's first cell on their left.
    let lines: [Pair: BorderLine]

    init(seed: UInt64, terrain: Terrain) {
        var dice = Dice(seed: seed, stream: "borders")
        (sites, count) = terrain.sites(seed: seed)
        let voronoi = Voronoi(sites: sites)
        sides = (0..<count).map { voronoi.sides(of: $0, reach: 4000) }
        var lines: [Pair: BorderLine] = [:]
        for cell in 0..<count {
            for side in sides[cell] where side.neighbour > cell {
                let course = Self.course(
                    outside: side.neighbour >= count, river: terrain.isNorthOfRiver(sites[side.neighbour]), &dice)
                lines[Pair(cell, side.neighbour)] = BorderLine(
                    from: voronoi.position(of: side.start), to: voronoi.position(of: side.end), besides: sites[cell],
                    course: course, dice: &dice)
            }
        }
        self.lines = lines
    }

    /// Neighbours of a cell inside the city.
    func neighbours(of cell: Int) -> [Int] { sides[cell].map(\.neighbour).filter { $0 < count } }

    /// The closed rings around the cells of each group: of every group one exterior, then its holes.
    ///
    /// - Parameters:
    ///   - groups: per cell of the city its group; −1 for none.
    ///   - altered: for a group, lines that it draws otherwise than its neighbour does.
    func rings(
        of groups: [Int], count groupCount: Int, altered: (Int, Pair) -> [Vertex]? = { _, _ in nil }
    ) -> [[[Vertex]]] {
        var rims: [[Rim]] = Array(repeating: [], count: groupCount)
        for cell in 0..<count where groups[cell] >= 0 {
            let group = groups[cell]
            for side in sides[cell] where self.group(of: side.neighbour, in: groups) != group {
                let pair = Pair(cell, side.neighbour)
                let line = altered(group, pair) ?? lines[pair]?.vertices() ?? []
                rims[group].append(
                    Rim(start: side.start, end: side.end, line: pair.first == cell ? line : line.reversed()))
            }
        }
        return rims.map { Self.chain($0).sorted { Self.doubledArea($0) > Self.doubledArea($1) } }
    }

    /// Twice the signed area in square millionths of a degree; positive where the ring runs counter-clockwise.
    static func doubledArea(_ ring: [Vertex]) -> Int {
        zip(ring, ring.dropFirst()).reduce(0) { sum, side in
            sum + Int(side.0.longitude) * Int(side.1.latitude) - Int(side.1.longitude) * Int(side.0.latitude)
        }
    }

    private func group(of cell: Int, in groups: [Int]) -> Int { cell < count ? groups[cell] : -1 }

    private static func course(outside: Bool, river: Bool, _ dice: inout Dice) -> BorderLine.Course {
        if outside { return .winding(river ? 0.05 : 0.12) }
        switch dice.unit() {
        case ..<0.3: return .straight
        case ..<0.6: return .stepped
        default: return .winding(0.1)
        }
    }

    /// One side of a group's rim, with the group on its left.
    private struct Rim {
        var start: Voronoi.Corner
        var end: Voronoi.Corner
        var line: [Vertex]
    }

    /// Joins sides end to start. Three cells meet in a corner, so at most one side of a rim starts there.
    private static func chain(_ rims: [Rim]) -> [[Vertex]] {
        var startingAt: [Voronoi.Corner: Int] = [:]
        for (index, rim) in rims.enumerated() { startingAt[rim.start] = index }
        var isUsed = Array(repeating: false, count: rims.count)
        var rings: [[Vertex]] = []
        for first in rims.indices where !isUsed[first] {
            var ring: [Vertex] = []
            var next: Int? = first
            while let index = next, !isUsed[index] {
                isUsed[index] = true
                for vertex in rims[index].line where vertex != ring.last { ring.append(vertex) }
                next = startingAt[rims[index].end]
            }
            rings.append(ring)
        }
        return rings
    }
}
