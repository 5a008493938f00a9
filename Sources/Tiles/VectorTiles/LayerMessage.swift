/// Appends what messages of vector tiles are made of, in the encoding of Protocol Buffers.
extension [UInt8] {
    @inline(__always)
    mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest > 127 {
            append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// A field that holds bytes: its tag, their length, and they.
    mutating func appendField(_ tag: UInt8, _ bytes: some Collection<UInt8>) {
        append(tag)
        appendVarint(UInt64(bytes.count))
        append(contentsOf: bytes)
    }
}

/// The tags (field number and wire type) of the messages of Mapbox Vector Tiles 2.1.
enum TileTag {
    static let layer: UInt8 = 0x1A

    static let layerName: UInt8 = 0x0A
    static let feature: UInt8 = 0x12
    static let key: UInt8 = 0x1A
    static let value: UInt8 = 0x22
    static let extent: UInt8 = 0x28
    static let version: UInt8 = 0x78

    static let featureID: UInt8 = 0x08
    static let featureTags: UInt8 = 0x12
    static let featureShape: UInt8 = 0x18
    static let geometry: UInt8 = 0x22

    static let text: UInt8 = 0x0A
    static let double: UInt8 = 0x19
    static let unsigned: UInt8 = 0x28
    static let signed: UInt8 = 0x30
}

/// Whole numbers near zero of either sign as small numbers: 0, −1, 1, −2 become 0, 1, 2, 3.
func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

/// A layer of a vector tile while it grows: features as bytes, and each distinct value once.
struct LayerMessage: Sendable {
    private var features: [UInt8] = []
    private var values: [UInt8] = []
    private var body: [UInt8] = []
    private var tags: [UInt8] = []
    private var texts: [String: UInt32] = [:]
    private var numbers = NumberIndex()
    private var valueCount: UInt32 = 0
    private(set) var featureCount = 0

    /// Appends a feature with the tags given before, and forgets them.
    /// - Parameter geometry: the commands and their parameters, encoded.
    mutating func feature(id: UInt64?, shape: UInt64, geometry: [UInt8]) {
        body.removeAll(keepingCapacity: true)
        if let id {
            body.append(TileTag.featureID)
            body.appendVarint(id)
        }
        if !tags.isEmpty { body.appendField(TileTag.featureTags, tags) }
        body.append(TileTag.featureShape)
        body.appendVarint(shape)
        body.appendField(TileTag.geometry, geometry)
        features.appendField(TileTag.feature, body)
        tags.removeAll(keepingCapacity: true)
        featureCount += 1
    }

    mutating func tag(key: Int, value: UInt32) {
        tags.appendVarint(UInt64(key))
        tags.appendVarint(UInt64(value))
    }

    mutating func tag(key: Int, integer: Int64) {
        let isNegative = integer < 0
        let place = numbers.place(of: UInt64(bitPattern: integer), kind: .integer, next: valueCount)
        if place == valueCount {
            let encoded = isNegative ? zigzag(integer) : UInt64(integer)
            values.append(TileTag.value)
            values.append(UInt8(1 + varintLength(encoded)))
            values.append(isNegative ? TileTag.signed : TileTag.unsigned)
            values.appendVarint(encoded)
            valueCount += 1
        }
        tag(key: key, value: place)
    }

    mutating func tag(key: Int, number: Double) {
        let place = numbers.place(of: number.bitPattern, kind: .number, next: valueCount)
        if place == valueCount {
            values.append(TileTag.value)
            values.append(9)
            values.append(TileTag.double)
            withUnsafeBytes(of: number.bitPattern.littleEndian) { values.append(contentsOf: $0) }
            valueCount += 1
        }
        tag(key: key, value: place)
    }

    /// - Parameters:
    ///   - text: a number that stands for the text, one and the same throughout the layer.
    ///   - message: the value as a field of a layer.
    mutating func tag(key: Int, text: UInt64, message: ArraySlice<UInt8>) {
        let place = numbers.place(of: text, kind: .text, next: valueCount)
        if place == valueCount {
            values.append(contentsOf: message)
            valueCount += 1
        }
        tag(key: key, value: place)
    }

    /// The place of a text among the values.
    mutating func place(of text: String) -> UInt32 {
        if let known = texts[text] { return known }
        let place = valueCount
        texts[text] = place
        let length = text.utf8.count
        values.append(TileTag.value)
        values.appendVarint(UInt64(1 + varintLength(UInt64(length)) + length))
        values.appendField(TileTag.text, text.utf8)
        valueCount += 1
        return place
    }

    /// Appends the whole as field 3 of a tile.
    func append(name: String, keys: [String], extent: Int, to bytes: inout [UInt8]) {
        let head = Self.head(name: name, keys: keys, extent: extent)
        bytes.append(TileTag.layer)
        bytes.appendVarint(UInt64(head.count + features.count + values.count))
        bytes.append(contentsOf: head)
        bytes.append(contentsOf: features)
        bytes.append(contentsOf: values)
    }

    /// The fields that open a layer: the version of the format, which should come first, its name, extent and keys.
    static func head(name: String, keys: [String], extent: Int) -> [UInt8] {
        var head: [UInt8] = [TileTag.version, 2]
        head.appendField(TileTag.layerName, name.utf8)
        head.append(TileTag.extent)
        head.appendVarint(UInt64(max(0, extent)))
        for key in keys { head.appendField(TileTag.key, key.utf8) }
        return head
    }
}

func varintLength(_ value: UInt64) -> Int { max(1, (70 - value.leadingZeroBitCount) / 7) }

/// Which values a layer has already, and where: open addressing over their bits.
private struct NumberIndex: Sendable {
    enum Kind: UInt64, Sendable {
        case number, integer, text
    }

    private struct Slot: Sendable {
        var bits: UInt64 = 0
        /// The place plus one in the upper bits, the kind in the lower two; 0 where the slot is free.
        var mark: UInt64 = 0
    }

    private var slots: [Slot] = []
    private var used = 0

    /// - Returns: `next` for a value that was not known before.
    mutating func place(of bits: UInt64, kind: Kind, next: UInt32) -> UInt32 {
        if 2 * (used + 1) > slots.count { grow() }
        let slot = Self.slot(of: bits, kind.rawValue, in: slots)
        if slots[slot].mark != 0 { return UInt32(truncatingIfNeeded: slots[slot].mark >> 2 - 1) }
        slots[slot] = Slot(bits: bits, mark: (UInt64(next) + 1) << 2 | kind.rawValue)
        used += 1
        return next
    }

    private mutating func grow() {
        var larger = [Slot](repeating: Slot(), count: max(64, 4 * slots.count))
        for slot in slots where slot.mark != 0 { larger[Self.slot(of: slot.bits, slot.mark & 3, in: larger)] = slot }
        slots = larger
    }

    /// Where the value is, or the free slot where it would be.
    private static func slot(of bits: UInt64, _ kind: UInt64, in slots: [Slot]) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[slot].mark != 0, slots[slot].bits != bits || slots[slot].mark & 3 != kind {
            slot = (slot + 1) & mask
        }
        return slot
    }
}
