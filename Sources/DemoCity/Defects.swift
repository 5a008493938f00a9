import SimpleFeatures

/// Faults planted in the colonia layer: lines that one colonia draws otherwise than its neighbour.
struct Defects {
    /// Two colonias that both claim the ground between their lines, or leave it to nobody.
    struct Dispute {
        var kind: Kind
        /// The colonia that draws its own line.
        var colonia: Int
        var neighbour: Int
        /// The ground between the two lines.
        var ring: [Vertex]
    }

    enum Kind {
        case overlap
        /// An overlap about a metre wide.
        case sliver
        case gap
    }

    static let overlapCount = 4
    static let sliverCount = 3
    static let gapCount = 1

    private(set) var disputes: [Dispute] = []
    /// The colonia whose border crosses itself, and the line with the crossing.
    private(set) var bowTie: (colonia: Int, line: [Vertex])?
    private var altered: [Int: [Tessellation.Pair: [Vertex]]] = [:]

    init(seed: UInt64, territory: Territory) {
        var dice = Dice(seed: seed, stream: "defects")
        let cells = territory.cells
        // The dictionary's order changes from run to run: the cells' order does not.
        let pairs = (0..<cells.count).flatMap { cell in
            cells.sides[cell].map { Tessellation.Pair(cell, $0.neighbour) }.filter { $0.first == cell }
        }
        var isTaken = Array(repeating: false, count: territory.colonias.count)
        var planned = Array(repeating: Kind.overlap, count: Self.overlapCount)
        planned += Array(repeating: .sliver, count: Self.sliverCount) + Array(repeating: .gap, count: Self.gapCount)
        for pair in dice.shuffled(pairs) {
            guard let line = cells.lines[pair], line.isWinding, line.knots.count >= 3, line.length > 300 else {
                continue
            }
            let first = territory.coloniaOfCell[pair.first]
            guard first >= 0, !isTaken[first] else { continue }
            if pair.second >= cells.count {
                guard bowTie == nil, !territory.terrain.isNorthOfRiver(cells.sites[pair.second]) else { continue }
                plantBowTie(line, pair, of: first)
            } else {
                let second = territory.coloniaOfCell[pair.second]
                guard second >= 0, second != first, !isTaken[second], let kind = planned.popLast() else { continue }
                isTaken[second] = true
                plant(kind, line, pair, of: first, against: second)
            }
            isTaken[first] = true
        }
    }

    private mutating func plantBowTie(_ line: BorderLine, _ pair: Tessellation.Pair, of colonia: Int) {
        let crossed = Self.crossed(line)
        bowTie = (colonia, crossed)
        altered[colonia] = [pair: crossed]
    }

    private mutating func plant(
        _ kind: Kind, _ line: BorderLine, _ pair: Tessellation.Pair, of colonia: Int, against neighbour: Int
    ) {
        let moved = Self.moved(line, kind)
        altered[colonia] = [pair: moved]
        let ground = line.vertices() + moved.reversed()
        disputes.append(Dispute(kind: kind, colonia: colonia, neighbour: neighbour, ring: ground))
    }

    /// The line as a colonia publishes it where that is not the true one.
    func line(of colonia: Int, _ pair: Tessellation.Pair) -> [Vertex]? { altered[colonia]?[pair] }

    /// Whether a place lies on ground that two colonias claim.
    func isDisputed(_ place: LonLat) -> Bool {
        disputes.contains { $0.kind != .gap && ColoniaLocator.contains($0.ring.map(\.place), place) }
    }

    /// Whether a place lies where no true point may: about the gap and the border that crosses itself.
    func isForbidden(_ place: LonLat) -> Bool {
        let lines = disputes.filter { $0.kind == .gap }.map(\.ring) + [bowTie?.line ?? []]
        return lines.contains { Envelope($0.map(\.place)).contains(place) }
    }

    /// The line moved into the neighbour's half of the kite, or into its own for a gap. Ends stay.
    private static func moved(_ line: BorderLine, _ kind: Kind) -> [Vertex] {
        line.vertices(
            line.knots.map { knot in
                let reach = line.reach(at: knot.share)
                let offset =
                    switch kind {
                    case .overlap: -0.85 * reach
                    case .sliver: knot.offset - min(1.3, 0.1 * reach)
                    case .gap: 0.85 * reach
                    }
                return BorderLine.Knot(share: knot.share, offset: offset)
            })
    }

    /// A line that crosses itself once, outward: there and back between two of its vertices.
    private static func crossed(_ line: BorderLine) -> [Vertex] {
        let offset = -0.5 * min(line.reach(at: 0.4), line.reach(at: 0.6))
        return line.vertices(
            [(0.3, 0), (0.6, offset), (0.4, offset), (0.7, 0)].map { BorderLine.Knot(share: $0.0, offset: $0.1) })
    }
}
