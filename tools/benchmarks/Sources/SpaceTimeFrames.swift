import Grids
import Hotspots
import SimpleFeatures

/// W8f: how densely do *n* points of six years lie at 32 moments, over a square of 40 km in cells of a grid? 500 m and 30 days.
/// Timed from columns in metres and days to the finished frames.
struct SpaceTimeFrames {
    private let pointCount: Int
    private let columns: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 2, let count = Int(arguments[0]), let columns = Int(arguments[1]), columns > 0 else {
            throw BenchError("usage: faro-bench bench w8f <n> <grid>")
        }
        pointCount = count
        self.columns = columns
    }

    func run() throws {
        let (x, y) = try City.points(pointCount)
        let days = City.days(pointCount)
        let size = City.side / Double(columns)
        // The peer's pixels are the corners of ours.
        let grid = try Grid(
            crs: City.crs, origin: PlanarPoint(x: -size / 2, y: -size / 2), cellSize: .metres(size), columns: columns,
            rows: columns)
        let moments = (0..<32).map { Double($0) * 2190 / 32 }
        let method = SpaceTimeKernelDensity(
            space: KernelDensity(bandwidth: .metres(500), kernel: .epanechnikov), time: .epanechnikov, days: 30)
        let (measurement, film) = try Measurement.of {
            try method.frames(of: SpaceTimePattern(x: x, y: y, days: days, crs: City.crs), at: moments, over: grid)
        }
        let sum = film.surfaces.reduce(0) { $0 + $1.values.reduce(0, +) }
        let top = film.range?.upperBound ?? 0
        measurement.report(
            "W8f", case: "n=\(pointCount) grid=\(columns)x\(columns)x32", check: "{\"sum\":\(sum),\"max\":\(top)}",
            note: "exact")
    }
}
