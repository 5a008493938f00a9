import SimpleFeatures
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Places measured from their mean centre, so that coordinates of millions of metres cost no digits, and what each weighs.
struct WeighedPlaces {
    let x: [Double]
    let y: [Double]
    let weight: [Double]
    let total: Double
    let mean: PlanarPoint

    /// - Parameters:
    ///   - usesWeights: whether incidents count by their weights, not once.
    ///   - method: who asks, for the sentence of an error.
    init(_ pattern: PointPattern, usesWeights: Bool, method: String) throws(HotspotError) {
        guard pattern.count > 0 else { throw .tooFew(method: method, needed: 1, found: 0) }
        try Self.requireSquares(of: pattern.envelope, method)
        let weight = usesWeights ? pattern.weight : pattern.multiplicity.map(Double.init)
        guard let east = Moments(of: pattern.x, weights: weight), let north = Moments(of: pattern.y, weights: weight)
        else { throw .noWeight(method: method) }
        let mean = PlanarPoint(x: east.mean, y: north.mean)
        x = pattern.x.map { $0 - mean.x }
        y = pattern.y.map { $0 - mean.y }
        self.weight = weight
        total = east.weight
        self.mean = mean
    }

    /// Beyond 10¹⁰⁰ m sums of squares would leave the range of numbers.
    static func requireSquares(of envelope: Envelope<PlanarPoint>, _ method: String) throws(HotspotError) {
        let limits = [envelope.minX, envelope.minY, envelope.maxX, envelope.maxY]
        guard limits.allSatisfy({ abs($0) < 1e100 }) else { throw .coordinatesTooLarge(method: method) }
    }

    func sumOfDistances(from point: PlanarPoint) -> Double {
        var sum = CompensatedSum()
        for place in x.indices { sum.add(weight[place] * hypot(x[place] - point.x, y[place] - point.y)) }
        return sum.value
    }

    /// Σ w·(dx², dx·dy, dy²) about the mean centre.
    var squares: (xx: Double, xy: Double, yy: Double) {
        var (xx, xy, yy) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for place in x.indices {
            xx.add(weight[place] * x[place] * x[place])
            xy.add(weight[place] * x[place] * y[place])
            yy.add(weight[place] * y[place] * y[place])
        }
        return (xx.value, xy.value, yy.value)
    }
}
