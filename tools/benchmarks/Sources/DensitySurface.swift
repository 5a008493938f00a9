import Grids
import Hotspots
import SimpleFeatures

/// W2: how densely do *n* points lie over a square of 40 km, in cells of a grid? Timed from columns in metres to the
/// finished raster, the pattern's canonical order included.
struct DensitySurface {
    private let kernel: Kernel
    private let caseName: String
    private let bandwidth: Length
    private let pointCount: Int
    private let columns: Int

    init(_ arguments: [String]) throws {
        let arguments = arguments.count == 2 ? ["quartic"] + arguments : arguments
        guard arguments.count == 3, let count = Int(arguments[1]), let columns = Int(arguments[2]), columns > 0,
            let (kernel, metres) = Self.kernels[arguments[0]]
        else {
            throw BenchError("usage: faro-bench bench w2 [<kernel>] <n> <grid>, kernel quartic, epan or gauss")
        }
        self.kernel = kernel
        self.columns = columns
        bandwidth = .metres(metres)
        pointCount = count
        caseName = "\(arguments[0]) n=\(count) grid=\(columns)"
    }

    /// As the peers define them.
    private static let kernels: [String: (Kernel, Double)] = [
        "quartic": (.quartic, 500), "epan": (.epanechnikov, 500), "gauss": (.gaussian, 500 / 3.0),
    ]

    func run() throws {
        let (x, y) = try City.points(pointCount)
        let grid = try Grid(
            crs: City.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(City.side / Double(columns)),
            columns: columns, rows: columns)
        let method = KernelDensity(bandwidth: bandwidth, kernel: kernel)
        let (measurement, density) = try Measurement.of {
            try method.surface(of: PointPattern(x: x, y: y, crs: City.crs), over: grid)
        }
        measurement.report(
            "W2", case: caseName, check: check(density.surface),
            note: kernel == .gaussian ? "cut at 6 sigma" : "exact")
    }

    /// The raster's sum and maximum, in events per square metre as the peers have them.
    private func check(_ surface: Surface) -> String {
        let sum = surface.values.reduce(0, +) / 1e6
        return "{\"sum\":\(sum),\"max\":\((surface.range?.upperBound ?? 0) / 1e6)}"
    }
}
