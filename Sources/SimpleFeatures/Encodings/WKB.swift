/// Well-known binary: the bytes in which GeoPackage and PostGIS hold a geometry.
///
/// Written: little endian, two dimensions, ISO type codes. Read: both byte orders, ISO and EWKB type codes; third
/// and fourth coordinates are dropped, an EWKB reference system number is skipped.
///
/// ## Emptiness
/// A point of two NaN is WKB's empty point. Faro's points are never empty, so it is read as a multipoint without
/// positions, and left out where it is a member of a multipoint. Any other coordinate that is not finite is refused.
///
/// ## Source
/// OGC 06-103r4, *Simple feature access*, section 8.2; PostGIS for the three high bits of EWKB.
public enum WKB {
    /// How many collections may lie inside one another.
    public static let depthLimit = 64

    /// The geometry as little-endian two-dimensional WKB. A polygon whose exterior is empty has no rings.
    /// - Complexity: O(positions), one allocation.
    @_specialize(where P == LonLat)
    @_specialize(where P == PlanarPoint)
    @_specialize(where P == FilePosition)
    public static func encode<P: Position>(_ geometry: Geometry<P>) -> [UInt8] {
        let size = encodedSize(of: geometry)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var writer = WKBWriter(buffer: UnsafeMutableRawBufferPointer(buffer))
            writer.write(geometry)
            count = writer.offset
        }
    }

    /// The geometry that the whole of `bytes` spells.
    ///
    /// Safe on any input: every count is held against the bytes that remain before anything is allocated.
    /// - Throws: ``WKBError``, with the offset of what is wrong.
    /// - Complexity: O(bytes).
    @_specialize(where P == LonLat)
    @_specialize(where P == PlanarPoint)
    @_specialize(where P == FilePosition)
    public static func decode<P: Position>(_ bytes: UnsafeRawBufferPointer) throws(WKBError) -> Geometry<P> {
        var reader = WKBReader<P>(bytes: bytes)
        let geometry = try reader.geometry(depth: 0)
        guard reader.offset == bytes.count else {
            throw .trailingBytes(bytes.count - reader.offset, offset: reader.offset)
        }
        return geometry
    }

    /// How many bytes ``encode(_:)`` makes of a geometry.
    static func encodedSize<P: Position>(of geometry: Geometry<P>) -> Int {
        func line(_ positions: [P]) -> Int { 4 + 16 * positions.count }
        func area(_ polygon: Polygon<P>) -> Int { polygon.wkbRings.reduce(9) { $0 + line($1) } }
        return switch geometry {
        case .point: 21
        case .multiPoint(let positions): 9 + 21 * positions.count
        case .lineString(let positions): 5 + line(positions)
        case .multiLineString(let lines): lines.reduce(9) { $0 + 5 + line($1) }
        case .polygon(let polygon): area(polygon)
        case .multiPolygon(let polygons): polygons.polygons.reduce(9) { $0 + area($1) }
        case .collection(let members): members.reduce(9) { $0 + encodedSize(of: $1) }
        }
    }
}

/// Why bytes are not well-known binary.
public enum WKBError: Error, Hashable, CustomStringConvertible {
    case truncated(needed: Int, remaining: Int, offset: Int)
    case unknownByteOrder(UInt8, offset: Int)
    case unsupportedType(UInt32, offset: Int)
    case wrongMember(UInt32, of: UInt32, offset: Int)
    case notFinite(offset: Int)
    case tooDeep(limit: Int, offset: Int)
    case trailingBytes(Int, offset: Int)

    /// One sentence: what must hold, what was found, and at which byte.
    public var description: String {
        switch self {
        case .truncated(let needed, let remaining, let offset):
            "WKB needs \(needed) more bytes at byte \(offset), but only \(remaining) remain"
        case .unknownByteOrder(let byte, let offset):
            "a WKB byte order must be 0 or 1, but is \(byte) at byte \(offset)"
        case .unsupportedType(let code, let offset):
            "a WKB geometry type must be one of 1 (point) to 7 (collection), but is \(code) at byte \(offset)"
        case .wrongMember(let code, let parent, let offset):
            "a WKB geometry of type \(parent) must have members of type \(parent - 3), "
                + "but has one of type \(code) at byte \(offset)"
        case .notFinite(let offset):
            "WKB coordinates must be finite numbers, but one is not at byte \(offset)"
        case .tooDeep(let limit, let offset):
            "WKB collections must lie at most \(limit) deep, but go deeper at byte \(offset)"
        case .trailingBytes(let count, let offset):
            "WKB must end with its geometry, but \(count) bytes follow at byte \(offset)"
        }
    }
}

extension Polygon {
    /// The rings as WKB holds them: none where there is neither exterior nor hole.
    fileprivate var wkbRings: [[P]] { exterior.isEmpty && holes.isEmpty ? [] : rings }
}

/// The type codes of ISO WKB in two dimensions.
private enum WKBType {
    static let point: UInt32 = 1
    static let lineString: UInt32 = 2
    static let polygon: UInt32 = 3
    static let multiPoint: UInt32 = 4
    static let multiLineString: UInt32 = 5
    static let multiPolygon: UInt32 = 6
    static let collection: UInt32 = 7
}

/// Fills a buffer whose size was computed beforehand.
private struct WKBWriter {
    let buffer: UnsafeMutableRawBufferPointer
    var offset = 0

    mutating func write<P: Position>(_ geometry: Geometry<P>) {
        switch geometry {
        case .point(let position): point(position)
        case .multiPoint(let positions):
            header(WKBType.multiPoint, count: positions.count)
            for position in positions { point(position) }
        case .lineString(let positions): lineString(positions)
        case .multiLineString(let lines):
            header(WKBType.multiLineString, count: lines.count)
            for positions in lines { lineString(positions) }
        case .polygon(let polygon): area(polygon)
        case .multiPolygon(let polygons):
            header(WKBType.multiPolygon, count: polygons.polygons.count)
            for polygon in polygons.polygons { area(polygon) }
        case .collection(let members):
            header(WKBType.collection, count: members.count)
            for member in members { write(member) }
        }
    }

    private mutating func point<P: Position>(_ position: P) {
        start(WKBType.point)
        put(position)
    }

    private mutating func lineString<P: Position>(_ positions: [P]) {
        start(WKBType.lineString)
        line(positions)
    }

    private mutating func area<P: Position>(_ polygon: Polygon<P>) {
        let rings = polygon.wkbRings
        header(WKBType.polygon, count: rings.count)
        for ring in rings { line(ring) }
    }

    private mutating func line<P: Position>(_ positions: [P]) {
        put(UInt32(truncatingIfNeeded: positions.count))
        for position in positions { put(position) }
    }

    private mutating func header(_ type: UInt32, count: Int) {
        start(type)
        put(UInt32(truncatingIfNeeded: count))
    }

    private mutating func start(_ type: UInt32) {
        buffer.storeBytes(of: 1, toByteOffset: offset, as: UInt8.self)
        offset += 1
        put(type)
    }

    private mutating func put(_ value: UInt32) {
        buffer.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
        offset += 4
    }

    private mutating func put<P: Position>(_ position: P) {
        buffer.storeBytes(of: position.x.bitPattern.littleEndian, toByteOffset: offset, as: UInt64.self)
        buffer.storeBytes(of: position.y.bitPattern.littleEndian, toByteOffset: offset + 8, as: UInt64.self)
        offset += 16
    }
}

/// Reads one geometry from the front of a buffer.
private struct WKBReader<P: Position> {
    /// What stands before a geometry's content.
    struct Header {
        var type: UInt32
        var bigEndian: Bool
        /// Coordinates per position: 2, 3 or 4.
        var dimensions: Int
        var offset: Int
    }

    let bytes: UnsafeRawBufferPointer
    var offset = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func geometry(depth: Int) throws(WKBError) -> Geometry<P> {
        let header = try header()
        switch header.type {
        case WKBType.point:
            guard let position = try point(header) else { return .multiPoint([]) }
            return .point(position)
        case WKBType.lineString: return .lineString(try line(header))
        case WKBType.polygon: return .polygon(try polygon(header))
        case WKBType.multiPoint:
            var positions: [P] = []
            for _ in 0..<(try count(header, bytesEach: 5 + 8 * header.dimensions)) {
                if let position = try point(member(of: header)) { positions.append(position) }
            }
            return .multiPoint(positions)
        case WKBType.multiLineString:
            var lines: [[P]] = []
            for _ in 0..<(try count(header, bytesEach: 9)) { lines.append(try line(member(of: header))) }
            return .multiLineString(lines)
        case WKBType.multiPolygon:
            var polygons: [Polygon<P>] = []
            for _ in 0..<(try count(header, bytesEach: 9)) { polygons.append(try polygon(member(of: header))) }
            return .multiPolygon(MultiPolygon(polygons))
        default:
            guard depth < WKB.depthLimit else { throw .tooDeep(limit: WKB.depthLimit, offset: header.offset) }
            var members: [Geometry<P>] = []
            for _ in 0..<(try count(header, bytesEach: 9)) { members.append(try geometry(depth: depth + 1)) }
            return .collection(members)
        }
    }

    private mutating func header() throws(WKBError) -> Header {
        let start = offset
        try need(5)
        let order = bytes[offset]
        guard order <= 1 else { throw .unknownByteOrder(order, offset: offset) }
        offset += 1
        let bigEndian = order == 0
        let code = word(bigEndian: bigEndian)
        if code & 0x2000_0000 != 0 {
            try need(4)
            offset += 4  // the reference system number of EWKB
        }
        let iso = code & 0x1FFF_FFFF
        let type = iso % 1000
        let isoDimensions = iso / 1000
        guard isoDimensions <= 3, WKBType.point...WKBType.collection ~= type else {
            throw .unsupportedType(code, offset: start + 1)
        }
        let hasZ = code & 0x8000_0000 != 0 || isoDimensions & 1 != 0
        let hasM = code & 0x4000_0000 != 0 || isoDimensions & 2 != 0
        return Header(type: type, bigEndian: bigEndian, dimensions: 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0), offset: start)
    }

    /// The header of a member, which must be of the one type that the parent holds.
    private mutating func member(of parent: Header) throws(WKBError) -> Header {
        let header = try header()
        guard header.type == parent.type - 3 else {
            throw .wrongMember(header.type, of: parent.type, offset: header.offset)
        }
        return header
    }

    private mutating func polygon(_ header: Header) throws(WKBError) -> Polygon<P> {
        let rings = try count(header, bytesEach: 4)
        guard rings > 0 else { return Polygon(exterior: []) }
        let exterior = try line(header)
        var holes: [[P]] = []
        for _ in 1..<rings { holes.append(try line(header)) }
        return Polygon(exterior: exterior, holes: holes)
    }

    private mutating func line(_ header: Header) throws(WKBError) -> [P] {
        let stride = 8 * header.dimensions
        let count = try count(header, bytesEach: stride)
        var positions: [P] = []
        positions.reserveCapacity(count)
        for _ in 0..<count {
            let position = coordinates(header)
            guard position.x.isFinite, position.y.isFinite else { throw .notFinite(offset: offset) }
            positions.append(position)
            offset += stride
        }
        return positions
    }

    private mutating func point(_ header: Header) throws(WKBError) -> P? {
        let stride = 8 * header.dimensions
        try need(stride)
        let position = coordinates(header)
        if position.x.isNaN, position.y.isNaN {
            offset += stride
            return nil
        }
        guard position.x.isFinite, position.y.isFinite else { throw .notFinite(offset: offset) }
        offset += stride
        return position
    }

    /// The position at the offset; the caller has made sure of its bytes.
    private func coordinates(_ header: Header) -> P {
        let x = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let y = bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        return header.bigEndian
            ? P(x: Double(bitPattern: UInt64(bigEndian: x)), y: Double(bitPattern: UInt64(bigEndian: y)))
            : P(x: Double(bitPattern: UInt64(littleEndian: x)), y: Double(bitPattern: UInt64(littleEndian: y)))
    }

    /// A count of parts that take at least `bytesEach` bytes, which must fit into what remains.
    private mutating func count(_ header: Header, bytesEach: Int) throws(WKBError) -> Int {
        try need(4)
        let count = Int(word(bigEndian: header.bigEndian))
        try need(count * bytesEach)
        return count
    }

    private mutating func word(bigEndian: Bool) -> UInt32 {
        let value = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        offset += 4
        return bigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
    }

    private func need(_ count: Int) throws(WKBError) {
        guard count <= bytes.count - offset else {
            throw .truncated(needed: count, remaining: bytes.count - offset, offset: offset)
        }
    }
}
