import Statistics

/// Counts pairs by band while the times are dealt anew among the places, sixteen deals side by side.
struct DealtTimes: Sendable {
    let pairs: BandedPairs
    let times: TimeBands
    let method: NearRepeat

    struct Tally: Hashable, Sendable {
        /// Of the counts of all deals.
        var sum = 0
        /// How many deals have at least as many pairs as were observed.
        var asMany = 0
    }

    static let lanes = 16

    /// - Throws: ``HotspotError/cancelled``.
    func tallies(against observed: [Int], _ work: ParallelWork) throws(HotspotError) -> [Tally] {
        let blocks = (method.permutations + Self.lanes - 1) / Self.lanes
        let isShort = times.span < Int32(Int16.max)
        let parts = try work.products(blocks) { block in
            let deals = block * Self.lanes..<min(method.permutations, (block + 1) * Self.lanes)
            // 16 bits suffice for the times of nearly all patterns, and halve the work.
            let counts = isShort ? count(deals, as: SIMD16<Int16>.self) : count(deals, as: SIMD16<Int32>.self)
            return observed.indices.map { cell in
                var tally = Tally()
                for lane in 0..<deals.count {
                    let count = counts[cell * Self.lanes + lane]
                    tally.sum += count
                    if count >= observed[cell] { tally.asMany += 1 }
                }
                return tally
            }
        }
        var total = [Tally](repeating: Tally(), count: observed.count)
        for part in parts {
            for cell in total.indices {
                total[cell].sum += part[cell].sum
                total[cell].asMany += part[cell].asMany
            }
        }
        return total
    }

    /// Counts by cell of the table, then by lane.
    @inline(__always)
    private func count<Lanes: SIMD>(_ deals: Range<Int>, as lanes: Lanes.Type) -> [Int]
    where Lanes.Scalar: FixedWidthInteger & SignedInteger, Lanes.MaskStorage == Lanes {
        let dealt = UnsafeMutablePointer<Lanes>.allocate(capacity: max(1, times.times.count))
        defer { dealt.deallocate() }
        deal(deals, into: dealt)
        var cells: [Int] = []
        cells.reserveCapacity(pairs.bands.count * times.limits.count * Self.lanes)
        for band in pairs.bands {
            var below = [Int](repeating: 0, count: Self.lanes)
            for limit in times.limits {
                let upTo = Self.count(band, dealt, below: Lanes.Scalar(clamping: limit))
                cells += zip(upTo, below).map { $0 - $1 }
                below = upTo
            }
        }
        return cells
    }

    /// Deals whole columns first, each in memory close by, and interleaves them then.
    @inline(__always)
    private func deal<Lanes: SIMD>(_ deals: Range<Int>, into lanes: UnsafeMutablePointer<Lanes>)
    where Lanes.Scalar: FixedWidthInteger {
        let count = times.times.count
        let columns = UnsafeMutablePointer<Lanes.Scalar>.allocate(capacity: max(1, count * Self.lanes))
        defer { columns.deallocate() }
        for lane in 0..<Self.lanes {
            let column = columns + lane * count
            for incident in 0..<count { column[incident] = Lanes.Scalar(truncatingIfNeeded: times.times[incident]) }
            guard lane < deals.count else { continue }
            var mixed = SplitMix64(seed: UInt64(deals.lowerBound + lane))
            var generator = SplitMix64(seed: method.seed ^ mixed.next())
            generator.shuffle(column, count: count)
        }
        let scalars = UnsafeMutableRawPointer(lanes).assumingMemoryBound(to: Lanes.Scalar.self)
        for incident in 0..<count {
            for lane in 0..<Self.lanes { scalars[incident * Self.lanes + lane] = columns[lane * count + incident] }
        }
    }

    /// Pairs of a band of distance whose times are less than a limit apart, by lane.
    @inline(__always)
    private static func count<Lanes: SIMD>(
        _ band: BandedPairs.Band, _ dealt: UnsafeMutablePointer<Lanes>, below limit: Lanes.Scalar
    ) -> [Int] where Lanes.Scalar: FixedWidthInteger & SignedInteger, Lanes.MaskStorage == Lanes {
        var totals = [Int](repeating: 0, count: lanes)
        var (sums, added) = (Lanes.zero, 0)
        let limits = Lanes(repeating: limit)
        let signs = Lanes(repeating: Lanes.Scalar(Lanes.Scalar.bitWidth - 1))
        func flush() {
            for lane in 0..<lanes { totals[lane] += Int(sums[lane]) }
            (sums, added) = (.zero, 0)
        }
        band.starts.withUnsafeBufferPointer { starts in
            band.partners.withUnsafeBufferPointer { partners in
                for first in 0..<max(0, starts.count - 1) {
                    var index = starts[first]
                    let end = starts[first + 1]
                    let own = dealt[first]
                    while index < end {
                        // The sums of a lane must fit in it.
                        if added == Int(Lanes.Scalar.max) { flush() }
                        let stop = min(end, index + Int(Lanes.Scalar.max) - added)
                        added += stop - index
                        while index < stop {
                            let apart = own &- dealt[Int(partners[index])]
                            let sign = apart &>> signs
                            let isBelow = ((apart ^ sign) &- sign) .< limits
                            // A true lane is −1.
                            sums = sums &- unsafeBitCast(isBelow, to: Lanes.self)
                            index += 1
                        }
                    }
                }
            }
        }
        flush()
        return totals
    }
}

extension SplitMix64 {
    /// Puts values into an order drawn at random, every order equally likely (Durstenfeld 1964).
    ///
    /// Two draws are taken from each 64 bits, without bias: Lemire (2019), *Fast Random Integer Generation in an Interval*.
    @inline(__always)
    mutating func shuffle<Value>(_ values: UnsafeMutablePointer<Value>, count: Int) {
        var (bits, isFresh): (UInt64, Bool) = (0, false)
        var last = count - 1
        while last > 0 {
            if isFresh { bits >>= 32 } else { bits = next() }
            isFresh.toggle()
            let bound = UInt64(last + 1)
            var product = (bits & 0xFFFF_FFFF) &* bound
            if product & 0xFFFF_FFFF < bound {
                let threshold = (0x1_0000_0000 &- bound) % bound
                while product & 0xFFFF_FFFF < threshold { product = (next() & 0xFFFF_FFFF) &* bound }
            }
            let other = Int(truncatingIfNeeded: product >> 32)
            let value = values[last]
            values[last] = values[other]
            values[other] = value
            last -= 1
        }
    }
}
