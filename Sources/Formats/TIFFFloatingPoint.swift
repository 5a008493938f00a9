/// TIFF's predictor for floating point (number 3).
///
/// Of each row first come the most significant bytes of all cells, then the second ones, and so on; each byte but the
/// first is then replaced by its difference to the one before. Neighbouring values share sign, exponent and the first
/// bits of their fraction, so most differences are 0.
///
/// ## Source
/// Adobe, *TIFF Technical Note 3* (2005).
enum TIFFFloatingPoint {
    /// The bytes of rows of `width` cells.
    static func predicted(_ cells: [Float], width: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: cells.count * 4) { bytes, count in
            count = cells.count * 4
            for start in stride(from: 0, to: cells.count, by: max(1, width)) {
                let row = UnsafeMutableBufferPointer(rebasing: bytes[(start * 4)..<((start + width) * 4)])
                for index in 0..<width {
                    let bits = cells[start + index].bitPattern
                    row[index] = UInt8(truncatingIfNeeded: bits >> 24)
                    row[width + index] = UInt8(truncatingIfNeeded: bits >> 16)
                    row[2 * width + index] = UInt8(truncatingIfNeeded: bits >> 8)
                    row[3 * width + index] = UInt8(truncatingIfNeeded: bits)
                }
                var before: UInt8 = 0
                for index in row.indices { (row[index], before) = (row[index] &- before, row[index]) }
            }
        }
    }

    /// The cells of rows of `width` cells.
    /// - Precondition: as many bytes as whole rows have. Checked: what is left over is not read.
    static func cells(_ predicted: [UInt8], width: Int) -> [Float] {
        var cells: [Float] = []
        guard width > 0 else { return cells }
        cells.reserveCapacity(predicted.count / 4)
        var row = [UInt8](repeating: 0, count: width * 4)
        for start in stride(from: 0, through: predicted.count - row.count, by: row.count) {
            var before: UInt8 = 0
            for index in row.indices {
                before = before &+ predicted[start + index]
                row[index] = before
            }
            for index in 0..<width {
                let high = UInt32(row[index]) << 24 | UInt32(row[width + index]) << 16
                let low = UInt32(row[2 * width + index]) << 8 | UInt32(row[3 * width + index])
                cells.append(Float(bitPattern: high | low))
            }
        }
        return cells
    }

    /// The cells of little-endian bytes without a predictor.
    static func plainCells(_ bytes: [UInt8]) -> [Float] {
        bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
    }
}
