import SimpleFeatures

/// The blob in which a GeoPackage holds a geometry: a header with its box, then WKB.
///
/// ## Source
/// OGC 12-128r17, *GeoPackage 1.3*, section 2.1.3.
enum GeoPackageGeometry {
    typealias Bounds = Envelope<FilePosition>

    /// What stands before the WKB.
    struct Header {
        var isEmpty: Bool
        var srs: Int32
        /// The box as the header gives it; nil where it gives none.
        var envelope: Bounds?
        /// Where the WKB begins.
        var length: Int

        init(_ bytes: UnsafeRawBufferPointer) throws(GeometryBlobError) {
            guard bytes.count >= 8, bytes[0] == UInt8(ascii: "G"), bytes[1] == UInt8(ascii: "P") else {
                throw .noHeader
            }
            guard bytes[2] == 0 else { throw .version(bytes[2]) }
            let flags = bytes[3]
            guard flags & 0b0010_0000 == 0 else { throw .extended }
            let bigEndian = flags & 1 == 0
            let kind = Int(flags >> 1 & 7)
            guard kind < Self.envelopeDoubles.count else { throw .envelopeKind(kind) }
            length = 8 + 8 * Self.envelopeDoubles[kind]
            guard bytes.count >= length else { throw .truncated(needed: length, found: bytes.count) }
            isEmpty = flags & 0b0001_0000 != 0
            let word = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
            srs = Int32(bitPattern: bigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word))
            if kind > 0 {
                func number(_ index: Int) -> Double {
                    let bits = bytes.loadUnaligned(fromByteOffset: 8 + 8 * index, as: UInt64.self)
                    return Double(bitPattern: bigEndian ? UInt64(bigEndian: bits) : UInt64(littleEndian: bits))
                }
                envelope = Bounds(minX: number(0), minY: number(2), maxX: number(1), maxY: number(3))
            }
        }

        /// How many numbers each kind of envelope has: none, xy, xyz, xym, xyzm.
        private static let envelopeDoubles = [0, 4, 6, 6, 8]
    }

    /// The box of a blob's geometry: the header's, or where it has none, the one around its positions; nil where the
    /// blob is no geometry or an empty one.
    static func bounds(of bytes: UnsafeRawBufferPointer) -> Bounds? {
        if let point = PointBlob.read(bytes) {
            return Bounds(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
        }
        guard let header = try? Header(bytes), !header.isEmpty else { return nil }
        if let envelope = header.envelope, envelope.minX.isFinite, envelope.maxX.isFinite, envelope.minY.isFinite,
            envelope.maxY.isFinite
        {
            return envelope
        }
        let wkb = UnsafeRawBufferPointer(rebasing: bytes[header.length...])
        guard let geometry = try? WKB.decode(wkb) as Geometry<FilePosition> else { return nil }
        return geometry.envelope.isEmpty ? nil : geometry.envelope
    }

    /// The geometry of a blob; nil where it is flagged as empty.
    static func decode<P: Position>(_ bytes: UnsafeRawBufferPointer) throws -> Geometry<P>? {
        let header = try Header(bytes)
        if header.isEmpty { return nil }
        return try WKB.decode(UnsafeRawBufferPointer(rebasing: bytes[header.length...]))
    }

    /// A multipolygon on WGS 84 as a blob with its box; nil where it has no position.
    static func encode(_ area: MultiPolygon<LonLat>) -> [UInt8]? {
        encode(.multiPolygon(area), envelope: area.envelope)
    }

    /// A geometry on WGS 84 as a blob with its box, which the caller knows; nil where it has no position.
    static func encode(_ geometry: Geometry<LonLat>, envelope: Envelope<LonLat>) -> [UInt8]? {
        guard !envelope.isEmpty else { return nil }
        let wkb = WKB.encode(geometry)
        var blob: [UInt8] = [UInt8(ascii: "G"), UInt8(ascii: "P"), 0, 0b0011]  // little endian, box of x and y
        blob.reserveCapacity(40 + wkb.count)
        append(UInt32(wgs84), to: &blob)
        for number in [envelope.minX, envelope.maxX, envelope.minY, envelope.maxY] {
            append(number.bitPattern, to: &blob)
        }
        return blob + wkb
    }

    /// The number of WGS 84 in every GeoPackage.
    static let wgs84: Int32 = 4326

    private static func append(_ value: some FixedWidthInteger, to blob: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { blob.append(contentsOf: $0) }
    }
}

/// Why a blob is no GeoPackage geometry.
enum GeometryBlobError: Error, Hashable, CustomStringConvertible {
    case noHeader
    case version(UInt8)
    case extended
    case envelopeKind(Int)
    case truncated(needed: Int, found: Int)

    var description: String {
        switch self {
        case .noHeader: "a geometry must begin with the letters GP and a header of 8 bytes, but does not"
        case .version(let version): "a geometry must be of version 0, but is of version \(version)"
        case .extended: "a geometry must be standard GeoPackage binary, but is an extended one"
        case .envelopeKind(let kind): "the kind of a geometry's envelope must be 0 to 4, but is \(kind)"
        case .truncated(let needed, let found):
            "a geometry's header needs \(needed) bytes, but the geometry has \(found)"
        }
    }
}
