import Hotspots
import SimpleFeatures

/// W8k: Knox's test of *n* points within 200 m and 14 days, with 999 permutations of the days. Timed from columns in metres and
/// days to the table.
struct NearRepeats {
    private let pointCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw BenchError("usage: faro-bench bench w8k <n>")
        }
        pointCount = count
    }

    func run() throws {
        let (x, y) = try City.points(pointCount)
        let days = City.days(pointCount)
        let test = NearRepeat(distances: [.metres(200)], days: [14], closed: .right)
        let (measurement, table) = try Measurement.of(repetitions: 3) {
            try test.table(of: SpaceTimePattern(x: x, y: y, days: days, crs: City.crs))
        }
        let observed = table.cells.reduce(0) { $0 + $1.observed }
        measurement.report("W8k", case: "n=\(pointCount)", check: "{\"observed\":\(observed)}")
    }
}
