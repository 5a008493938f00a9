import Grids

/// The values of a study area's cells, 0 outside it, with their mean and variance.
struct CellValues {
    /// In whole numbers where all are, so that every sum is exact; otherwise as they are.
    enum Column {
        case whole([Int32])
        case real([Double])
    }

    let mask: Mask
    let column: Column
    let mean: Double
    /// Of squared deviations from the mean.
    let squaredDeviations: Double

    /// - Throws: as ``CentredValues``.
    init(_ values: [Double], _ mask: Mask) throws(HotspotError) {
        guard values.count == mask.isInside.count else {
            throw .valuesDiffer(units: mask.isInside.count, values: values.count)
        }
        guard mask.count >= 3 else { throw .tooFewUnits(needed: 3, found: mask.count) }
        let isWhole = mask.count == mask.isInside.count
        let inside = isWhole ? values : values.indices.map { mask.isInside[$0] ? values[$0] : 0 }
        self.mask = mask
        if let whole = WholeNumbers(inside) {
            column = .whole(whole.values)
            (mean, squaredDeviations) = whole.moments(of: mask.count)
        } else {
            for (cell, value) in inside.enumerated() where !(abs(value) <= CentredValues.greatest) {
                throw .valueNotUsable(unit: cell, value: value, needed: "finite and at most \(CentredValues.greatest)")
            }
            let own = isWhole ? values : mask.insideCells.map { values[$0] }
            if let first = own.first, !own.contains(where: { $0 != first }) { throw .noVariation(first) }
            column = .real(inside)
            (mean, squaredDeviations) = Self.moments(of: own)
        }
        guard squaredDeviations > 0 else { throw .noVariation(mean) }
    }

    /// Mean and sum of squared deviations, in two passes that each set right what the one before rounded.
    private static func moments(of values: [Double]) -> (mean: Double, squaredDeviations: Double) {
        let count = Double(values.count)
        let first = laneSum(values) { $0 } / count
        let residue = laneSum(values) { $0 - first }
        let squares = laneSum(values) { ($0 - first) * ($0 - first) }
        return (first + residue / count, max(0, squares - residue * residue / count))
    }

    /// Four running sums side by side: four times as fast as one, and as much more exact.
    @inline(__always)
    private static func laneSum(_ values: [Double], _ term: (SIMD4<Double>) -> SIMD4<Double>) -> Double {
        var sums = SIMD4<Double>.zero
        let whole = values.count / 4 * 4
        values.withUnsafeBytes { bytes in
            for index in stride(from: 0, to: whole, by: 4) {
                sums += term(bytes.loadUnaligned(fromByteOffset: index * 8, as: SIMD4<Double>.self))
            }
        }
        return (whole..<values.count).reduce(sums.sum()) { $0 + term(SIMD4(repeating: values[$1]))[0] }
    }
}

/// Numbers without fractions, small enough that the sum of their squares is exact.
struct WholeNumbers {
    let values: [Int32]
    let sum: Double
    let squares: Double

    /// 1.5 · 2⁵²: a whole number added to it stands in the last bits of the sum.
    private static let anchor = 6_755_399_441_055_744.0

    init?(_ numbers: [Double]) {
        var fraction = SIMD4<Double>.zero
        var sum = SIMD4<Double>.zero
        var squares = SIMD4<Double>.zero
        let anchor = SIMD4<Double>(repeating: Self.anchor)
        @inline(__always)
        func take(_ value: SIMD4<Double>) -> SIMD4<Int32> {
            let anchored = value + anchor
            let rest = (anchored - anchor) - value
            fraction += rest * rest
            sum += value
            squares += value * value
            return SIMD4(truncatingIfNeeded: unsafeBitCast(anchored, to: SIMD4<Int64>.self))
        }
        values = [Int32](unsafeUninitializedCapacity: numbers.count) { output, count in
            numbers.withUnsafeBytes { input in
                let whole = numbers.count / 4 * 4
                guard let output = UnsafeMutableRawPointer(output.baseAddress) else { return }
                for index in stride(from: 0, to: whole, by: 4) {
                    let integers = take(input.loadUnaligned(fromByteOffset: index * 8, as: SIMD4<Double>.self))
                    output.storeBytes(of: integers, toByteOffset: index * 4, as: SIMD4<Int32>.self)
                }
                for index in whole..<numbers.count {
                    let integers = take(SIMD4(numbers[index], 0, 0, 0))
                    output.storeBytes(of: integers[0], toByteOffset: index * 4, as: Int32.self)
                }
            }
            count = numbers.count
        }
        // n Σx² is at least (Σ|x|)²: so no sum of cells reaches 2³¹, and the variance can be had in 64 bits.
        guard fraction.sum() == 0, squares.sum() < 0x1p53, Double(numbers.count) * squares.sum() < 0x1p62 else {
            return nil
        }
        self.sum = sum.sum()
        self.squares = squares.sum()
    }

    /// Mean and sum of squared deviations when there are so many numbers, the rest of them zeros; rounded once each.
    func moments(of count: Int) -> (mean: Double, squaredDeviations: Double) {
        let (sum, squares) = (Int(self.sum), Int(self.squares))
        let deviations = count &* squares &- sum &* sum
        return (self.sum / Double(count), Double(deviations) / Double(count))
    }
}
