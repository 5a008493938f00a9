import Grids
import Hotspots
import SimpleFeatures
import Statistics

/// W8e: where do hot spots emerge among *n* points of a year, in cells of 250 m and 12 periods? Timed from columns in metres and
/// days to a category per cell.
struct EmergingCells {
    private let pointCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw BenchError("usage: faro-bench bench w8e <n>")
        }
        pointCount = count
    }

    func run() throws {
        let (x, y) = try City.points(pointCount)
        let days = City.year(pointCount)
        let mask = try City.cells(.metres(250))
        let method = EmergingHotSpots(distance: .metres(400))
        let (measurement, found) = try Measurement.of {
            let pattern = try SpaceTimePattern(x: x, y: y, days: days, crs: City.crs)
            return try method.hotSpots(in: SpaceTimeCube(of: pattern, over: mask, limits: City.months))
        }
        let hot = found.cells.reduce(0) { $0 + $1.states.count { $0 == .hot } }
        let rising = found.cells.count { ($0.trend?.p ?? 1) <= 0.05 && ($0.trend?.s ?? 0) > 0 }
        measurement.report(
            "W8e", case: "n=\(pointCount) 160x160x12", check: "{\"hot\":\(hot),\"rising\":\(rising)}")
    }
}
