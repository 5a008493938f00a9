import Bytes

extension GeoJSONWriter {
    /// Writes points that are held as columns: the bytes that ``feature(_:into:)`` writes for them, many times faster.
    ///
    /// A point without a place has `null` as its geometry, an attribute without a value `null`. Whatever stands the same
    /// in every feature is prepared once, texts are escaped once, and numbers go digit by digit into a buffer of about
    /// a megabyte, which `drain` gets whenever it is full, and in the end. A file may consist of many calls, of
    /// ``begin(into:)`` before and ``end(into:)`` after them, and of features in between.
    ///
    /// - Parameter drain: takes the bytes, which are gone when it returns. What it throws ends the writing.
    /// - Throws: ``GeoJSONError/notFinite(_:feature:property:)``; some of the features before have been drained then.
    /// - Complexity: O(bytes written), memory of one buffer.
    public mutating func points(
        _ points: PointColumns, drain: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard points.count > 0 else { return }
        let fragments = GeoJSONFragments(form: form, points: points)
        let written = written
        try fragments.bytes.withUnsafeBufferPointer { bytes in
            try Self.withColumns(of: points) { longitudes, latitudes, ids, columns in
                let row = GeoJSONPointRow(
                    fragments: fragments, bytes: bytes, longitudes: longitudes, latitudes: latitudes, ids: ids,
                    columns: columns, written: written)
                try row.writeAll(drain)
            }
        }
        self.written += points.count
    }

    /// Runs `body` with every column as plain memory.
    private static func withColumns(
        of points: PointColumns,
        _ body: (
            UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>, UnsafeBufferPointer<Int64>?, [GeoJSONPointColumn]
        ) throws -> Void
    ) throws {
        try points.longitudes.withUnsafeBufferPointer { longitudes in
            try points.latitudes.withUnsafeBufferPointer { latitudes in
                try withAttributes(points.attributes[...], []) { columns in
                    guard let ids = points.ids else { return try body(longitudes, latitudes, nil, columns) }
                    try ids.withUnsafeBufferPointer { try body(longitudes, latitudes, $0, columns) }
                }
            }
        }
    }

    private static func withAttributes(
        _ rest: ArraySlice<AttributeColumn>, _ columns: [GeoJSONPointColumn],
        _ body: ([GeoJSONPointColumn]) throws -> Void
    ) throws {
        guard let attribute = rest.first else { return try body(columns) }
        let rest = rest.dropFirst()
        switch attribute.values {
        case .codes(let codes, of: _):
            try codes.withUnsafeBufferPointer { try withAttributes(rest, columns + [.codes($0)], body) }
        case .integers(let integers):
            try integers.withUnsafeBufferPointer { try withAttributes(rest, columns + [.integers($0)], body) }
        case .numbers(let numbers):
            try numbers.withUnsafeBufferPointer { try withAttributes(rest, columns + [.numbers($0)], body) }
        }
    }
}

/// The values of a column as plain memory.
private enum GeoJSONPointColumn {
    case codes(UnsafeBufferPointer<Int32>)
    case integers(UnsafeBufferPointer<Int64>)
    case numbers(UnsafeBufferPointer<Double>)
}

/// What stands between the values of a feature, as bytes that lie behind one another.
private struct GeoJSONFragments {
    /// All fragments, and behind them as many bytes as copying may read too much.
    private(set) var bytes: [UInt8] = []
    /// From the feature's beginning to its id, or to its longitude where there are no ids; the first feature of a
    /// collection leaves out a byte.
    private(set) var lead = 0..<0
    /// From behind the id to the longitude.
    private(set) var afterID = 0..<0
    /// Per attribute, from behind the value before to its own value.
    private(set) var labels: [Range<Int>] = []
    /// Per attribute, its texts quoted and escaped, `null` at the end; empty where the attribute has none.
    private(set) var texts: [[Range<Int>]] = []
    /// Per attribute.
    let names: [String]
    /// From behind the last value.
    private(set) var end = 0..<0
    /// The most bytes that one feature touches.
    private(set) var longestRow = 0

    static let point: StaticString = "{\"type\":\"Point\",\"coordinates\":["
    /// What ends the geometry: the first bytes of the first label, or of the end where there are no attributes.
    static let pointEnd: StaticString = "]}"

    init(form: GeoJSONWriter.Form, points: PointColumns) {
        var writer = ByteWriter(capacity: 1 << 10)
        func fragment(_ write: (inout ByteWriter) -> Void) -> Range<Int> {
            let start = writer.count
            write(&writer)
            return start..<writer.count
        }
        names = points.attributes.map(\.name)
        let hasIDs = points.ids != nil
        lead = fragment {
            switch form {
            case .collection: $0.text(",\n")
            case .lines: break
            case .sequence: $0.byte(0x1E)
            }
            $0.text("{\"type\":\"Feature\",")
            if hasIDs { $0.text("\"id\":\"") } else { Self.beginPoint(&$0) }
        }
        afterID = fragment {
            $0.text("\",")
            Self.beginPoint(&$0)
        }
        for (index, attribute) in points.attributes.enumerated() {
            labels.append(
                fragment {
                    if index == 0 { Self.beginProperties(&$0) } else { $0.byte(UInt8(ascii: ",")) }
                    $0.jsonString(attribute.name)
                    $0.byte(UInt8(ascii: ":"))
                })
            guard case .codes(_, let texts) = attribute.values else {
                self.texts.append([])
                continue
            }
            self.texts.append(
                texts.map { text in fragment { $0.jsonString(text) } } + [fragment { $0.text("null") }])
        }
        end = fragment {
            if points.attributes.isEmpty { Self.beginProperties(&$0) }
            $0.text(form == .collection ? "}}" : "}}\n")
        }
        writer.raw(repeatElement(0, count: GeoJSONPointRow.stride))
        bytes = writer.bytes
        longestRow = lead.count + afterID.count + end.count + 3 * DigitCursor.longestNumber + 5 * GeoJSONPointRow.stride
        for (label, texts) in zip(labels, texts) {
            let longest = texts.map(\.count).max() ?? 0
            longestRow += label.count + longest + DigitCursor.longestNumber + 2 * GeoJSONPointRow.stride
        }
    }

    private static func beginPoint(_ writer: inout ByteWriter) {
        writer.text("\"geometry\":")
        writer.text(point)
    }

    private static func beginProperties(_ writer: inout ByteWriter) {
        writer.text(pointEnd)
        writer.text(",\"properties\":{")
    }
}

/// Writes features one behind the other into its buffer.
private struct GeoJSONPointRow {
    /// Bytes that are copied at once; fragments and buffer have room for that many more than they need.
    static let stride = 32
    private static let drained = 1 << 20

    let fragments: GeoJSONFragments
    let bytes: UnsafeBufferPointer<UInt8>
    let longitudes: UnsafeBufferPointer<Double>
    let latitudes: UnsafeBufferPointer<Double>
    let ids: UnsafeBufferPointer<Int64>?
    let columns: [GeoJSONPointColumn]
    /// Features before those of this call.
    let written: Int

    func writeAll(_ drain: (UnsafeRawBufferPointer) throws -> Void) throws {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.drained + fragments.longestRow)
        defer { buffer.deallocate() }
        guard let start = buffer.baseAddress else { return }
        var cursor = DigitCursor(start)
        for row in longitudes.indices {
            try write(row, &cursor)
            if cursor.at - start >= Self.drained {
                try drain(UnsafeRawBufferPointer(start: start, count: cursor.at - start))
                cursor.at = start
            }
        }
        if cursor.at > start { try drain(UnsafeRawBufferPointer(start: start, count: cursor.at - start)) }
    }

    @inline(__always)
    private func write(_ row: Int, _ cursor: inout DigitCursor) throws(GeoJSONError) {
        let isFirst = bytes[fragments.lead.lowerBound] == UInt8(ascii: ",") && written + row == 0
        copy(fragments.lead.dropFirst(isFirst ? 1 : 0), &cursor)
        if let ids {
            cursor.integer(ids[row])
            copy(fragments.afterID, &cursor)
        }
        let hasPlace = try place(row, &cursor)
        var skipped = hasPlace ? 0 : GeoJSONFragments.pointEnd.utf8CodeUnitCount
        for index in columns.indices {
            copy(fragments.labels[index].dropFirst(skipped), &cursor)
            skipped = 0
            switch columns[index] {
            case .integers(let integers): cursor.integer(integers[row])
            case .codes(let codes):
                let texts = fragments.texts[index]
                let code = Int(codes[row])
                copy(texts[code < 0 ? texts.count - 1 : code], &cursor)
            case .numbers(let numbers): try number(numbers[row], row, index, &cursor)
            }
        }
        copy(fragments.end.dropFirst(skipped), &cursor)
    }

    /// Writes longitude and latitude, or takes the beginning of the point back.
    /// - Returns: whether the feature has a place.
    @inline(__always)
    private func place(_ row: Int, _ cursor: inout DigitCursor) throws(GeoJSONError) -> Bool {
        let (longitude, latitude) = (longitudes[row], latitudes[row])
        if longitude.isNaN, latitude.isNaN {
            cursor.at -= GeoJSONFragments.point.utf8CodeUnitCount
            text("null", &cursor)
            return false
        }
        try coordinate(longitude, row, &cursor)
        cursor.byte(UInt8(ascii: ","))
        try coordinate(latitude, row, &cursor)
        return true
    }

    @inline(__always)
    private func coordinate(_ value: Double, _ row: Int, _ cursor: inout DigitCursor) throws(GeoJSONError) {
        if cursor.fixed(value, decimals: 7) { return }
        guard value.isFinite else { throw .notFinite(value, feature: written + row + 1, property: nil) }
        shortest(value, &cursor)
    }

    private func number(
        _ value: Double, _ row: Int, _ column: Int, _ cursor: inout DigitCursor
    ) throws(GeoJSONError) {
        if value.isNaN { return text("null", &cursor) }
        guard value.isFinite else {
            throw .notFinite(value, feature: written + row + 1, property: fragments.names[column])
        }
        shortest(value, &cursor)
    }

    private func shortest(_ value: Double, _ cursor: inout DigitCursor) {
        if value == value.rounded(), value.magnitude < 1e15 { return cursor.integer(Int64(value)) }
        for byte in value.description.utf8 { cursor.byte(byte) }
    }

    private func text(_ text: StaticString, _ cursor: inout DigitCursor) {
        cursor.at.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        cursor.at += text.utf8CodeUnitCount
    }

    /// Copies a fragment by whole strides: cheaper than asking for its exact length.
    @inline(__always)
    private func copy(_ range: Range<Int>, _ cursor: inout DigitCursor) {
        guard let source = bytes.baseAddress else { return }
        var offset = 0
        repeat {
            let piece = UnsafeRawPointer(source + range.lowerBound + offset)
                .loadUnaligned(as: SIMD32<UInt8>.self)
            UnsafeMutableRawPointer(cursor.at + offset).storeBytes(of: piece, as: SIMD32<UInt8>.self)
            offset += Self.stride
        } while offset < range.count
        cursor.at += range.count
    }
}
