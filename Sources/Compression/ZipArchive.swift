import CZip

/// A ZIP archive, read entry by entry into memory.
///
/// Nothing is ever written to disk, so an entry named `../../etc/passwd` is a name like any other. An archive is read
/// as it stood when it was opened and belongs to one thread at a time.
public final class ZipArchive {
    /// One file within the archive.
    public struct Entry: Hashable, Sendable {
        /// The name with its folders, separated by `/`; a folder's own entry ends in `/`.
        public var name: String
        /// The size that the archive states, in bytes. Reading checks it.
        public var uncompressedSize: UInt64
        /// Where the entry stands in the archive's directory.
        var index: UInt64
    }

    /// How many entries an archive may hold.
    public static let entryLimit: Int64 = 100_000
    /// What reading an entry lets out unless told otherwise: 2 GiB.
    public static let defaultLimit = 1 << 31

    public let path: String
    /// All entries, in the order of the archive's directory.
    public let entries: [Entry]
    private let handle: OpaquePointer

    /// Opens an archive and reads its directory.
    /// - Throws: ``CompressionError/archiveUnreadable(path:reason:)``, ``CompressionError/notZip(path:)``,
    ///   ``CompressionError/archiveDamaged(path:reason:)``, ``CompressionError/tooManyEntries(path:count:limit:)``.
    public convenience init(path: String) throws(CompressionError) {
        try self.init(path: path, entryLimit: Self.entryLimit)
    }

    package init(path: String, entryLimit: Int64) throws(CompressionError) {
        var code: Int32 = 0
        guard let handle = zip_open(path, ZIP_RDONLY, &code) else { throw Self.openError(path, code) }
        do throws(CompressionError) {
            entries = try Self.directory(of: handle, path: path, limit: entryLimit)
        } catch {
            zip_discard(handle)
            throw error
        }
        self.handle = handle
        self.path = path
    }

    deinit { zip_discard(handle) }

    /// The bytes of the entry called `name`; of the first, where several are.
    /// - Throws: ``CompressionError/entryMissing(path:name:)`` and what ``read(_:limit:)`` throws.
    public func read(named name: String, limit: Int = defaultLimit) throws(CompressionError) -> [UInt8] {
        guard let entry = entries.first(where: { $0.name == name }) else { throw .entryMissing(path: path, name: name) }
        return try read(entry, limit: limit)
    }

    /// The bytes of an entry, with their checksum verified.
    /// - Throws: ``CompressionError/entryTooLarge(path:name:limit:)`` before anything is read where the archive states
    ///   a size above the limit, and at the limit where it lies; ``CompressionError/entryUnreadable(path:name:reason:)``.
    public func read(_ entry: Entry, limit: Int = defaultLimit) throws(CompressionError) -> [UInt8] {
        guard entry.uncompressedSize <= limit else { throw tooLarge(entry, limit) }
        guard let file = zip_fopen_index(handle, entry.index, 0) else {
            throw unreadable(entry, zip_get_error(handle))
        }
        defer { zip_fclose(file) }
        var output = [UInt8]()
        // The stated size may be a lie: beyond 16 MiB memory is taken as the bytes come.
        output.reserveCapacity(Int(min(entry.uncompressedSize, 1 << 24)))
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = zip_fread(file, piece.baseAddress, UInt64(piece.count))
            guard count >= 0 else { throw unreadable(entry, zip_file_get_error(file)) }
            guard count > 0 else { break }
            guard output.count + Int(count) <= limit else { throw tooLarge(entry, limit) }
            output.append(contentsOf: piece[..<Int(count)])
        }
        guard UInt64(output.count) == entry.uncompressedSize else {
            throw .entryUnreadable(
                path: path, name: entry.name,
                reason: "\(entry.uncompressedSize) bytes are announced, but \(output.count) are there")
        }
        return output
    }

    private static func directory(
        of handle: OpaquePointer, path: String, limit: Int64
    ) throws(CompressionError) -> [Entry] {
        let count = zip_get_num_entries(handle, 0)
        guard count <= limit else { throw .tooManyEntries(path: path, count: count, limit: limit) }
        var entries: [Entry] = []
        for index in 0..<UInt64(max(0, count)) {
            var status = zip_stat_t()
            // Without flags libzip gives the name in UTF-8, guessing where the archive does not say what it is.
            guard zip_stat_index(handle, index, 0, &status) == 0, let name = status.name else {
                throw .archiveDamaged(path: path, reason: message(zip_get_error(handle)))
            }
            entries.append(Entry(name: String(cString: name), uncompressedSize: status.size, index: index))
        }
        return entries
    }

    private static func openError(_ path: String, _ code: Int32) -> CompressionError {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        return switch code {
        case ZIP_ER_NOZIP: .notZip(path: path)
        case ZIP_ER_NOENT, ZIP_ER_OPEN, ZIP_ER_READ: .archiveUnreadable(path: path, reason: message(&error))
        default: .archiveDamaged(path: path, reason: message(&error))
        }
    }

    private static func message(_ error: UnsafeMutablePointer<zip_error_t>?) -> String {
        guard let error, let text = zip_error_strerror(error) else { return "unknown error" }
        return String(cString: text)
    }

    private func unreadable(_ entry: Entry, _ error: UnsafeMutablePointer<zip_error_t>?) -> CompressionError {
        .entryUnreadable(path: path, name: entry.name, reason: Self.message(error))
    }

    private func tooLarge(_ entry: Entry, _ limit: Int) -> CompressionError {
        .entryTooLarge(path: path, name: entry.name, limit: limit)
    }
}
