/// Why a crime scheme or a mapping to one cannot be used.
public enum TaxonomyError: Error, Hashable, CustomStringConvertible {
    case unknownScheme(String, known: [String])
    case badScheme(reason: String)
    /// - Parameter place: where the rule stands: `mapping.csv:12`; empty where it stands nowhere.
    case badRule(place: String, reason: String)

    public var description: String {
        switch self {
        case .unknownScheme(let name, let known):
            "\"\(name)\" is no crime scheme; known are \(known.joined(separator: ", "))"
        case .badScheme(let reason): "the crime scheme cannot be used: \(reason)"
        case .badRule(let place, let reason):
            (place.isEmpty ? "the crime mapping cannot be used: " : "\(place): ") + reason
        }
    }
}
