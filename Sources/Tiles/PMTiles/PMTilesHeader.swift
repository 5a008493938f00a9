import SimpleFeatures

/// The first 127 bytes of a PMTiles archive, little-endian.
///
/// ## Source
/// PMTiles version 3, section 3.
struct PMTilesHeader: Hashable, Sendable {
    /// A part of the file.
    struct Section: Hashable, Sendable {
        var offset: UInt64 = 0
        var length: UInt64 = 0
        /// The first byte behind it; nil where a number of 64 bits has no room for it.
        var end: UInt64? {
            let (end, overflows) = offset.addingReportingOverflow(length)
            return overflows ? nil : end
        }
    }

    static let size = 127
    static let magic = Array("PMTiles".utf8)
    static let version: UInt8 = 3
    /// Header and root directory lie in the first bytes, which a client fetches with one request.
    static let rootReach = 16_384
    static let gzip: UInt8 = 2
    static let uncompressed: UInt8 = 1
    static let mvt: UInt8 = 1
    static let png: UInt8 = 2

    var root = Section()
    var metadata = Section()
    var leaves = Section()
    var tiles = Section()
    /// Tiles with runs counted out, entries of directories, and distinct contents; 0 for unknown.
    var addressed: UInt64 = 0
    var entries: UInt64 = 0
    var contents: UInt64 = 0
    /// Whether the tiles lie in the order of their numbers.
    var isClustered = true
    var internalCompression = Self.gzip
    var tileCompression = Self.gzip
    var tileType = Self.mvt
    var minZoom: UInt8 = 0
    var maxZoom: UInt8 = 0
    /// West, south, east, north in 10⁻⁷ degrees.
    var bounds: [Int32] = [0, 0, 0, 0]
    var centerZoom: UInt8 = 0
    /// Longitude and latitude in 10⁻⁷ degrees.
    var center: [Int32] = [0, 0]

    init() {}

    /// Takes zooms, bounds and type from a description.
    mutating func describe(_ set: TileSet) {
        (tileType, tileCompression) = set.format == .png ? (Self.png, Self.uncompressed) : (Self.mvt, Self.gzip)
        (minZoom, maxZoom) = (UInt8(clamping: set.zooms.lowerBound), UInt8(clamping: set.zooms.upperBound))
        let stored = set.storedBounds
        // Outwards, so that what lies on the border is within.
        bounds = [
            Self.units(stored.minX, .down), Self.units(stored.minY, .down), Self.units(stored.maxX, .up),
            Self.units(stored.maxY, .up),
        ]
        let view = set.center
        centerZoom = UInt8(clamping: view.zoom)
        center = [Self.units(view.place.longitude), Self.units(view.place.latitude)]
    }

    private static func units(_ degrees: Double, _ rule: FloatingPointRoundingRule = .toNearestOrEven) -> Int32 {
        let units = (degrees * 1e7).rounded()
        // A number that was read from ten-millionths comes back as the same.
        return Int32(exactly: abs(units - degrees * 1e7) < 1e-5 ? units : (degrees * 1e7).rounded(rule)) ?? 0
    }

    // MARK: Bytes

    var bytes: [UInt8] {
        var bytes = Self.magic + [Self.version]
        for section in [root, metadata, leaves, tiles] {
            Self.append(section.offset, to: &bytes)
            Self.append(section.length, to: &bytes)
        }
        for count in [addressed, entries, contents] { Self.append(count, to: &bytes) }
        bytes += [isClustered ? 1 : 0, internalCompression, tileCompression, tileType, minZoom, maxZoom]
        for number in bounds { Self.append(UInt32(bitPattern: number), to: &bytes) }
        bytes.append(centerZoom)
        for number in center { Self.append(UInt32(bitPattern: number), to: &bytes) }
        return bytes
    }

    /// Reads the header.
    /// - Throws: ``TileArchiveError/notArchive(path:kind:reason:)``, ``TileArchiveError/unsupported(path:what:found:supported:)``.
    init(_ bytes: [UInt8], path: String) throws(TileArchiveError) {
        guard bytes.starts(with: Self.magic) else {
            throw .notArchive(path: path, kind: "a PMTiles archive", reason: "does not begin with PMTiles")
        }
        guard bytes.count >= Self.size else {
            throw .damaged(path: path, part: "header", reason: "must be 127 bytes long, but has \(bytes.count)")
        }
        guard bytes[7] == Self.version else {
            throw .unsupported(path: path, what: "PMTiles version", found: "\(bytes[7])", supported: "3")
        }
        func long(_ at: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) } }
        func short(_ at: Int) -> Int32 {
            Int32(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) })
        }
        root = Section(offset: long(8), length: long(16))
        metadata = Section(offset: long(24), length: long(32))
        leaves = Section(offset: long(40), length: long(48))
        tiles = Section(offset: long(56), length: long(64))
        (addressed, entries, contents) = (long(72), long(80), long(88))
        isClustered = bytes[96] == 1
        (internalCompression, tileCompression, tileType) = (bytes[97], bytes[98], bytes[99])
        (minZoom, maxZoom, centerZoom) = (bytes[100], bytes[101], bytes[118])
        bounds = [short(102), short(106), short(110), short(114)]
        center = [short(119), short(123)]
        try checkSupport(path)
        if let reason = fault { throw .damaged(path: path, part: "header", reason: reason) }
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    // MARK: Rules

    private func checkSupport(_ path: String) throws(TileArchiveError) {
        guard [Self.gzip, Self.uncompressed].contains(internalCompression) else {
            throw .unsupported(
                path: path, what: "directories compressed with", found: Self.compressionName(internalCompression),
                supported: "gzip or nothing")
        }
        guard [Self.gzip, Self.uncompressed].contains(tileCompression) else {
            throw .unsupported(
                path: path, what: "tiles compressed with", found: Self.compressionName(tileCompression),
                supported: "gzip or nothing")
        }
        guard [Self.mvt, Self.png].contains(tileType) else {
            let names = ["unknown tiles", "vector tiles", "PNG", "JPEG", "WebP", "AVIF", "MapLibre tiles"]
            let found = Int(tileType) < names.count ? names[Int(tileType)] : "type \(tileType)"
            throw .unsupported(path: path, what: "tiles that are", found: found, supported: "vector tiles or PNG")
        }
    }

    /// What is wrong with the header whatever follows it; nil where nothing is.
    private var fault: String? {
        guard minZoom <= maxZoom else { return "must have its lowest zoom first, but says \(minZoom) to \(maxZoom)" }
        guard maxZoom <= TileID.deepestZoom else {
            return "must have zooms up to \(TileID.deepestZoom), but says \(maxZoom)"
        }
        let (west, south, east, north) = (bounds[0], bounds[1], bounds[2], bounds[3])
        guard west <= east, south <= north, west >= -1_800_000_000, east <= 1_800_000_000, south >= -900_000_000,
            north <= 900_000_000
        else { return "must have bounds on the globe, but says \(west), \(south), \(east), \(north) ten-millionths" }
        guard let end = root.end, root.offset >= UInt64(Self.size), end <= UInt64(Self.rootReach) else {
            return "must place the root directory in bytes 127 to 16384, but says \(root.length) from \(root.offset)"
        }
        return nil
    }

    private static func compressionName(_ code: UInt8) -> String {
        let names = ["an unknown method", "nothing", "gzip", "Brotli", "Zstandard"]
        return Int(code) < names.count ? names[Int(code)] : "method \(code)"
    }
}
