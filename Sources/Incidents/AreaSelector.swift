/// One area of one level, written `municipality:09015`, or `district:P-1.4.8@2` for that of one version of its boundaries.
public struct AreaSelector: Hashable, Sendable, CustomStringConvertible {
    public var level: String
    public var key: String
    /// Nil where the key means an area in one version only.
    public var version: Int?

    public init(level: String, key: String, version: Int? = nil) {
        self.level = level
        self.key = key
        self.version = version
    }

    /// Reads `LEVEL:ID` or `LEVEL:ID@VERSION`; the key may hold colons and at signs. Where a level has the key `a@2` itself,
    /// that is meant.
    /// - Throws: ``FilterError/badArea(_:)``.
    public init(_ text: String) throws(FilterError) {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex, text.index(after: colon) != text.endIndex
        else { throw .badArea(text) }
        level = String(text[..<colon])
        key = String(text[text.index(after: colon)...])
        guard let at = key.lastIndex(of: "@"), at != key.startIndex else { return }
        let digits = key[key.index(after: at)...]
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), digits.utf8.first != 48, let number = Int32(digits)
        else { return }
        version = Int(number)
        key = String(key[..<at])
    }

    public var description: String { "\(level):\(keyText)" }

    /// The key with its version, as it was written.
    var keyText: String { version.map { "\(key)@\($0)" } ?? key }
}
