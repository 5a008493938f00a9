import Files
import Compression
public import Grids
import SimpleFeatures

/// Reads GeoTIFFs of the kind that ``GeoTIFF`` writes: little-endian, one band of 32-bit floating point, DEFLATE.
///
/// Nothing that a file says is believed: places, counts and sizes are held against the file's length and against each
/// other before memory is taken.
public struct GeoTIFFReader {
    /// One image of the file.
    public struct Image: Hashable, Sendable {
        /// Cells from west to east.
        public let columns: Int
        /// Cells from north to south.
        public let rows: Int
        /// Whether it is cut into tiles; otherwise it is in strips.
        public let isTiled: Bool
        /// Cells of a tile, or of a strip.
        public let chunkWidth: Int
        public let chunkHeight: Int

        var hasPredictor: Bool
        var offsets: [Int64]
        var counts: [Int64]

        var chunkColumns: Int { (columns + chunkWidth - 1) / chunkWidth }
        var chunkRows: Int { (rows + chunkHeight - 1) / chunkHeight }
    }

    /// The surface's cells, then its overviews.
    public let images: [Image]
    /// Where the surface lies.
    public let grid: Grid
    /// The picture's description; nil where it has none.
    public let title: String?
    /// `GDAL_METADATA` as it stands; nil where there is none.
    public let metadata: String?

    private let file: RandomAccessFile
    /// Where the last directory ends.
    private let directoriesEnd: Int64

    /// Opens a file and reads what it says of itself; no cells yet.
    /// - Throws: ``GeoTIFFError/unsupported(path:reason:)``, ``GeoTIFFError/damaged(path:reason:)``, ``FileError``.
    public init(path: String) throws {
        file = try RandomAccessFile(path: path)
        let directories = try TIFFDirectoryReader.all(of: file)
        guard let first = directories.first else {
            throw GeoTIFFError.damaged(path: path, reason: "it holds no image")
        }
        var images: [Image] = []
        for directory in directories { images.append(try directory.image()) }
        self.images = images
        grid = try first.grid(columns: images[0].columns, rows: images[0].rows)
        title = try first.text(.imageDescription)
        metadata = try first.text(.gdalMetadata)
        directoriesEnd = directories.map(\.end).max() ?? 0
    }

    /// The cells, NaN where there is no value.
    /// - Throws: ``GeoTIFFError/damaged(path:reason:)``, ``FileError``.
    /// - Complexity: O(cells).
    public func surface() throws -> Surface {
        var values = [Double](repeating: .nan, count: grid.cellCount)
        let image = images[0]
        try chunks(of: 0) { column, row, cells in
            let (west, north) = (column * image.chunkWidth, row * image.chunkHeight)
            for line in 0..<min(image.chunkHeight, image.rows - north) {
                let target = (image.rows - 1 - north - line) * image.columns + west
                for index in 0..<min(image.chunkWidth, image.columns - west) {
                    values[target + index] = Double(cells[line * image.chunkWidth + index])
                }
            }
        }
        return Surface(grid: grid, values: values)
    }

    /// Reads every cell of every image, and looks whether they are laid out as a Cloud Optimized GeoTIFF.
    /// - Throws: as ``surface()``.
    public func validate() throws {
        var end = directoriesEnd
        for index in images.indices.reversed() {
            if index > 0 {
                let (whole, half) = (images[index - 1], images[index])
                guard half.columns == (whole.columns + 1) / 2, half.rows == (whole.rows + 1) / 2 else {
                    throw damaged(
                        "overview \(index) has \(half.columns) x \(half.rows) cells, not half of "
                            + "\(whole.columns) x \(whole.rows)")
                }
            }
            for (offset, count) in zip(images[index].offsets, images[index].counts) {
                guard offset >= end else {
                    throw damaged("the cells of image \(index) at \(offset) lie before what ends at \(end)")
                }
                end = offset + count
            }
            try chunks(of: index) { _, _, _ in }
        }
        if let last = images.last, max(last.columns, last.rows) > GeoTIFFPyramid.side {
            throw damaged("its smallest image has \(last.columns) x \(last.rows) cells; overviews are missing")
        }
    }

    private func chunks(of index: Int, _ body: (_ column: Int, _ row: Int, _ cells: [Float]) throws -> Void) throws {
        let image = images[index]
        for chunk in image.offsets.indices {
            let (column, row) = (chunk % image.chunkColumns, chunk / image.chunkColumns)
            // The last strip is as long as it has to be, the last tile is as long as any other.
            let rest = image.isTiled ? image.chunkHeight : image.rows - row * image.chunkHeight
            let height = min(image.chunkHeight, rest)
            guard let packed = try file.whole(at: image.offsets[chunk], count: Int(image.counts[chunk])) else {
                throw damaged("part \(chunk) of image \(index) lies beyond the end of the file")
            }
            let bytes: [UInt8]
            do throws(CompressionError) {
                bytes = try Zlib.decompress(packed, count: image.chunkWidth * height * 4)
            } catch { throw damaged("part \(chunk) of image \(index) cannot be read: \(error)") }
            let cells =
                image.hasPredictor
                ? TIFFFloatingPoint.cells(bytes, width: image.chunkWidth) : TIFFFloatingPoint.plainCells(bytes)
            try body(column, row, cells)
        }
    }

    private func damaged(_ reason: String) -> GeoTIFFError { .damaged(path: file.path, reason: reason) }
}
