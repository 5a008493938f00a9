/// The entries of one directory of a PMTiles archive, ascending by tile.
///
/// ## Source
/// PMTiles version 3, section 4.
enum PMTilesDirectory {
    /// Where a run of equal tiles lies, or, with a run of 0, a leaf directory that goes on from that tile. 24 bytes.
    struct Entry: Hashable, Sendable {
        /// The number of the first tile.
        var tile: UInt64
        /// From the start of the tiles; of the leaf directories where the entry is one.
        var offset: UInt64
        var length: UInt32
        var run: UInt32

        var isLeaf: Bool { run == 0 }
    }

    /// How many bytes a directory may have, compressed or not: larger ones are an attack or no directory.
    static let sizeLimit = 16 << 20
    /// How many levels of leaf directories may lie below the root.
    static let depthLimit = 3

    // MARK: Writing

    /// The directory before compression.
    /// - Complexity: O(entries).
    static func encode(_ entries: ArraySlice<Entry>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.count * 6 + 8)
        append(UInt64(entries.count), to: &bytes)
        var last: UInt64 = 0
        for entry in entries {
            append(entry.tile - last, to: &bytes)
            last = entry.tile
        }
        for entry in entries { append(UInt64(entry.run), to: &bytes) }
        for entry in entries { append(UInt64(entry.length), to: &bytes) }
        var next: UInt64?
        for entry in entries {
            append(entry.offset == next ? 0 : entry.offset + 1, to: &bytes)
            next = entry.offset + UInt64(entry.length)
        }
        return bytes
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    // MARK: Reading

    /// The entries of an uncompressed directory.
    ///
    /// - Parameters:
    ///   - tiles: how many bytes of tiles the archive has.
    ///   - leaves: how many bytes of leaf directories.
    /// - Returns: entries that ascend, do not overlap, have a length and lie within the archive.
    /// - Throws: what must hold and was found.
    /// - Complexity: O(bytes).
    static func decode(_ bytes: [UInt8], tiles: UInt64, leaves: UInt64) throws(Fault) -> [Entry] {
        var numbers = Varints(bytes)
        let count = try numbers.next()
        // Every entry takes a byte at least for each of its four numbers.
        guard count <= UInt64(bytes.count / 4) else {
            throw Fault("must have room for its entries, but says \(count) within \(bytes.count) bytes")
        }
        var entries = [Entry](repeating: Entry(tile: 0, offset: 0, length: 0, run: 0), count: Int(count))
        try readTiles(&numbers, into: &entries)
        for index in entries.indices { entries[index].run = try numbers.next32("run") }
        for index in entries.indices {
            entries[index].length = try numbers.next32("length")
            guard entries[index].length > 0 else {
                throw Fault("must give every entry a length, but gives entry \(index) 0")
            }
        }
        try readOffsets(&numbers, into: &entries)
        guard numbers.isAtEnd else { throw Fault("must end with its last entry, but goes on") }
        try check(entries, tiles: tiles, leaves: leaves)
        return entries
    }

    /// What is wrong with a directory, to be put behind its name.
    struct Fault: Error {
        var reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private static func readTiles(_ numbers: inout Varints, into entries: inout [Entry]) throws(Fault) {
        var last: UInt64 = 0
        let limit = TileID.tilesAbove(TileID.deepestZoom + 1)
        for index in entries.indices {
            let step = try numbers.next()
            guard step > 0 || index == 0 else { throw Fault("must ascend by tile, but entry \(index) stands still") }
            guard step < limit, last + step < limit else {
                throw Fault("must hold tiles of zooms up to \(TileID.deepestZoom), but entry \(index) lies beyond")
            }
            last += step
            entries[index].tile = last
        }
    }

    private static func readOffsets(_ numbers: inout Varints, into entries: inout [Entry]) throws(Fault) {
        for index in entries.indices {
            let value = try numbers.next()
            if value > 0 {
                entries[index].offset = value - 1
                continue
            }
            guard index > 0 else { throw Fault("must give its first entry an offset, but gives none") }
            let previous = entries[index - 1]
            let (offset, overflows) = previous.offset.addingReportingOverflow(UInt64(previous.length))
            guard !overflows else { throw Fault("must have offsets of 64 bits, but entry \(index) lies beyond") }
            entries[index].offset = offset
        }
    }

    private static func check(_ entries: [Entry], tiles: UInt64, leaves: UInt64) throws(Fault) {
        let end = TileID.tilesAbove(TileID.deepestZoom + 1)
        for (index, entry) in entries.enumerated() {
            let (room, part) = entry.isLeaf ? (leaves, "leaf directories") : (tiles, "tiles")
            guard entry.offset <= room, UInt64(entry.length) <= room - entry.offset else {
                let place = "\(entry.length) bytes from \(entry.offset)"
                throw Fault("must stay within the \(room) bytes of \(part), but entry \(index) has \(place)")
            }
            let next = index + 1 < entries.count ? entries[index + 1].tile : end
            guard UInt64(entry.run) <= next - entry.tile else {
                throw Fault("must hold no tile twice, but the run of entry \(index) reaches over the next")
            }
        }
    }

    /// The last entry that begins at a tile or before; nil where all begin behind it.
    /// - Complexity: O(log entries).
    static func find(_ tile: UInt64, in entries: [Entry]) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].tile <= tile { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? entries[low - 1] : nil
    }
}

/// The numbers of a directory, seven bits a byte, the lowest first.
private struct Varints {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func next() throws(PMTilesDirectory.Fault) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            guard shift < 63 || byte <= 1 else { throw .init("must have numbers of 64 bits, but has a longer one") }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw .init("must hold all its numbers, but is cut short")
    }

    mutating func next32(_ what: StaticString) throws(PMTilesDirectory.Fault) -> UInt32 {
        let number = try next()
        guard let short = UInt32(exactly: number) else {
            throw .init("must have a \(what) of 32 bits, but has \(number)")
        }
        return short
    }
}
