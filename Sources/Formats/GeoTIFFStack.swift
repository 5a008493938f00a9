public import Files
import Compression
public import Grids
public import SimpleFeatures

/// Writes surfaces of one grid as the bands of one GeoTIFF: the frames of a film, each band called by its day.
///
/// Bands lie one after another (`PlanarConfiguration` 2) and have no overviews; everything else is as ``GeoTIFF`` has it.
public struct GeoTIFFStack: Sendable {
    /// The first band first, all on one grid.
    public var surfaces: [Surface]
    /// Names of the bands: `2024-03-01`; one that is missing is called by its number.
    public var valueNames: [String]
    /// What viewers call the file; nil for nothing.
    public var title: String?
    /// Method and parameters, for the file's metadata.
    public var members: [Property]

    /// All fields as given; checked where they are written.
    public init(surfaces: [Surface], valueNames: [String], title: String? = nil, members: [Property] = []) {
        self.surfaces = surfaces
        self.valueNames = valueNames
        self.title = title
        self.members = members
    }

    /// Writes the whole file; the caller commits it.
    /// - Throws: as ``bytes()``, ``FileError``.
    public func write(to file: AtomicFile) throws { try file.write(bytes()) }

    /// - Throws: ``GeoTIFFError/bandsDiffer(band:)``, ``GeoTIFFError/crsWithoutCode(_:)``, ``GeoTIFFError/tooLarge(_:)``.
    /// - Complexity: O(cells times bands).
    public func bytes() throws -> [UInt8] {
        guard let first = surfaces.first, surfaces.count <= Int(UInt16.max) else {
            throw GeoTIFFError.bandsDiffer(band: 0)
        }
        for (band, surface) in surfaces.enumerated() where surface.grid != first.grid {
            throw GeoTIFFError.bandsDiffer(band: band)
        }
        let code = try GeoTIFF.code(of: first.grid.crs)
        var (cells, chunks): ([UInt8], [GeoTIFFChunk]) = ([], [])
        for surface in surfaces {
            let pyramid = GeoTIFFPyramid(of: surface)
            for row in 0..<pyramid.levels[0].chunkRows {
                for column in 0..<pyramid.levels[0].chunkColumns {
                    let bytes = try Zlib.compress(pyramid.chunk(column: column, row: row, level: 0))
                    chunks.append(GeoTIFFChunk(offset: Int64(cells.count), count: bytes.count))
                    cells += bytes
                }
            }
        }
        return try header(code: code, level: GeoTIFFPyramid(of: first).levels[0], chunks, dataCount: cells.count)
            + cells
    }

    private func header(
        code: Int, level: GeoTIFFLevel, _ chunks: [GeoTIFFChunk], dataCount: Int
    ) throws(GeoTIFFError) -> [UInt8] {
        let bands = surfaces.count
        let names = (0..<bands).map { valueNames.indices.contains($0) ? valueNames[$0] : "\($0 + 1)" }
        func directory(dataStart: Int64) -> TIFFDirectory {
            var directory = level.directory(chunks, dataStart: dataStart)
            directory.short(.samplesPerPixel, [UInt16(clamping: bands)])
            directory.short(.bitsPerSample, Array(repeating: 32, count: bands))
            directory.short(.sampleFormat, Array(repeating: TIFFCode.floatingPoint, count: bands))
            directory.short(.planarConfiguration, [2])
            // What the bands after the first are is not said: they are no colours.
            if bands > 1 { directory.short(.extraSamples, Array(repeating: 0, count: bands - 1)) }
            GeoTIFF.describe(
                surfaces[0].grid, code: code, title: title,
                metadata: GeoTIFFMetadata.xml(members: members, valueNames: names), in: &directory)
            directory.ascii(.gdalNoData, "nan")
            return directory
        }
        let size = 8 + Int64(directory(dataStart: 0).byteCount)
        guard size + Int64(dataCount) <= Int64(UInt32.max) else { throw .tooLarge(size + Int64(dataCount)) }
        var bytes: [UInt8] = [0x49, 0x49, 42, 0]
        bytes.append(littleEndian: UInt32(8))
        directory(dataStart: size).write(to: &bytes, isLast: true)
        return bytes
    }
}
