/// The records of a `.shp` file: a header of 100 bytes, then records of 8 bytes and their content.
struct ShapefileShapes: Sendable {
    /// How many records there are.
    let count: Int
    /// Bytes behind the end that the header gives.
    let trailingBytes: Int
    private let bytes: [UInt8]
    private let end: Int

    /// Goes through the records' headers, so that every one is known to lie within the file.
    init(_ bytes: [UInt8]) throws(ShapefileError) {
        guard bytes.count >= 100 else { throw .notAShapefile(fileCode: nil) }
        self.bytes = bytes
        let fileCode = Self.bigEndian(bytes, 0)
        guard fileCode == 9994 else { throw .notAShapefile(fileCode: fileCode) }
        let length = max(100, 2 * Int(Self.bigEndian(bytes, 24)))
        guard length <= bytes.count else { throw .truncated(file: .shp, needed: length, found: bytes.count) }
        end = length
        trailingBytes = bytes.count - length
        let type = Int32(truncatingIfNeeded: Self.bigEndian(bytes, 32).byteSwapped)
        guard ShapefileShape.Kind(type) != nil else { throw .unsupportedShapeType(type, record: nil) }

        var (offset, count) = (100, 0)
        while offset < end {
            offset = try Self.content(bytes, record: count + 1, at: offset, end: end).upperBound
            count += 1
        }
        self.count = count
    }

    /// Hands the content of every record to `body`, with its index from 0.
    func forEach(_ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
        var offset = 100
        for record in 0..<count {
            let content = try Self.content(bytes, record: record + 1, at: offset, end: end)
            try bytes.withUnsafeBytes { try body(record, UnsafeRawBufferPointer(rebasing: $0[content])) }
            offset = content.upperBound
        }
    }

    /// Where the content of the record at `offset` lies.
    private static func content(
        _ bytes: [UInt8], record: Int, at offset: Int, end: Int
    ) throws(ShapefileError) -> Range<Int> {
        guard offset + 8 <= end else { throw .recordPastEnd(record: record, offset: offset, length: 8, end: end) }
        let length = 2 * Int(bigEndian(bytes, offset + 4))
        guard length >= 4, length <= end - offset - 8 else {
            throw .recordPastEnd(record: record, offset: offset, length: 8 + length, end: end)
        }
        return (offset + 8)..<(offset + 8 + length)
    }

    /// The big-endian word at an offset that the caller has checked.
    private static func bigEndian(_ bytes: [UInt8], _ offset: Int) -> Int32 {
        bytes.withUnsafeBytes { Int32(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: Int32.self)) }
    }
}
