import Grids
import SimpleFeatures

/// The places of a pattern in units of cells: the centre of cell (column, row) is at (column, row).
///
/// The grid's origin is taken off first, so that coordinates of millions of metres cost no digits.
struct CellPoints: Sendable {
    /// In the pattern's canonical order: by y, ascending.
    let x: [Double]
    let y: [Double]
    let pointWeight: [Double]
    /// Per place: its own kernel's radius, in cells (of a gaussian its standard deviation); nil where all have the same.
    let radius: [Double]?
    private let origin: PlanarPoint
    private let size: Double

    private(set) var weight = 0.0
    private(set) var weightInReach = 0.0
    private(set) var weightInArea = 0.0

    init(_ pattern: PointPattern, grid: Grid, mask: Mask?, reach: Double) {
        self.init(x: pattern.x, y: pattern.y, weight: pattern.weight, grid: grid, mask: mask, reach: reach)
    }

    /// - Parameters:
    ///   - radius: per place, in cells.
    ///   - reach: how many cells away a place counts, or with a `radius`, how many radii.
    init(
        x: [Double], y: [Double], weight pointWeight: [Double], radius: [Double]? = nil, grid: Grid, mask: Mask?,
        reach: Double
    ) {
        (self.x, self.y, self.pointWeight, self.radius) = (x, y, pointWeight, radius)
        origin = grid.origin
        size = grid.cellSize.metres
        let (lastColumn, lastRow) = (Double(grid.columns - 1), Double(grid.rows - 1))
        for i in x.indices {
            let (column, row) = (column(of: x[i]), row(of: y[i]))
            weight += pointWeight[i]
            // How far outside the rectangle of cell centres.
            let (dx, dy) = (max(0, -column, column - lastColumn), max(0, -row, row - lastRow))
            let reach = radius.map { $0[i] * reach } ?? reach
            guard dx * dx + dy * dy < reach * reach else { continue }
            weightInReach += pointWeight[i]
            guard Self.isInArea(column, row, grid, mask) else { continue }
            weightInArea += pointWeight[i]
        }
    }

    /// Whether a place lies in a cell of the study area. Cells own their western and southern borders.
    @inline(__always)
    static func isInArea(_ column: Double, _ row: Double, _ grid: Grid, _ mask: Mask?) -> Bool {
        guard column >= -0.5, row >= -0.5, column < Double(grid.columns - 1) + 0.5, row < Double(grid.rows - 1) + 0.5
        else { return false }
        return mask?.contains(column: Int(column + 0.5), row: Int(row + 0.5)) ?? true
    }

    /// The places in the study area, each weight divided by what a function gives for its column, row and own radius.
    func inStudyArea(
        of grid: Grid, _ mask: Mask?, dividedBy divisor: (_ column: Double, _ row: Double, _ radius: Double) -> Double
    ) -> CellPoints {
        let kept = x.indices.filter { Self.isInArea(column(of: x[$0]), row(of: y[$0]), grid, mask) }
        return CellPoints(
            x: kept.map { x[$0] }, y: kept.map { y[$0] },
            weight: kept.map { pointWeight[$0] / divisor(column(of: x[$0]), row(of: y[$0]), radius?[$0] ?? 0) },
            radius: radius.map { radius in kept.map { radius[$0] } }, grid: grid, mask: mask, reach: 0)
    }

    @inline(__always)
    func column(of x: Double) -> Double { (x - origin.x) / size - 0.5 }

    @inline(__always)
    func row(of y: Double) -> Double { (y - origin.y) / size - 0.5 }

    @inline(__always)
    func x(ofColumn column: Double) -> Double { origin.x + (column + 0.5) * size }

    /// Lends x, y and weights to a loop, as memory.
    @inline(__always)
    func withColumns(
        _ body: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>) -> Void
    ) {
        x.withUnsafeBufferPointer { x in
            y.withUnsafeBufferPointer { y in
                pointWeight.withUnsafeBufferPointer { weight in
                    guard let x = x.baseAddress, let y = y.baseAddress, let weight = weight.baseAddress else { return }
                    body(x, y, weight)
                }
            }
        }
    }

    /// The points less than `reach` rows from some row of a band.
    func indices(within reach: Double, of band: Range<Int>) -> Range<Int> {
        let south = Double(band.lowerBound) - reach
        let north = Double(band.upperBound - 1) + reach
        let first = partition { $0 > south }
        return first..<max(first, partition { $0 >= north })
    }

    /// The first index at which a condition on the row holds that holds from there on.
    private func partition(_ holds: (Double) -> Bool) -> Int {
        var (low, high) = (0, y.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(row(of: y[middle])) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
