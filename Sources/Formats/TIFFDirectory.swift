/// The tags of a GeoTIFF that Faro writes.
enum TIFFTag: UInt16 {
    case newSubfileType = 254
    case imageWidth = 256
    case imageLength = 257
    case bitsPerSample = 258
    case compression = 259
    case photometricInterpretation = 262
    case imageDescription = 270
    case stripOffsets = 273
    case samplesPerPixel = 277
    case rowsPerStrip = 278
    case stripByteCounts = 279
    case planarConfiguration = 284
    case predictor = 317
    case tileWidth = 322
    case tileLength = 323
    case tileOffsets = 324
    case tileByteCounts = 325
    case extraSamples = 338
    case sampleFormat = 339
    case modelPixelScale = 33550
    case modelTiepoint = 33922
    case geoKeyDirectory = 34735
    case gdalMetadata = 42112
    case gdalNoData = 42113
}

/// Values of TIFF's tags that Faro uses.
enum TIFFCode {
    static let deflate: UInt16 = 8
    static let floatingPoint: UInt16 = 3
    static let floatingPointPredictor: UInt16 = 3
}

/// The types of a tag's values.
enum TIFFType: UInt16 {
    case byte = 1
    case ascii = 2
    case short = 3
    case long = 4
    case double = 12

    /// Bytes of one value.
    var size: Int {
        switch self {
        case .byte, .ascii: 1
        case .short: 2
        case .long: 4
        case .double: 8
        }
    }
}

/// An image file directory: the tags that describe one image, and behind it the values that do not fit into it.
struct TIFFDirectory {
    private var entries: [UInt16: (type: TIFFType, count: Int, bytes: [UInt8])] = [:]

    mutating func short(_ tag: TIFFTag, _ values: [UInt16]) {
        set(tag, .short, values.count, values.reduce(into: []) { $0.append(littleEndian: $1) })
    }

    mutating func long(_ tag: TIFFTag, _ values: [UInt32]) {
        set(tag, .long, values.count, values.reduce(into: []) { $0.append(littleEndian: $1) })
    }

    mutating func double(_ tag: TIFFTag, _ values: [Double]) {
        set(tag, .double, values.count, values.reduce(into: []) { $0.append(littleEndian: $1.bitPattern) })
    }

    /// Text as UTF-8, up to its first zero byte.
    mutating func ascii(_ tag: TIFFTag, _ text: String) {
        let bytes = text.utf8.prefix { $0 != 0 } + [0]
        set(tag, .ascii, bytes.count, Array(bytes))
    }

    private mutating func set(_ tag: TIFFTag, _ type: TIFFType, _ count: Int, _ bytes: [UInt8]) {
        entries[tag.rawValue] = (type, count, bytes)
    }

    /// Its length with the values behind it.
    var byteCount: Int {
        let behind = entries.values.lazy.map(\.bytes.count).filter { $0 > 4 }.map(Self.padded)
        return behind.reduce(2 + 12 * entries.count + 4, +)
    }

    /// Appends it to a file whose beginning `bytes` are.
    /// - Parameter isLast: whether no other directory follows at once.
    func write(to bytes: inout [UInt8], isLast: Bool) {
        let end = bytes.count + byteCount
        var place = bytes.count + 2 + 12 * entries.count + 4
        var values: [UInt8] = []
        bytes.append(littleEndian: UInt16(clamping: entries.count))
        for (tag, entry) in entries.sorted(by: { $0.key < $1.key }) {
            bytes.append(littleEndian: tag)
            bytes.append(littleEndian: entry.type.rawValue)
            bytes.append(littleEndian: UInt32(clamping: entry.count))
            guard entry.bytes.count > 4 else {
                bytes += entry.bytes + [UInt8](repeating: 0, count: 4 - entry.bytes.count)
                continue
            }
            bytes.append(littleEndian: UInt32(clamping: place))
            values += entry.bytes + [UInt8](repeating: 0, count: Self.padded(entry.bytes.count) - entry.bytes.count)
            place += Self.padded(entry.bytes.count)
        }
        bytes.append(littleEndian: UInt32(clamping: isLast ? 0 : end))
        bytes += values
    }

    /// Values begin at even places.
    private static func padded(_ count: Int) -> Int { count + count % 2 }
}

extension [UInt8] {
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
