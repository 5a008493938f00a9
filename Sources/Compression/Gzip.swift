import CDeflate

/// Compresses and uncompresses whole buffers in the gzip format (RFC 1952).
public enum Gzip {
    /// What ``decompress(_:limit:)`` lets out unless told otherwise: 1 GiB.
    public static let defaultLimit = 1 << 30

    /// The bytes as one gzip member, without name or time, so that equal bytes become equal data.
    /// - Parameter level: 0 (stored) to 12 (smallest); others are taken as the nearest of these.
    /// - Throws: ``CompressionError/outOfMemory``.
    public static func compress(_ bytes: [UInt8], level: Int = 6) throws(CompressionError) -> [UInt8] {
        try GzipCompressor(level: level).compress(bytes)
    }

    /// What gzip data hold, of all their members.
    /// - Throws: ``CompressionError/tooLarge(limit:)``, ``CompressionError/truncated``,
    ///   ``CompressionError/corrupt(reason:)``.
    public static func decompress(_ bytes: [UInt8], limit: Int = defaultLimit) throws(CompressionError) -> [UInt8] {
        let stream = try GunzipStream()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        let announced = announcedSize(bytes)
        // What announces too much is either too large, cut short or damaged: it is read to know which, but not kept.
        let isKept = announced <= limit
        var output = [UInt8]()
        // Deflate packs at most 1032 to 1: what is announced beyond that is a lie, and gets no memory in advance.
        if isKept { output.reserveCapacity(min(announced, bytes.count &* 1032)) }
        var consumed = 0
        var produced = 0
        while true {
            let progress = try bytes.withUnsafeBufferPointer { (input) throws(CompressionError) in
                let rest = UnsafeBufferPointer(rebasing: input[consumed...])
                return try stream.inflate(UnsafeRawBufferPointer(rest), into: piece)
            }
            consumed += progress.consumed
            produced += progress.produced
            guard produced <= limit else { throw .tooLarge(limit: limit) }
            if isKept { output.append(contentsOf: piece[..<progress.produced]) }
            if consumed == bytes.count, progress.produced < piece.count { break }
        }
        try stream.finish()
        return output
    }

    /// The size that the last member states of itself, in the last four bytes of the data (modulo 4 GiB).
    private static func announcedSize(_ bytes: [UInt8]) -> Int {
        bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
