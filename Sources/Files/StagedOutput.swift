import Glibc
import Synchronization

/// A file or folder that something else writes, such as SQLite, and that appears under its name complete or not at all.
///
/// It is prepared under ``temporary`` in the same folder; ``commit()`` writes it through to the disk and gives it its
/// name. Until then whatever has that name stays as it is, and what ends the work (an error, ``abort()``, the end of the
/// object's life) removes what was prepared.
public final class StagedOutput {
    /// What the caller called the output.
    public let path: String
    /// Where it is to be written: an empty file or an empty folder that exists.
    public let temporary: String

    private let final: String
    private let isFolder: Bool
    private let overwrites: Bool

    private init(path: String, final: String, isFolder: Bool, overwrites: Bool, temporary: String) {
        self.path = path
        self.final = final
        self.isFolder = isFolder
        self.overwrites = overwrites
        self.temporary = temporary
    }

    deinit { abort() }

    /// Begins a file, which must be a regular one where it exists. A symbolic link stays, and its file is replaced.
    /// - Throws: ``FileError/exists(path:)`` where the file exists and `overwrite` is false,
    ///   ``FileError/isDirectory(path:)``, ``FileError/unwritable(path:reason:)``.
    public static func file(path: String, overwrite: Bool) throws(FileError) -> StagedOutput {
        let (staged, descriptor): (StagedOutput, Int32) = try file(path: path, overwrite: overwrite)
        close(descriptor)
        return staged
    }

    /// Begins a folder.
    ///
    /// - Parameter overwrite: whether a folder of that name is replaced with all it holds. Whether it may be is for the
    ///   caller to find out first. An empty folder is always replaced.
    /// - Throws: ``FileError/exists(path:)``, ``FileError/unwritable(path:reason:)``.
    public static func folder(path: String, overwrite: Bool) throws(FileError) -> StagedOutput {
        var name = path
        while name.count > 1, name.hasSuffix("/") { name.removeLast() }
        var status = stat()
        if stat(name, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw .exists(path: path) }
            guard overwrite || FolderTree.isEmpty(name) else { throw .exists(path: path) }
            name = resolved(name)
        }
        let temporary = try reserve(path, beside: name) { mkdir($0, 0o777) }.temporary
        return StagedOutput(path: path, final: name, isFolder: true, overwrites: overwrite, temporary: temporary)
    }

    /// Writes everything through to the disk and gives the output its name. To be called once, when nothing is open.
    /// - Throws: ``FileError/unwritable(path:reason:)``, and ``FileError/exists(path:)`` where something of that name has
    ///   appeared in the meantime and is not to be overwritten. Nothing is left behind then.
    public func commit() throws(FileError) {
        if isFolder {
            sync()  // a folder may hold a million small files: all of them at once are synced faster than one by one
        } else {
            let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { try fail(errno) }
            let result = fsync(descriptor)
            let code = errno
            close(descriptor)
            guard result == 0 else { try fail(code) }
        }
        try publish()
    }

    /// Ends the output without a result. Does nothing after ``commit()``.
    public func abort() {
        if Self.uncommitted.withLock({ $0.remove(temporary) != nil }) { FolderTree.remove(temporary) }
    }

    /// Begins a file that the caller writes through the descriptor, which is the caller's to close.
    static func file(
        path: String, overwrite: Bool, mode given: mode_t? = nil
    ) throws(FileError) -> (StagedOutput, Int32) {
        var final = path
        var mode = given
        var status = stat()
        if stat(path, &status) == 0 {
            let type = status.st_mode & S_IFMT
            guard type != S_IFDIR else { throw .isDirectory(path: path) }
            guard type == S_IFREG else { throw .unwritable(path: path, reason: "it must be a regular file") }
            guard overwrite else { throw .exists(path: path) }
            final = resolved(path)
            mode = given ?? status.st_mode & 0o777
        } else if errno != ENOENT {
            throw .writing(path, errno)
        }
        let (temporary, descriptor) = try reserve(path, beside: final) {
            open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, given ?? 0o666)
        }
        if let mode { fchmod(descriptor, mode) }  // a replaced file keeps its permissions
        let staged = StagedOutput(
            path: path, final: final, isFolder: false, overwrites: overwrite, temporary: temporary)
        return (staged, descriptor)
    }

    /// Gives what is on the disk already its name.
    func publish() throws(FileError) {
        try isFolder ? publishFolder() : publishFile()
        _ = Self.uncommitted.withLock { $0.remove(temporary) }
        syncParent()
    }

    /// Removes what all outputs that are not committed have written so far.
    static func removeAllUncommitted() {
        let paths = uncommitted.withLock { paths in
            defer { paths = [] }
            return paths
        }
        for path in paths { FolderTree.remove(path) }
    }

    // MARK: Steps

    private static let uncommitted = Mutex<Set<String>>([])
    private static let counter = Atomic<Int>(0)

    /// Creates something under a name that is free, and registers it before it exists, so that no moment is left in
    /// which an interrupt would leave it behind.
    private static func reserve(
        _ path: String, beside final: String, create: (String) -> Int32
    ) throws(FileError) -> (temporary: String, result: Int32) {
        while true {
            let number = counter.add(1, ordering: .relaxed).newValue
            let temporary = parent(of: final) + ".faro-\(getpid())-\(number).tmp"
            uncommitted.withLock { _ = $0.insert(temporary) }
            let result = create(temporary)
            if result >= 0 { return (temporary, result) }
            let code = errno
            uncommitted.withLock { _ = $0.remove(temporary) }
            // A process of the same number may have been killed here: what it left is not ours to remove.
            guard code == EEXIST else { throw .writing(path, code) }
        }
    }

    /// Without leave to overwrite the name must be free at this very moment, which only `link` can say; on file systems
    /// without links the look before has to do.
    private func publishFile() throws(FileError) {
        if !overwrites {
            if link(temporary, final) == 0 {
                unlink(temporary)
                return
            }
            guard errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK else { try fail(errno) }
            guard access(final, F_OK) != 0 else { try fail(EEXIST) }
        }
        guard rename(temporary, final) == 0 else { try fail(errno) }
    }

    /// The system renames a folder over an empty one only; a full one steps aside first, and comes back where ours cannot
    /// take its place.
    private func publishFolder() throws(FileError) {
        guard rename(temporary, final) != 0 else { return }
        guard errno == ENOTEMPTY || errno == EEXIST else { try fail(errno) }
        guard overwrites else { try fail(EEXIST) }
        let aside = temporary + ".old"
        guard rename(final, aside) == 0 else { try fail(errno) }
        guard rename(temporary, final) == 0 else {
            let code = errno
            rename(aside, final)
            try fail(code)
        }
        FolderTree.remove(aside)
    }

    /// Makes the new name itself durable. Some file systems cannot sync a folder; the content is safe by then.
    private func syncParent() {
        let parent = Self.parent(of: final)
        let descriptor = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func fail(_ code: Int32) throws(FileError) -> Never {
        abort()
        throw .writing(path, code)
    }

    /// The file or folder to which symbolic links lead.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The folder part of a path, with its final slash; empty for a bare name.
    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}
