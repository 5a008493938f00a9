import SimpleFeatures

/// Incidents grouped by where they are: the distinct places, and which rows each holds.
struct OccupiedPlaces {
    struct Place {
        /// Column and row of the cell, by the size of the grouping.
        var cell: Cell
        /// The middle of its incidents.
        var position: LonLat
        /// Where its rows stand in `rows`.
        var members: Range<Int>

        var count: Int { members.count }
    }

    struct Cell: Hashable, Comparable {
        var east: Int32
        var north: Int32

        static func < (a: Cell, b: Cell) -> Bool { (a.north, a.east) < (b.north, b.east) }
    }

    /// From south to north, then from west to east.
    private(set) var places: [Place] = []
    private(set) var rows: [Int32] = []

    /// How many incidents have a place.
    var incidents: Int { rows.count }

    func rows(of place: Place) -> ArraySlice<Int32> { rows[place.members] }

    /// Groups rows whose coordinates are equal when both are rounded to multiples of `degrees`.
    init(_ columns: PlaceColumns, rows: [Int32], degrees: Double) {
        let keyed = rows.map { row in
            (cell: Self.cell(columns.longitude[Int(row)], columns.latitude[Int(row)], degrees), row: row)
        }.sorted { ($0.cell, $0.row) < ($1.cell, $1.row) }
        self.rows = keyed.map(\.row)
        var start = 0
        for end in 1...max(1, keyed.count) where start < keyed.count {
            guard end == keyed.count || keyed[end].cell != keyed[start].cell else { continue }
            add(keyed[start].cell, start..<end, columns)
            start = end
        }
    }

    /// Merges each place with those of the eight cells about it, the fullest blocks first, so that what a publisher has
    /// scattered about one place comes together again.
    func mergedBlocks(_ columns: PlaceColumns) -> OccupiedPlaces {
        let index = Dictionary(uniqueKeysWithValues: zip(places.map(\.cell), places.indices))
        let blocks = places.map { place in Self.block(around: place.cell).compactMap { index[$0] } }
        let sizes = blocks.map { $0.reduce(0) { $0 + places[$1].count } }
        var merged = OccupiedPlaces()
        var isTaken = [Bool](repeating: false, count: places.count)
        for place in places.indices.sorted(by: { (sizes[$1], $0) < (sizes[$0], $1) }) where !isTaken[place] {
            let start = merged.rows.count
            for member in blocks[place] where !isTaken[member] {
                isTaken[member] = true
                merged.rows += rows(of: places[member])
            }
            merged.add(places[place].cell, start..<merged.rows.count, columns)
        }
        merged.places.sort { $0.cell < $1.cell }
        return merged
    }

    private init() {}

    private mutating func add(_ cell: Cell, _ members: Range<Int>, _ columns: PlaceColumns) {
        // About the first, so that a place of equal coordinates keeps them to the last digit.
        let first = Int(rows[members.lowerBound])
        var (east, north) = (0.0, 0.0)
        for row in rows[members] {
            east += columns.longitude[Int(row)] - columns.longitude[first]
            north += columns.latitude[Int(row)] - columns.latitude[first]
        }
        let count = Double(members.count)
        let position = LonLat(
            longitude: columns.longitude[first] + east / count, latitude: columns.latitude[first] + north / count)
        places.append(Place(cell: cell, position: position, members: members))
    }

    private static func cell(_ longitude: Double, _ latitude: Double, _ degrees: Double) -> Cell {
        func index(_ value: Double) -> Int32 { Int32(clamping: Int64(exactly: (value / degrees).rounded()) ?? 0) }
        return Cell(east: index(longitude), north: index(latitude))
    }

    private static func block(around cell: Cell) -> [Cell] {
        (-1...1).flatMap { north in
            (-1...1).map { east in Cell(east: cell.east &+ Int32(east), north: cell.north &+ Int32(north)) }
        }
    }
}

extension OccupiedPlaces {
    /// The places nearest to one of them, itself left out, with their distances in metres, the nearest first.
    ///
    /// - Complexity: about O(√places · log wanted): a walk over neighbouring latitudes, both ways, that ends where the
    ///   difference in latitude alone is too much.
    func nearest(_ wanted: Int, to index: Int) -> [(index: Int, metres: Double)] {
        guard wanted > 0, places.indices.contains(index) else { return [] }
        let centre = places[index].position
        let scale = LocalMetres(latitude: centre.latitude)
        var found: [(index: Int, metres: Double)] = []
        func isHopeless(_ candidate: Int) -> Bool {
            let north = abs(places[candidate].position.latitude - centre.latitude) * scale.north
            // Within a cell's height the order is by longitude, so the walk goes on a little longer.
            return found.count == wanted && north > (found.last?.metres ?? 0) + 40
        }
        func visit(_ candidate: Int) {
            let metres = scale.metres(from: centre, to: places[candidate].position)
            if found.count == wanted, metres >= found[wanted - 1].metres { return }
            var slot = found.count
            while slot > 0, found[slot - 1].metres > metres { slot -= 1 }
            found.insert((candidate, metres), at: slot)
            if found.count > wanted { found.removeLast() }
        }
        var (below, above) = (index - 1, index + 1)
        while below >= 0 || above < places.count {
            if below >= 0 {
                if isHopeless(below) { below = -1 } else { visit(below) }
                below -= 1
            }
            if above < places.count {
                if isHopeless(above) { above = places.count } else { visit(above) }
                above += 1
            }
        }
        return found
    }
}
