import Glibc

/// The few steps with a file that SQLite does not do itself.
enum FileSystem {
    /// Makes sure that a file's bytes are on the disk.
    static func sync(_ path: String) throws(StoreError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure(path) }
    }

    /// Gives a file another name in the same folder, for good.
    static func rename(_ path: String, to target: String) throws(StoreError) {
        guard Glibc.rename(path, target) == 0 else { throw failure(target) }
        let slash = target.lastIndex(of: "/")
        let folder = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        try sync(folder)
    }

    /// What the system's last error means for a file.
    static func failure(_ path: String) -> StoreError {
        switch errno {
        case ENOENT, ENOTDIR: .notFound(path)
        case EACCES, EPERM, EROFS: .readOnly(path)
        case ENOSPC, EDQUOT, EFBIG: .full(path)
        default: .io(path: path, detail: String(cString: strerror(errno)))
        }
    }
}

/// The first hundred bytes of a file, which say whether it is what it should be before SQLite opens it.
enum FileHeader {
    static func check(_ path: String) throws(StoreError) {
        let header = try read(path)
        guard header.count == 100, header.starts(with: magic) else { throw .notSQLite(path) }
        let id = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard id == UInt32(GeoPackageTables.applicationID) else { throw .notGeoPackage(path) }
    }

    /// At most the first hundred bytes.
    static func read(_ path: String) throws(StoreError) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileSystem.failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notSQLite(path) }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileSystem.failure(path) }
        defer { close(file) }
        var header = [UInt8](repeating: 0, count: 100)
        let count = header.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, 100) }
        guard count >= 0 else { throw FileSystem.failure(path) }
        return Array(header[..<count])
    }

    static let magic = Array("SQLite format 3\0".utf8)
}
