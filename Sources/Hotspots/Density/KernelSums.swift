import SimpleFeatures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Sums a function of the distance over all places of a pattern, at each of its places: Σⱼ wⱼ·k(|xᵢ − xⱼ|), i included.
///
/// Places lie in strips of a third of the reach, in each from west to east, so that those in reach of a place are a few
/// ranges with little beyond.
struct KernelSums: Sendable {
    private let pattern: PointPattern
    private let profile: PairProfile
    private let reach: Double
    private let strips: PlaceStrips

    /// - Parameter bandwidth: in metres, as are the coordinates; sums are per square metre.
    init(_ pattern: PointPattern, profile: PairProfile.Shape, bandwidth: Double) {
        self.pattern = pattern
        self.profile = PairProfile(shape: profile, bandwidth: bandwidth)
        reach = self.profile.reach
        strips = PlaceStrips(pattern, height: reach / 3)
    }

    /// What a place of weight 1 adds to its own sum.
    var peak: Double { profile.value(at: 0) * profile.scale }

    /// - Parameter places: the places to sum at; nil for all.
    /// - Complexity: O(*p*·(*m* + log *n*)) with *p* places, and *m* in reach of one.
    func atPlaces(
        _ places: [Int]? = nil, threads: Int?, progress: (@Sendable (Double) -> Bool)?
    ) throws(HotspotError) -> [Double] {
        try ParallelWork(threads: threads, progress: progress).values(places?.count ?? pattern.x.count) { index in
            let place = places?[index] ?? index
            let (x, y) = (pattern.x[place], pattern.y[place])
            var sum = 0.0
            strips.forEachRange(x: x, y: y, reach: reach) { range in sum += self.sum(over: range, x: x, y: y) }
            return sum * profile.scale
        }
    }

    private func sum(over range: Range<Int>, x: Double, y: Double) -> Double {
        strips.x.withUnsafeBytes { px in
            strips.y.withUnsafeBytes { py in
                strips.weight.withUnsafeBytes { weight in
                    var sums = SIMD4<Double>.zero
                    var i = range.lowerBound
                    while i + 4 <= range.upperBound {
                        let offset = i * MemoryLayout<Double>.stride
                        let dx = px.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self) - x
                        let dy = py.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self) - y
                        let w = weight.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
                        sums += w * profile.values(at: dx * dx + dy * dy)
                        i += 4
                    }
                    var sum = sums.sum()
                    while i < range.upperBound {
                        let (dx, dy) = (strips.x[i] - x, strips.y[i] - y)
                        sum += strips.weight[i] * profile.value(at: dx * dx + dy * dy)
                        i += 1
                    }
                    return sum
                }
            }
        }
    }
}

/// The places of a pattern, dealt out to horizontal strips.
private struct PlaceStrips: Sendable {
    let x: [Double]
    let y: [Double]
    let weight: [Double]
    private let starts: [Int]
    private let south: Double
    private let height: Double

    init(_ pattern: PointPattern, height: Double) {
        let (south, north) = (pattern.y.first ?? 0, pattern.y.last ?? 0)
        // Not many more strips than places.
        let height = max(height, (north - south) / Double(max(1, pattern.y.count)))
        var order = Array(pattern.x.indices)
        var starts = [0]
        var first = 0
        while first < pattern.y.count {
            let strip = Self.strip(of: pattern.y[first], south, height)
            var end = first
            while end < pattern.y.count, Self.strip(of: pattern.y[end], south, height) == strip { end += 1 }
            while starts.count <= strip { starts.append(first) }
            order[first..<end].sort { (pattern.x[$0], $0) < (pattern.x[$1], $1) }
            first = end
        }
        starts.append(pattern.y.count)
        x = order.map { pattern.x[$0] }
        y = order.map { pattern.y[$0] }
        weight = order.map { pattern.weight[$0] }
        (self.starts, self.south, self.height) = (starts, south, height)
    }

    private static func strip(of y: Double, _ south: Double, _ height: Double) -> Int {
        let strip = (y - south) / height
        // False for NaN: all places at one northing.
        return strip > 0 ? Int(min(strip, 1e9)) : 0
    }

    func forEachRange(x: Double, y: Double, reach: Double, _ body: (Range<Int>) -> Void) {
        let last = starts.count - 2
        guard last >= 0 else { return }
        let first = Self.strip(of: y - reach, south, height)
        guard first <= last else { return }
        for strip in first...max(first, min(last, Self.strip(of: y + reach, south, height))) {
            let low = firstIndex(in: strip) { $0 >= x - reach }
            let high = firstIndex(in: strip) { $0 > x + reach }
            if low < high { body(low..<high) }
        }
    }

    private func firstIndex(in strip: Int, where holds: (Double) -> Bool) -> Int {
        var (low, high) = (starts[strip], starts[strip + 1])
        while low < high {
            let middle = (low + high) / 2
            if holds(x[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
