/// The files that make one shapefile, as they are named in a folder or an archive.
///
/// A shapefile is several files of one stem: `.shp` (shapes), `.dbf` (attributes), `.prj` (reference system), `.cpg`
/// (encoding). Their cases may differ, as in `COLONIAS.SHP` with `colonias.dbf`, and one archive may hold several sets.
public struct FeatureFileSet: Hashable, Sendable {
    /// The layer's name: that of the `.shp` file without folder and suffix.
    public let name: String
    public let shp: String
    public private(set) var dbf: String?
    public private(set) var prj: String?
    public private(set) var cpg: String?

    /// The shapefiles among some file names, in the order of their `.shp` files.
    ///
    /// Files belong together when they lie in one folder and have one stem, upper and lower case alike; of two that
    /// claim one part, the first is taken. What macOS leaves in archives (`__MACOSX/`, `._…`) is passed over.
    /// - Parameter names: paths within the folder or archive, with `/` between folders.
    public static func sets(in names: [String]) -> [FeatureFileSet] {
        let files = names.compactMap(Member.init)
        var sets: [FeatureFileSet] = []
        var positions: [String: Int] = [:]
        for file in files where file.suffix == "shp" && positions[file.key] == nil {
            positions[file.key] = sets.count
            sets.append(FeatureFileSet(name: file.stem, shp: file.path))
        }
        for file in files {
            guard let position = positions[file.key] else { continue }
            switch file.suffix {
            case "dbf": sets[position].dbf = sets[position].dbf ?? file.path
            case "prj": sets[position].prj = sets[position].prj ?? file.path
            case "cpg", "cst": sets[position].cpg = sets[position].cpg ?? file.path
            default: break
            }
        }
        return sets
    }

    private init(name: String, shp: String) {
        self.name = name
        self.shp = shp
    }

    /// A file name taken apart.
    private struct Member {
        var path: String
        var stem: String
        var suffix: String
        /// Folder and stem in lower case: what the files of one set share.
        var key: String

        /// Nil for folders, names without suffix, and what macOS leaves.
        init?(_ path: String) {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard let name = parts.last, !name.hasPrefix("._"), !parts.contains("__MACOSX"),
                let dot = name.lastIndex(of: "."), dot > name.startIndex
            else { return nil }
            self.path = path
            stem = String(name[..<dot])
            suffix = name[name.index(after: dot)...].lowercased()
            key = (parts.dropLast().joined(separator: "/") + "/" + stem).lowercased()
        }
    }
}
