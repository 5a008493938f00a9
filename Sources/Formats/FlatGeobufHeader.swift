import SimpleFeatures

/// What stands before the features: magic bytes, and what is known about the layer.
struct FlatGeobufHeader {
    let layer: String
    let columns: [FlatGeobufWriter.Column]
    let title: String?
    let description: String?
    /// JSON.
    let metadata: String?

    /// - Parameters:
    ///   - kind: the type of all geometries, 0 where they differ.
    ///   - extent: around all features; nil where none has a place, and there is no index.
    func bytes(kind: UInt8, extent: Envelope<LonLat>?, count: Int) -> [UInt8] {
        var fields: [(slot: Int, value: FlatBufferValue)] = [
            (0, .string(layer)), (2, .byte(kind)), (7, .tables(columns.map(Self.column))), (8, .long(UInt64(count))),
            (9, .short(extent == nil ? 0 : UInt16(FlatGeobufTree.nodeSize))),
            // Organisation, code and name of the reference system.
            (10, .table([(0, .string("EPSG")), (1, .int(4326)), (2, .string("WGS 84"))])),
        ]
        if let extent { fields.append((1, .doubles([extent.minX, extent.minY, extent.maxX, extent.maxY]))) }
        for (slot, text) in [(11, title), (12, description), (13, metadata)] {
            if let text { fields.append((slot, .string(text))) }
        }
        var buffer = FlatBuffer()
        buffer.finish(root: fields)
        return [0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 1] + buffer.bytes
    }

    private static func column(_ column: FlatGeobufWriter.Column) -> [(slot: Int, value: FlatBufferValue)] {
        [(0, .string(column.name)), (1, .byte(column.kind.rawValue))]
    }
}

/// A field of a FlatBuffers table.
indirect enum FlatBufferValue {
    case byte(UInt8)
    case short(UInt16)
    case int(Int32)
    case long(UInt64)
    case string(String)
    case doubles([Double])
    case table([(slot: Int, value: FlatBufferValue)])
    case tables([[(slot: Int, value: FlatBufferValue)]])
}

/// Builds a size-prefixed FlatBuffers buffer from its beginning to its end: a table, then what it refers to.
///
/// Made for headers, not for speed: every field gets eight bytes, so that all are aligned.
///
/// ## Source
/// *FlatBuffers binary format* (flatbuffers.dev).
struct FlatBuffer {
    /// From the size prefix on, to which alignment refers.
    private(set) var bytes: [UInt8] = []

    /// Makes the whole buffer.
    mutating func finish(root fields: [(slot: Int, value: FlatBufferValue)]) {
        bytes = [UInt8](repeating: 0, count: 8)
        refer(from: 4, to: table(fields))
        pad(to: 0)
        bytes.replace(at: 0, with: UInt32(clamping: bytes.count - 4))
    }

    /// Appends a table and what it refers to; where it lies.
    private mutating func table(_ fields: [(slot: Int, value: FlatBufferValue)]) -> Int {
        let slots = (fields.map(\.slot).max() ?? -1) + 1
        // The table begins four bytes before a multiple of eight, its fields at one.
        while (bytes.count + 4 + 2 * slots) % 8 != 4 { bytes.append(0) }
        var places = [UInt16](repeating: 0, count: slots)
        for (index, field) in fields.enumerated() { places[field.slot] = UInt16(clamping: 4 + 8 * index) }
        bytes.append(littleEndian: UInt16(clamping: 4 + 2 * slots))
        bytes.append(littleEndian: UInt16(clamping: 4 + 8 * fields.count))
        for place in places { bytes.append(littleEndian: place) }
        let start = bytes.count
        bytes.append(littleEndian: UInt32(clamping: 4 + 2 * slots))
        bytes += [UInt8](repeating: 0, count: 8 * fields.count)
        for (index, field) in fields.enumerated() { write(field.value, at: start + 4 + 8 * index) }
        return start
    }

    private mutating func write(_ value: FlatBufferValue, at place: Int) {
        switch value {
        case .byte(let number): bytes.replace(at: place, with: number)
        case .short(let number): bytes.replace(at: place, with: number)
        case .int(let number): bytes.replace(at: place, with: number)
        case .long(let number): bytes.replace(at: place, with: number)
        case .string(let text):
            pad(to: 0)
            refer(from: place, to: bytes.count)
            bytes.append(littleEndian: UInt32(clamping: text.utf8.count))
            bytes += Array(text.utf8) + [0]
        case .doubles(let numbers):
            pad(to: 4)
            refer(from: place, to: bytes.count)
            bytes.append(littleEndian: UInt32(clamping: numbers.count))
            for number in numbers { bytes.append(littleEndian: number.bitPattern) }
        case .table(let fields): refer(from: place, to: table(fields))
        case .tables(let tables):
            pad(to: 0)
            let start = bytes.count
            refer(from: place, to: start)
            bytes.append(littleEndian: UInt32(clamping: tables.count))
            bytes += [UInt8](repeating: 0, count: 4 * tables.count)
            for (index, fields) in tables.enumerated() { refer(from: start + 4 + 4 * index, to: table(fields)) }
        }
    }

    private mutating func refer(from place: Int, to target: Int) {
        bytes.replace(at: place, with: UInt32(clamping: target - place))
    }

    /// Appends zeros until the length has this remainder by eight.
    private mutating func pad(to remainder: Int) {
        while bytes.count % 8 != remainder { bytes.append(0) }
    }
}

extension [UInt8] {
    /// Puts a number where there are bytes for it.
    mutating func replace(at place: Int, with value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { number in
            for (index, byte) in number.enumerated() { self[place + index] = byte }
        }
    }
}
