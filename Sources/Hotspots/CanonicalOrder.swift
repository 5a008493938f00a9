/// Sorts incidents by (y, x, weight) and merges those at one place: a bucket sort on y, since coordinates spread.
enum CanonicalOrder {
    struct Places {
        var x: [Double] = []
        var y: [Double] = []
        var weight: [Double] = []
        var multiplicity: [Int32] = []
        var accepted = 0
    }

    private struct Incident {
        var y: Double
        var x: Double
        var weight: Double

        static func < (a: Incident, b: Incident) -> Bool {
            if a.y != b.y { return a.y < b.y }
            return a.x != b.x ? a.x < b.x : a.weight < b.weight
        }
    }

    /// Buckets of equal height over the range of y, in the order of y: two or so incidents each.
    private struct Buckets {
        let south: Double
        let perMetre: Double
        let count: Int

        init(south: Double, north: Double, incidents: Int) {
            count = min(max(1, incidents / 2), 1 << 22)
            self.south = south
            let scale = Double(count) / (north - south)
            perMetre = scale.isFinite ? scale : 0
        }

        /// Never decreases as y grows, which is all that the order needs.
        @inline(__always)
        func index(of y: Double) -> Int {
            let position = (y - south) * perMetre
            // False for NaN too: a range too long for a Double.
            return position < Double(count - 1) ? Int(position) : count - 1
        }
    }

    static func places(x: [Double], y: [Double], weights: [Double]?) -> Places {
        x.withUnsafeBufferPointer { x in
            y.withUnsafeBufferPointer { y in
                guard let weights else { return places(x, y, weight: { _ in 1 }) }
                return weights.withUnsafeBufferPointer { weights in places(x, y, weight: { weights[$0] }) }
            }
        }
    }

    @inline(__always)
    private static func places(
        _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>, weight: (Int) -> Double
    ) -> Places {
        var accepted = 0
        var (south, north) = (Double.infinity, -Double.infinity)
        for i in 0..<x.count where isUsable(x[i], y[i], weight(i)) {
            accepted += 1
            south = min(south, y[i])
            north = max(north, y[i])
        }
        guard accepted > 0 else { return Places() }
        let buckets = Buckets(south: south, north: north, incidents: accepted)
        var ends = [Int32](repeating: 0, count: buckets.count + 1)
        let incidents = UnsafeMutableBufferPointer<Incident>.allocate(capacity: accepted)
        defer { incidents.deallocate() }
        ends.withUnsafeMutableBufferPointer { ends in
            for i in 0..<x.count where isUsable(x[i], y[i], weight(i)) { ends[buckets.index(of: y[i]) + 1] += 1 }
            for bucket in 1..<ends.count { ends[bucket] += ends[bucket - 1] }
            for i in 0..<x.count where isUsable(x[i], y[i], weight(i)) {
                let bucket = buckets.index(of: y[i])
                // Adding 0 turns −0 into 0, so that equal places also have equal bits.
                incidents.initializeElement(
                    at: Int(ends[bucket]), to: Incident(y: y[i] + 0, x: x[i] + 0, weight: weight(i)))
                ends[bucket] += 1
            }
            var start = 0
            for bucket in 0..<buckets.count {
                let end = Int(ends[bucket])
                sort(incidents, start..<end)
                start = end
            }
        }
        return merged(incidents)
    }

    @inline(__always)
    private static func isUsable(_ x: Double, _ y: Double, _ weight: Double) -> Bool {
        // A difference of a number with itself is 0, of NaN or an infinity NaN.
        (x - x) + (y - y) == 0 && weight >= 0 && weight < .infinity
    }

    /// Insertion for the few of a usual bucket, the library's sort where incidents crowd.
    @inline(__always)
    private static func sort(_ incidents: UnsafeMutableBufferPointer<Incident>, _ range: Range<Int>) {
        guard range.count <= 24 else {
            var crowd = UnsafeMutableBufferPointer(rebasing: incidents[range])
            crowd.sort(by: <)
            return
        }
        var i = range.lowerBound + 1
        while i < range.upperBound {
            let incident = incidents[i]
            var hole = i
            while hole > range.lowerBound, incident < incidents[hole - 1] {
                incidents[hole] = incidents[hole - 1]
                hole -= 1
            }
            incidents[hole] = incident
            i += 1
        }
    }

    private static func merged(_ incidents: UnsafeMutableBufferPointer<Incident>) -> Places {
        var places = Places()
        places.accepted = incidents.count
        // Merge in place, then copy the columns out in one go each.
        var multiplicity = [Int32](repeating: 1, count: incidents.count)
        var last = 0
        multiplicity.withUnsafeMutableBufferPointer { multiplicity in
            for i in 1..<max(1, incidents.count) {
                if incidents[i].x == incidents[last].x, incidents[i].y == incidents[last].y {
                    incidents[last].weight += incidents[i].weight
                    multiplicity[last] += 1
                } else {
                    last += 1
                    incidents[last] = incidents[i]
                }
            }
        }
        multiplicity.removeLast(incidents.count - last - 1)
        let kept = UnsafeBufferPointer(rebasing: incidents[...last])
        places.multiplicity = multiplicity
        places.x = column(kept) { $0.x }
        places.y = column(kept) { $0.y }
        places.weight = column(kept) { $0.weight }
        return places
    }

    @inline(__always)
    private static func column(
        _ incidents: UnsafeBufferPointer<Incident>, _ value: (Incident) -> Double
    ) -> [Double] {
        [Double](unsafeUninitializedCapacity: incidents.count) { column, count in
            for i in 0..<incidents.count { column.initializeElement(at: i, to: value(incidents[i])) }
            count = incidents.count
        }
    }
}
