/// One area of one level, written `municipality:09015`.
public struct AreaSelector: Hashable, Sendable, CustomStringConvertible {
    public var level: String
    public var key: String

    public init(level: String, key: String) {
        self.level = level
        self.key = key
    }

    /// Reads `LEVEL:ID`; the key may hold colons.
    /// - Throws: ``FilterError/badArea(_:)``.
    public init(_ text: String) throws(FilterError) {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex, text.index(after: colon) != text.endIndex
        else { throw .badArea(text) }
        level = String(text[..<colon])
        key = String(text[text.index(after: colon)...])
    }

    public var description: String { "\(level):\(key)" }
}
