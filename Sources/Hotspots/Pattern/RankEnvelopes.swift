/// The range in which curves of random patterns lie, at each distance by itself and over all distances together.
struct RankEnvelopes: Sendable {
    /// At each distance the range that random curves leave with probability ``pointwiseLevel``.
    private(set) var pointwise: [ClosedRange<Double>?] = []
    /// The probability to leave the pointwise range at one given distance: what is possible with so few curves.
    private(set) var pointwiseLevel: Double?
    /// The range that random curves leave anywhere with the probability asked for.
    private(set) var overall: [ClosedRange<Double>?] = []
    /// Of a random curve being as extreme as the observed one anywhere.
    private(set) var p: Double?
    private(set) var means: [Double?] = []

    init(observed: [Double?], _ simulated: [[Double?]], significance: Double) {
        guard !simulated.isEmpty else { return }
        let count = simulated.count + 1
        let steps = observed.indices
        let rank = max(1, Self.whole(significance / 2 * Double(count)))
        pointwiseLevel = min(1, 2 * Double(rank) / Double(count))
        for step in steps {
            let values = simulated.compactMap { $0[step] }.sorted()
            let low = values.dropFirst(rank - 1).first
            let high = values.dropLast(rank - 1).last
            pointwise.append(Self.range(low, high))
            means.append(values.isEmpty ? nil : values.reduce(0, +) / Double(values.count))
        }
        let curves = [observed] + simulated
        let depths = Self.depths(of: curves)
        p = Double(depths.count { $0 <= depths[0] }) / Double(count)
        // The most extreme are left out, as many as may be; those as extreme as the first that stays, stay.
        let least = depths.sorted()[min(count - 1, Self.whole(significance * Double(count)))]
        let central = zip(curves, depths).filter { $0.1 >= least }.map(\.0)
        overall = steps.map { step in
            let values = central.compactMap { $0[step] }
            return Self.range(values.min(), values.max())
        }
    }

    /// The whole part, where 28.999999999999996 is 29.
    private static func whole(_ value: Double) -> Int { Int((value + 1e-9).rounded(.down)) }

    private static func range(_ low: Double?, _ high: Double?) -> ClosedRange<Double>? {
        guard let low, let high else { return nil }
        return min(low, high)...max(low, high)
    }

    /// Per curve how many are more extreme, by extreme rank length: first by how extreme a curve is where it is most so, then
    /// by how often, and so on.
    private static func depths(of curves: [[Double?]]) -> [Int] {
        // Distances at which some curve has no value tell nothing about all of them.
        let steps = (curves.first ?? []).indices.filter { step in curves.allSatisfy { $0[step] != nil } }
        var ranks = [[Double]](repeating: [], count: curves.count)
        for step in steps {
            let values = curves.map { $0[step] ?? 0 }
            for (curve, rank) in extremeRanks(of: values).enumerated() { ranks[curve].append(rank) }
        }
        for curve in ranks.indices { ranks[curve].sort() }
        let order = ranks.indices.sorted { ranks[$0].lexicographicallyPrecedes(ranks[$1]) }
        var depths = [Int](repeating: 0, count: curves.count)
        for (index, curve) in order.enumerated() {
            let isTied = index > 0 && ranks[order[index - 1]] == ranks[curve]
            depths[curve] = isTied ? depths[order[index - 1]] : index
        }
        return depths
    }

    /// 1 for the least and the greatest, growing towards the middle; equal values share the mean of their ranks.
    private static func extremeRanks(of values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            let fromBelow = Double(start + 1 + end) / 2
            for curve in order[start..<end] { ranks[curve] = min(fromBelow, Double(values.count + 1) - fromBelow) }
            start = end
        }
        return ranks
    }
}
