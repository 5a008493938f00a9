import Grids

/// Turns sums into scores.
struct ScoreTable {
    private let count: Double
    private let mean: Double
    private let squaredDeviations: Double
    /// By how many cells were summed: one over the sum's standard deviation; NaN before it was needed.
    private var byCount: [Double]
    /// Of the row at hand: a score is sum · scale − shift.
    private var scale: [Double]
    private var shift: [Double]
    /// What the row's scale and shift were made for; rows differ little from those before.
    private var covered: [Int32]

    init(_ cells: CellValues) {
        count = Double(cells.mask.count)
        (mean, squaredDeviations) = (cells.mean, cells.squaredDeviations)
        byCount = [Double](repeating: -1, count: min(cells.mask.count + 1, 1 << 16))
        scale = [Double](repeating: 0, count: cells.mask.grid.columns)
        shift = scale
        covered = [Int32](repeating: -1, count: scale.count)
    }

    mutating func update(_ covered: [Int32]) {
        for column in covered.indices where covered[column] != self.covered[column] {
            self.covered[column] = covered[column]
            scale[column] = inverseDeviation(Int(covered[column]))
            shift[column] = scale[column] * mean * Double(covered[column])
        }
    }

    private mutating func inverseDeviation(_ covered: Int) -> Double {
        if covered < byCount.count, !(byCount[covered] < 0) { return byCount[covered] }
        let weight = Double(covered)
        let spread = (count - weight) * weight
        let inverse = spread > 0 ? 1 / (squaredDeviations / count * spread / (count - 1)).squareRoot() : .nan
        if covered < byCount.count { byCount[covered] = inverse }
        return inverse
    }

    func score<Element: RunningSummand>(
        _ sums: UnsafePointer<Element>, _ covered: [Int32], into z: UnsafeMutablePointer<Double>
    ) {
        scale.withUnsafeBufferPointer { scale in
            shift.withUnsafeBufferPointer { shift in
                guard let scale = scale.baseAddress, let shift = shift.baseAddress else { return }
                for column in covered.indices { z[column] = sums[column].asDouble * scale[column] - shift[column] }
            }
        }
    }

    /// Leaving each cell out of its own sum, and out of mean and variance.
    func scoreOthers<Element: RunningSummand>(
        _ own: UnsafePointer<Element>, _ sums: UnsafePointer<Element>, _ covered: [Int32],
        into z: UnsafeMutablePointer<Double>
    ) {
        let others = count - 1
        for column in covered.indices {
            let (own, weight) = (own[column].asDouble - mean, Double(covered[column]) - 1)
            let ownMean = -own / others
            let variance = (squaredDeviations - own * own) / others - ownMean * ownMean
            let spread = (others - weight) * weight
            guard spread > 0, others > 1, variance > 1e-13 * squaredDeviations / count else {
                z[column] = .nan
                continue
            }
            let sum = sums[column].asDouble - own - mean - weight * mean
            z[column] = (sum - weight * ownMean) / (variance * spread / (others - 1)).squareRoot()
        }
    }
}
