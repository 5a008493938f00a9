import CDeflate

/// The checksum of gzip, ZIP and PNG (RFC 1952, section 8): the polynomial 0x04C11DB7, bits reversed.
public enum CRC32 {
    /// The checksum of bytes, which follow others where theirs is given.
    /// - Complexity: O(bytes), some tens of gigabytes a second.
    public static func checksum(of bytes: some Collection<UInt8>, following previous: UInt32 = 0) -> UInt32 {
        bytes.withContiguousStorageIfAvailable { libdeflate_crc32(previous, $0.baseAddress, $0.count) }
            ?? Array(bytes).withUnsafeBufferPointer { libdeflate_crc32(previous, $0.baseAddress, $0.count) }
    }
}
