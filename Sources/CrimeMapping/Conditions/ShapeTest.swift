import Boundaries
import CQL2
import Incidents
import SimpleFeatures

/// Which places a shape of a filter meets, in degrees.
struct ShapeTest {
    private let shape: CQL2Shape

    /// How far from a border, a line or a point a place may lie and count as on it, in degrees: 10⁻⁵ m.
    private static let slack = 1e-10
    /// The most comparisons of places with edges.
    static let mostComparisons = 1_000_000_000

    init(_ shape: CQL2Shape) { self.shape = shape }

    /// - Throws: `FilterError/costlyShape(comparisons:most:)`.
    func truth(of rows: [Int], at places: DegreeColumns) throws(FilterError) -> [UInt8] {
        var truth = rows.map {
            places.longitudes[$0].isNaN ? ConditionEvaluation.unknown : ConditionEvaluation.no
        }
        for part in parts() { try mark(part, rows, places, &truth) }
        return truth
    }

    private enum Part {
        case box(Envelope<LonLat>)
        case lines([[LonLat]])
        case polygons([Polygon<LonLat>])
    }

    private func parts() -> [Part] {
        switch shape {
        case .box(let west, let south, let east, let north):
            func box(_ west: Double, _ east: Double) -> Part {
                .box(Envelope(minX: west, minY: south, maxX: east, maxY: north))
            }
            return west <= east ? [box(west, east)] : [box(west, 180), box(-180, east)]
        case .geometry(let geometry): return Self.parts(of: geometry)
        }
    }

    private static func parts(of geometry: Geometry<LonLat>) -> [Part] {
        switch geometry {
        case .point(let position): [.lines([[position, position]])]
        case .multiPoint(let positions): [.lines(positions.map { [$0, $0] })]
        case .lineString(let line): [.lines([line])]
        case .multiLineString(let lines): [.lines(lines)]
        case .polygon(let polygon): [.polygons([polygon])]
        case .multiPolygon(let polygons): [.polygons(polygons.polygons)]
        case .collection(let members): members.flatMap(parts)
        }
    }

    private func mark(
        _ part: Part, _ rows: [Int], _ places: DegreeColumns, _ truth: inout [UInt8]
    ) throws(FilterError) {
        switch part {
        case .box(let box):
            let wider = Self.widened(box)
            for index in rows.indices where wider.contains(places.place(rows[index])) {
                truth[index] = ConditionEvaluation.yes
            }
        case .lines(let lines):
            let bands = EdgeBands(lines)
            let near = Self.near(bands.envelope, rows, places)
            try bands.requireCheap(near.map { places.latitudes[rows[$0]] })
            for index in near where bands.isWithin(Self.slack, of: places.place(rows[index])) {
                truth[index] = ConditionEvaluation.yes
            }
        case .polygons(let polygons):
            let bands = EdgeBands(polygons.flatMap(\.rings))
            let near = Self.near(bands.envelope, rows, places)
            try bands.requireCheap(near.map { places.latitudes[rows[$0]] })
            // Each polygon is an area of its own: where two overlap, both hold the place.
            let locator = PointLocator(
                polygons.map { MultiPolygon([$0]) }, squareMetres: [], expectedPoints: near.count)
            for index in near where locator.locate(places.place(rows[index])).index >= 0 {
                truth[index] = ConditionEvaluation.yes
            }
        }
    }

    private static func near(_ envelope: Envelope<LonLat>, _ rows: [Int], _ places: DegreeColumns) -> [Int] {
        let wider = widened(envelope)
        return rows.indices.filter { wider.contains(places.place(rows[$0])) }
    }

    private static func widened(_ box: Envelope<LonLat>) -> Envelope<LonLat> {
        Envelope(minX: box.minX - slack, minY: box.minY - slack, maxX: box.maxX + slack, maxY: box.maxY + slack)
    }
}

extension DegreeColumns {
    @inline(__always)
    func place(_ row: Int) -> LonLat { LonLat(longitude: longitudes[row], latitude: latitudes[row]) }
}

/// The edges of lines or rings, sorted into bands of latitude.
private struct EdgeBands {
    let envelope: Envelope<LonLat>
    private let edges: [(a: LonLat, b: LonLat)]
    /// Per band, the edges that reach into it.
    private var members: [[Int32]]

    private static let count = 256

    init(_ lines: [[LonLat]]) {
        envelope = lines.reduce(.empty) { $0.union(Envelope($1)) }
        edges = lines.flatMap { line in zip(line, line.dropFirst()).map { ($0, $1) } }
        members = Array(repeating: [], count: Self.count)
        for (number, edge) in edges.enumerated() {
            let (low, high) = (band(min(edge.a.y, edge.b.y) - 1e-9), band(max(edge.a.y, edge.b.y) + 1e-9))
            for band in low...high { members[band].append(Int32(truncatingIfNeeded: number)) }
        }
    }

    /// From 0 to ``count`` − 1, growing with the latitude.
    private func band(_ latitude: Double) -> Int {
        let height = envelope.maxY - envelope.minY
        guard height > 0 else { return 0 }
        let share = (latitude - envelope.minY) / height * Double(Self.count)
        return share >= Double(Self.count - 1) ? Self.count - 1 : share > 0 ? Int(share) : 0
    }

    /// - Throws: where so many places lie at latitudes of so many edges that deciding them would take long.
    func requireCheap(_ latitudes: [Double]) throws(FilterError) {
        let comparisons = latitudes.reduce(0) { $0 + members[band($1)].count }
        guard comparisons <= ShapeTest.mostComparisons else {
            throw .costlyShape(comparisons: comparisons, most: ShapeTest.mostComparisons)
        }
    }

    func isWithin(_ distance: Double, of place: LonLat) -> Bool {
        members[band(place.y)].contains { number in
            let (a, b) = edges[Int(number)]
            let (dx, dy) = (b.x - a.x, b.y - a.y)
            let square = dx * dx + dy * dy
            let along = square > 0 ? ((place.x - a.x) * dx + (place.y - a.y) * dy) / square : 0
            let share = min(max(along, 0), 1)
            let (offX, offY) = (place.x - a.x - share * dx, place.y - a.y - share * dy)
            return offX * offX + offY * offY <= distance * distance
        }
    }
}
