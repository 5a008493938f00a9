/// A character written as HTML: `&ntilde;`, `&#241;`, `&#xF1;`.
struct HTMLEntity {
    let scalar: UInt32
    /// Bytes, from the ampersand to the semicolon.
    let length: Int

    /// - Returns: nil where no entity stands that Spanish names use.
    init?(_ text: UnsafeBufferPointer<UInt8>, at start: Int) {
        let limit = min(text.count, start + 10)
        guard start < limit, let end = (start + 1..<limit).first(where: { text[$0] == UInt8(ascii: ";") }) else {
            return nil
        }
        let name = text[start + 1..<end]
        guard let scalar = Self.numeric(name) ?? Self.named(name) else { return nil }
        // `&amp;ntilde;` was escaped twice.
        if scalar == UInt32(UInt8(ascii: "&")), let inner = Self.escapedTwice(text, after: end) {
            self.scalar = inner.scalar
            length = inner.end - start
            return
        }
        self.scalar = scalar
        length = end - start + 1
    }

    private static func escapedTwice(
        _ text: UnsafeBufferPointer<UInt8>, after semicolon: Int
    ) -> (scalar: UInt32, end: Int)? {
        let limit = min(text.count, semicolon + 10)
        guard let end = (semicolon + 1..<max(limit, semicolon + 1)).first(where: { text[$0] == UInt8(ascii: ";") }),
            let scalar = numeric(text[semicolon + 1..<end]) ?? named(text[semicolon + 1..<end])
        else { return nil }
        return (scalar, end + 1)
    }

    private static func numeric(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        guard name.first == UInt8(ascii: "#") else { return nil }
        let digits = name.dropFirst()
        let isHex = digits.first.map { $0 & 0xDF } == UInt8(ascii: "X")
        let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
        guard let value = UInt32(text, radix: isHex ? 16 : 10), Unicode.Scalar(value) != nil, value >= 0x20 else {
            return nil
        }
        return value
    }

    /// `&eacute;` and its like: the base letter, then the accent.
    private static func named(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        let lower = name.map { $0 | 0x20 }
        if let plain = plain.first(where: { $0.name == lower }) { return plain.scalar }
        guard let letter = lower.first, accents.contains(where: { $0 == lower.dropFirst() }) else { return nil }
        // The accent is folded away afterwards; only the letter matters.
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) ? UInt32(letter) : nil
    }

    private static let accents = ["acute", "grave", "uml", "tilde", "circ", "cedil"].map { ArraySlice($0.utf8) }
    private static let plain: [(name: [UInt8], scalar: UInt32)] = [
        (Array("amp".utf8), 0x26), (Array("quot".utf8), 0x22), (Array("apos".utf8), 0x27), (Array("nbsp".utf8), 0x20),
        (Array("ordm".utf8), 0xBA), (Array("ordf".utf8), 0xAA), (Array("deg".utf8), 0xB0), (Array("lt".utf8), 0x20),
        (Array("gt".utf8), 0x20),
    ]
}
