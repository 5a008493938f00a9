public import CivilTime

/// The tokens of a server.
public struct TokenList: Hashable, Sendable {
    /// In the order in which they were made; names are unique.
    public private(set) var tokens: [Token]

    /// The most tokens: every one is compared with every request that brings one.
    public static let greatestCount = 1000

    public init() { tokens = [] }

    init(_ tokens: [Token]) { self.tokens = tokens }

    /// Makes a token.
    /// - Returns: what its holder must be told now: it is kept nowhere.
    /// - Throws: ``PrivacyError``.
    public mutating func add(
        _ name: String, role: Role, expires: CalendarDate?, today: CalendarDate
    ) throws(PrivacyError) -> TokenSecret {
        guard Token.isName(name) else { throw .badTokenName(name) }
        guard role.needsToken else { throw .roleWithoutToken }
        guard !tokens.contains(where: { $0.name == name }) else { throw .tokenExists(name) }
        guard tokens.count < Self.greatestCount else { throw .tooManyTokens(Self.greatestCount) }
        if let expires, expires <= today { throw .expiryInThePast(expires.description) }
        let secret = TokenSecret.random()
        tokens.append(
            Token(
                name: name, role: role, created: today, expires: expires, tail: secret.tail,
                digest: try SystemSecrets.sha256(secret.text)))
        return secret
    }

    /// Forgets a token.
    /// - Throws: ``PrivacyError/unknownToken(_:)``.
    public mutating func revoke(_ name: String) throws(PrivacyError) {
        guard let index = tokens.firstIndex(where: { $0.name == name }) else { throw .unknownToken(name) }
        tokens.remove(at: index)
    }

    /// The token that a text is; nil where it is none, or one that has expired.
    ///
    /// Every token is compared to its last byte, whichever it is and whether or not one fits, so the time an answer takes
    /// tells nothing. Texts of more than 256 bytes are no tokens and are not looked at.
    /// - Throws: ``PrivacyError/noDigest``.
    public func token(for text: String, on day: CalendarDate) throws(PrivacyError) -> Token? {
        guard text.utf8.count <= 256 else { return nil }
        let digest = try SystemSecrets.sha256(text)
        var found = -1
        for index in tokens.indices {
            let isEqual = SystemSecrets.equal(tokens[index].digest, digest)
            found = isEqual ? index : found
        }
        guard tokens.indices.contains(found), tokens[found].isValid(on: day) else { return nil }
        return tokens[found]
    }
}
