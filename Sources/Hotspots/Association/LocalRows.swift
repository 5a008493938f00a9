import Statistics

/// What the local statistics need of each unit's neighbours, itself left out.
struct LocalRow {
    /// How many there are.
    var count = 0
    /// The sum of their weights.
    var weight = 0.0
    /// The sum of their squared weights.
    var squaredWeight = 0.0
    /// The weighted sum of their values.
    var sum = 0.0
    /// How much the unit counts itself.
    var own = 0.0
    /// What each neighbour counts where all count alike; nil otherwise.
    var alike: Double?

    init(_ unit: Int, _ weights: SpatialWeights, _ values: [Double]) {
        for link in weights.starts[unit]..<weights.starts[unit + 1] {
            let (neighbour, weight) = (Int(weights.neighbours[link]), weights.weights[link])
            guard neighbour != unit else {
                own = weight
                continue
            }
            if count == 0 { alike = weight } else if alike != weight { alike = nil }
            count += 1
            self.weight += weight
            squaredWeight += weight * weight
            sum += weight * values[neighbour]
        }
    }
}

/// Values less their mean, and what is known of them when one is left out.
struct CentredValues {
    let values: [Double]
    let mean: Double
    /// Of squares.
    let sum: Double

    /// - Throws: ``HotspotError/valuesDiffer(units:values:)``, ``HotspotError/valueNotUsable(unit:value:needed:)``,
    ///   ``HotspotError/tooFewUnits(needed:found:)``, ``HotspotError/noVariation(_:)``.
    init(_ values: [Double], units: Int, atLeast least: Int) throws(HotspotError) {
        guard values.count == units else { throw .valuesDiffer(units: units, values: values.count) }
        for (unit, value) in values.enumerated() where !(abs(value) <= Self.greatest) {
            throw .valueNotUsable(unit: unit, value: value, needed: "finite and at most \(Self.greatest)")
        }
        guard values.count >= least, let first = values.first else {
            throw .tooFewUnits(needed: least, found: values.count)
        }
        guard values.contains(where: { $0 != first }) else { throw .noVariation(first) }
        guard let moments = Moments(of: values), moments.squaredDeviations > 0 else { throw .noVariation(first) }
        mean = moments.mean
        sum = moments.squaredDeviations
        self.values = values.map { $0 - moments.mean }
    }

    /// Beyond this, fourth powers overflow.
    static let greatest = 1e70

    var count: Double { Double(values.count) }

    /// Mean and variance of the weighted sum of a unit's neighbours when the other values are dealt at random.
    ///
    /// - Returns: nil where every deal gives the same sum.
    /// - Parameter counts: the weights' sum and the sum of their squares.
    func dealt(besides unit: Int, weight: Double, squared: Double) -> (mean: Double, deviation: Double)? {
        let (others, own) = (count - 1, values[unit])
        let mean = -own / others
        let variance = (sum - own * own) / others - mean * mean
        let spread = others * squared - weight * weight
        guard others > 1, variance > 1e-13 * sum / count, spread > 1e-12 * others * squared else { return nil }
        return (weight * mean, (variance * spread / (others - 1)).squareRoot())
    }

    /// The same when all values are dealt, the unit's own among them.
    func dealtToAll(weight: Double, squared: Double) -> Double? {
        let spread = count * squared - weight * weight
        guard count > 1, spread > 1e-12 * count * squared else { return nil }
        return (sum / count * spread / (count - 1)).squareRoot()
    }
}
