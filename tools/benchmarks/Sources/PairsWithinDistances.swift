import Hotspots
import SimpleFeatures

/// W9: Ripley's K of *n* points at 20 distances, with 99 simulations, in their bounding box and without edge correction,
/// which the peers lack. Timed from columns in metres to the envelopes.
struct PairsWithinDistances {
    private let pointCount: Int
    private let greatest: Double

    init(_ arguments: [String]) throws {
        guard arguments.count == 2, let count = Int(arguments[0]), let greatest = Double(arguments[1]) else {
            throw BenchError("usage: faro-bench bench w9 <n> <greatest distance>")
        }
        (pointCount, self.greatest) = (count, greatest)
    }

    func run() throws {
        let (x, y) = try City.points(pointCount)
        let method = RipleyK(correction: .none, greatestDistance: .metres(greatest), steps: 20, simulations: 99)
        let (measurement, result) = try Measurement.of(repetitions: 3) {
            try method.measure(PointPattern(x: x, y: y, crs: City.crs), in: .boundingBox)
        }
        measurement.report("W9", case: "n=\(pointCount) to \(greatest) m", check: check(result))
    }

    /// How many pairs there are within each distance, summed over the distances: K is their number times 2A/n(n − 1).
    private func check(_ result: RipleyKResult) -> String {
        let count = Double(result.incidents)
        let pairs = result.steps.map { (($0.k ?? 0) * count * (count - 1) / (2 * result.squareMetres)).rounded() }
        return "{\"pairs\":\(Int(pairs.reduce(0, +))),\"incidents\":\(result.incidents)}"
    }
}
