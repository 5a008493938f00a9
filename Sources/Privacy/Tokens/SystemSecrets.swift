import CCrypto

/// Randomness and fingerprints from the system.
enum SystemSecrets {
    /// From the kernel: Swift's generator asks `getrandom` for every number.
    static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }

    /// SHA-256 (FIPS 180-4), 32 bytes.
    /// - Throws: ``PrivacyError/noDigest``.
    static func sha256(_ text: String) throws(PrivacyError) -> [UInt8] {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        guard EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil) == 1, length == 32 else {
            throw .noDigest
        }
        return digest
    }

    /// Whether two fingerprints are equal, in a time that does not depend on where they differ.
    @inline(never)
    static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        var difference: UInt8 = 0
        for index in a.indices { difference |= a[index] ^ b[index] }
        return difference == 0
    }
}
