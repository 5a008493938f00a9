import Files
import SimpleFeatures

/// A folder of tiles on disk, for reading: `tiles.json` and `z/x/y` with the ending `.pbf`, `.mvt` or `.png`.
public final class TileFolder: TileArchive {
    /// What `tiles.json` says.
    public let description: TileSet

    private let path: String
    private let endings: [String]

    static let descriptionName = "tiles.json"
    static let pageName = "index.html"
    /// What people put beside the page so that it draws vector tiles.
    static let libraryNames = ["maplibre-gl.css", "maplibre-gl.js"]

    /// Opens a folder.
    /// - Throws: ``TileArchiveError``.
    public init(path: String) throws(TileArchiveError) {
        let reader = try Self.read(path)
        guard let format = TileSet.Format(rawValue: reader.format ?? "pbf") else {
            throw .unsupported(
                path: path, what: "tiles of format", found: reader.format ?? "", supported: "pbf or png")
        }
        let (low, high) = (reader.minZoom ?? 0, reader.maxZoom ?? TileID.deepestZoom)
        guard 0 <= low, low <= high, high <= TileID.deepestZoom else {
            throw .damaged(
                path: path, part: Self.descriptionName,
                reason: "must have zooms within 0 to \(TileID.deepestZoom), but says \(low) to \(high)")
        }
        self.path = path
        endings = format == .png ? ["png"] : ["pbf", "mvt"]
        description = reader.set(format: format, zooms: low...high, bounds: reader.bounds ?? TileSet.wholeWorld)
    }

    /// A tile's bytes as stored; nil where there is no such file.
    /// - Throws: ``TileArchiveError/file(_:)``.
    public func tile(_ tile: TileID) throws(TileArchiveError) -> [UInt8]? {
        for ending in endings {
            do {
                return try Self.content("\(path)/\(tile).\(ending)")
            } catch .file(.missing) {
                continue
            }
        }
        return nil
    }

    /// Every tile, zoom by zoom, column by column, from north to south. Files of other names are passed over.
    public func forEachTile(_ body: (TileID, [UInt8]) throws -> Void) throws {
        for zoom in Self.numbers(in: path, endings: [""]) {
            for x in Self.numbers(in: "\(path)/\(zoom.number)", endings: [""]) {
                let folder = "\(path)/\(zoom.number)/\(x.number)"
                for y in Self.numbers(in: folder, endings: endings) {
                    guard let tile = TileID(zoom: zoom.number, x: x.number, y: y.number) else { continue }
                    try body(tile, try Self.content("\(folder)/\(y.name)"))
                }
            }
        }
    }

    /// Holds the folder to its description, and every tile to its format.
    public func check(_ depth: TileArchiveCheck.Depth) throws -> TileArchiveCheck {
        var auditor = TileAuditor(description)
        var distinct: Set<UInt64> = []
        var (stored, compressed) = (0, 0)
        try forEachTile { tile, bytes in
            stored += bytes.count
            auditor.count(tile, bytes: bytes.count)
            if description.format == .vector, bytes.starts(with: [0x1F, 0x8B]) { compressed += 1 }
            if depth == .contents, distinct.insert(ContentHash.of(bytes)).inserted { auditor.content(tile, bytes) }
        }
        if compressed > 0 {
            auditor.warn("\(compressed) tiles are compressed, which a server of files does not say to a browser")
        }
        return auditor.finish(distinct: depth == .contents ? distinct.count : nil, storedBytes: stored)
    }

    // MARK: Files

    /// Makes sure that a folder is one that Faro wrote and that nothing else has come to lie in it, at its top.
    static func checkOwn(_ path: String) throws(TileArchiveError) {
        let names = FolderTree.names(in: path) ?? []
        guard names.contains(descriptionName), let reader = try? read(path), reader.generator == "faro" else {
            throw .foreignFolder(path: path, name: names.first ?? "nothing that can be read")
        }
        let own = [descriptionName, pageName] + libraryNames
        if let stranger = names.first(where: { !own.contains($0) && number($0, endings: [""]) == nil }) {
            throw .foreignFolder(path: path, name: stranger)
        }
    }

    private static func read(_ path: String) throws(TileArchiveError) -> TileSetReader {
        let json = try content("\(path)/\(descriptionName)")
        var reader = TileSetReader()
        do {
            try reader.read(json)
        } catch {
            throw .damaged(path: path, part: descriptionName, reason: "must be a JSON object, but: \(error)")
        }
        return reader
    }

    private static func content(_ path: String) throws(TileArchiveError) -> [UInt8] {
        try TileArchiveError.ofFile { () throws(FileError) in
            let file = try RandomAccessFile(path: path)
            guard file.count <= UInt64(TileContent.sizeLimit) else {
                throw .tooLarge(path: path, limit: TileContent.sizeLimit)
            }
            return try file.read(at: 0, count: Int(file.count))
        }
    }

    /// The files or folders named by a number and one of some endings, ascending by number.
    private static func numbers(in path: String, endings: [String]) -> [(number: Int, name: String)] {
        (FolderTree.names(in: path) ?? []).compactMap { name in
            number(name, endings: endings).map { ($0, name) }
        }.sorted { $0.0 < $1.0 }
    }

    private static func number(_ name: String, endings: [String]) -> Int? {
        for ending in endings where ending.isEmpty || name.hasSuffix("." + ending) {
            let digits = ending.isEmpty ? name[...] : name.dropLast(ending.count + 1)
            if let number = Int(digits), String(number) == digits { return number }
        }
        return nil
    }
}
