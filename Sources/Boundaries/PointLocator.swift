public import SimpleFeatures

/// Finds the area of a layer in which a point lies, exactly and by one rule.
///
/// ## Rule
/// In the interior of one or more areas: the most specific (smallest `squareMetres`), then the first. Otherwise, on the
/// edges of one or more: the first of them. Areas of a ``BoundaryLayer`` are sorted by key, so the first is the lowest
/// key. Interior is even-odd over all rings of an area: holes are outside, islands inside.
///
/// ## Units
/// Longitude and latitude in degrees, with straight edges between them, on the coordinates exactly as published: no
/// projection, no tolerance. An area size that is not a number counts as the largest.
///
/// ## Method
/// A raster over the layer holds one word per cell. Most cells are crossed by no edge, and the word is the answer. The
/// others lead to a list of areas, each of which is decided by a crossing count over its edges in that raster row. Signs
/// come from ``Predicates/orientation(_:_:_:)`` wherever floating point leaves them open, and the cells of points and of
/// edges come from the same monotone function, so neither the raster's size nor rounding can change an answer.
///
/// ## Example
/// ```swift
/// let locator = PointLocator(layer.areas)
/// let location = locator.locate(LonLat(longitude: -100.31, latitude: 25.67))
/// if location.index >= 0 { print(layer.areas[Int(location.index)].name) }
/// ```
public struct PointLocator: Sendable {
    /// Where a point was found.
    public struct Location: Hashable, Sendable {
        /// The area's position in the layer; -1 where the point lies in none.
        public var index: Int32
        /// How many areas hold the point in their interior or, where none does, on an edge.
        public var candidates: Int32
        /// Whether the point lies in no interior, only on an edge.
        public var onBorder: Bool

        public init(index: Int32, candidates: Int32, onBorder: Bool) {
            self.index = index
            self.candidates = candidates
            self.onBorder = onBorder
        }

        public static let none = Location(index: -1, candidates: 0, onBorder: false)
    }

    /// A location that involved a choice: several areas, or a border.
    public struct Note: Hashable, Sendable {
        /// The point's position among those asked for.
        public var point: Int
        public var location: Location
    }

    let frame: Frame
    let index: Index
    private let squareMetres: [Double]

    /// - Parameter expectedPoints: about how many points will be asked for. It changes no answer: many points repay a
    ///   finer raster.
    /// - Complexity: O(*v*) for layers as they occur, *v* vertices: about 50 ns and 80 bytes for each.
    public init(_ areas: [Area], expectedPoints: Int = 0) {
        self.init(areas.map(\.geometry), squareMetres: areas.map(\.squareMetres), expectedPoints: expectedPoints)
    }

    /// A locator over areas that have no attributes.
    ///
    /// A polygon whose exterior holds a number that is not finite, or beyond any coordinate, is left out; so is such a
    /// hole.
    /// - Parameters:
    ///   - squareMetres: one size per area; where it ends early the areas beyond count as the largest.
    ///   - expectedPoints: about how many points will be asked for. It changes no answer.
    public init(_ areas: [MultiPolygon<LonLat>], squareMetres: [Double], expectedPoints: Int = 0) {
        // Measured on 2,000 areas of 170 edges: with 4 cells for each edge a seventh of the points fall into cells with
        // edges, and laying the raster out costs little more than reading the edges. From about ten million points on, 16
        // cells, four times that cost, are cheaper in all.
        let edges = areas.reduce(0) { $0 + $1.vertexCount }
        let cellsPerEdge = min(max(4, 0.4 * Double(expectedPoints) / Double(max(1, edges))), 16)
        self.init(areas, squareMetres: squareMetres, cellsPerEdge: cellsPerEdge)
    }

    init(_ areas: [MultiPolygon<LonLat>], squareMetres: [Double], cellsPerEdge: Double) {
        let survey = Survey(of: areas)
        frame = Frame(for: survey, cellsPerEdge: cellsPerEdge)
        index = Index(of: survey, in: frame)
        self.squareMetres = areas.indices.map { area in
            area < squareMetres.count && squareMetres[area].isFinite ? squareMetres[area] : .infinity
        }
    }

    /// The area of one point. A point that is not finite lies in none.
    ///
    /// - Complexity: O(1) away from borders, else the number of edges of the areas nearby in one raster row.
    public func locate(_ point: LonLat) -> Location {
        index.withTables { tables in
            let cell = frame.cell(point.longitude, point.latitude)
            let word = tables.raster[cell]
            if word < tables.areaCount { return Location(index: word, candidates: word < 0 ? 0 : 1, onBorder: false) }
            return choose(word, point, row: frame.row(point.latitude), tables)
        }
    }

    /// The areas of many points: their positions in the layer, -1 for none.
    ///
    /// - Parameters:
    ///   - longitudes: degrees east. The shortest of the three buffers says how many points there are.
    ///   - latitudes: degrees north.
    ///   - areas: receives one position per point.
    ///   - notes: is extended by every location that involved a choice, in the order of the points.
    public func locate(
        longitudes: UnsafeBufferPointer<Double>, latitudes: UnsafeBufferPointer<Double>,
        into areas: UnsafeMutableBufferPointer<Int32>, notes: inout [Note]
    ) {
        let count = min(longitudes.count, latitudes.count, areas.count)
        guard count > 0, let x = longitudes.baseAddress, let y = latitudes.baseAddress, let out = areas.baseAddress
        else { return }
        locate(Points(x: x, y: y, stride: 1, count: count), into: out, notes: &notes)
    }

    /// The areas of many points: their positions in the layer, -1 for none.
    ///
    /// - Parameter notes: is extended by every location that involved a choice, in the order of the points.
    public func locate(
        _ points: UnsafeBufferPointer<LonLat>, into areas: UnsafeMutableBufferPointer<Int32>, notes: inout [Note]
    ) {
        let count = min(points.count, areas.count)
        guard count > 0, let base = points.baseAddress, let out = areas.baseAddress else { return }
        // A LonLat is its longitude followed by its latitude.
        base.withMemoryRebound(to: Double.self, capacity: 2 * count) { x in
            locate(Points(x: x, y: x + 1, stride: 2, count: count), into: out, notes: &notes)
        }
    }

    /// The areas of many points, and the locations among them that involved a choice.
    public func locate(longitudes: [Double], latitudes: [Double]) -> (areas: [Int32], notes: [Note]) {
        var notes: [Note] = []
        let count = min(longitudes.count, latitudes.count)
        let areas = [Int32](unsafeUninitializedCapacity: count) { areas, initialized in
            longitudes.withUnsafeBufferPointer { x in
                latitudes.withUnsafeBufferPointer { y in
                    locate(
                        longitudes: x, latitudes: y, into: UnsafeMutableBufferPointer(rebasing: areas[..<count]),
                        notes: &notes)
                }
            }
            initialized = count
        }
        return (areas, notes)
    }
}

/// Coordinates of many points, in two columns or interleaved.
private struct Points {
    let x: UnsafePointer<Double>
    let y: UnsafePointer<Double>
    let stride: Int
    let count: Int

    @inline(__always) subscript(point: Int) -> LonLat {
        LonLat(longitude: x[point &* stride], latitude: y[point &* stride])
    }
}

/// Room for the points of one block.
private struct Block {
    static let capacity = 2048

    /// First the cell of each point; then the word of each listed one.
    let cells: UnsafeMutablePointer<Int32>
    /// The points of the block whose word is a list, by their position in the block.
    let listed: UnsafeMutablePointer<Int32>
}

extension PointLocator {
    /// Block by block: the cells of the points, then the words of the cells, then the points whose word is a list.
    ///
    /// Each step is a loop of its own, without branches that depend on what it loads, so that the processor has many far
    /// loads under way at once; waiting for memory is most of the work.
    private func locate(_ points: Points, into areas: UnsafeMutablePointer<Int32>, notes: inout [Note]) {
        index.withTables { tables in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * Block.capacity) { scratch in
                guard let base = scratch.baseAddress else { return }
                let block = Block(cells: base, listed: base + Block.capacity)
                var start = 0
                while start < points.count {
                    let end = min(start + Block.capacity, points.count)
                    let count = lookUp(points, start..<end, into: areas, block, tables)
                    decide(points, start, count, into: areas, block, &notes, tables)
                    start = end
                }
            }
        }
    }

    /// Writes the word of each point of a block, and lists those whose word is not the answer.
    @inline(__always) private func lookUp(
        _ points: Points, _ range: Range<Int>, into areas: UnsafeMutablePointer<Int32>, _ block: Block,
        _ tables: Index.Tables
    ) -> Int {
        for offset in 0..<range.count {
            let point = points[range.lowerBound &+ offset]
            block.cells[offset] = Int32(truncatingIfNeeded: frame.cell(point.longitude, point.latitude))
        }
        var count = 0
        for offset in 0..<range.count {
            let word = tables.raster[Int(block.cells[offset])]
            areas[range.lowerBound &+ offset] = word
            block.listed[count] = Int32(truncatingIfNeeded: offset)
            // The sign of the difference: 1 where the word is the area count or more.
            count &+= Int(truncatingIfNeeded: UInt32(bitPattern: tables.areaCount &- 1 &- word) >> 31)
        }
        return count
    }

    /// Decides the listed points of a block, once the edges they need have been called for all of them.
    @inline(__always) private func decide(
        _ points: Points, _ start: Int, _ count: Int, into areas: UnsafeMutablePointer<Int32>, _ block: Block,
        _ notes: inout [Note], _ tables: Index.Tables
    ) {
        for entry in 0..<count {
            let number = start &+ Int(block.listed[entry])
            let word = areas[number]
            block.cells[entry] = word
            // Overwritten below. It stands here so that the loads are made.
            areas[number] = tables.fetch(word, row: frame.row(points[number].latitude))
        }
        for entry in 0..<count {
            let number = start &+ Int(block.listed[entry])
            let (point, word) = (points[number], block.cells[entry])
            let row = frame.row(point.latitude)
            let area = tables.settle(word, point, row: row)
            areas[number] = area
            guard area == .unsettled else { continue }
            let location = choose(word, point, row: row, tables)
            areas[number] = location.index
            if location.candidates > 1 || location.onBorder {
                notes.append(Note(point: number, location: location))
            }
        }
    }

    /// Applies the rule to the areas of a cell that edges cross or several areas cover.
    private func choose(_ word: Int32, _ point: LonLat, row: Int, _ tables: Index.Tables) -> Location {
        var interiors: Int32 = 0
        var edges: Int32 = 0
        var best: Int32 = -1
        var firstOnEdge: Int32 = -1
        // The chain ends in the word of a single area that covers the cell, or -1. Areas come in descending order.
        var node = Int(word) + 1
        while node > 0 {
            let entry = tables.nodes[node]
            switch entry.covers ? .interior : tables.side(of: point, area: entry.area, row: row) {
            case .exterior: break
            case .edge:
                edges += 1
                firstOnEdge = entry.area
            case .interior:
                interiors += 1
                if best < 0 || squareMetres[Int(entry.area)] <= squareMetres[Int(best)] { best = entry.area }
            }
            node = Int(entry.rest)
        }
        if interiors > 0 { return Location(index: best, candidates: interiors, onBorder: false) }
        if edges > 0 { return Location(index: firstOnEdge, candidates: edges, onBorder: true) }
        return .none
    }
}
