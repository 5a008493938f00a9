/// What `LIKE` compares a text with.
///
/// `%` stands for any run of characters, also none, `_` for exactly one, and `\` takes the next character as it is. Case
/// counts.
public struct CQL2Pattern: Hashable, Sendable {
    /// As the filter writes it, without its quotes.
    public let text: String
    private let parts: [Part]

    private enum Part: Hashable, Sendable {
        case run
        case any
        case scalar(Unicode.Scalar)
    }

    /// Reads a pattern; a `\` at its end stands for itself.
    public init(_ text: String) {
        self.text = text
        var parts: [Part] = []
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case _ where isEscaped:
                parts.append(.scalar(scalar))
                isEscaped = false
            case "\\": isEscaped = true
            // Two runs side by side are one.
            case "%": if parts.last != .run { parts.append(.run) }
            case "_": parts.append(.any)
            default: parts.append(.scalar(scalar))
            }
        }
        if isEscaped { parts.append(.scalar("\\")) }
        self.parts = parts
    }

    /// Whether the whole of a text is what the pattern describes.
    ///
    /// - Complexity: O(text · pattern) at worst; a run that fails is tried one character further, and never again once a later
    ///   run is reached.
    public func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var (at, part) = (0, 0)
        var retry: (at: Int, part: Int)?
        while at < scalars.count {
            if part < parts.count, parts[part] == .run {
                retry = (at, part)
                part += 1
            } else if part < parts.count, parts[part] == .any || parts[part] == .scalar(scalars[at]) {
                at += 1
                part += 1
            } else if let last = retry {
                retry = (last.at + 1, last.part)
                (at, part) = (last.at + 1, last.part + 1)
            } else {
                return false
            }
        }
        while part < parts.count, parts[part] == .run { part += 1 }
        return part == parts.count
    }
}
