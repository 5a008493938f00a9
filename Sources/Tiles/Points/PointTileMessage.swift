import SimpleFeatures

/// Writes points one by one as a layer of a tile, straight into memory.
///
/// - Complexity: O(points · attributes), without a search: see ``PointTable``.
struct PointTileMessage {
    private let table: PointTable

    init(_ table: PointTable) { self.table = table }

    func append(_ rows: Range<Int>, _ tile: TileID, layer: String, to bytes: inout [UInt8]) {
        var features = TileBuffer(capacity: rows.count * (20 + 4 * table.width))
        var values = TileBuffer(capacity: 64 + rows.count * 4)
        table.keys.withUnsafeBufferPointer { keys in
            table.cells.withUnsafeBufferPointer { cells in
                table.earlier.withUnsafeBufferPointer { earlier in
                    var writing = PointWriting(
                        table: table, keys: keys, cells: cells, earlier: earlier, rows: rows, zoom: tile.zoom)
                    writing.write(&features, &values)
                }
            }
        }
        let head = LayerMessage.head(name: layer, keys: table.names, extent: 1 << PointPyramid.extentBits)
        let length = head.count + features.count + values.count
        bytes.reserveCapacity(bytes.count + length + 6)
        bytes.append(TileTag.layer)
        bytes.appendVarint(UInt64(length))
        bytes.append(contentsOf: head)
        bytes.append(contentsOf: features.bytes)
        bytes.append(contentsOf: values.bytes)
    }
}

/// Memory that grows while a message is written, without a check per byte.
struct TileBuffer: ~Copyable {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    var count = 0

    init(capacity: Int) {
        self.capacity = max(64, capacity)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    /// Makes room for more bytes behind ``count``.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        let larger = max(2 * capacity, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        base.deallocate()
        (base, capacity) = (moved, larger)
    }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
}

private struct PointWriting {
    let table: PointTable
    let keys: UnsafeBufferPointer<UInt64>
    let cells: UnsafeBufferPointer<UInt64>
    let earlier: UnsafeBufferPointer<UInt32>
    let rows: Range<Int>
    let zoom: Int

    /// Feature by feature; `places` has of each cell of the stretch the place of its value among the layer's.
    mutating func write(_ features: inout TileBuffer, _ values: inout TileBuffer) {
        let width = table.width
        let firstCell = rows.lowerBound * width
        let places = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, rows.count * width))
        defer { places.deallocate() }
        let kinds = table.kinds
        let unitShift = UInt64(64 - 2 * (zoom + PointPyramid.extentBits))
        let isNumbered = !table.ids.isEmpty
        var valueCount: UInt32 = 0
        for row in rows {
            // A tag has at most two numbers of 32 bits, 5 bytes each.
            features.reserve(48 + 10 * width)
            let start = features.base + features.count
            var end = start + 2
            if isNumbered, table.ids[row] >= 0 {
                end[0] = TileTag.featureID
                end = Self.varint(UInt64(table.ids[row]), end + 1)
            }
            let tags = end
            end += 2
            for column in 0..<width {
                let cell = row * width + column
                let before = earlier[cell]
                guard before != PointTable.absent else { continue }
                let local = cell - firstCell
                let place: UInt32
                if Int(before) > firstCell {
                    place = places[Int(before) - 1 - firstCell]
                } else {
                    place = valueCount
                    valueCount += 1
                    append(cells[cell], kinds[column], &values)
                }
                places[local] = place
                end = Self.varint(UInt64(column), end)
                end = Self.varint(UInt64(place), end)
            }
            end = Self.close(tags, end, TileTag.featureTags)
            end = Self.point(keys[row] >> unitShift, end)
            end = Self.close(start, end, TileTag.feature)
            features.count += end - start
        }
    }

    /// Type and geometry of a point: its place are the lower 24 bits of the number, interleaved.
    @inline(__always)
    private static func point(_ number: UInt64, _ end: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        // Both axes at once: x in the lower half of the word, y in the upper.
        var bits = (number & 0x55_5555) | (number >> 1 & 0x55_5555) << 32
        bits = (bits | bits >> 1) & 0x0033_3333_0033_3333
        bits = (bits | bits >> 2) & 0x000F_0F0F_000F_0F0F
        bits = (bits | bits >> 4) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits >> 8) & 0x0000_FFFF_0000_FFFF
        let (x, y) = (bits & 0xFFFF, bits >> 32)
        end[0] = TileTag.featureShape
        end[1] = 1
        end[2] = TileTag.geometry
        end[4] = 9
        let last = varint(2 * y, varint(2 * x, end + 5))
        end[3] = UInt8(truncatingIfNeeded: last - end - 4)
        return last
    }

    /// Puts tag and length before what was written two bytes behind `start`; nothing where that is empty.
    @inline(__always)
    private static func close(
        _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>, _ tag: UInt8
    ) -> UnsafeMutablePointer<UInt8> {
        let length = end - start - 2
        guard length > 0 else { return start }
        start[0] = tag
        if length < 128 {
            start[1] = UInt8(truncatingIfNeeded: length)
            return end
        }
        let more = varintLength(UInt64(length)) - 1
        (start + 2 + more).update(from: start + 2, count: length)
        _ = varint(UInt64(length), start + 1)
        return end + more
    }

    private func append(_ bits: UInt64, _ kind: PointTable.Kind, _ values: inout TileBuffer) {
        if kind == .text {
            let message = table.texts.message(Int(bits))
            values.reserve(message.count)
            message.withUnsafeBufferPointer { message in
                if let base = message.baseAddress {
                    (values.base + values.count).update(from: base, count: message.count)
                }
            }
            values.count += message.count
            return
        }
        values.reserve(16)
        let start = values.base + values.count
        start[0] = TileTag.value
        var end = start + 3
        if kind == .number {
            start[2] = TileTag.double
            UnsafeMutableRawPointer(end).storeBytes(of: bits.littleEndian, as: UInt64.self)
            end += 8
        } else {
            let integer = Int64(bitPattern: bits)
            start[2] = integer < 0 ? TileTag.signed : TileTag.unsigned
            end = Self.varint(integer < 0 ? zigzag(integer) : bits, end)
        }
        start[1] = UInt8(truncatingIfNeeded: end - start - 2)
        values.count += end - start
    }

    @inline(__always)
    private static func varint(
        _ value: UInt64, _ end: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        var (rest, end) = (value, end)
        while rest > 127 {
            end[0] = UInt8(truncatingIfNeeded: rest) | 128
            rest >>= 7
            end += 1
        }
        end[0] = UInt8(truncatingIfNeeded: rest)
        return end + 1
    }
}
