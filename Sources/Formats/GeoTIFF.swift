public import Files
import Compression
public import Grids
public import SimpleFeatures

/// Writes a surface as a GeoTIFF that other tools open as it is: one band of 32-bit floating point.
///
/// ## Form
/// - A cell without a value is NaN, and `GDAL_NODATA` says so: unlike −9999, NaN can be no density, z or difference, and
///   no reader that overlooks the tag can take it for one.
/// - The reference system is its EPSG code (`ProjectedCSTypeGeoKey`), in metres; a cell is an area, not a point.
/// - Cells are DEFLATE data with TIFF's predictor for floating point.
/// - Up to 512 cells a side it is one strip. Beyond that it is tiles of 512 cells with overviews down to 512 cells, each
///   cell the mean of those 2 × 2 that have a value, laid out as a Cloud Optimized GeoTIFF: what describes the images
///   stands first, then the overviews' cells from the smallest on, and the cells themselves last.
/// - Method and provenance lie in `GDAL_METADATA` as items, title in `ImageDescription`.
///
/// A grid has at most 2²⁸ cells (``Grid/maximumCellCount``), so the 4 GiB of a TIFF are always enough.
///
/// ## Example
/// ```swift
/// let file = try AtomicFile(path: "density.tif", overwrite: false)
/// try GeoTIFF(surface: surface, valueName: "density", members: [Property("method", .text("kernel density"))])
///     .write(to: file)
/// try file.commit()
/// ```
///
/// ## Source
/// Adobe, *TIFF 6.0*; Adobe, *TIFF Technical Note 3* (predictor 3); OGC 19-008r4, *GeoTIFF 1.1*; OGC 21-026, *Cloud
/// Optimized GeoTIFF*; GDAL's GeoTIFF driver for the two tags of its own.
public struct GeoTIFF: Sendable {
    /// What is written. Values beyond the range of 32 bits become infinite.
    public var surface: Surface
    /// Name of the band: `density`.
    public var valueName: String
    /// What a reader shows as the picture's description.
    public var title: String?
    /// What is known about the surface, in order.
    public var members: [Property]

    /// All fields as given; nothing is checked.
    public init(surface: Surface, valueName: String, title: String? = nil, members: [Property] = []) {
        self.surface = surface
        self.valueName = valueName
        self.title = title
        self.members = members
    }

    /// Writes the whole file; the caller commits it.
    ///
    /// Compressed tiles wait in a file without a name beside the output, since where they lie must be said before them.
    /// - Parameter progress: is called after each row of tiles with the share that is done; what it throws ends the
    ///   writing.
    /// - Throws: ``GeoTIFFError/crsWithoutCode(_:)``, ``GeoTIFFError/tooLarge(_:)``, ``FileError``.
    /// - Complexity: O(cells). Memory: beyond the surface a sixth of its own for the overviews, and a tile.
    public func write(to file: AtomicFile, progress: (Double) throws -> Void = { _ in }) throws {
        let spill = try SpillFile(beside: file.path)
        let header = try encode(progress) { try spill.append($0) }
        try file.write(header)
        try spill.copy(to: file)
    }

    /// The file in memory.
    /// - Throws: ``GeoTIFFError/crsWithoutCode(_:)``, ``GeoTIFFError/tooLarge(_:)``.
    /// - Complexity: O(cells); the cells are held compressed twice for a moment.
    public func bytes(progress: (Double) throws -> Void = { _ in }) throws -> [UInt8] {
        var cells: [UInt8] = []
        let header = try encode(progress) { cells += $0 }
        return header + cells
    }

    /// Hands on the compressed chunks, the coarsest level first.
    /// - Returns: everything that stands before them.
    private func encode(_ progress: (Double) throws -> Void, chunk: ([UInt8]) throws -> Void) throws -> [UInt8] {
        let code = try Self.code(of: surface.grid.crs)
        let pyramid = GeoTIFFPyramid(of: surface)
        var chunks = [[GeoTIFFChunk]](repeating: [], count: pyramid.levels.count)
        var count: Int64 = 0
        let all = Double(pyramid.levels.reduce(0) { $0 + $1.chunkRows })
        var done = 0.0
        for level in pyramid.levels.indices.reversed() {
            for row in 0..<pyramid.levels[level].chunkRows {
                for column in 0..<pyramid.levels[level].chunkColumns {
                    let bytes = try Zlib.compress(pyramid.chunk(column: column, row: row, level: level))
                    chunks[level].append(GeoTIFFChunk(offset: count, count: bytes.count))
                    try chunk(bytes)
                    count += Int64(bytes.count)
                }
                done += 1
                try progress(done / all)
            }
        }
        return try header(code: code, levels: pyramid.levels, chunks: chunks, dataCount: count)
    }

    /// The number by which GeoTIFF calls a projected system.
    static func code(of crs: CRS) throws(GeoTIFFError) -> Int {
        guard let code = crs.epsgCode, (1024...32_766).contains(code) else { throw .crsWithoutCode(crs) }
        return code
    }

    /// Everything before the cells.
    private func header(
        code: Int, levels: [GeoTIFFLevel], chunks: [[GeoTIFFChunk]], dataCount: Int64
    ) throws(GeoTIFFError) -> [UInt8] {
        func directories(dataStart: Int64) -> [TIFFDirectory] {
            levels.indices.map { index in
                var directory = levels[index].directory(chunks[index], dataStart: dataStart)
                if index == 0 { describe(code: code, in: &directory) } else { directory.long(.newSubfileType, [1]) }
                directory.ascii(.gdalNoData, "nan")
                return directory
            }
        }
        let size = directories(dataStart: 0).reduce(Int64(8)) { $0 + Int64($1.byteCount) }
        guard size + dataCount <= Int64(UInt32.max) else { throw .tooLarge(size + dataCount) }
        var bytes: [UInt8] = [0x49, 0x49, 42, 0]
        bytes.append(littleEndian: UInt32(8))
        let all = directories(dataStart: size)
        for (index, directory) in all.enumerated() { directory.write(to: &bytes, isLast: index == all.count - 1) }
        return bytes
    }

    /// What only the full image has: where it lies, and what is known about it.
    private func describe(code: Int, in directory: inout TIFFDirectory) {
        Self.describe(
            surface.grid, code: code, title: title,
            metadata: GeoTIFFMetadata.xml(members: members, valueNames: [valueName]), in: &directory)
    }

    static func describe(
        _ grid: Grid, code: Int, title: String?, metadata: String, in directory: inout TIFFDirectory
    ) {
        let size = grid.cellSize.metres
        if let title { directory.ascii(.imageDescription, title) }
        directory.double(.modelPixelScale, [size, size, 0])
        directory.double(.modelTiepoint, [0, 0, 0, grid.envelope.minX, grid.envelope.maxY, 0])
        // Version 1.1.0 and four keys: a projected system, cells as areas, its EPSG code, metres.
        directory.short(
            .geoKeyDirectory,
            [1, 1, 0, 4, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, UInt16(clamping: code), 3076, 0, 1, 9001])
        directory.ascii(.gdalMetadata, metadata)
    }
}

/// Why a surface cannot be written as a GeoTIFF, or a file is none that Faro reads.
public enum GeoTIFFError: Error, Hashable, CustomStringConvertible {
    case crsWithoutCode(CRS)
    case tooLarge(Int64)
    /// The surfaces of a stack do not lie on one grid, or there is none; `band` counts from 0.
    case bandsDiffer(band: Int)
    /// The file is no TIFF, or one of a kind that Faro does not read.
    case unsupported(path: String, reason: String)
    /// The file says something of itself that cannot be true.
    case damaged(path: String, reason: String)

    /// One sentence: what must hold, what was found, and what to do where something helps.
    public var description: String {
        switch self {
        case .crsWithoutCode(let crs):
            "a GeoTIFF must name its reference system by an EPSG code from 1024 to 32766, but it is \(crs); "
                + "choose such a system, or write an ASCII grid"
        case .tooLarge(let count): "a GeoTIFF must have less than 4 GiB, but this one would have \(count) bytes"
        case .bandsDiffer(let band):
            "the surfaces of a stack must be 1 to 65,535 on one grid, but surface \(band + 1) does not fit"
        case .unsupported(let path, let reason): "\(path) must be a GeoTIFF of the kind that Faro writes, but \(reason)"
        case .damaged(let path, let reason): "\(path) must be an undamaged GeoTIFF, but \(reason)"
        }
    }
}
