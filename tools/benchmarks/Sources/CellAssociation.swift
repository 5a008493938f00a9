import Grids
import Hotspots
import SimpleFeatures

/// W3: which cells of a grid of counts stand out together with those around them? Neighbours lie at most three cells
/// away. Timed from the counts to one result per cell; weights, where the method wants them, are built beforehand.
struct CellAssociation {
    private static let reach = 3.0

    private let method: Method
    private let columns: Int
    private let permutations: Permutations?
    private let caseName: String

    private enum Method: String { case gistar, moran }

    /// What the peers' answers are held against: a value per cell and, with permutations, its p.
    private typealias Answer = (values: [Double], p: [Double]?)

    init(_ arguments: [String]) throws {
        guard 2...3 ~= arguments.count, let method = Method(rawValue: arguments[0]), let columns = Int(arguments[1]),
            columns > 0, let count = Int(arguments.count == 3 ? arguments[2] : "0"), method == .gistar || count > 0
        else {
            throw BenchError("usage: faro-bench bench w3 gistar <grid> [<permutations>] | moran <grid> <permutations>")
        }
        self.method = method
        self.columns = columns
        // PySAL's p.
        permutations = count > 0 ? Permutations(count: count, alternative: .directed) : nil
        caseName = "\(method) grid=\(columns) permutations=\(count)"
    }

    func run() throws {
        let cell = City.side / Double(columns)
        let grid = try Grid(
            crs: City.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(cell), columns: columns, rows: columns)
        let mask = Mask(grid: grid, isInside: [Bool](repeating: true, count: columns * columns))
        let counts = try counts(cell)
        let (measurement, answer) =
            switch method {
            case .gistar: try gistar(counts, mask, within: .metres(Self.reach * cell))
            case .moran: try moran(counts, mask, within: .metres(Self.reach * cell))
            }
        measurement.report("W3", case: caseName, check: check(answer))
    }

    private func gistar(_ counts: [Double], _ mask: Mask, within reach: Length) throws -> (Measurement, Answer) {
        let method = GetisOrd(permutations: permutations)
        let (measurement, result) = try Measurement.of(repetitions: permutations == nil ? 31 : 5) {
            try method.hotSpots(of: counts, over: mask, within: reach)
        }
        return (measurement, (result.z, result.permutedP))
    }

    private func moran(_ counts: [Double], _ mask: Mask, within reach: Length) throws -> (Measurement, Answer) {
        let weights = try SpatialWeights(.distanceBand(reach), over: mask, scaling: .rowStandardised)
        let method = LocalMoran(inference: .permutation(permutations ?? Permutations()))
        let (measurement, result) = try Measurement.of { try method.associations(of: counts, weights: weights) }
        return (measurement, (result.i, result.p))
    }

    /// A million points, counted.
    private func counts(_ cell: Double) throws -> [Double] {
        let (x, y) = try City.points(1_000_000)
        var counts = [Double](repeating: 0, count: columns * columns)
        for (x, y) in zip(x, y) { counts[Int(y / cell) * columns + Int(x / cell)] += 1 }
        return counts
    }

    /// Sums of the values; of the p-values, which are drawn, how many say 5 %.
    private func check(_ answer: Answer) -> String {
        let length = answer.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let significant = answer.p.map { ",\"significant\":\($0.count { $0 <= 0.05 })" } ?? ""
        return "{\"sum\":\(answer.values.reduce(0, +)),\"length\":\(length)\(significant)}"
    }
}
