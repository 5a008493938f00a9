import Bytes
import Compression
import Files

/// Writes tiles into one file that static servers serve and browsers read by ranges.
///
/// Tiles go to the file as they come, equal ones once; only the directory stays in memory, about 50 bytes a tile (24 for
/// its entry, the rest for finding equal ones). In front 16,384 bytes stay free for header and root directory, which one
/// request fetches; metadata and leaf directories follow the tiles. So every byte is written once.
///
/// The archive appears under its name when ``finish(_:)`` returns, or not at all.
///
/// ## Source
/// PMTiles version 3.
public final class PMTilesWriter: TileArchiveWriter {
    private let file: AtomicFile
    private var order = TileOrder()
    private var entries: [PMTilesDirectory.Entry] = []
    /// The entry that first had some content, by the content's hash.
    private var first: [UInt64: UInt32] = [:]
    private var last: [UInt8] = []
    private var addressed: UInt64 = 0
    private var contents: UInt64 = 0

    /// Begins an archive.
    /// - Throws: ``TileArchiveError/file(_:)`` where the file exists and `overwrite` is false, or cannot be written.
    public init(path: String, overwrite: Bool) throws(TileArchiveError) {
        file = try TileArchiveError.ofFile { () throws(FileError) in
            guard path != "-" else { throw .unwritable(path: path, reason: "it must be a regular file") }
            let file = try AtomicFile(path: path, overwrite: overwrite)
            try file.write([UInt8](repeating: 0, count: PMTilesHeader.rootReach))
            return file
        }
    }

    /// Takes a tile.
    /// - Throws: ``TileArchiveError``.
    /// - Complexity: O(bytes); content that was seen before is read back and compared.
    public func append(_ tile: TileID, _ bytes: [UInt8]) throws(TileArchiveError) {
        try order.take(tile, bytes)
        guard let length = UInt32(exactly: bytes.count) else {
            throw .file(.unwritable(path: file.path, reason: "tile \(tile) has more than 4 GiB"))
        }
        addressed += 1
        let number = tile.number
        if let index = entries.indices.last, bytes == last {
            // A run ends with its zoom: GDAL 3.12 passes over those that began at an earlier one.
            if entries[index].tile + UInt64(entries[index].run) == number, number != TileID.tilesAbove(tile.zoom) {
                entries[index].run += 1
                return
            }
            return refer(number, to: entries[index])
        }
        let hash = ContentHash.of(bytes)
        if let known = first[hash].map({ entries[Int($0)] }), known.length == length,
            try holds(bytes, at: known.offset)
        {
            refer(number, to: known)
        } else {
            try store(number, bytes, length, hash)
        }
        last = bytes
    }

    /// Completes the archive.
    /// - Throws: ``TileArchiveError``. Nothing is left behind then.
    public func finish(_ description: TileSet) throws(TileArchiveError) {
        var description = description
        description.zooms = order.zooms ?? description.zooms
        var header = PMTilesHeader()
        header.describe(description)
        (header.addressed, header.entries, header.contents) = (addressed, UInt64(entries.count), contents)
        header.tiles.offset = UInt64(PMTilesHeader.rootReach)
        header.tiles.length = UInt64(file.count) - header.tiles.offset

        var metadata = ByteWriter()
        metadata.byte(UInt8(ascii: "{"))
        try description.writeCommonMembers(into: &metadata)
        metadata.text(",\"type\":\"overlay\"}" as StaticString)
        let (root, leaves) = try Self.directories(entries)
        header.metadata = try append(Self.compress(metadata.bytes))
        header.leaves = try append(leaves)
        header.root = .init(offset: UInt64(PMTilesHeader.size), length: UInt64(root.count))
        let front = header.bytes + root
        try TileArchiveError.ofFile { () throws(FileError) in
            try file.rewrite(front, at: 0)
            try file.commit()
        }
    }

    // MARK: Tiles

    private func holds(_ bytes: [UInt8], at offset: UInt64) throws(TileArchiveError) -> Bool {
        try TileArchiveError.ofFile { () throws(FileError) in
            try file.holds(bytes, at: Int(offset) + PMTilesHeader.rootReach)
        }
    }

    private func refer(_ number: UInt64, to entry: PMTilesDirectory.Entry) {
        entries.append(.init(tile: number, offset: entry.offset, length: entry.length, run: 1))
    }

    private func store(
        _ number: UInt64, _ bytes: [UInt8], _ length: UInt32, _ hash: UInt64
    ) throws(TileArchiveError) {
        let offset = UInt64(file.count - PMTilesHeader.rootReach)
        try TileArchiveError.ofFile { () throws(FileError) in try file.write(bytes) }
        // Of different contents with one hash the first is kept; the others are stored as often as they come.
        if let index = UInt32(exactly: entries.count), first[hash] == nil { first[hash] = index }
        entries.append(.init(tile: number, offset: offset, length: length, run: 1))
        contents += 1
    }

    // MARK: Directories

    /// How many entries a leaf has at first: about 10 KB, which one request fetches.
    private static let leafEntries = 4096
    /// With more entries than this nobody expects the root to hold them all.
    private static let rootEntries = 1 << 16

    /// The compressed root directory, and the leaf directories one after the other.
    static func directories(
        _ entries: [PMTilesDirectory.Entry]
    ) throws(TileArchiveError) -> (root: [UInt8], leaves: [UInt8]) {
        let room = PMTilesHeader.rootReach - PMTilesHeader.size
        if entries.count <= rootEntries {
            let root = try compress(PMTilesDirectory.encode(entries[...]))
            if root.count <= room { return (root, []) }
        }
        var size = leafEntries
        while true {
            var leaves: [UInt8] = []
            var pointers: [PMTilesDirectory.Entry] = []
            for start in stride(from: 0, to: entries.count, by: size) {
                let part = entries[start..<min(start + size, entries.count)]
                let leaf = try compress(PMTilesDirectory.encode(part))
                let length = UInt32(clamping: leaf.count)
                pointers.append(.init(tile: part[start].tile, offset: UInt64(leaves.count), length: length, run: 0))
                leaves += leaf
            }
            let root = try compress(PMTilesDirectory.encode(pointers[...]))
            if root.count <= room { return (root, leaves) }
            size *= 2
        }
    }

    private func append(_ bytes: [UInt8]) throws(TileArchiveError) -> PMTilesHeader.Section {
        let section = PMTilesHeader.Section(offset: UInt64(file.count), length: UInt64(bytes.count))
        try TileArchiveError.ofFile { () throws(FileError) in try file.write(bytes) }
        return section
    }

    private static func compress(_ bytes: [UInt8]) throws(TileArchiveError) -> [UInt8] {
        do {
            return try Gzip.compress(bytes, level: 9)
        } catch {
            throw .compression(error)
        }
    }
}
