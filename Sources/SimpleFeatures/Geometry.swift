/// An area bounded by one exterior ring, less its holes.
///
/// Rings are closed (the first position stands again at the end). Direction is not relied upon;
/// writers wind exteriors counter-clockwise as RFC 7946 asks.
public struct Polygon<P: Position>: Hashable, Sendable {
    /// The outer border, closed.
    public var exterior: [P]
    /// The borders of what is left out, each closed; in no particular order.
    public var holes: [[P]]

    /// The rings as given; whether they are closed, and hold an area, is not checked.
    public init(exterior: [P], holes: [[P]] = []) {
        self.exterior = exterior
        self.holes = holes
    }

    /// The exterior, then the holes.
    public var rings: [[P]] { [exterior] + holes }

    /// Of the exterior: holes lie inside it.
    /// - Complexity: O(vertices).
    public var envelope: Envelope<P> { Envelope(exterior) }
}

/// Polygons that count as one area: a municipality with its islands.
public struct MultiPolygon<P: Position>: Hashable, Sendable {
    /// The parts, in the order of the file. They ought not to overlap; published ones do.
    public var polygons: [Polygon<P>]

    /// The parts as given; nothing is checked.
    public init(_ polygons: [Polygon<P>]) { self.polygons = polygons }

    /// Around all parts; empty where there is none.
    /// - Complexity: O(vertices).
    public var envelope: Envelope<P> { polygons.reduce(.empty) { $0.union($1.envelope) } }
    /// Positions of all rings, the closing ones included.
    public var vertexCount: Int { polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.count } } }
}

/// The geometries of OGC Simple Features that reports and boundaries come in, in two dimensions.
public indirect enum Geometry<P: Position>: Hashable, Sendable {
    case point(P)
    case multiPoint([P])
    case lineString([P])
    case multiLineString([[P]])
    case polygon(Polygon<P>)
    case multiPolygon(MultiPolygon<P>)
    case collection([Geometry])

    /// Around every position, of a collection around all members; empty where there is none.
    /// - Complexity: O(vertices).
    public var envelope: Envelope<P> {
        switch self {
        case .point(let position): Envelope(CollectionOfOne(position))
        case .multiPoint(let positions), .lineString(let positions): Envelope(positions)
        case .multiLineString(let lines): Envelope(lines.joined())
        case .polygon(let polygon): polygon.envelope
        case .multiPolygon(let polygons): polygons.envelope
        case .collection(let members): members.reduce(.empty) { $0.union($1.envelope) }
        }
    }

    /// The polygonal part as one multipolygon; nil where there is none.
    public var asMultiPolygon: MultiPolygon<P>? {
        switch self {
        case .polygon(let polygon): return MultiPolygon([polygon])
        case .multiPolygon(let polygons): return polygons
        case .collection(let members):
            let polygons = members.compactMap(\.asMultiPolygon).flatMap(\.polygons)
            return polygons.isEmpty ? nil : MultiPolygon(polygons)
        default: return nil
        }
    }

    /// The same shape with every position replaced.
    public func map<Q: Position, Failure: Error>(
        _ transform: (P) throws(Failure) -> Q
    ) throws(Failure) -> Geometry<Q> {
        func line(_ positions: [P]) throws(Failure) -> [Q] { try positions.map(transform) }
        func area(_ polygon: Polygon<P>) throws(Failure) -> Polygon<Q> {
            var holes: [[Q]] = []
            for hole in polygon.holes { holes.append(try line(hole)) }
            return Polygon(exterior: try line(polygon.exterior), holes: holes)
        }
        switch self {
        case .point(let position): return .point(try transform(position))
        case .multiPoint(let positions): return .multiPoint(try line(positions))
        case .lineString(let positions): return .lineString(try line(positions))
        case .multiLineString(let lines):
            var mapped: [[Q]] = []
            for positions in lines { mapped.append(try line(positions)) }
            return .multiLineString(mapped)
        case .polygon(let polygon): return .polygon(try area(polygon))
        case .multiPolygon(let polygons):
            var mapped: [Polygon<Q>] = []
            for polygon in polygons.polygons { mapped.append(try area(polygon)) }
            return .multiPolygon(MultiPolygon(mapped))
        case .collection(let members):
            var mapped: [Geometry<Q>] = []
            for member in members { mapped.append(try member.map(transform)) }
            return .collection(mapped)
        }
    }
}
