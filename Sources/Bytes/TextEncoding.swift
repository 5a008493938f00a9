/// The encodings in which Mexican open data come.
public enum TextEncoding: String, Hashable, Sendable, Codable, CaseIterable {
    case utf8 = "utf-8"
    case windows1252 = "windows-1252"

    /// Whether bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
    /// - Complexity: O(length); eight bytes at a time while they are ASCII.
    public static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = asciiPrefix(bytes, from: 0)
        func continues(_ at: Int) -> Bool { at < bytes.count && bytes[at] & 0xC0 == 0x80 }
        while index < bytes.count {
            let lead = bytes[index]
            switch lead {
            case 0..<0x80: index += 1
            case 0xC2...0xDF:
                guard continues(index + 1) else { return false }
                index += 2
            case 0xE0...0xEF:
                guard continues(index + 1), continues(index + 2) else { return false }
                let second = bytes[index + 1]
                if (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) { return false }
                index += 3
            case 0xF0...0xF4:
                guard continues(index + 1), continues(index + 2), continues(index + 3) else { return false }
                let second = bytes[index + 1]
                if (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F) { return false }
                index += 4
            default: return false
            }
            index = asciiPrefix(bytes, from: index)
        }
        return true
    }

    /// Appends Windows-1252 text as UTF-8. The five bytes that the code page leaves undefined become U+FFFD.
    public static func appendWindows1252(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        for byte in bytes {
            if byte < 0x80 {
                output.append(byte)
            } else {
                let scalar = byte < 0xA0 ? c1[Int(byte) - 0x80] : UInt16(byte)
                if scalar < 0x800 {
                    output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
                } else {
                    output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
                    output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar >> 6 & 0x3F)))
                }
                output.append(UInt8(truncatingIfNeeded: 0x80 | (scalar & 0x3F)))
            }
        }
    }

    /// Index of the first byte at or after `start` that is not ASCII; the length where all are.
    public static func asciiPrefix(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        if let base = bytes.baseAddress {
            while index + 8 <= bytes.count {
                let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
                if word & 0x8080_8080_8080_8080 != 0 { break }
                index += 8
            }
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index
    }

    /// What 0x80–0x9F mean in Windows-1252.
    private static let c1: [UInt16] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D,
        0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
        0xFFFD,
        0x017E, 0x0178,
    ]
}
