/// A condition on features as text: CQL2, the filter language of OGC API.
///
/// Taken are the conformance classes *Basic CQL2*, *Advanced Comparison Operators* and *Basic Spatial Functions* with lines and
/// areas: comparisons of a property with a literal, `AND`, `OR`, `NOT`, `BETWEEN`, `IN`, `LIKE` (`%` any run, `_` any one
/// character, `\` takes the next as it is), `IS NULL`, and `S_INTERSECTS` with `BBOX` or well-known text. Keywords are known
/// in either case, property names and texts are not folded.
///
/// ## Example
/// ```swift
/// let filter = try CQL2Filter("category = 'ROBO' AND local_date >= DATE('2024-03-01')")
/// print(filter.properties)  // ["category", "local_date"]
/// ```
///
/// ## Limits
/// ``longestText`` bytes, ``deepestNesting`` parentheses and `NOT`s, ``mostTerms`` predicates and listed values together,
/// ``mostVertices`` positions: what is beyond is refused, so that a filter costs little to read whatever it holds.
///
/// ## Source
/// OGC 21-065r2, *Common Query Language (CQL2)*, annex B.
public struct CQL2Filter: Hashable, Sendable {
    /// What must hold of a feature.
    public let condition: CQL2Condition

    public static let longestText = 65_536
    public static let deepestNesting = 64
    public static let mostTerms = 1_000
    public static let mostVertices = 10_000

    /// - Throws: ``CQL2Error`` with the character at which the text cannot be understood.
    /// - Complexity: O(length).
    public init(_ text: String) throws(CQL2Error) {
        guard text.utf8.count <= Self.longestText else {
            throw CQL2Error(at: Self.longestText, "a filter must have at most \(Self.longestText) bytes")
        }
        var parser = CQL2Parser(text)
        condition = try parser.filter()
    }

    /// The condition as given; nothing is checked.
    public init(_ condition: CQL2Condition) { self.condition = condition }

    /// The names of the properties it looks at, each once, in the order of the text.
    public var properties: [String] {
        var names: [String] = []
        condition.forEachProperty { if !names.contains($0) { names.append($0) } }
        return names
    }
}

extension CQL2Filter: CustomStringConvertible {
    /// The filter in its canonical text, which reads back as the same filter.
    public var description: String {
        var writer = CQL2Writer()
        writer.write(condition, within: .lowest)
        return writer.text
    }
}

extension CQL2Filter: Codable {
    /// Reads a bare string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        try self.init(container.decode(String.self))
    }

    /// Writes the canonical text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Why a text is no filter.
public struct CQL2Error: Error, Hashable, CustomStringConvertible {
    /// Which character of the text, counted from 1.
    public var position: Int
    /// What must stand there, and what does.
    public var reason: String

    init(at position: Int, _ reason: String) {
        self.position = position
        self.reason = reason
    }

    /// One sentence: what must hold, what was found, and where.
    public var description: String { "filter, character \(position): \(reason)" }
}
