import Glibc

/// What a folder holds.
public enum FolderTree {
    /// The names in a folder, hidden ones included, sorted by their bytes; nil where it cannot be read.
    public static func names(in path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func isEmpty(_ path: String) -> Bool { names(in: path)?.isEmpty == true }

    /// Removes a file, or a folder with all it holds; symbolic links go, what they lead to stays.
    static func remove(_ path: String) {
        if unlink(path) == 0 || errno == ENOENT { return }
        for name in names(in: path) ?? [] { remove(path + "/" + name) }
        rmdir(path)
    }
}
