import Glibc

/// An output file that appears under its name complete, or not at all.
///
/// Bytes go to a temporary file in the same folder; ``commit()`` writes them through to the disk and gives them their
/// name. Until then an older file of that name stays as it is, and whatever ends the writing (an error, ``abort()``,
/// the end of the object's life) removes the temporary file.
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
        case staged(StagedOutput)
    }

    private let target: Target
    private var descriptor: Int32
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    private var buffered = 0
    /// How many bytes have left the buffer.
    private var written = 0
    private var failure: FileError?
    /// The system's `write`, which tests replace by one that fails.
    package var writeBytes: (Int32, UnsafeRawPointer?, Int) -> Int = { Glibc.write($0, $1, $2) }

    /// Begins an output.
    /// - Parameter mode: the permissions that the file has from its first byte on, whatever an older one had; nil leaves
    ///   them to the process's mask, or as an older file has them.
    /// - Throws: ``FileError/exists(path:)`` where the file exists and `overwrite` is false,
    ///   ``FileError/isDirectory(path:)``, ``FileError/unwritable(path:reason:)``.
    public init(path: String, overwrite: Bool, mode: UInt32? = nil) throws(FileError) {
        self.path = path
        do throws(FileError) {
            (target, descriptor) = try Self.open(path, overwrite: overwrite, mode: mode)
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
        if bytes.count > buffer.count - buffered { try flush() }
        guard bytes.count < buffer.count else { return try writeThrough(bytes) }
        UnsafeMutableRawBufferPointer(rebasing: buffer[buffered...]).copyMemory(from: bytes)
        buffered += bytes.count
    }

    /// How many bytes the output has so far.
    public var count: Int { written + buffered }

    /// Puts other bytes in the place of some that were appended before, such as a header whose figures are known last.
    /// - Throws: as ``write(_:)-([UInt8])``; ``FileError/unwritable(path:reason:)`` also for an output that is written
    ///   directly, and for a place that does not lie within what was appended.
    public func rewrite(_ bytes: [UInt8], at offset: Int) throws(FileError) {
        try checkOpen()
        guard case .staged = target else { throw .unwritable(path: path, reason: "it must be a regular file") }
        guard offset >= 0, offset <= count, bytes.count <= count - offset else {
            throw .unwritable(path: path, reason: "nothing stands yet where it is to be changed")
        }
        try flush()
        var done = 0
        while done < bytes.count {
            let step = bytes[done...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset + done))
            }
            if step > 0 { done += step } else if step == 0 || errno != EINTR { try fail(step == 0 ? EIO : errno) }
        }
    }

    /// Whether the output holds these bytes at a place: for writers that store equal pieces once.
    /// - Throws: ``FileError/unwritable(path:reason:)`` where they cannot be read back.
    /// - Complexity: O(bytes); reads the file where the place has left the buffer.
    public func holds(_ bytes: [UInt8], at offset: Int) throws(FileError) -> Bool {
        guard offset >= 0, offset <= count, bytes.count <= count - offset else { return false }
        guard offset < written else {
            return buffer[(offset - written)..<(offset - written + bytes.count)].elementsEqual(bytes)
        }
        try checkOpen()
        try flush()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
        defer { piece.deallocate() }
        var done = 0
        while done < bytes.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: piece[done..<bytes.count])
            let step = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if step > 0 { done += step } else if step == 0 || errno != EINTR { try fail(step == 0 ? EIO : errno) }
        }
        return piece[..<bytes.count].elementsEqual(bytes)
    }

    /// Writes everything through to the disk and gives the file its name.
    /// - Throws: as ``write(_:)-([UInt8])``, and ``FileError/exists(path:)`` where a file of that name has appeared in
    ///   the meantime and is not to be overwritten.
    public func commit() throws(FileError) {
        try checkOpen()
        try flush()
        if case .staged(let staged) = target {
            try check(fsync(descriptor))
            let closed = close(descriptor)
            descriptor = -1
            try check(closed)
            do throws(FileError) {
                try staged.publish()
            } catch {
                failure = error
                throw error
            }
        } else {
            closeDescriptor()
        }
    }

    /// Ends the output without a file. Does nothing after ``commit()``.
    public func abort() {
        closeDescriptor()
        if case .staged(let staged) = target { staged.abort() }
    }

    /// Removes what all outputs that are not committed have written so far: for a process that is about to be ended.
    ///
    /// Outputs that go on afterwards fail when they commit. It takes a lock and allocates, so it is called from a
    /// thread that watches for signals, not from within a signal handler.
    public static func removeAllUncommitted() { StagedOutput.removeAllUncommitted() }

    private static func open(
        _ path: String, overwrite: Bool, mode: UInt32?
    ) throws(FileError) -> (Target, Int32) {
        if path == "-" { return (.direct(closes: false), STDOUT_FILENO) }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG, status.st_mode & S_IFMT != S_IFDIR {
            let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .writing(path, errno) }
            return (.direct(closes: true), descriptor)
        }
        let (staged, descriptor) = try StagedOutput.file(path: path, overwrite: overwrite, mode: mode)
        return (.staged(staged), descriptor)
    }

    private func checkOpen() throws(FileError) {
        if let failure { throw failure }
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: "the output is closed") }
    }

    private func flush() throws(FileError) {
        let pending = UnsafeRawBufferPointer(rebasing: buffer[..<buffered])
        buffered = 0
        try writeThrough(pending)
    }

    private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = writeBytes(descriptor, rest.baseAddress, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                written += count
            } else if count == 0 || errno != EINTR {
                try fail(count == 0 ? EIO : errno)
            }
        }
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
