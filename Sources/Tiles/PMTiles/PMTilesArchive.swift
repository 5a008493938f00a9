import Compression
import Files
import SimpleFeatures

/// A PMTiles archive on disk, for reading tile by tile.
///
/// It reads version 3 with vector tiles or PNG, compressed with gzip or not at all, and refuses others by name. Nothing
/// that the file says is believed: whatever bytes it has, a tile comes back or a ``TileArchiveError``.
///
/// An archive belongs to one thread at a time. It keeps the root directory and the leaf directories used last.
///
/// ## Source
/// PMTiles version 3.
public final class PMTilesArchive: TileArchive {
    /// What the archive says of itself.
    public let description: TileSet

    let file: RandomAccessFile
    let header: PMTilesHeader
    let root: [PMTilesDirectory.Entry]
    /// Whether the metadata are JSON and name layers, as the check wants to know.
    let metadataNames: [String]
    private var leaves: [UInt64: [PMTilesDirectory.Entry]] = [:]

    /// How many leaf directories are kept.
    private static let keptLeaves = 64
    /// The most bytes that a tile or the metadata may have.
    static let sizeLimit = 64 << 20

    /// Opens an archive and reads header, metadata and root directory.
    /// - Throws: ``TileArchiveError``.
    public init(path: String) throws(TileArchiveError) {
        let file = try TileArchiveError.ofFile { () throws(FileError) in try RandomAccessFile(path: path) }
        let start = try TileArchiveError.ofFile { () throws(FileError) in
            try file.read(at: 0, count: PMTilesHeader.size)
        }
        let header = try PMTilesHeader(start, path: path)
        for (name, section) in header.sections {
            guard let end = section.end, end <= file.count else {
                throw .damaged(
                    path: path, part: "header",
                    reason: "must place the \(name) within the \(file.count) bytes of the file, but says "
                        + "\(section.length) bytes from \(section.offset)")
            }
        }
        self.file = file
        self.header = header
        root = try Self.directory(header.root, name: "root directory", file, header)
        (description, metadataNames) = try Self.describe(file, header)
    }

    /// Whether a file that begins with these bytes is a PMTiles archive of any version.
    public static func recognizes(prefix: [UInt8]) -> Bool { prefix.starts(with: PMTilesHeader.magic) }

    /// A tile's bytes as stored; nil where the archive has no such tile.
    /// - Throws: ``TileArchiveError``.
    public func tile(_ tile: TileID) throws(TileArchiveError) -> [UInt8]? {
        let number = tile.number
        var found = PMTilesDirectory.find(number, in: root)
        var depth = 0
        while let entry = found {
            if !entry.isLeaf { return number - entry.tile < UInt64(entry.run) ? try content(entry) : nil }
            depth += 1
            found = PMTilesDirectory.find(number, in: try leaf(entry, depth: depth))
        }
        return nil
    }

    /// Every tile in the order of ``TileID``. Equal tiles that follow one another are read once.
    /// - Throws: ``TileArchiveError``, and what `body` throws.
    /// - Complexity: O(tiles): a small file may say that it has all tiles of a deep zoom.
    public func forEachTile(_ body: (TileID, [UInt8]) throws -> Void) throws {
        try forEachEntry { entry in
            let bytes = try content(entry)
            for number in entry.tile..<(entry.tile + UInt64(entry.run)) {
                if let tile = TileID(number: number) { try body(tile, bytes) }
            }
        }
    }

    // MARK: Directories

    /// Every run of equal tiles, in order.
    func forEachEntry(_ body: (PMTilesDirectory.Entry) throws -> Void) throws {
        try forEachEntry(in: root, before: .max, depth: 0, body)
    }

    /// - Parameter end: the first tile that belongs to another directory. Since a leaf must keep to its own stretch, none
    ///   is gone through twice, however the leaves refer to one another.
    private func forEachEntry(
        in entries: [PMTilesDirectory.Entry], before end: UInt64, depth: Int,
        _ body: (PMTilesDirectory.Entry) throws -> Void
    ) throws {
        for (index, entry) in entries.enumerated() {
            guard entry.isLeaf else {
                try body(entry)
                continue
            }
            let next = index + 1 < entries.count ? entries[index + 1].tile : end
            let leaf = try readLeaf(entry, depth: depth + 1)
            if let last = leaf.last, last.tile >= next || UInt64(last.run) > next - last.tile {
                throw damaged(Self.name(entry), "must end before tile \(next), where the next begins, but does not")
            }
            try forEachEntry(in: leaf, before: next, depth: depth + 1, body)
        }
    }

    private func leaf(
        _ entry: PMTilesDirectory.Entry, depth: Int
    ) throws(TileArchiveError) -> [PMTilesDirectory.Entry] {
        if let known = leaves[entry.offset], depth <= PMTilesDirectory.depthLimit { return known }
        let leaf = try readLeaf(entry, depth: depth)
        if leaves.count >= Self.keptLeaves { leaves.removeAll(keepingCapacity: true) }
        leaves[entry.offset] = leaf
        return leaf
    }

    private func readLeaf(
        _ entry: PMTilesDirectory.Entry, depth: Int
    ) throws(TileArchiveError) -> [PMTilesDirectory.Entry] {
        guard depth <= PMTilesDirectory.depthLimit else {
            throw damaged(Self.name(entry), "must lie at most \(PMTilesDirectory.depthLimit) levels below the root")
        }
        let section = PMTilesHeader.Section(
            offset: header.leaves.offset + entry.offset, length: UInt64(entry.length))
        let leaf = try Self.directory(section, name: Self.name(entry), file, header)
        guard let first = leaf.first, first.tile >= entry.tile else {
            throw damaged(Self.name(entry), "must begin at tile \(entry.tile) or behind it, but does not")
        }
        return leaf
    }

    private static func name(_ entry: PMTilesDirectory.Entry) -> String { "leaf directory at byte \(entry.offset)" }

    func damaged(_ part: String, _ reason: String) -> TileArchiveError {
        .damaged(path: file.path, part: part, reason: reason)
    }

    // MARK: Parts of the file

    func content(_ entry: PMTilesDirectory.Entry) throws(TileArchiveError) -> [UInt8] {
        let name = TileID(number: entry.tile).map { "tile \($0)" } ?? "tile \(entry.tile)"
        guard entry.length <= Self.sizeLimit else {
            throw damaged(name, "must have at most \(Self.sizeLimit) bytes, but has \(entry.length)")
        }
        let section = PMTilesHeader.Section(offset: header.tiles.offset + entry.offset, length: UInt64(entry.length))
        return try Self.read(section, name: name, file)
    }

    private static func read(
        _ section: PMTilesHeader.Section, name: String, _ file: RandomAccessFile
    ) throws(TileArchiveError) -> [UInt8] {
        let bytes = try TileArchiveError.ofFile { () throws(FileError) in
            try file.read(at: section.offset, count: Int(clamping: section.length))
        }
        guard UInt64(bytes.count) == section.length else {
            throw .damaged(path: file.path, part: name, reason: "must have \(section.length) bytes, but ends earlier")
        }
        return bytes
    }

    private static func directory(
        _ section: PMTilesHeader.Section, name: String, _ file: RandomAccessFile, _ header: PMTilesHeader
    ) throws(TileArchiveError) -> [PMTilesDirectory.Entry] {
        let bytes = try uncompressed(section, name: name, limit: PMTilesDirectory.sizeLimit, file, header)
        do {
            return try PMTilesDirectory.decode(bytes, tiles: header.tiles.length, leaves: header.leaves.length)
        } catch {
            throw .damaged(path: file.path, part: name, reason: error.reason)
        }
    }

    private static func uncompressed(
        _ section: PMTilesHeader.Section, name: String, limit: Int, _ file: RandomAccessFile, _ header: PMTilesHeader
    ) throws(TileArchiveError) -> [UInt8] {
        guard section.length <= limit else {
            throw .damaged(
                path: file.path, part: name, reason: "must have at most \(limit) bytes, but has \(section.length)")
        }
        let bytes = try read(section, name: name, file)
        guard header.internalCompression == PMTilesHeader.gzip else { return bytes }
        do {
            return try Gzip.decompress(bytes, limit: limit)
        } catch {
            throw .damaged(path: file.path, part: name, reason: "cannot be read: \(error.description)")
        }
    }

    private static func describe(
        _ file: RandomAccessFile, _ header: PMTilesHeader
    ) throws(TileArchiveError) -> (TileSet, names: [String]) {
        var reader = TileSetReader()
        if header.metadata.length > 0 {
            let json = try uncompressed(header.metadata, name: "metadata", limit: sizeLimit, file, header)
            do {
                try reader.read(json)
            } catch {
                throw .damaged(path: file.path, part: "metadata", reason: "must be a JSON object, but: \(error)")
            }
        }
        let degrees = header.bounds.map { Double($0) / 1e7 }
        let set = reader.set(
            format: header.tileType == PMTilesHeader.png ? .png : .vector,
            zooms: Int(header.minZoom)...Int(header.maxZoom),
            bounds: Envelope(minX: degrees[0], minY: degrees[1], maxX: degrees[2], maxY: degrees[3]))
        return (set, reader.names)
    }
}

extension PMTilesHeader {
    var sections: [(name: String, section: Section)] {
        [("root directory", root), ("metadata", metadata), ("leaf directories", leaves), ("tiles", tiles)]
    }
}
