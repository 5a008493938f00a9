import SimpleFeatures

extension PointLocator {
    /// What must be known of all areas before the raster can be laid out.
    struct Survey {
        /// The areas, less rings whose numbers cannot be coordinates.
        private(set) var areas: [MultiPolygon<LonLat>]
        private(set) var envelopes: [Envelope<LonLat>] = []
        private(set) var envelope = Envelope<LonLat>.empty
        private(set) var edgeCount = 0
        /// The heights of all edges together, in degrees.
        private(set) var rise = 0.0

        /// Numbers beyond this are no coordinates in degrees; short of it no step of the locator overflows.
        private static let reach = 1e6

        init(of areas: [MultiPolygon<LonLat>]) {
            self.areas = areas
            envelopes.reserveCapacity(areas.count)
            for index in areas.indices {
                if areas[index].polygons.contains(where: { polygon in polygon.hasRing { !Survey.isSound($0) } }) {
                    self.areas[index] = Survey.soundPart(of: areas[index])
                }
                var envelope = Envelope<LonLat>.empty
                self.areas[index].forEachRing { ring in measure(ring, &envelope) }
                envelopes.append(envelope)
                self.envelope = self.envelope.union(envelope)
            }
        }

        private mutating func measure(_ ring: UnsafeBufferPointer<LonLat>, _ envelope: inout Envelope<LonLat>) {
            var grown = envelope
            var rise = 0.0
            var previous = ring[ring.count - 1].latitude
            for position in ring {
                grown.minX = position.x < grown.minX ? position.x : grown.minX
                grown.maxX = position.x > grown.maxX ? position.x : grown.maxX
                grown.minY = position.y < grown.minY ? position.y : grown.minY
                grown.maxY = position.y > grown.maxY ? position.y : grown.maxY
                rise += abs(position.y - previous)
                previous = position.y
            }
            envelope = grown
            self.rise += rise
            edgeCount += ring.count
        }

        private static func isSound(_ ring: [LonLat]) -> Bool {
            ring.withUnsafeBufferPointer { ring in
                var beyond = false
                for position in ring {
                    // Also true of a number that is none.
                    let sound = abs(position.longitude) <= reach && abs(position.latitude) <= reach
                    beyond = beyond || !sound
                }
                return !beyond
            }
        }

        private static func soundPart(of area: MultiPolygon<LonLat>) -> MultiPolygon<LonLat> {
            MultiPolygon(
                area.polygons.filter { isSound($0.exterior) }.map {
                    Polygon(exterior: $0.exterior, holes: $0.holes.filter(isSound))
                })
        }
    }

    /// The raster's place on Earth: the one function that says in which cell a position lies.
    ///
    /// A column is `round((x − minX)·columnsPerDegree)`. Subtraction, multiplication and rounding never decrease when x
    /// grows, so columns follow the order of longitudes exactly, whatever rounding does; rows likewise.
    struct Frame {
        let columns: Int
        let rows: Int
        private let minX: Double
        private let minY: Double
        private let columnsPerDegree: Double
        private let rowsPerDegree: Double
        /// What a determinant over this frame can err by.
        let determinantError: Double

        /// Adding 2⁵² to a number from 0 to 2⁵¹ rounds it to an integer, which then stands in the low bits.
        private static let rounder = 0x1p52

        /// Cells about as wide as high. Fewer than asked for where areas lie upon each other many times over, and no more
        /// rows than keep the copies of edges, one for each row they reach, at a few per edge.
        init(for survey: Survey, cellsPerEdge: Double) {
            let box = survey.envelope
            let width = max(box.isEmpty ? 0 : box.width, 1e-9)
            let height = max(box.isEmpty ? 0 : box.height, 1e-9)
            var stacked = 0.0
            for envelope in survey.envelopes where !envelope.isEmpty {
                stacked += max(envelope.width / width, 1e-6) * max(envelope.height / height, 1e-6)
            }
            let cells = min(cellsPerEdge * Double(survey.edgeCount), 0x1p24) / max(1, stacked / 8)
            let rowsAtMost = min(4 * Double(survey.edgeCount) * height / max(survey.rise, 1e-9), 0x1p15)
            let squareRows = (cells * height / width).squareRoot()
            rows = Int(max(1, min(squareRows, rowsAtMost, cells)))
            columns = Int(max(1, min(cells / Double(rows), 0x1p15)))
            minX = box.isEmpty ? 0 : box.minX
            minY = box.isEmpty ? 0 : box.minY
            columnsPerDegree = max(Double(columns - 1), 0.25) / width
            rowsPerDegree = max(Double(rows - 1), 0.25) / height
            // The relative bound of the predicate, with both products as large as a point in any cell can make them.
            let reach = (Double(columns) / columnsPerDegree) * (Double(rows) / rowsPerDegree)
            determinantError = 2.001 * Predicates.orientationErrorFactor * reach + 1e-280
        }

        /// In columns from the centre of the first.
        @inline(__always) func across(_ x: Double) -> Double { (x - minX) * columnsPerDegree }
        /// In rows from the centre of the first.
        @inline(__always) func up(_ y: Double) -> Double { (y - minY) * rowsPerDegree }

        @inline(__always) static func nearest(_ value: Double) -> Int {
            Int(truncatingIfNeeded: (value + rounder).bitPattern &- rounder.bitPattern)
        }

        /// The row of a latitude within the layer's envelope.
        @inline(__always) func row(_ y: Double) -> Int { Frame.nearest(up(y)) }
        /// The column of a longitude within the layer's envelope.
        @inline(__always) func column(_ x: Double) -> Int { Frame.nearest(across(x)) }

        /// How many pairs of edges the index can hold: each edge stands once for each row it reaches, at most as many as
        /// its height in rows, and 2; and each row of each area may end with half a pair.
        func edgePairsAtMost(of survey: Survey) -> Int {
            let copies = 2 * survey.edgeCount + Int(1.001 * survey.rise * rowsPerDegree)
            let areaRows = survey.envelopes.reduce(0) { $0 + ($1.isEmpty ? 0 : row($1.maxY) - row($1.minY) + 1) }
            return (copies + areaRows) / 2 + 1
        }

        /// The cell of any position; the one beyond the last, `rows · columns`, where it lies outside or is not finite.
        ///
        /// Half a cell beyond the layer's envelope still counts as inside. That is harmless: a cell without edges there
        /// belongs to no area, and a cell with edges is decided by them.
        @inline(__always) func cell(_ x: Double, _ y: Double) -> Int {
            let column = Frame.nearest(across(x))
            let row = Frame.nearest(up(y))
            // Negative numbers, NaN and infinity all become unsigned numbers far too large.
            let inside =
                UInt(bitPattern: column) < UInt(bitPattern: columns) && UInt(bitPattern: row) < UInt(bitPattern: rows)
            return inside ? row &* columns &+ column : rows &* columns
        }
    }
}

extension MultiPolygon<LonLat> {
    /// Every ring with at least one position: exteriors and holes alike.
    @inline(__always) func forEachRing(_ body: (UnsafeBufferPointer<LonLat>) -> Void) {
        for polygon in polygons {
            if !polygon.exterior.isEmpty { polygon.exterior.withUnsafeBufferPointer(body) }
            for hole in polygon.holes where !hole.isEmpty { hole.withUnsafeBufferPointer(body) }
        }
    }
}

extension MultiPolygon<LonLat> {
    /// Every edge, its lower end first (the western one where it is level).
    ///
    /// A ring that is not closed is closed. A ring of one position has one edge, from it to itself.
    @inline(__always) func forEachEdge(_ body: (_ low: LonLat, _ high: LonLat) -> Void) {
        forEachRing { ring in
            let last = ring[ring.count - 1]
            let isClosed = ring.count > 1 && last == ring[0]
            var previous = isClosed ? ring[0] : last
            for position in ring[(isClosed ? 1 : 0)...] {
                let isRising =
                    previous.y < position.y || (previous.y == position.y && previous.x <= position.x)
                body(isRising ? previous : position, isRising ? position : previous)
                previous = position
            }
        }
    }
}

extension Polygon<LonLat> {
    fileprivate func hasRing(where test: ([LonLat]) -> Bool) -> Bool { test(exterior) || holes.contains(where: test) }
}
