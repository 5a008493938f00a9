/// The fields of a Protocol Buffers message, one after the other, from bytes that may be anything.
struct ProtobufFields {
    enum Value {
        case varint(UInt64)
        case fixed32(UInt32)
        case fixed64(UInt64)
        case bytes(Range<Int>)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var place: Int
    private let end: Int
    /// Whether the message broke off or was no message at ``place``.
    private(set) var isDamaged = false

    /// - Parameter range: within `bytes`; taken as the nearest that is.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        let range = range.clamped(to: 0..<bytes.count)
        place = range.lowerBound
        end = range.upperBound
    }

    /// - Returns: nil at the end, and where nothing can be read: then ``isDamaged``.
    mutating func next() -> (number: UInt64, value: Value)? {
        guard place < end, !isDamaged else { return nil }
        let start = place
        if let tag = varint(), tag >> 3 != 0, let value = value(wire: tag & 7) { return (tag >> 3, value) }
        place = start
        isDamaged = true
        return nil
    }

    /// The next number of a packed field; nil at its end or where it breaks off: then ``isDamaged``.
    mutating func packed() -> UInt64? {
        guard place < end, !isDamaged else { return nil }
        if let value = varint() { return value }
        isDamaged = true
        return nil
    }

    private mutating func value(wire: UInt64) -> Value? {
        switch wire {
        case 0: varint().map(Value.varint)
        case 1: fixed(8).map(Value.fixed64)
        case 2: length().map(Value.bytes)
        case 5: fixed(4).map { .fixed32(UInt32(truncatingIfNeeded: $0)) }
        default: nil
        }
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard place < end else { return nil }
            let byte = bytes[place]
            place += 1
            if shift == 63, byte > 1 { return nil }
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return value }
        }
        return nil
    }

    private mutating func fixed(_ count: Int) -> UInt64? {
        guard end - place >= count else { return nil }
        defer { place += count }
        return (0..<count).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }

    private mutating func length() -> Range<Int>? {
        guard let length = varint(), length <= UInt64(end - place) else { return nil }
        defer { place += Int(length) }
        return place..<place + Int(length)
    }
}
