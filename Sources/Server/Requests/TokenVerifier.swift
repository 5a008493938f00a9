import CivilTime
import Foundation
public import Privacy

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

extension TokenWatch: TokenVerifier {
    /// As of today in UTC. A token list that cannot be read lets nobody in.
    public func role(of token: String) throws -> Role? {
        let days = (Date().timeIntervalSince1970 / 86_400).rounded(.down)
        return try role(for: token, on: CalendarDate(daysSince1970: Int32(days)))
    }
}
