import SimpleFeatures

/// The bytes of one node: level and count, then for each entry its number and its box, all big-endian.
struct RTreeNode {
    static let entrySize = 24
    private(set) var bytes: [UInt8]
    private(set) var box = RTreeBox.empty
    private var count = 0

    init(size: Int, level: Int32) {
        bytes = [UInt8](repeating: 0, count: max(size, 4))
        put(UInt16(clamping: level), at: 0)
    }

    /// Adds an entry, for which there must be room.
    mutating func append(_ number: Int64, _ entry: RTreeBox) {
        let place = 4 + Self.entrySize * count
        guard place + Self.entrySize <= bytes.count else { return }
        put(number, at: place)
        for (index, border) in [entry.minX, entry.maxX, entry.minY, entry.maxY].enumerated() {
            put(border.bitPattern, at: place + 8 + 4 * index)
        }
        count += 1
        put(UInt16(clamping: count), at: 2)
        box.formUnion(entry)
    }

    /// Empties the node, which stays on its level.
    mutating func removeAll() {
        for index in 2..<bytes.count { bytes[index] = 0 }
        count = 0
        box = .empty
    }

    private mutating func put(_ value: some FixedWidthInteger, at place: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: place, as: type(of: value)) }
    }
}

/// A box in an R-tree: 32 bits a border, rounded outwards.
struct RTreeBox {
    var minX, maxX, minY, maxY: Float

    static let empty = RTreeBox(minX: .infinity, maxX: -.infinity, minY: .infinity, maxY: -.infinity)

    mutating func formUnion(_ other: RTreeBox) {
        (minX, maxX) = (min(minX, other.minX), max(maxX, other.maxX))
        (minY, maxY) = (min(minY, other.minY), max(maxY, other.maxY))
    }
}

extension RTreeBox {
    init(_ bounds: GeoPackageGeometry.Bounds) {
        func down(_ value: Double) -> Float { Double(Float(value)) > value ? Float(value).nextDown : Float(value) }
        self.init(
            minX: down(bounds.minX), maxX: -down(-bounds.maxX), minY: down(bounds.minY), maxY: -down(-bounds.maxY))
    }

    /// How many bytes an entry has.
    static let entrySize = 24

    /// Writes what a feature is sorted by, the place of its middle on a Hilbert curve around the earth, and its box: one
    /// value, so that a geometry is looked at once.
    static func write(entry bounds: GeoPackageGeometry.Bounds, to bytes: UnsafeMutableRawBufferPointer) {
        let (box, middle) = (RTreeBox(bounds), bounds.middle)
        let place = hilbert(steps(middle.x, of: 180), steps(middle.y, of: 90))
        bytes.storeBytes(of: place.bigEndian, as: UInt64.self)
        for (index, border) in [box.minX, box.maxX, box.minY, box.maxY].enumerated() {
            bytes.storeBytes(of: border.bitPattern, toByteOffset: 8 + 4 * index, as: UInt32.self)
        }
    }

    /// Reads what ``write(entry:to:)`` has written.
    init?(entry: UnsafeRawBufferPointer) {
        guard entry.count == Self.entrySize else { return nil }
        func border(_ index: Int) -> Float {
            Float(bitPattern: entry.loadUnaligned(fromByteOffset: 8 + 4 * index, as: UInt32.self))
        }
        self.init(minX: border(0), maxX: border(1), minY: border(2), maxY: border(3))
    }

    /// Degrees as a share of their range, in 32 bits.
    private static func steps(_ degrees: Double, of range: Double) -> UInt32 {
        let share = (degrees + range) / (2 * range)
        return share > 0 ? UInt32(min(1, share) * Double(UInt32.max)) : 0
    }

    /// The place of a square on the curve. After *Hacker's Delight*, chapter 16.
    private static func hilbert(_ x: UInt32, _ y: UInt32) -> UInt64 {
        var (x, y, place) = (x, y, 0 as UInt64)
        var bit: UInt32 = 1 << 31
        while bit > 0 {
            let (east, north) = (x & bit != 0, y & bit != 0)
            place = place << 2 | (east ? (north ? 2 : 3) : north ? 1 : 0)
            if !north {
                if east { (x, y) = (~x, ~y) }
                swap(&x, &y)
            }
            bit >>= 1
        }
        return place
    }
}
