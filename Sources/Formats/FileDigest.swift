import CCrypto
public import Files
import Glibc

/// Fingerprints of files, by which an import knows what it has read before.
public enum FileDigest {
    /// The SHA-256 (FIPS 180-4) of a file's bytes as they stand on disk, in 64 lower-case hexadecimal digits.
    /// - Throws: ``FileError``.
    /// - Complexity: O(length), constant memory.
    public static func sha256(ofFileAt path: String) throws(FileError) -> String {
        let source = try ByteSource(rawContentOf: path)
        guard let context = EVP_MD_CTX_new() else { throw .reading(path, ENOMEM) }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw unavailable(path) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: ByteSource.defaultChunkSize, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = try source.read(into: piece)
            guard count > 0 else { break }
            guard EVP_DigestUpdate(context, piece.baseAddress, count) == 1 else { throw unavailable(path) }
        }
        var digest = [UInt8](repeating: 0, count: 32)
        guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw unavailable(path) }
        return hexadecimal(digest)
    }

    private static func unavailable(_ path: String) -> FileError {
        .unreadable(path: path, reason: "SHA-256 is not available in the system's libcrypto")
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
