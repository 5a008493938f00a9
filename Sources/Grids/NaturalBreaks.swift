/// The partition of sorted values into classes that minimises the sum of squared deviations from the class means.
///
/// A dynamic programme over the distinct values. The best start of a last class never moves left as its end moves right,
/// so each round is solved by divide and conquer in O(*m* log *m*) instead of O(*m*²).
///
/// ## Source
/// Fisher (1958); Wang & Song (2011), *Ckmeans.1d.dp*; the monotonicity: Wu (1991), *Optimal quantization by matrix searching*.
struct NaturalBreaks {
    private let distinct: [Double]
    /// Sums over the first i distinct values, taken from their mean: number, sum and sum of squares.
    private let number: [Double]
    private let sum: [Double]
    private let squares: [Double]
    /// Least cost of the first i distinct values, in as many classes as there were rounds.
    private var cost: [Double]

    /// - Parameter sorted: ascending, at least one.
    static func upperLimits(ofSorted sorted: [Double], classes: Int) -> [Double] {
        var breaks = NaturalBreaks(sorted)
        return breaks.upperLimits(classes)
    }

    private init(_ sorted: [Double]) {
        var (distinct, counts): ([Double], [Double]) = ([], [])
        for value in sorted {
            if value == distinct.last {
                counts[counts.count - 1] += 1
            } else {
                distinct.append(value)
                counts.append(1)
            }
        }
        let mean = sorted.reduce(0) { $0 + $1 / Double(sorted.count) }
        var (number, sum, squares) = ([0.0], [0.0], [0.0])
        for (value, count) in zip(distinct, counts) {
            let centred = value - mean
            number.append((number.last ?? 0) + count)
            sum.append((sum.last ?? 0) + count * centred)
            squares.append((squares.last ?? 0) + count * centred * centred)
        }
        (self.distinct, self.number, self.sum, self.squares) = (distinct, number, sum, squares)
        cost = []
        cost = (0...distinct.count).map { $0 == 0 ? 0 : deviations(0, $0) }
    }

    /// The sum of squared deviations of the distinct values i ..< j from their mean.
    private func deviations(_ i: Int, _ j: Int) -> Double {
        let total = sum[j] - sum[i]
        return max(0, squares[j] - squares[i] - total * total / (number[j] - number[i]))
    }

    private mutating func upperLimits(_ classes: Int) -> [Double] {
        let (count, classes) = (distinct.count, min(classes, distinct.count))
        // Per round, where the last class of the first i values starts.
        var starts: [[Int32]] = []
        for round in 1..<max(1, classes) {
            var next = cost
            var start = [Int32](repeating: 0, count: count + 1)
            // With one class more than rounds so far, at least as many values are needed.
            solve(round + 1...count, startsIn: round...count - 1, &next, &start)
            cost = next
            starts.append(start)
        }
        var limits: [Double] = []
        var end = count
        for start in starts.reversed() {
            limits.append(distinct[end - 1])
            end = Int(start[end])
        }
        limits.append(distinct[end - 1])
        return limits.reversed()
    }

    /// Finds the best start for each end in a range, knowing in which range it lies.
    private func solve(
        _ ends: ClosedRange<Int>, startsIn range: ClosedRange<Int>, _ next: inout [Double], _ start: inout [Int32]
    ) {
        let end = (ends.lowerBound + ends.upperBound) / 2
        var (best, least) = (range.lowerBound, Double.infinity)
        for candidate in range.lowerBound...min(range.upperBound, end - 1) {
            let total = cost[candidate] + deviations(candidate, end)
            if total < least { (best, least) = (candidate, total) }
        }
        next[end] = least
        start[end] = Int32(best)
        if ends.lowerBound < end { solve(ends.lowerBound...end - 1, startsIn: range.lowerBound...best, &next, &start) }
        if end < ends.upperBound { solve(end + 1...ends.upperBound, startsIn: best...range.upperBound, &next, &start) }
    }
}
