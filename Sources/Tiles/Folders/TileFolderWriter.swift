import Compression
import Files
import Glibc

/// Writes tiles as files of a folder that any static server serves: `z/x/y.pbf` or `.png`, `tiles.json`, and a page.
///
/// Vector tiles are stored uncompressed: a browser unpacks them only where the server says that they are packed, which
/// static hosts cannot be told, and they mostly compress on the way by themselves.
///
/// The folder is prepared beside its place and appears whole when ``finish(_:)`` returns, or not at all.
public final class TileFolderWriter: TileArchiveWriter {
    private let staged: StagedOutput
    private let format: TileSet.Format
    private let page: TilePage?
    private let legend: TileLegend?
    private let replaced: String?
    private var order = TileOrder()
    /// The zoom and column whose folder was made last.
    private var column: (zoom: Int, x: Int)?
    private var closed = false

    /// Begins a folder.
    ///
    /// - Parameters:
    ///   - page: the page to put beside the tiles as `index.html`, if any.
    ///   - legend: what the colours mean, for `tiles.json`.
    ///   - overwrite: whether a folder of tiles that Faro wrote is replaced. One that holds anything else never is.
    /// - Throws: ``TileArchiveError/file(_:)``, ``TileArchiveError/foreignFolder(path:name:)``.
    public init(
        path: String, format: TileSet.Format, page: TilePage? = nil, legend: TileLegend? = nil, overwrite: Bool
    ) throws(TileArchiveError) {
        let isThere = FolderTree.names(in: path)?.isEmpty == false
        if isThere, overwrite { try TileFolder.checkOwn(path) }
        staged = try TileArchiveError.ofFile { () throws(FileError) in
            try StagedOutput.folder(path: path, overwrite: overwrite)
        }
        self.format = format
        self.page = page
        self.legend = legend
        replaced = isThere ? path : nil
    }

    /// Takes a tile; a vector tile as it is served elsewhere, compressed with gzip.
    /// - Throws: ``TileArchiveError``.
    public func append(_ tile: TileID, _ bytes: [UInt8]) throws(TileArchiveError) {
        try checkOpen()
        try order.take(tile, bytes)
        if column?.zoom != tile.zoom { try makeFolder("\(tile.zoom)") }
        if column?.zoom != tile.zoom || column?.x != tile.x { try makeFolder("\(tile.zoom)/\(tile.x)") }
        column = (tile.zoom, tile.x)
        let content: [UInt8]
        do {
            content = format == .vector ? try TileContent.uncompressed(bytes) : bytes
        } catch {
            throw .compression(error)
        }
        try write(content, "\(tile).\(format.rawValue)")
    }

    /// Completes the folder.
    /// - Throws: ``TileArchiveError``. Nothing is left behind then.
    public func finish(_ description: TileSet) throws(TileArchiveError) {
        try checkOpen()
        var description = description
        description.zooms = order.zooms ?? description.zooms
        description.format = format
        let json = TileJSON(description, addresses: ["{z}/{x}/{y}.\(format.rawValue)"], legend: legend)
        try write(json.bytes(), TileFolder.descriptionName)
        if let page { try write(page.bytes(description, tiles: .folder), TileFolder.pageName) }
        if let replaced {
            // Something may have come to lie there since, and what people put beside the page for it stays.
            try TileFolder.checkOwn(replaced)
            for name in TileFolder.libraryNames { link("\(replaced)/\(name)", "\(staged.temporary)/\(name)") }
        }
        closed = true
        try TileArchiveError.ofFile { () throws(FileError) in try staged.commit() }
    }

    private func checkOpen() throws(TileArchiveError) {
        guard !closed else { throw .file(.unwritable(path: staged.path, reason: "the output is closed")) }
    }

    private func makeFolder(_ name: String) throws(TileArchiveError) {
        guard mkdir("\(staged.temporary)/\(name)", 0o777) == 0 || errno == EEXIST else { throw failure() }
    }

    private func write(_ bytes: [UInt8], _ name: String) throws(TileArchiveError) {
        let descriptor = open("\(staged.temporary)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure() }
        var done = 0
        while done < bytes.count {
            let step = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if step > 0 {
                done += step
            } else if step == 0 || errno != EINTR {
                let error = failure()
                close(descriptor)
                throw error
            }
        }
        guard close(descriptor) == 0 else { throw failure() }
    }

    private func failure() -> TileArchiveError {
        .file(.unwritable(path: staged.path, reason: String(cString: strerror(errno))))
    }
}
