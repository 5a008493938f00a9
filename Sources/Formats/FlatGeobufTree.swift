import Files
import SimpleFeatures

/// Features along a Hilbert curve over their extent, those without a place behind all others.
struct FlatGeobufOrder {
    /// The place on the curve, and in the low 31 bits the feature, ascending.
    private var keys: [UInt64]

    /// - Complexity: O(*n* log *n*).
    init(boxes: [Envelope<LonLat>], extent: Envelope<LonLat>) {
        keys = boxes.indices.map { index in
            let box = boxes[index]
            // As GDAL does, from the end of the curve to its beginning.
            let place = box.isEmpty ? 1 << 32 : UInt64(UInt32.max - Self.hilbert(box, in: extent))
            return place << 31 | UInt64(index)
        }
        keys.sort()
    }

    /// The feature that stands at a place of the order.
    func feature(_ rank: Int) -> Int { Int(keys[rank] & 0x7FFF_FFFF) }

    private static func hilbert(_ box: Envelope<LonLat>, in extent: Envelope<LonLat>) -> UInt32 {
        func scaled(_ low: Double, _ high: Double, _ start: Double, _ length: Double) -> UInt32 {
            let share = ((low + high) / 2 - start) / length
            return share > 0 ? UInt32(min(share, 1) * 65_535) : 0
        }
        return hilbert(
            x: scaled(box.minX, box.maxX, extent.minX, extent.width),
            y: scaled(box.minY, box.maxY, extent.minY, extent.height))
    }

    /// How far along the curve of 65,536 × 65,536 cells a cell lies: a quarter of a quarter at a time, turned into the
    /// quarter's own frame.
    static func hilbert(x: UInt32, y: UInt32) -> UInt32 {
        var (x, y, distance) = (x, y, UInt32(0))
        var side: UInt32 = 1 << 15
        while side > 0 {
            let (right, upper) = (x & side != 0, y & side != 0)
            distance = distance << 2 | (right ? (upper ? 2 : 3) : (upper ? 1 : 0))
            if !upper {
                if right { (x, y) = (~x, ~y) }
                (x, y) = (y, x)
            }
            side >>= 1
        }
        return distance
    }
}

/// The packed R-tree: every node is the box around at most 16 nodes of the level below, and the lowest level is the
/// features in their order. Levels are stored from the root down.
struct FlatGeobufTree {
    static let nodeSize = 16

    private let boxes: [Envelope<LonLat>]
    private let order: FlatGeobufOrder
    /// The levels above the features, from the root down.
    private let inner: [[Envelope<LonLat>]]

    /// - Complexity: O(features).
    init(boxes: [Envelope<LonLat>], order: FlatGeobufOrder) {
        self.boxes = boxes
        self.order = order
        var levels = [Self.parents(count: boxes.count) { boxes[order.feature($0)] }]
        while let top = levels.last, top.count > 1 {
            levels.append(Self.parents(count: top.count) { top[$0] })
        }
        inner = levels.reversed()
    }

    /// Writes all nodes, 40 bytes each: the box, and the number of the first child, or of a feature its place in bytes.
    /// - Parameter size: bytes of a feature.
    func write(to file: AtomicFile, size: (Int) -> Int) throws(FileError) {
        var bytes: [UInt8] = []
        var start = 0
        for level in inner {
            start += level.count
            for (index, box) in level.enumerated() {
                Self.append(box, UInt64(start + index * Self.nodeSize), to: &bytes)
            }
        }
        var offset: UInt64 = 0
        for rank in boxes.indices {
            let feature = order.feature(rank)
            Self.append(boxes[feature], offset, to: &bytes)
            offset += UInt64(size(feature))
            if bytes.count > 1 << 18 {
                try file.write(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try file.write(bytes)
    }

    private static func parents(count: Int, _ child: (Int) -> Envelope<LonLat>) -> [Envelope<LonLat>] {
        stride(from: 0, to: count, by: nodeSize).map { start in
            (start..<min(start + nodeSize, count)).reduce(Envelope.empty) { $0.union(child($1)) }
        }
    }

    private static func append(_ box: Envelope<LonLat>, _ offset: UInt64, to bytes: inout [UInt8]) {
        for number in [box.minX, box.minY, box.maxX, box.maxY] { bytes.append(littleEndian: number.bitPattern) }
        bytes.append(littleEndian: offset)
    }
}
