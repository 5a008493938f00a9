import Glibc

/// A file that is read piece by piece from any place.
///
/// It asks the system for every piece in place of mapping the file into memory: a mapped file that another program cuts
/// short ends the process.
public final class RandomAccessFile: Sendable {
    /// What the caller called the file.
    public let path: String
    /// How many bytes it had when it was opened.
    public let count: UInt64
    private let descriptor: Int32

    /// - Throws: ``FileError/missing(path:)``, ``FileError/isDirectory(path:)``,
    ///   ``FileError/unreadable(path:reason:)`` also for what is no regular file.
    public init(path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .reading(path, errno) }
        var status = stat()
        let code = fstat(descriptor, &status) == 0 ? 0 : errno
        let type = status.st_mode & S_IFMT
        guard code == 0, type == S_IFREG, let count = UInt64(exactly: status.st_size) else {
            close(descriptor)
            guard code == 0, type != S_IFDIR else { throw .reading(path, code == 0 ? EISDIR : code) }
            throw .unreadable(path: path, reason: "it must be a regular file")
        }
        self.path = path
        self.count = count
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Reads a piece.
    /// - Returns: fewer bytes than asked for where the file ends; none where the place lies beyond its end.
    /// - Throws: ``FileError/unreadable(path:reason:)``.
    public func read(at offset: UInt64, count: Int) throws(FileError) -> [UInt8] {
        guard offset < self.count, count > 0 else { return [] }
        let count = Int(min(UInt64(count), self.count - offset))
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            done = 0
            while done < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[done...])
                let step = pread(descriptor, rest.baseAddress, count - done, off_t(offset) + off_t(done))
                if step > 0 {
                    done += step
                } else if step == 0 {
                    break
                } else if errno != EINTR {
                    code = errno
                    break
                }
            }
        }
        guard code == 0 else { throw .reading(path, code) }
        return bytes
    }
}
