import SimpleFeatures

/// One point on WGS 84 as a GeoPackage blob, filled anew for each row: header without a box, then WKB.
struct PointBlob {
    static let size = 29
    let bytes: UnsafeMutableRawPointer

    init() {
        bytes = .allocate(byteCount: Self.size, alignment: 8)
        bytes.copyMemory(from: Self.prefix, byteCount: Self.prefix.count)
    }

    /// "GP", version, little endian without a box, 4326; then WKB's byte order and the type of a point.
    static let prefix: [UInt8] = [0x47, 0x50, 0, 1, 0xE6, 0x10, 0, 0, 1, 1, 0, 0, 0]

    func deallocate() { bytes.deallocate() }

    /// - Returns: whether there is a point: both degrees are finite.
    @inline(__always)
    func write(_ longitude: Double, _ latitude: Double) -> Bool {
        guard longitude.isFinite, latitude.isFinite else { return false }
        bytes.storeBytes(of: longitude.bitPattern.littleEndian, toByteOffset: 13, as: UInt64.self)
        bytes.storeBytes(of: latitude.bitPattern.littleEndian, toByteOffset: 21, as: UInt64.self)
        return true
    }

    /// The blob of one point; nil where a coordinate is missing.
    static func bytes(_ longitude: Double, _ latitude: Double) -> [UInt8]? {
        let point = PointBlob()
        defer { point.deallocate() }
        guard point.write(longitude, latitude) else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: point.bytes, count: size))
    }

    /// The place in a blob of exactly the form that ``write(_:_:)`` makes, which is GDAL's as well; nil for any other.
    static func read(_ blob: UnsafeRawBufferPointer) -> LonLat? {
        guard blob.count == size, blob[..<13].elementsEqual(prefix) else { return nil }
        let x = Double(bitPattern: UInt64(littleEndian: blob.loadUnaligned(fromByteOffset: 13, as: UInt64.self)))
        let y = Double(bitPattern: UInt64(littleEndian: blob.loadUnaligned(fromByteOffset: 21, as: UInt64.self)))
        guard x.isFinite, y.isFinite else { return nil }
        return LonLat(longitude: x, latitude: y)
    }
}
