extension ConditionalPermutations {
    /// p-values of every unit's neighbours among those drawn; NaN for units without neighbours.
    static func p(
        _ rows: [LocalRow], _ weights: SpatialWeights, _ values: [Double], _ permutations: Permutations, threads: Int?,
        progress: (@Sendable (Double) -> Bool)?
    ) throws(HotspotError) -> [Double] {
        let counts = rows.lazy.filter { $0.alike != nil }.map(\.count)
        let greatest = rows.reduce(0) { max($0, $1.count) }
        let draws = try ConditionalPermutations(values, counts: counts, greatestCount: greatest, permutations)
        return try Self.p(units: rows.count, threads: threads, progress: progress, permutations) { unit, scratch in
            let row = rows[unit]
            guard row.count > 0 else { return nil }
            if let alike = row.alike {
                return draws.tally(of: unit, count: row.count, observed: row.sum / alike)
            }
            let links = (weights.starts[unit]..<weights.starts[unit + 1]).filter { weights.neighbours[$0] != unit }
            let own = links.map { weights.weights[$0] }
            return draws.tally(of: unit, weights: own, observed: row.sum, scratch: &scratch)
        }
    }

    /// p-values of units whose neighbours count alike, given their number and the sum of their values.
    static func p(
        counts: [Int32], sums: [Double], _ values: [Double], _ permutations: Permutations, threads: Int?,
        progress: (@Sendable (Double) -> Bool)?
    ) throws(HotspotError) -> [Double] {
        let greatest = counts.reduce(0) { max($0, Int($1)) }
        let draws = try ConditionalPermutations(
            values, counts: counts.lazy.map { Int($0) }, greatestCount: greatest, permutations)
        return try Self.p(units: counts.count, threads: threads, progress: progress, permutations) { unit, _ in
            counts[unit] > 0 ? draws.tally(of: unit, count: Int(counts[unit]), observed: sums[unit]) : nil
        }
    }

    private static func p(
        units: Int, threads: Int?, progress: (@Sendable (Double) -> Bool)?, _ permutations: Permutations,
        _ tally: @Sendable (Int, inout [Double]) -> Tally?
    ) throws(HotspotError) -> [Double] {
        try ParallelWork(threads: threads, progress: progress).numbers(units, piece: 2048, start: .nan) { range, p in
            var scratch: [Double] = []
            for unit in range {
                if let tally = tally(unit, &scratch) { p.base[unit] = tally.p(permutations) }
            }
        }
    }
}
