public import Grids
public import SimpleFeatures

/// Colours the pixels of map tiles from a density surface.
///
/// A pixel's colour depends on its place, the surface and the legend only, so that tiles drawn one by one fit together
/// without a seam. One raster serves all tiles of a zoom: it settles the level of the pyramid, which must not change
/// from tile to tile.
///
/// ## Example
/// ```swift
/// let legend = HeatmapLegend.automatic(for: surface) ?? nothing
/// let raster = HeatmapRaster(pyramid: SurfacePyramid(surface), legend: legend, pixelSize: .metres(38))
/// let mesh = try PixelMesh(width: 256, height: 256) { x, y in planarPoint(ofTileCorner: x, y) }
/// let png = try raster.png(of: mesh)
/// ```
public struct HeatmapRaster: Sendable {
    /// Which entry of the legend's palette each pixel has.
    public struct Pixels: Hashable, Sendable {
        public let width: Int
        public let height: Int
        /// Row by row from the top; 0 for nothing.
        public let indices: [UInt8]
        /// Whether any pixel can be seen; a tile without one need not be written.
        public let isVisible: Bool
    }

    public let legend: HeatmapLegend
    /// The level of the pyramid that is drawn.
    public let level: Int
    private let surface: Surface
    private let palette: [PNGEncoder.Entry]
    private let index: PaletteIndex

    /// - Parameter pixelSize: on the ground, once for a zoom: in the middle of the surface, say.
    public init(pyramid: SurfacePyramid, legend: HeatmapLegend, pixelSize: Length) {
        level = pyramid.level(forPixelSize: pixelSize)
        surface = pyramid.levels[level]
        self.legend = legend
        palette = legend.palette
        index = PaletteIndex(legend)
    }

    /// The file of a tile; nil where nothing is to be seen on it.
    /// - Parameter encoder: of level 1 for tiles that are asked for once.
    /// - Throws: ``PictureError/outOfMemory``.
    public func png(of mesh: PixelMesh, encoder: PNGEncoder = PNGEncoder()) throws(PictureError) -> [UInt8]? {
        let pixels = pixels(of: mesh)
        guard pixels.isVisible else { return nil }
        return try encoder.indexed(pixels.indices, width: pixels.width, height: pixels.height, palette: palette)
    }

    /// - Complexity: O(pixels); squares of the mesh beyond the surface cost nothing.
    public func pixels(of mesh: PixelMesh) -> Pixels {
        var indices = [UInt8](repeating: 0, count: mesh.width * mesh.height)
        var greatestAlpha: UInt8 = 0
        let cells = mesh.nodes.map(place)
        let squares = (across: mesh.width / mesh.step, down: mesh.height / mesh.step)
        surface.values.withUnsafeBufferPointer { values in
            indices.withUnsafeMutableBufferPointer { output in
                for row in 0..<squares.down {
                    for column in 0..<squares.across {
                        let north = row * (squares.across + 1) + column
                        let south = north + squares.across + 1
                        let square = Square(
                            northWest: cells[north], northEast: cells[north + 1], southWest: cells[south],
                            southEast: cells[south + 1])
                        guard !isBeyond(square) else { continue }
                        let start = row * mesh.step * mesh.width + column * mesh.step
                        let alpha = paint(square, values, step: mesh.step, stride: mesh.width, start: start, output)
                        greatestAlpha = max(greatestAlpha, alpha)
                    }
                }
            }
        }
        return Pixels(width: mesh.width, height: mesh.height, indices: indices, isVisible: greatestAlpha > 0)
    }

    // MARK: Squares of the mesh

    /// Its corners, in cells from the centre of cell (0, 0).
    private struct Square {
        var northWest: SIMD2<Double>
        var northEast: SIMD2<Double>
        var southWest: SIMD2<Double>
        var southEast: SIMD2<Double>
    }

    private func place(_ point: PlanarPoint) -> SIMD2<Double> {
        let (origin, size) = (surface.grid.origin, surface.grid.cellSize.metres)
        return SIMD2((point.x - origin.x) / size - 0.5, (point.y - origin.y) / size - 0.5)
    }

    /// Whether all corners lie on one side of the grid: then so does all between them.
    private func isBeyond(_ square: Square) -> Bool {
        let corners = [square.northWest, square.northEast, square.southWest, square.southEast]
        let (columns, rows) = (Double(surface.grid.columns), Double(surface.grid.rows))
        return corners.allSatisfy { $0.x < -0.5 } || corners.allSatisfy { $0.x >= columns }
            || corners.allSatisfy { $0.y < -0.5 } || corners.allSatisfy { $0.y >= rows }
    }

    /// Each pixel is computed from its square's corners alone, never from the pixel before it, so that two tiles that
    /// share corners agree to the bit.
    /// - Returns: the greatest alpha of its pixels.
    private func paint(
        _ square: Square, _ values: UnsafeBufferPointer<Double>, step: Int, stride: Int, start: Int,
        _ output: UnsafeMutableBufferPointer<UInt8>
    ) -> UInt8 {
        let (columns, rows) = (surface.grid.columns, surface.grid.rows)
        let share = 1 / Double(step)
        var greatest: UInt8 = 0
        for line in 0..<step {
            let down = (Double(line) + 0.5) * share
            let west = square.northWest + (square.southWest - square.northWest) * down
            let east = square.northEast + (square.southEast - square.northEast) * down
            for pixel in 0..<step {
                let place = west + (east - west) * ((Double(pixel) + 0.5) * share)
                let value = Surface.interpolated(values, columns: columns, rows: rows, x: place.x, y: place.y)
                let entry = index.index(of: value)
                output[start + line * stride + pixel] = entry
                greatest = max(greatest, palette[Int(entry)].alpha)
            }
        }
        return greatest
    }
}
