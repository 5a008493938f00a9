import Bytes
import SimpleFeatures

/// The original attributes of an area as one JSON object, in their order.
///
/// Whole numbers keep the kind they had: `3` is an integer, `3.0` a number. What JSON cannot say (NaN, infinity) is null.
enum PropertyJSON {
    static func encode(_ properties: [Property]) -> String {
        var writer = ByteWriter(capacity: 32 * properties.count + 2)
        writer.text("{" as StaticString)
        for (index, property) in properties.enumerated() {
            if index > 0 { writer.text("," as StaticString) }
            writer.jsonString(property.name)
            writer.text(":" as StaticString)
            encode(property.value, &writer)
        }
        writer.text("}" as StaticString)
        return writer.string
    }

    private static func encode(_ value: PropertyValue, _ writer: inout ByteWriter) {
        switch value {
        case .null: writer.text("null" as StaticString)
        case .bool(let flag): writer.text(flag ? "true" : "false")
        case .integer(let number): writer.integer(number)
        case .number(let number): writer.text(number.isFinite ? number.description : "null")
        case .text(let text): writer.jsonString(text)
        case .json(let text):
            // A text that is no JSON would make the whole object unreadable.
            if JSONScanner.isNestedValue(text) { writer.text(text) } else { writer.jsonString(text) }
        }
    }

    /// - Returns: nil where the text is no JSON object.
    static func decode(_ text: String) -> [Property]? {
        var scanner = JSONScanner(text)
        return scanner.object()
    }
}

/// Reads a flat JSON object, keeping the order of its members and nested values as text.
private struct JSONScanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether a text is one array or object and nothing else.
    static func isNestedValue(_ text: String) -> Bool {
        var scanner = JSONScanner(text)
        guard let first = scanner.peek(), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
        return scanner.skipValue(depth: 0) && scanner.peek() == nil
    }

    mutating func object() -> [Property]? {
        guard take("{") else { return nil }
        var properties: [Property] = []
        if take("}") { return peek() == nil ? properties : nil }
        repeat {
            guard let name = string(), take(":"), let value = value() else { return nil }
            properties.append(Property(name, value))
        } while take(",")
        return take("}") && peek() == nil ? properties : nil
    }

    private mutating func value() -> PropertyValue? {
        guard let first = peek() else { return nil }
        switch first {
        case UInt8(ascii: "\""): return string().map { .text($0) }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let start = index
            return skipValue(depth: 0) ? .json(String(decoding: bytes[start..<index], as: UTF8.self)) : nil
        case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return word("null") ? .null : nil
        default: return number()
        }
    }

    private mutating func number() -> PropertyValue? {
        let start = index
        while index < bytes.count, Self.numberBytes.contains(bytes[index]) { index += 1 }
        return bytes[start..<index].withUnsafeBufferPointer { text in
            if let integer = DecimalParser.integer(text) { return .integer(integer) }
            return DecimalParser.double(text).map { .number($0) }
        }
    }

    /// A quoted text with its escapes resolved; a lone surrogate becomes U+FFFD.
    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            guard appendEscape(to: &text) else { return nil }
        }
        return nil
    }

    private mutating func appendEscape(to text: inout [UInt8]) -> Bool {
        guard index < bytes.count else { return false }
        let escape = bytes[index]
        index += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            guard var units = codeUnit().map({ [$0] }) else { return false }
            if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
                index += 2
                guard let second = codeUnit() else { return false }
                units.append(second)
            }
            text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
        default: return false
        }
        return true
    }

    private mutating func codeUnit() -> UInt16? {
        guard index + 4 <= bytes.count else { return nil }
        defer { index += 4 }
        return UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
    }

    private mutating func skipValue(depth: Int) -> Bool {
        guard depth < 64, let first = peek() else { return false }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return value() != nil }
        let isObject = first == UInt8(ascii: "{")
        let close: Unicode.Scalar = isObject ? "}" : "]"
        index += 1
        if take(close) { return true }
        repeat {
            if isObject { guard string() != nil, take(":") else { return false } }
            guard skipValue(depth: depth + 1) else { return false }
        } while take(",")
        return take(close)
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[index...].starts(with: letters) else { return false }
        index += letters.count
        return true
    }

    /// The next byte that is no space; nil at the end.
    private mutating func peek() -> UInt8? {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        return index < bytes.count ? bytes[index] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private static let numberBytes = Set("0123456789+-.eE".utf8)
}
