import Grids

/// One image of a GeoTIFF: the surface, or an overview of it.
struct GeoTIFFLevel {
    /// Cells from west to east, and from north to south.
    let columns, rows: Int
    /// Cells of a tile; where the image is one strip, those of the image.
    let chunkWidth, chunkHeight: Int
    let isTiled: Bool

    var chunkColumns: Int { (columns + chunkWidth - 1) / chunkWidth }
    var chunkRows: Int { (rows + chunkHeight - 1) / chunkHeight }

    /// What the image's directory says of its form and of where its chunks lie.
    func directory(_ chunks: [GeoTIFFChunk], dataStart: Int64) -> TIFFDirectory {
        var directory = TIFFDirectory()
        let offsets = chunks.map { UInt32(clamping: dataStart + $0.offset) }
        let counts = chunks.map { UInt32(clamping: $0.count) }
        directory.long(.imageWidth, [UInt32(clamping: columns)])
        directory.long(.imageLength, [UInt32(clamping: rows)])
        directory.short(.bitsPerSample, [32])
        directory.short(.compression, [TIFFCode.deflate])
        directory.short(.photometricInterpretation, [1])
        directory.short(.samplesPerPixel, [1])
        directory.short(.planarConfiguration, [1])
        directory.short(.predictor, [TIFFCode.floatingPointPredictor])
        directory.short(.sampleFormat, [TIFFCode.floatingPoint])
        if isTiled {
            directory.short(.tileWidth, [UInt16(clamping: chunkWidth)])
            directory.short(.tileLength, [UInt16(clamping: chunkHeight)])
            directory.long(.tileOffsets, offsets)
            directory.long(.tileByteCounts, counts)
        } else {
            directory.long(.rowsPerStrip, [UInt32(clamping: rows)])
            directory.long(.stripOffsets, offsets)
            directory.long(.stripByteCounts, counts)
        }
        return directory
    }
}

/// Where a tile or strip lies, from the beginning of the cells.
struct GeoTIFFChunk {
    let offset: Int64
    let count: Int
}

/// A surface and its overviews, cut into tiles.
struct GeoTIFFPyramid {
    /// Tiles have so many cells a side, and so many does a side have in the smallest overview at most.
    static let side = 512

    /// The surface, then its overviews, each half as wide and as high as the one before.
    let levels: [GeoTIFFLevel]
    private let surface: Surface
    /// The cells of all levels but the first, from the north-west corner.
    private let overviews: [[Float]]

    /// - Complexity: O(cells).
    init(of surface: Surface) {
        let (columns, rows) = (surface.grid.columns, surface.grid.rows)
        // As many values as cells again, should they have been changed since.
        let surface = Surface(grid: surface.grid, values: surface.values)
        self.surface = surface
        guard max(columns, rows) > Self.side else {
            levels = [
                GeoTIFFLevel(columns: columns, rows: rows, chunkWidth: columns, chunkHeight: rows, isTiled: false)
            ]
            overviews = []
            return
        }
        // A tile's sides are multiples of 16.
        func chunk(_ count: Int) -> Int { min(Self.side, (count + 15) / 16 * 16) }
        var levels = [
            GeoTIFFLevel(
                columns: columns, rows: rows, chunkWidth: chunk(columns), chunkHeight: chunk(rows), isTiled: true)
        ]
        var overviews: [[Float]] = []
        while let level = levels.last, max(level.columns, level.rows) > Self.side {
            overviews.append(
                Self.halved(columns: level.columns, rows: level.rows) { column, row in
                    overviews.last.map { $0[row * level.columns + column] }
                        ?? Self.cell(column: column, row: row, of: surface)
                })
            levels.append(
                GeoTIFFLevel(
                    columns: (level.columns + 1) / 2, rows: (level.rows + 1) / 2, chunkWidth: level.chunkWidth,
                    chunkHeight: level.chunkHeight, isTiled: true))
        }
        self.levels = levels
        self.overviews = overviews
    }

    /// The bytes of a tile or strip before compression; what lies beyond the image has no value.
    func chunk(column: Int, row: Int, level: Int) -> [UInt8] {
        let image = levels[level]
        let (west, north) = (column * image.chunkWidth, row * image.chunkHeight)
        let width = min(image.chunkWidth, image.columns - west)
        var cells = [Float](repeating: .nan, count: image.chunkWidth * image.chunkHeight)
        for line in 0..<min(image.chunkHeight, image.rows - north) {
            let start = line * image.chunkWidth
            if level == 0 {
                let source = (image.rows - 1 - north - line) * image.columns + west
                for index in 0..<width { cells[start + index] = Float(surface.values[source + index]) }
            } else {
                let source = (north + line) * image.columns + west
                for index in 0..<width { cells[start + index] = overviews[level - 1][source + index] }
            }
        }
        return TIFFFloatingPoint.predicted(cells, width: image.chunkWidth)
    }

    /// The mean of each 2 × 2 cells that have a value; NaN where none has.
    static func halved(columns: Int, rows: Int, _ cell: (Int, Int) -> Float) -> [Float] {
        var halved: [Float] = []
        halved.reserveCapacity((columns + 1) / 2 * ((rows + 1) / 2))
        for row in stride(from: 0, to: rows, by: 2) {
            for column in stride(from: 0, to: columns, by: 2) {
                var (sum, count) = (0.0, 0.0)
                for y in row..<min(row + 2, rows) {
                    for x in column..<min(column + 2, columns) {
                        let value = cell(x, y)
                        if !value.isNaN { (sum, count) = (sum + Double(value), count + 1) }
                    }
                }
                halved.append(count > 0 ? Float(sum / count) : .nan)
            }
        }
        return halved
    }

    /// A cell as the file holds it, counted from the north.
    private static func cell(column: Int, row: Int, of surface: Surface) -> Float {
        Float(surface.values[(surface.grid.rows - 1 - row) * surface.grid.columns + column])
    }
}
