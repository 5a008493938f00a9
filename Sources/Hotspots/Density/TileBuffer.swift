/// A tile's cells on their own, close together in memory, with a margin of three columns for whole vectors.
struct TileBuffer {
    private let base: UnsafeMutablePointer<Double>
    private let tile: Tile
    private let stride: Int

    /// Columns and rows of a tile that fits the nearest caches, and is wide where kernels are, so that a point is not
    /// dealt out to many tiles.
    static func shape(reach: Double) -> (columns: Int, rows: Int) { reach > 128 ? (512, 16) : (128, 32) }

    /// Lends a buffer of zeros to `body`, then copies what it holds onto the tile.
    @inline(__always)
    static func paint(onto tile: Tile, _ body: (TileBuffer) -> Void) {
        let stride = tile.columns + 3
        withUnsafeTemporaryAllocation(of: Double.self, capacity: stride * tile.rows) { cells in
            cells.initialize(repeating: 0)
            guard let base = cells.baseAddress else { return }
            body(TileBuffer(base: base, tile: tile, stride: stride))
            for row in 0..<tile.rows {
                (tile.base + row * tile.stride).update(from: base + row * stride, count: tile.columns)
            }
        }
    }

    @inline(__always)
    func row(_ row: Int) -> UnsafeMutablePointer<Double> { base + row * stride }

    /// The rows of the tile whose centres lie in a range; nil for none.
    @inline(__always)
    func rows(from south: Double, to north: Double) -> Range<Int>? { Self.cells(south, north, tile.rows) }

    @inline(__always)
    func columns(from west: Double, to east: Double) -> Range<Int>? { Self.cells(west, east, tile.columns) }

    @inline(__always)
    private static func cells(_ low: Double, _ high: Double, _ count: Int) -> Range<Int>? {
        guard low < Double(count), high >= 0 else { return nil }
        let first = Int(max(0, low).rounded(.up))
        let end = Int(min(Double(count - 1), high).rounded(.down)) + 1
        return first < end ? first..<end : nil
    }
}
