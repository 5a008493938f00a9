import CDeflate

/// Compresses one buffer after the other in the gzip format (RFC 1952), with memory that it keeps in between.
///
/// For one thread at a time.
public final class GzipCompressor {
    private let compressor: OpaquePointer
    private var room: [UInt8] = []
    /// More room is given back after each buffer.
    private static let mostKept = 1 << 24

    /// - Parameter level: 0 (stored) to 12 (smallest); others are taken as the nearest of these.
    /// - Throws: ``CompressionError/outOfMemory``.
    public init(level: Int = 6) throws(CompressionError) {
        guard let compressor = libdeflate_alloc_compressor(Int32(max(0, min(12, level)))) else { throw .outOfMemory }
        self.compressor = compressor
    }

    deinit { libdeflate_free_compressor(compressor) }

    /// The bytes as one gzip member, without name or time, so that equal bytes become equal data.
    public func compress(_ bytes: [UInt8]) -> [UInt8] {
        let bound = libdeflate_gzip_compress_bound(compressor, bytes.count)
        defer { if room.count > Self.mostKept { room = [] } }
        if room.count < bound { room = [UInt8](repeating: 0, count: bound) }
        return room.withUnsafeMutableBufferPointer { room in
            // The bound holds for every input, so the call cannot run out of room.
            let count = libdeflate_gzip_compress(compressor, bytes, bytes.count, room.baseAddress, room.count)
            return [UInt8](room[..<count])
        }
    }
}
