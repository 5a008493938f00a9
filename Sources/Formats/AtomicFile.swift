import Glibc
import Synchronization

/// An output file that appears under its name complete, or not at all.
///
/// Bytes go to a temporary file in the same folder; ``commit()`` writes them through to the disk and gives them their
/// name. Until then an older file of that name stays as it is, and whatever ends the writing (an error, ``abort()``,
/// the end of the object's life) removes the temporary file.
///
/// Of a large file, what follows the first 16 MB goes past the system's cache where the file system can do that.
///
/// The path `-` stands for standard output; that and whatever else is no regular file (`/dev/null`, a named pipe) is
/// written to directly. A symbolic link stays, and the file to which it leads is replaced.
///
/// The process must ignore `SIGPIPE` and `SIGXFSZ` for ``FileError/readerGone(path:)`` and the file-size limit to be
/// errors instead of its end.
public final class AtomicFile {
    /// What the caller called the file.
    public let path: String

    private enum Target {
        /// Written directly; the descriptor is closed at the end where it was opened here.
        case direct(closes: Bool)
        case replaced(final: String, temporary: String, overwrites: Bool)
    }

    private let target: Target
    private var descriptor: Int32
    // Aligned, and written only as a whole but for the end, as writing past the system's cache asks.
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    private var buffered = 0
    private var flushed = 0
    private var isUncached = false
    private var failure: FileError?
    /// The system's `write`, which tests replace by one that fails.
    package var writeBytes: (Int32, UnsafeRawPointer?, Int) -> Int = { Glibc.write($0, $1, $2) }

    /// Begins an output.
    /// - Throws: ``FileError/exists(path:)`` where the file exists and `overwrite` is false,
    ///   ``FileError/isDirectory(path:)``, ``FileError/unwritable(path:reason:)``.
    public init(path: String, overwrite: Bool) throws(FileError) {
        self.path = path
        do throws(FileError) {
            (target, descriptor) = try Self.open(path, overwrite: overwrite)
        } catch {
            buffer.deallocate()
            throw error
        }
    }

    deinit {
        abort()
        buffer.deallocate()
    }

    /// Appends bytes.
    /// - Throws: ``FileError/unwritable(path:reason:)``, ``FileError/readerGone(path:)``. After an error the temporary
    ///   file is gone and every further call throws the same error.
    public func write(_ bytes: [UInt8]) throws(FileError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(FileError) in try write(UnsafeRawBufferPointer(bytes)) }
    }

    /// Appends bytes.
    /// - Throws: as ``write(_:)-([UInt8])``.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        try checkOpen()
        var rest = bytes
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(buffer.count - buffered))
            UnsafeMutableRawBufferPointer(rebasing: buffer[buffered...]).copyMemory(from: piece)
            buffered += piece.count
            rest = UnsafeRawBufferPointer(rebasing: rest[piece.count...])
            if buffered == buffer.count { try flush() }
        }
    }

    /// Writes everything through to the disk and gives the file its name.
    /// - Throws: as ``write(_:)-([UInt8])``, and ``FileError/exists(path:)`` where a file of that name has appeared in
    ///   the meantime and is not to be overwritten.
    public func commit() throws(FileError) {
        try checkOpen()
        try flush()
        if case .replaced(let final, let temporary, let overwrites) = target {
            try check(fsync(descriptor))
            let closed = close(descriptor)
            descriptor = -1
            try check(closed)
            try rename(temporary, to: final, overwrites: overwrites)
            Self.uncommitted.withLock { _ = $0.remove(temporary) }
            syncFolder(of: final)
        } else {
            closeDescriptor()
        }
    }

    /// Ends the output without a file. Does nothing after ``commit()``.
    public func abort() {
        closeDescriptor()
        if case .replaced(_, let temporary, _) = target { Self.remove(temporary) }
    }

    /// Removes the temporary files of all outputs that are not committed: for a process that is about to be ended.
    ///
    /// Outputs that go on afterwards fail when they commit. It takes a lock and allocates, so it is called from a
    /// thread that watches for signals, not from within a signal handler.
    public static func removeAllUncommitted() {
        let paths = uncommitted.withLock { paths in
            defer { paths = [] }
            return paths
        }
        for path in paths { unlink(path) }
    }

    private static let uncommitted = Mutex<Set<String>>([])
    private static let counter = Atomic<Int>(0)

    private static func open(_ path: String, overwrite: Bool) throws(FileError) -> (Target, Int32) {
        if path == "-" { return (.direct(closes: false), STDOUT_FILENO) }
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .writing(path, errno) }
            return try create(path, final: path, mode: nil, overwrite: overwrite)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw .isDirectory(path: path)
        case S_IFREG:
            guard overwrite else { throw .exists(path: path) }
            return try create(path, final: resolved(path), mode: status.st_mode & 0o777, overwrite: true)
        default:
            let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .writing(path, errno) }
            return (.direct(closes: true), descriptor)
        }
    }

    /// Creates the temporary file, and registers it before it exists, so that no moment is left in which an interrupt
    /// would leave it behind.
    private static func create(
        _ path: String, final: String, mode: mode_t?, overwrite: Bool
    ) throws(FileError) -> (Target, Int32) {
        while true {
            let number = counter.add(1, ordering: .relaxed).newValue
            let temporary = folder(of: final) + ".faro-\(getpid())-\(number).tmp"
            uncommitted.withLock { _ = $0.insert(temporary) }
            let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 {
                if let mode { fchmod(descriptor, mode) }  // a replaced file keeps its permissions
                return (.replaced(final: final, temporary: temporary, overwrites: overwrite), descriptor)
            }
            let code = errno
            uncommitted.withLock { _ = $0.remove(temporary) }
            // A process of the same number may have been killed here: its file is not ours to remove.
            guard code == EEXIST else { throw .writing(path, code) }
        }
    }

    /// The file to which symbolic links lead.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The folder part of a path, with its final slash; empty for a bare name.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    private static func remove(_ temporary: String) {
        let isOurs = uncommitted.withLock { $0.remove(temporary) != nil }
        if isOurs { unlink(temporary) }
    }

    private func checkOpen() throws(FileError) {
        if let failure { throw failure }
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: "the output is closed") }
    }

    private func flush() throws(FileError) {
        let pending = UnsafeRawBufferPointer(rebasing: buffer[..<buffered])
        if pending.count < buffer.count {
            setUncached(false)
        } else if flushed == Self.cached, case .replaced = target {
            setUncached(true)
        }
        flushed += buffered
        buffered = 0
        try writeThrough(pending)
    }

    /// So many bytes go through the system's cache, and what follows past it: a large file reaches the disk before
    /// ``commit()`` returns in any case, and copying it to the cache costs more than making it.
    private static let cached = 16 << 20

    /// `O_DIRECT`, which the importer does not show.
    #if arch(arm64) || arch(arm)
        private static let direct: Int32 = 0o200000
    #else
        private static let direct: Int32 = 0o40000
    #endif

    private func setUncached(_ isUncached: Bool) {
        guard isUncached != self.isUncached else { return }
        let flags = fcntl(descriptor, F_GETFL)
        let wanted = isUncached ? flags | Self.direct : flags & ~Self.direct
        // Not every file system can; then the cache is used as before.
        let isDone = flags >= 0 && fcntl(descriptor, F_SETFL, wanted) == 0
        self.isUncached = isUncached && isDone
    }

    private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = writeBytes(descriptor, rest.baseAddress, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                // What is left after a short write is no longer aligned.
                if !rest.isEmpty { setUncached(false) }
            } else if isUncached, errno == EINVAL {
                setUncached(false)
            } else if count == 0 || errno != EINTR {
                try fail(count == 0 ? EIO : errno)
            }
        }
    }

    /// Gives the file its name. Without leave to overwrite the name must be free at this very moment, which only
    /// `link` can say; on file systems without links the look before has to do.
    private func rename(_ temporary: String, to final: String, overwrites: Bool) throws(FileError) {
        if !overwrites {
            if link(temporary, final) == 0 {
                unlink(temporary)
                return
            }
            guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else { return try fail(errno) }
            guard access(final, F_OK) != 0 else { return try fail(EEXIST) }
        }
        try check(Glibc.rename(temporary, final))
    }

    /// Makes the new name itself durable. Some file systems cannot sync a folder; the content is safe by then.
    private func syncFolder(of final: String) {
        let folder = Self.folder(of: final)
        let descriptor = Glibc.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func check(_ result: Int32) throws(FileError) {
        if result != 0 { try fail(errno) }
    }

    private func fail(_ code: Int32) throws(FileError) {
        let error = FileError.writing(path, code)
        failure = error
        abort()
        throw error
    }

    private func closeDescriptor() {
        guard descriptor >= 0 else { return }
        if case .direct(closes: false) = target {} else { close(descriptor) }
        descriptor = -1
    }
}
