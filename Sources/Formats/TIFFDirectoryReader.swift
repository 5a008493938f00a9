import Files
import Grids
import SimpleFeatures

/// Reads the directories of a TIFF that may say anything.
struct TIFFDirectoryReader {
    /// Where the directory and its values end.
    private(set) var end: Int64 = 0

    private struct Entry {
        let type: TIFFType
        let count: Int64
        /// Where the values begin.
        let place: Int64
    }

    /// More than any file that Faro writes has: overviews halve at most 2²⁸ cells.
    private static let mostDirectories = 32
    private static let mostEntries = 1024
    /// Of texts and lists, in bytes.
    private static let longestValue: Int64 = 1 << 26
    /// Of one tile or strip, in cells.
    private static let largestChunk = 1 << 24

    private let file: RandomAccessFile
    private let number: Int
    private var entries: [UInt16: Entry] = [:]

    /// All directories of a file, in order.
    static func all(of file: RandomAccessFile) throws -> [TIFFDirectoryReader] {
        guard let header = try file.whole(at: 0, count: 8), header[..<4] == [0x49, 0x49, 42, 0] else {
            throw GeoTIFFError.unsupported(path: file.path, reason: "it does not begin as a little-endian TIFF does")
        }
        var directories: [TIFFDirectoryReader] = []
        var next = header.number(at: 4, of: 4)
        while next != 0 {
            guard directories.count < mostDirectories else {
                throw GeoTIFFError.damaged(path: file.path, reason: "it has more than \(mostDirectories) images")
            }
            let (directory, after) = try read(file, at: next, number: directories.count)
            directories.append(directory)
            next = after
        }
        return directories
    }

    private static func read(
        _ file: RandomAccessFile, at start: Int64, number: Int
    ) throws -> (TIFFDirectoryReader, next: Int64) {
        var directory = TIFFDirectoryReader(file: file, number: number)
        let count = try file.whole(at: start, count: 2).map { Int($0.number(at: 0, of: 2)) } ?? 0
        guard count > 0, count <= mostEntries, let bytes = try file.whole(at: start + 2, count: 12 * count + 4) else {
            throw directory.damaged("the directory at \(start) has \(count) entries, or lies beyond the file's end")
        }
        directory.end = start + 2 + Int64(bytes.count)
        for index in 0..<count {
            let at = 12 * index
            // Types that Faro does not know belong to tags that it does not read.
            guard let type = TIFFType(rawValue: UInt16(bytes.number(at: at + 2, of: 2))) else { continue }
            let values = bytes.number(at: at + 4, of: 4)
            let isInside = values * Int64(type.size) <= 4
            let place = isInside ? start + 2 + Int64(at) + 8 : bytes.number(at: at + 8, of: 4)
            directory.entries[UInt16(bytes.number(at: at, of: 2))] = Entry(type: type, count: values, place: place)
            if !isInside { directory.end = max(directory.end, place + values * Int64(type.size)) }
        }
        directory.end = min(directory.end, file.length)
        return (directory, bytes.number(at: 12 * count, of: 4))
    }

    // MARK: Values

    /// The bytes of a tag's values; nil where the directory has no such tag.
    private func bytes(_ tag: TIFFTag, _ types: [TIFFType]) throws -> (TIFFType, [UInt8])? {
        guard let entry = entries[tag.rawValue] else { return nil }
        let size = entry.count * Int64(entry.type.size)
        guard types.contains(entry.type), entry.count > 0, size <= Self.longestValue,
            let bytes = try file.whole(at: entry.place, count: Int(size))
        else { throw damaged("its tag \(tag) cannot hold \(entry.count) values of type \(entry.type)") }
        return (entry.type, bytes)
    }

    private func numbers(_ tag: TIFFTag) throws -> [Int64]? {
        guard let (type, bytes) = try bytes(tag, [.short, .long]) else { return nil }
        return stride(from: 0, to: bytes.count, by: type.size).map { bytes.number(at: $0, of: type.size) }
    }

    private func number(_ tag: TIFFTag) throws -> Int64? { try numbers(tag)?.first }

    private func doubles(_ tag: TIFFTag) throws -> [Double]? {
        guard let (_, bytes) = try bytes(tag, [.double]) else { return nil }
        return stride(from: 0, to: bytes.count, by: 8).map {
            Double(bitPattern: UInt64(bitPattern: bytes.number(at: $0, of: 8)))
        }
    }

    /// A text, without the zero byte at its end.
    func text(_ tag: TIFFTag) throws -> String? {
        guard let (_, bytes) = try bytes(tag, [.ascii]) else { return nil }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    // MARK: Meaning

    /// The image that the directory describes.
    func image() throws -> GeoTIFFReader.Image {
        try require(.bitsPerSample, 32, else: 1)
        try require(.sampleFormat, Int64(TIFFCode.floatingPoint), else: 1)
        try require(.samplesPerPixel, 1, else: 1)
        try require(.compression, Int64(TIFFCode.deflate), else: 1)
        let predictor = try number(.predictor) ?? 1
        guard predictor == 1 || predictor == Int64(TIFFCode.floatingPointPredictor) else {
            throw unsupported("its predictor is \(predictor)")
        }
        let (columns, rows) = (try number(.imageWidth) ?? 0, try number(.imageLength) ?? 0)
        let (cells, tooMany) = columns.multipliedReportingOverflow(by: rows)
        guard columns > 0, rows > 0, !tooMany, cells <= Grid.maximumCellCount else {
            throw damaged("it has \(columns) x \(rows) cells")
        }
        let isTiled = entries[TIFFTag.tileOffsets.rawValue] != nil
        let width = isTiled ? try number(.tileWidth) ?? 0 : columns
        let height = isTiled ? try number(.tileLength) ?? 0 : min(rows, try number(.rowsPerStrip) ?? rows)
        let (chunk, tooLarge) = width.multipliedReportingOverflow(by: height)
        guard width > 0, height > 0, !tooLarge, chunk <= Self.largestChunk else {
            throw damaged("its parts have \(width) x \(height) cells")
        }
        let image = GeoTIFFReader.Image(
            columns: Int(columns), rows: Int(rows), isTiled: isTiled, chunkWidth: Int(width), chunkHeight: Int(height),
            hasPredictor: predictor != 1, offsets: try numbers(isTiled ? .tileOffsets : .stripOffsets) ?? [],
            counts: try numbers(isTiled ? .tileByteCounts : .stripByteCounts) ?? [])
        try check(image)
        return image
    }

    private func check(_ image: GeoTIFFReader.Image) throws {
        let parts = image.chunkColumns * image.chunkRows
        guard image.offsets.count == parts, image.counts.count == parts else {
            throw damaged(
                "it has places for \(image.offsets.count) and lengths for \(image.counts.count) of its \(parts) parts")
        }
        for (offset, count) in zip(image.offsets, image.counts) where count == 0 || count > file.length - offset {
            throw damaged("a part of \(count) bytes at \(offset) lies beyond its \(file.length) bytes")
        }
    }

    /// Where the image lies.
    func grid(columns: Int, rows: Int) throws -> Grid {
        let keys = try numbers(.geoKeyDirectory) ?? []
        guard let code = Self.value(of: 3072, in: keys), (1024...32_766).contains(code) else {
            throw unsupported("it names no projected reference system by its EPSG code")
        }
        guard Self.value(of: 1025, in: keys) != 2 else { throw unsupported("its cells are points, not areas") }
        let (scale, tie) = (try doubles(.modelPixelScale) ?? [], try doubles(.modelTiepoint) ?? [])
        guard scale.count == 3, tie.count == 6, tie[0] == 0, tie[1] == 0 else {
            throw unsupported("it does not say where its north-west corner lies, and how large a cell is")
        }
        guard scale[0] == scale[1] else { throw unsupported("its cells are \(scale[0]) x \(scale[1]) m, not square") }
        let south = tie[4] - Double(rows) * scale[1]
        do throws(GridError) {
            return try Grid(
                crs: CRS("EPSG:\(code)"), origin: PlanarPoint(x: tie[3], y: south), cellSize: .metres(scale[0]),
                columns: columns, rows: rows)
        } catch { throw damaged("its place cannot be: \(error)") }
    }

    /// The value of a key whose value stands in the directory itself.
    private static func value(of key: Int64, in keys: [Int64]) -> Int64? {
        for start in stride(from: 4, through: keys.count - 4, by: 4) where keys[start] == key {
            return keys[start + 1] == 0 ? keys[start + 3] : nil
        }
        return nil
    }

    private func require(_ tag: TIFFTag, _ expected: Int64, else standard: Int64) throws {
        let found = try number(tag) ?? standard
        guard found == expected else { throw unsupported("its \(tag) is \(found), not \(expected)") }
    }

    private func damaged(_ reason: String) -> GeoTIFFError {
        .damaged(path: file.path, reason: "of image \(number) \(reason)")
    }

    private func unsupported(_ reason: String) -> GeoTIFFError {
        .unsupported(path: file.path, reason: "of image \(number) \(reason)")
    }
}

extension [UInt8] {
    /// A little-endian number of 2, 4 or 8 bytes that lie within the array.
    fileprivate func number(at offset: Int, of size: Int) -> Int64 {
        var number: UInt64 = 0
        for index in (0..<size).reversed() { number = number << 8 | UInt64(self[offset + index]) }
        return Int64(bitPattern: number)
    }
}
