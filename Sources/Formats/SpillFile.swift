import Files
import Glibc

/// Bytes that are needed again later and are too many for memory: a file without a name beside the output.
///
/// It has no name from the beginning, so that nothing is left whatever ends the process.
final class SpillFile {
    /// How many bytes there are.
    private(set) var count: Int64 = 0

    private let path: String
    private let descriptor: Int32
    private var pending: [UInt8] = []
    private static let flushed = 1 << 20

    /// - Parameter output: the path beside which it lies; where that is no place for a file, in the temporary folder.
    init(beside output: String) throws(FileError) {
        path = output
        let folder = output.lastIndex(of: "/").map { String(output[...$0]) } ?? "./"
        let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let folders = output == "-" ? [temporary] : [folder, temporary]
        for folder in folders {
            let descriptor = Self.nameless(in: folder)
            if descriptor >= 0 {
                self.descriptor = descriptor
                return
            }
        }
        throw .writing(output, errno)
    }

    deinit { close(descriptor) }

    /// Appends bytes.
    func append(_ bytes: [UInt8]) throws(FileError) {
        pending += bytes
        count += Int64(bytes.count)
        if pending.count >= Self.flushed { try flush() }
    }

    /// Fills the buffer with what lies from `offset` on.
    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) {
        try flush()
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let read = pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + done)
            guard read != 0 else { throw .writing(path, EIO) }
            if read > 0 { done += read } else if errno != EINTR { throw .writing(path, errno) }
        }
    }

    /// Writes everything to the output, in order.
    func copy(to file: AtomicFile) throws(FileError) {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.flushed, alignment: 16)
        defer { piece.deallocate() }
        var offset: Int64 = 0
        while offset < count {
            let part = UnsafeMutableRawBufferPointer(rebasing: piece[..<min(piece.count, Int(count - offset))])
            try read(at: offset, into: part)
            try file.write(UnsafeRawBufferPointer(part))
            offset += Int64(part.count)
        }
    }

    private func flush() throws(FileError) {
        var done = 0
        while done < pending.count {
            let written = pending[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written != 0 else { throw .writing(path, EIO) }
            if written > 0 { done += written } else if errno != EINTR { throw .writing(path, errno) }
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// A file that never had a name, or, where the file system knows none, loses it at once.
    private static func nameless(in folder: String) -> Int32 {
        let flags = O_RDWR | O_CLOEXEC
        // O_TMPFILE, which the importer does not show: __O_TMPFILE | O_DIRECTORY.
        let descriptor = open(folder, flags | 0o20000000 | O_DIRECTORY, 0o600)
        if descriptor >= 0 { return descriptor }
        var template = Array((folder + "/.faro-spill-XXXXXX").utf8CString)
        return template.withUnsafeMutableBufferPointer { name in
            guard let start = name.baseAddress else { return -1 }
            let descriptor = mkstemp(start)
            guard descriptor >= 0 else { return -1 }
            unlink(start)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            return descriptor
        }
    }
}
