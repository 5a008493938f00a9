import Bytes

/// Copies the fields of a row to memory of its own where they cannot stay as they stand in the file: in UTF-8, and
/// without the quotes that are no content.
final class CSVFieldDecoder {
    private var output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)
    private var transcoded: [UInt8] = []

    deinit { output.deallocate() }

    /// - Parameters:
    ///   - row: the row as it stands.
    ///   - fields: its fields as ``CSVScanner/fields`` holds them; afterwards where they lie in the result.
    /// - Returns: the content of all fields, one after the other, valid until the next call.
    func decode(
        _ row: UnsafeBufferPointer<UInt8>, fields: UnsafeMutableBufferPointer<FieldRow.Field>, isWindows1252: Bool
    ) -> UnsafeBufferPointer<UInt8> {
        reserve(row.count * 3)  // a byte of Windows-1252 becomes at most three of UTF-8
        var end = 0
        for index in fields.indices {
            let start = end
            let isQuoted = fields[index].start < 0
            let rawStart = Int(isQuoted ? ~fields[index].start : fields[index].start)
            let raw = UnsafeBufferPointer(rebasing: row[rawStart..<Int(fields[index].end)])
            end = isWindows1252 ? appendTranscoded(raw, at: start) : output[start...].update(fromContentsOf: raw)
            if isQuoted { end = unquote(from: start, to: end) }
            fields[index] = FieldRow.Field(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
        }
        return UnsafeBufferPointer(rebasing: output[..<end])
    }

    private func reserve(_ count: Int) {
        guard output.count < count else { return }
        let capacity = max(count, output.count * 2)
        output.deallocate()
        output = .allocate(capacity: capacity)
    }

    private func appendTranscoded(_ field: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        transcoded.removeAll(keepingCapacity: true)
        TextEncoding.appendWindows1252(field, to: &transcoded)
        return output[start...].update(fromContentsOf: transcoded)
    }

    /// Makes doubled quotes single, up to the closing quote, which goes; what follows it stays as it is.
    private func unquote(from start: Int, to end: Int) -> Int {
        let bytes = output
        let quote = UInt8(ascii: "\"")
        var isInside = true
        var to = start
        var from = start
        while from < end {
            if isInside, bytes[from] == quote {
                from += 1
                isInside = from < end && bytes[from] == quote
                guard isInside else { continue }
            }
            bytes[to] = bytes[from]
            to += 1
            from += 1
        }
        return to
    }
}
