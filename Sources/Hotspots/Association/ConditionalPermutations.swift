import Statistics

/// Neighbours drawn at random for every unit, itself left out: the reference of the local statistics.
///
/// One set of draws serves all units. Each permutation draws one unit more than the largest neighbourhood has; a unit
/// with *k* neighbours takes the first *k* drawn, and where it is itself among them, the one drawn next in its place.
/// So every unit sees *k* of the others, each choice equally likely. Where all its neighbours count alike only the sums
/// matter: they are made and sorted once per *k*, and a unit looks up where it stands among them.
///
/// ## Source
/// Anselin (1995), as in ``Permutations``; sharing the draws between units as PySAL's `esda.crand`.
struct ConditionalPermutations: Sendable {
    static let greatestCount = 999_999
    /// The most units drawn in all permutations together.
    static let greatestDrawCount = 1 << 26

    /// Values less their mean.
    private let values: [Double]
    private let permutations: Int
    /// How many units each permutation draws.
    private let width: Int
    /// Permutation after permutation, the units drawn, in their order.
    private let draws: [Int32]
    /// Per unit where its draws begin in ``drawn``, and after the last unit where they end.
    private let drawnStarts: [Int32]
    /// The indices in ``draws`` at which a unit was drawn.
    private let drawn: [Int32]
    /// By number of neighbours, which of ``sums`` holds their sums; -1 for none.
    private let sumsOfCount: [Int32]
    private let sums: [DrawnSums]
    private let slack: Double

    private struct DrawnSums: Sendable {
        /// By permutation.
        var drawn: [Double]
        var sorted: [Double]
    }

    /// - Parameters:
    ///   - values: less their mean, not all 0.
    ///   - counts: how many neighbours units have, themselves left out, where all count alike; each number once is enough.
    ///   - greatestCount: at least the greatest number of neighbours of any unit.
    init(
        _ values: [Double], counts: some Sequence<Int>, greatestCount: Int, _ permutations: Permutations
    ) throws(HotspotError) {
        guard (1...Self.greatestCount).contains(permutations.count) else {
            throw .permutationsOutOfRange(permutations.count)
        }
        width = min(max(0, greatestCount) + 1, values.count)
        guard width <= Self.greatestDrawCount / permutations.count else {
            throw .tooManyDraws(limit: Self.greatestDrawCount)
        }
        self.values = values
        self.permutations = permutations.count
        draws = Self.draw(width, of: values.count, permutations)
        (drawnStarts, drawn) = Self.inverted(draws, units: values.count)
        var sumsOfCount = [Int32](repeating: -1, count: width + 1)
        var sums: [DrawnSums] = []
        for count in counts where count < width && sumsOfCount[max(0, count)] < 0 {
            sumsOfCount[max(0, count)] = Int32(truncatingIfNeeded: sums.count)
            sums.append(DrawnSums(drawn: [], sorted: []))
        }
        Self.fill(&sums, sumsOfCount, width: width, draws, values)
        (self.sumsOfCount, self.sums) = (sumsOfCount, sums)
        let squares = values.reduce(0) { $0 + $1 * $1 }
        slack = 1e-10 * (squares / Double(max(1, values.count))).squareRoot()
    }

    /// Each permutation has its own seed. Durstenfeld's shuffle, given up after `width` steps and taken back.
    private static func draw(_ width: Int, of units: Int, _ permutations: Permutations) -> [Int32] {
        var seeds = SplitMix64(seed: permutations.seed)
        var pool = Array(0..<Int32(truncatingIfNeeded: units))
        var swaps = [Int](repeating: 0, count: width)
        var draws: [Int32] = []
        draws.reserveCapacity(width * permutations.count)
        for _ in 0..<permutations.count {
            var generator = SplitMix64(seed: seeds.next())
            for step in 0..<width {
                swaps[step] = step + Int(generator.next(below: UInt64(units - step)))
                pool.swapAt(step, swaps[step])
                draws.append(pool[step])
            }
            for step in (0..<width).reversed() { pool.swapAt(step, swaps[step]) }
        }
        return draws
    }

    private static func inverted(_ draws: [Int32], units: Int) -> ([Int32], [Int32]) {
        var starts = [Int32](repeating: 0, count: units + 1)
        for unit in draws { starts[Int(unit) + 1] += 1 }
        for unit in 0..<units { starts[unit + 1] += starts[unit] }
        var next = starts
        var drawn = [Int32](repeating: 0, count: draws.count)
        for (index, unit) in draws.enumerated() {
            drawn[Int(next[Int(unit)])] = Int32(truncatingIfNeeded: index)
            next[Int(unit)] += 1
        }
        return (starts, drawn)
    }

    private static func fill(
        _ sums: inout [DrawnSums], _ sumsOfCount: [Int32], width: Int, _ draws: [Int32], _ values: [Double]
    ) {
        guard !sums.isEmpty else { return }
        for start in stride(from: 0, to: draws.count, by: width) {
            var sum = 0.0
            for count in 0..<width {
                let index = Int(sumsOfCount[count])
                if index >= 0 { sums[index].drawn.append(sum) }
                sum += values[Int(draws[start + count])]
            }
        }
        for index in sums.indices { sums[index].sorted = sums[index].drawn.sorted() }
    }
}

extension ConditionalPermutations {
    /// Where the sum of a unit's neighbours stands among those drawn.
    ///
    /// - Parameters:
    ///   - count: one of the counts that the draws were made for.
    ///   - observed: the sum of the neighbours' values.
    func tally(of unit: Int, count: Int, observed: Double) -> Tally {
        let index = count >= 0 && count < sumsOfCount.count ? Int(sumsOfCount[count]) : -1
        guard index >= 0 else { return Tally() }
        let expected = -Double(count) * values[unit] / Double(max(1, values.count - 1))
        let limits = TallyLimits(observed: observed, expected: expected, slack: slack)
        var tally = limits.tally(sums[index].sorted)
        forEachDraw(of: unit, before: count) { permutation, _, replacement in
            let sum = sums[index].drawn[permutation]
            limits.add(sum, times: -1, to: &tally)
            limits.add(sum + replacement - values[unit], times: 1, to: &tally)
        }
        return tally
    }

    /// Where the weighted sum of a unit's neighbours stands among those drawn, the weights staying in their order.
    func tally(of unit: Int, weights: [Double], observed: Double, scratch: inout [Double]) -> Tally {
        let expected = -weights.reduce(0, +) * values[unit] / Double(max(1, values.count - 1))
        let limits = TallyLimits(
            observed: observed, expected: expected, slack: slack * (weights.max() ?? 1))
        if scratch.count != permutations { scratch = [Double](repeating: 0, count: permutations) }
        for permutation in 0..<permutations {
            var sum = 0.0
            let start = permutation * width
            for (place, weight) in weights.enumerated() { sum += weight * values[Int(draws[start + place])] }
            scratch[permutation] = sum
        }
        forEachDraw(of: unit, before: weights.count) { permutation, place, replacement in
            scratch[permutation] += weights[place] * (replacement - values[unit])
        }
        var tally = Tally()
        for sum in scratch { limits.add(sum, times: 1, to: &tally) }
        return tally
    }

    /// The permutations that drew a unit among the first `count`, at which place, and the value drawn in its stead.
    @inline(__always)
    private func forEachDraw(of unit: Int, before count: Int, _ body: (Int, Int, Double) -> Void) {
        for index in Int(drawnStarts[unit])..<Int(drawnStarts[unit + 1]) {
            let (permutation, place) = Int(drawn[index]).quotientAndRemainder(dividingBy: width)
            guard place < count else { continue }
            body(permutation, place, values[Int(draws[permutation * width + count])])
        }
    }
}
