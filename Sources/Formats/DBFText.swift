import Bytes

/// The text cells of a `.dbf` file, for finding out in which encoding they are.
struct TextCells {
    let bytes: [UInt8]
    let names: [Range<Int>]
    let start: Int
    let recordLength: Int
    let count: Int
    let fields: [Range<Int>]

    /// Whether every name and every text is UTF-8, but for a character cut off at the end of a full field.
    ///
    /// Writers cut at bytes, so the last character of a long text may be half there. Such a half alone proves nothing:
    /// it is taken for UTF-8 only where the file has a whole character beyond ASCII too.
    var areUTF8: Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var found = (whole: false, half: false)
            func isUTF8(_ range: Range<Int>) -> Bool {
                let cell = UnsafeBufferPointer(rebasing: bytes[range])
                let text = DBFText.withoutCutCharacter(cell)
                guard TextEncoding.isUTF8(text) else { return false }
                if text.count < cell.count { found.half = true }
                if TextEncoding.asciiPrefix(text, from: 0) < text.count { found.whole = true }
                return true
            }
            guard names.allSatisfy(isUTF8) else { return false }
            for record in 0..<count {
                let origin = start + record * recordLength
                for field in fields where !isUTF8((origin + field.lowerBound)..<(origin + field.upperBound)) {
                    return false
                }
            }
            return found.whole || !found.half
        }
    }
}

/// How text stands in a `.dbf` file.
enum DBFText {
    /// The encoding of a table: as forced; else as the `.cpg` file says; else UTF-8 where all texts are valid UTF-8;
    /// else windows-1252, unless the header names a code page that is neither.
    static func encoding(
        declared: String?, forced: TextEncoding?, codePage: UInt8, cells: TextCells
    ) throws(ShapefileError) -> TextEncoding {
        if let forced { return forced }
        if let declared, let name = significant(declared) {
            guard let encoding = encodings[name] else { throw .unsupportedEncoding(name) }
            return encoding
        }
        if cells.areUTF8 { return .utf8 }
        guard windowsCodePages.contains(codePage) else {
            throw .unsupportedEncoding("code page byte 0x\(String(codePage, radix: 16))")
        }
        return .windows1252
    }

    /// The characters of a cell without the blanks behind them.
    ///
    /// - Parameter fillsField: whether the bytes may have been cut to the field's width, so that half a character at
    ///   the end is dropped. What is still not UTF-8 where it should be is read as windows-1252, byte by byte.
    static func string(_ cell: UnsafeBufferPointer<UInt8>, _ encoding: TextEncoding, fillsField: Bool) -> String {
        var end = cell.count
        while end > 0, cell[end - 1] == 0x20 || cell[end - 1] == 0 { end -= 1 }
        var text = UnsafeBufferPointer(rebasing: cell[..<end])
        if encoding == .utf8 {
            if fillsField, end == cell.count { text = withoutCutCharacter(text) }
            if TextEncoding.isUTF8(text) { return String(decoding: text, as: UTF8.self) }
        }
        var converted: [UInt8] = []
        converted.reserveCapacity(text.count + 8)
        TextEncoding.appendWindows1252(text, to: &converted)
        return String(decoding: converted, as: UTF8.self)
    }

    /// The text without a UTF-8 character at its end that has fewer bytes than its first one promises.
    static func withoutCutCharacter(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var lead = text.count - 1
        while lead > 0, text.count - lead < 4, text[lead] & 0xC0 == 0x80 { lead -= 1 }
        guard lead >= 0 else { return text }
        let length =
            switch text[lead] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        return text.count - lead < length ? UnsafeBufferPointer(rebasing: text[..<lead]) : text
    }

    /// The letters and digits of a `.cpg` file's first line, in upper case; nil where there are none.
    private static func significant(_ declared: String) -> String? {
        let line = declared.split(whereSeparator: \.isNewline).first ?? ""
        let name = String(
            line.uppercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
        return name.isEmpty ? nil : name
    }

    /// The names under which `.cpg` files know the two encodings. Latin-1 is read as windows-1252, which holds it and
    /// which is what files so labelled really are.
    private static let encodings: [String: TextEncoding] = [
        "UTF8": .utf8, "65001": .utf8, "CP65001": .utf8, "ASCII": .utf8, "USASCII": .utf8,
        "1252": .windows1252, "CP1252": .windows1252, "ANSI1252": .windows1252, "WINDOWS1252": .windows1252,
        "ANSI": .windows1252, "LATIN1": .windows1252, "ISO88591": .windows1252, "88591": .windows1252,
        "ISOLATIN1": .windows1252, "28591": .windows1252,
    ]

    /// Code page bytes that say windows-1252 (0x03, 0x57, 0x58, 0x59), or nothing (0).
    private static let windowsCodePages: Set<UInt8> = [0, 0x03, 0x57, 0x58, 0x59]
}
