/// Why bytes are not JSON, and where.
public enum JSONError: Error, Hashable, CustomStringConvertible {
    /// What the grammar asks for at a place.
    public enum Expectation: String, Hashable, Sendable {
        case value = "a value"
        case object = "an object"
        case array = "an array"
        case string = "a string"
        case number = "a number"
        case digit = "a digit"
        case name = "a member's name in quotes"
        case colon = "a colon"
        case commaOrEnd = "a comma or the closing bracket"
        case closingQuote = "a closing quote"
        case end = "the end of the text"
    }

    /// `found` is nil at the end of the text.
    case unexpected(found: UInt8?, expected: Expectation, at: JSONScanner.Place)
    case controlCharacter(UInt8, at: JSONScanner.Place)
    case unknownEscape(at: JSONScanner.Place)
    case loneSurrogate(at: JSONScanner.Place)
    case notUTF8(at: JSONScanner.Place)
    case numberTooLarge(at: JSONScanner.Place)
    case tooDeep(limit: Int, at: JSONScanner.Place)

    /// One sentence: what must hold, what was found, and where.
    public var description: String {
        switch self {
        case .unexpected(nil, let expected, let place):
            "JSON must have \(expected.rawValue) here, but the text ends at \(place)"
        case .unexpected(let found?, let expected, let place):
            "JSON must have \(expected.rawValue) here, but has \(Self.spelled(found)) at \(place)"
        case .controlCharacter(let byte, let place):
            "a JSON string must escape control characters, but holds \(Self.spelled(byte)) at \(place)"
        case .unknownEscape(let place):
            "a JSON escape must be one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX, but is not at \(place)"
        case .loneSurrogate(let place):
            "a JSON surrogate escape must be one of a pair, but stands alone at \(place)"
        case .notUTF8(let place):
            "JSON must be UTF-8, but is not in the string at \(place); convert the file first"
        case .numberTooLarge(let place):
            "a JSON number must fit a 64-bit float, but does not at \(place)"
        case .tooDeep(let limit, let place):
            "JSON must be nested at most \(limit) deep, but goes deeper at \(place)"
        }
    }

    private static func spelled(_ byte: UInt8) -> String {
        if (0x21..<0x7F).contains(byte) { return "'\(Character(UnicodeScalar(byte)))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "byte 0x" + (digits.count < 2 ? "0" : "") + digits
    }
}
