import Files

extension RandomAccessFile {
    /// How many bytes it had when it was opened, in the numbers in which TIFF counts.
    var length: Int64 { Int64(clamping: count) }

    /// The bytes from `offset` on; nil where the file ends before them, or the numbers are none for a file.
    func whole(at offset: Int64, count: Int) throws(FileError) -> [UInt8]? {
        guard offset >= 0, count >= 0, offset <= length, Int64(count) <= length - offset else { return nil }
        let bytes = try read(at: UInt64(offset), count: count)
        return bytes.count == count ? bytes : nil
    }
}
