import CDeflate

/// Compresses and uncompresses whole buffers in the zlib format (RFC 1950), in which TIFF and PNG hold DEFLATE.
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

    /// What a zlib stream holds, whose length is known beforehand.
    /// - Parameter count: how many bytes it holds; memory for them is taken whatever the data are.
    /// - Throws: ``CompressionError/notZlib(of:)``, ``CompressionError/outOfMemory``.
    public static func decompress(_ bytes: [UInt8], count: Int) throws(CompressionError) -> [UInt8] {
        guard let decompressor = libdeflate_alloc_decompressor() else { throw .outOfMemory }
        defer { libdeflate_free_decompressor(decompressor) }
        var result = LIBDEFLATE_BAD_DATA
        let output = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, written in
            // Without a place for the written length, less than the buffer's length is an error as well.
            result = libdeflate_zlib_decompress(
                decompressor, bytes, bytes.count, buffer.baseAddress, buffer.count, nil)
            written = result == LIBDEFLATE_SUCCESS ? buffer.count : 0
        }
        guard result == LIBDEFLATE_SUCCESS else { throw .notZlib(of: count) }
        return output
    }
}
