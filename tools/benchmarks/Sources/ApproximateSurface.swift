import Foundation
import Grids
import Hotspots
import SimpleFeatures

/// W2a: the quartic surface of W2 with a small error. Timed as W2.
///
/// The exact surface, to which errors refer, is written for the peers, `exact.f64`, in points per square metre; that is
/// not timed.
struct ApproximateSurface {
    private let pointCount: Int
    private let columns: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 2, let count = Int(arguments[0]), let columns = Int(arguments[1]), columns > 0 else {
            throw BenchError("usage: faro-bench bench w2a <n> <grid>")
        }
        (pointCount, self.columns) = (count, columns)
    }

    func run() throws {
        let (x, y) = try City.points(pointCount)
        let grid = try Grid(
            crs: City.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(City.side / Double(columns)),
            columns: columns, rows: columns)
        let exact = KernelDensity(bandwidth: .metres(500))
        let (measurement, found) = try Measurement.of {
            try ApproximateDensity(exact).surface(of: PointPattern(x: x, y: y, crs: City.crs), over: grid)
        }
        let truth = try exact.surface(of: PointPattern(x: x, y: y, crs: City.crs), over: grid).surface
        let file = URL(filePath: try BenchInput.path("exact.f64"))
        try truth.values.map { $0 / 1e6 }.withUnsafeBytes { try Data($0).write(to: file) }
        let error = zip(found.density.surface.values, truth.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
        measurement.report(
            "W2a", case: "quartic n=\(pointCount) grid=\(columns)",
            check: "{\"error\":\(error / (truth.range?.upperBound ?? 1)),\"stated\":\(found.errorBound)}")
    }
}
