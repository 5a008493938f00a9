import Grids
import SimpleFeatures

/// Gi* of every bin of a cube: a cell in a period, with the cells around it in the same period and in those just before.
///
/// Mean and standard deviation are those of all bins of the study area in all periods, so that a city that grows more
/// dangerous as a whole shows more hot bins in later periods.
struct SpaceTimeGetisOrd {
    /// Between centres of cells.
    let distance: Length
    /// How many periods before its own a bin's neighbourhood holds.
    let periodsBefore: Int

    /// One score per bin, period after period; NaN outside the study area.
    /// - Throws: ``HotspotError/noVariation(_:)``, ``HotspotError/tooFewUnits(needed:found:)``,
    ///   ``HotspotError/valueNotUsable(unit:value:needed:)``.
    func scores(of cube: SpaceTimeCube) throws(HotspotError) -> [Double] {
        let count = cube.mask.count * cube.periods
        guard count >= 3 else { throw .tooFewUnits(needed: 3, found: count) }
        for (bin, value) in cube.values.enumerated() where value > CentredValues.greatest {
            throw .valueNotUsable(unit: bin, value: value, needed: "at most \(CentredValues.greatest)")
        }
        // Bins outside the study area are 0 and add nothing.
        let mean = cube.values.reduce(0, +) / Double(count)
        let squares = cube.values.reduce(0) { $0 + $1 * $1 }
        let deviation = max(0, squares / Double(count) - mean * mean).squareRoot()
        guard deviation > 1e-12 * max(mean, 1e-300) else { throw .noVariation(mean) }
        let (sums, covered) = (discSums(cube), coveredCells(cube.mask))
        let cells = cube.mask.grid.cellCount
        var z = [Double](repeating: .nan, count: cube.values.count)
        for period in 0..<cube.periods {
            let first = max(0, period - periodsBefore)
            for cell in 0..<cells where cube.mask.isInside[cell] {
                var sum = 0.0
                for other in first...period { sum += sums[other * cells + cell] }
                let neighbours = Double(covered[cell]) * Double(period - first + 1)
                let rest = neighbours * (Double(count) - neighbours) / Double(count - 1)
                if rest > 0 { z[period * cells + cell] = (sum - mean * neighbours) / (deviation * rest.squareRoot()) }
            }
        }
        return z
    }

    private func discSums(_ cube: SpaceTimeCube) -> [Double] {
        let grid = cube.mask.grid
        var sums: [Double] = []
        sums.reserveCapacity(cube.values.count)
        cube.values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for period in 0..<cube.periods {
                var discs = DiscRows<Double>(
                    CellDisc(radius: distance.metres, in: grid), columns: grid.columns, rows: grid.rows)
                defer { discs.deallocate() }
                for row in 0..<grid.rows {
                    let around = discs.sums(aroundRow: row, of: base + period * grid.cellCount)
                    sums.append(contentsOf: UnsafeBufferPointer(start: around, count: grid.columns))
                }
            }
        }
        return sums
    }

    private func coveredCells(_ mask: Mask) -> [Int32] {
        var covered = CoveredCells(CellDisc(radius: distance.metres, in: mask.grid), mask)
        return (0..<mask.grid.rows).flatMap { row in
            _ = covered.update(row)
            return covered.counts
        }
    }
}
