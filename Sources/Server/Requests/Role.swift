/// Who asks. Each sees what those before it see, and more.
public enum Role: String, Sendable, CaseIterable, Comparable {
    /// Nobody in particular: aggregates only.
    case `public`
    case planner
    case researcher
    /// May also write.
    case admin

    /// Whether exact places may leave the store for this role.
    public var seesPlaces: Bool { self >= .planner }

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

/// Knows which role a bearer token gives.
public protocol TokenVerifier: Sendable {
    /// - Returns: nil for a token that is unknown or no longer holds.
    func role(of token: String) async throws -> Role?
}

/// Knows no token: everybody is who the server says.
public struct NoTokens: TokenVerifier {
    public init() {}
    public func role(of token: String) -> Role? { nil }
}
