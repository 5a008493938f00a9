public import CivilTime

/// What is kept of a token: never the token itself.
public struct Token: Hashable, Sendable {
    /// By which people speak of it.
    public var name: String
    public var role: Role
    public var created: CalendarDate
    /// The last day on which it is accepted, in UTC; nil never ends.
    public var expires: CalendarDate?
    /// The last four characters of the secret, by which its holder recognises it.
    public var tail: String
    /// SHA-256 of the secret.
    ///
    /// A slow, memory-hard hash is for passwords that people choose: there are few of them, so they can be tried. Of 256
    /// random bits nobody can try a part worth the name, and a slow hash would let strangers keep the server busy.
    public var digest: [UInt8]

    public init(
        name: String, role: Role, created: CalendarDate, expires: CalendarDate?, tail: String, digest: [UInt8]
    ) {
        self.name = name
        self.role = role
        self.created = created
        self.expires = expires
        self.tail = tail
        self.digest = digest
    }

    /// Whether it is accepted on a day.
    public func isValid(on day: CalendarDate) -> Bool { expires.map { day <= $0 } ?? true }

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
            }
    }
}

/// A token as its holder has it: `faro_` and 43 characters, 256 random bits in base64url (RFC 4648, section 5).
///
/// Printed once. Its text is only in ``text``: printing the value says nothing, so that no log holds it by mistake.
public struct TokenSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public let text: String

    static let prefix = "faro_"

    public static func random() -> TokenSecret {
        TokenSecret(text: prefix + base64URL(SystemSecrets.randomBytes(32)))
    }

    public var description: String { "a token" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    var tail: String { String(text.suffix(4)) }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var (pool, bits) = (UInt32(0), 0)
        for byte in bytes {
            pool = pool << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(pool >> UInt32(bits) & 63)])
            }
            pool &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { text.append(alphabet[Int(pool << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
