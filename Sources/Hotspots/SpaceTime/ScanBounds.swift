/// Rules out at one glance a circle none of whose runs of periods can have a ratio above a limit.
///
/// A ratio above a limit L needs an excess of c − E > √(2L)·√g(E) with g(E) = E(C−E)/(C+E), as ``ScanScore`` says. The root
/// of g is concave, so that between the least and the greatest E of a circle's runs it lies above its chord a + bE. Where
/// no run has Σ(c − (1+b√2L)·E) > a√2L, none has the excess. That is a sum over periods, and the greatest of all runs up
/// to a length is found without trying each length: by the greatest running sum ahead of each period.
struct ScanBounds: Sendable {
    /// Per circle: what is expected in it over all periods, and the chord's slope and its height at 0.
    private let chords: [SIMD4<Float>]
    private let shares: [Float]
    private let width: Int
    private let periods: Int
    private let longest: Int

    init(total: Double, circles: ScanCircles, windows: ScanWindows) {
        (shares, width, periods, longest) = (windows.runningShares, windows.width, windows.periods, windows.longest)
        // A row alone is judged as fast by itself.
        guard windows.rows.count > 1 else {
            chords = []
            return
        }
        let runs = windows.rows.flatMap { windows.exactShares[$0.shares..<$0.shares + $0.count] }
        let (least, greatest) = (runs.min() ?? 0, runs.max() ?? 0)
        func height(_ expected: Double) -> Double {
            (max(0, expected * (total - expected)) / (total + expected)).squareRoot()
        }
        chords = circles.measures.map { measure in
            let (low, high) = (measure * least, min(measure * greatest, total))
            let slope = high > low ? (height(high) - height(low)) / (high - low) : 0
            return SIMD4(Float(measure), Float(slope), Float(height(low) - slope * low), 0)
        }
    }

    /// For ``mayExceed(_:_:_:_:)``: beyond the running sums there is nothing that could be the greatest.
    func scratch() -> UnsafeMutablePointer<Float> {
        let count = 2 * (width + longest) + 4 * ScanWindows.lanes
        let scratch = UnsafeMutablePointer<Float>.allocate(capacity: count)
        scratch.initialize(repeating: -.infinity, count: count)
        return scratch
    }

    /// - Parameters:
    ///   - counts: the running sums of a circle's incidents.
    ///   - scratch: as ``scratch()`` made it, or a call before left it.
    @inline(__always)
    func mayExceed(
        _ limit: Double, _ circle: Int, _ counts: UnsafePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
    ) -> Bool {
        guard !chords.isEmpty else { return true }
        let chord = chords[circle]
        // A little lower than it is, since single precision rounds.
        let root = Float((2 * limit * 0.999).squareRoot())
        let scale = chord.x * (1 + root * chord.y)
        let needed = root * chord.z - 1e-6 * (counts[width - 1] + scale)
        let excess = UnsafeMutableRawPointer(scratch)
        let ahead = UnsafeMutableRawPointer(scratch + width + longest + 2 * ScanWindows.lanes)
        return shares.withUnsafeBufferPointer { shares in
            guard let shares = shares.baseAddress else { return true }
            var index = 0
            while index < width {
                let expected = UnsafeRawPointer(shares + index).loadUnaligned(as: SIMD8<Float>.self) * scale
                let over = UnsafeRawPointer(counts + index).loadUnaligned(as: SIMD8<Float>.self) - expected
                excess.storeBytes(of: over, toByteOffset: 4 * index, as: SIMD8<Float>.self)
                ahead.storeBytes(of: over, toByteOffset: 4 * index, as: SIMD8<Float>.self)
                index += 8
            }
            // The greatest of so many from each period on, doubled until it is nearly the longest run.
            var reach = 1
            while 2 * reach <= longest {
                index = 0
                while index < width {
                    let own = ahead.loadUnaligned(fromByteOffset: 4 * index, as: SIMD8<Float>.self)
                    let other = ahead.loadUnaligned(fromByteOffset: 4 * (index + reach), as: SIMD8<Float>.self)
                    ahead.storeBytes(
                        of: larger(own, other), toByteOffset: 4 * index, as: SIMD8<Float>.self)
                    index += 8
                }
                reach *= 2
            }
            var greatest = SIMD8<Float>(repeating: -.infinity)
            index = 0
            while index < periods {
                let near = ahead.loadUnaligned(fromByteOffset: 4 * (index + 1), as: SIMD8<Float>.self)
                let far = ahead.loadUnaligned(
                    fromByteOffset: 4 * (index + 1 + longest - reach), as: SIMD8<Float>.self)
                let start = excess.loadUnaligned(fromByteOffset: 4 * index, as: SIMD8<Float>.self)
                greatest = larger(greatest, larger(near, far) - start)
                index += 8
            }
            return greatestLane(greatest) > needed
        }
    }
}
