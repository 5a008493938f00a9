import Files
import Glibc

/// A file of which parts are read, in any order.
final class FileBytes {
    let path: String
    /// Bytes, when it was opened.
    let count: Int64

    private let descriptor: Int32

    /// - Throws: ``FileError/missing(path:)``, ``FileError/isDirectory(path:)``, ``FileError/unreadable(path:reason:)``.
    init(path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .reading(path, errno) }
        var status = stat()
        let code = fstat(descriptor, &status) == 0 ? 0 : errno
        let type = status.st_mode & S_IFMT
        guard code == 0, type == S_IFREG else {
            close(descriptor)
            throw .reading(path, code != 0 ? code : type == S_IFDIR ? EISDIR : ESPIPE)
        }
        self.path = path
        self.descriptor = descriptor
        count = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// The bytes from `offset` on; nil where the file ends before them, or the numbers are none for a file.
    func read(at offset: Int64, count: Int) throws(FileError) -> [UInt8]? {
        guard offset >= 0, count >= 0, offset <= self.count, Int64(count) <= self.count - offset else { return nil }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            while done < count {
                let read = pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset) + done)
                if read > 0 {
                    done += read
                } else if read == 0 {
                    return  // cut short since it was opened
                } else if errno != EINTR {
                    failure = errno
                    return
                }
            }
        }
        if failure != 0 { throw .reading(path, failure) }
        return bytes.count == count ? bytes : nil
    }
}
