import SimpleFeatures

/// Writes small shapefiles, byte by byte as the specification has them, for the reader to be tested on.
enum ShapefileFixture {
    static func ring(_ corners: [(Double, Double)]) -> [FilePosition] {
        (corners + corners.prefix(1)).map { FilePosition(x: $0.0, y: $0.1) }
    }

    /// A square, wound clockwise, which is what the format calls an exterior.
    static func square(_ x: Double, _ y: Double, size: Double) -> [FilePosition] {
        ring([(x, y), (x, y + size), (x + size, y + size), (x + size, y)])
    }

    /// A `.shp` file whose records have these contents.
    static func shp(type: Int32, _ contents: [[UInt8]]) -> [UInt8] {
        var records: [UInt8] = []
        for (index, content) in contents.enumerated() {
            records += bigEndian(Int32(index + 1)) + bigEndian(Int32(content.count / 2)) + content
        }
        var bytes = bigEndian(9994) + [UInt8](repeating: 0, count: 20)
        bytes += bigEndian(Int32((100 + records.count) / 2)) + littleEndian(1000) + littleEndian(type)
        return bytes + [UInt8](repeating: 0, count: 64) + records
    }

    static let null: [UInt8] = littleEndian(0)

    static func point(_ position: FilePosition, type: Int32 = 1, extra: Int = 0) -> [UInt8] {
        littleEndian(type) + coordinates([position]) + doubles([Double](repeating: 7, count: extra))
    }

    static func multiPoint(_ positions: [FilePosition], type: Int32 = 8) -> [UInt8] {
        littleEndian(type) + doubles([0, 0, 0, 0]) + littleEndian(Int32(positions.count)) + coordinates(positions)
    }

    /// A line or polygon; `extra` numbers stand for the Z and M behind the positions.
    static func parts(_ parts: [[FilePosition]], type: Int32, extra: Int = 0) -> [UInt8] {
        var starts: [UInt8] = []
        var start: Int32 = 0
        for part in parts {
            starts += littleEndian(start)
            start += Int32(part.count)
        }
        let counts = littleEndian(Int32(parts.count)) + littleEndian(start)
        let content = littleEndian(type) + doubles([0, 0, 0, 0]) + counts + starts + coordinates(Array(parts.joined()))
        return content + doubles([Double](repeating: 7, count: extra))
    }

    /// A `.dbf` file; a cell is padded with blanks to its field's width.
    static func dbf(
        _ fields: [(name: String, type: Character, width: Int)], _ rows: [[[UInt8]]], deleted: Set<Int> = [],
        codePage: UInt8 = 0
    ) -> [UInt8] {
        let recordLength = 1 + fields.reduce(0) { $0 + $1.width }
        let headerLength = 33 + 32 * fields.count
        var bytes: [UInt8] = [3, 126, 1, 1] + littleEndian(Int32(rows.count))
        for length in [headerLength, recordLength] { bytes += [UInt8(length & 255), UInt8(length >> 8)] }
        bytes += [UInt8](repeating: 0, count: 17) + [codePage, 0, 0]
        for field in fields {
            let name = Array(field.name.utf8.prefix(11))
            bytes += name + [UInt8](repeating: 0, count: 11 - name.count) + Array(String(field.type).utf8)
            bytes += [0, 0, 0, 0, UInt8(field.width)] + [UInt8](repeating: 0, count: 15)
        }
        bytes.append(0x0D)
        for (index, row) in rows.enumerated() {
            bytes.append(deleted.contains(index) ? UInt8(ascii: "*") : 0x20)
            for (cell, field) in zip(row, fields) {
                bytes += cell.prefix(field.width) + [UInt8](repeating: 0x20, count: max(0, field.width - cell.count))
            }
        }
        return bytes + [0x1A]
    }

    static func littleEndian(_ value: Int32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

    private static func bigEndian(_ value: Int32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

    private static func coordinates(_ positions: [FilePosition]) -> [UInt8] {
        doubles(positions.flatMap { [$0.x, $0.y] })
    }

    private static func doubles(_ values: [Double]) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
    }
}
