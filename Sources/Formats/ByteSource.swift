import Compression
public import Files
import Glibc

/// The bytes of a file, one after the other, uncompressed on the way where they are gzip data.
///
/// Whether they are is decided by the content (`1F 8B`), not by the name. A source reads forwards only, once, and
/// belongs to one thread at a time.
public final class ByteSource {
    /// How many bytes are asked of the system at once unless told otherwise: 256 KiB.
    public static let defaultChunkSize = 1 << 18

    /// What messages call the source: the path, or `standard input`.
    public let name: String
    /// The length of the file as it stands on disk; nil for a pipe.
    public let fileSize: Int64?
    /// How many bytes have been taken from the file, compressed as they stand there: against ``fileSize``, progress.
    public private(set) var bytesRead: Int64 = 0
    /// Whether the content is gzip data.
    public var isGzipped: Bool { stream != nil }

    private enum Origin {
        case descriptor(Int32)
        /// Bytes in memory; ``ByteSource/bytesRead`` of them are read.
        case memory([UInt8])
    }

    private let origin: Origin
    private let chunkSize: Int
    private var stream: GunzipStream?
    // What was taken from the origin and not yet handed out: the beginning, by which gzip data are told, and the
    // compressed input after it. Other content goes straight into the caller's buffer.
    private let chunk: UnsafeMutableRawBufferPointer
    private var chunkStart = 0
    private var chunkEnd = 0
    private var isAtEnd = false

    /// Opens a file, or standard input for `-`.
    /// - Throws: ``FileError/missing(path:)``, ``FileError/isDirectory(path:)``,
    ///   ``FileError/unreadable(path:reason:)``.
    public convenience init(path: String) throws(FileError) {
        try self.init(path: path, gunzips: true)
    }

    /// Bytes that are in memory already, such as an entry of a ZIP archive; gzip data are uncompressed here as well.
    /// - Parameters:
    ///   - name: what messages call them.
    ///   - chunkSize: the most that one read gives, in bytes.
    public convenience init(
        bytes: [UInt8], name: String, chunkSize: Int = ByteSource.defaultChunkSize
    ) throws(FileError) {
        let size = Int64(bytes.count)
        try self.init(.memory(bytes), name: name, fileSize: size, gunzips: true, chunkSize: chunkSize)
    }

    /// Opens a file for its bytes as they stand on disk.
    convenience init(rawContentOf path: String) throws(FileError) {
        try self.init(path: path, gunzips: false)
    }

    private convenience init(path: String, gunzips: Bool) throws(FileError) {
        if path == "-" {
            try self.init(.descriptor(STDIN_FILENO), name: "standard input", fileSize: nil, gunzips: gunzips)
            return
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .reading(path, errno) }
        var status = stat()
        let code = fstat(descriptor, &status) == 0 ? 0 : errno
        let type = status.st_mode & S_IFMT
        guard code == 0, type != S_IFDIR else {
            close(descriptor)
            throw .reading(path, code == 0 ? EISDIR : code)
        }
        let size = type == S_IFREG ? Int64(status.st_size) : nil
        try self.init(.descriptor(descriptor), name: path, fileSize: size, gunzips: gunzips)
    }

    private init(
        _ origin: Origin, name: String, fileSize: Int64?, gunzips: Bool, chunkSize: Int = ByteSource.defaultChunkSize
    ) throws(FileError) {
        self.origin = origin
        self.name = name
        self.fileSize = fileSize
        self.chunkSize = max(chunkSize, 1)
        chunk = .allocate(byteCount: max(chunkSize, FileKind.prefixLength), alignment: 16)
        // Every property has its value, so deinit closes the file when something throws from here on.
        guard gunzips else { return }
        try fillChunk(upTo: 2)
        guard chunkEnd >= 2, chunk[0] == 0x1F, chunk[1] == 0x8B else { return }
        stream = try inflating { () throws(CompressionError) in try GunzipStream() }
    }

    deinit {
        chunk.deallocate()
        if case .descriptor(let descriptor) = origin, descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// Reads up to `buffer.count` bytes.
    /// - Returns: how many were read; 0 at the end, or for an empty buffer.
    /// - Throws: ``FileError/unreadable(path:reason:)``; ``FileError/damaged(path:reason:)`` where gzip data are
    ///   damaged or cut short.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        guard !buffer.isEmpty else { return 0 }
        if let stream { return try gunzip(stream, into: buffer) }
        guard chunkStart < chunkEnd else { return try readOrigin(into: buffer) }
        let count = min(buffer.count, chunkEnd - chunkStart)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: chunk[chunkStart..<(chunkStart + count)]))
        chunkStart += count
        return count
    }

    /// The whole content of a file, uncompressed, for documents that have to be in memory.
    /// - Parameter limit: how many bytes it may hold.
    /// - Throws: ``FileError/tooLarge(path:limit:)`` and what reading throws.
    public static func readAll(path: String, limit: Int) throws(FileError) -> [UInt8] {
        let source = try ByteSource(path: path)
        var bytes: [UInt8] = []
        if !source.isGzipped, let size = source.fileSize {
            guard size <= limit else { throw .tooLarge(path: source.name, limit: limit) }
            bytes.reserveCapacity(Int(size))
        }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: defaultChunkSize, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = try source.read(into: piece)
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { throw .tooLarge(path: source.name, limit: limit) }
            bytes.append(contentsOf: piece[..<count])
        }
    }

    /// What a file is, by its first bytes as they stand on disk.
    /// - Throws: ``FileError``.
    public static func kind(ofFileAt path: String) throws(FileError) -> FileKind {
        let source = try ByteSource(rawContentOf: path)
        try source.fillChunk(upTo: FileKind.prefixLength)
        return FileKind(prefix: UnsafeRawBufferPointer(rebasing: source.chunk[..<source.chunkEnd]))
    }

    private func gunzip(
        _ stream: GunzipStream, into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileError) -> Int {
        while true {
            let input = UnsafeRawBufferPointer(rebasing: chunk[chunkStart..<chunkEnd])
            let progress = try inflating { () throws(CompressionError) in try stream.inflate(input, into: buffer) }
            chunkStart += progress.consumed
            if progress.produced > 0 { return progress.produced }
            if isAtEnd {
                try inflating { () throws(CompressionError) in try stream.finish() }
                return 0
            }
            // Nothing came out, so the inflater has used up all its input.
            chunkStart = 0
            chunkEnd = 0
            try fillChunk(upTo: 1)
        }
    }

    /// Runs a step of the inflater; its errors get the file's name.
    private func inflating<Result>(_ step: () throws(CompressionError) -> Result) throws(FileError) -> Result {
        do {
            return try step()
        } catch {
            throw .damaged(path: name, reason: error.description)
        }
    }

    /// Adds to the chunk until it holds `count` bytes or the content ends.
    private func fillChunk(upTo count: Int) throws(FileError) {
        while !isAtEnd, chunkEnd < count {
            chunkEnd += try readOrigin(into: UnsafeMutableRawBufferPointer(rebasing: chunk[chunkEnd...]))
        }
    }

    private func readOrigin(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        guard !isAtEnd else { return 0 }
        let count: Int
        switch origin {
        case .descriptor(let descriptor): count = try readDescriptor(descriptor, into: buffer)
        case .memory(let bytes):
            let start = Int(bytesRead)
            count = min(buffer.count, chunkSize, bytes.count - start)
            bytes[start..<(start + count)].withUnsafeBytes { buffer.copyMemory(from: $0) }
        }
        bytesRead += Int64(count)
        isAtEnd = count == 0
        return count
    }

    private func readDescriptor(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
    ) throws(FileError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .reading(name, errno) }
        }
    }
}
