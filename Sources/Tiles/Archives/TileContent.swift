import Compression

/// What a tile's bytes must be.
enum TileContent {
    /// The most bytes that a vector tile may have uncompressed.
    static let sizeLimit = 64 << 20

    /// What is wrong with a tile as it is served, to be put behind its name; nil where nothing is.
    static func fault(in bytes: [UInt8], of set: TileSet) -> String? {
        switch set.format {
        case .png: PNGFrame.fault(in: bytes, pixels: set.pixels)
        case .vector: vectorFault(in: bytes, layers: set.layers)
        }
    }

    private static func vectorFault(in bytes: [UInt8], layers: [TileLayer]) -> String? {
        let tile: VectorTile
        do {
            tile = VectorTile(try uncompressed(bytes))
        } catch {
            return "cannot be uncompressed: \(error)"
        }
        if let finding = tile.findings.first(where: { $0.severity == .error }) {
            return "breaks Mapbox Vector Tile 2.1: \(finding)"
        }
        let stranger = tile.layers.first { layer in !layers.contains { $0.id == layer.name } }
        return stranger.map { "must have the layers that the archive names, but has \($0.name)" }
    }

    /// A vector tile's message; gzip data are told by their first bytes, with which no message begins.
    static func uncompressed(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        bytes.starts(with: [0x1F, 0x8B]) ? try Gzip.decompress(bytes, limit: sizeLimit) : bytes
    }
}

/// The outer form of a PNG: signature, header, checksums of its chunks, end.
///
/// ## Source
/// W3C *Portable Network Graphics*, third edition, section 5.
private enum PNGFrame {
    static func fault(in bytes: [UInt8], pixels: Int?) -> String? {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
            return "must be a PNG, but does not begin like one"
        }
        var offset = 8
        var isFirst = true
        while offset + 12 <= bytes.count {
            let length = Int(number(bytes, offset))
            guard length <= bytes.count - offset - 12 else { break }
            let type = bytes[(offset + 4)..<(offset + 8)]
            guard CRC32.checksum(of: bytes[(offset + 4)..<(offset + 8 + length)]) == number(bytes, offset + 8 + length)
            else {
                return "must have right checksums, but one of a chunk is wrong"
            }
            if isFirst, let fault = headerFault(bytes, type, offset + 8, length, pixels) { return fault }
            isFirst = false
            offset += 12 + length
            if type.elementsEqual("IEND".utf8) {
                return offset == bytes.count ? nil : "must end with its last chunk, but goes on"
            }
        }
        return "must be a complete PNG, but is cut short"
    }

    private static func headerFault(
        _ bytes: [UInt8], _ type: ArraySlice<UInt8>, _ offset: Int, _ length: Int, _ pixels: Int?
    ) -> String? {
        guard type.elementsEqual("IHDR".utf8), length == 13 else { return "must begin with a header, but does not" }
        let (width, height) = (number(bytes, offset), number(bytes, offset + 4))
        let wanted = pixels.map { "\($0) × \($0)" } ?? "256 × 256 or 512 × 512"
        let isRight = width == height && (pixels.map { $0 == Int(width) } ?? (width == 256 || width == 512))
        return isRight ? nil : "must be \(wanted) pixels, but is \(width) × \(height)"
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
