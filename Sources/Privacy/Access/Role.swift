/// Who asks: what a token says, or `public` without one.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// No token. Sees what the gate publishes.
    case `public`
    /// Police planning: exact places, but not those of sensitive offences.
    case planner
    /// The observatory's own analysts: everything that is read.
    case researcher
    /// Runs the server: everything that is read, imports and metrics.
    case admin

    /// Whether a token can carry the role: `public` is what one is without a token.
    public var needsToken: Bool { self != .public }

    /// Whether exact places may leave the store for this role.
    public var seesPlaces: Bool { self >= .planner }

    /// Each sees what those before it see, and more.
    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .public: 0
        case .planner: 1
        case .researcher: 2
        case .admin: 3
        }
    }
}
