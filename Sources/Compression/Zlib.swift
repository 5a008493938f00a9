import CDeflate

/// Compresses whole buffers in the zlib format (RFC 1950), as PNG and GeoTIFF hold them.
public enum Zlib {
    /// The bytes as one zlib stream; equal bytes become equal data.
    /// - Parameter level: 0 (stored) to 12 (smallest); others are taken as the nearest of these.
    /// - Throws: ``CompressionError/outOfMemory``.
    public static func compress(_ bytes: [UInt8], level: Int = 6) throws(CompressionError) -> [UInt8] {
        guard let compressor = libdeflate_alloc_compressor(Int32(max(0, min(12, level)))) else { throw .outOfMemory }
        defer { libdeflate_free_compressor(compressor) }
        let bound = libdeflate_zlib_compress_bound(compressor, bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            // The bound holds for every input, so the call cannot run out of room.
            count = libdeflate_zlib_compress(compressor, bytes, bytes.count, buffer.baseAddress, buffer.count)
        }
    }
}
