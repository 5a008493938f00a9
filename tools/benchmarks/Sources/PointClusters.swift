import Hotspots
import SimpleFeatures

/// W8: which clusters do *n* points form by DBSCAN, 20 points within 25 m? Timed from columns in metres to a label per
/// place, the pattern's canonical order included.
struct PointClusters {
    private let pointCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw BenchError("usage: faro-bench bench w8 <n>")
        }
        pointCount = count
    }

    func run() throws {
        let (x, y) = try City.points(pointCount)
        let method = DBSCAN(reach: .metres(25), minimumIncidents: 20)
        let (measurement, (pattern, result)) = try Measurement.of {
            let pattern = try PointPattern(x: x, y: y, crs: City.crs)
            return (pattern, try method.clusters(of: pattern))
        }
        measurement.report("W8", case: "dbscan n=\(pointCount)", check: check(result, pattern))
    }

    /// What does not depend on the order of the points: how many clusters, points in none, and cores, and the sum of
    /// the squared numbers of cores in a cluster, which tells how they are split.
    private func check(_ result: DBSCANResult, _ pattern: PointPattern) -> String {
        let coresOfClusters = result.found.clusters.map { cluster in
            cluster.places.reduce(0) { $0 + (result.isCore[$1] ? Int(pattern.multiplicity[$1]) : 0) }
        }
        let split = coresOfClusters.reduce(0) { $0 + $1 * $1 }
        return "{\"clusters\":\(coresOfClusters.count),\"noise\":\(result.noise),"
            + "\"cores\":\(coresOfClusters.reduce(0, +)),\"split\":\(split)}"
    }
}
