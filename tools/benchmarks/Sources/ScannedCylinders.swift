import Grids
import Hotspots
import SimpleFeatures

/// W8s: which cylinders of places and months hold more of *n* points than chance, by 999 dealt data sets? Cells of 500 m, circles
/// up to 2 km, up to four of 12 periods. Timed from columns in metres and days to the clusters.
struct ScannedCylinders {
    private let pointCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw BenchError("usage: faro-bench bench w8s <n>")
        }
        pointCount = count
    }

    func run() throws {
        let (x, y) = try City.points(pointCount)
        let days = City.year(pointCount)
        let mask = try City.cells(.metres(500))
        let scan = SpaceTimeScan(radius: .metres(2_000), longest: 4)
        let (measurement, found) = try Measurement.of(repetitions: 3) {
            let pattern = try SpaceTimePattern(x: x, y: y, days: days, crs: City.crs)
            return try scan.clusters(in: SpaceTimeCube(of: pattern, over: mask, limits: City.months))
        }
        measurement.report(
            "W8s", case: "n=\(pointCount) 80x80x12 perms=999", check: "{\"circles\":\(found.circles)}",
            note: "p of the likeliest \(found.clusters.first?.p ?? 1)")
    }
}
